"""A plan's store: gives domain records and takes them back."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import timedelta

from sqlalchemy import and_, bindparam, delete, func, insert, select, union, update

from planner.domain.ids import DutyId, SchoolId, ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan, PlanSettings, record_fields
from planner.domain.publication import JournalEntry, Publication, SheetVersion, WindowDecision
from planner.domain.records import key_fields, record_key, record_type
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.store import documents
from planner.store.database import Database
from planner.store.rows import fetch, insert_all, select_all
from planner.store.tables import metadata, rosters
from planner.store.timelines import delete_shifts, insert_shifts, load_shifts

_REACH = timedelta(days=7)
"""No shift ends later than this after its day."""
_BATCH = 500
"""Values in one statement; databases have a limit."""


class Store(Database):
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

    def save_settings(self, settings: PlanSettings) -> None:
        """Put the plan's settings in place of the present ones."""
        connection = self._writing()
        connection.execute(delete(rosters.settings))
        rows = [
            {"key": field.name, "value": str(getattr(settings, field.name))}
            for field in fields(settings)
        ]
        connection.execute(insert(rosters.settings), rows)

    def put_records(self, set_name: str, records: Iterable[object]) -> None:
        """Add records; one whose key is there already takes the other's place."""
        records = tuple(records)
        self.remove_records(set_name, records)
        insert_all(self._writing(), metadata.tables[set_name], records)

    def remove_records(self, set_name: str, records: Iterable[object]) -> None:
        """Take the records with the keys of these away."""
        table, names = metadata.tables[set_name], key_fields(set_name)
        same = and_(*(table.c[name].is_not_distinct_from(bindparam(f"k_{name}")) for name in names))
        keys = [
            {f"k_{name}": value for name, value in zip(names, key, strict=True)}
            for key in (record_key(set_name, record) for record in records)
        ]
        if keys:
            self._writing().execute(delete(table).where(same), keys)

    def replace_records(self, set_name: str, records: Iterable[object]) -> None:
        """Make ``records`` all that the set holds."""
        table = metadata.tables[set_name]
        self._writing().execute(delete(table))
        insert_all(self._writing(), table, records)

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
        roster = Roster(week=week, shifts=shifts, assignments=assignments)
        if draft is None:
            return roster
        return replace(
            roster,
            levels=documents.levels_of(draft.levels),
            gaps=documents.gaps_of(draft.gaps),
            generated_at=draft.generated_at,
        )

    def draft_revision(self, week: IsoWeek) -> int:
        """Return how often the draft of ``week`` has been saved; 0 when there is none."""
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
        connection, week = self._writing(), roster.week
        revision = self.draft_revision(week)
        if expected_revision is not None and revision != expected_revision:
            raise ConflictError("draft-changed", week=str(week))
        in_week = select(rosters.shifts.c.id).where(rosters.shifts.c.day.in_(week.days))
        delete_shifts(connection, connection.execute(in_week).scalars())
        insert_shifts(connection, roster.shifts)
        for table in (rosters.assignments, rosters.drafts):
            connection.execute(delete(table).where(table.c.week == week))
        insert_all(connection, rosters.assignments, roster.assignments, week=week)
        draft = {
            "week": week,
            "revision": revision + 1,
            "generated_at": roster.generated_at,
            "levels": documents.to_json(roster.levels),
            "gaps": documents.to_json(roster.gaps),
        }
        connection.execute(insert(rosters.drafts).values(draft))
        return revision + 1

    def shifts_between(self, span: Span) -> tuple[Shift, ...]:
        """Return every shift that has a moment in common with ``span``, by person and start.

        A shift goes from its first start to its last end: the pause of a split one counts too.
        """
        day = rosters.shifts.c.day
        near = day.between(span.start.date() - _REACH, span.end.date() + _REACH)
        with self._reading() as connection:
            found = load_shifts(connection, near)
        return tuple(shift for shift in found if shift.span.overlaps(span))

    def shifts_with_ids(self, ids: Iterable[ShiftId]) -> tuple[Shift, ...]:
        """Return those of the shifts that exist."""
        wanted = sorted(ids)
        with self._reading() as connection:
            return tuple(
                shift
                for n in range(0, len(wanted), _BATCH)
                for shift in load_shifts(
                    connection, rosters.shifts.c.id.in_(wanted[n : n + _BATCH])
                )
            )

    def named_in_rosters(self) -> tuple[set[StaffId], set[ShiftTypeId]]:
        """Return the people and the shift types that shifts or assignments name."""
        shifts, placed = rosters.shifts, rosters.assignments
        people = union(select(shifts.c.staff), select(placed.c.staff))
        with self._reading() as connection:
            staff = {StaffId(one) for one in connection.execute(people).scalars()}
            kinds = connection.execute(select(shifts.c.shift_type).distinct()).scalars()
            return staff, {ShiftTypeId(one) for one in kinds if one is not None}

    def put_shifts(self, shifts: Sequence[Shift]) -> None:
        """Add shifts to people's timelines; one whose id is there takes the other's place.

        Drafts of their weeks count as saved anew.
        """
        connection, drafts = self._writing(), rosters.drafts
        replaced = self.shifts_with_ids(shift.id for shift in shifts)
        delete_shifts(connection, [shift.id for shift in replaced])
        insert_shifts(connection, shifts)
        weeks = {IsoWeek.of(shift.day) for shift in (*shifts, *replaced)}
        is_touched = drafts.c.week.in_(weeks)
        connection.execute(update(drafts).where(is_touched).values(revision=drafts.c.revision + 1))

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

    def journal(self, *, after: int = 0) -> tuple[JournalEntry, ...]:
        """Return the entries after the one numbered ``after``, the earliest first."""
        table = rosters.journal
        query = select(table).where(table.c.number > after).order_by(table.c.number)
        with self._reading() as connection:
            return fetch(connection, query, JournalEntry)
