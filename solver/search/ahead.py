"""The least that the rest of a pattern can cost: a program run backwards over the days.

It keeps the order rules, the options' prices and preferences over several days exactly (of many at
the same time only some). Minutes are counted in bins, which are exact when few are enough; shifts
that fairness counts come at a fixed price each.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from solver.search.options import Floats, GroupOptions, Ints
from solver.search.succession import FORBIDDEN, Succession

_MOST_BINS = 256
_MOST_BITS = 2


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the days from one on cost at least.

    Parameters
    ----------
    place
        By row of the day's table: its place in ``least``, or -1.
    bits
        Those of preferences that the bounds tell apart.
    least
        (m, r, w, h) By which of the bits are matched already, place of the row, worker, and bin of
        the minutes used up in the first chain's account.
    """

    place: Ints
    bits: tuple[int, ...]
    least: Floats

    def at(self, matched: Ints, rows: Ints, workers: Ints, bins: Ints) -> Floats:
        """Return the bounds of some labels, workers being numbered as in the bounds."""
        found: Floats = self.least[packed(matched, self.bits), self.place[rows], workers, bins]
        return found


@dataclass(frozen=True, slots=True)
class Prices:
    """What the options of each day cost some workers.

    Parameters
    ----------
    days
        (w, o) by day, infinite where an option may not be.
    short
        (w) What a short rest costs.
    match
        (bit, w) What it costs to match a preference, or when negative, not to.
    """

    days: Sequence[Floats]
    short: Floats
    match: Floats


class _Step(NamedTuple):
    """A day, some workers, what options cost them, and (m, w, h) what follows a state after it."""

    number: int
    who: Ints
    prices: Prices
    later: Callable[[int], Floats]


