"""Edits that give something to a person or a crew; each leaves alone what it does not fit."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from planner.domain import edits
from planner.domain.ids import CrewId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift


def put(
    plan: Plan, roster: Roster, people: Sequence[StaffId], kind: ShiftTypeId, day: date
) -> Roster:
    """Return the roster with some people on a shift type, as a crew when they are two."""
    for staff in people:
        roster = edits.put_shift(plan, roster, staff, day, kind)
    if len(people) == 1:
        return roster
    crew = CrewId("+".join([*people, day.isoformat()]))
    return replace(
        roster,
        shifts=tuple(
            replace(shift, crew=crew) if _is_on(shift, people, day) else shift
            for shift in roster.shifts
        ),
    )


def break_placed(plan: Plan, roster: Roster, people: Sequence[StaffId], day: date) -> Roster:
    """Return the roster with the break of some people's shift beside their duties, together."""
    shifts = [shift for shift in roster.shifts if _is_on(shift, people, day)]
    if not shifts:
        return roster
    breaks = edits.place_break(plan, shifts[0], edits.duties_of(roster, shifts))
    return replace(
        roster,
        shifts=tuple(
            replace(shift, breaks=breaks) if shift in shifts else shift for shift in roster.shifts
        ),
    )


def joined(roster: Roster, lone: StaffId, mate: StaffId, day: date) -> Roster:
    """Return the roster with two who work the same shift as a crew; both do what ``lone`` does."""
    both = [shift for shift in roster.shifts if _is_on(shift, (lone, mate), day)]
    lead = next((shift for shift in both if shift.staff == lone), None)
    if lead is None or len(both) != 2:
        return roster
    doing = edits.duties_of(roster, [lead])
    crew = CrewId(f"{lone}+{mate}+{day.isoformat()}")
    return replace(
        roster,
        shifts=tuple(
            replace(shift, crew=crew, breaks=lead.breaks) if shift in both else shift
            for shift in roster.shifts
        ),
        assignments=_sorted(
            [*roster.assignments, *(replace(done, staff=mate, is_locked=False) for done in doing)]
        ),
    )


def _is_on(shift: Shift, people: Collection[StaffId], day: date) -> bool:
    return shift.staff in people and shift.day == day


def _sorted(assignments: Collection[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(assignments, key=lambda done: (done.start, done.duty, done.staff)))
