"""Headings of the grids: days across, people or places down."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from planner.services.roster.views import PersonRow
from planner.words import _, short_date
from ui.theme import tokens
from ui.week import words
from ui.week.models import PeopleModel, PlacesModel, WeekModel
from ui.week.painting import Brushes

ROWS_PX = 204
DAYS_PX = 42
_CENTER = Qt.AlignmentFlag.AlignCenter


class DayHeading(QHeaderView):
    """Dates, with the holiday or school break below; today in the accent colour."""

    def __init__(self, model: WeekModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._brushes = Brushes()
        self.setSectionsClickable(True)  # a click selects all of it
        self.setMinimumSectionSize(100)
        self.setAccessibleName(_("Days"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.minimumSectionSize(), DAYS_PX)  # the columns share the width there is

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colors, brushes = tokens(), self._brushes
        painter.save()
        day = self._model.days[logicalIndex] if logicalIndex < len(self._model.days) else None
        painter.fillRect(rect, QColor(colors.free_day if day and day.is_free else colors.surface))
        painter.setPen(QColor(colors.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if day is None:
            inner = rect.adjusted(4, 0, -10, 0)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            brushes.text(painter, inner, _("Hours"), brushes.strong, colors.muted, align)
        else:
            note = words.day_note(day)
            top = rect.adjusted(4, 4 if note else 0, -4, -18 if note else 0)
            ink = colors.accent if day.is_today else colors.text
            brushes.text(painter, top, short_date(day.day), brushes.strong, ink, _CENTER)
            if note:
                below = QRect(rect.left() + 4, rect.bottom() - 20, rect.width() - 8, 16)
                ink = colors.danger if day.holiday else colors.muted
                brushes.text(painter, below, note, brushes.small, ink, _CENTER)
            if day.is_today:
                painter.fillRect(
                    rect.left(), rect.bottom() - 1, rect.width() - 1, 2, QColor(colors.accent)
                )
        painter.restore()


class RowHeading(QHeaderView):
    """Names, with squad and part, or the kind of place, below."""

    def __init__(self, model: PeopleModel | PlacesModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._brushes = Brushes()
        self.setFixedWidth(ROWS_PX)
        self.setSectionsClickable(True)  # a click selects all of it
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Rows"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(ROWS_PX, self.defaultSectionSize())  # Qt would ask the model for every name

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if logicalIndex >= len(self._model.rows):
            return
        colors, brushes = tokens(), self._brushes
        row = self._model.rows[logicalIndex]
        below = words.person_title(row) if isinstance(row, PersonRow) else _(words.KINDS[row.kind])
        painter.save()
        painter.fillRect(rect, QColor(colors.surface))
        painter.setPen(QColor(colors.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        middle = rect.center().y()
        inner = QRect(rect.left() + 14, middle - 18, rect.width() - 20, 18)
        brushes.text(painter, inner, row.name, brushes.strong, colors.text)
        inner.moveTop(middle + 1)
        inner.setHeight(15)
        brushes.text(painter, inner, below, brushes.small, colors.muted)
        painter.restore()
