"""Finds room for tasks by throwing out others, for which room is then found in the same way.

What found no room again and again gets dear to throw out, so that the search leaves where it is
stuck (guided ejection search, Nagata and Bräysy 2009). Only units without a break take part, and
tasks for one of them at a fixed start; what else there is stays as it is.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from solver.data.problem import Problem, Task
from solver.data.solution import PlacedTask
from solver.search.limits import Budget
from solver.search.linear import Bools, Floats, Ints
from solver.search.placing import DayResult
from solver.search.supply import conflict, ways_between
from solver.search.units import OpenTask, Unit

_STEPS_PER_UNIT = 20_000
"""Steps that count as a unit of work in repeatable mode."""

Given = dict[str, int]
"""By task the number of the unit that does it."""

_SHAKEN = 2
"""Tasks moved at random after each throw."""

_PATIENCE = 100
"""Steps for each task of the day without a better one, after which there is no room to be found."""


def fuller(
    problem: Problem,
    units: Sequence[Unit],
    tasks: Sequence[OpenTask],
    day: DayResult,
    *,
    steps: int,
    seed: int,
    budget: Budget,
) -> DayResult:
    """Return a placed day with fewer undone tasks, if some are undone and room is found.

    Parameters
    ----------
    steps
        Most tasks for which room is looked for.
    """
    done = {placed.task for placed in day.tasks}
    open_tasks = [t for t in tasks if t.heads == 1 and len(t.starts) == 1 and not t.task.is_crew]
    alone = [unit for unit in units if not unit.is_crew and not unit.breaks]
    number_of = {(unit.members[0].id, unit.shift.id): n for n, unit in enumerate(alone)}
    if not alone or all(each.task.id in done for each in open_tasks):
        return day
    given, held = _given(problem, open_tasks, alone, day)
    open_tasks = [t for t in open_tasks if t.task.id in given or t.task.id not in done]
    found = Ejection(problem, alone, open_tasks, held).better(given, steps, seed, budget)
    if found is None:
        return day
    starts = {each.task.id: each.starts[0] for each in open_tasks}
    names = {n: worker for (worker, _), n in number_of.items()}
    return replace(
        day,
        tasks=[
            *(placed for placed in day.tasks if placed.task not in given),
            *(
                PlacedTask(task=task, worker=names[n], start=starts[task])
                for task, n in found.items()
            ),
        ],
    )


def _given(
    problem: Problem, tasks: Sequence[OpenTask], units: Sequence[Unit], day: DayResult
) -> tuple[Given, dict[int, list[tuple[Task, int]]]]:
    """Return which units do which of some tasks, and by unit what else it does."""
    starts = {each.task.id: each.starts[0] for each in tasks}
    given: Given = {}
    held: dict[int, list[tuple[Task, int]]] = {}
    for n, unit in enumerate(units):
        for placed in day.tasks:
            span = unit.shift.span
            if placed.worker == unit.members[0].id and span.start <= placed.start < span.end:
                if starts.get(placed.task) == placed.start:
                    given[placed.task] = n
                else:
                    held.setdefault(n, []).append((problem.task_by_id[placed.task], placed.start))
    return given, held


class Ejection:
    """The tasks of a day that may be thrown out, and who can do them.

    Parameters
    ----------
    held
        By unit the other tasks that it does, with their starts.
    """

    def __init__(
        self,
        problem: Problem,
        units: Sequence[Unit],
        tasks: Sequence[OpenTask],
        held: Mapping[int, Sequence[tuple[Task, int]]],
    ) -> None:
        self._tasks = tasks
        self._points = np.array([each.task.missing_points for each in tasks], float)
        modes = [unit.members[0].travel_mode for unit in units]
        self._modes = sorted(set(modes))
        self._mode_of = np.array([self._modes.index(mode) for mode in modes], np.int64)
        self._clashes = [self._clashing(problem, mode) for mode in self._modes]
        able = np.zeros((len(tasks), len(units)), bool)
        for n, unit in enumerate(units):
            for t, each in enumerate(tasks):
                task, start = each.task, each.starts[0]
                able[t, n] = unit.skills >= task.skills and (
                    each.is_open_to(unit)
                    and unit.can_do(problem, task, start)
                    and not any(
                        conflict(problem, modes[n], (task, start), other)
                        for other in held.get(n, ())
                    )
                )
        self._able = [np.flatnonzero(row) for row in able]
        self._n_units = len(units)

    def _clashing(self, problem: Problem, mode: str) -> list[Ints]:
        """Return by task those which one unit cannot do beside it."""
        start = np.array([each.starts[0] for each in self._tasks], np.int64)
        end = start + np.array([each.task.duration_min for each in self._tasks], np.int64)
        places = [each.task.place for each in self._tasks]
        known = list(dict.fromkeys(places))
        ways = ways_between(problem, mode, known)
        number = {place: n for n, place in enumerate(known)}
        at = np.array([number[place] for place in places], np.int64)
        found = []
        for t in range(len(self._tasks)):
            way_to, way_from = ways[at, at[t]], ways[at[t], at]
            mine: Bools = (start[t] < end + way_to) & (start < end[t] + way_from)
            mine[t] = False
            found.append(np.flatnonzero(mine))
        return found

    def better(self, given: Given, steps: int, seed: int, budget: Budget) -> Given | None:
        """Return who does what so that undone tasks cost less; nothing if none is found.

        Parameters
        ----------
        steps
            Most tasks for which room is looked for.
        """
        drawn = random.Random(seed)
        unit_of = np.array([given.get(each.task.id, -1) for each in self._tasks], np.int64)
        best, lost = unit_of.copy(), self._lost(unit_of)
        first, latest = lost, 0
        dear = np.ones(len(unit_of))
        open_tasks = [int(t) for t in np.flatnonzero(unit_of < 0) if len(self._able[t])]
        drawn.shuffle(open_tasks)
        for number in range(steps):
            if not open_tasks or number - latest > _PATIENCE * len(unit_of):
                break
            if number % 256 == 0 and budget.is_over():
                break
            # The last in is not the first out: a queue would go round in circles.
            budget.work_done += 1 / _STEPS_PER_UNIT
            task = open_tasks.pop(drawn.randrange(len(open_tasks)) if number % 8 == 0 else -1)
            open_tasks += self._insert(task, unit_of, dear, drawn)
            self._shake(unit_of, drawn)
            if len(open_tasks) <= lost and (now := self._lost(unit_of)) < lost:
                best, lost, latest = unit_of.copy(), now, number
        if lost >= first:
            return None
        return {each.task.id: int(n) for each, n in zip(self._tasks, best, strict=True) if n >= 0}

    def _lost(self, unit_of: Ints) -> float:
        return float(self._points[unit_of < 0].sum())

    def _costs(self, task: int, unit_of: Ints, dear: Floats) -> Floats:
        """Return by able unit how dear it is to throw out what a task clashes with."""
        found = np.zeros(self._n_units)
        for mode, clashes in enumerate(self._clashes):
            mine = clashes[task]
            price = np.bincount(unit_of[mine] + 1, dear[mine], self._n_units + 1)[1:]
            np.copyto(found, price, where=self._mode_of == mode)
        result: Floats = found[self._able[task]]
        return result

    def _insert(self, task: int, unit_of: Ints, dear: Floats, drawn: random.Random) -> list[int]:
        """Give a task to the unit where that is cheapest; return what is thrown out."""
        costs = self._costs(task, unit_of, dear)
        least = costs.min()
        same: npt.NDArray[np.int64] = np.flatnonzero(costs <= least)
        unit = int(self._able[task][same[drawn.randrange(len(same))]])
        thrown: list[int] = []
        if least > 0:
            dear[task] += 1
            mine = self._clashes[self._mode_of[unit]][task]
            thrown = mine[unit_of[mine] == unit].tolist()
            unit_of[thrown] = -1
            drawn.shuffle(thrown)
        unit_of[task] = unit
        return thrown

    def _shake(self, unit_of: Ints, drawn: random.Random) -> None:
        """Move some tasks to other units that are free, so that other room opens."""
        for _ in range(_SHAKEN):
            task = drawn.randrange(len(unit_of))
            if unit_of[task] >= 0:
                free = np.flatnonzero(self._costs(task, unit_of, self._points + 1) == 0)
                if len(free):
                    unit_of[task] = self._able[task][free[drawn.randrange(len(free))]]
