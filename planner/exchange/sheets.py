"""Folders of CSV files and workbooks, read as the same thing: sheets of texts."""

import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from planner.errors import InputError, Place, StorageError
from planner.exchange.problems import Problems

_MAX_BYTES = 50_000_000
"""More than any city's data; a larger file is a mistake and would fill the memory."""
_MAX_ROWS = 200_000
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a sheet.

    Parameters
    ----------
    number
        Its line in the file, the heading being line 1.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A CSV file or a sheet of a workbook.

    Parameters
    ----------
    name
        What is in it: the file's name without ending.
    file
        As a person knows it: ``staff.csv``, or ``plan.xlsx [staff]``.
    """

    name: str
    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheets(source: Path, names: Iterable[str], problems: Problems) -> dict[str, Sheet]:
    """Return the sheets of a folder or workbook that have one of ``names``.

    Faults of one file are noted in ``problems``, and the file is left out.

    Raises
    ------
    InputError
        ``source-missing``, ``source-kind`` (neither folder nor workbook), ``source-empty`` (without
        any known name), ``workbook-broken`` or ``file-too-large``.
    StorageError
        ``source-unreadable``.
    """
    known = tuple(names)
    try:
        if source.is_dir():
            found = dict(_read_folder(source, known, problems))
        elif not source.exists():
            raise InputError("source-missing", source=str(source))
        elif source.suffix.casefold() in {".xlsx", ".xlsm"}:
            found = dict(_read_workbook(source, known, problems))
        else:
            raise InputError("source-kind", source=str(source))
    except OSError as error:
        raise StorageError("source-unreadable", source=str(source)) from error
    if not found and not problems:
        raise InputError("source-empty", source=str(source))
    return found


def _read_folder(
    folder: Path, known: tuple[str, ...], problems: Problems
) -> Iterator[tuple[str, Sheet]]:
    files = {path.name.casefold(): path for path in sorted(folder.iterdir())}
    problems.warn_unknown(
        (path.name for name, path in files.items() if name.endswith(".csv")),
        [f"{name}.csv" for name in known],
    )
    for name in known:
        path = files.get(f"{name}.csv")
        if path is not None:
            with problems.collected(Place(file=path.name)):
                yield name, _read_csv(path, name)


def _read_csv(path: Path, name: str) -> Sheet:
    place = Place(file=path.name)
    if not path.is_file():
        raise InputError("file-is-folder", place=place)
    try:
        text = _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("encoding-wrong", place=place) from None
    if "\0" in text:
        raise InputError("encoding-wrong", place=place)
    heading = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _sheet(name, path.name, _numbered(reader, path.name))


def _numbered(reader: Any, file: str) -> Iterator[Row]:
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError("csv-broken", place=Place(file=file, row=line)) from None
        yield Row(number=line, cells=tuple(cell.strip() for cell in cells))
        line = reader.line_num + 1  # a quoted cell may go over several lines


def _read_workbook(
    path: Path, known: tuple[str, ...], problems: Problems
) -> Iterator[tuple[str, Sheet]]:
    place = Place(file=path.name)
    data = io.BytesIO(_bytes(path))
    with _library_errors(place):
        import openpyxl

        with zipfile.ZipFile(data) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > 4 * _MAX_BYTES:
            raise InputError("file-too-large", place=place, n_megabytes=4 * _MAX_BYTES // 1_000_000)
        book = openpyxl.load_workbook(data, read_only=True, data_only=True)
    try:
        sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
        problems.warn_unknown((sheet.title for sheet in sheets.values()), known)
        for name in known:
            if name in sheets:
                file = f"{path.name} [{sheets[name].title}]"
                with problems.collected(Place(file=file)):
                    yield name, _sheet(name, file, _worksheet_rows(sheets[name], file))
    finally:
        book.close()


@contextmanager
def _library_errors(place: Place) -> Iterator[None]:
    """Raise whatever the workbook library raises of a damaged file as ``workbook-broken``."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of features that we do not read
            yield
    except InputError:
        raise
    except Exception as error:  # zlib's, XML's, TypeError of unknown attributes and more
        raise InputError("workbook-broken", place=place) from error


def _worksheet_rows(sheet: Any, file: str) -> Iterator[Row]:
    with _library_errors(Place(file=file)):
        sheet.reset_dimensions()  # programs write wrong ones
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Row(number=number, cells=tuple(_cell_text(value).strip() for value in values))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _MAX_BYTES:
        n_megabytes = _MAX_BYTES // 1_000_000
        raise InputError("file-too-large", place=Place(file=path.name), n_megabytes=n_megabytes)
    return path.read_bytes()


def _cell_text(value: object) -> str:
    """Return a cell's value as it would stand in a CSV file."""
    for kind, to_text in _CELL_TEXTS:
        if isinstance(value, kind):
            return to_text(value)
    return str(value)


_CELL_TEXTS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (bool, lambda value: "yes" if value else "no"),
    (float, lambda value: str(int(value)) if value.is_integer() else repr(value)),
    (datetime, lambda value: value.isoformat(" ", "minutes")),
    (date, date.isoformat),
    (time, lambda value: value.isoformat("minutes")),
)


def _sheet(name: str, file: str, rows: Iterable[Row]) -> Sheet:
    filled: list[Row] = []
    for row in rows:
        if any(row.cells):
            filled.append(row)
        if len(filled) > _MAX_ROWS:
            raise InputError("rows-too-many", place=Place(file=file), n_most=_MAX_ROWS)
    if not filled:
        raise InputError("file-empty", place=Place(file=file))
    return Sheet(name=name, file=file, header=filled[0].cells, rows=tuple(filled[1:]))
