"""Prices at which patterns are looked for, and what column generation has come to with them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from solver.search.linear import Floats
from solver.search.patterns import Pattern
from solver.search.week import Week

FORBIDDING = 1e9
"""What a shift costs to whom it is forbidden, above all prices."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of a linear master's rows, and the bound at them.

    Parameters
    ----------
    rows, links
        Of the relaxation's rows, and of its nodes.
    weights
        By level, the prices of limits included.
    bound
        No mix of legal patterns within the limits costs less.
    shifts
        What a shift is worth to a worker: by group an array of workers and shifts.
    least
        By worker: the least that a legal pattern costs at these prices.
    """

    rows: Floats
    links: Floats
    weights: dict[str, float]
    bound: float
    shifts: list[Floats]
    least: dict[str, float]


@dataclass(frozen=True, slots=True)
class GeneratedAtOnce:
    """What column generation came to, for whoever goes on from there.

    Parameters
    ----------
    patterns
        Those of the master, with their workers.
    prices
        Those with the best bound.
    """

    patterns: list[tuple[str, Pattern]]
    prices: Prices


@dataclass(frozen=True, slots=True)
class GeneratedByWeek:
    """What column generation came to for the weeks of a horizon, for whoever goes on from there.

    Parameters
    ----------
    patterns
        Those of each week's mix, with their workers.
    prices
        Of nodes, by what they count.
    """

    patterns: Mapping[Week, Sequence[tuple[str, Pattern]]]
    prices: Mapping[tuple[object, ...], float]


Generated = GeneratedAtOnce | GeneratedByWeek


def mixed(mine: Prices, best: Prices, share: float) -> Prices:
    """Return prices between two: with a share of the second."""
    levels = mine.weights.keys() | best.weights.keys()
    return Prices(
        (1 - share) * mine.rows + share * best.rows,
        (1 - share) * mine.links + share * best.links,
        {
            level: (1 - share) * mine.weights.get(level, 0.0) + share * best.weights.get(level, 0.0)
            for level in sorted(levels)
        },
        -math.inf,
        [],
        {},
    )
