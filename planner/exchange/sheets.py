"""Folders of CSV files and workbooks, read as the same thing: sheets of texts."""

import csv
import io
import warnings
import zipfile
from collections import Counter
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

Source = Path | tuple[Path, ...]
"""A folder of CSV files, one of its files, a workbook, or several CSV files."""

OnRow = Callable[[str, int], None]
"""Told of a file and of its row that is read next; raises to end the reading."""


def no_row(_file: str, _number: int) -> None:
    """Take no notice of what is read."""


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


def read_sheets(
    source: Source, names: Iterable[str], problems: Problems, *, on_row: OnRow = no_row
) -> dict[str, Sheet]:
    """Return the sheets of a folder, files or workbook that have one of ``names``.

    Faults of one file are noted in ``problems``, and the file is left out.

    Raises
    ------
    InputError
        ``source-missing``, ``source-kind`` (neither folder, CSV file nor workbook),
        ``source-empty`` (without any known name), ``workbook-broken`` or ``file-too-large``.
    StorageError
        ``source-unreadable``.
    """
    known = tuple(names)
    paths = source if isinstance(source, tuple) else (source,)
    shown = ", ".join(str(path) for path in paths)
    try:
        found = dict(_read(paths, known, problems, on_row))
    except OSError as error:
        raise StorageError("source-unreadable", source=shown) from error
    if not found and not problems:
        raise InputError("source-empty", source=shown)
    return found


def _read(
    paths: tuple[Path, ...], known: tuple[str, ...], problems: Problems, on_row: OnRow
) -> Iterator[tuple[str, Sheet]]:
    for path in paths:
        if not path.exists():
            raise InputError("source-missing", source=str(path))
    match paths:
        case (path,) if path.is_dir():
            return _read_files(sorted(path.iterdir()), known, problems, on_row)
        case (path,) if path.suffix.casefold() in {".xlsx", ".xlsm"}:
            return _read_workbook(path, known, problems, on_row)
        case _:
            for path in paths:
                if path.suffix.casefold() != ".csv":
                    raise InputError("source-kind", source=str(path))
            return _read_files(paths, known, problems, on_row)


def _read_files(
    paths: Iterable[Path], known: tuple[str, ...], problems: Problems, on_row: OnRow
) -> Iterator[tuple[str, Sheet]]:
    paths = tuple(paths)
    files = {path.name.casefold(): path for path in paths}
    for name, n_files in Counter(path.name.casefold() for path in paths).items():
        if n_files > 1:
            problems.add("file-twice", Place(file=files[name].name))
    problems.warn_unknown(
        (path.name for name, path in files.items() if name.endswith(".csv")),
        [f"{name}.csv" for name in known],
    )
    for name in known:
        path = files.get(f"{name}.csv")
        if path is not None:
            with problems.collected(Place(file=path.name)):
                yield name, _read_csv(path, name, on_row)


def _read_csv(path: Path, name: str, on_row: OnRow) -> Sheet:
    place = Place(file=path.name)
    if not path.is_file():
        raise InputError("file-is-folder", place=place)
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("encoding-wrong", place=place) from None
    if "\0" in text:
        raise InputError("encoding-wrong", place=place)
    heading = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _sheet(name, path.name, _numbered(reader, path.name), on_row)


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
    path: Path, known: tuple[str, ...], problems: Problems, on_row: OnRow
) -> Iterator[tuple[str, Sheet]]:
    book = load_workbook(path, read_only=True)
    try:
        sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
        problems.warn_unknown((sheet.title for sheet in sheets.values()), known)
        for name in known:
            if name in sheets:
                file = f"{path.name} [{sheets[name].title}]"
                with problems.collected(Place(file=file)):
                    rows = _worksheet_rows(sheets[name], file)
                    yield name, _sheet(name, file, rows, on_row)
    finally:
        book.close()


def load_workbook(path: Path, *, read_only: bool) -> Any:
    """Return a workbook with the values that its formulas had when it was saved.

    Parameters
    ----------
    read_only
        Rows one after the other, without fills and merged cells.

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
        if size > 4 * _MAX_BYTES:
            raise InputError("file-too-large", place=place, n_megabytes=4 * _MAX_BYTES // 1_000_000)
        return openpyxl.load_workbook(data, read_only=read_only, data_only=True)


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


def _worksheet_rows(sheet: Any, file: str) -> Iterator[Row]:
    with library_errors(Place(file=file)):
        sheet.reset_dimensions()  # programs write wrong ones
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Row(number=number, cells=tuple(_cell_text(value).strip() for value in values))


def bytes_of(path: Path) -> bytes:
    """Return what is in a file.

    Raises
    ------
    InputError
        ``file-too-large``.
    """
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


def _sheet(name: str, file: str, rows: Iterable[Row], on_row: OnRow) -> Sheet:
    filled: list[Row] = []
    for row in rows:
        on_row(file, row.number)
        if any(row.cells):
            filled.append(row)
        if len(filled) > _MAX_ROWS:
            raise InputError("rows-too-many", place=Place(file=file), n_most=_MAX_ROWS)
    if not filled:
        raise InputError("file-empty", place=Place(file=file))
    return Sheet(name=name, file=file, header=filled[0].cells, rows=tuple(filled[1:]))
