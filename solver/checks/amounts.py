"""Working time, shifts a day and days in a row."""

from collections import Counter
from collections.abc import Iterable, Iterator

from solver.checks.sequences import worked_days
from solver.checks.timeline import Timeline, Work
from solver.checks.violation import Violation
from solver.data.rules import ConsecutiveDays, CountOfShifts, ShiftsPerDay, WorkingTime
from solver.data.spans import Span


def check_working_time(timeline: Timeline, rule: WorkingTime) -> Iterator[Violation]:
    """Yield each period with more counted minutes than allowed."""
    for period in rule.periods:
        counted_min = _counted_min(timeline, timeline.works, period)
        if counted_min > rule.most_min:
            yield Violation(
                rule="working-time",
                workers=(timeline.worker.id,),
                span=period,
                is_fact=_counted_min(timeline, timeline.facts, period) > rule.most_min,
                values=(("counted_min", counted_min), ("most_min", rule.most_min)),
            )


def _counted_min(timeline: Timeline, works: Iterable[Work], period: Span) -> int:
    works = tuple(works)
    counted = [(work.span.start, work.counted_min) for work in works]
    counted += timeline.bound_outside(works)
    return sum(minutes for start, minutes in counted if period.start <= start < period.end)


def least_points(timeline: Timeline, rule: WorkingTime) -> int:
    """Return what a rule costs for the working time that lacks."""
    lacking = (
        rule.least_min - _counted_min(timeline, timeline.works, period) for period in rule.periods
    )
    return sum(-(-max(0, minutes) // rule.step_min) for minutes in lacking) * rule.points


def check_count(timeline: Timeline, rule: CountOfShifts) -> Iterator[Violation]:
    """Yield each period with more shifts of some kinds than a hard rule allows."""
    for period in rule.periods if rule.level is None and rule.most is not None else ():
        n_shifts = _n_shifts(rule, timeline.works, period)
        if n_shifts > (rule.most or 0):
            yield Violation(
                rule="count-of-shifts",
                workers=(timeline.worker.id,),
                span=period,
                is_fact=_n_shifts(rule, timeline.facts, period) > (rule.most or 0),
                values=(("n_shifts", n_shifts), ("most", rule.most or 0)),
            )


def count_points(timeline: Timeline, rule: CountOfShifts) -> int:
    """Return what a soft rule costs for shifts below its least and above its most."""
    total = 0
    for period in rule.periods:
        n_shifts = _n_shifts(rule, timeline.works, period)
        if n_shifts < rule.least:
            total += rule.least - n_shifts
        if rule.most is not None and n_shifts > rule.most:
            total += n_shifts - rule.most
    return total * rule.points


def _n_shifts(rule: CountOfShifts, works: Iterable[Work], period: Span) -> int:
    return sum(
        period.start <= work.span.start < period.end
        and (not rule.kinds or work.kind in rule.kinds)
        and (not rule.tags or bool(rule.tags & work.tags))
        for work in works
    )


def check_shifts_per_day(timeline: Timeline, rule: ShiftsPerDay) -> Iterator[Violation]:
    """Yield each day on which too many shifts begin."""
    alone = Counter(work.day for work in timeline.facts)
    for day, n_shifts in sorted(Counter(work.day for work in timeline.works).items()):
        if n_shifts > rule.most:
            yield Violation(
                rule="shifts-per-day",
                workers=(timeline.worker.id,),
                span=_day(timeline, day),
                is_fact=alone[day] > rule.most,
                values=(("n_shifts", n_shifts), ("most", rule.most)),
            )


def check_consecutive_days(timeline: Timeline, rule: ConsecutiveDays) -> Iterator[Violation]:
    """Yield each row of worked days that is too long for a hard rule.

    A row is a violation when work that makes it too long is planned only.
    """
    if rule.level is not None:
        return
    given = worked_days(timeline, timeline.facts, rule.tags)
    worked = given | worked_days(timeline, timeline.works, rule.tags)
    for first in sorted(worked):
        if first - 1 in worked:
            continue
        last = first
        while last + 1 in worked:
            last += 1
        n_days = last - first + 1
        too_long = [
            range(day - rule.most, day + 1)
            for day in range(first + rule.most, last + 1)
            if not rule.days or day in rule.days
        ]
        if too_long:
            yield Violation(
                rule="consecutive-days",
                workers=(timeline.worker.id,),
                span=Span(_day(timeline, first).start, _day(timeline, last).end),
                is_fact=all(given.issuperset(row) for row in too_long),
                values=(("n_days", n_days), ("most", rule.most)),
            )


def _day(timeline: Timeline, number: int) -> Span:
    return timeline.problem.days[number]
