"""What a message says that a school's sheet or somebody's own week goes with."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from planner import words
from planner.domain.weeks import IsoWeek
from planner.reports.person_week import PersonWeek
from planner.reports.school_sheet import OfficeSheet
from planner.words import _

_WIDTH = 72
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and body, in the language in force."""

    subject: str
    body: str


def sheet_letter(sheet: OfficeSheet) -> LetterText:
    """Return what a school is told with its sheet."""
    week = sheet.week
    subject = _(
        "Contact persons at school, week {week}, version {n}", week=week.week, n=sheet.version
    )
    paragraphs = [
        _("Hello,"),
        " ".join(
            [
                _(
                    "here is version {n} of your school’s sheet for week {week} ({dates}).",
                    n=sheet.version,
                    week=week.week,
                    dates=_dates(week),
                ),
                _published(sheet.published_at, sheet.tz),
                *([_("What is new is marked on the sheet.")] if sheet.has_news else []),
            ]
        ),
        "\n".join(_steps(sheet)),
        _(
            "Each sheet is attached as a PDF to print, and as a web page for screen readers and "
            "telephones. The office copy holds names: do not put it up."
        ),
        *_questions(sheet),
        *_notice(sheet.notice),
    ]
    return LetterText(subject, _body(paragraphs))


def own_week_letter(own: PersonWeek, replaces: int | None) -> LetterText:
    """Return what somebody is told with the own week.

    Parameters
    ----------
    replaces
        The version that the person has; nothing when it is the first.
    """
    week, n = own.week, own.version
    subject = _("Your week {week}, version {n}", week=week.week, n=n)
    told = [
        _(
            "here is your week {week} ({dates}), version {n}.",
            n=n,
            week=week.week,
            dates=_dates(week),
        )
    ]
    if own.published_at is not None:
        told.append(_published(own.published_at, own.tz))
    if replaces is not None:
        told.append(
            _(
                "It replaces version {old} and any earlier one, which do not hold any more.",
                old=replaces,
            )
        )
    paragraphs = [
        _("Hello,"),
        " ".join(told),
        _(
            "Please answer this message, so that we know that you have got it. Answer at once if "
            "something is wrong."
        ),
        *_notice(own.notice),
    ]
    return LetterText(subject, _body(paragraphs))


def _steps(sheet: OfficeSheet) -> Iterator[str]:
    steps = [_("Print the notice-board copy and put it up.")]
    if sheet.replaces is not None:
        steps.append(
            _("Take down and throw away version {old} and any earlier one.", old=sheet.replaces)
        )
    steps += [
        _("Keep the office copy in the office."),
        _("Answer this message, so that we know that you have got it."),
    ]
    yield from (f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _questions(sheet: OfficeSheet) -> Iterator[str]:
    if sheet.coordinator is not None and sheet.coordinator.phone:
        phone = sheet.coordinator.phone.replace(" ", _NO_BREAK)
        yield _("Questions? Answer this message, or ring the coordinator on {phone}.", phone=phone)


def _notice(notice: str) -> Iterator[str]:
    if notice:
        yield notice


def _dates(week: IsoWeek) -> str:
    return words.date_range(week.days[0], week.days[-1])


def _published(at: datetime, zone: ZoneInfo) -> str:
    return _(
        "It was published on {day} at {time}.",
        day=words.full_date(at.astimezone(zone).date()),
        time=words.clock(at, zone),
    )


def _body(paragraphs: list[str]) -> str:
    """Return paragraphs with their lines broken where they are read easily."""
    return "\n\n".join("\n".join(_lines(text)) for text in paragraphs) + "\n"


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        hanging = "   " if line[:1].isdigit() else ""
        yield from textwrap.wrap(line, _WIDTH, subsequent_indent=hanging, break_long_words=False)
