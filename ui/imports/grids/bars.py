"""Hours above and below the contract as bars around a middle."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.theme import tokens

MINUTES_ROLE = Qt.ItemDataRole.UserRole + 2
_BAR_PX = 10


class BarDelegate(QStyledItemDelegate):
    """Draws minutes to the right of the middle when above, to the left when below.

    Attributes
    ----------
    most_min
        The minutes that fill a half.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.most_min = 1

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        box = QRectF(option.rect).adjusted(6, 0, -6, 0)
        middle = box.center().x()
        painter.setPen(QColor(colors.outline))
        painter.drawLine(int(middle), int(box.top()) + 4, int(middle), int(box.bottom()) - 4)
        minutes = index.data(MINUTES_ROLE)
        if isinstance(minutes, int) and minutes:
            length = min(abs(minutes) / self.most_min, 1.0) * box.width() / 2
            left = middle if minutes > 0 else middle - length
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.warning if minutes > 0 else colors.accent))
            bar = QRectF(left, box.center().y() - _BAR_PX / 2, length, _BAR_PX)
            painter.drawRoundedRect(bar, 2, 2)
        painter.restore()
