"""Four weeks at a glance: everybody's shifts by code, and how the hours add up."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.ids import StaffId
from planner.services.week.day_views import FourWeeksView
from planner.words import _
from ui.theme import pixmap, tokens
from ui.week.four_weeks_model import FourWeeksModel
from ui.week.four_weeks_painting import (
    ROW_PX,
    DaysHeading,
    FourWeeksDelegate,
    PeopleHeading,
    paint_wish,
)
from ui.week.narrowing import Narrowing
from ui.week.painting import Brushes, bar, dash, hatch
from ui.widgets import EmptyState

_DAY_PX = 27
_HOURS_PX = 56
_TOTAL_PX = 112
_LEGEND_PX = 27
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FourWeeksGrid(QTableView):
    """People × days; only the cells in sight are painted."""

    cell_selected = Signal(int, int)
    """Row and column; both -1 when nothing is selected."""
    cell_opened = Signal(int, int)
    """Row and column of a double click or Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.table = FourWeeksModel(self)
        self.setModel(self.table)
        self.setItemDelegate(FourWeeksDelegate(self.table))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("People and four weeks"))
        # The delegate fills each cell, so Qt may scroll by moving pixels.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        across = DaysHeading(self.table, self)
        across.setMinimumSectionSize(_DAY_PX)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalHeader(across)
        self.setVerticalHeader(PeopleHeading(self.table, self))
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.doubleClicked.connect(self._open)

    def show_weeks(self, view: FourWeeksView) -> None:
        """Show other weeks or another state of them; the cell that is chosen stays."""
        chosen = self.currentIndex()
        staff = self.table.rows[chosen.row()].staff if chosen.isValid() else None
        self.table.show(view)
        across = self.horizontalHeader()
        for number, column in enumerate(self.table.columns):
            if column.day is None:
                across.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
                width = _TOTAL_PX if column.week is None else _HOURS_PX
                across.resizeSection(number, width)
        for number, row in enumerate(self.table.rows):
            if row.staff == staff:
                self.setCurrentIndex(self.table.index(number, chosen.column()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens().surface))
        painter.end()
        super().paintEvent(event)

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.cell_selected.emit(current.row(), current.column())

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.cell_opened.emit(index.row(), index.column())


class FourWeeks(QWidget):
    """Shows a ``FourWeeksView`` with what its marks mean below."""

    day_asked = Signal(object, object)
    """The date and the ``StaffId`` of a cell that was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = FourWeeksGrid()
        self.grid.cell_opened.connect(self._ask)
        self.cell_selected = self.grid.cell_selected
        self._empty = EmptyState(
            "users",
            _("Nobody to show"),
            _("The search finds nobody in these weeks. Change it above."),
        )
        self._states = QStackedWidget()
        self._states.addWidget(self.grid)
        self._states.addWidget(self._empty)
        self.grid.table.modelReset.connect(self._choose_state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._states, stretch=1)
        layout.addWidget(_Legend())

    def show_weeks(self, view: FourWeeksView) -> None:
        """Show other weeks or another state of them."""
        self.grid.show_weeks(view)

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only people whom a narrowing shows."""
        self.grid.table.narrow(narrowing)

    def select_person(self, staff: StaffId) -> None:
        """Choose a person's first day."""
        for number, row in enumerate(self.grid.table.rows):
            if row.staff == staff:
                self.grid.setCurrentIndex(self.grid.table.index(number, 0))
                return

    @Slot(int, int)
    def _ask(self, row: int, column: int) -> None:
        day = self.grid.table.columns[column].day
        if day is not None:
            self.day_asked.emit(self.grid.table.days[day].day, self.grid.table.rows[row].staff)

    @Slot()
    def _choose_state(self) -> None:
        is_empty = bool(self.grid.table.columns) and not self.grid.table.rows
        self._states.setCurrentWidget(self._empty if is_empty else self.grid)


class _Legend(QWidget):
    """Draws each mark beside its word."""

    def __init__(self) -> None:
        super().__init__()
        self._brushes = Brushes()
        self._left = 0
        self.setFixedHeight(_LEGEND_PX)
        self.setAccessibleName(_("Legend"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(colors.line))
        self._left = 14
        fill, ink = colors.shifts[0]
        bar(painter, self._swatch(), fill, ink, is_outlined=False)
        self._word(painter, _("planned shift"))
        bar(painter, self._swatch(), fill, ink, is_outlined=True)
        self._word(painter, _("given shift"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.neutral_fill))
        painter.drawRoundedRect(self._swatch(), 4, 4)
        self._word(painter, _("absence"))
        hatch(painter, self._swatch(), colors)
        self._word(painter, _("bound time"))
        dash(painter, self._swatch(), colors)
        self._word(painter, _("stand-by"))
        self._brushes.text(painter, self._swatch(), "–", self._brushes.small, colors.muted)
        self._word(painter, _("free"), 8)
        paint_wish(painter, self._swatch().translated(0, 4), is_veto=False)
        self._word(painter, _("wish"), 8)
        paint_wish(painter, self._swatch().translated(0, 4), is_veto=True)
        self._word(painter, _("veto"), 8)
        painter.drawPixmap(self._left, 7, pixmap("triangle-alert", colors.danger, 13))
        self._word(painter, _("has findings"), 14)

    def _swatch(self) -> QRect:
        return QRect(self._left, 7, 22, 13)

    def _word(self, painter: QPainter, text: str, mark_px: int = 22) -> None:
        at = self._left + mark_px + 6
        box = QRect(at, 1, self.width() - at, self.height() - 1)
        width = self._brushes.text(painter, box, text, self._brushes.small, tokens().muted)
        self._left = at + width + 18
