"""What every print-out shares: paper, type, and a pen that measures before it writes.

Lengths are points; heights are counted from the top of the page downwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from math import atan2, degrees, hypot
from threading import Lock
from typing import Literal

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources
from planner import words
from planner.reports.listening import listener
from planner.reports.typeface import printable
from planner.words import _

REGULAR, MEDIUM, SEMIBOLD, BOLD = "Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 45.0

INK = HexColor(0x10161F)
SOFT = HexColor(0x4E5865)
"""Second rank: 7:1 against white, so that it survives a copying machine."""
LINE = HexColor(0xB4BAC2)
TINT = HexColor(0xEEF0F3)
PAPER = white

_FONTS_LOCK = Lock()
"""Documents share their fonts, and what goes into a file is read at one place of a font at a time:
two that were saved at once could fail, or lack the rings and dots of letters."""

_WATERMARK = HexColor(0xE2E5E9)
"""Text on it still has 5:1."""
_WATERMARK_SHARE = 0.62
"""Of the page's diagonal that the word takes."""
_CAP_HEIGHT = 0.7275
"""Of Inter, as a share of the type size."""
_BAR_WIDTH = 2.5
_STEP = 0.5
"""Type is shrunk by so many points at a time."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set.

    Parameters
    ----------
    tracking
        Extra space after each letter, points; for headings in capitals.
    leading
        Distance of lines as a share of the size.
    is_struck
        Crossed out.
    """

    font: str = REGULAR
    size: float = 10.0
    color: Color = INK
    tracking: float = 0.0
    leading: float = 1.25
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text that has been set: its lines are broken and its size is known.

    Parameters
    ----------
    whole
        As it was before it was broken.
    """

    lines: tuple[str, ...]
    style: Style
    whole: str = ""

    @property
    def height(self) -> float:
        """From the top of its first line to the bottom of its last."""
        return len(self.lines) * self.style.size * self.style.leading

    @property
    def width(self) -> float:
        """Of its longest line."""
        return max((_width(line, self.style) for line in self.lines), default=0.0)


@dataclass(frozen=True, slots=True)
class Stack:
    """Texts set under each other."""

    texts: tuple[Text, ...] = ()

    @property
    def height(self) -> float:
        """Of all of them."""
        return sum(text.height for text in self.texts)


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the program's typeface known to ReportLab, once."""
    with _FONTS_LOCK:
        known = pdfmetrics.getRegisteredFontNames()
        for name in (REGULAR, MEDIUM, SEMIBOLD, BOLD):
            if name not in known:
                pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", f"{name}.ttf"))))


def set_text(
    text: str, style: Style, width: float, *, smallest: float | None = None, n_lines: int = 1
) -> Text:
    """Set a text within a width without losing a letter of it.

    It is shrunk, down to ``smallest``, until it takes at most ``n_lines`` lines with every word
    whole; if that is not enough it takes the lines it needs, and words too long for one are broken.
    A letter that the typeface lacks is replaced by one that shows it.
    """
    register_fonts()
    text = printable(text)
    size = style.size
    while smallest is not None and size > smallest:
        trial = replace(style, size=size)
        lines = _lines(text, trial, width)
        if len(lines) <= n_lines and all(_width(line, trial) <= width for line in lines):
            return Text(tuple(lines), trial, text)
        size = max(size - _STEP, smallest)
    final = replace(style, size=size)
    pieces = [piece for line in _lines(text, final, width) for piece in _broken(line, final, width)]
    return Text(tuple(pieces), final, text)


