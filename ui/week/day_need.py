"""Officers by the quarter under the timeline of a day: minimum, need and what is planned."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from planner.services.week.day_views import QuarterNeed
from planner.words import _
from ui.theme import tokens
from ui.week import day_words
from ui.week.day_headings import PEOPLE_PX
from ui.week.day_layout import DayLayout
from ui.week.painting import Brushes

NEED_PX = 92
_TOP_PX, _BOTTOM_PX = 12, 10
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NeedStrip(QWidget):
    """Lies under people and hours alike; quarters below the minimum are marked along the bottom."""

    def __init__(self, layout_of: Callable[[], DayLayout], left_of: Callable[[], int]) -> None:
        super().__init__()
        self._layout_of, self._left_of = layout_of, left_of
        self._need: tuple[QuarterNeed, ...] = ()
        self._most = 1
        self._brushes = Brushes()
        self.setMouseTracking(True)

    def show_need(self, need: tuple[QuarterNeed, ...]) -> None:
        """Show another day's quarters."""
        self._need = need
        self._most = max((max(each.planned, each.needed, 1) for each in need), default=1)
        self.setAccessibleName(day_words.need_summary(need))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = tokens()
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.save()
        painter.setClipRect(PEOPLE_PX, 0, self.width() - PEOPLE_PX, self.height())
        painter.translate(PEOPLE_PX - self._left_of(), 0)
        self._paint_quarters(painter)
        painter.restore()
        painter.fillRect(0, 0, self.width(), 1, QColor(colors.line))
        painter.fillRect(PEOPLE_PX - 1, 0, 1, self.height(), QColor(colors.line))
        self._paint_legend(painter)

    def _paint_quarters(self, painter: QPainter) -> None:
        colors, axis = tokens(), self._layout_of().axis
        painter.setPen(QColor(colors.line))
        for at in axis.hours():
            x = round(axis.x(at))
            painter.drawLine(x, 0, x, self.height())
        fill = QColor(colors.accent)
        fill.setAlpha(70)
        for quarter in self._need:
            left, right = axis.x(quarter.span.start), axis.x(quarter.span.end)
            top = self._y(quarter.planned)
            painter.fillRect(QRectF(left, top, right - left, self._y(0) - top), fill)
            if quarter.planned < quarter.minimum:
                box = QRectF(left, self._y(0), right - left, 5)
                painter.fillRect(box, QColor(colors.danger))
        self._paint_steps(
            painter,
            lambda quarter: quarter.needed,
            QPen(QColor(colors.muted), 1.2, Qt.PenStyle.DashLine),
        )
        self._paint_steps(
            painter, lambda quarter: quarter.minimum, QPen(QColor(colors.warning), 1.6)
        )

    def _paint_steps(self, painter: QPainter, of: Callable[[QuarterNeed], int], pen: QPen) -> None:
        # One line through all quarters that touch, so that its dashes go on evenly.
        axis = self._layout_of().axis
        painter.setPen(pen)
        steps, end = QPolygonF(), None
        for quarter in self._need:
            if quarter.span.start != end:
                painter.drawPolyline(steps)
                steps.clear()
            end = quarter.span.end
            y = self._y(of(quarter))
            steps.append(QPointF(axis.x(quarter.span.start), y))
            steps.append(QPointF(axis.x(end), y))
        painter.drawPolyline(steps)

    def _paint_legend(self, painter: QPainter) -> None:
        colors, brushes = tokens(), self._brushes
        box = QRect(14, 4, PEOPLE_PX - 50, 18)
        brushes.text(painter, box, _("Officers by quarter"), brushes.strong, colors.text)
        keys = (
            (_("planned"), colors.accent, Qt.PenStyle.SolidLine, 7.0),
            (_("needed"), colors.muted, Qt.PenStyle.DashLine, 1.5),
            (_("minimum"), colors.warning, Qt.PenStyle.SolidLine, 2.0),
            (_("below the minimum"), colors.danger, Qt.PenStyle.SolidLine, 5.0),
        )
        for number, (text, color, style, width) in enumerate(keys):
            ink = QColor(color)
            if number == 0:
                ink.setAlpha(110)
            y = 31 + number * 15
            painter.setPen(QPen(ink, width, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(14, y, 32, y)
            box = QRect(38, y - 8, PEOPLE_PX - 54, 16)
            brushes.text(painter, box, text, brushes.small, colors.muted)
        for value in sorted({0, self._most}):
            box = QRect(PEOPLE_PX - 40, round(self._y(value)) - 8, 34, 16)
            brushes.text(painter, box, str(value), brushes.small, colors.muted, _RIGHT)

    def _y(self, value: int) -> float:
        bottom = self.height() - _BOTTOM_PX
        return bottom - (bottom - _TOP_PX) * value / self._most

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        axis = self._layout_of().axis
        at = axis.at(event.position().x() - PEOPLE_PX + self._left_of())
        for quarter in self._need:
            if event.position().x() >= PEOPLE_PX and quarter.span.start <= at < quarter.span.end:
                text = "\n".join(day_words.need_lines(quarter, axis.zone))
                QToolTip.showText(event.globalPosition().toPoint(), text, self)
                return
        QToolTip.hideText()
