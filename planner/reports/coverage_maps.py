"""Heat maps of coverage that need no colour: a number, a shade beside it, and a mark for gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner import words
from planner.coverage_words import fraction_text
from planner.domain.coverage_counts import Coverage
from planner.reports.coverage_sheet import CoverageSheet
from planner.reports.document import (
    BOLD,
    INK,
    LINE,
    MARGIN,
    MEDIUM,
    PAPER,
    SEMIBOLD,
    SOFT,
    TINT,
    Document,
    Style,
    Text,
    set_text,
)
from planner.reports.flow import Drawn, Placed
from planner.reports.shares import draw_swatch
from planner.words import _

_ROW = 15.0
_SWATCH = 7.0
_CELL_GAP = 1.5
_NAME = Style(font=MEDIUM, size=9)
_NUMBER = Style(font=SEMIBOLD, size=8.5, leading=1.2)
_GAP = Style(font=BOLD, size=8.5, leading=1.2, color=PAPER)
_COLUMN = Style(font=SEMIBOLD, size=8.5, color=SOFT)
_NOTE = Style(size=7.5, color=SOFT)
_LEGEND = Style(size=8.5, color=SOFT)


@dataclass(frozen=True, slots=True)
class _Head:
    """What the columns are."""

    texts: tuple[Text, ...]
    notes: tuple[Text, ...]
    left: float
    column: float

    @property
    def height(self) -> float:
        return 6.0 + self.texts[0].height + max([0.0, *(one.height for one in self.notes)]) + 3

    def draw(self, doc: Document, top: float, right: float) -> float:
        bottom = top + self.height
        for number, text in enumerate(self.texts):
            middle = self.left + (number + 0.5) * self.column
            doc.text(text, middle - text.width / 2, top + 6)
            if self.notes:
                note = self.notes[number]
                doc.text(note, middle - note.width / 2, top + 6 + text.height)
        doc.rule(MARGIN, right, bottom - 1, weight=0.8, color=INK)
        return bottom


@dataclass(frozen=True, slots=True)
class _Line:
    """A place and its cells."""

    name: Text
    cells: tuple[Coverage, ...]
    left: float
    column: float

    @property
    def height(self) -> float:
        return max(_ROW, self.name.height + 4)

    def draw(self, doc: Document, top: float, right: float) -> float:
        doc.text(self.name, MARGIN, top + (self.height - self.name.height) / 2)
        for number, cell in enumerate(self.cells):
            left = self.left + number * self.column
            _draw_cell(doc, cell, left, top, (self.column, self.height))
        doc.rule(MARGIN, right, top + self.height, weight=0.3)
        return top + self.height


def _draw_cell(
    doc: Document, cell: Coverage, left: float, top: float, size: tuple[float, float]
) -> None:
    column, row = size
    left, top = left + _CELL_GAP, top + _CELL_GAP
    width, height = column - 2 * _CELL_GAP, row - 2 * _CELL_GAP
    middle = top + height / 2
    if not cell.n_promised:
        doc.box(left + width / 2 - 2, middle, 4, 0.5, fill=LINE, radius=0)
        return
    is_gap = cell.n_gaps > 0
    doc.box(left, top, width, height, fill=INK if is_gap else TINT, radius=1.5)
    style = _GAP if is_gap else _NUMBER
    number = set_text(fraction_text(cell), style, width - 2, smallest=5)
    if number.width <= width - _SWATCH - 8:
        doc.text(number, left + 4, middle - number.height / 2)
        draw_swatch(doc, cell, left + width - _SWATCH - 3, middle - _SWATCH / 2, _SWATCH)
    else:
        doc.text(number, left + (width - number.width) / 2, middle - number.height / 2)


def school_map(sheet: CoverageSheet, titles: tuple[Drawn, Drawn], right: float) -> Iterator[Placed]:
    """Yield the map of schools and days; its titles are the first and that of further pages."""
    title, again = titles
    shown = [
        number
        for number in range(len(sheet.days))
        if any(school.days[number].n_promised for school in sheet.schools)
    ]
    days = [sheet.days[number] for number in shown]
    column = 54.0
    left = right - column * len(days)
    head = _Head(
        tuple(set_text(words.short_date(day.day), _COLUMN, column - 2) for day in days),
        tuple(
            set_text(day.occasion or day.school_break, _NOTE, column - 2, smallest=6)
            for day in days
        )
        if any(day.occasion or day.school_break for day in days)
        else (),
        left,
        column,
    )
    for school in sheet.schools:
        name = set_text(school.school, _NAME, left - MARGIN - 6, smallest=7)
        cells = tuple(school.days[number] for number in shown)
        yield Placed((_Line(name, cells, left, column),), (title, head), (again, head))


def hotspot_map(
    sheet: CoverageSheet, titles: tuple[Drawn, Drawn], right: float
) -> Iterator[Placed]:
    """Yield the map of selected places and hours of the day; see :func:`school_map`."""
    title, again = titles
    name_width = 150.0
    column = min((right - MARGIN - name_width) / max(len(sheet.hours), 1), 36.0)
    left = MARGIN + name_width
    head = _Head(
        tuple(set_text(f"{hour:02d}", _COLUMN, column) for hour in sheet.hours), (), left, column
    )
    for spot in sheet.hotspots:
        name = set_text(spot.hotspot, _NAME, left - MARGIN - 6, smallest=7)
        yield Placed((_Line(name, spot.hours, left, column),), (title, head), (again, head))


@dataclass(frozen=True, slots=True)
class MapLegend:
    """What the cells mean."""

    height: float = 24.0

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Draw a sample of each kind of cell with its meaning."""
        del right
        x = MARGIN
        samples: Sequence[tuple[Coverage, str]] = (
            (Coverage(n_promised=2, n_planned=2), _("all planned")),
            (Coverage(n_promised=2, n_planned=1, n_own_staff=1), _("the school's own staff")),
            (Coverage(n_promised=2, n_planned=1, n_cancelled=1), _("cancelled")),
            (Coverage(n_promised=2, n_planned=1), _("lacks people")),
        )
        for cell, meaning in samples:
            _draw_cell(doc, cell, x, top + 4, (40, _ROW))
            text = set_text(meaning, _LEGEND, 140)
            doc.text(text, x + 42, top + 4 + (_ROW - text.height) / 2)
            x += 42 + text.width + 12
        return top + self.height
