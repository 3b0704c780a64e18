"""Evening presence: how much is wanted, how much is planned, and what of it became day work.

The national evaluation of Swedish police rosters found that the additional evening team was taken
for a surplus over the minimum and moved to day work (Brå 2020:5). So the evening is counted apart,
and every hour that left it for the day is counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from planner.domain.duties import Duty
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.spans import DAY, Span, local_span, subtract

EVENING_HOURS: Final = (time(17), time(6))
"""Local hours that count as evening, the night after it with it. A choice of ours, as the
evaluation names no hours: day work ends before them, and the court's permit for cameras at Bäckby
torg (16–03) shows when a selected place is thought to need somebody."""


def evening_of(plan: Plan, day: date) -> Span:
    """Return the evening that begins on a day."""
    return local_span(day, *EVENING_HOURS, plan.zone)


def evening_min(plan: Plan, span: Span) -> int:
    """Return how many minutes of a span lie in an evening."""
    return sum(common.minutes for common in _in_evenings(plan, span))


def promised_evening_min(plan: Plan, duty: Duty) -> int:
    """Return the people's minutes in the evening that a duty asks for whenever it begins.

    What may be moved between day and evening, such as a visit from 15 to 21, asks for none.
    """
    length = duty.span.end - duty.latest_start
    least = min(
        evening_min(plan, Span(start, start + length))
        for start in (duty.earliest_start, duty.latest_start)
    )
    return least * duty.heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of the evening minutes of one roster in another, all people together.

    Each person's week is looked at by itself. As much of the evening as was lost and gained by day
    in the same week was *moved*; what else was lost *fell away* (the person is away or works less);
    what was gained in the evening *came in*. Whole shifts count, breaks and all, as breaks are
    placed differently in every roster. Whose and of how many people is not told.

    Parameters
    ----------
    before_min, after_min
        In the evening, before and after; ``before - moved - fell away + came in = after``.
    """

    before_min: int = 0
    after_min: int = 0
    moved_min: int = 0
    fell_away_min: int = 0
    came_in_min: int = 0


def moved(
    plan: Plan, before: Iterable[Shift], after: Iterable[Shift], *, only_known: bool = False
) -> Moved:
    """Return what became of the evenings of officers in a week.

    Parameters
    ----------
    before, after
        Shifts of the same week; of ``after``, time in which the person is absent is left out.
    only_known
        Look only at people who have a shift in ``before``: the others have no base roster.
    """
    old, new = _by_person(plan, before, ()), _by_person(plan, after, _away(plan))
    people = old if only_known else {**old, **new}
    found = [_moved(old.get(one, _NONE), new.get(one, _NONE)) for one in people]
    return Moved(
        before_min=sum(one.before_min for one in found),
        after_min=sum(one.after_min for one in found),
        moved_min=sum(one.moved_min for one in found),
        fell_away_min=sum(one.fell_away_min for one in found),
        came_in_min=sum(one.came_in_min for one in found),
    )


@dataclass(frozen=True, slots=True)
class _Minutes:
    evening: int
    day: int


_NONE = _Minutes(0, 0)


def _moved(old: _Minutes, new: _Minutes) -> Moved:
    lost = max(0, old.evening - new.evening)
    to_day = min(lost, max(0, new.day - old.day))
    return Moved(
        before_min=old.evening,
        after_min=new.evening,
        moved_min=to_day,
        fell_away_min=lost - to_day,
        came_in_min=max(0, new.evening - old.evening),
    )


def _by_person(
    plan: Plan, shifts: Iterable[Shift], away: Mapping[StaffId, list[Span]] | tuple[()]
) -> dict[StaffId, _Minutes]:
    """Return the minutes of each officer who has a shift."""
    patrol = plan.settings.patrol_skill
    evening: dict[StaffId, int] = defaultdict(int)
    whole: dict[StaffId, int] = defaultdict(int)
    for shift in shifts:
        if patrol not in plan.skills_of(shift.staff, shift.day):
            continue
        absent = away.get(shift.staff, ()) if isinstance(away, Mapping) else ()
        for part in shift.parts:
            for piece in subtract(part, absent):
                whole[shift.staff] += piece.minutes
                evening[shift.staff] += evening_min(plan, piece)
    return {one: _Minutes(evening[one], minutes - evening[one]) for one, minutes in whole.items()}


def _away(plan: Plan) -> dict[StaffId, list[Span]]:
    away: dict[StaffId, list[Span]] = defaultdict(list)
    for absence in plan.absences:
        away[absence.staff].append(absence.span)
    return away


def _in_evenings(plan: Plan, span: Span) -> Iterator[Span]:
    day = span.start.astimezone(plan.zone).date() - DAY
    last = span.end.astimezone(plan.zone).date()
    while day <= last:
        common = evening_of(plan, day).meet(span)
        if common is not None:
            yield common
        day += DAY
