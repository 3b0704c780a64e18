"""Records as the rows of a preview: what they are called, and what becomes of their fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain.changes import Change
from planner.domain.duties import day_of
from planner.domain.plan import Plan, record_fields
from planner.domain.records import KEPT_SETS, key_fields, record_type, references
from planner.errors import InputError
from planner.exchange.values import to_cell
from planner.services.records.unprintable import unprintable

_COLUMNS = {
    "parts": "start, end",
    "breaks": "break_start, break_end",
    "is_locked": "locked",
}
"""Columns of ``shifts.csv``, by the fields of a shift that they make."""
_MADE = frozenset(_COLUMNS.values())
_TELLING = {"incidents": ("kind", "place", "at"), "declined_windows": ("weekday", "start", "end")}
"""Fields that sets without names and references are known by."""
_WHEN = ("day", "at", "start", "weekday")
"""Fields that tell when a record is, the best first."""


class RowKind(StrEnum):
    """What an import does with a record."""

    ADDED = "added"
    CHANGED = "changed"
    DISAPPEARED = "disappeared"
    """In the plan and not in the file any more."""
    REFUSED = "refused"
    """The row is wrong, and with it the whole import."""
    LEFT_OUT = "left_out"
    """Not brought, and nothing to mend: the import goes on without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field before and after, as a cell of the file would have it; empty when there is none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPreview:
    """What would become of one record, or what is wrong with one row.

    Parameters
    ----------
    name
        The record's key in words; empty for a row that could not be read.
    row
        Line in the file; missing for what only the plan has.
    fields
        Those that change; all that are filled in for a record that comes or goes.
    unprintable
        Of the fields that come, with the letters of each that print-outs cannot show.
    problem
        Why the row is refused, or left out.
    """

    kind: RowKind
    name: str
    row: int | None = None
    fields: tuple[FieldChange, ...] = ()
    unprintable: tuple[tuple[str, str], ...] = ()
    problem: InputError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How records are told to people whose file has neither our columns nor ids.

    Parameters
    ----------
    fields
        The columns that are told, by name; the others hold what the file says nothing about.
    values
        Of choices.
    """

    fields: Mapping[str, str]
    values: Mapping[StrEnum, str]


class RecordWords:
    """Says records as people know them: with the names of what they refer to.

    Parameters
    ----------
    plans
        Where names are looked up; the first that has one counts.
    titles
        What duties are called, by id.
    wording
        Missing: fields and values are told as a file of records has them.
    """

    def __init__(
        self,
        *plans: Plan,
        zone: ZoneInfo,
        titles: Mapping[str, str] = MappingProxyType({}),
        wording: Wording | None = None,
    ) -> None:
        self._zone = zone
        self._titles = titles
        self._wording = wording
        self._names = {
            (set_name, record.id): _name(record)
            for plan in reversed(plans)
            for set_name in record_fields()
            if _is_named(set_name)
            for record in getattr(plan, set_name)
        }

    def row_of(self, change: Change, *, row: int | None) -> RowPreview:
        """Return what becomes of a record as a row."""
        kind = RowKind.CHANGED
        if change.before is None:
            kind = RowKind.ADDED
        elif change.after is None:
            kind = RowKind.DISAPPEARED
        record = change.before if change.after is None else change.after
        changed = tuple(self._changed(change))
        if self._wording is not None and kind is not RowKind.CHANGED:
            told = self._told(change.set_name, record)
            changed = tuple(
                (column, one)
                for column, one in changed
                if not isinstance(getattr(record, column, None), str)
                or (one.after or one.before) not in told
            )
        lacking = (
            (one.field, unprintable(change.set_name, column, one.after))
            for column, one in changed
            if not one.after.isascii() and column not in _MADE
        )
        return RowPreview(
            kind=kind,
            name=self.name_of(change.set_name, record),
            row=row,
            fields=tuple(one for _column, one in changed),
            unprintable=tuple((field, letters) for field, letters in lacking if letters),
        )

    def said(self, problem: InputError) -> InputError:
        """Return a problem with its column as people know it."""
        place, wording = problem.place, self._wording
        if place is None or place.column is None or wording is None:
            return problem
        column = wording.fields.get(place.column, place.column)
        return InputError(problem.code, place=replace(place, column=column), **problem.values)

    def name_of(self, set_name: str, record: Any) -> str:
        """Return such as ``Anna (k1)``, or ``Anna, 2026-11-23 07:00 (a7)``; ids where known."""
        if set_name in KEPT_SETS and hasattr(record, "duty"):
            title = self._titles.get(record.duty)
            return f"{title}, {day_of(record.duty)} ({record.duty})" if title else record.duty
        said = ", ".join(self._told(set_name, record))
        if said and (self._wording is not None or key_fields(set_name) != ("id",)):
            return said
        return f"{said} ({record.id})" if said else str(record.id)

    def _told(self, set_name: str, record: Any) -> list[str]:
        """Return what a record is known by, apart from an id of its own."""
        keys = key_fields(set_name)
        if keys == ("id",) and _is_named(set_name):
            return [_name(record)]
        return self._said(set_name, record, _telling(set_name) if keys == ("id",) else keys)

    def fields_of(self, change: Change) -> tuple[FieldChange, ...]:
        """Return the fields that a change gives another text."""
        return tuple(one for _column, one in self._changed(change))

    def _changed(self, change: Change) -> Iterator[tuple[str, FieldChange]]:
        """Yield the fields that a change gives another text, each with its column."""
        set_name, wording = change.set_name, self._wording
        say = self._cell if wording is None else self._word
        for name, column in _fields_shown(set_name):
            old = None if change.before is None else getattr(change.before, name)
            new = None if change.after is None else getattr(change.after, name)
            field = column if wording is None else wording.fields.get(column, "")
            if old == new or not field:
                continue
            before = "" if old is None else say(set_name, name, old)
            after = "" if new is None else say(set_name, name, new)
            if before != after:
                yield column, FieldChange(field=field, before=before, after=after)

    def _said(self, set_name: str, record: Any, names: tuple[str, ...]) -> list[str]:
        said = []
        for name in names:
            value = getattr(record, name)
            if value is not None and value != "":
                said.append(self._word(set_name, name, value))
        return said

    def _cell(self, _set_name: str, _name: str, value: Any) -> str:
        return to_cell(value, self._zone)

    def _word(self, set_name: str, name: str, value: Any) -> str:
        """Return a value by its name where it has one."""
        named = _references(set_name)
        if name in named:
            return self._names.get((named[name], value)) or to_cell(value, self._zone)
        if self._wording is not None and isinstance(value, StrEnum):
            return self._wording.values.get(value) or to_cell(value, self._zone)
        return to_cell(value, self._zone)


def _name(record: Any) -> str:
    return str(getattr(record, "display_name", "") or record.name)


@cache
def _field_names(set_name: str) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record_type(set_name)))


@cache
def _is_named(set_name: str) -> bool:
    return {"id", "name"} <= set(_field_names(set_name))


@cache
def _references(set_name: str) -> Mapping[str, str]:
    return references(record_type(set_name))


@cache
def _telling(set_name: str) -> tuple[str, ...]:
    """Return the fields that a record without a name of its own is known by."""
    if set_name in _TELLING:
        return _TELLING[set_name]
    when = [name for name in _WHEN if name in _field_names(set_name)][:1]
    return (*_references(set_name), *when)


@cache
def _fields_shown(set_name: str) -> tuple[tuple[str, str], ...]:
    """Return the fields that a preview shows, each with the column that it stands in."""
    hidden = {"id"}  # it is in the record's name
    if set_name == "shifts":
        hidden = {"id", "day"}  # that of the start
    elif "duty" in _field_names(set_name):
        hidden = {"duty", "week", "day"}  # which the duty's id holds
    shown = (name for name in _field_names(set_name) if name not in hidden)
    return tuple((name, _COLUMNS.get(name, name)) for name in shown)
