"""A school's sheet on paper: what stands on it, and that it fits.

One page for ordinary schools, with times that can be read from two metres; type shrinks while
that saves a page, and what is left over goes to further pages with the heading repeated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner import words
from planner.domain.duties import Moment
from planner.reports.document import (
    BOLD,
    INK,
    LINE,
    MARGIN,
    MEDIUM,
    PAGE_WIDTH,
    SEMIBOLD,
    SOFT,
    TINT,
    Document,
    Stack,
    Style,
    Text,
    paginated,
    set_text,
)
from planner.reports.school_sheet import Presence, SheetDay, SheetWindow
from planner.reports.school_sheet_frame import Frame
from planner.reports.school_sheet_rows import BAR_GAP, NOTHING, Entry, Row, split, tags_of
from planner.reports.school_sheet_words import (
    AnySheet,
    Who,
    days_shown,
    gone_text,
    has_place_column,
    kind_tag,
    marks,
    names_groups,
    statement,
    week_text,
    who_lines,
)
from planner.words import _

_RIGHT = PAGE_WIDTH - MARGIN
_COLUMN_GAP = 12.0
_BESIDE_GAP = 8.0
_LEAST_IN_COLUMN, _MOST_IN_COLUMN = 9.0, 3
"""Type size, and lines, of a place that stands in the column of places."""
_MOST_STRETCH = 34.0
"""A row grows by at most so much to fill the page."""


@dataclass(frozen=True, slots=True)
class _Density:
    """How close everything stands.

    Parameters
    ----------
    is_beside
        The place stands beside the time, not under it, where it has no column of its own.
    is_abreast
        It has none, and who is there stands beside the time too: for days of many times.
    """

    time: float
    text: float
    day: float
    padding: float
    is_beside: bool = False
    is_abreast: bool = False


_DENSITIES = (
    _Density(time=24, text=13, day=22, padding=9),
    _Density(time=20, text=11.5, day=20, padding=7),
    _Density(time=17, text=10, day=18, padding=5, is_beside=True),
    _Density(time=18, text=10.5, day=18, padding=5, is_beside=True, is_abreast=True),
    _Density(time=14, text=9, day=16, padding=3, is_beside=True),
)
"""From the roomiest; the first of those that take the fewest pages is used."""


class _Body:
    """The days of one sheet at one density, measured.

    The place has a column of its own as long as no day has two places and each has room in it; else
    each entry names its.
    """

    def __init__(self, sheet: AnySheet, density: _Density, page_room: float) -> None:
        self._sheet = sheet
        self._density = density
        self._days = days_shown(sheet)
        self._names_groups = names_groups(self._days)
        self.day_width = density.day * 3.9
        room = _RIGHT - MARGIN - self.day_width
        self._time_style = Style(font=BOLD, size=density.time, leading=1.15)
        self._time_width = set_text("00:00–00:00", self._time_style, room).width
        self.column_width = self._time_width + _COLUMN_GAP
        self.place_width = room - 2 * self.column_width
        self.has_place_column = (
            not density.is_abreast and has_place_column(self._days) and self._has_room_for_places()
        )
        if not self.has_place_column:
            self.column_width = room / 2
        self._is_beside = density.is_beside and not self.has_place_column
        self.rows = [piece for day in self._days for piece in split(self._row(day), page_room)]

    @property
    def column_lefts(self) -> tuple[float, float, float]:
        """Left edges of before, after and place."""
        first = MARGIN + self.day_width
        return first, first + self.column_width, first + 2 * self.column_width

    def _has_room_for_places(self) -> bool:
        """Tell whether places are read at arm's length in a column of their own."""
        places = [
            self._place(day.windows[0], self.place_width) for day in self._days if day.windows
        ]
        return all(
            text.style.size >= _LEAST_IN_COLUMN and len(text.lines) <= _MOST_IN_COLUMN
            for place in places
            for text in place.texts
        )

    def _row(self, day: SheetDay[Who]) -> Row:
        density = self._density
        name = words.weekday_name(day.day).capitalize()
        width = self.day_width - 8
        stack = Stack(
            (
                set_text(name, Style(font=BOLD, size=density.day, leading=1.1), width),
                set_text(
                    f"{day.day.day}/{day.day.month}",
                    Style(size=max(density.text, 11), color=SOFT),
                    width,
                ),
            )
        )
        if not day.windows:
            return Row(stack, None, self._statement(day), (), NOTHING, density.padding)
        tag = kind_tag(day)
        return Row(
            stack,
            set_text(tag, Style(font=SEMIBOLD, size=9, leading=1.5), width) if tag else None,
            NOTHING,
            tuple(self._cell(day, moment) for moment in Moment),
            self._place(day.windows[0], self.place_width) if self.has_place_column else NOTHING,
            density.padding,
        )

    def _statement(self, day: SheetDay[Who]) -> Stack:
        size = self._density.text
        width = _RIGHT - MARGIN - self.day_width - 24
        gone = (
            set_text(gone_text(one, self._sheet.tz), Style(font=SEMIBOLD, size=size), width)
            for one in day.gone
        )
        said = set_text(statement(day), Style(font=MEDIUM, size=size + 3), width)
        return Stack((said, *gone))

    def _cell(self, day: SheetDay[Who], moment: Moment) -> tuple[Entry, ...]:
        width = self.column_width - _COLUMN_GAP
        style = Style(size=self._density.text)
        entries = [self._entry(window) for window in day.windows if window.moment is moment]
        if not entries:
            entries = [Entry(set_text(_("No presence"), replace(style, color=SOFT), width))]
        strong = replace(style, font=SEMIBOLD)
        for one in day.gone:
            if one.moment is moment:
                said = set_text(
                    gone_text(one, self._sheet.tz), strong, width, smallest=8, n_lines=2
                )
                entries.append(Entry(said, is_news=True))
        return tuple(entries)

    def _entry(self, window: SheetWindow[Who]) -> Entry:
        size = self._density.text
        width = self.column_width - _COLUMN_GAP
        style = self._time_style
        if window.who is Presence.CANCELLED:
            style = replace(style, is_struck=True, color=SOFT)
        span = window.span
        time = set_text(words.clock_span(span.start, span.end, self._sheet.tz), style, _RIGHT)
        tags = tags_of(marks(window), max(size - 3.5, 7), width)
        is_news = bool(window.news)
        who = self._who(window.who, width)
        if self._is_beside:
            indent = self._time_width + _BESIDE_GAP
            where = self._where_in_short(window, width - indent)
            if self._density.is_abreast:
                who = self._who(window.who, width - indent)
                return Entry(time, indent, Stack((*where, *who)), tags, is_news=is_news)
            return Entry(time, indent, Stack(where), tags, Stack(who), is_news)
        if self._names_groups and window.grade_group:
            group = Style(font=SEMIBOLD, size=size, leading=1.2)
            who = (set_text(window.grade_group, group, width, smallest=8), *who)
        if not self.has_place_column:
            who += self._place(window, width).texts
        return Entry(time, tags=tags, under=Stack(who), is_news=is_news)

    def _where_in_short(self, window: SheetWindow[Who], width: float) -> tuple[Text, ...]:
        """Return group and place; a line each where they have no room in one and it is abreast."""
        group = window.grade_group if self._names_groups else ""
        parts = [part for part in (group, window.site, window.meeting_place) if part]
        style = Style(size=self._density.text, leading=1.15)
        whole = set_text(" · ".join(parts), style, width, smallest=8)
        if self._density.is_abreast and len(whole.lines) > 1:
            return tuple(set_text(part, style, width, smallest=8) for part in parts)
        return (whole,)

    def _who(self, who: Who, width: float) -> tuple[Text, ...]:
        font = SEMIBOLD if who is Presence.CANCELLED else MEDIUM
        style = Style(font=font, size=self._density.text, leading=1.2)
        n_lines = 1 if self._is_beside else 2
        return tuple(
            set_text(line, style, width, smallest=max(style.size - 3, 8), n_lines=n_lines)
            for line in who_lines(who)
        )

    def _place(self, window: SheetWindow[Who], width: float) -> Stack:
        size = self._density.text
        texts = []
        if window.site:
            site = Style(font=SEMIBOLD, size=size)
            texts.append(set_text(window.site, site, width, smallest=8, n_lines=2))
        if window.meeting_place or not window.site:
            place = Style(size=size, color=SOFT if window.site else INK)
            name = window.meeting_place or _("At the school")
            texts.append(set_text(name, place, width, smallest=8, n_lines=3))
        return Stack(tuple(texts))


