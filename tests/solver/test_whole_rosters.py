"""Whatever small problem is solved, the checks find nothing and recompute the same points."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.checks import level_values, violations
from solver.data.problem import Demand, Lock, Problem, Task, Worker
from solver.data.rules import TasksPerShift
from solver.data.spans import Span
from solver.engine import solve
from tests.solver.small import (
    HOUR,
    N_DAYS,
    links,
    make_fact,
    make_problem,
    more_rule_sets,
    pairings,
    references,
    workers,
)

IDLE = st.sampled_from(
    [
        (),
        (TasksPerShift(level="promise", points=3),),
        (TasksPerShift(least=2, kinds=frozenset({"day", "night"}), level="fair"),),
    ]
)
SKILLS = st.sets(st.sampled_from(["s", "t"]), max_size=1).map(frozenset)


@st.composite
def tasks(draw: st.DrawFn, name: str, names: list[str]) -> Task:
    """Draw a task somewhere in the horizon, sometimes for a crew."""
    start = draw(st.integers(6, N_DAYS * 24 - 2)) * HOUR
    is_crew = draw(st.booleans())
    return Task(
        id=name,
        place=draw(st.sampled_from(["a", "b", None])),
        earliest_start=start,
        latest_start=start + draw(st.sampled_from([0, 30, 120])),
        duration_min=draw(st.sampled_from([10, 60, 120])),
        heads=2 if is_crew else draw(st.integers(1, 2)),
        is_crew=is_crew,
        skills=(skills := draw(SKILLS)),
        excluded=draw(SKILLS) - skills,
        preferred=draw(st.sampled_from([{}, {"s": 3}])),
        disliked=draw(st.sampled_from([{}, {"t": 1}])),
        level=draw(st.sampled_from(["promise", "cover"])),
        missing_points=draw(st.integers(1, 8)),
        familiar_level="familiar",
        familiar={names[0]: 0},
        unfamiliar_points=2,
    )


def task(start: int, *, locks: tuple[Lock, ...] = ()) -> Task:
    return Task(
        id="t",
        place="a",
        earliest_start=start,
        latest_start=start,
        duration_min=60,
        level="promise",
        missing_points=4,
        locks=locks,
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a few workers, in a team or not, with tasks and a demand."""
    names = [f"w{number}" for number in range(draw(st.integers(1, 4)))]
    team = draw(st.sampled_from([None, "team"]))
    drawn: list[Worker] = [
        draw(workers(name, team=team, is_lead=number == 0, has_passing_skills=True))
        for number, name in enumerate(names)
    ]
    start = draw(st.integers(0, N_DAYS * 24 - 4)) * HOUR
    return make_problem(
        *drawn,
        rules=(*draw(more_rule_sets), *draw(IDLE)),
        tasks=tuple(draw(tasks(f"t{number}", names)) for number in range(draw(st.integers(0, 4)))),
        demands=(
            Demand(
                id="d",
                span=Span(start, start + 4 * HOUR),
                skills=draw(SKILLS),
                levels=((1, "promise", 2), (2, "cover", 1)),
            ),
        ),
        pairings=draw(pairings(names)),
        reference=draw(st.none() | references(*names)),
        links=draw(links),
    )


def assert_right(problem: Problem) -> None:
    solution = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
    assert [found for found in violations(problem, solution) if not found.is_fact] == []
    claimed = {result.level: result.value for result in solution.levels}
    assert claimed == level_values(problem, solution)
    for result in solution.levels:
        assert result.bound is None or result.bound <= result.value


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_every_roster_passes_the_check_at_the_points_it_claims(problem: Problem) -> None:
    assert_right(problem)


@pytest.mark.parametrize("at_h", [2, 7, 9])
def test_locked_task_is_kept_whether_a_shift_reaches_it_or_not(at_h: int) -> None:
    worker = Worker(id="w", rule_book="book", shifts=("day0",))
    lock = Lock(worker="w", start=at_h * HOUR)
    assert_right(make_problem(worker, tasks=(task(at_h * HOUR, locks=(lock,)),)))


def test_task_locked_into_a_given_shift_is_kept() -> None:
    worker = Worker(id="w", rule_book="book", facts=(make_fact("day", 0),))
    lock = Lock(worker="w", start=9 * HOUR)
    assert_right(make_problem(worker, tasks=(task(9 * HOUR, locks=(lock,)),)))


def test_absent_from_a_given_shift_neither_does_tasks_nor_is_counted() -> None:
    absence = Span(7 * HOUR, 16 * HOUR)
    worker = Worker(id="w", rule_book="book", facts=(make_fact("day", 0),), blocked=(absence,))
    demand = Demand(id="d", span=absence, skills=frozenset(), levels=((1, "cover", 1),))
    assert_right(make_problem(worker, tasks=(task(9 * HOUR),), demands=(demand,)))
