"""Shifts moved or made longer by a little, so that they reach a gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from planner.domain import edits
from planner.domain.duties import Duty
from planner.domain.ids import ShiftId, StaffId
from planner.domain.roster import Gap, Roster, Shift
from planner.domain.spans import DAY, MINUTE, Span
from planner.planning.travel import travel_matrix
from planner.services.candidates.board import Board
from planner.services.candidates.edits import break_placed
from planner.services.gaps.fix_values import FixKind
from planner.services.gaps.reasons import GapWeek

_STEPS_MIN = (15, 30, 45, 60, 90, 120)
"""By how much a shift is moved or grows: two hours of overtime at most."""


@dataclass(frozen=True, kw_only=True)
class Timed:
    """A draft in which a shift, or a crew's, is moved or longer, and what lacked is done in it."""

    kind: FixKind
    by_min: int
    people: tuple[StaffId, ...]
    roster: Roster


class ShiftMoves:
    """Finds them for one week; what would break a rule is among them."""

    def __init__(self, week: GapWeek) -> None:
        self._week = week
        self._plan = week.plan

    @cached_property
    def _board(self) -> Board:
        plan, duties = self._plan, self._week.duty_by_id
        sites = {duty.site for duty in duties.values()}
        modes = sorted({member.travel_mode for member in plan.staff})
        return Board(plan, duties, self._week.draft, travel_matrix(plan, sites, modes))

    def of(self, gap: Gap) -> Iterator[Timed]:
        """Yield the least that each crew, or each person without one, would have to move."""
        found: list[Timed] = []
        for crew in self._crews(gap):
            for kind in (FixKind.SHIFT, FixKind.LONGER):
                found += self._first(kind, crew, gap)
        yield from sorted(found, key=lambda one: (abs(one.by_min), one.kind, one.people))

    def _crews(self, gap: Gap) -> Iterator[tuple[Shift, ...]]:
        """Yield who could do it together, by what they work near it: nobody with locked shifts."""
        seen: set[frozenset[StaffId]] = set()
        near = Span(gap.span.start - DAY / 4, gap.span.end + DAY / 4)
        duty = self._week.duty_by_id.get(gap.duty) if gap.duty else None
        for shift in self._board.at_work(near):
            crew = self._board.crew(shift)
            names = frozenset(one.staff for one in crew)
            if names in seen or any(one.is_locked for one in crew):
                continue
            seen.add(names)
            if self._can(crew, duty, gap):
                yield crew

    def _can(self, crew: Sequence[Shift], duty: Duty | None, gap: Gap) -> bool:
        if duty is None:
            need = next(each for each in self._plan.staffing_needs if each.id == gap.need)
            day = gap.span.start.astimezone(self._plan.zone).date()
            return any(need.skill in self._plan.skills_of(one.staff, day) for one in crew)
        if len(crew) != (2 if duty.is_crew else 1):
            return False
        board = self._board
        doing = {done.staff for done in board.heads(duty.id)}
        spans = [done.span for done in board.heads(duty.id)] or [duty.span]
        return not any(
            one.staff in doing or board.hindrance(one.staff, duty.day, spans, duty.skills)
            for one in crew
        )

    def _first(self, kind: FixKind, crew: Sequence[Shift], gap: Gap) -> list[Timed]:
        """Return the crew's shift with the least change by which it reaches, if any does."""
        for step in _STEPS_MIN:
            for by_min in (-step, step):
                roster = self._timed(kind, crew, by_min)
                done = roster and self._covering(roster, crew, gap)
                if done:
                    people = tuple(sorted(one.staff for one in crew))
                    return [Timed(kind=kind, by_min=by_min, people=people, roster=done)]
        return []

    def _timed(self, kind: FixKind, crew: Sequence[Shift], by_min: int) -> Roster | None:
        """Return the draft with other times of a crew's shift; nothing if a duty does not fit."""
        draft, by = self._week.draft, timedelta(minutes=by_min)
        roster = draft
        for shift in crew:
            if kind is FixKind.SHIFT:
                roster = edits.shift_later(self._plan, roster, shift, by)
            else:
                start = shift.span.start + min(by, timedelta())
                end = shift.span.end + max(by, timedelta())
                roster = edits.retime_shift(self._plan, roster, shift, Span(start, end))
        return roster if len(roster.assignments) == len(draft.assignments) else None

    def _covering(self, roster: Roster, crew: Sequence[Shift], gap: Gap) -> Roster | None:
        ids = {one.id for one in crew}
        moved = [shift for shift in roster.shifts if shift.id in ids]
        if gap.duty is None:
            had = any(part.overlaps(gap.span) for one in crew for part in one.parts)
            reaches = all(any(part.contains(gap.span) for part in one.parts) for one in moved)
            return roster if reaches and not had else None
        duty = self._week.duty_by_id[gap.duty]
        seat = self._board.seat(moved, duty)
        if seat is None or seat.clashing or self._board.seat(crew, duty) is not None:
            return None
        span = Span(seat.start, seat.start + duty.duration_min * MINUTE)
        roster = edits.assign(roster, duty, crew[0].staff, seat.start)
        if any(pause.overlaps(span) for one in moved for pause in one.breaks):
            return self._with_break(roster, ids)
        return roster

    def _with_break(self, roster: Roster, ids: set[ShiftId]) -> Roster:
        """Return the roster with the break of a crew beside all that it does."""
        moved = [shift for shift in roster.shifts if shift.id in ids]
        return break_placed(self._plan, roster, [one.staff for one in moved], moved[0].day)