class _Layout:
    """One sheet, laid out: its frame, the density that serves it best, and its pages."""

    def __init__(self, sheet: AnySheet) -> None:
        self._frame = Frame(sheet)
        self._room = self._frame.bottom - self._frame.top - 26
        bodies = [_Body(sheet, density, self._room) for density in _DENSITIES]
        pages = [paginated([row.height for row in body.rows], self._room) for body in bodies]
        best = min(range(len(pages)), key=lambda n: len(pages[n]))
        self._body, self._pages = bodies[best], pages[best]

    def draw(self, doc: Document) -> None:
        for number, rows in enumerate(self._pages, start=1):
            self._frame.draw(doc, number, len(self._pages))
            self._draw_rows(doc, [self._body.rows[n] for n in rows])
            doc.end_page()

    def _draw_rows(self, doc: Document, rows: list[Row]) -> None:
        top = self._draw_heads(doc)
        spare = self._room - sum(row.height for row in rows)
        stretch = min(max(spare / len(rows), 0.0), _MOST_STRETCH) if rows else 0.0
        for row in rows:
            height = row.height + stretch
            self._draw_row(doc, row, top, height)
            top += height
            doc.rule(MARGIN, _RIGHT, top, color=LINE)

    def _draw_heads(self, doc: Document) -> float:
        top = self._frame.top
        style = Style(font=SEMIBOLD, size=9.5, tracking=0.8)
        heads = [_("Before school"), _("After school")]
        if self._body.has_place_column:
            heads.append(_("Place"))
        if not any(row.cells for row in self._body.rows):
            heads = []
        for head, x in zip(heads, self._body.column_lefts, strict=False):
            doc.text(set_text(head.upper(), style, _RIGHT), x, top + 5)
        doc.rule(MARGIN, _RIGHT, top + 24, weight=1.2, color=INK)
        return top + 26

    def _draw_row(self, doc: Document, row: Row, top: float, height: float) -> None:
        inner = top + (height - row.height) / 2 + row.padding
        before, after, place = self._body.column_lefts
        if row.statement.texts:
            doc.box(before - 10, top + 5, _RIGHT - before + 10, height - 10, fill=TINT)
            below = top + (height - row.statement.height) / 2
            for n, text in enumerate(row.statement.texts):
                if n:  # what is no more, under why
                    doc.bar(before + 4 - BAR_GAP, below + 1, text.height - 2)
                below = doc.text(text, before + 4, below)
        below = doc.stack(row.day, MARGIN, inner)
        if row.tag:
            doc.tag(row.tag, MARGIN, below + 3)
        for cell, x in zip(row.cells, (before, after), strict=False):
            at = inner
            for entry in cell:
                entry.draw(doc, x, at)
                at += entry.height + row.padding
        doc.stack(row.place, place, inner + 5)


def render_school_sheets(sheets: Sequence[AnySheet]) -> bytes:
    """Return a PDF of sheets, each with a bookmark and page numbers of its own.

    Raises
    ------
    ValueError
        There is no sheet.
    """
    if not sheets:
        raise ValueError("no sheet to print")
    first = sheets[0]
    title = _("Presence at the school")
    subject = week_text(first)
    if len(sheets) == 1:
        title = f"{title}: {first.school}"
    doc = Document(title=f"{title}, {subject}", subject=subject)
    for sheet in sheets:
        doc.bookmark(sheet.school)
        _Layout(sheet).draw(doc)
    return doc.to_bytes()
