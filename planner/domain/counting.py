"""Working time by the rule book of a person's agreement."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.domain.ids import RuleBookId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.rules import CreditedHour, RuleKey, rule_values
from planner.domain.spans import Span, local_span, subtract
from planner.domain.weeks import IsoWeek

FULL_TIME_WEEK_MIN = 40 * 60
"""Counted minutes of a full-time week where a rule book says none (Arbetstidslagen 5 §)."""

_HOUR = timedelta(hours=1)
_MIDDAY = (time(9), time(15))
"""Who is away through these hours is away for the day."""


def worked_min(parts: Iterable[Span], breaks: Iterable[Span]) -> int:
    """Return elapsed minutes at work: the parts without their breaks."""
    holes = tuple(breaks)
    return sum(piece.minutes for part in parts for piece in subtract(part, holes))


def credited_min(plan: Plan, book: RuleBookId, parts: Iterable[Span]) -> int:
    """Return minutes credited for inconvenient hours.

    Each planned hour, as it elapses from the start of a part, is credited by the rate in force when
    it begins; a last hour that is not whole is not credited (the agreement speaks of whole hours).
    """
    rates = tuple(
        rate for rate in plan.credited_hours if rate.rule_book == book and rate.credited_min
    )
    return _credited_min(rates, tuple(parts), plan.zone) if rates else 0


@lru_cache(maxsize=4096)
def _credited_min(rates: tuple[CreditedHour, ...], parts: tuple[Span, ...], zone: ZoneInfo) -> int:
    """Return minutes credited; remembered, as many people work the same hours."""
    starts = [part.start + n * _HOUR for part in parts for n in range(part.minutes // 60)]
    return sum(_rate_at(rates, start, zone) for start in starts)


def _rate_at(rates: tuple[CreditedHour, ...], at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    for days_back in (0, 1):
        day = local.date() - timedelta(days=days_back)
        for rate in rates:
            if rate.weekday == day.isoweekday():
                span = local_span(day, rate.start, rate.end, zone)
                if span.start <= at < span.end:
                    return rate.credited_min
    return 0


def counted_min(plan: Plan, shift: Shift) -> int:
    """Return what a shift counts by its worker's rule book: worked and credited minutes."""
    contract = plan.contract_of(shift.staff, shift.day)
    credited = credited_min(plan, contract.rule_book, shift.parts) if contract else 0
    return worked_min(shift.parts, shift.breaks) + credited


def target_min(plan: Plan, staff: StaffId, week: IsoWeek, first_day: date | None = None) -> int:
    """Return the counted minutes that the contract asks for in ``week``.

    Monday to Friday each stand for a fifth; those outside employment or absent take theirs off:
    absence is neutral (Arbetstidslagen 10 b §).

    Parameters
    ----------
    first_day
        Days of the week before it are left out.
    """
    total = 0
    for day in week.days[:5]:
        contract = plan.contract_of(staff, day)
        if first_day is not None and day < first_day:
            continue
        if contract is None or is_absent(plan, staff, day):
            continue
        values = rule_values(plan.rules, contract.rule_book, day)
        full_time = values.get(RuleKey.FULL_TIME_WEEK, FULL_TIME_WEEK_MIN)
        total += full_time * contract.rate_percent
    return total // 500


def bound_min(plan: Plan, staff: StaffId, span: Span, shifts: Iterable[Shift]) -> int:
    """Return minutes of bound time that begins in ``span`` and lies outside the person's shifts."""
    at_work = [part for shift in shifts if shift.staff == staff for part in shift.parts]
    return sum(
        piece.minutes
        for bound in plan.bound_times
        if bound.staff == staff and span.start <= bound.start < span.end
        for piece in subtract(bound.span, at_work)
    )


def week_counted_min(plan: Plan, staff: StaffId, week: IsoWeek, shifts: Iterable[Shift]) -> int:
    """Return what a person's shifts and bound time of ``week`` count; others' are left out."""
    days = week.days
    own = [shift for shift in shifts if shift.staff == staff and shift.day in days]
    counted = sum(counted_min(plan, shift) for shift in own)
    return counted + bound_min(plan, staff, week.span(plan.zone), own)


def is_absent(plan: Plan, staff: StaffId, day: date) -> bool:
    """Tell whether a person is away for the day, so that nothing of it is asked for."""
    noon = local_span(day, *_MIDDAY, plan.zone)
    return any(absence.staff == staff and absence.span.contains(noon) for absence in plan.absences)
