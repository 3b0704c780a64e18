"""Who is at work when: staffing by the quarter of an hour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

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


def staffing(plan: Plan, week: IsoWeek, shifts: Iterable[Shift]) -> Iterator[Staffed]:
    """Yield each quarter of each staffing need of ``week``, with the people planned in it.

    Whoever is on a break, on bound time or absent is not at work.
    """
    shifts = tuple(shifts)
    for need in plan.staffing_needs:
        day = week.days[need.weekday - 1]
        present = [
            piece
            for shift in shifts
            if need.skill in plan.skills_of(shift.staff, shift.day)
            for piece in _at_work(plan, shift)
        ]
        span = local_span(day, need.start, need.end, plan.zone)
        start = span.start
        while start < span.end:
            quarter = Span(start, min(start + QUARTER, span.end))
            yield Staffed(need=need, span=quarter, planned=_fewest(present, quarter))
            start = quarter.end


def _at_work(plan: Plan, shift: Shift) -> Iterator[Span]:
    away = [
        *shift.breaks,
        *(bound.span for bound in plan.bound_times if bound.staff == shift.staff),
        *(absence.span for absence in plan.absences if absence.staff == shift.staff),
    ]
    for part in shift.parts:
        yield from subtract(part, away)


def _fewest(present: list[Span], quarter: Span) -> int:
    inside = [span for span in present if span.overlaps(quarter)]
    moments = {quarter.start, *(span.end for span in inside if span.end < quarter.end)}
    return min(sum(span.start <= moment < span.end for span in inside) for moment in moments)
