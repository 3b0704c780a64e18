"""Other plans by other orders of the objectives."""

import pytest

from solver.data.errors import InvalidProblemError
from solver.data.problem import Preference, Problem
from solver.data.solution import Solution
from solver.engine import solve
from solver.explain.alternatives import alternatives
from tests.solver.explain.examples import does, roster, someone, task, works
from tests.solver.small import FIRST, LEVELS, make_problem

WISH_FIRST = ("wish", *(level for level in LEVELS if level != "wish"))


def quick(problem: Problem, seconds: float) -> Solution:
    return solve(problem, seconds=seconds, work_limit=0.3, repeatable=True, n_workers=1)


def torn() -> tuple[Problem, Solution]:
    """Return a task that only somebody who wants to be free could do."""
    free = Preference(level="wish", name="free", days=(FIRST,), points=3)
    problem = make_problem(someone(preferences=(free,)), tasks=(task(),))
    return problem, roster(works("w", "day0", 720), tasks=(does("t", "w", 540),))


def test_other_order_leads_to_another_plan_told_by_the_problems_own() -> None:
    problem, reference = torn()
    (found,) = alternatives(problem, reference, [WISH_FIRST], 5.0, solve=quick)
    assert found.order == WISH_FIRST
    assert found.solution.shifts == ()
    assert tuple(each.level for each in found.solution.levels) == problem.levels
    assert {each.level: each.bound for each in found.solution.levels}["promise"] is None
    assert found.differences.shifts_removed == (("w", "day0"),)
    assert {e.level: e.points for e in found.differences.levels if e.points} == {
        "promise": 4,
        "wish": -3,
    }
    assert [gap.task for gap in found.solution.gaps] == ["t"]


def test_plans_that_are_nothing_new_are_left_out() -> None:
    problem, _ = torn()
    reference = quick(problem, 5.0)
    swapped = ("wish", "floor", *(lev for lev in LEVELS if lev not in {"wish", "floor"}))
    orders = [problem.levels, WISH_FIRST, swapped]
    found = alternatives(problem, reference, orders, 6.0, solve=quick)
    assert [each.order for each in found] == [WISH_FIRST]


def test_at_most_three_are_told_and_the_seconds_are_shared() -> None:
    problem, reference = torn()
    starts = iter(range(545, 600))
    spent = []

    def solved(_: Problem, seconds: float) -> Solution:
        spent.append(seconds)
        return roster(works("w", "day0", 720), tasks=(does("t", "w", next(starts)),))

    found = alternatives(problem, reference, [WISH_FIRST] * 4, 8.0, solve=solved)
    assert len(found) == 3
    assert spent == [2.0] * 3


def test_order_must_hold_every_level_once() -> None:
    problem, reference = torn()
    with pytest.raises(InvalidProblemError, match="no order"):
        alternatives(problem, reference, [("wish",)], 1.0, solve=quick)
