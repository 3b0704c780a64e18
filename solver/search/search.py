"""The search: parts apart, rosters as they get better, bounds for the whole."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from solver.data.problem import Problem
from solver.data.solution import LevelResult, PlacedTask, Progress, Solution, WorkedShift
from solver.search.components import Piece, split
from solver.search.limits import Budget
from solver.search.part import Part, Phase

_WORK_PER_SECOND = 0.5
"""Units of deterministic work done in a second of search, in repeatable mode without a limit."""

_SHARE_OF_SEARCH = 0.72
"""Of the time; the rest is for bounds and explanations."""


def search(  # noqa: PLR0913  all but the problem are options by name
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
        Parts searched at the same time.
    repeatable
        Count work, not seconds: the same input gives the same roster on every run.
    on_progress, on_improvement
        Called, from the search's threads but one at a time, with how far it is and with each
        complete roster that is better than the one before.
    should_stop
        Asked often; when true the best so far is returned at once.
    """
    running = _Search(problem, n_workers, on_progress, on_improvement)
    pieces = split(problem)
    if repeatable and work_limit is None:
        work_limit = seconds * _WORK_PER_SECOND
    running.start(
        [
            Budget(
                seconds=seconds * _SHARE_OF_SEARCH,
                work_limit=None if work_limit is None else work_limit / max(1, len(pieces)),
                is_repeatable=repeatable,
                should_stop=should_stop or (lambda: False),
            )
            for _ in pieces
        ],
        pieces,
        problem.seed if seed is None else seed,
        seconds,
    )
    return running.finish()


class _Search:
    def __init__(
        self,
        problem: Problem,
        n_workers: int,
        on_progress: Callable[[Progress], None] | None,
        on_improvement: Callable[[Solution], None] | None,
    ) -> None:
        self.problem = problem
        self.n_workers = max(1, n_workers)
        self.parts: list[Part] = []
        self.bounds: dict[str, int | None] = {}
        self._on_progress = on_progress
        self._on_improvement = on_improvement
        self._lock = threading.Lock()
        self._clock = Budget(0.0, None, is_repeatable=True, should_stop=lambda: False)

    def start(
        self, budgets: Sequence[Budget], pieces: Sequence[Piece], seed: int, seconds: float
    ) -> None:
        """Search all parts, the largest first, some at a time."""
        with ThreadPoolExecutor(self.n_workers) as pool:
            made = [
                pool.submit(Part, piece, budget, seed, self._report)
                for piece, budget in zip(pieces, budgets, strict=True)
            ]
            self.parts = [each.result() for each in made]
            for run in [pool.submit(part.run) for part in self.parts]:
                run.result()
            if not any(budget.should_stop() for budget in budgets):
                self._find_bounds(pool, budgets, seconds)

    def finish(self) -> Solution:
        """Return the best of all parts as one roster, with its bounds."""
        self._tell("explain")
        return self._roster()

    def _roster(self) -> Solution:
        shifts: list[WorkedShift] = []
        tasks: list[PlacedTask] = []
        values = dict.fromkeys(self.problem.levels, 0)
        for part in self.parts:
            best = part.best
            shifts += best.shifts
            tasks += best.tasks
            for level, points in best.values.items():
                values[level] += points
        levels = tuple(
            LevelResult(level=level, value=value, bound=self._bound(level, value))
            for level, value in values.items()
        )
        return Solution(
            shifts=tuple(sorted(shifts, key=lambda each: (each.worker, each.shift))),
            tasks=tuple(sorted(tasks, key=lambda each: (each.task, each.worker))),
            levels=levels,
        )

    def _bound(self, level: str, value: int) -> int | None:
        if value == 0:
            return 0
        return self.bounds.get(level)

    def _report(self, phase: Phase, *, is_better: bool = False) -> None:
        with self._lock:
            if not all(part.is_complete for part in self.parts) or not self.parts:
                is_better = False
            if is_better and self._on_improvement is not None:
                self._on_improvement(self._roster())
            self._tell(phase)

    def _tell(self, phase: Phase) -> None:
        if self._on_progress is None:
            return
        is_complete = bool(self.parts) and all(part.is_complete for part in self.parts)
        roster = self._roster() if is_complete else None
        self._on_progress(
            Progress(
                phase=phase,
                n_gaps=self._n_missing(roster) if roster else None,
                levels=roster.levels if roster else (),
                seconds=self._clock.elapsed,
            )
        )

    def _n_missing(self, roster: Solution) -> int:
        heads = Counter(placed.task for placed in roster.tasks)
        return sum(max(0, task.heads - heads[task.id]) for task in self.problem.tasks)

    def _find_bounds(
        self, pool: ThreadPoolExecutor, budgets: Sequence[Budget], seconds: float
    ) -> None:
        """Find the bound of each level for the whole problem.

        A roster as good as ours on the levels above may be worse in one part when it is better in
        another. So a part's levels may cost what they cost in all of ours, less the least that the
        other parts pay; then the sum of the parts' bounds holds for the whole.
        """
        totals = {
            level: sum(part.best.values[level] for part in self.parts)
            for level in self.problem.levels
        }
        for budget in budgets:
            budget.open_again(seconds)
        for sharper in [pool.submit(part.sharpen) for part in self.parts if part.problem.demands]:
            sharper.result()
        least: list[dict[str, int]] = [{} for _ in self.parts]
        for number, (level, value) in enumerate(totals.items()):
            self._tell("bound")
            left = max(0.0, seconds - self._clock.elapsed)
            for budget in budgets:
                budget.open_again(seconds - left + 2 * left / (len(totals) - number + 1))
            jobs = []
            for part, mine in zip(self.parts, least, strict=True):
                limits = {
                    other: totals[other] - sum(each[other] for each in least) + mine[other]
                    for other in mine
                }
                jobs.append(pool.submit(partial(self._least, part, level, limits)))
            for job, mine in zip(jobs, least, strict=True):
                mine[level] = job.result()
            self.bounds[level] = min(value, sum(mine[level] for mine in least))

    @staticmethod
    def _least(part: Part, level: str, limits: dict[str, int]) -> int:
        value = part.best.values[level]
        if level not in part.master.levels() or value == 0:
            return 0
        known = part.known_bound(level, limits)
        return known if known >= value else max(known, part.bound(level, limits))
