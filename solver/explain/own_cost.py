"""What one worker's shifts and the way between tasks cost, whatever others do."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from solver.data.problem import Preference, Problem, Shift, Worker
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.legality import minus

Points = Iterator[tuple[str, int]]
"""Levels and points."""


class OwnCost:
    """The points of one worker's own week.

    Attributes
    ----------
    n_given_tags
        Facts of the horizon that carry the tag of each fair share.
    is_given_match
        Whether a fact matches each preference.
    """

    def __init__(self, problem: Problem, worker: Worker) -> None:
        self.problem = problem
        self.worker = worker
        self.given = {fact.shift for fact in worker.facts if fact.shift is not None}
        self._fact_spans = sorted(fact.span for fact in worker.facts)
        inside = [fact for fact in worker.facts if self._is_inside(fact.span.start)]
        self.n_given_tags = [
            sum(fair.tag in fact.tags for fact in inside) for fair in worker.fair_shares
        ]
        self.is_given_match = [
            any(_is_meant(wish, fact.day, self._kind(fact.shift)) for fact in inside)
            for wish in worker.preferences
        ]
        self._fact_min = [
            sum(f.counted_min for f in worker.facts if _is_in(target.period, f.span.start))
            for target in worker.hours
        ]

    def given_min(self, period: Span) -> int:
        """Return the counted minutes of facts, and bound time outside them, in a period."""
        fact_min = sum(f.counted_min for f in self.worker.facts if _is_in(period, f.span.start))
        return fact_min + self._bound_min((), period)

    def _is_inside(self, minute: int) -> bool:
        return _is_in(self.problem.horizon, minute)

    def _kind(self, shift: str | None) -> str:
        return "" if shift is None else self.problem.shift_by_id[shift].kind

    @cached_property
    def wanted(self) -> dict[int, set[str]]:
        """Shifts of the reference by day, without those that are facts."""
        found: dict[int, set[str]] = {}
        reference = self.problem.reference
        for worker, shift in reference.shifts if reference else ():
            if worker == self.worker.id and shift not in self.given:
                found.setdefault(self.problem.shift_by_id[shift].day, set()).add(shift)
        return found

    def points(self, worked: Iterable[WorkedShift], placed: Sequence[PlacedTask]) -> Points:
        """Yield what shifts and tasks of the worker pay; facts count whether worked or not."""
        names = {each.shift for each in worked} - self.given
        planned = [self.problem.shift_by_id[name] for name in names]
        yield from self.of_shifts(planned)
        if self.problem.travel_level is not None:
            minutes = self._travelled_min(planned, placed)
            yield self.problem.travel_level, self.problem.travel_points * minutes

    def of_shifts(self, planned: Sequence[Shift]) -> Points:
        """Yield what planned shifts pay together with the worker's facts."""
        yield from self._wishes(planned)
        yield from self._hours(planned)
        for fair, n_given in zip(self.worker.fair_shares, self.n_given_tags, strict=True):
            n_above = sum(fair.tag in shift.tags for shift in planned) + n_given - fair.share
            if n_above > 0:
                yield fair.level, fair.points * n_above * (n_above + 1) // 2
        yield from self._short_rests(planned)
        if self.problem.reference is not None:
            reference = self.problem.reference
            yield reference.level, reference.shift_points * self._n_changed_days(planned)

    def _wishes(self, planned: Sequence[Shift]) -> Points:
        for wish, is_given in zip(self.worker.preferences, self.is_given_match, strict=True):
            is_matched = is_given or any(_is_meant(wish, s.day, s.kind) for s in planned)
            if is_matched != wish.when_absent:
                yield wish.level, wish.points

    def _hours(self, planned: Sequence[Shift]) -> Points:
        for target, fact_min in zip(self.worker.hours, self._fact_min, strict=True):
            counted_min = fact_min + sum(
                shift.counted_min.get(self.worker.rule_book, 0)
                for shift in planned
                if _is_in(target.period, shift.parts[0].start)
            )
            if self.worker.bound:
                counted_min += self._bound_min(planned, target.period)
            off_min = counted_min - target.target_min
            price = target.over_points if off_min > 0 else target.under_points
            yield target.level, price * -(-abs(off_min) // target.step_min)

    def _bound_min(self, planned: Sequence[Shift], period: Span) -> int:
        holes = [part for fact in self.worker.facts for part in fact.parts]
        holes += [part for shift in planned for part in shift.parts]
        return sum(
            piece.length
            for bound in self.worker.bound
            if _is_in(period, bound.start)
            for piece in minus(bound, holes)
        )

    def _short_rests(self, planned: Sequence[Shift]) -> Points:
        short = self.worker.short_rest
        if short is None:
            return
        spans = sorted([*self._fact_spans, *(shift.span for shift in planned)])
        n_short = sum(
            after.start - before.end < short.below_min and self._is_inside(after.start)
            for before, after in pairwise(spans)
        )
        yield short.level, short.points * n_short

    def _n_changed_days(self, planned: Sequence[Shift]) -> int:
        worked: dict[int, set[str]] = {}
        for shift in planned:
            worked.setdefault(shift.day, set()).add(shift.id)
        return sum(
            worked.get(day) != self.wanted.get(day) for day in worked.keys() | self.wanted.keys()
        )

    def _travelled_min(self, planned: Sequence[Shift], placed: Sequence[PlacedTask]) -> int:
        """Return minutes between tasks that follow each other in one part of a shift."""
        if len(placed) < 2:
            return 0
        parts = [part for fact in self.worker.facts for part in fact.parts]
        parts += [part for shift in planned for part in shift.parts]
        done = sorted(
            (Span(each.start, each.start + task.duration_min), each.task, task.place)
            for each in placed
            for task in [self.problem.task_by_id[each.task]]
        )

        def part_of(span: Span) -> Span | None:
            return next((part for part in parts if part.start <= span.start < part.end), None)

        return sum(
            self.problem.travel_min(self.worker.travel_mode, one, other)
            for (before, _, one), (after, _, other) in pairwise(done)
            if part_of(before) == part_of(after) is not None
        )


def _is_in(period: Span, minute: int) -> bool:
    return period.start <= minute < period.end


def _is_meant(wish: Preference, day: int, kind: str) -> bool:
    return day in wish.days and (not wish.kinds or kind in wish.kinds)
