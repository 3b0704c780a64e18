"""One row of the palette: symbol, text with the typed letters marked, hint and shortcut."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from planner.words import _
from ui.palette.matching import Choice, Match
from ui.palette.targets import Target
from ui.theme import SMALL_PX, font, icon, tokens

CHOICE_ROLE = Qt.ItemDataRole.UserRole
MATCH_ROLE = Qt.ItemDataRole.UserRole + 1

_ICON_PX = 18
_SIDE_PX = 14
_TEXT_LEFT_PX = 46
_SPACE_PX = 7


class RowDelegate(QStyledItemDelegate):
    """Paints a ``Choice`` and how it matched."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = font(weight=QFont.Weight.Medium)
        self._small = font(SMALL_PX)
        self._metrics = QFontMetrics(self._face)
        self._small_metrics = QFontMetrics(self._small)

    def height(self) -> int:
        """Return how high every row is."""
        return self._metrics.height() + self._small_metrics.height() + 2 * _SPACE_PX + 2

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, self.height())

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice: Choice[QAction | Target] = index.data(CHOICE_ROLE)
        colors = tokens()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colors.selection))
            painter.fillRect(box.left(), box.top(), 3, box.height(), QColor(colors.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colors.raised))
        self._draw_icon(painter, box, choice)
        inside = box.adjusted(_TEXT_LEFT_PX, 0, -_SIDE_PX, 0)
        inside.setRight(self._draw_end(painter, inside, choice) - _SIDE_PX)
        ink = colors.text if choice.is_possible else colors.muted
        top = box.top() + _SPACE_PX
        if not choice.hint:
            top = box.center().y() - self._metrics.height() // 2
        line = QRect(inside.left(), top, inside.width(), self._metrics.height())
        self._draw_text(painter, line, choice, index.data(MATCH_ROLE), ink)
        if choice.hint:
            below = line.translated(0, line.height() + 2)
            painter.setFont(self._small)
            painter.setPen(QColor(colors.muted))
            painter.drawText(
                below,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                self._small_metrics.elidedText(
                    choice.hint, Qt.TextElideMode.ElideRight, below.width()
                ),
            )
        painter.restore()

    def _draw_icon(self, painter: QPainter, box: QRect, choice: Choice[QAction | Target]) -> None:
        value = choice.value
        shown = icon(value.icon, "muted") if isinstance(value, Target) else value.icon()
        mode = QIcon.Mode.Normal if choice.is_possible else QIcon.Mode.Disabled
        corner = QPoint(box.left() + _SIDE_PX, box.center().y() - _ICON_PX // 2 + 1)
        shown.paint(painter, QRect(corner, QSize(_ICON_PX, _ICON_PX)), mode=mode)

    def _draw_end(self, painter: QPainter, inside: QRect, choice: Choice[QAction | Target]) -> int:
        """Draw the shortcut, or that it cannot be chosen now, and return where that begins."""
        text = choice.keys if choice.is_possible else _("not now")
        if not text:
            return inside.right()
        colors = tokens()
        width = self._small_metrics.horizontalAdvance(text) + 14
        height = self._small_metrics.height() + 6
        cap = QRect(inside.right() - width, inside.center().y() - height // 2 + 1, width, height)
        if choice.is_possible:
            painter.setPen(QPen(QColor(colors.line), 1))
            painter.setBrush(QColor(colors.ground))
            painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(self._small)
        painter.setPen(QColor(colors.muted))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
        return cap.left()

    def _draw_text(
        self,
        painter: QPainter,
        line: QRect,
        choice: Choice[QAction | Target],
        match: Match,
        ink: str,
    ) -> None:
        shown = self._metrics.elidedText(choice.text, Qt.TextElideMode.ElideRight, line.width())
        marked = QTextCharFormat()
        marked.setFontWeight(QFont.Weight.Bold)
        if choice.is_possible:
            marked.setForeground(QColor(tokens().accent))
        ranges = []
        for at in match.marked:
            if at < len(shown):
                piece = QTextLayout.FormatRange()
                piece.start, piece.length, piece.format = at, 1, marked
                ranges.append(piece)
        layout = QTextLayout(shown, self._face)
        layout.setFormats(ranges)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        painter.setPen(QColor(ink))
        layout.draw(painter, QPointF(line.topLeft()))
