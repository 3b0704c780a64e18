"""What keeps each worker from a task or from being at work: every reason, not the first one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from solver.data.pairings import LINKED
from solver.data.problem import Demand, Shift, Task, Worker
from solver.data.rules import ShiftsPerDay
from solver.data.solution import Blocker
from solver.data.spans import Span
from solver.explain.draft import NO_LEAD
from solver.explain.roster import Placed, Roster, span_of
from solver.search.legality import away, break_starts, minus, overlaps
from solver.search.supply import conflict

ABSENT = frozenset({"blocked", "bound", "off", "no-shift"})
"""Codes of workers who are not there at all, or not free for anything."""

GIVES_WAY = frozenset({"other-work", "travel"})
"""Codes of what could give way, at a price: tasks, breaks and planned shifts."""

Codes = frozenset[str]
FREE: Codes = frozenset()
"""Nothing but the order of importance keeps the worker away."""

_Open = tuple[Shift, Sequence[Span]]
"""A shift, and when in it a task could be done."""

_STEP_MIN = 5
"""How finely a place is looked for when a break has to move."""


class Blockers:
    """Finds what keeps workers away, in one roster.

    The codes are ``blocked``, ``bound``, ``off`` (the worker is offered no shifts), ``no-shift``
    (none that is offered reaches it), ``other-work`` (tasks, the break or another shift),
    ``travel``, ``no-crew``, ``no-lead``, ``no-break``, ``apart``, ``together``, ``linked`` (others
    do what is linked to it) and the names of the rules.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self._by_shift: dict[tuple[str, str], Codes] = {}
        self._n_free: dict[tuple[str, str], int] = {}
        self._all_done: dict[str, list[tuple[Placed, Span]]] = {}

    def of_task(self, task: Task) -> dict[str, Codes]:
        """Return for each skilled worker who does not do a task all that keeps the worker away."""
        doing = {placed.worker for placed in self.roster.heads.get(task.id, ())}
        idle = [w for w in self.roster.skilled(task.skills) if w.id not in doing]
        spans = [span_of((task, start)) for start in self.roster.starts(task)]
        open_in = {
            name: (shift, [span for span in spans if _is_inside(span, shift.open_parts)])
            for name, shift in self.roster.fitting(task).items()
        }
        return {
            worker.id: self._of_task(worker, task, spans, open_in)
            | ({LINKED} if self.roster.is_linked_to_others(worker.id, task) else FREE)
            for worker in idle
        }

    def of_quarter(self, demand: Demand, quarter: Span) -> dict[str, Codes]:
        """Return for each skilled worker who is not at work all quarter what keeps them away."""
        covering = {
            shift.id: shift for shift in self.problem.shifts if _is_inside(quarter, shift.parts)
        }
        found = {}
        for worker in self.roster.skilled(demand.skills):
            codes = self._of_quarter(worker, quarter, covering)
            if codes is not None:
                found[worker.id] = codes
        return found

    def _of_task(
        self, worker: Worker, task: Task, spans: Sequence[Span], open_in: Mapping[str, _Open]
    ) -> Codes:
        """Return what keeps a worker from a task.

        Parameters
        ----------
        spans, open_in
            When it could be done at all, and the shifts that could hold it with when in each.
        """
        there = [open_in[n] for n in self.roster.worked.get(worker.id, {}) if n in open_in]
        gone = self._away(worker, spans)
        if there:
            return gone or self._at_work(worker, task, there)
        shifts = {name: shift for name, (shift, _) in open_in.items()}
        return gone | self._not_at_work(worker, shifts, is_crew=task.is_crew)

    def _of_quarter(
        self, worker: Worker, quarter: Span, covering: Mapping[str, Shift]
    ) -> Codes | None:
        """Return what keeps a worker from a quarter; nothing for one who is there all of it."""
        gone = self._away(worker, [quarter])
        for part, breaks in self._at(worker):
            if part.start <= quarter.start and quarter.end <= part.end:
                left = minus(quarter, breaks)
                return gone or (None if left == [quarter] else frozenset({"other-work"}))
        return gone | self._not_at_work(worker, covering, is_crew=False)

    def _at(self, worker: Worker) -> Iterator[tuple[Span, tuple[Span, ...]]]:
        """Yield the stretches at work, facts whether the roster names them or not, and breaks."""
        worked = self.roster.worked.get(worker.id, {})
        for fact in worker.facts:
            breaks = worked[fact.shift].breaks if fact.shift in worked else ()
            yield from ((part, breaks) for part in fact.parts)
        for name in self.roster.planned(worker.id):
            shift = self.problem.shift_by_id[name]
            yield from ((part, worked[name].breaks) for part in shift.parts)

    def _away(self, worker: Worker, spans: Sequence[Span]) -> Codes:
        """Return what takes a worker away during every one of some spans."""
        taken = [("blocked", span) for span in worker.blocked]
        taken += [("bound", span) for span in worker.bound]
        if not taken:
            return FREE
        found: set[str] = set()
        for span in spans:
            here = {code for code, other in taken if overlaps(span, other)}
            if not here:
                return FREE
            found |= here
        return frozenset(found)

    def _at_work(self, worker: Worker, task: Task, shifts: Sequence[_Open]) -> Codes:
        """Return what keeps a worker from a task in the shifts that the worker has."""
        found: set[str] = set()
        for shift, spans in shifts:
            codes = self._in_shift(worker, task, shift, spans)
            if not codes:
                return FREE
            found |= codes
        return frozenset(found)

    def _in_shift(
        self, worker: Worker, task: Task, shift: Shift, spans: Sequence[Span]
    ) -> set[str]:
        worked = self.roster.worked[worker.id][shift.id]
        found: set[str] = set()
        is_paired = self.roster.is_paired(worked)
        if task.is_crew and not is_paired and not self._has_mate(worker, shift):
            found.add("no-crew")
        elif not task.is_crew and is_paired and self._has_crew_task(worker, shift):
            found.add("other-work")
        found |= self._busy(worker, task, shift, spans)
        return found

    def _has_crew_task(self, worker: Worker, shift: Shift) -> bool:
        return any(
            shift.span.start <= placed.start < shift.span.end
            and self.problem.task_by_id[placed.task].is_crew
            for placed in self.roster.placed.get(worker.id, ())
        )

    def _busy(self, worker: Worker, task: Task, shift: Shift, spans: Sequence[Span]) -> set[str]:
        """Return what other work stands in the way of every one of some spans in a shift."""
        gone, done = away(worker), self._done(worker)
        way_min = self.problem.longest_ways.get(worker.travel_mode, 0)
        first = min((span.start for span in spans), default=0) - way_min
        last = max((span.end for span in spans), default=0) + way_min
        others = [each for each in done if first <= each[1].end and each[1].start <= last]
        taken = [span for _, span in done]
        found: set[str] = set()
        for span in spans:
            if any(overlaps(span, other) for other in gone):
                continue
            here = self._clashes(worker, (task, span.start), span, others)
            if not here and not self._can_rest(worker, shift, [span, *taken]):
                here = {"other-work"}
            if not here:
                return set()
            found |= here
        return found

    def _done(self, worker: Worker) -> Sequence[tuple[Placed, Span]]:
        """Return what a worker does, with when."""
        if worker.id not in self._all_done:
            done = (
                (self.problem.task_by_id[placed.task], placed.start)
                for placed in self.roster.placed.get(worker.id, ())
            )
            self._all_done[worker.id] = [(each, span_of(each)) for each in done]
        return self._all_done[worker.id]

    def _clashes(
        self, worker: Worker, mine: Placed, span: Span, others: Iterable[tuple[Placed, Span]]
    ) -> set[str]:
        found = set()
        for other, taken in others:
            if overlaps(span, taken):
                found.add("other-work")
            elif conflict(self.problem, worker.travel_mode, mine, other):
                found.add("travel")
        return found

    def _can_rest(self, worker: Worker, shift: Shift, taken: Sequence[Span]) -> bool:
        """Tell whether the break lies off some time, or has a place off it."""
        breaks = self.roster.worked[worker.id][shift.id].breaks
        if not any(overlaps(pause, taken[0]) for pause in breaks):
            return True
        rules = self.roster.rules_of(worker)
        busy = (*taken, *worker.bound)
        return any(
            not any(overlaps(Span(at, at + shift.break_min), span) for span in busy)
            for at in break_starts(shift, rules, _STEP_MIN)
        )

    def _not_at_work(self, worker: Worker, shifts: Mapping[str, Shift], *, is_crew: bool) -> Codes:
        """Return what keeps a worker from every one of some shifts."""
        if not worker.shifts:
            return frozenset({"off"})
        offered = [shifts[name] for name in worker.shifts if name in shifts]
        if not offered:
            return frozenset({"no-shift"})
        found: set[str] = set()
        for shift in offered:
            codes = self._with_shift(worker, shift)
            if not codes and is_crew and not self._has_mate(worker, shift):
                codes = frozenset({"no-crew"})
            if not codes:
                return FREE
            found |= codes
        return frozenset(found)

    def _with_shift(self, worker: Worker, shift: Shift) -> Codes:
        """Return what a shift breaks beside the worker's other ones.

        A planned one on the same day is in the way as other work, and would give way.
        """
        key = (worker.id, shift.id)
        if key not in self._by_shift:
            planned = self.roster.planned(worker.id)
            by_id = self.problem.shift_by_id
            kept = tuple(name for name in planned if by_id[name].day != shift.day)
            found = set(self.roster.breaches_with(worker.id, kept, shift.id))
            if len(kept) < len(planned) and not self._can_both(worker, planned, shift):
                found.add("other-work")
            if not self._is_led(worker, shift):
                found.add(NO_LEAD)
            found |= self.roster.untied({worker.id: (*kept, shift.id)}).get(worker.id, FREE)
            self._by_shift[key] = frozenset(found)
        return self._by_shift[key]

    def _can_both(self, worker: Worker, planned: Sequence[str], shift: Shift) -> bool:
        """Tell whether a shift can stand beside all that is planned."""
        for rule in self.roster.rules_of(worker):
            if isinstance(rule, ShiftsPerDay) and rule.most == 1:
                return False
        return not self.roster.breaches(worker.id, tuple(sorted({*planned, shift.id})))

    def _is_led(self, worker: Worker, shift: Shift) -> bool:
        """Tell whether a worker's team has a lead on a shift once the worker is on it."""
        if worker.team is None or worker.is_lead or not self.problem.team_needs_lead:
            return True
        names = self.roster.members.get((worker.team, shift.id), frozenset())
        return any(self.problem.worker_by_id[name].is_lead for name in names)

    def _has_mate(self, worker: Worker, shift: Shift) -> bool:
        """Tell whether another of the team is alone on a shift, or could be put on it."""
        if worker.team is None:
            return False
        key = (worker.team, shift.id)
        if key not in self._n_free:
            names = self.roster.members.get(key, frozenset())
            alone = sum(not self.roster.is_paired(self.roster.worked[n][shift.id]) for n in names)
            able = sum(
                other.team == worker.team
                and shift.id in other.shifts
                and other.id not in names
                and not self._with_shift(other, shift)
                for other in self.problem.workers
            )
            # The worker asked about is one of those able.
            self._n_free[key] = alone + able - 1
        return self._n_free[key] > 0


def _is_inside(span: Span, parts: Iterable[Span]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in parts)


def told(codes_of: Mapping[str, Codes]) -> tuple[Blocker, ...]:
    """Return codes with the workers whom each keeps away, by code."""
    workers: dict[str, list[str]] = defaultdict(list)
    for worker, codes in codes_of.items():
        for code in codes:
            workers[code].append(worker)
    return tuple(
        Blocker(code=code, workers=tuple(names)) for code, names in sorted(workers.items())
    )
