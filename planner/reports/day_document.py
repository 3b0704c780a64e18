"""What every document of one day says of itself."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewRef:
    """A crew, or officers without one.

    Parameters
    ----------
    label
        The number that the crew has that day, as on the screen; empty for none.
    names
        Display names.
    """

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDocument:
    """A day of a week, and which edition of it this is.

    Parameters
    ----------
    occasion
        Name of the public holiday; empty for none.
    version, replaces, published_at
        Of the published week that it is from; nothing for a draft, which says so.
    clock_change
        When the clock is changed, if it is between the day's midnight and its last shift's end.
    notice
        Shown when the data could be mistaken for real; empty for none.
    """

    day: date
    occasion: str = ""
    week: IsoWeek
    version: int | None = None
    replaces: int | None = None
    published_at: datetime | None = None
    zone: str
    clock_change: datetime | None = None
    notice: str = ""

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)
