"""A worksheet as texts, days and fills; who or why somebody is away is gone when it leaves here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from planner.errors import InputError, Place
from planner.exchange.grids.colors import fill_of
from planner.exchange.grids.scrubbing import says_away, without_causes, without_numbers
from planner.exchange.workbooks import library_errors, load_workbook

_MOST_CELLS = 2_000_000
_MOST_COLUMNS = 500
_FIRST_YEAR = 1910
"""A date before it is a time of day: spreadsheets count days from 1900."""
_NAME_LENGTH = 200
"""A longer text is prose, and prose is not read."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell.

    Parameters
    ----------
    day
        Of a cell that holds a date.
    is_away
        Whether a cause of absence stood there; the cause itself does not any more.
    person
        Tells cells with different personal identity numbers apart within a file; 0 for none.
    is_wide, is_tall
        Whether it goes on from the cell before it, or above it.
    """

    text: str = ""
    day: date | None = None
    is_away: bool = False
    person: int = 0
    color: str = ""
    is_wide: bool = False
    is_tall: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands there."""
        return not self.text and self.day is None and not self.is_away and not self.person


EMPTY = RawCell()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """A worksheet; every row has as many cells."""

    title: str
    rows: tuple[tuple[RawCell, ...], ...]
    hidden_columns: frozenset[int] = frozenset()
    is_transposed: bool = False

    @property
    def n_columns(self) -> int:
        """How many cells a row has."""
        return len(self.rows[0]) if self.rows else 0

    def column(self, number: int) -> tuple[RawCell, ...]:
        """Return the cells of a column."""
        return tuple(row[number] for row in self.rows)

    def transposed(self) -> "RawSheet":
        """Return the sheet with rows as columns."""
        rows = tuple(
            tuple(_turned(cell) for cell in column) for column in zip(*self.rows, strict=True)
        )
        return RawSheet(title=self.title, rows=rows, is_transposed=not self.is_transposed)


def read_raw(path: Path) -> tuple[RawSheet, ...]:
    """Return the visible worksheets of a workbook that hold anything.

    Raises
    ------
    InputError
        ``workbook-broken``, ``file-too-large`` or ``rows-too-many``.
    """
    place = Place(file=path.name)
    book = load_workbook(path, read_only=False)
    numbers: dict[str, int] = {}
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        n_rows, n_columns = sheet.max_row, min(sheet.max_column, _MOST_COLUMNS)
        if n_rows * n_columns > _MOST_CELLS:
            raise InputError("rows-too-many", place=place, n_most=_MOST_CELLS // n_columns)
        with library_errors(place):
            rows = [
                [_cell(cell, numbers) for cell in row]
                for row in sheet.iter_rows(max_row=n_rows, max_col=n_columns)
            ]
            _spread(sheet, rows)
            hidden = frozenset(_hidden(sheet))
        if any(not cell.is_empty for row in rows for cell in row):
            title = _clean(sheet.title, {}).text
            kept = tuple(tuple(row) for row in rows)
            sheets.append(RawSheet(title=title, rows=kept, hidden_columns=hidden))
    return tuple(sheets)


def _cell(cell: Any, numbers: dict[str, int]) -> RawCell:
    value = cell.value
    color = fill_of(cell)
    if value is None:
        return RawCell(color=color) if color else EMPTY
    if isinstance(value, datetime):
        found = _moment(value)
    elif isinstance(value, date):
        found = RawCell(day=value)
    elif isinstance(value, time):
        found = RawCell(text=f"{value:%H:%M}")
    elif isinstance(value, float) and value.is_integer():
        found = _clean(str(int(value)), numbers)
    else:
        found = EMPTY if isinstance(value, bool) else _clean(str(value), numbers)
    return replace(found, color=color)


def _moment(value: datetime) -> RawCell:
    if value.year < _FIRST_YEAR:
        return RawCell(text=f"{value:%H:%M}")
    if value.time() == time():
        return RawCell(day=value.date())
    return RawCell(text=f"{value:%Y-%m-%d %H:%M}")


def _clean(text: str, numbers: dict[str, int]) -> RawCell:
    """Return a text without what must not come any further."""
    text, number = without_numbers(" ".join(text.split()))
    person = numbers.setdefault(number, len(numbers) + 1) if number else 0
    left = without_causes(text)
    is_away = says_away(text)
    return RawCell(text=left if len(left) <= _NAME_LENGTH else "", is_away=is_away, person=person)


def _spread(sheet: Any, rows: list[list[RawCell]]) -> None:
    """Give every cell of a merged stretch what stands in its first."""
    for merged in sheet.merged_cells.ranges:
        top, left = merged.min_row - 1, merged.min_col - 1
        if top >= len(rows) or left >= len(rows[0]):
            continue
        source = rows[top][left]
        for row in range(top, min(merged.max_row, len(rows))):
            for column in range(left, min(merged.max_col, len(rows[0]))):
                rows[row][column] = replace(source, is_wide=column > left, is_tall=row > top)


def _turned(cell: RawCell) -> RawCell:
    if cell.is_wide == cell.is_tall:
        return cell
    return replace(cell, is_wide=cell.is_tall, is_tall=cell.is_wide)


def _hidden(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            yield from range(dimension.min - 1, dimension.max)
