"""A week's coverage on paper for managers: the promise first, then where it lacks and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.coverage_words import MEASURES, planned_text
from planner.domain.coverage_counts import Coverage
from planner.domain.promises import MeasureKind
from planner.reports.coverage_lists import decision_rows, gap_rows, override_rows
from planner.reports.coverage_maps import MapLegend, hotspot_map, school_map
from planner.reports.coverage_sheet import CoverageSheet
from planner.reports.coverage_weeks import draw_weeks
from planner.reports.coverage_words import (
    own_schools_text,
    rest_text,
    staffing_text,
)
from planner.reports.document import (
    BOLD,
    MARGIN,
    SEMIBOLD,
    SOFT,
    Document,
    Style,
    set_text,
)
from planner.reports.flow import Cell, Placed, Row, flowed, single
from planner.reports.shares import draw_bar
from planner.reports.staffing_chart import StaffingChart
from planner.reports.week_frame import WeekFrame, week_title
from planner.words import _

_HEADLINE = Style(font=BOLD, size=16, leading=1.25)
_SECTION = Style(font=BOLD, size=13, leading=1.3)
_MEASURE = Style(font=SEMIBOLD, size=11, leading=1.3)
_FIGURE = Style(font=BOLD, size=15, leading=1.2)
_PLAIN = Style(size=10)
_SMALL = Style(size=9, color=SOFT)

_FIGURES = MARGIN + 280
_BAR_WIDTH = 130.0
_BAR_HEIGHT = 9.0


def render_coverage_sheets(sheets: Sequence[CoverageSheet]) -> bytes:
    """Return a PDF of weeks' coverage, each with a bookmark and page numbers of its own.

    Several weeks begin with a page that compares them.

    Raises
    ------
    ValueError
        There is no week.
    """
    if not sheets:
        raise ValueError("no week to print")
    subject = week_title(sheets[0])
    if len(sheets) > 1:
        first, last = sheets[0].week, sheets[-1].week
        subject = _("Weeks {first} to {last}", first=str(first), last=str(last))
    doc = Document(
        title=_("Coverage") + f": {subject}",
        subject=subject,
        is_draft=any(sheet.version is None for sheet in sheets),
    )
    if len(sheets) > 1:
        doc.bookmark(subject)
        draw_weeks(doc, sheets)
    for sheet in sheets:
        doc.bookmark(week_title(sheet))
        _draw(doc, sheet)
    return doc.to_bytes()


def _draw(doc: Document, sheet: CoverageSheet) -> None:
    frame = WeekFrame(
        sheet,
        kind=_("Coverage"),
        title=_("Week {week}", week=sheet.week.week),
        about=week_title(sheet).partition(", ")[2],
        by=sheet.published_by,
    )
    pages = flowed(_blocks(sheet, frame), frame.bottom - frame.top)
    for number, rows in enumerate(pages, start=1):
        frame.draw(doc, number, len(pages))
        top = frame.top
        for row in rows:
            top = row.draw(doc, top, frame.right)
        doc.end_page()


def _blocks(sheet: CoverageSheet, frame: WeekFrame) -> Iterator[Placed]:
    yield Placed((_line(planned_text(sheet.total), _HEADLINE, frame.width, above=12.0),))
    for measure, coverage in sheet.measures:
        yield Placed((_MeasureRow(measure, coverage),))
    about = [staffing_text(sheet), own_schools_text(sheet)]
    yield Placed(
        tuple(_line(text, _PLAIN, frame.width, above=5.0) for text in about if text),
    )
    for title, rows in _lists(sheet):
        head, again = _titles(title, frame.width)
        for row in rows:
            yield Placed((row,), (head,), (again,))
    if sheet.schools:
        titles = _titles(_("Schools by day"), frame.width)
        *placed, last = school_map(sheet, titles, frame.right)
        yield from placed
        # What the cells mean does not stand alone on a page.
        yield replace(last, rows=(*last.rows, MapLegend()))
    if sheet.hotspots:
        titles = _titles(_("Selected places by hour, all days together"), frame.width)
        yield from hotspot_map(sheet, titles, frame.right)
    if sheet.staffing:
        head, again = _titles(_("Officers by hour"), frame.width)
        yield Placed((StaffingChart(sheet),), (head,), (again,))


def _lists(sheet: CoverageSheet) -> Iterator[tuple[str, tuple[Row, ...]]]:
    nothing = _line(_("There are no gaps."), _PLAIN, 400.0, above=2.0)
    yield _("Gaps, the most important first"), tuple(gap_rows(sheet)) or (nothing,)
    if sheet.decisions:
        yield _("Decided for windows that nobody was found for"), tuple(decision_rows(sheet))
    if sheet.overrides:
        yield _("Broken rules that stand, and why"), tuple(override_rows(sheet))


def _titles(title: str, width: float) -> tuple[Row, Row]:
    """Return a heading, and the same where a page goes on with it."""
    head = _line(title, _SECTION, width, above=16.0, below=2.0)
    again = _line(
        ", ".join((title, _("continued"))), replace(_SECTION, size=11), width, above=8.0, below=2.0
    )
    return head, again


def _line(text: str, style: Style, width: float, *, above: float = 0.0, below: float = 0.0) -> Row:
    return Row((Cell(MARGIN, single(set_text(text, style, width))),), above=above, below=below)


@dataclass(frozen=True, slots=True)
class _MeasureRow:
    """A measure of the promise: its name, planned of promised, and what became of the rest."""

    measure: MeasureKind
    coverage: Coverage

    @property
    def height(self) -> float:
        return 30.0 if not rest_text(self.coverage) else 42.0

    def draw(self, doc: Document, top: float, right: float) -> float:
        name = set_text(_(MEASURES[self.measure]), _MEASURE, _FIGURES - MARGIN - 90, smallest=9)
        doc.text(name, MARGIN, top + 8)
        figure = _("{n} of {n_all}", n=self.coverage.n_planned, n_all=self.coverage.n_promised)
        doc.text(set_text(figure, _FIGURE, 120), _FIGURES + 60, top + 6, align="right")
        left = right - _BAR_WIDTH
        draw_bar(doc, self.coverage, left, top + 11, (_BAR_WIDTH, _BAR_HEIGHT))
        rest = rest_text(self.coverage)
        if rest:
            doc.text(set_text(rest, _SMALL, right - MARGIN), MARGIN, top + 8 + name.height)
        doc.rule(MARGIN, right, top + self.height - 1, weight=0.4)
        return top + self.height
