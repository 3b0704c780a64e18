"""One row of who can take something: who, how, the phone, and the costs as chips."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from planner.services.candidates.values import Candidate
from ui.folding import folded
from ui.theme import pixmap, tokens
from ui.week import candidate_words
from ui.week.candidate_words import Chip
from ui.week.painting import Brushes

_ROW_ROLE = Qt.ItemDataRole.UserRole
_SIDE_PX = 14
_LEFT_PX = 38
_MARK_PX = 16
_CHIP_MARK_PX = 12
_SPACE_PX = 4
_SYMBOLS = {"danger": "circle-alert", "warning": "triangle-alert", "success": "circle-check"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row shows.

    Parameters
    ----------
    mark
        Tone of its symbol: ``success``, ``warning``, ``danger``, or ``muted`` for who cannot.
    candidate
        What choosing it would give to whom; nothing when it cannot be.
    """

    name: str
    phone: str
    text: str
    chips: tuple[Chip, ...]
    mark: str
    candidate: Candidate | None


class RowList(QListWidget):
    """Lists rows; those whose name lacks what is typed are hidden."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_RowDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()  # the chips break elsewhere now

    def fill(self, rows: Iterable[Row]) -> None:
        """Show rows in place of those before, none chosen."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.name)
            item.setData(_ROW_ROLE, row)
            costs = [chip.text for chip in row.chips]
            spoken = candidate_words.spoken(row.name, row.text, *costs, row.phone)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip("\n".join([row.text, *costs]))
            self.addItem(item)

    def narrow(self, typed: str) -> int:
        """Hide the rows whose name lacks what is typed; return how many are left."""
        letters = folded(typed.strip()).letters
        shown = 0
        for number in range(self.count()):
            item = self.item(number)
            is_hidden = letters not in folded(item.text()).letters
            item.setHidden(is_hidden)
            shown += not is_hidden
        return shown

    def choose_first(self) -> None:
        """Choose the first row that is shown; none when none is."""
        shown = (n for n in range(self.count()) if not self.item(n).isHidden())
        self.setCurrentRow(next(shown, -1))

    @property
    def chosen(self) -> Candidate | None:
        """What the row chosen stands for."""
        item = self.currentItem()
        if self.currentRow() < 0 or item.isHidden():
            return None
        row: Row = item.data(_ROW_ROLE)
        return row.candidate


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._brushes = Brushes()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._draw(None, QRect(0, 0, width, 0), index.data(_ROW_ROLE)) + 10)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colors = tokens()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row: Row = index.data(_ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colors.selection))
            painter.fillRect(box.left(), box.top(), 3, box.height(), QColor(colors.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colors.raised))
        painter.fillRect(box.left() + 14, box.bottom(), box.width() - 28, 1, QColor(colors.line))
        symbol = _SYMBOLS.get(row.mark, "minus")
        mark = pixmap(symbol, colors.as_map()[row.mark], _MARK_PX)
        painter.drawPixmap(box.left() + _SIDE_PX, box.top() + 9, mark)
        self._draw(painter, box, row)
        painter.restore()

    def _draw(self, painter: QPainter | None, box: QRect, row: Row) -> int:
        """Draw a row, if there is a painter, and return how high it is."""
        colors, brushes = tokens(), self._brushes
        inside = box.adjusted(_LEFT_PX, 8, -_SIDE_PX, 0)
        strong = brushes.metrics[id(brushes.strong)].height()
        small = brushes.metrics[id(brushes.small)]
        phone_px = small.horizontalAdvance(row.phone) if row.phone else 0
        # Where both numbers of a crew leave too little for its names, they go below.
        is_beside = phone_px < inside.width() // 2
        y = inside.top()
        if painter is not None:
            name_px = inside.width() - (phone_px + 8 if is_beside else 0)
            name = QRect(inside.left(), y, name_px, strong)
            brushes.text(painter, name, row.name, brushes.strong, colors.text)
            if is_beside:
                phone = QRect(inside.right() - phone_px, y, phone_px + 1, strong)
                brushes.text(painter, phone, row.phone, brushes.small, colors.text)
        y += strong + 2
        lines = [(row.text, colors.muted)]
        if not is_beside:
            lines.insert(0, (row.phone, colors.text))
        for text, ink in lines:
            y = self._draw_wrapped(painter, QRect(inside.left(), y, inside.width(), 0), text, ink)
        y += 2
        for chip, place in self._placed(row.chips, QPoint(inside.left(), y), inside.width()):
            if painter is not None:
                self._draw_chip(painter, place, chip)
            y = place.bottom() + _SPACE_PX
        return y - box.top()

    def _draw_wrapped(self, painter: QPainter | None, box: QRect, text: str, ink: str) -> int:
        """Draw text that breaks to the width there is, and return where it ends."""
        face, metrics = self._brushes.small, self._brushes.metrics[id(self._brushes.small)]
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        room = QRect(box.left(), box.top(), box.width(), 10_000)
        needed = metrics.boundingRect(room, flags, text)
        if painter is not None:
            painter.setFont(face)
            painter.setPen(QColor(ink))
            painter.drawText(needed.adjusted(0, 0, 2, 0), flags, text)
        return needed.bottom() + 3

    def _placed(
        self, chips: Iterable[Chip], corner: QPoint, width: int
    ) -> Iterator[tuple[Chip, QRect]]:
        """Yield chips where they lie, as many on a line as fit; a long one breaks inside."""
        metrics = self._brushes.metrics[id(self._brushes.small)]
        x, y, height = corner.x(), corner.y(), 0
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        for chip in chips:
            most = width - _CHIP_MARK_PX - 20
            text = metrics.boundingRect(QRect(0, 0, most, 10_000), flags, chip.text)
            size = QSize(text.width() + _CHIP_MARK_PX + 20, text.height() + 6)
            if x > corner.x() and x + size.width() > corner.x() + width:
                x, y, height = corner.x(), y + height + _SPACE_PX, 0
            yield chip, QRect(QPoint(x, y), size)
            x += size.width() + _SPACE_PX
            height = max(height, size.height())

    def _draw_chip(self, painter: QPainter, box: QRect, chip: Chip) -> None:
        colors = tokens().as_map()
        ink = colors["text"] if chip.tone == "neutral" else colors[chip.tone]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors[f"{chip.tone}_fill"]))
        painter.drawRoundedRect(box, 9, 9)
        line = self._brushes.metrics[id(self._brushes.small)].height()
        mark = pixmap(chip.symbol, ink, _CHIP_MARK_PX)
        painter.drawPixmap(box.left() + 6, box.top() + 3 + (line - _CHIP_MARK_PX) // 2, mark)
        painter.setFont(self._brushes.small)
        painter.setPen(QColor(ink))
        painter.drawText(
            box.adjusted(_CHIP_MARK_PX + 11, 3, -4, -3),
            Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft,
            chip.text,
        )
