"""Whether a week can keep what is promised: only that, and nothing that ranks below it.

Two weeks whose problems are the same up to a shift in time have the same answer. The times of
visits are drawn anew for each day so that nobody can learn them; weeks that differ in nothing else
are held to be the same.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from planner.domain.duties import DutyKind
from planner.domain.weeks import IsoWeek
from planner.planning import levels
from planner.planning.problem import CompiledWeek
from solver.checks.timeline import overlap
from solver.data import problem as engine
from solver.data.rules import ConsecutiveDays
from solver.data.solution import LevelResult, Solution
from solver.data.spans import Span
from solver.formats.json_format import problem_to_json

_PROMISED = tuple(levels.PROMISED.values())
_DAY_MIN = 24 * 60
_NEAR = "near"
"""Level of what differs from the roster that is begun with."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY = re.compile(r"day([+-]\d+)")


def promise_problem(compiled: CompiledWeek) -> engine.Problem:
    """Return a week's problem without what ranks below the promise; rules stay as they are."""
    problem = compiled.problem
    return replace(
        problem,
        levels=_PROMISED,
        workers=tuple(_plain_worker(worker, problem) for worker in problem.workers),
        tasks=tuple(
            replace(task, familiar_level=None, familiar={}, unfamiliar_points=0)
            for task in problem.tasks
        ),
        demands=tuple(_minimum_only(problem)),
        travel_level=None,
    )


def guided_problem(compiled: CompiledWeek) -> engine.Problem:
    """Return the same with contract hours after the promise: they guide, and decide nothing.

    Without them nothing would speak for a shift that no duty needs yet, and the search, which makes
    shifts before it places duties, would find much poorer rosters in the same time.
    """
    problem, whole = promise_problem(compiled), compiled.problem
    return replace(
        problem,
        levels=(*_PROMISED, levels.HOURS),
        workers=tuple(
            replace(plain, hours=worker.hours)
            for plain, worker in zip(problem.workers, whole.workers, strict=True)
        ),
    )


def started_near(
    problem: engine.Problem, known: Solution, *, from_week: IsoWeek, week: IsoWeek
) -> engine.Problem:
    """Return a week's problem with the roster of another week to begin with, as far as it fits.

    To stay near to it ranks last, so that it changes nothing of what can be kept.
    """

    def moved(name: str) -> str:
        return absolute(relative(name, from_week), week)

    offered = {(worker.id, shift) for worker in problem.workers for shift in worker.shifts}
    shifts = [(worked.worker, moved(worked.shift)) for worked in known.shifts]
    tasks = [(moved(placed.task), placed.worker) for placed in known.tasks]
    return replace(
        problem,
        levels=(*problem.levels, _NEAR),
        reference=engine.Reference(
            level=_NEAR,
            shifts=tuple(pair for pair in shifts if pair in offered),
            tasks=tuple(
                (task, worker)
                for task, worker in tasks
                if task in problem.task_by_id and worker in problem.worker_by_id
            ),
        ),
    )


def is_answered(found: Iterable[LevelResult]) -> bool:
    """Tell whether nothing of the promise lacks, or no more than what is proved to lack."""
    paid = [one for one in found if one.level in _PROMISED]
    return bool(paid) and all(one.value == (one.bound or 0) for one in paid)


def week_key(compiled: CompiledWeek, problem: engine.Problem) -> str:
    """Return a text that is the same for weeks with the same answer.

    Parameters
    ----------
    problem
        What :func:`promise_problem` made of the week.
    """
    week = compiled.source.week
    visits = {duty.id for duty in compiled.source.duties if duty.kind is DutyKind.VISIT}
    data: dict[str, Any] = dict(problem_to_json(problem))
    data["seed"] = 0
    tasks = [
        {name: value for name, value in task.items() if name not in _DRAWN}
        if task["id"] in visits
        else task
        for task in data["tasks"]
    ]
    data["tasks"] = sorted(tasks, key=lambda task: str(task["id"]))
    text = json.dumps(data, sort_keys=True)
    return hashlib.sha256(relative(text, week).encode()).hexdigest()


def relative(text: str, week: IsoWeek) -> str:
    """Return a text in which each date is told by its distance in days from the week's Monday."""
    return _DATE.sub(lambda found: _distance(found[0], week.monday), text)


def absolute(text: str, week: IsoWeek) -> str:
    """Return what :func:`relative` was made of, for another week."""
    return _DAY.sub(lambda found: str(week.monday + timedelta(days=int(found[1]))), text)


_DRAWN = ("earliest_start", "latest_start", "duration_min")
"""Fields of a visit that are drawn anew each day."""


def _distance(text: str, monday: date) -> str:
    try:
        return f"day{(date.fromisoformat(text) - monday).days:+d}"
    except ValueError:  # part of a name that only looks like a date
        return text


def _plain_worker(worker: engine.Worker, problem: engine.Problem) -> engine.Worker:
    """Return a worker with rules only, and with nothing of the time that no rule looks at.

    Nobody can be at work in the horizon beyond the day after it. Rules look back, and ahead, a
    week for rest, and as many days as may be worked in a row.
    """
    rules = problem.rule_book_by_id[worker.rule_book].rules
    in_a_row = max((rule.most for rule in rules if isinstance(rule, ConsecutiveDays)), default=0)
    horizon, far_min = problem.horizon, (1 + max(7, in_a_row)) * _DAY_MIN
    at_work = Span(horizon.start, horizon.end + 2 * _DAY_MIN)
    seen = Span(horizon.start - far_min, horizon.end + far_min)
    return replace(
        worker,
        facts=tuple(fact for fact in worker.facts if overlap(fact.span, seen)),
        blocked=tuple(_inside(worker.blocked, at_work)),
        bound=tuple(_inside(worker.bound, seen)),
        standby=tuple(_inside(worker.standby, seen)),
        preferences=(),
        hours=(),
        fair_shares=(),
        short_rest=None,
    )


def _inside(spans: Iterable[Span], seen: Span) -> Iterator[Span]:
    for span in spans:
        if overlap(span, seen):
            yield Span(max(span.start, seen.start), min(span.end, seen.end))


def _minimum_only(problem: engine.Problem) -> Iterator[engine.Demand]:
    for demand in problem.demands:
        kept = tuple(one for one in demand.levels if one[1] in _PROMISED)
        if kept:
            yield replace(demand, levels=kept)
