"""Coloured text in tables and lists that stays coloured while it is chosen."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override


class ToneDelegate(QStyledItemDelegate):
    """Paints a chosen cell's text in the colour that its model gives it, if it gives one."""

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        tone = index.data(Qt.ItemDataRole.ForegroundRole)
        if tone is not None:
            palette: QPalette = option.palette
            palette.setBrush(QPalette.ColorRole.HighlightedText, QBrush(tone))
            option.palette = palette
