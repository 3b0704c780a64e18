"""Paints the cells of the people grid."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from planner.domain.spans import Span
from planner.services.roster.views import PersonDay, PersonRow, ShiftBar
from planner.words import _, clock_span, hours
from ui.theme import pixmap, tokens
from ui.week import words
from ui.week.models import HOURS_COLUMN, PeopleModel
from ui.week.painting import Brushes, bar, dash, fill_cell, frame_focus, hatch

ROW_PX = 49
_LINE_PX = 20
_MARK_PX = 12
_TEXT_PX = 16
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of the day to draw: a shift's part, else bound time or stand-by."""

    span: Span
    places: str
    shift: ShiftBar | None
    is_standby: bool = False


def row_height(row: PersonRow) -> int:
    """Return how high a person's row is, by the day with the most stretches."""
    fullest = max(
        sum(len(shift.parts) for shift in day.shifts) + len(day.bound) + len(day.standby)
        for day in row.days
    )
    return max(ROW_PX, fullest * _LINE_PX + 9)


class PeopleDelegate(QStyledItemDelegate):
    """Draws shifts as bars with time and places; reads the model's rows directly, for speed."""

    def __init__(self, model: PeopleModel) -> None:
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
        row = self._model.rows[index.row()]
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        column = index.column()
        is_free = column < HOURS_COLUMN and self._model.days[column].is_free
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_cell(painter, box, is_free=is_free, is_selected=is_selected)
        if column == HOURS_COLUMN:
            self._paint_hours(painter, box, row)
        else:
            self._paint_day(painter, _inside(box), row.days[column])
        if state & QStyle.StateFlag.State_HasFocus:
            frame_focus(painter, box)
        painter.restore()

    def shift_at(self, box: QRect, index: QModelIndex, point: QPoint) -> ShiftBar | None:
        """Return the shift whose bar is at a point of a cell; ``box`` is the cell."""
        if index.column() == HOURS_COLUMN:
            return None
        lines = list(_lines_of(self._model.rows[index.row()].days[index.column()]))
        for place, line in zip(_split(_inside(box), len(lines)), lines, strict=True):
            if place.contains(point):
                return line.shift
        return None

    def _paint_day(self, painter: QPainter, box: QRect, cell: PersonDay) -> None:
        colors = tokens()
        lines = list(_lines_of(cell))
        if cell.is_absent and not lines:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.neutral_fill))
            painter.drawRoundedRect(box, 4, 4)
            inner = box.adjusted(9, 0, -4, 0)
            self._brushes.text(painter, inner, _("Absence"), self._brushes.small, colors.text)
        elif not lines and cell.wish:
            text = _(words.WISHES[cell.wish])
            self._brushes.text(painter, box, text, self._brushes.small, colors.muted)
        for place, line in zip(_split(box, len(lines)), lines, strict=True):
            self._paint_line(painter, place, line, is_alone=len(lines) == 1)
        if cell.n_findings:
            mark = pixmap("triangle-alert", colors.danger, _MARK_PX)
            painter.drawPixmap(box.right() - _MARK_PX, box.top() + 2, mark)

    def _paint_line(self, painter: QPainter, box: QRect, line: _Line, *, is_alone: bool) -> None:
        colors = tokens()
        if line.shift is None:
            (dash if line.is_standby else hatch)(painter, box, colors)
            ink = colors.text
        else:
            fill, ink = colors.shifts[line.shift.color_index % len(colors.shifts)]
            bar(painter, box, fill, ink, is_outlined=line.shift.is_given)
            right = box.right() - _MARK_PX - 1
            if line.shift.is_locked:
                lock = pixmap("lock", ink, _MARK_PX - 2)
                painter.drawPixmap(right, box.bottom() - _MARK_PX, lock)
                right -= _MARK_PX
            if line.shift.note:
                note = pixmap("info", ink, _MARK_PX - 2)
                painter.drawPixmap(right, box.bottom() - _MARK_PX, note)
        inner = box.adjusted(9, 0, -4, 0)
        brushes = self._brushes
        if is_alone:
            middle = inner.center().y() + 1
            top = QRect(inner.left(), middle - _TEXT_PX, inner.width(), _TEXT_PX)
            below = QRect(inner.left(), middle, inner.width(), _TEXT_PX)
            head = clock_span(line.span.start, line.span.end, self._model.zone)
            brushes.text(painter, top, head, brushes.small_strong, ink)
            brushes.text(painter, below, line.places, brushes.small, ink)
        else:
            time = (line.span, self._model.zone)
            brushes.time_and_text(painter, inner, time, line.places, (ink, ink))

    def _paint_hours(self, painter: QPainter, box: QRect, row: PersonRow) -> None:
        colors, brushes = tokens(), self._brushes
        inner = box.adjusted(6, 6, -10, -6)
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        counted = f"{hours(row.counted_min)} / {hours(row.target_min)}"
        brushes.text(painter, top, counted, brushes.small, colors.text, _RIGHT)
        is_over = row.counted_min > row.target_min
        color = colors.danger if is_over else colors.warning
        brushes.text(painter, below, words.balance(row), brushes.small_strong, color, _RIGHT)


def _inside(box: QRect) -> QRect:
    return box.adjusted(4, 4, -5, -5)


def _lines_of(cell: PersonDay) -> Iterator[_Line]:
    found = [
        _Line(
            span=part,
            places=" · ".join(
                dict.fromkeys(duty.title for duty in shift.duties if part.overlaps(duty.span))
            )
            or shift.name,
            shift=shift,
        )
        for shift in cell.shifts
        for part in shift.parts
    ]
    found += [_Line(span=span, places=title, shift=None) for title, span in cell.bound]
    found += [
        _Line(span=span, places=_("Stand-by"), shift=None, is_standby=True) for span in cell.standby
    ]
    yield from sorted(found, key=lambda line: line.span)


def _split(box: QRect, n: int) -> Iterator[QRect]:
    if n == 0:
        return
    height = (box.height() - 2 * (n - 1)) // n
    for at in range(n):
        yield QRect(box.left(), box.top() + at * (height + 2), box.width(), height)
