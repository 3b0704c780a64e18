"""Sheets: what CSV files and workbooks are read as, and what of them is too much."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from planner.errors import InputError, Place

MAX_BYTES = 50_000_000
"""More than any city's data; a larger file is a mistake and would fill the memory."""
MAX_ROWS = 200_000

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
        Its line in the file, counted from 1.
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
    header
        The first row that holds anything, and ``header_row``, its line.
    rows
        Those after it that hold anything.
    """

    name: str
    file: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]


def filled_sheet(name: str, file: str, rows: Iterable[Row], on_row: OnRow) -> Sheet:
    """Return the rows that hold anything as a sheet.

    Raises
    ------
    InputError
        ``rows-too-many`` or ``file-empty``.
    """
    filled: list[Row] = []
    for row in rows:
        on_row(file, row.number)
        if any(row.cells):
            filled.append(row)
        if len(filled) > MAX_ROWS:
            raise InputError("rows-too-many", place=Place(file=file), n_most=MAX_ROWS)
    if not filled:
        raise InputError("file-empty", place=Place(file=file))
    header, *others = filled
    return Sheet(
        name=name, file=file, header=header.cells, header_row=header.number, rows=tuple(others)
    )


def bytes_of(path: Path) -> bytes:
    """Return what is in a file.

    Raises
    ------
    InputError
        ``file-too-large``.
    """
    if path.stat().st_size > MAX_BYTES:
        n_megabytes = MAX_BYTES // 1_000_000
        raise InputError("file-too-large", place=Place(file=path.name), n_megabytes=n_megabytes)
    return path.read_bytes()
