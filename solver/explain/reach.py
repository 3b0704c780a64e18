"""Who could be somewhere in any legal roster at all: what proves that nobody can."""

from collections import Counter
from collections.abc import Iterable, Mapping

from solver.data.problem import Demand, Shift, Task, Worker
from solver.data.rules import ForbiddenSequence
from solver.data.spans import Span
from solver.explain.roster import Roster
from solver.search.legality import away, overlaps
from solver.search.supply import conflict, fits

_MENDED_BY_MORE = frozenset({"too-few-days", "too-few-days-off", "split-weekend"})
"""Codes of what is broken for want of work on another day."""


class Reach:
    """Counts the workers who could be there, each with a legal roster of their own, or more.

    A worker reaches a shift that is a fact, or one that is offered and, beside the facts alone,
    breaks nothing that it would break beside more planned shifts too.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self._leads: dict[tuple[str, str], bool] = {}
        self._mended: dict[str, frozenset[str]] = {}
        self._workers: dict[str, dict[str, list[str]]] = {}

    def most_heads(self, task: Task) -> int:
        """Return how many heads could ever do a task beyond those who are locked to it."""
        locked = {lock.worker for lock in task.locks}
        reaching = {
            name: shifts for name, shifts in self.workers(task).items() if name not in locked
        }
        return self._in_pairs(reaching) if task.is_crew else len(reaching)

    def workers(self, task: Task) -> dict[str, list[str]]:
        """Return who could do a task, each with the shifts in which; locked ones always could."""
        if task.id not in self._workers:
            fitting = self._fitting(task)
            found = {lock.worker: list[str]() for lock in task.locks}
            for worker in self.roster.skilled(task.skills):
                shifts = self.shifts(worker, fitting)
                names = [name for name in shifts if self._can(worker, task, fitting[name])]
                if names:
                    found[worker.id] = names
            self._workers[task.id] = found
        return self._workers[task.id]

    def _fitting(self, task: Task) -> dict[str, Shift]:
        """Return the shifts in whose open time a task can lie, one of no length at its end too."""
        if task.duration_min:
            return self.roster.fitting(task)
        return {shift.id: shift for shift in self.problem.shifts if fits(shift, task)}

    def most_at_work(self, demand: Demand, quarter: Span) -> int:
        """Return how many could ever be at work throughout a quarter, or a larger number."""
        return min(self._most_at(demand, minute) for minute in {quarter.start, quarter.end - 1})

    def shifts(self, worker: Worker, among: Mapping[str, Shift]) -> list[str]:
        """Return which of some shifts a worker could have in a legal roster."""
        given = self.roster.given[worker.id]
        return [
            name
            for name in dict.fromkeys((*given, *worker.shifts))
            if name in among and (name in given or self._is_legal(worker, name))
        ]

    def _is_legal(self, worker: Worker, shift: str) -> bool:
        if not self._can_stand(worker, shift):
            return False
        if worker.team is None or worker.is_lead or not self.problem.team_needs_lead:
            return True
        return self._has_lead(worker.team, shift)

    def _can_stand(self, worker: Worker, shift: str) -> bool:
        """Tell whether a shift breaks nothing that stays broken whatever else is planned."""
        return self.roster.breaches_with(worker.id, (), shift) <= self._mended_by_more(worker)

    def _mended_by_more(self, worker: Worker) -> frozenset[str]:
        """Return the codes of a worker's breaches that more planned shifts may mend."""
        book = worker.rule_book
        if book not in self._mended:
            rules = self.roster.rules_of(worker)
            has_days_off = any(isinstance(r, ForbiddenSequence) and r.has_days_off for r in rules)
            more = {"forbidden-sequence"} if has_days_off else frozenset[str]()
            self._mended[book] = _MENDED_BY_MORE | more
        return self._mended[book]

    def _has_lead(self, team: str, shift: str) -> bool:
        """Tell whether some lead of a team could begin a shift."""
        key = (team, shift)
        if key not in self._leads:
            self._leads[key] = any(
                shift in self.roster.given[other.id]
                or (shift in other.shifts and self._can_stand(other, shift))
                for other in self.problem.workers
                if other.team == team and other.is_lead
            )
        return self._leads[key]

    def _can(self, worker: Worker, task: Task, shift: Shift) -> bool:
        """Tell whether a task has a start in a shift beside what is locked to the worker."""
        locked = self.roster.locked.get(worker.id, ())
        gone = away(worker)
        if not locked:
            return not gone or fits(shift, task, gone)
        return any(
            any(p.start <= start and start + task.duration_min <= p.end for p in shift.open_parts)
            and not any(overlaps(Span(start, start + task.duration_min), span) for span in gone)
            and not any(
                conflict(self.problem, worker.travel_mode, (task, start), other) for other in locked
            )
            for start in task.starts
        )

    def _in_pairs(self, reaching: Mapping[str, Iterable[str]]) -> int:
        """Return how many of those who reach a task could be in crews of one team on one shift."""
        pairs: Counter[tuple[str, str]] = Counter()
        team_of = {name: self.problem.worker_by_id[name].team for name in reaching}
        for name, shifts in reaching.items():
            team = team_of[name]
            if team is not None:
                pairs.update((team, shift) for shift in shifts)
        in_team = Counter(
            team
            for name, team in team_of.items()
            if team is not None and any(pairs[team, shift] > 1 for shift in reaching[name])
        )
        return sum(n_members - n_members % 2 for n_members in in_team.values())

    def _most_at(self, demand: Demand, minute: int) -> int:
        moment = Span(minute, minute + 1)
        at = {
            shift.id: shift
            for shift in self.problem.shifts
            if any(overlaps(part, moment) for part in shift.parts)
        }
        return sum(
            self._is_there(worker, moment) or bool(self.shifts(worker, at))
            for worker in self.roster.skilled(demand.skills)
            if not any(overlaps(moment, span) for span in away(worker))
        )

    def _is_there(self, worker: Worker, moment: Span) -> bool:
        return any(overlaps(part, moment) for fact in worker.facts for part in fact.parts)
