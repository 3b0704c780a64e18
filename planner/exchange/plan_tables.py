"""A whole plan as the tables that an import reads."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from planner.domain.plan import Plan, record_fields
from planner.domain.records import record_type
from planner.domain.roster import Shift
from planner.exchange.reading import NO_TEXT, has_text_by_default
from planner.exchange.shifts import ShiftRow, shift_rows
from planner.exchange.tables import Table

IDENTITIES = {"staff": frozenset({"name", "email"})}
"""Columns that say who somebody is behind the display name."""


def plan_tables(plan: Plan, shifts: Iterable[Shift], *, has_identities: bool) -> Iterator[Table]:
    """Yield the settings, every record set and the shifts.

    Parameters
    ----------
    has_identities
        With real names and addresses at work. Without, those columns are left out, so that an
        import leaves the real names of the people that it knows as they are.
    """
    settings = ((one.name, getattr(plan.settings, one.name)) for one in fields(plan.settings))
    yield Table(name="settings", columns=("key", "value"), rows=tuple(settings))
    for name in record_fields():
        hidden = frozenset() if has_identities else IDENTITIES.get(name, frozenset())
        yield _table(name, record_type(name), getattr(plan, name), hidden)
    rows = (row for shift in shifts for row in shift_rows(shift))
    yield _table("shifts", ShiftRow, rows, frozenset())


def _table(name: str, kind: type[Any], records: Iterable[Any], hidden: frozenset[str]) -> Table:
    columns = tuple(one.name for one in fields(kind) if one.name not in hidden)
    filled = {one.name for one in fields(kind) if has_text_by_default(one)}

    def value(record: Any, column: str) -> object:
        found = getattr(record, column)
        return NO_TEXT if found == "" and column in filled else found

    rows = tuple(tuple(value(one, column) for column in columns) for one in records)
    return Table(name=name, columns=columns, rows=rows)
