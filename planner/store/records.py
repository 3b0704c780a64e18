"""Record sets as their tables hold them: loading by key, adding, taking away."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, select, update
from typing_extensions import override

from planner.domain.changes import Change
from planner.domain.duties import day_of
from planner.domain.plan import PlanSettings
from planner.domain.records import key_fields, record_key, record_type
from planner.domain.roster import Assignment, Draft, Shift
from planner.domain.weeks import IsoWeek
from planner.store import documents
from planner.store.rows import BATCH, fetch, insert_all, select_all
from planner.store.tables import metadata, rosters
from planner.store.timelines import delete_shifts, insert_shifts, shifts_with_ids

Key = tuple[Any, ...]


class Records(Protocol):
    """One record set in the database."""

    def load(self, connection: Connection, keys: Collection[Key]) -> dict[Key, Any]:
        """Return the records with these keys that there are."""

    def remove(self, connection: Connection, records: Sequence[Any]) -> None:
        """Take records away."""

    def insert(self, connection: Connection, records: Sequence[Any]) -> None:
        """Add records whose keys are not there."""


def records_of(set_name: str) -> Records:
    """Return how a set is kept."""
    special: dict[str, Records] = {
        "settings": _Settings(),
        "shifts": _Shifts(),
        "drafts": _Drafts(),
        "assignments": _Assignments("assignments"),
    }
    return special.get(set_name) or _Rows(set_name)


def touch_drafts(connection: Connection, changes: Iterable[Change]) -> None:
    """Give the drafts of weeks whose shifts or assignments change a revision never used before."""
    weeks: set[IsoWeek] = set()
    days = set[date]()
    for change in changes:
        for record in (change.before, change.after):
            match record:
                case Shift():
                    days.add(record.day)
                case Assignment():
                    days.add(day_of(record.duty))
                case Draft():
                    weeks.add(record.week)
                case _:
                    pass
    weeks.update(map(IsoWeek.of, days))
    drafts, journal = rosters.drafts, rosters.journal
    # The number that the entry of the present transaction will have, or one below it.
    revision = select(func.coalesce(func.max(journal.c.number), 0) + 1).scalar_subquery()
    connection.execute(update(drafts).where(drafts.c.week.in_(weeks)).values(revision=revision))


class _Rows:
    """A set whose table has a column for each field."""

    def __init__(self, set_name: str) -> None:
        self._set_name = set_name
        self._kind = record_type(set_name)

    @property
    def _table(self) -> Table:
        return metadata.tables[self._set_name]

    def load(self, connection: Connection, keys: Collection[Key]) -> dict[Key, Any]:
        first = self._table.c[key_fields(self._set_name)[0]]
        wanted = sorted({key[0] for key in keys})
        return {
            record_key(self._set_name, record): record
            for n in range(0, len(wanted), BATCH)
            for record in fetch(
                connection,
                select_all(self._table, self._kind).where(first.in_(wanted[n : n + BATCH])),
                self._kind,
            )
        }

    def remove(self, connection: Connection, records: Sequence[Any]) -> None:
        names = key_fields(self._set_name)
        columns = self._table.c
        same = and_(*(columns[name].is_not_distinct_from(bindparam(f"k_{name}")) for name in names))
        keys = [
            {f"k_{name}": value for name, value in zip(names, key, strict=True)}
            for key in (record_key(self._set_name, record) for record in records)
        ]
        if keys:
            connection.execute(delete(self._table).where(same), keys)

    def insert(self, connection: Connection, records: Sequence[Any]) -> None:
        insert_all(connection, self._table, records)


class _Assignments(_Rows):
    """Each with the week of its duty."""

    @override
    def insert(self, connection: Connection, records: Sequence[Any]) -> None:
        by_week: dict[IsoWeek, list[Any]] = {}
        for record in records:
            by_week.setdefault(IsoWeek.of(day_of(record.duty)), []).append(record)
        for week, mine in by_week.items():
            insert_all(connection, self._table, mine, week=week)


class _Shifts:
    """Shifts with their stretches."""

    def load(self, connection: Connection, keys: Collection[Key]) -> dict[Key, Any]:
        found = shifts_with_ids(connection, (id_ for (id_,) in keys))
        return {(shift.id,): shift for shift in found}

    def remove(self, connection: Connection, records: Sequence[Any]) -> None:
        delete_shifts(connection, [shift.id for shift in records])

    def insert(self, connection: Connection, records: Sequence[Any]) -> None:
        insert_shifts(connection, records)


class _Drafts:
    """Drafts with their levels and gaps as text, and how often each was saved."""

    def load(self, connection: Connection, keys: Collection[Key]) -> dict[Key, Any]:
        table = rosters.drafts
        wanted = table.c.week.in_([week for (week,) in keys])
        return {
            (row.week,): Draft(
                week=row.week,
                levels=documents.levels_of(row.levels),
                gaps=documents.gaps_of(row.gaps),
                generated_at=row.generated_at,
            )
            for row in connection.execute(select(table).where(wanted))
        }

    def remove(self, connection: Connection, records: Sequence[Any]) -> None:
        weeks = [draft.week for draft in records]
        connection.execute(delete(rosters.drafts).where(rosters.drafts.c.week.in_(weeks)))

    def insert(self, connection: Connection, records: Sequence[Any]) -> None:
        rows = [
            {
                "week": draft.week,
                "revision": 1,  # until the changes are whole
                "generated_at": draft.generated_at,
                "levels": documents.to_json(draft.levels),
                "gaps": documents.to_json(draft.gaps),
            }
            for draft in records
        ]
        if rows:
            connection.execute(insert(rosters.drafts), rows)


class _Settings:
    """One record, a row for each of its fields."""

    def load(self, connection: Connection, keys: Collection[Key]) -> dict[Key, Any]:
        rows = connection.execute(select(rosters.settings)) if keys else ()
        return {(): documents.settings_of({row.key: row.value for row in rows})}

    def remove(self, connection: Connection, records: Sequence[Any]) -> None:
        if records:
            connection.execute(delete(rosters.settings))

    def insert(self, connection: Connection, records: Sequence[PlanSettings]) -> None:
        rows = [
            {"key": field.name, "value": str(getattr(settings, field.name))}
            for settings in records
            for field in fields(settings)
        ]
        if rows:
            connection.execute(insert(rosters.settings), rows)
