"""The briefing of a day on paper, to be read by torchlight in a car: times and crews are large."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reportlab.lib.colors import Color

from planner import words
from planner.domain.places import PresenceKind
from planner.domain.spans import Span
from planner.domain.staff import TravelMode
from planner.reports.briefing import (
    Briefing,
    BriefingCrew,
    BriefingEvent,
    BriefingLead,
    HotspotDay,
    HotspotWindow,
    Stop,
)
from planner.reports.day_document import CrewRef
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
from planner.reports.duty_words import kind_text
from planner.reports.flow import Cell, Placed, Row, single
from planner.words import N_, _, ngettext

_TIME = MARGIN + 40
_BODY = _TIME + 112
_SIDE = 76.0
"""Width of what stands at the right edge."""
_NAMES = _BODY + 40
_GAP = 10.0

_BIG = Style(font=BOLD, size=15, leading=1.25)
_TAG = Style(font=BOLD, size=12.5, leading=1.45)
_NAME = Style(font=SEMIBOLD, size=12, leading=1.35)
_SECTION = Style(font=SEMIBOLD, size=10, tracking=0.8, leading=1.5)
_PLACE = Style(font=BOLD, size=16, leading=1.2)
_WINDOW = Style(font=MEDIUM, size=10.5, leading=1.4)

_TRAVEL = {
    TravelMode.CAR: N_("Car"),
    TravelMode.BIKE: N_("Bicycle"),
    TravelMode.WALK: N_("On foot"),
}


def render_briefings(days: Sequence[Briefing]) -> bytes:
    """Return a PDF of briefings, each with a bookmark and page numbers of its own.

    Raises
    ------
    ValueError
        There is no day.
    """
    return render_days(days, _("Briefing"), summary=_summary, rows=lambda day: _Rows(day).all())


def _summary(day: Briefing) -> str:
    n_crews = len({crew.label for crew in day.crews if crew.label})
    stops = [stop for place in day.hotspots for window in place.windows for stop in window.stops]
    n_gaps = sum(bool(stop.missing) for stop in (*stops, *(one.stop for one in day.events)))
    parts = [ngettext("{n} crew", "{n} crews", n_crews)]
    if day.hotspots:
        n_places = len(day.hotspots)
        parts.append(ngettext("{n} selected place", "{n} selected places", n_places))
    if n_gaps:
        parts.append(ngettext("{n} gap", "{n} gaps", n_gaps))
    return " · ".join(parts)


class _Rows:
    """The rows of one day under their headings."""

    def __init__(self, day: Briefing) -> None:
        self._day, self._tz = day, day.tz

    def all(self) -> Iterator[Placed]:
        day = self._day
        yield from _section(_("Officer in charge"), ((row,) for row in self._leads()))
        yield from _section(_("Crews"), ((row,) for row in self._crews()))
        yield from self._hotspots()
        yield from _section(
            _("Safety walks, information and schools"),
            (tuple(self._event(event)) for event in day.events),
        )
        yield from _section(_("Absent"), ((row,) for row in self._absent()))

    def _leads(self) -> Iterator[Row]:
        if not self._day.leads:
            yield _said(_("Nobody is in charge this day."))
        for lead in self._day.leads:
            yield self._lead(lead)

    def _lead(self, lead: BriefingLead) -> Row:
        squad = set_text(lead.squad, replace(SMALL, size=10.5), _SIDE, smallest=8)
        name = set_text(lead.name, _BIG, RIGHT - _SIDE - _GAP - _BODY, smallest=11)
        return self._row(
            lead.parts, _crew_tag(lead.crew, MARGIN), Cell(_BODY, single(name)), _right(squad)
        )

    def _crews(self) -> Iterator[Row]:
        if not self._day.crews:
            yield _said(_("No crew is at work this day."))
        for crew in self._day.crews:
            yield self._crew(crew)

    def _crew(self, crew: BriefingCrew) -> Row:
        room = RIGHT - _SIDE - _GAP - _BODY
        names = _names([one.name for one in crew.members], room)
        about = " · ".join(part for part in (*crew.squads, crew.shift) if part)
        texts = [*names.texts, set_text(about, SMALL, room)]
        away = [one.name for one in crew.members if one.is_absent]
        if away:
            said = _("absent: {names}", names=", ".join(away))
            texts.insert(-1, set_text(said, replace(_WINDOW, font=BOLD), room))
        travel = ", ".join(_(_TRAVEL[mode]) for mode in crew.travel)
        how = set_text(travel, Style(font=MEDIUM, size=11, leading=1.5), _SIDE, smallest=8)
        tag = _crew_tag(crew.label, MARGIN)
        return self._row(crew.parts, tag, Cell(_BODY, Stack(tuple(texts))), _right(how))

    def _hotspots(self) -> Iterator[Placed]:
        head = _head(_("Selected places"))
        if not self._day.hotspots:
            nothing = _said(_("No presence is planned at a selected place this day."))
            yield Placed((nothing,), (head,))
        for place in self._day.hotspots:
            name, again = (_place(place, is_again=again) for again in (False, True))
            for window in place.windows:
                heads = (head, name, self._window(window))
                for stop in window.stops:
                    rows = tuple(self._stop(window, stop))
                    yield Placed(rows, heads, (head, again, heads[-1]))

    def _window(self, window: HotspotWindow) -> Row:
        if window.kind is PresenceKind.CONTINUOUS:
            said = _("Presence throughout {times}", times=self._clock(window.span))
        else:
            n = len(window.stops)
            planned = window.n_planned
            said = ngettext(
                "{planned} of {n} visit planned", "{planned} of {n} visits planned", n,
                planned=planned,
            )  # fmt: skip
        return Row((Cell(_TIME, single(set_text(said, _WINDOW, RIGHT - _TIME))),), above=1)

    def _stop(self, window: HotspotWindow, stop: Stop) -> Iterator[Row]:
        note = ""
        if window.kind is PresenceKind.DOSAGE:
            n_all = len(window.stops)
            note = _("{minutes} min · {number} of {n}", minutes=stop.minutes, number=stop.number,
                     n=n_all)  # fmt: skip
        elif stop is not window.stops[0]:
            note = _("handover")
        side = _right(set_text(note, Style(font=MEDIUM, size=10, leading=1.7), _SIDE, smallest=8))
        lines = [*_crews(stop.crews, RIGHT - _SIDE - _GAP), *_lacking(stop)]
        yield from self._lines(stop, lines, side)

    def _event(self, event: BriefingEvent) -> Iterator[Row]:
        room = RIGHT - _BODY
        kind = kind_text(event.kind, meeting=event.meeting)
        about = " · ".join(part for part in (kind, event.place) if part)
        texts = (
            set_text(event.title, _NAME, room, smallest=10),
            set_text(about, replace(SMALL, size=10), room),
        )
        yield self._row((event.stop.span,), Cell(_BODY, Stack(texts)))
        for line in (*_crews(event.stop.crews, RIGHT), *_lacking(event.stop)):
            yield Row(line, below=4)

    def _lines(self, stop: Stop, lines: list[tuple[Cell, ...]], side: Cell) -> Iterator[Row]:
        for number, line in enumerate(lines):
            if number == 0:
                yield self._row((stop.span,), *line, side)
            else:
                yield Row(line, below=3)

    def _absent(self) -> Iterator[Row]:
        if self._day.absent:
            names = [f"{one.name} ({one.squad})" if one.squad else one.name
                     for one in self._day.absent]  # fmt: skip
            yield _said(", ".join(names), INK)

    def _row(self, parts: Iterable[Span], *cells: Cell) -> Row:
        times = Stack(
            tuple(set_text(self._clock(part), _BIG, _BODY - _TIME, smallest=11) for part in parts)
        )
        return Row((Cell(_TIME, times), *cells), above=3, below=3)

    def _clock(self, span: Span) -> str:
        return words.clock_span(span.start, span.end, self._tz)


def _section(title: str, blocks: Iterable[tuple[Row, ...]]) -> Iterator[Placed]:
    head = _head(title)
    for rows in blocks:
        yield Placed(rows, (head,), (head,))


def _head(title: str) -> Row:
    text = set_text(title.upper(), _SECTION, WIDTH)
    return Row(
        (Cell(MARGIN, single(text)),), above=9, below=2, line=0.8, line_left=MARGIN, line_color=INK
    )


def _place(place: HotspotDay, *, is_again: bool) -> Row:
    name = _("{name}, continued", name=place.name) if is_again else place.name
    title = set_text(name, _PLACE, WIDTH - _SIDE - _GAP, smallest=12)
    rank = _("priority {n}", n=place.priority)
    side = set_text(rank, replace(SMALL, size=10, leading=1.9), _SIDE)
    return Row((Cell(MARGIN, single(title)), _right(side)), above=6)


def _said(text: str, color: Color = SOFT) -> Row:
    style = Style(font=MEDIUM, size=11.5, color=color, leading=1.35)
    return Row((Cell(_TIME, single(set_text(text, style, RIGHT - _TIME))),), above=3, below=3)


def _right(text: Text) -> Cell:
    return Cell(RIGHT, single(text), is_right=True)


def _crew_tag(label: str, left: float) -> Cell:
    text = set_text(label or "–", _TAG, _NAMES - _BODY - _TAG.size, smallest=7)
    return Cell(left, single(text), tag="open" if label else "")


def _names(names: Sequence[str], room: float) -> Stack:
    """Return names on one line, or each on its own when they are too long for that."""
    together = set_text(", ".join(names), _NAME, room, smallest=10.5)
    if len(together.lines) == 1:
        return single(together)
    return Stack(tuple(set_text(name, _NAME, room, smallest=10.5) for name in names))


def _crews(crews: Iterable[CrewRef], right: float) -> Iterator[tuple[Cell, ...]]:
    for crew in crews:
        yield (_crew_tag(crew.label, _BODY), Cell(_NAMES, _names(crew.names, right - _NAMES)))


def _lacking(stop: Stop) -> Iterator[tuple[Cell, ...]]:
    """Yield the line that says what lacks, if anything does."""
    if not stop.missing:
        return
    word = set_text(_("Gap").upper(), replace(_TAG, size=10, leading=1.7), _SIDE)
    said = ngettext("{n} officer missing", "{n} officers missing", stop.missing)
    if not stop.crews and stop.missing > 1:
        said = _("No crew")
    if not stop.crews and stop.minutes < stop.span.minutes:
        said = _("{what} – {minutes} min within that time", what=said, minutes=stop.minutes)
    left = _BODY + word.width + word.style.size * 0.9 + 8
    text = set_text(said, replace(_NAME, font=MEDIUM), RIGHT - _SIDE - left)
    yield (Cell(_BODY, single(word), tag="filled"), Cell(left, single(text)))
