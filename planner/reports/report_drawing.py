"""The blocks of a report on paper: texts and tables whose numbers lead to where they come from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.domain.tallies import Tally
from planner.domain.weeks import IsoWeek
from planner.reports.document import (
    BOLD,
    INK,
    LINE,
    MARGIN,
    SEMIBOLD,
    SOFT,
    Document,
    Style,
    Text,
    set_text,
)
from planner.reports.report_blocks import Column, Line, Table
from planner.reports.shares import draw_parts
from planner.reports.traced import pieces, plain

_PAD = 6.0
"""Between columns."""
_HEAD = Style(font=SEMIBOLD, size=8, color=SOFT, leading=1.2)
_CELL = Style(size=9.5, leading=1.25)
_DENSE = Style(size=8.5, leading=1.25)
_PART_INDENT = 12.0
_BAR_HEIGHT = 8.0
_MOST_LINES = 6
"""Of words in a cell before they are set smaller."""


@dataclass(frozen=True, slots=True)
class Blank:
    """White space."""

    height: float = 0.0

    def draw(self, _doc: Document, top: float, _right: float) -> float:
        """Leave it."""
        return top + self.height


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text, set, and where its words lead.

    Parameters
    ----------
    goals
        An anchor for each word, empty for most.
    """

    text: Text
    goals: tuple[str, ...]

    def draw(self, doc: Document, x: float, top: float, *, is_right: bool = False) -> float:
        """Write it; ``x`` is its right edge when ``is_right``."""
        end = doc.text(self.text, x, top, align="right" if is_right else "left")
        if any(self.goals):
            for goal, left, line, width in self._places(x, is_right=is_right):
                height = self.text.style.size * self.text.style.leading
                doc.link(goal, left, top + line * height, width, height)
        return end

    def _places(self, x: float, *, is_right: bool) -> Iterator[tuple[str, float, int, float]]:
        """Yield anchor, left edge, line and width of each word that leads somewhere."""
        lines = [line.split() for line in self.text.lines]
        if sum(map(len, lines)) != len(self.goals):
            return  # a word was broken; the others still lead there
        goals = iter(self.goals)
        for number, line in enumerate(lines):
            whole = self._width(line)
            for at, word in enumerate(line):
                goal = next(goals)
                if goal:
                    before = self._width([*line[:at], ""])
                    left = x - whole + before if is_right else x + before
                    yield goal, left, number, self._width([word])

    def _width(self, line: Sequence[str]) -> float:
        return Text((" ".join(line),), self.text.style).width


def traced(
    text: str, style: Style, width: float, *, smallest: float | None = None, n_lines: int = 1
) -> TracedText:
    """Set a text with traced numbers; see :func:`planner.reports.document.set_text`."""
    whole = set_text(plain(text), style, width, smallest=smallest, n_lines=n_lines)
    return TracedText(whole, tuple(_goals(text)))


