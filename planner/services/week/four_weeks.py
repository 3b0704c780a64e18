"""Four weeks side by side, made from what each week shows."""

from collections.abc import Sequence
from datetime import date

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.roster.views import PersonDay, PersonRow, WeekView
from planner.services.week.day_views import FourWeeksRow, FourWeeksView, WeekHours
from planner.services.week.weeks import week_view

N_WEEKS = 4


def four_weeks_view(open_plan: OpenPlan, first_week: IsoWeek) -> FourWeeksView:
    """Return the four weeks from ``first_week`` on."""
    return make_four_weeks_view(
        [week_view(open_plan, week) for week in four_weeks_from(first_week)]
    )


def four_weeks_from(first_week: IsoWeek) -> tuple[IsoWeek, ...]:
    """Return ``first_week`` and the three after it."""
    return tuple(first_week.shifted(n) for n in range(N_WEEKS))


def make_four_weeks_view(views: Sequence[WeekView]) -> FourWeeksView:
    """Return consecutive weeks side by side; who is missing in one has empty days there."""
    people = [{person.staff: person for person in view.people} for view in views]
    everybody = dict.fromkeys(staff for of_week in people for staff in of_week)
    return FourWeeksView(
        weeks=tuple(view.week for view in views),
        states=tuple(view.state for view in views),
        zone=views[0].zone,
        days=tuple(day for view in views for day in view.days),
        rows=tuple(_row([of_week.get(staff) for of_week in people], views) for staff in everybody),
        employers=views[0].employers,
        squads=views[0].squads,
    )


def _row(found: list[PersonRow | None], views: Sequence[WeekView]) -> FourWeeksRow:
    known = [person for person in found if person is not None]
    first = known[0]
    days: list[PersonDay] = []
    hours = []
    for person, view in zip(found, views, strict=True):
        days += person.days if person else map(_empty, view.week.days)
        hours.append(
            WeekHours(
                counted_min=person.counted_min if person else 0,
                target_min=person.target_min if person else 0,
            )
        )
    return FourWeeksRow(
        staff=first.staff,
        name=first.name,
        employer=first.employer,
        squad=first.squad,
        squad_name=first.squad_name,
        is_lead=any(person.is_lead for person in known),
        rate_percent=max(person.rate_percent for person in known),
        days=tuple(days),
        hours=tuple(hours),
    )


def _empty(day: date) -> PersonDay:
    return PersonDay(day=day, shifts=(), is_absent=False, bound=(), wish="", n_findings=0)
