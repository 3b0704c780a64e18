"""Whether the shifts of one worker keep the rules, read plainly.

A *breach* is a rule not kept at one place: a period, a day, a row of days, two shifts in a row. It
counts iff at least one planned shift takes part in it, that is: iff removing all planned shifts of
the worker removes it. So what facts and bound time break alone forbids nothing:

- a period without its rest, over its working time, or a day with too many shifts is no reason to
  forbid a planned shift when the facts alone already break it;
- ``RestBetween`` concerns a shift and what ended last before it, of which at least one is planned;
- ``ConsecutiveDays`` concerns each ``most + 1`` days in a row on all of which work begins, and on
  at least one of them only planned work; a row that is too short, of worked days or days off, is
  another one when planned work makes it longer or cuts it.

Soft rules forbid nothing; `solver.search.own` says what they cost.

A planned shift overlaps no blocked or bound time with any of its parts, and no other shift from its
first start to its last end; and its break can be placed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from solver.data.extra_time import ExtraTime
from solver.data.problem import Fact, Problem, Shift, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    ContinuousWork,
    CountOfShifts,
    ForbiddenSequence,
    RestBetween,
    RestInPeriod,
    Rule,
    ShiftsPerDay,
    Weekends,
    WorkingTime,
)
from solver.data.spans import Span
from solver.search.steps import steps_of

DayRule = ConsecutiveDays | ConsecutiveDaysOff | Weekends | ForbiddenSequence
"""Rules that look at a worker's days one after the other."""

Breach = tuple[str, int, int]
"""Code of the rule and two numbers that say where, and of which of several rules alike."""


@dataclass(frozen=True)
class Work:
    """A shift as the rules see it, planned or a fact."""

    day: int
    parts: tuple[Span, ...]
    counted_min: int
    tags: frozenset[str]
    kind: str = ""

    @cached_property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


def work_of_fact(problem: Problem, fact: Fact) -> Work:
    """Return a fact as work."""
    return Work(fact.day, fact.parts, fact.counted_min, fact.tags, problem.kind_of(fact))


def work_of_shift(shift: Shift, rule_book: str) -> Work:
    """Return a planned shift as work counted by a rule book."""
    return Work(shift.day, shift.parts, shift.counted_min[rule_book], shift.tags, shift.kind)


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
    """Return whether an unbroken rest lies wholly inside a period, off busy spans in order."""
    end, last = period
    for start, until in busy:
        if start - end >= rest_min or start >= last:
            break
        end = max(end, until)
    return last - end >= rest_min


def breaches_of_rule(
    problem: Problem, worker: Worker, rule: Rule, works: Sequence[Work]
) -> set[Breach]:
    """Return where some work, with the worker's bound and stand-by time, breaks a hard rule."""
    match rule:
        case ShiftsPerDay(most=most):
            days = sorted(work.day for work in works)
            further = zip(days, days[most:], strict=False)
            return {("shifts-per-day", day, 0) for day, later in further if day == later}
        case RestInPeriod(level=None) | RestBetween():
            return short_rests(problem, worker, rule, works)
        case WorkingTime() | CountOfShifts():
            return _full_periods(worker, rule, works)
        case ConsecutiveDays(level=None):
            worked = worked_days(problem, worker, works, rule.tags)
            return {breach for breach, _ in short_rows(problem, rule, worked)} | {
                long_row(rule, day)
                for day in worked
                if day + rule.most in worked
                and all(day + n in worked for n in range(rule.most))
                and holds_on(rule, day + rule.most)
            }
        case ConsecutiveDaysOff(level=None) | Weekends(level=None) | ForbiddenSequence(level=None):
            return {breach for breach, _ in breaches_by_day(problem, worker, rule, works)}
        case _:
            return set()


def short_rests(
    problem: Problem, worker: Worker, rule: RestInPeriod | RestBetween, works: Sequence[Work]
) -> set[Breach]:
    """Return where some work, with bound and stand-by time, leaves less rest than a rule wants."""
    if isinstance(rule, RestBetween):
        spans = sorted(work.span for work in works)
        ends = accumulate((span.end for span in spans), max)
        return {
            ("rest-between", end, after.start)
            for end, after in zip(ends, spans[1:], strict=False)
            if after.start - end < rule.rest_min
        }
    busy = [part for work in works for part in work.parts] + list(worker.bound)
    if rule.standby_breaks_rest:
        busy += worker.standby
    busy.sort()
    return {
        (rule.name, *period)
        for period in rule.periods
        if overlaps(period, problem.horizon) and not has_rest(busy, period, rule.rest_min)
    }


