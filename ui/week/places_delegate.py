"""Paints the cells of the places grid."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from planner.services.roster.views import PlaceDay, PlaceDuty, PlaceRow
from planner.words import _, ngettext
from ui.theme import pixmap, tokens
from ui.week import words
from ui.week.models import PlacesModel
from ui.week.painting import Brushes, fill_cell, frame_focus

LINE_PX = 20
MAX_LINES = 4
_GAP_PX = 3
_EDGE_PX, _BELOW_PX = 4, 5
"""Around the lines of a cell: left and above, right and below."""
_MARK_PX = 13


def row_height(row: PlaceRow) -> int:
    """Return how high a place's row is, by its fullest day."""
    fullest = max(len(day.duties) for day in row.days)
    return min(max(fullest, 2), MAX_LINES) * LINE_PX + 8


def shown_duties(day: PlaceDay, height: int) -> tuple[PlaceDuty, ...]:
    """Return the duties that have a line in a cell so high; one line may say how many more."""
    room = max((height - _EDGE_PX - _BELOW_PX + _GAP_PX) // LINE_PX, 1)
    return day.duties if len(day.duties) <= room else day.duties[: room - 1]


def line_box(cell: QRect, line: int) -> QRect:
    """Return where a line of a cell is."""
    inner = cell.adjusted(_EDGE_PX, _EDGE_PX, -_BELOW_PX, -_BELOW_PX)
    return QRect(inner.left(), inner.top() + line * LINE_PX, inner.width(), LINE_PX - _GAP_PX + 1)


class PlacesDelegate(QStyledItemDelegate):
    """Draws who is there and when, a line a duty; what lacks people is red and says so."""

    def __init__(self, model: PlacesModel) -> None:
        super().__init__(model)
        self._model = model
        self._brushes = Brushes()

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_free = self._model.days[index.column()].is_free
        fill_cell(painter, box, is_free=is_free, is_selected=is_selected)
        cell = self._model.rows[index.row()].days[index.column()]
        self._paint_day(painter, box, cell)
        if state & QStyle.StateFlag.State_HasFocus:
            frame_focus(painter, box)
        painter.restore()

    def _paint_day(self, painter: QPainter, box: QRect, cell: PlaceDay) -> None:
        colors, brushes = tokens(), self._brushes
        line = line_box(box, 0)
        note = _(words.NOTES.get(cell.note, cell.note))
        if note and not cell.duties:
            inner = line.adjusted(5, 0, 0, 0)
            brushes.text(painter, inner, note, brushes.small, colors.muted)
        shown = shown_duties(cell, box.height())
        for duty in shown:
            self._paint_duty(painter, line, duty)
            line.translate(0, LINE_PX)
        hidden = cell.duties[len(shown) :]
        if hidden:
            is_short = any(duty.missing and not duty.decision for duty in hidden)
            text = ngettext("and {n} more", "and {n} more", len(hidden))
            color = colors.danger if is_short else colors.muted
            if is_short:
                mark = pixmap("circle-alert", color, _MARK_PX)
                painter.drawPixmap(line.left() + 4, line.top() + 3, mark)
                line.adjust(17, 0, 0, 0)
            brushes.text(painter, line.adjusted(5, 0, 0, 0), text, brushes.small, color)

    def _paint_duty(self, painter: QPainter, box: QRect, duty: PlaceDuty) -> None:
        colors, brushes = tokens(), self._brushes
        is_gap = bool(duty.missing) and not duty.decision
        fill, ink = (
            (colors.danger_fill, colors.danger)
            if is_gap
            else (colors.neutral_fill, colors.text)
            if duty.decision or not duty.names
            else (colors.success_fill, colors.success)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, 4, 4)
        inner = box.adjusted(6, 0, -4, 0)
        if is_gap:
            mark = pixmap("circle-alert", ink, _MARK_PX)
            painter.drawPixmap(inner.left() - 1, inner.top() + 3, mark)
            inner.adjust(16, 0, 0, 0)
        who = words.place_duty_who_short(duty)
        brushes.time_and_text(
            painter,
            inner,
            (duty.span, self._model.zone),
            who,
            (ink, ink if is_gap else colors.text),
        )
