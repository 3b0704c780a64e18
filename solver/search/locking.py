"""Lets patterns keep the tasks that are locked to workers, as far as all can do so at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.spans import Span
from solver.search.leads import given_leads
from solver.search.legality import break_starts, overlaps
from solver.search.pricing import Pricing
from solver.search.ties import Has, Ties

if TYPE_CHECKING:
    from solver.search.options import Bools

Pattern = tuple[str, ...]
"""Ids of the planned shifts of one worker, by start."""


class Locking:
    """Takes from workers the options that leave a locked task out, unless all do.

    A task may be kept by a shift that its worker may not have alone: without a lead, or without
    somebody to be together with. Then others take it too, if they can; if nobody can, the task is
    kept in no shift.

    Parameters
    ----------
    groups, place
        Of workers priced together, and where each stands.
    pattern_of
        By group and choices of options the pattern.

    Attributes
    ----------
    simplest
        By worker the fewest shifts that keep its locked tasks and let others keep theirs.
    """

    def __init__(
        self,
        problem: Problem,
        ties: Ties,
        groups: Sequence[Pricing],
        place: Mapping[str, tuple[int, int]],
        pattern_of: Callable[[int, Iterable[int]], Pattern],
    ) -> None:
        self._problem = problem
        self._ties = ties
        self._groups = groups
        self._place = place
        self._pattern_of = pattern_of
        self._given_leads = given_leads(problem)
        self._before: dict[tuple[str, int], Bools] = {}
        self.simplest: dict[str, Pattern] = {worker.id: () for worker in problem.workers}
        locked = [(lock.worker, task, lock.start) for task in problem.tasks for lock in task.locks]
        for name, task, start in locked:
            if name in place:
                self._keep(name, task, start)
        for name in sorted({name for name, _, _ in locked} & place.keys()):
            self.simplest[name] = self._fewest(name) or ()
        self._agree()

    def _keep(self, name: str, task: Task, start: int) -> None:
        """Allow only options that cover a locked task on one day, if some pattern has one."""
        worker = self._problem.worker_by_id[name]
        span = Span(start, start + task.duration_min)
        for number, day in enumerate(self._days(name)):
            covers = [any(self._can_hold(worker, s, span) for s in option) for option in day]
            if self._restrict(name, number, covers):
                return

    def _days(self, name: str) -> list[list[tuple[Shift, ...]]]:
        """Return by day the options of a worker."""
        g, _ = self._place[name]
        return [list(day.options) for day in self._groups[g].options.days]

    def _restrict(self, name: str, number: int, wanted: Sequence[bool]) -> bool:
        """Allow only some options of a day if some pattern has one; return whether it is so."""
        g, at = self._place[name]
        allowed = self._groups[g].options.days[number].allowed
        before = allowed[at].copy()
        allowed[at] &= np.array(wanted, bool)
        if allowed[at].any() and self._fewest(name) is not None:
            self._before.setdefault((name, number), before)
            return True
        allowed[at] = before
        return False

    def _fewest(self, name: str) -> Pattern | None:
        """Return the fewest shifts that a worker may have; nothing when no pattern is legal."""
        g, at = self._place[name]
        group = self._groups[g]
        prices = np.full((len(group.workers), len(group.options.shifts)), -1.0)
        found = group.best({}, prices, only=np.arange(len(group.workers)) == at)
        return self._pattern_of(g, found.choices[0]) if len(found.workers) else None

    def _can_hold(self, worker: Worker, shift: Shift, span: Span) -> bool:
        """Return whether a locked task may lie in a shift: with its break beside it, and a lead."""
        if not any(p.start <= span.start and span.end <= p.end for p in shift.open_parts):
            return False
        rules = self._problem.rule_book_by_id[worker.rule_book].rules
        places = break_starts(shift, rules, 1)
        if shift.break_min and not any(
            not overlaps(Span(at, at + shift.break_min), span) for at in places
        ):
            return False
        if worker.team is None or worker.is_lead or not self._problem.team_needs_lead:
            return True
        return (worker.team, shift.id) in self._given_leads or any(
            other.team == worker.team and other.is_lead and shift.id in other.shifts
            for other in self._problem.workers
        )

    # All at once ---------------------------------------------------------------------------------

    def _agree(self) -> None:
        """Let others take the shifts that locked ones may not have without, or give tasks up."""
        tried: set[Has] = set()
        while (fault := self._fault()) is not None:
            has, helpers = fault
            left = [each for each in helpers if each not in tried]
            if left:
                tried.add(left[0])
                self._take_too(*left[0])
            else:
                self._give_up(*has)

    def _fault(self) -> tuple[Has, list[Has]] | None:
        """Return a shift that its worker may not have so, and what others would have to have."""
        for name, shift in self._unled():
            team = self._problem.worker_by_id[name].team
            leads = [w.id for w in self._problem.workers if w.is_lead and w.team == team]
            return (name, shift), [(lead, shift) for lead in leads if lead in self._place]
        for tie in self._ties.faults(self.simplest):
            has = next(each for each in reversed(tie.more) if each[1] in self.simplest[each[0]])
            return has, [each for each in tie.less if each[0] in self._place]
        return None

    def _unled(self) -> Iterable[Has]:
        if not self._problem.team_needs_lead:
            return
        led = {
            (worker.team, shift)
            for worker in self._problem.workers
            if worker.is_lead
            for shift in self.simplest[worker.id]
        }
        for worker in self._problem.workers:
            for shift in self.simplest[worker.id] if worker.team is not None else ():
                if (worker.team, shift) not in led | self._given_leads:
                    yield worker.id, shift

    def _take_too(self, name: str, shift: str) -> None:
        """Give a shift to a worker who can have it too, without taking other options away."""
        g, at = self._place[name]
        for number, day in enumerate(self._days(name)):
            allowed = self._groups[g].options.days[number].allowed
            before = allowed[at].copy()
            allowed[at] &= np.array([any(s.id == shift for s in option) for option in day])
            found = self._fewest(name) if allowed[at].any() else None
            allowed[at] = before
            if found is not None:
                self.simplest[name] = found

    def _give_up(self, name: str, shift: str) -> None:
        """Let a worker do without a shift, whatever is locked to be done on it."""
        g, at = self._place[name]
        number = next(
            number
            for number, day in enumerate(self._days(name))
            if any(s.id == shift for option in day for s in option)
        )
        allowed = self._groups[g].options.days[number].allowed
        allowed[at] = self._before.get((name, number), allowed[at])
        without = [all(s.id != shift for s in option) for option in self._days(name)[number]]
        before = allowed[at].copy()
        allowed[at] &= np.array(without)
        found = self._fewest(name) if allowed[at].any() else None
        allowed[at] = before
        left = tuple(each for each in self.simplest[name] if each != shift)
        self.simplest[name] = left if found is None else found
