"""How likely the next incident is at each place and hour: a kernel density, chosen as it is used.

Space and hour of the week are taken as independent: with some twenty incidents a week there are
far too few to learn how hours differ from place to place. Each is a kernel density of the earlier
incidents, the recent ones counting more (prospective hotspots: Bowers, Johnson & Pease 2004;
Chainey, Tompson & Uhlig 2008 compare kernel densities with other maps). How smooth each is, is
chosen by what would have foreseen the earlier weeks best, each from the weeks before it
(prequential likelihood, Dawid 1984), so that no week is judged by what was learned from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import log, pi

import numpy as np

from planner.domain.situation_data import HOURS_A_WEEK, Floats, SituationData

FIRST_FORESEEN = 4
"""Weeks that are known before the first one is foreseen: a month."""

MOST_INCIDENTS = 4_000
"""The latest that are learned from: enough for every choice here, and a second's work."""
MOST_JUDGED = 52
"""Weeks before another by which its smoothing is chosen: a year."""

_SPACE_M = (150.0, 300.0, 500.0)
_SPREAD_HOURS = (1.0, 2.0, 3.0)
_WEEKDAY_SHARES = (0.0, 0.3, 1.0)
_HALF_LIVES = (8.0, 26.0, np.inf)
_ELSEWHERE = 0.05
"""Share left to places and hours unlike any before: what is new must not seem impossible."""
_N_POINTS = 5
"""Points along each side of a place at which its density is taken."""


@dataclass(frozen=True, slots=True)
class SpaceSmoothing:
    """How places are smoothed.

    Parameters
    ----------
    spread_m
        Standard deviation of the normal kernel.
    half_life_weeks
        After so long an incident counts half.
    """

    spread_m: float
    half_life_weeks: float


@dataclass(frozen=True, slots=True)
class HourSmoothing:
    """How hours of the week are smoothed.

    Parameters
    ----------
    spread_hours
        Standard deviation of the normal kernel; Sunday night goes over into Monday.
    weekday_share
        0 takes all weekdays as one, 1 each for itself.
    half_life_weeks
        After so long an incident counts half.
    """

    spread_hours: float
    weekday_share: float
    half_life_weeks: float


