"""A grid with its decisions as records: given shifts, absences without cause, bound time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from planner.domain.grids import CodeChoice, Grid, GridDecisions, GridEntry, Meaning, Times
from planner.domain.ids import ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.shifts import ShiftPart, ShiftType
from planner.domain.spans import DAY, Span, day_span, local_span
from planner.domain.staff import Absence, BoundTime, ShiftSource
from planner.services.grids.people import GridPeople, slug
from planner.services.grids.shifts import (
    LONG,
    breaks_in,
    parted,
    renumbered,
    runs,
    together,
)

OWN = "grid-"
"""How the ids of absences and bound time begin that came from a grid."""


@dataclass(frozen=True, kw_only=True)
class GridRecords:
    """What a grid makes.

    Parameters
    ----------
    made
        Records by set: people and all they need, shift types, absences and bound time.
    shifts
        Given shifts of the days of the grid.
    rows
        Where each record stands in the grid, by ``id()`` of the record.
    staff
        Everybody of the grid who is not left out, by their key there.
    choices
        What the codes of new shift types mean once those are there.
    twice
        Keys of people who were said to be somebody that another one is already.
    """

    made: Mapping[str, tuple[Any, ...]]
    shifts: tuple[Shift, ...]
    rows: Mapping[int, tuple[int, int]]
    staff: Mapping[str, StaffId]
    choices: Mapping[str, CodeChoice]
    twice: tuple[str, ...] = ()


def grid_records(plan: Plan, grid: Grid, decisions: GridDecisions) -> GridRecords:
    """Return what a grid makes of a plan; nothing is written."""
    return _Builder(plan, grid, decisions).records()


@dataclass(slots=True)
class _Day:
    """What a person does on one day."""

    shifts: list[Shift] = field(default_factory=list)
    away: list[Span | None] = field(default_factory=list)
    """Stretches away; nothing for the whole day."""
    at: tuple[int, int] = (0, 0)


class _Builder:
    def __init__(self, plan: Plan, grid: Grid, decisions: GridDecisions) -> None:
        self._plan, self._grid, self._decisions = plan, grid, decisions
        self._people = GridPeople(plan, grid, decisions)
        self._made: dict[str, list[Any]] = defaultdict(list)
        self._types: dict[str, ShiftType] = {}
        self._parts: dict[ShiftTypeId, Times] = {
            kind: tuple((part.start, part.end) for part in parts)
            for kind, parts in plan.parts_by_shift_type.items()
        }
        self._days: dict[tuple[StaffId, date], _Day] = defaultdict(_Day)
        self._rows: dict[int, tuple[int, int]] = {}

    def records(self) -> GridRecords:
        """Return all that the grid makes."""
        for entry in self._grid.entries:
            staff = self._people.staff_of.get(entry.person)
            if staff is not None:
                self._read(staff, entry)
        self._add_absences()
        shifts = tuple(self._shifts())
        made = {name: tuple(records) for name, records in self._people.made.items()}
        for record in (record for records in made.values() for record in records):
            whose: Any = getattr(record, "staff", None) or getattr(record, "id", None)
            self._rows[id(record)] = (self._people.rows.get(whose, 1), 1)
        made |= {name: tuple(records) for name, records in self._made.items()}
        staff_of = self._people.staff_of
        seen: dict[StaffId, str] = {}
        twice = [key for key, staff in staff_of.items() if seen.setdefault(staff, key) != key]
        return GridRecords(
            made=made,
            shifts=shifts,
            rows=self._rows,
            staff=staff_of,
            choices={
                code: CodeChoice(meaning=Meaning.SHIFT, shift_type=kind.id)
                for code, kind in self._types.items()
                if code in self._decisions.codes
            },
            twice=tuple(twice),
        )

    def _read(self, staff: StaffId, entry: GridEntry) -> None:
        choice = self._choice(entry)
        if choice is None:
            return
        day = self._days[staff, entry.day]
        day.at = day.at if day.at[0] else (entry.row, entry.column)
        times = entry.times or choice.times
        match choice.meaning:
            case Meaning.SHIFT:
                self._add_shift(staff, entry, choice)
            case Meaning.ABSENT:
                spans = self._spans(entry.day, entry.times)
                day.away.append(Span(spans[0].start, spans[-1].end) if spans else None)
            case Meaning.BOUND if times:
                for span in self._spans(entry.day, times):
                    id_ = f"{OWN}{staff}-{span.start:%Y%m%dT%H%M}"
                    bound = BoundTime(id=id_, staff=staff, start=span.start, end=span.end)
                    self._add("bound_times", bound, entry)

    def _choice(self, entry: GridEntry) -> CodeChoice | None:
        """Return what a cell means: an absence beats a colour, and a colour a code."""
        if entry.is_absent:
            return CodeChoice(meaning=Meaning.ABSENT)
        colored = self._decisions.colors.get(entry.color) if entry.color else None
        if colored is not None:
            return colored
        if entry.code:
            return self._decisions.codes.get(entry.code)
        return CodeChoice(meaning=Meaning.SHIFT) if entry.times else None

    def _add(self, set_name: str, record: Any, entry: GridEntry) -> None:
        self._made[set_name].append(record)
        self._rows[id(record)] = (entry.row, entry.column)

    def _add_shift(self, staff: StaffId, entry: GridEntry, choice: CodeChoice) -> None:
        kind = choice.shift_type
        if kind is None and choice.times:
            kind = self._type_of(entry, choice.times).id
        times = entry.times or (self._parts.get(kind, ()) if kind else ())
        if kind is None:
            kind = self._type_with(staff, times)
        spans = self._spans(entry.day, times)
        if not spans:
            return
        break_min = self._decisions.break_min if entry.break_min is None else entry.break_min
        parts = spans if kind else tuple(parted(spans, break_min))
        shift = Shift(
            id=ShiftId(f"{staff}/{entry.day.isoformat()}/grid"),
            staff=staff,
            day=entry.day,
            shift_type=kind,
            parts=parts,
            breaks=tuple(breaks_in(parts, self._break_of(kind))) if kind else (),
            source=ShiftSource.GIVEN,
        )
        self._days[staff, entry.day].shifts.append(shift)

    def _type_of(self, entry: GridEntry, times: Times) -> ShiftType:
        """Return the new type of a code, made when it is met first."""
        code = entry.code or entry.color
        if code not in self._types:
            taken = {*self._plan.shift_type_by_id, *(kind.id for kind in self._types.values())}
            spans = self._spans(entry.day, times)
            is_long = any(span.end - span.start > LONG for span in spans)
            kind = ShiftType(
                id=ShiftTypeId(slug(code, taken)),
                code=code[:4],
                name=code,
                employer=self._people.any_employer(),
                break_min=self._decisions.break_min if is_long else 0,
            )
            self._types[code] = kind
            self._parts[kind.id] = times
            self._add("shift_types", kind, entry)
            for n, (start, end) in enumerate(times, start=1):
                part = ShiftPart(shift_type=kind.id, ordinal=n, start=start, end=end)
                self._add("shift_parts", part, entry)
        return self._types[code]

    def _type_with(self, staff: StaffId, times: Times) -> ShiftTypeId | None:
        """Return the type of the person's employer that has just these times, if one has."""
        member = self._plan.staff_by_id.get(staff)
        employer = member.employer if member else self._people.employer
        return next(
            (
                kind.id
                for kind in self._plan.shift_types
                if kind.employer == employer and self._parts.get(kind.id) == times
            ),
            None,
        )

    def _break_of(self, kind: ShiftTypeId) -> int:
        known = self._plan.shift_type_by_id.get(kind)
        if known is None:
            known = next(one for one in self._types.values() if one.id == kind)
        return known.break_min

    def _spans(self, day: date, times: Times) -> tuple[Span, ...]:
        """Return local times as instants; a stretch before the one before it is on the next day."""
        spans: list[Span] = []
        on = day
        for start, end in times:
            span = local_span(on, start, end, self._plan.zone)
            if spans and span.start < spans[-1].end:
                on += DAY
                span = local_span(on, start, end, self._plan.zone)
            spans.append(span)
        return tuple(spans)

    def _shifts(self) -> Iterator[Shift]:
        """Yield the shifts of everybody who is not away then; rows of one day are put together."""
        for (_, _), day in sorted(self._days.items()):
            kept = [shift for shift in day.shifts if not self._is_away(shift)]
            for n, shift in enumerate(together(kept)):
                made = shift if n == 0 else renumbered(shift, n)
                self._rows[id(made)] = day.at
                yield made

    def _is_away(self, shift: Shift) -> bool:
        return any(
            absence.staff == shift.staff and absence.span.overlaps(shift.span)
            for absence in self._away_of[shift.staff]
        )

    def _add_absences(self) -> None:
        by_staff: dict[StaffId, list[tuple[date, _Day]]] = defaultdict(list)
        for (staff, on), day in sorted(self._days.items()):
            by_staff[staff].append((on, day))
        self._away_of: dict[StaffId, list[Absence]] = defaultdict(list)
        for staff, days in by_staff.items():
            for run in runs([on for on, day in days if None in day.away]):
                self._add_absence(staff, run[0], self._start_of(staff, run[0]), self._end(run[-1]))
            for on, day in days:
                if None not in day.away:
                    for span in day.away:
                        if span is not None:
                            self._add_absence(staff, on, span.start, span.end)

    def _add_absence(self, staff: StaffId, on: date, start: datetime, end: datetime) -> None:
        n_before = sum(one.id.startswith(f"{OWN}{staff}-{on}") for one in self._away_of[staff])
        id_ = f"{OWN}{staff}-{on.isoformat()}" + (f"-{n_before + 1}" if n_before else "")
        absence = Absence(id=id_, staff=staff, start=start, end=end)
        self._away_of[staff].append(absence)
        self._made["absences"].append(absence)
        self._rows[id(absence)] = self._days[staff, on].at

    def _start_of(self, staff: StaffId, on: date) -> datetime:
        """Return when a day away begins: a night before it is worked to its end."""
        midnight = day_span(on, self._plan.zone).start
        night = self._days[staff, on - DAY].shifts if (staff, on - DAY) in self._days else []
        return max([midnight, *(shift.span.end for shift in night)])

    def _end(self, on: date) -> datetime:
        return day_span(on, self._plan.zone).end
