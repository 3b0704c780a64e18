"""All checks together."""

from collections.abc import Iterator

from solver.checks.amounts import (
    check_consecutive_days,
    check_shifts_per_day,
    check_working_time,
)
from solver.checks.crews import check_crews, check_leads
from solver.checks.rest import check_rest_between, check_rest_in_period
from solver.checks.shifts import check_breaks, check_places
from solver.checks.tasks import check_heads, check_tasks
from solver.checks.timeline import Timeline, timelines
from solver.checks.violation import Violation
from solver.data.problem import Problem
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    Rule,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.solution import Solution


def violations(problem: Problem, solution: Solution) -> tuple[Violation, ...]:
    """Return everything that a roster breaks, worker by worker, then what several share."""
    lines = timelines(problem, solution)
    return (
        *(found for line in lines.values() for found in _of_worker(line)),
        *check_heads(problem, solution),
        *check_crews(problem, solution, lines),
        *check_leads(problem, solution, lines),
    )


def violations_of_worker(
    problem: Problem, solution: Solution, worker: str
) -> tuple[Violation, ...]:
    """Return what one worker's shifts and tasks break; not what crews or leads do."""
    line = Timeline(
        problem=problem,
        worker=problem.worker_by_id[worker],
        worked=tuple(worked for worked in solution.shifts if worked.worker == worker),
        placed=tuple(placed for placed in solution.tasks if placed.worker == worker),
    )
    return tuple(_of_worker(line))


def _of_worker(line: Timeline) -> Iterator[Violation]:
    yield from check_places(line)
    yield from check_breaks(line)
    yield from check_tasks(line)
    for rule in line.rule_book.rules:
        yield from _of_rule(line, rule)


def _of_rule(line: Timeline, rule: Rule) -> Iterator[Violation]:
    match rule:
        case RestInPeriod():
            yield from check_rest_in_period(line, rule)
        case RestBetween():
            yield from check_rest_between(line, rule)
        case WorkingTime():
            yield from check_working_time(line, rule)
        case ShiftsPerDay():
            yield from check_shifts_per_day(line, rule)
        case ConsecutiveDays():
            yield from check_consecutive_days(line, rule)
        case ContinuousWork():
            pass  # judged with the breaks of each shift
