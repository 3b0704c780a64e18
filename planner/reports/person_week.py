"""What one person may know of a week: the read model of the own page."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDuty:
    """A duty as whoever does it must know it.

    Parameters
    ----------
    place
        Name of the site; printed only where it says more than ``title``.
    """

    span: Span
    title: str
    place: str = ""
    meeting_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShift:
    """A shift with what is done in it.

    Parameters
    ----------
    crew_partners
        Display names of the others in the crew.
    officer_in_charge
        Display name; empty where nobody leads, or for the one who does.
    """

    code: str
    name: str
    parts: tuple[Span, ...]
    breaks: tuple[Span, ...] = ()
    crew_partners: tuple[str, ...] = ()
    officer_in_charge: str = ""
    duties: tuple[PersonDuty, ...] = ()


class OtherTimeKind(StrEnum):
    """Time in a person's week that is neither shift nor free."""

    BOUND = "bound"
    STANDBY = "standby"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTime:
    """Bound time with its title, or stand-by."""

    kind: OtherTimeKind
    span: Span
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDay:
    """A day of the person's week; free when nothing is in it.

    Parameters
    ----------
    occasion
        Name of the public holiday; empty for none.
    is_absent
        Away; why is never known.
    """

    day: date
    occasion: str = ""
    is_absent: bool = False
    shifts: tuple[PersonShift, ...] = ()
    others: tuple[OtherTime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWeek:
    """A person's own week.

    Parameters
    ----------
    version, published_at
        Of the published week that it is from; nothing for a draft, which says so.
    counted_min, target_min
        Minutes that count by the rule book, credited ones included, and those of the contract.
    rule_book, confirmed_by
        Name of the rule book and who confirmed it; nobody when empty.
    notes
        What else the person should know, one sentence each.
    notice
        Shown when the data could be mistaken for real; empty for none.
    """

    display_name: str
    employer: str
    squad: str = ""
    week: IsoWeek
    version: int | None = None
    published_at: datetime | None = None
    zone: str
    days: tuple[PersonDay, ...]
    counted_min: int
    target_min: int
    rule_book: str = ""
    confirmed_by: str = ""
    notes: tuple[str, ...] = ()
    notice: str = ""

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)
