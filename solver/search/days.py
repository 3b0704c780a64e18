"""All days of a roster, one after the other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import combinations

from solver.data.pairings import Link
from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.day import DayModel, some_starts
from solver.search.ejection import fuller
from solver.search.leads import given_shifts
from solver.search.legality import overlaps
from solver.search.limits import Budget
from solver.search.links import Owners, Owning, doers_of
from solver.search.patterns import Pattern
from solver.search.placing import DayResult, Placing
from solver.search.supply import fits
from solver.search.units import OpenTask, Unit, beside, make_units
from solver.search.value import Presence, at_work, presence_of, task_points

_FEW_STEPS, _MANY_STEPS = 200, 200_000
"""To find room for tasks that are left: at once, and before a model of the day."""

Stage = tuple[int, int]
"""A day, and a number: what is placed on it first has 0."""

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


@dataclass(frozen=True, slots=True)
class _Together:
    """Units that are placed at once, and tasks given beforehand, by worker."""

    units: Sequence[Unit]
    given: Mapping[str, list[PlacedTask]]


class Days:
    """Places breaks and tasks for any choice of shifts of one problem.

    A day that comes again is not placed again.
    """

    def __init__(self, problem: Problem, budget: Budget, seed: int) -> None:
        self.problem = problem
        self.budget = budget
        self.seed = seed
        self.locks = locks_of(problem)
        self._locked = [placed for mine in self.locks.values() for placed in mine]
        self._shut = _shut(problem)
        self._way_min = {
            mode: max(matrix.values(), default=0) for mode, matrix in problem.travel.items()
        }
        self._given = {
            worker.id: Counter(shift.id for shift in given_shifts(problem, worker))
            for worker in problem.workers
        }
        self._closed = self._closed_spans()
        reference, levels = problem.reference, problem.levels
        self._n_above = levels.index(reference.level) if reference else 1
        self._links = {link.id: link for link in problem.links}
        self._fits: dict[tuple[str, str], bool] = {}
        self._known: dict[tuple[object, ...], DayResult] = {}
        self._quick: dict[tuple[object, ...], DayResult] = {}
        self._kept: dict[tuple[object, ...], DayResult] = {}

    def place(
        self, chosen: Mapping[str, Pattern], effort: Effort = Effort.FULL
    ) -> tuple[list[WorkedShift], list[PlacedTask]]:
        """Return the shifts with breaks and crews, and all placed tasks, locked ones first."""
        by_stage: dict[Stage, list[tuple[str, str]]] = defaultdict(list)
        for worker in self.problem.workers:
            for stage, name in self._stages(worker, chosen.get(worker.id, ())):
                by_stage[stage].append((worker.id, name))
        units = {
            stage: [
                self._without_closed(unit)
                for unit in make_units(self.problem, by_stage[stage], self.locks, self._closed)
            ]
            for stage in sorted(by_stage)
        }
        shifts = [
            worked
            for mine in units.values()
            for unit in mine
            for worker in unit.members
            for worked in self._as_given(WorkedShift(worker=worker.id, shift=unit.shift.id))
        ]
        owning = Owning(self.problem, dict(enumerate(units.values())), self._locked)
        owners = owning.first()
        best = self._placed(units, shifts, owners, effort)
        for link in self.problem.links:
            if self._is_right(link, best[1]):
                continue
            for other in owning.others(link.id, owners):
                found = self._placed(units, shifts, other, effort)
                if self._lost(found[1]) < self._lost(best[1]):
                    best, owners = found, other
                    break
        return best

    # Shifts of one worker beside each other ------------------------------------------------------

    def _closed_spans(self) -> dict[tuple[str, str], list[Span]]:
        """Return by worker and given shift that meets others when the later ones have the time."""
        found: dict[tuple[str, str], list[Span]] = {}
        for worker, given in self._given.items():
            shifts = sorted((self.problem.shift_by_id[name] for name in given), key=_span)
            for one, later in combinations(shifts, 2):
                if overlaps(one.span, later.span):
                    found.setdefault((worker, one.id), []).append(later.span)
                    found.setdefault((worker, later.id), [])
        return found

    def _without_closed(self, unit: Unit) -> Unit:
        """Return a unit that leaves the time of later shifts to them; these know its break."""
        closed = self._closed.get((unit.members[0].id, unit.shift.id))
        return replace(unit, bound=(*unit.bound, *closed)) if closed else unit

    def _stages(self, worker: Worker, planned: Iterable[str]) -> Iterable[tuple[Stage, str]]:
        """Yield a worker's shifts with their stages.

        What a shift overlaps, or is too near to for the way, has been placed before it.
        """
        way_min = self._way_min.get(worker.travel_mode, 0)
        names = dict.fromkeys((*planned, *self._given[worker.id]))
        today: list[tuple[Shift, int]] = []
        for shift in sorted((self.problem.shift_by_id[name] for name in names), key=_span):
            if today and today[0][0].day != shift.day:
                today.clear()
            near = [n for other, n in today if shift.span.start < other.span.end + way_min]
            number = max(near, default=-1) + 1
            today.append((shift, number))
            yield (shift.day, number), shift.id

    def _as_given(self, worked: WorkedShift) -> list[WorkedShift]:
        """Return a worked shift as often as facts give it, but only once in a crew."""
        n_more = self._given[worked.worker][worked.shift] - 1
        return [*([replace(worked, crew=None)] * n_more), worked]

    def _heeding(
        self,
        units: Sequence[Unit],
        until: Mapping[str, int],
        shifts: Sequence[WorkedShift],
        tasks: Sequence[PlacedTask],
    ) -> _Together:
        """Return units that heed what their workers have done just before.

        Parameters
        ----------
        until
            When the last shift ended of each worker who had one.
        """
        coming = {
            worker.id
            for unit in units
            for worker in unit.members
            if worker.id in until
            and unit.shift.span.start < until[worker.id] + self._way_min.get(worker.travel_mode, 0)
        }
        if not coming:
            return _Together(units, self.locks)
        given = dict(self.locks)
        given |= {name: [placed for placed in tasks if placed.worker == name] for name in coming}
        pauses = {
            name: [pause for worked in shifts if worked.worker == name for pause in worked.breaks]
            for name in coming
        }
        found: list[Unit] = []
        for unit in units:
            mine = [pause for worker in unit.members for pause in pauses.get(worker.id, ())]
            is_coming = any(worker.id in coming for worker in unit.members)
            made = beside(self.problem, unit, given) if is_coming else unit
            found.append(replace(made, bound=(*made.bound, *mine)) if mine else made)
        return _Together(found, given)

    # Tasks ---------------------------------------------------------------------------------------

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
        home = {
            task.id: self._home(task, units) if task.id not in self._shut else None
            for task in self.problem.tasks
        }
        finished: list[WorkedShift] = []
        until: dict[str, int] = {}
        for stage, mine in units.items():
            result = self._day(
                self._heeding(mine, until, finished, tasks),
                [
                    t
                    for t in self.problem.tasks
                    if (at := home[t.id]) is not None and at <= stage[0]
                ],
                tasks,
                presence,
                owners,
                effort=effort,
            )
            shifts = [worked for once in result.shifts for worked in self._as_given(once)]
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
        together: _Together,
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
        reach = [
            OpenTask(
                task=task,
                heads=task.heads - heads[task.id],
                starts=(begun[task.id],) if task.id in begun else some_starts(task, self.seed),
                link=self._links.get(task.link or ""),
                owners=owners.get(task.link or "", frozenset()) | doers.get(task.link or "", set()),
            )
            for task in tasks
            if heads[task.id] < task.heads
            and any(_n_able(unit, task) and self._can(unit, task) for unit in units)
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
        if key not in self._quick:
            placing = Placing(self.problem, units, reach, presence, together.given)
            self._quick[key] = self._fuller(units, reach, placing.place(), _FEW_STEPS)
        quick = self._quick[key]
        if effort is Effort.QUICK or (effort is not Effort.FULL and not self._losses(reach, quick)):
            return quick
        known = self._kept if effort is Effort.KEPT else self._known
        if key not in known:
            start = self._kept.get(key, quick)
            known[key] = self._solved(together, reach, presence, begun, start, effort=effort)
        return known[key]

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
        self, reach: Sequence[OpenTask], begun: Mapping[str, int], day: DayResult
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
                starts |= {*task.starts}
            found.append(replace(each, starts=tuple(sorted(starts))))
        return found

    def _solved(
        self,
        together: _Together,
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
        reach = self._widened(reach, begun, start)
        n_levels = self._n_above + 1 if effort is Effort.KEPT else None
        levels = self.problem.levels[:n_levels]
        model = DayModel(self.problem, units, reach, presence, given)
        result = model.solve(self.budget, self.seed, start, levels)
        if effort is Effort.KEPT:
            return result
        done = {each.task for each in result.tasks}
        if any(o.task.id not in done and len(o.starts) < len(o.task.starts) for o in reach):
            reach = [
                o
                if o.task.id in begun or o.task.id in done
                else replace(o, starts=tuple(o.task.starts))
                for o in reach
            ]
            model = DayModel(self.problem, units, reach, presence, given)
            result = model.solve(self.budget, self.seed, result, levels)
        return result

    def _fuller(
        self, units: Sequence[Unit], reach: Sequence[OpenTask], day: DayResult, steps: int
    ) -> DayResult:
        return fuller(
            self.problem, units, reach, day, steps=steps, seed=self.seed, budget=self.budget
        )

    def _can(self, unit: Unit, task: Task) -> bool:
        key = (unit.shift.id, task.id)
        if key not in self._fits:
            self._fits[key] = fits(unit.shift, task)
        return self._fits[key]

    def _home(self, task: Task, units: Mapping[Stage, Sequence[Unit]]) -> int | None:
        """Return the day whose shifts can do most of a task, the first of equal ones."""
        best, most = None, 0
        for (day, _), mine in units.items():
            heads = sum(_n_able(unit, task) for unit in mine if self._can(unit, task))
            if heads > most:
                best, most = day, heads
        return best


def _span(shift: Shift) -> Span:
    return shift.span


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
