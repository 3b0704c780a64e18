"""A problem that contradicts itself is refused with the field's name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solver.data.errors import InvalidProblemError
from solver.data.problem import (
    Demand,
    FairShare,
    HoursTarget,
    Lock,
    Preference,
    Problem,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import ShiftsPerDay
from solver.data.spans import Span
from tests.solver.small import HORIZON, SHIFTS, make_fact, make_problem

SHIFT = SHIFTS[0]
FACT = make_fact("day", 0)
WORKER = Worker(id="w", rule_book="book", shifts=(SHIFT.id,), facts=(FACT,))
TASK = Task(
    id="t",
    place=None,
    earliest_start=0,
    latest_start=0,
    duration_min=60,
    level="promise",
    missing_points=1,
    familiar_level="familiar",
)
HOURS = HoursTarget(level="hours", period=HORIZON, target_min=0)
DEMAND = Demand(id="d", span=HORIZON, skills=frozenset(), levels=((1, "cover", 1),))
PROBLEM = make_problem(WORKER, tasks=(TASK,), demands=(DEMAND,))
EMPTY = Span(5, 5)


def problem(**changes: Any) -> Problem:
    return replace(PROBLEM, **changes)


def shift(**changes: Any) -> Problem:
    return problem(shifts=(replace(SHIFT, **changes), *SHIFTS[1:]))


def worker(**changes: Any) -> Problem:
    return problem(workers=(replace(WORKER, **changes),))


def fact(**changes: Any) -> Problem:
    return worker(facts=(replace(FACT, **changes),))


def task(**changes: Any) -> Problem:
    return problem(tasks=(replace(TASK, **changes),))


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: problem(workers=(WORKER, WORKER)), "Problem.workers"),
        (lambda: problem(horizon=EMPTY), "Problem.horizon"),
        (lambda: problem(days=(*PROBLEM.days, EMPTY)), "Problem.days"),
        (lambda: problem(travel_level="none"), "Problem.travel_level"),
        (lambda: problem(travel_points=-1), "Problem.travel_level"),
        (lambda: problem(travel={"car": {("a", "b"): -1}}), "Problem.travel"),
        (lambda: problem(demands=(replace(DEMAND, span=EMPTY),)), "Demand d.span"),
        (lambda: problem(demands=(replace(DEMAND, levels=((1, "x", 1),)),)), "demand d"),
        (lambda: shift(day=99), "day0.day"),
        (lambda: shift(parts=()), "day0.parts"),
        (lambda: shift(parts=(Span(0, 60), Span(60, 120))), "day0.parts"),
        (lambda: shift(parts=(Span(-60, 600),)), "day0"),
        (lambda: shift(lead_in_min=-1), "day0"),
        (lambda: shift(break_min=600), "day0.break_min"),
        (lambda: worker(rule_book="none"), "w.rule_book"),
        (lambda: worker(shifts=("none",)), "w.shifts"),
        (lambda: shift(counted_min={}), "day0.counted_min"),
        (lambda: worker(blocked=(EMPTY,)), "w.blocked"),
        (lambda: worker(bound=(EMPTY,)), "w.bound"),
        (lambda: worker(standby=(EMPTY,)), "w.standby"),
        (lambda: fact(parts=()), "fact-day0.parts"),
        (lambda: fact(parts=(EMPTY,)), "fact-day0.parts"),
        (lambda: fact(shift="none"), "fact-day0.shift"),
        (lambda: fact(day=-1), "fact-day0.day"),
        (
            lambda: worker(preferences=(Preference(level="x", name="", days=(), points=1),)),
            "worker w",
        ),
        (lambda: worker(fair_shares=(FairShare(level="x", tag="night", share=0),)), "worker w"),
        (lambda: worker(fair_shares=(FairShare(level="fair", tag="night", share=-1),)), "share"),
        (lambda: worker(short_rest=ShortRest(level="x", below_min=1, points=1)), "worker w"),
        (lambda: worker(hours=(replace(HOURS, level="x"),)), "worker w"),
        (lambda: worker(hours=(replace(HOURS, step_min=0),)), "step_min"),
        (lambda: worker(hours=(replace(HOURS, over_points=-1),)), "points"),
        (lambda: task(latest_start=-1), "t.latest_start"),
        (lambda: task(step_min=0), "Task t"),
        (lambda: task(is_crew=True), "heads"),
        (lambda: task(missing_points=-1), "task t"),
        (lambda: task(familiar_level="x"), "task t"),
        (lambda: task(familiar={"w": -1}), "task t"),
        (lambda: task(locks=(Lock(worker="x", start=0),)), "t.locks"),
        (lambda: make_problem(WORKER, rules=(ShiftsPerDay(most=0),)), "ShiftsPerDay.most"),
    ],
)
def test_contradiction_is_refused_by_name(make: Callable[[], Problem], named: str) -> None:
    with pytest.raises(InvalidProblemError, match=named):
        make()


def test_what_contradicts_nothing_is_accepted() -> None:
    assert problem(travel_level=None).travel_level is None
    assert task(familiar_level=None).tasks[0].familiar_level is None
