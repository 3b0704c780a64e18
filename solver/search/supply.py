"""Who could serve a task or a demand: the questions that every stage asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from solver.data.problem import Demand, Problem, Shift, Task
from solver.data.spans import Span
from solver.search.legality import away, minus, overlaps
from solver.search.linear import Ints

QUARTER = 15
"""Minutes in which demands are judged."""

_MOST_UNIONS_OF = 4

_LARGE_SET = 60
"""Tasks at once from which on parts of a set say too little for what they take."""


class Heads(NamedTuple):
    """Whoever works a shift and has some skills."""

    skills: frozenset[str]
    shift: str

    def includes(self, other: "Heads") -> bool:
        """Return whether all that another counts are among these."""
        return self.shift == other.shift and self.skills <= other.skills


@dataclass(frozen=True, slots=True)
class Supply:
    """Heads that may serve something: planned ones, and workers with a fact there."""

    heads: frozenset[Heads]
    givens: frozenset[tuple[str, str]]

    def union(self, other: "Supply") -> "Supply":
        """Return the heads of both, none of them twice."""
        return union_of((self, other))

    def includes(self, other: "Supply") -> bool:
        """Return whether all heads of another are among these."""
        return self.givens >= other.givens and (
            self.heads >= other.heads
            or all(
                heads in self.heads or any(mine.includes(heads) for mine in self.heads)
                for heads in other.heads
            )
        )


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


def alike_quarters(span: Span, edges: Iterable[int]) -> Iterator[tuple[Span, int]]:
    """Yield the first of each row of quarters of a span that are alike, and how many the row has.

    Quarters next to each other are alike when no edge lies between or in them.
    """
    marks = {0, -(-span.length // QUARTER)}
    for edge in edges:
        if span.start < edge < span.end:
            after = edge - span.start
            marks |= {after // QUARTER, -(-after // QUARTER)}
    for first, last in pairwise(sorted(marks)):
        start = span.start + first * QUARTER
        yield Span(start, min(start + QUARTER, span.end)), last - first


def starts_in(span: Span, task: Task) -> range:
    """Return the starts of a task at which it lies in a span."""
    first, step = task.earliest_start, task.step_min
    low = max(first, first - (first - span.start) // step * step)
    return range(low, min(task.latest_start, span.end - task.duration_min) + 1, step)


def fits(shift: Shift, task: Task, busy: Sequence[Span] = ()) -> bool:
    """Return whether a task can lie in a shift at one of its starts, off busy time."""
    for part in shift.open_parts:
        starts = starts_in(part, task)
        if starts and not busy:
            return True
        if any(
            not any(overlaps(Span(start, start + task.duration_min), span) for span in busy)
            for start in starts
        ):
            return True
    return False


class Fits:
    """Whether shifts of a problem can hold tasks; what was asked once is remembered."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._known: dict[tuple[object, ...], bool] = {}

    @staticmethod
    def key(task: Task) -> tuple[int, int, int, int]:
        """Return all of a task that matters."""
        return (task.earliest_start, task.latest_start, task.duration_min, task.step_min)

    def shift(self, name: str, task: Task, busy: Sequence[Span] = ()) -> bool:
        """Return whether a task can lie in a shift, off busy time."""
        key = (name, *self.key(task), *busy)
        if key not in self._known:
            self._known[key] = fits(self._problem.shift_by_id[name], task, busy)
        return self._known[key]


def conflict(problem: Problem, mode: str, one: tuple[Task, int], two: tuple[Task, int]) -> bool:
    """Return whether one worker cannot do two tasks at their starts, travel considered.

    Nobody does one task twice. Of two that begin together the shorter one comes first.
    """
    (first, start), (second, then) = one, two
    if then < start or (then == start and order_of(second) < order_of(first)):
        first, start, second, then = second, then, first, start
    way_min = problem.travel_min(mode, first.place, second.place)
    return then < start + first.duration_min + way_min or first.id == second.id


def order_of(task: Task) -> tuple[int, str]:
    """Return by what tasks that begin together come one after the other."""
    return task.duration_min, task.id


def ways_between(problem: Problem, mode: str, places: Sequence[str | None]) -> Ints:
    """Return the minutes from each of some places to each of them."""
    table = problem.travel.get(mode, {})
    ways = [
        0 if one is None or two is None or one == two else table.get((one, two), 0)
        for one in places
        for two in places
    ]
    return np.array(ways, np.int64).reshape(len(places), len(places))


class Excluding:
    """Tells of two tasks whether nobody can do both, whenever they begin; travel considered.

    Parameters
    ----------
    mode
        How somebody travels; without it, as whoever is fastest on each way.

    Attributes
    ----------
    number
        Of each place where there are tasks.
    ways
        Minutes from place to place, by these numbers.
    """

    def __init__(self, problem: Problem, mode: str | None = None) -> None:
        every = {worker.travel_mode for worker in problem.workers} or {""}
        places = list(dict.fromkeys(task.place for task in problem.tasks))
        self.number = {place: number for number, place in enumerate(places)}
        modes = every if mode is None else {mode}
        self.ways: Ints = np.minimum.reduce([ways_between(problem, m, places) for m in modes])
        self._rows: list[list[int]] = self.ways.tolist()

    def __call__(self, first: Task, second: Task) -> bool:
        """Return whether nobody can do both of two tasks."""
        here, there = self.number[first.place], self.number[second.place]
        return _are_apart(first, second, self._rows[here][there], self._rows[there][here])


