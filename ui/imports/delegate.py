"""Paints what changes in a record: the old value struck out, the new one marked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from planner.services.imports.rows import FieldChange, RowKind
from planner.words import _
from ui.imports.models import RowsModel
from ui.theme import font, tokens

_MARGIN_PX = 13
_SPACE_PX = 5
_APART_PX = 16
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ChangeDelegate(QStyledItemDelegate):
    """Draws changed fields one after another; reads the model's entries directly, for speed."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__(model)
        self._model = model
        self._plain = font()
        self._old = font()
        self._old.setStrikeOut(True)
        self._new = font(weight=QFont.Weight.DemiBold)
        self._metrics = {
            id(face): QFontMetrics(face) for face in (self._plain, self._old, self._new)
        }

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._model.shown[index.row()].row
        if row.kind is not RowKind.CHANGED:
            super().paint(painter, option, index)
            return
        painter.save()
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(_MARGIN_PX, 0, -4, 0)
        painter.setClipRect(box)
        for field in row.fields:
            if box.width() <= 0:
                break
            box = self._paint_field(painter, box, field)
        painter.restore()

    def _paint_field(self, painter: QPainter, box: QRect, field: FieldChange) -> QRect:
        """Draw one field and return the room that is left."""
        colors = tokens()
        box = self._paint_text(painter, box, f"{field.field}:", self._plain, colors.muted)
        if field.before:
            box = self._paint_text(painter, box, field.before, self._old, colors.muted)
        else:
            box = self._paint_text(painter, box, _("empty"), self._plain, colors.muted)
        box = self._paint_text(painter, box, "→", self._plain, colors.muted)
        after = field.after or _("empty")
        width = min(self._metrics[id(self._new)].horizontalAdvance(after), box.width() - _SPACE_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.warning_fill))
        pill = QRect(box.left() - 1, box.center().y() - 10, width + 2 * _SPACE_PX, 21)
        painter.drawRoundedRect(pill, 4, 4)
        box = box.adjusted(_SPACE_PX - 1, 0, 0, 0)
        box = self._paint_text(painter, box, after, self._new, colors.text)
        return box.adjusted(_APART_PX - _SPACE_PX, 0, 0, 0)

    def _paint_text(
        self, painter: QPainter, box: QRect, text: str, face: QFont, color: str
    ) -> QRect:
        metrics = self._metrics[id(face)]
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.setFont(face)
        painter.setPen(QColor(color))
        painter.drawText(box, _LEFT, shown)
        return box.adjusted(metrics.horizontalAdvance(shown) + _SPACE_PX, 0, 0, 0)
