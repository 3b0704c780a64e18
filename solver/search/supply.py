"""Who could serve a task or a demand: the questions that every stage asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from solver.data.problem import Demand, Problem, Shift, Task
from solver.data.spans import Span
from solver.search.legality import away, minus, overlaps

QUARTER = 15
"""Minutes in which demands are judged."""

_MOST_UNIONS_OF = 4


@dataclass(frozen=True, slots=True)
class Supply:
    """Heads that may serve something: nodes, and the number of workers with a fact there."""

    nodes: frozenset[int]
    givens: frozenset[tuple[str, str]]

    def union(self, other: "Supply") -> "Supply":
        """Return the heads of both."""
        return Supply(self.nodes | other.nodes, self.givens | other.givens)

    def includes(self, other: "Supply") -> bool:
        """Return whether all heads of another are among these."""
        return self.nodes >= other.nodes and self.givens >= other.givens


@dataclass(slots=True)
class Padding:
    """Workers wanted beyond the problem's, where a day turned out to need them.

    Parameters
    ----------
    tasks
        More heads while a task runs.
    demands
        More heads by demand and quarter (its start).
    """

    tasks: dict[str, int] = field(default_factory=dict)
    demands: dict[tuple[str, int], int] = field(default_factory=dict)


def fits(shift: Shift, task: Task, busy: Sequence[Span] = ()) -> bool:
    """Return whether a task can lie in a shift at one of its starts, off busy time."""
    if not overlaps(shift.span, Span(task.earliest_start, task.latest_start + 1)):
        return False
    return any(
        part.start <= start
        and start + task.duration_min <= part.end
        and not any(overlaps(Span(start, start + task.duration_min), span) for span in busy)
        for part in shift.open_parts
        for start in task.starts
    )


def conflict(problem: Problem, mode: str, one: tuple[Task, int], two: tuple[Task, int]) -> bool:
    """Return whether one worker cannot do two tasks at their starts, travel considered."""
    (first, start), (second, then) = sorted((one, two), key=lambda item: item[1])
    return then < start + first.duration_min + problem.travel_min(mode, first.place, second.place)


def heads_open(task: Task) -> int:
    """Return how many heads of a task are not given by locks."""
    return max(0, task.heads - len({lock.worker for lock in task.locks}))


def steady_presence(problem: Problem, demand: Demand) -> list[Span]:
    """Return the time at work, not away, of each fact of the workers that a demand counts."""
    return [
        piece
        for worker in problem.workers
        if worker.skills >= demand.skills
        for fact in worker.facts
        for part in fact.parts
        for piece in minus(part, away(worker))
    ]


def unions(supplies: Sequence[Supply]) -> list[Supply]:
    """Return the unions of some supplies: of all groups if they are few, else each and all."""
    sizes = range(1, len(supplies) + 1) if len(supplies) <= _MOST_UNIONS_OF else (1, len(supplies))
    found = []
    for size in sizes:
        for group in combinations(supplies, size):
            union = group[0]
            for other in group[1:]:
                union = union.union(other)
            found.append(union)
    return list(dict.fromkeys(found))


def set_unions(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Return the unions of some sets: of all groups if they are few, else each and all."""
    sizes = range(1, len(sets) + 1) if len(sets) <= _MOST_UNIONS_OF else (1, len(sets))
    return list(
        dict.fromkeys(frozenset().union(*group) for n in sizes for group in combinations(sets, n))
    )
