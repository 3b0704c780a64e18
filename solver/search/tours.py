"""What a worker can do of tasks that follow each other, in rows for days that are short of people.

Hall's condition looks at tasks of which nobody can do two. Where the way from task to task decides
how many one worker can do, it says too little. Here a *tour* is a set of tasks that a worker can do
in one shift. Whatever tasks are taken to be worth, those that lack nobody are worth no more than
the best tours of all shifts worked. The worths that say most are the prices of a linear program
that covers the tasks of a day by tours of all who could come.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from solver.data.problem import Task
from solver.data.spans import Span
from solver.search.legality import away, minus, overlaps
from solver.search.linear import Matrix
from solver.search.nodes import Nodes
from solver.search.simplex import SimplexLp
from solver.search.supply import Excluding

_MOST_TOURS = 10_000
"""Of a shift. Where there are more, tasks are so short that the ways hardly matter."""

_MOST_STEPS = 500_000
"""For all days: pairs of tasks or of a task and a worker, tasks that a tour may go on with, entries
of programs. Days that come too late for them have no row: a weaker bound, but one in time."""

_MOST_WORTH = 120
"""What the most precious task of a day is worth; worths are whole numbers."""

_LEAST_LACK = 0.5
"""Points that a day must lack whoever comes before a row says so."""

_Tour = frozenset[int]
"""Places of tasks in the order of a day."""

_Place = tuple[str, tuple[Span, ...]]
"""A shift, and when in it its worker is away; nobody is away in a planned shift."""


def add_tours(nodes: Nodes, missing: Mapping[str, int], wanted: Callable[[Task], int]) -> None:
    """Add a row for each day on which tasks lack heads even if all come who could.

    Parameters
    ----------
    missing
        By task the variable that counts the heads that it lacks.
    wanted
        Returns how many heads a task wants.
    """
    excluding, steps = Excluding(nodes.problem), _Steps(_MOST_STEPS)
    # The fewer tasks a day has the fewer tours, and the more its row says of each.
    for tasks in sorted(_days(nodes, wanted), key=len):
        if not steps.take(len(tasks) * (len(tasks) // 2 + len(nodes.problem.workers))):
            break
        _Day(nodes, tasks, wanted, excluding, steps).add(missing)


def _days(nodes: Nodes, wanted: Callable[[Task], int]) -> Iterator[list[Task]]:
    """Yield tasks for single heads that only shifts of one day can hold, by level and skills."""
    found: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    for task in nodes.problem.tasks:
        if task.is_crew or not wanted(task):
            continue
        names = {name for name in nodes.by_skills[task.skills] if nodes.fits.shift(name, task)}
        names |= {
            shift.id
            for worker in nodes.given_workers
            if worker.skills >= task.skills
            for shift in nodes.givens[worker.id]
            if nodes.fits.shift(shift.id, task)
        }
        days = {nodes.day_of(name) for name in names}
        if len(days) == 1:
            found[task.level, task.skills, *days].append(task)
    for tasks in found.values():
        if len(tasks) > 1:
            yield sorted(tasks, key=lambda task: (task.earliest_start, task.id))


@dataclass(slots=True)
class _Steps:
    """How many steps are left."""

    left: int

    def take(self, n: int) -> bool:
        """Take some steps; when there are not so many, leave none and return false."""
        has_all = n <= self.left
        self.left = self.left - n if has_all else 0
        return has_all


@dataclass(frozen=True, slots=True)
class _Begun:
    """A tour that later tasks may be added to.

    Parameters
    ----------
    later
        Those that may come next.
    free, break_min
        Where in the shift its break may lie beside tasks that begin at fixed times.
    """

    tour: tuple[int, ...]
    later: _Tour
    free: tuple[Span, ...]
    break_min: int


@dataclass(slots=True)
class _Way:
    """What somebody has been given to do so far, and where all of it could be done."""

    places: frozenset[_Place]
    done: list[int] = field(default_factory=list)


class _Day:
    """Tasks of a day, and who could come for them."""

    def __init__(
        self,
        nodes: Nodes,
        tasks: Sequence[Task],
        wanted: Callable[[Task], int],
        excluding: Excluding,
        steps: _Steps,
    ) -> None:
        self._steps = steps
        self._nodes = nodes
        self._tasks = tasks
        self._skills = tasks[0].skills
        self._wanted = [wanted(task) for task in tasks]
        self._after = [
            frozenset(at for at in range(n + 1, len(tasks)) if not excluding(task, tasks[at]))
            for n, task in enumerate(tasks)
        ]
        self._fixed = [_fixed_span(task) for task in tasks]
        self._held: dict[_Place, _Tour] = {}
        self._known: dict[_Place, list[_Tour]] = {}
        self._sizes: dict[_Place, int] = {}
        self._given: list[_Place] = [
            (shift.id, away(worker))
            for worker in nodes.given_workers
            if worker.skills >= self._skills
            for shift in nodes.givens[worker.id]
        ]
        self._people = Counter(
            [
                frozenset(
                    (name, ()) for name in nodes.reached[worker.id] if self._holds((name, ()))
                )
                for worker in nodes.planned
                if worker.skills >= self._skills
            ]
            + [frozenset({place}) for place in self._given if self._holds(place)]
        )

    def add(self, missing: Mapping[str, int]) -> None:
        """Add the row, if the day is short of people."""
        worths = self._worths() if self._is_short() else []
        if not any(worths):
            return
        terms = [(missing[t.id], worth) for t, worth in zip(self._tasks, worths, strict=True)]
        for shift, node in self._nodes.by_skills[self._skills].items():
            terms.append((node, self._most((shift, ()), worths)))
        least = sum(worth * n for worth, n in zip(worths, self._wanted, strict=True))
        least -= sum(self._most(place, worths) for place in self._given)
        self._nodes.model.at_least([term for term in terms if term[1]], least)

    # Tours ---------------------------------------------------------------------------------------

    def _holds(self, place: _Place) -> _Tour:
        """Return the tasks that could be done somewhere, one by one."""
        if place not in self._held:
            shift, busy = place
            self._held[place] = frozenset(
                at
                for at, task in enumerate(self._tasks)
                if self._nodes.fits.shift(shift, task, busy)
            )
        return self._held[place]

    def _tours(self, place: _Place) -> list[_Tour]:
        """Return the tours to which no later task can be added; all tasks if they are too many."""
        if place not in self._known:
            tours = list(islice(self._grown(place), _MOST_TOURS + 1))
            is_every = len(tours) <= _MOST_TOURS and self._steps.left
            self._known[place] = tours if is_every else [self._holds(place)]
        return self._known[place]

    def _grown(self, place: _Place) -> Iterator[_Tour]:
        """Yield the tours to which no later task can be added, as long as steps are left."""
        shift = self._nodes.problem.shift_by_id[place[0]]
        free = tuple(part for part in shift.parts if part.length >= shift.break_min)
        first = _Begun((), self._holds(place), free, shift.break_min)
        # Tours may be longer than Python lets calls be deep.
        ways = [iter([first])]
        while ways:
            begun = next(ways[-1], None)
            if begun is None:
                ways.pop()
            elif not self._steps.take(1 + len(begun.later)):
                return
            elif following := [
                (at, free) for at in sorted(begun.later) if (free := self._free(begun, at))
            ]:
                ways.append(self._longer(begun, following))
            else:
                yield frozenset(begun.tour)

    def _longer(
        self, begun: _Begun, following: Sequence[tuple[int, tuple[Span, ...]]]
    ) -> Iterator[_Begun]:
        """Yield a tour with one more task, for each that may follow."""
        for at, free in following:
            later = begun.later & self._after[at]
            yield _Begun((*begun.tour, at), later, free, begun.break_min)

    def _free(self, begun: _Begun, at: int) -> tuple[Span, ...]:
        """Return where a break may lie beside one more task."""
        span, parts = self._fixed[at], begun.free
        if span is None or not begun.break_min or not any(overlaps(span, part) for part in parts):
            return parts
        pieces = (piece for part in parts for piece in minus(part, [span]))
        return tuple(piece for piece in pieces if piece.length >= begun.break_min)

    def _most(self, place: _Place, worths: Sequence[int]) -> int:
        """Return what the best tour somewhere is worth."""
        return max(sum(worths[at] for at in tour) for tour in self._tours(place))

    def _size(self, place: _Place) -> int:
        """Return how many entries the tours somewhere take in a program."""
        if place not in self._sizes:
            self._sizes[place] = sum(len(tour) + 1 for tour in self._tours(place))
        return self._sizes[place]

    # Worths --------------------------------------------------------------------------------------

    def _is_short(self) -> bool:
        """Return whether tasks lack heads when each goes to whoever is on the way already."""
        ways = [_Way(places) for places in self._people.elements()]
        for at, n_heads in enumerate(self._wanted):
            able = [
                way
                for way in ways
                if all(at in self._after[done] for done in way.done)
                and self._holding(way.places, at)
            ]
            able.sort(key=lambda way: not way.done)
            if len(able) < n_heads:
                return True
            for way in able[:n_heads]:
                way.done.append(at)
                way.places = self._holding(way.places, at)
        return False

    def _holding(self, places: frozenset[_Place], at: int) -> frozenset[_Place]:
        return frozenset(place for place in places if at in self._holds(place))

    def _worths(self) -> list[int]:
        """Return what tasks are worth so that the row says most; nothing where none lacks heads."""
        n_tasks, n_sorts = len(self._tasks), len(self._people)
        if not self._steps.take(sum(self._size(p) for places in self._people for p in places)):
            return []
        columns = [
            (tour, n_tasks + number)
            for number, places in enumerate(self._people)
            for tour in sorted({t for place in places for t in self._tours(place)}, key=sorted)
        ]
        entries = [(row, at) for at, (tour, own) in enumerate(columns) for row in (*tour, own)]
        entries += [(at, len(columns) + at) for at in range(n_tasks)]
        row, column = np.array(entries, np.int64).T
        program = SimplexLp(
            np.full(len(columns) + n_tasks, math.inf),
            Matrix(
                row,
                column,
                np.ones(len(entries)),
                np.r_[self._wanted, np.full(n_sorts, -math.inf)],
                np.r_[np.full(n_tasks, math.inf), [float(n) for n in self._people.values()]],
            ),
        )
        points = [float(task.missing_points) for task in self._tasks]
        program.set_costs(np.r_[np.zeros(len(columns)), points], 0.0)
        optimum = program.optimum()
        if optimum is None or optimum.value < _LEAST_LACK:
            return []
        prices = np.maximum(0.0, optimum.prices[:n_tasks])
        return [round(_MOST_WORTH * price) for price in (prices / prices.max()).tolist()]


def _fixed_span(task: Task) -> Span | None:
    """Return when a task is under way, if it begins at a fixed time."""
    is_fixed = len(task.starts) == 1
    return Span(task.earliest_start, task.earliest_start + task.duration_min) if is_fixed else None
