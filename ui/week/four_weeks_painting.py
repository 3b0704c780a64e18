"""Paints the cells and headings of the overview of four weeks."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from planner.services.roster.views import PersonDay
from planner.services.week.day_views import WeekHours
from planner.words import _, hours, weekday_name
from ui.theme import pixmap, tokens
from ui.week.four_weeks_model import FourWeeksModel, balance, person_title
from ui.week.painting import Brushes, bar, dash, fill_cell, frame_focus, hatch

ROW_PX = 36
ROWS_PX = 204
_HEAD_PX = 58
_LINE_PX = 15
_MARK_PX = 10
_STRIP_PX = 8
_CENTER = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FourWeeksDelegate(QStyledItemDelegate):
    """Draws each shift's code in its colour, and hours at the end of each week."""

    def __init__(self, model: FourWeeksModel) -> None:
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
        row, number = index.row(), index.column()
        column = self._model.columns[number]
        is_free = column.day is None or self._model.days[column.day].is_free
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill_cell(painter, box, is_free=is_free, is_selected=is_selected)
        if column.day is None:
            counted = self._model.hours(row, number)
            is_total, is_whole = column.week is None, self._model.is_whole(number)
            self._paint_hours(painter, box, counted, is_total=is_total, is_whole=is_whole)
        else:
            cell = self._model.rows[row].days[column.day]
            self._paint_day(painter, box.adjusted(2, 4, -3, -5), cell)
        if column.is_monday or column.week is None:
            painter.fillRect(box.left(), box.top(), 1, box.height(), QColor(tokens().outline))
        if state & QStyle.StateFlag.State_HasFocus:
            frame_focus(painter, box)
        painter.restore()

    def _paint_day(self, painter: QPainter, box: QRect, cell: PersonDay) -> None:
        colors, brushes = tokens(), self._brushes
        if cell.shifts:
            width = box.width() // len(cell.shifts)
            for number, shift in enumerate(cell.shifts):
                place = QRect(box.left() + number * width, box.top(), width - 1, box.height())
                fill, ink = colors.shifts[shift.color_index % len(colors.shifts)]
                bar(painter, place, fill, ink, is_outlined=shift.is_given)
                inner = place.adjusted(3, 0, 0, -_STRIP_PX if cell.bound else 0)
                brushes.text(painter, inner, shift.code, brushes.small_strong, ink, _CENTER)
        elif cell.is_absent:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.neutral_fill))
            painter.drawRoundedRect(box, 4, 4)
            brushes.text(painter, box, _("Abs"), brushes.small, colors.text, _CENTER)
        elif cell.bound:
            hatch(painter, box, colors)
        elif cell.standby:
            dash(painter, box, colors)
        else:
            brushes.text(painter, box, "–", brushes.small, colors.muted, _CENTER)
        if cell.bound and cell.shifts:
            hatch(painter, box.adjusted(4, box.height() - _STRIP_PX, -1, 0), colors)
        if cell.wish:
            paint_wish(painter, box, is_veto=cell.wish == "veto")
        if cell.n_findings:
            mark = pixmap("triangle-alert", colors.danger, _MARK_PX)
            painter.drawPixmap(box.right() - _MARK_PX + 1, box.top() - 2, mark)

    def _paint_hours(
        self, painter: QPainter, box: QRect, counted: WeekHours, *, is_total: bool, is_whole: bool
    ) -> None:
        colors, brushes = tokens(), self._brushes
        text = hours(counted.counted_min)
        if is_total:
            text += f" / {hours(counted.target_min)}"
        top = QRect(box.left() + 3, box.top() + 3, box.width() - 10, _LINE_PX)
        brushes.text(painter, top, text, brushes.small, colors.text, _RIGHT)
        over = counted.balance_min
        color = colors.danger if over > 0 else colors.warning if over < 0 else colors.muted
        # Before a roster is made, hours that lack say nothing.
        color = color if is_whole else colors.muted
        below = top.translated(0, _LINE_PX)
        brushes.text(painter, below, balance(counted), brushes.small_strong, color, _RIGHT)


def paint_wish(painter: QPainter, box: QRect, *, is_veto: bool) -> None:
    """Draw the mark of a wish in the corner of a cell: a ring, or a disc for a veto."""
    ink = QColor(tokens().accent)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(ink if is_veto else QColor(tokens().surface))
    painter.drawEllipse(QRectF(box.left() + 1, box.top() - 1, 6, 6))


class DaysHeading(QHeaderView):
    """Week numbers over weekdays over dates; today in the accent colour."""

    def __init__(self, model: FourWeeksModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._brushes = Brushes()
        self.setSectionsClickable(False)
        self.setAccessibleName(_("Days"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumSectionSize(), _HEAD_PX)  # the columns share the width there is

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex >= len(self._model.columns):
            return
        colors, brushes = tokens(), self._brushes
        column = self._model.columns[logicalIndex]
        day = self._model.days[column.day] if column.day is not None else None
        painter.save()
        is_free = day is None or day.is_free
        painter.fillRect(rect, QColor(colors.free_day if is_free else colors.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colors.line))
        if column.is_monday or column.week is None:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), QColor(colors.outline))
        upper = QRect(rect.left(), rect.top() + 22, rect.width(), 16)
        lower = upper.translated(0, 16)
        if day is None:
            inner = lower.adjusted(0, 0, -7, 0)
            text = _("Total") if column.week is None else _("Hours")
            brushes.text(painter, inner, text, brushes.small, colors.muted, _RIGHT)
        else:
            ink = colors.accent if day.is_today else colors.danger if day.holiday else colors.text
            name = weekday_name(day.day)[:2]
            brushes.text(painter, upper, name, brushes.small, colors.muted, _CENTER)
            brushes.text(painter, lower, str(day.day.day), brushes.small_strong, ink, _CENTER)
            if day.is_today:
                line = QRect(rect.left(), rect.bottom() - 1, rect.width(), 2)
                painter.fillRect(line, QColor(colors.accent))
        if column.week is not None:
            self._paint_week(painter, rect, column.week)
        painter.restore()

    def _paint_week(self, painter: QPainter, rect: QRect, week: int) -> None:
        # Each section draws its own part of the one title over the week.
        numbers = [n for n, column in enumerate(self._model.columns) if column.week == week]
        left = self.sectionViewportPosition(numbers[0])
        width = sum(self.sectionSize(n) for n in numbers)
        title = self._model.week_title(week)
        painter.setClipRect(rect)
        # A title whose week is partly scrolled away stays in sight.
        shown = max(left, 0)
        box = QRect(shown + 8, rect.top() + 2, left + width - shown - 8, 20)
        self._brushes.text(painter, box, title, self._brushes.strong, tokens().text)


class PeopleHeading(QHeaderView):
    """Names, with squad and part below."""

    def __init__(self, model: FourWeeksModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._brushes = Brushes()
        self.setFixedWidth(ROWS_PX)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW_PX)
        self.setAccessibleName(_("Rows"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(ROWS_PX, ROW_PX)  # Qt would ask the model for every name

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex >= len(self._model.rows):
            return
        colors, brushes = tokens(), self._brushes
        row = self._model.rows[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(colors.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colors.line))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(colors.line))
        inner = QRect(rect.left() + 14, rect.top() + 2, rect.width() - 20, 17)
        brushes.text(painter, inner, row.name, brushes.strong, colors.text)
        inner = QRect(inner.left(), rect.top() + 18, inner.width(), _LINE_PX)
        brushes.text(painter, inner, person_title(row), brushes.small, colors.muted)
        painter.restore()
