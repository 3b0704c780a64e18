"""A person's hours on paper: week by week, shift by shift, and what is carried over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from planner import words
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    MEDIUM,
    PAGE_WIDTH,
    SEMIBOLD,
    SOFT,
    Document,
    Stack,
    Style,
    set_text,
)
from planner.reports.flow import Cell, Drawn, Placed, Row, flowed, single
from planner.reports.hours_statement import HoursBound, HoursShift, HoursStatement, HoursWeek
from planner.reports.hours_words import (
    absent_text,
    balance_text,
    burdens_text,
    opening_text,
    rule_book_text,
    unknown_text,
    week_burdens_text,
)
from planner.reports.week_frame import WeekFrame, week_title
from planner.words import _

_RIGHT = PAGE_WIDTH - MARGIN
_WHEN = MARGIN + 58
_COLUMN = 56.0
_BALANCE = _RIGHT
_COUNTED, _CREDITED, _WORKED = (_RIGHT - n * _COLUMN for n in (1, 2, 3))
_SHIFT_WIDTH = _WORKED - _COLUMN + 8 - _WHEN

_FIGURE = Style(font=BOLD, size=20, leading=1.15)
_WEEK = Style(font=BOLD, size=12.5, leading=1.25)
_HEAD = Style(font=SEMIBOLD, size=8.5, color=SOFT)
_PLAIN = Style(size=10)
_NUMBER = Style(font=MEDIUM, size=10)
_STRONG = Style(font=SEMIBOLD, size=10)
_SMALL = Style(size=9, color=SOFT)


def render_hours_statements(statements: Sequence[HoursStatement]) -> bytes:
    """Return a PDF of people's hours, each with a bookmark and page numbers of its own.

    Raises
    ------
    ValueError
        There is no statement.
    """
    if not statements:
        raise ValueError("no statement to print")
    first = statements[0]
    subject = week_title(first)
    title = _("Hours")
    if len(statements) == 1:
        title = f"{title}: {first.display_name}"
    doc = Document(
        title=f"{title}, {subject}",
        subject=subject,
        is_draft=any(one.version is None for one in statements),
    )
    for statement in statements:
        doc.bookmark(statement.display_name)
        _draw(doc, statement)
    return doc.to_bytes()


def _draw(doc: Document, statement: HoursStatement) -> None:
    whose = " · ".join(part for part in (statement.employer, statement.squad) if part)
    frame = WeekFrame(
        statement,
        kind=_("Hours"),
        title=statement.display_name,
        about=f"{whose} · {week_title(statement)}",
        notes=(rule_book_text(statement),) if statement.rule_book else (),
    )
    pages = flowed(_blocks(statement, frame), frame.bottom - frame.top)
    for number, rows in enumerate(pages, start=1):
        frame.draw(doc, number, len(pages))
        top = frame.top
        for row in rows:
            top = row.draw(doc, top, frame.right)
        doc.end_page()


def _blocks(statement: HoursStatement, frame: WeekFrame) -> Iterator[Placed]:
    yield Placed((_figures(statement),))
    heads = _heads()
    yield Placed((_opening(statement),), (heads,), (heads,))
    for week in statement.weeks:
        title, again = (_title(week, is_again=one) for one in (False, True))
        rows = list(_rows(statement, week))
        for row in rows[:-1]:
            yield Placed((row,), (heads, title), (heads, again))
        # A sum does not stand alone on a page.
        yield Placed((*rows[-1:], _sum(week)), (heads, title), (heads, again))
    notes = [burdens_text(statement), unknown_text(statement)]
    yield Placed(
        tuple(_text(note, _PLAIN, frame.width, above=6.0) for note in notes if note),
    )


def _figures(statement: HoursStatement) -> Row:
    """Return the three figures of the statement's own week."""
    week = statement.weeks[-1]
    figures = (
        (words.hours(week.counted_min), _("counted hours this week")),
        (words.hours(week.target_min), _("hours of the contract")),
        (balance_text(week.balance_min), _("balance after the week")),
    )
    width = (_RIGHT - MARGIN) / len(figures)
    cells = [
        Cell(
            MARGIN + number * width,
            Stack((set_text(figure, _FIGURE, width), set_text(meaning, _SMALL, width))),
        )
        for number, (figure, meaning) in enumerate(figures)
    ]
    return Row(tuple(cells), above=10, below=10)


def _heads() -> Row:
    cells = [
        Cell(right, single(set_text(text, _HEAD, _COLUMN - 4, smallest=7)), is_right=True)
        for text, right in (
            (_("Worked"), _WORKED),
            (_("Credited"), _CREDITED),
            (_("Counted"), _COUNTED),
            (_("Balance"), _BALANCE),
        )
    ]
    return Row(tuple(cells), above=4, below=3, line=0.8, line_left=MARGIN, line_color=INK)


