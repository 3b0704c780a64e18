"""Sets of tasks of which nobody can do two."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.checks import violations
from solver.data.problem import Problem, Task, Worker
from solver.data.solution import PlacedTask, Solution
from solver.data.spans import Span
from solver.search import relaxation
from solver.search.fixed_tasks import FixedTasks
from solver.search.patterns import Patterns
from solver.search.supply import QUARTER, alike_quarters, conflict, exclusive
from tests.solver.small import SHIFTS, make_problem
from tests.solver.steps import n_calls

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


@given(_tasks)
def test_sets_have_who_is_under_way_and_of_those_before_the_latest_at_odds_with_all(
    tasks: Sequence[Task],
) -> None:
    problem = make_problem(WORKER, tasks=tuple(tasks))

    def first_end(each: Task) -> int:
        return each.earliest_start + each.duration_min

    def are_at_odds(one: Task, other: Task) -> bool:
        pinned = product([(one, at) for at in one.starts], [(other, at) for at in other.starts])
        return all(conflict(problem, "car", *pair) for pair in pinned)

    cores = [each for each in tasks if each.latest_start < first_end(each)]
    wanted: dict[frozenset[str], None] = {}
    for minute in sorted({each.latest_start for each in cores}):
        begun = [each for each in cores if each.latest_start <= minute]
        clique = [each for each in begun if first_end(each) > minute]
        for each in sorted(begun, key=lambda t: (-first_end(t), t.id)):
            if each not in clique and all(are_at_odds(each, other) for other in clique):
                clique.append(each)
        wanted[frozenset(each.id for each in clique)] = None
    assert exclusive(problem) == list(wanted)


def test_sets_of_twice_as_many_tasks_at_once_take_no_more_than_twice_as_long() -> None:
    def problem(n: int) -> Problem:
        """Return tasks at five times, at odds with those before for the way from them alone."""
        at = [(k, k % 5) for k in range(n)]
        return make_problem(
            WORKER, tasks=tuple(task(f"t{k}", 60 * n, 50, "ab"[n % 2]) for k, n in at)
        )

    few, many = problem(50), problem(100)
    assert n_calls(lambda: exclusive(many)) <= 2 * n_calls(lambda: exclusive(few))


def test_only_tasks_near_each_other_are_asked_whether_somebody_does_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str]] = []

    def noting(problem: Problem, mode: str, *pair: tuple[Task, int]) -> bool:
        asked.append((pair[0][0].id, pair[1][0].id))
        return conflict(problem, mode, *pair)

    monkeypatch.setattr(relaxation, "conflict", noting)
    known = [
        replace(
            task(f"t{n}", SHIFTS[0].open_parts[0].start + 25 * n, 10, "a"),
            familiar_level="familiar",
            familiar={"w": 0},
            unfamiliar_points=1,
        )
        for n in range(8)
    ]
    problem = make_problem(WORKER, tasks=tuple(known))
    relaxation.Relaxation(problem, Patterns(problem))
    assert asked == [(f"t{n}", f"t{n + 1}") for n in range(7)]


def test_places_further_apart_than_the_time_between_exclude_each_other() -> None:
    first, soon, later = (task(f"{start}", start, 45, "a") for start in (0, 60, 70))
    assert exclusive(make_problem(WORKER, tasks=(first, replace(soon, place="b")))) == [
        frozenset({"0"}),
        frozenset({"0", "60"}),
    ]
    for other in (soon, replace(later, place="b")):
        found = exclusive(make_problem(WORKER, tasks=(first, other)))
        assert found == [frozenset({first.id}), frozenset({other.id})]


@given(st.integers(-50, 50), st.integers(1, 200), st.lists(st.integers(-70, 270), max_size=6))
def test_quarters_are_alike_until_an_edge_lies_between_or_in_them(
    start: int, minutes: int, edges: list[int]
) -> None:
    quarters = [
        Span(at, min(at + QUARTER, start + minutes))
        for at in range(start, start + minutes, QUARTER)
    ]
    wanted = [(quarters[0], 1)]
    for before, each in pairwise(quarters):
        if any(before.start < edge < each.end for edge in edges):
            wanted.append((each, 1))
        else:
            wanted[-1] = (wanted[-1][0], wanted[-1][1] + 1)
    assert list(alike_quarters(Span(start, start + minutes), edges)) == wanted
