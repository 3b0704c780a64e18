"""A roster being changed step by step, crews and heads kept whole."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from solver.data.pairings import APART, LINKED, TOGETHER
from solver.data.problem import Lock, Shift, Task
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.explain.changes import Change
from solver.explain.roster import Roster

_Item = TypeVar("_Item", WorkedShift, PlacedTask)

NO_LEAD = "no-lead"
"""Code: those of a team who begin a shift would be without a lead."""

SHARED = frozenset({NO_LEAD, APART, TOGETHER})
"""Codes of what several workers break together."""


class Draft:
    """Changes of a roster, made one after the other; the roster stays as it is.

    What is given or locked is never taken out: the caller asks :meth:`can_leave` and
    :meth:`is_locked` first.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self._worked: dict[str, dict[str, WorkedShift]] = {}
        self._placed: dict[str, list[PlacedTask]] = {}

    def copy(self) -> "Draft":
        """Return a draft that goes on from here by itself."""
        other = Draft(self.roster)
        other._worked = {name: dict(mine) for name, mine in self._worked.items()}
        other._placed = {name: list(mine) for name, mine in self._placed.items()}
        return other

    def worked(self, worker: str) -> Mapping[str, WorkedShift]:
        """Return a worker's shifts by id."""
        if worker in self._worked:
            return self._worked[worker]
        return self.roster.worked.get(worker, {})

    def placed(self, worker: str) -> Sequence[PlacedTask]:
        """Return a worker's tasks."""
        if worker in self._placed:
            return self._placed[worker]
        return self.roster.placed.get(worker, ())

    def heads(self, task: str) -> list[PlacedTask]:
        """Return who does a task."""
        untouched = [p for p in self.roster.heads.get(task, ()) if p.worker not in self._placed]
        return untouched + [p for mine in self._placed.values() for p in mine if p.task == task]

    def missing(self, task: Task) -> int:
        """Return how many heads a task lacks; 0 or more."""
        return max(0, task.heads - len(self.heads(task.id)))

    def planned(self, worker: str) -> tuple[str, ...]:
        """Return the ids of a worker's shifts that are no facts, sorted."""
        return tuple(sorted(self.worked(worker).keys() - self.roster.given[worker]))

    def crew(self, worker: str, shift: str) -> tuple[str, ...]:
        """Return who keeps together with a worker on a shift, the worker first."""
        worked = self.worked(worker).get(shift)
        if worked is None or worked.crew is None:
            return (worker,)
        known = self.roster.crews.get((worked.crew, shift), ())
        others = {*known, *self._worked} - {worker}
        mates = [
            name
            for name in sorted(others)
            if (mate := self.worked(name).get(shift)) is not None and mate.crew == worked.crew
        ]
        return (worker, *mates)

    def shift_of(self, placed: PlacedTask) -> Shift | None:
        """Return the shift of its worker in which a task begins."""
        for name in self.worked(placed.worker):
            shift = self.problem.shift_by_id[name]
            if shift.span.start <= placed.start < shift.span.end:
                return shift
        return None

    def inside(self, worker: str, shift: Shift) -> list[PlacedTask]:
        """Return the worker's tasks that begin in a shift."""
        span = shift.span
        return [each for each in self.placed(worker) if span.start <= each.start < span.end]

    def is_locked(self, placed: PlacedTask) -> bool:
        """Tell whether a task was given to its worker beforehand."""
        task = self.problem.task_by_id[placed.task]
        return bool(task.locks) and Lock(worker=placed.worker, start=placed.start) in task.locks

    def can_leave(self, worker: str, shift: str) -> bool:
        """Tell whether a shift is planned and nothing in it is locked to its worker."""
        if shift in self.roster.given[worker]:
            return False
        tasks = self.inside(worker, self.problem.shift_by_id[shift])
        return not any(self.is_locked(placed) for placed in tasks)

    def _shifts(self, worker: str) -> dict[str, WorkedShift]:
        if worker not in self._worked:
            self._worked[worker] = dict(self.roster.worked.get(worker, {}))
        return self._worked[worker]

    def _tasks(self, worker: str) -> list[PlacedTask]:
        if worker not in self._placed:
            self._placed[worker] = list(self.roster.placed.get(worker, ()))
        return self._placed[worker]

    def drop(self, placed: PlacedTask) -> list[PlacedTask]:
        """Take a task from its worker and, of a crew, from the mate; return what was taken."""
        shift = self.shift_of(placed)
        workers = self.crew(placed.worker, shift.id) if shift else (placed.worker,)
        taken = []
        for name in workers:
            each = PlacedTask(task=placed.task, worker=name, start=placed.start)
            if each in self.placed(name) and not self.is_locked(each):
                self._tasks(name).remove(each)
                taken.append(each)
        return taken

    def part(self, worker: str, shift: str) -> list[PlacedTask]:
        """Dissolve the worker's crew on a shift; return what was taken from anybody.

        Tasks that only crews do, and the worker's part in what one of the two is enough for.
        """
        members = self.crew(worker, shift)
        taken: list[PlacedTask] = []
        if len(members) < 2:
            return taken
        for placed in self.inside(worker, self.problem.shift_by_id[shift]):
            task = self.problem.task_by_id[placed.task]
            if task.is_crew:
                taken += self.drop(placed)
            elif len(self.heads(task.id)) > task.heads and not self.is_locked(placed):
                self._tasks(worker).remove(placed)
                taken.append(placed)
        for name in members:
            mine = self._shifts(name)
            mine[shift] = WorkedShift(worker=name, shift=shift, breaks=mine[shift].breaks)
        return taken

    def relieve(self, worker: str, shift: str) -> list[PlacedTask]:
        """Take from a worker all tasks in a shift that may be; return what was taken from anybody.

        A crew is dissolved for it, unless something is locked to it.
        """
        tasks = self.inside(worker, self.problem.shift_by_id[shift])
        if not any(self.is_locked(placed) for placed in tasks):
            taken = self.part(worker, shift)
            return taken + [
                gone
                for placed in self.inside(worker, self.problem.shift_by_id[shift])
                for gone in self.drop(placed)
            ]
        return [gone for placed in tasks for gone in self.drop(placed)]

    def take_off(self, worker: str, shift: str) -> list[PlacedTask]:
        """Take a shift from a worker with the tasks in it; return what was taken from anybody."""
        taken = self.part(worker, shift)
        for placed in self.inside(worker, self.problem.shift_by_id[shift]):
            self._tasks(worker).remove(placed)
            taken.append(placed)
        del self._shifts(worker)[shift]
        return taken

    def give(self, workers: Sequence[str], shift: str, breaks: tuple[Span, ...]) -> None:
        """Give a shift to a worker, or to two as a crew; one of the two may have it already."""
        crew = "+".join((shift, *sorted(workers))) if len(workers) > 1 else None
        for name in workers:
            self._shifts(name)[shift] = WorkedShift(
                worker=name, shift=shift, breaks=breaks, crew=crew
            )

    def rest(self, worker: str, shift: str, pause: Span) -> None:
        """Move the break of a worker and, of a crew, of the mate."""
        for name in self.crew(worker, shift):
            crew = self.worked(name)[shift].crew
            self._shifts(name)[shift] = WorkedShift(
                worker=name, shift=shift, breaks=(pause,), crew=crew
            )

    def put(self, task: str, workers: Iterable[str], start: int) -> None:
        """Give a task to workers."""
        for name in workers:
            self._tasks(name).append(PlacedTask(task=task, worker=name, start=start))

    @property
    def change(self) -> Change:
        """All that is changed so far."""
        tasks_out, tasks_in = [], []
        for name, tasks in self._placed.items():
            gone, more = _apart(self.roster.placed.get(name, ()), tasks)
            tasks_out += gone
            tasks_in += more
        return replace(self.shift_change, tasks_out=tuple(tasks_out), tasks_in=tuple(tasks_in))

    @property
    def shift_change(self) -> Change:
        """The shifts that are changed so far, without the tasks."""
        shifts_out, shifts_in = [], []
        for name, mine in self._worked.items():
            out, new = _apart(self.roster.worked.get(name, {}).values(), mine.values())
            shifts_out += out
            shifts_in += new
        return Change(shifts_out=tuple(shifts_out), shifts_in=tuple(shifts_in))

    def broken(self) -> dict[str, frozenset[str]]:
        """Return the rules that the changed shifts of each worker break, by code."""
        found: dict[str, frozenset[str]] = {}
        for name in self._worked:
            planned = self.planned(name)
            if planned != self.roster.planned(name):
                codes = self.roster.breaches(name, planned)
                if codes:
                    found[name] = codes
        for name in self._without_lead():
            found[name] = found.get(name, frozenset()) | {NO_LEAD}
        for name, codes in self.roster.untied({n: self.planned(n) for n in self._worked}).items():
            found[name] = found.get(name, frozenset()) | codes
        for name in self._linked_to_others():
            found[name] = found.get(name, frozenset()) | {LINKED}
        return found

    def breaks_link(self, task: Task, workers: Iterable[str]) -> bool:
        """Tell whether workers may not do a task because others do what is linked to it."""
        link = self.roster.hard_links.get(task.link or "")
        if link is None:
            return False
        doers = self._doers(link.id)
        return len(doers.union(workers)) > max(link.most, len(doers))

    def _doers(self, link: str) -> set[str]:
        """Return who does tasks of a link."""
        tasks = self.problem.linked_tasks.get(link, ())
        return {placed.worker for task in tasks for placed in self.heads(task.id)}

    def _linked_to_others(self) -> Iterator[str]:
        """Yield who does a task of a hard link that more do than may, and before did none."""
        for link in self.roster.hard_links.values():
            before = self.roster.doers.get(link.id, set())
            doers = self._doers(link.id) if self._placed else before
            if len(doers) > max(link.most, len(before)):
                yield from sorted(doers - before)

    def _without_lead(self) -> Iterator[str]:
        """Yield who changes a group of a team and shift that then has no lead."""
        if not self.problem.team_needs_lead:
            return
        for name in self._worked:
            team = self.problem.worker_by_id[name].team
            changed = self.worked(name).keys() ^ self.roster.worked.get(name, {}).keys()
            if team is None:
                continue
            if any(self._lacks_lead(team, shift) for shift in changed):
                yield name

    def _lacks_lead(self, team: str, shift: str) -> bool:
        names = {n for n in self.roster.members.get((team, shift), ()) if n not in self._worked}
        for name in self._worked:
            if self.problem.worker_by_id[name].team == team and shift in self.worked(name):
                names.add(name)
        return (
            bool(names)
            and not any(self.problem.worker_by_id[name].is_lead for name in names)
            and not all(shift in self.roster.given[name] for name in names)
        )


def _apart(before: Collection[_Item], after: Collection[_Item]) -> tuple[list[_Item], list[_Item]]:
    """Return what only the first has and what only the second has."""
    # Nearly everything is the very same object, and comparing those by value is slow.
    kept = {id(item) for item in before} & {id(item) for item in after}
    out = [item for item in before if id(item) not in kept]
    new = [item for item in after if id(item) not in kept]
    if out and new:
        return [item for item in out if item not in new], [item for item in new if item not in out]
    return out, new
