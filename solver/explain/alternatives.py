"""Other plans: what the engine would do if the objectives stood in another order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from solver.checks import level_values, rule_costs
from solver.data.errors import InvalidProblemError
from solver.data.problem import Problem
from solver.data.solution import LevelResult, Solution
from solver.explain.changes import Differences, differences
from solver.explain.gaps import explain_gaps

MOST = 3
"""Plans that are told at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A plan by another order of the objectives.

    Parameters
    ----------
    order
        Levels, the most important first, as they were for this plan.
    solution
        Its levels stand in the problem's own order, without bounds: those held for another order.
    differences
        From the reference roster.
    """

    order: tuple[str, ...]
    solution: Solution
    differences: Differences


def alternatives(
    problem: Problem,
    reference: Solution,
    orders: Sequence[Sequence[str]],
    seconds: float,
    *,
    solve: Callable[[Problem, float], Solution],
) -> tuple[Alternative, ...]:
    """Return up to three different plans, one for each order that leads to a plan of its own.

    Parameters
    ----------
    reference
        What the plans are compared with; a plan that is the same is left out.
    orders
        Each holds every level of the problem once. Those after the third are not looked at unless
        earlier ones lead to nothing new.
    seconds
        For all of them together.
    solve
        The engine: solves a problem in at most some seconds.

    Raises
    ------
    InvalidProblemError
        When an order is no order of the problem's levels.
    """
    for order in orders:
        if sorted(order) != sorted(problem.levels):
            raise InvalidProblemError(f"{tuple(order)} is no order of Problem.levels.")
    found: list[Alternative] = []
    for order in orders:
        if len(found) == MOST:
            break
        solved = solve(replace(problem, levels=tuple(order)), seconds / len(orders))
        plan = _in_own_order(problem, solved)
        compared = differences(problem, reference, plan)
        is_new = not compared.is_nothing and all(
            not differences(problem, other.solution, plan).is_nothing for other in found
        )
        if is_new:
            found.append(Alternative(order=tuple(order), solution=plan, differences=compared))
    return tuple(found)


def _in_own_order(problem: Problem, solution: Solution) -> Solution:
    """Return a solution with levels, costs and gaps as the problem sees them."""
    values = level_values(problem, solution)
    plan = replace(
        solution,
        levels=tuple(
            LevelResult(level=level, value=values[level], bound=None if values[level] else 0)
            for level in problem.levels
        ),
        costs=rule_costs(problem, solution),
    )
    return replace(plan, gaps=explain_gaps(problem, plan))
