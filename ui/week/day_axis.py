"""Where a moment lies across the timeline: time runs as it elapses, labels are local."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from planner.domain.spans import MINUTE, Span

SNAP_MIN = 5
"""Dragging goes by steps of so many minutes."""
LEAST_PX, MOST_PX = 22.0, 480.0
"""An hour's width when zoomed out and in as far as it goes."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A stretch of time and how wide an hour of it is.

    Days on which the clock is moved are 23 or 25 hours wide, so a minute is a minute everywhere.
    """

    span: Span
    zone: ZoneInfo
    hour_px: float

    @property
    def width_px(self) -> int:
        """Width of all of it."""
        return round(self.x(self.span.end))

    def x(self, at: datetime) -> float:
        """Return the distance of a moment from the left end."""
        return (at - self.span.start) / _HOUR * self.hour_px

    def at(self, x: float) -> datetime:
        """Return the moment at a distance from the left end, to the minute."""
        return self.span.start + round(x / self.hour_px * 60) * MINUTE

    def minutes(self, distance_px: float) -> float:
        """Return how many minutes a distance is."""
        return distance_px / self.hour_px * 60

    def hours(self) -> Iterator[datetime]:
        """Yield each full hour, both ends included."""
        at = self.span.start
        while at <= self.span.end:
            yield at
            at += _HOUR

    def clock_change(self) -> datetime | None:
        """Return the moment at which the clock is moved; nothing on other days."""
        for at in self.hours():
            if at > self.span.start and self._offset(at) != self._offset(at - _HOUR):
                return at
        return None

    def _offset(self, at: datetime) -> timedelta | None:
        return at.astimezone(self.zone).utcoffset()
