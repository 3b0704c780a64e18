"""Presence windows chosen from what is expected, and the rules of thumb they are held against."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.domain.situation_data import HOURS_A_WEEK, Floats, SituationData
from planner.domain.situation_model import Forecast

WEEKS_A_MONTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowTerms:
    """What presence there is to give.

    Parameters
    ----------
    n_windows
        Windows a week.
    hours
        Length of each, whole hours.
    place_m
        Width of a place; Philadelphia's large beats of some 3 miles showed no effect, small ones
        did (domain notes: Philadelphia 2009 and 2010).
    """

    n_windows: int = 40
    hours: int = 4
    place_m: int = 500

    @property
    def cell_hours(self) -> int:
        """Places times hours that all windows together cover in a week."""
        return self.n_windows * self.hours


@dataclass(frozen=True, slots=True)
class ChosenWindow:
    """Recurring presence at a place.

    Parameters
    ----------
    cell
        Index of the place in :attr:`SituationData.cells`.
    hour
        Hour of the week in which it begins.
    share
        What it was chosen for: the larger, the earlier.
    """

    cell: int
    hour: int
    share: float


def expected_windows(forecast: Forecast, terms: WindowTerms) -> tuple[ChosenWindow, ...]:
    """Return the windows with most incidents to be expected, most first; none overlap."""
    return _best(np.outer(forecast.places, _in_windows(forecast.hours, terms.hours)), terms)


def windows_of_last_month(
    data: SituationData, week: int, terms: WindowTerms
) -> tuple[ChosenWindow, ...]:
    """Return the windows that covered most incidents of the four weeks before ``week``.

    What somebody does who plans by last month's list. Of windows that covered as many, those come
    first whose place had most incidents that month, and then those at whose hours most happened.
    """
    month = slice(data.n_before(week - WEEKS_A_MONTH), data.n_before(week))
    counts = np.zeros((data.n_known(week), HOURS_A_WEEK))
    np.add.at(counts, (data.cell[month], data.hour[month]), 1.0)
    at_place = counts.sum(axis=1, keepdims=True)
    at_hours = _in_windows(counts.sum(axis=0), terms.hours)
    n = max(1.0, float(counts.sum()))
    score = _in_windows(counts, terms.hours) + at_place / (2 * n) + at_hours / (4 * n * (n + 1))
    return _best(score, terms)


def covered(windows: Iterable[ChosenWindow], terms: WindowTerms, n_cells: int) -> Floats:
    """Return (c, 168) the rank, from 1, of the window that covers a place's hour; 0 for none."""
    ranks = np.zeros((n_cells, HOURS_A_WEEK))
    for rank, window in enumerate(windows, start=1):
        ranks[window.cell, hours_of(window, terms)] = rank
    return ranks


def hours_of(window: ChosenWindow, terms: WindowTerms) -> list[int]:
    """Return the hours of the week that a window covers; Sunday night goes on on Monday."""
    return [(window.hour + n) % HOURS_A_WEEK for n in range(terms.hours)]


def _in_windows(shares: Floats, hours: int) -> Floats:
    """Return for each hour what a window that begins then covers; the last axis is the week's."""
    total: Floats = sum((np.roll(shares, -n, axis=-1) for n in range(hours)), np.zeros(1))
    return total


def _best(score: Floats, terms: WindowTerms) -> tuple[ChosenWindow, ...]:
    """Return the windows of highest score that have no hour of a place in common."""
    chosen: list[ChosenWindow] = []
    is_taken = np.zeros(score.shape, dtype=bool)
    for at in np.argsort(-score, axis=None, kind="stable"):
        if len(chosen) == terms.n_windows:
            break
        cell, hour = divmod(int(at), HOURS_A_WEEK)
        window = ChosenWindow(cell, hour, float(score[cell, hour]))
        hours = hours_of(window, terms)
        if not is_taken[cell, hours].any():
            is_taken[cell, hours] = True
            chosen.append(window)
    return tuple(chosen)
