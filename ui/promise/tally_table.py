"""Tallies as rows: a name, a bar, and every number of it in words that can be read aloud."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from planner.domain.tallies import Tally
from planner.promise_words import reasons_text
from planner.words import N_, _
from ui.promise.tally_bar import TALLY_ROLE, TallyDelegate

_BAR_PX, _APART_PX, _ROW_PX = 150, 8, 30
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_HEADINGS = (
    N_("Promised"),
    N_("Planned"),
    N_("Delivered"),
    N_("Not done"),
    N_("Not reported"),
    N_("To come"),
    N_("Beyond it"),
    N_("Why not done"),
)
_BAR = 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TIPS = {
    3: N_("Planned when the week was first published."),
    4: N_("Reported as done."),
    6: N_("The day is over and nobody has reported; never counts as done."),
    8: N_("Done beyond what was promised; it makes up for nothing that was."),
}


class TallyTable(QTableWidget):
    """Rows of tallies; Enter or a double click opens what a row is about.

    Parameters
    ----------
    name
        Read aloud.
    heading, name_px
        What the first column says at its top, and how wide it is.
    """

    row_opened = Signal(object)
    """What the row is about."""

    def __init__(self, name: str, heading: str, name_px: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._bars = TallyDelegate(self)
        self.setColumnCount(len(_HEADINGS) + 2)
        self.setHorizontalHeaderLabels([heading, "", *(_(one) for one in _HEADINGS)])
        for column, tip in _TIPS.items():
            heading_item = self.horizontalHeaderItem(column)
            if heading_item is not None:
                heading_item.setToolTip(_(tip))
        for column in range(_BAR + 1, self.columnCount() - 1):
            heading_item = self.horizontalHeaderItem(column)
            if heading_item is not None:
                heading_item.setTextAlignment(_RIGHT)
        self.setItemDelegateForColumn(_BAR, self._bars)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(0, name_px)
        self.setColumnWidth(_BAR, _BAR_PX)
        for column in range(_BAR + 1, self.columnCount() - 1):
            self.setColumnWidth(column, header.sectionSizeHint(column) + _APART_PX)
        self.cellDoubleClicked.connect(self._open)

    def show_rows(self, rows: Iterable[tuple[object, str, Tally]], chosen: object = None) -> None:
        """Show what each row is about, its name and its tally; choose one of them."""
        rows = tuple(rows)
        self._bars.most = max((tally.promised for _, _, tally in rows), default=0)
        self.setRowCount(len(rows))
        for number, (about, name, tally) in enumerate(rows):
            for column, (text, is_number) in enumerate(_cells(name, tally)):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, about)
                if is_number:
                    item.setTextAlignment(_RIGHT)
                if column == _BAR:
                    item.setData(TALLY_ROLE, tally)
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(name, tally))
                elif text:
                    item.setToolTip(text)
                self.setItem(number, column, item)
            if about == chosen:
                self.setCurrentCell(number, 0)

    def current(self) -> Any:
        """Return what the chosen row is about."""
        item = self.item(self.currentRow(), 0)
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentRow() >= 0:
            self._open(self.currentRow())
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _open(self, row: int) -> None:
        item = self.item(row, 0)
        if item is not None:
            self.row_opened.emit(item.data(Qt.ItemDataRole.UserRole))


def spoken(name: str, tally: Tally) -> str:
    """Return a tally as a sentence."""
    return _(
        "{name}: {promised} promised, {planned} planned, {done} done, {not_done} not done, "
        "{not_reported} not reported, {to_come} to come.",
        name=name,
        promised=tally.promised,
        planned=tally.planned,
        done=tally.done,
        not_done=tally.n_not_done,
        not_reported=tally.not_reported,
        to_come=tally.to_come + tally.under_way,
    )


def _cells(name: str, tally: Tally) -> Iterable[tuple[str, bool]]:
    yield name, False
    yield "", False
    yield str(tally.promised), True
    yield str(tally.planned), True
    yield str(tally.done), True
    yield str(tally.n_not_done), True
    yield str(tally.not_reported), True
    yield str(tally.to_come + tally.under_way), True
    yield str(tally.extra_done) if tally.extra_done else "", True
    yield reasons_text(tally), False
