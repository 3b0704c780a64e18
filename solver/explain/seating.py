"""Where a task and a break can lie in a shift that a worker or a crew works."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.data.problem import Shift, Task, Worker
from solver.data.solution import PlacedTask
from solver.data.spans import Span
from solver.explain.draft import Draft
from solver.explain.ledger import Ledger, Sums
from solver.explain.roster import Placed, span_of
from solver.explain.staffing import Attendance
from solver.search.legality import away, break_starts, overlaps

_BREAK_STEPS_MIN = (15, 5, 1)
"""Where breaks are looked for, the coarser first: what people can remember."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a task can lie in a shift.

    Parameters
    ----------
    dropped
        Tasks that have to go for it, of one of those who would do it.
    moves_break
        Whether the break must go elsewhere.
    rank
        What it costs, roughly: the points of what is dropped, then inconvenience.
    """

    start: int
    dropped: tuple[PlacedTask, ...]
    moves_break: bool
    rank: tuple[object, ...]


class Seating:
    """Places tasks and breaks in shifts of drafts of one roster."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.problem = ledger.problem
        self.roster = ledger.roster
        self._places: dict[tuple[frozenset[str], str, int], tuple[Span, ...]] = {}
        self._free: dict[tuple[frozenset[str], str, tuple[Span, ...]], tuple[Span, ...]] = {}
        self._ranked: dict[object, list[Sums]] = {}

    def seats(
        self, draft: Draft, workers: Sequence[str], shift: Shift, task: Task, starts: Iterable[int]
    ) -> list[Seat]:
        """Return where a task can lie in a shift that some work together, the cheapest first.

        Nobody is asked to leave a locked task, and the workers' skills are not looked at.
        """
        crew = [self.problem.worker_by_id[name] for name in workers]
        busy = self._busy(draft, workers, shift)
        taken = [*self._other_breaks(draft, workers, shift)]
        taken += [span for worker in crew for span in away(worker)]
        pauses = [span for name in workers for span in draft.worked(name)[shift.id].breaks]
        modes = {worker.travel_mode for worker in crew}
        clashes = [
            (each, clash)
            for each in busy
            if overlaps(clash := self._clash(modes, task, each[1]), _starting(task))
        ]
        begun = sorted(start for _, (_, start) in busy)
        extra_min = self._extra_travel_min(crew[0], task, busy)
        found = []
        for start in _reachable(shift, task, starts, taken):
            clashing = [each for each, (first, end) in clashes if first <= start < end]
            if any(draft.is_locked(placed) for placed, _ in clashing):
                continue
            dropped = tuple(placed for placed, _ in clashing)
            span = Span(start, start + task.duration_min)
            moves_break = any(overlaps(span, pause) for pause in pauses)
            if moves_break:
                kept = [span_of(other) for each, other in busy if each not in dropped]
                if not self.breaks(crew, shift, [span, *kept]):
                    continue
            lost = self._lost(draft, clashing, len(workers)) if clashing else self.ledger.nothing
            rank = (lost, moves_break, extra_min[bisect_right(begun, start)], start)
            found.append(Seat(start, dropped, moves_break, rank))
        return sorted(found, key=lambda seat: seat.rank)

    def free_start(
        self, draft: Draft, workers: Sequence[str], shift: Shift, task: Task, starts: Iterable[int]
    ) -> int | None:
        """Return the first start at which a task can lie with nothing giving way for it."""
        crew = [self.problem.worker_by_id[name] for name in workers]
        taken = [*self._other_breaks(draft, workers, shift)]
        taken += [span for worker in crew for span in away(worker)]
        taken += [span for name in workers for span in draft.worked(name)[shift.id].breaks]
        busy = self._busy(draft, workers, shift)
        modes = {worker.travel_mode for worker in crew}
        clashes = [self._clash(modes, task, other) for _, other in busy]
        for start in _reachable(shift, task, starts, taken):
            if not any(first <= start < end for first, end in clashes):
                return start
        return None

    def _other_breaks(self, draft: Draft, workers: Sequence[str], shift: Shift) -> Iterator[Span]:
        """Yield the breaks of other shifts: given ones may lie over each other."""
        for name in workers:
            for worked in draft.worked(name).values():
                if worked.shift != shift.id:
                    yield from worked.breaks

    def _clash(self, modes: Collection[str], task: Task, other: Placed) -> Span:
        """Return from when until when a task cannot begin that is done beside another.

        Parameters
        ----------
        modes
            How those who do both travel; the slowest decides.
        """
        placed, start = other
        there = max(self.problem.travel_min(mode, task.place, placed.place) for mode in modes)
        back = max(self.problem.travel_min(mode, placed.place, task.place) for mode in modes)
        # Of two that begin at the same minute the task is the first.
        return Span(
            start - task.duration_min - there + 1, start + max(1, placed.duration_min + back)
        )

    def sit(
        self, draft: Draft, workers: Sequence[str], shift: Shift, task: Task, seat: Seat
    ) -> list[PlacedTask]:
        """Place a task in its seat; return what was dropped for it."""
        dropped = [gone for placed in seat.dropped for gone in draft.drop(placed)]
        draft.put(task.id, workers, seat.start)
        if seat.moves_break:
            kept = [span_of(other) for _, other in self._busy(draft, workers, shift)]
            self.settle_break(draft, workers, shift, kept)
        return dropped

    def settle_break(
        self, draft: Draft, workers: Sequence[str], shift: Shift, taken: Sequence[Span]
    ) -> None:
        """Move a break to the best place off the time that is taken, if there is one."""
        crew = [self.problem.worker_by_id[name] for name in workers]
        places = self.breaks(crew, shift, taken)
        if places:
            draft.rest(workers[0], shift.id, Span(shift.span.start, shift.span.start))
            costs = self.break_costs(crew, shift, self.ledger.attended(draft.shift_change), places)
            best = min(range(len(places)), key=lambda number: (costs[number], number))
            draft.rest(workers[0], shift.id, places[best])

    def can_rest(self, crew: Sequence[Worker], shift: Shift, breaks: Sequence[Span]) -> bool:
        """Tell whether breaks keep everybody's rules and are off all bound time."""
        if not shift.break_min:
            return not breaks
        places = self._break_places(frozenset(worker.rule_book for worker in crew), shift, 1)
        bound = [span for worker in crew for span in worker.bound]
        return bool(breaks) and all(
            pause in places and not any(overlaps(pause, span) for span in bound) for pause in breaks
        )

    def breaks(
        self, crew: Sequence[Worker], shift: Shift, taken: Sequence[Span]
    ) -> tuple[Span, ...]:
        """Return where a break keeps everybody's rules, off the time that is taken."""
        if not shift.break_min:
            return ()
        busy = (*taken, *(span for each in crew for span in each.bound))
        books = frozenset(worker.rule_book for worker in crew)
        key = (books, shift.id, busy)
        if key not in self._free:
            self._free[key] = self._free_places(books, shift, busy)
        return self._free[key]

    def _free_places(
        self, books: frozenset[str], shift: Shift, busy: Sequence[Span]
    ) -> tuple[Span, ...]:
        for step_min in _BREAK_STEPS_MIN:
            places = self._break_places(books, shift, step_min)
            free = tuple(p for p in places if not any(overlaps(p, span) for span in busy))
            if free:
                return free
        return ()

    def break_costs(
        self,
        crew: Sequence[Worker],
        shift: Shift,
        attended: Sequence[Attendance],
        places: Sequence[Span],
    ) -> list[Sums]:
        """Return what demands cost more by place of the break, with changed attendance."""
        if not attended:
            return [self.ledger.nothing] * len(places)
        skills = [worker.skills for worker in crew]
        key = (tuple(skills), shift.id, tuple(attended), tuple(places))
        if key not in self._ranked:
            table = self.ledger.staffing.rank(skills, attended, places)
            self._ranked[key] = [tuple(row) for row in table.tolist()]
        return self._ranked[key]

    def _break_places(self, books: frozenset[str], shift: Shift, step_min: int) -> tuple[Span, ...]:
        key = (books, shift.id, step_min)
        if key not in self._places:
            rules = [rule for b in books for rule in self.problem.rule_book_by_id[b].rules]
            starts = break_starts(shift, rules, step_min)
            self._places[key] = tuple(Span(at, at + shift.break_min) for at in starts)
        return self._places[key]

    def _busy(
        self, draft: Draft, workers: Sequence[str], shift: Shift
    ) -> list[tuple[PlacedTask, Placed]]:
        """Return the tasks of some workers on and near a shift, those they share once."""
        found: dict[tuple[str, int], tuple[PlacedTask, Placed]] = {}
        near = Span(shift.span.start - 24 * 60, shift.span.end + 24 * 60)
        for name in workers:
            for placed in draft.placed(name):
                if near.start <= placed.start < near.end:
                    task = self.problem.task_by_id[placed.task]
                    key = (placed.task, placed.start)
                    # Of a crew's shared task the locked one speaks for both.
                    if key not in found or draft.is_locked(placed):
                        found[key] = (placed, (task, placed.start))
        return list(found.values())

    def _lost(
        self, draft: Draft, clashing: Sequence[tuple[PlacedTask, Placed]], n_workers: int
    ) -> Sums:
        """Return the points for the heads that would lack, at most; none if enough stay."""
        points = []
        for placed, (task, _) in clashing:
            n_left = len(draft.heads(placed.task)) - n_workers
            lacking = max(0, task.heads - n_left) - draft.missing(task)
            points.append((task.level, task.missing_points * max(0, lacking)))
        return self.ledger.sums(points) if points else self.ledger.nothing

    def _extra_travel_min(
        self, worker: Worker, task: Task, busy: Sequence[tuple[PlacedTask, Placed]]
    ) -> list[int]:
        """Return how much further a worker would go for one more task, nothing being dropped.

        Before all that the worker does, after the first of them, and so on.
        """
        mode, way = worker.travel_mode, self.problem.travel_min
        done = sorted((other for _, other in busy), key=lambda each: each[1])
        places = [None, *(other.place for other, _ in done), None]
        return [
            way(mode, one, task.place) + way(mode, task.place, two) - way(mode, one, two)
            for one, two in pairwise(places)
        ]


def _starting(task: Task) -> Span:
    """Return from when until when a task begins."""
    return Span(task.earliest_start, task.latest_start + 1)


def _reachable(
    shift: Shift, task: Task, starts: Iterable[int], taken: Sequence[Span]
) -> Iterator[int]:
    """Yield the starts at which a task lies in a shift's open time and off some spans."""
    length = task.duration_min
    open_spans = [(part.start, part.end - length) for part in shift.open_parts]
    closed = [(span.start - length, span.end) for span in taken]
    for start in starts:
        is_inside = any(first <= start <= last for first, last in open_spans)
        if is_inside and not any(first < start < end for first, end in closed):
            yield start
