"""Changes of a roster person by person: which apply at once, and which wait for an answer.

Who has not accepted is not planned. So what a repair gives to somebody who is to be asked is held
back, and with it what others do only if that person accepts.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from planner.domain.changes import Change, difference
from planner.domain.ids import CrewId, DutyId, StaffId
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import Span, subtract

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What becomes of changes.

    Parameters
    ----------
    now
        Those to apply.
    held
        Those that wait, by the answer that they wait for; the person's own come first.
    """

    now: Changes
    held: Mapping[str, Changes]


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


def with_whole_crews(roster: Roster, crew_duties: Collection[DutyId]) -> Roster:
    """Return the roster without crews of one, and without what only crews do in their shifts."""
    n_members = Counter((shift.crew, shift.day) for shift in roster.shifts)
    lone = [
        shift
        for shift in roster.shifts
        if shift.crew is not None and n_members[shift.crew, shift.day] == 1
    ]
    return replace(
        roster,
        shifts=tuple(
            replace(shift, crew=None) if shift in lone else shift for shift in roster.shifts
        ),
        assignments=tuple(
            done
            for done in roster.assignments
            if done.duty not in crew_duties
            or not any(s.staff == done.staff and s.span.overlaps(done.span) for s in lone)
        ),
    )


def settle(
    own: Mapping[StaffId, Changes], waiting: Mapping[str, Changes], present: Roster
) -> Settled:
    """Return which of some people's changes apply, and which wait for those not heard yet.

    A crew is whole or none: until the other officer accepts, a shift is worked without a crew, and
    what both do together waits. A duty that somebody gives away only when accepting is taken over
    then.

    Parameters
    ----------
    own
        Of those whose changes apply.
    waiting
        What waits for answers, by the answer; of each person whom it asks first.
    present
        The roster before any of it.
    """
    now: list[Change] = []
    held = {answer: list(changes) for answer, changes in waiting.items()}
    for changes in own.values():
        mine = list(changes)
        for mate, shift in _mates(changes, waiting):
            mine, later = _without_crew(mine, shift, _added(waiting[mate]), present)
            held[mate] += later
        now += mine
    for answer, change in _doubled(now, waiting):
        now.remove(change)
        held[answer].append(change)
    return Settled(now=tuple(now), held={answer: tuple(found) for answer, found in held.items()})


def _mates(changes: Changes, waiting: Mapping[str, Changes]) -> Iterator[tuple[str, Shift]]:
    """Yield the shifts that somebody is to work in a crew with a person who has not answered."""
    crews: dict[tuple[CrewId | None, date], str] = {
        (shift.crew, shift.day): answer
        for answer, theirs in waiting.items()
        for shift in _shifts(theirs)
        if shift.crew is not None
    }
    for shift in _shifts(changes):
        if (shift.crew, shift.day) in crews:
            yield crews[shift.crew, shift.day], shift


def _without_crew(
    changes: list[Change], shift: Shift, shared: frozenset[tuple[DutyId, datetime]], present: Roster
) -> tuple[list[Change], list[Change]]:
    """Return what is left of a person's changes without a crew, and what waits for it."""
    now: list[Change] = []
    later: list[Change] = []
    touched = {change.after for change in changes} | {change.before for change in changes}
    kept = (
        Change(set_name="assignments", before=done, after=done)
        for done in present.assignments
        if done.staff == shift.staff and done not in touched
    )
    for change in (*changes, *kept):
        record = change.after
        if record == shift:
            alone = replace(shift, crew=None)
            now.append(replace(change, after=alone))
            later.append(replace(change, before=alone))
        elif isinstance(record, Assignment) and (record.duty, record.start) in shared:
            now.append(replace(change, after=None))
            later.append(replace(change, before=None))
        else:
            now.append(change)
    return [one for one in now if one.before != one.after], later


def _doubled(now: Iterable[Change], waiting: Mapping[str, Changes]) -> Iterator[tuple[str, Change]]:
    """Yield who takes over what somebody gives away who has not answered yet."""
    givers: dict[DutyId, list[str]] = defaultdict(list)
    for answer, changes in waiting.items():
        for change in changes:
            if isinstance(change.before, Assignment) and change.after is None:
                givers[change.before.duty].append(answer)
    n_taken = Counter(duty for changes in waiting.values() for duty, _ in _added(changes))
    for change in tuple(now):
        record = change.after
        if not isinstance(record, Assignment) or change.before is not None:
            continue
        if len(givers[record.duty]) > n_taken[record.duty]:
            yield givers[record.duty].pop(), change


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


def _shifts(changes: Iterable[Change]) -> Iterator[Shift]:
    return (change.after for change in changes if isinstance(change.after, Shift))


def _added(changes: Iterable[Change]) -> frozenset[tuple[DutyId, datetime]]:
    """Return what somebody does only then."""
    return frozenset(
        (change.after.duty, change.after.start)
        for change in changes
        if change.before is None and isinstance(change.after, Assignment)
    )
