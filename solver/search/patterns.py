"""Legality and price of one worker's shifts over the horizon, behind one boundary.

Nothing else in the search knows how patterns are found: today all of them are enumerated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from solver.data.problem import Problem, Shift, Task, Worker
from solver.search.enumeration import LONG_AGO, PatternLibrary
from solver.search.legality import WorkerRules, bound_minutes

Pattern = tuple[str, ...]
"""Ids of the planned shifts of one worker, by day."""


@dataclass(frozen=True, slots=True)
class PricedPattern:
    """A pattern, what it costs by level, and that cost weighed less the prices of its shifts."""

    pattern: Pattern
    own_points: Mapping[str, int]
    reduced_cost: float


class WorkerPatterns:
    """The legal patterns of one worker.

    Parameters
    ----------
    library
        Shared by the workers of one problem.

    Notes
    -----
    What is legal stands in `solver.search.legality`. Patterns that leave out a task locked to the
    worker are left out too, unless all do.
    """

    def __init__(self, problem: Problem, worker: Worker, library: PatternLibrary) -> None:
        self.problem = problem
        self.worker = worker
        self.rules = WorkerRules(problem, worker)
        self._all = library.patterns(self.rules)
        self._rows = self._with_locks(self._all.rows)
        self._rows_by_day = np.ascontiguousarray(self._rows.T)
        self._own: dict[str, npt.NDArray[np.float64]] = {}
        for level, points in self._own_points().items():
            if points.any():
                self._own[level] = points.astype(np.float64)

    @property
    def n_patterns(self) -> int:
        """How many patterns there are; at least one."""
        return len(self._rows)

    @property
    def simplest(self) -> Pattern:
        """The pattern to begin from: nothing planned, unless a lock asks for a shift."""
        return self._pattern(0)

    @property
    def is_open(self) -> bool:
        """Whether anything is, or may be, planned."""
        return self.n_patterns > 1 or bool(self.simplest)

    @property
    def levels(self) -> frozenset[str]:
        """Levels on which some pattern costs points."""
        return frozenset(self._own)

    def is_legal(self, pattern: Sequence[str]) -> bool:
        """Return whether shifts may be worked together, facts considered."""
        return not self.rules.breaches([self.problem.shift_by_id[name] for name in pattern])

    def cost(self, pattern: Pattern) -> dict[str, int]:
        """Return the points of a legal pattern by level."""
        row = self._row_of(pattern)
        return {level: int(points[row]) for level, points in self._own.items() if points[row]}

    def cheapest(
        self, weights: Mapping[str, float], prices: Mapping[str, float], n_best: int = 1
    ) -> list[PricedPattern]:
        """Return the patterns with the least own cost, weighed by level, less prices of shifts.

        The first is the exact minimum over all legal patterns.
        """
        cost = np.zeros(len(self._rows))
        for level, points in self._own.items():
            if weights.get(level):
                cost += weights[level] * points
        worth = np.array([prices.get(shift.id, 0.0) for shift in self._all.candidates])
        for column, options in zip(self._rows_by_day, self._all.options, strict=True):
            gains = np.array([sum(worth[i] for i in option) for option in options])
            cost -= gains[column]
        best = (
            np.argpartition(cost, n_best - 1)[:n_best] if n_best < len(cost) else range(len(cost))
        )
        ranked = sorted((float(cost[row]), int(row)) for row in best)
        return [self._priced(row, value) for value, row in ranked]

    def close_to(
        self, pattern: Pattern, free_days: frozenset[int]
    ) -> list[tuple[Pattern, dict[str, int]]]:
        """Return all patterns, with points by level, that differ on given days only."""
        row = self._rows[self._row_of(pattern)]
        mask = np.ones(len(self._rows), bool)
        for number, day in enumerate(self._all.days):
            if day not in free_days:
                mask &= self._rows_by_day[number] == row[number]
        return [
            (self._pattern(int(i)), {level: int(points[i]) for level, points in self._own.items()})
            for i in np.flatnonzero(mask)
        ]

    @cached_property
    def reached(self) -> frozenset[str]:
        """The shifts that some legal pattern has."""
        found: set[str] = set()
        for column, options in zip(self._rows_by_day, self._all.options, strict=True):
            for choice in np.unique(column):
                found.update(self._all.candidates[i].id for i in options[choice])
        return frozenset(found)

    def _priced(self, row: int, value: float) -> PricedPattern:
        own = {level: int(points[row]) for level, points in self._own.items() if points[row]}
        return PricedPattern(self._pattern(row), own, value)

    def _pattern(self, row: int) -> Pattern:
        choices = zip(self._rows[row], self._all.options, strict=True)
        return tuple(self._all.candidates[i].id for choice, opts in choices for i in opts[choice])

    def _row_of(self, pattern: Pattern) -> int:
        wanted = set(pattern)
        mask = np.ones(len(self._rows), bool)
        for number, options in enumerate(self._all.options):
            names = [{self._all.candidates[i].id for i in option} for option in options]
            today = set().union(*names) & wanted
            choice = names.index(today) if today in names else -1
            mask &= self._rows_by_day[number] == choice
        rows = np.flatnonzero(mask)
        if not len(rows):
            raise ValueError(f"{pattern} is no legal pattern of {self.worker.id}.")
        return int(rows[0])

    def _with_locks(self, rows: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
        for task in self.problem.tasks:
            for lock in task.locks:
                if lock.worker == self.worker.id:
                    kept = rows[self._covers(rows, task, lock.start)]
                    rows = kept if len(kept) else rows
        return rows

    def _covers(self, rows: npt.NDArray[np.int16], task: Task, start: int) -> npt.NDArray[np.bool_]:
        end = start + task.duration_min
        covering = {
            i
            for i, shift in enumerate(self._all.candidates)
            if any(part.start <= start and end <= part.end for part in shift.open_parts)
        }
        mask = np.zeros(len(rows), bool)
        for number, options in enumerate(self._all.options):
            does = np.array([bool(covering.intersection(option)) for option in options])
            mask |= does[rows[:, number]]
        return mask

    def _sum(self, value_of: Mapping[int, int]) -> npt.NDArray[np.int64]:
        """Return for each pattern the sum of a value of its shifts, by index of candidate."""
        total = np.zeros(len(self._rows), np.int64)
        for column, options in zip(self._rows_by_day, self._all.options, strict=True):
            gains = np.array([sum(value_of.get(i, 0) for i in o) for o in options], np.int64)
            total += gains[column]
        return total

    def _own_points(self) -> dict[str, npt.NDArray[np.int64]]:
        worker, shifts = self.worker, self._all.candidates
        points: dict[str, npt.NDArray[np.int64]] = {}
        facts = [f for f in worker.facts if self._is_inside(f.span.start)]

        def pay(level: str, more: npt.NDArray[np.int64]) -> None:
            points[level] = points.get(level, np.zeros(len(self._rows), np.int64)) + more

        for wish in worker.preferences:
            matched = self._sum(
                {
                    i: 1
                    for i, shift in enumerate(shifts)
                    if shift.day in wish.days and (not wish.kinds or shift.kind in wish.kinds)
                }
            ) + sum(
                _matches(self.problem, fact.day, fact.shift, wish.days, wish.kinds)
                for fact in facts
            )
            paid = (matched == 0) if wish.when_absent else (matched > 0)
            pay(wish.level, paid * np.int64(wish.points))
        for target in worker.hours:
            period = target.period
            minutes = sum(
                fact.counted_min
                for fact in worker.facts
                if period.start <= fact.span.start < period.end
            )
            minutes += sum(n for at, n in bound_minutes(worker) if period.start <= at < period.end)
            off = (
                minutes
                - target.target_min
                + self._sum(
                    {
                        i: shift.counted_min[worker.rule_book]
                        for i, shift in enumerate(shifts)
                        if period.start <= shift.span.start < period.end
                    }
                )
            )
            steps = -(-np.abs(off) // target.step_min)
            price = np.where(off > 0, target.over_points, target.under_points)
            pay(target.level, steps * price)
        for fair in worker.fair_shares:
            n_tagged = self._sum({i: 1 for i, s in enumerate(shifts) if fair.tag in s.tags})
            above = np.maximum(n_tagged + sum(fair.tag in f.tags for f in facts) - fair.share, 0)
            pay(fair.level, above * (above + 1) // 2 * fair.points)
        if worker.short_rest is not None:
            pay(
                worker.short_rest.level,
                self._n_short_rests(worker.short_rest.below_min) * worker.short_rest.points,
            )
        return points

    def _is_inside(self, minute: int) -> bool:
        return self.problem.horizon.start <= minute < self.problem.horizon.end

    def _n_short_rests(self, below: int) -> npt.NDArray[np.int64]:
        n_short = np.zeros(len(self._rows), np.int64)
        until = np.full(len(self._rows), LONG_AGO, np.int64)
        facts = sorted(fact.span for fact in self.worker.facts)
        works = sorted(
            [(span, -1, -1) for span in facts]
            + [
                (self._all.candidates[i].span, number, choice)
                for number, options in enumerate(self._all.options)
                for choice, option in enumerate(options)
                for i in option
            ]
        )
        for span, number, choice in works:
            does = np.ones(len(until), bool)
            if number >= 0:
                does = self._rows_by_day[number] == choice
            if self._is_inside(span.start):
                n_short += does & (span.start - until < below)
            until[does] = np.maximum(until[does], span.end)
        return n_short


def _matches(
    problem: Problem, day: int, shift: str | None, days: Sequence[int], kinds: frozenset[str]
) -> bool:
    """Return whether a fact is what a preference means."""
    if day not in days:
        return False
    return not kinds or (shift is not None and problem.shift_by_id[shift].kind in kinds)


def given_shifts(problem: Problem, worker: Worker) -> list[Shift]:
    """Return the shifts of the horizon that a worker has as facts."""
    return [problem.shift_by_id[fact.shift] for fact in worker.facts if fact.shift is not None]
