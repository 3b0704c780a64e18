"""How long the engine takes to explain a roster of a city's week, and to find repairs of it."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.explain.explainer import Explainer
from solver.explain.repairs import KINDS
from solver.questions import leave_alone

N_LEFT = 12
"""Tasks that are left to nobody, so that there is something to explain and to repair."""

N_SHIFTS = 12
"""Shifts of which it is asked who else could take them."""


def with_gaps(problem: Problem, solution: Solution, seed: int) -> tuple[Solution, list[str]]:
    """Return a roster with some tasks that nobody does any more, and those tasks."""
    done = sorted({placed.task for placed in solution.tasks})
    left = set(random.Random(seed).sample(done, N_LEFT))
    kept = tuple(placed for placed in solution.tasks if placed.task not in left)
    return replace(solution, tasks=kept), [task.id for task in problem.tasks if task.id in left]


def asked(problem: Problem, solution: Solution, seed: int) -> dict[str, Any]:
    """Ask about a roster with gaps; return seconds of each kind of question, one number each time.

    The first question of all, which reads the roster, is told apart. The roster is left alone by
    the garbage collector, as those that the engine's worker keeps.
    """
    roster, left = with_gaps(problem, solution, seed)
    leave_alone()
    began = time.perf_counter()
    explainer = Explainer(problem, roster)
    explainer.task_gap(left[0])
    ready_s = time.perf_counter() - began
    shifts = random.Random(seed).sample(sorted({each.shift for each in roster.shifts}), N_SHIFTS)
    found: dict[str, Any] = {
        "ready_s": ready_s,
        "reasons_s": _times(explainer.task_gap, left),
        "task_candidates_s": _times(explainer.candidates_for_task, left),
        "shift_candidates_s": _times(explainer.candidates_for_shift, shifts),
    }
    for kind in KINDS:
        found[f"{kind}_s"] = _times(partial(explainer.repairs_of_task, kinds=[kind]), left)
    return found


def _times(ask: Callable[[str], object], names: Sequence[str]) -> list[float]:
    """Return the seconds that each answer takes."""
    found = []
    for name in names:
        began = time.perf_counter()
        ask(name)
        found.append(time.perf_counter() - began)
    return found
