"""Who is at work minute by minute, and what each quarter of the demands costs."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.data.problem import Demand, Problem
from solver.data.spans import Span

QUARTER_MIN = 15
"""Demands are judged by the quarter of an hour, from their start on."""

Ints = npt.NDArray[np.int64]

Attendance = tuple[frozenset[str], Span, int]
"""Skills of a worker, when at work, and how often it counts: 1, or -1 when it ends."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A quarter in which a demand's heads on one level are not there."""

    demand: Demand
    quarter: Span
    level: str
    heads: int
    points: int
    n_there: int


class Staffing:
    """Counts of workers at work for each set of skills that demands ask for.

    Parameters
    ----------
    level_numbers
        Place of each level in the sums of points.
    """

    def __init__(self, problem: Problem, level_numbers: dict[str, int]) -> None:
        by_skills: dict[frozenset[str], list[Demand]] = defaultdict(list)
        for demand in problem.demands:
            by_skills[demand.skills].append(demand)
        self._lines = [
            _Line(skills, demands, level_numbers) for skills, demands in by_skills.items()
        ]
        self._lines_of: dict[frozenset[str], list[_Line]] = {}
        self.n_levels = len(level_numbers)

    def lines_of(self, skills: frozenset[str]) -> "list[_Line]":
        """Return the lines in which a worker with some skills counts."""
        if skills not in self._lines_of:
            self._lines_of[skills] = [line for line in self._lines if line.skills <= skills]
        return self._lines_of[skills]

    def count(self, attended: Iterable[Attendance]) -> None:
        """Count workers once and for all."""
        for skills, span, times in attended:
            for line in self.lines_of(skills):
                line.count(span, times)
        for line in self._lines:
            line.settle()

    def difference(self, changed: Sequence[Attendance]) -> tuple[int, ...]:
        """Return the points by level that changed attendance adds; nothing is counted."""
        total = [0] * self.n_levels
        by_line: dict[int, list[tuple[Span, int]]] = defaultdict(list)
        for skills, span, times in changed:
            for line in self.lines_of(skills):
                by_line[id(line)].append((span, times))
        for line in self._lines:
            if id(line) in by_line:
                more = line.difference(by_line[id(line)])
                total = [one + other for one, other in zip(total, more, strict=True)]
        return tuple(total)

    def rank(
        self,
        skills: Sequence[frozenset[str]],
        changed: Sequence[Attendance],
        pauses: Sequence[Span],
    ) -> Ints:
        """Return what changed attendance adds when workers have one of some breaks.

        One row a break, one column a level. The workers are at work around each break.
        """
        total = np.zeros((len(pauses), self.n_levels), np.int64)
        for line in self._lines:
            mine = [(span, times) for of, span, times in changed if line.skills <= of]
            n_resting = sum(line.skills <= of for of in skills)
            if mine and pauses:
                total += np.array(line.difference(mine), np.int64)
                total += line.rests(mine, pauses, n_resting)
        return total

    def fewest(self, demand: Demand, quarter: Span, changed: Sequence[Attendance] = ()) -> int:
        """Return the fewest at work for a demand in a quarter of it, with changed attendance."""
        (line,) = (line for line in self._lines if line.skills == demand.skills)
        mine = [(span, times) for of, span, times in changed if line.skills <= of]
        return line.fewest(quarter, mine)

    def shortages(self) -> Iterator[Shortage]:
        """Yield each quarter, demand and level that lacks heads, those without points too."""
        for line in self._lines:
            yield from line.shortages()


