"""Grids of people and weekdays over several weeks: a week's number over each row of weekdays."""

from collections.abc import Mapping
from datetime import date

from planner.domain.grids import Doubt, DoubtKind, GridKind, Mark
from planner.domain.spans import DAY
from planner.exchange.grids.collecting import Collected, Hints
from planner.exchange.grids.cross import name_columns, read_block
from planner.exchange.grids.dates import week_in, weekdays_of
from planner.exchange.grids.raw import RawSheet
from planner.exchange.grids.weeks import monday_of, year_of

_LEAST_DAYS = 5
_ABOVE = 4
"""Rows over the weekdays in which their weeks stand."""


def read_week_blocks(sheet: RawSheet, hints: Hints) -> Collected | None:
    """Return what a grid without dates holds, or nothing when the sheet is none."""
    header, weekdays = _header(sheet)
    weeks = _weeks(sheet, header, weekdays)
    names = name_columns(sheet, header, set(weekdays)) if weeks else ()
    if not names:
        return None
    year, is_named = year_of(sheet, hints)
    dates = _dates(weekdays, weeks, year)
    found = Collected(sheet, GridKind.CROSS)
    if not is_named:
        around = (year - 1, year, year + 1)
        found.doubt = Doubt(kind=DoubtKind.YEAR, taken=year, choices=around)
    for column in weekdays:
        found.mark(header, column, Mark.DATE)
    read_block(found, range(header + 1, len(sheet.rows)), dates, names)
    for column in names:
        found.mark(header, column, Mark.HEADING)
    texts = {
        column: cell.text
        for column, cell in enumerate(sheet.rows[header])
        if cell.text and not cell.is_wide and column not in weekdays
    }
    found.unread += [text for column, text in texts.items() if column not in names]
    found.headings = ["weeks", str(names), str(min(weekdays)), *texts.values()]
    return found


def _header(sheet: RawSheet) -> tuple[int, dict[int, int]]:
    """Return the row that holds most weekdays, and the weekday of each column."""
    best, best_row = dict[int, int](), 0
    for row in range(min(len(sheet.rows), 40)):
        said = _weekdays(sheet, row)
        if len(said) > len(best):
            best, best_row = said, row
    return (best_row, best) if len(best) >= _LEAST_DAYS else (0, {})


def _weekdays(sheet: RawSheet, row: int) -> dict[int, int]:
    """Return the weekdays of a row that follow each other; single letters say which by that."""
    found: dict[int, int] = {}
    last = 0
    for column, cell in enumerate(sheet.rows[row]):
        options = set() if cell.is_wide else weekdays_of(cell.text)
        if options:
            after = last % 7 + 1
            last = after if after in options else min(options)
            found[column] = last
    return found if len(set(found.values())) >= _LEAST_DAYS else {}


def _weeks(sheet: RawSheet, header: int, weekdays: Mapping[int, int]) -> dict[int, int]:
    """Return the week of each column: that over it, else that of the column before it."""
    found: dict[int, int] = {}
    week, last = week_in(sheet.title), 0
    for column, weekday in weekdays.items():
        above = (sheet.rows[row][column].text for row in range(header - 1, -1, -1)[:_ABOVE])
        said = next((number for text in above if (number := week_in(text)) is not None), None)
        if said is not None:
            week = said
        elif week is not None and weekday < last:
            week += 1
        if week is None:
            return {}
        found[column], last = week, weekday
    return found


def _dates(weekdays: Mapping[int, int], weeks: Mapping[int, int], year: int) -> dict[int, date]:
    found: dict[int, date] = {}
    last = 0
    for column, weekday in weekdays.items():
        if weeks[column] < last:
            year += 1
        last = weeks[column]
        monday = monday_of(year, last)
        if monday is not None:
            found[column] = monday + (weekday - 1) * DAY
    return found
