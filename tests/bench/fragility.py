"""Holds the fast rule of simulated absences against the engine's own repairs, on a few draws."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from planner.domain.aims import Aim
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Roster, Shift
from planner.domain.spans import day_span
from planner.domain.staff import Absence
from planner.domain.weeks import IsoWeek
from planner.planning.engine import engine
from planner.planning.fragility_build import RosterModel
from planner.planning.fragility_draws import Rate, draw_absences
from planner.planning.fragility_losses import DayLosses
from planner.planning.problem import compile_week
from planner.planning.replanning import compile_repair
from planner.planning.week_input import DAYS_BEFORE, WeekInput
from planner.planning.week_now import WeekNow
from planner.services.plans import OpenPlan
from planner.services.roster.generating import shifts_around
from planner.services.week.checking import roster_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Heads of duties that a week with some absences loses.

    Parameters
    ----------
    n_days_away
        Days of work that somebody is away from.
    by_rule, by_rule_without_call_ins
        By the fast rule.
    by_repair
        By the best repair that the engine found.
    """

    n_days_away: int
    by_rule: int
    by_rule_without_call_ins: int
    by_repair: int


def compared(
    open_plan: OpenPlan, week: IsoWeek, *, rate: Rate, n_draws: int, seconds: float, seed: int = 0
) -> Iterator[Compared]:
    """Yield the losses of each of some drawn weeks."""
    plan, (roster, _) = open_plan.plan, roster_of(open_plan, week)
    around = shifts_around(open_plan, week)
    source = WeekInput(plan=plan, week=week, around=around)
    compiled = compile_week(source, also=roster.shifts)
    priorities = {duty.id: duty.priority for duty in source.duties}
    model = RosterModel(compiled.problem, compiled.solution(roster), priorities)
    days = {
        with_call_ins: tuple(DayLosses(one) for one in model.days(with_call_ins=with_call_ins))
        for with_call_ins in (True, False)
    }
    people = sorted({shift.staff for shift in roster.shifts})
    away = draw_absences(
        (rate,) * len(people), n_draws, len(week.days), np.random.default_rng(seed)
    )
    for draw in away:
        absent = [frozenset(people[at] for at in np.flatnonzero(draw[:, day])) for day in range(7)]
        by_rule = {
            with_call_ins: sum(
                one.model.needs[need].weight
                for one in found
                for need in one.lost(frozenset(absent[one.model.day - DAYS_BEFORE])).needs
            )
            for with_call_ins, found in days.items()
        }
        after = _repaired(plan, roster, around, absent, seconds)
        yield Compared(
            n_days_away=sum(shift.staff in absent[shift.day.weekday()] for shift in roster.shifts),
            by_rule=by_rule[True],
            by_rule_without_call_ins=by_rule[False],
            by_repair=_covered(source, roster) - _covered(source, after),
        )


def _repaired(
    plan: Plan,
    roster: Roster,
    around: tuple[Shift, ...],
    absent: list[frozenset[StaffId]],
    seconds: float,
) -> Roster:
    """Return what the engine makes of a week in which people are away on some days."""
    absences = tuple(
        Absence(id=f"drawn-{who}-{day}", staff=who, start=start, end=day_span(day, plan.zone).end)
        for day, people in zip(roster.week.days, absent, strict=True)
        for who in people
        for start in [_from(plan, (*around, *roster.shifts), who, day)]
    )
    plan = replace(plan, absences=(*plan.absences, *absences))
    now = roster.week.span(plan.zone).start
    repair = compile_repair(WeekNow(plan=plan, around=around, roster=roster, now=now), Aim.COVERAGE)
    return repair.roster(engine().solve(repair.problem, seconds=seconds))


def _from(plan: Plan, shifts: Iterable[Shift], who: StaffId, day: date) -> datetime:
    """Return when somebody who is away on a day goes: after the shift of the night before."""
    begin = day_span(day, plan.zone).start
    return max([begin, *(one.span.end for one in shifts if one.staff == who and one.day < day)])


def _covered(source: WeekInput, roster: Roster) -> int:
    n_doing = Counter(done.duty for done in roster.assignments)
    return sum(min(duty.heads, n_doing[duty.id]) for duty in source.duties)
