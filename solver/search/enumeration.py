"""All legal patterns of shifts of one worker, joined day by day with numpy.

A *pattern* is one choice of planned shifts for each day. Rows are partial patterns with what the
rules must remember of them; each day multiplies them by its options and drops what breaks a rule.
Workers for whom nothing differs that rules can see share the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from solver.data.problem import Shift
from solver.data.rules import (
    ConsecutiveDays,
    RestBetween,
    RestInPeriod,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.spans import Span
from solver.search.legality import Work, WorkerRules, bound_minutes, day_of, overlaps, work_of_shift

Ints = npt.NDArray[np.int64]
LONG_AGO = -(10**7)
NO_LIMIT = 10**6


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns as rows of option numbers, one column a day.

    Parameters
    ----------
    options
        For each day what may be worked: tuples of indices of the candidates, nothing first.
    rows
        The number of the option of each day; the first row is the one without planned shifts.
    """

    candidates: tuple[Shift, ...]
    days: tuple[int, ...]
    options: tuple[tuple[tuple[int, ...], ...], ...]
    rows: npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class _Item:
    """Busy time in order of time: a part of a shift, or bound or stand-by time."""

    span: Span
    is_standby: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """What rules can see of a worker, with all that cannot matter left out; a key for sharing."""

    rule_book: str
    candidates: tuple[str, ...]
    rests: tuple[tuple[Span, int, bool], ...]
    rest_between: int
    limits: tuple[tuple[Span, int], ...]
    most_days: int
    most_a_day: int
    fixed_busy: tuple[tuple[int, int, bool], ...]
    fixed_works: tuple[Span, ...]
    fixed_days: tuple[int, ...]
    fixed_shift_days: tuple[int, ...]


def _frame(rules: WorkerRules, candidates: Sequence[Shift]) -> _Frame:
    problem, worker = rules.problem, rules.worker
    facts, first = rules.facts, min(shift.span.start for shift in candidates)
    end = max(shift.span.end for shift in candidates)
    rests: list[tuple[Span, int, bool]] = []
    limits: list[tuple[Span, int]] = []
    between, most_days, most_a_day = 0, NO_LIMIT, NO_LIMIT
    counted = [(work.span.start, work.counted_min) for work in facts] + bound_minutes(worker)
    for rule in rules.rules:
        match rule:
            case ShiftsPerDay():
                most_a_day = min(most_a_day, rule.most)
            case RestBetween():
                between = max(between, rule.rest_min)
            case ConsecutiveDays():
                most_days = min(most_days, rule.most)
            case RestInPeriod():
                rests += [
                    (period, rule.rest_min, rule.standby_breaks_rest)
                    for period in rule.periods
                    if overlaps(period, problem.horizon)
                    and (rule.name, *period) not in rules.excused
                    and overlaps(period, Span(first, end))
                ]
            case WorkingTime():
                for period in rule.periods:
                    left = rule.most_min - sum(
                        minutes for at, minutes in counted if period.start <= at < period.end
                    )
                    if left >= 0 and overlaps(period, Span(first, end)):
                        limits.append((period, left))
            case _:
                pass
    busy = [(*part, False) for work in facts for part in work.parts]
    busy += [(*span, False) for span in worker.bound] + [(*span, True) for span in worker.standby]
    seen = [period for period, _, _ in rests]
    bound_days = (day_of(problem, span.start) for span in worker.bound)
    days = {work.day for work in facts} | {day for day in bound_days if day is not None}
    low = min(shift.day for shift in candidates) - most_days
    high = max(shift.day for shift in candidates) + most_days
    reach = Span(first - between, end + between)
    return _Frame(
        rule_book=worker.rule_book,
        candidates=tuple(shift.id for shift in candidates),
        rests=tuple(rests),
        rest_between=between,
        limits=tuple(limits),
        most_days=most_days,
        most_a_day=most_a_day,
        fixed_busy=tuple(
            sorted(b for b in set(busy) if any(overlaps(Span(b[0], b[1]), p) for p in seen))
        ),
        fixed_works=tuple(sorted({w.span for w in facts if overlaps(w.span, reach)})),
        fixed_days=tuple(sorted(d for d in days if low <= d <= high))
        if most_days < NO_LIMIT
        else (),
        fixed_shift_days=tuple(
            sorted(w.day for w in facts if w.day in {shift.day for shift in candidates})
        ),
    )


