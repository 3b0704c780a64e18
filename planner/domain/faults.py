"""What makes a plan inconsistent, record by record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that makes a plan inconsistent.

    Parameters
    ----------
    record
        The very record that is wrong, not an equal one.
    set_name
        Where it belongs: a record set, ``settings`` or ``shifts``.
    field
        Which of its fields is wrong; empty when it is the whole.
    code
        A key of ``planner.error_texts.ERRORS``, and the ``values`` of its sentence.
    """

    record: Any
    set_name: str
    field: str
    code: str
    values: Mapping[str, object]
