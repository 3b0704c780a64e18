"""Who could take a task or a shift, and what it would cost."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from solver.data.problem import Shift, Task, Worker
from solver.data.solution import Blocker, PlacedTask
from solver.explain.changes import Change, LevelPoints
from solver.explain.draft import Draft
from solver.explain.ledger import Ledger, Sums
from solver.explain.ways import FACTS, Way, Ways

_MOST_LEGAL = 2
"""Legal shifts that are priced for each worker, those that cost least by themselves first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody, or a crew, who could take a task or a shift.

    Parameters
    ----------
    workers
        One worker, or the two who would keep together.
    change
        What would change in the roster.
    levels
        Points by level that it would add, exact, every level in order.
    broken
        Rules that it would break, with the workers who break them; empty when it is legal.
    """

    workers: tuple[str, ...]
    change: Change
    levels: tuple[LevelPoints, ...]
    broken: tuple[Blocker, ...] = ()

    @property
    def is_legal(self) -> bool:
        """Whether it breaks no rule."""
        return not self.broken


class Candidates:
    """Ranks who could take something in one roster."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.ledger: Ledger = ways.ledger
        self.roster = ways.roster
        self.problem = ways.problem

    def for_task(self, task: Task, instead_of: str | None = None) -> tuple[Candidate, ...]:
        """Return who could take a task, the legal and cheapest first; each worker at most once.

        Parameters
        ----------
        instead_of
            A worker who does it now and shall not; nothing for a further head, which no task has
            that lacks nobody.
        """
        draft = self.ways.begun(task)
        for placed in draft.heads(task.id):
            if placed.worker == instead_of and not draft.is_locked(placed):
                draft.drop(placed)
        if not draft.missing(task):
            return ()
        banned = {instead_of} | {placed.worker for placed in draft.heads(task.id)}
        ways = [way for way in self.ways_for_task(draft, task) if banned.isdisjoint(way.workers)]
        return self._ranked(ways)

    def for_shift(self, shift: Shift, instead_of: str | None = None) -> tuple[Candidate, ...]:
        """Return who could take a shift, the legal and cheapest first; each worker at most once.

        Parameters
        ----------
        instead_of
            A worker who has it now and shall not, and whose tasks are taken over where possible; a
            given shift stays with its worker. Nothing for one more on the shift.
        """
        draft = Draft(self.roster)
        taken: list[PlacedTask] = []
        mates: tuple[str, ...] = ()
        if instead_of is not None and shift.id in draft.worked(instead_of):
            mates = draft.crew(instead_of, shift.id)[1:]
            if draft.can_leave(instead_of, shift.id):
                taken = draft.take_off(instead_of, shift.id)
            else:
                taken = draft.relieve(instead_of, shift.id)
        ways = self.ways_for_shift(draft, shift, taken, mates)
        return self._ranked(way for way in ways if instead_of not in way.workers)

    def told(self, way: Way) -> Candidate:
        """Return a way as it is told."""
        codes: dict[str, list[str]] = defaultdict(list)
        for worker, broken in way.broken.items():
            for code in broken:
                codes[code].append(worker)
        return Candidate(
            workers=way.workers,
            change=way.change,
            levels=self.ledger.told(way.sums),
            broken=tuple(
                Blocker(code=code, workers=tuple(sorted(names)))
                for code, names in sorted(codes.items())
            ),
        )

    def _ranked(self, ways: Iterable[Way]) -> tuple[Candidate, ...]:
        seen: set[str] = set()
        best = []
        for way in sorted(ways, key=lambda each: each.rank):
            if not seen.issuperset(way.workers) and not any(c & FACTS for c in way.broken.values()):
                seen.update(way.workers)
                best.append(self.told(way))
        return tuple(best)

    def ways_for_task(self, draft: Draft, task: Task) -> Iterator[Way]:
        """Yield ways in which one more head, or a crew, could do a task."""
        busy = {placed.worker for placed in draft.heads(task.id)}
        idle: list[Worker] = []
        for worker in self.roster.skilled(task.skills):
            if worker.id in busy:
                continue
            if draft.worked(worker.id).keys() & self.roster.fitting(task).keys():
                yield from self.ways.at_work(draft, worker, task)
            elif worker.shifts:
                idle.append(worker)
        if task.is_crew:
            yield from self._crews(draft, task, idle)
        else:
            for worker in idle:
                yield from self._alone(draft, task, worker)

    def ways_for_shift(
        self,
        draft: Draft,
        shift: Shift,
        taken: Sequence[PlacedTask] = (),
        mates: Sequence[str] = (),
    ) -> Iterator[Way]:
        """Yield ways in which one more worker could have a shift.

        Parameters
        ----------
        taken
            Tasks to be taken over where possible.
        mates
            With whom to make a crew rather than with any other.
        """
        for worker in self.problem.workers:
            if shift.id not in worker.shifts or shift.id in draft.worked(worker.id):
                continue
            if self.roster.clashes(worker.id, shift.id) & FACTS:
                continue
            loose = self.ways.loose(draft, worker, shift)
            first = [name for name in loose if name in mates] or loose
            for mate in (*first[:1], None):
                workers = (worker.id,) if mate is None else (worker.id, mate)
                way = self.ways.new_shift(draft, workers, shift, also=taken)
                if way is not None:
                    yield way

    def options(self, draft: Draft, worker: Worker, shifts: Iterable[str]) -> list[str]:
        """Return the shifts that a worker could be given rather than what is planned that day.

        Legal ones, those that cost the worker's own week least first; without any, the one that
        breaks the fewest rules. Never one that no rule could be relaxed for.
        """
        legal: list[tuple[Sums, str]] = []
        others: list[tuple[int, str]] = []
        planned = draft.planned(worker.id)
        for name in shifts:
            if self.roster.clashes(worker.id, name) & FACTS:
                continue
            kept = self._kept(planned, name)
            codes = self.roster.breaches_with(worker.id, kept, name)
            if codes:
                others.append((len(codes), name))
            else:
                own = self.ledger.of_shifts(worker.id, (*kept, name))
                worth = self.ways.worth(worker, self.problem.shift_by_id[name])
                legal.append((tuple(map(sum, zip(own, worth, strict=True))), name))
        if legal:
            return [name for _, name in sorted(legal)[:_MOST_LEGAL]]
        return [name for _, name in sorted(others)[:1]]

    def _kept(self, planned: Iterable[str], name: str) -> tuple[str, ...]:
        """Return what is planned on other days than a shift's."""
        by_id = self.problem.shift_by_id
        return tuple(other for other in planned if by_id[other].day != by_id[name].day)

    def _alone(self, draft: Draft, task: Task, worker: Worker) -> Iterator[Way]:
        fitting = self.roster.fitting(task)
        offered = [name for name in worker.shifts if name in fitting]
        for name in self.options(draft, worker, offered):
            way = self.ways.new_shift(draft, (worker.id,), fitting[name], task)
            if way is not None:
                yield way

    def _crews(self, draft: Draft, task: Task, idle: Sequence[Worker]) -> Iterator[Way]:
        """Yield ways in which two of a team who are not at work become a crew for a task."""
        fitting = self.roster.fitting(task)
        by_team: dict[tuple[str, str], list[Worker]] = defaultdict(list)
        for worker in idle:
            offered = [name for name in worker.shifts if name in fitting]
            for name in self.options(draft, worker, offered) if worker.team else ():
                by_team[worker.team or "", name].append(worker)
        for (_, name), members in by_team.items():
            for pair in self._pairs(draft, fitting[name], members):
                way = self.ways.new_shift(draft, pair, fitting[name], task)
                if way is not None:
                    yield way

    def _pairs(
        self, draft: Draft, shift: Shift, members: Sequence[Worker]
    ) -> Iterator[tuple[str, str]]:
        """Yield for each member the pair with the cheapest mate, and with today's mate."""
        price = {worker.id: self.price(draft, worker, shift) for worker in members}
        order = sorted(members, key=lambda worker: price[worker.id])
        is_led = self.is_led(draft, members[0], shift)
        seen: set[frozenset[str]] = set()
        for worker in order:
            mates = [*self.ways.loose(draft, worker, shift)[:1]]
            mates += [
                other.id
                for other in order
                if other is not worker and (is_led or other.is_lead or worker.is_lead)
            ][:1]
            mates += self._mates_today(draft, worker, shift, price)
            for mate in mates:
                if frozenset((worker.id, mate)) not in seen:
                    seen.add(frozenset((worker.id, mate)))
                    yield worker.id, mate

    def price(self, draft: Draft, worker: Worker, shift: Shift) -> tuple[bool, bool, Sums]:
        """Return how a worker compares with others for a shift, roughly."""
        planned = draft.planned(worker.id)
        kept = self._kept(planned, shift.id)
        after = self.ledger.of_shifts(worker.id, (*kept, shift.id))
        now = self.ledger.of_shifts(worker.id, planned)
        is_broken = bool(self.roster.breaches_with(worker.id, kept, shift.id))
        more = tuple(one - other for one, other in zip(after, now, strict=True))
        return is_broken, len(kept) < len(planned), more

    def _mates_today(
        self, draft: Draft, worker: Worker, shift: Shift, members: Mapping[str, object]
    ) -> list[str]:
        by_id = self.problem.shift_by_id
        return [
            mate
            for name in draft.planned(worker.id)
            if by_id[name].day == shift.day
            for mate in draft.crew(worker.id, name)[1:]
            if mate in members
        ]

    def is_led(self, draft: Draft, worker: Worker, shift: Shift) -> bool:
        """Tell whether a lead of a worker's team has a shift already."""
        if not self.problem.team_needs_lead:
            return True
        names = self.roster.members.get((worker.team or "", shift.id), frozenset())
        return any(
            self.problem.worker_by_id[name].is_lead and shift.id in draft.worked(name)
            for name in names
        )
