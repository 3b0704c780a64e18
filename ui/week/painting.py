"""What the delegates of both grids paint with."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from planner.domain.spans import Span
from planner.words import clock, clock_span
from ui.theme import SMALL_PX, font, tokens
from ui.theme.tokens import Tokens

RADIUS_PX = 4
_SPACE_PX = 5

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Brushes:
    """Fonts and their metrics, made once a view; colours come from the theme when painted."""

    def __init__(self) -> None:
        self.normal = font()
        self.strong = font(weight=QFont.Weight.Medium)
        self.small = font(SMALL_PX)
        self.small_strong = font(SMALL_PX, QFont.Weight.DemiBold)
        self.metrics = {
            id(each): QFontMetrics(each)
            for each in (self.normal, self.strong, self.small, self.small_strong)
        }
        # Names, codes and times come again and again, and measuring takes as long as drawing.
        self._widths = {
            face: lru_cache(maxsize=4096)(metrics.horizontalAdvance)
            for face, metrics in self.metrics.items()
        }

    def text(  # noqa: PLR0917 - in the order of QPainter.drawText
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        face: QFont,
        color: str,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> int:
        """Draw one line, shortened with an ellipsis to fit; return its width."""
        if self.width(text, face) > box.width():
            metrics = self.metrics[id(face)]
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(face)
        painter.setPen(ink(color))
        painter.drawText(box, align, text)
        return self.width(text, face)

    def time_and_text(
        self,
        painter: QPainter,
        box: QRect,
        time: tuple[Span, ZoneInfo],
        text: str,
        inks: tuple[str, str],
    ) -> None:
        """Draw a time and a text on one line; the end of the time gives way to the text."""
        span, zone = time
        head = clock_span(span.start, span.end, zone)
        room = box.width() - self.width(head, self.small_strong) - _SPACE_PX
        if room < self.width(text, self.small):
            head = clock(span.start, zone)
        width = self.text(painter, box, head, self.small_strong, inks[0])
        rest = box.adjusted(width + _SPACE_PX, 0, 0, 0)
        self.text(painter, rest, text, self.small, inks[1])

    def width(self, text: str, face: QFont) -> int:
        """Return how wide a text is."""
        return self._widths[id(face)](text)


@lru_cache
def ink(color: str) -> QColor:
    """Return a colour of the theme; it is shared, so change a copy."""
    return QColor(color)


def fill_cell(painter: QPainter, box: QRect, *, is_free: bool, is_selected: bool) -> None:
    """Draw a cell's ground and its lines."""
    colors = tokens()
    inside = box.adjusted(0, 0, -1, -1)
    painter.fillRect(box, ink(colors.line))
    ground = colors.free_day if is_free else colors.surface
    painter.fillRect(inside, ink(colors.selection if is_selected else ground))


def frame_focus(painter: QPainter, box: QRect) -> None:
    """Draw the frame of the cell that the keyboard is in."""
    painter.setPen(QPen(QColor(tokens().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), RADIUS_PX, RADIUS_PX)


def bar(painter: QPainter, box: QRect, fill: str, ink: str, *, is_outlined: bool) -> None:
    """Draw a shift: filled with a stripe when planned, outlined when given."""
    shape = QRectF(box)
    if is_outlined:
        painter.setPen(QPen(QColor(ink), 1))
        painter.setBrush(QColor(tokens().surface))
        painter.drawRoundedRect(shape.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(shape, RADIUS_PX, RADIUS_PX)
    painter.setBrush(QColor(ink))
    painter.drawRoundedRect(QRectF(box.left(), box.top(), 3, box.height()), 1.5, 1.5)


def dash(painter: QPainter, box: QRect, colors: Tokens) -> None:
    """Draw time in which somebody can be called to work."""
    painter.setPen(QPen(ink(colors.outline), 1, Qt.PenStyle.DashLine))
    painter.setBrush(ink(colors.surface))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)


def hatch(painter: QPainter, box: QRect, colors: Tokens) -> None:
    """Draw time that is taken."""
    painter.setPen(QPen(QColor(colors.outline), 1))
    painter.setBrush(QColor(colors.surface))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_PX, RADIUS_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colors.line), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)
