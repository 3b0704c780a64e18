"""A plan's store: gives domain records and takes them back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, true, union

from planner.domain.calls import CallEntry, SwapRequest
from planner.domain.changes import Change, roster_difference
from planner.domain.ids import DutyId, SchoolId, ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan, record_fields
from planner.domain.publication import JournalEntry, Publication, SheetVersion, WindowDecision
from planner.domain.records import key_fields, record_key, record_type
from planner.domain.roster import Assignment, Note, Override, Roster, Shift
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.store import documents
from planner.store.follow_up import FollowUp
from planner.store.forgetting import Forgetting
from planner.store.history import read_changes
from planner.store.records import records_of, touch_drafts
from planner.store.rows import Record, fetch, insert_all, select_all
from planner.store.scenarios import KeptScenarios
from planner.store.tables import metadata, rosters
from planner.store.timelines import load_shifts, shifts_with_ids

_REACH = timedelta(days=7)
"""No shift ends later than this after its day."""


class Store(FollowUp, Forgetting, KeptScenarios):
    """What an open plan holds.

    Whatever writes belongs into ``with store.transaction(command):``; whatever reads may be called
    inside, and then sees what was written, or outside.
    """

    def load_plan(self) -> Plan:
        """Return every record of the plan, each set in the order of its key."""
        with self._reading() as connection:
            sets = {}
            for name in record_fields():
                table, kind = metadata.tables[name], record_type(name)
                order = [table.c[key] for key in key_fields(name)]
                sets[name] = fetch(connection, select_all(table, kind).order_by(*order), kind)
            rows = connection.execute(select(rosters.settings))
            settings = documents.settings_of({row.key: row.value for row in rows})
        return Plan(settings=settings, **sets)

    def apply(self, changes: Sequence[Change]) -> None:
        """Make of each record what its change says, and keep the changes for undoing them.

        Drafts of weeks whose shifts or assignments change count as saved anew.

        Raises
        ------
        ConflictError
            ``record-changed`` when a record is not as its change found it; nothing is kept then.
        """
        connection = self._writing()
        by_set: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_set[change.set_name].append(change)
        for set_name, mine in by_set.items():
            records = records_of(set_name)
            now = records.load(connection, [change.key for change in mine])
            for change in mine:
                if now.get(change.key) != change.before:
                    raise ConflictError("record-changed", value=_named(change))
            records.remove(connection, [c.before for c in mine if c.before is not None])
            records.insert(connection, [c.after for c in mine if c.after is not None])
        touch_drafts(connection, changes)
        self._note(changes)

    def changes_of(self, entry: int) -> tuple[Change, ...]:
        """Return what the command with that number in the journal changed."""
        with self._reading() as connection:
            return read_changes(connection, entry)

    def forget_changes(self, before: datetime) -> None:
        """Drop what earlier commands changed: it holds personal data, and cannot be undone then."""
        old = select(rosters.journal.c.number).where(rosters.journal.c.at < before)
        table = rosters.changes
        self._writing().execute(delete(table).where(table.c.entry.in_(old)))

    def entries_with_changes(self, actor: str) -> tuple[JournalEntry, ...]:
        """Return the commands of somebody that changed records, the earliest first."""
        table, changed = rosters.journal, rosters.changes
        has_changes = table.c.number.in_(select(changed.c.entry))
        query = select(table).where(table.c.actor == actor, has_changes).order_by(table.c.number)
        with self._reading() as connection:
            return fetch(connection, query, JournalEntry)

    def load_roster(self, week: IsoWeek) -> Roster:
        """Return the draft of ``week``; where none was made, the shifts that were imported."""
        drafts, placed = rosters.drafts, rosters.assignments
        query = (
            select_all(placed, Assignment)
            .where(placed.c.week == week)
            .order_by(placed.c.start, placed.c.duty, placed.c.staff)
        )
        with self._reading() as connection:
            draft = connection.execute(select(drafts).where(drafts.c.week == week)).one_or_none()
            shifts = load_shifts(connection, rosters.shifts.c.day.in_(week.days))
            assignments = fetch(connection, query, Assignment)
            roster = Roster(
                week=week,
                shifts=shifts,
                assignments=assignments,
                overrides=_of_week(connection, rosters.overrides, Override, week),
                notes=_of_week(connection, rosters.notes, Note, week),
            )
        if draft is None:
            return roster
        return replace(
            roster,
            levels=documents.levels_of(draft.levels),
            gaps=documents.gaps_of(draft.gaps),
            generated_at=draft.generated_at,
        )

    def draft_revision(self, week: IsoWeek) -> int:
        """Return a number that grows whenever the draft of ``week`` changes; 0 without one."""
        drafts = rosters.drafts
        with self._reading() as connection:
            query = select(drafts.c.revision).where(drafts.c.week == week)
            return connection.execute(query).scalar_one_or_none() or 0

    def save_roster(self, roster: Roster, *, expected_revision: int | None = None) -> int:
        """Put a week's draft in place of the present one and return its revision.

        Its shifts become all that begin in the week, imported ones included.

        Raises
        ------
        ConflictError
            ``draft-changed`` when the draft's revision is not ``expected_revision`` any more.
        """
        week = roster.week
        revision = self.draft_revision(week)
        if expected_revision is not None and revision != expected_revision:
            raise ConflictError("draft-changed", week=str(week))
        before = self.load_roster(week)
        self.apply(roster_difference(before, roster, had_draft=revision > 0))
        return self.draft_revision(week)

    def shifts_between(self, span: Span) -> tuple[Shift, ...]:
        """Return every shift that has a moment in common with ``span``, by person and start.

        A shift goes from its first start to its last end: the pause of a split one counts too.
        """
        day = rosters.shifts.c.day
        near = day.between(span.start.date() - _REACH, span.end.date() + _REACH)
        with self._reading() as connection:
            found = load_shifts(connection, near)
        return tuple(shift for shift in found if shift.span.overlaps(span))

    def shifts(self) -> tuple[Shift, ...]:
        """Return every shift of the plan, by person and start."""
        with self._reading() as connection:
            return load_shifts(connection, true())

    def records_like(self, set_name: str, records: Iterable[Any]) -> tuple[Any, ...]:
        """Return what is kept under the keys of records of a set."""
        keys = [record_key(set_name, one) for one in records]
        with self._reading() as connection:
            return tuple(records_of(set_name).load(connection, keys).values())

    def shifts_with_ids(self, ids: Iterable[ShiftId]) -> tuple[Shift, ...]:
        """Return those of the shifts that exist."""
        with self._reading() as connection:
            return shifts_with_ids(connection, ids)

    def named_in_rosters(self) -> tuple[set[StaffId], set[ShiftTypeId]]:
        """Return the people and the shift types that shifts or assignments name."""
        shifts, placed = rosters.shifts, rosters.assignments
        people = union(select(shifts.c.staff), select(placed.c.staff))
        with self._reading() as connection:
            staff = {StaffId(one) for one in connection.execute(people).scalars()}
            kinds = connection.execute(select(shifts.c.shift_type).distinct()).scalars()
            return staff, {ShiftTypeId(one) for one in kinds if one is not None}

    def publications(self, week: IsoWeek) -> tuple[Publication, ...]:
        """Return every publication of ``week``, the latest last."""
        table = rosters.publications
        query = select(table).where(table.c.week == week).order_by(table.c.number)
        with self._reading() as connection:
            return fetch(connection, query, Publication)

    def latest_publication(self, week: IsoWeek) -> Publication | None:
        """Return the publication of ``week`` that holds, if it was published."""
        table = rosters.publications
        query = select(table).where(table.c.week == week).order_by(table.c.number.desc()).limit(1)
        with self._reading() as connection:
            return next(iter(fetch(connection, query, Publication)), None)

    def add_publication(self, publication: Publication) -> Publication:
        """Keep a publication for good under the plan's next number; return it with that number.

        Number and what it replaces are set here, inside the transaction: two who publish at once
        get one each.
        """
        numbers = select(func.max(rosters.publications.c.number))
        before = self.latest_publication(publication.week)
        kept = replace(
            publication,
            number=(self._writing().execute(numbers).scalar() or 0) + 1,
            replaces=before.number if before else None,
        )
        insert_all(self._writing(), rosters.publications, [kept])
        return kept

    def add_sheet_versions(self, versions: Iterable[SheetVersion]) -> None:
        """Keep the versions of sheets that a publication brings."""
        insert_all(self._writing(), rosters.sheet_versions, versions)

    def sheet_versions(self, school: SchoolId) -> tuple[SheetVersion, ...]:
        """Return the versions of a school's sheets, the latest last."""
        table = rosters.sheet_versions
        query = select(table).where(table.c.school == school).order_by(table.c.publication)
        with self._reading() as connection:
            return fetch(connection, query, SheetVersion)

    def decisions(self, week: IsoWeek) -> tuple[WindowDecision, ...]:
        """Return what was decided of uncovered school windows of ``week``."""
        table = rosters.window_decisions
        query = select(table).where(table.c.week == week).order_by(table.c.duty)
        with self._reading() as connection:
            return fetch(connection, query, WindowDecision)

    def save_decisions(self, decisions: Iterable[WindowDecision]) -> None:
        """Keep decisions; a later one on the same window takes the place of the earlier."""
        decisions = tuple(decisions)
        self.remove_decisions([decision.duty for decision in decisions])
        insert_all(self._writing(), rosters.window_decisions, decisions)

    def remove_decisions(self, duties: Iterable[DutyId]) -> None:
        """Take decisions back."""
        table = rosters.window_decisions
        gone = [{"gone": duty} for duty in duties]
        if gone:
            self._writing().execute(delete(table).where(table.c.duty == bindparam("gone")), gone)

    def call_entries(self, week: IsoWeek) -> tuple[CallEntry, ...]:
        """Return who is to be asked, or was, about ``week``, in the order of the list."""
        table = rosters.call_entries
        query = select(table).where(table.c.week == week).order_by(table.c.position, table.c.id)
        with self._reading() as connection:
            return fetch(connection, query, CallEntry)

    def swap_requests(self, week: IsoWeek) -> tuple[SwapRequest, ...]:
        """Return the swaps that people asked for in ``week``, the earliest first."""
        table = rosters.swap_requests
        query = select(table).where(table.c.week == week).order_by(table.c.asked_at, table.c.id)
        with self._reading() as connection:
            return fetch(connection, query, SwapRequest)

    def last_entry(self, command: str | None = None) -> JournalEntry | None:
        """Return the latest entry, of a command or of all, if there is one."""
        table = rosters.journal
        query = select(table).order_by(table.c.number.desc()).limit(1)
        if command is not None:
            query = query.where(table.c.command == command)
        with self._reading() as connection:
            return next(iter(fetch(connection, query, JournalEntry)), None)

    def journal(self, *, after: int = 0) -> tuple[JournalEntry, ...]:
        """Return the entries after the one numbered ``after``, the earliest first."""
        table = rosters.journal
        query = select(table).where(table.c.number > after).order_by(table.c.number)
        with self._reading() as connection:
            return fetch(connection, query, JournalEntry)


def _of_week(
    connection: Connection, table: Table, kind: type[Record], week: IsoWeek
) -> tuple[Record, ...]:
    query = select_all(table, kind).where(table.c.week == week).order_by(table.c.id)
    return fetch(connection, query, kind)


def _named(change: Change) -> str:
    """Return a record's key to show; it holds ids and days, no names."""
    return ", ".join(str(part) for part in change.key if part is not None) or change.set_name
