"""Which week is to be shown, and what the window shows of it."""

from planner import clock
from planner.domain.calendar import school_day
from planner.domain.plan import Plan
from planner.domain.weeks import IsoWeek
from planner.exchange.week_json import roster_from_json
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import latest
from planner.services.roster.views import WeekState, WeekView
from planner.services.week.working_week import contents, load_working_week, state

_WEEKS_AHEAD = 60
"""How far the next week with school is looked for: over the longest break."""


def current_week(open_plan: OpenPlan) -> IsoWeek:
    """Return the week of today's date in the plan's zone."""
    return IsoWeek.of(clock.today(open_plan.plan.zone))


def week_to_plan(open_plan: OpenPlan) -> IsoWeek:
    """Return the current week, or the next one with school when there is none in it."""
    current = current_week(open_plan)
    return next_school_week(open_plan.plan, current) or current


def next_school_week(plan: Plan, week: IsoWeek) -> IsoWeek | None:
    """Return ``week`` or the first one after it with school; nothing when no term goes that far."""
    weeks = (week.shifted(n) for n in range(_WEEKS_AHEAD))
    return next((week for week in weeks if _has_school(plan, week)), None)


def week_view(open_plan: OpenPlan, week: IsoWeek) -> WeekView:
    """Return everything that the week page shows of ``week``.

    A week without a draft shows the shifts that are given, and neither gaps nor findings.
    """
    return load_working_week(open_plan, week).view


def week_state(open_plan: OpenPlan, week: IsoWeek) -> WeekState:
    """Return how far ``week`` has come."""
    store = open_plan.store
    published = latest(open_plan, week)
    return state(
        contents(roster_from_json(published.week)) if published else None,
        store.load_roster(week),
        has_draft=store.draft_revision(week) > 0,
    )


def _has_school(plan: Plan, week: IsoWeek) -> bool:
    return any(
        school_day(plan, school, day).has_school for school in plan.schools for day in week.days
    )
