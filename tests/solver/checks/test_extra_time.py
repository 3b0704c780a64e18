"""Overtime and added time by hand: the checks and the search say the same of them."""

from dataclasses import replace

import pytest

from solver.checks import level_values, violations
from solver.data.extra_time import ExtraTime
from solver.data.problem import Problem, Worker
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search.legality import WorkerRules
from solver.search.own import own_points
from tests.solver.small import DAY, HORIZON, HOUR, SHIFTS, make_fact, make_problem
from tests.solver.test_whole_rosters import task

ALL = tuple(shift.id for shift in SHIFTS)
TWO_DAYS = Span(0, 2 * DAY), Span(2 * DAY, 4 * DAY)
OVERTIME = ExtraTime(name="overtime", periods=TWO_DAYS, from_min=8 * HOUR, most_min=8 * HOUR)
"""A split shift counts eight hours, so that each second one in a period is overtime."""


def problem_of(extra: ExtraTime, *facts: tuple[str, int]) -> Problem:
    given = tuple(make_fact(kind, day) for kind, day in facts)
    worker = Worker(id="w", rule_book="book", shifts=ALL, facts=given, extra_times=(extra,))
    return make_problem(worker)


def broken(extra: ExtraTime, *pattern: str, facts: tuple[tuple[str, int], ...] = ()) -> set[str]:
    """Return what planned shifts break: by the check, and so says the search."""
    problem = problem_of(extra, *facts)
    shifts = [problem.shift_by_id[name] for name in pattern]
    given = [fact.shift for fact in problem.workers[0].facts if fact.shift is not None]
    worked = tuple(WorkedShift(worker="w", shift=name) for name in (*pattern, *given))
    found = violations(problem, Solution(shifts=worked, tasks=(), levels=()))
    codes = {each.rule for each in found if not each.is_fact} - {"break"}
    assert codes == WorkerRules(problem, problem.workers[0]).breaches(shifts)
    return codes


def cost(extra: ExtraTime, *pattern: str) -> int:
    """Return what a soft limit costs: by the check, and so says the search."""
    problem = problem_of(extra)
    shifts = tuple(WorkedShift(worker="w", shift=name) for name in pattern)
    points = level_values(problem, Solution(shifts=shifts, tasks=(), levels=()))["fair"]
    planned = [problem.shift_by_id[name] for name in pattern]
    assert points == own_points(problem, problem.workers[0], planned).get("fair", 0)
    return points


def test_time_beyond_the_limit_of_each_period_adds_up() -> None:
    assert not broken(OVERTIME, "split0", "split1", "split2")
    assert broken(OVERTIME, "split0", "split1", "split2", "split3") == {"overtime"}


def test_what_the_year_has_used_before_counts() -> None:
    assert broken(replace(OVERTIME, used_min=1), "split0", "split1") == {"overtime"}
    assert not broken(replace(OVERTIME, used_min=8 * HOUR), "split0", "split2")


def test_added_time_ends_where_overtime_begins() -> None:
    added = ExtraTime(
        name="added-time", periods=(HORIZON,), from_min=4 * HOUR, until_min=8 * HOUR, most_min=60
    )
    assert broken(added, "split0") == {"added-time"}
    assert not broken(replace(added, most_min=4 * HOUR), "split0", "split1")


def test_an_average_over_a_reference_period_has_what_was_worked_in_it_before() -> None:
    """Ten weeks of 40 hours on average, and 16 hours left of them."""
    average = ExtraTime(
        name="average-time",
        periods=(HORIZON,),
        from_min=0,
        most_min=10 * 40 * HOUR,
        used_min=384 * HOUR,
    )
    assert not broken(average, "split0", "split2")
    assert broken(average, "split0", "split1", "split2") == {"average-time"}


def test_a_period_begun_before_the_horizon_has_its_facts() -> None:
    begun = replace(OVERTIME, periods=(Span(-2 * DAY, DAY),), most_min=7 * HOUR)
    assert broken(begun, "split0", facts=(("split", -1),)) == {"overtime"}
    assert not broken(begun, "split1", facts=(("split", -1),))


def test_facts_that_are_beyond_the_limit_alone_do_not_bind() -> None:
    none = replace(OVERTIME, most_min=0)
    assert not broken(none, "split3", facts=(("split", 0), ("split", 1)))


@pytest.mark.parametrize(
    ("pattern", "points"),
    [
        (("split0", "split2"), 0),
        (("split0", "split1"), 2 * 8),
        (("split0", "split1", "split2", "split3"), 2 * 16),
    ],
)
def test_soft_extra_time_costs_by_the_started_step(pattern: tuple[str, ...], points: int) -> None:
    soft = replace(OVERTIME, most_min=0, level="fair", points=2, step_min=HOUR)
    assert cost(soft, *pattern) == points


def test_the_search_does_what_the_limit_leaves() -> None:
    tasks = tuple(
        replace(task(day * DAY + 15 * HOUR), id=f"t{day}", place=None) for day in range(4)
    )
    worker = Worker(id="w", rule_book="book", shifts=ALL, extra_times=(OVERTIME,))
    for split in (ALL, tuple(name for name in ALL if name.startswith("split"))):
        problem = make_problem(replace(worker, shifts=split), tasks=tasks)
        found = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
        assert violations(problem, found) == ()
        assert len(found.tasks) == 3
