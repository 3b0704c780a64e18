"""Where tasks at fixed times fit: the shifts that hold them, who can do them, what they exclude."""

from collections.abc import Collection
from dataclasses import dataclass

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.spans import Span
from solver.search.legality import away, overlaps
from solver.search.supply import conflict


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Tasks of which one worker, by a way of travelling, cannot do two.

    Parameters
    ----------
    at_once
        Those done at one moment, the largest sets.
    pairs
        One after the other, with the way between them too long.
    beside
        By task all those that it excludes.
    """

    at_once: list[tuple[str, ...]]
    pairs: list[tuple[str, str]]
    beside: dict[str, set[str]]

    def among(self, tasks: Collection[str]) -> "Exclusions":
        """Return what concerns some tasks."""
        wanted = frozenset(tasks)
        at_once = [clique for clique in self.at_once if not wanted.isdisjoint(clique)]
        pairs = [pair for pair in self.pairs if wanted.issuperset(pair)]
        return Exclusions(at_once, pairs, self.beside)


class FixedTasks:
    """Tasks of a problem, each at its earliest start.

    Attributes
    ----------
    inside
        By shift the tasks that it can hold.
    able
        By worker the tasks that he or she can do in some shift.
    days
        By task the day of each shift that can hold it.
    """

    def __init__(self, problem: Problem) -> None:
        self.inside = {
            shift.id: [task.id for task in problem.tasks if _holds(shift, task)]
            for shift in problem.shifts
        }
        self.days: dict[str, list[int]] = {task.id: [] for task in problem.tasks}
        for shift in problem.shifts:
            for task_id in self.inside[shift.id]:
                self.days[task_id].append(shift.day)
        self.able = {worker.id: _able(problem, worker) for worker in problem.workers}
        self._exclusions = {
            mode: _exclusions(problem, mode) for mode in {w.travel_mode for w in problem.workers}
        }

    def exclusions(self, worker: Worker) -> Exclusions:
        """Return which tasks a worker cannot do both of."""
        return self._exclusions[worker.travel_mode]


def _able(problem: Problem, worker: Worker) -> frozenset[str]:
    taken = list(away(worker))
    return frozenset(
        task.id
        for task in problem.tasks
        if worker.skills >= task.skills and not any(overlaps(_span(task), span) for span in taken)
    )


def _span(task: Task) -> Span:
    return Span(task.earliest_start, task.earliest_start + task.duration_min)


def _holds(shift: Shift, task: Task) -> bool:
    span = _span(task)
    return any(part.start <= span.start and span.end <= part.end for part in shift.open_parts)


def _exclusions(problem: Problem, mode: str) -> Exclusions:
    longest = max(problem.travel.get(mode, {}).values(), default=0)
    found = Exclusions([], [], {task.id: set() for task in problem.tasks})
    running: list[Task] = []
    # What takes no time comes before what begins with it, and so is not done at once with it.
    for task in sorted(problem.tasks, key=lambda task: (*_span(task), task.id)):
        start = task.earliest_start
        running = [t for t in running if _span(t).end + longest > start]
        now = [task.id]
        for other in running:
            if _span(other).end > start:
                now.append(other.id)
            elif conflict(problem, mode, (other, other.earliest_start), (task, start)):
                found.pairs.append((other.id, task.id))
            else:
                continue
            found.beside[task.id].add(other.id)
            found.beside[other.id].add(task.id)
        running.append(task)
        if found.at_once and set(found.at_once[-1]) <= set(now):
            found.at_once.pop()
        found.at_once.append(tuple(now))
    return found
