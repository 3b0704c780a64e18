"""Paints a person's row of the timeline."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from planner.domain.duties import DutyKind
from planner.domain.spans import Span, subtract
from planner.services.week.day_views import DayRow, DayShift, DutyBlock, Travel
from planner.words import _, clock_span
from ui.theme import pixmap, tokens
from ui.week import day_words
from ui.week.day_layout import GROUP_PX, ROW_PX, DayLayout
from ui.week.painting import RADIUS_PX, Brushes, bar, dash, hatch

KIND_LOOKS = {
    DutyKind.SCHOOL: ("school", 1),
    DutyKind.PRESENCE: ("shield", 0),
    DutyKind.VISIT: ("map-pin", 4),
    DutyKind.WALK: ("users", 2),
    DutyKind.SESSION: ("info", 3),
}
"""Symbol of each kind of duty, and which of the theme's shift colours it has."""

_SYMBOL_PX = 12
_LEAST_FOR_SYMBOL_PX = 17
_LEAST_FOR_TEXT_PX = 44
_TITLE_PX = 15
_ALERT_PX = 18
_EDGES_PX = 8
_GROUP_LEFT_PX, _GROUP_WIDE_PX = 14, 900
_CENTER = Qt.AlignmentFlag.AlignCenter


def paint_ground(painter: QPainter, layout: DayLayout, shown: QRect, midnight: datetime) -> None:
    """Draw what is behind the blocks: hours, rows, group headings, and the next day darker."""
    colors, axis = tokens(), layout.axis
    painter.fillRect(shown, QColor(colors.surface))
    beyond = round(axis.x(midnight))
    painter.fillRect(
        beyond, shown.top(), shown.right() - beyond + 1, shown.height(), QColor(colors.ground)
    )
    painter.setPen(QColor(colors.line))
    for at in axis.hours():
        x = round(axis.x(at))
        if shown.left() <= x <= shown.right():
            painter.drawLine(x, shown.top(), x, shown.bottom())
    if axis.span.start < midnight < axis.span.end:
        painter.fillRect(beyond, shown.top(), 2, shown.height(), QColor(colors.outline))
    for number in layout.rows_between(shown.top(), shown.bottom()):
        y = layout.tops[number] + ROW_PX - 1
        painter.fillRect(shown.left(), y, shown.width(), 1, QColor(colors.line))
    for top, _row in layout.groups:
        if top <= shown.bottom() and top + GROUP_PX >= shown.top():
            painter.fillRect(shown.left(), top, shown.width(), GROUP_PX, QColor(colors.ground))
            y = top + GROUP_PX - 1
            painter.fillRect(shown.left(), y, shown.width(), 1, QColor(colors.line))


