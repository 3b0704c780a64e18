"""A workbook as roster grids: whichever layout a sheet has."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from planner.domain.grids import Grid, GridPerson
from planner.errors import InputError, StorageError
from planner.exchange.grids.collecting import Collected, Hints
from planner.exchange.grids.cross import read_cross
from planner.exchange.grids.lists import read_list
from planner.exchange.grids.raw import RawSheet, read_raw
from planner.exchange.grids.week_blocks import read_week_blocks
from planner.exchange.grids.weeks import read_weeks

GRID_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_READERS: tuple[Callable[[RawSheet, Hints], Collected | None], ...] = (
    read_list,
    read_weeks,
    read_cross,
)
"""The layouts; the surest first."""


def read_grids(path: Path, hints: Hints) -> tuple[Grid, ...]:
    """Return every sheet of a workbook that is a roster grid, in the order of the sheets.

    Raises
    ------
    InputError
        ``source-missing``, ``grid-kind`` (no workbook), ``grid-nothing`` (no sheet is one) or what
        is wrong with the file.
    StorageError
        ``source-unreadable``.
    """
    if not path.exists():
        raise InputError("source-missing", source=str(path))
    if path.suffix.casefold() not in GRID_SUFFIXES or not path.is_file():
        raise InputError("grid-kind", source=str(path))
    try:
        sheets = read_raw(path)
    except OSError as error:
        raise StorageError("source-unreadable", source=str(path)) from error
    hints = replace(hints, file=hints.file or path.stem)
    found = tuple(grid for sheet in sheets if (grid := _grid(sheet, hints)) is not None)
    if not found:
        raise InputError("grid-nothing", source=str(path))
    return found


def joined(grids: Iterable[Grid]) -> Grid:
    """Return several grids of one file as one; people of one name are one person."""
    grids = tuple(grids)
    people: dict[str, GridPerson] = {}
    for person in (person for grid in grids for person in grid.people):
        people.setdefault(person.key, person)
    return replace(
        grids[0],
        sheets=tuple(sheet for grid in grids for sheet in grid.sheets),
        people=tuple(people.values()),
        entries=tuple(entry for grid in grids for entry in grid.entries),
        first_day=min(grid.first_day for grid in grids),
        last_day=max(grid.last_day for grid in grids),
        unread=tuple(dict.fromkeys(text for grid in grids for text in grid.unread)),
        doubt=next((grid.doubt for grid in grids if grid.doubt is not None), None),
    )


def _grid(sheet: RawSheet, hints: Hints) -> Grid | None:
    return max(_candidates(sheet, hints), key=_worth, default=None)


def _candidates(sheet: RawSheet, hints: Hints) -> Iterator[Grid]:
    """Yield what the sheet may be; one that a heading proves is taken alone."""
    for reader in _READERS[:2]:
        found = reader(sheet, hints)
        grid = found.grid() if found else None
        if grid is not None:
            yield grid
            return
    for way in (sheet, sheet.transposed()):
        found = read_cross(way, hints) or read_week_blocks(way, hints)
        grid = found.grid() if found else None
        if grid is not None:
            yield grid


def _worth(grid: Grid) -> tuple[int, bool]:
    return len(grid.entries), not grid.is_transposed
