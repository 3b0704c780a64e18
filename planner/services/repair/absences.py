"""Somebody is away: a person who is ill, or a squad that is called off. The cause is not kept."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.domain.changes import Change
from planner.domain.ids import SquadId, StaffId
from planner.domain.plan import Plan
from planner.domain.spans import Span
from planner.domain.staff import Absence
from planner.domain.years import check_days
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.plans import OpenPlan


def report_absence(
    open_plan: OpenPlan, staff: StaffId, start: datetime, end: datetime
) -> tuple[Absence, ...]:
    """Keep that a person is away, and return it.

    Raises
    ------
    InputError
        ``end-before-start``, ``date-out-of-range``
    NotFoundError
        ``person-gone``
    ConflictError
        ``absence-known``: all of that time is kept already.
    """
    if staff not in open_plan.plan.staff_by_id:
        raise NotFoundError("person-gone")
    return _keep(open_plan, "report-absence", (staff,), Span(start, end))


def squad_away(
    open_plan: OpenPlan, squad: SquadId, start: datetime, end: datetime
) -> tuple[Absence, ...]:
    """Keep that everybody of a squad is away, as one command; who is already stays as it is.

    Raises
    ------
    InputError
        ``end-before-start``, ``date-out-of-range``
    NotFoundError
        ``squad-empty``: nobody is in it.
    ConflictError
        ``absence-known``: all of that time is kept already, for each of them.
    """
    members = tuple(member.id for member in open_plan.plan.staff if member.squad == squad)
    if not members:
        raise NotFoundError("squad-empty")
    return _keep(open_plan, "squad-away", members, Span(start, end), squad=squad)


def check_absence(span: Span, zone: ZoneInfo) -> None:
    """Refuse a time that nobody can be away for.

    Raises
    ------
    InputError
        ``end-before-start``, or ``date-out-of-range``: its year is a slip of the hand.
    """
    check_days(*(at.astimezone(zone).date() for at in (span.start, span.end)))
    if span.end <= span.start:
        raise InputError("end-before-start")


def _keep(
    open_plan: OpenPlan, command: str, people: Iterable[StaffId], span: Span, squad: str = ""
) -> tuple[Absence, ...]:
    plan = open_plan.plan
    check_absence(span, plan.zone)
    made = tuple(
        Absence(id=_free_id(plan, staff, span), staff=staff, start=span.start, end=span.end)
        for staff in people
        if not _is_known(plan, staff, span)
    )
    if not made:
        raise ConflictError("absence-known")
    ids = [absence.id for absence in made]
    with open_plan.changing(command, absences=ids, squad=squad) as store:
        store.apply([Change(set_name="absences", before=None, after=absence) for absence in made])
    return made


def _is_known(plan: Plan, staff: StaffId, span: Span) -> bool:
    return any(one.staff == staff and one.span.contains(span) for one in plan.absences)


def _free_id(plan: Plan, staff: StaffId, span: Span) -> str:
    taken = {absence.id for absence in plan.absences}
    first = f"away-{staff}-{span.start:%Y%m%d-%H%M}"
    found, n = first, 1
    while found in taken:
        n += 1
        found = f"{first}-{n}"
    return found
