"""Where a week is reported: its duties, several at once, by mouse or keys."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.ids import DutyId
from planner.domain.promises import COUNTED_DUTIES, DeliveryState, MeasureKind, NotDoneReason
from planner.promise_words import KINDS, REASONS
from planner.services.promise.page import WeekLines
from planner.words import _
from ui.promise import words
from ui.promise.duty_model import DutyColumn, DutyModel, Show
from ui.widgets import WeekPicker, YieldingRow, label, primary_button, text_button
from ui.widgets.tones import ToneDelegate

_ROW_PX = 30
_WIDTHS = {
    DutyColumn.WHEN: 220,
    DutyColumn.WHERE: 300,
    DutyColumn.PROMISED: 90,
    DutyColumn.PLANNED: 190,
}


class _DutyTable(QTableView):
    """Rows that keys do something with.

    Attributes
    ----------
    keys
        What each key, pressed alone, does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: dict[Qt.Key, Callable[[], None]] = {}

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = self.keys.get(Qt.Key(event.key()))
        is_alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if does is not None and is_alone:
            does()
            return
        super().keyPressEvent(event)


class ReportPanel(QWidget):
    """Lists the duties of a week, and asks for what is to be kept of those that are chosen."""

    said = Signal(object, object, object)
    """Ids of duties, a ``DeliveryState``, and a ``NotDoneReason`` or nothing."""
    as_planned = Signal(object)
    """Ids of duties."""
    taken_back = Signal(object)
    """Ids of duties."""
    spot_asked = Signal(str, object)
    """Id of a place and the ``date`` to show it on in the week."""

    def __init__(self) -> None:
        super().__init__()
        self.picker = WeekPicker()
        self.model = DutyModel(self)
        self.table = _DutyTable()
        self.table.setItemDelegate(ToneDelegate(self.table))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Place"))
        self.search.setAccessibleName(_("Show places whose name holds this"))
        self.search.setClearButtonEnabled(True)
        self.kind, self.show_ = QComboBox(), QComboBox()
        self.note = label("", "muted", wraps=True)
        self._make_filters()
        self._make_table()
        self._make_buttons()
        self._lay_out()
        self._enable()

    def show_week(self, week: WeekLines, zone: ZoneInfo) -> None:
        """Show a week; the duties that were chosen stay so where they are shown."""
        chosen = set(self.chosen())
        at = self.table.currentIndex().row()
        self.picker.show_week(week.week)
        self.model.show_lines(week.lines, zone)
        self._choose(chosen, at)
        self._count()

    def chosen(self) -> list[DutyId]:
        """Return the duties that are chosen."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.thing(index.row()).duty for index in rows]

    def _make_filters(self) -> None:
        self.kind.setAccessibleName(_("Which measure"))
        self.kind.addItem(_("All measures"), None)
        for kind in MeasureKind:
            self.kind.addItem(_(KINDS[kind]), kind)
        self.show_.setAccessibleName(_("Which duties"))
        for show, text in (
            (Show.ALL, _("All duties")),
            (Show.OPEN, _("Not reported yet")),
            (Show.DONE, _("Delivered")),
            (Show.NOT_DONE, _("Not done")),
            (Show.UNPLANNED, _("Nobody planned")),
        ):
            self.show_.addItem(text, show)
        self.kind.currentIndexChanged.connect(self._narrow)
        self.show_.currentIndexChanged.connect(self._narrow)
        self.search.textChanged.connect(self._narrow)

    def _make_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(_("Duties of the week"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        table.doubleClicked.connect(self._ask_spot)
        table.selectionModel().selectionChanged.connect(self._enable)
        self.model.modelReset.connect(self._enable)

    def _make_buttons(self) -> None:
        self.planned_button = primary_button(_("As planned"), "check")
        self.done_button = text_button(_("Was done"), "circle-check")
        self.not_done_button = text_button(_("Was not done"), "x")
        self.back_button = text_button(_("Take back"), "undo-2")
        self.reasons = QMenu(self.not_done_button)
        for reason in NotDoneReason:
            action = self.reasons.addAction(_(REASONS[reason]))
            action.setData(reason)
            action.triggered.connect(self._say_not_done)
        self.not_done_button.setMenu(self.reasons)
        for button, keys, does, tip in (
            (
                self.planned_button,
                Qt.Key.Key_P,
                self._say_as_planned,
                _("Those of them that were planned, are over and have no report"),
            ),
            (self.done_button, Qt.Key.Key_D, self._say_done, _("Report the chosen duties as done")),
            (
                self.not_done_button,
                Qt.Key.Key_N,
                self.not_done_button.showMenu,
                _("Report the chosen duties as not done, and why"),
            ),
            (
                self.back_button,
                Qt.Key.Key_Delete,
                self._say_nothing,
                _("Make the chosen duties unreported"),
            ),
        ):
            self._bind(button, keys, does, tip)

    def _bind(self, button: QPushButton, key: Qt.Key, does: Callable[[], None], tip: str) -> None:
        """Let a button and, in the table, a key do the same."""
        if button is not self.not_done_button:
            button.clicked.connect(does)
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{tip} ({shown})")
        self.table.keys[key] = does

    def _lay_out(self) -> None:
        filters = YieldingRow()
        filters.row.setContentsMargins(0, 0, 0, 0)
        filters.row.setSpacing(8)
        for part in (self.picker, self.picker.dates, self.kind, self.show_, self.search):
            filters.row.addWidget(part)
        filters.row.addStretch()
        filters.yield_in_order(self.picker.dates)
        buttons = YieldingRow()
        buttons.row.setContentsMargins(0, 0, 0, 0)
        buttons.row.setSpacing(8)
        for button in (
            self.planned_button,
            self.done_button,
            self.not_done_button,
            self.back_button,
        ):
            buttons.row.addWidget(button)
        buttons.row.addWidget(self.note, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(filters)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(buttons)

    @Slot()
    def _narrow(self) -> None:
        kind = self.kind.currentData()
        self.model.narrow(
            self.show_.currentData(), COUNTED_DUTIES[kind] if kind else (), self.search.text()
        )
        self._count()

    def _count(self) -> None:
        self.note.setText(words.counted(self.model.lines()))

    def _choose(self, duties: set[DutyId], at: int) -> None:
        """Choose duties again; where they are not shown any more, stay at the same row."""
        selection = QItemSelection()
        for row, line in enumerate(self.model.lines()):
            if line.duty in duties:
                index = self.model.index(row, 0)
                selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        chooses = self.table.selectionModel()
        chooses.select(selection, flags.ClearAndSelect | flags.Rows)
        row = min(at, self.model.rowCount() - 1)
        if row >= 0:
            chooses.setCurrentIndex(self.model.index(row, 0), flags.NoUpdate)

    @Slot()
    def _enable(self) -> None:
        lines = [self.model.thing(i.row()) for i in self.table.selectionModel().selectedRows()]
        all_over = bool(lines) and all(line.is_over for line in lines)
        self.done_button.setEnabled(all_over)
        self.not_done_button.setEnabled(all_over)
        self.planned_button.setEnabled(any(line.can_be_as_planned for line in lines))
        self.back_button.setEnabled(any(line.delivery is not None for line in lines))

    @Slot()
    def _say_done(self) -> None:
        if self.done_button.isEnabled():
            self.said.emit(self.chosen(), DeliveryState.DONE, None)

    @Slot()
    def _say_not_done(self) -> None:
        action = self.sender()
        if self.not_done_button.isEnabled() and isinstance(action, QAction):
            self.said.emit(self.chosen(), DeliveryState.NOT_DONE, NotDoneReason(action.data()))

    @Slot()
    def _say_as_planned(self) -> None:
        if self.planned_button.isEnabled():
            self.as_planned.emit(self.chosen())

    @Slot()
    def _say_nothing(self) -> None:
        if self.back_button.isEnabled():
            self.taken_back.emit(self.chosen())

    @Slot()
    def _ask_spot(self) -> None:
        line = self.model.thing(self.table.currentIndex().row())
        self.spot_asked.emit(line.place, line.day)
