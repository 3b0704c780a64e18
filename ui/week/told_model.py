"""Tables whose cells are told in lines: as text, as a tip, and to screen readers."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

ROOT = QModelIndex()
_SHOWN = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}


class ToldModel(QAbstractTableModel):
    """Tells cells and headings in words; delegates read ``rows`` themselves, for speed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Any, ...] = ()

    def lines(self, row: int, column: int) -> list[str]:
        """Return everything about a cell, a line each."""
        raise NotImplementedError

    def heading(self, row: int) -> str:
        """Return a row's heading in one line."""
        raise NotImplementedError

    def column_title(self, column: int) -> str:
        """Return the date or name of a column."""
        raise NotImplementedError

    def column_note(self, column: int) -> str:
        """Return what makes a column special; empty for nothing."""
        raise NotImplementedError

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role in _SHOWN:
            return ", ".join(self.lines(index.row(), index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            title = f"{self.heading(index.row())} · {self.column_title(index.column())}"
            return "\n".join([title, *self.lines(index.row(), index.column())])
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role not in _SHOWN | {Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.heading(section)
        title, note = self.column_title(section), self.column_note(section)
        return f"{title}, {note}" if note else title
