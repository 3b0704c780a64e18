"""A list of notes: a few lines each, with a symbol that repeats how much they matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from ui.theme import SMALL_PX, font, pixmap, tokens

_MARK_PX = 16
_TEXT_LEFT_PX = 38
_NOTE_ROLE = Qt.ItemDataRole.UserRole

_SYMBOLS = {
    "danger": "circle-alert",
    "warning": "triangle-alert",
    "success": "circle-check",
    "muted": "info",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What an entry says.

    Parameters
    ----------
    lines
        The first stands out.
    tone
        Token of the symbol's colour.
    symbol
        Another than the tone's own.
    value
        What it stands for.
    """

    lines: tuple[str, ...]
    tone: str = "muted"
    symbol: str = ""
    value: object = None


class NoteList(QListWidget):
    """Lists notes; their lines break to the width there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_NoteDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()  # the lines break elsewhere now

    def fill(self, notes: Iterable[Note]) -> None:
        """Show notes in place of those before, without choosing one."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.clear()
        for note in notes:
            item = QListWidgetItem("\n".join(note.lines))
            item.setData(_NOTE_ROLE, note)
            item.setToolTip("\n".join(note.lines))
            self.addItem(item)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def change(self, row: int, note: Note) -> None:
        """Let an entry say something else."""
        item = self.item(row)
        item.setText("\n".join(note.lines))
        item.setData(_NOTE_ROLE, note)

    def note(self, row: int) -> Note:
        """Return what an entry says."""
        found: Note = self.item(row).data(_NOTE_ROLE)
        return found


class _NoteDelegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._strong = font(weight=QFont.Weight.Medium)
        self._small = font(SMALL_PX + 1)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._lay_out(None, QRect(0, 0, width, 0), index) + 12)

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
        note: Note = index.data(_NOTE_ROLE)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colors.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colors.raised))
        painter.fillRect(box.left() + 14, box.bottom(), box.width() - 28, 1, QColor(colors.line))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colors.accent))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        mark = pixmap(note.symbol or _SYMBOLS[note.tone], colors.as_map()[note.tone], _MARK_PX)
        painter.drawPixmap(box.left() + 14, box.top() + 8, mark)
        self._lay_out(painter, box, index)
        painter.restore()

    def _lay_out(
        self, painter: QPainter | None, box: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> int:
        """Draw the lines of a note, if there is a painter, and return how high they are."""
        colors = tokens()
        note: Note = index.data(_NOTE_ROLE)
        width = box.width() - _TEXT_LEFT_PX - 14
        y = 7.0
        for number, text in enumerate(note.lines):
            layout = QTextLayout(text, self._strong if number == 0 else self._small)
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, y))
                y += line.height() + 1
            layout.endLayout()
            if painter is not None:
                painter.setPen(QColor(colors.text if number == 0 else colors.muted))
                layout.draw(painter, QPointF(box.left() + _TEXT_LEFT_PX, box.top()))
        return round(y)
