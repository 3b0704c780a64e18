"""Overtime and added time, as entered over a year."""

from collections.abc import Iterable, Iterator

from solver.checks.timeline import Timeline, Work
from solver.checks.violation import Violation
from solver.data.extra_time import ExtraTime
from solver.data.spans import Span


def check_extra_times(timeline: Timeline) -> Iterator[Violation]:
    """Yield what is entered beyond a hard limit, at the periods that it is entered in."""
    for extra in timeline.worker.extra_times:
        entered_min = _entered_min(timeline, extra, timeline.works)
        if extra.level is None and entered_min > extra.most_min:
            yield Violation(
                rule=extra.name,
                workers=(timeline.worker.id,),
                span=Span(extra.periods[0].start, extra.periods[-1].end) if extra.periods else None,
                is_fact=_entered_min(timeline, extra, timeline.facts) > extra.most_min,
                values=(("entered_min", entered_min), ("most_min", extra.most_min)),
            )


def extra_time_points(timeline: Timeline, extra: ExtraTime) -> int:
    """Return what a soft limit costs for what is entered above it."""
    above_min = _entered_min(timeline, extra, timeline.works) - extra.most_min
    return extra.points * -(-max(0, above_min) // extra.step_min)


def _entered_min(timeline: Timeline, extra: ExtraTime, works: Iterable[Work]) -> int:
    works = tuple(works)
    counted = [(work.span.start, work.counted_min) for work in works]
    counted += timeline.bound_outside(works)
    entered_min = extra.used_min
    for period in extra.periods:
        total = sum(minutes for start, minutes in counted if period.start <= start < period.end)
        if extra.until_min is not None:
            total = min(total, extra.until_min)
        entered_min += max(0, total - extra.from_min)
    return entered_min