class _Rows:
    """Partial patterns: choices and what must be remembered of them."""

    def __init__(self, n_limits: int) -> None:
        self.rows: npt.NDArray[np.int16] = np.zeros((1, 0), np.int16)
        self.busy_until = np.full((1, 2), LONG_AGO, np.int64)  # without and with stand-by
        self.rested = np.zeros(1, np.int64)  # bit for each rest that is had
        self.worked_until = np.full(1, LONG_AGO, np.int64)
        self.is_planned = np.zeros(1, bool)  # the last work
        self.days = np.zeros(1, np.int64)  # bit for each day worked
        self.minutes = np.zeros((1, n_limits), np.int64)

    _COLUMNS = ("rows", "busy_until", "rested", "worked_until", "is_planned", "days", "minutes")

    def kept(self, mask: npt.NDArray[np.bool_]) -> "_Rows":
        """Return the rows that a mask keeps."""
        other = _Rows(0)
        for name in self._COLUMNS:
            setattr(other, name, getattr(self, name)[mask])
        return other

    @classmethod
    def joined(cls, pieces: "list[_Rows]") -> "_Rows":
        """Return all rows of some pieces."""
        other = _Rows(0)
        for name in cls._COLUMNS:
            setattr(other, name, np.concatenate([getattr(piece, name) for piece in pieces]))
        return other


