"""Shifts taken one worker after the other, for problems too large for anything better in time."""

from collections import Counter
from collections.abc import Callable

from solver.data.problem import Problem, Task, Worker
from solver.search.mending import mended
from solver.search.patterns import Pattern, Patterns
from solver.search.supply import fits, heads_open

_STEP = 1000.0
"""Weight of a level to that of the next one below."""


def greedy(
    problem: Problem, patterns: Patterns, should_stop: Callable[[], bool]
) -> dict[str, Pattern]:
    """Return legal patterns of all open workers, each worth most for what those before it leave.

    A shift is worth the tasks that there is time for in it; ways and demands are not looked at.
    When told to stop, all others take their simplest.
    """
    serving = _Serving(problem, patterns)
    found: dict[str, Pattern] = {}
    workers = [problem.worker_by_id[name] for name in patterns.open_workers]
    for worker in sorted(workers, key=lambda each: (not each.is_lead, each.id)):
        found[worker.id] = (
            patterns.simplest[worker.id] if should_stop() else serving.next_pattern(worker)
        )
    return mended(problem, patterns, found)


class _Serving:
    """Counts the heads that tasks still want."""

    def __init__(self, problem: Problem, patterns: Patterns) -> None:
        self._problem = problem
        self._patterns = patterns
        self._weights = {level: _STEP**-rank for rank, level in enumerate(problem.levels)}
        self._left = Counter({task.id: heads_open(task) for task in problem.tasks})
        self._ranked = sorted(
            problem.tasks, key=lambda task: -self._worth(task) / (task.duration_min or 1)
        )
        self._held: dict[str, list[Task]] = {}

    def _worth(self, task: Task) -> float:
        return self._weights[task.level] * task.missing_points

    def next_pattern(self, worker: Worker) -> Pattern:
        """Return the pattern worth most for a worker, and count what it serves as done."""
        served = {shift: self._served(worker, shift) for shift in self._patterns.reached(worker.id)}
        prices = self._patterns.prices()
        group, row = self._patterns.place[worker.id]
        prices[group][row] = [
            sum(map(self._worth, served.get(shift, ())))
            for shift in self._patterns.group_shifts[group]
        ]
        offers = self._patterns.cheapest(self._weights, prices, only=(worker.id,))
        if not offers.found:
            return self._patterns.simplest[worker.id]
        pattern = offers.found[0].pattern
        for shift in pattern:
            self._left.subtract(task.id for task in served[shift])
        return pattern

    def _served(self, worker: Worker, shift: str) -> list[Task]:
        """Return tasks for which there is time in a shift, those worth most a minute first."""
        mine = self._problem.shift_by_id[shift]
        if shift not in self._held:
            self._held[shift] = [task for task in self._ranked if fits(mine, task)]
        self._held[shift] = [task for task in self._held[shift] if self._left[task.id] > 0]
        left_min = mine.span.length - mine.break_min
        found: list[Task] = []
        for task in self._held[shift]:
            if task.duration_min <= left_min and worker.skills >= task.skills:
                found.append(task)
                left_min -= task.duration_min
        return found
