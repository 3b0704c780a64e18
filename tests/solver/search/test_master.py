"""The linear master where its numbers are large, and where it has no solution."""

import pytest

from solver.engine import solve
from solver.search.master import Master
from solver.search.patterns import Patterns
from solver.search.relaxation import Relaxation
from solver.search.simplex import SimplexLp
from tests.solver.weeks import small_week
from tests.solver.whole import assert_whole


def value(weight: float) -> float:
    """Return the least of a week whose points all have a weight."""
    problem = small_week()
    patterns = Patterns(problem)
    master = Master(Relaxation(problem, patterns, with_teams=False), patterns)
    master.aim(dict.fromkeys(problem.levels, weight))
    master.generate(max_rounds=3, should_stop=lambda: False)
    return master.value


def test_points_worth_very_much_have_a_least_too() -> None:
    assert value(1e10) == pytest.approx(1e10 * value(1.0), rel=1e-3)


def test_search_without_any_solution_of_a_linear_program_has_a_whole_roster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SimplexLp, "optimum", lambda *_: None)
    problem = small_week()
    assert_whole(problem, solve(problem, work_limit=1.0, repeatable=True, n_workers=1))
