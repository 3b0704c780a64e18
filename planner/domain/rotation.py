"""Base rosters rolled out to given shifts, and shifts made of shift types."""

from collections.abc import Iterable
from datetime import date

from planner.domain.ids import ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.shifts import BaseRoster, BaseRosterMember
from planner.domain.spans import DAY, Span, local_span
from planner.domain.staff import ShiftSource
from planner.domain.weeks import IsoWeek


def shift_parts(plan: Plan, shift_type: ShiftTypeId, day: date) -> tuple[Span, ...]:
    """Return the instants of a shift type that begins on ``day``; parts go on over midnight."""
    parts: list[Span] = []
    on = day
    for part in plan.parts_by_shift_type.get(shift_type, ()):
        span = local_span(on, part.start, part.end, plan.zone)
        if parts and span.start < parts[-1].end:
            on += DAY
            span = local_span(on, part.start, part.end, plan.zone)
        parts.append(span)
        if part.end <= part.start:
            on += DAY
    return tuple(parts)


def shift_id(staff: StaffId, day: date, shift_type: ShiftTypeId) -> ShiftId:
    """Return the id of a person's shift of a type on a day."""
    return ShiftId(f"{staff}/{day.isoformat()}/{shift_type}")


def roll_out(plan: Plan, week: IsoWeek) -> tuple[Shift, ...]:
    """Return the given shifts of ``week`` that the base rosters say, breaks not yet placed.

    Days on which the person is not employed are left out.
    """
    by_id = {roster.id: roster for roster in plan.base_rosters}
    return tuple(
        shift
        for member in plan.base_roster_members
        for shift in _rolled(plan, by_id[member.base_roster], member, week)
    )


def _rolled(
    plan: Plan, roster: BaseRoster, member: BaseRosterMember, week: IsoWeek
) -> Iterable[Shift]:
    weeks_in = (week.monday - roster.first_monday).days // 7 - member.offset_weeks
    in_roster = weeks_in % roster.n_weeks + 1
    for entry in plan.base_roster_shifts:
        if entry.base_roster != roster.id or entry.week != in_roster:
            continue
        day = week.days[entry.weekday - 1]
        if plan.contract_of(member.staff, day) is None or not _is_member_on(member, day):
            continue
        yield Shift(
            id=shift_id(member.staff, day, entry.shift_type),
            staff=member.staff,
            day=day,
            shift_type=entry.shift_type,
            parts=shift_parts(plan, entry.shift_type, day),
            source=ShiftSource.GIVEN,
        )


def _is_member_on(member: BaseRosterMember, day: date) -> bool:
    return (member.first_day is None or member.first_day <= day) and (
        member.last_day is None or day <= member.last_day
    )
