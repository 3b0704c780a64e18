"""What stays in sight while the timeline is scrolled: hours above, people to the left."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from planner.domain.spans import DAY, day_span
from planner.words import _, clock, short_date
from ui.theme import pixmap, tokens
from ui.week import day_words
from ui.week.day_items import DayModel
from ui.week.day_layout import GROUP_PX, ROW_PX, DayLayout
from ui.week.day_painting import LanePainter
from ui.week.painting import Brushes

HOURS_PX = 40
PEOPLE_PX = 204
_CENTER = Qt.AlignmentFlag.AlignCenter
_LABEL_PX = 38
_MARK_PX = 13
_BELOW_LABELS_PX = 36


class HourHeading(QWidget):
    """Local hours; the next day's stand under its date.

    Parameters
    ----------
    layout_of
        Gives the present layout.
    left_of
        Gives how far the timeline is scrolled to the right.
    """

    def __init__(self, layout_of: Callable[[], DayLayout], left_of: Callable[[], int]) -> None:
        super().__init__()
        self._layout_of, self._left_of = layout_of, left_of
        self._brushes = Brushes()
        self._now: datetime | None = None
        self.setAccessibleName(_("Hours"))

    def show_now(self, now: datetime | None) -> None:
        """Show the time of the present moment, or none."""
        self._now = now
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors, brushes = tokens(), self._brushes
        axis = self._layout_of().axis
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colors.line))
        painter.translate(-self._left_of(), 0)
        step = next((n for n in (1, 2, 3, 4, 6) if n * axis.hour_px >= _LABEL_PX), 6)
        for number, at in enumerate(axis.hours()):
            x = round(axis.x(at))
            painter.setPen(QColor(colors.line))
            is_labelled = number % step == 0
            top = 0 if number == 0 else 20 if is_labelled else _BELOW_LABELS_PX
            painter.drawLine(x, top, x, self.height())
            if is_labelled and x + _LABEL_PX <= axis.width_px:
                box = QRect(x + 4, 19, round(step * axis.hour_px) - 6, 18)
                brushes.text(painter, box, clock(at, axis.zone), brushes.small, colors.muted)
        self._paint_dates(painter)
        self._paint_change(painter)
        self._paint_now(painter)

    def _paint_dates(self, painter: QPainter) -> None:
        # A date whose midnight is scrolled away stays in sight as long as its day does.
        axis, brushes, left = self._layout_of().axis, self._brushes, self._left_of()
        first = axis.span.start.astimezone(axis.zone).date()
        whole = day_span(first, axis.zone)
        for day, start, end in (
            (first, whole.start, whole.end),
            (first + DAY, whole.end, axis.span.end),
        ):
            if start < end:
                at = max(round(axis.x(start)), left)
                box = QRect(at + 6, 2, round(axis.x(end)) - at - 8, 18)
                if box.width() > 0:
                    text = short_date(day)
                    brushes.text(painter, box, text, brushes.strong, tokens().text)

    def _paint_change(self, painter: QPainter) -> None:
        axis, colors = self._layout_of().axis, tokens()
        change = axis.clock_change()
        if change is None:
            return
        x = round(axis.x(change))
        painter.setPen(QPen(QColor(colors.warning), 1, Qt.PenStyle.DashLine))
        painter.drawLine(x, 0, x, self.height())
        painter.drawPixmap(x + 4, 4, pixmap("clock", colors.warning, _MARK_PX))
        box = QRect(x + _MARK_PX + 8, 2, 180, 18)
        text = _("The clock is moved")
        self._brushes.text(painter, box, text, self._brushes.small, colors.warning)

    def _paint_now(self, painter: QPainter) -> None:
        axis, colors = self._layout_of().axis, tokens()
        if self._now is None or not axis.span.start <= self._now < axis.span.end:
            return
        text = clock(self._now, axis.zone)
        width = self._brushes.width(text, self._brushes.small_strong) + 8
        box = QRect(round(axis.x(self._now)) - width // 2, 21, width, 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.danger_fill))
        painter.drawRoundedRect(box, 4, 4)
        face = self._brushes.small_strong
        self._brushes.text(painter, box, text, face, colors.danger, _CENTER)


class PeopleHeading(QWidget):
    """Names with part and role, under the squad that they belong to."""

    def __init__(
        self,
        model: DayModel,
        layout_of: Callable[[], DayLayout],
        top_of: Callable[[], int],
    ) -> None:
        super().__init__()
        self._model, self._layout_of, self._top_of = model, layout_of, top_of
        self._painting = LanePainter()
        self._brushes = self._painting.brushes
        self.setAccessibleName(_("People"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = tokens()
        layout, top = self._layout_of(), self._top_of()
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.translate(0, -top)
        for number in layout.rows_between(top, top + self.height()):
            self._paint_row(painter, layout.tops[number], number)
        for y, _first in layout.groups:
            if y - top < self.height() and y + GROUP_PX > top:
                box = QRect(0, y, self.width(), GROUP_PX)
                painter.fillRect(box, QColor(colors.ground))
                painter.fillRect(0, box.bottom(), self.width(), 1, QColor(colors.line))
        self._painting.paint_groups(painter, layout, self._model.rows, 0)
        painter.resetTransform()
        painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(colors.line))

    def _paint_row(self, painter: QPainter, top: int, number: int) -> None:
        colors, brushes = tokens(), self._brushes
        row = self._model.rows[number]
        painter.fillRect(0, top + ROW_PX - 1, self.width(), 1, QColor(colors.line))
        room = self.width() - 24 - (_MARK_PX + 4 if row.n_findings else 0)
        box = QRect(14, top + 6, room, 18)
        brushes.text(painter, box, row.name, brushes.strong, colors.text)
        box = QRect(14, top + 25, room, 15)
        brushes.text(painter, box, day_words.person_title(row), brushes.small, colors.muted)
        if row.n_findings:
            mark = pixmap("triangle-alert", colors.danger, _MARK_PX)
            painter.drawPixmap(self.width() - _MARK_PX - 10, top + 8, mark)
