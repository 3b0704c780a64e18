"""What the shifts of one worker cost by themselves, read plainly."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from solver.data.problem import Fact, HoursTarget, Preference, Problem, Shift, Worker
from solver.data.rules import (
    SOFT,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    RestInPeriod,
    Rule,
    Weekends,
    WorkingTime,
)
from solver.data.spans import Span
from solver.search.legality import (
    Work,
    breaches_by_day,
    entered_min,
    minus,
    n_counted,
    short_rests,
    work_of_fact,
    work_of_shift,
)

Points = Iterator[tuple[str, int]]
"""Levels and points."""


def own_points(problem: Problem, worker: Worker, planned: Sequence[Shift]) -> dict[str, int]:
    """Return the points of :meth:`OwnCost.of_shifts` by level; nothing that is 0."""
    points: dict[str, int] = {}
    for level, more in OwnCost(problem, worker).of_shifts(planned):
        if more:
            points[level] = points.get(level, 0) + more
    return points


def is_meant(wish: Preference, day: int, kind: str) -> bool:
    """Tell whether a shift of a kind that begins on a day is what a preference speaks of."""
    return day in wish.days and (not wish.kinds or kind in wish.kinds)


def is_given(problem: Problem, worker: Worker, wish: Preference) -> bool:
    """Tell whether a fact that begins in the horizon is what a preference speaks of."""
    return any(
        is_meant(wish, fact.day, problem.kind_of(fact)) for fact in _facts_inside(problem, worker)
    )


class OwnCost:
    """The points of one worker's shifts, whatever others do.

    Counted are preferences, hours, fair shares, short rests, soft rules and changes from the
    reference's shifts; not tasks and demands.

    Attributes
    ----------
    n_given_tags
        Facts of the horizon that carry the tag of each fair share.
    is_given_match
        Whether a fact is what each preference speaks of.
    wanted
        Shifts of the reference by day, without those that are facts.
    """

    def __init__(self, problem: Problem, worker: Worker) -> None:
        self.problem = problem
        self.worker = worker
        self.wanted = problem.wanted_shifts.get(worker.id, {})
        inside = _facts_inside(problem, worker)
        self.n_given_tags = [
            sum(fair.tag in fact.tags for fact in inside) for fair in worker.fair_shares
        ]
        self.is_given_match = [is_given(problem, worker, wish) for wish in worker.preferences]
        rules = problem.rule_book_by_id[worker.rule_book].rules
        self._soft = [rule for rule in rules if level_of(rule) is not None]
        self._hours_wanted = [*worker.hours, *(h for rule in self._soft for h in least_of(rule))]
        self._fact_min = [self._counted_min(target.period) for target in self._hours_wanted]
        self._facts = [work_of_fact(problem, fact) for fact in worker.facts] if self._soft else []

    def given_min(self, period: Span) -> int:
        """Return the counted minutes of facts, and bound time outside them, in a period."""
        return self._counted_min(period) + self._bound_min((), period)

    def of_shifts(self, planned: Sequence[Shift]) -> Points:
        """Yield what planned shifts pay together with the worker's facts."""
        for wish, is_fact in zip(self.worker.preferences, self.is_given_match, strict=True):
            is_matched = is_fact or any(is_meant(wish, s.day, s.kind) for s in planned)
            if is_matched != wish.when_absent:
                yield wish.level, wish.points
        yield from self._hours(planned)
        for fair, n_given in zip(self.worker.fair_shares, self.n_given_tags, strict=True):
            n_above = sum(fair.tag in shift.tags for shift in planned) + n_given - fair.share
            if n_above > 0:
                yield fair.level, fair.points * n_above * (n_above + 1) // 2
        yield from self._extra_times(planned)
        yield from self._short_rests(planned)
        if self._soft:
            book = self.worker.rule_book
            works = [*self._facts, *(work_of_shift(shift, book) for shift in planned)]
            for rule in self._soft:
                yield from self._soft_points(rule, works)
        if self.problem.reference is not None:
            yield self.problem.reference.level, self._changed_points(planned)

    def _counted_min(self, period: Span) -> int:
        return sum(f.counted_min for f in self.worker.facts if _is_in(period, f.span.start))

    def _hours(self, planned: Sequence[Shift]) -> Points:
        book = self.worker.rule_book
        for target, fact_min in zip(self._hours_wanted, self._fact_min, strict=True):
            off_min = fact_min - target.target_min + self._bound_min(planned, target.period)
            off_min += sum(
                shift.counted_min.get(book, 0)
                for shift in planned
                if _is_in(target.period, shift.span.start)
            )
            price = target.over_points if off_min > 0 else target.under_points
            yield target.level, price * -(-abs(off_min) // target.step_min)

    def _bound_min(self, planned: Sequence[Shift], period: Span) -> int:
        """Return the minutes of bound time outside all shifts."""
        if not self.worker.bound:
            return 0
        holes = [part for fact in self.worker.facts for part in fact.parts]
        holes += [part for shift in planned for part in shift.parts]
        return sum(
            piece.length
            for bound in self.worker.bound
            if _is_in(period, bound.start)
            for piece in minus(bound, holes)
        )

    def _soft_points(self, rule: Rule, works: Sequence[Work]) -> Points:
        """Yield what a soft rule costs, but for working time."""
        match rule:
            case RestInPeriod(level=str(level)):
                n = len(short_rests(self.problem, self.worker, rule, works))
                yield level, rule.points * n
            case CountOfShifts(level=str(level)):
                for period in rule.periods:
                    n = n_counted(rule, period, works)
                    n_off = max(0, rule.least - n)
                    n_off += max(0, n - rule.most) if rule.most is not None else 0
                    yield level, rule.points * n_off
            case (
                ConsecutiveDays(level=str(level))
                | ConsecutiveDaysOff(level=str(level))
                | ForbiddenSequence(level=str(level))
                | Weekends(level=str(level))
            ):
                for _, n in breaches_by_day(self.problem, self.worker, rule, works):
                    yield level, rule.points * n
            case _:
                pass

    def _extra_times(self, planned: Sequence[Shift]) -> Points:
        for extra in self.worker.extra_times:
            if extra.level is not None:
                counted = [(fact.span.start, fact.counted_min) for fact in self.worker.facts]
                counted += [
                    (shift.span.start, shift.counted_min.get(self.worker.rule_book, 0))
                    for shift in planned
                ]
                above_min = entered_min(self.worker, extra, counted) - extra.most_min
                yield extra.level, extra.points * -(-max(0, above_min) // extra.step_min)

    def _short_rests(self, planned: Sequence[Shift]) -> Points:
        short = self.worker.short_rest
        if short is None:
            return
        works: Iterable[Fact | Shift] = (*self.worker.facts, *planned)
        n_short = sum(
            after.start - before.end < short.below_min and _is_in(self.problem.horizon, after.start)
            for before, after in pairwise(sorted(work.span for work in works))
        )
        yield short.level, short.points * n_short

    def _changed_points(self, planned: Sequence[Shift]) -> int:
        worked: dict[int, set[str]] = {}
        for shift in planned:
            worked.setdefault(shift.day, set()).add(shift.id)
        return sum(
            change_points(self.problem, worked.get(day, set()), self.wanted.get(day, set()))
            for day in worked.keys() | self.wanted.keys()
        )


def change_points(problem: Problem, worked: AbstractSet[str], wanted: AbstractSet[str]) -> int:
    """Return what a day costs with some shifts where the reference has others; 0 without one."""
    reference, changed = problem.reference, worked ^ wanted
    if reference is None or not changed:
        return 0
    notice_min = min(problem.shift_by_id[name].span.start for name in changed) - reference.now
    late = sum(points for within_min, points in reference.notices if notice_min < within_min)
    return reference.shift_points + late


def level_of(rule: Rule) -> str | None:
    """Return the level of a soft rule; nothing for a hard one."""
    return rule.level if isinstance(rule, SOFT) else None


def least_of(rule: Rule) -> Iterator[HoursTarget]:
    """Yield the least working time that a rule wants, as targets."""
    if isinstance(rule, WorkingTime) and rule.level is not None and rule.least_min:
        for period in rule.periods:
            yield HoursTarget(
                level=rule.level,
                period=period,
                target_min=rule.least_min,
                over_points=0,
                under_points=rule.points,
                step_min=rule.step_min,
            )


def _facts_inside(problem: Problem, worker: Worker) -> list[Fact]:
    return [fact for fact in worker.facts if _is_in(problem.horizon, fact.span.start)]


def _is_in(period: Span, minute: int) -> bool:
    return period.start <= minute < period.end
