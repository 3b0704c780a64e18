"""What differs between two rosters of a week: published ones, the draft, a proposal, a repair.

Each shift and each assignment that is not the same in both is told exactly once, as a change with a
before, an after, or both. Views by person and by place are made of the same changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from planner.domain.changed import (
    DutyChange,
    Minutes,
    PersonDifferences,
    PlaceDifferences,
    ShiftChange,
    ShiftState,
    Standing,
    WeekDifferences,
)
from planner.domain.counting import bound_min, counted_min, worked_min
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.pairing import pairs
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.weeks import IsoWeek

_KeyT = TypeVar("_KeyT")
_ValueT = TypeVar("_ValueT")


def week_differences(
    plan: Plan, before: Roster, after: Roster, duties: Iterable[Duty]
) -> WeekDifferences:
    """Return what differs between two rosters of a week.

    Minutes of both are counted by the plan as it is, so that only the rosters make a difference.

    Parameters
    ----------
    duties
        Those of both rosters; one that is missing is told by its id.
    """
    by_id = {duty.id: duty for duty in duties}
    shifts = tuple(sorted(_shift_changes(before, after), key=_shift_order))
    changes = tuple(sorted(_duty_changes(by_id, before, after), key=_duty_order))
    kinds = {one.shift_type for roster in (before, after) for one in roster.shifts}
    known = plan.shift_type_by_id
    return WeekDifferences(
        shifts=shifts,
        duties=changes,
        people=tuple(_people(plan, before, after, shifts, changes)),
        places=tuple(_places(by_id, (before, after), changes)),
        names=_names(plan, before, after),
        shift_codes={
            kind: known[kind].code if kind in known else kind for kind in kinds if kind is not None
        },
    )


def _shift_order(change: ShiftChange) -> tuple[Any, ...]:
    return min(one.span for one in (change.before, change.after) if one), change.staff


def _duty_order(change: DutyChange) -> tuple[Any, ...]:
    standing = sorted((one.span, one.staff) for one in (change.before, change.after) if one)
    return standing, change.duty


def _shift_changes(before: Roster, after: Roster) -> Iterator[ShiftChange]:
    found = pairs(
        _stated(before),
        _stated(after),
        lambda one: (one.staff, one.id),
        lambda one: (one.staff, one.state.day),
        said=lambda one: (one.staff, one.state),
        order=lambda one: (one.state.span, one.id),
    )
    for old, new in found:
        yield ShiftChange(
            staff=_either(old, new).staff,
            day=min(one.state.day for one in (old, new) if one),
            before=old.state if old else None,
            after=new.state if new else None,
        )


@dataclass(frozen=True, slots=True)
class _Stated:
    """A shift and what of it is compared."""

    staff: StaffId
    id: ShiftId
    state: ShiftState


def _stated(roster: Roster) -> Iterator[_Stated]:
    crews = _grouped(((shift.day, shift.crew), shift.staff) for shift in roster.shifts)
    for shift in roster.shifts:
        crew = crews[shift.day, shift.crew] if shift.crew is not None else ()
        state = ShiftState(
            day=shift.day,
            shift_type=shift.shift_type,
            parts=shift.parts,
            breaks=shift.breaks,
            partners=frozenset(crew) - {shift.staff},
        )
        yield _Stated(shift.staff, shift.id, state)


def _duty_changes(
    duties: Mapping[DutyId, Duty], before: Roster, after: Roster
) -> Iterator[DutyChange]:
    found = pairs(
        before.assignments,
        after.assignments,
        lambda done: (done.duty, done.staff),
        lambda done: done.duty,
        said=lambda done: (done.duty, done.staff, done.span),
        order=lambda done: (done.span, done.staff),
    )
    for old, new in found:
        duty = _either(old, new).duty
        source, title, kind = _place(duties, duty)
        yield DutyChange(
            duty=duty,
            source=source,
            title=title,
            duty_kind=kind,
            before=_standing(old),
            after=_standing(new),
        )


def _standing(done: Assignment | None) -> Standing | None:
    return Standing(staff=done.staff, span=done.span) if done else None


def _place(duties: Mapping[DutyId, Duty], duty: DutyId) -> tuple[str, str, DutyKind | None]:
    known = duties.get(duty)
    if known is not None:
        return known.source, known.title, known.kind
    source = duty.rsplit("/", 2)[0]
    return source, source, None


def _people(
    plan: Plan,
    before: Roster,
    after: Roster,
    shifts: tuple[ShiftChange, ...],
    duties: tuple[DutyChange, ...],
) -> Iterator[PersonDifferences]:
    of_shifts = _grouped((change.staff, change) for change in shifts)
    of_duties = _grouped((staff, change) for change in duties for staff in change.people)
    worked = [_grouped((one.staff, one) for one in roster.shifts) for roster in (before, after)]
    for staff, name in _names(plan, before, after).items():
        old, new = (_minutes(plan, staff, before.week, own.get(staff, [])) for own in worked)
        yield PersonDifferences(
            staff=staff,
            name=name,
            shifts=tuple(of_shifts.get(staff, ())),
            duties=tuple(of_duties.get(staff, ())),
            before=old,
            after=new,
        )


def _names(plan: Plan, before: Roster, after: Roster) -> dict[StaffId, str]:
    """Return whom the rosters name, in the plan's order; a stranger by the id."""
    rosters = (before, after)
    named = {shift.staff for roster in rosters for shift in roster.shifts}
    named |= {done.staff for roster in rosters for done in roster.assignments}
    known = {member.id: member.display_name for member in plan.staff if member.id in named}
    return known | {staff: staff for staff in sorted(named - known.keys())}


def _minutes(plan: Plan, staff: StaffId, week: IsoWeek, shifts: list[Shift]) -> Minutes:
    worked = sum(worked_min(shift.parts, shift.breaks) for shift in shifts)
    counted = sum(counted_min(plan, shift) for shift in shifts)
    bound = bound_min(plan, staff, week.span(plan.zone), shifts)
    return Minutes(worked_min=worked + bound, credited_min=counted - worked)


def _places(
    duties: Mapping[DutyId, Duty], rosters: tuple[Roster, Roster], changes: tuple[DutyChange, ...]
) -> Iterator[PlaceDifferences]:
    named = {done.duty for roster in rosters for done in roster.assignments}
    wanted = [duty for duty in duties if duty in named]
    wanted += sorted(named - duties.keys())
    changed = _grouped((change.source, change) for change in changes)
    for source, title, kind in dict.fromkeys(_place(duties, duty) for duty in wanted):
        yield PlaceDifferences(
            source=source, title=title, duty_kind=kind, duties=tuple(changed.get(source, ()))
        )


def _grouped(entries: Iterable[tuple[_KeyT, _ValueT]]) -> dict[_KeyT, list[_ValueT]]:
    groups: dict[_KeyT, list[_ValueT]] = defaultdict(list)
    for key, value in entries:
        groups[key].append(value)
    return groups


def _either(one: _ValueT | None, other: _ValueT | None) -> _ValueT:
    """Return the first that is there; one of them is."""
    found = one if one is not None else other
    if found is None:
        raise ValueError("a pair of nothing")
    return found
