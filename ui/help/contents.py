"""One line of the contents: a page's title and, when searching, a piece of the page."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.theme import SMALL_PX, font, tokens

NAME_ROLE = Qt.ItemDataRole.UserRole
EXCERPT_ROLE = Qt.ItemDataRole.UserRole + 1

_SIDE_PX = 12
_ABOVE_PX = 7
_RADIUS_PX = 5
_N_LINES = 3
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ContentsDelegate(QStyledItemDelegate):
    """Paints titles in one line and excerpts in a few."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._face = font(weight=QFont.Weight.Medium)
        self._small = font(SMALL_PX)
        self._metrics = QFontMetrics(self._face)
        self._small_metrics = QFontMetrics(self._small)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        height = self._metrics.height() + 2 * _ABOVE_PX
        if index.data(EXCERPT_ROLE):
            height += _N_LINES * self._small_metrics.lineSpacing() + 3
        return QSize(0, height)

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
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_selected = bool(state & QStyle.StateFlag.State_Selected)
            painter.setBrush(QColor(colors.selection if is_selected else colors.raised))
            painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
        inside = box.adjusted(_SIDE_PX, _ABOVE_PX, -_SIDE_PX, 0)
        title = self._metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(self._face)
        painter.setPen(QColor(colors.text))
        painter.drawText(inside, _TOP_LEFT, title)
        below = inside.adjusted(0, self._metrics.height() + 3, 0, 0)
        below.setHeight(_N_LINES * self._small_metrics.lineSpacing())
        painter.setFont(self._small)
        painter.setPen(QColor(colors.muted))
        wrapped = _TOP_LEFT | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(wrapped), index.data(EXCERPT_ROLE) or "")
        painter.restore()
