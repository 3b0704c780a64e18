"""Small read models to print, and what another library reads back from the PDF."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.domain.spans import Span, local_span
from planner.domain.weeks import IsoWeek
from planner.reports.person_week import PersonDay, PersonDuty, PersonShift, PersonWeek
from planner.reports.school_sheet import (
    Callee,
    NamedContacts,
    OfficeSheet,
    Presence,
    SheetDay,
    SheetWindow,
)

ZONE = ZoneInfo("Europe/Stockholm")
WEEK = IsoWeek(2026, 48)
DAYS = WEEK.days
LONG_NAME = "Anna-Karin Lindström-Bergqvist von Essen"


def span(day: date, start: str, end: str) -> Span:
    return local_span(day, time.fromisoformat(start), time.fromisoformat(end), ZONE)


def window(
    day: date, moment: Moment, times: tuple[str, str], who: str | Presence = "Anna B", **more: Any
) -> SheetWindow[NamedContacts | Presence]:
    return SheetWindow(
        moment=moment,
        span=span(day, *times),
        who=who if isinstance(who, Presence) else NamedContacts(display_names=(who,)),
        **{"meeting_place": "Norra entrén"} | more,
    )


def school_day(
    day: date, who: str | Presence = "Anna B", **more: Any
) -> SheetDay[NamedContacts | Presence]:
    return SheetDay(
        day=day,
        kind=SchoolDayKind.SCHOOL_DAY,
        windows=(
            window(day, Moment.BEFORE, ("07:15", "08:15"), who, **more),
            window(day, Moment.AFTER, ("13:40", "15:50"), who, **more),
        ),
    )


def office_sheet(*days: SheetDay[NamedContacts | Presence], **more: Any) -> OfficeSheet:
    values: dict[str, Any] = {
        "school": "Persboskolan",
        "week": WEEK,
        "version": 3,
        "replaces": 2,
        "published_at": datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        "valid_to": DAYS[4],
        "zone": "Europe/Stockholm",
        "days": days or tuple(school_day(day) for day in DAYS[:5]),
        "school_phone": "021-39 12 34",
        "substitutes": (Callee(display_name="Ali Karlsson", phone="021-39 00 12"),),
        "coordinator": Callee(display_name="Maria Berg", phone="021-39 00 00"),
    }
    return OfficeSheet(**values | more)


def grouped_sheet(n_groups: int, *, n_sites: int = 1, name: str = LONG_NAME) -> OfficeSheet:
    """Return a week with a window before and after school for each group, each at its own place."""

    def of_day(day: date) -> SheetDay[NamedContacts | Presence]:
        windows = [
            window(
                day,
                moment,
                (f"{hour}:{n * 5:02}", f"{hour}:{n * 5 + 30}"),
                name,
                grade_group=f"Grupp {n}",
                site=f"Hus {n % n_sites}" if n_sites > 1 else "",
                meeting_place=f"Port {n}",
            )
            for n in range(n_groups)
            for moment, hour in ((Moment.BEFORE, "07"), (Moment.AFTER, "14"))
        ]
        return SheetDay(day=day, kind=SchoolDayKind.SCHOOL_DAY, windows=tuple(windows))

    return office_sheet(*(of_day(day) for day in DAYS[:5]))


def mixed_sheet(**more: Any) -> OfficeSheet:
    """Return a week in which no day is like another."""
    first, second, third, fourth, fifth = DAYS[:5]
    half = window(third, Moment.AFTER, ("11:30", "12:30"), Presence.OWN_STAFF, is_changed=True)
    return office_sheet(
        school_day(first),
        school_day(second, LONG_NAME, is_changed=True),
        SheetDay(day=third, kind=SchoolDayKind.HALF_DAY, windows=(half,)),
        school_day(fourth, Presence.CANCELLED),
        SheetDay(day=fifth, kind=SchoolDayKind.STUDY_DAY),
        **{"notice": "Påhittade uppgifter."} | more,
    )


def person_week(**more: Any) -> PersonWeek:
    day = DAYS[0]
    worked = PersonDay(
        day=day,
        shifts=(
            PersonShift(
                code="D",
                name="Delat pass",
                parts=(span(day, "07:00", "11:00"), span(day, "13:00", "16:30")),
                breaks=(span(day, "09:30", "10:00"),),
                crew_partners=("Sara Holm",),
                officer_in_charge="Karin Ek",
                duties=(
                    PersonDuty(
                        span=span(day, "07:15", "08:15"),
                        title="Persboskolan",
                        place="Persboskolan",
                        meeting_place="Norra entrén",
                    ),
                    PersonDuty(
                        span=span(day, "14:00", "14:15"), title="Stora torget", place="Centrum"
                    ),
                ),
            ),
        ),
    )
    values: dict[str, Any] = {
        "display_name": "Erik Lund",
        "employer": "Polisen",
        "squad": "Turlag B",
        "week": WEEK,
        "version": 3,
        "published_at": datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        "zone": "Europe/Stockholm",
        "days": (worked, *(PersonDay(day=day) for day in DAYS[1:])),
        "counted_min": 2292,
        "target_min": 2310,
        "rule_book": "Exempel",
    }
    return PersonWeek(**values | more)


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page with every run of white space as one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def paper(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page, in points."""
    return [
        (float(page.mediabox.width), float(page.mediabox.height))
        for page in PdfReader(BytesIO(pdf)).pages
    ]
