"""All days of a roster, one after the other."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto

from solver.data.pairings import Link
from solver.data.problem import Problem, Shift, Task
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.crews import Taking
from solver.search.day import DayModel, some_starts
from solver.search.ejection import fuller
from solver.search.limits import Budget
from solver.search.links import Owners, Owning, doers_of
from solver.search.patterns import Pattern
from solver.search.placing import DayResult, Placing
from solver.search.stages import Stage, Stages, Together
from solver.search.supply import fits
from solver.search.units import OpenTask, Unit, starts_among
from solver.search.value import Presence, at_work, presence_of, task_points

_FEW_STEPS, _MANY_STEPS = 200, 200_000
"""To find room for tasks that are left: at once, and before a model of the day."""

_MOST_OFFERS = 60_000
"""Pairs of tasks and able units from which on a model of the day is too large."""


class Effort(Enum):
    """How well days are placed.

    ``QUICK`` is done at once, without a model of a day. ``MENDED`` makes a model of each day that
    lacks heads on the first level, or loses what a reference lets it keep or what is more
    important; ``KEPT`` of the same days, but looks at nothing that matters less than the reference;
    ``FULL`` of every day.
    """

    QUICK = auto()
    KEPT = auto()
    MENDED = auto()
    FULL = auto()


def locks_of(problem: Problem) -> dict[str, list[PlacedTask]]:
    """Return the locked tasks by worker."""
    found: dict[str, list[PlacedTask]] = defaultdict(list)
    for task in problem.tasks:
        for lock in task.locks:
            placed = PlacedTask(task=task.id, worker=lock.worker, start=lock.start)
            if placed not in found[lock.worker]:
                found[lock.worker].append(placed)
    return found


class Days:
    """Places breaks and tasks for any choice of shifts of one problem.

    A day that comes again is not placed again, but one for which there was no time.
    """

    def __init__(self, problem: Problem, budget: Budget, seed: int) -> None:
        self.problem = problem
        self.budget = budget
        self.seed = seed
        self.locks = locks_of(problem)
        self._locked = [placed for mine in self.locks.values() for placed in mine]
        self._shut = _shut(problem)
        self._stages = Stages(problem, self.locks)
        reference, levels = problem.reference, problem.levels
        self._n_above = levels.index(reference.level) if reference else 1
        self._links = {link.id: link for link in problem.links}
        self._held: dict[str, list[Task]] = {}
        self._known: dict[tuple[object, ...], DayResult] = {}
        self._quick: dict[tuple[object, ...], DayResult] = {}
        self._kept: dict[tuple[object, ...], DayResult] = {}

    def place(
        self,
        chosen: Mapping[str, Pattern],
        effort: Effort = Effort.FULL,
        taking: Taking | None = None,
    ) -> tuple[list[WorkedShift], list[PlacedTask]]:
        """Return the shifts with breaks and crews, and all placed tasks, locked ones first.

        Parameters
        ----------
        taking
            What crews are to take over near a reference.
        """
        units = self._stages.units(chosen, taking or {})
        shifts = [
            worked
            for mine in units.values()
            for unit in mine
            for worker in unit.members
            for worked in self._stages.as_given(WorkedShift(worker=worker.id, shift=unit.shift.id))
        ]
        owning = Owning(self.problem, dict(enumerate(units.values())), self._locked)
        owners = owning.first()
        best = self._placed(units, shifts, owners, effort)
        for link in self.problem.links:
            if self.budget.is_over():
                break
            if self._is_right(link, best[1]):
                continue
            for other in owning.others(link.id, owners):
                found = self._placed(units, shifts, other, effort)
                if self._lost(found[1]) < self._lost(best[1]):
                    best, owners = found, other
                    break
        return best

    def _is_right(self, link: Link, tasks: Sequence[PlacedTask]) -> bool:
        """Return whether all tasks of a link are done by no more than may."""
        heads = Counter(placed.task for placed in tasks)
        linked = self.problem.linked_tasks.get(link.id, ())
        is_done = all(heads[task.id] >= task.heads for task in linked)
        return is_done and len(doers_of(self.problem, tasks)[link.id]) <= link.most

    def _lost(self, tasks: Sequence[PlacedTask]) -> tuple[int, ...]:
        """Return by level what tasks cost: undone, by strangers, or of links."""
        lost = dict.fromkeys(self.problem.levels, 0)
        for level, points in task_points(self.problem, tasks):
            lost[level] += points
        return tuple(lost.values())

    def _placed(
        self,
        units: Mapping[Stage, Sequence[Unit]],
        shifts: Sequence[WorkedShift],
        owners: Owners,
        effort: Effort,
    ) -> tuple[list[WorkedShift], list[PlacedTask]]:
        """Place all days, linked tasks being for their owners."""
        presence = presence_of(self.problem, shifts)
        tasks = list(self._locked)
        home = self._homes(units)
        finished: list[WorkedShift] = []
        until: dict[str, int] = {}
        for stage, mine in units.items():
            result = self._day(
                self._stages.heeding(mine, until, finished, tasks),
                [t for t in self.problem.tasks if t.id in home and home[t.id] <= stage[0]],
                tasks,
                presence,
                owners,
                effort=effort,
            )
            shifts = [worked for once in result.shifts for worked in self._stages.as_given(once)]
            finished += shifts
            tasks += result.tasks
            for worked in shifts:
                worker = self.problem.worker_by_id[worked.worker]
                shift = self.problem.shift_by_id[worked.shift]
                presence.add(worker, at_work(worker, shift.parts, ()), -1)
                presence.add(worker, at_work(worker, shift.parts, worked.breaks))
                until[worker.id] = max(until.get(worker.id, shift.span.end), shift.span.end)
        return finished, tasks

    def _day(
        self,
        together: Together,
        tasks: Sequence[Task],
        placed: Sequence[PlacedTask],
        presence: Presence,
        owners: Owners,
        *,
        effort: Effort,
    ) -> DayResult:
        units = together.units
        heads = Counter(each.task for each in placed)
        doers = doers_of(self.problem, placed)
        begun = {each.task: each.start for each in placed}
        able = {t.id for unit in units for t in self._fitting(unit.shift) if _n_able(unit, t)}
        reach = [
            OpenTask(
                task=task,
                heads=task.heads - heads[task.id],
                starts=(begun[task.id],) if task.id in begun else some_starts(task, self.seed),
                link=self._links.get(task.link or ""),
                owners=owners.get(task.link or "", frozenset()) | doers.get(task.link or "", set()),
            )
            for task in tasks
            if task.id in able and heads[task.id] < task.heads
        ]
        if not units:
            return DayResult()
        span = Span(
            min(unit.shift.span.start for unit in units), max(unit.shift.span.end for unit in units)
        )
        key = (
            tuple(unit.name for unit in units),
            tuple((each.task.id, each.heads, each.starts, each.owners) for each in reach),
            presence.fingerprint(span),
            () if together.given is self.locks else tuple(map(_beside, units)),
        )
        if key in self._known:
            return self._known[key]
        quick = self._quick.get(key)
        if quick is None:
            placing = Placing(
                self.problem, units, reach, presence, together.given, budget=self.budget
            )
            found = self._fuller(units, reach, placing.place(), _FEW_STEPS)
            quick = self._remembered(self._quick, key, found)
        if effort is Effort.QUICK or self.budget.is_over():
            return quick
        if effort is not Effort.FULL and not self._losses(reach, quick):
            return quick
        known = self._kept if effort is Effort.KEPT else self._known
        if key not in known:
            start = self._kept.get(key, quick)
            found = self._solved(together, reach, presence, begun, start, effort=effort)
            return self._remembered(known, key, found)
        return known[key]

    def _remembered(
        self, known: dict[tuple[object, ...], DayResult], key: tuple[object, ...], found: DayResult
    ) -> DayResult:
        """Keep a day for when it comes again, unless there was no time for it; return it."""
        if not self.budget.is_over():
            known[key] = found
        return found

    def _losses(self, reach: Sequence[OpenTask], day: DayResult) -> set[str]:
        """Return the tasks that lack heads above a reference, or that it lets somebody keep.

        Without one, those that lack heads on the first level. Who is left without a crew must lose
        crew tasks.
        """
        above = self.problem.levels[: self._n_above]
        heads = Counter(placed.task for placed in day.tasks)
        done = {(placed.task, placed.worker) for placed in day.tasks}
        shifts, wanted = self.problem.shift_by_id, self.problem.wanted_tasks
        return {
            each.task.id
            for each in reach
            if (each.task.level in above and heads[each.task.id] < each.heads)
            or any(
                worked.worker in wanted.get(each.task.id, ())
                and (each.task.id, worked.worker) not in done
                and (worked.crew is not None or not each.task.is_crew)
                and fits(shifts[worked.shift], each.task)
                for worked in day.shifts
            )
        }

    def _widened(
        self,
        units: Sequence[Unit],
        reach: Sequence[OpenTask],
        begun: Mapping[str, int],
        day: DayResult,
    ) -> list[OpenTask]:
        """Return open tasks with the starts they have, and any where the reference loses some.

        At other times a worker may do all that the reference has: a few drawn starts are too few.
        """
        lost = self._losses(reach, day) if self.problem.reference else set()
        wanted = self.problem.wanted_tasks
        losers = frozenset(name for task in lost for name in wanted.get(task, ()))
        at = {each.task: each.start for each in day.tasks}
        found: list[OpenTask] = []
        for each in reach:
            task, starts = each.task, {*each.starts, at.get(each.task.id, each.starts[0])}
            is_cramped = task.id in lost or not losers.isdisjoint(wanted.get(task.id, ()))
            if is_cramped and task.id not in begun:
                starts |= {*starts_among(units, task)}
            found.append(replace(each, starts=tuple(sorted(starts))))
        return found

    def _solved(
        self,
        together: Together,
        reach: Sequence[OpenTask],
        presence: Presence,
        begun: Mapping[str, int],
        start: DayResult,
        *,
        effort: Effort,
    ) -> DayResult:
        units, given = together.units, together.given
        start = self._fuller(units, reach, start, _MANY_STEPS)
        if sum(_n_able(unit, each.task) for unit in units for each in reach) > _MOST_OFFERS:
            return start
        reach = self._widened(units, reach, begun, start)
        n_levels = self._n_above + 1 if effort is Effort.KEPT else None
        levels = self.problem.levels[:n_levels]
        model = DayModel(self.problem, units, reach, presence, given, budget=self.budget)
        result = model.solve(self.seed, start, levels)
        if effort is Effort.KEPT:
            return result
        done = {each.task for each in result.tasks}
        if any(o.task.id not in done and len(o.starts) < len(o.task.starts) for o in reach):
            reach = [
                o
                if o.task.id in begun or o.task.id in done
                else replace(o, starts=starts_among(units, o.task))
                for o in reach
            ]
            model = DayModel(self.problem, units, reach, presence, given, budget=self.budget)
            result = model.solve(self.seed, result, levels)
        return result

    def _fuller(
        self, units: Sequence[Unit], reach: Sequence[OpenTask], day: DayResult, steps: int
    ) -> DayResult:
        return fuller(
            self.problem, units, reach, day, steps=steps, seed=self.seed, budget=self.budget
        )

    def _fitting(self, shift: Shift) -> list[Task]:
        """Return the tasks that a shift can hold."""
        if shift.id not in self._held:
            self._held[shift.id] = [task for task in self.problem.tasks if fits(shift, task)]
        return self._held[shift.id]

    def _homes(self, units: Mapping[Stage, Sequence[Unit]]) -> dict[str, int]:
        """Return by task the day whose shifts can do most of it, the first of equal ones.

        Tasks that no shift can do, and those that nobody may join, are left out.
        """
        home: dict[str, int] = {}
        most: dict[str, int] = {}
        for (day, _), mine in units.items():
            heads: dict[str, int] = defaultdict(int)
            for unit in mine:
                for task in self._fitting(unit.shift):
                    heads[task.id] += _n_able(unit, task)
            for name, n_heads in heads.items():
                if n_heads > most.get(name, 0) and name not in self._shut:
                    home[name], most[name] = day, n_heads
        return home


def _beside(unit: Unit) -> tuple[object, ...]:
    """Return what a unit heeds of its workers' other shifts."""
    return (unit.bound, *((task.id, start) for task, start in unit.near))


def _shut(problem: Problem) -> frozenset[str]:
    """Return the tasks that nobody may join: locked to begin when they cannot, or at two times."""
    begun = {task.id: {lock.start for lock in task.locks} for task in problem.tasks if task.locks}
    starts = {name: problem.task_by_id[name].starts for name in begun}
    return frozenset(
        name for name, at in begun.items() if len(at) > 1 or any(n not in starts[name] for n in at)
    )


def _n_able(unit: Unit, task: Task) -> int:
    """Return how many of a unit have the skills for a task; a crew may part for one head."""
    if task.heads > 1:
        return len(unit.members) if unit.skills >= task.skills else 0
    return sum(worker.skills >= task.skills for worker in unit.members)
