"""Whether covering a gap is proved to cost as much elsewhere on its level or above."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

from solver.checks import level_values
from solver.data.problem import Problem, Task
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.explain.narrowing import narrowed
from solver.explain.reach import Reach
from solver.explain.roster import Roster

Solve = Callable[[Problem, float], Solution]
"""Solves a problem in at most some seconds."""

_LARGEST = 2**60
"""Sums of the flow stay below it."""

_FORCED = "forced"
"""Level above all others on which the gap itself is paid."""


def is_exchange(
    reach: Reach, task: Task, *, seconds: float = 0.0, solve: Solve | None = None
) -> bool:
    """Tell whether every roster that covers one more head of a task is proved to cost as much.

    As much means: by level in order, down to the task's own, at least what the roster pays now.
    Proved in one of two ways: there are too few people for all that happens at one moment of the
    task; or the whole connected part is solved with the task forced, and the bounds say so.
    ``False`` means that it is not proved.

    Parameters
    ----------
    solve
        The engine; nothing for the first way only.
    """
    roster = reach.roster
    if not roster.missing(task):
        return False
    if any(_is_crowded(reach, task, minute) for minute in _moments(roster, task)):
        return True
    return solve is not None and _is_dearer_when_forced(roster, task, seconds, solve)


def core_of(task: Task) -> Span | None:
    """Return when a task takes place whichever start it has; nothing if there is no such time."""
    first, end = task.latest_start, task.earliest_start + task.duration_min
    return Span(first, end) if first < end else None


def _moments(roster: Roster, task: Task) -> Iterator[int]:
    """Yield moments of a task worth looking at: its own first one, and when others begin."""
    core = core_of(task)
    if core is None:
        return
    others = (core_of(other) for other in roster.problem.tasks)
    begun = {other.start for other in others if other and core.start <= other.start < core.end}
    yield from sorted({core.start, *begun})


def _is_crowded(reach: Reach, task: Task, minute: int) -> bool:
    """Tell whether people are too few at a moment for the task and all else that is covered then.

    Each worker counts for every task that some legal roster of that worker reaches, and can do one
    of them; so no roster pays less for the tasks of the moment.
    """
    roster = reach.roster
    active = [
        other
        for other in roster.problem.tasks
        if (core := core_of(other)) is not None and core.start <= minute < core.end
    ]
    worth = _worth(roster, active)
    most = sum(worth[other.id] * other.heads for other in active)
    if most * len(roster.problem.workers) > _LARGEST:
        return False
    now = {other.id: roster.missing(other) for other in active}
    least = _least_missing(reach, active, task, worth)
    if least is None:
        return True
    return _values(roster, active, least, task.level) >= _values(roster, active, now, task.level)


def _values(
    roster: Roster, tasks: Sequence[Task], missing: dict[str, int], last: str
) -> tuple[int, ...]:
    """Return points by level, down to a last one, for heads that lack."""
    levels = roster.problem.levels
    return tuple(
        sum(task.missing_points * missing[task.id] for task in tasks if task.level == level)
        for level in levels[: levels.index(last) + 1]
    )


def _least_missing(
    reach: Reach, tasks: Sequence[Task], forced: Task, worth: dict[str, int]
) -> dict[str, int] | None:
    """Return the heads that lack at best with one more head of a task; nothing if none can come."""
    workers = sorted({name for task in tasks for name in reach.workers(task)})
    numbers = {name: number for number, name in enumerate(workers, start=2)}
    places = {task.id: number for number, task in enumerate(tasks, start=2 + len(workers))}
    flow = min_cost_flow.SimpleMinCostFlow()
    for name in workers:
        flow.add_arc_with_capacity_and_unit_cost(0, numbers[name], 1, 0)
    for task in tasks:
        for name in reach.workers(task):
            flow.add_arc_with_capacity_and_unit_cost(numbers[name], places[task.id], 1, 0)
    sinks = {}
    wanted = min(forced.heads, len(reach.roster.heads.get(forced.id, ())) + 1)
    first = sum(worth[task.id] * task.heads for task in tasks) + 1
    for task in tasks:
        n_first = wanted if task is forced else 0
        ahead = flow.add_arc_with_capacity_and_unit_cost(places[task.id], 1, n_first, -first)
        rest = flow.add_arc_with_capacity_and_unit_cost(
            places[task.id], 1, task.heads - n_first, -worth[task.id]
        )
        sinks[task.id] = (ahead, rest)
    supply = min(len(workers), sum(task.heads for task in tasks))
    flow.add_arc_with_capacity_and_unit_cost(0, 1, supply, 0)
    flow.set_node_supply(0, supply)
    flow.set_node_supply(1, -supply)
    if flow.solve() != flow.OPTIMAL:
        return None
    if flow.flow(sinks[forced.id][0]) < wanted:
        return None
    return {task.id: task.heads - sum(flow.flow(arc) for arc in sinks[task.id]) for task in tasks}


def _worth(roster: Roster, tasks: Sequence[Task]) -> dict[str, int]:
    """Return the points of each task, a head on a level worth more than all levels below it."""
    worth: dict[str, int] = {}
    factor = 1
    for level in reversed(roster.problem.levels):
        mine = [task for task in tasks if task.level == level]
        for task in mine:
            worth[task.id] = factor * task.missing_points
        factor *= 1 + sum(task.missing_points * task.heads for task in mine)
    return worth


def _is_dearer_when_forced(roster: Roster, task: Task, seconds: float, solve: Solve) -> bool:
    """Tell whether the bounds of the connected part with the task forced say so.

    The other levels then leave the task out, which makes them no dearer.
    """
    problem = roster.problem
    wanted = len(roster.heads.get(task.id, ())) + (2 if task.is_crew else 1)
    forced = replace(task, heads=min(wanted, task.heads), level=_FORCED, missing_points=1)
    part = narrowed(problem, roster.solution, open_workers=connected(problem, task))
    rest = replace(
        part,
        levels=(_FORCED, *problem.levels),
        tasks=tuple(
            replace(forced, locks=each.locks) if each.id == task.id else each for each in part.tasks
        ),
    )
    found = solve(rest, seconds)
    bounds = {each.level: each.bound for each in found.levels}
    now = level_values(problem, roster.solution)
    return _is_above(problem, task, now, bounds)


def _is_above(
    problem: Problem, task: Task, now: dict[str, int], bounds: dict[str, int | None]
) -> bool:
    """Tell whether bounds, level by level down to a task's, exclude anything cheaper than now."""
    for level in problem.levels:
        bound = bounds.get(level)
        if bound is None or bound < now[level]:
            return False
        if bound > now[level] or level == task.level:
            return True
    return False


def connected(problem: Problem, task: Task) -> frozenset[str]:
    """Return the workers whose rosters can depend on who does a task, through whatever they share.

    They share tasks and demands that both have the skills for, and teams.
    """
    shared = {each.skills for each in problem.tasks} | {each.skills for each in problem.demands}
    groups = [{w.id for w in problem.workers if w.skills >= skills} for skills in shared]
    teams = {worker.team for worker in problem.workers} - {None}
    groups += [{w.id for w in problem.workers if w.team == team} for team in teams]
    found = {worker.id for worker in problem.workers if worker.skills >= task.skills}
    while more := [group for group in groups if group & found and not group <= found]:
        found.update(*more)
    return frozenset(found)
