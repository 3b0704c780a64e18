"""The cheapest changes that close a gap, each judged and priced by the checks before it is told."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from solver.checks import Violation
from solver.data.problem import Demand, Task, Worker
from solver.data.solution import PlacedTask
from solver.data.spans import Span
from solver.explain.candidates import Candidates
from solver.explain.changes import Change, Differences, told
from solver.explain.draft import NO_LEAD, Draft
from solver.explain.moves import Moves
from solver.explain.newcomers import Newcomer, reinforced
from solver.explain.pairs import Pairs
from solver.explain.swaps import Swaps
from solver.explain.verify import Verifier
from solver.explain.ways import Way
from solver.explain.weeks import Aim, Weeks

Kind = Literal["assign", "move", "week", "swap", "relax", "add"]

_TOLD_OF_A_KIND = 2
_TRIED_OF_A_KIND = 5
_MOST_WEEKS = 60
"""Workers whose weeks are picked anew, those for whom it looks cheapest first."""

KINDS: tuple[Kind, ...] = ("assign", "move", "week", "swap", "relax", "add")
"""Every kind, in the order in which equally dear repairs are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaxedRule:
    """A rule that one worker would break, and by how much.

    Parameters
    ----------
    values
        What is measured and what is allowed, by name, as the check says it.
    """

    worker: str
    rule: str
    span: Span | None
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change that closes a gap by one head, or by a crew.

    Parameters
    ----------
    kind
        ``assign``: somebody who is at work does it; ``move``: others of their tasks begin at
        another time for it; ``week``: one person's, or a crew's, shifts are picked anew; ``swap``:
        another takes over what has to give way; ``relax``: one worker breaks one rule; ``add``: a
        person who is not there yet comes for it.
    workers
        Who closes the gap.
    change
        To be put into the roster with :func:`solver.explain.changes.applied`.
    differences
        The same as a reader sees it, with the points that it adds on every level.
    relaxed
        What is broken; empty but for ``relax``.
    newcomers
        Who would have to come; empty but for ``add``. The change names them.
    """

    kind: Kind
    workers: tuple[str, ...]
    change: Change
    differences: Differences
    relaxed: tuple[RelaxedRule, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()

    @property
    def sums(self) -> tuple[int, ...]:
        """Points that it adds by level, in the problem's order."""
        return tuple(each.points for each in self.differences.levels)


