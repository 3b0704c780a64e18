"""Who does two duties changes places: those of one do the other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from planner.domain.duties import Duty
from planner.domain.ids import StaffId
from planner.domain.roster import Assignment, Roster


def change_places(roster: Roster, one: Duty, other: Duty) -> Roster:
    """Return the roster with whoever does ``one`` doing ``other``, and the other way round.

    Where nobody does the other, it is a move: ``one`` is uncovered. A duty that somebody does keeps
    its time; one that nobody does begins as early as it may. Who does both goes on doing both.
    """
    if one.id == other.id:
        return roster
    kept = [done for done in roster.assignments if done.duty not in {one.id, other.id}]
    mine, theirs = _doing(roster, one), _doing(roster, other)
    new = (*_done_by(_people(theirs), one, mine), *_done_by(_people(mine), other, theirs))
    return replace(
        roster,
        assignments=tuple(
            sorted((*kept, *new), key=lambda done: (done.start, done.duty, done.staff))
        ),
    )


def _doing(roster: Roster, duty: Duty) -> list[Assignment]:
    return [done for done in roster.assignments if done.duty == duty.id]


def _people(doing: Iterable[Assignment]) -> list[StaffId]:
    return [done.staff for done in doing]


def _done_by(
    people: Iterable[StaffId], duty: Duty, before: list[Assignment]
) -> Iterator[Assignment]:
    """Yield a duty as done by ``people``, at the time at which it was done before."""
    start = before[0].start if before else duty.earliest_start
    end = start + timedelta(minutes=duty.duration_min)
    locked = {done.staff for done in before if done.is_locked}
    for staff in people:
        yield Assignment(duty=duty.id, staff=staff, start=start, end=end, is_locked=staff in locked)
