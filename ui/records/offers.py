"""What forms offer: the records that can be named, and new ones to fill in."""

from dataclasses import MISSING, fields
from typing import Any

from planner.domain.plan import Plan
from planner.domain.records import record_type, references
from planner.services.records.names import record_name
from planner.services.records.saving import required_fields
from ui.widgets import sorted_by_name


def reference_options(plan: Plan, *set_names: str) -> tuple[tuple[str, str], ...]:
    """Return id and name of the sets' records by name; of namesakes the id is said too."""
    names = [
        (record.id, record_name(plan, set_name, record))
        for set_name in set_names
        for record in getattr(plan, set_name)
    ]
    seen: dict[str, int] = {}
    for _id, name in names:
        seen[name] = seen.get(name, 0) + 1
    told = [(id_, name if seen[name] == 1 else f"{name} ({id_})") for id_, name in names]
    return tuple(sorted_by_name(told, lambda option: option[1]))


def blank_record(plan: Plan, set_name: str) -> Any:
    """Return a new record: its defaults, nothing where there is none, and the only choice."""
    kind = record_type(set_name)
    named = references(kind)
    values: dict[str, Any] = {}
    for name in required_fields(set_name) - _defaulted(kind):
        values[name] = None
        if name in named:
            there = getattr(plan, named[name])
            values[name] = there[0].id if len(there) == 1 else None
    return kind(**values | ({"id": ""} if "id" in values else {}))


def _defaulted(kind: type[Any]) -> set[str]:
    return {field.name for field in fields(kind) if field.default is not MISSING}
