"""What a count of rare events tells of the rate behind it."""

import math
from collections.abc import Callable
from functools import lru_cache

_NOTHING = 1e-18


@lru_cache(maxsize=4096)  # the weeks of a trend have the same few counts
def poisson_interval(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the least and most events to be expected that fit ``count`` observed ones.

    The exact interval of Garwood (1936, "Fiducial limits for the Poisson distribution"): each tail
    beyond an end has at most half of what ``level`` leaves. It never covers less than it says.

    Parameters
    ----------
    count
        Events observed, 0 or more.
    """
    tail = (1 - level) / 2
    most = _crossing(lambda mean: _at_most(count, mean) - tail, count)
    if count == 0:
        return 0.0, most
    return _crossing(lambda mean: _at_most(count - 1, mean) - (1 - tail), count), most


def _at_most(count: int, mean: float) -> float:
    """Return the probability of ``count`` events or fewer; from the largest number down."""
    if mean <= 0:
        return 1.0
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    total = 0.0
    for n in range(count, -1, -1):
        total += term
        if n < mean and term < total * _NOTHING:
            break  # the terms grow down to the mean, and from there only shrink
        term *= n / mean
    return min(1.0, total)


def _crossing(falling: Callable[[float], float], count: int) -> float:
    """Return where a falling function is zero, by halving."""
    low, high = 0.0, count + 10 * math.sqrt(count + 1) + 10
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2
