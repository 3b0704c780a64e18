"""What the compact model finds keeps the rules and costs what it says, by the engine's checks."""

import math

import pytest

from solver.checks import rule_costs, violations
from solver.data.solution import Solution, WorkedShift
from tests.bench.compact import solve_compact
from tests.bench.instances import load


@pytest.mark.parametrize("name", ["S-06-loose", "M-06-tight"])
def test_compact_rosters_keep_the_rules_and_cost_at_least_what_is_said(name: str) -> None:
    problem = load(name)
    found = solve_compact(problem, seconds=math.inf, work=2.0, workers=1)
    assert found.value_by_level
    roster = Solution(
        shifts=tuple(WorkedShift(worker=worker, shift=shift) for worker, shift in found.shifts),
        tasks=(),
        levels=(),
    )
    about_breaks = {"break", "continuous-work"}
    assert {broken.rule for broken in violations(problem, roster)} <= about_breaks
    about_tasks = {"missing", "unfamiliar", "travel"}
    for level, value in found.value_by_level.items():
        of_shifts = sum(
            cost.points
            for cost in rule_costs(problem, roster)
            if cost.level == level and cost.rule not in about_tasks
        )
        of_all_missing = sum(
            task.heads * task.missing_points for task in problem.tasks if task.level == level
        )
        assert of_shifts <= value <= of_shifts + of_all_missing
