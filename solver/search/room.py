"""Whether a shift has room for some tasks, the ways between them and its break."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from solver.data.problem import Problem, Shift, Task, Worker
from solver.search.legality import away, break_starts, overlaps

Travel = Callable[[Task, Task], int]
"""Minutes from one task to another."""

_MOST_STEPS = 500
"""To find an order: a task or a break begun. Tasks at any time have too many orders for all."""


@dataclass(frozen=True, slots=True)
class Room:
    """A shift, when its break may begin, and how long ways take.

    Parameters
    ----------
    breaks
        Minutes; empty when no break is to be placed.
    """

    shift: Shift
    breaks: range
    travel: Travel

    def has_all(self, tasks: Sequence[Task]) -> bool:
        """Return whether whoever has the shift can do all tasks, one after the other.

        It is taken to be so too when it takes too many steps to find out.
        """
        order = tuple(sorted(tasks, key=lambda task: (task.latest_start, task.id)))
        begin = self.shift.span.start
        steps = iter(range(_MOST_STEPS))
        return self._goes_on(_State(begin, begin, None, not self.breaks), order, steps)

    def _goes_on(self, state: "_State", left: Sequence[Task], steps: Iterator[int]) -> bool:
        if next(steps, None) is None:
            return True
        starts = [self._start(state, task) for task in left]
        if None in starts:
            return False
        if not left:
            return state.had_break or self._after_break(state) is not None
        for task, start in zip(left, starts, strict=True):
            if start is None:
                continue
            end = start + task.duration_min
            others = tuple(other for other in left if other is not task)
            if self._goes_on(_State(end, end, task, state.had_break), others, steps):
                return True
        rested = None if state.had_break else self._after_break(state)
        return rested is not None and self._goes_on(rested, left, steps)

    def _after_break(self, state: "_State") -> "_State | None":
        """Return how it goes on after a break taken at once, if one may begin so late."""
        begin = max(state.ready, self.breaks[0])
        if begin > self.breaks[-1]:
            return None
        return _State(begin + self.shift.break_min, state.end, state.last, had_break=True)

    def _start(self, state: "_State", task: Task) -> int | None:
        """Return when a task begins at the soonest, nothing when that is too late."""
        soonest = state.ready
        if state.last is not None:
            soonest = max(soonest, state.end + self.travel(state.last, task))
        for part in self.shift.open_parts:
            at = _on_grid(max(soonest, part.start), task)
            if at <= task.latest_start and at + task.duration_min <= part.end:
                return at
        return None


@dataclass(frozen=True, slots=True)
class _State:
    """Where somebody is: free from a minute, last task and its end, break had or not."""

    ready: int
    end: int
    last: Task | None
    had_break: bool


def _on_grid(minute: int, task: Task) -> int:
    """Return the first start of a task from a minute on."""
    late = max(0, minute - task.earliest_start)
    return task.earliest_start + -(-late // task.step_min) * task.step_min


def room_of(problem: Problem, shift: Shift, workers: Sequence[Worker]) -> Room:
    """Return the room for what workers do together, whoever of them drives.

    Who is away during a shift may have the break then; of different rules for breaks each counts.
    """
    modes = {worker.travel_mode for worker in workers}
    rules = [problem.rule_book_by_id[worker.rule_book].rules for worker in workers]
    breaks = [break_starts(shift, mine, 1) for mine in rules]
    busy = [span for worker in workers for span in away(worker)]
    if not all(breaks) or any(overlaps(span, shift.span) for span in busy):
        breaks = [range(0)]

    def travel(one: Task, other: Task) -> int:
        return min(problem.travel_min(mode, one.place, other.place) for mode in modes)

    first, last = min(each.start for each in breaks), max(each.stop for each in breaks)
    return Room(shift, range(first, last), travel)
