"""The two grids as tables: a row for each person or place, a column for each day."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from planner.domain.duties import DutyKind
from planner.services.roster.views import DayHeader, PersonRow, PlaceRow, WeekState, WeekView
from planner.words import _, hours, short_date
from ui.week import words
from ui.week.narrowing import Narrowing
from ui.week.told_model import ROOT, ToldModel
from ui.widgets import sorted_by_name

HOURS_COLUMN = 7
_KINDS = list(DutyKind)


class WeekModel(ToldModel):
    """What both grids have in common."""

    n_columns = 7

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.days: tuple[DayHeader, ...] = ()
        self.zone = ZoneInfo("UTC")
        self._is_other_week = True

    def _begin(self, view: WeekView) -> None:
        self._is_other_week = [d.day for d in self.days] != [d.day for d in view.days]
        if self._is_other_week:
            self.beginResetModel()
        is_noted = self.days != view.days
        self.days, self.zone = view.days, ZoneInfo(view.zone)
        if is_noted and not self._is_other_week:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.days) - 1)

    def _change_to(self, rows: tuple[Any, ...], before: list[str], after: list[str]) -> None:
        """Show rows; while they are those of the same people or places, only what changed."""
        if self._is_other_week:
            self.rows = rows
            self._is_other_week = False
            self.endResetModel()
        elif before != after:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        else:
            old, self.rows = self.rows, rows
            for number, row in enumerate(rows):
                if row is not old[number]:
                    self.dataChanged.emit(
                        self.index(number, 0), self.index(number, self.n_columns - 1)
                    )

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() or not self.days else self.n_columns

    @override
    def column_title(self, column: int) -> str:
        return short_date(self.days[column].day) if column < len(self.days) else _("Hours")

    @override
    def column_note(self, column: int) -> str:
        return words.day_note(self.days[column]) if column < len(self.days) else ""


class PeopleModel(WeekModel):
    """People × days, and their hours."""

    n_columns = 8

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PersonRow, ...]
        self._all: tuple[PersonRow, ...] = ()

    def show(self, view: WeekView) -> None:
        """Take another week or another state of it; narrowing shows it."""
        self._begin(view)
        self._all = view.people

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only people whom a narrowing shows."""
        rows = tuple(row for row in self._all if narrowing.shows(row, _titles(row)))
        self._change_to(rows, [row.staff for row in self.rows], [row.staff for row in rows])

    @override
    def lines(self, row: int, column: int) -> list[str]:
        person = self.rows[row]
        if column == HOURS_COLUMN:
            counted = _(
                "{counted} of {target} hours",
                counted=hours(person.counted_min),
                target=hours(person.target_min),
            )
            return [counted, words.balance(person)] if words.balance(person) else [counted]
        return words.person_day_lines(person.days[column], self.zone)

    @override
    def heading(self, row: int) -> str:
        return words.row_summary(self.rows[row])


class PlacesModel(WeekModel):
    """Schools and selected places × days."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PlaceRow, ...]
        self._all: tuple[PlaceRow, ...] = ()

    def show(self, view: WeekView) -> None:
        """Take another week or another state of it; narrowing shows it."""
        self._begin(view)
        # Before generating, nothing is a gap: it is only not planned yet.
        is_planned = view.state is not WeekState.EMPTY
        places = view.places if is_planned else map(_without_gaps, view.places)
        by_name = sorted_by_name(places, lambda row: row.name)
        self._all = tuple(sorted(by_name, key=lambda row: _KINDS.index(row.kind)))

    def narrow(self, text: str) -> None:
        """Show only places whose name, or the name of somebody there, holds ``text``."""
        wanted = text.casefold().strip()
        rows = tuple(
            row
            for row in self._all
            if not wanted or any(wanted in part.casefold() for part in _place_names(row))
        )
        self._change_to(rows, [row.source for row in self.rows], [row.source for row in rows])

    @override
    def lines(self, row: int, column: int) -> list[str]:
        return words.place_day_lines(self.rows[row].days[column], self.zone)

    @override
    def heading(self, row: int) -> str:
        return words.row_summary(self.rows[row])


def _titles(row: PersonRow) -> Iterable[str]:
    return (duty.title for day in row.days for shift in day.shifts for duty in shift.duties)


def _place_names(row: PlaceRow) -> Iterable[str]:
    yield row.name
    for day in row.days:
        for duty in day.duties:
            yield from duty.names


def _without_gaps(row: PlaceRow) -> PlaceRow:
    days = (
        replace(day, duties=tuple(replace(duty, missing=0) for duty in day.duties))
        for day in row.days
    )
    return replace(row, days=tuple(days))
