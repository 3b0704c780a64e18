"""Whether somebody who watches could learn when visits come.

Of the visits at a place on one weekday, the entropy of their half hours is held against what it
would be if each had been drawn evenly over the times at which it was possible. With few weeks the
entropy of even draws is itself far below its most (Miller 1955); so it is not corrected by a
formula but compared with draws: the exact distribution, up to the number of draws, under the very
number of visits and the very times that were possible.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

BIN_MIN = 30
"""Times closer than this are as good as the same to whoever waits for the police to leave."""
STEP_MIN = 5
"""Visits are drawn on this grid."""
FEWEST_DAYS = 4
"""Days of one weekday below which no pattern can be told from chance."""
_N_DRAWS = 4_000
_LEVEL = 0.05
_MOST_SHARE = 0.85
"""Of the entropy of even draws; nearer to it, a pattern is of no use even if it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenVisit:
    """A visit as a watcher would have seen it.

    Parameters
    ----------
    place
        Id of the hotspot.
    slot
        Which of a day's visits it is: the same window and number on each weekday.
    at_min
        Local minutes from the day's midnight to its start; over 1440 after the next midnight.
    first_min, last_min
        Between which it could have begun that day.
    """

    place: str
    slot: str
    day: date
    at_min: int
    first_min: int
    last_min: int


class Learnable(StrEnum):
    """What can be said of a pattern."""

    TOO_FEW = "too-few"
    """Too few days to tell."""
    NO_PATTERN = "no-pattern"
    """It looks like even draws."""
    LEARNABLE = "learnable"
    """The times come again too often to be chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The visits at a place on one weekday.

    Parameters
    ----------
    weekday
        Monday 1.
    entropy_bits
        Of the half hours in which visits began.
    even_bits
        Mean entropy of as many even draws over what was possible.
    p_value
        Share of even draws with as little entropy or less.
    top_min, n_top_days
        The half hour in which visits began on most days, and on how many of ``n_days``.
    """

    place: str
    weekday: int
    n_days: int
    n_visits: int
    entropy_bits: float
    even_bits: float
    p_value: float
    top_min: int
    n_top_days: int
    learnable: Learnable

    @property
    def share(self) -> float:
        """Entropy as a share of that of even draws; 1 is as hard to foresee as can be."""
        return min(1.0, self.entropy_bits / self.even_bits) if self.even_bits else 1.0


def patterns(visits: Iterable[SeenVisit]) -> tuple[Pattern, ...]:
    """Return the patterns of all places and weekdays, by place and weekday.

    Those that are said to be learnable are so by Holm's step-down test (1979): the probability of
    one false warning or more among all of them is at most 5 %.
    """
    groups: dict[tuple[str, int], list[SeenVisit]] = {}
    for visit in visits:
        groups.setdefault((visit.place, visit.day.isoweekday()), []).append(visit)
    found = [_pattern(place, weekday, mine) for (place, weekday), mine in sorted(groups.items())]
    return tuple(_warned(found))


def entropy_bits(counts: Iterable[int]) -> float:
    """Return the entropy of a distribution that is given as counts."""
    known = [n for n in counts if n]
    total = sum(known)
    return -math.fsum(n / total * math.log2(n / total) for n in known) if total else 0.0


def _pattern(place: str, weekday: int, visits: Sequence[SeenVisit]) -> Pattern:
    days = {visit.day for visit in visits}
    observed = entropy_bits(Counter(visit.at_min // BIN_MIN for visit in visits).values())
    even = _even_draws(place, weekday, visits)
    days_of: dict[int, set[date]] = {}
    for visit in visits:
        days_of.setdefault(visit.at_min // BIN_MIN, set()).add(visit.day)
    top = max(sorted(days_of), key=lambda one: len(days_of[one]))
    n_as_low = int((even <= observed + 1e-9).sum())
    return Pattern(
        place=place,
        weekday=weekday,
        n_days=len(days),
        n_visits=len(visits),
        entropy_bits=observed,
        even_bits=float(even.mean()),
        p_value=(n_as_low + 1) / (_N_DRAWS + 1),
        top_min=top * BIN_MIN,
        n_top_days=len(days_of[top]),
        learnable=Learnable.TOO_FEW if len(days) < FEWEST_DAYS else Learnable.NO_PATTERN,
    )


def _even_draws(
    place: str, weekday: int, visits: Sequence[SeenVisit]
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the entropies of even draws of the same visits.

    A visit is drawn between the earliest and the latest time that its slot had on any of the days:
    on a single day it is drawn from less, but what a watcher sees is all of them.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for visit in visits:
        first[visit.slot] = min(first.get(visit.slot, visit.first_min), visit.first_min)
        last[visit.slot] = max(last.get(visit.slot, visit.last_min), visit.last_min)
    starts = np.array([first[visit.slot] for visit in visits])
    steps = np.array([(last[v.slot] - first[v.slot]) // STEP_MIN for v in visits])
    rng = np.random.default_rng(random.Random(f"{place}/{weekday}").getrandbits(64))
    drawn = starts + STEP_MIN * rng.integers(0, steps + 1, size=(_N_DRAWS, len(visits)))
    bins = drawn // BIN_MIN
    bins -= bins.min()
    n_bins = int(bins.max()) + 1
    rows = np.arange(_N_DRAWS)[:, None] * n_bins
    counts = np.bincount((rows + bins).ravel(), minlength=_N_DRAWS * n_bins)
    shares = counts.reshape(_N_DRAWS, n_bins) / len(visits)
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    entropies: np.ndarray[tuple[int], np.dtype[np.float64]] = -(shares * logs).sum(axis=1)
    return entropies


def _warned(found: Sequence[Pattern]) -> list[Pattern]:
    """Return the patterns, those that are learnable marked."""
    judged = sorted(
        (one for one in found if one.learnable is not Learnable.TOO_FEW),
        key=lambda one: one.p_value,
    )
    marked: set[tuple[str, int]] = set()
    for rank, one in enumerate(judged):
        if one.p_value * (len(judged) - rank) > _LEVEL:
            break
        if one.share <= _MOST_SHARE:
            marked.add((one.place, one.weekday))
    return [
        replace(one, learnable=Learnable.LEARNABLE) if (one.place, one.weekday) in marked else one
        for one in found
    ]
