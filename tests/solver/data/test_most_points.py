"""No level may cost so much that sums of points could overflow."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.checks import level_values
from solver.data.errors import InvalidProblemError
from solver.data.most_points import MOST_POINTS, most_points
from solver.data.problem import (
    Demand,
    FairShare,
    HoursTarget,
    Preference,
    Problem,
    Reference,
    ShortRest,
    Task,
    Worker,
)
from solver.data.solution import PlacedTask, Solution, WorkedShift
from tests.solver.small import HORIZON, SHIFTS, make_fact, make_problem, patterns, workers

HUGE = 2**49
TASK = Task(
    id="t",
    place="a",
    earliest_start=0,
    latest_start=0,
    duration_min=60,
    heads=2,
    level="promise",
    missing_points=1,
)
WORKER = Worker(id="w", rule_book="book", shifts=tuple(shift.id for shift in SHIFTS))


def task(**changes: Any) -> Problem:
    return make_problem(WORKER, tasks=(TASK, replace(TASK, id="dear", **changes)))


def with_worker(**changes: Any) -> Problem:
    return make_problem(replace(WORKER, **changes))


def demand(points: int) -> Problem:
    levels = ((1, "cover", 1), (2, "cover", points))
    return make_problem(
        WORKER, demands=(Demand(id="d", span=HORIZON, skills=frozenset(), levels=levels),)
    )


def hours(**changes: Any) -> Problem:
    target = HoursTarget(level="hours", period=HORIZON, target_min=600)
    return with_worker(hours=(replace(target, **changes),))


def reference(**changes: Any) -> Problem:
    wanted = Reference(level="wish", tasks=(("t", "w"),))
    return replace(task(missing_points=0), reference=replace(wanted, **changes))


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: task(missing_points=HUGE), "Task dear.missing_points"),
        (lambda: task(familiar_level="familiar", unfamiliar_points=HUGE), "Task dear.unfamiliar"),
        (lambda: task(familiar_level="wish", familiar={"w": HUGE}), r"Task dear.familiar\[w\]"),
        (lambda: demand(HUGE), "Demand d.levels"),
        (lambda: hours(over_points=HUGE), r"Worker w.hours\[0\]"),
        (lambda: hours(under_points=HUGE), r"Worker w.hours\[0\]"),
        (
            lambda: with_worker(
                fair_shares=(FairShare(level="fair", tag="night", share=0, points=HUGE),)
            ),
            r"Worker w.fair_shares\[0\].points",
        ),
        (
            lambda: with_worker(
                preferences=(Preference(level="wish", name="n", days=(), points=2 * HUGE),)
            ),
            r"Worker w.preferences\[0\].points",
        ),
        (
            lambda: with_worker(short_rest=ShortRest(level="floor", below_min=1, points=HUGE)),
            "Worker w.short_rest.points",
        ),
        (lambda: replace(task(), travel_points=HUGE), "Problem.travel_points"),
        (lambda: reference(shift_points=HUGE), "Problem.reference.shift_points"),
        (lambda: reference(task_points=2 * HUGE), "Problem.reference.task_points"),
    ],
)
def test_level_that_could_overflow_is_refused_with_its_largest_part(
    make: Callable[[], Problem], named: str
) -> None:
    with pytest.raises(InvalidProblemError, match=rf"^{named}.* level .* {MOST_POINTS}"):
        make()


def test_many_small_parts_overflow_too() -> None:
    tasks = tuple(replace(TASK, id=str(n), missing_points=2**46) for n in range(8))
    with pytest.raises(InvalidProblemError, match="level promise"):
        make_problem(WORKER, tasks=tasks)


def test_the_most_that_is_allowed_is_accepted() -> None:
    task(missing_points=(MOST_POINTS - 1) // 2 - 1)


@given(workers(), patterns, st.lists(st.sampled_from(["t", "u"]), max_size=4))
def test_no_roster_costs_more_than_the_estimate(
    worker: Worker, pattern: list[str], done: list[str]
) -> None:
    tasks = (
        replace(TASK, familiar_level="familiar", unfamiliar_points=3),
        replace(TASK, id="u", place="b", familiar_level="familiar", familiar={"w": 4}),
    )
    demand = Demand(id="d", span=HORIZON, skills=frozenset(), levels=((2, "cover", 5),))
    problem = replace(
        make_problem(worker, tasks=tasks, demands=(demand,)),
        reference=Reference(level="wish", shifts=(("w", "day1"),), tasks=(("t", "w"),)),
    )
    roster = Solution(
        shifts=tuple(
            WorkedShift(worker="w", shift=shift) for shift in pattern if shift in worker.shifts
        ),
        tasks=tuple(PlacedTask(task=name, worker="w", start=0) for name in dict.fromkeys(done)),
        levels=(),
    )
    most = most_points(problem)
    for level, value in level_values(problem, roster).items():
        assert value <= most[level]


def test_facts_count_for_hours_and_fairness() -> None:
    facts = tuple(make_fact("night", day) for day in range(4))
    share = FairShare(level="fair", tag="night", share=0, points=MOST_POINTS // 9)
    with pytest.raises(InvalidProblemError, match="fair_shares"):
        with_worker(shifts=(), facts=facts, fair_shares=(share,))
    with_worker(shifts=(), facts=facts[:3], fair_shares=(share,))
