"""What keeps each worker from a gap, way by way: the facts that all would have to be otherwise."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from solver.data.pairings import LINKED, TOGETHER
from solver.data.problem import Demand, Fact, Shift, Task, Worker
from solver.data.spans import Span
from solver.explain.roster import Placed, Roster, span_of
from solver.search.legality import WorkerRules, away, break_starts, day_of, overlaps
from solver.search.supply import conflict

NO_SHIFT, GIVEN, FREE_DAY, SKILL, LEAD = "no-shift", "given", "free-day", "skill", "no-lead"
BLOCKED, BOUND, OTHER_WORK, TRAVEL = "blocked", "bound", "other-work", "travel"
NO_BREAK, ONE_A_DAY = "no-break", "shifts-per-day"

ABSENT = frozenset({BLOCKED, BOUND, GIVEN, FREE_DAY, NO_SHIFT, SKILL})
"""Codes of workers who are not there, or not free, whatever is planned."""
GIVES_WAY = frozenset({OTHER_WORK, TRAVEL})
"""Codes of what could give way, at a price."""

OWN_SHIFT = "own-shift"
"""Name of a shift that reaches a gap where no type does."""

_STEP_MIN = 5
_MOST_STARTS = 24
"""Starts of a task that may move that are looked at, evenly spread."""


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """A fact that keeps workers away.

    Parameters
    ----------
    code
        ``blocked`` and ``bound`` (of a worker), ``given`` (shifts and tasks that may not change),
        ``free-day`` (no shift is offered that day), ``skill`` (one that the worker lacks, such as
        those of `solver.search.plain_skills`),
        ``no-shift`` (none on offer reaches it), ``other-work`` (what else is planned), ``travel``,
        ``no-lead``, ``apart``, ``together``, ``linked``,
        ``no-break`` or the name of a rule.
    of
        The worker, the skill, or the rule book; empty for what concerns all.
    """

    code: str
    of: str = ""


Grounds = frozenset[Ground]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way in which a worker, or a crew, could cover a gap if all its grounds were otherwise.

    Parameters
    ----------
    workers
        As they would be: with the shifts on offer and the facts that it takes.
    shift, start
        In which shift, and when the task begins; nothing for a demand.
    keeps
        Whether all that is planned on other days stays.
    is_possible
        Whether a shift may begin then at all: in the horizon, and on a day of the problem.
    """

    workers: tuple[Worker, ...]
    shift: Shift
    start: int | None
    grounds: Grounds
    keeps: bool = True
    is_possible: bool = True


