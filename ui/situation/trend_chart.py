"""Incidents by week or month, with how far chance alone could have moved each count."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from planner.domain.situation_picture import Period, PeriodCount
from planner.words import _
from ui.situation import words
from ui.theme import SMALL_PX, font, tokens

_LEFT_PX, _RIGHT_PX, _TOP_PX, _BOTTOM_PX = 40, 12, 14, 26
_LEAST_LABEL_PX = 46


class TrendChart(QWidget):
    """A bar for each period with its interval; arrow keys go from one to the next."""

    pointed = Signal(str)
    """What is said of the period that is chosen; empty without one."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[PeriodCount, ...] = ()
        self._period = Period.WEEK
        self._chosen = -1
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(words.trend_summary((), Period.WEEK))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @override
    def sizeHint(self) -> QSize:
        return QSize(700, 200)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(300, 140)

    def show_counts(self, counts: tuple[PeriodCount, ...], period: Period) -> None:
        """Show other counts."""
        self._counts, self._period, self._chosen = counts, period, -1
        self.setAccessibleName(words.trend_summary(counts, period))
        self.pointed.emit("")
        self.update()

    def choose(self, at: int) -> None:
        """Point at a period, by its number from the left."""
        if 0 <= at < len(self._counts):
            self._chosen = at
            text = words.period_text(self._counts[at], self._period)
            self.setAccessibleDescription(text)
            self.pointed.emit(text)
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._counts) - 1
        moves = {
            Qt.Key.Key_Left: max(self._chosen - 1, 0),
            Qt.Key.Key_Right: min(self._chosen + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves:
            self.choose(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._chosen < 0:
            self.choose(len(self._counts) - 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(self._at(event))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if 0 <= at < len(self._counts):
            text = words.period_text(self._counts[at], self._period)
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def _at(self, event: QMouseEvent) -> int:
        wide = self.width() - _LEFT_PX - _RIGHT_PX
        return int((event.position().x() - _LEFT_PX) * len(self._counts) // max(wide, 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX))
        if not self._counts:
            painter.setPen(QColor(colors.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("No incidents"))
            return
        top = max(one.high for one in self._counts)
        self._paint_scale(painter, top)
        for at, one in enumerate(self._counts):
            self._paint_bar(painter, at, one, top)
        self._paint_labels(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colors.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_scale(self, painter: QPainter, top: float) -> None:
        colors = tokens()
        step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**6) if top / n <= 6)
        for value in range(0, int(top) + 1, step):
            y = self._y(value, top)
            painter.setPen(QColor(colors.line))
            painter.drawLine(QPointF(_LEFT_PX, y), QPointF(self.width() - _RIGHT_PX, y))
            painter.setPen(QColor(colors.muted))
            box = QRectF(0, y - 8, _LEFT_PX - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(value))

    def _paint_bar(self, painter: QPainter, at: int, one: PeriodCount, top: float) -> None:
        colors = tokens()
        left, right = self._x(at), self._x(at + 1)
        gap = min(4.0, (right - left) * 0.15)
        bar = QRectF(
            left + gap,
            self._y(one.count, top),
            max(right - left - 2 * gap, 1),
            self._y(0, top) - self._y(one.count, top),
        )
        if at == self._chosen:
            painter.fillRect(
                QRectF(left, _TOP_PX, right - left, self.height() - _TOP_PX - _BOTTOM_PX),
                QColor(colors.selection),
            )
        fill = QColor(colors.accent)
        fill.setAlpha(150 if one.is_whole else 50)
        painter.setPen(Qt.PenStyle.NoPen if one.is_whole else QPen(QColor(colors.accent), 1))
        painter.setBrush(fill)
        painter.drawRect(bar)
        middle = (left + right) / 2
        painter.setPen(QPen(QColor(colors.text), 1.2))
        painter.drawLine(
            QPointF(middle, self._y(one.low, top)), QPointF(middle, self._y(one.high, top))
        )
        cap = min(3.0, (right - left) / 4)
        for value in (one.low, one.high):
            y = self._y(value, top)
            painter.drawLine(QPointF(middle - cap, y), QPointF(middle + cap, y))

    def _paint_labels(self, painter: QPainter) -> None:
        colors = tokens()
        painter.setPen(QColor(colors.muted))
        each = self._x(1) - self._x(0)
        step = max(1, -(-_LEAST_LABEL_PX // max(int(each), 1)))
        for at in range(0, len(self._counts), step):
            box = QRectF(self._x(at), self.height() - _BOTTOM_PX + 4, each * step, 18)
            text = words.period_label(self._counts[at], self._period)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)

    def _x(self, at: int) -> float:
        wide = self.width() - _LEFT_PX - _RIGHT_PX
        return _LEFT_PX + wide * at / max(len(self._counts), 1)

    def _y(self, value: float, top: float) -> float:
        high = self.height() - _TOP_PX - _BOTTOM_PX
        return self.height() - _BOTTOM_PX - high * value / max(top, 1)
