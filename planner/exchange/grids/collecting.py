"""What a reader of a layout finds, gathered until it is a grid."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.domain.grids import (
    Doubt,
    Grid,
    GridEntry,
    GridKind,
    GridPerson,
    Mark,
    PictureCell,
    Times,
)
from planner.exchange.grids.cells import read_cell
from planner.exchange.grids.names import clean_name
from planner.exchange.grids.raw import RawCell, RawSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known of a sheet beside what stands in it.

    Parameters
    ----------
    year, month
        As the planner has said; nothing as long as nobody has.
    file
        Name of the file, which may hold a year or a month.
    """

    today: date
    file: str = ""
    year: int | None = None
    month: int | None = None


class Collected:
    """People, entries and marks of one sheet."""

    def __init__(self, sheet: RawSheet, kind: GridKind) -> None:
        self.sheet, self.kind = sheet, kind
        self.doubt: Doubt | None = None
        self.headings: list[str] = []
        self.unread: list[str] = []
        self.entries: list[GridEntry] = []
        self.days: set[date] = set()
        self._people: dict[tuple[str, int], GridPerson] = {}
        self._n_of: dict[str, int] = {}
        self._marks: dict[tuple[int, int], Mark] = {}

    def mark(self, row: int, column: int, mark: Mark) -> None:
        """Note what a cell was taken for."""
        self._marks[row, column] = mark

    def person(self, name: str, *, number: int = 0, squad: str = "", row: int = 0) -> str:
        """Return the key of a person, who is noted when met first."""
        name = clean_name(name)
        same = name.casefold()
        if (same, number) not in self._people:
            n_before = self._n_of.get(same, 0)
            self._n_of[same] = n_before + 1
            key = name if n_before == 0 else f"{name} ({n_before + 1})"
            place = self.place(row, 0)[0]
            self._people[same, number] = GridPerson(key=key, name=name, squad=squad, row=place)
        return self._people[same, number].key

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return row and column as the spreadsheet counts them."""
        return (column + 1, row + 1) if self.sheet.is_transposed else (row + 1, column + 1)

    def cell(self, person: str, day: date, row: int, column: int) -> None:
        """Note what stands where a person and a day meet."""
        cell = self.sheet.rows[row][column]
        self.days.add(day)
        if cell.is_away:
            self.entry(person, day, row, column, is_absent=True)
            return
        code, times = read_cell(cell.text)
        if code or times or cell.color:
            self.entry(person, day, row, column, code=code, times=times)

    def entry(  # noqa: PLR0913 - the fields of an entry
        self,
        person: str,
        day: date,
        row: int,
        column: int,
        *,
        code: str = "",
        times: Times = (),
        is_absent: bool = False,
        break_min: int | None = None,
    ) -> None:
        """Note an entry, and what its cell was taken for."""
        self.days.add(day)
        at = self.place(row, column)
        self.entries.append(
            GridEntry(
                person=person,
                day=day,
                code=code,
                times=times,
                is_absent=is_absent,
                break_min=break_min,
                color=self.sheet.rows[row][column].color,
                row=at[0],
                column=at[1],
            )
        )
        if is_absent:
            self.mark(row, column, Mark.ABSENT)
        elif code or times:
            self.mark(row, column, Mark.CODE if code else Mark.TIMES)

    def grid(self) -> Grid | None:
        """Return the grid, or nothing when there is nobody or nothing in it."""
        entries = tuple(self.entries)
        if not entries or not self._people:
            return None
        known = (self.kind.value, str(self.sheet.is_transposed), *self.headings)
        shape = hashlib.sha256("|".join(known).casefold().encode()).hexdigest()[:24]
        return Grid(
            sheets=(self.sheet.title,),
            kind=self.kind,
            is_transposed=self.sheet.is_transposed,
            shape=shape,
            people=tuple(self._people.values()),
            entries=entries,
            first_day=min(self.days),
            last_day=max(self.days),
            picture=tuple(self._picture()),
            unread=tuple(dict.fromkeys(self.unread)),
            doubt=self.doubt,
        )

    def _picture(self) -> Iterable[tuple[PictureCell, ...]]:
        rows = [
            tuple(
                self._shown(cell, self._marks.get((row, column), Mark.UNREAD))
                for column, cell in enumerate(cells)
            )
            for row, cells in enumerate(self.sheet.rows)
        ]
        return zip(*rows, strict=True) if self.sheet.is_transposed else rows

    @staticmethod
    def _shown(cell: RawCell, mark: Mark) -> PictureCell:
        if mark is Mark.UNREAD or cell.is_wide or cell.is_tall:
            return PictureCell(color=cell.color, mark=mark, is_joined=cell.is_wide)
        text = cell.text
        if cell.day is not None:
            text = f"{cell.day.day}/{cell.day.month}"
        return PictureCell("" if mark is Mark.ABSENT else text, mark, cell.color)
