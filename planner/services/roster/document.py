"""A week's JSON document, gathered from the plan and the weeks around it."""

from typing import Any

from planner.domain.demand import make_duties
from planner.domain.roster import Roster
from planner.exchange.week_json import WeekContents, week_to_json
from planner.planning.travel import travel_matrix
from planner.planning.week_input import reach
from planner.services.plans import OpenPlan
from planner.services.roster.generating import shifts_around


def week_document(open_plan: OpenPlan, roster: Roster) -> dict[str, Any]:
    """Return the document of a roster's week as values of JSON."""
    plan, week = open_plan.plan, roster.week
    duties = make_duties(plan, week)
    around = shifts_around(open_plan, week)
    modes = sorted({member.travel_mode for member in plan.staff})
    return week_to_json(
        WeekContents(
            plan=plan,
            roster=roster,
            duties=duties,
            reach=reach(plan, week),
            before=tuple(shift for shift in around if shift.day < week.monday),
            after=tuple(shift for shift in around if shift.day > week.days[-1]),
            travel_min=travel_matrix(plan, {duty.site for duty in duties}, modes),
        )
    )
