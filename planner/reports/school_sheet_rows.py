"""What a day of a school's sheet is drawn from: its windows with their marks, measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from planner.reports.document import BOLD, Document, Stack, Style, Text, paginated, set_text
from planner.reports.school_sheet_words import Mark

NOTHING = Stack()
BAR_GAP = 7.0
"""From the bar beside what is new to what it is beside."""

_TAG_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Tags:
    """Short texts in boxes, the first ones filled, in as many rows as they take."""

    rows: tuple[tuple[tuple[Text, bool], ...], ...] = ()

    @property
    def height(self) -> float:
        """Of all rows, with the gap after each."""
        return sum(map(_row_height, self.rows))

    def draw(self, doc: Document, x: float, top: float) -> None:
        """Draw them; ``x`` is their left edge."""
        for row in self.rows:
            left = x
            for text, is_filled in row:
                left = doc.tag(text, left, top, is_filled=is_filled) + 2 * _TAG_GAP
            top += _row_height(row)


def _row_height(row: Sequence[tuple[Text, bool]]) -> float:
    return max(text.height for text, _ in row) + _TAG_GAP


def tags_of(found: Sequence[Mark], size: float, width: float) -> Tags:
    """Return marks set within a width."""
    style = Style(font=BOLD, size=size, leading=1.5, tracking=0.4)
    rows: list[list[tuple[Text, bool]]] = []
    used = 0.0
    for mark in found:
        tag = set_text(mark.text.upper(), style, width - size, smallest=6.5)
        taken = tag.width + size + 2 * _TAG_GAP
        if rows and used + taken <= width:
            rows[-1].append((tag, mark.is_news))
        else:
            rows.append([(tag, mark.is_news)])
            used = 0.0
        used += taken
    return Tags(tuple(tuple(row) for row in rows))


@dataclass(frozen=True, slots=True)
class Entry:
    """A window as printed: its time, what stands ``indent`` beside that, and what under it.

    What differs from the sheet on the wall has a bar at its side.
    """

    time: Text
    indent: float = 0.0
    beside: Stack = NOTHING
    tags: Tags = Tags()
    under: Stack = NOTHING
    is_news: bool = False

    @property
    def height(self) -> float:
        """From the top of the time to the end of what stands under it."""
        first = max(self.time.height, self.beside.height)
        return first + self.tags.height + self.under.height

    def draw(self, doc: Document, x: float, top: float) -> None:
        """Draw it; ``x`` is its left edge, and the bar stands left of that."""
        if self.is_news:
            doc.bar(x - BAR_GAP, top + 2, self.height - 2)
        doc.text(self.time, x, top)
        # Capitals and figures of both hang from the same line.
        doc.stack(self.beside, x + self.indent, top + 1)
        top += max(self.time.height, self.beside.height)
        self.tags.draw(doc, x, top)
        doc.stack(self.under, x, top + self.tags.height)


@dataclass(frozen=True, slots=True)
class Row:
    """A day as printed: a statement across the page, or a stack of entries in each column."""

    day: Stack
    tag: Text | None
    statement: Stack
    cells: tuple[tuple[Entry, ...], ...]
    place: Stack
    padding: float

    @property
    def height(self) -> float:
        """Of the highest of its columns, with the padding around."""
        inner = [self.day.height + (self.tag.height + 3 if self.tag else 0), self.place.height]
        inner += [_stacked(cell, self.padding) for cell in self.cells]
        inner.append(self.statement.height)
        return max(inner) + 2 * self.padding


def _stacked(cell: Sequence[Entry], gap: float) -> float:
    return sum(entry.height for entry in cell) + gap * (len(cell) - 1)


def split(row: Row, room: float) -> list[Row]:
    """Return a day in as many pieces as it takes for each to fit on a page."""
    if row.height <= room:
        return [row]
    levels = zip_longest(*row.cells)
    heights = [max(entry.height for entry in level if entry) + row.padding for level in levels]
    pieces = paginated(heights, room - 2 * row.padding)
    return [
        replace(row, cells=tuple(cell[piece.start : piece.stop] for cell in row.cells))
        for piece in pieces
    ]
