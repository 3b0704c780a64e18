"""Visits moved to times that nobody can foresee, where that changes nothing else.

Of the starts that are equally good the search tends to find the early ones: it has no reason to
prefer another. So after it has ended, each visit is drawn anew among the starts between what its
people do before and after it, the order of their duties, their breaks and shifts staying as they
are. What the checks say of the roster may not change: not a finding, not a gap, not a point.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, SiteId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import MINUTE, Span
from planner.planning.judging import Judgement, WeekJudge

_N_SWEEPS = 4
"""Each visit is drawn so often, as where it may lie depends on where the others came to lie."""
_STEP = 5 * MINUTE
"""Visits begin on multiples of five minutes after their earliest start, as the engine has them."""


def varied(
    plan: Plan, roster: Roster, judge: WeekJudge, *, seed: int, kept: Collection[DutyId] = ()
) -> Roster:
    """Return the roster with its visits at drawn times; the same seed and week give the same.

    Parameters
    ----------
    judge
        Of the roster's week; it is asked whether a move changes anything.
    kept
        Duties that stay where they are, beside those with a lock.
    """
    visits = [
        duty
        for duty in judge.duties
        if duty.kind is DutyKind.VISIT and not duty.is_fixed and duty.id not in kept
    ]
    if not visits:
        return roster
    said = judge.judge(roster)
    whole = _drawn(plan, roster, judge, visits, seed)
    if _is_same(judge.judge(whole), said):
        return whole
    for duty in visits:  # one of them changes something: each is tried for itself
        moved = _drawn(plan, roster, judge, [duty], seed)
        if moved is not roster and _is_same(judge.judge(moved), said):
            roster = moved
    return roster


def _is_same(one: Judgement, other: Judgement) -> bool:
    return (one.findings, one.gaps, one.levels) == (other.findings, other.gaps, other.levels)


def _drawn(
    plan: Plan, roster: Roster, judge: WeekJudge, visits: Sequence[Duty], seed: int
) -> Roster:
    board = _Board(plan, roster, judge)
    for sweep in range(_N_SWEEPS):
        for duty in visits:
            starts = board.starts(duty)
            if starts:
                draw = random.Random(f"{seed}/{duty.id}/{sweep}")
                board.move(duty, draw.choice(starts))
    return board.roster()


@dataclass(frozen=True, slots=True)
class _Item:
    """Something that keeps a person: a duty at its place, or a break."""

    span: Span
    site: SiteId | None
    duty: DutyId | None


class _Board:
    """Who does what when, while visits are moved about."""

    def __init__(self, plan: Plan, roster: Roster, judge: WeekJudge) -> None:
        self._plan, self._roster, self._travel = plan, roster, judge.travel
        self._duty_by_id = {duty.id: duty for duty in judge.duties}
        self._moved: dict[DutyId, datetime] = {}
        self._by_staff: dict[StaffId, list[Assignment]] = {}
        self._by_duty: dict[DutyId, list[Assignment]] = {}
        self._shifts: dict[StaffId, list[Shift]] = {}
        for done in roster.assignments:
            self._by_staff.setdefault(done.staff, []).append(done)
            self._by_duty.setdefault(done.duty, []).append(done)
        for shift in roster.shifts:
            self._shifts.setdefault(shift.staff, []).append(shift)

    def starts(self, duty: Duty) -> list[datetime]:
        """Return the starts that a visit may have without passing anything else."""
        mine = self._by_duty.get(duty.id, [])
        if not mine or any(done.is_locked for done in mine):
            return []
        length = timedelta(minutes=duty.duration_min)
        rooms = [self._room(duty, done.staff) for done in mine]
        first = max(room.start for room in rooms)
        last = min(room.end for room in rooms) - length
        n_steps = (duty.latest_start - duty.earliest_start) // _STEP
        grid = (duty.earliest_start + n * _STEP for n in range(n_steps + 1))
        return [start for start in grid if first <= start <= last]

    def move(self, duty: Duty, start: datetime) -> None:
        """Let a visit begin at another time."""
        self._moved[duty.id] = start

    def roster(self) -> Roster:
        """Return the roster with what was moved; the same one when nothing was."""
        if all(self._at(done) == done for done in self._roster.assignments):
            return self._roster
        return replace(
            self._roster, assignments=tuple(self._at(done) for done in self._roster.assignments)
        )

    def _at(self, done: Assignment) -> Assignment:
        start = self._moved.get(done.duty)
        if start is None or start == done.start:
            return done
        return replace(done, start=start, end=start + (done.end - done.start))

    def _room(self, duty: Duty, staff: StaffId) -> Span:
        """Return the time in which a person can be at a visit, between the things around it."""
        now = next(self._at(done).span for done in self._by_duty[duty.id] if done.staff == staff)
        part = next((part for part in self._parts(staff) if part.contains(now)), now)
        start, end = part.start, part.end
        for item in self._items(staff):
            if item.duty == duty.id:
                continue
            if item.span.end <= now.start:
                start = max(start, item.span.end + self._way(staff, item.site, duty.site))
            elif item.span.start >= now.end:
                end = min(end, item.span.start - self._way(staff, duty.site, item.site))
        return Span(start, end)

    def _parts(self, staff: StaffId) -> Iterator[Span]:
        """Yield the stretches of a person's shifts without muster and report-writing."""
        for shift in self._shifts.get(staff, ()):
            kind = self._plan.shift_type_by_id.get(shift.shift_type) if shift.shift_type else None
            for number, part in enumerate(shift.parts):
                is_first, is_last = number == 0, number == len(shift.parts) - 1
                muster = kind.muster_min * MINUTE if kind and is_first else timedelta()
                report = kind.report_min * MINUTE if kind and is_last else timedelta()
                yield Span(part.start + muster, part.end - report)

    def _items(self, staff: StaffId) -> Iterator[_Item]:
        for done in self._by_staff.get(staff, ()):
            known = self._duty_by_id.get(done.duty)
            yield _Item(self._at(done).span, known.site if known else None, done.duty)
        for shift in self._shifts.get(staff, ()):
            for pause in shift.breaks:
                yield _Item(pause, None, None)

    def _way(self, staff: StaffId, start: SiteId | None, end: SiteId | None) -> timedelta:
        member = self._plan.staff_by_id.get(staff)
        if member is None or start is None or end is None or start == end:
            return timedelta()
        return self._travel.get(member.travel_mode, {}).get((start, end), 0) * MINUTE
