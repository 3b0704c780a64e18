"""Records that a foreign file brings, as the rows of a sheet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.exchange.sheets import Row, Sheet

Cells = Mapping[str, str]
"""Texts of a row by column; a column that no row has is not in the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A record that a file brings.

    Parameters
    ----------
    number
        Of the feature or unit in the file, counted from 1.
    """

    number: int
    cells: Cells


def sheet_of(name: str, file: str, rows: Iterable[PlaceRow]) -> Sheet:
    """Return rows as a sheet; its file is called as a sheet of a workbook is."""
    rows = tuple(rows)
    header = tuple(dict.fromkeys(column for row in rows for column in row.cells))
    return Sheet(
        name=name,
        file=f"{file} [{name}]",
        header=header,
        header_row=1,
        rows=tuple(
            Row(number=row.number, cells=tuple(row.cells.get(column, "") for column in header))
            for row in rows
        ),
    )


def same_name(text: str) -> str:
    """Return what two ways to write a name have in common."""
    return " ".join(text.casefold().split())


def new_id(name: str, taken: set[str]) -> str:
    """Return an id made of a name, and take it."""
    stem = re.sub(r"[\W_]+", "-", name.casefold()).strip("-")[:56] or "plats"
    made, number = stem, 1
    while made in taken:
        number += 1
        made = f"{stem}-{number}"
    taken.add(made)
    return made