class Repairs:
    """Finds repairs in one roster."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.ways = candidates.ways
        self.ledger = candidates.ledger
        self.roster = candidates.roster
        self.problem = candidates.problem
        self.weeks = Weeks(self.ways)
        self.swaps = Swaps(self.ways)
        self.verifier = Verifier(self.problem, self.roster.solution)
        self._ways_of: dict[object, list[Way]] = {}

    def of_task(self, task: Task, kinds: Collection[Kind] = KINDS) -> tuple[Repair, ...]:
        """Return what closes a task's gap by a head or a crew: legal ones by cost, then the others.

        At most two of each kind, and one for each rule that could be relaxed; empty when the task
        lacks nobody.

        Parameters
        ----------
        kinds
            Those that are looked for; asked one after the other, the whole answer comes in parts.
        """
        if not self.roster.missing(task):
            return ()
        closes = partial(self._does_more, task)
        draft = self.ways.begun(task)

        def simple() -> list[Way]:
            return list(filter(closes, self.candidates.ways_for_task(draft, task)))

        ways = [] if set(kinds) <= {"move", "add"} else self._known_ways(task.id, simple)
        return _ranked(
            repair for kind in KINDS if kind in kinds for repair in self._of_kind(kind, task, ways)
        )

    def _of_kind(self, kind: Kind, task: Task, ways: list[Way]) -> Iterable[Repair]:
        closes = partial(self._does_more, task)
        match kind:
            case "assign":
                return self._first(kind, (way for way in ways if not _has_shift(way)))
            case "move":
                moves = Moves(self.ways).for_task(self.ways.begun(task), task)
                return self._first(kind, filter(closes, moves))
            case "week":
                weeks = [*filter(_is_week, ways), *self._weeks(task, ways)]
                return self._first(kind, filter(closes, weeks))
            case "swap":
                return self._first(kind, filter(closes, self.swaps.better(ways)))
            case "relax":
                return self._relaxed(ways)
            case "add":
                return self._added(task)

    def of_quarter(
        self, demand: Demand, quarter: Span, kinds: Collection[Kind] = KINDS
    ) -> tuple[Repair, ...]:
        """Return what puts one more at work throughout a quarter of a demand, as for tasks."""
        adds = partial(self._are_more, demand, quarter)
        covering = [
            shift
            for shift in self.problem.shifts
            if any(p.start <= quarter.start and quarter.end <= p.end for p in shift.parts)
        ]

        def simple() -> list[Way]:
            draft = Draft(self.roster)
            return [
                way
                for shift in covering
                for way in filter(adds, self.candidates.ways_for_shift(draft, shift))
            ]

        is_asked = not {"week", "swap", "relax"}.isdisjoint(kinds)
        ways = self._known_ways((demand.id, quarter), simple) if is_asked else []
        found: list[Repair] = []
        if "week" in kinds:
            aim = Aim(shifts=frozenset(shift.id for shift in covering))
            weeks = [*ways, *self._repicked(self.roster.skilled(demand.skills), aim)]
            found += self._first("week", filter(adds, weeks))
        if "swap" in kinds:
            found += self._first("swap", filter(adds, self.swaps.better(ways)))
        if "relax" in kinds:
            found += self._relaxed(ways)
        if "add" in kinds:
            found += self._newcomer(demand.skills, quarter)
        return _ranked(found)

    def _known_ways(self, of: object, find: Callable[[], list[Way]]) -> list[Way]:
        """Return the ways that need one step only, found once for all kinds of repair."""
        if of not in self._ways_of:
            self._ways_of[of] = find()
        return self._ways_of[of]

    def _does_more(self, task: Task, way: Way) -> bool:
        """Tell whether more do a task after a way than before it."""
        return len(way.draft.heads(task.id)) > len(self.roster.heads.get(task.id, ()))

    def _are_more(self, demand: Demand, quarter: Span, way: Way) -> bool:
        """Tell whether more are at work in all of a quarter after a way than before it."""
        staffing = self.ledger.staffing
        after = staffing.fewest(demand, quarter, self.ledger.attended(way.change))
        return after > staffing.fewest(demand, quarter)

    def cheapest(self, ways: Iterable[Way]) -> Repair | None:
        """Return the cheapest of some ways that the checks find nothing wrong with."""
        return next(self._first("week", ways), None)

    def _first(self, kind: Kind, ways: Iterable[Way]) -> Iterator[Repair]:
        """Yield the cheapest ways that the checks find nothing wrong with."""
        n_told = 0
        seen: set[tuple[str, ...]] = set()
        tried = 0
        for way in sorted(ways, key=lambda each: each.rank):
            if n_told >= _TOLD_OF_A_KIND or tried >= _TRIED_OF_A_KIND or not way.is_legal:
                return
            if tuple(sorted(way.workers)) in seen:
                continue
            seen.add(tuple(sorted(way.workers)))
            tried += 1
            verdict = self.verifier.verdict(way.change)
            if not verdict.broken:
                n_told += 1
                yield self._told(kind, way.workers, way.change, verdict.sums)

    def _told(
        self, kind: Kind, workers: tuple[str, ...], change: Change, sums: tuple[int, ...]
    ) -> Repair:
        return Repair(
            kind=kind,
            workers=workers,
            change=change,
            differences=told(self.roster.solution, change, self.ledger.told(sums)),
        )

    def _weeks(self, task: Task, ways: Sequence[Way]) -> Iterator[Way]:
        if task.is_crew:
            yield from Pairs(self.weeks, self.candidates).for_task(task)
            return
        doing = {placed.worker for placed in self.roster.heads.get(task.id, ())}
        guess = {way.workers[0]: way.sums for way in sorted(ways, key=lambda w: w.sums)[::-1]}
        workers = [w for w in self.roster.skilled(task.skills) if w.id not in doing]
        workers.sort(key=lambda w: (w.id not in guess, guess.get(w.id, ()), w.id))
        yield from self._repicked(workers, Aim(task=task))

    def _repicked(self, workers: Sequence[Worker], aim: Aim) -> Iterator[Way]:
        best: list[tuple[int, ...]] = []
        able = [worker for worker in workers if worker.shifts]
        for worker in able[:_MOST_WEEKS]:
            below = best[_TOLD_OF_A_KIND - 1] if len(best) >= _TOLD_OF_A_KIND else None
            way = self.weeks.repicked(worker, aim, below)
            if way is not None and way.is_legal:
                best = sorted([*best, way.sums])
                yield way

    def _relaxed(self, ways: Iterable[Way]) -> Iterator[Repair]:
        """Yield for each rule the cheapest way that breaks it alone, for one worker."""
        seen: set[str] = set()
        for way in sorted(ways, key=lambda each: each.rank):
            codes = way.codes
            if len(codes) != 1 or len(way.broken) != 1 or NO_LEAD in codes or codes & seen:
                continue
            (worker,) = way.broken
            verdict = self.verifier.verdict(way.change)
            if verdict.broken and all(_is_of(each, worker, codes) for each in verdict.broken):
                seen |= codes
                repair = self._told("relax", way.workers, way.change, verdict.sums)
                yield replace(repair, relaxed=tuple(map(_rule, verdict.broken)))

    def _added(self, task: Task) -> Iterator[Repair]:
        start = next(iter(self.roster.starts(task)))
        span = Span(start, start + max(1, task.duration_min))
        yield from self._newcomer(task.skills, span, task)

    def _newcomer(
        self, skills: frozenset[str], span: Span, task: Task | None = None
    ) -> Iterator[Repair]:
        """Yield what one more person, or a crew for a crew's task, would change."""
        more = reinforced(self.problem, span, skills, is_crew=task is not None and task.is_crew)
        if more is None:
            return
        names = tuple(each.id for each in more.newcomers)
        tasks = () if task is None else names
        change = Change(
            shifts_in=more.shifts,
            tasks_in=tuple(
                PlacedTask(task=task.id if task else "", worker=name, start=span.start)
                for name in tasks
            ),
        )
        verdict = self.verifier.verdict(change, more.problem)
        if not verdict.broken:
            repair = self._told("add", names, change, verdict.sums)
            yield replace(repair, newcomers=more.newcomers)


def _has_shift(way: Way) -> bool:
    """Tell whether a way gives or takes a shift, not just a break."""
    out = {(worked.worker, worked.shift) for worked in way.change.shifts_out}
    return out != {(worked.worker, worked.shift) for worked in way.change.shifts_in}


def _is_week(way: Way) -> bool:
    return way.is_legal and _has_shift(way)


def _is_of(violation: Violation, worker: str, codes: frozenset[str]) -> bool:
    return violation.workers == (worker,) and violation.rule in codes


def _rule(violation: Violation) -> RelaxedRule:
    return RelaxedRule(
        worker=violation.workers[0],
        rule=violation.rule,
        span=violation.span,
        values=violation.values,
    )


def _ranked(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """Return repairs by cost, those that need a rule or a person after the others; none twice."""
    unique: dict[Change, Repair] = {}
    for repair in repairs:
        unique.setdefault(repair.change, repair)
    last = {"relax": 1, "add": 2}
    return tuple(
        sorted(
            unique.values(),
            key=lambda each: (
                last.get(each.kind, 0),
                each.sums,
                len(each.change.workers),
                KINDS.index(each.kind),
                each.workers,
            ),
        )
    )
