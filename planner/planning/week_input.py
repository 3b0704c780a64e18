"""All that decides a week."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Shift
from planner.domain.spans import DAY, Span, day_span
from planner.domain.weeks import IsoWeek
from planner.planning.minutes import MinuteScale

DAYS_BEFORE = 14
"""Days of worked shifts that the engine sees before a week: rest and rows of days reach back."""
DAYS_AFTER = 7
"""Days of already known shifts that it sees after the week."""


@dataclass(frozen=True, kw_only=True)
class WeekInput:
    """A week with everything that its roster depends on.

    Parameters
    ----------
    around
        Shifts that begin in the days before and after the week.
    fixed
        Shifts of the week that may not change: given and locked ones.
    locked
        Assignments that may not change.
    asked
        What the week asks for, where the plan cannot say it, as that of a publication: it has no
        bells. Nothing to make it of the plan.
    """

    plan: Plan
    week: IsoWeek
    around: tuple[Shift, ...] = ()
    fixed: tuple[Shift, ...] = ()
    locked: tuple[Assignment, ...] = ()
    asked: tuple[Duty, ...] | None = None

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What the week asks for."""
        return make_duties(self.plan, self.week) if self.asked is None else self.asked

    @cached_property
    def span(self) -> Span:
        """The week itself."""
        return self.week.span(self.plan.zone)

    @cached_property
    def scale(self) -> MinuteScale:
        """Minutes from the week's first midnight."""
        return MinuteScale(self.span.start)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The local days that the engine knows, in order."""
        first = self.week.monday - timedelta(days=DAYS_BEFORE)
        return tuple(first + n * DAY for n in range(DAYS_BEFORE + 7 + DAYS_AFTER))


def reach(plan: Plan, week: IsoWeek) -> Span:
    """Return the time whose shifts matter to ``week``."""
    return Span(
        day_span(week.monday - DAYS_BEFORE * DAY, plan.zone).start,
        day_span(week.days[-1] + DAYS_AFTER * DAY, plan.zone).end,
    )
