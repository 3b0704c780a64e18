"""Breaks and crews of shifts that stay are as they were, where nothing speaks against it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from planner.domain.ids import CrewId, ShiftId
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import Span

_Crew = tuple[date, CrewId | None]


def kept_as_was(before: Roster, after: Roster, bound: Collection[Assignment]) -> Roster:
    """Return a roster whose shifts keep their crews and breaks from before where they can.

    Parameters
    ----------
    bound
        What is to be done by crews as they are afterwards.
    """
    old = {shift.id: shift for shift in before.shifts}
    can_keep = {shift.id for shift in after.shifts if _can_keep_breaks(old, shift, after)}
    after = _with_crews(before, after, can_keep - _doing(after, bound))
    return _with_breaks(old, after, can_keep)


def _can_keep_breaks(old: Mapping[ShiftId, Shift], shift: Shift, after: Roster) -> bool:
    """Tell whether a shift is where it was, and nothing is done over its breaks from before."""
    mine = old.get(shift.id)
    if mine is None or mine.parts != shift.parts:
        return False
    busy = [done.span for done in after.assignments if done.staff == shift.staff]
    return not any(pause.overlaps(span) for pause in mine.breaks for span in busy)


def _doing(roster: Roster, duties: Collection[Assignment]) -> set[ShiftId]:
    """Return the shifts in which any of some duties is done."""
    spans = defaultdict[str, list[Span]](list)
    for done in duties:
        spans[done.staff].append(done.span)
    return {
        shift.id
        for shift in roster.shifts
        if any(shift.span.overlaps(span) for span in spans[shift.staff])
    }


def _with_crews(before: Roster, after: Roster, free: Collection[ShiftId]) -> Roster:
    """Return the roster with the crews that were there before, under their names.

    Those who do nothing as a crew yet (``free``) are together as they were.
    """
    there = {shift.id: shift for shift in after.shifts}
    crews = _crews(after.shifts)
    name_of: dict[ShiftId, CrewId | None] = {}
    for (_, name), members in _crews(before.shifts).items():
        ids = {member.id for member in members}
        if not ids <= there.keys():
            continue
        now = [there[id_] for id_ in ids]
        mates = {mate.id for one in now if one.crew for mate in crews[one.day, one.crew]}
        if mates == ids or (ids | mates).issubset(free):
            name_of |= dict.fromkeys(mates - name_of.keys())
            name_of |= dict.fromkeys(ids, name)
    taken = {shift.crew for shift in before.shifts}
    for (day, _), members in crews.items():
        rest = [member for member in members if member.id not in name_of]
        name = _free_name(day, taken) if len(rest) > 1 else None
        taken.add(name)
        name_of |= {member.id: name for member in rest}
    return replace(
        after,
        shifts=tuple(
            replace(shift, crew=name_of.get(shift.id, shift.crew)) for shift in after.shifts
        ),
    )


def _with_breaks(
    old: Mapping[ShiftId, Shift], after: Roster, can_keep: Collection[ShiftId]
) -> Roster:
    """Return the roster with breaks from before; those of a crew stay the same as each other's."""
    crews = _crews(after.shifts)

    def kept(shift: Shift) -> Shift:
        together = crews[shift.day, shift.crew] if shift.crew is not None else [shift]
        if not all(one.id in can_keep for one in together):
            return shift
        breaks = {old[one.id].breaks for one in together}
        return replace(shift, breaks=breaks.pop()) if len(breaks) == 1 else shift

    return replace(after, shifts=tuple(map(kept, after.shifts)))


def _crews(shifts: Iterable[Shift]) -> dict[_Crew, list[Shift]]:
    found: dict[_Crew, list[Shift]] = defaultdict(list)
    for shift in shifts:
        if shift.crew is not None:
            found[shift.day, shift.crew].append(shift)
    return found


def _free_name(day: date, taken: Collection[CrewId | None]) -> CrewId:
    names = (CrewId(f"{day.isoformat()}/anew-{number}") for number in count(1))
    return next(name for name in names if name not in taken)
