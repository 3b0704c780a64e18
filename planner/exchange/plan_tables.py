"""A whole plan as the tables that an import reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from planner.domain.plan import Plan, record_fields
from planner.domain.records import record_type, references
from planner.domain.roster import Shift
from planner.exchange.reading import NO_TEXT, has_text_by_default
from planner.exchange.shifts import ShiftRow, shift_rows
from planner.exchange.tables import Table
from planner.exchange.values import number_text

IDENTITIES = {
    "staff": frozenset({"name", "email"}),
    "promise_revisions": frozenset({"by"}),
    "deliveries": frozenset({"by"}),
}
"""Columns that say who somebody is behind the display name, or who entered something."""


def plan_tables(
    plan: Plan,
    shifts: Iterable[Shift],
    kept: Mapping[str, Iterable[Any]] = MappingProxyType({}),
    *,
    has_identities: bool,
) -> Iterator[Table]:
    """Yield the settings, every record set, the shifts, and what is kept beside them.

    Parameters
    ----------
    kept
        Records by set. Those of a measure or promise that is not in the plan any more are left
        out: nothing shows them, and an import would miss what they name.
    has_identities
        With real names, addresses at work, and the accounts of those who reported. Without, those
        columns are left out, so that an import leaves what the plan has of them as it is.
    """
    settings = ((one.name, getattr(plan.settings, one.name)) for one in fields(plan.settings))
    yield Table(name="settings", columns=("key", "value"), rows=tuple(settings))
    hidden = {} if has_identities else IDENTITIES
    for name in record_fields():
        yield _table(name, record_type(name), getattr(plan, name), hidden.get(name, frozenset()))
    rows = (row for shift in shifts for row in shift_rows(shift))
    yield _table("shifts", ShiftRow, rows, frozenset())
    for name, records in kept.items():
        found = _with_what_they_name(plan, record_type(name), records)
        yield _table(name, record_type(name), found, hidden.get(name, frozenset()))


def _with_what_they_name(plan: Plan, kind: type[Any], records: Iterable[Any]) -> Iterator[Any]:
    ids = {
        field: {one.id for one in getattr(plan, named)} for field, named in references(kind).items()
    }
    for record in records:
        if all(getattr(record, field) in known for field, known in ids.items()):
            yield record


def _table(name: str, kind: type[Any], records: Iterable[Any], hidden: frozenset[str]) -> Table:
    columns = tuple(one.name for one in fields(kind) if one.name not in hidden)
    filled = {one.name for one in fields(kind) if has_text_by_default(one)}

    def value(record: Any, column: str) -> object:
        found = getattr(record, column)
        if isinstance(found, datetime) and found.second:
            return found.isoformat(" ")  # a moment as cells hold it has no seconds
        if isinstance(found, float) and float(f"{found:.16g}") != found:
            return number_text(found)  # nor a number so many digits
        return NO_TEXT if found == "" and column in filled else found

    rows = tuple(tuple(value(one, column) for column in columns) for one in records)
    return Table(name=name, columns=columns, rows=rows)
