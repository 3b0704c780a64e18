"""Instants as the engine counts them: whole minutes from the horizon's start."""

from dataclasses import dataclass
from datetime import datetime

from planner.domain import spans
from solver.data.spans import Span


@dataclass(frozen=True, slots=True)
class MinuteScale:
    """Translates both ways; ``origin`` is the UTC instant of minute 0."""

    origin: datetime

    def minute(self, at: datetime) -> int:
        """Return the minute of an instant; seconds are dropped."""
        return (at - self.origin) // spans.MINUTE

    def span(self, span: spans.Span) -> Span:
        """Return a span in minutes."""
        return Span(self.minute(span.start), self.minute(span.end))

    def instant(self, minute: int) -> datetime:
        """Return the instant of a minute."""
        return self.origin + minute * spans.MINUTE

    def back(self, span: Span) -> spans.Span:
        """Return a span in instants."""
        return spans.Span(self.instant(span.start), self.instant(span.end))
