"""Beginnings of patterns, kept in columns, and orders of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.search.options import Floats, Ints

_MOST_PACKED = 2**62


@dataclass(slots=True)
class Labels:
    """A row of labels, those of a worker together.

    Parameters
    ----------
    state
        What the order rules remember; see `solver.search.succession`.
    minutes
        (k, n) Counted in the open account of each chain.
    tags
        (t, n) Shifts that count for each fair share, less the share.
    entered
        (e, n) Minutes of each extra time.
    matched
        Bits of preferences over several days that are matched and not over.
    cost
        Of what is begun.
    bound
        No whole pattern costs less.
    """

    worker: Ints
    state: Ints
    minutes: Ints
    tags: Ints
    entered: Ints
    matched: Ints
    cost: Floats
    bound: Floats

    def take(self, index: Ints) -> "Labels":
        """Return some of the labels."""
        return Labels(
            self.worker[index],
            self.state[index],
            self.minutes.take(index, axis=1),
            self.tags.take(index, axis=1),
            self.entered.take(index, axis=1),
            self.matched[index],
            self.cost[index],
            self.bound[index],
        )


def packed_keys(parts: Sequence[Ints]) -> Ints:
    """Return a number for each of a row that tells it from those with other parts."""
    keys, size = np.zeros_like(parts[0]), 1
    for part in parts:
        n = int(part.max(initial=0)) + 1
        if size > _MOST_PACKED // n:
            _, keys = np.unique(keys, return_inverse=True)
            size = int(keys.max(initial=0)) + 1
        keys = keys * n + part
        size *= n
    return keys


def firsts(keys: Ints) -> Ints:
    """Return where each key comes first, ascending."""
    order = np.argsort(keys)  # not stable, and many times quicker
    begins = _begins(keys[order])
    return np.sort(np.minimum.reduceat(order, begins)) if len(begins) else begins


def order_by_worker(workers: Ints, values: Floats) -> Ints:
    """Return an order by worker, and for each by value."""
    order = np.argsort(values)
    small = workers[order].astype(np.min_scalar_type(int(workers.max(initial=0))))
    found: Ints = order[np.argsort(small, kind="stable")]
    return found


def rank_in_group(groups: Ints) -> Ints:
    """Return how many of the same group stand before each, groups being together."""
    begins = _begins(groups)
    sizes = np.diff(begins, append=len(groups))
    ranks: Ints = np.arange(len(groups)) - np.repeat(begins, sizes)
    return ranks


def _begins(groups: Ints) -> Ints:
    is_other = np.ones(len(groups), bool)
    is_other[1:] = groups[1:] != groups[:-1]
    return np.flatnonzero(is_other)
