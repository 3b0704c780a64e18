"""Cuts a problem into parts that share no worker, team, task or demand."""

from collections import Counter
from dataclasses import dataclass, replace

from solver.data.problem import Problem, Task, Worker
from solver.data.spans import Span
from solver.search.legality import overlaps
from solver.search.patterns import given_shifts
from solver.search.relaxation import fits

_RARE = 100
"""A sort of task is rare when at most one task in so many is of it."""


class _Sets:
    """Disjoint sets of names."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        """Return the name that stands for the set of a name."""
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, one: str, two: str) -> None:
        """Make two sets one."""
        self._parent[self.root(two)] = self.root(one)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a problem to be solved apart.

    Parameters
    ----------
    shared
        Ids of tasks that workers of other parts could do as well. A bound must leave them out.
    """

    problem: Problem
    shared: frozenset[str]


def split(problem: Problem) -> list[Piece]:
    """Return the parts, largest first; tasks and demands that nobody serves are one of them.

    A few tasks of a rare sort do not tie large parts together: each goes to the part that has most
    workers for it.
    """
    sets, known = _Sets(), _Reach(problem)
    for worker in problem.workers:
        if worker.team is not None:
            sets.join(f"team {worker.team}", f"worker {worker.id}")
    able: dict[str, list[str]] = {}
    for demand in problem.demands:
        able[f"demand {demand.id}"] = [w.id for w in problem.workers if w.skills >= demand.skills]
    for task in problem.tasks:
        able[f"task {task.id}"] = [w.id for w in problem.workers if known.may_do(w, task)]
    sorts = Counter((task.skills, task.is_crew) for task in problem.tasks)
    most_rare = max(1, len(problem.tasks) // _RARE)
    rare = {
        f"task {task.id}"
        for task in problem.tasks
        if sorts[task.skills, task.is_crew] <= most_rare and not task.locks
    }
    for name, workers in able.items():
        if name not in rare:
            for worker in workers:
                sets.join(name, f"worker {worker}")
    shared = set()
    for name in sorted(rare):
        homes = Counter(sets.root(f"worker {worker}") for worker in able[name])
        if homes:
            sets.join(homes.most_common(1)[0][0], name)
        if len(homes) > 1:
            shared.add(name.removeprefix("task "))
    homes_of = {name: sets.root(name) if workers else "nobody" for name, workers in able.items()}
    homes_of |= {f"worker {w.id}": sets.root(f"worker {w.id}") for w in problem.workers}
    pieces = []
    for home in dict.fromkeys(homes_of.values()):
        tasks = tuple(t for t in problem.tasks if homes_of[f"task {t.id}"] == home)
        part = replace(
            problem,
            workers=tuple(w for w in problem.workers if homes_of[f"worker {w.id}"] == home),
            tasks=tasks,
            demands=tuple(d for d in problem.demands if homes_of[f"demand {d.id}"] == home),
        )
        pieces.append(Piece(part, frozenset(t.id for t in tasks if t.id in shared)))
    return sorted(pieces, key=lambda p: -len(p.problem.workers) - len(p.problem.tasks))


class _Reach:
    """Which workers may ever do which tasks."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._known: dict[tuple[object, ...], bool] = {}

    def may_do(self, worker: Worker, task: Task) -> bool:
        """Return whether a worker has the skills and some shift for a task, or a lock."""
        if any(lock.worker == worker.id for lock in task.locks):
            return True
        if not worker.skills >= task.skills:
            return False
        given = tuple(shift.id for shift in given_shifts(self.problem, worker))
        key = (worker.shifts, given, task.id)
        if key not in self._known:
            reach = Span(task.earliest_start, task.latest_start + max(1, task.duration_min))
            shifts = (self.problem.shift_by_id[n] for n in dict.fromkeys((*worker.shifts, *given)))
            self._known[key] = any(
                overlaps(shift.span, reach) and fits(shift, task) for shift in shifts
            )
        return self._known[key]
