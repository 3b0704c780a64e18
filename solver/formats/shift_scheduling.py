"""The shift scheduling format (Curtois and Qu 2014, schedulingbenchmarks.org).

Cover of a kind of shift on a day is a demand over a quarter that only shifts of this kind fill: the
format knows lengths, and no times of day. The least minutes of an employee come before all that
the format weighs.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from solver.data.errors import InvalidProblemError, shown
from solver.data.problem import Demand, Preference, Problem, Shift, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    Rule,
    RuleBook,
    ShiftsPerDay,
    Weekends,
    WorkingTime,
)
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.formats.lines import FileLine, whole

NAME = "shift-scheduling"

LEVELS = ("least", "cost")
"""Minutes that lack, by the started hour, and what the format weighs."""

_DAY, _QUARTER = 24 * 60, 15
_MOST_KINDS, _MOST_DAYS = _DAY // _QUARTER, 371
_SATURDAY = 5
_SECTIONS = {
    "SECTION_HORIZON": 1,
    "SECTION_SHIFTS": 3,
    "SECTION_STAFF": 8,
    "SECTION_DAYS_OFF": 1,
    "SECTION_SHIFT_ON_REQUESTS": 4,
    "SECTION_SHIFT_OFF_REQUESTS": 4,
    "SECTION_COVER": 5,
}
"""How many cells a row has, those of days off at least."""


_Wish = tuple[FileLine, Preference]


@dataclass(frozen=True, slots=True)
class _Row:
    line: FileLine
    cells: tuple[str, ...]

    def number(self, at: int, least: int, most: int) -> int:
        """Return a cell as a whole number."""
        return whole(self.line, self.cells[at], least, most)


@dataclass(slots=True)
class _File:
    """What is known of a file's rows."""

    n_days: int
    minutes: dict[str, int] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)

    @property
    def horizon(self) -> Span:
        return Span(0, self.n_days * _DAY)

    def day(self, row: _Row, at: int) -> int:
        """Return a cell that names a day."""
        return row.number(at, 0, self.n_days - 1)

    def kind(self, row: _Row, at: int) -> str:
        """Return a cell that names a kind of shift."""
        if row.cells[at] not in self.minutes:
            raise row.line.wrong(f"{shown(row.cells[at])} is no shift")
        return row.cells[at]


def is_mine(text: str) -> bool:
    """Tell whether a text is of this format."""
    return "SECTION_HORIZON" in text


def read(text: str) -> Problem:
    """Return the problem that a file says.

    Raises
    ------
    InvalidProblemError
        When it is not of this format; the message names the line.
    """
    rows = _rows(text)
    horizon = rows["SECTION_HORIZON"]
    if len(horizon) != 1:
        raise InvalidProblemError("FileLine 1: there is not one SECTION_HORIZON with one number")
    file = _File(horizon[0].number(0, 1, _MOST_DAYS))
    for row in rows["SECTION_SHIFTS"]:
        if row.cells[0] in file.minutes or len(file.minutes) == _MOST_KINDS:
            raise row.line.wrong("this shift is there twice, or one too many")
        file.minutes[row.cells[0]] = row.number(1, 0, _DAY)
        file.place[row.cells[0]] = len(file.place)
    sequences = tuple(_sequences(file, rows["SECTION_SHIFTS"]))
    wishes = _wishes(file, rows)
    books: list[RuleBook] = []
    workers: list[Worker] = []
    off = _days_off(file, rows["SECTION_DAYS_OFF"])
    for row in rows["SECTION_STAFF"]:
        name = row.cells[0]
        if any(worker.id == name for worker in workers):
            raise row.line.wrong(f"{shown(name)} is there twice")
        books.append(RuleBook(id=name, rules=tuple(_rules(file, row, sequences))))
        workers.append(_worker(file, name, off.pop(name, {}), wishes.pop(name, [])))
    for line in (line for days in off.values() for line in days.values()):
        raise line.wrong("it names nobody of SECTION_STAFF")
    for wish in (wish for mine in wishes.values() for wish in mine):
        raise wish[0].wrong("it names nobody of SECTION_STAFF")
    return Problem(
        horizon=file.horizon,
        days=tuple(Span(day * _DAY, (day + 1) * _DAY) for day in range(file.n_days)),
        levels=LEVELS,
        rule_books=tuple(books),
        shifts=tuple(_shifts(file, [book.id for book in books])),
        workers=tuple(workers),
        demands=tuple(_demands(file, rows["SECTION_COVER"])),
    )


def assignments(problem: Problem, solution: Solution) -> list[list[object]]:
    """Return employee, day and shift of each shift worked."""
    shifts = [(each.worker, problem.shift_by_id[each.shift]) for each in solution.shifts]
    return [[worker, shift.day, shift.kind] for worker, shift in shifts]


