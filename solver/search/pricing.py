"""The cheapest shifts of each worker at given prices, by dynamic programming over days.

A *label* is the beginning of a worker's pattern: the state of `solver.search.succession`, counted
minutes, shifts that fairness counts, preferences matched, and the cost so far. Labels go day by day
through all options, for all workers at once; of labels alike in all that can matter the cheapest
stays. A bound on what the remaining days cost at least (`solver.search.ahead`) drops those that
cannot become good enough (Burke and Curtois 2014).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solver.data.problem import Problem, Worker
from solver.search.ahead import Ahead, Bounds, Prices, match_cost
from solver.search.options import Bools, DayOptions, Floats, GroupOptions, Ints
from solver.search.succession import FORBIDDEN, Succession

_MOST_CELLS = 3 * 10**6
_FEW_LABELS = 100
_TINY = 1e-6
_MOST_PACKED = 2**62
_STEPS = 0.05, 0.5
_FIRST_STEP, _SAME_WAY, _BACK = 0.25, 1.2, 0.6

Choices = npt.NDArray[np.int16]
"""Rows of option numbers, one column a day."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The best patterns found for a group of workers.

    Parameters
    ----------
    workers
        Number of the worker of each row, ascending; the cheapest of a worker first.
    choices
        The patterns.
    costs
        What each costs at the prices, up to a constant of its worker.
    least
        By worker: no legal pattern costs less, up to the same constant.
    """

    workers: Ints
    choices: Choices
    costs: Floats
    least: Floats


@dataclass(slots=True)
class _Labels:
    worker: Ints
    state: Ints
    minutes: Ints
    tags: Ints
    matched: Ints
    cost: Floats
    bound: Floats

    def take(self, index: Ints) -> "_Labels":
        return _Labels(
            self.worker[index],
            self.state[index],
            self.minutes[:, index],
            self.tags[:, index],
            self.matched[index],
            self.cost[index],
            self.bound[index],
        )


@dataclass(frozen=True, slots=True)
class _Costs:
    """What options cost at some weights and prices.

    Parameters
    ----------
    days
        (w, o) by day.
    tag_price
        (t, w) What the first shift above a fair share costs, the second twice that, and so on.
    """

    weights: Mapping[str, float]
    days: list[Floats]
    tag_price: Floats
    short_price: Floats
    match_price: Floats


@dataclass(frozen=True, slots=True)
class _Goal:
    """What tells whether a label of some workers may become good enough.

    Parameters
    ----------
    place
        By worker: where it stands in the bounds.
    slope
        (t, w) As how many times its points the bounds count a shift that counts for a fair share.
    ahead
        By day from the second on.
    """

    limit: Floats
    place: Ints
    slope: Floats
    ahead: list[Ahead]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked for; see `Pricing.best`."""

    n_best: int
    most: int
    fixed: Choices | None = None
    is_varied: bool = False


