"""Grids with a row for each person and week, and a column for each weekday."""

from datetime import date

from planner.domain.grids import Doubt, DoubtKind, GridKind, Mark
from planner.domain.spans import DAY
from planner.exchange.grids.collecting import Collected, Hints
from planner.exchange.grids.cross import days_in_row, name_columns, name_in, number_in
from planner.exchange.grids.dates import (
    is_weekday_name,
    week_in,
    week_number,
    weekdays_of,
    years_in,
)
from planner.exchange.grids.names import is_name, is_name_heading, is_sum
from planner.exchange.grids.raw import RawSheet

_LEAST_DAYS = 5
_WEEK_HEADINGS = {"vecka", "v", "veckonr", "vecka nr", "v nr", "week", "wk"}


def read_weeks(sheet: RawSheet, hints: Hints) -> Collected | None:
    """Return what a grid of weekdays holds, or nothing when the sheet is none."""
    header, days = _header(sheet)
    if not days:
        return None
    names = name_columns(sheet, header, set(days))
    if not names:
        return None
    found = Collected(sheet, GridKind.WEEKS)
    week_column = _week_column(sheet, header)
    year, is_named = year_of(sheet, hints)
    weeks: set[int] = set()
    above = [cell.text for cells in sheet.rows[: header + 1] for cell in cells]
    said = (
        found_week
        for text in (*reversed(above), sheet.title, hints.file)
        if (found_week := week_in(text)) is not None
    )
    week = next(said, None)
    name, number = "", 0
    for row in range(header + 1, len(sheet.rows)):
        here = _week_of(sheet, row, week_column)
        week = here or week
        name, number = _person(sheet, row, names, name, number, has_week=here is not None)
        if not name or week is None:
            continue
        weeks.add(week)
        monday = monday_of(year, week)
        if monday is None:
            continue
        key = found.person(name, number=number, row=row)
        for column in names:
            found.mark(row, column, Mark.NAME)
        if week_column is not None:
            found.mark(row, week_column, Mark.DATE)
        for column, weekday in days.items():
            found.cell(key, monday + (weekday - 1) * DAY, row, column)
    if weeks and not is_named:
        around = (year - 1, year, year + 1)
        found.doubt = Doubt(kind=DoubtKind.YEAR, taken=year, choices=around)
    _note_headings(found, header, days, names, week_column)
    return found


def _header(sheet: RawSheet) -> tuple[int, dict[int, int]]:
    """Return the row of weekdays and the weekday of each column; dates near it make a grid."""
    for row, cells in enumerate(sheet.rows[:60]):
        named = {
            column: min(weekdays_of(cell.text))
            for column, cell in enumerate(cells)
            if is_weekday_name(cell.text)
        }
        values = list(named.values())
        if len(values) >= _LEAST_DAYS and values == sorted(set(values)):
            near = range(max(row - 2, 0), min(row + 3, len(sheet.rows)))
            is_dated = any(set(named) & set(days_in_row(sheet, each)) for each in near)
            return (row, {} if is_dated else named)
    return 0, {}


def _week_column(sheet: RawSheet, header: int) -> int | None:
    for column, cell in enumerate(sheet.rows[header]):
        if cell.text.strip(" .:").casefold() in _WEEK_HEADINGS:
            return column
    return None


def _week_of(sheet: RawSheet, row: int, week_column: int | None) -> int | None:
    if week_column is not None:
        return week_number(sheet.rows[row][week_column])
    return next(
        (week for cell in sheet.rows[row] if (week := week_in(cell.text)) is not None), None
    )


def _person(
    sheet: RawSheet, row: int, names: tuple[int, ...], last: str, number: int, *, has_week: bool
) -> tuple[str, int]:
    """Return the name of a row: an empty one with a week goes on with the person before."""
    name = name_in(sheet, row, names)
    if not name:
        return (last, number) if has_week else ("", 0)
    if is_sum(name) or is_name_heading(name) or not is_name(name):
        return "", 0
    return name, number_in(sheet, row)


def year_of(sheet: RawSheet, hints: Hints) -> tuple[int, bool]:
    """Return the year of a sheet that names only weeks, and whether anybody said it."""
    if hints.year is not None:
        return hints.year, True
    texts = [cell.text for row in sheet.rows[:8] for cell in row]
    named = years_in([*texts, sheet.title, hints.file])
    return (named[0], True) if named else (hints.today.year, False)


def monday_of(year: int, week: int) -> date | None:
    """Return the first day of a week; of a week 53 that the year lacks, the next year's first."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:  # the year has no week 53
        return date.fromisocalendar(year + 1, 1, 1) if week == 53 else None


def _note_headings(
    found: Collected,
    header: int,
    days: dict[int, int],
    names: tuple[int, ...],
    week_column: int | None,
) -> None:
    cells = found.sheet.rows[header]
    read = {*days, *names, *([] if week_column is None else [week_column])}
    for column in read:
        found.mark(header, column, Mark.HEADING)
    texts = {c: cell.text for c, cell in enumerate(cells) if cell.text and not cell.is_wide}
    found.unread += [text for column, text in texts.items() if column not in read]
    found.headings = [str(names), *texts.values()]