def _lines(text: str, style: Style, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(line: str, style: Style, width: float) -> Iterable[str]:
    while _width(line, style) > width and len(line) > 1:
        n = next((n for n in range(len(line) - 1, 1, -1) if _width(line[:n], style) <= width), 1)
        yield line[:n]
        line = line[n:]
    yield line


def _width(text: str, style: Style) -> float:
    return pdfmetrics.stringWidth(text, style.font, style.size) + len(text) * style.tracking


def paginated(heights: Sequence[float], room: float) -> list[range]:
    """Return which of the blocks, in order, stand on each page that has ``room`` for them.

    A block higher than a page gets one of its own. Without blocks there is one empty page.
    """
    pages: list[range] = []
    first, used = 0, 0.0
    for index, height in enumerate(heights):
        if index > first and used + height > room:
            pages.append(range(first, index))
            first, used = index, 0.0
        used += height
    pages.append(range(first, len(heights)))
    return pages


class Document:
    """A PDF in the making: the same strokes give the same bytes.

    Parameters
    ----------
    title, subject
        Of the file, as a reader shows them.
    is_landscape
        The pages lie; else they stand.
    is_draft
        Every page says so across its whole, under what is drawn on it.
    """

    def __init__(
        self, *, title: str, subject: str, is_landscape: bool = False, is_draft: bool = False
    ) -> None:
        register_fonts()
        size = landscape(A4) if is_landscape else A4
        self.width, self.height = size
        title, subject = printable(title), printable(subject)
        self._heard = listener()
        self._heard.hear(title)
        self._heard.hear(subject)
        self._watermark = _("Draft").upper() if is_draft else ""
        self._is_blank = True
        self._buffer = BytesIO()
        # invariant leaves out the time of day; the first font is named since ReportLab would
        # else list Helvetica, which is not embedded.
        self._canvas = Canvas(
            self._buffer,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            initialFontName=REGULAR,  # type: ignore[arg-type] # the stub says a number
            lang={"sv": "sv-SE", "en": "en-GB"}.get(words.language(), words.language()),
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor("Närvaro")
        self._canvas.setCreator("Närvaro")
        self._n_bookmarks = 0

    def bookmark(self, title: str, *, level: int = 0) -> None:
        """List the page begun last in the reader's table of contents.

        Parameters
        ----------
        level
            0 for what stands alone, 1 for what stands under the one before, and so on.
        """
        title = printable(title)
        self._heard.hear_bookmark(title)
        key = f"b{self._n_bookmarks}"
        self._n_bookmarks += 1
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key, level)
        self._canvas.showOutline()

    def anchor(self, key: str, top: float) -> None:
        """Let links lead to this height of the page."""
        self._canvas.bookmarkPage(f"a-{key}", fit="XYZ", left=0, top=self.height - top)

    def link(self, key: str, left: float, top: float, width: float, height: float) -> None:
        """Let a place on the page lead to an anchor, which some page of the document must have."""
        bottom = self.height - top - height
        # The border would else be drawn by some readers.
        self._canvas.linkRect(
            "", f"a-{key}", (left, bottom, left + width, bottom + height), Border="[0 0 0]"
        )

    def end_page(self) -> None:
        """Finish the page; what is drawn next stands on a new one."""
        self._canvas.showPage()
        self._is_blank = True

    def to_bytes(self) -> bytes:
        """Finish the document and return the file."""
        with _FONTS_LOCK:
            self._canvas.save()
        return self._buffer.getvalue()

    def text(
        self, text: Text, x: float, top: float, *, align: Literal["left", "right"] = "left"
    ) -> float:
        """Write a text and return where it ends; ``x`` is its right edge when aligned right."""
        self._heard.hear(text.whole or " ".join(text.lines))
        style = text.style
        line_height = style.size * style.leading
        canvas = self._pen()
        canvas.setFillColor(style.color)
        canvas.setFont(style.font, style.size)
        for line in text.lines:
            # The capitals stand in the middle of the line's height.
            base = self.height - top - (line_height + style.size * _CAP_HEIGHT) / 2
            left = x - _width(line, style) if align == "right" else x
            canvas.drawString(left, base, line, charSpace=style.tracking)
            if style.is_struck:
                canvas.setStrokeColor(style.color)
                canvas.setLineWidth(style.size / 14)
                middle = base + style.size * _CAP_HEIGHT / 2
                canvas.line(left, middle, left + _width(line, style), middle)
            top += line_height
        return top

    def stack(self, stack: Stack, x: float, top: float) -> float:
        """Write texts under each other and return where the last ends."""
        for text in stack.texts:
            top = self.text(text, x, top)
        return top

    def rule(
        self, left: float, right: float, top: float, *, weight: float = 0.5, color: Color = LINE
    ) -> None:
        """Draw a level line."""
        canvas = self._pen()
        canvas.setStrokeColor(color)
        canvas.setLineWidth(weight)
        canvas.line(left, self.height - top, right, self.height - top)

    def bar(self, left: float, top: float, height: float) -> None:
        """Draw the bar beside what is new, which a copying machine keeps."""
        self.box(left, top, _BAR_WIDTH, height, fill=INK, radius=0)

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: Color | None = None,
        border: Color | None = None,
        radius: float = 3.0,
    ) -> None:
        """Draw a box with rounded corners."""
        canvas = self._pen()
        if fill is not None:
            canvas.setFillColor(fill)
        if border is not None:
            canvas.setStrokeColor(border)
            canvas.setLineWidth(0.8)
        canvas.roundRect(
            left,
            self.height - top - height,
            width,
            height,
            radius,
            stroke=int(border is not None),
            fill=int(fill is not None),
        )

    def tag(self, text: Text, left: float, top: float, *, is_filled: bool = False) -> float:
        """Write a short text in a box of its own and return where the box ends on the right."""
        pad = text.style.size * 0.45
        width = text.width + 2 * pad
        if is_filled:
            self.box(left, top, width, text.height, fill=INK)
            text = replace(text, style=replace(text.style, color=PAPER))
        else:
            self.box(left, top, width, text.height, border=INK)
        self.text(text, left + pad, top)
        return left + width

    def _pen(self) -> Canvas:
        """Return what draws on the page; its watermark is there before anything else."""
        if self._is_blank:
            self._is_blank = False
            if self._watermark:
                self._draw_watermark()
        return self._canvas

    def _draw_watermark(self) -> None:
        canvas = self._canvas
        share = hypot(self.width, self.height) * _WATERMARK_SHARE
        size = share / pdfmetrics.stringWidth(self._watermark, BOLD, 1)
        canvas.saveState()
        canvas.setFillColor(_WATERMARK)
        canvas.setFont(BOLD, size)
        canvas.translate(self.width / 2, self.height / 2)
        canvas.rotate(degrees(atan2(self.height, self.width)))
        canvas.drawCentredString(0, -size * _CAP_HEIGHT / 2, self._watermark)
        canvas.restoreState()
