"""Four weeks as a table: a row for each person, a column for each day and each week's hours."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from typing_extensions import override

from planner.services.roster.views import DayHeader, WeekState
from planner.services.week.day_views import FourWeeksRow, FourWeeksView, WeekHours
from planner.words import _, hours, short_date
from ui.week import words
from ui.week.narrowing import Narrowing
from ui.week.told_model import ROOT, ToldModel

_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A day, a week's hours, or (when ``week`` is nothing) the hours of all weeks.

    Parameters
    ----------
    week
        Which of the weeks, from 0.
    day
        Which of all days, from 0; nothing for hours.
    """

    week: int | None
    day: int | None

    @property
    def is_monday(self) -> bool:
        """Tell whether a week begins here."""
        return self.day is not None and self.day % _DAYS == 0


class FourWeeksModel(ToldModel):
    """People × the days of some weeks; the delegate reads ``rows`` and ``days`` itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[FourWeeksRow, ...]
        self.days: tuple[DayHeader, ...] = ()
        self.weeks: tuple[int, ...] = ()
        self.is_planned: tuple[bool, ...] = ()
        self.columns: tuple[Column, ...] = ()
        self.zone = ZoneInfo("UTC")
        self._view: FourWeeksView | None = None
        self._narrowing = Narrowing()

    def show(self, view: FourWeeksView) -> None:
        """Show other weeks or another state of them; nothing is done where nothing changed."""
        if view == self._view:
            return
        self.beginResetModel()
        self._view = view
        self.days, self.zone = view.days, ZoneInfo(view.zone)
        self.weeks = tuple(week.week for week in view.weeks)
        self.is_planned = tuple(state is not WeekState.EMPTY for state in view.states)
        columns = []
        for week in range(len(view.weeks)):
            columns += [Column(week=week, day=week * _DAYS + n) for n in range(_DAYS)]
            columns.append(Column(week=week, day=None))
        self.columns = (*columns, Column(week=None, day=None))
        self.rows = self._narrowed()
        self.endResetModel()

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only some of the people."""
        if narrowing == self._narrowing:
            return
        self.beginResetModel()
        self._narrowing = narrowing
        self.rows = self._narrowed()
        self.endResetModel()

    @override
    def heading(self, row: int) -> str:
        return f"{self.rows[row].name}, {person_title(self.rows[row])}"

    @override
    def column_title(self, column: int) -> str:
        at = self.columns[column]
        if at.day is not None:
            return short_date(self.days[at.day].day)
        if at.week is not None:
            return _("Hours of week {week}", week=self.weeks[at.week])
        return _("Hours of all weeks")

    @override
    def lines(self, row: int, column: int) -> list[str]:
        person, at = self.rows[row], self.columns[column]
        if at.day is not None:
            return words.person_day_lines(person.days[at.day], self.zone)
        counted = self.hours(row, column)
        line = _(
            "{counted} of {target} hours",
            counted=hours(counted.counted_min),
            target=hours(counted.target_min),
        )
        return [line, balance(counted)] if counted.balance_min else [line]

    def week_title(self, week: int) -> str:
        """Return a week's number, and that it has no roster when that is so."""
        title = _("Week {week}", week=self.weeks[week])
        if self.is_planned[week]:
            return title
        state, _tone = words.STATES[WeekState.EMPTY]
        return f"{title} · {_(state)}"

    def is_whole(self, column: int) -> bool:
        """Tell whether all weeks that a column of hours counts have a roster."""
        week = self.columns[column].week
        return all(self.is_planned) if week is None else self.is_planned[week]

    def hours(self, row: int, column: int) -> WeekHours:
        """Return the hours that a column of hours shows."""
        week = self.columns[column].week
        person = self.rows[row]
        return person.total if week is None else person.hours[week]

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def column_note(self, column: int) -> str:
        day = self.columns[column].day
        return words.day_note(self.days[day]) if day is not None else ""

    def _narrowed(self) -> tuple[FourWeeksRow, ...]:
        rows = self._view.rows if self._view else ()
        return tuple(filter(self._is_shown, rows))

    def _is_shown(self, row: FourWeeksRow) -> bool:
        shifts = (shift for day in row.days for shift in day.shifts)
        titles = (duty.title for shift in shifts for duty in shift.duties)
        return self._narrowing.shows(row, titles)


def person_title(row: FourWeeksRow) -> str:
    """Return what stands under a person's name: squad, part and role."""
    parts = [row.squad_name, _("{rate} %", rate=row.rate_percent)]
    if row.is_lead:
        parts.append(_("in charge"))
    return " · ".join(part for part in parts if part)


def balance(counted: WeekHours) -> str:
    """Return counted minus wanted hours with its sign; ``0:00`` has none."""
    sign = "+" if counted.balance_min > 0 else ""
    return f"{sign}{hours(counted.balance_min)}"
