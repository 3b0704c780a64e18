"""Changes of a roster person by person: which apply at once, and which wait for an answer.

Who has not accepted is not planned. So what a repair gives to somebody who is to be asked is held
back, and with it what others do only if that person accepts.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from planner.domain.changes import Change, changed_roster, difference
from planner.domain.ids import CrewId, DutyId, StaffId
from planner.domain.records import record_key
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import Span, subtract

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A roster after as much of some changes as can be, and what is left of them."""

    roster: Roster
    rest: Changes


def changes_by_person(before: Roster, after: Roster) -> dict[StaffId, Changes]:
    """Return what makes one roster of another, shifts before assignments, by whom it concerns."""
    found: dict[StaffId, Changes] = {}
    for name in ("shifts", "assignments"):
        for change in difference(name, getattr(before, name), getattr(after, name)):
            staff = staff_of(change)
            found[staff] = (*found.get(staff, ()), change)
    return found


def staff_of(change: Change) -> StaffId:
    """Return whose shift or assignment a change is of."""
    record: Any = change.after if change.before is None else change.before
    found: StaffId = record.staff
    return found


def has_new_time(known: Iterable[Shift], after: Iterable[Shift]) -> bool:
    """Tell whether shifts hold working time that the known ones of the same person do not."""
    told = tuple(part for shift in known for part in shift.parts)
    return any(any(subtract(part, told)) for shift in after for part in shift.parts)


def apart(changes: Changes, before: Roster, after: Roster) -> tuple[Changes, Changes]:
    """Return one person's changes on days whose working time stays, and those of other days."""
    moved = {
        record.day
        for change in changes
        if change.set_name == "shifts" and _parts(change.before) != _parts(change.after)
        for record in (change.before, change.after)
        if record is not None
    }
    shifts = (*before.shifts, *after.shifts)
    at_once = tuple(one for one in changes if not _days(one, shifts) & moved)
    return at_once, tuple(one for one in changes if one not in at_once)


def rebased(changes: Changes, present: Roster) -> Changes:
    """Return one person's changes as changes of a roster in which crews have come apart since."""
    shifts = {shift.id: shift for shift in present.shifts}
    there = set(present.assignments)
    found = []
    for change in changes:
        record = change.before
        if isinstance(record, Shift):
            now = shifts.get(record.id)
            is_same = now is not None and now.parts == record.parts
            found.append(replace(change, before=now) if is_same else change)
        elif isinstance(record, Assignment) and record not in there:
            found.append(replace(change, before=None))
        else:
            found.append(change)
    return tuple(one for one in found if one.before != one.after)


def settle(
    present: Roster,
    changes: Iterable[Change],
    heads: Mapping[DutyId, int],
    by_crews: Collection[DutyId],
) -> Settled:
    """Return a roster after changes, as far as they do not need somebody who is not planned yet.

    A crew is whole or none: without the other officer a shift is worked without a crew, and what
    only crews do waits. A duty that somebody else still has is taken over when it is free.

    Parameters
    ----------
    heads, by_crews
        How many do each duty, and those that only crews do.
    """
    wished = changed_roster(present, changes)
    roster = _without_doubles(present, wished, heads)
    roster = _with_whole_crews(roster, by_crews)
    rest = changes_by_person(roster, wished).values()
    return Settled(roster=roster, rest=tuple(change for mine in rest for change in mine))


def fitting(changes: Iterable[Change], present: Roster) -> Iterator[Change]:
    """Yield the changes of records that are still as they were."""
    there: dict[tuple[str, Any], object] = {}
    for name in ("shifts", "assignments"):
        for record in getattr(present, name):
            there[name, record_key(name, record)] = record
    for change in changes:
        if there.get((change.set_name, change.key)) == change.before:
            yield change


def _without_doubles(present: Roster, wished: Roster, heads: Mapping[DutyId, int]) -> Roster:
    """Return the roster without who takes over what others still do."""
    n_doing = Counter(done.duty for done in wished.assignments)
    kept = []
    known = set(present.assignments)
    for done in wished.assignments:
        if n_doing[done.duty] > heads.get(done.duty, 0) and done not in known:
            n_doing[done.duty] -= 1
        else:
            kept.append(done)
    return replace(wished, assignments=tuple(kept))


def _with_whole_crews(roster: Roster, by_crews: Collection[DutyId]) -> Roster:
    """Return the roster without crews of one, and without what only a whole crew does."""
    members: dict[tuple[CrewId | None, date], list[Shift]] = defaultdict(list)
    for shift in roster.shifts:
        members[shift.crew, shift.day].append(shift)
    doing = {(done.duty, done.staff, done.start) for done in roster.assignments}

    def is_whole(shift: Shift) -> bool:
        return shift.crew is not None and len(members[shift.crew, shift.day]) > 1

    def is_done_together(done: Assignment) -> bool:
        return any(
            all((done.duty, mate.staff, done.start) in doing for mate in members[s.crew, s.day])
            for s in roster.shifts
            if s.staff == done.staff and s.span.overlaps(done.span) and is_whole(s)
        )

    return replace(
        roster,
        shifts=tuple(
            shift if is_whole(shift) else replace(shift, crew=None) for shift in roster.shifts
        ),
        assignments=tuple(
            done
            for done in roster.assignments
            if done.is_locked or done.duty not in by_crews or is_done_together(done)
        ),
    )


def _parts(shift: Shift | None) -> tuple[Span, ...]:
    return shift.parts if shift is not None else ()


def _days(change: Change, shifts: Iterable[Shift]) -> set[date]:
    """Return the days of the shifts that a change is of, or in."""
    found: set[date] = set()
    for record in (change.before, change.after):
        if isinstance(record, Shift):
            found.add(record.day)
        elif isinstance(record, Assignment):
            mine = (one for one in shifts if one.staff == record.staff)
            found |= {one.day for one in mine if one.span.overlaps(record.span)}
    return found
