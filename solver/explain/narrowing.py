"""A problem in which most of a roster is a fact, so that only a part of it is solved anew."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from solver.data.problem import Fact, Lock, Problem, Task, Worker
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.explain.roster import Roster


def narrowed(
    problem: Problem,
    solution: Solution,
    *,
    open_workers: Collection[str] | None = None,
    open_days: Collection[int] | None = None,
    open_tasks: Collection[str] = (),
) -> Problem:
    """Return a problem in which everything of a roster outside the openings is a fact or a lock.

    Its levels count as those of the whole problem, but for what a reference asks of shifts that are
    facts now. A fact's break stays open, and so do crews; heads that lack stay open for whoever is
    there. :func:`solver.explain.restoring.restored` makes a roster of the whole problem of one of
    this. The only lead of closed workers on a shift stays on it, and so do the only others with
    whom one of them must be.

    Parameters
    ----------
    open_workers
        Whose shifts and tasks are open; everybody's by default.
    open_days
        Indices of the days on which they are; all by default. A shift belongs to the day on which
        it begins, and its tasks with it.
    open_tasks
        Tasks that are open whoever does them.
    """
    opening = _Opening(
        Roster(problem, solution),
        frozenset(problem.worker_by_id if open_workers is None else open_workers),
        frozenset(range(len(problem.days)) if open_days is None else open_days),
        frozenset(open_tasks),
    )
    return replace(
        problem,
        workers=tuple(opening.worker(worker) for worker in problem.workers),
        tasks=tuple(opening.task(task) for task in problem.tasks),
    )


class _Opening:
    def __init__(
        self,
        roster: Roster,
        workers: frozenset[str],
        days: frozenset[int],
        tasks: frozenset[str],
    ) -> None:
        self.roster = roster
        self.problem = roster.problem
        self.workers = workers
        self.days = days
        self.tasks = tasks
        self.needed = frozenset((*self._needed_leads(), *self._needed_others()))
        # A crew goes as a whole: with one of it open, what both do is open.
        self.crews = {
            (each.crew, each.shift)
            for each in roster.solution.shifts
            if each.crew is not None and self._is_open(each.worker, each.shift)
        }

    def worker(self, worker: Worker) -> Worker:
        """Return a worker whose closed shifts are facts."""
        by_id = self.problem.shift_by_id
        facts = [*worker.facts, *self._new_facts(worker)]
        offered = worker.shifts if worker.id in self.workers else ()
        return replace(
            worker,
            shifts=tuple(name for name in offered if by_id[name].day in self.days),
            facts=tuple(sorted(facts, key=lambda fact: fact.span)),
        )

    def _new_facts(self, worker: Worker) -> Iterator[Fact]:
        for name in self.roster.planned(worker.id):
            if not self._is_open(worker.id, name):
                shift = self.problem.shift_by_id[name]
                yield Fact(
                    id=f"{worker.id}/{name}",
                    day=shift.day,
                    parts=shift.parts,
                    counted_min=shift.counted_min.get(worker.rule_book, 0),
                    shift=name,
                    tags=shift.tags,
                )

    def task(self, task: Task) -> Task:
        """Return a task that is locked to the closed among those who do it."""
        if task.id in self.tasks:
            return task
        locks = [
            Lock(worker=placed.worker, start=placed.start)
            for placed in self.roster.heads.get(task.id, ())
            if not self._is_free(placed)
        ]
        return replace(task, locks=tuple(dict.fromkeys((*task.locks, *locks))))

    def _is_open(self, worker: str, shift: str) -> bool:
        return self._may_open(worker, shift) and (worker, shift) not in self.needed

    def _may_open(self, worker: str, shift: str) -> bool:
        return worker in self.workers and self.problem.shift_by_id[shift].day in self.days

    def _needed_leads(self) -> Iterator[tuple[str, str]]:
        """Yield one lead with the shift wherever closed workers would be without any."""
        for (_, shift), names in self.roster.members.items():
            closed = [name for name in names if not self._may_open(name, shift)]
            is_planned = any(shift not in self.roster.given[name] for name in closed)
            leads = {name for name in names if self.problem.worker_by_id[name].is_lead}
            if self.problem.team_needs_lead and is_planned and leads.isdisjoint(closed):
                yield from ((name, shift) for name in sorted(leads)[:1])

    def _needed_others(self) -> Iterator[tuple[str, str]]:
        """Yield one with whom a closed worker must be wherever nobody else closed is there."""
        for tie in self.roster.ties.faults({n: self._closed(n) for n in self.problem.worker_by_id}):
            there = [each for each in tie.less if each[1] in self.roster.planned(each[0])]
            yield from there[:1]

    def _closed(self, name: str) -> list[str]:
        return [shift for shift in self.roster.planned(name) if not self._may_open(name, shift)]

    def _is_free(self, placed: PlacedTask) -> bool:
        """Tell whether a task may be taken from its worker: on an open shift, or an open crew's."""
        worked = self._shift_of(placed)
        if worked is None:
            return placed.worker in self.workers
        return (
            self._is_open(placed.worker, worked.shift) or (worked.crew, worked.shift) in self.crews
        )

    def _shift_of(self, placed: PlacedTask) -> WorkedShift | None:
        for worked in self.roster.worked.get(placed.worker, {}).values():
            span = self.problem.shift_by_id[worked.shift].span
            if span.start <= placed.start < span.end:
                return worked
        return None
