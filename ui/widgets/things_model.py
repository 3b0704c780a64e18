"""A table of which each row is one thing."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from planner.words import _

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RowT = TypeVar("RowT")


class ThingsModel(QAbstractTableModel, Generic[RowT]):
    """Shows things row by row; what a cell says is for those who derive from it.

    Parameters
    ----------
    headings
        Of the columns; English, translated where they are shown.
    """

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._rows: list[RowT] = []

    def thing(self, row: int) -> RowT:
        """Return what is in a row."""
        return self._rows[row]

    def _fill(self, rows: Iterable[RowT]) -> None:
        """Show other things."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._headings)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return _(self._headings[section])
        return None
