"""A search that can be answered at any moment by its best roster, complete and explained."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from math import inf

from solver.checks import level_values, rule_costs
from solver.data.errors import InvalidProblemError
from solver.data.problem import Problem
from solver.data.solution import LevelResult, Progress, Solution
from solver.engine import EngineFaultError, solve
from solver.explain.gaps import explain_gaps
from solver.search.host import Hosts
from solver.search.search import n_processes

_SETTLED_S = 2.0
"""How long a roster must have been the best before it is explained in case somebody says stop."""

_GRACE_S = 0.25
"""How long a search that was stopped may take to end before it is answered for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOptions:
    """How to solve; see :func:`solver.engine.solve`."""

    seconds: float = 50.0
    work_limit: float | None = None
    seed: int | None = None
    n_workers: int = 2
    repeatable: bool = False

    def __post_init__(self) -> None:
        for name, least, most in (
            ("seconds", 0, 10**7),
            ("work_limit", 0, inf),
            ("seed", 0, 2**53),
            ("n_workers", 1, 1000),
        ):
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise InvalidProblemError(
                    f"SolveOptions.{name} is {value}; it must be from {least} to {most}."
                )


class Solving:
    """One search.

    Parameters
    ----------
    on_progress, on_improvement
        As for :func:`solver.engine.solve`; they may be called, in vain, after :meth:`run` returned.
    hosts
        Its processes; there are as many again for the next search when it has ended.
    """

    def __init__(
        self,
        problem: Problem,
        options: SolveOptions,
        *,
        on_progress: Callable[[Progress], None],
        on_improvement: Callable[[Solution], None],
        hosts: Hosts,
    ) -> None:
        self._problem = problem
        self._options = options
        self._hosts = hosts
        self._on_progress = on_progress
        self._on_improvement = on_improvement
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._best: Solution | None = None
        self._result: Solution | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._search, daemon=True)

    def stop(self) -> None:
        """Let :meth:`run` return soon, by the best roster so far if the search does not end."""
        with self._changed:
            self._stopped.set()
            self._changed.notify_all()

    def join(self, seconds: float) -> None:
        """Wait for the search itself, which may go on for a while after it was answered for."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def run(self) -> Solution:
        """Return the best roster when the search ends or is stopped; raise what the search does.

        A roster that stays the best for a while is explained beforehand, so that a stop is answered
        without delay. Before there is a first one, the search's own answer is waited for.
        """
        self._thread.start()
        try:
            return self._wait()
        finally:
            self._stopped.set()

    def _wait(self) -> Solution:
        known: Solution | None = None
        answer: Solution | None = None
        while True:
            best = self._next(known)
            if self._error is not None:
                raise self._error
            if self._result is not None:
                return self._result
            if best is not None and (best is not known or answer is None):
                if self._stopped.is_set() and self._ends_soon():
                    continue
                known, answer = best, self._explained(best)
            if self._stopped.is_set() and answer is not None and known is self._best:
                return answer

    def _explained(self, best: Solution) -> Solution | None:
        try:
            return explained(self._problem, best)
        except Exception:  # what is wrong with this one matters only if nothing better comes
            if self._stopped.is_set():
                raise
            return None

    def _next(self, known: Solution | None) -> Solution | None:
        """Wait for the end, for a stop, or for a best roster that is not known and has settled."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._is_urgent or self._best is not known)
                best = self._best
                if self._is_urgent or not self._changed.wait_for(
                    partial(self._is_disturbed, best), _SETTLED_S
                ):
                    return best

    def _ends_soon(self) -> bool:
        """Wait a moment for a search that was stopped: it explains its answer itself.

        To explain the roster here too meanwhile would take both twice as long.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._is_over, _GRACE_S)

    def _is_disturbed(self, best: Solution | None) -> bool:
        return self._is_urgent or self._best is not best

    @property
    def _is_urgent(self) -> bool:
        return self._is_over or (self._stopped.is_set() and self._best is not None)

    @property
    def _is_over(self) -> bool:
        return self._result is not None or self._error is not None

    def _search(self) -> None:
        result: Solution | None = None
        error: BaseException | None = None
        try:
            result = solve(
                self._problem,
                **asdict(self._options),
                on_progress=self._on_progress,
                on_improvement=self._improve,
                should_stop=self._stopped.is_set,
                hosts=self._hosts,
            )
        except BaseException as caught:  # noqa: BLE001  raised again where it is waited for
            error = caught
        with self._changed:
            self._result, self._error = result, error
            self._changed.notify_all()
        self._hosts.make_ready(n_processes(self._problem, self._options.n_workers))

    def _improve(self, better: Solution) -> None:
        self._on_improvement(better)
        with self._changed:
            self._best = better
            self._changed.notify_all()


def explained(problem: Problem, solution: Solution) -> Solution:
    """Return a roster with what makes up its costs and why its tasks lack heads.

    Raises
    ------
    EngineFaultError
        When the checks count other points than its levels say.
    """
    costs = rule_costs(problem, solution)
    counted: Counter[str] = Counter()
    for cost in costs:
        counted[cost.level] += cost.points
    for each in solution.levels:
        if counted[each.level] != each.value:
            raise EngineFaultError(
                f"Level {each.level} is {counted[each.level]} by the checks, {each.value} by the "
                "search."
            )
    heads = Counter(placed.task for placed in solution.tasks)
    is_short = any(heads[task.id] < task.heads for task in problem.tasks)
    gaps = explain_gaps(problem, solution) if is_short else ()
    return replace(solution, costs=costs, gaps=gaps)


def priced(problem: Problem, solution: Solution) -> Solution:
    """Return any roster of a problem, wherever it comes from, with right levels.

    A level's bound stays as long as all levels down to it are worth what was claimed.

    Raises
    ------
    InvalidProblemError
        When it names what the problem lacks.
    """
    _check_names(problem, solution)
    claimed = {each.level: each for each in solution.levels}
    levels = []
    holds = True
    for level, value in level_values(problem, solution).items():
        known = claimed.get(level)
        holds = holds and known is not None and known.value == value
        bound = known.bound if holds and known is not None else None
        levels.append(LevelResult(level=level, value=value, bound=bound))
    return replace(solution, levels=tuple(levels))


def _check_names(problem: Problem, solution: Solution) -> None:
    for worked in solution.shifts:
        if worked.worker not in problem.worker_by_id or worked.shift not in problem.shift_by_id:
            raise InvalidProblemError("Solution.shifts names what the problem lacks.")
    for placed in solution.tasks:
        if placed.worker not in problem.worker_by_id or placed.task not in problem.task_by_id:
            raise InvalidProblemError("Solution.tasks names what the problem lacks.")
