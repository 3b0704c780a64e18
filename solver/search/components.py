"""Cuts a problem into parts that share no worker, team, task or demand."""

from dataclasses import replace

from solver.data.problem import Problem, Task, Worker
from solver.data.spans import Span
from solver.search.legality import overlaps
from solver.search.patterns import given_shifts
from solver.search.relaxation import fits


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


def split(problem: Problem) -> list[Problem]:
    """Return the parts, largest first; tasks and demands that nobody serves are one of them."""
    sets = _Sets()
    for worker in problem.workers:
        me = f"worker {worker.id}"
        if worker.team is not None:
            sets.join(f"team {worker.team}", me)
        for demand in problem.demands:
            if worker.skills >= demand.skills:
                sets.join(f"demand {demand.id}", me)
    served = {f"demand {d.id}" for d in problem.demands for w in problem.workers if w.skills >= d.skills}
    known: dict[tuple[object, ...], bool] = {}
    for task in problem.tasks:
        for worker in problem.workers:
            if _may_do(problem, worker, task, known):
                served.add(f"task {task.id}")
                sets.join(f"task {task.id}", f"worker {worker.id}")
    parts: dict[str, dict[str, list[object]]] = {}
    for kind, items in (
        ("worker", problem.workers),
        ("task", problem.tasks),
        ("demand", problem.demands),
    ):
        for item in items:
            name = f"{kind} {item.id}"
            is_served = kind == "worker" or name in served
            part = parts.setdefault(sets.root(name) if is_served else "nobody", {})
            part.setdefault(kind, []).append(item)
    found = [
        replace(
            problem,
            workers=tuple(part.get("worker", ())),  # type: ignore[arg-type]
            tasks=tuple(part.get("task", ())),  # type: ignore[arg-type]
            demands=tuple(part.get("demand", ())),  # type: ignore[arg-type]
        )
        for part in parts.values()
    ]
    return sorted(found, key=lambda part: -len(part.workers) - len(part.tasks))


def _may_do(
    problem: Problem, worker: Worker, task: Task, known: dict[tuple[object, ...], bool]
) -> bool:
    if any(lock.worker == worker.id for lock in task.locks):
        return True
    if not worker.skills >= task.skills:
        return False
    given = tuple(shift.id for shift in given_shifts(problem, worker))
    key = (worker.shifts, given, task.id)
    if key not in known:
        names = dict.fromkeys((*worker.shifts, *given))
        known[key] = any(
            overlaps(shift.span, _reach(task)) and fits(shift, task)
            for name in names
            if (shift := problem.shift_by_id[name])
        )
    return known[key]


def _reach(task: Task) -> Span:
    return Span(task.earliest_start, task.latest_start + max(1, task.duration_min))
