"""Sets of tasks of which nobody can do two."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.checks import violations
from solver.data.problem import Task, Worker
from solver.data.solution import PlacedTask, Solution
from solver.search.fixed_tasks import FixedTasks
from solver.search.supply import conflict, exclusive
from tests.solver.small import SHIFTS, make_problem

WORKER = Worker(id="w", rule_book="book", shifts=(SHIFTS[0].id,), travel_mode="car")


def task(name: str, start: int, minutes: int, place: str, *, room: int = 0) -> Task:
    """Return a task at a place that may begin ``room`` minutes later."""
    return Task(
        id=name,
        place=place,
        earliest_start=start,
        latest_start=start + room,
        duration_min=minutes,
        step_min=5,
        heads=1,
        level="promise",
        missing_points=1,
    )


_tasks = st.lists(
    st.tuples(
        st.integers(0, 40), st.integers(1, 12), st.sampled_from("ab"), st.sampled_from([0, 0, 10])
    ),
    max_size=8,
).map(
    lambda found: [
        task(f"t{n}", 5 * start, 5 * length, place, room=room)
        for n, (start, length, place, room) in enumerate(found)
    ]
)


_two_tasks = st.lists(
    st.tuples(st.sampled_from([0, 10, 30]), st.sampled_from([0, 10, 20]), st.sampled_from("ab")),
    min_size=2,
    max_size=2,
).map(lambda found: [task(f"t{n}", *each) for n, each in enumerate(found)])


@given(_two_tasks)
def test_two_tasks_conflict_when_the_checks_say_so(tasks: Sequence[Task]) -> None:
    problem = make_problem(WORKER, tasks=tuple(tasks))
    placed = tuple(PlacedTask(task=t.id, worker="w", start=t.earliest_start) for t in tasks)
    rules = {
        found.rule for found in violations(problem, Solution(shifts=(), tasks=placed, levels=()))
    }
    is_wrong = not rules.isdisjoint({"task-overlap", "travel"})
    one, two = ((each, each.earliest_start) for each in tasks)
    assert conflict(problem, "car", one, two) is conflict(problem, "car", two, one) is is_wrong
    beside = FixedTasks(problem).exclusions(WORKER).beside
    assert (tasks[1].id in beside[tasks[0].id]) is is_wrong


@pytest.mark.parametrize("minutes", [0, 30])
def test_nobody_does_one_task_twice(minutes: int) -> None:
    twice = task("t", 60, minutes, "a", room=60)
    problem = make_problem(WORKER, tasks=(twice,))
    assert conflict(problem, "car", (twice, 60), (twice, 60))
    assert conflict(problem, "car", (twice, 60), (twice, 120))


@given(_tasks)
def test_nobody_can_do_two_of_a_set_whenever_they_begin(tasks: Sequence[Task]) -> None:
    problem = make_problem(WORKER, tasks=tuple(tasks))
    for names in exclusive(problem):
        for one, two in combinations([problem.task_by_id[name] for name in names], 2):
            assert all(
                conflict(problem, "car", (one, start), (two, then))
                for start, then in product(one.starts, two.starts)
            )


def test_places_further_apart_than_the_time_between_exclude_each_other() -> None:
    first, soon, later = (task(f"{start}", start, 45, "a") for start in (0, 60, 70))
    assert exclusive(make_problem(WORKER, tasks=(first, replace(soon, place="b")))) == [
        frozenset({"0"}),
        frozenset({"0", "60"}),
    ]
    for other in (soon, replace(later, place="b")):
        found = exclusive(make_problem(WORKER, tasks=(first, other)))
        assert found == [frozenset({first.id}), frozenset({other.id})]
