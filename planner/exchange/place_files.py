"""Files of places that were not made for the program: GeoJSON, and the school registry's answers.

They are read as the sheets that a folder of CSV files would hold. What a file says nothing of is
filled in from the plan, so that it stays as it is.
"""

import json
from pathlib import Path
from typing import Any

from planner.domain.plan import Plan
from planner.errors import InputError, Place, StorageError
from planner.exchange.geojson_reading import is_geojson, sites_of
from planner.exchange.problems import Problems
from planner.exchange.school_registry import is_registry, schools_of
from planner.exchange.sheets import OnRow, Sheet, bytes_of, no_row

_SUFFIXES = frozenset({".json", ".geojson"})


def is_place_file(path: Path) -> bool:
    """Tell whether a path is such a file, by its name."""
    return path.suffix.casefold() in _SUFFIXES and path.is_file()


def read_place_file(
    path: Path, plan: Plan, problems: Problems, *, on_row: OnRow = no_row
) -> dict[str, Sheet]:
    """Return what a file holds as sheets; what of it is not for the plan goes into ``problems``.

    Parameters
    ----------
    plan
        Whose sites and schools are found again in the file.

    Raises
    ------
    InputError
        ``json-broken``, ``json-unknown``, ``file-too-large``; ``geojson-…`` and ``registry-…``:
        see :mod:`planner.exchange.geojson_reading` and :mod:`planner.exchange.school_registry`.
    StorageError
        ``source-unreadable``
    """
    document = json_document(path)
    if is_geojson(document):
        return sites_of(document, path.name, plan, problems, on_row)
    if is_registry(document):
        return schools_of(document, path.name, plan, problems, on_row)
    raise InputError("json-unknown", place=Place(file=path.name))


def json_document(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    InputError
        ``json-broken`` or ``file-too-large``
    StorageError
        ``source-unreadable``
    """
    try:
        return json.loads(bytes_of(path).decode("utf-8-sig"))
    except OSError as error:
        raise StorageError("source-unreadable", source=str(path)) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or nested without end
        raise InputError("json-broken", place=Place(file=path.name)) from error