def excludes(problem: Problem, mode: str, one: Task, other: Task) -> bool:
    """Return whether nobody who travels so can do both of two tasks, whenever they begin."""
    there = problem.travel_min(mode, one.place, other.place)
    back = problem.travel_min(mode, other.place, one.place)
    return _are_apart(one, other, there, back)


def _are_apart(one: Task, other: Task, there: int, back: int) -> bool:
    return (
        _first_end(one) + there > other.latest_start and _first_end(other) + back > one.latest_start
    )


def exclusive(problem: Problem) -> list[frozenset[str]]:
    """Return sets of tasks of which nobody can do two, whenever they begin; travel considered.

    There is one for each task that has a time when it must be under way: that task, all others
    under way at the first minute of that time, and of those before, the latest first, who are at
    odds with each of them.
    """
    excluding = Excluding(problem)
    cores = sorted(
        (task for task in problem.tasks if task.latest_start < _first_end(task)),
        key=lambda task: (-_first_end(task), task.id),
    )
    latest = np.array([task.latest_start for task in cores], np.int64)
    ends = np.array([_first_end(task) for task in cores], np.int64)
    places = np.array([excluding.number[task.place] for task in cores], np.int64)
    longest_min = excluding.ways.max(initial=0)
    found: dict[frozenset[str], None] = {}
    for minute in np.unique(latest).tolist():
        has_begun = latest <= minute
        clique = np.flatnonzero(has_begun & (ends > minute))
        before = np.flatnonzero(has_begun & (ends <= minute) & (ends + longest_min > minute))
        ways = excluding.ways[np.ix_(places[before], places[clique])]
        # Whoever ends one of those before later than this comes too late for each of the others.
        leaves = (latest[clique] - ways).max(axis=1)
        members = clique.tolist()
        while True:
            is_late = ends[before] > leaves
            before, leaves = before[is_late], leaves[is_late]
            if not before.size:
                break
            one, before = before[0], before[1:]
            members.append(one)
            ways = excluding.ways[places[before], places[one]]
            leaves = np.maximum(leaves[1:], latest[one] - ways)
        found[frozenset(cores[number].id for number in members)] = None
    return list(found)


def _first_end(task: Task) -> int:
    return task.earliest_start + task.duration_min


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


def union_of(supplies: Sequence[Supply]) -> Supply:
    """Return the heads of all, none of them twice."""
    if len(supplies) == 1:
        return supplies[0]
    every = frozenset[Heads]().union(*(each.heads for each in supplies))
    givens = frozenset[tuple[str, str]]().union(*(each.givens for each in supplies))
    if len({len(heads.skills) for heads in every}) < 2:
        return Supply(every, givens)  # none has more skills than another
    by_shift: dict[str, list[Heads]] = {}
    for heads in every:
        by_shift.setdefault(heads.shift, []).append(heads)
    kept = frozenset(
        heads for heads in every if not any(o.skills < heads.skills for o in by_shift[heads.shift])
    )
    return Supply(kept, givens)


def included(names: Mapping[Supply, Sequence[str]]) -> Callable[[Supply], frozenset[str]]:
    """Return what says whose supplies another one includes, by the names of each supply.

    Supplies with no skill in common with it are not looked at: there may be thousands.
    """
    by_skill: dict[str, set[Supply]] = {}
    for supply in names:
        for skill in _skills(supply):
            by_skill.setdefault(skill, set()).add(supply)
    bare = {supply for supply in names if not supply.heads}

    def find(union: Supply) -> frozenset[str]:
        near: Iterable[Supply] = names
        if all(heads.skills for heads in union.heads):
            near = bare.union(*(by_skill.get(skill, ()) for skill in _skills(union)))
        return frozenset(
            name for supply in near if union.includes(supply) for name in names[supply]
        )

    return find


def largest(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return sets, the largest first; of a large one no part of it."""
    found: list[frozenset[str]] = []
    large: list[frozenset[str]] = []
    for each in sorted(dict.fromkeys(sets), key=len, reverse=True):
        if not any(each < other for other in large):
            found.append(each)
            if len(each) > _LARGE_SET:
                large.append(each)
    return found


def _skills(supply: Supply) -> frozenset[str]:
    return frozenset[str]().union(*(heads.skills for heads in supply.heads))


def unions(supplies: Sequence[Supply]) -> list[Supply]:
    """Return the unions of some supplies: of all groups if they are few, else each and all."""
    sizes = range(1, len(supplies) + 1) if len(supplies) <= _MOST_UNIONS_OF else (1, len(supplies))
    found: list[Supply] = []
    for size in sizes:
        found += [union_of(group) for group in combinations(supplies, size)]
    return list(dict.fromkeys(found))


def set_unions(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Return the unions of some sets: of all groups if they are few, else each and all."""
    sizes = range(1, len(sets) + 1) if len(sets) <= _MOST_UNIONS_OF else (1, len(sets))
    return list(
        dict.fromkeys(frozenset().union(*group) for n in sizes for group in combinations(sets, n))
    )
