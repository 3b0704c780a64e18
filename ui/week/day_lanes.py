"""Drags blocks of the timeline to another time or another person, by mouse and by keys."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from planner.domain.ids import StaffId
from ui.week.day_axis import SNAP_MIN
from ui.week.day_board import DayBoard
from ui.week.day_drag import Drag, Dragger, DragKind, Hint
from ui.week.day_hint import drag_lines, paint_bubble, paint_target
from ui.week.day_items import ItemKind

_EDGE_PX = 5
_LEAST_FOR_EDGES_PX = 24
_ROLL_PX = 28
_Shift = Qt.KeyboardModifier.ShiftModifier
_ControlShift = Qt.KeyboardModifier.ControlModifier | _Shift
_STEPS = {
    Qt.Key.Key_Left: (-SNAP_MIN, 0),
    Qt.Key.Key_Right: (SNAP_MIN, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_DAYS = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
"""With Ctrl these go to another day, which is not for the timeline to do."""
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class DayLanes(DayBoard):
    """The timeline; it stores nothing, and only tells what was dropped where.

    With the keys: Shift and arrows move what is chosen, Ctrl+Shift and left or right its end, Enter
    lets go, Esc gives up.

    Parameters
    ----------
    preview
        Says what dropping a block somewhere would mean; nothing when nobody can say.
    """

    duty_dropped = Signal(object, object, object, object)
    """The ``DutyId``, the ``StaffId`` it leaves and the one it goes to, and its new start."""
    shift_dropped = Signal(object, object, int)
    """The ``ShiftId``, the ``StaffId`` it goes to, and how many minutes later it begins."""
    shift_resized = Signal(object, object, object)
    """The ``ShiftId``, its new start and its new end."""

    def __init__(self, preview: Callable[[Drag], Hint | None] | None = None) -> None:
        super().__init__()
        self.dragger = Dragger(preview)
        self._pressed: tuple[QPoint, int] | None = None
        self.day.modelAboutToBeReset.connect(self._give_up)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._give_up()
        point = event.position().toPoint()
        number = self.item_at(point)
        if number < 0:
            return
        self.choose(number)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = (point + self.offset(), number)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None:
            self._show_cursor(point)
            return
        begun, number = self._pressed
        way = point + self.offset() - begun
        if self.dragger.drag is None:
            if way.manhattanLength() < QApplication.startDragDistance():
                return
            self._begin(number, self._kind_at(begun - self.offset(), number))
        self._roll(point)
        way = point + self.offset() - begun
        row = self.placing.row_at(point.y() + self.verticalOffset())
        self._move(self.placing.axis.minutes(way.x()), row)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._pressed is not None:
            self._let_go()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.dragger.drag is not None and key is Qt.Key.Key_Escape:
            self._give_up()
        elif self.dragger.drag is not None and key in _ENTER:
            self._let_go()
        elif key in _STEPS and held in {_Shift, _ControlShift}:
            self._step(*_STEPS[key], is_end=held == _ControlShift)
        elif key in _DAYS and held == Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _step(self, minutes: int, n_rows: int, *, is_end: bool) -> None:
        number = self.currentIndex().row()
        if self._pressed is not None or number < 0:
            return
        item = self.day.items[number]
        if self.dragger.drag is None:
            is_duty = item.kind is ItemKind.DUTY
            if is_end and is_duty:
                return
            whole = DragKind.DUTY if is_duty else DragKind.SHIFT
            self._begin(number, DragKind.SHIFT_END if is_end else whole)
        drag = self.dragger.drag
        if drag is None:
            return
        at_end = drag.kind is DragKind.SHIFT_END
        moved = drag.to_span.end - drag.span.end if at_end else drag.to_span.start - drag.span.start
        row = min(max(self._row_of(drag.to_staff) + n_rows, 0), len(self.day.rows) - 1)
        self._move(moved.total_seconds() / 60 + minutes, row)
        told = QAccessibleAnnouncementEvent(self, ", ".join(self._lines()))
        QAccessible.updateAccessibility(told)

    def _begin(self, number: int, kind: DragKind) -> None:
        item = self.day.items[number]
        self.dragger.begin(item, self.day.rows[item.row].staff, kind)

    def _move(self, minutes: float, row: int) -> None:
        drag = self.dragger.drag
        if drag is None:
            return
        staff = self.day.rows[row].staff if row >= 0 else drag.to_staff
        if self.dragger.move(minutes, staff):
            self.viewport().update()

    def _let_go(self) -> None:
        self._pressed = None
        drag = self.dragger.end()
        self.viewport().update()
        if drag is None:
            return
        if drag.duty is not None:
            self.duty_dropped.emit(drag.duty, drag.staff, drag.to_staff, drag.to_span.start)
        elif drag.kind is DragKind.SHIFT:
            self.shift_dropped.emit(drag.shift, drag.to_staff, drag.minutes_moved)
        else:
            self.shift_resized.emit(drag.shift, drag.to_span.start, drag.to_span.end)

    def _give_up(self) -> None:
        self._pressed = None
        self.dragger.end()
        self.viewport().update()

    def _kind_at(self, point: QPoint, number: int) -> DragKind:
        item = self.day.items[number]
        if item.kind is ItemKind.DUTY:
            return DragKind.DUTY
        x = point.x() + self.horizontalOffset()
        first = self.placing.bar(item.row, item.spans[0])
        last = self.placing.bar(item.row, item.spans[-1])
        if first.width() >= _LEAST_FOR_EDGES_PX and abs(x - first.left()) <= _EDGE_PX:
            return DragKind.SHIFT_START
        if last.width() >= _LEAST_FOR_EDGES_PX and abs(x - last.right()) <= _EDGE_PX:
            return DragKind.SHIFT_END
        return DragKind.SHIFT

    def _show_cursor(self, point: QPoint) -> None:
        number = self.item_at(point)
        shape = Qt.CursorShape.ArrowCursor
        if number >= 0 and self.day.items[number].shift is not None:
            kind = self._kind_at(point, number)
            is_end = kind in {DragKind.SHIFT_START, DragKind.SHIFT_END}
            shape = Qt.CursorShape.SizeHorCursor if is_end else Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def _roll(self, point: QPoint) -> None:
        room = self.viewport().rect()
        for bar, at, most in (
            (self.horizontalScrollBar(), point.x(), room.width()),
            (self.verticalScrollBar(), point.y(), room.height()),
        ):
            if at < _ROLL_PX:
                bar.setValue(bar.value() - _ROLL_PX // 2)
            elif at > most - _ROLL_PX:
                bar.setValue(bar.value() + _ROLL_PX // 2)

    @override
    def paint_above(self, painter: QPainter) -> None:
        drag = self.dragger.drag
        if drag is None or not drag.is_moved:
            return
        row = self._row_of(drag.to_staff)
        place = self.placing.duty if drag.duty else self.placing.bar
        box = place(row, drag.to_span)
        paint_target(painter, box, self.dragger.hint)
        within = self.viewport().rect().translated(self.offset())
        bubble = (within, box, self._lines())
        paint_bubble(painter, self.painting.brushes, *bubble, hint=self.dragger.hint)

    def _lines(self) -> list[str]:
        drag = self.dragger.drag
        if drag is None:
            return []
        names = {row.staff: row.name for row in self.day.rows}
        return drag_lines(drag, names[drag.to_staff], self.day.zone, self.dragger.hint)

    def _row_of(self, staff: StaffId) -> int:
        return next(n for n, row in enumerate(self.day.rows) if row.staff == staff)
