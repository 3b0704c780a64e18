"""Evening presence: how much is wanted, how much is planned, and what of it became day work.

The national evaluation of Swedish police rosters found that the additional evening team was taken
for a surplus over the minimum and moved to day work (Brå 2020:5). So the evening is counted apart,
and every hour that left it for the day is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    return sum(common.minutes for _day, common in _in_evenings(plan, span))


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
    """What became of the evening minutes of one roster in another, all officers together.

    Evening by evening, what officers work less than before is lost and what they work more has come
    in; so two who swap within an evening change nothing. Of what is lost, as much was *moved* to
    the day as the same people lost over their evenings and gained by day in the same week; the rest
    *fell away*: they are away, work less, or on another evening. Whole shifts count, breaks and
    all, as breaks are placed differently in every roster. Whose and of how many it is is not told.

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
    old = _Work.of(plan, before, {})
    known = after if not only_known else [one for one in after if one.staff in old.whole]
    new = _Work.of(plan, known, _away(plan))
    lost = sum((old.by_evening - new.by_evening).values())
    to_day = sum(
        min(max(0, old.evening[one] - new.evening[one]), max(0, new.day(one) - old.day(one)))
        for one in old.whole
    )
    return Moved(
        before_min=old.by_evening.total(),
        after_min=new.by_evening.total(),
        moved_min=min(lost, to_day),
        fell_away_min=max(0, lost - to_day),
        came_in_min=sum((new.by_evening - old.by_evening).values()),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """The minutes that officers work.

    Parameters
    ----------
    whole, evening
        Of each person, in all and in the evening.
    by_evening
        Of all, by the day on which the evening begins.
    """

    whole: Counter[StaffId]
    evening: Counter[StaffId]
    by_evening: Counter[date]

    @classmethod
    def of(
        cls, plan: Plan, shifts: Iterable[Shift], away: Mapping[StaffId, Sequence[Span]]
    ) -> "_Work":
        """Return the minutes of ``shifts`` outside the time in which people are ``away``."""
        patrol = plan.settings.patrol_skill
        found = cls(Counter(), Counter(), Counter())
        for shift in shifts:
            if patrol not in plan.skills_of(shift.staff, shift.day):
                continue
            for part in shift.parts:
                for piece in subtract(part, away.get(shift.staff, ())):
                    found.whole[shift.staff] += piece.minutes
                    for day, common in _in_evenings(plan, piece):
                        found.evening[shift.staff] += common.minutes
                        found.by_evening[day] += common.minutes
        return found

    def day(self, staff: StaffId) -> int:
        """Return a person's minutes outside the evenings."""
        return self.whole[staff] - self.evening[staff]


def _away(plan: Plan) -> Mapping[StaffId, Sequence[Span]]:
    away: dict[StaffId, list[Span]] = defaultdict(list)
    for absence in plan.absences:
        away[absence.staff].append(absence.span)
    return away


def _in_evenings(plan: Plan, span: Span) -> Iterator[tuple[date, Span]]:
    """Yield what a span has of each evening, with the day on which that begins."""
    day = span.start.astimezone(plan.zone).date() - DAY
    last = span.end.astimezone(plan.zone).date()
    while day <= last:
        common = evening_of(plan, day).meet(span)
        if common is not None:
            yield day, common
        day += DAY
