"""Rows of days at work and off, weekends, and what follows what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from solver.checks.timeline import Timeline, Work, overlap
from solver.checks.violation import Violation
from solver.data.rules import (
    ANY_WORK,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    ForbiddenSequence,
    Weekends,
)
from solver.data.spans import Span

DayRule = ConsecutiveDays | ConsecutiveDaysOff | ForbiddenSequence | Weekends

Place = tuple[str, int, int]
"""Code of a breach, and its first and last day."""


def check_days(timeline: Timeline, rule: DayRule) -> Iterator[Violation]:
    """Yield what breaks a hard rule over days; too long rows of worked days are not among it."""
    if rule.level is not None:
        return
    alone = dict(_places(timeline, rule, timeline.facts))
    for place, amount in _places(timeline, rule, timeline.works):
        code, first, last = place
        days = timeline.problem.days
        yield Violation(
            rule=code,
            workers=(timeline.worker.id,),
            span=Span(days[first].start, days[last].end),
            is_fact=place in alone,
            values=(("n_off", amount),),
        )


def days_points(timeline: Timeline, rule: DayRule) -> tuple[str, int]:
    """Return the code of a rule over days and the points that it costs, if it is soft."""
    total = sum(amount for _, amount in _places(timeline, rule, timeline.works))
    code = {
        ConsecutiveDays: "consecutive-days",
        ConsecutiveDaysOff: "days-off",
        ForbiddenSequence: "forbidden-sequence",
        Weekends: "weekends",
    }[type(rule)]
    if isinstance(rule, ConsecutiveDays):
        total += _n_beyond(timeline, rule)
    return code, total * rule.points


def _places(
    timeline: Timeline, rule: DayRule, works: Iterable[Work]
) -> Iterator[tuple[Place, int]]:
    works = tuple(works)
    if isinstance(rule, ForbiddenSequence):
        yield from _sequences(timeline, rule, works)
        return
    worked = worked_days(timeline, works, _tags(rule))
    if isinstance(rule, Weekends):
        yield from _weekends(timeline, rule, worked)
        return
    inside = _horizon(timeline)
    wants_work = isinstance(rule, ConsecutiveDays)
    code = "too-few-days" if wants_work else "too-few-days-off"
    for first, last, is_work in _rows(worked, inside):
        is_whole = inside.start < first and last < inside.stop - 1
        is_now = not rule.days or last in rule.days
        if is_work == wants_work and is_whole and is_now and last - first + 1 < rule.least:
            yield (code, first, last), rule.least - (last - first + 1)
        if isinstance(rule, ConsecutiveDaysOff) and not is_work and rule.most is not None:
            beyond = set(range(first + rule.most, last + 1))
            n_beyond = len(beyond & rule.days if rule.days else beyond)
            if n_beyond > 0:
                yield ("too-many-days-off", first, last), n_beyond


def _rows(worked: set[int], days: range) -> Iterator[tuple[int, int, bool]]:
    """Yield the first and last day of each row, and whether it is one of worked days."""
    for is_work, row in groupby(days, worked.__contains__):
        mine = list(row)
        yield mine[0], mine[-1], is_work


def _tags(rule: DayRule) -> frozenset[str]:
    return rule.tags if isinstance(rule, ConsecutiveDays) else frozenset()


def worked_days(timeline: Timeline, works: Iterable[Work], tags: frozenset[str]) -> set[int]:
    """Return the days on which work or bound time begins; with tags, work that has one of them."""
    if tags:
        return {work.day for work in works if tags & work.tags}
    found = {work.day for work in works}
    for number, day in enumerate(timeline.problem.days):
        if any(day.start <= bound.start < day.end for bound in timeline.worker.bound):
            found.add(number)
    return found


def _horizon(timeline: Timeline) -> range:
    problem = timeline.problem
    inside = [n for n, day in enumerate(problem.days) if overlap(day, problem.horizon)]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _n_beyond(timeline: Timeline, rule: ConsecutiveDays) -> int:
    """Return how many days of the horizon end too long a row, counted from before the horizon."""
    worked = worked_days(timeline, timeline.works, rule.tags)
    n_days, n_beyond = 0, 0
    inside = _horizon(timeline)
    for day in range(min(worked, default=0), inside.stop):
        n_days = n_days + 1 if day in worked else 0
        is_now = not rule.days or day in rule.days
        n_beyond += n_days > rule.most and day in inside and is_now
    return n_beyond


def _sequences(
    timeline: Timeline, rule: ForbiddenSequence, works: tuple[Work, ...]
) -> Iterator[tuple[Place, int]]:
    """Yield each row of days that goes like a sequence."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for work in works:
        kinds[work.day].add(work.kind)
    worked = worked_days(timeline, works, frozenset())
    off = set(range(_horizon(timeline).stop)) - worked

    def days_like(step: str | None) -> set[int]:
        if step is None:
            return off
        return worked if step == ANY_WORK else {day for day in kinds if step in kinds[day]}

    found: set[tuple[int, int]] = set()
    for sequence in rule.sequences:
        n = len(sequence)
        lasts = days_like(sequence[-1]).intersection(
            *({day + n - 1 - at for day in days_like(sequence[at])} for at in range(n - 1))
        )
        found |= {(last - n + 1, last) for last in lasts}
    for first, last in sorted(found):
        if not rule.first_days or first in rule.first_days:
            yield ("forbidden-sequence", first, last), 1


def _weekends(timeline: Timeline, rule: Weekends, worked: set[int]) -> Iterator[tuple[Place, int]]:
    inside = set(_horizon(timeline))
    near = [set(weekend) for weekend in rule.weekends if not inside.isdisjoint(weekend)]
    n_worked = sum(not worked.isdisjoint(weekend) for weekend in near)
    if rule.most is not None and n_worked > rule.most:
        whole = set[int]().union(*near)
        yield ("weekends", min(whole), max(whole)), n_worked - rule.most
    before = 0
    for days in map(set, rule.weekends) if rule.most_in_row is not None else ():
        before = before + 1 if days & worked else 0
        if before > (rule.most_in_row or 0) and days & inside:
            yield ("weekends-in-row", min(days), max(days)), 1
    for weekend in near if rule.is_complete else ():
        if weekend <= inside and not worked.isdisjoint(weekend) and not weekend <= worked:
            yield ("split-weekend", min(weekend), max(weekend)), 1