class Pricing:
    """Prices the patterns of workers who share a rule book and may be given something."""

    def __init__(self, problem: Problem, workers: Sequence[Worker]) -> None:
        self.problem = problem
        self.options = GroupOptions(problem, workers)
        self.workers = self.options.workers
        self.n_workers = len(workers)
        days = self.options.days
        self._days = days
        self._succession = Succession(
            problem, workers, [d.day for d in days], [d.options for d in days]
        )
        self._levels = problem.levels
        self._bounds = Bounds(self.options, self._succession)
        self._fair_arrays()

    # Compiled once -------------------------------------------------------------------------------

    def _fair_arrays(self) -> None:
        shape = (self.options.n_shares, self.n_workers)
        self._share = np.zeros(shape, np.int64)
        self._share_points = np.zeros(shape, np.int64)
        self._share_level = np.zeros(shape, np.int64)
        for at, worker in enumerate(self.workers):
            for t, fair in enumerate(worker.fair_shares):
                self._share[t, at] = fair.share
                self._share_points[t, at] = fair.points
                self._share_level[t, at] = self._levels.index(fair.level)
        self._above_before = self.options.counted_before - self._share
        self._slope = np.maximum(self._above_before + 1, 0).astype(float)
        self._step = np.full(shape, _FIRST_STEP)
        self._way = np.zeros(shape)
        left = [np.where(day.allowed, day.tagged, 0).max(axis=2, initial=0) for day in self._days]
        self._tags_left = np.cumsum([*left, np.zeros(shape, np.int64)][::-1], axis=0)[::-1]

    # Costs ---------------------------------------------------------------------------------------

    def _costs(self, weights: Mapping[str, float], prices: Floats) -> _Costs:
        w = np.array([float(weights.get(level, 0.0)) for level in self._levels])
        tag_price = self._share_points * w[self._share_level]
        days = []
        for day in self._days:
            cost = np.zeros(day.allowed.shape)
            for level, points in day.points.items():
                if weight := weights.get(level, 0.0):
                    cost += weight * points
            for option, shifts in enumerate(day.shifts):
                for shift in shifts:
                    cost[:, option] -= prices[:, shift]
            days.append(cost)
        short_price = np.array(
            [
                worker.short_rest.points * weights.get(worker.short_rest.level, 0.0)
                if worker.short_rest
                else 0.0
                for worker in self.workers
            ]
        )
        most = max((len(each) for each in self.options.preferences), default=0)
        match_price = np.zeros((most, self.n_workers))
        for at, wishes in enumerate(self.options.preferences):
            for bit, (wish, _) in enumerate(wishes):
                price = wish.points * weights.get(wish.level, 0.0)
                match_price[bit, at] = -price if wish.when_absent else price
        return _Costs(weights, days, tag_price, short_price, match_price)

    def _goal(self, who: Ints, costs: _Costs, limit: Floats, fixed: Choices | None) -> _Goal:
        place = np.zeros(self.n_workers, np.int64)
        place[who] = np.arange(len(who))
        days = []
        for number, day in enumerate(self._days):
            cost = costs.days[number][who]
            for t in range(self.options.n_shares):
                cost += day.tagged[t, who] * (costs.tag_price * self._slope)[t, who, None]
            cost[~self._may(number, who, fixed)] = np.inf
            days.append(cost)
        prices = Prices(days, costs.short_price[who], costs.match_price[:, who])
        ahead = self._bounds.ahead(who, prices, costs.weights)
        return _Goal(limit, place, self._slope.copy(), ahead)

    def _improve(self, who: Ints, costs: _Costs, goal: _Goal) -> None:
        """Move the slopes of fair shares towards the tightest bounds, for the next call.

        The pattern that the bounds take for the cheapest tells which way: it has more shifts of a
        share than the slope stands for, or fewer.
        """
        days = [
            cost + np.einsum("two,tw->wo", day.tagged, costs.tag_price * goal.slope)
            for cost, day in zip(costs.days, self._days, strict=True)
        ]
        linear = replace(costs, days=days, tag_price=np.zeros_like(costs.tag_price))
        free = replace(goal, limit=np.full(self.n_workers, np.inf))
        found = self._best(who, linear, free, _Wish(n_best=1, most=1))
        workers = found.workers
        taken = np.zeros((self.options.n_shares, len(workers)))
        for number, day in enumerate(self._days):
            taken += day.tagged[:, workers, found.choices[:, number]]
        slope, step = self._slope[:, workers], self._step[:, workers]
        stood_for = np.ceil(slope) - 1 - self._above_before[:, workers]
        stood_for = np.clip(stood_for, 0, self._tags_left[0][:, workers])
        way = np.sign(taken - stood_for)
        turned = way * self._way[:, workers]
        step = step * np.where(turned > 0, _SAME_WAY, np.where(turned < 0, _BACK, 1.0))
        self._way[:, workers] = way
        self._step[:, workers] = np.clip(step, *_STEPS)
        self._slope[:, workers] = np.maximum(slope + way * self._step[:, workers], 0.0)

    def _may(self, number: int, workers: Ints, fixed: Choices | None) -> Bools:
        """Return (w, o) which options some workers may be given on a day."""
        may = self._days[number].allowed[workers]
        if fixed is not None:
            wanted = fixed[workers, number][:, None]
            may &= (wanted < 0) | (wanted == np.arange(may.shape[1])[None, :])
        return may

    # Labels --------------------------------------------------------------------------------------

    def best(  # noqa: PLR0913  all but weights and prices are options by name
        self,
        weights: Mapping[str, float],
        prices: Floats,
        *,
        below: Floats | float = np.inf,
        n_best: int = 1,
        most_labels: int = 200,
        only: Bools | None = None,
        fixed: Choices | None = None,
        is_varied: bool = False,
    ) -> Priced:
        """Return the cheapest pattern of each worker, and others that cost little.

        Parameters
        ----------
        weights
            By level what a point costs.
        prices
            (w, shift) What a shift earns for the worker.
        below
            Only patterns that cost less are wanted (by worker); `Priced.least` is then no more.
        n_best
            Most patterns a worker.
        most_labels
            Labels kept a worker and day; when more might matter, `Priced.least` stays right.
        only
            (w) Workers wanted.
        fixed
            (w, day) Options that must be chosen; negative where any may.
        is_varied
            Keep labels that differ in their past alone: many patterns rather than the best ones.
        """
        costs = self._costs(weights, prices)
        limit = np.broadcast_to(np.asarray(below, float), (self.n_workers,))
        wish = _Wish(n_best, most_labels, fixed, is_varied)
        parts = []
        for who in self._parts(only):
            goal = self._goal(who, costs, limit, fixed)
            parts.append(self._searched(who, costs, goal, wish))
            if fixed is None and costs.tag_price.any():
                self._improve(who, costs, goal)
        return self._joined(parts, n_best, limit)

    def _parts(self, only: Bools | None) -> Iterator[Ints]:
        """Yield workers, so few at a time that their bounds take little memory."""
        who = np.arange(self.n_workers) if only is None else np.flatnonzero(only)
        n = max(1, _MOST_CELLS // self._bounds.cells)
        for first in range(0, len(who), n):
            yield who[first : first + n]

    def _searched(self, who: Ints, costs: _Costs, goal: _Goal, wish: _Wish) -> Priced:
        """Search with few labels first: what that finds lets the rest do with fewer."""
        if wish.is_varied or wish.most <= _FEW_LABELS:
            return self._best(who, costs, goal, wish)
        first = self._best(who, costs, goal, replace(wish, most=_FEW_LABELS))
        cheapest = goal.limit.copy()
        np.minimum.at(cheapest, first.workers, first.costs)
        unsure = who[first.least[who] < cheapest[who] - _TINY]
        more = self._best(unsure, costs, replace(goal, limit=cheapest), wish)
        least = first.least
        least[unsure] = np.maximum(least, more.least)[unsure]
        return replace(self._joined([first, more], wish.n_best, goal.limit), least=least)

    def _joined(self, parts: Sequence[Priced], n_best: int, limit: Floats) -> Priced:
        """Return the best of several findings, each pattern once."""
        workers = np.concatenate([np.zeros(0, np.int64), *(part.workers for part in parts)])
        none = np.zeros((0, len(self._days)), np.int16)
        choices = np.concatenate([none, *(part.choices for part in parts)])
        costs = np.concatenate([np.zeros(0), *(part.costs for part in parts)])
        rows = np.column_stack([workers, choices])
        _, index = np.unique(rows, axis=0, return_index=True)
        order = index[np.lexsort((costs[index], workers[index]))]
        order = order[_rank_in_group(workers[order]) < n_best]
        least = np.minimum.reduce([limit, *(part.least for part in parts)])
        return Priced(workers[order], choices[order], costs[order], least)

    def _best(self, who: Ints, costs: _Costs, goal: _Goal, wish: _Wish) -> Priced:
        labels = self._first(who)
        least = goal.limit.copy()
        history: list[tuple[Ints, Ints]] = []
        for number in range(len(self._days)):
            labels, parents, options = self._extend(labels, number, costs, goal, wish.fixed)
            kept = self._kept(labels, number, costs, wish, least)
            labels = labels.take(kept)
            history.append((parents[kept], options[kept]))
        order = np.lexsort((labels.cost, labels.worker))
        ranks = _rank_in_group(labels.worker[order])
        np.minimum.at(least, labels.worker, labels.cost)
        order = order[ranks < wish.n_best]
        return Priced(labels.worker[order], self._trace(history, order), labels.cost[order], least)

    def _first(self, workers: Ints) -> _Labels:
        n = len(workers)
        return _Labels(
            worker=workers,
            state=self._succession.first_states[workers].astype(np.int64),
            minutes=np.zeros((self.options.n_chains, n), np.int64),
            tags=self._above_before[:, workers],
            matched=np.zeros(n, np.int64),
            cost=np.zeros(n),
            bound=np.zeros(n),
        )

    def _extend(
        self,
        labels: _Labels,
        number: int,
        costs: _Costs,
        goal: _Goal,
        fixed: Choices | None,
    ) -> tuple[_Labels, Ints, Ints]:
        day, table = self._days[number], self._succession.tables[number]
        rows = table.row_of[labels.worker, labels.state]
        following = table.following[rows]
        may = (following != FORBIDDEN) & self._may(number, labels.worker, fixed)
        parents, options = np.nonzero(may)
        workers = labels.worker[parents]
        minutes = labels.minutes[:, parents] + day.minutes[:, workers, options]
        good = np.flatnonzero((minutes <= day.caps[:, workers]).all(axis=0))
        parents, options, workers = parents[good], options[good], workers[good]
        minutes = minutes[:, good]
        state = following[parents, options].astype(np.int64)
        cost = labels.cost[parents] + costs.days[number][workers, options]
        cost += table.n_short[rows[parents], options] * costs.short_price[workers]
        tags = labels.tags[:, parents]
        for t in range(self.options.n_shares):
            added = day.tagged[t, workers, options]
            cost += self._tag_cost(costs, t, workers, tags[t], added)
            tags[t] += added
        matched = labels.matched[parents]
        more, matched = self._match(day, workers, options, matched, costs)
        cost += more
        new = _Labels(workers, state, minutes, tags, matched, cost, cost)
        self._bound(new, number, costs, goal)
        index = np.flatnonzero(new.bound < goal.limit[workers])
        new = new.take(index)
        return new, parents[index], options[index]

    def _tag_cost(self, costs: _Costs, t: int, workers: Ints, before: Ints, added: Ints) -> Floats:
        low, high = np.maximum(before, 0), np.maximum(before + added, 0)
        sums: Floats = costs.tag_price[t, workers] * (high * (high + 1) - low * (low + 1)) / 2
        return sums

    def _match(
        self, day: DayOptions, workers: Ints, options: Ints, matched: Ints, costs: _Costs
    ) -> tuple[Floats, Ints]:
        """Return what preferences over several days cost now, and which are matched and open."""
        if not len(costs.match_price):
            return np.zeros(len(workers)), matched
        mine, ends = day.matches[workers, options], day.ends[workers]
        after = matched | mine
        more = match_cost(mine & ~matched, after, ends, costs.match_price[:, workers])
        return more, after & ~ends

    def _bound(self, labels: _Labels, number: int, costs: _Costs, goal: _Goal) -> None:
        """Close the accounts that end with a day, and bound the whole patterns of labels."""
        day, workers = self._days[number], labels.worker
        for k in range(self.options.n_chains):
            if day.closes[k].any():
                closing = self._closing(number, k, workers, labels.minutes[k], costs.weights)
                labels.cost = labels.cost + closing
                labels.minutes[k][day.closes[k][workers]] = 0
        labels.bound = labels.cost
        if number + 1 < len(self._days):
            ahead = goal.ahead[number]
            row_of = self._succession.tables[number + 1].row_of
            row = row_of[workers, labels.state].astype(np.int64)
            bins = labels.minutes[0] // self._bounds.bin_min
            labels.bound = labels.cost + ahead.at(labels.matched, row, goal.place[workers], bins)
            for t in range(self.options.n_shares):
                labels.bound -= self._too_dear(number, t, labels, costs, goal)

    def _too_dear(self, number: int, t: int, labels: _Labels, costs: _Costs, goal: _Goal) -> Floats:
        """Return by how much the bounds may count later shifts of a fair share too dear.

        They count them at one price each. The true prices rise: those below that price come first.
        """
        workers, slope = labels.worker, goal.slope[t, labels.worker]
        most = self._tags_left[number + 1][t, workers]
        n = np.clip(np.ceil(slope).astype(np.int64) - 1 - labels.tags[t], 0, most)
        counted: Floats = costs.tag_price[t, workers] * slope * n
        return counted - self._tag_cost(costs, t, workers, labels.tags[t], n)

    def _closing(
        self, number: int, k: int, workers: Ints, minutes: Ints, weights: Mapping[str, float]
    ) -> Floats:
        day = self._days[number]
        cost = np.zeros(len(workers))
        table = self._closing_table(number, k, weights)
        for off, step, over, under in table:
            there = minutes + off[workers]
            steps = -(-np.abs(there) // step[workers])
            cost += steps * np.where(there > 0, over[workers], under[workers])
        return np.where(day.closes[k][workers], cost, 0.0)

    def _closing_table(
        self, number: int, k: int, weights: Mapping[str, float]
    ) -> list[tuple[Ints, Ints, Floats, Floats]]:
        day, found = self._days[number], []
        ending = [
            (at, self.options.accounts[at][day.accounts[k, at]])
            for at in np.flatnonzero(day.closes[k])
        ]
        for n in range(max((len(account.targets) for _, account in ending), default=0)):
            off = np.zeros(self.n_workers, np.int64)
            step = np.ones(self.n_workers, np.int64)
            over, under = np.zeros(self.n_workers), np.zeros(self.n_workers)
            for at, account in ending:
                if n < len(account.targets):
                    target = account.targets[n]
                    price = weights.get(target.level, 0.0)
                    off[at] = account.already_min - target.target_min
                    step[at] = target.step_min
                    over[at], under[at] = price * target.over_points, price * target.under_points
            found.append((off, step, over, under))
        return found

    def _kept(
        self, labels: _Labels, number: int, costs: _Costs, wish: _Wish, least: Floats
    ) -> Ints:
        """Return which labels stay: of alike ones the cheapest, of those the most promising."""
        n = len(labels.worker)
        if not n:
            return np.zeros(0, np.int64)
        index = np.arange(n)
        if not wish.is_varied:
            order, is_first = self._alike(labels, number, costs)
            index = order[is_first]
        order = index[np.lexsort((labels.bound[index], labels.worker[index]))]
        ranks = _rank_in_group(labels.worker[order])
        dropped = order[ranks >= wish.most]
        if len(dropped):
            np.minimum.at(least, labels.worker[dropped], labels.bound[dropped])
        return order[ranks < wish.most]

    def _alike(self, labels: _Labels, number: int, costs: _Costs) -> tuple[Ints, Bools]:
        """Return an order of the labels with alike ones together, and which come first of those."""
        parts = [labels.worker, labels.state, labels.matched, *labels.minutes]
        for t in range(self.options.n_shares):
            counts = labels.tags[t] + self._tags_left[number + 1][t, labels.worker]
            parts.append(np.where(costs.tag_price[t, labels.worker] > 0, np.maximum(counts, 0), 0))
        keys = _packed(parts)
        order = np.lexsort((labels.cost, *keys))
        is_first = np.ones(len(order), bool)
        is_first[1:] = False
        for key in keys:
            is_first[1:] |= key[order][1:] != key[order][:-1]
        return order, is_first

    def _trace(self, history: Sequence[tuple[Ints, Ints]], index: Ints) -> Choices:
        rows = np.zeros((len(index), len(history)), np.int16)
        for number in range(len(history) - 1, -1, -1):
            parents, options = history[number]
            rows[:, number] = options[index]
            index = parents[index]
        return rows


def _packed(parts: Sequence[Ints]) -> list[Ints]:
    """Return as few numbers as may be, for each of a row of labels, that tell it from others."""
    keys = [np.zeros_like(parts[0])]
    size = 1
    for part in parts:
        n = int(part.max(initial=0)) + 1
        if size > _MOST_PACKED // n:
            keys.append(np.zeros_like(part))
            size = 1
        keys[-1] = keys[-1] * n + part
        size *= n
    return keys


def _rank_in_group(groups: Ints) -> Ints:
    """Return how many of the same group stand before each, groups being sorted."""
    if not len(groups):
        return np.zeros(0, np.int64)
    begins = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    sizes = np.diff(np.r_[begins, len(groups)])
    ranks: Ints = np.arange(len(groups)) - np.repeat(begins, sizes)
    return ranks
