"""Days, weeks, months and weekdays, in all the ways that people write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planner.exchange.grids.raw import RawCell

_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb", "febr"),
    ("mars", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augusti", "august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_WEEKDAYS = (
    ("måndag", "mån", "må", "monday", "mon", "mo"),
    ("tisdag", "tis", "tisd", "ti", "tuesday", "tue", "tu"),
    ("onsdag", "ons", "onsd", "on", "wednesday", "wed", "we"),
    ("torsdag", "tor", "tors", "torsd", "to", "thursday", "thu", "th"),
    ("fredag", "fre", "fred", "fr", "friday", "fri"),
    ("lördag", "lör", "lörd", "lö", "saturday", "sat", "sa"),
    ("söndag", "sön", "sönd", "sö", "sunday", "sun", "su"),
)
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS, 1) for name in names}
_LETTERS = {"m": {1}, "t": {2, 4}, "o": {3}, "f": {5}, "l": {6}, "s": {6, 7}, "w": {3}}
_WEEKDAY = "|".join(sorted(_WEEKDAY_OF, key=len, reverse=True))

_DAY_FORMS = tuple(
    re.compile(rf"(?:(?:{_WEEKDAY}|[mtofls])\.?,?\s+(?:den\s+)?)?{form}", re.IGNORECASE)
    for form in (
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)",
        r"(?P<day>\d{1,2})\s?[./]\s?(?P<month>\d{1,2})\.?(?:\s?[-/. ]\s?(?P<year>(?:20)?\d\d))?",
        r"(?P<year>\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)",
        rf"(?P<day>\d{{1,2}})\.?\s?(?P<name>{_MONTH})\.?(?:\s?-?(?P<year>(?:20)?\d\d))?",
        r"(?P<day>\d{1,2})\.?",
    )
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTH_WORD = re.compile(rf"(?<![^\W\d_])({_MONTH})(?![^\W\d_])", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"(?<!\d)20\d\d[-/ ]?(0[1-9]|1[0-2])(?!\d)")
_WEEK_CELL = re.compile(r"(?:20\d\d)?[-\s]?(?:vecka|v|week|w)?\.?\s?(\d{1,2})", re.IGNORECASE)
_WEEK = re.compile(r"(?<![^\W\d_])(?:vecka|v|week|w)\.?\s?(\d{1,2})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day as far as a cell says it; the month and year may stand elsewhere."""

    day: int
    month: int | None = None
    year: int | None = None


def partial_day(cell: RawCell) -> PartialDay | None:
    """Return the day that a cell says, or nothing."""
    if cell.day is not None:
        return PartialDay(cell.day.day, cell.day.month, cell.day.year)
    text = cell.text.strip()
    for form in _DAY_FORMS if text and len(text) <= 24 else ():
        match = form.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        month = _MONTH_OF[found["name"].lower()] if found.get("name") else found.get("month")
        year = int(found["year"]) if found.get("year") else None
        if year is not None and year < 100:
            year += 2000
        made = PartialDay(int(found["day"]), None if month is None else int(month), year)
        if _is_day(made):
            return made
    return None


def _is_day(partial: PartialDay) -> bool:
    return 1 <= partial.day <= 31 and (partial.month is None or 1 <= partial.month <= 12)


def whole_day(cell: RawCell) -> date | None:
    """Return the day of a cell that says all of it, or nothing."""
    found = partial_day(cell)
    if found is None or found.month is None or found.year is None:
        return None
    return make_day(found.year, found.month, found.day)


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a date, or nothing when the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekdays_of(text: str) -> set[int]:
    """Return which weekdays a text may be, Monday 1; several for a single letter."""
    word = re.split(r"[\s.,]", text.strip().lower(), maxsplit=1)[0]
    if word in _WEEKDAY_OF:
        return {_WEEKDAY_OF[word]}
    return _LETTERS.get(word, set())


def is_weekday_name(text: str) -> bool:
    """Tell whether a text is a weekday's name and nothing else."""
    return text.strip(" .:").lower() in _WEEKDAY_OF


def years_in(texts: Iterable[str]) -> tuple[int, ...]:
    """Return the years that texts name, each once."""
    return tuple(dict.fromkeys(int(found) for text in texts for found in _YEAR.findall(text)))


def months_in(text: str) -> tuple[int, ...]:
    """Return the months that a text names, in its order."""
    named = [_MONTH_OF[word.lower()] for word in _MONTH_WORD.findall(text)]
    return tuple(named or (int(number) for number in _MONTH_NUMBER.findall(text)))


def week_in(text: str) -> int | None:
    """Return the week that a text names, such as ``v. 48``."""
    match = _WEEK.search(text)
    if match is None:
        return None
    week = int(match[1])
    return week if 1 <= week <= 53 else None


def week_number(cell: RawCell) -> int | None:
    """Return the week of a cell under a heading that says week: a number, or ``2026-W48``."""
    match = _WEEK_CELL.fullmatch(cell.text)
    if match is None:
        return None
    return int(match[1]) if 1 <= int(match[1]) <= 53 else None