def _goals(text: str) -> Iterator[str]:
    """Yield for each word of a text the anchor that any part of it leads to."""
    goal, is_word = "", False
    for piece in pieces(text):
        for letter in piece.text:
            if letter.isspace():
                if is_word:
                    yield goal
                goal, is_word = "", False
            else:
                goal, is_word = goal or piece.goal, True
    if is_word:
        yield goal


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text over the width of the page.

    Parameters
    ----------
    key
        Its anchor; empty for none.
    mark
        Stands before it, as of an item of a list.
    """

    text: TracedText
    left: float = MARGIN
    above: float = 0.0
    below: float = 0.0
    key: str = ""
    mark: str = ""

    @property
    def height(self) -> float:
        """All of it."""
        return self.above + self.text.text.height + self.below

    def draw(self, doc: Document, top: float, _right: float) -> float:
        """Write it."""
        if self.key:
            doc.anchor(self.key, top)
        if self.mark:
            mark = set_text(self.mark, self.text.text.style, 20)
            doc.text(mark, self.left - 10, top + self.above)
        self.text.draw(doc, self.left, top + self.above)
        return top + self.height


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, with a line at its foot.

    Parameters
    ----------
    cells
        A text, its edge and whether that is the right one, for each column that has words.
    bar
        Shares that are drawn, with left edge and width.
    """

    cells: tuple[tuple[TracedText, float, bool], ...]
    pad: float
    key: str = ""
    weight: float = 0.4
    is_strong: bool = False
    bar: tuple[Tally, float, float] | None = None
    week: IsoWeek | None = None

    @property
    def height(self) -> float:
        """All of it."""
        return 2 * self.pad + max(cell.text.height for cell, _x, _is_right in self.cells)

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Write it."""
        if self.key:
            doc.anchor(self.key, top)
        for cell, x, is_right in self.cells:
            cell.draw(doc, x, top + self.pad, is_right=is_right)
        if self.bar is not None:
            tally, left, width = self.bar
            draw_parts(doc, tally, left, top + self.pad + 2, (width, _BAR_HEIGHT))
        end = top + self.height
        doc.rule(MARGIN, right, end, weight=self.weight, color=INK if self.is_strong else LINE)
        return end


class TableLayout:
    """A table's columns on a page of some width."""

    def __init__(self, table: Table, left: float, right: float) -> None:
        self._table = table
        whole = sum(column.share for column in table.columns)
        room = right - left
        self._edges = []
        was_number = False
        for at, column in enumerate(table.columns):
            width = room * column.share / whole
            # A text beside a number on its left would else touch it.
            gap = _PAD if was_number and not column.is_number else 0.0
            pad = _PAD if at + 1 < len(table.columns) else 0.0
            self._edges.append((left + gap, left + width - pad))
            left += width
            was_number = column.is_number
        self._style = _DENSE if table.is_dense else _CELL
        self._pad = 1.6 if table.is_dense else 3.2

    def head(self, key: str = "") -> TableRow:
        """Return the row of the columns' heads."""
        columns = self._table.columns
        cells = tuple(
            self._cell(column.head, column, edges, _HEAD, n_lines=2)
            for column, edges in zip(columns, self._edges, strict=True)
        )
        return TableRow(_level(cells), 2.5, key, weight=1.0, is_strong=True)

    def row(self, line: Line) -> TableRow:
        """Return a row."""
        style = replace(self._style, font=BOLD) if line.is_total else self._style
        cells: list[tuple[TracedText, float, bool]] = []
        texts = iter(line.cells)
        bar = None
        for at, (column, (left, right)) in enumerate(
            zip(self._table.columns, self._edges, strict=True)
        ):
            if column.is_bar:
                bar = (line.bar, left, right - left) if line.bar else None
                continue
            indent = _PART_INDENT if line.is_part and at == 0 else 0.0
            of_cell = replace(style, color=SOFT) if line.is_part else style
            cells.append(self._cell(next(texts), column, (left + indent, right), of_cell))
        return TableRow(tuple(cells), self._pad, line.key, bar=bar, week=line.week)

    @staticmethod
    def _cell(
        text: str, column: Column, edges: tuple[float, float], style: Style, *, n_lines: int = 1
    ) -> tuple[TracedText, float, bool]:
        left, right = edges
        smallest = style.size * 0.85
        longest = n_lines if column.is_number else _MOST_LINES
        found = traced(text, style, right - left, smallest=smallest, n_lines=longest)
        return found, right if column.is_number else left, column.is_number


def _level(
    cells: tuple[tuple[TracedText, float, bool], ...],
) -> tuple[tuple[TracedText, float, bool], ...]:
    """Let heads of fewer lines stand at the foot of the row, by empty lines above them."""
    most = max(len(cell.text.lines) for cell, _x, _is_right in cells)
    return tuple(
        (
            TracedText(
                replace(cell.text, lines=("",) * (most - len(cell.text.lines)) + cell.text.lines),
                (),
            ),
            x,
            is_right,
        )
        for cell, x, is_right in cells
    )
