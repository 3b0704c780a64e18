"""Files of what was delivered: a line a duty, named by its id or by place, day and time.

A file is read as a whole: every fault of every row is noted, with its place. A line without a state
says nothing, so that a list can be sent out, filled in and read again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from planner.domain.duties import Moment
from planner.domain.promises import DeliveryState, NotDoneReason
from planner.errors import InputError, Place, StorageError
from planner.exchange.csv_reading import read_csv
from planner.exchange.problems import LeftOut, Problems
from planner.exchange.sheets import Row
from planner.exchange.values import parse

_ANY_ZONE = ZoneInfo("UTC")
"""For dates and times of day, which are read without a zone."""

_MEANINGS: Mapping[str, tuple[str, ...]] = {
    "duty": ("duty", "duty id", "uppgift", "uppgiftens id", "id"),
    "place": ("place", "school", "plats", "skola", "namn", "title"),
    "day": ("date", "day", "datum", "dag"),
    "moment": ("moment", "before or after", "pass", "före eller efter"),
    "time": ("time", "start", "tid", "klockslag", "kl", "starttid"),
    "state": ("state", "status", "outcome", "utfall", "läge", "genomfört"),
    "reason": ("reason", "orsak", "skäl"),
}
"""What headings are called, in small letters, with spaces between words."""

_STATES: Mapping[DeliveryState, tuple[str, ...]] = {
    DeliveryState.DONE: ("done", "genomfört", "genomförd", "yes", "ja", "x"),
    DeliveryState.NOT_DONE: (
        "not_done", "ej genomfört", "not done", "no", "inte genomfört", "ej genomförd",
        "inte genomförd", "nej",
    ),
}  # fmt: skip
"""The first two of each, here and below, are what a wrong cell is told: English and Swedish."""
_REASONS: Mapping[NotDoneReason, tuple[str, ...]] = {
    NotDoneReason.EMERGENCY: ("emergency", "utryckning", "akut", "akut händelse", "kommenderad"),
    NotDoneReason.ABSENCE: ("absence", "frånvaro"),
    NotDoneReason.WEATHER: ("weather", "väder"),
    NotDoneReason.CLOSED: ("closed", "stängt", "stängd"),
    NotDoneReason.NOBODY: ("nobody", "ingen planerad", "ingen"),
    NotDoneReason.OTHER: ("other", "annat", "annan orsak", "övrigt"),
}
_MOMENTS: Mapping[Moment, tuple[str, ...]] = {
    Moment.BEFORE: ("before", "före", "morgon"),
    Moment.AFTER: ("after", "efter", "eftermiddag"),
}

_Choice = TypeVar("_Choice", DeliveryState, NotDoneReason, Moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """What a row says.

    Parameters
    ----------
    at
        The row's place in the file.
    duty
        Id of the duty; empty where place and day name it.
    place
        Name or id of the school, hotspot, walk or session.
    """

    at: Place
    duty: str
    place: str
    day: date | None
    moment: Moment | None
    time: time | None
    state: DeliveryState
    reason: NotDoneReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFile:
    """What a file holds.

    Parameters
    ----------
    rows
        Those that say something and can be read.
    n_silent
        Rows without a state.
    left_out
        Columns that are not read.
    problems
        What is wrong, by row.
    """

    file: str
    rows: tuple[DeliveryRow, ...]
    n_silent: int
    left_out: tuple[LeftOut, ...]
    problems: tuple[InputError, ...]


def read_delivery_file(path: Path) -> DeliveryFile:
    """Return what a CSV file says of duties.

    Raises
    ------
    InputError
        As :func:`planner.exchange.csv_reading.read_csv`; ``file-missing``.
    StorageError
        ``source-unreadable``
    """
    if not path.exists():
        raise InputError("file-missing", path=str(path))
    problems = Problems()
    try:
        sheet = read_csv(path, path.stem, problems, lambda _file, _row: None)
    except OSError as error:
        raise StorageError("source-unreadable", source=str(path)) from error
    heading = Place(file=sheet.file, row=sheet.header_row)
    columns = _columns(sheet.header, heading, problems)
    reader = _Reader(sheet.file, sheet.header, columns, problems)
    rows = [] if len(problems) else list(reader.rows(sheet.rows))
    return DeliveryFile(
        file=sheet.file,
        rows=tuple(rows),
        n_silent=reader.n_silent,
        left_out=tuple(problems.left_out),
        problems=problems.found(),
    )


def _columns(header: Sequence[str], at: Place, problems: Problems) -> dict[str, int]:
    """Return which column means what."""
    found: dict[str, int] = {}
    for number, heading in enumerate(header):
        place = Place(file=at.file, row=at.row, column=heading or None)
        words = " ".join(re.split(r"[\s_/()\-.:]+", heading.casefold())).strip()
        meaning = next((one for one, names in _MEANINGS.items() if words in names), None)
        if meaning is None:
            if heading:
                problems.leave_out("delivery-unread", place, heading)
        elif meaning in found:
            problems.add("column-twice", place)
        else:
            found[meaning] = number
    if "state" not in found:
        problems.add("column-missing", at, column="state")
    if "duty" not in found:
        for name, column in (("place", "place"), ("day", "date")):
            if name not in found:
                problems.add("column-missing", at, column=column)
    return found


class _Reader:
    """Makes sayings of rows."""

    def __init__(
        self, file: str, header: Sequence[str], columns: Mapping[str, int], problems: Problems
    ) -> None:
        self._file, self._header = file, header
        self._columns, self._problems = columns, problems
        self.n_silent = 0

    def rows(self, rows: Iterable[Row]) -> Iterator[DeliveryRow]:
        """Yield what each good row says."""
        for row in rows:
            if not self._cell(row, "state"):
                self.n_silent += 1
                continue
            n_before = len(self._problems)
            said = self._said(row)
            if said is not None and len(self._problems) == n_before:
                yield said

    def _said(self, row: Row) -> DeliveryRow | None:
        """Return what a row says; nothing where that cannot be read, which is noted."""
        duty, place = self._cell(row, "duty"), self._cell(row, "place")
        day, moment, at, state, reason = None, None, None, None, None
        if not duty:
            with self._noting(row, "place"):
                _refuse_empty(place)
            with self._noting(row, "day"):
                day = parse(_refuse_empty(self._cell(row, "day")), date, _ANY_ZONE)
            with self._noting(row, "moment"):
                moment = _choice(self._cell(row, "moment"), _MOMENTS)
            with self._noting(row, "time"):
                cell = self._cell(row, "time")
                at = parse(cell, time, _ANY_ZONE) if cell else None
        with self._noting(row, "state"):
            state = _choice(self._cell(row, "state"), _STATES)
        with self._noting(row, "reason"):
            reason = _choice(self._cell(row, "reason"), _REASONS)
            _refuse_reason(state, reason)
        if state is None:
            return None
        return DeliveryRow(
            at=Place(file=self._file, row=row.number),
            duty=duty,
            place=place,
            day=day,
            moment=moment,
            time=at,
            state=state,
            reason=reason,
        )

    def _cell(self, row: Row, meaning: str) -> str:
        at = self._columns.get(meaning)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    def _noting(self, row: Row, meaning: str) -> AbstractContextManager[None]:
        at = self._columns.get(meaning)
        column = meaning if at is None else self._header[at]
        return self._problems.collected(Place(file=self._file, row=row.number, column=column))


def _refuse_empty(cell: str) -> str:
    if not cell:
        raise InputError("value-missing")
    return cell


def _refuse_reason(state: DeliveryState | None, reason: NotDoneReason | None) -> None:
    if state is DeliveryState.NOT_DONE and reason is None:
        raise InputError("reason-missing")
    if state is DeliveryState.DONE and reason is not None:
        raise InputError("reason-of-done")


def _choice(cell: str, choices: Mapping[_Choice, tuple[str, ...]]) -> _Choice | None:
    """Return what a cell means; nothing when it is empty."""
    if not cell:
        return None
    for value, names in choices.items():
        if " ".join(cell.casefold().split()) in names:
            return value
    told = tuple(name for names in choices.values() for name in names[:2])
    raise InputError("choice-wrong", value=cell, choices=told)
