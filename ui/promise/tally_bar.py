"""A tally as a bar: what was done, was not, was not reported and is still to come.

Each part has a pattern of its own beside its colour, and its number stands in the row's text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from planner.domain.tallies import Tally
from planner.words import N_, _
from ui.theme import tokens
from ui.widgets import label

TALLY_ROLE = Qt.ItemDataRole.UserRole + 1
_HIGH_PX = 12
_SAMPLE = QSize(18, 12)


@dataclass(frozen=True, slots=True)
class _Part:
    """How a part of a bar looks."""

    text: str
    ink: str
    fill: str
    pattern: Qt.BrushStyle

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        colors = tokens()
        painter.fillRect(rect, QColor(getattr(colors, self.fill)))
        if self.pattern != Qt.BrushStyle.NoBrush:
            painter.fillRect(rect, QBrush(QColor(getattr(colors, self.ink)), self.pattern))
        painter.setPen(QPen(QColor(getattr(colors, self.ink))))
        painter.drawRect(rect)


_DONE = _Part(N_("done"), "success", "success", Qt.BrushStyle.SolidPattern)
_UNDER_WAY = _Part(N_("under way"), "success", "success_fill", Qt.BrushStyle.NoBrush)
_NOT_DONE = _Part(N_("not done"), "danger", "danger_fill", Qt.BrushStyle.BDiagPattern)
_NOT_REPORTED = _Part(N_("not reported"), "warning", "warning_fill", Qt.BrushStyle.Dense6Pattern)
_TO_COME = _Part(N_("to come"), "outline", "surface", Qt.BrushStyle.NoBrush)


def _parts(tally: Tally) -> Iterator[tuple[_Part, int]]:
    yield _DONE, tally.done
    yield _UNDER_WAY, tally.under_way
    yield _NOT_DONE, tally.n_not_done
    yield _NOT_REPORTED, tally.not_reported
    yield _TO_COME, tally.to_come


def paint_tally(painter: QPainter, rect: QRect, tally: Tally, most: int) -> None:
    """Paint a bar whose whole width stands for ``most`` promised things."""
    if not tally.promised or not most:
        return
    painter.save()
    left, top = float(rect.left()), rect.center().y() - _HIGH_PX / 2
    for part, n in _parts(tally):
        width = rect.width() * n / most
        if n:
            part.paint(painter, QRectF(left, top, max(width - 1, 1), _HIGH_PX))
        left += width
    painter.restore()


class TallyDelegate(QStyledItemDelegate):
    """Paints the tally of a cell, by the longest of its column."""

    most = 0

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        tally = index.data(TALLY_ROLE)
        if isinstance(tally, Tally):
            rect: QRect = option.rect
            paint_tally(painter, rect.adjusted(8, 0, -8, 0), tally, self.most)


class Legend(QWidget):
    """Says what the parts of a bar mean."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (_DONE, _NOT_DONE, _NOT_REPORTED, _TO_COME):
            row.addWidget(_Sample(part))
            row.addWidget(label(_(part.text), "small"))
            row.addSpacing(8)
        row.addStretch()


class _Sample(QWidget):
    def __init__(self, part: _Part) -> None:
        super().__init__()
        self._part = part
        self.setFixedSize(_SAMPLE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._part.paint(painter, QRectF(0, 0, self.width() - 1, self.height() - 1))
