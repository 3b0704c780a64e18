"""What stands round a document of a week on each page: heading and foot."""

from collections.abc import Sequence
from dataclasses import replace

from planner import words
from planner.reports.day_frame import SMALL, clock_change_text
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    MEDIUM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SEMIBOLD,
    Document,
    Stack,
    Style,
    set_text,
)
from planner.reports.week_edition import WeekEdition
from planner.words import _

_SIDE_WIDTH = 150.0
_KICKER = Style(font=SEMIBOLD, size=9.5, tracking=0.8)


class WeekFrame:
    """Heading and foot, measured; what the document says stands between ``top`` and ``bottom``.

    Parameters
    ----------
    kind
        What the document is called.
    title, about
        Of what it is; a long title is set smaller.
    is_landscape
        The pages lie, and the title is smaller to leave room for what stands below.
    notes
        Said at the foot of each page, the least important last.
    by
        Account of whoever published the week, where the reader is to know it.
    is_of_several
        The page is of several weeks, each of which says its own edition.
    """

    def __init__(  # noqa: PLR0913 - each is a part of the page
        self,
        edition: WeekEdition,
        *,
        kind: str,
        title: str,
        about: str,
        is_landscape: bool = False,
        notes: Sequence[str] = (),
        by: str = "",
        is_of_several: bool = False,
    ) -> None:
        self._edition, self._is_of_several = edition, is_of_several
        width, height = (PAGE_HEIGHT, PAGE_WIDTH) if is_landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        self.right = width - MARGIN
        self.width = self.right - MARGIN
        self._kind = set_text(kind.upper(), _KICKER, self.width)
        size = 20.0 if is_landscape else 26.0
        self._title = set_text(
            title,
            Style(font=BOLD, size=size, leading=1.15),
            self.width - _SIDE_WIDTH,
            smallest=min(size, 17),
        )
        self._about = set_text(about, Style(font=MEDIUM, size=11.5), self.width, smallest=8)
        self._foot = self._foot_of(notes, by)
        self.top = MARGIN + 16 + self._title.height + 2 + self._about.height + 8
        self._foot_top = height - MARGIN - self._foot.height
        self.bottom = self._foot_top - 8

    def draw(self, doc: Document, page: int, n_pages: int) -> None:
        """Draw heading and foot of page ``page`` of ``n_pages``."""
        doc.text(self._kind, MARGIN, MARGIN)
        below = doc.text(self._title, MARGIN, MARGIN + 16)
        doc.text(self._about, MARGIN, below + 2)
        if not self._is_of_several:
            self._draw_edition(doc)
        doc.rule(MARGIN, self.right, self.top - 2, weight=1.2, color=INK)
        doc.rule(MARGIN, self.right, self._foot_top - 3)
        bottom = doc.stack(self._foot, MARGIN, self._foot_top)
        said = _("page {page} of {n_pages}", page=page, n_pages=n_pages)
        number = set_text(said, SMALL, _SIDE_WIDTH)
        doc.text(number, self.right, bottom - self._foot.texts[-1].height, align="right")

    def _draw_edition(self, doc: Document) -> None:
        version = self._edition.version
        edition = _("Draft") if version is None else _("Version {version}", version=version)
        tag = set_text(edition, Style(font=SEMIBOLD, size=10.5, leading=1.7), _SIDE_WIDTH)
        doc.tag(tag, self.right - tag.width - tag.style.size * 0.9, MARGIN)
        if self._edition.replaces is not None:
            replaced = _("replaces version {version}", version=self._edition.replaces)
            text = set_text(replaced, SMALL, _SIDE_WIDTH)
            doc.text(text, self.right, MARGIN + 22, align="right")

    def _foot_of(self, notes: Sequence[str], by: str) -> Stack:
        edition = self._edition
        texts = [set_text(note, SMALL, self.width) for note in notes]
        if edition.clock_change is not None and not self._is_of_several:
            strong = replace(SMALL, font=SEMIBOLD, color=INK)
            said = clock_change_text(edition.clock_change, edition.tz)
            texts.insert(0, set_text(said, strong, self.width))
        if edition.notice:
            texts.append(set_text(edition.notice, replace(SMALL, font=SEMIBOLD), self.width))
        last = _("Each week has a version of its own.")
        if not self._is_of_several:
            last = edition_text(edition, by)
        texts.append(set_text(last, SMALL, self.width - _SIDE_WIDTH))
        return Stack(tuple(texts))


def edition_text(edition: WeekEdition, by: str = "") -> str:
    """Return when a week was published and, where it is told, by whom; or that it is a draft."""
    if edition.published_at is None:
        return _("Draft, not published")
    at = edition.published_at.astimezone(edition.tz)
    day, time = words.full_date(at.date()), words.clock(at, edition.tz)
    if by:
        return _("Published {day} at {time} by {who}", day=day, time=time, who=by)
    return _("Published {day} at {time}", day=day, time=time)


def week_title(edition: WeekEdition) -> str:
    """Return such as ``Week 48, 23–29 November 2026``."""
    days = edition.week.days
    return _(
        "Week {week}, {dates}", week=edition.week.week, dates=words.date_range(days[0], days[-1])
    )
