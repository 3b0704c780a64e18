"""Tables of values: short texts with a tone and a symbol that repeats it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from ui.theme import FONT_PX, font, icon, theme, tokens

_ROW_PX, _LEAST_PX = 30, 24
_KEY_ROLE = Qt.ItemDataRole.UserRole
_CELL_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell says.

    Parameters
    ----------
    tone
        Token of its colour: ``muted``, ``danger``, ``warning`` or ``success``.
    is_number
        Stands at the right.
    """

    text: str
    tone: str = ""
    symbol: str = ""
    tip: str = ""
    is_number: bool = False
    is_strong: bool = False


class ValueTable(QTableWidget):
    """Shows rows of values that nobody edits; columns share the width there is.

    Parameters
    ----------
    name
        What is read aloud.
    """

    def __init__(self, name: str) -> None:
        super().__init__(0, 0)
        self.setAccessibleName(name)
        self._shares: Sequence[int] = ()
        self._is_squeezed = False
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setMinimumSectionSize(_LEAST_PX)
        theme().changed.connect(self._dress)

    def head(
        self, headings: Sequence[str], shares: Sequence[int], *, is_squeezed: bool = False
    ) -> None:
        """Give the columns their headings, and their shares of the width.

        Parameters
        ----------
        shares
            Pixels that each column has at least; what is left is shared likewise.
        is_squeezed
            Rather shorten texts than scroll.
        """
        self.setColumnCount(len(headings))
        self._shares, self._is_squeezed = shares, is_squeezed
        if is_squeezed:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column, text in enumerate(headings):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
        self._share_width()

    def fill(self, rows: Iterable[tuple[object, Sequence[Cell]]]) -> None:
        """Show rows, each with what it stands for; the one chosen stays chosen."""
        chosen = self.chosen()
        found = list(rows)
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.setRowCount(len(found))
        for row, (key, cells) in enumerate(found):
            for column, cell in enumerate(cells):
                self.setItem(row, column, _item(key, cell))
                heading = self.horizontalHeaderItem(column)
                if row == len(found) - 1 and heading is not None:
                    heading.setTextAlignment(_side(cell))
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._dress()
        self.choose(chosen)

    def stand_upright(self) -> None:
        """Let columns be chosen instead of rows: what is compared stands side by side."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setWordWrap(True)

    def chosen(self) -> object:
        """Return what the chosen row stands for; nothing when none is chosen."""
        item = self.item(self.currentRow(), 0)
        return item.data(_KEY_ROLE) if item is not None else None

    def choose(self, key: object) -> None:
        """Choose the row that stands for something, if there is one."""
        for row in range(self.rowCount()):
            item = self.item(row, 0)
            if key is not None and item is not None and item.data(_KEY_ROLE) == key:
                self.selectRow(row)

    def texts(self, row: int) -> list[str]:
        """Return what a row says."""
        items = (self.item(row, column) for column in range(self.columnCount()))
        return [item.text() if item is not None else "" for item in items]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        width, whole = self.viewport().width(), sum(self._shares)
        over = width - whole if self._is_squeezed else max(0, width - whole)
        left = whole + over
        for column, share in enumerate(self._shares):
            is_last = column == len(self._shares) - 1
            mine = left if is_last else share + over * share // max(1, whole)
            self.setColumnWidth(column, mine)
            left -= mine

    def _dress(self) -> None:
        colors = tokens().as_map()
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self.item(row, column)
                cell = item.data(_CELL_ROLE) if item is not None else None
                if item is not None and isinstance(cell, Cell):
                    item.setForeground(QColor(colors[cell.tone or "text"]))
                    if cell.symbol:
                        item.setIcon(icon(cell.symbol, cell.tone or "muted"))
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature


def _item(key: object, cell: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem(cell.text)
    item.setData(_KEY_ROLE, key)
    item.setData(_CELL_ROLE, cell)
    item.setToolTip(cell.tip or cell.text)
    if cell.is_strong:
        item.setFont(font(FONT_PX, QFont.Weight.DemiBold))
    item.setTextAlignment(_side(cell))
    return item


def _side(cell: Cell) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if cell.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
