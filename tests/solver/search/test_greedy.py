"""Shifts taken one worker after the other: legal, led, and where most is left to be done."""

from dataclasses import replace

import pytest

from solver.data.problem import Task, Worker
from solver.search.components import split
from solver.search.greedy import greedy
from solver.search.leads import unled
from solver.search.limits import Budget
from solver.search.part import Part, Roster
from solver.search.patterns import Patterns
from tests.solver.small import HOUR, make_problem
from tests.solver.weeks import small_week

WORKER = Worker(id="w", rule_book="book", shifts=("day0", "evening0"), travel_mode="car")


def task(name: str, hour: int, **changes: object) -> Task:
    plain = Task(
        id=name, place="a", earliest_start=hour * HOUR, latest_start=hour * HOUR, duration_min=120,
        level="promise", missing_points=4,
    )  # fmt: skip
    return replace(plain, **changes)


def never() -> bool:
    return False


def test_each_takes_the_shift_worth_most_of_what_those_before_leave() -> None:
    workers = [replace(WORKER, id=name) for name in "uv"]
    tasks = (task("early", 9), task("late", 20, missing_points=3))
    problem = make_problem(*workers, tasks=tasks)
    assert greedy(problem, Patterns(problem), never) == {"u": ("day0",), "v": ("evening0",)}


def test_what_matters_more_goes_before_much_that_matters_less() -> None:
    least = [task(f"t{hour}", hour, level="cover", missing_points=50) for hour in (7, 9, 11, 13)]
    problem = make_problem(WORKER, tasks=(*least, task("late", 20)))
    assert greedy(problem, Patterns(problem), never) == {"w": ("evening0",)}


def test_shift_is_worth_no_more_than_there_is_time_for() -> None:
    many = [task(f"t{n}", 9, duration_min=240) for n in range(9)]
    late = [task(f"late{n}", 16 + 2 * n) for n in range(4)]
    problem = make_problem(WORKER, tasks=(*many, *late))
    assert greedy(problem, Patterns(problem), never) == {"w": ("evening0",)}


def test_nobody_gets_more_than_is_locked_once_it_is_stopped() -> None:
    problem = make_problem(WORKER, tasks=(task("early", 9),))
    assert greedy(problem, Patterns(problem), lambda: True) == {"w": ()}


@pytest.mark.parametrize("seed", range(3))
def test_shifts_are_legal_and_led(seed: int) -> None:
    problem = small_week(seed)
    patterns = Patterns(problem)
    found = greedy(problem, patterns, never)
    assert all(patterns.is_offered(name, pattern) for name, pattern in found.items())
    assert not any(unled(problem, found).values())
    assert sum(map(len, found.values())) > len(found)


def test_many_tasks_have_a_roster_before_prices_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = make_problem(WORKER, tasks=(task("early", 9),))
    budget = Budget(60.0, 1.0, is_repeatable=True, should_stop=never)
    begun: list[Roster] = []
    part = Part(split(problem)[0], budget, 1, lambda *_, **__: None)
    monkeypatch.setattr("solver.search.part._MANY_TASKS", 0)
    monkeypatch.setattr(part, "_begin", lambda: begun.append(part.best))
    part.run()
    assert [placed.task for placed in begun[0].tasks] == ["early"]
