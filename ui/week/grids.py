"""The two grids of the week page."""

from datetime import date

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from planner.domain.ids import DutyId, StaffId
from planner.services.roster.views import PlaceDuty, ShiftBar
from planner.words import _
from ui.theme import tokens
from ui.week.day_drag import Hint
from ui.week.headers import DayHeading, RowHeading
from ui.week.hint_label import tone_color
from ui.week.models import HOURS_COLUMN, PeopleModel, PlacesModel
from ui.week.painting import RADIUS_PX
from ui.week.people_delegate import ROW_PX, PeopleDelegate
from ui.week.people_delegate import row_height as person_height
from ui.week.places_delegate import MAX_LINES, PlacesDelegate, line_box, shown_duties
from ui.week.places_delegate import row_height as place_height

_HOURS_PX = 104
_BY_KEY = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class _Grid(QTableView):
    cell_selected = Signal(int, int)
    """Row and column; both -1 when nothing is selected."""

    def __init__(self, model: PeopleModel | PlacesModel) -> None:
        super().__init__()
        self.table = model
        self._framed: tuple[QRect, Hint] | None = None
        model.setParent(self)
        self.setModel(model)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        # The delegates fill each cell, so Qt may scroll by moving pixels.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        across = DayHeading(model, self)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalHeader(across)
        self.setVerticalHeader(RowHeading(model, self))
        # Qt hears the menu key everywhere, and this one on Windows only.
        menu = QShortcut(QKeySequence("Shift+F10"), self)
        menu.setContext(Qt.ShortcutContext.WidgetShortcut)
        menu.activated.connect(self._ask_for_menu)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens().surface))
        painter.end()
        super().paintEvent(event)
        if self._framed is not None:
            box, hint = self._framed
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tone_color(hint)), 2))
            painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
            painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self.select_current()

    def select_current(self) -> None:
        """Select the cell that the keyboard is in, else the first one, if none is selected."""
        chooses, current = self.selectionModel(), self.currentIndex()
        if not chooses.hasSelection() and self.table.rows:
            index = current if current.isValid() else self.table.index(0, 0)
            chooses.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot()
    def _ask_for_menu(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
            self.customContextMenuRequested.emit(self.visualRect(index).center())

    def frame(self, box: QRect | None, hint: Hint | None) -> None:
        """Frame what something is dragged over, in the tone of what it would mean."""
        self._framed = None if box is None or hint is None else (box, hint)
        self.viewport().update()

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.cell_selected.emit(current.row(), current.column())


class PeopleGrid(_Grid):
    """People × days."""

    day_asked = Signal(object)
    """The date whose heading was double-clicked."""

    def __init__(self) -> None:
        self.people = PeopleModel()
        super().__init__(self.people)
        self._delegate = PeopleDelegate(self.people)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().sectionDoubleClicked.connect(self._ask_day)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(_("People and days"))
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.people.modelReset.connect(self._fit)
        self.people.dataChanged.connect(self._fit_changed)

    @Slot(int)
    def _ask_day(self, column: int) -> None:
        if column < len(self.people.days):
            self.day_asked.emit(self.people.days[column].day)

    def select_person(self, staff: StaffId, day: date | None) -> None:
        """Select a person on a day; the first day when none is named or it is not shown."""
        days = [heading.day for heading in self.people.days]
        for number, row in enumerate(self.people.rows):
            if row.staff == staff:
                index = self.people.index(number, days.index(day) if day in days else 0)
                self.setCurrentIndex(index)
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def shift_at(self, point: QPoint) -> ShiftBar | None:
        """Return the shift whose bar is at a point of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        return self._delegate.shift_at(self.visualRect(index), index, point)

    def person_at(self, point: QPoint) -> tuple[StaffId, date] | None:
        """Return the person and the day at a point of the viewport."""
        index = self.indexAt(point)
        if not 0 <= index.column() < len(self.people.days):
            return None
        return self.people.rows[index.row()].staff, self.people.days[index.column()].day

    def mark(self, point: QPoint | None, hint: Hint | None) -> None:
        """Frame the cell at a point, in the tone of what dropping there would mean."""
        index = self.indexAt(point) if point is not None else QModelIndex()
        box = self.visualRect(index).adjusted(2, 2, -3, -3) if index.isValid() else None
        self.frame(box, hint)

    @Slot(QModelIndex, QModelIndex)
    def _fit_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for number in range(first.row(), last.row() + 1):
            self.setRowHeight(number, person_height(self.people.rows[number]))

    @Slot()
    def _fit(self) -> None:
        for number, row in enumerate(self.people.rows):
            self.setRowHeight(number, person_height(row))
        if self.people.days:
            across = self.horizontalHeader()
            across.setSectionResizeMode(HOURS_COLUMN, QHeaderView.ResizeMode.Fixed)
            across.resizeSection(HOURS_COLUMN, _HOURS_PX)


class PlacesGrid(_Grid):
    """Schools and selected places × days."""

    def __init__(self) -> None:
        self.places = PlacesModel()
        super().__init__(self.places)
        self.setItemDelegate(PlacesDelegate(self.places))
        self.setAccessibleName(_("Places and days"))
        self.places.modelReset.connect(self._fit_rows)
        self.places.dataChanged.connect(self._fit_changed)

    def duties_at(self, index: QModelIndex) -> tuple[PlaceDuty, ...]:
        """Return the duties of a cell."""
        if not index.isValid():
            return ()
        return self.places.rows[index.row()].days[index.column()].duties

    def duty_at(self, point: QPoint) -> PlaceDuty | None:
        """Return the duty whose line is at a point of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        cell = self.visualRect(index)
        shown = shown_duties(self.places.rows[index.row()].days[index.column()], cell.height())
        lines = ((line_box(cell, line), duty) for line, duty in enumerate(shown))
        return next((duty for box, duty in lines if box.contains(point)), None)

    def mark(self, point: QPoint | None, hint: Hint | None) -> None:
        """Frame the line at a point, in the tone of what dropping there would mean."""
        index = self.indexAt(point) if point is not None else QModelIndex()
        if point is None or not index.isValid():
            self.frame(None, None)
            return
        cell = self.visualRect(index)
        boxes = (line_box(cell, line) for line in range(MAX_LINES))
        self.frame(next((box for box in boxes if box.contains(point)), None), hint)

    def select_place(self, source: str, day: date | None = None) -> None:
        """Select a place on a day; the first day when none is named or it is not shown."""
        days = [heading.day for heading in self.places.days]
        for number, row in enumerate(self.places.rows):
            if row.source == source:
                index = self.places.index(number, days.index(day) if day in days else 0)
                self.setCurrentIndex(index)
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def select_duty(self, duty: DutyId) -> bool:
        """Select the place and day of a duty; return whether it is shown."""
        for number, row in enumerate(self.places.rows):
            for column, day in enumerate(row.days):
                if any(each.duty == duty for each in day.duties):
                    index = self.places.index(number, column)
                    self.setCurrentIndex(index)
                    self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                    return True
        return False

    @Slot()
    def _fit_rows(self) -> None:
        for number, row in enumerate(self.places.rows):
            self.setRowHeight(number, place_height(row))

    @Slot(QModelIndex, QModelIndex)
    def _fit_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for number in range(first.row(), last.row() + 1):
            self.setRowHeight(number, place_height(self.places.rows[number]))
