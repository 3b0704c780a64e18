"""A map of places against days or hours: a number, a colour and a mark in each cell."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from typing_extensions import override

from planner.coverage_words import fraction_text
from planner.services.coverage.views import MapCell, MapRow
from ui.coverage import words
from ui.theme import SMALL_PX, font, pixmap, tokens

_ROW_PX = 26
_NAME_PX = 130
"""The least that a name has; the widest one gets what it needs, up to the most."""
_MOST_NAME_PX = 230
_MARK_PX = 12
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ANY = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class HeatModel(QAbstractTableModel):
    """The rows of a map; columns are days or hours."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[MapRow, ...] = ()
        self._short: tuple[str, ...] = ()
        self._long: tuple[str, ...] = ()

    def show_rows(
        self, rows: Sequence[MapRow], columns: Sequence[str], long_columns: Sequence[str]
    ) -> None:
        """Show other rows; those that lack people come first, else they stay in their order."""
        self.beginResetModel()
        self.rows = tuple(
            sorted(rows, key=lambda row: not any(cell.coverage.n_gaps for cell in row.cells))
        )
        self._short, self._long = tuple(columns), tuple(long_columns)
        self.endResetModel()

    def cell(self, row: int, column: int) -> MapCell:
        """Return a cell."""
        return self.rows[row].cells[column]

    def lines(self, row: int, column: int) -> list[str]:
        """Return everything about a cell."""
        return words.cell_lines(self.rows[row].name, self._long[column], self.cell(row, column))

    @override
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._short)

    @override
    def data(self, index: _Index, role: int = _ANY.DisplayRole) -> object:
        cell = self.cell(index.row(), index.column())
        if role == _ANY.DisplayRole:
            return fraction_text(cell.coverage) if cell.coverage.n_promised else "–"
        if role in {_ANY.ToolTipRole, _ANY.AccessibleTextRole}:
            return "\n".join(self.lines(index.row(), index.column()))
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ANY.DisplayRole
    ) -> object:
        is_across = orientation is Qt.Orientation.Horizontal
        if role == _ANY.DisplayRole:
            return self._short[section] if is_across else self.rows[section].name
        if role in {_ANY.ToolTipRole, _ANY.AccessibleTextRole}:
            return self._long[section] if is_across else self.rows[section].name
        if role == _ANY.TextAlignmentRole and not is_across:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class HeatMap(QTableView):
    """Shows how many of a cell's duties are planned; what lacks people is red and has a mark."""

    cell_opened = Signal(str, object)
    """Id of the place and the ``date`` of a double click or Enter."""
    cell_pointed = Signal(object)
    """Lines about the cell that is chosen; none when there is none."""

    def __init__(self, name: str, column_px: int) -> None:
        super().__init__()
        self.table = HeatModel()
        self.setModel(self.table)
        self.setItemDelegate(_CellDelegate(self.table))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setMinimumSectionSize(column_px)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_PX)
        down.setHighlightSections(False)
        down.setStyleSheet("QHeaderView::section { padding: 0 10px; }")  # rows are low
        down.setSectionsClickable(False)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setStyleSheet("QHeaderView::section { padding: 6px 2px; }")
        self.doubleClicked.connect(self._open)

    def show_rows(
        self, rows: Sequence[MapRow], columns: Sequence[str], long_columns: Sequence[str]
    ) -> None:
        """Show another week's rows; the place and column that are chosen stay."""
        chosen = self.currentIndex()
        source = self.table.rows[chosen.row()].source if chosen.isValid() else None
        self.table.show_rows(rows, columns, long_columns)
        self.verticalHeader().setFixedWidth(self._name_px())
        for number, row in enumerate(self.table.rows):
            if row.source == source and chosen.column() < len(columns):
                self.setCurrentIndex(self.table.index(number, chosen.column()))

    def _name_px(self) -> int:
        metrics = self.verticalHeader().fontMetrics()
        widest = max((metrics.horizontalAdvance(row.name) for row in self.table.rows), default=0)
        most = min(_MOST_NAME_PX, 2 * self.width() // 5)
        return max(min(widest + 24, most), _NAME_PX)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setFixedWidth(self._name_px())

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NAME_PX + 420, 300)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        lines = self.table.lines(current.row(), current.column()) if current.isValid() else []
        self.cell_pointed.emit(lines)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        day = self.table.cell(index.row(), index.column()).day
        if day is not None:
            self.cell_opened.emit(self.table.rows[index.row()].source, day)


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, model: HeatModel) -> None:
        super().__init__(model)
        self._model = model
        self._plain = font()
        self._strong = font(weight=QFont.Weight.DemiBold)
        self._small = font(SMALL_PX)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        colors = tokens()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        cell = self._model.cell(index.row(), index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if cell.coverage.n_promised:
            self._paint_counts(painter, box.adjusted(2, 2, -2, -2), cell)
        else:
            painter.setFont(self._small)
            painter.setPen(QColor(colors.outline))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–")
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_focus or state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.accent), 2 if has_focus else 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), 4, 4)
        painter.restore()

    def _paint_counts(self, painter: QPainter, box: QRect, cell: MapCell) -> None:
        colors, coverage = tokens(), cell.coverage
        is_gap = coverage.n_gaps > 0
        is_decided = not is_gap and coverage.n_planned < coverage.n_promised
        fill, ink = (
            (colors.danger_fill, colors.danger)
            if is_gap
            else (colors.neutral_fill, colors.text)
            if is_decided
            else (colors.success_fill, colors.success)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, 4, 4)
        text = fraction_text(coverage)
        painter.setFont(self._strong if is_gap else self._plain)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        room = box.width() - painter.fontMetrics().horizontalAdvance(text)
        y = box.center().y() - _MARK_PX // 2 + 1
        if is_gap and room >= 2 * (_MARK_PX + 3):
            mark = pixmap("circle-alert", ink, _MARK_PX)
            painter.drawPixmap(box.left() + 4, y, mark)
        if cell.is_lone and room >= 2 * (_MARK_PX + 3):
            mark = pixmap("moon", colors.muted, _MARK_PX)
            painter.drawPixmap(box.right() - _MARK_PX - 2, y, mark)
