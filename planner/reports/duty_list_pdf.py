"""A day's duties on paper, hour by hour: what the planner has beside the telephone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from planner import words
from planner.domain.duties import DutyKind
from planner.reports.day_frame import RIGHT, SMALL, WIDTH, render_days
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    MEDIUM,
    SEMIBOLD,
    SOFT,
    Stack,
    Style,
    Text,
    set_text,
)
from planner.reports.duty_list import DutyList, ListedDuty
from planner.reports.duty_words import kind_text
from planner.reports.flow import Cell, Placed, Row, single
from planner.reports.school_sheet import Presence
from planner.words import N_, _, ngettext

_WHAT = MARGIN + 84
_WHO = _WHAT + 190
_CONTACT_WIDTH = 92.0
_GAP = 10.0
_WHO_WIDTH = RIGHT - _CONTACT_WIDTH - _GAP - _WHO

_HOUR = Style(font=BOLD, size=17, leading=1.2)
_TIME = Style(font=BOLD, size=11.5, leading=1.25)
_STRONG = Style(font=SEMIBOLD, size=10.5)
_PLAIN = Style(size=10.5)

_DECIDED = {
    Presence.OWN_STAFF: N_("The school's own staff"),
    Presence.CANCELLED: N_("Cancelled, the principal has been told"),
}


def render_duty_lists(days: Sequence[DutyList]) -> bytes:
    """Return a PDF of days' duties, each day with a bookmark and page numbers of its own.

    Raises
    ------
    ValueError
        There is no day.
    """
    return render_days(days, _("Duty list"), summary=_summary, rows=_rows)


def _summary(day: DutyList) -> str:
    parts = [ngettext("{n} duty", "{n} duties", len(day.duties))]
    if day.n_gaps:
        parts.append(ngettext("{n} gap", "{n} gaps", day.n_gaps))
    return " · ".join(parts)


def _rows(day: DutyList) -> Iterator[Placed]:
    if not day.duties:
        style = Style(font=MEDIUM, size=13, color=SOFT)
        text = set_text(_("There are no duties this day."), style, WIDTH)
        yield Placed((Row((Cell(MARGIN, single(text)),), above=14),))
    for hour, duties in groupby(
        day.duties, key=lambda duty: words.clock(duty.span.start, day.tz)[:2]
    ):
        of_hour = list(duties)
        head, again = (_hour(hour, of_hour, is_again=is_again) for is_again in (False, True))
        for duty in of_hour:
            yield Placed((_row(day, duty),), (head,), (again,))


def _hour(hour: str, duties: Sequence[ListedDuty], *, is_again: bool) -> Row:
    title = set_text(f"{hour}:00", _HOUR, _WHAT - MARGIN)
    said = ngettext("{n} duty", "{n} duties", len(duties))
    n_gaps = sum(duty.is_gap for duty in duties)
    if n_gaps:
        lacking = ngettext("{n} gap", "{n} gaps", n_gaps)
        said = f"{said} · {lacking}"
    if is_again:
        said = _("continued")
    beside = set_text(said, replace(SMALL, size=10, leading=2.0), WIDTH)
    cells = (Cell(MARGIN, single(title)), Cell(_WHAT, single(beside)))
    return Row(cells, above=9, below=1, line=0.8, line_left=MARGIN, line_color=INK)


def _row(day: DutyList, duty: ListedDuty) -> Row:
    time = words.clock_span(duty.span.start, duty.span.end, day.tz)
    times = [set_text(time, _TIME, _WHAT - MARGIN - 4, smallest=9)]
    if duty.minutes < duty.span.minutes:
        minutes = _("{minutes} min of it", minutes=duty.minutes)
        times.append(set_text(minutes, SMALL, _WHAT - MARGIN))
    cells = (Cell(MARGIN, Stack(tuple(times))), Cell(_WHAT, _what(duty)), *_who(duty))
    return Row(cells, above=3, below=3, line=0.4, line_left=MARGIN)


def _what(duty: ListedDuty) -> Stack:
    room = _WHO - _WHAT - _GAP
    kind = kind_text(duty.kind, moment=duty.moment, meeting=duty.meeting)
    crew = _("crew {label}", label=duty.crew) if duty.crew else ""
    # A safety walk asks for both, at one time and place.
    role = _("Contact person") if duty.kind is DutyKind.WALK and not duty.is_crew else ""
    parts = (kind, role, duty.place, duty.meeting_place, crew)
    about = " · ".join(part for part in parts if part)
    return Stack((set_text(duty.title, _STRONG, room, smallest=9), set_text(about, SMALL, room)))


def _who(duty: ListedDuty) -> Iterator[Cell]:
    """Yield who does it with numbers beside, what lacks or was decided, and else whom to ring."""
    said = [(one.display_name, _PLAIN, one.phone) for one in duty.people]
    if duty.decided is not None:
        said.append((_(_DECIDED[duty.decided]), replace(_PLAIN, color=SOFT), ""))
    elif duty.is_gap:
        said.insert(0, ("", _PLAIN, ""))
        yield from _gap(duty)
    if not said:
        return
    desk = "" if any(phone for _name, _style, phone in said) else duty.desk
    lines = [_line(text, style, phone) for text, style, phone in said]
    phones = [phone for _text, phone in lines]
    if desk:
        whose = _("Duty desk") if duty.moment is None else _("The school's office")
        phones = [
            set_text(desk, _STRONG, _CONTACT_WIDTH, smallest=7),
            set_text(whose, SMALL, _CONTACT_WIDTH, smallest=7),
        ]
    yield Cell(_WHO, Stack(tuple(text for text, _phone in lines)))
    yield Cell(RIGHT, Stack(tuple(phones)), is_right=True)


def _gap(duty: ListedDuty) -> Iterator[Cell]:
    word = set_text(_("Gap").upper(), Style(font=BOLD, size=9, leading=1.4), _WHO_WIDTH)
    yield Cell(_WHO, single(word), tag="filled")
    left = _WHO + word.width + word.style.size * 0.9 + 6
    said = ngettext("{n} person missing", "{n} people missing", duty.missing)
    room = _WHO_WIDTH + _WHO - left
    yield Cell(left, single(set_text(said, _STRONG, room, smallest=8)))


def _line(said: str, style: Style, phone: str) -> tuple[Text, Text]:
    """Return a text and the number beside it, equally high."""
    text = set_text(said, style, _WHO_WIDTH)
    number = set_text(phone, _STRONG, _CONTACT_WIDTH, smallest=7)
    leading = style.size * style.leading / number.style.size
    n = max(len(text.lines), len(number.lines), 1)
    return (
        Text(_filled(text, n), style),
        Text(_filled(number, n), replace(number.style, leading=leading)),
    )


def _filled(text: Text, n: int) -> tuple[str, ...]:
    return (*text.lines, *[""] * (n - len(text.lines)))
