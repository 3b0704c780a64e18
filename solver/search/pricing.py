"""The cheapest shifts of each worker at given prices, by dynamic programming over days.

A *label* is the beginning of a worker's pattern: the state of `solver.search.succession`, counted
minutes, shifts that fairness counts, extra time, preferences matched, and the cost so far. Labels
go day by day through all options, for all workers at once; of labels alike in all that can matter
the cheapest stays. A bound on what the remaining days cost at least (`solver.search.ahead`) drops
those that cannot become good enough (Burke and Curtois 2014).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solver.data.problem import Problem, Worker
from solver.search.ahead import Ahead, Bounds, Prices, match_cost
from solver.search.costs import Costs, CostTables
from solver.search.extra_time import Entries
from solver.search.labels import Labels, firsts, order_by_worker, packed_keys, rank_in_group
from solver.search.options import NO_CAP, Bools, DayOptions, Floats, GroupOptions, Ints
from solver.search.succession import FORBIDDEN, Succession

_MOST_CELLS = 10**6
_FEW_LABELS = 100
_SOME_LABELS = 1000
"""For all workers at once; who needs more is looked at alone, for that takes much memory."""

_SHARE_TO_LEARN = 0.25
"""Of a group's workers; prices for fewer are asked for once only, and of no use for others."""

_TINY = 1e-6
_STEPS = 0.05, 0.5
_SHARE_OF_SORT = 0.25
"""Of the labels kept a worker and day, so many more of each sort."""

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


