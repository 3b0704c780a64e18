"""Everybody's week on paper, lying: people by days, grouped by employer and squad."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner import words
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    SEMIBOLD,
    SOFT,
    TINT,
    Document,
    Stack,
    Style,
    set_text,
)
from planner.reports.flow import Cell, Drawn, Placed, Row, flowed, single
from planner.reports.week_frame import WeekFrame, week_title
from planner.reports.week_roster import RosterGroup, WeekRoster
from planner.reports.week_roster_cells import (
    DAY_GAP,
    day_cell,
    hours_cell,
    person_cell,
)
from planner.reports.week_roster_codes import code_rows
from planner.words import _, ngettext

_NAME_WIDTH = 126.0
_HOURS_WIDTH = 52.0
_LINE = 0.5
"""What a tint leaves free of the line above it."""

_DAY = Style(font=BOLD, size=9.5)
_OCCASION = Style(font=SEMIBOLD, size=7.5, color=SOFT)
_GROUP = Style(font=BOLD, size=12, leading=1.25)
_COUNT = Style(size=9, color=SOFT, leading=1.7)
_AT_WORK = Style(font=SEMIBOLD, size=8.5)
_EMPTY = Style(size=13, color=SOFT)


def render_week_rosters(weeks: Sequence[WeekRoster]) -> bytes:
    """Return a PDF of weeks' rosters, a table for each, with bookmarks for its groups.

    Raises
    ------
    ValueError
        There is no week.
    """
    if not weeks:
        raise ValueError("no week to print")
    subject = week_title(weeks[0])
    if len(weeks) > 1:
        first, last = weeks[0].week, weeks[-1].week
        subject = _("Weeks {first} to {last}", first=str(first), last=str(last))
    doc = Document(
        title=_("Roster") + f": {subject}",
        subject=subject,
        is_landscape=True,
        is_draft=any(week.version is None for week in weeks),
    )
    for week in weeks:
        prefix = _("Week {week}", week=week.week.week) + " · " if len(weeks) > 1 else ""
        _Layout(week).draw(doc, prefix)
    return doc.to_bytes()


@dataclass(frozen=True, slots=True)
class _Tinted:
    """A row whose free days are tinted."""

    row: Row
    columns: tuple[tuple[float, float], ...]

    @property
    def height(self) -> float:
        return self.row.height

    def draw(self, doc: Document, top: float, right: float) -> float:
        for left, width in self.columns:
            doc.box(left, top + _LINE, width, self.row.height - _LINE, fill=TINT, radius=0)
        return self.row.draw(doc, top, right)


class _Layout:
    """One week's table, laid out."""

    def __init__(self, week: WeekRoster) -> None:
        self._week = week
        people = ngettext("{n} person", "{n} people", week.n_people)
        shifts = ngettext("{n} shift", "{n} shifts", week.n_shifts)
        self._frame = WeekFrame(
            week,
            kind=_("Roster"),
            title=week_title(week),
            about=f"{people} · {shifts}",
            is_landscape=True,
            notes=(_("Hours are counted ones of the contract's, credited minutes included."),),
        )
        self._first = MARGIN + _NAME_WIDTH
        self._day_width = (self._frame.width - _NAME_WIDTH - _HOURS_WIDTH) / len(week.days)
        # A draft has none, as they would cover what stands across its pages.
        self._tinted = tuple(
            (self._left(number) - DAY_GAP / 2, self._day_width)
            for number, day in enumerate(week.days)
            if day.is_free and week.version is not None
        )
        self._titles: dict[int, str] = {}

    def draw(self, doc: Document, prefix: str) -> None:
        """Draw the pages; each group has a bookmark."""
        frame = self._frame
        pages = flowed(self._blocks(), frame.bottom - frame.top)
        if not self._week.groups:
            doc.bookmark(f"{prefix}{week_title(self._week)}")
        for number, rows in enumerate(pages, start=1):
            for row in rows:
                if id(row) in self._titles:
                    doc.bookmark(f"{prefix}{self._titles[id(row)]}")
            frame.draw(doc, number, len(pages))
            top = frame.top
            for row in rows:
                top = row.draw(doc, top, frame.right)
            doc.end_page()

    def _blocks(self) -> Iterator[Placed]:
        if not self._week.groups:
            said = set_text(_("Nobody is employed or at work this week."), _EMPTY, 500)
            yield Placed((Row((Cell(MARGIN, single(said)),), above=14),))
            return
        days = self._head()
        for group in self._week.groups:
            title = " · ".join(part for part in (group.employer, group.squad) if part)
            head, again = (self._group(group, title, is_again=one) for one in (False, True))
            self._titles[id(head)] = title
            people = list(self._people(group))
            for person in people[:-1]:
                yield Placed((person,), (days, head), (days, again))
            # Nobody counts without the last of those who are counted.
            yield Placed((people[-1], self._at_work(group)), (days, head), (days, again))
        title = _("Shift codes")
        head, again = _title(title), _title(", ".join((title, _("continued"))))
        self._titles[id(head)] = title
        for row in code_rows(self._week, self._frame.width):
            yield Placed((row,), (head,), (again,))

    def _left(self, number: int) -> float:
        return self._first + number * self._day_width

    def _head(self) -> Drawn:
        room = self._day_width - DAY_GAP
        cells = []
        for number, day in enumerate(self._week.days):
            texts = [set_text(words.short_date(day.day), _DAY, room, smallest=7)]
            occasion = day.occasion or day.school_break
            if occasion:
                texts.append(set_text(occasion, _OCCASION, room, smallest=6))
            cells.append(Cell(self._left(number), Stack(tuple(texts))))
        hours = set_text(_("Hours"), _DAY, _HOURS_WIDTH)
        cells.append(Cell(self._frame.right - 4, single(hours), is_right=True))
        row = Row(tuple(cells), above=4, below=3, line=0.8, line_left=MARGIN, line_color=INK)
        return _Tinted(row, self._tinted)

    def _group(self, group: RosterGroup, title: str, *, is_again: bool) -> Row:
        name = set_text(title, _GROUP, self._frame.width - 120, smallest=9)
        said = ngettext("{n} person", "{n} people", len(group.people))
        beside = set_text(_("continued") if is_again else said, _COUNT, 110)
        cells = (Cell(MARGIN, single(name)), Cell(MARGIN + name.width + 10, single(beside)))
        return Row(cells, above=7, below=3, line=0.5, line_left=MARGIN, line_color=INK)

    def _people(self, group: RosterGroup) -> Iterator[Drawn]:
        room = self._day_width - DAY_GAP
        for person in group.people:
            cells = [
                Cell(MARGIN, person_cell(person, _NAME_WIDTH - 8)),
                *(
                    Cell(self._left(number), day_cell(day, self._week.tz, room))
                    for number, day in enumerate(person.days)
                ),
                Cell(self._frame.right - 4, hours_cell(person, _HOURS_WIDTH), is_right=True),
            ]
            row = Row(tuple(cells), above=3, below=3, line=0.3, line_left=MARGIN)
            yield _Tinted(row, self._tinted)

    def _at_work(self, group: RosterGroup) -> Drawn:
        cells = [
            Cell(MARGIN, single(set_text(_("At work"), _AT_WORK, _NAME_WIDTH))),
            *(
                Cell(self._left(number), single(set_text(str(n), _AT_WORK, self._day_width)))
                for number, n in enumerate(group.n_at_work)
            ),
        ]
        row = Row(tuple(cells), above=3, below=3, line=0.8, line_left=MARGIN, line_color=INK)
        return _Tinted(row, self._tinted)


def _title(text: str) -> Row:
    return Row((Cell(MARGIN, single(set_text(text, _GROUP, 500))),), above=14, below=4)
