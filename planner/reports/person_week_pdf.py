"""A person's own week on paper: where to be, when, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner import words
from planner.domain.spans import Span
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    MEDIUM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SEMIBOLD,
    SOFT,
    Document,
    Stack,
    Style,
    Text,
    paginated,
    set_text,
)
from planner.reports.person_week import (
    OtherTime,
    OtherTimeKind,
    PersonDay,
    PersonDuty,
    PersonShift,
    PersonWeek,
)
from planner.words import _

_RIGHT = PAGE_WIDTH - MARGIN
_WIDTH = _RIGHT - MARGIN
_SIDE_WIDTH = 150.0
_DAY_WIDTH = 84.0
_BODY = MARGIN + _DAY_WIDTH
_TIME_WIDTH = 82.0
_TITLE_WIDTH = 158.0
_GAP = 10.0
_PADDINGS = (8.0, 4.0)
"""Above and below a day; the first of those that take the fewest pages is used."""
_MOST_STRETCH = 10.0

_PLAIN = Style(size=10)
_SMALL = Style(size=9, color=SOFT)
_STRONG = Style(font=SEMIBOLD, size=10)
_BLOCK = Style(font=BOLD, size=12.5, leading=1.3)


@dataclass(frozen=True, slots=True)
class _Line:
    """Texts beside each other, each with its left edge."""

    texts: tuple[tuple[float, Text], ...]
    space_before: float = 0.0

    @property
    def height(self) -> float:
        return self.space_before + max(text.height for _x, text in self.texts)

    def draw(self, doc: Document, top: float) -> float:
        for x, text in self.texts:
            doc.text(text, x, top + self.space_before)
        return top + self.height


@dataclass(frozen=True, slots=True)
class _Row:
    """A day, or as much of it as fits on a page, as printed."""

    day: Stack
    lines: tuple[_Line, ...]
    padding: float

    @property
    def height(self) -> float:
        return max(self.day.height, sum(line.height for line in self.lines)) + 2 * self.padding


def render_person_weeks(weeks: Sequence[PersonWeek]) -> bytes:
    """Return a PDF of people's own weeks, each with a bookmark and page numbers of its own.

    Raises
    ------
    ValueError
        There is no week.
    """
    if not weeks:
        raise ValueError("no week to print")
    first = weeks[0]
    subject = _("Week {week}, {year}", week=first.week.week, year=first.week.year)
    title = _("Own weeks") if len(weeks) > 1 else _("Own week") + f": {first.display_name}"
    is_draft = any(week.version is None for week in weeks)
    doc = Document(title=f"{title}, {subject}", subject=subject, is_draft=is_draft)
    for week in weeks:
        doc.bookmark(week.display_name)
        _Layout(week).draw(doc)
    return doc.to_bytes()


class _Layout:
    """One person's week, laid out."""

    def __init__(self, week: PersonWeek) -> None:
        self._week = week
        self._title = set_text(
            week.display_name,
            Style(font=BOLD, size=26, leading=1.15),
            _WIDTH - _SIDE_WIDTH - _GAP,
            smallest=17,
        )
        self._foot = _foot(week)
        self._top = MARGIN + 16 + self._title.height + 50
        self._bottom = PAGE_HEIGHT - MARGIN - 10 - self._foot.height
        room = self._bottom - self._top - _GAP
        rows = [
            [piece for day in week.days for piece in _split(self._row(day, padding), room)]
            for padding in _PADDINGS
        ]
        pages = [paginated([row.height for row in of_padding], room) for of_padding in rows]
        best = min(range(len(pages)), key=lambda n: len(pages[n]))
        self._rows, self._pages, self._room = rows[best], pages[best], room

    def draw(self, doc: Document) -> None:
        for number, indexes in enumerate(self._pages, start=1):
            self._draw_heading(doc)
            rows = [self._rows[n] for n in indexes]
            spare = self._room - sum(row.height for row in rows)
            stretch = min(max(spare / max(len(rows), 1), 0.0), _MOST_STRETCH)
            top = self._top
            for row in rows:
                at = top + row.padding + stretch / 2
                doc.stack(row.day, MARGIN, at)
                for line in row.lines:
                    at = line.draw(doc, at)
                top += row.height + stretch
                doc.rule(MARGIN, _RIGHT, top)
            self._draw_foot(doc, number)
            doc.end_page()

    def _row(self, day: PersonDay, padding: float) -> _Row:
        name = words.weekday_name(day.day).capitalize()
        texts = [
            set_text(name, Style(font=BOLD, size=15, leading=1.15), _DAY_WIDTH),
            set_text(f"{day.day.day}/{day.day.month}", replace(_PLAIN, color=SOFT), _DAY_WIDTH),
        ]
        if day.occasion:
            occasion = replace(_SMALL, font=SEMIBOLD, color=INK)
            texts.append(set_text(day.occasion, occasion, _DAY_WIDTH - _GAP, smallest=7))
        lines = [line for shift in day.shifts for line in self._shift(shift)]
        lines += [self._other(other) for other in day.others]
        if day.is_absent:
            lines.insert(0, _one(_("Absent"), _BLOCK))
        if not lines:
            lines.append(_one(_("Free"), replace(_BLOCK, font=MEDIUM, color=SOFT)))
        return _Row(Stack(tuple(texts)), tuple(lines), padding)

    def _shift(self, shift: PersonShift) -> list[_Line]:
        times = ", ".join(self._clock(part) for part in shift.parts)
        label = " ".join(part for part in (shift.code, shift.name) if part)
        time = set_text(times, _BLOCK, _RIGHT - _BODY)
        beside = _BODY + time.width + _GAP
        if beside < _RIGHT - 100:
            name = set_text(label, replace(_PLAIN, leading=1.6), _RIGHT - beside, smallest=8)
            lines = [_Line(((_BODY, time), (beside, name)))]
        else:
            lines = [_Line(((_BODY, time),)), _one(label, _PLAIN)]
        about = []
        if shift.breaks:
            breaks = ", ".join(self._clock(pause) for pause in shift.breaks)
            about.append(_("break {times}", times=breaks))
        if shift.crew_partners:
            about.append(_("crew with {names}", names=", ".join(shift.crew_partners)))
        if shift.officer_in_charge:
            about.append(_("officer in charge {name}", name=shift.officer_in_charge))
        if about:
            said = " · ".join(about)
            lines.append(_one(said[0].upper() + said[1:], _SMALL))
        return lines + [self._duty(duty) for duty in shift.duties]

    def _duty(self, duty: PersonDuty) -> _Line:
        time = set_text(self._clock(duty.span), _STRONG, _TIME_WIDTH)
        title = set_text(duty.title, _PLAIN, _TITLE_WIDTH - _GAP, smallest=9)
        places = dict.fromkeys(
            place for place in (duty.place, duty.meeting_place) if place not in {"", duty.title}
        )
        left = _BODY + _TIME_WIDTH + _TITLE_WIDTH
        where = set_text(", ".join(places), replace(_PLAIN, color=SOFT), _RIGHT - left, smallest=9)
        return _Line(
            ((_BODY, time), (_BODY + _TIME_WIDTH, title), (left, where)),
            space_before=2.0,
        )

    def _other(self, other: OtherTime) -> _Line:
        kind = _("Bound time") if other.kind is OtherTimeKind.BOUND else _("Stand-by")
        label = f"{kind}: {other.title}" if other.title else kind
        time = set_text(self._clock(other.span), _BLOCK, _RIGHT - _BODY)
        left = _BODY + time.width + _GAP
        name = set_text(label, replace(_PLAIN, leading=1.6), _RIGHT - left, smallest=8)
        return _Line(((_BODY, time), (left, name)))

    def _clock(self, span: Span) -> str:
        return words.clock_span(span.start, span.end, self._week.tz)

    def _draw_heading(self, doc: Document) -> None:
        week = self._week
        kicker = Style(font=SEMIBOLD, size=9.5, tracking=0.8)
        doc.text(set_text(_("Own week").upper(), kicker, _WIDTH), MARGIN, MARGIN)
        top = doc.text(self._title, MARGIN, MARGIN + 16)
        whose = " · ".join(part for part in (week.employer, week.squad) if part)
        style = replace(_PLAIN, color=SOFT)
        doc.text(set_text(whose, style, _WIDTH - _SIDE_WIDTH - _GAP, smallest=8), MARGIN, top)
        number = set_text(_("Week {week}", week=week.week.week), Style(font=BOLD, size=14), _WIDTH)
        doc.text(number, MARGIN, top + 17)
        days = week.week.days
        dates = words.date_range(days[0], days[-1])
        dates_style = Style(font=MEDIUM, size=14, color=SOFT)
        doc.text(set_text(dates, dates_style, _WIDTH), MARGIN + number.width + 8, top + 17)
        self._draw_hours(doc)
        doc.rule(MARGIN, _RIGHT, self._top - 2, weight=1.2, color=INK)

    def _draw_hours(self, doc: Document) -> None:
        counted, target = words.hours(self._week.counted_min), words.hours(self._week.target_min)
        version = self._week.version
        edition = _("Draft") if version is None else _("Version {version}", version=version)
        tag = set_text(edition, Style(font=SEMIBOLD, size=10.5, leading=1.7), _SIDE_WIDTH)
        doc.tag(tag, _RIGHT - tag.width - tag.style.size * 0.9, MARGIN)
        big = set_text(counted, Style(font=BOLD, size=20, leading=1.15), _SIDE_WIDTH)
        below = doc.text(big, _RIGHT, MARGIN + 23, align="right")
        of = _("counted hours of {target}", target=target)
        doc.text(set_text(of, _SMALL, _SIDE_WIDTH), _RIGHT, below, align="right")

    def _draw_foot(self, doc: Document, page: int) -> None:
        top = PAGE_HEIGHT - MARGIN - self._foot.height
        doc.rule(MARGIN, _RIGHT, top - 3)
        doc.stack(self._foot, MARGIN, top)
        number = _("page {page} of {n_pages}", page=page, n_pages=len(self._pages))
        last = self._foot.texts[-1].height
        text = set_text(number, _SMALL, _SIDE_WIDTH)
        doc.text(text, _RIGHT, PAGE_HEIGHT - MARGIN - last, align="right")


