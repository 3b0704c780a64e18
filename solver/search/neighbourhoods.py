"""Betters a choice of shifts by choosing anew, for everybody, what begins on a few days."""

import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

from solver.search.choice import Choice, Chooser
from solver.search.master import Master
from solver.search.patterns import Pattern
from solver.search.prices import Prices

_SECONDS_A_DAY = 4.0
_MOST_COLUMNS = 25
_MOST_DAYS = 2
_BEGIN_WORK = 0.5
_ABOVE, _FOCUS, _BELOW = 30_000.0, 1000.0, 30.0
_FADING = 0.2


class Neighbourhoods:
    """Steps from choice to better choice, as a relaxation values them.

    Parameters
    ----------
    prices
        At which patterns are looked for.
    """

    def __init__(self, chooser: Chooser, master: Master, prices: Prices, seed: int) -> None:
        self.chooser = chooser
        self.master = master
        self.patterns = master.patterns
        self.prices = prices
        self._random = random.Random(seed)
        shifts = chooser.relaxation.problem.shift_by_id
        opens = {name for names in master.patterns.group_shifts for name in names}
        self._days = sorted({shifts[name].day for name in opens})
        self._starts = {name: shifts[name].span.start for name in shifts}
        self._queue: list[tuple[int, ...]] = []
        self._n_days = 1
        self._is_idle = False
        self._n_steps = 0

    @property
    def n_sorts(self) -> int:
        """How many sorts of steps there are: after so many idle ones nothing may help any more."""
        return len(self._days) + 2 * len(self._groups(_MOST_DAYS))

    def _groups(self, n_days: int) -> list[tuple[int, ...]]:
        size = min(n_days, len(self._days))
        return [days for days in combinations(self._days, size) if days[-1] - days[0] < 7]

    def step(self, choice: Choice, bounds: Mapping[str, int]) -> Choice | None:
        """Choose anew for everybody on some days, and on others beside it; return a better choice.

        These are single days until none of them helps, for they are done soon; then pairs.
        """
        self._n_steps += 1
        weights = self._weights(choice, bounds)
        tries = [self._next_days()]
        tries += [other for other in [self._next_days()] if not set(other) & set(tries[0])]
        columns = [self._columns(choice, days) for days in tries]
        with ThreadPoolExecutor(len(tries)) as pool:
            found = list(
                pool.map(
                    lambda n: self.chooser.again(
                        choice, columns[n], tries[n], weights, seconds=_seconds(tries[n])
                    ),
                    range(len(tries)),
                )
            )
        new = [
            (patterns, days)
            for patterns, days in zip(found, tries, strict=True)
            if patterns is not None and patterns != choice.patterns
        ]
        if len(new) == 2:
            both = self._both(choice, new[0][0], new[1][0], frozenset(tries[0]))
            new.insert(0, (both, (*tries[0], *tries[1])))
        best = choice
        for patterns, days in new:
            better = self.chooser.after(
                choice, patterns, days, most=_BEGIN_WORK, seed=self._random.randrange(2**31)
            )
            if better is not None and better.points < best.points:
                best = better
        if best is choice:
            return None
        self._is_idle = False
        return best

    def _next_days(self) -> tuple[int, ...]:
        if not self._queue:
            if self._is_idle:
                self._n_days = _MOST_DAYS
            self._is_idle = True
            self._queue = self._groups(self._n_days)
            self._random.shuffle(self._queue)
        return self._queue.pop()

    def _columns(self, choice: Choice, days: Sequence[int]) -> dict[str, list[Pattern]]:
        columns: dict[str, list[Pattern]] = {name: [p] for name, p in choice.patterns.items()}
        near = self.patterns.near(
            choice.patterns, days, self.prices.weights, self.prices.shifts, n_best=_MOST_COLUMNS
        )
        for found in near:
            if found.pattern != choice.patterns[found.worker]:
                columns[found.worker].append(found.pattern)
        return columns

    def _both(
        self,
        choice: Choice,
        one: Mapping[str, Pattern],
        other: Mapping[str, Pattern],
        days: frozenset[int],
    ) -> dict[str, Pattern]:
        """Return the changes of one on some days and of the other on the rest, where legal."""
        day_of = {s.id: s.day for s in self.chooser.relaxation.problem.shifts}
        both = {}
        for name, before in choice.patterns.items():
            mine, theirs = one[name], other[name]
            if before in (mine, theirs):
                both[name] = theirs if mine == before else mine
                continue
            mixed = [s for s in mine if day_of[s] in days]
            mixed += [s for s in theirs if day_of[s] not in days]
            order = sorted(mixed, key=lambda s: self._starts[s])
            both[name] = tuple(order) if self.patterns.is_legal(name, order) else mine
        return both

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


def _seconds(days: Sequence[int]) -> float:
    return _SECONDS_A_DAY * len(days)
