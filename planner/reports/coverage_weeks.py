"""Several weeks of coverage on one page: a row for each, and how it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner import words
from planner.coverage_words import SHORT_MEASURES
from planner.domain.promises import MeasureKind
from planner.reports.coverage_sheet import CoverageSheet
from planner.reports.document import (
    BOLD,
    INK,
    MARGIN,
    SEMIBOLD,
    SOFT,
    Document,
    Stack,
    Style,
    set_text,
)
from planner.reports.flow import Cell, Drawn, Placed, Row, flowed, single
from planner.reports.shares import draw_bar
from planner.reports.week_frame import WeekFrame
from planner.words import _, ngettext

_HEADLINE = Style(font=BOLD, size=16, leading=1.25)
_HEAD = Style(font=SEMIBOLD, size=8.5, color=SOFT)
_WEEK = Style(font=BOLD, size=13)
_FIGURE = Style(font=SEMIBOLD, size=11)
_SMALL = Style(size=9, color=SOFT)
_BAR = (105.0, 9.0)
_WEEK_WIDTH = 92.0
_EDITION_WIDTH = 52.0
_GAPS_WIDTH = 46.0


def draw_weeks(doc: Document, sheets: Sequence[CoverageSheet]) -> None:
    """Draw the pages that compare several weeks."""
    first, last = sheets[0], sheets[-1]
    frame = WeekFrame(
        last,
        kind=_("Coverage"),
        title=_("Weeks {first} to {last}", first=first.week.week, last=last.week.week),
        about=words.date_range(first.week.days[0], last.week.days[-1]),
        by=last.published_by,
        is_of_several=True,
    )
    pages = flowed(_blocks(sheets, frame), frame.bottom - frame.top)
    for number, rows in enumerate(pages, start=1):
        frame.draw(doc, number, len(pages))
        top = frame.top
        for row in rows:
            top = row.draw(doc, top, frame.right)
        doc.end_page()


def trend_text(sheets: Sequence[CoverageSheet]) -> str:
    """Return how the share that is planned went from the first week to the last, in words.

    Weeks for which nothing was promised say nothing.
    """
    known = [sheet for sheet in sheets if sheet.total.n_promised]
    if not known:
        return _("Nothing was promised for these weeks.")
    first, last = known[0], known[-1]
    before, after = share_percent(first), share_percent(last)
    values = {"first": first.week.week, "last": last.week.week, "before": before, "after": after}
    if first is last:
        return _("In week {first}, {before} per cent of the promise is planned.", **values)
    if before == after:
        return _(
            "{after} per cent of the promise is planned in week {last}, as in week {first}.",
            **values,
        )
    if before < after:
        return _(
            "What is planned of the promise rises from {before} per cent in week {first} "
            "to {after} in week {last}.",
            **values,
        )
    return _(
        "What is planned of the promise falls from {before} per cent in week {first} "
        "to {after} in week {last}.",
        **values,
    )


def share_percent(sheet: CoverageSheet) -> int:
    """Return how much of the promise is planned, rounded down: only all of it is 100."""
    return sheet.total.percent


def _blocks(sheets: Sequence[CoverageSheet], frame: WeekFrame) -> list[Placed]:
    measures = [
        measure
        for measure in MeasureKind
        if any(measure is known for sheet in sheets for known, _coverage in sheet.measures)
    ]
    trend = Row(
        (Cell(MARGIN, single(set_text(trend_text(sheets), _HEADLINE, frame.width))),),
        above=12,
        below=6,
    )
    columns = _Columns(tuple(measures), frame.right)
    head = columns.head()
    blocks = [Placed((trend,))]
    before: CoverageSheet | None = None
    for sheet in sheets:
        blocks.append(Placed((_WeekRow(sheet, before, columns),), (head,), (head,)))
        before = sheet
    return blocks


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each thing stands: right edges of the figures."""

    measures: tuple[MeasureKind, ...]
    right: float

    @property
    def bar(self) -> float:
        return MARGIN + _WEEK_WIDTH

    @property
    def share(self) -> float:
        return self.bar + _BAR[0] + 44

    @property
    def edition(self) -> float:
        return self.right

    @property
    def gaps(self) -> float:
        return self.right - _EDITION_WIDTH

    def figure(self, number: int) -> float:
        """Return the right edge of a measure's column."""
        return self.share + (number + 1) * self.width

    @property
    def width(self) -> float:
        return (self.gaps - _GAPS_WIDTH - self.share) / max(len(self.measures), 1)

    def head(self) -> Drawn:
        """Return the heads of the columns."""
        cells = [
            _head(_("Planned of the promise"), self.share, self.share - self.bar),
            *(
                _head(_(SHORT_MEASURES[measure]), self.figure(number), self.width - 6)
                for number, measure in enumerate(self.measures)
            ),
            _head(_("Gaps"), self.gaps, _GAPS_WIDTH - 4),
            _head(_("Version"), self.edition, _EDITION_WIDTH - 4),
        ]
        return Row(tuple(cells), above=6, below=3, line=0.8, line_left=MARGIN, line_color=INK)


