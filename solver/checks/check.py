"""All checks together."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from solver.checks.amounts import (
    check_consecutive_days,
    check_count,
    check_shifts_per_day,
    check_working_time,
)
from solver.checks.crews import check_crews, check_leads
from solver.checks.extra_time import check_extra_times
from solver.checks.links import check_links
from solver.checks.pairings import check_pairings
from solver.checks.rest import check_rest_between, check_rest_in_period
from solver.checks.sequences import check_days
from solver.checks.shifts import check_breaks, check_places
from solver.checks.tasks import check_heads, check_locks, check_tasks
from solver.checks.timeline import Timeline, known_part, timelines
from solver.checks.violation import Violation
from solver.data.problem import Problem
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    ContinuousWork,
    CountOfShifts,
    ForbiddenSequence,
    RestBetween,
    RestInPeriod,
    Rule,
    ShiftsPerDay,
    TasksPerShift,
    Weekends,
    WorkingTime,
)
from solver.data.solution import Solution


def violations(problem: Problem, solution: Solution) -> tuple[Violation, ...]:
    """Return everything that a roster breaks, worker by worker, then what several share.

    Shifts and tasks that name what the problem lacks are ``unknown``, and left out of the rest.
    """
    known = known_part(problem, solution)
    lines = timelines(problem, known)
    return (
        *_unknown(solution, known),
        *(found for line in lines.values() for found in own_violations(line)),
        *shared_violations(problem, known, lines),
    )


def shared_violations(
    problem: Problem, solution: Solution, lines: Mapping[str, Timeline]
) -> Iterator[Violation]:
    """Yield what several workers break together: heads of tasks, crews, leads, pairings, links.

    Of the problem only what the timelines share is looked at.
    """
    yield from check_heads(problem, solution, lines)
    yield from check_crews(problem, solution, lines)
    yield from check_leads(problem, solution, lines)
    yield from check_pairings(problem, lines)
    yield from check_links(problem, solution)


def violations_of_worker(
    problem: Problem, solution: Solution, worker: str
) -> tuple[Violation, ...]:
    """Return what one worker's shifts and tasks break; not what crews or leads do."""
    own = replace(
        solution,
        shifts=tuple(worked for worked in solution.shifts if worked.worker == worker),
        tasks=tuple(placed for placed in solution.tasks if placed.worker == worker),
    )
    known = known_part(problem, own)
    return (*_unknown(own, known), *own_violations(timelines(problem, known)[worker]))


def _unknown(solution: Solution, known: Solution) -> Iterator[Violation]:
    for worked in sorted(set(solution.shifts).difference(known.shifts), key=repr):
        yield Violation(rule="unknown", workers=(worked.worker,))
    for placed in sorted(set(solution.tasks).difference(known.tasks), key=repr):
        yield Violation(rule="unknown", workers=(placed.worker,))


def own_violations(line: Timeline) -> Iterator[Violation]:
    """Yield what one worker's shifts and tasks break, whatever others do."""
    yield from check_places(line)
    yield from check_breaks(line)
    yield from check_tasks(line)
    yield from check_locks(line)
    yield from check_extra_times(line)
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
            yield from check_days(line, rule)
        case CountOfShifts():
            yield from check_count(line, rule)
        case ConsecutiveDaysOff() | ForbiddenSequence() | Weekends():
            yield from check_days(line, rule)
        case TasksPerShift():
            pass  # never hard
        case ContinuousWork():
            pass  # judged with the breaks of each shift
        case _:
            assert_never(rule)
