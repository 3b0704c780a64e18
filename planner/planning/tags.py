"""What fairness counts in a shift."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from planner.domain.plan import Plan
from planner.domain.spans import Span, local_span

EVENING: Final = "evening"
NIGHT: Final = "night"
WEEKEND: Final = "weekend"

_EVENING: Final = (time(18), time(22))
_NIGHT: Final = (time(22), time(6))
_LEAST_MIN: Final = 180
"""Minutes inside the hours that make a shift one of the kind (Arbetstidslagen 13 a §: three hours
at night make a night worker)."""


def shift_tags(plan: Plan, day: date, parts: Iterable[Span]) -> frozenset[str]:
    """Return the tags of a shift that begins on ``day``.

    Night is 22–06 (Arbetstidslagen 13 a §), evening 18–22; each by three hours or more. A shift
    that begins on a Saturday or Sunday is a weekend's.
    """
    return _tags(plan.zone, day, tuple(parts))


@lru_cache(maxsize=4096)
def _tags(zone: ZoneInfo, day: date, parts: tuple[Span, ...]) -> frozenset[str]:
    """Return the tags; remembered, as many people work the same hours."""
    tags = set()
    if day.isoweekday() >= 6:
        tags.add(WEEKEND)
    if _minutes_in(zone, day, parts, _EVENING) >= _LEAST_MIN:
        tags.add(EVENING)
    if _minutes_in(zone, day, parts, _NIGHT) >= _LEAST_MIN:
        tags.add(NIGHT)
    return frozenset(tags)


def _minutes_in(
    zone: ZoneInfo, day: date, parts: tuple[Span, ...], hours: tuple[time, time]
) -> int:
    total = 0
    for offset in (-1, 0, 1):
        stretch = local_span(day + timedelta(days=offset), *hours, zone)
        for part in parts:
            common = part.meet(stretch)
            total += common.minutes if common else 0
    return total
