"""Who is at work when: staffing by the quarter of an hour."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.domain.ids import SkillId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.shifts import StaffingNeed
from planner.domain.spans import Span, local_span, subtract
from planner.domain.weeks import IsoWeek

QUARTER = timedelta(minutes=15)
"""Staffing is judged by the quarter: the fewest at work in it count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """A quarter of an hour of a staffing need and how many are at work in all of it."""

    need: StaffingNeed
    span: Span
    planned: int


@dataclass(frozen=True, slots=True)
class Presence:
    """A stretch of somebody at work, and what the person can do."""

    skills: frozenset[SkillId]
    span: Span


@dataclass(frozen=True, slots=True)
class NeedOnDay:
    """A staffing need and when it is in a week."""

    need: StaffingNeed
    span: Span

    def counts(self, presence: Presence) -> bool:
        """Tell whether somebody there is one of those wanted."""
        return self.span.overlaps(presence.span) and self.need.skill in presence.skills

    def staffed(self, present: Iterable[Presence]) -> tuple[Staffed, ...]:
        """Return each quarter with how many of ``present``, who all count, are there."""
        quarters = tuple(_quarters(self.span))
        planned = _fewest(quarters, (presence.span for presence in present))
        return tuple(
            Staffed(need=self.need, span=quarter, planned=n_there)
            for quarter, n_there in zip(quarters, planned, strict=True)
        )


def needs_of_week(plan: Plan, week: IsoWeek) -> Iterator[NeedOnDay]:
    """Yield the staffing needs in their order."""
    for need in plan.staffing_needs:
        day = week.days[need.weekday - 1]
        yield NeedOnDay(need, local_span(day, need.start, need.end, plan.zone))


def presences(plan: Plan, shift: Shift) -> Iterator[Presence]:
    """Yield when somebody is at work; not on a break, on bound time or while absent."""
    skills = plan.skills_of(shift.staff, shift.day)
    away = [
        *shift.breaks,
        *(bound.span for bound in plan.bound_times if bound.staff == shift.staff),
        *(absence.span for absence in plan.absences if absence.staff == shift.staff),
    ]
    for part in shift.parts:
        for piece in subtract(part, away):
            yield Presence(skills, piece)


def staffing(plan: Plan, week: IsoWeek, shifts: Iterable[Shift]) -> Iterator[Staffed]:
    """Yield each quarter of each staffing need of ``week``, with the people planned in it.

    Whoever is on a break, on bound time or absent is not at work.
    """
    present = [presence for shift in shifts for presence in presences(plan, shift)]
    for need in needs_of_week(plan, week):
        yield from need.staffed(presence for presence in present if need.counts(presence))


def _quarters(span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = min(start + QUARTER, span.end)
        yield Span(start, end)
        start = end


def _fewest(quarters: Iterable[Span], present: Iterable[Span]) -> Iterator[int]:
    """Yield the fewest who are there at any moment of each quarter."""
    changes: Counter[datetime] = Counter()
    for span in present:
        changes[span.start] += 1
        changes[span.end] -= 1
    moments = deque(sorted(changes))
    n_there = 0
    for quarter in quarters:
        while moments and moments[0] <= quarter.start:
            n_there += changes[moments.popleft()]
        fewest = n_there
        while moments and moments[0] < quarter.end:
            n_there += changes[moments.popleft()]
            fewest = min(fewest, n_there)
        yield fewest
