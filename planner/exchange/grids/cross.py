"""Grids of people and dates: a date over each column, a person before each row."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.domain.grids import GridKind, Mark
from planner.exchange.grids.collecting import Collected, Hints
from planner.exchange.grids.dates import (
    PartialDay,
    months_in,
    partial_day,
    week_in,
    weekdays_of,
    years_in,
)
from planner.exchange.grids.names import is_name, is_name_heading, is_squad, is_sum
from planner.exchange.grids.raw import RawSheet
from planner.exchange.grids.when import Axis, resolved

_LEAST_DAYS = 5
_MOST_STEP = 4
"""Days that may lack between two columns: a weekend and a holiday."""
_NEAR = 4
"""Rows around the dates in which weekdays and weeks stand."""


def read_cross(sheet: RawSheet, hints: Hints) -> Collected | None:
    """Return what a grid of people and dates holds, or nothing when the sheet is none."""
    headers = {row: days for row in range(len(sheet.rows)) if (days := days_in_row(sheet, row))}
    if not headers:
        return None
    found = Collected(sheet, GridKind.CROSS)
    names = name_columns(sheet, min(headers), set().union(*headers.values()))
    if not names:
        return None
    starts = sorted(headers)
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        dates = _dates(found, start, headers[start], hints)
        read_block(found, range(start + 1, end), dates, names)
    _note_headings(found, starts[0], headers[starts[0]], names)
    return found


def days_in_row(sheet: RawSheet, row: int) -> dict[int, PartialDay]:
    """Return the longest row of days that follow each other, by column; nothing if it is short."""
    best: dict[int, PartialDay] = {}
    run: dict[int, PartialDay] = {}
    last: PartialDay | None = None
    for column, cell in enumerate(sheet.rows[row]):
        if cell.is_empty or cell.is_wide:
            continue
        day = partial_day(cell)
        if day is None:
            continue
        if last is None or not _follows(last, day):
            run = {}
        run[column] = day
        last = day
        if len(run) > len(best):
            best = dict(run)
    return best if len(best) >= _LEAST_DAYS else {}


def _follows(before: PartialDay, after: PartialDay) -> bool:
    if (before.month is None) != (after.month is None):
        return False
    same_month = before.month == after.month
    if same_month and 1 <= after.day - before.day <= _MOST_STEP:
        return True
    is_next = before.month is None or (before.month % 12 + 1 == after.month)
    return is_next and before.day >= 28 - _MOST_STEP + 1 and after.day <= _MOST_STEP


def name_columns(sheet: RawSheet, header: int, taken: set[int]) -> tuple[int, ...]:
    """Return where names stand: one column, or last and first name; nothing when nowhere.

    Parameters
    ----------
    header
        Row of the headings; names stand below it.
    taken
        Columns that hold something else.
    """
    free = [column for column in range(sheet.n_columns) if column not in taken]
    for row in range(max(header - 2, 0), min(header + 3, len(sheet.rows))):
        texts = {column: sheet.rows[row][column].text.strip(" .:").casefold() for column in free}
        last = next((c for c, text in texts.items() if text in {"efternamn", "last name"}), None)
        first = next((c for c, text in texts.items() if text in {"förnamn", "first name"}), None)
        if last is not None and first is not None:
            return first, last
        named = [column for column, text in texts.items() if is_name_heading(text)]
        if named and _n_names(sheet, header, named[0]):
            return (named[0],)
    counts = {column: _n_names(sheet, header, column) for column in free}
    best = max(counts, key=lambda column: (counts[column], -column), default=None)
    return (best,) if best is not None and counts[best] >= 1 else ()


def _n_names(sheet: RawSheet, header: int, column: int) -> int:
    cells = sheet.column(column)[header + 1 :]
    return len({cell.text for cell in cells if not cell.is_wide and is_name(cell.text)})


def name_in(sheet: RawSheet, row: int, names: tuple[int, ...]) -> str:
    """Return the name that stands in a row."""
    return " ".join(sheet.rows[row][column].text for column in names).strip()


def number_in(sheet: RawSheet, row: int) -> int:
    """Return what tells the person of a row apart by number; 0 for none."""
    return next((cell.person for cell in sheet.rows[row] if cell.person), 0)


def _dates(
    found: Collected, header: int, days: dict[int, PartialDay], hints: Hints
) -> dict[int, date]:
    sheet = found.sheet
    near = [row for row in range(max(header - _NEAR, 0), header + 3) if row < len(sheet.rows)]
    above = list(range(header - 1, -1, -1))
    titles = [
        *(cell.text for column, cell in enumerate(sheet.rows[header]) if column not in days),
        *(cell.text for row in above for cell in sheet.rows[row] if cell.text),
        sheet.title,
        hints.file,
    ]
    dated = [cell.day for row in above for cell in sheet.rows[row] if cell.day is not None]
    months = _months(sheet, above, days, titles)
    if not months and dated and dated[0].day == 1:
        months = {next(iter(days)): dated[0].month}
    axis = Axis(
        days=days,
        months=months,
        years=(*years_in(titles), *(day.year for day in dated)),
        weekdays=_weekdays(found, near, header, days),
        weeks=_weeks(found, near, days),
    )
    dates, doubt = resolved(axis, hints)
    found.doubt = found.doubt or doubt
    for column in days:
        found.mark(header, column, Mark.DATE)
    for row in above:
        for column, cell in enumerate(sheet.rows[row]):
            if months_in(cell.text) or years_in([cell.text]):
                found.mark(row, column, Mark.HEADING)
    return dates


def _months(
    sheet: RawSheet, above: list[int], days: dict[int, PartialDay], titles: list[str]
) -> dict[int, int]:
    """Return the month over each column, else the first that a title names."""
    for row in above:
        over = {column: months_in(sheet.rows[row][column].text) for column in days}
        named = {column: months for column, months in over.items() if months}
        if len({months[0] for months in named.values()}) > 1 or len(named) == len(days):
            single = {column: months[0] for column, months in named.items() if len(months) == 1}
            if single:
                return single
    said = next((months for title in titles if (months := months_in(title))), ())
    return {next(iter(days)): said[0]} if said else {}


def _weekdays(
    found: Collected, near: list[int], header: int, days: dict[int, PartialDay]
) -> dict[int, set[int]]:
    best: dict[int, set[int]] = {}
    best_row = header
    for row in near:
        cells = found.sheet.rows[row]
        said = {c: found_days for c in days if (found_days := weekdays_of(cells[c].text))}
        if len(said) > len(best) and len({frozenset(one) for one in said.values()}) > 1:
            best, best_row = said, row
    if len(best) < 0.6 * len(days):
        return {}
    if best_row != header:
        for column in best:
            found.mark(best_row, column, Mark.HEADING)
    return best


def _weeks(found: Collected, near: list[int], days: dict[int, PartialDay]) -> dict[int, int]:
    for row in near:
        cells = found.sheet.rows[row]
        said = {c: week for c in days if (week := week_in(cells[c].text)) is not None}
        if said:
            for column in said:
                found.mark(row, column, Mark.HEADING)
            return said
    return {}


def read_block(
    found: Collected, rows: range, dates: Mapping[int, date], names: tuple[int, ...]
) -> None:
    """Note the people of some rows and what they do on each date."""
    sheet, squad = found.sheet, ""
    plain = {row for row in rows if _is_numbers(sheet, row, dates)}
    counted = plain if len(plain) < len(rows) / 3 else set()  # else the codes are numbers
    for row in rows:
        name = name_in(sheet, row, names)
        if not name or is_sum(name) or row in counted or is_name_heading(name):
            continue
        if _is_heading(sheet, row, dates, names, name):
            squad = name
            found.mark(row, names[0], Mark.SQUAD)
        elif is_name(name):
            key = found.person(name, number=number_in(sheet, row), squad=squad, row=row)
            for column in names:
                found.mark(row, column, Mark.NAME)
            for column, day in dates.items():
                found.cell(key, day, row, column)


def _is_heading(
    sheet: RawSheet, row: int, dates: Mapping[int, date], names: tuple[int, ...], name: str
) -> bool:
    """Tell whether a row names a squad: it goes over the days, or says so and has nothing else."""
    over_days = [sheet.rows[row][column] for column in dates]
    if any(cell.is_wide and cell.text == sheet.rows[row][names[0]].text for cell in over_days):
        return True
    is_empty = all(cell.is_empty for cell in over_days)
    return is_empty and (is_squad(name) or len(name.split()) == 1)


def _is_numbers(sheet: RawSheet, row: int, dates: Mapping[int, date]) -> bool:
    texts = [text for column in dates if (text := sheet.rows[row][column].text)]
    return bool(texts) and all(text.replace(",", ".").replace(".", "").isdigit() for text in texts)


def _note_headings(
    found: Collected, header: int, days: dict[int, PartialDay], names: tuple[int, ...]
) -> None:
    """Keep what the layout is told again by, and which columns are not read."""
    texts = dict(_headings(found.sheet, header, days))
    for column in names:
        found.mark(header, column, Mark.HEADING)
    found.unread += [text for column, text in texts.items() if column not in names]
    form = "full" if next(iter(days.values())).month else "day"
    found.headings = [form, str(names), str(min(days)), *texts.values()]


def _headings(
    sheet: RawSheet, header: int, days: dict[int, PartialDay]
) -> Iterator[tuple[int, str]]:
    for column in range(sheet.n_columns):
        cell = sheet.rows[header][column]
        if column not in days and cell.text and not cell.is_wide and partial_day(cell) is None:
            yield column, cell.text
