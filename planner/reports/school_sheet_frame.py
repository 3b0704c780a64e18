"""What stands round the days of a school's sheet on each page: heading and telephone numbers."""

from dataclasses import replace

from planner.reports.document import (
    BOLD,
    INK,
    LINE,
    MARGIN,
    MEDIUM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PAPER,
    SEMIBOLD,
    SOFT,
    Document,
    Style,
    set_text,
)
from planner.reports.school_sheet_words import (
    AnySheet,
    Call,
    calls,
    common_numbers,
    copy_text,
    dates_text,
    edition_text,
    legend,
    new_numbers,
)
from planner.words import _

_RIGHT = PAGE_WIDTH - MARGIN
_WIDTH = _RIGHT - MARGIN
_SIDE_WIDTH = 150.0
_KICKER = Style(font=SEMIBOLD, size=9.5, tracking=0.8)
_SMALL = Style(size=9, color=SOFT)
_CARD_HEIGHT = 50.0
_BAND_HEIGHT = 44.0
_GAP = 10.0


class Frame:
    """Heading and foot of a sheet, measured; the days stand between ``top`` and ``bottom``."""

    def __init__(self, sheet: AnySheet) -> None:
        self._sheet = sheet
        self._title = set_text(
            sheet.school,
            Style(font=BOLD, size=30, leading=1.15),
            _WIDTH - _SIDE_WIDTH - _GAP,
            smallest=20,
        )
        self._calls = calls(sheet)
        self._notice = set_text(sheet.notice, replace(_SMALL, font=SEMIBOLD), _WIDTH)
        self.top = MARGIN + 16 + self._title.height + 34
        n_rows = (len(self._calls) + 1) // 2
        foot = 22 + n_rows * (_CARD_HEIGHT + 6) + _GAP + _BAND_HEIGHT + _GAP
        self._foot_top = PAGE_HEIGHT - MARGIN + 12 - 14 - self._notice.height - foot
        self.bottom = self._foot_top - _GAP

    def draw(self, doc: Document, page: int, n_pages: int) -> None:
        """Draw heading and foot of page ``page`` of ``n_pages``."""
        self._draw_heading(doc)
        top = self._draw_calls(doc, self._foot_top)
        top = self._draw_band(doc, top)
        self._draw_edition(doc, top, page, n_pages)

    def _draw_heading(self, doc: Document) -> None:
        sheet = self._sheet
        doc.text(set_text(_("Presence at the school").upper(), _KICKER, _WIDTH), MARGIN, MARGIN)
        top = doc.text(self._title, MARGIN, MARGIN + 16)
        week = set_text(_("Week {week}", week=sheet.week.week), Style(font=BOLD, size=17), _WIDTH)
        doc.text(week, MARGIN, top + 3)
        dates = set_text(dates_text(sheet), Style(font=MEDIUM, size=17, color=SOFT), _WIDTH)
        doc.text(dates, MARGIN + week.width + 10, top + 3)
        tag = set_text(copy_text(sheet), Style(font=SEMIBOLD, size=10.5, leading=1.7), _SIDE_WIDTH)
        doc.tag(tag, _RIGHT - tag.width - tag.style.size * 0.9, MARGIN)
        version = set_text(
            _("Version {version}", version=sheet.version), Style(font=SEMIBOLD, size=11), _WIDTH
        )
        below = doc.text(version, _RIGHT, MARGIN + 24, align="right")
        if sheet.replaces is not None:
            replaced = _("replaces version {version}", version=sheet.replaces)
            below = doc.text(set_text(replaced, _SMALL, _WIDTH), _RIGHT, below, align="right")
        if legend(sheet):
            said = set_text(legend(sheet), replace(_SMALL, font=MEDIUM), _SIDE_WIDTH)
            doc.text(said, _RIGHT, below, align="right")
            doc.bar(_RIGHT - said.width - 7, below + 1, said.height - 2)

    def _draw_calls(self, doc: Document, top: float) -> float:
        head = _("If somebody does not come: call in this order")
        said = set_text(head, Style(font=BOLD, size=13), _WIDTH)
        doc.text(said, MARGIN, top)
        if new_numbers(self._sheet):
            style = Style(font=BOLD, size=8.5, leading=1.5, tracking=0.4)
            new = set_text(new_numbers(self._sheet).upper(), style, _WIDTH)
            doc.tag(new, MARGIN + said.width + 10, top + 2, is_filled=True)
        top += 22
        width = (_WIDTH - _GAP) / 2
        for n, call in enumerate(self._calls):
            left = MARGIN + n % 2 * (width + _GAP)
            self._draw_card(doc, call, n + 1, (left, top, width))
            if n % 2 or n == len(self._calls) - 1:
                top += _CARD_HEIGHT + 6
        return top + _GAP - 6

    def _draw_card(
        self, doc: Document, call: Call, number: int, place: tuple[float, float, float]
    ) -> None:
        left, top, width = place
        doc.box(left, top, width, _CARD_HEIGHT, border=INK, radius=5)
        figure = set_text(str(number), Style(font=BOLD, size=26, leading=1.0), 30)
        doc.text(figure, left + 13, top + 12)
        x, room = left + 42, width - 52
        label = set_text(call.label, Style(font=MEDIUM, size=11), room, smallest=9.5)
        if len(label.lines) > 1:
            label = replace(label, style=replace(label.style, leading=1.1))
        doc.text(label, x, top + 6 if len(label.lines) == 1 else top + 2)
        phone = Style(font=BOLD, size=19, leading=1.15)
        doc.text(set_text(call.phone, phone, room, smallest=9), x, top + 23)

    def _draw_band(self, doc: Document, top: float) -> float:
        doc.box(MARGIN, top, _WIDTH, _BAND_HEIGHT, fill=INK, radius=5)
        numbers = common_numbers(self._sheet)
        width = _WIDTH / len(numbers)
        for n, (label, number) in enumerate(numbers):
            x = MARGIN + n * width + 14
            small = Style(font=MEDIUM, size=9, color=PAPER)
            big = Style(font=BOLD, size=19, color=PAPER, leading=1.1)
            below = doc.text(set_text(label, small, width - 20), x, top + 6)
            doc.text(set_text(number, big, width - 20, smallest=9), x, below)
        return top + _BAND_HEIGHT + _GAP

    def _draw_edition(self, doc: Document, top: float, page: int, n_pages: int) -> None:
        sheet = self._sheet
        if sheet.notice:
            top = doc.text(self._notice, MARGIN, top - 2) + 3
        doc.rule(MARGIN, _RIGHT, top, color=LINE)
        doc.text(set_text(edition_text(sheet), _SMALL, _WIDTH), MARGIN, top + 3)
        number = _("page {page} of {n_pages}", page=page, n_pages=n_pages)
        doc.text(set_text(number, _SMALL, _WIDTH), _RIGHT, top + 3, align="right")
