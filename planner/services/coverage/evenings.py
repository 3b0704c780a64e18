"""The evenings of a week, counted: for the page of a week and for the trend over many."""

from collections.abc import Iterable

from planner.domain.coverage import needs_of_week, presences
from planner.domain.evenings import evening_of
from planner.domain.plan import Plan
from planner.domain.roster import Roster, Shift
from planner.domain.spans import DAY
from planner.services.coverage.views import EveningHours
from planner.services.roster.need_points import NeedPoints
from planner.services.roster.views import NeedPoint


def evening_hours(plan: Plan, need: Iterable[NeedPoint]) -> EveningHours:
    """Return how officers stand against the need in the evenings of a week, and by day."""
    late: list[NeedPoint] = []
    by_day: list[NeedPoint] = []
    for point in need:
        (late if _is_evening(plan, point) else by_day).append(point)
    return EveningHours(
        needed=sum(point.needed for point in late),
        covered=sum(min(point.planned, point.needed) for point in late),
        n_below_minimum=sum(point.planned < point.minimum for point in late),
        day_needed=sum(point.needed for point in by_day),
        day_surplus=sum(max(0, point.planned - point.needed) for point in by_day),
    )


def need_points(plan: Plan, roster: Roster, around: Iterable[Shift]) -> tuple[NeedPoint, ...]:
    """Return officers wanted and planned by hour, without judging anything else of the roster.

    Parameters
    ----------
    around
        Shifts of the days around the week: a night that begins before it reaches into it.
    """
    shifts = (*roster.shifts, *around)
    present = [presence for shift in shifts for presence in presences(plan, shift)]
    staffing = (
        need.staffed(presence for presence in present if need.counts(presence))
        for need in needs_of_week(plan, roster.week)
    )
    return tuple(NeedPoints(plan).points(staffing))


def _is_evening(plan: Plan, point: NeedPoint) -> bool:
    day = point.start.astimezone(plan.zone).date()
    evenings = (evening_of(plan, day - DAY), evening_of(plan, day))
    return any(evening.start <= point.start < evening.end for evening in evenings)
