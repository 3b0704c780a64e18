"""The least that the rest of a pattern can cost: a program run backwards over the days.

It keeps the order rules, the options' prices and preferences over several days exactly (of many at
the same time only some). Minutes are counted in bins, which are exact when few are enough; shifts
that fairness counts come at a fixed price each.

All that does not depend on prices is laid down once, so that a run is a few steps a day with large
arrays: what follows each option is looked up, and the options of a row are compared in pairs.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from solver.search.options import Floats, GroupOptions, Ints
from solver.search.succession import FORBIDDEN, DayTable, Succession

_MOST_BINS = 256
_MOST_BITS = 2


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the days from one on cost at least.

    Parameters
    ----------
    bits
        Those of preferences that the bounds tell apart.
    place
        By bin of the minutes used up in the first chain's account: its place in ``least``.
    least
        (m, r, h, w) By which of the bits are matched already, row of the day's table, place of the
        bin, and worker.
    """

    bits: tuple[int, ...]
    place: Ints
    least: Floats

    def at(self, matched: Ints, rows: Ints, workers: Ints, bins: Ints) -> Floats:
        """Return the bounds of some labels, workers being numbered as in the bounds."""
        _, n_rows, n_bins, n_workers = self.least.shape
        index = packed(matched, self.bits) * n_rows + rows if self.bits else rows
        index = (index * n_bins + self.place[bins]) * n_workers + workers
        found: Floats = self.least.reshape(-1)[index]
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
    order
        By level of the soft rules of order: what a point costs.
    match
        (bit, w) What it costs to match a preference, or when negative, not to.
    """

    days: Sequence[Floats]
    short: Floats
    order: Floats
    match: Floats


class _Pairs(NamedTuple):
    """Numbers of arrays to be compared, and where the lesser values go."""

    left: Ints
    right: Ints
    target: slice


class _Tree:
    """How the least over a day's options is found for all rows at once.

    The arrays that are compared are numbered: first one of infinite values, then those of *parts*
    (an option, the state and the event that come of it), then those of pairs of arrays, each
    pair once.

    Attributes
    ----------
    option, state
        Of each part.
    paid
        (part, 1 + levels) Short rests, and points by level of the soft rules of order.
    rows
        By row the number of its array.
    """

    def __init__(self, table: DayTable) -> None:
        n_options = np.size(table.following, 1)
        most = len(table.events)
        keys = (table.following.astype(np.int64) * most + table.event) * n_options
        keys += np.arange(n_options)
        may = table.following != FORBIDDEN
        parts, number = np.unique(keys[may], return_inverse=True)
        self.option = parts % n_options
        self.paid = table.events[parts // n_options % most].astype(float)
        self.state = parts // n_options // most
        self.size = 1 + len(parts)
        self.pairs: list[_Pairs] = []
        arrays = np.zeros(table.following.shape, np.int64)
        arrays[may] = 1 + number
        while np.size(arrays, 1) > 1:
            arrays = self._paired(arrays)
        self.rows = arrays[:, 0]

    def _paired(self, arrays: Ints) -> Ints:
        if np.size(arrays, 1) % 2:
            arrays = np.pad(arrays, ((0, 0), (0, 1)))
        left, right = arrays[:, ::2], arrays[:, 1::2]
        are_two = (left > 0) & (right > 0)
        pairs, number = np.unique((left * self.size + right)[are_two], return_inverse=True)
        target = slice(self.size, self.size + len(pairs))
        self.pairs.append(_Pairs(pairs // self.size, pairs % self.size, target))
        result: Ints = np.maximum(left, right)
        result[are_two] = self.size + number
        self.size += len(pairs)
        return result

    def run(self, arrays: Floats, result: Floats) -> None:
        """Fill in (r, …) the least of each row; those of parts are there already."""
        arrays[0] = np.inf
        for left, right, target in self.pairs:
            lesser = arrays[target]
            arrays.take(left, axis=0, out=lesser, mode="clip")
            np.minimum(lesser, arrays.take(right, axis=0), out=lesser)
        arrays.take(self.rows, axis=0, out=result, mode="clip")


class _Step(NamedTuple):
    """A day, some workers, what options cost them, and (m, r * h, w) what follows it.

    Parameters
    ----------
    is_open
        Whether what follows is that of the next day as it is, and not at the end of accounts.
    """

    number: int
    who: Ints
    prices: Prices
    later: Floats
    is_open: bool


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
        self._before, self._after = self._reached()
        self._trees = [_Tree(table) for table in succession.tables[1:]]
        self._kinds = [self._kinds_of(number) for number in range(len(self._days))]
        self._known: dict[tuple[int, int], Ints] = {}
        self._closing_points = [self._closing(number) for number in range(len(self._days))]
        self.cells = sum(
            len(tree.rows) * len(self._before[number]) * 2 ** len(self._open(number))
            for number, tree in enumerate(self._trees, 1)
        )

    # Compiled once -------------------------------------------------------------------------------

    def _bins(self) -> tuple[int, int]:
        """Return the width of a bin of minutes of the first chain, and how many are needed."""
        step, most = 0, 0
        longest = np.zeros(len(self._options.workers), np.int64)
        for day in self._days:
            step = math.gcd(step, int(np.gcd.reduce(day.minutes[0], axis=None)))
            longest += np.where(day.allowed, day.minutes[0], 0).max(axis=1)
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

    def _reached(self) -> tuple[list[Ints], list[Ints]]:
        """Return by day the bins that are asked for before it, and before its accounts end.

        Those are the bins of all sums of minutes, and those that steps of whole bins lead to.
        """
        before, after = [], []
        sums = np.zeros(self._n_bins * self.bin_min, bool)
        sums[0] = True
        bins = np.zeros(1, np.int64)
        for day in self._days:
            bins = np.union1d(bins, np.flatnonzero(sums) // self.bin_min)
            before.append(bins)
            steps = np.unique(day.minutes[0])
            bins = bins[:, None] + steps // self.bin_min
            bins = np.unique(np.minimum(bins, self._n_bins - 1))
            after.append(bins)
            further = np.zeros_like(sums)
            for step in steps[steps < len(sums)].tolist():
                further[step:] |= sums[: len(sums) - step]
            sums = further
            if day.closes[0].all():
                bins, sums = bins[:0], np.zeros_like(sums)
            if day.closes[0].any():
                bins = np.union1d(bins, 0)
                sums[0] = True
        return before, after

    def _place(self, bins: Ints) -> Ints:
        """Return by bin its place among some."""
        place = np.zeros(self._n_bins, np.int64)
        place[bins] = np.arange(len(bins))
        return place

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

    def _kinds_of(self, number: int) -> Ints:
        """Return by worker its kind on a day; those of a kind go from rows and bins to the same."""
        lines = self._days[number].minutes[0]
        if number + 1 < len(self._days):
            lines = np.hstack([lines, self._succession.tables[number + 1].row_of])
        _, kinds = np.unique(lines, axis=0, return_inverse=True)
        found: Ints = kinds.reshape(-1)
        return found

    def _closing(self, number: int) -> dict[str, Floats]:
        """Return (h, w) the least points that accounts of the first chain which end now may cost.

        The points are by level, and infinite under no level when there are too many minutes.
        """
        day, after = self._days[number], self._after[number]
        shape = (len(after), len(self._options.workers))
        found = {"": np.zeros(shape)}
        found[""][after[:, None] > day.caps[0] // self.bin_min] = np.inf
        for at in np.flatnonzero(day.closes[0]).tolist():
            account = self._options.accounts[at][day.accounts[0, at]]
            spread = sum(self._spread[n] for n in account.days)
            spread += 0 if self._is_exact else self.bin_min - 1
            for target in account.targets:
                off = account.already_min - target.target_min + after * self.bin_min
                over = -(-np.maximum(off, 0) // target.step_min) * target.over_points
                under = -(-np.maximum(-off - spread, 0) // target.step_min) * target.under_points
                found.setdefault(target.level, np.zeros(shape))[:, at] += over + under
        return found

    # Backwards -----------------------------------------------------------------------------------

    def ahead(self, who: Ints, prices: Prices, weights: Mapping[str, float]) -> list[Ahead]:
        """Return bounds for some workers, from the second day on."""
        sizes = [tree.size * len(self._before[n]) for n, tree in enumerate(self._trees, 1)]
        room = np.empty(max(sizes, default=0) * len(who))
        found: list[Ahead] = []
        after: Ahead | None = None
        for number in range(len(self._days) - 1, 0, -1):
            later, is_open = self._later(number, who, after, weights)
            after = self._bounded(_Step(number, who, prices, later, is_open), room)
            found.append(after)
        return found[::-1]

    def _later(
        self, number: int, who: Ints, after: Ahead | None, weights: Mapping[str, float]
    ) -> tuple[Floats, bool]:
        """Return what follows a day, and whether none of its accounts matters to that."""
        closes = self._days[number].closes[0][who]
        if after is not None and not closes.any():
            return after.least.reshape(len(after.least), -1, len(who)), True
        closing = np.zeros((len(self._after[number]), len(who)))
        for level, points in self._closing_points[number].items():
            if weight := weights.get(level, 0.0) if level else 1.0:
                closing += weight * points[:, who]
        if after is None:
            return closing[None], False
        later = after.least[:, :, :1, :]  # the bin of no minutes is the first
        if not closes.all():
            place = after.place[self._after[number]]
            later = np.where(closes, later, after.least[:, :, place])
        later = later + closing
        return later.reshape(len(later), -1, len(who)), False

    def _bounded(self, step: _Step, room: Floats) -> Ahead:
        """Return the bounds from a day on."""
        number, n_workers = step.number, len(step.who)
        bits, bins, tree = self._open(number), self._before[number], self._trees[number - 1]
        least = np.empty((2 ** len(bits), len(tree.rows), len(bins), n_workers))
        shape = (tree.size, len(bins), n_workers)
        arrays = room[: math.prod(shape)].reshape(shape)
        parts = arrays[1 : 1 + len(tree.option)]
        for at, result in enumerate(least):
            matched = sum(1 << bit for n, bit in enumerate(bits) if at >> n & 1)
            cost, after = self._matching(step, matched)
            self._look_up(step, after, parts)
            parts += _per_part(cost, step.prices, tree)[:, None, :]
            tree.run(arrays, result)
        return Ahead(bits, self._place(bins), least)

    def _matching(self, step: _Step, matched: int) -> tuple[Floats, Ints | None]:
        """Return (w, o) what options cost with preferences, and which are matched after them."""
        number, who, prices = step.number, step.who, step.prices
        day = self._days[number]
        lives = self._lives.items()
        alive = sum(1 << bit for bit, (first, last) in lives if first <= number <= last)
        if not alive:
            return prices.days[number], None
        mine, ends = day.matches[who] & alive, day.ends[who, None] & alive
        paid = match_cost(mine & ~matched, mine | matched, ends, prices.match[:, :, None])
        bits = self._open(number + 1)
        after = packed((mine | matched) & ~ends, bits) if bits else None
        return prices.days[number] + paid, after

    def _look_up(self, step: _Step, after: Ints | None, parts: Floats) -> None:
        """Fill in (part, h, w) what follows the parts."""
        for kind, who in self._by_kind(step):
            index = self._index(step, kind)
            if after is None:
                _take(step.later[0], index, who, parts)
                continue
            option = self._trees[step.number - 1].option
            wanted = after[:, option].T[:, None]
            for matched in np.unique(wanted).tolist():
                found = np.empty_like(parts)
                _take(step.later[matched], index, who, found)
                mine = wanted == matched
                if who is not None:
                    mine = mine & np.isin(np.arange(parts.shape[2]), who)
                np.copyto(parts, found, where=mine)

    def _by_kind(self, step: _Step) -> Iterator[tuple[int, Ints | None]]:
        """Yield kinds of workers and which they are, nothing for all."""
        kinds = self._kinds[step.number][step.who]
        if (kinds == kinds[0]).all():
            yield int(kinds[0]), None
        else:
            for kind in np.unique(kinds).tolist():
                yield kind, np.flatnonzero(kinds == kind)

    def _index(self, step: _Step, kind: int) -> Ints:
        """Return (part, h) where in what follows the day stands what comes of a part."""
        number = step.number
        key = (number, kind) if step.is_open else (-number, kind)
        if key not in self._known:
            tree = self._trees[number - 1]
            worker = int(np.argmax(self._kinds[number] == kind))
            bins = self._days[number].minutes[0, worker, tree.option] // self.bin_min
            bins = np.minimum(self._before[number] + bins[:, None], self._n_bins - 1)
            asked = self._before[number + 1] if step.is_open else self._after[number]
            index = self._place(asked)[bins]
            if number + 1 < len(self._days):
                rows = self._succession.tables[number + 1].row_of[worker, tree.state]
                # where no such worker ever is, any row will do
                index += np.maximum(rows, 0).astype(np.int64)[:, None] * len(asked)
            self._known[key] = index
        return self._known[key]


def _per_part(cost: Floats, prices: Prices, tree: _Tree) -> Floats:
    """Return (part, w) what each part costs."""
    found: Floats = cost.T[tree.option] + tree.paid[:, :1] * prices.short
    if len(prices.order):
        found += (tree.paid[:, 1:] @ prices.order)[:, None]
    return found


def _take(source: Floats, index: Ints, who: Ints | None, target: Floats) -> None:
    """Look up lines of some workers' columns, of all for nothing."""
    if who is None:
        source.take(index, axis=0, out=target, mode="clip")
    else:
        target[:, :, who] = source[:, who].take(index, axis=0)


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
