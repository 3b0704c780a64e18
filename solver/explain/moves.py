"""Ways to make room for a task by letting others begin at another time."""

from collections.abc import Iterable, Iterator, Sequence

from solver.data.problem import Shift, Task
from solver.data.solution import PlacedTask
from solver.explain.draft import Draft
from solver.explain.ways import Way, Ways

_MOST_SEATS = 4
_MOST_STARTS = 12


class Moves:
    """Finds ways that move the starts of tasks, in one roster."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.roster = ways.roster
        self.problem = ways.problem
        self.seating = ways.seating

    def for_task(self, draft: Draft, task: Task) -> Iterator[Way]:
        """Yield ways in which those at work do one more task, theirs or its own start moved."""
        yield from self._others_moved(draft, task)
        if draft.heads(task.id):
            yield from self._itself_moved(draft, task)

    def _others_moved(self, draft: Draft, task: Task) -> Iterator[Way]:
        doing = {placed.worker for placed in draft.heads(task.id)}
        for workers, shift in self._units(draft, task):
            if doing.isdisjoint(workers):
                starts = self.ways.starts(draft, task)
                seats = self.seating.seats(draft, workers, shift, task, starts)
                for seat in [seat for seat in seats if seat.dropped][:_MOST_SEATS]:
                    moved = draft.copy()
                    gone = self.seating.sit(moved, workers, shift, task, seat)
                    if self._placed_again(moved, workers, shift, gone):
                        yield self.ways.priced(moved, workers)

    def _units(self, draft: Draft, task: Task) -> Iterator[tuple[tuple[str, ...], Shift]]:
        """Yield who could do a task together, with a shift that they have."""
        seen: set[tuple[tuple[str, ...], str]] = set()
        fitting = self.roster.fitting(task)
        for worker in self.roster.skilled(task.skills):
            for name in draft.worked(worker.id).keys() & fitting.keys():
                crew = draft.crew(worker.id, name)
                key = (tuple(sorted(crew)), name)
                is_unit = task.is_crew == (len(crew) > 1)
                if is_unit and key not in seen and self.ways.can_do(crew, task):
                    seen.add(key)
                    yield crew, fitting[name]

    def _placed_again(
        self, draft: Draft, workers: Sequence[str], shift: Shift, gone: Iterable[PlacedTask]
    ) -> bool:
        """Place what gave way at another start, in the same shift; return whether all has one."""
        for name in dict.fromkeys(placed.task for placed in gone):
            task = self.problem.task_by_id[name]
            if draft.heads(name):
                return False
            start = self.seating.free_start(draft, workers, shift, task, task.starts)
            if start is None:
                return False
            draft.put(name, workers, start)
        return True

    def _itself_moved(self, draft: Draft, task: Task) -> Iterator[Way]:
        """Yield ways in which all who do a task begin at another time, with one more."""
        heads = draft.heads(task.id)
        if any(draft.is_locked(placed) for placed in heads):
            return
        others = [start for start in task.starts if start != heads[0].start]
        for start in others[:: max(1, len(others) // _MOST_STARTS)]:
            moved = draft.copy()
            if self._moved_to(moved, task, heads, start):
                for workers, shift in self._units(moved, task):
                    if not any(p.worker in workers for p in heads):
                        yield from self._joined(moved, workers, shift, task, start)

    def _moved_to(self, draft: Draft, task: Task, heads: Sequence[PlacedTask], start: int) -> bool:
        """Let those who do a task begin at another start; return whether all can."""
        crews: dict[tuple[str, ...], Shift] = {}
        for placed in heads:
            shift = draft.shift_of(placed)
            if shift is None:
                return False
            crews[tuple(sorted(draft.crew(placed.worker, shift.id)))] = shift
        for placed in heads:
            draft.drop(placed)
        for workers, shift in crews.items():
            if self.seating.free_start(draft, workers, shift, task, (start,)) is None:
                return False
            draft.put(task.id, workers, start)
        return True

    def _joined(
        self, draft: Draft, workers: Sequence[str], shift: Shift, task: Task, start: int
    ) -> Iterator[Way]:
        if self.seating.free_start(draft, workers, shift, task, (start,)) is not None:
            joined = draft.copy()
            joined.put(task.id, workers, start)
            yield self.ways.priced(joined, workers)
