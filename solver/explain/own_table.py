"""What many weeks of one worker cost by themselves, all at once."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from solver.data.extra_time import ExtraTime
from solver.data.problem import Preference, Shift
from solver.data.rules import WorkingTime
from solver.data.spans import Span
from solver.explain.ledger import Ledger
from solver.search.own import change_points, is_meant

Ints = npt.NDArray[np.int64]

Options = Sequence[Sequence[tuple[Shift, ...]]]
"""For each of some days, what may be planned on it."""

_LONG_AGO = -(10**9)


class OwnTable:
    """Prices weeks made of one option for each day, as ``OwnCost.of_shifts`` prices each.

    Soft rules of the book are left out: weeks are ranked by the rest, and the checks price the
    best. Planned shifts must not lie over bound time.

    Parameters
    ----------
    options
        By day, in order of time.
    """

    def __init__(self, ledger: Ledger, worker: str, options: Options) -> None:
        self.problem = ledger.problem
        self.worker = ledger.problem.worker_by_id[worker]
        self.own = ledger.own_cost(worker)
        self.numbers = ledger.numbers
        self.options = options

    def sums(self, rows: npt.NDArray[np.int16]) -> Ints:
        """Return points by week and level; a row of a week is the number of each day's option."""
        total = np.zeros((len(rows), len(self.numbers)), np.int64)
        for level, points in self._points(rows):
            total[:, self.numbers[level]] += points
        return total

    def keeps_working_time(self, rows: npt.NDArray[np.int16]) -> npt.NDArray[np.bool_]:
        """Tell for each week whether it keeps the limits of working time that facts alone keep."""
        keeps = np.ones(len(rows), bool)
        for rule in self.problem.rule_book_by_id[self.worker.rule_book].rules:
            if isinstance(rule, WorkingTime):
                for period in rule.periods:
                    given_min = self.own.given_min(period)
                    if given_min <= rule.most_min:
                        keeps &= given_min + self._planned_min(rows, period) <= rule.most_min
        return keeps

    def _points(self, rows: npt.NDArray[np.int16]) -> Iterator[tuple[str, Ints]]:
        yield from self._wishes(rows)
        for target in self.worker.hours:
            off_min = self.own.given_min(target.period) - target.target_min
            total = off_min + self._planned_min(rows, target.period)
            price = np.where(total > 0, target.over_points, target.under_points)
            yield target.level, price * -(-np.abs(total) // target.step_min)
        for fair, n_given in zip(self.worker.fair_shares, self.own.n_given_tags, strict=True):
            tagged = self._total(rows, partial(_n_tagged, fair.tag))
            above = np.maximum(0, tagged + n_given - fair.share)
            yield fair.level, fair.points * above * (above + 1) // 2
        for extra in self.worker.extra_times:
            if extra.level is not None:
                yield extra.level, extra.points * self._steps_beyond(rows, extra)
        if self.worker.short_rest is not None:
            n_short = self._n_short_rests(rows, self.worker.short_rest.below_min)
            yield self.worker.short_rest.level, self.worker.short_rest.points * n_short
        if self.problem.reference is not None:
            yield self.problem.reference.level, self._changed_points(rows)

    def _steps_beyond(self, rows: npt.NDArray[np.int16], extra: ExtraTime) -> Ints:
        """Return how many steps above its most are entered in an extra time."""
        entered = np.full(len(rows), extra.used_min - extra.most_min, np.int64)
        for period in extra.periods:
            total = self.own.given_min(period) + self._planned_min(rows, period)
            if extra.until_min is not None:
                total = np.minimum(total, extra.until_min)
            entered += np.maximum(0, total - extra.from_min)
        return -(-np.maximum(0, entered) // extra.step_min)

    def _wishes(self, rows: npt.NDArray[np.int16]) -> Iterator[tuple[str, Ints]]:
        for number, wish in enumerate(self.worker.preferences):
            matched = self._total(rows, partial(_n_meant, wish))
            is_matched = (matched > 0) | self.own.is_given_match[number]
            yield wish.level, wish.points * (is_matched != wish.when_absent)

    def _planned_min(self, rows: npt.NDArray[np.int16], period: Span) -> Ints:
        book = self.worker.rule_book
        return self._total(
            rows,
            lambda shift: (
                shift.counted_min.get(book, 0)
                if period.start <= shift.parts[0].start < period.end
                else 0
            ),
        )

    def _total(self, rows: npt.NDArray[np.int16], value_of: Callable[[Shift], int]) -> Ints:
        """Return the sum of a value of the shifts of each week."""
        total = np.zeros(len(rows), np.int64)
        for day, options in enumerate(self.options):
            values = [sum(value_of(shift) for shift in option) for option in options]
            if any(values):
                total += np.array(values, np.int64)[rows[:, day]]
        return total

    def _n_short_rests(self, rows: npt.NDArray[np.int16], below_min: int) -> Ints:
        works = [(fact.span, -1, -1) for fact in self.worker.facts]
        works += [
            (shift.span, day, number)
            for day, options in enumerate(self.options)
            for number, option in enumerate(options)
            for shift in option
        ]
        n_short = np.zeros(len(rows), np.int64)
        end = np.full(len(rows), _LONG_AGO, np.int64)
        horizon = self.problem.horizon
        for span, day, number in sorted(works):
            does = np.ones(len(rows), bool) if day < 0 else rows[:, day] == number
            if horizon.start <= span.start < horizon.end:
                n_short += does & (span.start - end < below_min)
            end[does] = span.end
        return n_short

    def _changed_points(self, rows: npt.NDArray[np.int16]) -> Ints:
        """Return what days with other shifts than the reference's pay."""
        assert self.problem.reference is not None  # noqa: S101  asked for with a reference only
        changed = np.zeros(len(rows), np.int64)
        for day, options in enumerate(self.options):
            numbers = {shift.day for option in options for shift in option}
            for number in numbers:
                wanted = self.own.wanted.get(number, frozenset())
                points = [
                    change_points(self.problem, {s.id for s in o if s.day == number}, wanted)
                    for o in options
                ]
                changed += np.array(points, np.int64)[rows[:, day]]
        elsewhere = self.own.wanted.keys() - {
            shift.day for options in self.options for option in options for shift in option
        }
        gone = sum(change_points(self.problem, set(), self.own.wanted[day]) for day in elsewhere)
        return changed + gone


def _n_tagged(tag: str, shift: Shift) -> int:
    return int(tag in shift.tags)


def _n_meant(wish: Preference, shift: Shift) -> int:
    return int(is_meant(wish, shift.day, shift.kind))
