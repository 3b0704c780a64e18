"""The ways in which a worker or a crew could take a task or a shift, each with its price."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from solver.data.problem import Shift, Task, Worker
from solver.data.solution import PlacedTask
from solver.data.spans import Span
from solver.explain.changes import Change
from solver.explain.draft import Draft
from solver.explain.ledger import Ledger, Sums
from solver.explain.roster import Placed, span_of
from solver.explain.seating import Seating
from solver.search.legality import away, overlaps

FACTS = frozenset({"blocked", "bound", "other-work", "no-break"})
"""Codes of what no agreement could relax: somebody cannot be in two places."""

_MOST_FILLED = 12
"""A new shift is filled with gaps from among so many, the most important that fit it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A change by which workers take a task or a shift.

    Parameters
    ----------
    workers
        Who takes it: one, or the two of a crew.
    broken
        Rules that it breaks, by worker; empty when it is legal.
    sums
        Points by level that it adds.
    dropped
        Tasks that were dropped for it, and that their workers do no longer.
    """

    workers: tuple[str, ...]
    draft: Draft
    change: Change
    broken: dict[str, frozenset[str]]
    sums: Sums
    dropped: tuple[PlacedTask, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """All rules that it breaks."""
        return frozenset().union(*self.broken.values())

    @property
    def is_legal(self) -> bool:
        """Whether it breaks no rule."""
        return not self.broken

    @property
    def rank(self) -> tuple[object, ...]:
        """What to sort by: legal ones first, then the cheapest, then the fewest disturbed."""
        return (bool(self.broken), self.sums, len(self.change.workers), self.workers)


class Ways:
    """Finds ways in drafts of one roster."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.problem = ledger.problem
        self.roster = ledger.roster
        self.seating = Seating(ledger)
        self._openings: dict[tuple[str, frozenset[str], bool], tuple[Task, ...]] = {}
        self._filled: dict[object, list[Placed]] = {}
        self._worth: dict[tuple[frozenset[str], str, str], Sums] = {}

    def begun(self, task: Task) -> Draft:
        """Return a draft to look for ways in: of a crews' task left to one, nobody does it now.

        Nor any other such task in the shifts that the task fits: whoever is left can make a new
        crew for all of them.
        """
        draft = Draft(self.roster)
        if task.is_crew:
            for placed in self.roster.halves:
                shift = draft.shift_of(placed)
                if placed.task == task.id or (shift and shift.id in self.roster.fitting(task)):
                    draft.drop(placed)
        return draft

    def priced(
        self, draft: Draft, workers: Sequence[str], dropped: Iterable[PlacedTask] = ()
    ) -> Way:
        """Return a finished draft as a way."""
        change = draft.change
        return Way(
            workers=tuple(workers),
            draft=draft,
            change=change,
            broken=draft.broken(),
            sums=self.ledger.difference(change),
            dropped=tuple(p for p in dropped if p not in draft.placed(p.worker)),
        )

    def at_work(self, draft: Draft, worker: Worker, task: Task) -> Iterator[Way]:
        """Yield ways to do a task in a shift that a worker has, alone or with the crew."""
        for name in list(draft.worked(worker.id)):
            shift = self.roster.fitting(task).get(name)
            if shift is None:
                continue
            crew = draft.crew(worker.id, name)
            is_alone = len(crew) == 1
            if len(crew) == (2 if task.is_crew else 1) and self.can_do(crew, task):
                yield from self._sit(draft.copy(), crew, shift, task)
            if not task.is_crew and not is_alone:
                parted = draft.copy()
                lost = parted.part(worker.id, name)
                yield from self._sit(parted, (worker.id,), shift, task, lost)
                if self.can_do(crew, task):
                    # A crew goes as a whole; then one head may bring a second.
                    yield from self._sit(draft.copy(), crew, shift, task)
            if task.is_crew and is_alone:
                yield from self._joined(draft, worker, shift, task)

    def can_do(self, workers: Sequence[str], task: Task) -> bool:
        """Tell whether all of some workers have the skills of a task."""
        members = [self.problem.worker_by_id[name] for name in workers]
        return all(member.skills >= task.skills for member in members)

    def _sit(
        self,
        draft: Draft,
        workers: Sequence[str],
        shift: Shift,
        task: Task,
        lost: Sequence[PlacedTask] = (),
    ) -> Iterator[Way]:
        if task.is_crew and draft.missing(task) < len(workers):
            return
        starts = self.starts(draft, task)
        seats = self.seating.seats(draft, workers, shift, task, starts)
        if seats:
            dropped = self.seating.sit(draft, workers, shift, task, seats[0])
            yield self.priced(draft, workers, (*lost, *dropped))

    def starts(self, draft: Draft, task: Task) -> Iterable[int]:
        """Return where a further head may begin: with those who do the task, else anywhere."""
        begun = draft.heads(task.id)
        return (begun[0].start,) if begun else task.starts

    def _is_loose(self, draft: Draft, worker: str, shift: Shift) -> bool:
        """Tell whether a worker has neither a mate nor tasks on a shift."""
        is_alone = len(draft.crew(worker, shift.id)) == 1
        return is_alone and not draft.inside(worker, shift)

    def _joined(self, draft: Draft, worker: Worker, shift: Shift, task: Task) -> Iterator[Way]:
        """Yield the ways in which two of a team who are alone on a shift become a crew."""
        if draft.inside(worker.id, shift):
            return
        for mate in self.loose(draft, worker, shift):
            if self.can_do((mate,), task):
                pair = (worker.id, mate)
                made = draft.copy()
                if self._give_both(made, pair, shift):
                    yield from self._sit(made, pair, shift, task)

    def _give_both(self, draft: Draft, pair: tuple[str, str], shift: Shift) -> bool:
        """Make a crew of two on a shift that both have; return whether there is a break for both.

        The first one's stays where it can.
        """
        crew = [self.problem.worker_by_id[name] for name in pair]
        first, second = (draft.worked(name)[shift.id].breaks for name in pair)
        draft.give(pair, shift.id, first)
        if first == second or self.seating.can_rest(crew, shift, first):
            return True
        self.seating.settle_break(draft, pair, shift, ())
        return self.seating.can_rest(crew, shift, draft.worked(pair[0])[shift.id].breaks)

    def loose(self, draft: Draft, worker: Worker, shift: Shift) -> list[str]:
        """Return others of a worker's team who have a shift but neither a mate nor tasks on it."""
        if worker.team is None:
            return []
        names = self.roster.members.get((worker.team, shift.id), frozenset())
        return [
            name
            for name in sorted(names - {worker.id})
            if shift.id in draft.worked(name) and self._is_loose(draft, name, shift)
        ]

    def new_shift(
        self,
        draft: Draft,
        workers: Sequence[str],
        shift: Shift,
        task: Task | None = None,
        also: Sequence[PlacedTask] = (),
    ) -> Way | None:
        """Return the way in which workers get a shift, to do a task in it or just to work it.

        What they plan to work on that day gives way unless both can stand; tasks that still fit
        are kept, and other gaps that fit are filled. Two become a crew. Nothing when the task
        cannot lie in it or something in the way is locked.

        Parameters
        ----------
        also
            Tasks that somebody else did in the shift and that are to be taken over where possible.
        """
        if task is not None and not (self.can_do(workers, task) and draft.missing(task)):
            return None
        if task is not None and task.is_crew and draft.missing(task) < len(workers):
            return None
        draft = draft.copy()
        room = self._make_room(draft, workers, shift)
        if room is None:
            return None
        carried = [*also, *room]
        whole = Span(shift.span.start, shift.span.start)
        draft.give(workers, shift.id, (whole,) if shift.break_min else ())
        if task is not None:
            seats = self.seating.seats(draft, workers, shift, task, self.starts(draft, task))
            if not seats or seats[0].dropped:
                return None
            draft.put(task.id, workers, seats[0].start)
        if shift.break_min and not self._rest(draft, workers, shift, carried):
            return None
        self._carry_over(draft, workers, shift, carried)
        self.fill(draft, workers, shift)
        return self.priced(draft, workers, carried)

    def _make_room(
        self, draft: Draft, workers: Sequence[str], shift: Shift
    ) -> list[PlacedTask] | None:
        """Take off what workers plan on a shift's day; return the tasks that were in it."""
        carried: list[PlacedTask] = []
        for name in workers:
            planned = draft.planned(name)
            if shift.id in draft.worked(name):
                if len(workers) > 1 and self._is_loose(draft, name, shift):
                    continue
                return None
            same_day = [o for o in planned if self.problem.shift_by_id[o].day == shift.day]
            if not same_day or not self.roster.breaches_with(name, planned, shift.id):
                continue
            if not all(draft.can_leave(name, other) for other in same_day):
                return None
            for other in same_day:
                carried += draft.take_off(name, other)
        return carried

    def _rest(
        self, draft: Draft, workers: Sequence[str], shift: Shift, carried: Sequence[PlacedTask]
    ) -> bool:
        """Place the break of a new shift; return whether there is a place."""
        crew = [self.problem.worker_by_id[name] for name in workers]
        inside = [placed for name in workers for placed in draft.inside(name, shift)]
        taken = [span_of((self.problem.task_by_id[p.task], p.start)) for p in inside]
        places = self.seating.breaks(crew, shift, taken)
        if not places:
            return False
        attended = self.ledger.attended(draft.shift_change)
        costs = list(self.seating.break_costs(crew, shift, attended, places))
        tasks = {(p.task, p.start): self.problem.task_by_id[p.task] for p in carried}
        for number, place in enumerate(places if tasks else ()):
            lost = [
                (task.level, task.missing_points)
                for (_, start), task in tasks.items()
                if overlaps(place, span_of((task, start)))
            ]
            if lost:
                both = zip(costs[number], self.ledger.sums(lost), strict=True)
                costs[number] = tuple(map(sum, both))
        best = min(range(len(places)), key=lambda n: (costs[n], n))
        for name in workers:
            draft.rest(name, shift.id, places[best])
        return True

    def _carry_over(
        self, draft: Draft, workers: Sequence[str], shift: Shift, carried: Sequence[PlacedTask]
    ) -> None:
        """Put tasks of the shifts that gave way into the new one where they still fit."""
        for placed in dict.fromkeys((p.task, p.start) for p in carried):
            task = self.problem.task_by_id[placed[0]]
            if draft.missing(task) and self._suits(workers, task):
                self.add(draft, workers, shift, task, (placed[1],))

    def fill(self, draft: Draft, workers: Sequence[str], shift: Shift) -> None:
        """Put gaps that workers can close beside what they do into their shift."""
        members = [self.problem.worker_by_id[name] for name in workers]
        skills = frozenset.intersection(*(member.skills for member in members))
        openings = self.openings(shift, skills, is_crew=len(workers) > 1)
        if not openings:
            return
        key = (
            shift.id,
            skills,
            len(workers),
            frozenset(member.travel_mode for member in members),
            draft.worked(workers[0])[shift.id].breaks,
            tuple((p.task, p.start) for name in workers for p in draft.inside(name, shift)),
            tuple(away(member) for member in members),
            tuple(draft.missing(task) for task in openings),
        )
        if key not in self._filled:
            self._filled[key] = list(self._fillings(draft.copy(), workers, shift, openings))
        for task, start in self._filled[key]:
            draft.put(task.id, workers, start)

    def _fillings(
        self, draft: Draft, workers: Sequence[str], shift: Shift, openings: Sequence[Task]
    ) -> Iterator[Placed]:
        for task in openings:
            if not any(placed.worker in workers for placed in draft.heads(task.id)):
                start = self.add(draft, workers, shift, task, self.starts(draft, task))
                if start is not None:
                    yield task, start

    def _suits(self, workers: Sequence[str], task: Task) -> bool:
        return task.is_crew == (len(workers) > 1) and self.can_do(workers, task)

    def add(
        self,
        draft: Draft,
        workers: Sequence[str],
        shift: Shift,
        task: Task,
        starts: Iterable[int],
    ) -> int | None:
        """Put a task where nothing else has to give way; return its start, if there is one."""
        if draft.missing(task) < len(workers) or draft.breaks_link(task, workers):
            return None
        start = self.seating.free_start(draft, workers, shift, task, starts)
        if start is not None:
            draft.put(task.id, workers, start)
        return start

    def worth(self, worker: Worker, shift: Shift) -> Sums:
        """Return what demands would pay more with one more like a worker on a shift."""
        key = (worker.skills, worker.rule_book, shift.id)
        if key not in self._worth:
            attended = [(worker.skills, part, 1) for part in shift.parts]
            places = self.seating.breaks([worker], shift, ())
            costs = self.seating.break_costs([worker], shift, attended, places)
            more = self.ledger.staffing.difference(attended)
            self._worth[key] = min(costs, default=more)
        return self._worth[key]

    def openings(self, shift: Shift, skills: frozenset[str], *, is_crew: bool) -> tuple[Task, ...]:
        """Return gaps of the roster that fit a shift, the most important first, not too many.

        Those with a hard link are left out: others may have to do them.
        """
        key = (shift.id, skills, is_crew)
        if key not in self._openings:
            order = self.ledger.numbers
            gaps = [
                task
                for task in self.problem.tasks
                if task.is_crew == is_crew
                and task.link not in self.roster.hard_links
                and task.skills <= skills
                and self.roster.missing(task)
                and task.earliest_start < shift.span.end
                and task.latest_start >= shift.span.start
                and shift.id in self.roster.fitting(task)
            ]
            gaps.sort(key=lambda task: (order[task.level], -task.missing_points, task.id))
            self._openings[key] = tuple(gaps[:_MOST_FILLED])
        return self._openings[key]