def _rows(text: str) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {name: [] for name in _SECTIONS}
    section: str | None = None
    for number, written in enumerate(text.splitlines(), 1):
        line, row = FileLine(number), written.strip()
        if not row or row.startswith("#"):
            continue
        if row.startswith("SECTION_"):
            if row not in _SECTIONS:
                raise line.wrong(f"{shown(row)} is unknown")
            section = row
            continue
        if section is None:
            raise line.wrong("it stands before the first section")
        cells = tuple(cell.strip() for cell in row.split(","))
        wanted = _SECTIONS[section]
        if len(cells) != wanted and not (section == "SECTION_DAYS_OFF" and cells[0]):
            raise line.wrong(f"there are {len(cells)} cells, not {wanted}")
        found[section].append(_Row(line, cells))
    return found


def _sequences(file: _File, rows: Sequence[_Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for after in filter(None, (cell.strip() for cell in row.cells[2].split("|"))):
            if after not in file.minutes:
                raise row.line.wrong(f"{shown(after)} is no shift")
            yield row.cells[0], after


def _rules(file: _File, row: _Row, sequences: tuple[tuple[str, str], ...]) -> Iterator[Rule]:
    most_min, least_min = (row.number(at, 0, _MOST_DAYS * _DAY) for at in (2, 3))
    yield ShiftsPerDay(most=1)
    yield ForbiddenSequence(sequences=sequences)
    yield ConsecutiveDays(most=row.number(4, 1, 1000), least=row.number(5, 1, 1000))
    yield ConsecutiveDaysOff(least=row.number(6, 1, 1000))
    weekends = tuple(
        tuple(day for day in (first, first + 1) if day < file.n_days)
        for first in range(_SATURDAY, file.n_days, 7)
    )
    yield Weekends(weekends=weekends, most=row.number(7, 0, _MOST_DAYS))
    yield WorkingTime(
        periods=(file.horizon,),
        most_min=most_min,
        least_min=least_min,
        level="least" if least_min else None,
        step_min=60,
    )
    for pair in filter(None, row.cells[1].split("|")):
        kind, is_pair, most = (part.strip() for part in pair.partition("="))
        if kind not in file.minutes or not is_pair:
            raise row.line.wrong(f"{shown(pair)} is no shift and number")
        yield CountOfShifts(
            periods=(file.horizon,),
            kinds=frozenset({kind}),
            most=whole(row.line, most, 0, 10**6),
        )


def _days_off(file: _File, rows: Sequence[_Row]) -> dict[str, dict[int, FileLine]]:
    found: dict[str, dict[int, FileLine]] = defaultdict(dict)
    for row in rows:
        for at in range(1, len(row.cells)):
            found[row.cells[0]][file.day(row, at)] = row.line
    return found


def _wishes(
    file: _File, rows: dict[str, list[_Row]]
) -> dict[str, list[tuple[FileLine, Preference]]]:
    found: dict[str, list[tuple[FileLine, Preference]]] = defaultdict(list)
    for name, section in (
        ("on", "SECTION_SHIFT_ON_REQUESTS"),
        ("off", "SECTION_SHIFT_OFF_REQUESTS"),
    ):
        for row in rows[section]:
            wish = Preference(
                level="cost",
                name=name,
                days=(file.day(row, 1),),
                kinds=frozenset({file.kind(row, 2)}),
                points=row.number(3, 0, 10**6),
                when_absent=name == "on",
            )
            found[row.cells[0]].append((row.line, wish))
    return found


def _worker(file: _File, name: str, off: dict[int, FileLine], wishes: Sequence[_Wish]) -> Worker:
    return Worker(
        id=name,
        rule_book=name,
        shifts=tuple(_id(day, kind) for day in range(file.n_days) for kind in file.minutes),
        blocked=tuple(Span(day * _DAY, (day + 1) * _DAY) for day in sorted(off)),
        preferences=tuple(wish for _, wish in wishes),
    )


def _id(day: int, kind: str) -> str:
    return f"{day} {kind}"


def _quarter(file: _File, day: int, kind: str) -> Span:
    start = day * _DAY + file.place[kind] * _QUARTER
    return Span(start, start + _QUARTER)


def _shifts(file: _File, books: Sequence[str]) -> Iterator[Shift]:
    for kind, minutes in file.minutes.items():
        counted = dict.fromkeys(books, minutes)
        for day in range(file.n_days):
            yield Shift(
                id=_id(day, kind),
                day=day,
                kind=kind,
                parts=(_quarter(file, day, kind),),
                counted_min=counted,
            )


def _demands(file: _File, rows: Sequence[_Row]) -> Iterator[Demand]:
    for number, row in enumerate(rows):
        wanted = row.number(2, 0, 10_000)
        yield Demand(
            id=f"{number}",
            span=_quarter(file, file.day(row, 0), file.kind(row, 1)),
            skills=frozenset(),
            levels=((wanted, "cost", row.number(3, 0, 10**6)),),
            most=((wanted, "cost", row.number(4, 0, 10**6)),),
        )
