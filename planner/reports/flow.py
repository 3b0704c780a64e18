"""Rows under headings that flow from page to page; headings go before what stands under them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from reportlab.lib.colors import Color

from planner.reports.document import LINE, Document, Stack, Text

_TAG_PAD = 0.45
"""Of a tag at each side, as a share of its type size; see :meth:`Document.tag`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Texts in a column of a row.

    Parameters
    ----------
    left
        Edge of the column; its right edge when ``is_right``.
    tag
        Drawn as a box round its first text, open or filled.
    """

    left: float
    content: Stack
    tag: Literal["", "open", "filled"] = ""
    is_right: bool = False

    @property
    def first(self) -> float:
        """Height of its first line."""
        style = self.content.texts[0].style
        return style.size * style.leading

    def draw(self, doc: Document, top: float) -> None:
        """Draw the cell."""
        for text in self.content.texts:
            if self.tag:
                width = text.width + 2 * _TAG_PAD * text.style.size
                left = self.left - width if self.is_right else self.left
                doc.tag(text, left, top, is_filled=self.tag == "filled")
            else:
                doc.text(text, self.left, top, align="right" if self.is_right else "left")
            top += text.height


class Drawn(Protocol):
    """Anything that takes the whole width of a page and knows its height: a row, a chart."""

    @property
    def height(self) -> float:
        """All of it."""

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Draw it and return where it ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells beside each other, the capitals of their first lines on one level.

    Parameters
    ----------
    above, below
        White space.
    line
        Weight of the line at its foot; none when 0.
    """

    cells: tuple[Cell, ...]
    above: float = 0.0
    below: float = 0.0
    line: float = 0.0
    line_left: float = 0.0
    line_color: Color = LINE

    @property
    def height(self) -> float:
        """All of it."""
        inside = max(drop + cell.content.height for cell, drop in self._dropped())
        return self.above + inside + self.below

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Draw the row and return where it ends."""
        for cell, drop in self._dropped():
            cell.draw(doc, top + self.above + drop)
        top += self.height
        if self.line:
            doc.rule(self.line_left, right, top, weight=self.line, color=self.line_color)
        return top

    def _dropped(self) -> list[tuple[Cell, float]]:
        """Return each cell with how much lower it begins than the one with the largest type."""
        firsts = [cell.first for cell in self.cells]
        tallest = max(firsts)
        return [
            (cell, (tallest - first) / 2) for cell, first in zip(self.cells, firsts, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows that stay together, and the headings that they stand under.

    Parameters
    ----------
    heads
        From the widest to the narrowest.
    again
        The same headings on a page that goes on with what the one before began.
    """

    rows: tuple[Drawn, ...]
    heads: tuple[Drawn, ...] = ()
    again: tuple[Drawn, ...] = ()


def flowed(blocks: Iterable[Placed], room: float) -> list[list[Drawn]]:
    """Return the rows of each page with their headings, none of which ends a page.

    Rows that stay together and are higher than ``room`` get a page of their own. Without any there
    is one empty page.
    """
    pages: list[list[Drawn]] = [[]]
    used = 0.0
    before: tuple[Drawn, ...] = ()
    for placed in blocks:
        n_same = 0
        while n_same < min(len(before), len(placed.heads)) and (
            before[n_same] is placed.heads[n_same]
        ):
            n_same += 1
        wanted = [*placed.heads[n_same:], *placed.rows]
        if used and used + sum(row.height for row in wanted) > room:
            wanted = [*placed.again[:n_same], *wanted]
            pages.append([])
            used = 0.0
        pages[-1] += wanted
        used += sum(row.height for row in wanted)
        before = placed.heads
    return pages


def single(text: Text) -> Stack:
    """Return a text alone."""
    return Stack((text,))
