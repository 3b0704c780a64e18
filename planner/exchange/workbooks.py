"""Workbooks as sheets of texts, each cell as it would stand in a CSV file."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import repeat
from pathlib import Path
from typing import Any

from planner.domain.spans import MINUTE
from planner.errors import InputError, Place, StorageError
from planner.exchange.problems import Problems
from planner.exchange.sheets import MAX_BYTES, OnRow, Row, Sheet, bytes_of, filled_sheet
from planner.exchange.values import number_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How workbooks write letters that XML does not allow, and texts that look like this."""
_NO_RESULT = "#CALC!"
"""Stands for a formula whose result the file does not have, and is refused as an error's is."""


def read_workbook(
    path: Path, known: tuple[str, ...], problems: Problems, on_row: OnRow
) -> Iterator[tuple[str, Sheet]]:
    """Yield the visible sheets that have one of the names ``known``.

    Raises
    ------
    InputError
        ``workbook-broken`` or ``file-too-large``.
    """
    book = load_workbook(path, read_only=True)
    formulas = load_workbook(path, read_only=True, has_results=False) if _computes(path) else None
    try:
        sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
        problems.warn_unknown((sheet.title for sheet in sheets.values()), known)
        for name in known:
            if name in sheets:
                sheet, file = sheets[name], f"{path.name} [{sheets[name].title}]"
                if sheet.sheet_state != "visible":
                    problems.warn("sheet-hidden", file=file)
                    continue
                computed = formulas[sheet.title] if formulas else None
                with problems.collected(Place(file=file)):
                    rows = _rows(sheet, computed, file)
                    yield name, filled_sheet(name, file, rows, on_row)
    finally:
        book.close()
        if formulas:
            formulas.close()


def load_workbook(path: Path, *, read_only: bool, has_results: bool = True) -> Any:
    """Return a workbook.

    Parameters
    ----------
    read_only
        Rows one after the other, without fills and merged cells.
    has_results
        With the values that its formulas had when it was saved, instead of the formulas.

    Raises
    ------
    InputError
        ``workbook-broken`` or ``file-too-large``.
    """
    place = Place(file=path.name)
    data = io.BytesIO(bytes_of(path))
    with library_errors(place):
        import openpyxl

        with zipfile.ZipFile(data) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > 4 * MAX_BYTES:
            raise InputError("file-too-large", place=place, n_megabytes=4 * MAX_BYTES // 1_000_000)
        return openpyxl.load_workbook(data, read_only=read_only, data_only=has_results)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets.

    Raises
    ------
    InputError
        ``workbook-broken`` or ``file-too-large``.
    StorageError
        ``source-unreadable``.
    """
    try:
        book = load_workbook(path, read_only=True)
    except OSError as error:
        raise StorageError("source-unreadable", source=str(path)) from error
    try:
        return tuple(book.sheetnames)
    finally:
        book.close()


@contextmanager
def library_errors(place: Place) -> Iterator[None]:
    """Raise whatever the workbook library raises of a damaged file as ``workbook-broken``."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of features that we do not read
            yield
    except InputError:
        raise
    except Exception as error:  # zlib's, XML's, TypeError of unknown attributes and more
        raise InputError("workbook-broken", place=place) from error


def _computes(path: Path) -> bool:
    """Tell whether any sheet of a workbook holds a formula."""
    with library_errors(Place(file=path.name)), zipfile.ZipFile(path) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
        return any(
            mark in data for data in map(archive.read, sheets) for mark in (b"<f>", b"<f ", b"<f/>")
        )


def _rows(sheet: Any, formulas: Any, file: str) -> Iterator[Row]:
    with library_errors(Place(file=file)):
        sheet.reset_dimensions()  # programs write wrong ones
        computed: Iterable[Any] = repeat(None)
        if formulas is not None:
            formulas.reset_dimensions()
            computed = formulas.iter_rows(values_only=True)
        found = zip(sheet.iter_rows(values_only=True), computed, strict=False)
        for number, (values, formulas_of_row) in enumerate(found, start=1):
            cells = [_text(value).strip() for value in values]
            for column, formula in enumerate(formulas_of_row or ()):
                if values[column] is None and formula is not None:
                    cells[column] = _NO_RESULT
            yield Row(number=number, cells=tuple(cells))


def _text(value: object) -> str:
    """Return a cell's value as it would stand in a CSV file."""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    to_text = _TEXTS.get(type(value))
    return to_text(value) if to_text else str(value)


def _number(value: float) -> str:
    """Return a number; one below 1, which may be a time of day, with three decimals or more."""
    if value.is_integer():
        return str(int(value))
    text = number_text(value)
    return text.ljust(5, "0") if 0 < value < 1 else text


def _moment(value: datetime) -> str:
    """Return a moment; to the minute where it is one but for rounding."""
    minute = (value + MINUTE / 2).replace(second=0, microsecond=0)
    is_whole = abs(value - minute) < timedelta(seconds=1)
    return minute.isoformat(" ", "minutes") if is_whole else value.isoformat(" ", "seconds")


def _duration(value: timedelta) -> str:
    """Return hours and minutes: a time of day in a cell that shows it as hours."""
    return f"{value // (60 * MINUTE):02}:{value // MINUTE % 60:02}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    bool: lambda value: "yes" if value else "no",
    float: _number,
    datetime: _moment,
    date: date.isoformat,
    time: lambda value: _moment(datetime.combine(date(2000, 1, 1), value))[11:],
    timedelta: _duration,
}
