"""What records are called where people choose, search and list them."""

from typing import Any

from planner.domain.plan import Plan
from planner.domain.records import record_type, references
from planner.exchange.values import to_cell

_WHEN = ("day", "start", "first_day", "weekday")
"""Fields that tell when a record is, the best first."""


def record_name(plan: Plan, set_name: str, record: Any) -> str:
    """Return a record's name; one without a name is called by what it refers to, and when.

    Of people it is the display name, never the real one.
    """
    named = getattr(record, "display_name", None) or getattr(record, "name", "")
    if set_name == "settings" or named:
        return str(named)
    return ", ".join(
        (*_referred(plan, set_name, record), *(to_cell(one, plan.zone) for one in _when(record)))
    )


def reference_name(plan: Plan, set_name: str, id_: str) -> str:
    """Return the name of the record with that id, or the id when there is none."""
    for record in getattr(plan, set_name):
        if record.id == id_:
            return record_name(plan, set_name, record)
    return id_


def _referred(plan: Plan, set_name: str, record: Any) -> list[str]:
    return [
        reference_name(plan, named, getattr(record, field))
        for field, named in references(record_type(set_name)).items()
        if getattr(record, field)
    ]


def _when(record: Any) -> list[object]:
    found = (getattr(record, name, None) for name in _WHEN)
    return [value for value in found if value is not None][:1]
