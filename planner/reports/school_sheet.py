"""What a school may know of a published week: the read models of its two sheets.

Neither type has a place for officers, hotspots, other schools, absences, bound time, gaps or
drafts. The notice-board's has none for a person either: who stands there is an enumeration.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek


class Presence(StrEnum):
    """Who stands at a school, without a name."""

    CONTACT_PERSON = "contact-person"
    OWN_STAFF = "own-staff"
    """The school's own staff; the principal has agreed."""
    CANCELLED = "cancelled"
    """Nobody; the principal has been told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedContacts:
    """Contact persons by name, at least one; on the office copy only."""

    display_names: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.display_names or not all(name.strip() for name in self.display_names):
            raise ValueError("a window with named contacts needs a name for each")


class News(StrEnum):
    """What of a window differs from the version of the sheet that was on the wall before."""

    ADDED = "added"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    """Somebody else, or nobody any more; not who it was."""


WhoT_co = TypeVar("WhoT_co", bound=NamedContacts | Presence, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWindow(Generic[WhoT_co]):
    """A time before or after school when somebody is there, or would have been.

    Parameters
    ----------
    grade_group
        Whom it is for; printed when a day has several windows before or after school.
    site
        Name of the site, when the school has several; else empty.
    is_changed
        Time or place differ from the weekday's usual.
    news
        What differs from the version that the sheet replaces.
    """

    moment: Moment
    span: Span
    grade_group: str = ""
    site: str = ""
    meeting_place: str = ""
    is_changed: bool = False
    news: tuple[News, ...] = ()
    who: WhoT_co


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneWindow:
    """A window of the version that the sheet replaces which is no more."""

    moment: Moment
    span: Span
    grade_group: str = ""
    site: str = ""
    meeting_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDay(Generic[WhoT_co]):
    """A day of the sheet.

    Parameters
    ----------
    occasion
        What a holiday or break is called; empty for other days.
    gone
        What the version that the sheet replaces had besides.
    """

    day: date
    kind: SchoolDayKind
    occasion: str = ""
    windows: tuple[SheetWindow[WhoT_co], ...] = ()
    gone: tuple[GoneWindow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[WhoT_co]):
    """What both copies hold.

    Parameters
    ----------
    version
        The sheet's own: it grows only when :func:`planner.reports.sheet_json.sheet_content_hash`
        changes.
    replaces
        The version that was on the wall before; nothing for the first.
    valid_to
        Last day that the sheet speaks of.
    zone
        Name of the time zone that its times are printed in.
    days
        The days of the week; weekends are printed only if they have windows.
    school_phone
        Number of the school's own office; may be empty.
    has_new_numbers
        Whom to ring, or a number, differs from the version that the sheet replaces.
    notice
        Shown when the data could be mistaken for real; empty for none.
    """

    school: str
    week: IsoWeek
    version: int
    replaces: int | None = None
    published_at: datetime
    valid_to: date
    zone: str
    days: tuple[SheetDay[WhoT_co], ...]
    school_phone: str = ""
    has_new_numbers: bool = False
    notice: str = ""

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)

    @property
    def has_news(self) -> bool:
        """Tell whether something is marked as another than in the version it replaces."""
        marked = any(day.gone or any(one.news for one in day.windows) for day in self.days)
        return marked or self.has_new_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Callee:
    """Somebody to ring, at a number of the service; never a private one."""

    display_name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSheet(Sheet[NamedContacts | Presence]):
    """The copy for the school's office: with names.

    Parameters
    ----------
    substitutes
        Whom to ring when somebody does not come, in order.
    coordinator
        Whom to ring when no substitute answers.
    """

    substitutes: tuple[Callee, ...] = ()
    coordinator: Callee | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBoardSheet(Sheet[Presence]):
    """The copy for the notice board: roles and numbers, no field that could hold a name."""

    substitute_phones: tuple[str, ...] = ()
    coordinator_phone: str = ""

    def __post_init__(self) -> None:
        if not all(isinstance(one.who, Presence) for day in self.days for one in day.windows):
            raise TypeError("a notice board's sheet says who by role only")


def for_notice_board(office: OfficeSheet) -> NoticeBoardSheet:
    """Return the same sheet with roles in place of names."""
    return NoticeBoardSheet(
        school=office.school,
        week=office.week,
        version=office.version,
        replaces=office.replaces,
        published_at=office.published_at,
        valid_to=office.valid_to,
        zone=office.zone,
        days=tuple(_without_names(day) for day in office.days),
        school_phone=office.school_phone,
        has_new_numbers=office.has_new_numbers,
        notice=office.notice,
        substitute_phones=tuple(callee.phone for callee in office.substitutes),
        coordinator_phone=office.coordinator.phone if office.coordinator else "",
    )


def _without_names(day: SheetDay[NamedContacts | Presence]) -> SheetDay[Presence]:
    return SheetDay(
        day=day.day,
        kind=day.kind,
        occasion=day.occasion,
        windows=tuple(
            SheetWindow(
                moment=window.moment,
                span=window.span,
                grade_group=window.grade_group,
                site=window.site,
                meeting_place=window.meeting_place,
                is_changed=window.is_changed,
                news=window.news,
                who=window.who if isinstance(window.who, Presence) else Presence.CONTACT_PERSON,
            )
            for window in day.windows
        ),
        gone=day.gone,
    )
