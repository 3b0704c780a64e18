"""How much a level can cost at most, so that no sum of points ever overflows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from solver.data.errors import InvalidProblemError, shown
from solver.data.rules import (
    SOFT,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    RestInPeriod,
    Rule,
    TasksPerShift,
    WorkingTime,
)

if TYPE_CHECKING:
    from solver.data.problem import Fact, HoursTarget, Problem, Shift, Task, Worker

MOST_POINTS = 2**50
"""Points that a level must stay below, whatever the roster; a sum of them fits into 64 bits."""

QUARTER_MIN = 15
"""Demand pays by the quarter of an hour."""

_Parts = Iterator[tuple[str, str, int]]
"""Level, field and the most points that it can bring."""


def check_most_points(problem: "Problem") -> None:
    """Raise ``InvalidProblemError`` when a level could cost ``MOST_POINTS``; it names the worst."""
    for level, total in most_points(problem).items():
        if total >= MOST_POINTS:
            points, field = max(
                (points, field) for other, field, points in _parts(problem) if other == level
            )
            raise InvalidProblemError(
                f"{field} brings {points} of the {total} points that level {shown(level)} could "
                f"cost; all together must stay below {MOST_POINTS}."
            )


def most_points(problem: "Problem") -> Mapping[str, int]:
    """Return what no roster costs more than, by level.

    It is a rough estimate from above: the limit is far from any use.
    """
    totals: Counter[str] = Counter()
    for level, _, points in _parts(problem):
        totals[level] += points
    return totals


def _parts(problem: "Problem") -> _Parts:
    for task in problem.tasks:
        yield from _of_task(task)
    for demand in problem.demands:
        n_quarters = -(-demand.span.length // QUARTER_MIN)
        for heads, level, points in demand.levels:
            yield level, f"Demand {shown(demand.id)}.levels", n_quarters * max(1, heads) * points
        n_workers = max(1, len(problem.workers))
        for _, level, points in demand.most:
            yield level, f"Demand {shown(demand.id)}.most", n_quarters * n_workers * points
    for worker in problem.workers:
        yield from _of_worker(problem, worker)
    if problem.travel_level is not None:
        minutes = [max(matrix.values()) for matrix in problem.travel.values() if matrix]
        n_ways = sum(_most_heads(task) for task in problem.tasks)
        most = max(1, n_ways) * max(minutes, default=1) * problem.travel_points
        yield problem.travel_level, "Problem.travel_points", most
    if problem.reference is not None:
        level, reference = problem.reference.level, problem.reference
        n_days = max(1, len(problem.workers) * len(problem.days))
        yield level, "Problem.reference.shift_points", n_days * reference.shift_points
        late = sum(points for _, points in reference.notices)
        yield level, "Problem.reference.notices", n_days * late
        n_tasks = max(1, len(reference.tasks))
        yield level, "Problem.reference.task_points", n_tasks * reference.task_points
    yield from _of_people(problem)


def _of_people(problem: "Problem") -> _Parts:
    """Yield what rules about several people can bring."""
    for link in problem.links:
        if link.level is not None:
            most = max(1, len(problem.workers)) * link.points
            yield link.level, f"Link {shown(link.id)}.points", most
    for number, pairing in enumerate(problem.pairings):
        if pairing.level is not None:
            n_pairs = len(pairing.everybody) ** 2
            n_works = len(problem.shifts) + max(len(worker.facts) for worker in problem.workers)
            most = n_pairs * n_works**2 * pairing.points
            yield pairing.level, f"Problem.pairings[{number}].points", most


def _of_task(task: "Task") -> _Parts:
    yield task.level, f"Task {shown(task.id)}.missing_points", task.heads * task.missing_points
    if task.familiar_level is not None:
        name, dearest = "unfamiliar_points", task.unfamiliar_points
        for worker, points in task.familiar.items():
            if points > dearest:
                name, dearest = f"familiar[{shown(worker)}]", points
        dearest += sum(task.preferred.values()) + sum(task.disliked.values())
        most = _most_heads(task) * dearest
        yield task.familiar_level, f"Task {shown(task.id)}.{name}", most


def _most_heads(task: "Task") -> int:
    """Return how many may do a task: a crew brings a second head, locks as many as there are."""
    return 1 + max(task.heads, len(task.locks))


def _of_worker(problem: "Problem", worker: "Worker") -> _Parts:
    name = f"Worker {shown(worker.id)}"
    offered = [problem.shift_by_id[shift] for shift in worker.shifts]
    n_works = len(offered) + len(worker.facts)
    for number, preference in enumerate(worker.preferences):
        yield preference.level, f"{name}.preferences[{number}].points", preference.points
    most_min = _most_min(worker, offered) if worker.hours or worker.extra_times else 0
    for number, extra in enumerate(worker.extra_times):
        if extra.level is not None:
            n_steps = -(-(extra.used_min + most_min) // extra.step_min)
            points = max(1, n_steps) * extra.points
            yield extra.level, f"{name}.extra_times[{number}].points", points
    if worker.hours:
        for number, target in enumerate(worker.hours):
            yield target.level, f"{name}.hours[{number}]", _of_hours(target, most_min)
    for number, share in enumerate(worker.fair_shares):
        n_most = _n_tagged(offered, share.tag) + _n_tagged(worker.facts, share.tag)
        most = max(1, n_most * (n_most + 1) // 2) * share.points
        yield share.level, f"{name}.fair_shares[{number}].points", most
    for number, rule in enumerate(problem.rule_book_by_id[worker.rule_book].rules):
        if isinstance(rule, SOFT) and rule.level is not None:
            field = f"RuleBook {shown(worker.rule_book)}.rules[{number}].points"
            yield rule.level, field, _most_breaches(problem, rule, n_works) * rule.points
    if worker.short_rest is not None:
        most = max(1, n_works) * worker.short_rest.points
        yield worker.short_rest.level, f"{name}.short_rest.points", most


def _most_breaches(problem: "Problem", rule: Rule, n_works: int) -> int:
    """Return how often a soft rule is paid for at most."""
    match rule:
        case WorkingTime():
            n = len(rule.periods) * max(1, -(-rule.least_min // rule.step_min))
        case RestInPeriod():
            n = max(1, len(rule.periods))
        case CountOfShifts():
            n = max(1, len(rule.periods)) * max(1, rule.least, n_works)
        case ConsecutiveDays() | ConsecutiveDaysOff():
            n = max(1, len(problem.days)) * (1 + rule.least)
        case TasksPerShift():
            n = max(1, n_works) * rule.least
        case ForbiddenSequence():
            n = max(1, len(problem.days)) * max(1, len({len(s) for s in rule.sequences}))
        case _:
            n = max(1, 2 * len(problem.days))
    return n


def _most_min(worker: "Worker", offered: "list[Shift]") -> int:
    """Return the minutes that a worker's time can count at most."""
    return (
        sum(shift.counted_min[worker.rule_book] for shift in offered)
        + sum(fact.counted_min for fact in worker.facts)
        + sum(bound.length for bound in worker.bound)
    )


def _of_hours(target: "HoursTarget", most_min: int) -> int:
    most_over = -(-most_min // target.step_min) * target.over_points
    most_under = -(-target.target_min // target.step_min) * target.under_points
    return max(most_over, most_under, target.over_points, target.under_points)


def _n_tagged(works: "list[Shift] | tuple[Fact, ...]", tag: str) -> int:
    return sum(tag in work.tags for work in works)