@dataclass(frozen=True, slots=True)
class _WeekRow:
    """A week: how much of the promise is planned, and how that differs from the week before."""

    sheet: CoverageSheet
    before: CoverageSheet | None
    columns: _Columns
    height: float = 34.0

    def draw(self, doc: Document, top: float, right: float) -> float:
        sheet, columns = self.sheet, self.columns
        days = sheet.week.days
        week = set_text(_("Week {week}", week=sheet.week.week), _WEEK, _WEEK_WIDTH)
        dates = set_text(_short_range(days[0], days[-1]), _SMALL, _WEEK_WIDTH - 4, smallest=7)
        doc.stack(Stack((week, dates)), MARGIN, top + 4)
        total = sheet.total
        if total.n_promised:
            draw_bar(doc, total, columns.bar, top + 9, _BAR)
            share = _("{share} %", share=share_percent(sheet))
            doc.text(set_text(share, _FIGURE, 44), columns.share, top + 6, align="right")
            change = self._change()
            if change:
                text = set_text(change, _SMALL, _BAR[0] + 44, smallest=7)
                doc.text(text, columns.share, top + 20, align="right")
        else:
            nothing = set_text(_("nothing was promised"), _SMALL, _BAR[0] + 44)
            doc.text(nothing, columns.bar, top + 8)
        of_measure = dict(sheet.measures)
        for number, measure in enumerate(columns.measures):
            coverage = of_measure.get(measure)
            said = f"{coverage.n_planned}/{coverage.n_promised}" if coverage else "–"
            text = set_text(said, _FIGURE, columns.width - 4, smallest=7)
            doc.text(text, columns.figure(number), top + 6, align="right")
        gaps = set_text(str(len(sheet.gaps)), _FIGURE, 60)
        doc.text(gaps, columns.gaps, top + 6, align="right")
        version = _("Draft") if sheet.version is None else str(sheet.version)
        edition = set_text(version, _FIGURE, _EDITION_WIDTH, smallest=7)
        doc.text(edition, columns.edition, top + 6, align="right")
        doc.rule(MARGIN, right, top + self.height - 1, weight=0.4)
        return top + self.height

    def _change(self) -> str:
        """Return how many percentage points more or fewer are planned than the week before."""
        if self.before is None or not self.before.total.n_promised:
            return ""
        change = share_percent(self.sheet) - share_percent(self.before)
        if not change:
            return _("as before")
        sign = "+" if change > 0 else "−"
        return ngettext("{sign}{n} point", "{sign}{n} points", abs(change), sign=sign)


def _head(text: str, right: float, width: float) -> Cell:
    return Cell(right, single(set_text(text, _HEAD, width, smallest=7)), is_right=True)


def _short_range(first: date, last: date) -> str:
    return f"{first.day}/{first.month}–{last.day}/{last.month}"
