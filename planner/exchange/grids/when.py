"""Which dates a row of days is, when parts of them stand elsewhere or nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.domain.grids import Doubt, DoubtKind
from planner.exchange.grids.collecting import Hints
from planner.exchange.grids.dates import PartialDay, make_day

_MOSTLY = 0.9
"""Share of days that must agree with their weekdays and weeks; sheets have slips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A row of days and what stands around it.

    Parameters
    ----------
    months
        By column, where a title over it names one.
    years
        That titles, the sheet's name or the file's name, the nearest first.
    weekdays, weeks
        By column, what else is said of the day.
    """

    days: Mapping[int, PartialDay]
    months: Mapping[int, int] = field(default_factory=dict)
    years: Sequence[int] = ()
    weekdays: Mapping[int, set[int]] = field(default_factory=dict)
    weeks: Mapping[int, int] = field(default_factory=dict)


def resolved(axis: Axis, hints: Hints) -> tuple[dict[int, date], Doubt | None]:
    """Return the date of each column, and what of them is a guess."""
    years, are_named = _years(axis, hints)
    months = _first_months(axis, hints)
    tried = {
        (year, month): dates
        for year in years
        for month in months
        if (dates := _dates(axis, year, month)) and _agrees(axis, dates)
    }
    if not tried:  # nothing agrees: take what is named, and ask
        year, month = years[0], months[0] if len(months) == 1 else hints.today.month
        tried = {(year, month): _dates(axis, year, month)}
        return tried[year, month], _doubt(DoubtKind.YEAR, year, (year - 1, year, year + 1))
    if are_named:
        best = min(tried, key=lambda one: (years.index(one[0]), _far(tried[one], hints)))
    else:
        best = min(tried, key=lambda one: _far(tried[one], hints))
    of_year = sorted({month for year, month in tried if year == best[0]})
    if len(of_year) > 1:
        return tried[best], _doubt(DoubtKind.MONTH, best[1], tuple(of_year))
    all_years = sorted({year for year, _ in tried})
    if not are_named and len(all_years) > 1:
        return tried[best], _doubt(DoubtKind.YEAR, best[0], tuple(all_years))
    return tried[best], None


def _doubt(kind: DoubtKind, taken: int, choices: tuple[int, ...]) -> Doubt:
    return Doubt(kind=kind, taken=taken, choices=choices)


def _years(axis: Axis, hints: Hints) -> tuple[list[int], bool]:
    """Return the years that the first day may be in, and whether anybody said so."""
    said = [partial.year for partial in axis.days.values() if partial.year is not None]
    if said:
        return said[:1], True
    if hints.year is not None:
        return [hints.year], True
    if axis.years:
        return list(axis.years), True
    this = hints.today.year
    return [this, this + 1, this - 1], False


def _first_months(axis: Axis, hints: Hints) -> list[int]:
    first = next(iter(axis.days))
    month = axis.days[first].month
    if month is not None:
        return [month]
    if hints.month is not None:
        return [hints.month]
    if first in axis.months:
        return [axis.months[first]]
    return list(range(1, 13))


def _dates(axis: Axis, year: int, month: int) -> dict[int, date]:
    """Return dates that begin in that month; nothing when it has no such days."""
    found: dict[int, date] = {}
    for column, at in _walk(axis, year, month):
        if at is None:
            return {}
        found[column] = at
    return found


def _walk(axis: Axis, year: int, month: int) -> Iterator[tuple[int, date | None]]:
    last_day, is_first = 0, True
    for column, partial in axis.days.items():
        now = partial.month
        if now is None:
            named = None if is_first else axis.months.get(column)
            now = named or (month % 12 + 1 if partial.day < last_day else month)
        if now < month and not is_first:
            year += 1
        month, last_day, is_first = now, partial.day, False
        yield column, make_day(partial.year or year, month, partial.day)


def _agrees(axis: Axis, dates: Mapping[int, date]) -> bool:
    said = [dates[column].isoweekday() in days for column, days in axis.weekdays.items()]
    said += [dates[column].isocalendar().week == week for column, week in axis.weeks.items()]
    return sum(said) >= _MOSTLY * len(said)


def _far(dates: Mapping[int, date], hints: Hints) -> int:
    return abs((next(iter(dates.values())) - hints.today).days)
