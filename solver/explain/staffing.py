"""Who is at work minute by minute, and what each quarter of the demands costs."""

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

    def difference(self, changed: Sequence[Attendance]) -> Ints:
        """Return the points by level that changed attendance adds; nothing is counted."""
        total = np.zeros(self.n_levels, np.int64)
        by_line: dict[int, list[tuple[Span, int]]] = defaultdict(list)
        for skills, span, times in changed:
            for line in self.lines_of(skills):
                by_line[id(line)].append((span, times))
        for line in self._lines:
            if id(line) in by_line:
                total += line.difference(by_line[id(line)], [()])[0]
        return total

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
            if mine:
                rests = [((pause, -n_resting),) for pause in pauses]
                total += line.difference(mine, rests)
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
        self._starts = np.array([span.start for span, _ in self.quarters])
        # A short quarter says its last minute again, which changes no minimum.
        self._minutes = np.array(
            [
                [min(span.start + n, span.end - 1) - self._first for n in range(QUARTER_MIN)]
                for span, _ in self.quarters
            ]
        )
        self._n_levels = len(level_numbers)
        self._heads, self._points = self._asks(level_numbers)
        self._cost = np.zeros((len(self.quarters), self._n_levels), np.int64)

    def _asks(self, level_numbers: dict[str, int]) -> tuple[Ints, dict[int, Ints]]:
        """Return the heads asked for, and by level the points for each that lacks."""
        most = max(1, *(len(demand.levels) for _, demand in self.quarters))
        heads = np.zeros((len(self.quarters), most), np.int64)
        points: dict[int, Ints] = {}
        for row, (_, demand) in enumerate(self.quarters):
            for column, (wanted, level, price) in enumerate(demand.levels):
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
        everything = slice(0, len(self.quarters))
        self._cost = self._cost_of(self._there[self._minutes].min(axis=1)[None, :], everything)[0]

    def _cost_of(self, fewest: npt.NDArray[np.int32], rows: slice) -> Ints:
        """Return the points by case, quarter and level for the fewest at work by case, quarter."""
        short = np.maximum(0, self._heads[rows] - fewest[:, :, None])
        cost = np.zeros((*fewest.shape, self._n_levels), np.int64)
        for level, points in self._points.items():
            cost[:, :, level] = (short * points[rows]).sum(axis=2)
        return cost

    def difference(
        self, changed: Sequence[tuple[Span, int]], cases: Sequence[Sequence[tuple[Span, int]]]
    ) -> Ints:
        """Return the points that changes add in each of some cases, by case and level."""
        start = min(span.start for span, _ in changed)
        end = max(span.end for span, _ in changed)
        first = int(np.searchsorted(self._starts, start - QUARTER_MIN, side="right"))
        rows = slice(first, int(np.searchsorted(self._starts, end, side="left")))
        if rows.start >= rows.stop:
            return np.zeros((len(cases), self._n_levels), np.int64)
        minutes = self._minutes[rows]
        base, top = int(minutes[0, 0]), int(minutes.max()) + 1
        there = np.repeat(self._there[None, base:top], len(cases), axis=0)
        offset = self._first + base
        for span, times in changed:
            if span.end > offset:
                there[:, max(0, span.start - offset) : span.end - offset] += times
        for number, case in enumerate(cases):
            for span, times in case:
                if span.end > offset:
                    there[number, max(0, span.start - offset) : span.end - offset] += times
        fewest = there[:, minutes - base].min(axis=2)
        more: Ints = (self._cost_of(fewest, rows) - self._cost[rows]).sum(axis=1)
        return more

    def fewest(self, quarter: Span, changed: Sequence[tuple[Span, int]]) -> int:
        """Return the fewest at work in a quarter with changes."""
        there = self._there[quarter.start - self._first : quarter.end - self._first].copy()
        for span, times in changed:
            if span.end > quarter.start:
                first = max(0, span.start - quarter.start)
                there[first : span.end - quarter.start] += times
        return int(there.min())

    def shortages(self) -> Iterator[Shortage]:
        """Yield what lacks, in order of time."""
        fewest = self._there[self._minutes].min(axis=1)
        for (quarter, demand), n_there in zip(self.quarters, fewest.tolist(), strict=True):
            for heads, level, points in demand.levels:
                if n_there < heads:
                    yield Shortage(demand, quarter, level, heads, points, n_there)
