"""Chooses an ISO week: step, type, or pick a day in a calendar."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.words import _, short_date
from ui.widgets.basics import icon_button, label

_FIRST, _LAST = QDate(1970, 1, 1), QDate(2100, 12, 31)
"""The days of the weeks that can be typed."""


class WeekPicker(QWidget):
    """Shows a week and lets the user go to another.

    Attributes
    ----------
    dates
        A label with the days of the week; whoever shows the picker puts it where there is room.
    """

    picked = Signal(object)
    """The ``IsoWeek`` that the user asks for."""
    refused = Signal(object)
    """The ``InputError`` of a week that cannot be read or does not exist."""

    def __init__(self) -> None:
        super().__init__()
        self._week = IsoWeek(2000, 1)
        previous = icon_button("chevron-left", _("Previous week"))
        previous.clicked.connect(self._pick_previous)
        following = icon_button("chevron-right", _("Next week"))
        following.clicked.connect(self._pick_next)
        self._edit = QLineEdit()
        self._edit.setFixedWidth(96)
        self._edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._edit.setAccessibleName(_("Week"))
        self._edit.setToolTip(_("A week, such as 2026-W48 or just 48"))
        self._edit.returnPressed.connect(self._pick_typed)
        self.dates = label("", "heading")
        opener = icon_button("calendar-days", _("Choose a day in the calendar"))
        self._menu = QMenu(self)
        self._calendar = QCalendarWidget()
        self._calendar.setDateRange(_FIRST, _LAST)
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self._calendar.setAccessibleName(_("Calendar"))
        self._calendar.clicked.connect(self._pick_day)
        inside = QWidgetAction(self._menu)
        inside.setDefaultWidget(self._calendar)
        self._menu.addAction(inside)
        opener.clicked.connect(self._open_calendar)
        self._opener = opener
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (previous, self._edit, following, opener):
            layout.addWidget(part)

    def show_week(self, week: IsoWeek) -> None:
        """Show ``week`` without asking for it."""
        self._week = week
        self._edit.setText(str(week))
        first, last = week.days[0], week.days[-1]
        self.dates.setText(f"{short_date(first)} – {short_date(last)} {last.year}")
        self._calendar.setSelectedDate(QDate(first.year, first.month, first.day))

    @Slot()
    def _pick_previous(self) -> None:
        self._pick(str(self._week.shifted(-1)))

    @Slot()
    def _pick_next(self) -> None:
        self._pick(str(self._week.shifted(1)))

    @Slot()
    def _pick_typed(self) -> None:
        text = self._edit.text().strip()
        if text.isdecimal():
            text = f"{self._week.year}-W{text}"
        self._pick(text)

    def _pick(self, text: str) -> None:
        try:
            week = IsoWeek.parse(text)
        except InputError as error:
            self._edit.setText(str(self._week))
            self.refused.emit(error)
        else:
            self.picked.emit(week)

    @Slot()
    def _open_calendar(self) -> None:
        self._menu.popup(self._opener.mapToGlobal(self._opener.rect().bottomLeft()))

    @Slot(QDate)
    def _pick_day(self, day: QDate) -> None:
        self._menu.close()
        self.picked.emit(IsoWeek.of(date(day.year(), day.month(), day.day())))
