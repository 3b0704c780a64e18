"""Cuts a problem into parts that share no worker, team, pairing, task or demand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from solver.data.problem import Problem, Reference, Task, Worker
from solver.search.leads import given_shifts
from solver.search.supply import fits

_RARE = 100
"""A sort of task is rare when at most one task in so many is of it."""

_FEW = 20
"""Rare tasks are few when at most one task in so many is rare. Where more are, nearly every task is
of a sort of its own, and to give each a home would part workers who share all they can do."""

_LARGE = 5
"""Workers from which on a part is large."""


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
    sets, able = _Sets(), _who_may(problem)
    for worker in problem.workers:
        if worker.team is not None:
            sets.join(f"team {worker.team}", f"worker {worker.id}")
    rare = _rare_tasks(problem)
    for linked in problem.linked_tasks.values():
        for task in linked:
            sets.join(f"task {linked[0].id}", f"task {task.id}")
    for pairing in problem.pairings:
        for name in pairing.everybody:
            sets.join(f"worker {pairing.everybody[0]}", f"worker {name}")
    for name, workers in able.items():
        for one in workers if name not in rare else ():
            sets.join(name, f"worker {one}")
    shared = {name for name in sorted(rare) if _is_shared(sets, name, able[name], problem)}
    homes = {name: sets.root(name) if workers else "nobody" for name, workers in able.items()}
    homes |= {f"worker {w.id}": sets.root(f"worker {w.id}") for w in problem.workers}
    pieces = []
    for home in dict.fromkeys(homes.values()):
        tasks = tuple(t for t in problem.tasks if homes[f"task {t.id}"] == home)
        members = tuple(w for w in problem.workers if homes[f"worker {w.id}"] == home)
        part = replace(
            problem,
            workers=members,
            tasks=tasks,
            reference=_narrowed(problem.reference, members, tasks),
            pairings=tuple(
                p for p in problem.pairings if homes[f"worker {p.everybody[0]}"] == home
            ),
            demands=tuple(d for d in problem.demands if homes[f"demand {d.id}"] == home),
        )
        mine = frozenset(task.id for task in tasks if f"task {task.id}" in shared)
        pieces.append(Piece(part, mine))
    return sorted(pieces, key=lambda p: -len(p.problem.workers) - len(p.problem.tasks))


def own_problem(piece: Piece) -> Problem:
    """Return a part's problem with the tasks that no other part can do."""
    problem = piece.problem
    tasks = tuple(task for task in problem.tasks if task.id not in piece.shared)
    return replace(
        problem, tasks=tasks, reference=_narrowed(problem.reference, problem.workers, tasks)
    )


def _narrowed(
    reference: Reference | None, workers: Sequence[Worker], tasks: Sequence[Task]
) -> Reference | None:
    """Return what a reference says of some tasks and their workers."""
    if reference is None:
        return None
    names, ids = {worker.id for worker in workers}, {task.id for task in tasks}
    return replace(
        reference,
        shifts=tuple(pair for pair in reference.shifts if pair[0] in names),
        tasks=tuple(
            (task, name) for task, name in reference.tasks if task in ids and name in names
        ),
    )


def _who_may(problem: Problem) -> dict[str, tuple[str, ...]]:
    """Return the workers who may ever serve each demand and task."""
    known = _Reach(problem)
    able = {
        f"demand {demand.id}": tuple(w.id for w in problem.workers if w.skills >= demand.skills)
        for demand in problem.demands
    }
    return able | {f"task {task.id}": known.who_may(task) for task in problem.tasks}


def _rare_tasks(problem: Problem) -> set[str]:
    sorts = Counter((task.skills, task.is_crew) for task in problem.tasks)
    rare = {
        f"task {task.id}"
        for task in problem.tasks
        if sorts[task.skills, task.is_crew] <= len(problem.tasks) // _RARE
        and not task.locks
        and task.link is None
    }
    return rare if len(rare) <= len(problem.tasks) // _FEW else set()


def _is_shared(sets: _Sets, name: str, workers: Sequence[str], problem: Problem) -> bool:
    """Give a rare task to a large part, true if others could do it; else tie its parts."""
    sizes = Counter(sets.root(f"worker {worker.id}") for worker in problem.workers)
    homes = Counter(sets.root(f"worker {worker}") for worker in workers)
    large = [home for home, _ in homes.most_common() if sizes[home] >= _LARGE]
    if len(large) < 2:
        for worker in workers:
            sets.join(name, f"worker {worker}")
        return False
    sets.join(large[0], name)
    return True


class _Reach:
    """Which workers may ever do which tasks; those of a kind have the same skills and shifts."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._kinds: dict[tuple[frozenset[str], tuple[str, ...]], int] = {}
        self._kind_of: dict[str, int] = {}
        for worker in problem.workers:
            given = (shift.id for shift in given_shifts(problem, worker))
            kind = (worker.skills, tuple(dict.fromkeys((*worker.shifts, *given))))
            self._kind_of[worker.id] = self._kinds.setdefault(kind, len(self._kinds))

    def who_may(self, task: Task) -> tuple[str, ...]:
        """Return the workers with the skills and some shift for a task, or a lock."""
        first, end = task.window
        does_fit: dict[str, bool] = {}
        kinds = set()
        for number, (skills, shifts) in enumerate(self._kinds):
            if not skills >= task.skills:
                continue
            for name in shifts:
                if name not in does_fit:
                    shift = self.problem.shift_by_id[name]
                    # What takes no time may lie where a shift ends, so touching is enough.
                    is_near = shift.span.start <= end and first <= shift.span.end
                    does_fit[name] = is_near and fits(shift, task)
                if does_fit[name]:
                    kinds.add(number)
                    break
        locked = {lock.worker for lock in task.locks}
        return tuple(
            name for name, kind in self._kind_of.items() if kind in kinds or name in locked
        )
