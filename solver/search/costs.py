"""What the shifts of a worker cost at some weights and prices, as arrays for a group of workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from solver.data.problem import Problem
from solver.search.extra_time import Entries
from solver.search.options import Floats, GroupOptions, Ints


@dataclass(frozen=True, slots=True)
class _Target:
    """A target of each worker's account that ends on a day; no points for those without one.

    Parameters
    ----------
    off
        What to add to counted minutes to know by how many they miss the target.
    """

    off: Ints
    step: Ints
    over: Floats
    under: Floats
    level: Ints

    def weighed(self, weights: Floats) -> "_Target":
        """Return the target with what its points cost, weights being by number of level."""
        price = weights[self.level]
        return _Target(self.off, self.step, price * self.over, price * self.under, self.level)

    def cost(self, workers: Ints, minutes: Ints) -> Floats:
        """Return what counted minutes of some workers cost."""
        miss = minutes + self.off[workers]
        steps = -(-np.abs(miss) // self.step[workers])
        found: Floats = steps * np.where(miss > 0, self.over[workers], self.under[workers])
        return found


@dataclass(frozen=True, slots=True)
class Costs:
    """What options and what they add up to cost at some weights and prices.

    Parameters
    ----------
    days
        (w, o) by day: what an option costs whatever else is worked.
    tag_price
        (t, w) What the first shift above a fair share costs, the second twice that, and so on.
    short_price
        (w) What a short rest costs.
    order_price
        By level of the soft rules of order: what a point costs.
    match_price
        (bit, w) What it costs to match a preference over several days, or when negative, not to.
    extra_price
        (e, w) What a started step above the most of an extra time costs.
    targets
        By day and chain: those of the accounts that end.
    """

    weights: Mapping[str, float]
    days: list[Floats]
    tag_price: Floats
    short_price: Floats
    order_price: Floats
    match_price: Floats
    extra_price: Floats
    targets: list[list[list[_Target]]]

    def tags(self, workers: Ints, above: Ints, added: Ints) -> Floats:
        """Return what more shifts that count for fair shares cost.

        Parameters
        ----------
        above
            (t, n) Those before, less the share.
        """
        low, high = np.maximum(above, 0), np.maximum(above + added, 0)
        pairs = self.tag_price.take(workers, axis=1) * (high * (high + 1) - low * (low + 1))
        found: Floats = pairs.sum(axis=0) / 2
        return found

    def closing(self, number: int, k: int, workers: Ints, minutes: Ints) -> Floats:
        """Return what counted minutes cost in the accounts of a chain that end with a day."""
        cost = np.zeros(len(workers))
        for target in self.targets[number][k]:
            cost += target.cost(workers, minutes)
        return cost


class CostTables:
    """What does not depend on weights and prices of what a group's workers pay.

    Parameters
    ----------
    order
        Levels of the soft rules of order.

    Attributes
    ----------
    above_before
        (t, w) How many given shifts count for each fair share, less the share.
    """

    def __init__(
        self, problem: Problem, options: GroupOptions, order: Sequence[str], entries: Entries
    ) -> None:
        self._options = options
        self._entries = entries
        self._order = tuple(order)
        self._level_number = {level: n for n, level in enumerate(problem.levels)}
        self._fair_arrays()
        self._short_arrays()
        self._match_arrays()
        self._targets = [
            [self._targets_of(number, k) for k in range(options.n_chains)]
            for number in range(len(options.days))
        ]
        none = len(options.shifts)
        most = max((len(each) for day in options.days for each in day.shifts), default=0)
        self._shifts = [
            np.array([[*each, *[none] * (most - len(each))] for each in day.shifts], np.int64)
            for day in options.days
        ]

    def _fair_arrays(self) -> None:
        shape = (self._options.n_shares, len(self._options.workers))
        share = np.zeros(shape, np.int64)
        self._share_points = np.zeros(shape, np.int64)
        self._share_level = np.zeros(shape, np.int64)
        for at, worker in enumerate(self._options.workers):
            for t, fair in enumerate(worker.fair_shares):
                share[t, at] = fair.share
                self._share_points[t, at] = fair.points
                self._share_level[t, at] = self._level_number[fair.level]
        self.above_before: Ints = self._options.counted_before - share

    def _short_arrays(self) -> None:
        shorts = [worker.short_rest for worker in self._options.workers]
        self._short_points = np.array([short.points if short else 0 for short in shorts], float)
        self._short_level = np.array(
            [self._level_number[short.level] if short else 0 for short in shorts], np.int64
        )

    def _match_arrays(self) -> None:
        wishes = self._options.preferences
        shape = (max((len(each) for each in wishes), default=0), len(wishes))
        self._match_points = np.zeros(shape)
        self._match_level = np.zeros(shape, np.int64)
        for at, mine in enumerate(wishes):
            for bit, (wish, _) in enumerate(mine):
                self._match_points[bit, at] = -wish.points if wish.when_absent else wish.points
                self._match_level[bit, at] = self._level_number[wish.level]

    def _targets_of(self, number: int, k: int) -> list[_Target]:
        day, n_workers = self._options.days[number], len(self._options.workers)
        ending = [
            (at, self._options.accounts[at][day.accounts[k, at]])
            for at in np.flatnonzero(day.closes[k]).tolist()
        ]
        found = []
        for n in range(max((len(account.targets) for _, account in ending), default=0)):
            target = _Target(
                np.zeros(n_workers, np.int64),
                np.ones(n_workers, np.int64),
                np.zeros(n_workers),
                np.zeros(n_workers),
                np.zeros(n_workers, np.int64),
            )
            for at, account in ending:
                if n < len(account.targets):
                    mine = account.targets[n]
                    target.off[at] = account.already_min - mine.target_min
                    target.step[at] = mine.step_min
                    target.over[at], target.under[at] = mine.over_points, mine.under_points
                    target.level[at] = self._level_number[mine.level]
            found.append(target)
        return found

    def at(self, weights: Mapping[str, float], prices: Floats) -> Costs:
        """Return the costs at some weights and (w, shift) what shifts earn."""
        by_level = np.array([float(weights.get(level, 0.0)) for level in self._level_number])
        earned = np.pad(prices, ((0, 0), (0, 1)))  # the last column is for no shift
        days = []
        for day, shifts in zip(self._options.days, self._shifts, strict=True):
            cost = np.zeros(day.allowed.shape)
            for level, points in day.points.items():
                if weight := weights.get(level, 0.0):
                    cost += weight * points
            for column in shifts.T:
                cost -= earned[:, column]
            days.append(cost)
        return Costs(
            weights,
            days,
            self._share_points * by_level[self._share_level],
            self._short_points * by_level[self._short_level],
            np.array([float(weights.get(level, 0.0)) for level in self._order]),
            self._match_points * by_level[self._match_level],
            self._entries.prices(weights),
            [[[t.weighed(by_level) for t in chain] for chain in day] for day in self._targets],
        )
