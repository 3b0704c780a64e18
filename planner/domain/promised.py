"""What a promise asks for, duty by duty, as bells, windows and events are now."""

from collections.abc import Iterable, Iterator
from datetime import date

from planner.domain.demand import make_duties, school_duties
from planner.domain.duties import Duty
from planner.domain.plan import Plan
from planner.domain.promises import COUNTED_DUTIES, Measure, Promise, PromisedDuty
from planner.domain.schools import Staffing
from planner.domain.weeks import IsoWeek


def weeks_of(first_day: date, last_day: date) -> tuple[IsoWeek, ...]:
    """Return the weeks that some days lie in; none when they end before they start."""
    first, last = IsoWeek.of(first_day), IsoWeek.of(last_day)
    n_weeks = (last.monday - first.monday).days // 7 + 1
    return tuple(first.shifted(n) for n in range(n_weeks))


def asked_duties(plan: Plan, week: IsoWeek) -> Iterator[Duty]:
    """Yield every duty of a week, and the windows that schools cover with their own staff."""
    yield from make_duties(plan, week)
    for school in plan.schools:
        if school.staffing is Staffing.OWN:
            for day in week.days:
                yield from school_duties(plan, school, day)


def counts_for(measure: Measure, duty: Duty) -> bool:
    """Tell whether a duty is one of those that a measure is about."""
    return duty.kind in COUNTED_DUTIES[measure.kind] and measure.place in {"", duty.source}


def promised_duties(
    plan: Plan, promise: Promise, measures: Iterable[Measure], first_day: date | None = None
) -> Iterator[PromisedDuty]:
    """Yield what the measures of a promise that are shares ask for in its whole period.

    Walks and sessions are promised by their number, not one by one.

    Parameters
    ----------
    first_day
        Leaves out the days before it.
    """
    first = max(first_day or promise.first_day, promise.first_day)
    shares = [measure for measure in measures if measure.is_share]
    for week in weeks_of(first, promise.last_day) if shares else ():
        for duty in asked_duties(plan, week):
            if first <= duty.day <= promise.last_day:
                for measure in shares:
                    if counts_for(measure, duty):
                        yield PromisedDuty(
                            measure=measure.id,
                            duty=duty.id,
                            week=week,
                            day=duty.day,
                            place=duty.source,
                            title=duty.title,
                        )
