"""When a school has its pupils in class."""

from datetime import date

from planner.domain.calendar import SchoolDayKind, school_day
from planner.domain.plan import Plan
from planner.domain.schools import School
from planner.domain.spans import Span, instant

_IN_CLASS = frozenset({SchoolDayKind.SCHOOL_DAY, SchoolDayKind.HALF_DAY})
"""Days on which classes are at the school; on an outing they are elsewhere."""


def school_hours(plan: Plan, school: School, day: date) -> Span | None:
    """Return from the first bell of any grade group to the last, on a half-day to its own last.

    Nothing on a day on which no class is there, or of which no bells are known.
    """
    status = school_day(plan, school, day)
    bells = [
        bell
        for bell in plan.bell_times
        if bell.school == school.id and bell.weekday == day.isoweekday()
    ]
    if status.kind not in _IN_CLASS or not bells:
        return None
    first = min(bell.first_bell for bell in bells)
    last = max(bell.last_bell for bell in bells)
    if status.kind is SchoolDayKind.HALF_DAY and status.change and status.change.last_bell:
        last = min(last, status.change.last_bell)
    if last <= first:
        return None
    return Span(instant(day, first, plan.zone), instant(day, last, plan.zone))