class GroundsFinder:
    """Finds the options of everybody, in one roster.

    All that is planned stays, or what is on other days, or nothing: with rules that fewer shifts
    never break there is no other way to look at.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self._offered: dict[str, frozenset[str]] = {}
        for worker in self.problem.workers:
            known = self._offered.get(worker.rule_book, frozenset())
            self._offered[worker.rule_book] = known.union(worker.shifts)
        self._rules: dict[Worker, WorkerRules] = {}
        self._own: dict[str, Sequence[Shift]] = {}

    def of_task(self, task: Task) -> Iterator[Option]:
        """Yield the options of everybody who does not do a task, or of crews."""
        fitting = {
            name: shift
            for name, shift in self.roster.fitting(task).items()
            if self._starts(task, shift)
        }
        doing = {placed.worker for placed in self.roster.heads.get(task.id, ())}
        single = [
            option
            for worker, lacks in self._skilled(task.skills)
            if worker.id not in doing
            for option in self._of_worker(worker, task, fitting, lacks | self._linked(worker, task))
        ]
        yield from self._paired(single) if task.is_crew else single

    def of_quarter(self, demand: Demand, quarter: Span) -> Iterator[Option]:
        """Yield the options of everybody who is not at work throughout a quarter."""
        covering = {
            shift.id: shift
            for shift in self.problem.shifts
            if any(p.start <= quarter.start and quarter.end <= p.end for p in shift.parts)
        }
        for worker, lacks in self._skilled(demand.skills):
            yield from self._of_quarter(worker, quarter, covering, lacks)

    def _linked(self, worker: Worker, task: Task) -> Grounds:
        is_for_others = self.roster.is_linked_to_others(worker.id, task)
        return frozenset({Ground(LINKED)} if is_for_others else ())

    def _skilled(self, skills: frozenset[str]) -> Iterator[tuple[Worker, Grounds]]:
        """Yield the workers who have all skills, and those who lack one of several."""
        for worker in self.problem.workers:
            lacks = skills - worker.skills
            if not lacks:
                yield worker, frozenset()
            elif len(lacks) == 1 and len(skills) > 1:
                yield worker, frozenset({Ground(SKILL, *lacks)})

    def _of_worker(
        self, worker: Worker, task: Task, fitting: Mapping[str, Shift], lacks: Grounds
    ) -> Iterator[Option]:
        there = [fitting[n] for n in self.roster.worked.get(worker.id, {}) if n in fitting]
        for shift in there:
            for start in self._starts(task, shift):
                grounds = self._at_work(worker, task, shift, start) | lacks
                yield Option(workers=(worker,), shift=shift, start=start, grounds=grounds)
        if there:
            return
        for option in self._with_shift(worker, fitting, self._own_shifts(task)):
            one, shift = option.workers[0], option.shift
            starts = self._starts(task, shift)
            free = [at for at in starts if not _meets(at, task, away(one))] or starts[:1]
            spans = {at: Span(at, at + task.duration_min) for at in free}
            rests = [at for at in free if self._can_rest(one, shift, [spans[at]])]
            grounds = option.grounds | lacks
            if shift.break_min and not rests:
                grounds |= {Ground(NO_BREAK, one.rule_book)}
            yield replace(option, start=(rests or free)[0], grounds=grounds)

    def _of_quarter(
        self, worker: Worker, quarter: Span, covering: Mapping[str, Shift], lacks: Grounds
    ) -> Iterator[Option]:
        for name, worked in self.roster.worked.get(worker.id, {}).items():
            shift = self.problem.shift_by_id[name]
            if any(p.start <= quarter.start and quarter.end <= p.end for p in shift.parts):
                grounds = set(self._gone(worker, quarter))
                if any(overlaps(pause, quarter) for pause in worked.breaks):
                    grounds.add(Ground(OTHER_WORK))
                if grounds:
                    yield Option(
                        workers=(worker,), shift=shift, start=None, grounds=lacks.union(grounds)
                    )
                return
        own = self._own_shift(quarter.start, quarter.length)
        for option in self._with_shift(worker, covering, [own]):
            yield replace(option, grounds=option.grounds | lacks)

    def _starts(self, task: Task, shift: Shift) -> Sequence[int]:
        """Return starts of a task in a shift that it fits; not all, when there are many."""
        length = task.duration_min
        inside = [
            start
            for start in self.roster.starts(task)
            if any(p.start <= start and start + length <= p.end for p in shift.open_parts)
        ]
        return inside[:: max(1, len(inside) // _MOST_STARTS)]

    def _at_work(self, worker: Worker, task: Task, shift: Shift, start: int) -> Grounds:
        """Return what is in the way of a task in a shift that a worker has.

        A task that is locked to the worker is one of the given facts.
        """
        span = Span(start, start + task.duration_min)
        found = set(self._gone(worker, span))
        locked = self.roster.locked.get(worker.id, ())
        worked = self.roster.worked[worker.id][shift.id]
        others: list[Placed] = []
        for placed in self.roster.placed.get(worker.id, ()):
            other = (self.problem.task_by_id[placed.task], placed.start)
            code = self._clash(worker, (task, start), other)
            if code is None:
                others.append(other)
            else:
                found.add(Ground(GIVEN if other in locked else code))
        if not task.is_crew and self.roster.is_paired(worked) and any(o.is_crew for o, _ in others):
            found.add(Ground(OTHER_WORK))
        if any(overlaps(pause, span) for pause in worked.breaks):
            if not self._can_rest(worker, shift, [span]):
                found.add(Ground(NO_BREAK, worker.rule_book))
            elif not self._can_rest(worker, shift, [span, *map(span_of, others)]):
                found.add(Ground(OTHER_WORK))
        return frozenset(found)

    def _clash(self, worker: Worker, mine: Placed, other: Placed) -> str | None:
        if overlaps(span_of(mine), span_of(other)):
            return OTHER_WORK
        return TRAVEL if conflict(self.problem, worker.travel_mode, mine, other) else None

    def _can_rest(self, worker: Worker, shift: Shift, taken: Sequence[Span]) -> bool:
        busy = (*taken, *worker.bound)
        return any(
            not any(overlaps(Span(at, at + shift.break_min), span) for span in busy)
            for at in break_starts(shift, self.roster.rules_of(worker), _STEP_MIN)
        )

    def _gone(self, worker: Worker, span: Span) -> Iterator[Ground]:
        for code, taken in ((BLOCKED, worker.blocked), (BOUND, worker.bound)):
            if any(overlaps(span, other) for other in taken):
                yield Ground(code, worker.id)

    def _with_shift(
        self, worker: Worker, shifts: Mapping[str, Shift], own: Sequence[Shift]
    ) -> Iterator[Option]:
        """Yield the options of a worker who has none of some shifts, each with one of them.

        Parameters
        ----------
        own
            What the worker could have when no shift on offer to colleagues reaches.
        """
        known = self._offered[worker.rule_book]
        found = [shift for name, shift in shifts.items() if name in known or name in worker.shifts]
        for shift in found or own:
            if not found and not self._may_begin(shift.span.start):
                # No more can be said of a shift that the problem cannot have.
                none = frozenset({Ground(NO_SHIFT)})
                yield Option(
                    workers=(worker,), shift=shift, start=None, grounds=none, is_possible=False
                )
                continue
            grounds = set() if found else {Ground(NO_SHIFT)}
            facts = tuple(fact for fact in worker.facts if not _is_in_way(fact, shift))
            is_given = len(facts) < len(worker.facts) or not worker.shifts
            if is_given:
                grounds.add(Ground(GIVEN))
            elif found and shift.id not in worker.shifts:
                grounds.add(Ground(FREE_DAY))
            changed = worker
            if grounds:
                offered = (*worker.shifts, *({shift.id} - set(worker.shifts)))
                changed = replace(worker, facts=facts, shifts=offered)
            bound = Ground(BOUND, worker.id)
            for option in self._if_given(changed, shift, frozenset(grounds)):
                if bound not in option.grounds:
                    yield option
            if worker.bound:  # it counts, and breaks rest, on other days too
                freed = replace(changed, bound=())
                yield from self._if_given(freed, shift, frozenset({*grounds, bound}))

    def _if_given(self, worker: Worker, shift: Shift, more: Grounds) -> Iterator[Option]:
        """Yield what a shift takes beside all that is planned, or only on other days, or nothing.

        That nobody works two shifts where one a day is the rule is no fact of its own: what is
        planned that day gives way, or is in the way.
        """
        by_id = self.problem.shift_by_id
        planned = [by_id[name] for name in self.roster.planned(worker.id)]
        kept = [other for other in planned if other.day != shift.day]
        if len(kept) < len(planned):
            whole = more | self._breaks(worker, planned, shift)
            if not any(ground.code == ONE_A_DAY for ground in whole):
                yield Option(workers=(worker,), shift=shift, start=None, grounds=whole)
        beside = more | self._breaks(worker, kept, shift)
        for gone in planned:
            if gone.day == shift.day:
                beside |= {Ground(GIVEN if self._is_locked(worker, gone) else OTHER_WORK)}
        yield Option(workers=(worker,), shift=shift, start=None, grounds=beside)
        stays = [other for other in kept if self._is_locked(worker, other)]
        alone = self._breaks(worker, stays, shift) | beside & {Ground(GIVEN)} | more
        if len(stays) < len(kept) and not alone | {Ground(OTHER_WORK)} >= beside:
            grounds = alone | {Ground(OTHER_WORK)}
            yield Option(workers=(worker,), shift=shift, start=None, grounds=grounds, keeps=False)

    def _is_locked(self, worker: Worker, shift: Shift) -> bool:
        """Tell whether a task in a shift is locked to its worker."""
        span = shift.span
        locked = self.roster.locked.get(worker.id, ())
        return any(span.start <= start < span.end for _, start in locked)

    def _breaks(self, worker: Worker, kept: Sequence[Shift], shift: Shift) -> Grounds:
        rules = self._rules.setdefault(worker, WorkerRules(self.problem, worker))
        own = rules.clashes(shift)
        found = {self._ground(worker, code, is_own=True) for code in own}
        for code in rules.breaches([*kept, shift]) - own:
            found.add(self._ground(worker, code, is_own=False))
        if not self._is_led(worker, shift):
            found.add(Ground(LEAD))
        after = [*(other.id for other in kept), shift.id]
        made = shift if shift.id == OWN_SHIFT else None
        codes = self.roster.untied({worker.id: after}, worker=worker, made=made)
        mine = codes.get(worker.id, frozenset())
        return frozenset(found).union(Ground(code) for code in mine)

    @staticmethod
    def _ground(worker: Worker, code: str, *, is_own: bool) -> Ground:
        if code in {BLOCKED, BOUND}:
            return Ground(code, worker.id)
        if code == OTHER_WORK:
            return Ground(GIVEN if is_own else OTHER_WORK)
        return Ground(code, worker.rule_book)

    def _is_led(self, worker: Worker, shift: Shift) -> bool:
        if worker.team is None or worker.is_lead or not self.problem.team_needs_lead:
            return True
        names = self.roster.members.get((worker.team, shift.id), frozenset())
        return any(self.problem.worker_by_id[name].is_lead for name in names)

    def _paired(self, single: Sequence[Option]) -> Iterator[Option]:
        """Yield the options of two of a team in the same shift, at the same time."""
        groups: dict[tuple[object, ...], list[Option]] = {}
        for option in single:
            key = (option.workers[0].team, option.shift.id, option.start)
            if option.workers[0].team is not None:
                groups.setdefault(key, []).append(option)
        for members in groups.values():
            for one, two in combinations(members, 2):
                if not self._can_pair(one, two):
                    continue
                grounds = one.grounds | two.grounds
                if any(each.workers[0].is_lead for each in (one, two)):
                    grounds -= {Ground(LEAD)}
                if self.roster.ties.is_tied(one.workers[0].id, two.workers[0].id):
                    grounds -= {Ground(TOGETHER)}
                yield replace(
                    one,
                    workers=(*one.workers, *two.workers),
                    grounds=grounds,
                    keeps=one.keeps and two.keeps,
                    is_possible=one.is_possible and two.is_possible,
                )

    def _can_pair(self, one: Option, two: Option) -> bool:
        """Tell whether two could be a crew: the same as now, or both without one on the shift."""
        names = [one.workers[0].id, two.workers[0].id]
        crews = []
        for name in names:
            worked = self.roster.worked.get(name, {}).get(one.shift.id)
            crews.append(worked.crew if worked and self.roster.is_paired(worked) else None)
        return names[0] != names[1] and crews[0] == crews[1]

    def _own_shifts(self, task: Task) -> Sequence[Shift]:
        """Return shifts of exactly a task's time, on each day on which it may begin; remembered.

        One that the problem cannot have when it can have none.
        """
        if task.id not in self._own:
            every = self.roster.starts(task)
            starts = [start for start in every if self._may_begin(start)] or every[:1]
            first_of_day = {day_of(self.problem, start): start for start in reversed(starts)}
            tried = {*starts[:: max(1, len(starts) // _MOST_STARTS)], *first_of_day.values()}
            self._own[task.id] = [
                self._own_shift(start, task.duration_min) for start in sorted(tried)
            ]
        return self._own[task.id]

    def _may_begin(self, start: int) -> bool:
        """Tell whether a shift may begin at a minute: in the horizon, and on a day."""
        horizon = self.problem.horizon
        return horizon.start <= start < horizon.end and day_of(self.problem, start) is not None

    def _own_shift(self, start: int, length: int) -> Shift:
        """Return a shift of exactly some time."""
        books = {book.id: length for book in self.problem.rule_books}
        span = Span(start, start + max(1, length))
        day = day_of(self.problem, start) or 0
        return Shift(id=OWN_SHIFT, day=day, kind="", parts=(span,), counted_min=books)


def _meets(start: int, task: Task, spans: Iterable[Span]) -> bool:
    return any(overlaps(Span(start, start + task.duration_min), span) for span in spans)


def _is_in_way(fact: Fact, shift: Shift) -> bool:
    return fact.day == shift.day or overlaps(fact.span, shift.span)