def _full_periods(
    worker: Worker, rule: WorkingTime | CountOfShifts, works: Sequence[Work]
) -> set[Breach]:
    if isinstance(rule, CountOfShifts):
        most = rule.most if rule.level is None else None
        return {
            ("count-of-shifts", period.start, hash((rule.kinds, rule.tags, most, period.end)))
            for period in rule.periods
            if most is not None and n_counted(rule, period, works) > most
        }
    counted = [(work.span.start, work.counted_min) for work in works]
    counted += bound_minutes(worker)
    return {
        ("working-time", period.start, hash((rule.most_min, period.end)))
        for period in rule.periods
        if sum(n for at, n in counted if period.start <= at < period.end) > rule.most_min
    }


def entered_min(worker: Worker, extra: ExtraTime, counted: Sequence[tuple[int, int]]) -> int:
    """Return what is entered in an extra time in all, of starts and minutes of work."""
    every = [*counted, *bound_minutes(worker)]
    return extra.used_min + sum(
        entered_in(extra, sum(n for at, n in every if period.start <= at < period.end))
        for period in extra.periods
    )


def entered_in(extra: ExtraTime, period_min: int) -> int:
    """Return what is entered of a period's minutes."""
    end = period_min if extra.until_min is None else min(period_min, extra.until_min)
    return max(0, end - extra.from_min)


def extra_time_breaches(worker: Worker, works: Sequence[Work]) -> set[Breach]:
    """Return which hard limits of extra time some work breaks."""
    if not worker.extra_times:
        return set()
    counted = [(work.span.start, work.counted_min) for work in works]
    return {
        (extra.name, number, 0)
        for number, extra in enumerate(worker.extra_times)
        if extra.level is None and entered_min(worker, extra, counted) > extra.most_min
    }


# Days in a row ------------------------------------------------------------------------------------


def horizon_days(problem: Problem) -> tuple[int, int]:
    """Return the indices of the first and the last day of the horizon."""
    inside = [n for n, day in enumerate(problem.days) if overlaps(day, problem.horizon)]
    return min(inside, default=0), max(inside, default=-1)


def near_weekends(problem: Problem, rule: Weekends) -> list[tuple[int, ...]]:
    """Return the weekends of a rule that have a day of the horizon."""
    first, last = horizon_days(problem)
    return [w for w in rule.weekends if any(first <= day <= last for day in w)]


def too_many_weekends(rule: Weekends) -> Breach:
    """Return the breach of a rule by too many weekends, wherever they are."""
    return ("weekends", rule.most or 0, rule.weekends[0][0] if rule.weekends else 0)


def holds_on(rule: ConsecutiveDays | ConsecutiveDaysOff, day: int) -> bool:
    """Tell whether a rule for rows of days holds on a day."""
    return not rule.days or day in rule.days


def long_row(rule: ConsecutiveDays, first: int) -> Breach:
    """Return the breach of a rule by ``most + 1`` worked days from one on."""
    return ("consecutive-days", first, hash((rule.most, rule.tags)) if rule.tags else rule.most)


def short_row(rule: ConsecutiveDays | ConsecutiveDaysOff, first: int, last: int) -> Breach:
    """Return the breach of a rule by a row of days that is too short."""
    if isinstance(rule, ConsecutiveDaysOff):
        return ("too-few-days-off", first, last)
    return ("too-few-days", first, hash((last, rule.tags)) if rule.tags else last)


def worked_days(
    problem: Problem, worker: Worker, works: Iterable[Work], tags: frozenset[str] = frozenset()
) -> set[int]:
    """Return the days on which some work, or the worker's bound time, begins.

    Parameters
    ----------
    tags
        Count only work with one of them, and no bound time.
    """
    if tags:
        return {work.day for work in works if not tags.isdisjoint(work.tags)}
    bound = (day_of(problem, span.start) for span in worker.bound)
    return {work.day for work in works} | {day for day in bound if day is not None}


def n_counted(rule: CountOfShifts, period: Span, works: Iterable[Work]) -> int:
    """Return how many shifts a rule counts in a period."""
    return sum(
        period.start <= work.span.start < period.end and rule.counts(work.kind, work.tags)
        for work in works
    )


def short_rows(
    problem: Problem, rule: ConsecutiveDays | ConsecutiveDaysOff, days: set[int]
) -> Iterable[tuple[Breach, int]]:
    """Yield the rows of days that are too short, and by how many days."""
    if rule.least < 2:  # nothing is shorter than one day
        return
    first, last = horizon_days(problem)
    for day in sorted(days):
        if day - 1 in days or day <= first:
            continue
        end = day
        while end + 1 in days:
            end += 1
        n_days = end - day + 1
        if end < last and n_days < rule.least and holds_on(rule, end):
            yield short_row(rule, day, end), rule.least - n_days


