"""What every document of a whole week says of itself."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """A day of the week.

    Parameters
    ----------
    occasion
        Name of the public holiday; empty for none.
    school_break
        Name of the school break that it is in; empty for none.
    is_free
        Saturday, Sunday or public holiday.
    """

    day: date
    occasion: str = ""
    school_break: str = ""
    is_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekEdition:
    """A week, and which edition of it this is.

    Parameters
    ----------
    version, replaces, published_at
        Of the published week that it is from; nothing for a draft, which says so.
    clock_change
        When the clock is changed in the week, if it is.
    notice
        Shown when the data could be mistaken for real; empty for none.
    """

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
