"""The door to the engine: a problem in, the best roster found out, priced and explained."""

from collections.abc import Callable
from dataclasses import replace

from solver.checks import rule_costs
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution
from solver.explain.gaps import explain_gaps
from solver.search.host import Hosts
from solver.search.search import Listeners, search


class EngineFaultError(RuntimeError):
    """The search claims other points than the checks count: a fault of the program."""


def solve(  # noqa: PLR0913  the engine's door: all but the problem are options by name
    problem: Problem,
    *,
    seconds: float = 50.0,
    work_limit: float | None = None,
    seed: int | None = None,
    n_workers: int = 2,
    repeatable: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    on_improvement: Callable[[Solution], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    hosts: Hosts | None = None,
) -> Solution:
    """Return the best roster found; there always is one.

    Parameters
    ----------
    seconds
        When to end at the latest; earlier when nothing gets better.
    work_limit
        Deterministic work that the whole search may do; nothing for what fits the seconds.
    seed
        Of what is drawn at random; the problem's own by default.
    n_workers
        Processes that search at the same time.
    repeatable
        Count work, not seconds: the same input gives the same roster on every run.
    on_progress, on_improvement
        Called, one at a time, with how far the search is and with each complete roster that is
        better than the one before, its gaps not yet explained.
    should_stop
        Asked often; when true the best so far is returned at once.
    hosts
        Processes that may be ready; a search that has none begins its own.

    Raises
    ------
    EngineFaultError
        When the checks count other points than the search claims.
    SearchDiedError
        When a process of the search ends before it has sent any roster.
    """
    solution = search(
        problem,
        seconds=seconds,
        work_limit=work_limit,
        seed=problem.seed if seed is None else seed,
        n_workers=n_workers,
        repeatable=repeatable,
        listeners=Listeners(
            on_progress or (lambda _: None),
            on_improvement or (lambda _: None),
            should_stop or (lambda: False),
        ),
        hosts=hosts or Hosts(),
    )
    costs = rule_costs(problem, solution)
    for each in solution.levels:
        counted = sum(cost.points for cost in costs if cost.level == each.level)
        if counted != each.value:
            raise EngineFaultError(
                f"Level {each.level} is {counted} by the checks, {each.value} by the search."
            )
    solution = replace(solution, costs=costs)
    return replace(solution, gaps=explain_gaps(problem, solution))
