"""Betters a choice of shifts by choosing anew, for everybody, what begins on a few days."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations

from solver.search.choice import Choice, Chooser
from solver.search.master import Prices
from solver.search.patterns import Pattern, Patterns

_SECONDS = 3.0
_MOST_COLUMNS = 25
_N_DAYS = 2
_BEGIN_WORK = 1.0
_ABOVE, _FOCUS, _BELOW = 30_000.0, 1000.0, 30.0
_FADING = 0.2


class Neighbourhoods:
    """Steps from choice to better choice, as a relaxation values them.

    Parameters
    ----------
    prices
        At which patterns are looked for.
    """

    def __init__(self, chooser: Chooser, patterns: Patterns, prices: Prices, seed: int) -> None:
        self.chooser = chooser
        self.patterns = patterns
        self.prices = prices
        self._random = random.Random(seed)
        self._days = sorted({s.day for s in chooser.relaxation.problem.shifts})
        self._queue: list[tuple[int, ...]] = []
        self._n_steps = 0

    @property
    def n_sorts(self) -> int:
        """How many sorts of steps there are: after so many idle ones nothing may help any more."""
        return len(self._groups())

    def _groups(self) -> list[tuple[int, ...]]:
        size = min(_N_DAYS, len(self._days))
        return [days for days in combinations(self._days, size) if days[-1] - days[0] < 7]

    def step(self, choice: Choice, bounds: Mapping[str, int]) -> Choice | None:
        """Choose anew for some days; return the choice if it is better."""
        if not self._queue:
            self._queue = self._groups()
            self._random.shuffle(self._queue)
        days = self._queue.pop()
        self._n_steps += 1
        columns: dict[str, list[Pattern]] = {name: [p] for name, p in choice.patterns.items()}
        near = self.patterns.near(
            choice.patterns, days, self.prices.weights, self.prices.shifts, n_best=_MOST_COLUMNS
        )
        for found in near:
            if found.pattern != choice.patterns[found.worker]:
                columns[found.worker].append(found.pattern)
        patterns = self.chooser.again(
            choice, columns, days, self._weights(choice, bounds), seconds=_SECONDS
        )
        if patterns is None or patterns == choice.patterns:
            return None
        better = self.chooser.begin(patterns, most=_BEGIN_WORK, seed=self._random.randrange(2**31))
        return better if better is not None and better.points < choice.points else None

    def _weights(self, choice: Choice, bounds: Mapping[str, int]) -> dict[str, float]:
        """Return weights with the most on a level that may still get better, and those above."""
        levels: Sequence[str] = self.chooser.levels
        open_levels = [
            n for n, level in enumerate(levels) if choice.points[n] > max(0, bounds.get(level, 0))
        ] or [len(levels) - 1]
        focus = open_levels[0]
        if self._n_steps % 2 == 0:
            focus = self._random.choice(open_levels)
        weights = {}
        for n, level in enumerate(levels):
            if n <= focus:
                weights[level] = _FOCUS if n == focus else _ABOVE
            else:
                weights[level] = _BELOW * _FADING ** (n - focus - 1)
        return weights