class _Enumeration:
    def __init__(self, frame: _Frame, candidates: Sequence[Shift]) -> None:
        self.frame = frame
        self.candidates = candidates
        self.days = tuple(sorted({shift.day for shift in candidates}))
        self.first_bit = min((*frame.fixed_days, self.days[0]))
        self.busy = [_Item(Span(start, end), standby) for start, end, standby in frame.fixed_busy]
        self.works = list(frame.fixed_works)
        self.fixed_bits = sum(1 << (day - self.first_bit) for day in frame.fixed_days)

    def options(self, day: int) -> tuple[tuple[int, ...], ...]:
        """Return what may be worked on a day, nothing first."""
        mine = [i for i, shift in enumerate(self.candidates) if shift.day == day]
        n_fixed, most = self.frame.fixed_shift_days.count(day), self.frame.most_a_day
        room = most - n_fixed if n_fixed <= most else len(mine)
        found: list[tuple[int, ...]] = [()]
        for size in range(1, min(room, len(mine)) + 1):
            more = [
                chosen
                for chosen in combinations(
                    sorted(mine, key=lambda i: self.candidates[i].span.start), size
                )
                if all(
                    self.candidates[one].span.end <= self.candidates[two].span.start
                    for one, two in pairwise(chosen)
                )
            ]
            if not more:
                break
            found += more
        return tuple(found)

    def _add_busy(self, rows: _Rows, items: Sequence[_Item]) -> None:
        for item in sorted(items, key=lambda item: item.span):
            for bit, (period, rest_min, counts_standby) in enumerate(self.frame.rests):
                if item.is_standby and not counts_standby:
                    continue
                end = min(item.span.start, period.end)
                if end - period.start >= rest_min:
                    since = np.maximum(rows.busy_until[:, int(counts_standby)], period.start)
                    rows.rested |= (end - since >= rest_min).astype(np.int64) << bit
            for column in (1,) if item.is_standby else (0, 1):
                np.maximum(
                    rows.busy_until[:, column], item.span.end, out=rows.busy_until[:, column]
                )

    def _add_works(
        self, rows: _Rows, works: Sequence[tuple[Span, bool]]
    ) -> "npt.NDArray[np.bool_]":
        good = np.ones(len(rows.rested), bool)
        for span, is_planned in sorted(works):
            short = span.start - rows.worked_until < self.frame.rest_between
            clash = span.start < rows.worked_until
            good &= ~(short | clash) if is_planned else ~((short | clash) & rows.is_planned)
            rows.is_planned[:] = is_planned
            np.maximum(rows.worked_until, span.end, out=rows.worked_until)
        return good

    def _add_minutes(self, rows: _Rows, works: Sequence[Work]) -> "npt.NDArray[np.bool_]":
        good = np.ones(len(rows.rested), bool)
        for column, (period, left) in enumerate(self.frame.limits):
            added = sum(w.counted_min for w in works if period.start <= w.span.start < period.end)
            if added:
                rows.minutes[:, column] += added
                good &= rows.minutes[:, column] <= left
        return good

    def _has_short_row(self, rows: _Rows, last_bit: int) -> "npt.NDArray[np.bool_]":
        """Return which rows keep the limit on days in a row that end on a day."""
        good = np.ones(len(rows.rested), bool)
        low = last_bit - self.frame.most_days
        window = ((1 << (self.frame.most_days + 1)) - 1) << low if low >= 0 else 0
        if self.fixed_bits & window != window:
            good &= (rows.days | self.fixed_bits) & window != window
        return good

    def _is_rested(self, rows: _Rows, before: int | None) -> "npt.NDArray[np.bool_]":
        """Return which rows have every rest whose period is over by a minute; all at the end."""
        good = np.ones(len(rows.rested), bool)
        for bit, (period, rest_min, counts_standby) in enumerate(self.frame.rests):
            if before is None or period.end <= before:
                since = np.maximum(rows.busy_until[:, int(counts_standby)], period.start)
                good &= ((rows.rested >> bit) & 1 == 1) | (period.end - since >= rest_min)
        return good

    def run(self) -> Patterns:
        """Return every legal pattern."""
        rows = _Rows(len(self.frame.limits))
        options = [self.options(day) for day in self.days]
        for number, day in enumerate(self.days):
            pieces = [
                piece
                for choice, option in enumerate(options[number])
                if len((piece := self._step(rows, number, choice, option)).rested)
            ]
            rows = _Rows.joined(pieces)
            start = self._start_of(number + 1)
            good = self._has_short_row(rows, day - self.first_bit)
            if start is not None:
                good &= self._is_rested(rows, start)
            rows = rows.kept(good)
        good = self._add_works(rows, [(span, False) for span in self._fixed_works(len(self.days))])
        self._add_busy(rows, self._fixed_busy(len(self.days)))
        good &= self._is_rested(rows, None)
        for bit in range(self._last_bit() + 1):  # days without candidates included
            good &= self._has_short_row(rows, bit)
        return Patterns(tuple(self.candidates), self.days, tuple(options), rows.kept(good).rows)

    def _last_bit(self) -> int:
        last = max((*self.frame.fixed_days, self.days[-1]))
        return last - self.first_bit

    def _start_of(self, number: int) -> int | None:
        """Return when the first shift of a day that has candidates may begin."""
        if number >= len(self.days):
            return None
        return min(s.span.start for s in self.candidates if s.day == self.days[number])

    def _fixed_busy(self, number: int) -> list[_Item]:
        return [item for item in self.busy if self._slot(item.span.start) == number]

    def _fixed_works(self, number: int) -> list[Span]:
        return [span for span in self.works if self._slot(span.start) == number]

    def _slot(self, minute: int) -> int:
        """Return with which day's step fixed time is joined: the last to begin by then."""
        number = 0
        while (start := self._start_of(number + 1)) is not None and start <= minute:
            number += 1
        last_start = max(s.span.start for s in self.candidates if s.day == self.days[-1])
        return len(self.days) if minute > last_start else number

    def _step(self, rows: _Rows, number: int, choice: int, option: tuple[int, ...]) -> _Rows:
        shifts = [self.candidates[i] for i in option]
        works = [work_of_shift(shift, self.frame.rule_book) for shift in shifts]
        new = rows.kept(np.ones(len(rows.rested), bool))
        new.rows = np.column_stack([new.rows, np.full(len(new.rows), choice, np.int16)])
        good = self._add_minutes(new, works)
        spans = [(shift.span, True) for shift in shifts]
        good &= self._add_works(new, spans + [(span, False) for span in self._fixed_works(number)])
        own = [_Item(part, is_standby=False) for shift in shifts for part in shift.parts]
        self._add_busy(new, own + self._fixed_busy(number))
        if option:
            new.days |= 1 << (self.days[number] - self.first_bit)
        return new.kept(good)


class PatternLibrary:
    """Patterns of workers, each different set made once."""

    def __init__(self) -> None:
        self._known: dict[_Frame, Patterns] = {}

    def patterns(self, rules: WorkerRules) -> Patterns:
        """Return every legal pattern of a worker."""
        problem, worker = rules.problem, rules.worker
        candidates = sorted(
            (
                shift
                for name in dict.fromkeys(worker.shifts)
                if not rules.clashes(shift := problem.shift_by_id[name])
            ),
            key=lambda shift: (shift.day, shift.span, shift.id),
        )
        if not candidates:
            return Patterns((), (), (), np.zeros((1, 0), np.int16))
        frame = _frame(rules, candidates)
        if frame not in self._known:
            self._known[frame] = _Enumeration(frame, candidates).run()
        return self._known[frame]
