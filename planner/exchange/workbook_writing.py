"""Workbooks: tables as sheets of typed cells."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from planner import clock
from planner.exchange.formulas import guarded
from planner.exchange.tables import Table
from planner.exchange.values import to_cell

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook would read as another letter."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Letters that XML cannot hold."""
_TEXT: Final = "@"
_WHOLE, _NUMBER, _LENGTH = "0", "General", "[h]:mm"
_AMOUNTS = frozenset({_WHOLE, _NUMBER, _LENGTH})
_NARROWEST, _WIDEST = 8, 60
_ROOM = 2.5
"""Letters' width for the filter's button."""
_N_MEASURED = 500
"""Rows whose texts decide how wide a column is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLook:
    """What a workbook says of itself, and how its sheets are shown.

    Parameters
    ----------
    notice
        Printed above every page; empty for none.
    n_fixed
        Columns that stay when one scrolls, by the sheet's name.
    """

    title: str
    language: str
    notice: str = ""
    n_fixed: dict[str, int]


def to_xlsx(tables: Iterable[Table], zone: ZoneInfo, look: WorkbookLook) -> bytes:
    """Return tables as a workbook with a sheet for each, row by row, so that memory stays small.

    Dates, times, moments (local), lengths of time and numbers are such cells, everything else is
    text: no text becomes a formula or a number. The heading stays when one scrolls, and filters.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    now = clock.now().replace(tzinfo=None)
    properties = book.properties
    properties.title, properties.creator, properties.language = look.title, "Närvaro", look.language
    properties.created = properties.modified = now
    properties.description = look.notice or None
    for table in tables:
        _write(book.create_sheet(table.name), table, zone, look)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _write(sheet: Any, table: Table, zone: ZoneInfo, look: WorkbookLook) -> None:
    from openpyxl.utils import get_column_letter

    rows = [[_shown(value, zone) for value in row] for row in table.rows]
    for number, width in enumerate(_widths(table.columns, rows), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    first_free = get_column_letter(look.n_fixed.get(table.name, 0) + 1)
    sheet.freeze_panes = f"{first_free}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.sheet_properties.pageSetUpPr = _fit_to_width()
    sheet.page_setup.fitToHeight = 0
    sheet.oddHeader.left.text, sheet.oddHeader.right.text = "&A", look.notice.replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"
    forms = [_form_of(column) for column in zip(*rows, strict=True)] or [_TEXT] * len(table.columns)
    headings = zip(table.columns, forms, strict=True)
    sheet.append([_heading(sheet, name, form) for name, form in headings])
    cells = _Cells(sheet)
    for row in rows:
        sheet.append([cells.cell(number, *shown) for number, shown in enumerate(row)])


def _fit_to_width() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[tuple[object, str]]]) -> list[float]:
    """Return how wide each column has to be for its heading and what stands below."""
    lengths = [len(name) + _ROOM for name in columns]
    for row in rows[:_N_MEASURED]:
        for number, (value, form) in enumerate(row):
            shown = len(str(value)) if form == _TEXT else len(form)
            lengths[number] = max(lengths[number], shown + 1.0)
    return [min(max(length, _NARROWEST), _WIDEST) for length in lengths]


def _form_of(column: Sequence[tuple[object, str]]) -> str:
    """Return the form of a column's cells, which decides at which side its heading stands."""
    return next((form for value, form in column if value is not None), _TEXT)


def _heading(sheet: Any, name: str, form: str) -> Any:
    from openpyxl.styles import Font, PatternFill

    cell = _Cells(sheet).cell(0, name, _TEXT)
    cell.font = Font(name="Calibri", bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EDF3")
    cell.alignment = _side(form)
    return cell


@cache
def _side(form: str) -> Any:
    """Return how a cell is aligned: amounts at the right, off what stands in the next column."""
    from openpyxl.styles import Alignment

    is_amount = form in _AMOUNTS
    return Alignment(horizontal="right" if is_amount else "left", indent=int(is_amount))


class _Cells:
    """Cells of a sheet's rows; each is used again in later rows, as its look takes long to make."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._made: dict[tuple[int, str, bool], Any] = {}

    def cell(self, number: int, value: Any, form: str) -> Any:
        """Return the cell of a row's column, until the next row is asked for."""
        if value is None:
            return None
        is_risky = form == _TEXT and guarded(value) != value
        key = number, form, is_risky
        if key not in self._made:
            self._made[key] = self._new(form, is_risky=is_risky)
        cell = self._made[key]
        cell.value = value
        if form == _TEXT:
            cell.data_type = "s"  # a text that begins with “=” is no formula either
        return cell

    def _new(self, form: str, *, is_risky: bool) -> Any:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet)
        cell.quotePrefix = is_risky  # nor when somebody edits it
        cell.number_format = form
        cell.alignment = _side(form)
        return cell


def _shown(value: object, zone: ZoneInfo) -> tuple[object, str]:
    """Return a value as a cell has it, and the form that it is shown in."""
    shown = _SHOWN.get(type(value))
    found = shown(value, zone) if shown else None
    if found is not None:
        return found
    text = _FORBIDDEN.sub("\ufffd", to_cell(value, zone))
    return (_ESCAPED.sub("_x005F_", text) or None), _TEXT


def _moment(value: datetime, zone: ZoneInfo) -> tuple[object, str] | None:
    """Return the local time; nothing in the hour that comes twice, which only a text can tell."""
    local = value.astimezone(zone)
    return None if local.fold else (local.replace(tzinfo=None), "yyyy-mm-dd hh:mm")


_SHOWN: dict[type, Callable[[Any, ZoneInfo], tuple[object, str] | None]] = {
    int: lambda value, _zone: (value, _WHOLE),
    float: lambda value, _zone: (value, _NUMBER),
    datetime: _moment,
    date: lambda value, _zone: (value, "yyyy-mm-dd"),
    time: lambda value, _zone: (value, "hh:mm"),
    timedelta: lambda value, _zone: (value, _LENGTH),
}
