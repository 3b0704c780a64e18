"""A better bound than the linear master's: days in whole numbers, and a lead for each worker.

The linear master lets a quarter of a crew cover a quarter of each hour, and a thirteenth of a lead
lead a whole team. Here the patterns of the workers meet the days where each day's values are whole
(column generation from both sides), and no worker has more of a shift than the leads of the team
have. At any prices of what ties the two together, the cheapest patterns and the cheapest days give
a bound. New prices come from a linear program over the patterns and days seen so far; it may stray
from the best prices so far at a cost only (du Merle et al. 1999), for it knows little far from
them.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from solver.search.day_blocks import DayBlocks, DayPoint
from solver.search.growing import MOST_S, Optimum
from solver.search.interior import InteriorLp
from solver.search.lead_rows import LeadRows
from solver.search.limits import Budget
from solver.search.linear import Floats, Ints, Matrix
from solver.search.master import Master
from solver.search.patterns import Offers, Pattern
from solver.search.simplex import SimplexLp

_GRID = 1000
"""Prices of a point are multiples of one in so many: a day's costs are then whole numbers."""

_LARGEST = 2**50
"""What a variable of a day may cost, on that grid: more is not told apart to the last point."""

_LEAST_LOST = 1e-14
"""Of what numbers are, what their sums may lose or gain by rounding."""

_N_BEST = 2
_MOST_LABELS = 400
_MOST_ROUNDS = 200
_SHARE_OF_WORK = 0.15
"""In repeatable mode: of the work done before."""

_WORK_PER_ITEM = 5e-5
"""Units of work that a row or column of the program takes in a round."""

_FIRST_REACH, _LEAST_REACH, _MOST_REACH = 0.04, 0.004, 0.3
"""How far prices may stray, as shares of what they are on average."""

_LEAST_UNIT = 12.0
"""Points that prices are taken to be on average, if they are fewer."""

_WIDER, _NARROWER, _PATIENCE = 1.3, 0.7, 3
_SERIOUS = 0.1
"""A better bound counts as a step when it is so much of what was hoped for."""

_CLOSE = 5e-4
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Learnt:
    """What bounding a level under some limits teaches of it under others.

    Parameters
    ----------
    ties, limits, leads
        The best prices: of ties, of limits by level, and of rows for leads by worker and shift.
    patterns
        Those seen, with their workers.
    """

    ties: Floats
    limits: dict[str, float]
    leads: dict[tuple[str, str], float]
    patterns: list[tuple[str, Pattern]]


