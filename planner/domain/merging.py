"""A proposal taken over beside what was edited while it was made."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from planner.domain.ids import DutyId, StaffId
from planner.domain.roster import Assignment, Roster, Shift


def merged(
    base: Roster,
    current: Roster,
    proposal: Roster,
    *,
    heads: Mapping[DutyId, int],
    people: Collection[StaffId] | None = None,
) -> Roster:
    """Return the current roster with what a proposal makes of it; edits made meanwhile win.

    Parameters
    ----------
    base
        The roster that the proposal was made from.
    current
        The roster as it is now.
    heads
        People whom each duty wants: none gets more by the proposal than it wants.
    people
        Whose part of the proposal is taken; everybody's unless given.
    """
    edited = _edited(base, current)
    if not edited and people is None:
        return replace(proposal, overrides=current.overrides, notes=current.notes)
    chosen = {shift.staff for shift in (*base.shifts, *proposal.shifts)} | {
        done.staff for done in (*base.assignments, *proposal.assignments)
    }
    chosen &= set(people) if people is not None else chosen
    taken = chosen - edited
    shifts = [shift for shift in current.shifts if shift.staff not in taken]
    shifts += [shift for shift in proposal.shifts if shift.staff in taken]
    proposed = {done for done in proposal.assignments if done.staff in taken}
    kept = [d for d in current.assignments if d.staff not in taken or d in proposed]
    new = [done for done in proposal.assignments if done in proposed.difference(kept)]
    return replace(
        current,
        shifts=_with_whole_crews(shifts),
        assignments=_without_doubled(kept, new, heads),
        levels=proposal.levels,
        gaps=proposal.gaps,
        generated_at=proposal.generated_at,
    )


def _edited(base: Roster, current: Roster) -> set[StaffId]:
    """Return whose shifts or duties are others than when the proposal was begun."""
    changed = {*base.shifts} ^ {*current.shifts}
    moved = {*base.assignments} ^ {*current.assignments}
    return {one.staff for one in changed} | {one.staff for one in moved}


def _with_whole_crews(shifts: list[Shift]) -> tuple[Shift, ...]:
    """Return shifts in order; of a crew of which one is left, nobody is in a crew."""
    members = Counter((shift.crew, shift.day) for shift in shifts)
    whole = (
        replace(shift, crew=None)
        if shift.crew is not None and members[shift.crew, shift.day] < 2
        else shift
        for shift in shifts
    )
    return tuple(sorted(whole, key=lambda shift: (shift.staff, shift.span)))


def _without_doubled(
    kept: list[Assignment], new: list[Assignment], heads: Mapping[DutyId, int]
) -> tuple[Assignment, ...]:
    """Return assignments in order.

    Where a duty is done by somebody already, the new ones only as far as it wants more.
    """
    doing = Counter(done.duty for done in kept)
    met = frozenset(doing)
    found = list(kept)
    for done in new:
        if done.duty not in met or doing[done.duty] < heads.get(done.duty, 0):
            doing[done.duty] += 1
            found.append(done)
    return tuple(sorted(found, key=lambda done: (done.start, done.duty, done.staff)))
