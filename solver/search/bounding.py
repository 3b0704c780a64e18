"""Bounds for a part's levels, the best that time allows: the linear master's, then a better one."""

import math
from collections.abc import Mapping

from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.patterns import Pattern
from solver.search.proved import Proved
from solver.search.rolling import Rolling
from solver.search.tightening import Tightening

_ROUNDS, _GAP = 60, 1e-3
_FEW_LABELS = 40
_LABELS = (_FEW_LABELS, 0), (1000, 4), (5000, 20)
"""Many labels take long, so few come first, as long as they are of use: how many there are, and how
many times as long as with the fewest a round takes."""

_MOST_IDLE_ROUNDS = 4
_TIMES_TO_TIGHTEN = 4
"""As long as one with few labels a round of tightening takes; pricing is never cut short."""

_NOTHING, _ROUNDING, _SHARE_OF_ROUNDING = 1e-6, 1e-4, 1e-14
"""The last of what numbers are: so much their sums may gain."""


class Bounding:
    """Finds bounds for one level after the other, and goes on when asked again.

    Parameters
    ----------
    master
        That of the search: its patterns and prices are where bounds begin.
    weights
        By level what a point costs when the search minimises all at once.
    proved
        What is known of the levels above; this adds nothing to it.
    rolling
        How weeks were planned, if they were: they know prices for all.
    is_near
        Near a reference the fewest changes are what is to be proved, and soon: nothing else is
        looked into for long.
    """

    def __init__(
        self,
        master: Master,
        budget: Budget,
        weights: Mapping[str, float],
        proved: Proved,
        *,
        rolling: Rolling | None,
        is_near: bool,
    ) -> None:
        self._master = master
        self._budget = budget
        self._weights = weights
        self._proved = proved
        self._rolling = rolling
        self._is_near = is_near
        self._tightenings: dict[str, Tightening] = {}

    def bound(
        self,
        level: str,
        limits: Mapping[str, int],
        *,
        chosen: Mapping[str, Pattern],
        enough: int,
        seed: int,
    ) -> int:
        """Return points that no roster costs less of, given the most that the levels above cost.

        Parameters
        ----------
        chosen
            Patterns that keep the limits.
        enough
            To prove more is no use.
        """
        if level not in self._master.levels():
            return 0
        known = self._tightenings.get(level)
        if known is not None and known.limits == limits:
            return _whole(known.bound(enough=enough))
        self._recall(chosen)
        spent = self._aim_at(level, limits)
        self._price_weeks(level)
        round_s = 0.0
        for labels, times in _LABELS:
            took_s = self._generate(labels, times * round_s)
            round_s = round_s or took_s
        best = self._master.best
        if best is None:
            return 0
        bound = best.bound - spent - _SHARE_OF_ROUNDING * (abs(best.bound) + spent)
        has_time = not self._is_over() and self._budget.has_left(_TIMES_TO_TIGHTEN * round_s)
        if not self._is_near and has_time and _whole(bound) < enough:
            self._tightenings[level] = tightening = Tightening(
                self._master,
                self._budget,
                level,
                limits,
                seed=seed,
                learnt=None if known is None else known.learnt(),
            )
            bound = max(bound, tightening.bound(enough=enough))
        return _whole(bound)

    def _recall(self, chosen: Mapping[str, Pattern]) -> None:
        """Give the master patterns with which the limits can be kept, and others near them."""
        for name in self._master.columns:
            self._master.add(name, chosen[name])
        for name, pattern in self._rolling.near(chosen) if self._rolling is not None else ():
            self._master.add(name, pattern)

    def _aim_at(self, level: str, limits: Mapping[str, int]) -> float:
        """Aim the master at a level; return the weighed points that the levels above may cost.

        When these can cost no less anyhow, to weigh them is as good as to limit them, and the
        prices of the search go on to be of use.
        """
        above = {each: most for each, most in limits.items() if each in self._master.levels()}
        if any(most > self._proved.least(each, limits) for each, most in above.items()):
            self._master.aim({level: 1.0}, limits)
            return 0.0
        weights = {each: self._weights[each] / self._weights[level] for each in (*above, level)}
        self._master.aim(weights)
        return sum(weights[each] * most for each, most in above.items())

    def _price_weeks(self, level: str) -> None:
        """Begin with the prices of weeks planned one after the other."""
        if self._rolling is not None and self._rolling.prices and not self._is_over():
            scale = 1 / self._weights[level]
            prices = {name: scale * price for name, price in self._rolling.prices.items()}
            self._master.price_nodes(prices, should_stop=self._is_over, most_labels=_FEW_LABELS)

    def _generate(self, most_labels: int, round_s: float) -> float:
        """Bring the bound nearer while a round of so many seconds is left; return what one took."""
        began = self._budget.elapsed
        n_rounds = self._master.generate(
            max_rounds=_ROUNDS,
            should_stop=lambda: self._is_over() or not self._budget.has_left(round_s),
            gap=_GAP,
            most_labels=most_labels,
            most_idle=_MOST_IDLE_ROUNDS,
        )
        return (self._budget.elapsed - began) / max(1, n_rounds)

    def _is_over(self) -> bool:
        """Return whether time is out, or the bound cannot be more than 0."""
        return self._master.value < _NOTHING or self._budget.is_over()


def _whole(bound: float) -> int:
    """Return the least whole number of points that a bound allows; infinity below counts as 0."""
    return math.ceil(max(0.0, bound - _ROUNDING))
