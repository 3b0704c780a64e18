"""A worker's time as the checks see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from solver.data.problem import Fact, Problem, Shift, Task, Worker
from solver.data.rules import RuleBook
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A worked shift: planned, or a fact.

    Parameters
    ----------
    shift
        Id of the problem's shift; nothing for a fact that is none.
    """

    day: int
    parts: tuple[Span, ...]
    counted_min: int
    tags: frozenset[str]
    kind: str
    is_fact: bool
    shift: str | None
    breaks: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """All of one worker's work, past, present and future, and the tasks placed in it.

    Parameters
    ----------
    problem
        What all workers share: days, rule books, tasks and travel. Shifts, locks and the worker are
        taken from the timeline, so that it says the same of every problem that differs in others'.
    shift_by_id
        The shifts that ``worked`` and the worker's facts name, among others.
    locks
        Tasks given to the worker beforehand, and the start of each.
    """

    problem: Problem
    worker: Worker
    worked: tuple[WorkedShift, ...]
    placed: tuple[PlacedTask, ...]
    shift_by_id: Mapping[str, Shift]
    locks: tuple[tuple[Task, int], ...] = ()

    @cached_property
    def rule_book(self) -> RuleBook:
        """The worker's rules."""
        return self.problem.rule_book_by_id[self.worker.rule_book]

    @cached_property
    def fact_of(self) -> dict[str, Fact]:
        """Facts that begin in the horizon, by the shift that each equals."""
        return {fact.shift: fact for fact in self.worker.facts if fact.shift is not None}

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """Facts and planned shifts by start."""
        breaks = {worked.shift: worked.breaks for worked in self.worked}
        found = [
            Work(
                day=fact.day,
                parts=fact.parts,
                counted_min=fact.counted_min,
                tags=fact.tags,
                kind=self.shift_by_id[fact.shift].kind if fact.shift else fact.kind,
                is_fact=True,
                shift=fact.shift,
                breaks=breaks.get(fact.shift or "", ()),
            )
            for fact in self.worker.facts
        ]
        found += [
            Work(
                day=shift.day,
                parts=shift.parts,
                counted_min=shift.counted_min.get(self.worker.rule_book, 0),
                tags=shift.tags,
                kind=shift.kind,
                is_fact=False,
                shift=shift.id,
                breaks=breaks[shift.id],
            )
            for shift in self.planned
        ]
        return tuple(sorted(found, key=lambda work: work.span))

    @cached_property
    def planned(self) -> tuple[Shift, ...]:
        """Shifts that the roster gives and no fact does."""
        return tuple(
            self.shift_by_id[worked.shift]
            for worked in self.worked
            if worked.shift not in self.fact_of
        )

    @cached_property
    def in_crew(self) -> tuple[Span, ...]:
        """When the worker is at work in a crew."""
        return tuple(
            self.shift_by_id[worked.shift].span for worked in self.worked if worked.crew is not None
        )

    @cached_property
    def facts(self) -> tuple[Work, ...]:
        """Only the facts."""
        return tuple(work for work in self.works if work.is_fact)

    @cached_property
    def tasks(self) -> tuple[tuple[Task, Span], ...]:
        """Tasks with the time they take, by start."""
        found = [
            (task, Span(placed.start, placed.start + task.duration_min))
            for placed in self.placed
            for task in [self.problem.task_by_id[placed.task]]
        ]
        return tuple(sorted(found, key=lambda done: (done[1], done[0].id)))

    @cached_property
    def open_tasks(self) -> tuple[tuple[str, int], ...]:
        """Ids and starts of the tasks that were not given beforehand."""
        return tuple(
            (task.id, span.start)
            for task, span in self.tasks
            if not self.is_locked(task, span.start)
        )

    def bound_outside(self, works: Iterable[Work]) -> Iterator[tuple[int, int]]:
        """Yield start and minutes outside ``works`` of each bound span."""
        taken = [part for work in works for part in work.parts]
        for bound in self.worker.bound:
            yield bound.start, sum(piece.length for piece in outside(bound, taken))

    def is_locked(self, task: Task, start: int) -> bool:
        """Tell whether the task was given to the worker beforehand, to begin at ``start``."""
        return (task.id, start) in self._locked

    @cached_property
    def locked_tasks(self) -> frozenset[str]:
        """Ids of the tasks given beforehand, at whatever time."""
        return frozenset(task.id for task, _ in self.locks)

    @cached_property
    def _locked(self) -> frozenset[tuple[str, int]]:
        return frozenset((task.id, start) for task, start in self.locks)


def known_part(problem: Problem, solution: Solution) -> Solution:
    """Return a roster without the shifts and tasks that name what the problem lacks."""
    return replace(
        solution,
        shifts=tuple(
            worked
            for worked in solution.shifts
            if worked.worker in problem.worker_by_id and worked.shift in problem.shift_by_id
        ),
        tasks=tuple(
            placed
            for placed in solution.tasks
            if placed.worker in problem.worker_by_id and placed.task in problem.task_by_id
        ),
    )


def timelines(problem: Problem, solution: Solution) -> dict[str, Timeline]:
    """Return every worker's timeline."""
    worked: dict[str, list[WorkedShift]] = defaultdict(list)
    placed: dict[str, list[PlacedTask]] = defaultdict(list)
    locks: dict[str, list[tuple[Task, int]]] = defaultdict(list)
    for shift in solution.shifts:
        worked[shift.worker].append(shift)
    for task in solution.tasks:
        placed[task.worker].append(task)
    for locked in problem.tasks:
        for lock in locked.locks:
            locks[lock.worker].append((locked, lock.start))
    return {
        worker.id: Timeline(
            problem=problem,
            worker=worker,
            worked=tuple(worked[worker.id]),
            placed=tuple(placed[worker.id]),
            shift_by_id=problem.shift_by_id,
            locks=tuple(locks[worker.id]),
        )
        for worker in problem.workers
    }


def outside(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span without the holes, in order."""
    start = span.start
    for hole in sorted(holes):
        if start < hole.start and start < span.end:
            yield Span(start, min(hole.start, span.end))
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans have a minute in common."""
    return one.start < other.end and other.start < one.end
