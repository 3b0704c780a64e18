"""What the tests of the process share: a long search, and what a whole answer is."""

from collections import Counter

from solver.checks import level_values, rule_costs, violations
from solver.data.problem import Problem
from solver.data.solution import Solution
from tests.solver.weeks import week

BARE = Solution(shifts=(), tasks=(), levels=())


def middle_week() -> Problem:
    """Return a week that is searched for longer than any test lasts."""
    return week(seed=2, n_teams=2, team_size=6, n_contacts=6, n_sites=5, n_spots=3, n_sessions=2)


def assert_whole(problem: Problem, solution: Solution) -> None:
    """Find nothing broken, every level and cost right, and a reason for every head that lacks."""
    assert [found for found in violations(problem, solution) if not found.is_fact] == []
    assert {each.level: each.value for each in solution.levels} == level_values(problem, solution)
    assert solution.costs == rule_costs(problem, solution)
    heads = Counter(placed.task for placed in solution.tasks)
    lacking = {t.id: t.heads - heads[t.id] for t in problem.tasks if heads[t.id] < t.heads}
    assert {gap.task: gap.missing for gap in solution.gaps} == lacking
