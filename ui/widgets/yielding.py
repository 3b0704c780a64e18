"""Rows that stay readable in a narrow window: what matters least gives way first."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override


class YieldingRow(QWidget):
    """Shows as many of its yielding parts as there is room for, and each of them whole.

    Attributes
    ----------
    row
        The layout, for whoever fills it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self._yielding: list[QWidget] = []
        self._unwanted: set[QWidget] = set()

    def yield_in_order(self, *parts: QWidget) -> None:
        """Say which of the row's parts give way, the first one first."""
        self._yielding = list(parts)
        self._fit()

    def want(self, part: QWidget, *, is_wanted: bool) -> None:
        """Say whether a yielding part has anything to show."""
        if is_wanted:
            self._unwanted.discard(part)
        else:
            self._unwanted.add(part)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()  # a part says something longer or shorter than before
        return super().event(event)

    @override
    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        shown = [part for part in self._yielding if not part.isHidden()]
        given = sum(part.minimumSizeHint().width() + self.row.spacing() for part in shown)
        return QSize(max(least.width() - given, 0), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        gap, margins = self.row.spacing(), self.row.contentsMargins()
        room = self.width() - margins.left() - margins.right() + gap
        for number in range(self.row.count()):
            item = self.row.itemAt(number)
            if item is not None and item.widget() not in self._yielding:
                room -= item.sizeHint().width() + gap
        has_room = True
        for part in reversed(self._yielding):
            if part in self._unwanted:
                part.hide()
                continue
            room -= part.sizeHint().width() + gap
            has_room = has_room and room >= 0
            part.setVisible(has_room)
