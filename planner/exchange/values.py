"""Texts of cells as values of a record's fields.

A problem is raised as ``InputError`` without a place; whoever reads the file knows it.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from planner.domain.duties import day_of
from planner.domain.ids import DutyId
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.domain.years import check_year
from planner.errors import InputError

_YES = {"yes", "ja", "1", "true", "sant"}
_NO = {"no", "nej", "0", "false", "falskt"}
_MAX_TEXT = 500
_MAX_LINES = 20_000
_MAX_ID = 64
_MAX_DUTY = 200
_MAX_NUMBER = 1_000_000
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)([ T]00:00(:00)?)?", re.ASCII)  # a worksheet has both
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(:00)?", re.ASCII)
_DAY_FRACTION = re.compile(r"0\.\d{3,}", re.ASCII)
"""How a worksheet holds a time of day whose cell is not shown as one; 0.25 would be 00:25."""
_N_MOMENTS = 50_000
"""Moments remembered as texts: many people begin and end at the same ones."""


def parse(cell: str, kind: Any, zone: ZoneInfo) -> Any:
    """Return the value of a cell that is not empty.

    Parameters
    ----------
    kind
        Type of the field.
    zone
        In which an instant without an offset is meant.

    Raises
    ------
    InputError
        ``text-too-long``, ``text-unprintable``, ``id-wrong``, ``number-wrong``,
        ``number-too-large``, ``boolean-wrong``, ``choice-wrong``, ``date-wrong``,
        ``date-out-of-range``, ``time-wrong`` or ``datetime-wrong``.
    """
    if kind is datetime:
        return parse_instant(cell, zone)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _choice(cell, kind)
    if kind in _PARSERS:
        return _PARSERS[kind](cell)
    return parse_id(cell)


def to_cell(value: object, zone: ZoneInfo) -> str:
    """Return a field's value as a cell would hold it; empty for what is missing.

    Parameters
    ----------
    zone
        In which instants are shown.
    """
    to_text = _TO_TEXT.get(type(value))
    return to_text(value, zone) if to_text else str(value)


def number_text(value: float) -> str:
    """Return a number with a decimal point and without exponent."""
    return format(Decimal(repr(value)), "f")


@lru_cache(maxsize=_N_MOMENTS)
def _local_text(at: datetime, zone: ZoneInfo) -> str:
    """Return a local time; with its offset in the hour that the clocks of autumn show twice."""
    local = at.astimezone(zone)
    text = local.isoformat(" ", "minutes")
    return text if local.fold else text[:16]


@lru_cache(maxsize=_N_MOMENTS)
def _clock_text(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).time().isoformat("minutes")


def parse_text(cell: str) -> str:
    """Return a text of one line."""
    if len(cell) > _MAX_TEXT:
        raise InputError("text-too-long", n_most=_MAX_TEXT)
    return _printable(cell)


def _printable(line: str) -> str:
    if not line.isprintable() and any(
        unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} for letter in line
    ):
        raise InputError("text-unprintable")
    return line


def parse_lines(cell: str) -> str:
    """Return a text of one line or several."""
    if len(cell) > _MAX_LINES:
        raise InputError("text-too-long", n_most=_MAX_LINES)
    for line in cell.splitlines():
        _printable(line.replace("\t", " "))
    return cell


def parse_id(cell: str, *, allowed: str = "", n_most: int = _MAX_ID) -> str:
    """Return a name of a record: what other names are made of must not occur in it."""
    if len(cell) > n_most:
        raise InputError("text-too-long", n_most=n_most)
    if not cell.isalnum() and not all(
        letter.isalnum() or letter in "-_.:+@ " or letter in allowed for letter in cell
    ):
        raise InputError("id-wrong", value=cell)
    return cell


def parse_duty(cell: str) -> str:
    """Return the id of a duty: its source, local date and ordinal."""
    parse_id(cell, allowed="/", n_most=_MAX_DUTY)
    try:
        check_year(day_of(DutyId(cell)).year, cell)
    except (ValueError, IndexError):
        raise InputError("duty-id-unknown", duty=cell) from None
    return cell


@lru_cache(maxsize=_N_MOMENTS)
def parse_instant(cell: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a local date and time, or of one with an offset, to the minute."""
    found = parse_moment(cell, zone)
    if found.second:
        raise InputError("datetime-wrong", value=cell)  # rosters are made in whole minutes
    return found


def parse_moment(cell: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a local date and time, or of one with an offset, to the second."""
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        raise InputError("datetime-wrong", value=cell) from None
    if not _INSTANT.match(cell):
        raise InputError("datetime-wrong", value=cell)
    check_year(found.year, cell)
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    if found.microsecond:
        raise InputError("datetime-wrong", value=cell)
    return found.astimezone(UTC)


def _date(cell: str) -> date:
    match = _DATE.fullmatch(cell)
    if match is None:
        raise InputError("date-wrong", value=cell)
    try:
        found = date.fromisoformat(match[1])
    except ValueError:
        raise InputError("date-wrong", value=cell) from None
    check_year(found.year, cell)
    return found


def _time(cell: str) -> time:
    match = _TIME.fullmatch(cell)
    if match is not None:
        return time(int(match[1]), int(match[2]))
    if _DAY_FRACTION.fullmatch(cell):
        minutes = float(cell) * 24 * 60
        minute = round(minutes)
        if abs(minutes - minute) < 0.01 and minute < 24 * 60:
            return time(*divmod(minute, 60))
    raise InputError("time-wrong", value=cell)


def _integer(cell: str) -> int:
    text = cell.replace("−", "-")
    if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
        _raise("number-wrong", cell)
    if len(text) > 20 or abs(int(text)) > _MAX_NUMBER:
        _raise("number-too-large", cell)
    return int(text)


def _decimal(cell: str) -> float:
    text = cell.replace("−", "-").replace(",", ".")
    if len(text) > 40 or not re.fullmatch(r"[+-]?\d+(\.\d+)?", text, re.ASCII):
        _raise("number-wrong", cell)
    if abs(float(text)) > _MAX_NUMBER:
        _raise("number-too-large", cell)
    return float(text)


def _boolean(cell: str) -> bool:
    text = cell.casefold()
    if text not in _YES | _NO:
        _raise("boolean-wrong", cell)
    return text in _YES


def _choice(cell: str, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(cell.casefold())
    except ValueError:
        choices = tuple(member.value for member in kind)
        raise InputError("choice-wrong", value=cell, choices=choices) from None


def _raise(code: str, cell: str) -> NoReturn:
    raise InputError(code, value=cell)


_PARSERS: dict[Any, Callable[[str], Any]] = {
    str: parse_text,
    int: _integer,
    float: _decimal,
    bool: _boolean,
    IsoWeek: IsoWeek.parse,
    date: _date,
    time: _time,
}

_TO_TEXT: dict[type, Callable[[Any, ZoneInfo], str]] = {
    type(None): lambda _value, _zone: "",
    bool: lambda value, _zone: "ja" if value else "nej",
    datetime: _local_text,
    time: lambda value, _zone: value.isoformat("minutes"),
    Span: lambda span, zone: f"{_local_text(span.start, zone)}–{_clock_text(span.end, zone)}",
    tuple: lambda values, zone: ", ".join([to_cell(one, zone) for one in values]),
}
"""How values become texts that are not what ``str`` makes of them."""
