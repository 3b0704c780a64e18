"""What a school's sheet says in words, whether on paper or as a web page."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from planner import words
from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.reports.school_sheet import (
    Callee,
    GoneWindow,
    NamedContacts,
    News,
    NoticeBoardSheet,
    OfficeSheet,
    Presence,
    SheetDay,
    SheetWindow,
)
from planner.words import _

AnySheet = OfficeSheet | NoticeBoardSheet
Who = NamedContacts | Presence

EMERGENCY_NUMBER = "112"
POLICE_NUMBER = "114 14"
"""Of the Swedish police, when it is not urgent."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to ring: a role, a name if the copy has one, and a number."""

    role: str
    name: str
    phone: str

    @property
    def label(self) -> str:
        """What stands above the number."""
        return f"{self.role}: {self.name}" if self.name else self.role


def week_text(sheet: AnySheet) -> str:
    """Return such as ``Week 48, 2026``."""
    return _("Week {week}, {year}", week=sheet.week.week, year=sheet.week.year)


def dates_text(sheet: AnySheet) -> str:
    """Return the first and last weekday of the sheet."""
    days = [day.day for day in sheet.days] or list(sheet.week.days)
    weekdays = [day for day in days if day.isoweekday() < 6] or days
    return words.date_range(weekdays[0], weekdays[-1])


def copy_text(sheet: AnySheet) -> str:
    """Return whose copy it is."""
    return _("Office copy") if isinstance(sheet, OfficeSheet) else _("For the notice board")


def edition_text(sheet: AnySheet) -> str:
    """Return how long the sheet holds, and when it was published."""
    published = sheet.published_at.astimezone(sheet.tz)
    return _(
        "Valid to {last_day} · published {day} at {time}",
        last_day=words.long_date(sheet.valid_to),
        day=words.full_date(published.date()),
        time=words.clock(published, sheet.tz),
    )


def calls(sheet: AnySheet) -> list[Call]:
    """Return whom to ring, in order; the school's own office when nobody else has a number."""
    if isinstance(sheet, OfficeSheet):
        substitutes = sheet.substitutes
        coordinator = sheet.coordinator or Callee(display_name="", phone="")
    else:
        substitutes = tuple(
            Callee(display_name="", phone=phone) for phone in sheet.substitute_phones
        )
        coordinator = Callee(display_name="", phone=sheet.coordinator_phone)
    found = [Call(_("Substitute"), one.display_name, one.phone) for one in substitutes]
    found.append(Call(_("Coordinator"), coordinator.display_name, coordinator.phone))
    reachable = [call for call in found if call.phone]
    return reachable or [Call(_("The school's office"), "", sheet.school_phone)]


def common_numbers(sheet: AnySheet) -> list[tuple[str, str]]:
    """Return what everybody may ring: what it is called, and the number."""
    numbers = [(_("Emergency"), EMERGENCY_NUMBER), (_("Police, not urgent"), POLICE_NUMBER)]
    if sheet.school_phone:
        numbers.append((_("The school"), sheet.school_phone))
    return numbers


def days_shown(sheet: AnySheet) -> list[SheetDay[Who]]:
    """Return the days that stand on the sheet: a weekend only if it has or had windows."""
    return [day for day in sheet.days if day.windows or day.gone or day.day.isoweekday() < 6]


def names_groups(days: Sequence[SheetDay[Who]]) -> bool:
    """Tell whether some day has several windows before or after school."""
    return any(
        sum(window.moment is moment for window in day.windows) > 1
        for day in days
        for moment in Moment
    )


def has_place_column(days: Sequence[SheetDay[Who]]) -> bool:
    """Tell whether no day has two places, so that each can be named once beside the times."""
    return all(
        len({(window.site, window.meeting_place) for window in day.windows}) <= 1 for day in days
    )


def who_lines(who: Who) -> tuple[str, ...]:
    """Return who stands there, a line each."""
    if isinstance(who, NamedContacts):
        return who.display_names
    return (
        {
            Presence.CONTACT_PERSON: _("Contact person"),
            Presence.OWN_STAFF: _("School staff"),
            Presence.CANCELLED: _("No contact person – cancelled, the principal has been told"),
        }[who],
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked of a window; what is new since the version on the wall is so strongly."""

    text: str
    is_news: bool


def marks(window: SheetWindow[Who]) -> tuple[Mark, ...]:
    """Return what is marked of a window: what is new in it, and that it is not the usual one."""
    found = []
    if News.ADDED in window.news:
        found.append(Mark(_("Added"), is_news=True))
    elif window.news:
        what = ", ".join(_piece_of_news(one, window) for one in window.news)
        found.append(Mark(_("New: {what}", what=what), is_news=True))
    if window.is_changed:
        found.append(Mark(_("Not as usual"), is_news=False))
    return tuple(found)


def _piece_of_news(news: News, window: SheetWindow[Who]) -> str:
    if news is News.PERSON and window.who is Presence.CANCELLED:
        return _("cancelled")
    return {
        News.ADDED: _("Added"),
        News.TIME: _("the time"),
        News.PLACE: _("the place"),
        News.PERSON: _("the person"),
    }[news]


def gone_text(window: GoneWindow, zone: ZoneInfo) -> str:
    """Return that a window of the version on the wall is no more."""
    times = words.clock_span(window.span.start, window.span.end, zone)
    where = (window.grade_group, window.site, window.meeting_place)
    return _("No longer: {window}", window=", ".join((times, *(part for part in where if part))))


def legend(sheet: AnySheet) -> str:
    """Return what marks are about; nothing where nothing is marked as new."""
    has_news = sheet.replaces is not None and sheet.has_news
    return _("what is new is marked") if has_news else ""


def new_numbers(sheet: AnySheet) -> str:
    """Return that whom to ring, or a number, is new; nothing where it is not."""
    return _("New: {what}", what=_("the numbers")) if sheet.has_new_numbers else ""


def kind_tag(day: SheetDay[Who]) -> str:
    """Return what is special about the kind of day; nothing for most."""
    return {
        SchoolDayKind.SCHOOL_DAY: "",
        SchoolDayKind.HALF_DAY: _("Half-day"),
        SchoolDayKind.OUTING: _("Outing"),
        SchoolDayKind.STUDY_DAY: _("Study day"),
        SchoolDayKind.CLOSED: _("Closed"),
        SchoolDayKind.BREAK: day.occasion or _("School break"),
        SchoolDayKind.HOLIDAY: day.occasion or _("Public holiday"),
        SchoolDayKind.WEEKEND: "",
    }[day.kind]


def statement(day: SheetDay[Who]) -> str:
    """Return why a day has no windows."""
    if day.kind is SchoolDayKind.CLOSED:
        return _("The school is closed – no presence")
    reason = kind_tag(day)
    if not reason:
        return _("No presence at the school this day")
    return _("{reason} – no presence at the school", reason=reason)
