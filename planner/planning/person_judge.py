"""What the checks say of one person's part of a roster."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.coverage import Presence, presences
from planner.domain.ids import StaffId
from planner.domain.roster import Assignment, Finding, Severity, Shift
from planner.domain.staff import ShiftSource
from planner.planning.minutes import MinuteScale
from planner.planning.problem import CompiledWeek
from solver.checks import Violation
from solver.checks.check import own_violations
from solver.checks.costs import own_costs, presence
from solver.checks.timeline import Timeline
from solver.data.problem import Task, Worker
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span as MinuteSpan

Skilled = tuple[frozenset[str], MinuteSpan]
"""Skills of a worker, and a stretch at work."""


@dataclass(frozen=True, kw_only=True)
class JudgedPerson:
    """One person's part of a roster, and all that can be said of it alone.

    Parameters
    ----------
    line
        The person's time as the checks see it.
    findings
        Broken rules, but for those that several people break together.
    costs
        Points by level that depend on nobody else.
    at_work
        When the person covers the engine's demands.
    present
        When the person covers staffing needs.
    """

    shifts: tuple[Shift, ...]
    assignments: tuple[Assignment, ...]
    line: Timeline
    findings: tuple[Finding, ...]
    costs: Mapping[str, int]
    at_work: tuple[Skilled, ...]
    present: tuple[Presence, ...]


def judged_person(
    frame: CompiledWeek,
    worker: Worker,
    shifts: tuple[Shift, ...],
    assignments: tuple[Assignment, ...],
) -> JudgedPerson:
    """Judge one person's shifts and assignments.

    Parameters
    ----------
    frame
        The week compiled without anything fixed or locked.
    worker
        The person there.
    """
    line = _timeline(frame, worker, shifts, assignments)
    costs: Counter[str] = Counter()
    for level, _, points in own_costs(line):
        costs[level] += points
    skills, spans = presence(line)
    return JudgedPerson(
        shifts=shifts,
        assignments=assignments,
        line=line,
        findings=tuple(finding(frame.source.scale, broken) for broken in own_violations(line)),
        costs=costs,
        at_work=tuple((skills, span) for span in spans),
        present=tuple(
            stretch for shift in shifts for stretch in presences(frame.source.plan, shift)
        ),
    )


def is_fixed(shift: Shift) -> bool:
    """Tell whether generating must leave the shift as it is."""
    return shift.is_locked or shift.source is ShiftSource.GIVEN


def finding(scale: MinuteScale, violation: Violation) -> Finding:
    """Return a broken rule as a planner's finding, of the first who takes part."""
    return Finding(
        code=violation.rule,
        severity=Severity.FACT if violation.is_fact else Severity.VIOLATION,
        staff=StaffId(violation.workers[0]) if violation.workers else None,
        span=scale.back(violation.span) if violation.span else None,
        values=tuple(violation.values),
    )


def _timeline(
    frame: CompiledWeek,
    worker: Worker,
    shifts: Iterable[Shift],
    assignments: tuple[Assignment, ...],
) -> Timeline:
    scale, factory = frame.source.scale, frame.factory
    options = [(shift, factory.options.of(shift)) for shift in shifts]
    placed = tuple(
        PlacedTask(task=done.duty, worker=done.staff, start=scale.minute(done.start))
        for done in assignments
        if done.duty in frame.problem.task_by_id
    )
    return Timeline(
        problem=frame.problem,
        worker=factory.with_fixed(worker, [shift for shift, _ in options if is_fixed(shift)]),
        worked=tuple(
            WorkedShift(
                worker=shift.staff,
                shift=option.id,
                breaks=tuple(scale.span(pause) for pause in shift.breaks),
                crew=shift.crew,
            )
            for shift, option in options
        ),
        placed=placed,
        shift_by_id={option.id: option for _, option in options},
        locks=_locks(frame, assignments),
    )


def _locks(frame: CompiledWeek, assignments: Iterable[Assignment]) -> tuple[tuple[Task, int], ...]:
    """Return what is locked, in the order of the week's tasks."""
    tasks, scale = frame.problem.task_by_id, frame.source.scale
    locked = [
        (tasks[done.duty], scale.minute(done.start))
        for done in assignments
        if done.is_locked and done.duty in tasks
    ]
    order = {task.id: number for number, task in enumerate(frame.problem.tasks)} if locked else {}
    return tuple(sorted(locked, key=lambda lock: order[lock[0].id]))
