"""What incidents look like: by hour and weekday, over time, and where they gather."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import numpy as np

from planner.domain.incidents import Incident
from planner.domain.poisson import poisson_interval
from planner.domain.situation_data import METRES_A_DEGREE, Floats
from planner.domain.weeks import IsoWeek

FEWEST_IN_CLUSTER = 3
LEAST_SHARE = 0.02
"""Of the incidents with a position; fewer in one place are scattered ones."""
MOST_CLUSTERS = 12
CLUSTER_M = 200
"""Radius of a cluster: some blocks, as hotspots of trials were (Southend 2021: 150 m)."""
_MOST_LOCATED = 4_000

HourTable = tuple[tuple[int, ...], ...]
"""Seven rows from Monday, 24 counts each."""


class Period(StrEnum):
    """Length of the steps of a trend."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodCount:
    """How many incidents a week or month had.

    Parameters
    ----------
    first_day
        Monday of the week, or the first of the month.
    low, high
        The exact 95 % Poisson interval of the rate behind the count.
    is_whole
        Whether the incidents are known for all its days.
    """

    first_day: date
    count: int
    low: float
    high: float
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Incidents near each other.

    Parameters
    ----------
    latitude, longitude
        Their mean.
    radius_m
        Distance of the farthest of them from the mean.
    share
        Of all incidents with a position.
    places
        What the sources call the place, the most frequent first.
    """

    latitude: float
    longitude: float
    radius_m: int
    count: int
    share: float
    places: tuple[str, ...]


def hour_table(incidents: Iterable[Incident], zone: ZoneInfo) -> HourTable:
    """Return how many incidents began in each hour of each weekday, local time."""
    counts = Counter(
        (local.weekday(), local.hour)
        for local in (incident.at.astimezone(zone) for incident in incidents)
    )
    return tuple(tuple(counts[day, hour] for hour in range(24)) for day in range(7))


def trend(
    incidents: Iterable[Incident], zone: ZoneInfo, period: Period, first: date, last: date
) -> tuple[PeriodCount, ...]:
    """Return the counts of all weeks or months that have a day from ``first`` to ``last``."""
    begins = Counter(_begin(one.at.astimezone(zone).date(), period) for one in incidents)
    found = []
    for begin, following in _periods(period, first, last):
        low, high = poisson_interval(begins[begin])
        found.append(
            PeriodCount(
                first_day=begin,
                count=begins[begin],
                low=low,
                high=high,
                is_whole=first <= begin and following <= last + timedelta(days=1),
            )
        )
    return tuple(found)


def _begin(day: date, period: Period) -> date:
    return IsoWeek.of(day).monday if period is Period.WEEK else day.replace(day=1)


def _periods(period: Period, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the first day of each period and of the one after it."""
    begin = _begin(first, period)
    while begin <= last:
        following = _begin(begin + timedelta(days=7 if period is Period.WEEK else 32), period)
        yield begin, following
        begin = following


def clusters(incidents: Sequence[Incident]) -> tuple[Cluster, ...]:
    """Return where incidents gather, the largest cluster first; none overlap in incidents.

    The incident with most others within :data:`CLUSTER_M` and those others are a cluster; then the
    same among the rest. So no cluster grows along a street without end. Of very many incidents the
    latest are taken.
    """
    located = [one for one in incidents if one.latitude is not None and one.longitude is not None]
    located = sorted(located, key=lambda one: (one.at, one.id))[-_MOST_LOCATED:]
    positions = np.array([(one.latitude, one.longitude) for one in located], dtype=float)
    found: list[Cluster] = []
    if not located:
        return ()
    is_near = _near(positions)
    least = max(FEWEST_IN_CLUSTER, math.ceil(LEAST_SHARE * len(located)))
    left = np.ones(len(located), dtype=bool)
    while len(found) < MOST_CLUSTERS:
        counts = np.where(left, is_near @ left.astype(np.float32), 0)
        middle = int(counts.argmax())
        if counts[middle] < least:
            break
        members = np.flatnonzero(is_near[middle].astype(bool) & left)
        left[members] = False
        found.append(_cluster([located[n] for n in members], positions[members], len(located)))
    return tuple(found)


def _near(positions: Floats) -> Floats:
    """Return (i, i) 1.0 for incidents within a cluster's radius of each other."""
    metres = _metres(positions, positions.mean(axis=0))
    is_near = np.zeros((len(positions), len(positions)), dtype=np.float32)
    for n, one in enumerate(metres):
        is_near[n] = ((metres - one) ** 2).sum(axis=1) <= CLUSTER_M**2
    return is_near  # type: ignore[return-value]


def _metres(positions: Floats, origin: Floats) -> Floats:
    east = METRES_A_DEGREE * np.cos(np.radians(origin[0]))
    metres: Floats = (positions - origin) * np.array([METRES_A_DEGREE, east])
    return metres


def _cluster(members: Sequence[Incident], positions: Floats, n_all: int) -> Cluster:
    middle = positions.mean(axis=0)
    apart = np.sqrt((_metres(positions, middle) ** 2).sum(axis=1))
    names = Counter(one.place for one in members if one.place)
    return Cluster(
        latitude=float(middle[0]),
        longitude=float(middle[1]),
        radius_m=round(float(apart.max())),
        count=len(members),
        share=len(members) / n_all,
        places=tuple(name for name, _ in names.most_common(3)),
    )