class _Line:
    """The demands for one set of skills, quarter by quarter in order of start."""

    def __init__(
        self, skills: frozenset[str], demands: Sequence[Demand], level_numbers: dict[str, int]
    ) -> None:
        self.skills = skills
        self.quarters = sorted(
            (
                (Span(start, min(start + QUARTER_MIN, demand.span.end)), demand)
                for demand in demands
                for start in range(demand.span.start, demand.span.end, QUARTER_MIN)
            ),
            key=lambda each: (each[0], each[1].id),
        )
        self._first = min(span.start for span, _ in self.quarters)
        last = max(span.end for span, _ in self.quarters)
        self._there = np.zeros(last - self._first, np.int32)
        self._starts = [span.start for span, _ in self.quarters]
        # A short quarter says its last minute again, which changes no minimum.
        self._minutes = np.array(
            [
                [min(span.start + n, span.end - 1) - self._first for n in range(QUARTER_MIN)]
                for span, _ in self.quarters
            ]
        )
        self._n_levels = len(level_numbers)
        self._heads, self._points = self._asks(
            [demand.levels for _, demand in self.quarters], level_numbers
        )
        self._enough, self._over_points = self._asks(
            [demand.most for _, demand in self.quarters], level_numbers
        )
        self._ranges = np.zeros((len(self.quarters), 2), np.int32)
        self._added: dict[int, list[tuple[int, ...]]] = {}
        self._rested: dict[object, Ints] = {}

    def _asks(
        self, asked: Sequence[Sequence[tuple[int, str, int]]], level_numbers: dict[str, int]
    ) -> tuple[Ints, dict[int, Ints]]:
        """Return heads by quarter, and by level the points for each that lacks, or is too many."""
        most = max(1, *map(len, asked))
        heads = np.zeros((len(asked), most), np.int64)
        points: dict[int, Ints] = {}
        for row, each in enumerate(asked):
            for column, (wanted, level, price) in enumerate(each):
                heads[row, column] = wanted
                table = points.setdefault(level_numbers[level], np.zeros_like(heads))
                table[row, column] = price
        return heads, points

    def count(self, span: Span, times: int) -> None:
        """Count a worker; :meth:`settle` must follow."""
        first, last = span.start - self._first, span.end - self._first
        if last > 0:
            self._there[max(0, first) : last] += times

    def settle(self) -> None:
        """Take what is counted as the state that changes start from."""
        self._ranges = _ranges(self._there[self._minutes])
        self._added.clear()

    def _cost_of(self, ranges: npt.NDArray[np.int32], rows: slice) -> Ints:
        """Return the points by case, quarter and level for fewest and most by case and quarter."""
        fewest, most = ranges[..., 0, None], ranges[..., 1, None]
        cost = np.zeros((*ranges.shape[:-1], self._n_levels), np.int64)
        for level, points in self._points.items():
            short = np.maximum(0, self._heads[rows] - fewest)
            cost[..., level] += (short * points[rows]).sum(axis=-1)
        for level, points in self._over_points.items():
            over = np.maximum(0, most - self._enough[rows])
            cost[..., level] += (over * points[rows]).sum(axis=-1)
        return cost

    def difference(self, changed: Sequence[tuple[Span, int]]) -> list[int]:
        """Return the points by level that changes add.

        Throughout most quarters as many come or go; of those alike, sums are at hand.
        """
        total = [0] * self._n_levels
        cut: set[int] = set()
        starts = self._starts
        for start, end, more in _stretches(changed):
            first, last = bisect_left(starts, start), bisect_right(starts, end - QUARTER_MIN)
            cut.update(range(bisect_right(starts, start - QUARTER_MIN), first))
            cut.update(range(max(first, last), bisect_left(starts, end)))
            if first < last:
                sums = self._sums(more)
                for level, (before, after) in enumerate(zip(sums[first], sums[last], strict=True)):
                    total[level] += after - before
        for row in cut:
            quarter = self.quarters[row][0]
            ranges = np.array([[self._range(quarter, changed)], [self._ranges[row]]], np.int32)
            after, before = self._cost_of(ranges, slice(row, row + 1))[:, 0].tolist()
            for level in range(self._n_levels):
                total[level] += after[level] - before[level]
        return total

    def _sums(self, more: int) -> list[tuple[int, ...]]:
        """Return the points by level that some more at work add in all quarters before each."""
        if more not in self._added:
            ranges = np.stack([self._ranges + more, self._ranges])
            after, before = self._cost_of(ranges, slice(0, len(self.quarters)))
            sums = np.zeros((len(self.quarters) + 1, self._n_levels), np.int64)
            sums[1:] = (after - before).cumsum(axis=0)
            self._added[more] = [tuple(row) for row in sums.tolist()]
        return self._added[more]

    def rests(
        self, changed: Sequence[tuple[Span, int]], pauses: Sequence[Span], n_resting: int
    ) -> Ints:
        """Return the points that one of some breaks adds to changes, by break and level.

        Remembered for what comes of the changes around the breaks.
        """
        first = bisect_right(self._starts, min(pause.start for pause in pauses) - QUARTER_MIN)
        rows = slice(first, bisect_left(self._starts, max(pause.end for pause in pauses)))
        if rows.start >= rows.stop:
            return np.zeros((len(pauses), self._n_levels), np.int64)
        minutes = self._minutes[rows]
        base, top = int(minutes[0, 0]), int(minutes.max()) + 1
        offset = self._first + base
        there = self._there[base:top].copy()
        for span, times in changed:
            if span.end > offset:
                there[max(0, span.start - offset) : span.end - offset] += times
        key = (base, there.tobytes(), tuple(pauses), n_resting)
        if key not in self._rested:
            # The last case is that of no break.
            cases = np.repeat(there[None], len(pauses) + 1, axis=0)
            for number, pause in enumerate(pauses):
                if pause.end > offset:
                    cases[number, max(0, pause.start - offset) : pause.end - offset] -= n_resting
            cost = self._cost_of(_ranges(cases[:, minutes - base]), rows).sum(axis=1)
            self._rested[key] = cost[:-1] - cost[-1]
        return self._rested[key]

    def fewest(self, quarter: Span, changed: Sequence[tuple[Span, int]]) -> int:
        """Return the fewest at work in a quarter with changes."""
        return self._range(quarter, changed)[0]

    def _range(self, quarter: Span, changed: Sequence[tuple[Span, int]]) -> tuple[int, int]:
        """Return the fewest and the most at work in a quarter with changes."""
        there = self._there[quarter.start - self._first : quarter.end - self._first].copy()
        for span, times in changed:
            if span.end > quarter.start:
                first = max(0, span.start - quarter.start)
                there[first : span.end - quarter.start] += times
        return int(there.min()), int(there.max())

    def shortages(self) -> Iterator[Shortage]:
        """Yield what lacks, in order of time."""
        fewest = _ranges(self._there[self._minutes])[:, 0]
        for (quarter, demand), n_there in zip(self.quarters, fewest.tolist(), strict=True):
            for heads, level, points in demand.levels:
                if n_there < heads:
                    yield Shortage(demand, quarter, level, heads, points, n_there)


def _ranges(there: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the fewest and the most of the minutes in the last place."""
    return np.stack([there.min(axis=-1), there.max(axis=-1)], axis=-1)


def _stretches(changed: Iterable[tuple[Span, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of each stretch in which as many come or go, if any do."""
    steps: dict[int, int] = defaultdict(int)
    for span, times in changed:
        steps[span.start] += times
        steps[span.end] -= times
    start = more = 0
    for minute, step in sorted(steps.items()):
        if step:
            if more:
                yield start, minute, more
            start, more = minute, more + step
