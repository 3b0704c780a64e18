"""Incidents by weekday and hour: a number and a shade in each cell."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from planner.domain.situation_picture import HourTable
from planner.words import _, ngettext
from ui.situation.words import weekday
from ui.theme import SMALL_PX, Tokens, font, tokens

_ROW_PX, _COLUMN_PX, _NAME_PX = 30, 26, 76
_LEAST_SHADE, _MOST_SHADE = 0.04, 0.52
_ANY = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_SUM = 24
"""The column of the weekday's sum; the row after Sunday holds that of the hour."""


class HourModel(QAbstractTableModel):
    """Seven weekdays and their sum, 24 hours and their sum."""

    def __init__(self) -> None:
        super().__init__()
        self._table: HourTable = tuple((0,) * 24 for _ in range(7))
        self.most = 0

    def show_table(self, table: HourTable) -> None:
        """Show other counts."""
        self.beginResetModel()
        self._table = table
        self.most = max(max(row) for row in table)
        self.endResetModel()

    def count(self, row: int, column: int) -> int:
        """Return the count of a cell, a sum in the last row and column."""
        rows = self._table if row == 7 else (self._table[row],)
        return sum(sum(one) if column == _SUM else one[column] for one in rows)

    @staticmethod
    def is_sum(row: int, column: int) -> bool:
        """Tell whether a cell adds others up."""
        return row == 7 or column == _SUM

    def text(self, row: int, column: int) -> str:
        """Return what a cell says in words."""
        day = _("All days") if row == 7 else weekday(row + 1, is_short=False)
        hours = _("all hours") if column == _SUM else f"{column:02d}–{column + 1:02d}"
        n = ngettext("{n} incident", "{n} incidents", self.count(row, column))
        return f"{day} {hours}: {n}"

    @override
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else 8

    @override
    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else _SUM + 1

    @override
    def data(self, index: _Index, role: int = _ANY.DisplayRole) -> object:
        if role == _ANY.DisplayRole:
            return str(self.count(index.row(), index.column()))
        if role in {_ANY.ToolTipRole, _ANY.AccessibleTextRole}:
            return self.text(index.row(), index.column())
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ANY.DisplayRole
    ) -> object:
        if role != _ANY.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return _("Sum") if section == _SUM else f"{section:02d}"
        return _("Sum") if section == 7 else weekday(section + 1)


class HourMap(QTableView):
    """Shows the counts; the more, the darker, and the number says how many."""

    def __init__(self) -> None:
        super().__init__()
        self.table = HourModel()
        self.setModel(self.table)
        self.setItemDelegate(_CellDelegate(self.table))
        self.setAccessibleName(_("Incidents by weekday and hour"))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setMinimumSectionSize(_COLUMN_PX)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(_SUM, QHeaderView.ResizeMode.ResizeToContents)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setStyleSheet("QHeaderView::section { padding: 4px 0; }")
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_PX)
        down.setFixedWidth(_NAME_PX)
        down.setHighlightSections(False)
        down.setSectionsClickable(False)
        self.setFixedHeight(8 * _ROW_PX + 34)

    def show_table(self, table: HourTable) -> None:
        """Show other counts; the cell that is chosen stays."""
        chosen = self.currentIndex()
        row, column = chosen.row(), chosen.column()
        self.table.show_table(table)
        if chosen.isValid():
            self.setCurrentIndex(self.table.index(row, column))

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NAME_PX + 25 * 34, self.height())


def shade(colors: Tokens, share: float) -> str:
    """Return the ground of a count, as a share of the most; texts keep 4.5 to 1 on all of them."""
    weight = _LEAST_SHADE + (_MOST_SHADE - _LEAST_SHADE) * share
    ground, accent = QColor(colors.surface), QColor(colors.accent)
    pairs = (
        (ground.red(), accent.red()),
        (ground.green(), accent.green()),
        (ground.blue(), accent.blue()),
    )
    return QColor(*(round(a + (b - a) * weight) for a, b in pairs)).name()


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, model: HourModel) -> None:
        super().__init__(model)
        self._model = model
        self._small = font(SMALL_PX + 1)
        self._strong = font(SMALL_PX + 1, QFont.Weight.DemiBold)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colors = tokens()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row, column = index.row(), index.column()
        count, is_sum = self._model.count(row, column), self._model.is_sum(row, column)
        share = 0.0 if is_sum or not self._model.most else count / self._model.most
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = shade(colors, share)
        if not is_sum:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 3, 3)
        ink = colors.muted if is_sum else colors.text if count else colors.outline
        painter.setPen(QColor(ink))
        painter.setFont(self._strong if share > 0.5 or is_sum else self._small)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count) if count else "·")
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_focus or state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.text), 2 if has_focus else 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 3, 3)
        painter.restore()