def paint_focus(painter: QPainter, box: QRect, *, is_in: bool) -> None:
    """Draw the frame of the block that is chosen; thinner while the keyboard is elsewhere."""
    painter.setPen(QPen(QColor(tokens().accent), 2.5 if is_in else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(-1.5, -1.5, 1.5, 1.5), RADIUS_PX, RADIUS_PX)


def paint_now(painter: QPainter, layout: DayLayout, shown: QRect, now: datetime) -> None:
    """Draw the line of the present moment, if it is in sight."""
    if layout.axis.span.start <= now < layout.axis.span.end:
        x = layout.axis.x(now)
        painter.setPen(QPen(QColor(tokens().danger), 1.5))
        painter.drawLine(QPointF(x, shown.top()), QPointF(x, shown.bottom()))


class LanePainter:
    """Draws in the layout's own distances; the painter is moved to where they begin."""

    def __init__(self) -> None:
        self.brushes = Brushes()
        self._left = 0

    def begin(self, left: int) -> None:
        """Say where what is in sight begins: titles of blocks that begin before keep to it."""
        self._left = left

    def paint_groups(
        self, painter: QPainter, layout: DayLayout, rows: Sequence[DayRow], left: int
    ) -> None:
        """Draw the title of each group, from so far left on."""
        for top, number in layout.groups:
            box = QRect(left + _GROUP_LEFT_PX, top, _GROUP_WIDE_PX, GROUP_PX)
            title = day_words.group_title(rows[number])
            self.brushes.text(painter, box, title, self.brushes.small_strong, tokens().muted)

    def paint_row(self, painter: QPainter, layout: DayLayout, number: int, row: DayRow) -> None:
        """Draw everything in a row but its ground."""
        for span in row.absences:
            self._paint_absence(painter, layout.bar(number, span))
        for shift in row.shifts:
            self._paint_shift(painter, layout, number, shift)
        for title, span in row.bound:
            box = layout.bar(number, span)
            hatch(painter, box, tokens())
            self._label(painter, box, title or _("Bound time"), tokens().text)
        for span in row.standby:
            box = layout.bar(number, span)
            dash(painter, box, tokens())
            self._label(painter, box, _("Stand-by"), tokens().text)

    def _paint_absence(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().neutral_fill))
        painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        self._label(painter, box, _("Absence"), tokens().text)

    def _paint_shift(
        self, painter: QPainter, layout: DayLayout, number: int, shift: DayShift
    ) -> None:
        fills = tokens().shifts
        fill, ink = fills[shift.color_index % len(fills)]
        boxes = [layout.bar(number, part) for part in shift.parts]
        if len(boxes) > 1:
            painter.setPen(QPen(QColor(ink), 1, Qt.PenStyle.DotLine))
            height = boxes[0].center().y()
            painter.drawLine(boxes[0].right(), height, boxes[-1].left(), height)
        for box in boxes:
            bar(painter, box, fill, ink, is_outlined=shift.is_given)
        for end in filter(None, (shift.muster, shift.report)):
            shade(painter, layout.bar(number, end), ink)
        for pause in shift.breaks:
            paint_break(painter, layout.bar(number, pause), ink)
        for part, box in zip(shift.parts, boxes, strict=True):
            self._paint_title(painter, layout, shift, (number, part, box), ink)
        self._paint_content(painter, layout, number, shift)

    def _paint_content(
        self, painter: QPainter, layout: DayLayout, number: int, shift: DayShift
    ) -> None:
        for way in shift.travels:
            self._paint_travel(painter, layout.duty(number, way.room), way)
        for duty in shift.duties:
            self._paint_duty(painter, layout.duty(number, duty.span), duty)
        for way in shift.travels:
            if way.is_too_short:
                _paint_alert(painter, layout.duty(number, way.room).center())

    def _paint_title(
        self,
        painter: QPainter,
        layout: DayLayout,
        shift: DayShift,
        place: tuple[int, Span, QRect],
        ink: str,
    ) -> None:
        number, part, box = place
        face, zone = self.brushes.small_strong, layout.axis.zone
        time = clock_span(part.start, part.end, zone)
        # The title keeps out of hatched ends and breaks, so that it can be read.
        taken = [*shift.breaks, *filter(None, (shift.muster, shift.report))]
        shown = Span(max(part.start, layout.axis.at(self._left)), part.end)
        rooms = [layout.bar(number, piece) for piece in subtract(shown, taken)]
        if not rooms:
            return
        needed_px = self.brushes.width(f"{time} {shift.code}", face) + _EDGES_PX
        room = next((each for each in rooms if each.width() >= needed_px), rooms[0])
        inner = QRect(room.left() + 6, box.top() + 1, room.width() - _EDGES_PX, _TITLE_PX)
        if shift.is_locked and inner.width() > _LEAST_FOR_TEXT_PX:
            painter.drawPixmap(inner.left(), inner.top() + 2, pixmap("lock", ink, _SYMBOL_PX - 1))
            inner.adjust(_SYMBOL_PX + 2, 0, 0, 0)
        texts = (f"{time} {shift.code} {shift.name}", f"{time} {shift.code}", shift.code)
        text = next((each for each in texts if self.brushes.width(each, face) <= inner.width()), "")
        self.brushes.text(painter, inner, text, face, ink)

    def _paint_duty(self, painter: QPainter, box: QRect, duty: DutyBlock) -> None:
        colors = tokens()
        symbol, color = KIND_LOOKS[duty.kind]
        fill, ink = colors.shifts[color]
        painter.setPen(QPen(QColor(ink), 1))
        painter.setBrush(QColor(colors.surface))
        shape = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(shape, 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(shape.adjusted(1, 1, -1, -1), 2, 2)
        painter.setBrush(QColor(ink))
        painter.drawRect(QRect(box.left(), box.top() + 2, 3, box.height() - 4))
        if box.width() < _LEAST_FOR_SYMBOL_PX:
            return
        inner = box.adjusted(6, 0, -3, 0)
        middle = inner.top() + (inner.height() - _SYMBOL_PX) // 2
        painter.drawPixmap(inner.left(), middle, pixmap(symbol, ink, _SYMBOL_PX))
        if duty.is_locked and box.width() >= 2 * _LEAST_FOR_SYMBOL_PX:
            lock = pixmap("lock", ink, _SYMBOL_PX - 2)
            painter.drawPixmap(inner.right() - _SYMBOL_PX + 2, middle + 1, lock)
            inner.adjust(0, 0, -_SYMBOL_PX, 0)
        if box.width() >= _LEAST_FOR_TEXT_PX:
            rest = inner.adjusted(_SYMBOL_PX + 4, 0, 0, 0)
            self.brushes.text(painter, rest, duty.title, self.brushes.small, ink)

    def _paint_travel(self, painter: QPainter, box: QRect, way: Travel) -> None:
        colors = tokens()
        ink = colors.danger if way.is_too_short else colors.text
        style = Qt.PenStyle.DashLine if way.is_too_short else Qt.PenStyle.SolidLine
        paint_way(painter, box, ink, style)
        if way.is_too_short:
            return
        text = str(way.minutes)
        width = self.brushes.width(text, self.brushes.small) + 4
        if width <= box.width() - 6:
            above = QRect(box.left(), box.top() - 4, box.width(), _SYMBOL_PX)
            self.brushes.text(painter, above, text, self.brushes.small, ink, _CENTER)

    def _label(self, painter: QPainter, box: QRect, text: str, ink: str) -> None:
        inner = box.adjusted(8, 0, -4, 0)
        inner.setLeft(max(inner.left(), self._left + 8))
        if inner.width() > 0:
            self.brushes.text(painter, inner, text, self.brushes.small, ink)


def shade(painter: QPainter, box: QRect, ink: str) -> None:
    """Draw an end of a shift when no duty can be done."""
    color = QColor(ink)
    color.setAlpha(150)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(color, Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)


def _paint_alert(painter: QPainter, center: QPoint) -> None:
    colors = tokens()
    painter.setPen(QPen(QColor(colors.danger), 1))
    painter.setBrush(QColor(colors.danger_fill))
    painter.drawEllipse(center, _ALERT_PX // 2, _ALERT_PX // 2)
    at = center - QPoint(_SYMBOL_PX, _SYMBOL_PX + 2) / 2
    painter.drawPixmap(at, pixmap("triangle-alert", colors.danger, _SYMBOL_PX))


def paint_break(painter: QPainter, box: QRect, ink: str) -> None:
    """Draw a break as cut out of its shift."""
    colors = tokens()
    painter.fillRect(box, QColor(colors.surface))
    painter.fillRect(box, QBrush(QColor(colors.outline), Qt.BrushStyle.Dense6Pattern))
    painter.setPen(QPen(QColor(ink), 1, Qt.PenStyle.DashLine))
    painter.drawLine(box.topLeft(), box.bottomLeft())
    painter.drawLine(box.topRight(), box.bottomRight())


def paint_way(painter: QPainter, box: QRect, ink: str, style: Qt.PenStyle) -> None:
    """Draw the way from one duty to the next."""
    middle = box.center().y()
    painter.setPen(QPen(QColor(ink), 1, style))
    painter.drawLine(box.left(), middle, box.right(), middle)
    painter.setPen(QPen(QColor(ink), 1))
    painter.drawLine(box.right() - 3, middle - 3, box.right(), middle)
    painter.drawLine(box.right() - 3, middle + 3, box.right(), middle)