class Tightening:
    """Raises the bound of a level from the best prices of a linear master.

    Parameters
    ----------
    master
        Aimed at the level, its patterns generated.
    limits
        The most that the levels above may cost.
    learnt
        What bounding the level under other limits taught: where to begin.
    """

    def __init__(
        self,
        master: Master,
        budget: Budget,
        level: str,
        limits: Mapping[str, int],
        *,
        seed: int,
        learnt: Learnt | None = None,
    ) -> None:
        self.master = master
        self.budget = budget
        self.level = level
        self.limits = dict(limits)
        self.seed = seed
        self._best, self._n_idle, self._round_s = -math.inf, 0, 0.0
        self.patterns = master.patterns
        self._nodes_of = master.relaxation.nodes_of
        nodes = {n for by in self._nodes_of.values() for ns in by.values() for n in ns}
        self._tie_of = {node: tie for tie, node in enumerate(sorted(nodes))}
        uppers, self._limits = self._within(limits)
        self._days = DayBlocks(master.relaxation.model, sorted(nodes), uppers)
        self._cells = self.patterns.cells(self._nodes_of, self._tie_of)
        model = master.relaxation.model
        self._dearest = {
            each: max((abs(points) for points in model.level_points(each).tolist()), default=0)
            for each in (level, *self._limits)
        }
        self._make_lp()
        if learnt is not None:
            self._begin_with(learnt)

    def _within(self, limits: Mapping[str, int]) -> tuple[list[int], dict[str, int]]:
        """Return what single variables may be within limits, and the limits that say more."""
        model = self.master.relaxation.model
        uppers = np.array(model.uppers, np.int64)
        left = {}
        for level, most in limits.items():
            points = model.level_points(level).astype(np.int64)
            slack = most - self.master.constant(level)
            slack -= int((np.minimum(points, 0) * uppers).sum())
            dear = points > 0
            uppers[dear] = np.minimum(uppers[dear], max(0, slack) // points[dear])
            if slack or level in self.patterns.levels:
                left[level] = most
        return uppers.tolist(), left

    # The program ---------------------------------------------------------------------------------

    def _make_lp(self) -> None:
        """Make rows: for each tie, worker, day and limit; their prices keep this order."""
        names, n_ties = self.patterns.open_workers, len(self._tie_of) + len(self._days.copies)
        n_choices = len(names) + len(self._days.blocks)
        self._n_ties = n_ties
        self._choice_of = {name: n_ties + n for n, name in enumerate(names)}
        self._first_day = n_ties + len(names)
        self._limit_row = {level: n_ties + n_choices + n for n, level in enumerate(self._limits)}
        most = [float(n - self.master.constant(level)) for level, n in self._limits.items()]
        nothing = np.zeros(0, np.int64)
        rows = Matrix(
            nothing,
            nothing,
            np.zeros(0),
            np.r_[np.zeros(n_ties), np.ones(n_choices), np.full(len(most), -math.inf)],
            np.r_[np.zeros(n_ties), np.ones(n_choices), most],
        )
        # Rows that are added while costs change leave the simplex nothing to go on from.
        self._lp = (InteriorLp if LeadRows.may_grow(self.patterns) else SimplexLp)(
            np.zeros(0), rows
        )
        self._offset = float(self.master.constant(self.level))
        self._costs: list[float] = []
        self._tied: list[tuple[int, int, int]] = []
        self._best_prices = self._first_prices(n_ties + n_choices + len(most))
        paid = np.abs(self._best_prices[self._best_prices != 0])
        self._unit = max(_LEAST_UNIT, float(paid.mean()) if len(paid) else 0.0)
        self._reach = _FIRST_REACH
        self._seen_days: set[tuple[int, bytes]] = set()
        self._seen: dict[tuple[str, Pattern], int] = {}
        self._lead_rows = LeadRows(self.patterns, self._lp)
        for row in (*range(n_ties), *self._limit_row.values()):
            self._tie(row)
        for name, patterns in self.master.columns.items():
            for pattern in patterns:
                self._add_pattern(name, pattern)

    def _first_prices(self, n_rows: int) -> Floats:
        best, prices = self.master.best, np.zeros(n_rows)
        if best is not None:
            prices[: len(best.links)] = best.links
            for tie, (_, terms) in enumerate(self._days.copies, len(best.links)):
                prices[tie] = -sum(factor * best.rows[row] for row, factor in terms)
            for level, row in self._limit_row.items():
                prices[row] = -best.weights.get(level, 0.0)
        return prices

    def _begin_with(self, learnt: Learnt) -> None:
        for name, pattern in learnt.patterns:
            self._add_pattern(name, pattern)
        leads = self._lead_rows.add(learnt.leads)
        self._add_ties(leads)
        self._best_prices[: self._n_ties] = learnt.ties
        self._best_prices[leads] = list(learnt.leads.values())
        for level in self._limit_row.keys() & learnt.limits.keys():
            self._best_prices[self._limit_row[level]] = learnt.limits[level]

    def learnt(self) -> Learnt:
        """Return what is of use under other limits."""
        prices = self._best_prices
        return Learnt(
            prices[: self._n_ties].copy(),
            {level: float(prices[row]) for level, row in self._limit_row.items()},
            {pair: float(prices[row]) for pair, row in self._lead_rows.row_of.items()},
            list(self._seen),
        )

    def _add_ties(self, rows: Sequence[int]) -> None:
        """Let new rows be broken, at a price of 0 so far."""
        for row in rows:
            self._tie(row)
        self._best_prices = np.r_[self._best_prices, np.zeros(len(rows))]

    def _tie(self, row: int) -> None:
        """Let a row be broken either way, at its best price so far and a bit."""
        more = self._lp.add_variable(0.0, {row: 1.0})
        less = self._lp.add_variable(0.0, {row: -1.0})
        self._tied.append((row, more, less))
        self._costs += [0.0, 0.0]

    def _add_pattern(self, name: str, pattern: Pattern) -> bool:
        if (name, pattern) in self._seen:
            return False
        own = self.patterns.cost(name, pattern)
        factors: dict[int, float] = defaultdict(float)
        factors[self._choice_of[name]] = 1.0
        for shift in pattern:
            for node in self._nodes_of[name][shift]:
                factors[self._tie_of[node]] += 1.0
        factors |= self._lead_rows.factors(name, pattern)
        for level, row in self._limit_row.items():
            if points := own.get(level, 0):
                factors[row] = float(points)
        number = self._add(float(own.get(self.level, 0)), factors)
        self._seen[name, pattern] = number
        self._lead_rows.note(number, name, pattern)
        return True

    def _add_day(self, number: int, point: DayPoint) -> bool:
        key = (number, point.values.tobytes())
        if key in self._seen_days:
            return False
        self._seen_days.add(key)
        block = self._days.blocks[number]
        points = {level: float(each @ point.values) for level, each in block.points.items()}
        factors = block.factors(point.values) | {self._first_day + number: 1.0}
        factors |= {row: points.get(level, 0.0) for level, row in self._limit_row.items()}
        self._add(points.get(self.level, 0.0), factors)
        return True

    def _add(self, cost: float, factors: dict[int, float]) -> int:
        self._costs.append(cost)
        return self._lp.add_variable(cost, factors)

    # Rounds --------------------------------------------------------------------------------------

    def bound(self, enough: float) -> float:
        """Return the best bound found until it is enough, the budget is used, or no better is.

        Without time for any it is below every number. Asked again, it goes on from there.
        """
        most_work = self.budget.work_done * (1 + _SHARE_OF_WORK)
        if self._best == -math.inf:
            began = self.budget.elapsed
            self._best = self._evaluate(self._best_prices)
            self._round_s = self.budget.elapsed - began
        for _ in range(_MOST_ROUNDS):
            if self._best == -math.inf:
                break  # there was no time for a single round
            if math.ceil(self._best - _TINY) >= enough or self._is_over(most_work):
                break
            began = self.budget.elapsed
            if not self._better():
                break
            self._round_s = self.budget.elapsed - began
        return self._best

    def _better(self) -> bool:
        """Look for a better bound, in a round; return false when there is none to be found."""
        self._set_costs()
        optimum = self._lp.optimum(self.budget.at_most(MOST_S, 1.0))
        if optimum is None:
            return False
        is_led = not self._add_lacking(optimum)
        if is_led and self._is_final(optimum, self._best):
            return False
        prices = optimum.prices.copy()
        found = self._evaluate(prices)
        is_step = found > self._best + _SERIOUS * (optimum.value - self._best)
        self._n_idle = 0 if is_step else self._n_idle + 1
        is_close = optimum.value - self._best <= _CLOSE * abs(optimum.value)
        self._stretch(self._n_idle, is_close=is_close)
        if found > self._best:
            self._best = found
            self._best_prices[: len(prices)] = prices
        return True

    def _is_over(self, most_work: float) -> bool:
        """Count a round as work; return whether there may be none, or time for none is left."""
        self.budget.work_done += _WORK_PER_ITEM * (len(self._costs) + len(self._best_prices))
        if self.budget.is_repeatable and self.budget.work_done > most_work:
            return True
        return self.budget.is_over() or not self.budget.has_left(self._round_s)

    def _stretch(self, n_idle: int, *, is_close: bool) -> None:
        """Let prices stray further after a step, or where they are is no better; else less far."""
        if is_close:
            self._reach *= 2
        if not n_idle:
            self._reach *= _WIDER
        elif n_idle % _PATIENCE == 0:
            self._reach *= _NARROWER
        self._reach = min(_MOST_REACH, max(_LEAST_REACH, self._reach))

    def _is_final(self, optimum: Optimum, best: float) -> bool:
        """Return whether no prices give a bound that is a whole point better, or much better."""
        broken = sum(
            optimum.variables[more] + optimum.variables[less] for _, more, less in self._tied
        )
        is_whole = math.ceil(optimum.value - _TINY) <= math.ceil(best - _TINY)
        is_close = optimum.value - best <= _CLOSE * abs(optimum.value)
        return bool((broken < _TINY and is_whole) or (is_close and self._reach >= _MOST_REACH))

    def _add_lacking(self, optimum: Optimum) -> int:
        """Add rows for the leads that a mix lacks; return how many."""
        mix = (
            (name, pattern, share)
            for (name, pattern), number in self._seen.items()
            if (share := optimum.variables[number]) > _TINY
        )
        new = self._lead_rows.separate(mix)
        self._add_ties(new)
        return len(new)

    def _set_costs(self) -> None:
        costs = np.array(self._costs)
        rows, more, less = np.array(self._tied, np.int64).reshape(-1, 3).T
        is_led = rows >= self._first_day + len(self._days.blocks)
        reach = self._reach * self._unit
        high = self._best_prices[rows] + reach
        costs[more] = np.where(is_led, np.minimum(high, 0.0), high)
        costs[less] = reach - self._best_prices[rows]
        self._lp.set_costs(costs, self._offset)

    # Prices --------------------------------------------------------------------------------------

    def _evaluate(self, prices: Floats) -> float:
        """Return the bound at prices of rows; add the patterns and days that it is made of."""
        weights = {self.level: _GRID}
        for level, row in self._limit_row.items():
            weights[level] = round(max(0.0, -prices[row]) * _GRID)
        dearest = sum(weight * self._dearest[level] for level, weight in weights.items())
        if not dearest + _GRID * np.abs(prices[: self._n_ties]).sum() <= _LARGEST:
            return -math.inf
        whole = np.rint(prices[: self._n_ties] * _GRID).astype(np.int64)
        total = -sum(weights[level] * most for level, most in self._limits.items())
        total += sum(weight * self.master.constant(level) for level, weight in weights.items())
        for number, block in enumerate(self._days.blocks):
            point = block.least(weights, whole, self.budget, self.seed)
            if point is None:
                return -math.inf
            total += point.bound
            self._add_day(number, point)
        if self.budget.is_over():
            return -math.inf  # pricing is never cut short
        offers = self._cheapest(weights, whole, prices)
        for each in offers.found:
            self._add_pattern(each.worker, each.pattern)
        paid = [total / _GRID, *offers.least.values()]
        return math.fsum([*paid, *(-_LEAST_LOST * abs(each) for each in paid)])

    def _cheapest(self, weights: Mapping[str, int], whole: Ints, prices: Floats) -> Offers:
        tables = self.patterns.prices()
        for table, cells in zip(tables, self._cells, strict=True):
            np.add.at(table, (cells[:, 0], cells[:, 1]), whole[cells[:, 2]] / _GRID)
        self._lead_rows.charge(self._lead_rows.prices(prices), tables)
        return self.patterns.cheapest(
            {level: weight / _GRID for level, weight in weights.items()},
            tables,
            n_best=_N_BEST,
            most_labels=_MOST_LABELS,
        )
