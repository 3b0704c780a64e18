"""What a roster costs on each level, recomputed from the roster alone."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from solver.checks.amounts import count_points, least_points
from solver.checks.extra_time import extra_time_points
from solver.checks.links import link_points
from solver.checks.pairings import pairing_points
from solver.checks.rest import rest_points
from solver.checks.sequences import days_points
from solver.checks.skills import skill_points, skilled_in
from solver.checks.timeline import Timeline, Work, known_part, outside, overlap, timelines
from solver.data.problem import Demand, Preference, Problem, Reference, Task
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    RestInPeriod,
    TasksPerShift,
    Weekends,
    WorkingTime,
)
from solver.data.solution import RuleCost, Solution
from solver.data.spans import Span

QUARTER_MIN = 15
"""Demand is judged by the quarter of an hour, from its start on."""

Points = Iterator[tuple[str, str, int]]
"""Level, rule and points."""

Presence = tuple[frozenset[str], list[Span]]
"""Skills of a worker, and when at work: in shifts, but for breaks, bound time and absences."""


def level_values(problem: Problem, solution: Solution) -> dict[str, int]:
    """Return the points paid on every level of the problem; 0 where nothing is.

    What names a shift, task or worker that the problem lacks pays and earns nothing.
    """
    values = dict.fromkeys(problem.levels, 0)
    for cost in rule_costs(problem, solution):
        values[cost.level] += cost.points
    return values


def rule_costs(problem: Problem, solution: Solution) -> tuple[RuleCost, ...]:
    """Return what each rule pays on each level, by level in order, then rule; nothing that is 0.

    The rules are ``missing``, ``unfamiliar`` and ``skill`` (tasks), ``demand``, ``hours``, ``short-
    rest``, ``travel``, ``changed-shift`` and ``changed-task`` (the reference), ``overtime``,
    ``added-time``, ``fair-share`` with the tag after a colon, preferences by their own names,
    ``apart`` and ``together`` (pairings), ``linked``, and soft rules: those of rest by their names,
    ``working-time``, ``count-of-shifts``, ``consecutive-days``, ``days-off``, ``weekends``,
    ``forbidden-sequence``, ``tasks-per-shift``.
    """
    known = known_part(problem, solution)
    paid: Counter[tuple[str, str]] = Counter()
    for level, rule, points in _all(problem, known, timelines(problem, known)):
        paid[level, rule] += points
    order = {level: number for number, level in enumerate(problem.levels)}
    return tuple(
        RuleCost(level=level, rule=rule, points=points)
        for (level, rule), points in sorted(paid.items(), key=lambda i: (order[i[0][0]], i[0][1]))
        if points
    )


def _all(problem: Problem, solution: Solution, lines: Mapping[str, Timeline]) -> Points:
    yield from missing_heads(problem.tasks, Counter(placed.task for placed in solution.tasks))
    present = [(line.worker, presence(line)[1]) for line in lines.values()]
    for demand in problem.demands:
        there = ((skilled_in(worker, demand.span), spans) for worker, spans in present)
        for level, points in shortage(demand, there):
            yield level, "demand", points
    for line in lines.values():
        yield from own_costs(line)
    yield from pairing_points(problem, lines)
    yield from link_points(problem, solution)
    if problem.reference is not None:
        yield from _changes(problem, problem.reference, solution, lines)


def missing_heads(tasks: Iterable[Task], heads: Mapping[str, int]) -> Points:
    """Yield what tasks pay for the heads that they lack; ``heads`` has those that each has."""
    for task in tasks:
        missing = task.heads - heads.get(task.id, 0)
        if missing > 0:
            yield task.level, "missing", task.missing_points * missing


def presence(line: Timeline) -> Presence:
    """Return a worker's skills, and when the worker is at work."""
    away = line.worker.bound + line.worker.blocked
    return line.worker.skills, [
        span
        for work in line.works
        for part in work.parts
        for span in outside(part, (*work.breaks, *away))
    ]


def shortage(demand: Demand, present: Iterable[Presence]) -> Iterator[tuple[str, int]]:
    """Yield level and points of all quarters: the fewest and most in each against the heads."""
    there = [
        span
        for skills, spans in present
        if demand.skills <= skills
        for span in spans
        if overlap(span, demand.span)
    ]
    for fewest, most, n_quarters in _by_quarter(demand.span, there):
        for heads, level, points in demand.levels:
            yield level, n_quarters * points * max(0, heads - fewest)
        for heads, level, points in demand.most:
            yield level, n_quarters * points * max(0, most - heads)


def _by_quarter(whole: Span, there: Iterable[Span]) -> Iterator[tuple[int, int, int]]:
    """Yield the fewest and the most who are there at any moment of each quarter.

    And of how many quarters in a row that is so: of all until somebody next comes or goes.
    """
    changes: Counter[int] = Counter()
    for span in there:
        changes[span.start] += 1
        changes[span.end] -= 1
    moments = deque(sorted(at for at in changes if at < whole.end))
    n_there, start = 0, whole.start
    while start < whole.end:
        while moments and moments[0] <= start:
            n_there += changes[moments.popleft()]
        fewest = most = n_there
        until = moments[0] if moments else whole.end + QUARTER_MIN - 1
        n_quarters = (until - start) // QUARTER_MIN
        if not n_quarters:
            n_quarters = 1
            while moments and moments[0] < start + QUARTER_MIN:
                n_there += changes[moments.popleft()]
                fewest, most = min(fewest, n_there), max(most, n_there)
        yield fewest, most, n_quarters
        start += n_quarters * QUARTER_MIN