def _opening(statement: HoursStatement) -> Row:
    said = opening_text(statement)
    cells = [Cell(MARGIN, single(set_text(said, _PLAIN, _COUNTED - MARGIN)))]
    if statement.opening is not None:
        start = statement.opening.balance_min + statement.earlier_min
        cells.append(_figure(balance_text(start), _BALANCE, _STRONG))
    return Row(tuple(cells), above=4, below=4, line=0.4, line_left=MARGIN)


def _title(week: HoursWeek, *, is_again: bool) -> Row:
    name = set_text(_("Week {week}", week=week.week.week), _WEEK, 120)
    days = week.week.days
    about = [words.date_range(days[0], days[-1])]
    about.append(
        _("Draft") if week.version is None else _("version {version}", version=week.version)
    )
    about.append(_("continued") if is_again else week_burdens_text(week))
    beside = set_text(" · ".join(filter(None, about)), _SMALL, _RIGHT - MARGIN - name.width - 8)
    cells = (Cell(MARGIN, single(name)), Cell(MARGIN + name.width + 8, single(beside)))
    return Row(cells, above=7, below=1)


def _rows(statement: HoursStatement, week: HoursWeek) -> Iterator[Drawn]:
    in_order = [
        *((shift.parts[0], _shift(statement, shift)) for shift in week.shifts),
        *((bound.span, _bound(statement, bound)) for bound in week.bound),
    ]
    yield from (row for _span, row in sorted(in_order, key=itemgetter(0)))
    if week.absent_days:
        yield _text(absent_text(week), _PLAIN, _RIGHT - MARGIN, above=2.0, below=2.0)
    if not (week.shifts or week.bound or week.absent_days):
        yield _text(
            _("No shifts and no bound time."), replace(_PLAIN, color=SOFT), 400.0, above=2.0
        )


def _shift(statement: HoursStatement, shift: HoursShift) -> Row:
    zone = statement.tz
    times = ", ".join(words.clock_span(part.start, part.end, zone) for part in shift.parts)
    label = " ".join(part for part in (shift.code, shift.name) if part)
    pauses = ", ".join(words.clock_span(one.start, one.end, zone) for one in shift.breaks)
    about = [label] if label else []
    if pauses:
        about.append(_("break {times}", times=pauses))
    minutes = (shift.worked_min, shift.credited_min, shift.counted_min)
    return _line(words.short_date(shift.day), times, " · ".join(about), minutes)


def _bound(statement: HoursStatement, bound: HoursBound) -> Row:
    span, counted = bound.span, bound.counted_min
    day = words.short_date(span.start.astimezone(statement.tz).date())
    about = _("bound time") if counted else _("bound time, counted in the shift")
    when = words.clock_span(span.start, span.end, statement.tz)
    return _line(day, when, about, (counted, 0, counted))


def _line(day: str, what: str, about: str, minutes: tuple[int, int, int]) -> Row:
    main = set_text(what, _NUMBER, _SHIFT_WIDTH)
    cells = [Cell(MARGIN, single(set_text(day, _PLAIN, _WHEN - MARGIN)))]
    room = _SHIFT_WIDTH - main.width - 8
    beside = set_text(about, _SMALL, max(room, 1))
    if len(beside.lines) <= 1:
        cells += [Cell(_WHEN, single(main)), Cell(_WHEN + main.width + 8, single(beside))]
    else:
        below = set_text(about, _SMALL, _SHIFT_WIDTH)
        cells.append(Cell(_WHEN, Stack((main, below))))
    for value, right in zip(minutes, (_WORKED, _CREDITED, _COUNTED), strict=True):
        cells.append(_figure(words.hours(value) if value else "–", right, _NUMBER))
    return Row(tuple(cells), above=1.5, below=1.5, line=0.3, line_left=MARGIN)


def _figure(said: str, right: float, style: Style) -> Cell:
    return Cell(right, single(set_text(said, style, _COLUMN)), is_right=True)


def _sum(week: HoursWeek) -> Row:
    difference = balance_text(week.counted_min - week.target_min)
    said = _(
        "Contract {target} · difference {difference}",
        target=words.hours(week.target_min),
        difference=difference,
    )
    text = set_text(said, _STRONG, _SHIFT_WIDTH + _WHEN - MARGIN)
    cells = [Cell(MARGIN, single(text))]
    sums = (week.worked_min + week.bound_min, week.credited_min, week.counted_min)
    for value, right in zip(sums, (_WORKED, _CREDITED, _COUNTED), strict=True):
        cells.append(_figure(words.hours(value), right, _STRONG))
    cells.append(_figure(balance_text(week.balance_min), _BALANCE, _STRONG))
    return Row(tuple(cells), above=2.5, below=3, line=0.8, line_left=MARGIN)


def _text(text: str, style: Style, width: float, *, above: float = 0.0, below: float = 0.0) -> Row:
    return Row((Cell(MARGIN, single(set_text(text, style, width))),), above=above, below=below)
