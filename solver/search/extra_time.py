"""Overtime and added time while a worker's days are gone through one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from solver.data.extra_time import ExtraTime
from solver.data.problem import Problem
from solver.search.labels import Labels
from solver.search.legality import entered_in
from solver.search.options import Bools, Floats, GroupOptions, Ints

_NO_LIMIT = 2**40


@dataclass(frozen=True, slots=True)
class _Entry:
    """What accounts of one chain that end on a day enter: by worker which extra time, and where.

    Parameters
    ----------
    number
        Of the worker's extra time; negative for none.
    already, low, high
        Minutes counted before, and between which they are entered.
    """

    number: Ints
    already: Ints
    low: Ints
    high: Ints


class Entries:
    """The extra times of a group's workers, by number, and what enters in them when.

    Attributes
    ----------
    before
        (e, w) Minutes entered whatever is planned.
    left
        By day: (e, w) minutes that may be entered from it on at most.
    """

    def __init__(self, problem: Problem, options: GroupOptions) -> None:
        self._options = options
        self._level_number = {level: n for n, level in enumerate(problem.levels)}
        workers = options.workers
        self.n = max((len(worker.extra_times) for worker in workers), default=0)
        shape = (self.n, len(workers))
        self.before = np.zeros(shape, np.int64)
        self._most = np.full(shape, _NO_LIMIT, np.int64)
        self._is_hard = np.zeros(shape, bool)
        self._step = np.ones(shape, np.int64)
        self._points = np.zeros(shape, np.int64)
        self._level = np.zeros(shape, np.int64)
        for at, worker in enumerate(workers):
            for number, extra in enumerate(worker.extra_times):
                self._fill(number, at, extra)
        n_days = len(options.days) if self.n else 0
        self._entries = [
            [self._ending(day, k) for k in range(options.n_chains)] for day in range(n_days)
        ]
        self.left = self._lefts(shape)

    def _fill(self, number: int, at: int, extra: ExtraTime) -> None:
        own = self._options.accounts[at]
        open_periods = {account.period for account in own if number in account.extra_times}
        given = dict(self._options.given_extra[at][number])
        self.before[number, at] = extra.used_min + sum(
            entered_in(extra, minutes)
            for period, minutes in given.items()
            if period not in open_periods
        )
        entered = extra.used_min + sum(entered_in(extra, minutes) for minutes in given.values())
        self._is_hard[number, at] = extra.level is None and entered <= extra.most_min
        if extra.level is not None:
            self._points[number, at] = extra.points
            self._level[number, at] = self._level_number[extra.level]
        if extra.level is not None or self._is_hard[number, at]:
            self._most[number, at] = extra.most_min
        self._step[number, at] = extra.step_min

    def _ending(self, day: int, k: int) -> list[_Entry]:
        options, n_workers = self._options, len(self._options.workers)
        mine = options.days[day]
        ending = [
            (at, options.accounts[at][mine.accounts[k, at]])
            for at in np.flatnonzero(mine.closes[k]).tolist()
        ]
        found = []
        for n in range(max((len(account.extra_times) for _, account in ending), default=0)):
            entry = _Entry(
                np.full(n_workers, -1), *(np.zeros(n_workers, np.int64) for _ in range(3))
            )
            for at, account in ending:
                if n < len(account.extra_times):
                    number = account.extra_times[n]
                    extra = options.workers[at].extra_times[number]
                    entry.number[at] = number
                    entry.already[at] = account.already_min
                    entry.low[at] = extra.from_min
                    entry.high[at] = _NO_LIMIT if extra.until_min is None else extra.until_min
            found.append(entry)
        return found

    def _lefts(self, shape: tuple[int, int]) -> list[Ints]:
        left = np.zeros(shape, np.int64)
        found = [left]
        everybody = np.arange(shape[1])
        for day in range(len(self._entries) - 1, -1, -1):
            left = left.copy()
            for k, entries in enumerate(self._entries[day]):
                for entry in entries:
                    has = np.flatnonzero(entry.number >= 0)
                    most = [self._most_of(at, day, k) for at in has.tolist()]
                    minutes = np.zeros(shape[1], np.int64)
                    minutes[has] = most
                    left[entry.number[has], has] += self._entered(entry, everybody, minutes)[has]
            found.append(left)
        return found[::-1]

    def _most_of(self, at: int, day: int, k: int) -> int:
        """Return the most minutes that options count in an account."""
        options = self._options
        account = options.accounts[at][options.days[day].accounts[k, at]]
        return sum(int(options.days[n].minutes[k, at].max(initial=0)) for n in account.days)

    @staticmethod
    def _entered(entry: _Entry, workers: Ints, minutes: Ints) -> Ints:
        total = np.minimum(minutes + entry.already[workers], entry.high[workers])
        found: Ints = np.maximum(total - entry.low[workers], 0)
        return found

    def prices(self, weights: Mapping[str, float]) -> Floats:
        """Return (e, w) what a started step above the most costs."""
        by_level = np.array([float(weights.get(level, 0.0)) for level in self._level_number])
        found: Floats = self._points * by_level[self._level]
        return found

    def close(self, day: int, k: int, labels: Labels, prices: Floats) -> Floats:
        """Enter in labels what accounts of a chain enter that end with a day.

        Return what it costs: infinitely much where a hard limit forbids it.
        """
        workers, minutes, entered = labels.worker, labels.minutes[k], labels.entered
        cost = np.zeros(len(workers))
        for entry in self._entries[day][k] if self.n else ():
            has = np.flatnonzero(entry.number[workers] >= 0)
            who = workers[has]
            number = entry.number[who]
            before = entered[number, has]
            after = before + self._entered(entry, who, minutes[has])
            entered[number, has] = after
            most, step = self._most[number, who], self._step[number, who]
            steps = -(-np.maximum(after - most, 0) // step) + np.maximum(before - most, 0) // -step
            cost[has] += steps * prices[number, who]
            cost[has[self._is_hard[number, who] & (after > most)]] = np.inf
        return cost

    def alike(self, day: int, labels: Labels, prices: Floats) -> Sequence[Ints]:
        """Return for each extra time what of it can still matter before a day, by label."""
        if not self.n:
            return ()
        workers = labels.worker
        above = labels.entered + (self.left[day] - self._most).take(workers, axis=1)
        matters: Bools = self._is_hard | (prices > 0)
        return list(np.maximum(above, 0) * matters.take(workers, axis=1))
