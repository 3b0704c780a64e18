"""Whether the shifts of one worker keep the rules, read plainly.

A *breach* is a rule not kept at one place: a period, a day, a row of days, two shifts in a row. It
counts iff at least one planned shift takes part in it, that is: iff removing all planned shifts of
the worker removes it. So what facts and bound time break alone forbids nothing:

- a period without its rest, over its working time, or a day with too many shifts is no reason to
  forbid a planned shift when the facts alone already break it;
- ``RestBetween`` concerns two shifts in a row of which at least one is planned;
- ``ConsecutiveDays`` concerns each ``most + 1`` days in a row on all of which work begins, and on
  at least one of them only planned work.

A planned shift overlaps no blocked or bound time with any of its parts, and no other shift from its
first start to its last end; and its break can be placed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.data.problem import Fact, Problem, Shift, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    Rule,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.spans import Span

Breach = tuple[str, int, int]
"""Code of the rule and two numbers that say where."""


@dataclass(frozen=True, slots=True)
class Work:
    """A shift as the rules see it, planned or a fact."""

    day: int
    parts: tuple[Span, ...]
    counted_min: int
    tags: frozenset[str]

    @property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


def work_of_fact(fact: Fact) -> Work:
    """Return a fact as work."""
    return Work(fact.day, fact.parts, fact.counted_min, fact.tags)


def work_of_shift(shift: Shift, rule_book: str) -> Work:
    """Return a planned shift as work counted by a rule book."""
    return Work(shift.day, shift.parts, shift.counted_min[rule_book], shift.tags)


def overlaps(one: Span, other: Span) -> bool:
    """Return whether two spans share a minute."""
    return one.start < other.end and other.start < one.end


def minus(span: Span, holes: Iterable[Span]) -> list[Span]:
    """Return what is left of a span outside the holes."""
    left: list[Span] = []
    start = span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            left.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        left.append(Span(start, span.end))
    return left


def away(worker: Worker) -> tuple[Span, ...]:
    """Return when a worker does no tasks and does not count, even inside a fact: bound, blocked."""
    return (*worker.bound, *worker.blocked)


def day_of(problem: Problem, minute: int) -> int | None:
    """Return the index of the day in which a minute lies; nothing outside the days."""
    index = bisect_right(problem.days, (minute, minute + 10**9)) - 1
    inside = index >= 0 and problem.days[index].start <= minute < problem.days[index].end
    return index if inside else None


def bound_minutes(worker: Worker) -> list[tuple[int, int]]:
    """Return start and minutes outside facts of each bound span of the worker."""
    holes = [part for fact in worker.facts for part in fact.parts]
    return [
        (span.start, sum(piece.length for piece in minus(span, holes))) for span in worker.bound
    ]


def has_rest(busy: Iterable[Span], period: Span, rest_min: int) -> bool:
    """Return whether an unbroken rest lies wholly inside a period."""
    end = period.start
    for span in sorted(busy):
        if min(span.start, period.end) - end >= rest_min:
            return True
        end = max(end, span.end)
    return period.end - end >= rest_min


def breaches_of_rule(
    problem: Problem, worker: Worker, rule: Rule, works: Sequence[Work]
) -> set[Breach]:
    """Return where some work, with the worker's bound and stand-by time, breaks a rule."""
    match rule:
        case ShiftsPerDay(most=most):
            days = [work.day for work in works]
            return {("shifts-per-day", day, 0) for day in set(days) if days.count(day) > most}
        case RestInPeriod():
            busy = [part for work in works for part in work.parts] + list(worker.bound)
            if rule.standby_breaks_rest:
                busy += worker.standby
            return {
                (rule.name, *period)
                for period in rule.periods
                if overlaps(period, problem.horizon) and not has_rest(busy, period, rule.rest_min)
            }
        case RestBetween(rest_min=rest_min):
            spans = sorted(work.span for work in works)
            return {
                ("rest-between", one.end, two.start)
                for one, two in pairwise(spans)
                if two.start - one.end < rest_min
            }
        case WorkingTime(most_min=most_min):
            counted = [(work.span.start, work.counted_min) for work in works]
            counted += bound_minutes(worker)
            return {
                ("working-time", *period)
                for period in rule.periods
                if sum(n for at, n in counted if period.start <= at < period.end) > most_min
            }
        case ConsecutiveDays(most=most):
            worked = {work.day for work in works}
            worked |= {d for span in worker.bound if (d := day_of(problem, span.start)) is not None}
            return {
                ("consecutive-days", day, 0)
                for day in worked
                if all(day + n in worked for n in range(most + 1))
            }
        case ContinuousWork():
            return set()


def break_starts(shift: Shift, rules: Iterable[Rule], step_min: int) -> range:
    """Return where the break of a shift may begin so that no stretch of work is too long.

    It lies inside the longest part (the first of equal ones). Empty when there is no such place, or
    when the shift has no break.
    """
    if not shift.break_min:
        return range(0)
    part = max(shift.parts, key=lambda part: part.length)
    first, last = part.start, part.end - shift.break_min
    for rule in rules:
        if isinstance(rule, ContinuousWork):
            last = min(last, part.start + rule.most_min)
            first = max(first, part.end - rule.most_min - shift.break_min)
    first += -(first - part.start) % step_min
    return range(first, last + 1, step_min)


def has_break_place(shift: Shift, rules: Sequence[Rule]) -> bool:
    """Return whether a planned shift can keep every limit on continuous work."""
    if shift.break_min and not break_starts(shift, rules, 1):
        return False
    longest = max(shift.parts, key=lambda part: part.length)
    uncut = [part for part in shift.parts if part is not longest or not shift.break_min]
    limits = [rule.most_min for rule in rules if isinstance(rule, ContinuousWork)]
    return all(part.length <= limit for part in uncut for limit in limits)


class WorkerRules:
    """The rules of one worker over the horizon."""

    def __init__(self, problem: Problem, worker: Worker) -> None:
        self.problem = problem
        self.worker = worker
        self.rules = problem.rule_book_by_id[worker.rule_book].rules
        self.facts = [work_of_fact(fact) for fact in worker.facts]
        self.excused = self._broken(self.facts)

    def _broken(self, works: Sequence[Work]) -> set[Breach]:
        found: set[Breach] = set()
        for rule in self.rules:
            found |= breaches_of_rule(self.problem, self.worker, rule, works)
        return found

    def clashes(self, shift: Shift) -> set[str]:
        """Return what keeps a single shift out whatever else is worked."""
        found: set[str] = set()
        spans = {"blocked": self.worker.blocked, "bound": self.worker.bound}
        for code, taken in spans.items():
            if any(overlaps(part, span) for part in shift.parts for span in taken):
                found.add(code)
        if any(overlaps(shift.span, work.span) for work in self.facts):
            found.add("other-work")
        if not has_break_place(shift, self.rules):
            found.add("no-break")
        return found

    def breaches(self, planned: Sequence[Shift]) -> set[str]:
        """Return the codes of what planned shifts break together with the facts; none if legal."""
        works = [work_of_shift(shift, self.worker.rule_book) for shift in planned]
        found = {code for shift in planned for code in self.clashes(shift)}
        spans = sorted(work.span for work in works)
        if any(two.start < one.end for one, two in pairwise(spans)):
            found.add("other-work")
        found |= {code for code, _, _ in self._broken([*self.facts, *works]) - self.excused}
        return found
