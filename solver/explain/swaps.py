"""Ways in which a second person takes over what the first has to leave."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from solver.data.problem import Shift
from solver.data.solution import PlacedTask
from solver.explain.ways import Way, Ways

_MOST_WAYS = 8


class Swaps:
    """Finds ways that disturb two people where one alone would uncover something."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.roster = ways.roster
        self.problem = ways.problem

    def better(self, ways: Iterable[Way]) -> Iterator[Way]:
        """Yield ways that begin as some legal ones do and cost less, as another takes over."""
        legal = sorted((way for way in ways if way.is_legal), key=lambda way: way.rank)
        handing = [way for way in legal if way.dropped][:_MOST_WAYS]
        for way in handing:
            yield from self._cheaper(way, self._tasks_taken(way))
        for way in [way for way in legal if self._left(way)][:_MOST_WAYS]:
            for shift in self._left(way):
                yield from self._cheaper(way, self._shift_taken(way, shift))

    def _cheaper(self, way: Way, others: Iterable[Way]) -> Iterator[Way]:
        best = min(others, key=lambda other: other.rank, default=None)
        if best is not None and best.is_legal and best.sums < way.sums:
            yield best

    def _left(self, way: Way) -> list[Shift]:
        """Return the shifts that a way takes from those who close the gap."""
        kept = {(worked.worker, worked.shift) for worked in way.change.shifts_in}
        names = {
            worked.shift
            for worked in way.change.shifts_out
            if worked.worker in way.workers and (worked.worker, worked.shift) not in kept
        }
        return [self.problem.shift_by_id[name] for name in sorted(names)]

    def _tasks_taken(self, way: Way) -> Iterator[Way]:
        """Yield ways in which one other at work, or a crew, does what was dropped."""
        dropped = dict.fromkeys(placed.task for placed in way.dropped)
        names = [n for n in dropped if way.draft.missing(self.problem.task_by_id[n])]
        if not names:
            return
        first = self.problem.task_by_id[names[0]]
        for worker in self.roster.skilled(first.skills):
            if worker.id not in way.workers:
                yield from self._all_taken(way, worker.id, names)

    def _all_taken(self, way: Way, worker: str, names: Sequence[str]) -> Iterator[Way]:
        draft, taken = way.draft, way
        for name in names:
            task = self.problem.task_by_id[name]
            member = self.problem.worker_by_id[worker]
            if not member.skills >= task.skills or not draft.missing(task):
                return
            mine = [
                each
                for each in self.ways.at_work(draft, member, task)
                if not each.dropped and set(way.workers).isdisjoint(each.workers)
            ]
            best = min(mine, key=lambda each: each.rank, default=None)
            if best is None:
                return
            draft, taken = best.draft, best
        yield _of_both(way, taken)

    def _shift_taken(self, way: Way, shift: Shift) -> Iterator[Way]:
        """Yield ways in which another has a shift that was left, and what was done in it."""
        also = [placed for placed in way.dropped if self._is_in(placed, shift)]
        for worker in self.problem.workers:
            is_offered = shift.id in worker.shifts and shift.id not in way.draft.worked(worker.id)
            if worker.id in way.workers or not is_offered:
                continue
            planned = tuple(
                name
                for name in way.draft.planned(worker.id)
                if self.problem.shift_by_id[name].day != shift.day
            )
            if self.roster.breaches_with(worker.id, planned, shift.id):
                continue
            other = self.ways.new_shift(way.draft, (worker.id,), shift, also=also)
            if other is not None:
                yield _of_both(way, other)

    def _is_in(self, placed: PlacedTask, shift: Shift) -> bool:
        return shift.span.start <= placed.start < shift.span.end


def _of_both(way: Way, other: Way) -> Way:
    """Return a way that goes on where another ended as one of the workers of both."""
    dropped = tuple(p for p in way.dropped if p not in other.draft.placed(p.worker))
    return replace(other, workers=(*way.workers, *other.workers), dropped=dropped)
