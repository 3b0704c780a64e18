"""A planner's own roster grid, as it was understood: people, days and what stands where they meet.

Neither a personal identity number nor a cause of absence has a field here: the reader drops both,
so nothing that is made of a grid can hold them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from planner.domain.ids import EmployerId, ShiftTypeId, StaffId

Times = tuple[tuple[time, time], ...]
"""Stretches of local time in order; an end not after its start is on the next day."""


class GridKind(StrEnum):
    """How a sheet is laid out."""

    CROSS = "cross"
    """People one way, dates the other."""
    WEEKS = "weeks"
    """A row for each person and week, a column for each weekday."""
    LIST = "list"
    """A row for each shift or absence."""


class Mark(StrEnum):
    """What a cell of the sheet was taken for."""

    UNREAD = "unread"
    HEADING = "heading"
    DATE = "date"
    NAME = "name"
    SQUAD = "squad"
    CODE = "code"
    TIMES = "times"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class PictureCell:
    """A cell as it is shown; the text of what was not read is not there.

    Parameters
    ----------
    color
        Fill as ``rrggbb``; empty for none.
    is_joined
        Whether it goes on from the cell before it in its row.
    """

    text: str = ""
    mark: Mark = Mark.UNREAD
    color: str = ""
    is_joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPerson:
    """Somebody in the grid.

    Parameters
    ----------
    key
        The name, with a number after it where several people have it.
    squad
        The heading that the person stands under; empty for none.
    """

    key: str
    name: str
    squad: str = ""
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridEntry:
    """What stands where a person and a day meet.

    Parameters
    ----------
    code
        As it is written; empty where there are only times, or a colour.
    is_absent
        Whether a cause of absence stood there.
    break_min
        Unpaid break, where the sheet says one.
    row, column
        Of the sheet, from 1.
    """

    person: str
    day: date
    code: str = ""
    times: Times = ()
    is_absent: bool = False
    break_min: int | None = None
    color: str = ""
    row: int
    column: int


class DoubtKind(StrEnum):
    """What of the dates is not certain."""

    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A part of the dates that the sheet does not say, and what was taken."""

    kind: DoubtKind
    taken: int
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet, or several of one file together, as understood.

    Parameters
    ----------
    sheets
        Names of the sheets.
    shape
        What the layout is told again by: the same for next month's file.
    unread
        Headings of columns that were not read.
    """

    sheets: tuple[str, ...]
    kind: GridKind
    is_transposed: bool
    shape: str
    people: tuple[GridPerson, ...]
    entries: tuple[GridEntry, ...]
    first_day: date
    last_day: date
    picture: tuple[tuple[PictureCell, ...], ...]
    unread: tuple[str, ...] = ()
    doubt: Doubt | None = None


class Meaning(StrEnum):
    """What a code or a colour stands for."""

    SHIFT = "shift"
    ABSENT = "absent"
    FREE = "free"
    BOUND = "bound"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChoice:
    """What is made of a code or a colour.

    Parameters
    ----------
    shift_type
        Of a shift, an existing type; none when a new one is made of ``times``.
    times
        Of a new shift type, or of bound time. A shift with neither has the times of its cell.
    """

    meaning: Meaning
    shift_type: ShiftTypeId | None = None
    times: Times = ()

    @property
    def has_own_times(self) -> bool:
        """Tell whether it is a shift whose times stand in its cell."""
        return self.meaning is Meaning.SHIFT and self.shift_type is None and not self.times


class PersonKind(StrEnum):
    """Who somebody in the grid is."""

    KNOWN = "known"
    NEW = "new"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChoice:
    """Who somebody in the grid is; ``staff`` for a known person."""

    kind: PersonKind
    staff: StaffId | None = None


class Group(StrEnum):
    """What the new people of a grid do."""

    CONTACTS = "contacts"
    OFFICERS = "officers"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridDecisions:
    """All that the planner, or the program for now, has decided about a grid.

    Parameters
    ----------
    codes
        By code; one that is not in it is undecided.
    colors
        By fill; one that is not in it means nothing.
    people
        By the key of the person.
    employer
        Of new people; none when the plan has none and one is made.
    break_min
        Unpaid break in the middle of each part of more than five hours whose sheet shows none.
    """

    codes: Mapping[str, CodeChoice] = field(default_factory=dict)
    colors: Mapping[str, CodeChoice] = field(default_factory=dict)
    people: Mapping[str, PersonChoice] = field(default_factory=dict)
    group: Group = Group.OFFICERS
    employer: EmployerId | None = None
    break_min: int = 30


def codes_of(grid: Grid) -> dict[str, int]:
    """Return each code of a grid, and how often it stands there, the most frequent first."""
    counts: dict[str, int] = {}
    for entry in grid.entries:
        if entry.code:
            counts[entry.code] = counts.get(entry.code, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def colors_of(grid: Grid) -> dict[str, int]:
    """Return the fills that may mean something, and how often they stand there.

    A fill that a whole day or a whole person has is an aid for the eye.
    """
    filled = [entry for entry in grid.entries if entry.color]
    by_day = _dressed(grid, [(entry.day, entry.color) for entry in filled], "day")
    by_person = _dressed(grid, [(entry.person, entry.color) for entry in filled], "person")
    counts: dict[str, int] = {}
    for entry in filled:
        if (entry.day, entry.color) in by_day or (entry.person, entry.color) in by_person:
            continue
        counts[entry.color] = counts.get(entry.color, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


_MOSTLY = 0.8
"""Share of a day's or a person's cells with one fill from which it says nothing of each."""


def _dressed(grid: Grid, filled: list[tuple[object, str]], axis: str) -> set[tuple[object, str]]:
    n_of: dict[object, int] = {}
    for entry in grid.entries:
        n_of[getattr(entry, axis)] = n_of.get(getattr(entry, axis), 0) + 1
    n_filled: dict[tuple[object, str], int] = {}
    for one in filled:
        n_filled[one] = n_filled.get(one, 0) + 1
    return {one for one, n in n_filled.items() if n >= 3 and n >= _MOSTLY * n_of[one[0]]}


def is_decided(entry: GridEntry, decisions: GridDecisions) -> bool:
    """Tell whether it is known what a cell means."""
    if not entry.code or entry.is_absent or entry.color in decisions.colors:
        return True
    choice = decisions.codes.get(entry.code)
    return choice is not None and not (choice.has_own_times and not entry.times)


def undecided_entries(grid: Grid, decisions: GridDecisions) -> int:
    """Return in how many cells a code stands that nothing was decided about."""
    return sum(
        not is_decided(entry, decisions)
        for entry in grid.entries
        if not is_left_out(entry, decisions)
    )


def is_left_out(entry: GridEntry, decisions: GridDecisions) -> bool:
    """Tell whether a cell is of somebody who is left out."""
    choice = decisions.people.get(entry.person)
    return choice is not None and choice.kind is PersonKind.LEFT_OUT
