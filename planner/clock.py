"""The only place that reads the time of day."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present instant in UTC, without microseconds."""
    return datetime.now(UTC).replace(microsecond=0)


def today(zone: ZoneInfo) -> date:
    """Return the present date in ``zone``."""
    return datetime.now(zone).date()
