"""Rest in anchored periods, and between shifts."""

from collections.abc import Iterable, Iterator

from solver.checks.timeline import Timeline, Work, overlap
from solver.checks.violation import Violation
from solver.data.rules import RestBetween, RestInPeriod
from solver.data.spans import Span


def check_rest_in_period(timeline: Timeline, rule: RestInPeriod) -> Iterator[Violation]:
    """Yield each period that touches the horizon and lacks its rest, of a hard rule."""
    for period in _periods(timeline, rule) if rule.level is None else ():
        longest = _longest_rest(timeline, rule, timeline.works, period)
        if longest < rule.rest_min:
            alone = _longest_rest(timeline, rule, timeline.facts, period)
            yield Violation(
                rule=rule.name,
                workers=(timeline.worker.id,),
                span=period,
                is_fact=alone < rule.rest_min,
                values=(("rest_min", longest), ("least_min", rule.rest_min)),
            )


def rest_points(timeline: Timeline, rule: RestInPeriod) -> int:
    """Return what a soft rule costs for the periods that lack their rest."""
    n_lacking = sum(
        _longest_rest(timeline, rule, timeline.works, period) < rule.rest_min
        for period in _periods(timeline, rule)
    )
    return rule.points * n_lacking


def _periods(timeline: Timeline, rule: RestInPeriod) -> Iterator[Span]:
    return (span for span in rule.periods if overlap(span, timeline.problem.horizon))


def _longest_rest(
    timeline: Timeline, rule: RestInPeriod, works: Iterable[Work], period: Span
) -> int:
    busy = [part for work in works for part in work.parts]
    busy += timeline.worker.bound
    if rule.standby_breaks_rest:
        busy += timeline.worker.standby
    inside = sorted(span for span in busy if overlap(span, period))
    longest, free_from = 0, period.start
    for span in inside:
        longest = max(longest, span.start - free_from)
        free_from = max(free_from, span.end)
    return max(longest, period.end - free_from)


def check_rest_between(timeline: Timeline, rule: RestBetween) -> Iterator[Violation]:
    """Yield each rest between two shifts in a row that is too short.

    What begins a shift's rest is whatever ended last before it: of facts one may lie in another.
    """
    before: Work | None = None
    for after in timeline.works:
        rest_min = after.span.start - before.span.end if before else rule.rest_min
        if before and rest_min < rule.rest_min:
            yield Violation(
                rule="rest-between",
                workers=(timeline.worker.id,),
                span=Span(before.span.end, max(before.span.end, after.span.start)),
                is_fact=before.is_fact and after.is_fact,
                values=(("rest_min", rest_min), ("least_min", rule.rest_min)),
            )
        if before is None or after.span.end > before.span.end:
            before = after
