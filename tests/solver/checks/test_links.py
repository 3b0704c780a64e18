"""Tasks for the same people, as the checks see it."""

from dataclasses import replace

import pytest

from solver.checks import rule_costs, violations
from solver.data.pairings import Link
from solver.data.problem import Lock, Worker
from solver.data.solution import PlacedTask, Solution
from tests.solver.explain.examples import task
from tests.solver.small import make_problem

CROWD = tuple(Worker(id=name, rule_book="book") for name in "abc")


def told(link: Link, *doers: str, locked: str = "") -> tuple[int, int]:
    """Return how many breaches there are when tasks are done by some, and what a soft one costs."""
    tasks = tuple(
        replace(
            task(f"t{n}", 8 + n),
            heads=2,
            locks=tuple(Lock(worker=name, start=(8 + n) * 60) for name in mine if name in locked),
        )
        for n, mine in enumerate(doers)
    )
    placed = tuple(
        PlacedTask(task=f"t{n}", worker=name, start=(8 + n) * 60)
        for n, mine in enumerate(doers)
        for name in mine
    )
    problem = make_problem(*CROWD, tasks=tasks, links=(link,))
    solution = Solution(shifts=(), tasks=placed, levels=())
    broken = [v for v in violations(problem, solution) if v.rule == "linked" and not v.is_fact]
    soft = replace(problem, links=(replace(link, level="fair", points=5),))
    costs = {cost.rule: cost.points for cost in rule_costs(soft, solution)}
    return len(broken), costs.get("linked", 0)


def test_more_who_do_what_belongs_together_break_a_link_once_and_cost_each() -> None:
    link = Link(id="l")
    assert told(link, "a", "a") == (0, 0)
    assert told(link, "a", "", "a") == (0, 0)
    assert told(link, "a", "b") == (1, 5)
    assert told(link, "a", "bc", "a") == (1, 10)
    assert told(replace(link, most=2), "ab", "ab") == (0, 0)
    assert told(replace(link, most=2), "ab", "bc") == (1, 5)


def test_locked_tasks_alone_are_nobodys_fault() -> None:
    assert told(Link(id="l"), "a", "b", locked="ab") == (0, 5)
    assert told(Link(id="l"), "a", "b", locked="a") == (1, 5)


def test_nobody_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Link\.most is 0"):
        Link(id="l", most=0)
