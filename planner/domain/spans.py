"""Half-open stretches of time between two instants."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Time from ``start`` up to, not including, ``end``; both aware, in UTC."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Elapsed whole minutes; a clock change inside is counted as it elapses."""
        return (self.end - self.start) // MINUTE

    def overlaps(self, other: Self) -> bool:
        """Tell whether the two have a moment in common."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meet(self, other: Self) -> "Span | None":
        """Return what both have in common, or nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def union(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the same time as disjoint spans in order; spans that touch are joined."""
    current: Span | None = None
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def subtract(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of ``span`` outside ``holes``."""
    start = span.start
    for hole in union(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            yield Span(start, hole.start)
        start = hole.end
    if start < span.end:
        yield Span(start, span.end)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant of a local wall-clock time.

    A time that the clock skips is read as if the clock had not been moved; of a time that comes
    twice the first is meant (PEP 495, fold 0).
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def local_span(day: date, start: time, end: time, zone: ZoneInfo) -> Span:
    """Return the span of wall-clock times; an end not after the start is on the next day."""
    end_day = day if end > start else day + DAY
    return Span(instant(day, start, zone), instant(end_day, end, zone))


def day_span(day: date, zone: ZoneInfo) -> Span:
    """Return a whole local day: 23, 24 or 25 hours."""
    return Span(instant(day, time(), zone), instant(day + DAY, time(), zone))
