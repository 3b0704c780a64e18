"""The rows of a preview as a table that is narrowed by file, kind and words."""

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from planner.services.imports.rows import RowKind
from planner.words import N_, _
from ui.imports.entries import Entry
from ui.theme import pixmap, theme, tokens

_MARK_PX = 15
MARKS: Mapping[RowKind, tuple[str, str]] = {
    RowKind.ADDED: ("plus", "success"),
    RowKind.CHANGED: ("redo-2", "accent"),
    RowKind.DISAPPEARED: ("minus", "warning"),
    RowKind.REFUSED: ("circle-alert", "danger"),
    RowKind.LEFT_OUT: ("minus", "muted"),
}
"""Symbol and colour of each kind; the word beside them says the same."""


class Column(IntEnum):
    """What stands where."""

    WHAT = 0
    FILE = 1
    ROW = 2
    RECORD = 3
    DETAILS = 4


_HEADINGS = {
    Column.WHAT: N_("What"),
    Column.FILE: N_("File"),
    Column.ROW: N_("Row"),
    Column.RECORD: N_("Record"),
    Column.DETAILS: N_("Details"),
}


class RowsModel(QAbstractTableModel):
    """Holds every entry and shows those that are wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self.shown: tuple[Entry, ...] = ()
        theme().changed.connect(self._redraw)

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Hold other entries; :meth:`narrow` shows them."""
        self._entries = entries

    def narrow(self, *, file: str, kind: RowKind | None, text: str) -> None:
        """Show the entries of a file (all when empty), of a kind, with all words of a text."""
        words = text.casefold().split()
        self.beginResetModel()
        self.shown = tuple(
            entry
            for entry in self._entries
            if (not file or entry.file == file)
            and (kind is None or entry.row.kind is kind)
            and all(word in entry.wanted for word in words)
        )
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.shown)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[Column(section)])
        return None

    @override
    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        entry = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(entry, Column(index.column()))
            case Qt.ItemDataRole.DecorationRole if index.column() == Column.WHAT:
                name, tone = MARKS[entry.row.kind]
                return pixmap(name, tokens().as_map()[tone], _MARK_PX)
            case Qt.ItemDataRole.ForegroundRole if index.column() in {Column.FILE, Column.ROW}:
                return QColor(tokens().muted)
            case Qt.ItemDataRole.ToolTipRole if index.column() in {Column.RECORD, Column.DETAILS}:
                return _text(entry, Column(index.column()))
        return None

    def _redraw(self) -> None:
        if self.shown:
            last = self.index(len(self.shown) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _text(entry: Entry, column: Column) -> str:
    match column:
        case Column.WHAT:
            return entry.what
        case Column.FILE:
            return entry.file
        case Column.ROW:
            return "" if entry.row.row is None else str(entry.row.row)
        case Column.RECORD:
            return entry.row.name
        case Column.DETAILS:
            return entry.details
