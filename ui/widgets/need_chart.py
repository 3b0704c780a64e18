"""Officers by hour over the week: the minimum, the need and what is planned."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from planner.services.roster.views import NeedPoint
from planner.words import _, clock, ngettext, short_date
from ui.theme import SMALL_PX, font, tokens

_DAY_WITH_NOON_PX = 190
_LOOKS_OTHERWISE = {
    QEvent.Type.PaletteChange,
    QEvent.Type.StyleChange,
    QEvent.Type.FontChange,
    QEvent.Type.DevicePixelRatioChange,
}
_LEFT_PX, _RIGHT_PX, _TOP_PX, _BOTTOM_PX = 34, 12, 32, 20


class NeedChart(QWidget):
    """Steps an hour wide; hours under the minimum are marked red along the bottom."""

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[NeedPoint, ...] = ()
        self._zone = ZoneInfo("UTC")
        self._picture: QPixmap | None = None
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 138)

    def show_points(self, points: tuple[NeedPoint, ...], zone: ZoneInfo) -> None:
        """Show another week's hours."""
        self._points, self._zone = points, zone
        n_short = sum(point.planned < point.minimum for point in points)
        text = ngettext("{n} hour below the minimum", "{n} hours below the minimum", n_short)
        self.setAccessibleName(_("Officers by hour") + ": " + text)
        self._redraw()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            # Every change between the tables shows the chart again: it is drawn once.
            self._picture = QPixmap(self.size() * self.devicePixelRatioF())
            self._picture.setDevicePixelRatio(self.devicePixelRatioF())
            painter = QPainter(self._picture)
            self._paint(painter)
            painter.end()
        QPainter(self).drawPixmap(0, 0, self._picture)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in _LOOKS_OTHERWISE:
            self._redraw()
        return super().event(event)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _paint(self, painter: QPainter) -> None:
        colors = tokens()
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(colors.line))
        painter.setFont(font(SMALL_PX))
        self._paint_legend(painter)
        if not self._points:
            return
        top = max(max(point.planned, point.needed, 1) for point in self._points)
        self._paint_scale(painter, top)
        self._paint_days(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self._steps(lambda point: point.planned, top)
        area = QPolygonF(filled)
        area.append(QPointF(self._x(len(self._points)), self._y(0, top)))
        area.prepend(QPointF(self._x(0), self._y(0, top)))
        fill = QColor(colors.accent)
        fill.setAlpha(70)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors.muted), 1.2, Qt.PenStyle.DashLine))
        painter.drawPolyline(self._steps(lambda point: point.needed, top))
        painter.setPen(QPen(QColor(colors.warning), 1.6))
        painter.drawPolyline(self._steps(lambda point: point.minimum, top))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.danger))
        for at, point in enumerate(self._points):
            if point.planned < point.minimum:
                width = self._x(at + 1) - self._x(at)
                painter.drawRect(QRectF(self._x(at), self._y(0, top) - 2, width, 4))

    def _paint_legend(self, painter: QPainter) -> None:
        colors = tokens()
        painter.setFont(font(weight=font().Weight.DemiBold))
        title = _("Officers by hour")
        painter.setPen(QColor(colors.text))
        painter.drawText(14, 18, title)
        at = 14 + painter.fontMetrics().horizontalAdvance(title) + 24
        painter.setFont(font(SMALL_PX))
        keys = (
            (_("planned"), colors.accent, Qt.PenStyle.SolidLine, 7),
            (_("needed"), colors.muted, Qt.PenStyle.DashLine, 1.5),
            (_("minimum"), colors.warning, Qt.PenStyle.SolidLine, 2),
            (_("below the minimum"), colors.danger, Qt.PenStyle.SolidLine, 4),
        )
        for text, color, style, width in keys:
            ink = QColor(color)
            if text == keys[0][0]:
                ink.setAlpha(110)
            painter.setPen(QPen(ink, width, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(at, 14, at + 18, 14)
            painter.setPen(QColor(colors.muted))
            painter.drawText(at + 24, 18, text)
            at += 24 + painter.fontMetrics().horizontalAdvance(text) + 20

    def _paint_scale(self, painter: QPainter, top: int) -> None:
        colors = tokens()
        for value in sorted({0, (top + 1) // 2, top}):
            y = self._y(value, top)
            painter.setPen(QColor(colors.line))
            painter.drawLine(QPointF(_LEFT_PX, y), QPointF(self.width() - _RIGHT_PX, y))
            painter.setPen(QColor(colors.muted))
            box = QRectF(0, y - 8, _LEFT_PX - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(value))

    def _paint_days(self, painter: QPainter) -> None:
        colors = tokens()
        for at, point in enumerate(self._points):
            local = point.start.astimezone(self._zone)
            x = self._x(at)
            if local.hour == 0:
                painter.setPen(QColor(colors.line))
                painter.drawLine(QPointF(x, _TOP_PX), QPointF(x, self.height() - 6))
                painter.setPen(QColor(colors.muted))
                painter.drawText(QPointF(x + 5, self.height() - 6), short_date(local.date()))
            elif local.hour == 12 and self._x(24) - self._x(0) > _DAY_WITH_NOON_PX:
                painter.setPen(QColor(colors.muted))
                box = QRectF(x - 20, self.height() - 17, 40, 14)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, clock(point.start, self._zone))

    def _x(self, at: int) -> float:
        return _LEFT_PX + (self.width() - _LEFT_PX - _RIGHT_PX) * at / max(len(self._points), 1)

    def _y(self, value: int, top: int) -> float:
        return self.height() - _BOTTOM_PX - (self.height() - _TOP_PX - _BOTTOM_PX) * value / top

    def _steps(self, of: Callable[[NeedPoint], int], top: int) -> QPolygonF:
        corners = QPolygonF()
        for at, point in enumerate(self._points):
            y = self._y(of(point), top)
            corners.append(QPointF(self._x(at), y))
            corners.append(QPointF(self._x(at + 1), y))
        return corners

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        wide = self.width() - _LEFT_PX - _RIGHT_PX
        at = int((event.position().x() - _LEFT_PX) * len(self._points) / max(wide, 1))
        if not 0 <= at < len(self._points):
            return
        point = self._points[at]
        day = short_date(point.start.astimezone(self._zone).date())
        lines = [
            f"{day} {clock(point.start, self._zone)}",
            _("planned: {n}", n=point.planned),
            _("needed: {n}", n=point.needed),
            _("minimum: {n}", n=point.minimum),
        ]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)