@dataclass(frozen=True, slots=True)
class _Goal:
    """What tells whether a label of some workers may become good enough.

    Parameters
    ----------
    place
        By worker: where it stands in the bounds.
    slope
        (t, w) As how many times its points the bounds count a shift that counts for a fair share.
    fees
        (k, w) What the bounds charge for each minute or shift of a chain after the first.
    ahead
        By day from the second on.
    """

    limit: Floats
    place: Ints
    slope: Floats
    fees: Floats
    ahead: list[Ahead]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is asked for; see `Pricing.best`."""

    n_best: int
    most: int
    fixed: Choices | None = None
    is_varied: bool = False
    is_relaxed: bool = False
    """Accounts of chains after the first may count more than their limits."""


class Pricing:
    """Prices the patterns of workers who share their rules of order and may be given something."""

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
        self._bounds = Bounds(self.options, self._succession)
        self._entries = Entries(problem, self.options)
        self._tables = CostTables(problem, self.options, self._succession.levels, self._entries)
        self._above_before = self._tables.above_before
        self._slope = np.maximum(self._above_before + 1, 0).astype(float)
        self._step = np.full(self._slope.shape, _FIRST_STEP)
        self._way = np.zeros(self._slope.shape)
        left = [np.where(day.allowed, day.tagged, 0).max(axis=2, initial=0) for day in days]
        left.append(np.zeros(self._slope.shape, np.int64))
        self._tags_left = np.cumsum(left[::-1], axis=0)[::-1]
        self._fees = np.zeros((self.options.n_chains, self.n_workers))
        self._caps_left = self._remaining_caps()
        self._has_fee = (self._caps_left[0] > 0) & (self._caps_left[0] < NO_CAP)
        self._has_fee[0] = False  # the bounds know the first chain themselves

    def _remaining_caps(self) -> Ints:
        """Return (d, k, w) what the accounts that are not over before a day may count in all."""
        caps = [np.where(day.closes, day.caps, 0) for day in self._days]
        caps.append(np.zeros_like(caps[0]))
        found: Ints = np.cumsum(caps[::-1], axis=0)[::-1]
        return found

    # Bounds --------------------------------------------------------------------------------------

    def _goal(self, who: Ints, costs: Costs, limit: Floats, fixed: Choices | None) -> _Goal:
        place = np.zeros(self.n_workers, np.int64)
        place[who] = np.arange(len(who))
        days, tag_price = [], costs.tag_price * self._slope
        for number, day in enumerate(self._days):
            cost = costs.days[number][who]
            cost += (day.tagged[:, who] * tag_price[:, who, None]).sum(axis=0)
            cost += (day.minutes[:, who] * self._fees[:, who, None]).sum(axis=0)
            cost[~self._may(number, who, fixed)] = np.inf
            days.append(cost)
        prices = Prices(days, costs.short_price[who], costs.order_price, costs.match_price[:, who])
        ahead = self._bounds.ahead(who, prices, costs.weights)
        return _Goal(limit, place, self._slope.copy(), self._fees.copy(), ahead)

    def _improve(self, who: Ints, costs: Costs, goal: _Goal, found: Priced) -> None:
        """Move slopes and fees towards the tightest bounds, for the next call.

        The pattern that the bounds take for the cheapest tells which way: it has more shifts of a
        share than the slope stands for, or counts more than an account may, or less.
        """
        has_shares, has_fees = bool(costs.tag_price.any()), bool(self._has_fee[:, who].any())
        if not (has_shares or has_fees):
            return
        days = [
            cost
            + np.einsum("two,tw->wo", day.tagged, costs.tag_price * goal.slope)
            + np.einsum("kwo,kw->wo", day.minutes, goal.fees)
            for cost, day in zip(costs.days, self._days, strict=True)
        ]
        linear = replace(costs, days=days, tag_price=np.zeros_like(costs.tag_price))
        free = replace(goal, limit=np.full(self.n_workers, np.inf), fees=np.zeros_like(goal.fees))
        wish = _Wish(n_best=1, most=1, is_varied=True, is_relaxed=has_fees)
        path, _ = self._best(who, linear, free, wish)
        if has_shares:
            self._improve_slopes(path)
        if has_fees:
            self._improve_fees(path, goal, found)

    def _improve_slopes(self, path: Priced) -> None:
        workers = path.workers
        taken = np.zeros((self.options.n_shares, len(workers)))
        for number, day in enumerate(self._days):
            taken += day.tagged[:, workers, path.choices[:, number]]
        slope, step = self._slope[:, workers], self._step[:, workers]
        stood_for = np.ceil(slope) - 1 - self._above_before[:, workers]
        stood_for = np.clip(stood_for, 0, self._tags_left[0][:, workers])
        way = np.sign(taken - stood_for)
        turned = way * self._way[:, workers]
        step = step * np.where(turned > 0, _SAME_WAY, np.where(turned < 0, _BACK, 1.0))
        self._way[:, workers] = way
        self._step[:, workers] = np.clip(step, *_STEPS)
        self._slope[:, workers] = np.maximum(slope + way * self._step[:, workers], 0.0)

    def _improve_fees(self, path: Priced, goal: _Goal, found: Priced) -> None:
        """Change fees as far as the gap between the bound and the best found asks (Polyak 1969)."""
        best = np.full(self.n_workers, np.inf)
        np.minimum.at(best, found.workers, found.costs)
        workers, costs = path.workers, path.costs
        has_fee, fees = self._has_fee[:, workers], goal.fees[:, workers]
        caps = np.where(has_fee, self._caps_left[0][:, workers], 0)
        used = np.zeros(fees.shape)
        for number, day in enumerate(self._days):
            used += day.minutes[:, workers, path.choices[:, number]]
        way = np.where(has_fee, used - caps, 0.0)
        way[(way < 0) & (fees <= 0)] = 0.0
        gap = best[workers] - (costs - (fees * caps).sum(axis=0))
        steps = np.where(np.isfinite(gap), np.maximum(gap, 0.0), 0.0)
        steps /= np.maximum((way**2).sum(axis=0), 1.0)
        self._fees[:, workers] = np.maximum(fees + steps * way, 0.0)

    def _may(self, number: int, workers: Ints, fixed: Choices | None) -> Bools:
        """Return (w, o) which options some workers may be given on a day."""
        may = self._days[number].allowed.take(workers, axis=0)
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
        costs = self._tables.at(weights, prices)
        limit = np.broadcast_to(np.asarray(below, float), (self.n_workers,))
        wish = _Wish(n_best, most_labels, fixed, is_varied)
        n_asked = self.n_workers if only is None else int(only.sum())
        parts = []
        for who in self._parts(only):
            goal = self._goal(who, costs, limit, fixed)
            found = self._searched(who, costs, goal, wish)
            parts.append(found)
            if fixed is None and n_asked >= _SHARE_TO_LEARN * self.n_workers:
                self._improve(who, costs, goal, found)
        return self._joined(parts, n_best, limit)

    def all_below(
        self, weights: Mapping[str, float], prices: Floats, below: Floats, *, most: int
    ) -> Priced | None:
        """Return all patterns that cost less than limits; nothing when they may be too many.

        Parameters
        ----------
        below
            By worker; see `best` for weights and prices too.
        most
            Patterns, and labels kept a worker and day.
        """
        costs = self._tables.at(weights, prices)
        wish = _Wish(n_best=most, most=most, is_varied=True)
        few = replace(wish, most=min(most, _SOME_LABELS))
        parts = []
        for who in self._parts(None):
            goal = self._goal(who, costs, below, None)
            found, dropped = self._best(who, costs, goal, few)
            parts.append(found)
            for worker in who[dropped[who] < below[who]]:
                if _n_found(parts) > most:
                    return None
                more, still = self._best(np.array([worker]), costs, goal, wish)
                if still[worker] < below[worker]:
                    return None
                parts.append(more)
        return self._joined(parts, most, below) if _n_found(parts) <= most else None

    def _parts(self, only: Bools | None) -> Iterator[Ints]:
        """Yield workers, so few at a time that their bounds take little memory."""
        who = np.arange(self.n_workers) if only is None else np.flatnonzero(only)
        n = max(1, _MOST_CELLS // max(1, self._bounds.cells))
        for first in range(0, len(who), n):
            yield who[first : first + n]

    def _searched(self, who: Ints, costs: Costs, goal: _Goal, wish: _Wish) -> Priced:
        """Search with few labels first: what that finds lets the rest do with fewer."""
        if wish.is_varied or wish.most <= _FEW_LABELS:
            found, dropped = self._best(who, costs, goal, wish)
        else:
            found, dropped = self._best(who, costs, goal, replace(wish, most=_FEW_LABELS))
            bar = goal.limit.copy()
            last = rank_in_group(found.workers) == wish.n_best - 1
            bar[found.workers[last]] = found.costs[last]
            unsure = who[dropped[who] < bar[who] - _TINY]
            if len(unsure):
                more, still = self._best(unsure, costs, replace(goal, limit=bar), wish)
                dropped[unsure] = np.maximum(dropped, still)[unsure]
                found = self._joined([found, more], wish.n_best, goal.limit)
        least = np.minimum(goal.limit, dropped)
        np.minimum.at(least, found.workers, found.costs)
        return replace(found, least=least)

    def _joined(self, parts: Sequence[Priced], n_best: int, limit: Floats) -> Priced:
        """Return the best of several findings, each pattern once."""
        workers = np.concatenate([np.zeros(0, np.int64), *(part.workers for part in parts)])
        none = np.zeros((0, len(self._days)), np.int16)
        choices = np.concatenate([none, *(part.choices for part in parts)])
        costs = np.concatenate([np.zeros(0), *(part.costs for part in parts)])
        rows = np.column_stack([workers, choices])
        _, index = np.unique(rows, axis=0, return_index=True)
        order = index[np.lexsort((costs[index], workers[index]))]
        order = order[rank_in_group(workers[order]) < n_best]
        least = np.minimum.reduce([limit, *(part.least for part in parts)])
        return Priced(workers[order], choices[order], costs[order], least)

    def _best(self, who: Ints, costs: Costs, goal: _Goal, wish: _Wish) -> tuple[Priced, Floats]:
        """Return what some labels find, and by worker what any other pattern costs at least."""
        labels = self._first(who)
        dropped = goal.limit.copy()
        history: list[tuple[Ints, Ints]] = []
        for number in range(len(self._days)):
            labels, parents, options = self._extend(labels, number, costs, goal, wish)
            kept, gone = self._kept(labels, number, costs, goal, wish)
            np.minimum.at(dropped, labels.worker[gone], labels.bound[gone])
            labels = labels.take(kept)
            history.append((parents[kept], options[kept]))
        order = order_by_worker(labels.worker, labels.cost)
        order = order[rank_in_group(labels.worker[order]) < wish.n_best]
        choices = self._trace(history, order)
        return Priced(labels.worker[order], choices, labels.cost[order], dropped), dropped

    def _first(self, workers: Ints) -> Labels:
        n = len(workers)
        return Labels(
            worker=workers,
            state=self._succession.first_states[workers].astype(np.int64),
            minutes=np.zeros((self.options.n_chains, n), np.int64),
            tags=self._above_before[:, workers],
            entered=self._entries.before[:, workers],
            matched=np.zeros(n, np.int64),
            cost=np.zeros(n),
            bound=np.zeros(n),
        )

    def _extend(
        self,
        labels: Labels,
        number: int,
        costs: Costs,
        goal: _Goal,
        wish: _Wish,
    ) -> tuple[Labels, Ints, Ints]:
        day, table = self._days[number], self._succession.tables[number]
        n_options = len(day.options)
        # ``take`` is several times quicker than an index of several axes
        rows = table.row_of.reshape(-1).take(labels.worker * table.row_of.shape[1] + labels.state)
        following = table.following.take(rows, axis=0)
        may = (following != FORBIDDEN) & self._may(number, labels.worker, wish.fixed)
        parents, options = np.nonzero(may)
        workers = labels.worker.take(parents)
        cells = workers * n_options + options
        minutes = labels.minutes.take(parents, axis=1) + _at_cells(day.minutes, cells)
        is_within = minutes <= day.caps.take(workers, axis=1)
        good = np.flatnonzero(is_within[0] if wish.is_relaxed else is_within.all(axis=0))
        parents, options, workers = parents[good], options[good], workers[good]
        minutes, cells = minutes.take(good, axis=1), cells[good]
        ways = rows.take(parents) * n_options + options
        state = table.following.reshape(-1).take(ways).astype(np.int64)
        cost = labels.cost.take(parents) + costs.days[number].reshape(-1).take(cells)
        event = table.event.reshape(-1).take(ways)
        cost += table.events[:, 0].take(event) * costs.short_price.take(workers)
        if len(costs.order_price):
            cost += (table.events[:, 1:] @ costs.order_price).take(event)
        tags = labels.tags.take(parents, axis=1)
        added = _at_cells(day.tagged, cells)
        cost += costs.tags(workers, tags, added)
        tags += added
        matched = labels.matched[parents]
        more, matched = self._match(day, workers, cells, matched, costs)
        cost += more
        entered = labels.entered.take(parents, axis=1)
        new = Labels(workers, state, minutes, tags, entered, matched, cost, cost)
        self._bound(new, number, costs, goal)
        index = np.flatnonzero(new.bound < goal.limit[workers])
        new = new.take(index)
        return new, parents[index], options[index]

    def _match(
        self, day: DayOptions, workers: Ints, cells: Ints, matched: Ints, costs: Costs
    ) -> tuple[Floats, Ints]:
        """Return what preferences over several days cost now, and which are matched and open."""
        if not (day.matches.any() or day.ends.any()):
            return np.zeros(len(workers)), matched
        mine, ends = day.matches.reshape(-1).take(cells), day.ends.take(workers)
        after = matched | mine
        more = match_cost(mine & ~matched, after, ends, costs.match_price.take(workers, axis=1))
        return more, after & ~ends

    def _bound(self, labels: Labels, number: int, costs: Costs, goal: _Goal) -> None:
        """Close the accounts that end with a day, and bound the whole patterns of labels."""
        day, workers = self._days[number], labels.worker
        for k in range(self.options.n_chains):
            if day.closes[k].any():
                labels.cost = labels.cost + costs.closing(number, k, workers, labels.minutes[k])
                labels.cost += self._entries.close(number, k, labels, costs.extra_price)
                labels.minutes[k][day.closes[k][workers]] = 0
        labels.bound = labels.cost
        if number + 1 < len(self._days):
            ahead = goal.ahead[number]
            row_of = self._succession.tables[number + 1].row_of
            row = row_of.reshape(-1).take(workers * row_of.shape[1] + labels.state)
            bins = labels.minutes[0] // self._bounds.bin_min
            labels.bound = labels.cost + ahead.at(labels.matched, row, goal.place[workers], bins)
            labels.bound -= self._too_dear(number, labels, costs, goal)
            left = self._caps_left[number + 1].take(workers, axis=1) - labels.minutes
            labels.bound -= (goal.fees.take(workers, axis=1) * left).sum(axis=0)

    def _too_dear(self, number: int, labels: Labels, costs: Costs, goal: _Goal) -> Floats:
        """Return by how much the bounds may count later shifts of fair shares too dear.

        They count those of a share at one price each. The true prices rise: those below that price
        come first.
        """
        workers, slope = labels.worker, goal.slope.take(labels.worker, axis=1)
        most = self._tags_left[number + 1].take(workers, axis=1)
        n = np.clip(np.ceil(slope).astype(np.int64) - 1 - labels.tags, 0, most)
        counted: Floats = (costs.tag_price.take(workers, axis=1) * slope * n).sum(axis=0)
        return counted - costs.tags(workers, labels.tags, n)

    def _kept(
        self, labels: Labels, number: int, costs: Costs, goal: _Goal, wish: _Wish
    ) -> tuple[Ints, Ints]:
        """Return which labels stay, of alike ones the cheapest, and which are dropped for room."""
        order = order_by_worker(labels.worker, labels.bound)
        if not wish.is_varied:
            order = order[firsts(self._alike(labels, number, costs)[order])]
        stays = rank_in_group(labels.worker[order]) < wish.most
        if not (wish.is_varied or stays.all()):
            stays |= _rank_of_sort(labels, order, goal) < math.ceil(_SHARE_OF_SORT * wish.most)
        return order[stays], order[~stays]

    def _alike(self, labels: Labels, number: int, costs: Costs) -> Ints:
        """Return a number for each label; those with the same are alike in all that can matter."""
        workers = labels.worker
        counts = np.maximum(labels.tags + self._tags_left[number + 1].take(workers, axis=1), 0)
        counts *= costs.tag_price.take(workers, axis=1) > 0
        entered = self._entries.alike(number + 1, labels, costs.extra_price)
        return packed_keys(
            [workers, labels.state, labels.matched, *labels.minutes, *counts, *entered]
        )

    def _trace(self, history: Sequence[tuple[Ints, Ints]], index: Ints) -> Choices:
        rows = np.zeros((len(index), len(history)), np.int16)
        for number in range(len(history) - 1, -1, -1):
            parents, options = history[number]
            rows[:, number] = options[index]
            index = parents[index]
        return rows


def _n_found(parts: Sequence[Priced]) -> int:
    return sum(len(part.workers) for part in parts)


def _rank_of_sort(labels: Labels, order: Ints, goal: _Goal) -> Ints:
    """Return of labels in an order how many of the same sort stand before each.

    Those of a worker are of a sort when what a fee is charged for is counted alike. At the right
    fees the bounds are the same whatever was counted, and say nothing of what is left.
    """
    workers = labels.worker[order]
    has_fee = goal.fees.take(workers, axis=1) > 0
    keys = packed_keys([workers, *np.where(has_fee, labels.minutes.take(order, axis=1), 0)])
    by_key = np.argsort(keys, kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[by_key] = rank_in_group(keys[by_key])
    return ranks


def _at_cells(values: Ints, cells: Ints) -> Ints:
    """Return (a, n) values of (a, w, o), cells being numbered over workers and options."""
    n, n_workers, n_options = values.shape
    found: Ints = values.reshape(n, n_workers * n_options).take(cells, axis=1)
    return found