SPACE_CHOICES = tuple(SpaceSmoothing(*one) for one in product(_SPACE_M, _HALF_LIVES))
HOUR_CHOICES = tuple(
    HourSmoothing(*one) for one in product(_SPREAD_HOURS, _WEEKDAY_SHARES, _HALF_LIVES)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What is expected of a week.

    Parameters
    ----------
    places
        (c) Share of the incidents at each place known before the week.
    hours
        (168) Share of them in each hour of the week; they sum to 1.
    """

    space: SpaceSmoothing
    hour: HourSmoothing
    places: Floats
    hours: Floats


class Forecaster:
    """Foresees weeks, each from those before it."""

    def __init__(self, data: SituationData) -> None:
        self._data = data
        self._scores: dict[int, tuple[Floats, Floats]] = {}

    def weeks_to_judge(self, week: int) -> list[int]:
        """Return the weeks before ``week`` that its smoothing is chosen by and are not judged yet.

        Whoever wants to be able to stop judges them one by one, before :meth:`forecast`.
        """
        return [one for one in _judged(week) if one not in self._scores]

    def forecast(self, week: int, *, is_hurried: bool = False) -> Forecast:
        """Return what the incidents before ``week`` let expect of it; there must be some.

        Parameters
        ----------
        is_hurried
            Choose the smoothing by the weeks that have been judged so far.
        """
        space, hour = self._chosen(week, is_hurried=is_hurried)
        weights = self._weights(week, space.half_life_weeks)
        return Forecast(
            space=space,
            hour=hour,
            places=self._place_shares(week, space.spread_m, weights),
            hours=_hour_shares(self._hour_counts(week, hour.half_life_weeks), hour),
        )

    def judge(self, week: int) -> None:
        """Find how well each choice would have foreseen a week."""
        self._scored(week)

    def _chosen(self, week: int, *, is_hurried: bool) -> tuple[SpaceSmoothing, HourSmoothing]:
        """Return what would have foreseen the weeks before ``week`` best."""
        space, hour = np.zeros(len(SPACE_CHOICES)), np.zeros(len(HOUR_CHOICES))
        for earlier in _judged(week):
            if is_hurried and earlier not in self._scores:
                continue
            found = self._scored(earlier)
            space, hour = space + found[0], hour + found[1]
        return SPACE_CHOICES[int(space.argmax())], HOUR_CHOICES[int(hour.argmax())]

    def _scored(self, week: int) -> tuple[Floats, Floats]:
        """Return the logarithmic likelihood of a week's incidents under each choice."""
        if week not in self._scores:
            here, learned = self._data.of_week(week), self._learned(week)
            if here.start == here.stop or learned.start == learned.stop:
                self._scores[week] = np.zeros(len(SPACE_CHOICES)), np.zeros(len(HOUR_CHOICES))
            else:
                self._scores[week] = (
                    np.fromiter(self._space_scores(week), float),
                    np.fromiter(self._hour_scores(week), float),
                )
        return self._scores[week]

    def _space_scores(self, week: int) -> Iterator[float]:
        data, here, learned = self._data, self._data.of_week(week), self._learned(week)
        squares = (
            np.subtract.outer(data.x_m[here], data.x_m[learned]) ** 2
            + np.subtract.outer(data.y_m[here], data.y_m[learned]) ** 2
        )
        elsewhere = _ELSEWHERE / (data.n_known(week) * data.size_m**2)
        for choice in SPACE_CHOICES:
            weights = self._weights(week, choice.half_life_weeks)
            kernel = np.exp(squares / (-2 * choice.spread_m**2)) / (2 * pi * choice.spread_m**2)
            density = kernel @ weights / weights.sum()
            yield float(np.log((1 - _ELSEWHERE) * density + elsewhere).sum())

    def _hour_scores(self, week: int) -> Iterator[float]:
        hours = self._data.hour[self._data.of_week(week)]
        counts = {half_life: self._hour_counts(week, half_life) for half_life in _HALF_LIVES}
        for choice in HOUR_CHOICES:
            shares = _hour_shares(counts[choice.half_life_weeks], choice)
            yield float(np.log(shares[hours]).sum())

    def _hour_counts(self, week: int, half_life_weeks: float) -> Floats:
        """Return (168) what happened in each hour of the week before ``week``, weighted."""
        weights = self._weights(week, half_life_weeks)
        hours = self._data.hour[self._learned(week)]
        counts: Floats = np.bincount(hours, weights, HOURS_A_WEEK).astype(np.float64)
        return counts

    def _learned(self, week: int) -> slice:
        n_before = self._data.n_before(week)
        return slice(max(0, n_before - MOST_INCIDENTS), n_before)

    def _weights(self, week: int, half_life_weeks: float) -> Floats:
        age_weeks = week - 1 - self._data.week[self._learned(week)]
        weights: Floats = np.exp(-log(2) / half_life_weeks * age_weeks)
        return weights

    def _place_shares(self, week: int, spread_m: float, weights: Floats) -> Floats:
        """Return the kernel's mass inside each known place, taken at points of a lattice."""
        data, learned, known = self._data, self._learned(week), slice(0, self._data.n_known(week))
        sides = (np.arange(_N_POINTS) + 0.5) / _N_POINTS * data.size_m - data.size_m / 2
        mass = np.ones((known.stop, learned.stop - learned.start))
        for middles, places in ((data.cell_x_m, data.x_m), (data.cell_y_m, data.y_m)):
            apart = np.subtract.outer(middles[known], places[learned])
            mass *= sum(np.exp((apart + side) ** 2 / (-2 * spread_m**2)) for side in sides)
        mass *= (data.size_m / _N_POINTS) ** 2 / (2 * pi * spread_m**2)
        shares: Floats = mass @ weights / weights.sum()
        return shares


def _judged(week: int) -> range:
    return range(max(FIRST_FORESEEN, week - MOST_JUDGED), week)


def _hour_shares(counts: Floats, smoothing: HourSmoothing) -> Floats:
    """Return the share of each hour of the week, of weighted counts by hour."""
    by_day = (_hour_kernel(smoothing.spread_hours) @ counts).reshape(7, 24)
    own = smoothing.weekday_share
    mixed: Floats = (own * by_day + (1 - own) * by_day.mean(axis=0)).ravel()
    shares: Floats = (1 - _ELSEWHERE) * mixed / mixed.sum() + _ELSEWHERE / HOURS_A_WEEK
    return shares


@cache
def _hour_kernel(spread_hours: float) -> Floats:
    """Return (168, 168) how much of what happened in an hour counts for each hour of the week."""
    hours = np.arange(HOURS_A_WEEK)
    apart = np.abs(np.subtract.outer(hours, hours))
    apart = np.minimum(apart, HOURS_A_WEEK - apart)
    kernel = np.exp(apart**2 / (-2 * spread_hours**2))
    shares: Floats = kernel / kernel.sum(axis=0)
    return shares
