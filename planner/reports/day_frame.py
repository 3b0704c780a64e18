"""What stands round a document of one day on each page: heading and foot."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from planner import words
from planner.reports.day_document import DayDocument
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    MEDIUM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SEMIBOLD,
    SOFT,
    Document,
    Stack,
    Style,
    set_text,
)
from planner.reports.flow import Placed, flowed
from planner.words import _

RIGHT = PAGE_WIDTH - MARGIN
WIDTH = RIGHT - MARGIN
SMALL = Style(size=9, color=SOFT)
_SIDE_WIDTH = 150.0
_KICKER = Style(font=SEMIBOLD, size=9.5, tracking=0.8)


DayT = TypeVar("DayT", bound=DayDocument)


def render_days(
    days: Sequence[DayT],
    kind: str,
    *,
    summary: Callable[[DayT], str],
    rows: Callable[[DayT], Iterable[Placed]],
) -> bytes:
    """Return a PDF of days, each with a bookmark and page numbers of its own.

    Parameters
    ----------
    kind
        What the documents are called.
    summary
        A day in a few words.
    rows
        What is said of a day, from the top down.

    Raises
    ------
    ValueError
        There is no day.
    """
    if not days:
        raise ValueError("no day to print")
    first = days[0]
    week = _("Week {week}, {year}", week=first.week.week, year=first.week.year)
    subject = week if len(days) > 1 else words.full_date(first.day)
    doc = Document(
        title=f"{kind}: {subject}",
        subject=subject,
        is_draft=any(day.version is None for day in days),
    )
    for day in days:
        doc.bookmark(words.long_date(day.day))
        frame = DayFrame(day, kind, summary(day))
        pages = flowed(rows(day), frame.bottom - frame.top)
        for number, of_page in enumerate(pages, start=1):
            frame.draw(doc, number, len(pages))
            top = frame.top
            for row in of_page:
                top = row.draw(doc, top, RIGHT)
            doc.end_page()
    return doc.to_bytes()


class DayFrame:
    """Heading and foot, measured; what the document says stands between ``top`` and ``bottom``.

    Parameters
    ----------
    kind
        What the document is called.
    summary
        The day in a few words; stands beside the week.
    """

    def __init__(self, document: DayDocument, kind: str, summary: str) -> None:
        self._document = document
        self._kind = set_text(kind.upper(), _KICKER, WIDTH)
        title = words.long_date(document.day)
        self._title = set_text(
            title[0].upper() + title[1:],
            Style(font=BOLD, size=26, leading=1.15),
            WIDTH - _SIDE_WIDTH,
            smallest=17,
        )
        week = _("Week {week}, {year}", week=document.week.week, year=document.week.year)
        about = " · ".join(part for part in (week, document.occasion, summary) if part)
        self._about = set_text(about, Style(font=MEDIUM, size=11.5), WIDTH, smallest=8)
        self._foot = _foot(document)
        self.top = MARGIN + 16 + self._title.height + 2 + self._about.height + 8
        self.bottom = PAGE_HEIGHT - MARGIN - self._foot.height - 8

    def draw(self, doc: Document, page: int, n_pages: int) -> None:
        """Draw heading and foot of page ``page`` of ``n_pages``."""
        doc.text(self._kind, MARGIN, MARGIN)
        below = doc.text(self._title, MARGIN, MARGIN + 16)
        doc.text(self._about, MARGIN, below + 2)
        self._draw_edition(doc)
        doc.rule(MARGIN, RIGHT, self.top - 2, weight=1.2, color=INK)
        top = PAGE_HEIGHT - MARGIN - self._foot.height
        doc.rule(MARGIN, RIGHT, top - 3)
        doc.stack(self._foot, MARGIN, top)
        number = set_text(_("page {page} of {n_pages}", page=page, n_pages=n_pages), SMALL, WIDTH)
        last = PAGE_HEIGHT - MARGIN - self._foot.texts[-1].height
        doc.text(number, RIGHT, last, align="right")

    def _draw_edition(self, doc: Document) -> None:
        document = self._document
        version = document.version
        edition = _("Draft") if version is None else _("Version {version}", version=version)
        tag = set_text(edition, Style(font=SEMIBOLD, size=10.5, leading=1.7), _SIDE_WIDTH)
        doc.tag(tag, RIGHT - tag.width - tag.style.size * 0.9, MARGIN)
        if document.replaces is not None:
            replaced = _("replaces version {version}", version=document.replaces)
            doc.text(set_text(replaced, SMALL, _SIDE_WIDTH), RIGHT, MARGIN + 22, align="right")


def _foot(document: DayDocument) -> Stack:
    texts = []
    if document.clock_change is not None:
        strong = replace(SMALL, font=SEMIBOLD, color=INK)
        said = clock_change_text(document.clock_change, document.tz)
        texts.append(set_text(said, strong, WIDTH))
    if document.notice:
        texts.append(set_text(document.notice, replace(SMALL, font=SEMIBOLD), WIDTH))
    edition = _("Draft, not published")
    if document.published_at is not None:
        at = document.published_at.astimezone(document.tz)
        day, time = words.full_date(at.date()), words.clock(at, document.tz)
        edition = _("Published {day} at {time}", day=day, time=time)
    texts.append(set_text(edition, SMALL, WIDTH - _SIDE_WIDTH))
    return Stack(tuple(texts))


def clock_change_text(at: datetime, zone: ZoneInfo) -> str:
    """Return when the clock is changed, and from what to what."""
    moment = timedelta(microseconds=1)
    old = (at - moment).astimezone(zone).replace(tzinfo=None) + moment
    return _(
        "The clock is changed {day} from {old} to {new}.",
        day=words.short_date(old.date()),
        old=f"{old:%H:%M}",
        new=words.clock(at, zone),
    )