def own_costs(line: Timeline) -> Points:
    """Yield what one worker's shifts and tasks pay, whatever others do."""
    problem = line.problem
    yield from _shifts(line)
    yield from _soft_rules(line)
    for task, _ in line.tasks:
        if task.familiar_level is not None:
            points = task.familiar.get(line.worker.id, task.unfamiliar_points)
            yield task.familiar_level, "unfamiliar", points
            yield task.familiar_level, "skill", skill_points(line, task)
    if problem.travel_level is not None:
        yield problem.travel_level, "travel", problem.travel_points * _travelled_min(line)


def _shifts(line: Timeline) -> Points:
    worker, horizon = line.worker, line.problem.horizon
    inside = [work for work in line.works if horizon.start <= work.span.start < horizon.end]
    for preference in worker.preferences:
        yield preference.level, preference.name, _preference(preference, inside)
    for target in worker.hours:
        counted = [(work.span.start, work.counted_min) for work in line.works]
        counted += line.bound_outside(line.works)
        off_min = -target.target_min + sum(
            minutes
            for start, minutes in counted
            if target.period.start <= start < target.period.end
        )
        price = target.over_points if off_min > 0 else target.under_points
        yield target.level, "hours", price * -(-abs(off_min) // target.step_min)
    for share in worker.fair_shares:
        n_above = sum(share.tag in work.tags for work in inside) - share.share
        points = share.points * sum(range(1, n_above + 1))
        yield share.level, f"fair-share:{share.tag}", points
    for extra in worker.extra_times:
        if extra.level is not None:
            yield extra.level, extra.name, extra_time_points(line, extra)
    if worker.short_rest is not None:
        n_short = sum(
            after.span.start - before.span.end < worker.short_rest.below_min
            for before, after in pairwise(line.works)
            if after in inside
        )
        yield worker.short_rest.level, "short-rest", worker.short_rest.points * n_short


def _soft_rules(line: Timeline) -> Points:
    for rule in line.rule_book.rules:
        match rule:
            case RestInPeriod(level=str(level)):
                yield level, rule.name, rest_points(line, rule)
            case WorkingTime(level=str(level)):
                yield level, "working-time", least_points(line, rule)
            case CountOfShifts(level=str(level)):
                yield level, "count-of-shifts", count_points(line, rule)
            case (
                ConsecutiveDays(level=str(level))
                | ConsecutiveDaysOff(level=str(level))
                | ForbiddenSequence(level=str(level))
                | Weekends(level=str(level))
            ):
                yield level, *days_points(line, rule)
            case TasksPerShift(level=str(level)):
                yield level, "tasks-per-shift", _idle_points(line, rule)
            case _:
                pass


def _idle_points(line: Timeline, rule: TasksPerShift) -> int:
    """Return what planned shifts cost for tasks that lack in them."""
    starts = [span.start for _, span in line.tasks]
    mine = [shift for shift in line.planned if not rule.kinds or shift.kind in rule.kinds]
    n_tasks = (sum(s.span.start <= start < s.span.end for start in starts) for s in mine)
    return rule.points * sum(rule.least - n for n in n_tasks if n < rule.least)


def _changes(
    problem: Problem, reference: Reference, solution: Solution, lines: Mapping[str, Timeline]
) -> Points:
    """Yield what differs from a reference: days of workers with other planned shifts, and tasks."""
    wanted: dict[tuple[str, int], set[str]] = defaultdict(set)
    for worker, shift in reference.shifts:
        if shift not in lines[worker].fact_of:
            wanted[worker, problem.shift_by_id[shift].day].add(shift)
    worked: dict[tuple[str, int], set[str]] = defaultdict(set)
    for line in lines.values():
        for planned in line.planned:
            worked[line.worker.id, planned.day].add(planned.id)
    points = sum(
        reference.shift_points + _late_points(problem, reference, worked[key] ^ wanted[key])
        for key in worked.keys() | wanted.keys()
        if worked[key] != wanted[key]
    )
    kept = {(placed.task, placed.worker) for placed in solution.tasks}
    n_tasks = len(set(reference.tasks) - kept)
    yield reference.level, "changed-shift", points
    yield reference.level, "changed-task", reference.task_points * n_tasks


def _late_points(problem: Problem, reference: Reference, changed: set[str]) -> int:
    """Return what shifts that are new or gone on a day cost for their short notice."""
    starts = [problem.shift_by_id[name].parts[0].start for name in changed]
    return sum(
        points
        for within_min, points in reference.notices
        if any(start < reference.now + within_min for start in starts)
    )


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
