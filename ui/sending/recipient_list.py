"""The list of recipients: searched, narrowed, marked and ticked off."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.services.send.send_list import Recipient, RecipientState
from planner.words import _
from ui.sending.model import Column, RecipientModel, Show
from ui.sending.table import dress, share_width
from ui.widgets import EmptyState, text_button

_ADDRESS_FROM_PX = 560
_SHARES = (29, 20, 12, 37, 20)


class RecipientList(QWidget):
    """Shows recipients; whoever listens shows the message of the one that is chosen.

    Parameters
    ----------
    name
        What a screen reader calls the table.
    zone
        That times are shown in.
    """

    chosen_changed = Signal()
    """Another one is chosen: ask :meth:`chosen`."""
    marks_changed = Signal()
    answered_asked = Signal()
    """The selected are to be ticked off as having answered."""
    sent_asked = Signal()
    """What may have been sent to the selected is to be ticked off as sent."""

    def __init__(self, name: str, zone: ZoneInfo) -> None:
        super().__init__()
        self.model = RecipientModel(zone, self)
        self.model.marks_changed.connect(self._take_marks)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(10)
        layout.addLayout(self._make_tools())
        layout.addWidget(self._make_table(name), stretch=1)
        layout.addLayout(self._make_ticks())

    def chosen(self) -> Recipient | None:
        """Return whose message is to be shown."""
        row = self.table.currentIndex().row()
        return self.model.thing(row) if row >= 0 else None

    def selected(self) -> list[Recipient]:
        """Return who is selected."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.thing(index.row()) for index in sorted(rows, key=lambda i: i.row())]

    def choose(self, show: Show) -> None:
        """Show all, what is to be done or those who have not answered."""
        self.shown.setCurrentIndex(int(show))

    def select(self, *ids: str) -> None:
        """Select some; the first one is chosen."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        selection.clearSelection()
        for id_ in ids:
            index = self.model.index(self.model.row_of(id_), Column.NAME)
            selection.select(index, flags.Select | flags.Rows)
        first = self.model.index(self.model.row_of(ids[0]), Column.NAME)
        selection.setCurrentIndex(first, flags.NoUpdate)

    def show_recipients(self, in_order: Iterable[Recipient], *, is_first: bool) -> None:
        """Show recipients anew; the same one is chosen if there still is.

        Parameters
        ----------
        is_first
            Whether there were none before: then what is to be done is shown, if anything is.
        """
        before = self.chosen()
        with QSignalBlocker(self.shown):
            self.model.show_list(in_order)
            self._count()
            if is_first and self.model.count(Show.TO_DO):
                self.choose(Show.TO_DO)
        uncertain = (one.state is RecipientState.UNCERTAIN for one in self.model.everybody())
        self.sent_button.setVisible(any(uncertain))
        self._narrow()
        if before is not None and self.model.row_of(before.id) >= 0:
            self.select(before.id)

    def _make_tools(self) -> QHBoxLayout:
        self.shown = QComboBox()
        self.shown.setAccessibleName(_("Whom to show"))
        for show in Show:
            self.shown.addItem("", show)
        self.shown.currentIndexChanged.connect(self._narrow)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search name or address"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shown)
        row.addWidget(self.search, stretch=1)
        return row

    def _make_ticks(self) -> QHBoxLayout:
        self.answered_button = text_button(_("Tick as answered"), "check")
        self.answered_button.setToolTip(_("Keep that the selected have answered"))
        self.answered_button.clicked.connect(self.answered_asked)
        self.sent_button = text_button(_("Tick as sent"), "check")
        self.sent_button.setToolTip(_("Keep that the selected have got it, as you have made sure"))
        self.sent_button.clicked.connect(self.sent_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.answered_button, self.sent_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        self.mark_button = text_button("")
        self.mark_button.setAutoDefault(False)
        self.mark_button.clicked.connect(self._mark)
        row.addWidget(self.mark_button)
        return row

    def _make_table(self, name: str) -> QWidget:
        self.table = _Table()
        self.table.setAccessibleName(name)
        self.table.setModel(self.model)
        self.table.mark_asked.connect(self._mark_rows)
        self.table.selectionModel().currentRowChanged.connect(self.chosen_changed)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.nobody = EmptyState("circle-check", _("Nobody to show"), "")
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(self.nobody)
        return self._rows

    def _count(self) -> None:
        """Say with each filter how many it lets through."""
        names = (_("Everybody ({n})"), _("To be done ({n})"), _("Not answered ({n})"))
        for show, name in zip(Show, names, strict=True):
            self.shown.setItemText(int(show), name.format(n=self.model.count(show)))

    @Slot()
    def _narrow(self) -> None:
        show = Show(self.shown.currentIndex())
        self.model.narrow(show, self.search.text())
        self._rows.setCurrentIndex(0 if self.model.rowCount() else 1)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Column.NAME))
        else:
            self.chosen_changed.emit()
        self._enable()

    @Slot()
    def _enable(self) -> None:
        selected = self.selected()
        self.answered_button.setEnabled(any(one.is_unanswered for one in selected))
        self.sent_button.setEnabled(any(one.state is RecipientState.UNCERTAIN for one in selected))

    @Slot()
    def _take_marks(self) -> None:
        text = _("Unmark all") if self.model.marked() else _("Mark those who lack something")
        self.mark_button.setText(text)
        self.marks_changed.emit()

    @Slot()
    def _mark(self) -> None:
        if self.model.marked():
            self.model.unmark_all()
        else:
            self.model.mark_due()

    @Slot(list)
    def _mark_rows(self, rows: list[int]) -> None:
        """Mark those in some rows; if all of them are, unmark them."""
        marked = {one.id for one in self.model.marked()}
        reachable = [row for row in rows if self.model.thing(row).address]
        is_marked = any(self.model.thing(row).id not in marked for row in reachable)
        self.model.mark(reachable, is_marked=is_marked)


class _Table(QTableView):
    mark_asked = Signal(list)
    """Rows that the space key was pressed on, several of them."""

    def __init__(self) -> None:
        super().__init__()
        dress(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and len(rows) > 1:
            self.mark_asked.emit(rows)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The address stands in the preview, too.
        self.setColumnHidden(Column.ADDRESS, self.viewport().width() < _ADDRESS_FROM_PX)
        share_width(self, _SHARES)