def breaches_by_day(
    problem: Problem, worker: Worker, rule: DayRule, works: Sequence[Work]
) -> Iterable[tuple[Breach, int]]:
    """Yield where some work breaks a rule, hard or soft, and how often it pays for it if soft.

    Of soft rows that are too long each day that ends one in the horizon.
    """
    if isinstance(rule, ForbiddenSequence):
        yield from _sequences(problem, worker, rule, works)
        return
    tags = rule.tags if isinstance(rule, ConsecutiveDays) else frozenset[str]()
    worked = worked_days(problem, worker, works, tags)
    if isinstance(rule, Weekends):
        yield from _weekends(problem, rule, worked)
        return
    first, last = horizon_days(problem)
    if isinstance(rule, ConsecutiveDays):
        for day in range(first, last + 1):
            if all(day - n in worked for n in range(rule.most + 1)) and holds_on(rule, day):
                yield long_row(rule, day - rule.most), 1
        yield from short_rows(problem, rule, worked)
        return
    off = set(range(first, last + 1)) - worked
    for day in range(first + rule.most, last + 1) if rule.most is not None else ():
        if all(day - n in off for n in range((rule.most or 0) + 1)) and holds_on(rule, day):
            yield ("too-many-days-off", day - (rule.most or 0), day), 1
    yield from short_rows(problem, rule, off)


def _sequences(
    problem: Problem, worker: Worker, rule: ForbiddenSequence, works: Sequence[Work]
) -> Iterable[tuple[Breach, int]]:
    kinds: dict[int, set[str]] = {}
    for work in works:
        kinds.setdefault(work.day, set()).add(work.kind)
    worked = worked_days(problem, worker, works)
    for first, last in steps_of(rule).rows(horizon_days(problem)[1], worked, kinds):
        yield like_sequence(rule, first, last), 1


def like_sequence(rule: ForbiddenSequence, first: int, last: int) -> Breach:
    """Return the breach of a rule by a row of days that goes like a sequence."""
    return ("forbidden-sequence", first, hash((rule.sequences, rule.first_days, last)))


def _weekends(problem: Problem, rule: Weekends, worked: set[int]) -> Iterable[tuple[Breach, int]]:
    first, last = horizon_days(problem)
    near = near_weekends(problem, rule)
    n = sum(any(day in worked for day in weekend) for weekend in near)
    if rule.most is not None and n > rule.most:
        yield too_many_weekends(rule), n - rule.most
    yield from _weekends_in_row(rule, near, worked)
    for weekend in near if rule.is_complete else ():
        n_worked = sum(day in worked for day in weekend)
        if first <= weekend[0] and weekend[-1] <= last and 0 < n_worked < len(weekend):
            yield ("split-weekend", weekend[0], 0), 1


def _weekends_in_row(
    rule: Weekends, near: Sequence[tuple[int, ...]], worked: set[int]
) -> Iterable[tuple[Breach, int]]:
    n_in_row = 0
    for weekend in rule.weekends if rule.most_in_row is not None else ():
        n_in_row = n_in_row + 1 if any(day in worked for day in weekend) else 0
        if n_in_row > (rule.most_in_row or 0) and weekend in near:
            yield weekends_in_row(rule, weekend), 1


def weekends_in_row(rule: Weekends, weekend: tuple[int, ...]) -> Breach:
    """Return the breach of a rule by a weekend that ends too many in a row."""
    return ("weekends-in-row", weekend[0], rule.most_in_row or 0)


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
        self.facts = [work_of_fact(problem, fact) for fact in worker.facts]
        self.excused = self._broken(self.facts)

    def _broken(self, works: Sequence[Work]) -> set[Breach]:
        found: set[Breach] = set()
        for rule in self.rules:
            found |= breaches_of_rule(self.problem, self.worker, rule, works)
        return found | extra_time_breaches(self.worker, works)

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
        if self._is_too_late(shift):
            found.add("notice")
        return found

    def _is_too_late(self, shift: Shift) -> bool:
        """Tell whether there is no time left to give a shift that the reference does not."""
        reference = self.problem.reference
        if reference is None or reference.least_notice_min is None:
            return False
        wanted = self.problem.wanted_shifts.get(self.worker.id, {}).get(shift.day, frozenset())
        is_soon = shift.span.start < reference.now + reference.least_notice_min
        return is_soon and shift.id not in wanted

    def breaches(self, planned: Sequence[Shift]) -> set[str]:
        """Return the codes of what planned shifts break together with the facts; none if legal."""
        works = [work_of_shift(shift, self.worker.rule_book) for shift in planned]
        found = {code for shift in planned for code in self.clashes(shift)}
        spans = sorted(work.span for work in works)
        if any(two.start < one.end for one, two in pairwise(spans)):
            found.add("other-work")
        found |= {code for code, _, _ in self._broken([*self.facts, *works]) - self.excused}
        return found
