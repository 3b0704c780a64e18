"""What all rosters pay at least because people are too few for what happens at one moment."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from solver.checks import level_values
from solver.data.problem import Task
from solver.data.spans import Span
from solver.explain.ledger import Sums
from solver.explain.reach import Reach
from solver.explain.roster import span_of
from solver.search.supply import heads_open

_LARGEST = 2**60
"""Sums of the flow stay below it."""

Missing = Mapping[str, int]
"""Heads that lack, by task."""


class Crowds:
    """Shows of one roster that covering a gap costs as much as it pays now.

    Each worker counts for every task that some legal roster of that worker reaches, and can do one
    at a moment beside those that are locked to the worker; so no roster pays less for the tasks of
    the moment. What else is paid counts as nothing, but for what the levels' bounds say.
    """

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.roster = reach.roster
        self.problem = reach.problem
        self._active: dict[int, tuple[Task, ...]] = {}
        self._known: dict[object, Missing | None] = {}

    @cached_property
    def now(self) -> Sums:
        """Points by level that the roster pays, in the problem's order."""
        values = level_values(self.problem, self.roster.solution)
        return tuple(values[level] for level in self.problem.levels)

    @cached_property
    def _bounds(self) -> Sums:
        """What each level costs at least while all before it cost no more than now."""
        results = {each.level: each for each in self.roster.solution.levels}
        if tuple(results[n].value for n in self.problem.levels if n in results) != self.now:
            return (0,) * len(self.now)
        return tuple(results[level].bound or 0 for level in self.problem.levels)

    @cached_property
    def _gaps(self) -> tuple[Task, ...]:
        return tuple(task for task in self.problem.tasks if self.roster.missing(task))

    def is_as_dear(self, task: Task) -> bool:
        """Tell whether one more head of a task is shown to cost what the roster pays now, or more.

        By level in order, down to the task's own.
        """
        return any(
            self.is_crowded(task, minute) and self._is_all_as_dear(task, minute)
            for minute in self.moments(task)
        )

    def moments(self, task: Task) -> Iterator[int]:
        """Yield moments of a task worth looking at: its own first one, and when others begin."""
        core = core_of(task)
        if core is None:
            return
        others = (core_of(other) for other in self.problem.tasks)
        begun = {other.start for other in others if other and core.start <= other.start < core.end}
        yield from sorted({core.start, *begun})

    def is_crowded(self, task: Task, minute: int) -> bool:
        """Tell whether one more head of a task takes as much from what else is done at a moment."""
        active = self.active(minute)
        least = self._least(active, minute, task)
        if least is None:
            return True
        n_levels = self._n_levels(task)
        return self._points(active, least)[:n_levels] >= self._paid(active)[:n_levels]

    def active(self, minute: int) -> tuple[Task, ...]:
        """Return the tasks that are under way at a moment whichever start they have."""
        if minute not in self._active:
            self._active[minute] = tuple(
                task
                for task in self.problem.tasks
                if (core := core_of(task)) is not None and core.start <= minute < core.end
            )
        return self._active[minute]

    def _is_all_as_dear(self, task: Task, minute: int) -> bool:
        """Tell the same as :meth:`is_as_dear` from the tasks of one moment, and the other gaps.

        The other gaps count as they are until it is known how little could lack of each.
        """
        active = self.active(minute)
        least = self._least(active, minute, task)
        if least is None:
            return True
        n_levels = self._n_levels(task)
        seen = {other.id for other in active}
        others = [gap for gap in self._gaps if gap.id not in seen]
        total = _sum(self._points(active, least), self._paid(others))
        for gap in others:
            if not self._is_above(total, n_levels):
                return False
            if gap.id not in seen:
                mine, missing = self._around(gap, seen)
                seen.update(other.id for other in mine)
                more = _difference(self._points(mine, missing), self._paid(mine))
                total = _sum(total, more)
        return self._is_above(total, n_levels)

    def _around(self, gap: Task, seen: set[str]) -> tuple[Sequence[Task], Missing]:
        """Return tasks at one moment of a gap, but for some, and what lacks of them at least."""
        core = core_of(gap)
        if core is None:
            return [gap], {gap.id: max(0, heads_open(gap) - self.reach.most_heads(gap))}
        mine = [other for other in self.active(core.start) if other.id not in seen]
        return mine, self._least(mine, core.start) or {}

    def _is_above(self, least: Sums, n_levels: int) -> bool:
        """Tell whether rosters that pay some points at least pay as much as now by level."""
        is_beyond = False  # what is paid at least is exceeded on a level before
        for least_of, bound, now in list(zip(least, self._bounds, self.now, strict=True))[
            :n_levels
        ]:
            most = max(bound, 0 if is_beyond else least_of)
            if most != now:
                return most > now
            is_beyond |= least_of < now
        return True

    def _n_levels(self, task: Task) -> int:
        return self.problem.levels.index(task.level) + 1

    def _paid(self, tasks: Sequence[Task]) -> Sums:
        """Return the points by level for the heads that some tasks lack now."""
        return self._points(tasks, {task.id: self.roster.missing(task) for task in tasks})

    def _points(self, tasks: Sequence[Task], missing: Missing) -> Sums:
        """Return the points by level for heads that lack."""
        points = dict.fromkeys(self.problem.levels, 0)
        for task in tasks:
            points[task.level] += task.missing_points * missing.get(task.id, 0)
        return tuple(points.values())

    def _least(
        self, tasks: Sequence[Task], minute: int, forced: Task | None = None
    ) -> Missing | None:
        """Return the heads that lack at best of tasks at a moment; remembered.

        Parameters
        ----------
        forced
            One of them that has one head more than now; nothing is returned if none can come.
        """
        key = (frozenset(task.id for task in tasks), minute, forced and forced.id)
        if key not in self._known:
            self._known[key] = self._flow(tasks, minute, forced)
        return self._known[key]

    def _flow(self, tasks: Sequence[Task], minute: int, forced: Task | None) -> Missing | None:
        worth = self._worth(tasks)
        most = sum(worth[task.id] * task.heads for task in tasks)
        if most * len(self.problem.workers) > _LARGEST:
            return {}
        workers = sorted({name for task in tasks for name in self.reach.workers(task)})
        numbers = {name: number for number, name in enumerate(workers, start=2)}
        places = {task.id: number for number, task in enumerate(tasks, start=2 + len(workers))}
        flow = min_cost_flow.SimpleMinCostFlow()
        n_able = [self._n_at_once(name, tasks, minute) for name in workers]
        for name, n in zip(workers, n_able, strict=True):
            flow.add_arc_with_capacity_and_unit_cost(0, numbers[name], n, 0)
        for task in tasks:
            for name in self.reach.workers(task):
                flow.add_arc_with_capacity_and_unit_cost(numbers[name], places[task.id], 1, 0)
        sinks = {}
        n_wanted = 0
        if forced is not None:
            n_wanted = min(forced.heads, len(self.roster.heads.get(forced.id, ())) + 1)
        for task in tasks:
            n_first = n_wanted if task is forced else 0
            ahead = flow.add_arc_with_capacity_and_unit_cost(places[task.id], 1, n_first, -most - 1)
            rest = flow.add_arc_with_capacity_and_unit_cost(
                places[task.id], 1, task.heads - n_first, -worth[task.id]
            )
            sinks[task.id] = (ahead, rest)
        supply = min(sum(n_able), sum(task.heads for task in tasks))
        flow.add_arc_with_capacity_and_unit_cost(0, 1, supply, 0)
        flow.set_node_supply(0, supply)
        flow.set_node_supply(1, -supply)
        if flow.solve() != flow.OPTIMAL:
            return {}
        if forced is not None and flow.flow(sinks[forced.id][0]) < n_wanted:
            return None
        return {
            task.id: task.heads - sum(flow.flow(arc) for arc in sinks[task.id]) for task in tasks
        }

    def _n_at_once(self, worker: str, tasks: Sequence[Task], minute: int) -> int:
        """Return how many of some tasks a worker can do at a moment: those locked, or one more."""
        locked = self.roster.locked.get(worker, ())
        n_locked = sum(any(lock.worker == worker for lock in task.locks) for task in tasks)
        is_busy = any(span.start <= minute < span.end for span in map(span_of, locked))
        return n_locked if is_busy else n_locked + 1

    def _worth(self, tasks: Sequence[Task]) -> dict[str, int]:
        """Return the points of each task, a head on a level worth more than all levels below it."""
        worth: dict[str, int] = {}
        factor = 1
        for level in reversed(self.problem.levels):
            mine = [task for task in tasks if task.level == level]
            for task in mine:
                worth[task.id] = factor * task.missing_points
            factor *= 1 + sum(task.missing_points * task.heads for task in mine)
        return worth


def core_of(task: Task) -> Span | None:
    """Return when a task takes place whichever start it has; nothing if there is no such time."""
    first, end = task.latest_start, task.earliest_start + task.duration_min
    return Span(first, end) if first < end else None


def _sum(one: Sums, other: Sums) -> Sums:
    return tuple(map(sum, zip(one, other, strict=True)))


def _difference(one: Sums, other: Sums) -> Sums:
    return tuple(mine - its for mine, its in zip(one, other, strict=True))
