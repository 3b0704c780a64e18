"""Duties and staffing needs as the engine's tasks and demands."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import SchoolId, StaffId
from planner.domain.plan import Plan
from planner.domain.schools import ContactRole
from planner.domain.spans import local_span
from planner.pauses import pause
from planner.planning import levels
from planner.planning.week_input import WeekInput
from solver.data.problem import Demand, Lock, Task


def make_tasks(source: WeekInput, workers: Collection[str]) -> Iterator[Task]:
    """Yield a task for each duty, under the duty's id; only ``workers`` have locks."""
    known = _familiar(source.plan)
    locks = defaultdict(list)
    for assignment in source.locked:
        if assignment.staff not in workers:
            continue
        lock = Lock(worker=assignment.staff, start=source.scale.minute(assignment.start))
        locks[assignment.duty].append(lock)
    for duty in source.duties:
        pause()
        is_school = duty.kind is DutyKind.SCHOOL
        yield Task(
            id=duty.id,
            place=duty.site,
            earliest_start=source.scale.minute(duty.earliest_start),
            latest_start=source.scale.minute(duty.latest_start),
            duration_min=duty.duration_min,
            heads=duty.heads,
            is_crew=duty.is_crew,
            skills=frozenset(duty.skills),
            level=levels.PROMISED[duty.priority],
            missing_points=_missing_points(duty),
            familiar_level=levels.CONTINUITY if is_school else None,
            familiar=known.get(SchoolId(duty.source), {}) if is_school else {},
            unfamiliar_points=levels.STRANGER_POINTS if is_school else 0,
            locks=tuple(locks[duty.id]),
        )


def make_demands(source: WeekInput) -> Iterator[Demand]:
    """Yield a demand for each staffing need on each of its days, as ``need/date``.

    A need in the hour that a clock change skips asks for nobody that day.
    """
    for need in source.plan.staffing_needs:
        day = source.week.days[need.weekday - 1]
        span = local_span(day, need.start, need.end, source.plan.zone)
        if span.end <= span.start:
            continue
        yield Demand(
            id=f"{need.id}/{day.isoformat()}",
            span=source.scale.span(span),
            skills=frozenset({need.skill}),
            levels=(
                (need.minimum, levels.PROMISED[1], levels.MISSING_QUARTER_POINTS),
                (need.needed, levels.COVERAGE, levels.MISSING_QUARTER_POINTS),
            ),
        )


def _missing_points(duty: Duty) -> int:
    if duty.kind is DutyKind.VISIT:
        return levels.MISSING_VISIT_POINTS
    return levels.MISSING_QUARTER_POINTS * max(1, -(-duty.duration_min // 15))


def _familiar(plan: Plan) -> Mapping[SchoolId, dict[str, int]]:
    points = {ContactRole.NAMED: 0, ContactRole.SUBSTITUTE: levels.SUBSTITUTE_POINTS}
    known: dict[SchoolId, dict[str, int]] = defaultdict(dict)
    for contact in plan.school_contacts:
        worker = StaffId(contact.staff)
        known[contact.school][worker] = min(
            points[contact.role], known[contact.school].get(worker, levels.STRANGER_POINTS)
        )
    return known
