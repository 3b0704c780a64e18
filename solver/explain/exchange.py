"""Whether covering a gap is proved to cost as much elsewhere on its level or above."""

from collections.abc import Callable
from dataclasses import replace

from solver.checks import level_values
from solver.data.problem import Problem, Task
from solver.data.rules import TasksPerShift
from solver.data.solution import Solution
from solver.explain.crowds import Crowds
from solver.explain.narrowing import narrowed
from solver.explain.roster import Roster

Solve = Callable[[Problem, float], Solution]
"""Solves a problem in at most some seconds."""

_FORCED = "forced"
"""Level above all others on which the gap itself is paid."""


def is_exchange(
    crowds: Crowds, task: Task, *, seconds: float = 0.0, solve: Solve | None = None
) -> bool:
    """Tell whether every roster that covers one more head of a task is proved to cost as much.

    As much means: by level in order, down to the task's own, at least what the roster pays now.
    Proved in one of two ways: there are too few people for all that happens at one moment of the
    task, and whatever else is paid cannot be less; or the whole connected part is solved with the
    task forced, and the bounds say so. ``False`` means that it is not proved.

    Parameters
    ----------
    solve
        The engine; nothing for the first way only.
    """
    roster = crowds.roster
    if not roster.missing(task):
        return False
    if crowds.is_as_dear(task):
        return True
    return solve is not None and _is_dearer_when_forced(roster, task, seconds, solve)


def _is_dearer_when_forced(roster: Roster, task: Task, seconds: float, solve: Solve) -> bool:
    """Tell whether the bounds of the connected part with the task forced say so.

    The other levels then leave the task out, which makes them no dearer.
    """
    problem = roster.problem
    wanted = len(roster.heads.get(task.id, ())) + (2 if task.is_crew else 1)
    if wanted < task.heads and _may_save_by_heads(problem, task):
        return False
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


def _may_save_by_heads(problem: Problem, task: Task) -> bool:
    """Tell whether further heads of a task may make anything else cheaper."""
    reference = problem.reference
    return (
        problem.travel_level is not None
        or (reference is not None and any(name == task.id for name, _ in reference.tasks))
        or any(isinstance(r, TasksPerShift) for book in problem.rule_books for r in book.rules)
    )


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

    They share tasks and demands that both have the skills for, teams, pairings and links.
    """
    shared = {each.skills for each in problem.tasks} | {each.skills for each in problem.demands}
    groups = [{w.id for w in problem.workers if w.skills >= skills} for skills in shared]
    teams = {worker.team for worker in problem.workers} - {None}
    groups += [{w.id for w in problem.workers if w.team == team} for team in teams]
    groups += [set(pairing.everybody) for pairing in problem.pairings]
    for linked in problem.linked_tasks.values():
        asked = {each.skills for each in linked}
        groups.append({w.id for w in problem.workers if any(w.skills >= s for s in asked)})
    found = {worker.id for worker in problem.workers if worker.skills >= task.skills}
    while more := [group for group in groups if group & found and not group <= found]:
        found.update(*more)
    return frozenset(found)
