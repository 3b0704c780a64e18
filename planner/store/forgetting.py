"""Old data about people, and how it is counted and dropped; what was published counts on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, delete, func, select, update

from planner.domain.weeks import IsoWeek
from planner.store.database import Database
from planner.store.tables import handed_out, people, promises, rosters


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is old: weeks before ``week``, and whatever happened before the instant ``at``."""

    week: IsoWeek
    at: datetime


class Forgetting(Database):
    """The part of a store that counts and drops who did what."""

    def count_reporters(self, old: Before) -> int:
        """Return how many reports of old weeks say who made them."""
        return self._count(promises.deliveries, _reported(old))

    def count_changes(self, old: Before) -> int:
        """Return how many records are kept as old commands found them."""
        return self._count(rosters.changes, rosters.changes.c.entry.in_(_entries(old)))

    def count_actors(self, old: Before) -> int:
        """Return how many old entries of the journal say whose they are."""
        return self._count(rosters.journal, _acted(old))

    def count_dispatches(self, old: Before) -> int:
        """Return how many messages of old weeks the log names recipients of."""
        return self._count(handed_out.dispatches, handed_out.dispatches.c.week < old.week)

    def count_rosters(self, old: Before) -> int:
        """Return how many weeks' shifts, duties, notes, calls and swaps are old."""
        weeks: set[IsoWeek] = set()
        with self._reading() as connection:
            for table in _OF_WEEKS:
                query = select(table.c.week).where(table.c.week < old.week).distinct()
                weeks.update(connection.execute(query).scalars())
            query = select(rosters.shifts.c.day).where(rosters.shifts.c.day < old.week.monday)
            weeks.update(IsoWeek.of(day) for day in connection.execute(query.distinct()).scalars())
        return len(weeks)

    def count_publications(self, old: Before) -> int:
        """Return how many publications of old weeks hold the names that were in them."""
        return self._count(rosters.publications, self._published(old))

    def count_times(self, old: Before) -> int:
        """Return how many absences, bound times, stand-bys and wishes are over."""
        return sum(self._count(table, _is_over(table, old)) for table in _TIMES)

    def shred(self) -> None:
        """Let what this transaction drops be written over in a plan file, and not only marked."""
        connection = self._writing()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")

    def forget_actors(self, old: Before) -> None:
        """Let the journal say what was done, and no more by whom."""
        self._writing().execute(update(rosters.journal).where(_acted(old)).values(actor=""))

    def forget_dispatches(self, old: Before) -> None:
        """Drop the log of messages of old weeks."""
        table = handed_out.dispatches
        self._writing().execute(delete(table).where(table.c.week < old.week))

    def forget_rosters(self, old: Before) -> None:
        """Drop who was to be where in old weeks; what was planned and delivered stays."""
        connection, shifts = self._writing(), rosters.shifts
        for table in _OF_WEEKS:
            connection.execute(delete(table).where(table.c.week < old.week))
        gone = select(shifts.c.id).where(shifts.c.day < old.week.monday)
        spans = rosters.shift_spans
        connection.execute(delete(spans).where(spans.c.shift.in_(gone)))
        connection.execute(delete(shifts).where(shifts.c.day < old.week.monday))

    def forget_publications(self, old: Before) -> None:
        """Drop the publications of old weeks; the plan's last one stays, so that numbers go on."""
        self._writing().execute(delete(rosters.publications).where(self._published(old)))

    def forget_times(self, old: Before) -> None:
        """Drop the absences, bound times, stand-bys and wishes that are over."""
        for table in _TIMES:
            self._writing().execute(delete(table).where(_is_over(table, old)))

    def _published(self, old: Before) -> ColumnElement[bool]:
        table = rosters.publications
        last = select(func.max(table.c.number)).scalar_subquery()
        return (table.c.week < old.week) & (table.c.number < last)

    def _count(self, table: Table, which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(table).where(which)
        with self._reading() as connection:
            return int(connection.execute(query).scalar() or 0)


_OF_WEEKS = (
    rosters.assignments,
    rosters.notes,
    rosters.overrides,
    rosters.call_entries,
    rosters.swap_requests,
    rosters.drafts,
)
"""Tables with a row for each duty, note or request of a week."""

_TIMES = (people.absences, people.bound_times, people.standbys, people.wishes)


def _is_over(table: Table, old: Before) -> ColumnElement[bool]:
    if "day" in table.c:
        return table.c.day < old.week.monday
    return table.c.end < old.at


def _reported(old: Before) -> ColumnElement[bool]:
    table = promises.deliveries
    return (table.c.week < old.week) & (table.c.by != "")


def _acted(old: Before) -> ColumnElement[bool]:
    return (rosters.journal.c.at < old.at) & (rosters.journal.c.actor != "")


def _entries(old: Before) -> Select[tuple[int]]:
    table = rosters.journal
    return select(table.c.number).where(table.c.at < old.at)