class Bounds:
    """Bounds for the workers of a group.

    Attributes
    ----------
    bin_min
        Minutes of a bin.
    cells
        How many numbers the bounds of one worker take at most.
    """

    def __init__(self, options: GroupOptions, succession: Succession) -> None:
        self._options = options
        self._succession = succession
        self._days = options.days
        self.bin_min, self._n_bins = self._bins()
        self._spread = [int((day.minutes[0] % self.bin_min).max(initial=0)) for day in self._days]
        self._lives = self._bit_lives()
        self.cells = self._n_bins * sum(
            len(table.following) * 2 ** len(self._open(number))
            for number, table in enumerate(succession.tables)
        )

    def _bins(self) -> tuple[int, int]:
        """Return the width of a bin of minutes of the first chain, and how many are needed."""
        step, most = 0, 0
        longest = np.zeros(len(self._options.workers), np.int64)
        for day in self._days:
            step = math.gcd(step, int(np.gcd.reduce(day.minutes[0], axis=None)))
            longest += day.minutes[0].max(axis=1)
            most = max(most, int(np.minimum(longest, day.caps[0]).max(initial=0)))
            longest[day.closes[0]] = 0
        self._is_exact = most // max(1, step) + 2 <= _MOST_BINS
        width = max(1, step) if self._is_exact else self._best_width(most)
        return width, most // width + 2

    def _best_width(self, most: int) -> int:
        """Return the width of which the minutes of options are multiples as nearly as may be."""
        minutes = np.unique(np.concatenate([day.minutes[0].ravel() for day in self._days]))
        narrowest = most // (_MOST_BINS - 2) + 1
        return min(
            range(narrowest, 4 * narrowest),
            key=lambda width: int((minutes % width).max()) * len(self._days) + width,
        )

    def _bit_lives(self) -> dict[int, tuple[int, int]]:
        """Return the first and last day of the preferences that are told apart, by bit."""
        spans: dict[int, list[int]] = {}
        for wishes in self._options.preferences:
            for bit, (_, days) in enumerate(wishes):
                spans.setdefault(bit, []).extend(days)
        lives: dict[int, tuple[int, int]] = {}
        for bit, numbers in sorted(spans.items(), key=lambda item: (min(item[1]), item[0])):
            first, last = min(numbers), max(numbers)
            if sum(begin <= last and first <= end for begin, end in lives.values()) < _MOST_BITS:
                lives[bit] = first, last
        return lives

    def _open(self, number: int) -> tuple[int, ...]:
        """Return the bits that earlier days may have matched already and that matter from a day."""
        lives = sorted(self._lives.items())
        return tuple(bit for bit, (first, last) in lives if first < number <= last)

    # Backwards -----------------------------------------------------------------------------------

    def ahead(self, who: Ints, prices: Prices, weights: Mapping[str, float]) -> list[Ahead]:
        """Return bounds for some workers, from the second day on."""
        rows = self._reached(who, prices)
        found: list[Ahead] = []
        after: Ahead | None = None
        for number in range(len(self._days) - 1, 0, -1):
            later = self._later(number, who, after, weights)
            after = self._bounded(_Step(number, who, prices, later), rows[number])
            found.append(after)
        return found[::-1]

    def _reached(self, who: Ints, prices: Prices) -> list[Ints]:
        """Return the rows of each day's table that some of the workers may come to."""
        found = []
        states = np.unique(self._succession.first_states[who])
        for number, table in enumerate(self._succession.tables):
            rows = np.unique(table.row_of[np.ix_(who, states)])
            rows = rows[rows >= 0]
            found.append(rows)
            may = np.isfinite(prices.days[number]).any(axis=0)
            states = np.unique(table.following[np.ix_(rows, may)])
            states = states[states != FORBIDDEN]
        return found

    def _later(
        self, number: int, who: Ints, after: Ahead | None, weights: Mapping[str, float]
    ) -> Callable[[int], Floats]:
        """Return a function that gives (m, w, h) what follows a state after the day."""
        closes = self._days[number].closes[0][who, None]
        closing = self._closing(number, who, weights)
        over = np.arange(self._n_bins) > (self._days[number].caps[0][who] // self.bin_min)[:, None]
        closing[over] = np.inf
        if after is not None:
            row_of = self._succession.tables[number + 1].row_of[who].astype(np.int64)
        known: dict[int, Floats] = {}

        def later(state: int) -> Floats:
            if state not in known:
                left: Floats = closing[None]
                if after is not None:
                    left = _of_state(after, row_of[:, state])
                    left = closing + np.where(closes, left[:, :, :1], left)
                known[state] = left
            return known[state]

        return later

    def _bounded(self, step: _Step, rows: Ints) -> Ahead:
        """Return the bounds from a day on."""
        bits = self._open(step.number)
        least = np.empty((2 ** len(bits), len(rows), len(step.who), self._n_bins))
        for at in range(len(least)):
            matched = sum(1 << bit for n, bit in enumerate(bits) if at >> n & 1)
            self._fill(least[at], step, rows, matched)
        place = np.full(len(self._succession.tables[step.number].following), -1, np.int64)
        place[rows] = np.arange(len(rows))
        return Ahead(place, bits, least)

    def _fill(self, least: Floats, step: _Step, rows: Ints, matched: int) -> None:
        """Fill in (r, w, h) bounds from a day on; rows alike in their last options share work."""
        table = self._succession.tables[step.number]
        bins = self._days[step.number].minutes[0][step.who] // self.bin_min
        cost, after = self._matching(step, matched)
        options = np.flatnonzero(np.isfinite(cost).any(axis=0))[::-1]
        parts: dict[tuple[int, int, int], Floats] = {}
        heads: dict[tuple[int, tuple[int, int, int]], int] = {}
        values = [np.full(least.shape[1:], np.inf)]
        following = table.following[np.ix_(rows, options)].tolist()
        n_short = table.n_short[np.ix_(rows, options)].tolist()
        for at, (states, shorts) in enumerate(zip(following, n_short, strict=True)):
            head = 0
            for part in zip(options.tolist(), states, shorts, strict=True):
                option, state, n = part
                if state == FORBIDDEN:
                    continue
                if (head, part) not in heads:
                    if part not in parts:
                        more = cost[:, option] + n * step.prices.short
                        parts[part] = _shifted(
                            step.later(state), after[:, option], bins[:, option], more
                        )
                    heads[head, part] = len(values)
                    values.append(np.minimum(values[head], parts[part]))
                head = heads[head, part]
            least[at] = values[head]

    def _matching(self, step: _Step, matched: int) -> tuple[Floats, Ints]:
        """Return (w, o) what options cost with preferences, and which are matched after them."""
        number, who, prices, _ = step
        day = self._days[number]
        lives = self._lives.items()
        alive = sum(1 << bit for bit, (first, last) in lives if first <= number <= last)
        mine, ends = day.matches[who] & alive, day.ends[who, None] & alive
        paid = match_cost(mine & ~matched, mine | matched, ends, prices.match[:, :, None])
        return prices.days[number] + paid, packed((mine | matched) & ~ends, self._open(number + 1))

    def _closing(self, number: int, who: Ints, weights: Mapping[str, float]) -> Floats:
        """Return (w, h) the least that the first chain's accounts which end now may cost."""
        day = self._days[number]
        found = np.zeros((len(who), self._n_bins))
        low = np.arange(self._n_bins) * self.bin_min
        for place, at in enumerate(who.tolist()):
            if not day.closes[0, at]:
                continue
            account = self._options.accounts[at][day.accounts[0, at]]
            spread = sum(self._spread[n] for n in account.days)
            spread += 0 if self._is_exact else self.bin_min - 1
            for target in account.targets:
                off = account.already_min - target.target_min + low
                over = -(-np.maximum(off, 0) // target.step_min) * target.over_points
                under = -(-np.maximum(-off - spread, 0) // target.step_min) * target.under_points
                found[place] += weights.get(target.level, 0.0) * (over + under)
        return found


def match_cost(new: Ints, matched: Ints, ends: Ints, prices: Floats) -> Floats:
    """Return what preferences cost that are newly matched, or at their end are not matched."""
    cost = np.zeros(new.shape)
    for bit, price in enumerate(prices):
        cost += np.where(new >> bit & 1, np.maximum(price, 0.0), 0.0)
        cost += np.where((ends & ~matched) >> bit & 1, np.maximum(-price, 0.0), 0.0)
    return cost


def packed(matched: Ints, bits: Sequence[int]) -> Ints:
    """Return the number that some bits make when the others are left out."""
    found = np.zeros_like(matched)
    for n, bit in enumerate(bits):
        found |= (matched >> bit & 1) << n
    return found


def _of_state(after: Ahead, rows: Ints) -> Floats:
    """Return (m, w, h) the bounds of workers in one state, by the row of each."""
    if rows[0] >= 0 and (rows == rows[0]).all():
        same: Floats = after.least[:, after.place[rows[0]]]
        return same
    left: Floats = after.least[:, after.place[rows], np.arange(len(rows))]
    left[:, rows < 0] = np.inf
    return left


def _shifted(later: Floats, matched: Ints, bins: Ints, more: Floats) -> Floats:
    """Return (w, h) the values some bins further on, and what is to be added."""
    result = np.full(later.shape[1:], np.inf)
    n_bins = later.shape[2]
    keys = matched * n_bins + np.minimum(bins, n_bins - 1)
    for key in np.unique(keys).tolist():
        at, size = divmod(key, n_bins)
        same = np.flatnonzero(keys == key)
        who = slice(None) if len(same) == len(keys) else same
        result[who, : n_bins - size] = later[at, who, size:] + more[who, None]
    return result
