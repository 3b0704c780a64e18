"""The timeline to look at and to choose in: a row a person, a block a shift or duty."""

from datetime import UTC, datetime

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from planner.domain.spans import Span
from planner.services.week.day_views import DayView
from planner.words import _
from ui.week.day_axis import LEAST_PX, MOST_PX, Axis
from ui.week.day_headings import HOURS_PX, PEOPLE_PX, HourHeading, PeopleHeading
from ui.week.day_items import DayModel, Item, ItemKind
from ui.week.day_layout import ROW_PX, DayLayout
from ui.week.day_need import NEED_PX, NeedStrip
from ui.week.day_painting import LanePainter, paint_focus, paint_ground, paint_now

Index = QModelIndex | QPersistentModelIndex
ZOOM = 1.25
_STEP_PX = 40
_MARGIN_PX = 24
_NO_DAY = Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 2, tzinfo=UTC))
_Move = QAbstractItemView.CursorAction


class DayBoard(QListView):
    """Shows a day; keyboard, mouse and screen readers meet each block as an item of a list.

    It is a list to Qt, as screen readers know lists, but lays its items out by time and person.
    """

    shift_selected = Signal(object)
    """The ``ShiftId``."""
    duty_selected = Signal(object, object)
    """The ``DutyId``, and the ``StaffId`` of who does it."""

    def __init__(self) -> None:
        super().__init__()
        self.day = DayModel(self)
        self.now: datetime | None = None
        self.painting = LanePainter()
        self._hour_px: float | None = None
        self._told: tuple[object, ...] = ()
        self.placing = DayLayout((), Axis(span=_NO_DAY, zone=self.day.zone, hour_px=LEAST_PX))
        self.hours = HourHeading(lambda: self.placing, self.horizontalOffset)
        self.people = PeopleHeading(self.day, lambda: self.placing, self.verticalOffset)
        self.need = NeedStrip(lambda: self.placing, self.horizontalOffset)
        for part in (self.hours, self.people, self.need):
            part.setParent(self)
        self.setModel(self.day)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Timeline of the day"))
        self.setViewportMargins(PEOPLE_PX, HOURS_PX, 0, NEED_PX)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.day.modelReset.connect(self._place)

    def show_day(self, view: DayView) -> None:
        """Show another day, or state of it; what is chosen stays if it is there."""
        self.day.show(view)
        self.need.show_need(view.need)

    def show_now(self, now: datetime | None) -> None:
        """Show the line of the present moment, or none."""
        self.now = now
        self.hours.show_now(now)
        self._repaint()

    def choose(self, number: int) -> None:
        """Choose an item by its number."""
        self.setCurrentIndex(self.day.index(number))

    def zoom(self, factor: float, anchor_px: int | None = None) -> None:
        """Make hours so much wider; the moment at ``anchor_px`` of the viewport stays there."""
        anchor = self.viewport().width() // 2 if anchor_px is None else anchor_px
        axis = self.placing.axis
        moment = axis.at(anchor + self.horizontalOffset())
        self._hour_px = min(max(axis.hour_px * factor, LEAST_PX), MOST_PX)
        self._place()
        self.horizontalScrollBar().setValue(round(self.placing.axis.x(moment)) - anchor)

    def fit(self) -> None:
        """Make the whole day as wide as there is room."""
        self._hour_px = None
        self._place()

    @Slot()
    def _place(self) -> None:
        view = self.day.view
        span = view.span if view else _NO_DAY
        hour_px = self._hour_px or max(self.viewport().width() / span.minutes * 60, LEAST_PX)
        axis = Axis(span=span, zone=self.day.zone, hour_px=hour_px)
        self.placing = DayLayout(self.day.rows, axis)
        self.updateGeometries()
        self._choose_again()
        self._repaint()

    def _choose_again(self) -> None:
        if self.currentIndex().isValid() or not self._told:
            return
        number = self.day.number_of(self._told)
        if number < 0:
            self._told = ()
        else:
            self.choose(number)

    def _repaint(self) -> None:
        for part in (self.viewport(), self.hours, self.people, self.need):
            part.update()

    @override
    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    @override
    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        room = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(self.placing.axis.width_px - room.width(), 0))
        across.setPageStep(room.width())
        across.setSingleStep(_STEP_PX)
        down.setRange(0, max(self.placing.height_px - room.height(), 0))
        down.setPageStep(room.height())
        down.setSingleStep(ROW_PX)
        at = self.viewport().geometry()
        self.hours.setGeometry(at.left(), at.top() - HOURS_PX, at.width(), HOURS_PX)
        self.people.setGeometry(0, at.top(), PEOPLE_PX, at.height())
        self.need.setGeometry(0, at.bottom() + 1, PEOPLE_PX + at.width(), NEED_PX)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self._place()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        for part in (self.viewport(), *((self.hours, self.need) if dx else (self.people,))):
            part.update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            factor = ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM
            self.zoom(factor, round(event.position().x()))
            event.accept()
        else:
            QAbstractItemView.wheelEvent(self, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top, left = self.verticalOffset(), self.horizontalOffset()
        shown = event.rect().translated(left, top)
        painter.translate(-left, -top)
        midnight = self.day.view.midnight if self.day.view else _NO_DAY.end
        paint_ground(painter, self.placing, shown, midnight)
        # They go on where the heading on the left has no room.
        self.painting.paint_groups(painter, self.placing, self.day.rows, left - PEOPLE_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painting.begin(left)
        for number in self.placing.rows_between(shown.top(), shown.bottom()):
            self.painting.paint_row(painter, self.placing, number, self.day.rows[number])
        current = self.currentIndex()
        if current.isValid():
            paint_focus(painter, self._box(self.day.items[current.row()]), is_in=self.hasFocus())
        if self.now is not None:
            paint_now(painter, self.placing, shown, self.now)
        self.paint_above(painter)

    def paint_above(self, painter: QPainter) -> None:
        """Draw what lies above everything else; here there is nothing."""

    def _box(self, item: Item) -> QRect:
        at = self.placing.duty if item.kind is ItemKind.DUTY else self.placing.bar
        return at(item.row, item.span)

    def offset(self) -> QPoint:
        """Return how far the timeline is scrolled."""
        return QPoint(self.horizontalOffset(), self.verticalOffset())

    def item_at(self, point: QPoint) -> int:
        """Return the number of the item at a point of the viewport; -1 where there is none."""
        at = point + self.offset()
        row = self.placing.row_at(at.y())
        found = -1
        for number in self.day.of_row[row] if row >= 0 else ():
            item = self.day.items[number]
            place = self.placing.duty if item.kind is ItemKind.DUTY else self.placing.bar
            if any(place(row, span).contains(at) for span in item.spans):
                found = number
        return found

    @override
    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self._box(self.day.items[index.row()]).translated(-self.offset())

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        number = self.item_at(p)
        return self.day.index(number) if number >= 0 else QModelIndex()

    @override
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        box, room = self.visualRect(index), self.viewport().rect()
        if box.isNull():
            return
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if box.left() > room.right() - _MARGIN_PX or box.right() < room.left() + _MARGIN_PX:
            across.setValue(across.value() + box.left() - 2 * _MARGIN_PX)
        elif box.width() < room.width():
            across.setValue(
                across.value() + min(box.left(), 0) + max(box.right() - room.right(), 0)
            )
        above, below = box.top() - _MARGIN_PX - 4, box.bottom() + _MARGIN_PX // 2 - room.bottom()
        down.setValue(down.value() + min(above, 0) + max(below, 0))

    @override
    def moveCursor(self, cursorAction: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        current = self.currentIndex().row()
        if current < 0:
            return self.day.index(0)
        own = self.day.of_row[self.day.items[current].row]
        page = max(self.viewport().height() // ROW_PX - 1, 1)
        rows = {
            _Move.MoveUp: -1,
            _Move.MoveDown: 1,
            _Move.MovePageUp: -page,
            _Move.MovePageDown: page,
        }
        if cursorAction in rows:
            return self.day.index(self.day.beside(current, rows[cursorAction]))
        steps = {
            _Move.MoveLeft: max(current - 1, own.start),
            _Move.MovePrevious: max(current - 1, own.start),
            _Move.MoveRight: min(current + 1, own.stop - 1),
            _Move.MoveNext: min(current + 1, own.stop - 1),
            _Move.MoveHome: own.start,
            _Move.MoveEnd: own.stop - 1,
        }
        return self.day.index(steps[cursorAction])

    @override
    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def isIndexHidden(self, index: Index) -> bool:
        return False

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        self.selectionModel().select(self.indexAt(rect.topLeft()), command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if not current.isValid():
            return
        item = self.day.items[current.row()]
        told = self.day.identity(current.row())
        if told == self._told:
            return
        self._told = told
        if item.duty is not None:
            self.duty_selected.emit(item.duty.duty, self.day.rows[item.row].staff)
        elif item.shift is not None:
            self.shift_selected.emit(item.shift.shift)
