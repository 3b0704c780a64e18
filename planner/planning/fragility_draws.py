"""Absences drawn at random: each person is away or not, day by day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often somebody of a group is away.

    Parameters
    ----------
    share
        Of days on which one is away, from 0 to less than 1.
    mean_days
        Length of an absence on average, 1 or more.
    """

    share: float
    mean_days: float


def draw_absences(
    rates: tuple[Rate, ...], n_draws: int, n_days: int, generator: np.random.Generator
) -> Bools:
    """Return who is away when: draws x people x days.

    Whoever is away stays so from day to day with the probability that makes absences last
    ``mean_days`` on average; who is there falls away so often that the share of days is right (a
    Markov chain in its steady state, people apart from each other).
    """
    share = np.array([rate.share for rate in rates])
    back = 1.0 / np.array([rate.mean_days for rate in rates])
    falls = np.minimum(1.0, np.where(share < 1, share * back / np.maximum(1 - share, 1e-9), 1.0))
    drawn = generator.random((n_draws, len(rates), n_days))
    away = np.empty(drawn.shape, dtype=np.bool_)
    away[:, :, 0] = drawn[:, :, 0] < share
    for day in range(1, n_days):
        stays = drawn[:, :, day] >= back
        begins = drawn[:, :, day] < falls
        away[:, :, day] = np.where(away[:, :, day - 1], stays, begins)
    return away


def patterns(away: Bools) -> tuple[Bools, NDArray[np.intp]]:
    """Return the distinct rows of who is away, and which of them each draw is."""
    found, which = np.unique(away, axis=0, return_inverse=True)
    return found, which.reshape(-1)
