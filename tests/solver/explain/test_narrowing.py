"""What is closed is a fact, and what is open stays open."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.checks import level_values
from solver.data.pairings import Together
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.engine import solve
from solver.explain.narrowing import narrowed
from solver.explain.restoring import restored
from tests.solver.explain.examples import ALL, does, roster, someone, task, works
from tests.solver.explain.rosters import broken, rosters
from tests.solver.small import DAY, FIRST, make_problem

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck))
VERY_SLOW = settings(max_examples=5, suppress_health_check=list(HealthCheck))


def two() -> tuple[Problem, Solution]:
    tasks = (task("t", 9), task("u", 11), task("x", 33), task("open", 13))
    problem = make_problem(someone("a", shifts=ALL), someone("b", shifts=ALL), tasks=tasks)
    solution = roster(
        works("a", "day0", 720),
        works("a", "day1", 720 + DAY),
        works("b", "day0", 720),
        tasks=(does("t", "a", 540), does("u", "b", 660), does("x", "a", 33 * 60)),
    )
    return problem, solution


def locks(problem: Problem) -> dict[str, list[str]]:
    return {each.id: [lock.worker for lock in each.locks] for each in problem.tasks}


def facts(problem: Problem) -> dict[str, list[str | None]]:
    return {w.id: [fact.shift for fact in w.facts] for w in problem.workers}


def test_everything_is_open_by_default() -> None:
    problem, solution = two()
    assert narrowed(problem, solution) == problem


def test_closed_workers_keep_their_shifts_and_tasks() -> None:
    problem, solution = two()
    part = narrowed(problem, solution, open_workers=("b",))
    assert facts(part) == {"a": ["day0", "day1"], "b": []}
    assert locks(part) == {"t": ["a"], "u": [], "x": ["a"], "open": []}
    assert [worker.shifts for worker in part.workers] == [(), ALL]


def test_closed_days_keep_their_shifts_and_tasks() -> None:
    problem, solution = two()
    part = narrowed(problem, solution, open_days=(FIRST,))
    assert facts(part) == {"a": ["day1"], "b": []}
    assert locks(part) == {"t": [], "u": [], "x": ["a"], "open": []}
    assert {name[-1] for worker in part.workers for name in worker.shifts} == {"0"}


def test_open_task_is_nobodys() -> None:
    problem, solution = two()
    part = narrowed(problem, solution, open_workers=(), open_tasks=("t",))
    assert locks(part) == {"t": [], "u": ["b"], "x": ["a"], "open": []}


def test_tasks_of_a_crew_are_open_with_one_of_the_two() -> None:
    crew_task = task(heads=2, is_crew=True)
    problem = make_problem(
        someone("a", team="x"), someone("b", team="x", is_lead=True), tasks=(crew_task,)
    )
    solution = roster(
        works("a", "day0", 720, "k"),
        works("b", "day0", 720, "k"),
        tasks=(does("t", "a", 540), does("t", "b", 540)),
    )
    assert locks(narrowed(problem, solution, open_workers=("a",))) == {"t": []}
    assert locks(narrowed(problem, solution, open_workers=())) == {"t": ["a", "b"]}


def test_who_must_be_with_a_closed_worker_stays_there() -> None:
    mentors = Together(worker="a", others=("b", "c"))
    crowd = (someone("a"), someone("b"), someone("c"))
    problem = make_problem(*crowd, pairings=(mentors,))
    solution = roster(*(works(name, "day0", 720) for name in "abc"))
    part = narrowed(problem, solution, open_workers=("b", "c"))
    assert [bool(worker.facts) for worker in part.workers] == [True, True, False]


@SLOW
@given(rosters(), st.data())
def test_roster_itself_is_one_of_the_narrowed_problem_at_the_same_price(
    made: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = made
    problem = replace(problem, reference=None)
    names = [worker.id for worker in problem.workers]
    part = narrowed(
        problem,
        solution,
        open_workers=data.draw(st.sets(st.sampled_from(names))),
        open_days=data.draw(st.sets(st.integers(FIRST, FIRST + 3))),
    )
    assert level_values(part, solution) == level_values(problem, solution)
    assert not broken(part, solution)


@pytest.mark.slow
@VERY_SLOW
@given(rosters(), st.data())
def test_what_is_solved_again_and_restored_passes_the_checks_and_keeps_what_was_closed(
    made: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = replace(made[0], reference=None), made[1]
    open_worker = data.draw(st.sampled_from([worker.id for worker in problem.workers]))
    part = narrowed(problem, solution, open_workers=(open_worker,))
    found = solve(part, work_limit=0.3, repeatable=True, n_workers=1)
    whole = restored(problem, solution, part, found)
    assert not broken(problem, whole)
    kept = {(w.worker, w.shift) for w in solution.shifts if w.worker != open_worker}
    assert kept <= {(w.worker, w.shift) for w in whole.shifts}
    if not any(w.crew for w in solution.shifts if w.worker == open_worker):
        assert {p for p in solution.tasks if p.worker != open_worker} <= set(whole.tasks)


@SLOW
@given(rosters(), st.data())
def test_roster_itself_is_restored_as_it_was(
    made: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = made
    names = [worker.id for worker in problem.workers]
    part = narrowed(problem, solution, open_workers=data.draw(st.sets(st.sampled_from(names))))
    whole = restored(problem, solution, part, solution)
    assert set(whole.tasks) == set(solution.tasks)
    shifts = {(w.worker, w.shift, w.breaks) for w in solution.shifts}
    assert {(w.worker, w.shift, w.breaks) for w in whole.shifts} == shifts
    assert level_values(problem, whole) == level_values(problem, solution)


def test_the_only_lead_of_closed_workers_stays() -> None:
    team = [someone(name, team="x", is_lead=name < "c", shifts=ALL) for name in "abc"]
    problem = make_problem(*team)
    led = roster(works("a", "day0", 720), works("c", "day0", 720), works("a", "day1", 720 + DAY))
    assert facts(narrowed(problem, led, open_workers=("a", "b")))["a"] == ["day0"]
    both = replace(led, shifts=(*led.shifts, works("b", "day0", 720)))
    assert facts(narrowed(problem, both, open_workers=("a",)))["a"] == []
    assert facts(narrowed(problem, both, open_workers=("a", "b")))["a"] == ["day0"]


def test_crew_is_given_back_what_two_do_who_need_be_no_crew() -> None:
    team = [someone(name, team="x", is_lead=True) for name in "ab"]
    problem = make_problem(*team, tasks=(task(heads=2),))
    solution = roster(
        works("a", "day0", 720, "k"),
        works("b", "day0", 720, "k"),
        tasks=(does("t", "a", 540), does("t", "b", 540)),
    )
    part = narrowed(problem, solution, open_workers=("a", "b"))
    assert set(restored(problem, solution, part, solution).tasks) == set(solution.tasks)


def test_closed_crew_that_was_parted_is_a_crew_again() -> None:
    crew_task = task(heads=2, is_crew=True)
    team = [someone(name, team="x", is_lead=True) for name in "abc"]
    problem = make_problem(*team, tasks=(crew_task, task("u", 13)))
    solution = roster(
        works("a", "day0", 720, "k"),
        works("b", "day0", 720, "k"),
        tasks=(does("t", "a", 540), does("t", "b", 540)),
    )
    part = narrowed(problem, solution, open_workers=("c",))
    found = roster(
        works("a", "day0", 720),
        works("b", "day0", 735, "m"),
        works("c", "day0", 735, "m"),
        tasks=(*solution.tasks, does("u", "c", 780)),
    )
    whole = restored(problem, solution, part, found)
    assert not broken(problem, whole)
    assert set(solution.shifts) <= set(whole.shifts)
    assert does("u", "c", 780) in whole.tasks
