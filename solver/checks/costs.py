"""What a roster costs on each level, recomputed from the roster alone."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from solver.checks.timeline import Timeline, Work, known_part, outside, timelines
from solver.data.problem import Demand, Preference, Problem
from solver.data.solution import Solution
from solver.data.spans import Span

QUARTER_MIN = 15
"""Demand is judged by the quarter of an hour, from its start on."""

Points = Iterator[tuple[str, int]]


def level_values(problem: Problem, solution: Solution) -> dict[str, int]:
    """Return the points paid on every level of the problem; 0 where nothing is.

    What names a shift, task or worker that the problem lacks pays and earns nothing.
    """
    known = known_part(problem, solution)
    values = dict.fromkeys(problem.levels, 0)
    for level, points in _all(problem, known, timelines(problem, known)):
        values[level] += points
    return values


def _all(problem: Problem, solution: Solution, lines: Mapping[str, Timeline]) -> Points:
    yield from _tasks(problem, solution)
    for demand in problem.demands:
        yield from _demand(demand, lines)
    for line in lines.values():
        yield from _own(line)
        if problem.travel_level is not None:
            yield problem.travel_level, problem.travel_points * _travelled_min(line)


def _tasks(problem: Problem, solution: Solution) -> Points:
    heads = Counter(placed.task for placed in solution.tasks)
    for task in problem.tasks:
        yield task.level, task.missing_points * max(0, task.heads - heads[task.id])
    for placed in solution.tasks:
        task = problem.task_by_id[placed.task]
        if task.familiar_level is not None:
            yield task.familiar_level, task.familiar.get(placed.worker, task.unfamiliar_points)


def _demand(demand: Demand, lines: Mapping[str, Timeline]) -> Points:
    """Yield the shortage of each quarter: the fewest at work in it against each level's heads."""
    present = [
        span
        for line in lines.values()
        if demand.skills <= line.worker.skills
        for work in line.works
        for span in _at_work(line, work)
    ]
    for start in range(demand.span.start, demand.span.end, QUARTER_MIN):
        end = min(start + QUARTER_MIN, demand.span.end)
        moments = {start, *(span.end for span in present if start < span.end < end)}
        n_there = min(
            sum(span.start <= moment < span.end for span in present) for moment in moments
        )
        for heads, level, points in demand.levels:
            yield level, points * max(0, heads - n_there)


def _at_work(line: Timeline, work: Work) -> Iterator[Span]:
    away = (*work.breaks, *line.worker.bound, *line.worker.blocked)
    for part in work.parts:
        yield from outside(part, away)


def _own(line: Timeline) -> Points:
    worker, horizon = line.worker, line.problem.horizon
    inside = [work for work in line.works if horizon.start <= work.span.start < horizon.end]
    for preference in worker.preferences:
        yield preference.level, _preference(preference, inside)
    if worker.hours is not None:
        target = worker.hours
        counted = [(work.span.start, work.counted_min) for work in inside]
        counted += line.bound_outside(line.works)
        off_min = -target.target_min + sum(
            minutes for start, minutes in counted if horizon.start <= start < horizon.end
        )
        price = target.over_points if off_min > 0 else target.under_points
        yield target.level, price * -(-abs(off_min) // target.step_min)
    for share in worker.fair_shares:
        n_above = sum(share.tag in work.tags for work in inside) - share.share
        yield share.level, share.points * sum(range(1, n_above + 1))
    if worker.short_rest is not None:
        n_short = sum(
            after.span.start - before.span.end < worker.short_rest.below_min
            for before, after in pairwise(line.works)
            if after in inside
        )
        yield worker.short_rest.level, worker.short_rest.points * n_short


def _preference(preference: Preference, inside: list[Work]) -> int:
    is_matched = any(
        work.day in preference.days and (not preference.kinds or work.kind in preference.kinds)
        for work in inside
    )
    return preference.points if is_matched != preference.when_absent else 0


def _travelled_min(line: Timeline) -> int:
    """Return minutes between tasks that follow each other in one part of a shift."""
    parts = [part for work in line.works for part in work.parts]

    def part_of(span: Span) -> Span | None:
        return next((part for part in parts if part.start <= span.start < part.end), None)

    return sum(
        line.problem.travel_min(line.worker.travel_mode, one.place, other.place)
        for (one, before), (other, after) in pairwise(line.tasks)
        if part_of(before) == part_of(after) is not None
    )
