"""What one roster has that another lacks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from solver.checks import level_values
from solver.data.problem import Problem
from solver.data.solution import PlacedTask, Solution, WorkedShift

_Item = TypeVar("_Item", WorkedShift, PlacedTask)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is taken out of a roster and put into it, to the last break.

    A shift whose break or crew changes is taken out and put in.
    """

    shifts_out: tuple[WorkedShift, ...] = ()
    shifts_in: tuple[WorkedShift, ...] = ()
    tasks_out: tuple[PlacedTask, ...] = ()
    tasks_in: tuple[PlacedTask, ...] = ()

    @property
    def workers(self) -> tuple[str, ...]:
        """Whom it touches, sorted."""
        names = {worked.worker for worked in (*self.shifts_out, *self.shifts_in)}
        names |= {placed.worker for placed in (*self.tasks_out, *self.tasks_in)}
        return tuple(sorted(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPoints:
    """Points that a roster pays on a level more than another; less when below 0."""

    level: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMove:
    """A task that begins at another time, or is done by others, or both.

    Parameters
    ----------
    workers, start
        Who did it and when; empty and nothing when nobody did.
    new_workers, new_start
        Who does it now and when; empty and nothing when nobody does.
    """

    task: str
    workers: tuple[str, ...]
    start: int | None
    new_workers: tuple[str, ...]
    new_start: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How a roster differs from another, as a reader sees it.

    Parameters
    ----------
    shifts_removed, shifts_added
        Pairs of worker and shift.
    breaks_moved
        Pairs of worker and shift that both rosters have, with other breaks.
    tasks
        Tasks done by others or at another time.
    levels
        Every level of the problem, in order.
    """

    shifts_removed: tuple[tuple[str, str], ...]
    shifts_added: tuple[tuple[str, str], ...]
    breaks_moved: tuple[tuple[str, str], ...]
    tasks: tuple[TaskMove, ...]
    levels: tuple[LevelPoints, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether both rosters are the same to a reader."""
        parts = (self.shifts_removed, self.shifts_added, self.breaks_moved, self.tasks)
        return not any(parts)


def applied(solution: Solution, change: Change) -> Solution:
    """Return a roster after a change; its levels, gaps and costs are left out, they are stale."""
    shifts_out, tasks_out = set(change.shifts_out), set(change.tasks_out)
    shifts = [worked for worked in solution.shifts if worked not in shifts_out]
    tasks = [placed for placed in solution.tasks if placed not in tasks_out]
    return Solution(
        shifts=tuple(sorted([*shifts, *change.shifts_in], key=lambda one: (one.worker, one.shift))),
        tasks=tuple(sorted([*tasks, *change.tasks_in], key=lambda one: (one.task, one.worker))),
        levels=(),
    )


def change_between(one: Solution, other: Solution) -> Change:
    """Return what makes the first roster the second."""
    return Change(
        shifts_out=_missing(one.shifts, other.shifts),
        shifts_in=_missing(other.shifts, one.shifts),
        tasks_out=_missing(one.tasks, other.tasks),
        tasks_in=_missing(other.tasks, one.tasks),
    )


def _missing(these: Iterable[_Item], others: Iterable[_Item]) -> tuple[_Item, ...]:
    known = set(others)
    return tuple(item for item in these if item not in known)


def differences(problem: Problem, one: Solution, other: Solution) -> Differences:
    """Return how the second roster of a problem differs from the first."""
    before, after = level_values(problem, one), level_values(problem, other)
    points = tuple(
        LevelPoints(level=level, points=after[level] - before[level]) for level in problem.levels
    )
    return told(one, change_between(one, other), points)


def told(solution: Solution, change: Change, levels: tuple[LevelPoints, ...]) -> Differences:
    """Return a change of a roster, and what it costs, as a reader sees it."""
    before = {(worked.worker, worked.shift): worked.breaks for worked in change.shifts_out}
    after = {(worked.worker, worked.shift): worked.breaks for worked in change.shifts_in}
    kept = before.keys() & after.keys()
    return Differences(
        shifts_removed=tuple(sorted(before.keys() - kept)),
        shifts_added=tuple(sorted(after.keys() - kept)),
        breaks_moved=tuple(sorted(key for key in kept if before[key] != after[key])),
        tasks=_moves(solution, change),
        levels=levels,
    )


def _moves(solution: Solution, change: Change) -> tuple[TaskMove, ...]:
    touched = {placed.task for placed in (*change.tasks_out, *change.tasks_in)}
    before: Mapping[str, set[PlacedTask]] = defaultdict(set)
    for placed in solution.tasks:
        if placed.task in touched:
            before[placed.task].add(placed)
    moves = []
    for name in sorted(touched):
        old = before[name]
        gone = {placed for placed in change.tasks_out if placed.task == name}
        new = old - gone | {placed for placed in change.tasks_in if placed.task == name}
        moves.append(
            TaskMove(
                task=name,
                workers=tuple(sorted(placed.worker for placed in old)),
                start=min((placed.start for placed in old), default=None),
                new_workers=tuple(sorted(placed.worker for placed in new)),
                new_start=min((placed.start for placed in new), default=None),
            )
        )
    return tuple(moves)
