"""Lists as systems export them: a row for each shift or absence."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.grids import Doubt, DoubtKind, GridKind, Mark, Times
from planner.domain.spans import DAY
from planner.exchange.grids.cells import read_cell, read_clock
from planner.exchange.grids.collecting import Collected, Hints
from planner.exchange.grids.dates import make_day, partial_day, years_in
from planner.exchange.grids.names import is_name, is_sum
from planner.exchange.grids.raw import EMPTY, RawCell, RawSheet


class Role(StrEnum):
    """What stands in a column."""

    NAME = "name"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    DAY = "day"
    LAST_DAY = "last-day"
    START = "start"
    END = "end"
    TIMES = "times"
    CODE = "code"
    CAUSE = "cause"
    BREAK = "break"
    SQUAD = "squad"


_HEADINGS: Mapping[Role, str] = {
    Role.FIRST_NAME: r"förnamn|tilltalsnamn|first ?name",
    Role.LAST_NAME: r"efternamn|last ?name|surname",
    Role.NAME: r"(?:person|medarbetar|anställds? )?namn|anställd|medarbetare|för- och efternamn|"
    r"name|employee",
    Role.LAST_DAY: r"slutdatum|(?:datum )?t ?o ?m(?: datum)?|till datum|tom datum|end date",
    Role.DAY: r"datum|startdatum|(?:datum )?fr ?o ?m(?: datum)?|från datum|from datum|date|"
    r"pass(?:ets )?datum|arbetsdatum|start date",
    Role.START: r"från|fr|from|start|starttid|start ?kl|börjar|kl fr(?:ån)?|tid från|in|"
    r"pass ?start",
    Role.END: r"till|to|slut|sluttid|slut ?kl|slutar|kl till|tid till|ut|end|pass ?slut",
    Role.TIMES: r"tid|tider|arbetstid|tid från till|time",
    Role.CODE: r"kod|pass|passkod|tur|turkod|skift|skiftkod|arbetspass|passtyp|code|shift",
    Role.CAUSE: r"orsak|frånvaro ?orsak|frånvaro ?typ|frånvaro ?kod|frånvaro|avvikelse ?orsak|"
    r"cause|reason|absence",
    Role.BREAK: r"rast|rast min|rast(?:tid)? ?\(?min(?:uter)?\)?|break",
    Role.SQUAD: r"turlag|grupp|arbetslag|lag|enhet|squad|team",
}
_LONGEST_AWAY = timedelta(days=400)


def read_list(sheet: RawSheet, hints: Hints) -> Collected | None:
    """Return what a list holds, or nothing when the sheet is none."""
    header, columns = _header(sheet)
    if not columns:
        return None
    found = Collected(sheet, GridKind.LIST)
    years = years_in(
        [*(cell.text for row in sheet.rows[:header] for cell in row), sheet.title, hints.file]
    )
    reader = _Rows(found, columns, years[0] if years else None, hints)
    for row in range(header + 1, len(sheet.rows)):
        reader.read(row)
    for column in columns.values():
        found.mark(header, column, Mark.HEADING)
    texts = {c: cell.text for c, cell in enumerate(sheet.rows[header]) if cell.text}
    kept = {column for role, column in columns.items() if role is not Role.CAUSE}
    found.unread += [text for column, text in texts.items() if column not in kept]
    found.headings = list(texts.values())
    return found


def _header(sheet: RawSheet) -> tuple[int, dict[Role, int]]:
    for row in range(min(len(sheet.rows), 40)):
        columns = _roles(sheet, row)
        is_named = Role.NAME in columns or {Role.FIRST_NAME, Role.LAST_NAME} <= columns.keys()
        has_time = {Role.START, Role.END} <= columns.keys()
        tells = has_time or columns.keys() & {Role.CODE, Role.CAUSE, Role.TIMES, Role.LAST_DAY}
        if is_named and tells and (Role.DAY in columns or has_time):
            return row, columns
    return 0, {}


def _roles(sheet: RawSheet, row: int) -> dict[Role, int]:
    """Return the column of each role; of two that fit, one that is not hidden."""
    found: dict[Role, int] = {}
    for column, cell in enumerate(sheet.rows[row]):
        text = re.sub(r"[.:*\-–_/]+", " ", cell.text).strip().casefold()
        text = " ".join(text.split())
        for role, pattern in _HEADINGS.items():
            if text and re.fullmatch(pattern, text):
                if role not in found or found[role] in sheet.hidden_columns:
                    found[role] = column
                break
    return found


class _Rows:
    """Reads one row after the other."""

    def __init__(
        self, found: Collected, columns: dict[Role, int], year: int | None, hints: Hints
    ) -> None:
        self._found, self._columns = found, columns
        self._year, self._hints = hints.year or year, hints

    def read(self, row: int) -> None:
        """Note the shift or the absence of a row, if it is one."""
        name = self._name(row)
        day = self._day(row, Role.DAY) or self._day(row, Role.START)
        if not is_name(name) or is_sum(name) or day is None:
            return
        number = next((cell.person for cell in self._found.sheet.rows[row] if cell.person), 0)
        squad = self._cell(row, Role.SQUAD).text
        key = self._found.person(name, number=number, squad=squad, row=row)
        self._mark(row)
        self._note(key, day, row)

    def _note(self, key: str, day: date, row: int) -> None:
        code, times = self._what(row)
        column = self._columns.get(Role.CODE, self._columns.get(Role.START, self._first(Role.DAY)))
        if self._is_away(row):
            last = self._day(row, Role.LAST_DAY) or self._day(row, Role.END) or day
            if last > day and last - day < _LONGEST_AWAY:
                times = ()  # whole days
            for n in range((last - day).days + 1 if day <= last < day + _LONGEST_AWAY else 1):
                self._found.entry(key, day + n * DAY, row, column, times=times, is_absent=True)
        elif code or times:
            pause = self._cell(row, Role.BREAK).text
            self._found.entry(
                key,
                day,
                row,
                column,
                code=code,
                times=times,
                break_min=int(pause) if pause.isdigit() and int(pause) <= 120 else None,
            )

    def _first(self, *roles: Role) -> int:
        return next((self._columns[role] for role in roles if role in self._columns), 0)

    def _name(self, row: int) -> str:
        if Role.NAME in self._columns:
            return self._cell(row, Role.NAME).text
        first, last = self._cell(row, Role.FIRST_NAME), self._cell(row, Role.LAST_NAME)
        return f"{first.text} {last.text}".strip()

    def _what(self, row: int) -> tuple[str, Times]:
        code, times = read_cell(self._cell(row, Role.CODE).text)
        if not times:
            times = read_cell(self._cell(row, Role.TIMES).text)[1]
        start = read_clock(self._cell(row, Role.START).text)
        end = read_clock(self._cell(row, Role.END).text)
        if start is not None and end is not None:
            times = ((start, end),)
        return code, times

    def _is_away(self, row: int) -> bool:
        cause = self._cell(row, Role.CAUSE)
        if not cause.is_empty:
            return True
        parts = (Role.CODE, Role.TIMES, Role.START, Role.END)
        return any(self._cell(row, role).is_away for role in parts) or (
            Role.LAST_DAY in self._columns
            and not self._cell(row, Role.LAST_DAY).is_empty
            and Role.CODE not in self._columns
            and Role.TIMES not in self._columns
            and Role.START not in self._columns
        )

    def _day(self, row: int, role: Role) -> date | None:
        cell = self._cell(row, role)
        if cell.day is None:
            cell = RawCell(text=re.sub(r"[ T]\d{1,2}[:.]\d\d(?:[:.]\d\d)?$", "", cell.text))
        partial = partial_day(cell)
        if partial is None or partial.month is None:
            return None
        year = partial.year or self._year
        if year is None:
            year = self._hints.today.year
            self._found.doubt = Doubt(
                kind=DoubtKind.YEAR, taken=year, choices=(year - 1, year, year + 1)
            )
        return make_day(year, partial.month, partial.day)

    def _cell(self, row: int, role: Role) -> RawCell:
        column = self._columns.get(role)
        return EMPTY if column is None else self._found.sheet.rows[row][column]

    def _mark(self, row: int) -> None:
        marks = {
            Role.NAME: Mark.NAME,
            Role.FIRST_NAME: Mark.NAME,
            Role.LAST_NAME: Mark.NAME,
            Role.DAY: Mark.DATE,
            Role.LAST_DAY: Mark.DATE,
            Role.START: Mark.TIMES,
            Role.END: Mark.TIMES,
            Role.TIMES: Mark.TIMES,
            Role.CAUSE: Mark.ABSENT,
            Role.SQUAD: Mark.SQUAD,
        }
        for role, mark in marks.items():
            if not self._cell(row, role).is_empty:
                self._found.mark(row, self._columns[role], mark)
