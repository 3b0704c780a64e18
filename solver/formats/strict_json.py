"""JSON without what only Python's reader lets through, and without surprises."""

import json
from typing import Any

from solver.data.errors import InvalidProblemError, shown


def parse_json(text: str | bytes) -> Any:
    """Return what a text says.

    Raises
    ------
    InvalidProblemError
        When it is not UTF-8 or no JSON, names a key of one object twice, holds NaN or an infinity,
        or is too deep or too large a number for anybody to mean it; the message is one sentence.
    """
    try:
        whole = text if isinstance(text, str) else text.decode("utf-8-sig")
        return json.loads(whole, object_pairs_hook=_object, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise InvalidProblemError(f"Byte {error.start + 1} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InvalidProblemError(
            f"No JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise InvalidProblemError("The JSON is nested too deeply.") from None
    except InvalidProblemError:
        raise
    except ValueError:
        # What is left: Python refuses to read a number of thousands of digits.
        raise InvalidProblemError("The JSON has a number with too many digits.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InvalidProblemError(f"The JSON has the key {shown(twice)} twice in one object.")
    return found


def _refuse(constant: str) -> None:
    raise InvalidProblemError(f"The JSON has {constant}, which is no number.")