def _one(text: str, style: Style) -> _Line:
    return _Line(((_BODY, set_text(text, style, _RIGHT - _BODY)),))


def _split(row: _Row, room: float) -> list[_Row]:
    """Return the row in pieces that each fit on a page."""
    pages = paginated([line.height for line in row.lines], room - 2 * row.padding)
    return [replace(row, lines=row.lines[page.start : page.stop]) for page in pages]


def _foot(week: PersonWeek) -> Stack:
    texts = [set_text(note, replace(_PLAIN, font=MEDIUM), _WIDTH) for note in week.notes]
    if week.notice:
        texts.append(set_text(week.notice, replace(_SMALL, font=SEMIBOLD), _WIDTH))
    if week.rule_book:
        book = _("Follows rule book {name} (unconfirmed)", name=week.rule_book)
        if week.confirmed_by:
            book = _(
                "Follows rule book {name} (confirmed by {who})",
                name=week.rule_book,
                who=week.confirmed_by,
            )
        texts.append(set_text(book, _SMALL, _WIDTH))
    edition = _("Draft, not published")
    if week.published_at is not None:
        at = week.published_at.astimezone(week.tz)
        day, time = words.full_date(at.date()), words.clock(at, week.tz)
        edition = _("Published {day} at {time}", day=day, time=time)
    texts.append(set_text(edition, _SMALL, _WIDTH - _SIDE_WIDTH))
    return Stack(tuple(texts))
