"""A report-back on paper: a cover with the contents, its chapters, and numbers that lead on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.domain.weeks import IsoWeek
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
    Style,
    set_text,
)
from planner.reports.flow import Drawn, Placed, flowed
from planner.reports.report_back import ReportBack
from planner.reports.report_back_document import report_of
from planner.reports.report_blocks import (
    Block,
    Chapter,
    Item,
    MonthDots,
    Paragraph,
    Question,
    Rank,
    Report,
    Section,
    Signature,
    Table,
    WeekBars,
)
from planner.reports.report_charts import MonthChart, PartsKey, WeekChart
from planner.reports.report_drawing import Blank, TableLayout, TableRow, TextRow, traced
from planner.words import _

RIGHT = PAGE_WIDTH - MARGIN
WIDTH = RIGHT - MARGIN
_TOP = MARGIN + 22
_SMALL = Style(size=8.5, color=SOFT)
_WHOLE = 290.0
"""A table of which no more is needed stays on one page."""
_KICKER = Style(font=SEMIBOLD, size=9, color=SOFT, tracking=0.6)
_CHAPTER = Style(font=BOLD, size=19, leading=1.2)
_SECTION = Style(font=BOLD, size=12, leading=1.3)
_QUESTION = Style(font=SEMIBOLD, size=11, color=SOFT)
_ANSWER = Style(font=BOLD, size=15, leading=1.3)
_RANKS = {
    Rank.LEAD: (Style(font=SEMIBOLD, size=11, leading=1.4), 7.0),
    Rank.PLAIN: (Style(size=10, leading=1.4), 5.0),
    Rank.SMALL: (Style(size=9, color=SOFT, leading=1.35), 4.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlace:
    """Where a row of a week's numbers stands.

    Parameters
    ----------
    page
        From 0.
    top, bottom
        Points from the top of the page.
    """

    week: IsoWeek
    page: int
    top: float
    bottom: float


def render_report_back(report: ReportBack) -> bytes:
    """Return the report-back as a PDF; the same report gives the same bytes."""
    return draw_report_back(report)[0]


def draw_report_back(report: ReportBack) -> tuple[bytes, tuple[WeekPlace, ...]]:
    """Return the report-back as a PDF, and where each week's numbers stand in it."""
    paper = _Paper(report_of(report))
    return paper.to_bytes(), tuple(paper.weeks)


@dataclass(frozen=True, slots=True)
class _Page:
    rows: Sequence[Drawn]
    chapters: Sequence[Chapter] = ()


class _Paper:
    """A report laid out on pages, the cover first."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._notice = set_text(report.notice, Style(font=SEMIBOLD, size=8.5, color=SOFT), WIDTH)
        self._foot_top = PAGE_HEIGHT - MARGIN - 12 - self._notice.height
        self._pages = [page for run in _runs(report.chapters) for page in self._laid_out(run)]
        self.weeks: list[WeekPlace] = []
        self._number = {
            chapter.key: number
            for number, page in enumerate(self._pages, start=2)
            for chapter in page.chapters
        }

    def to_bytes(self) -> bytes:
        report = self._report
        title = f"{report.kind}: {report.title}"
        doc = Document(title=title, subject=f"{report.title}, {report.subtitle}")
        doc.bookmark(report.kind)
        self._draw_cover(doc)
        doc.end_page()
        for number, page in enumerate(self._pages, start=2):
            for chapter in page.chapters:
                doc.bookmark(chapter.title)
            self._draw_frame(doc, number)
            top = _TOP
            first, *others = page.rows or [Blank()]
            if isinstance(first, TextRow):
                first = replace(first, above=0.0)
            for row in (first, *others):
                end = row.draw(doc, top, RIGHT)
                if isinstance(row, TableRow) and row.week is not None:
                    place = WeekPlace(week=row.week, page=number - 1, top=top, bottom=end)
                    self.weeks.append(place)
                top = end
            doc.end_page()
        return doc.to_bytes()

    def _laid_out(self, run: Sequence[Chapter]) -> Iterator[_Page]:
        """Yield the pages of chapters that follow each other without a new page."""
        headings: dict[int, Chapter] = {}
        placed: list[Placed] = []
        for n, chapter in enumerate(run):
            heading = TextRow(
                traced(chapter.title, _CHAPTER, WIDTH),
                above=22.0 if n else 0.0,
                below=6.0,
                key=chapter.key,
            )
            headings[id(heading)] = chapter
            placed += _placed(chapter.blocks, heading)
        for rows in flowed(placed, self._foot_top - 10 - _TOP):
            yield _Page(rows, [headings[id(row)] for row in rows if id(row) in headings])

    def _draw_cover(self, doc: Document) -> None:
        report = self._report
        top = doc.text(set_text(report.kind.upper(), _KICKER, WIDTH), MARGIN, MARGIN + 60)
        title = set_text(report.title, Style(font=BOLD, size=32, leading=1.12), WIDTH, smallest=20,
                         n_lines=3)  # fmt: skip
        top = doc.text(title, MARGIN, top + 6)
        top = doc.text(set_text(report.subtitle, Style(font=MEDIUM, size=14), WIDTH), MARGIN,
                       top + 8)  # fmt: skip
        doc.rule(MARGIN, RIGHT, top + 14, weight=1.4, color=INK)
        top += 26
        for name, value in report.facts:
            label = set_text(name, Style(size=10, color=SOFT, leading=1.35), 130)
            text = set_text(value, Style(font=MEDIUM, size=10, leading=1.35), WIDTH - 140)
            doc.text(label, MARGIN, top)
            top = max(doc.text(text, MARGIN + 140, top), top + label.height) + 3
        for said in (report.status, report.notice):
            if said:
                text = set_text(said, Style(font=SEMIBOLD, size=10.5, leading=1.4), WIDTH - 14)
                doc.bar(MARGIN, top + 14, text.height)
                top = doc.text(text, MARGIN + 14, top + 14)
        self._draw_contents(doc, top + 34)
        self._draw_page_number(doc, 1)

    def _draw_contents(self, doc: Document, top: float) -> None:
        top = doc.text(set_text(_("Contents"), _SECTION, WIDTH), MARGIN, top) + 4
        room = (self._foot_top - 10 - top) / len(self._report.chapters)
        style = Style(size=min(10.5, room / 1.6), leading=1.3)
        for chapter in self._report.chapters:
            title = set_text(chapter.title, style, WIDTH - 40, smallest=5)
            page = set_text(str(self._number[chapter.key]), style, 40)
            end = doc.text(title, MARGIN, top)
            doc.text(page, RIGHT, top, align="right")
            doc.link(chapter.key, MARGIN, top, WIDTH, end - top)
            doc.rule(MARGIN, RIGHT, end + style.size * 0.15, weight=0.3)
            top = end + min(5.0, style.size * 0.3)

    def _draw_frame(self, doc: Document, number: int) -> None:
        foot = set_text(self._report.foot, _SMALL, WIDTH - 90, smallest=7)
        doc.text(foot, MARGIN, MARGIN - 10)
        doc.rule(MARGIN, RIGHT, MARGIN + 6, weight=0.4)
        self._draw_page_number(doc, number)

    def _draw_page_number(self, doc: Document, number: int) -> None:
        doc.rule(MARGIN, RIGHT, self._foot_top - 3)
        doc.text(self._notice, MARGIN, self._foot_top)
        said = _("page {page} of {n_pages}", page=number, n_pages=len(self._pages) + 1)
        doc.text(set_text(said, _SMALL, 120), RIGHT, PAGE_HEIGHT - MARGIN - 12, align="right")


def _runs(chapters: Sequence[Chapter]) -> Iterator[list[Chapter]]:
    """Yield chapters in runs, each of which begins on a new page."""
    run: list[Chapter] = []
    for chapter in chapters:
        if run and chapter.has_page:
            yield run
            run = []
        run.append(chapter)
    if run:
        yield run


def _placed(blocks: Sequence[Block], heading: Drawn) -> Iterator[Placed]:
    """Yield a chapter's blocks; none of its headings ends a page."""
    heads: tuple[Drawn, ...] = (heading,)
    again: tuple[Drawn, ...] = (Blank(),)
    if not blocks:
        yield Placed((Blank(),), heads, again)
    for block in blocks:
        if isinstance(block, Section):
            section = TextRow(traced(block.text, _SECTION, WIDTH), above=16.0, below=2.0,
                              key=block.key)  # fmt: skip
            heads, again = (heading, section), (Blank(), Blank())
        elif isinstance(block, Table):
            yield from _table(block, heads, again)
        else:
            yield Placed(tuple(_rows(block)), heads, again)


def _rows(block: Block) -> Iterator[Drawn]:
    match block:
        case Paragraph():
            style, above = _RANKS[block.rank]
            yield TextRow(traced(block.text, style, WIDTH), above=above)
        case Item():
            style, above = _RANKS[Rank.PLAIN]
            yield TextRow(traced(block.text, style, WIDTH - 12), MARGIN + 12, above, mark="•")
        case Question():
            yield TextRow(traced(block.question, _QUESTION, WIDTH), above=16.0, key=block.key)
            if block.answer:
                yield TextRow(traced(block.answer, _ANSWER, WIDTH), above=3.0, below=4.0)
        case WeekBars():
            yield WeekChart(block)
        case MonthDots():
            yield MonthChart(block)
        case Signature():
            yield _SignatureBox(block)
        case _:
            raise TypeError(type(block))


def _table(table: Table, heads: tuple[Drawn, ...], again: tuple[Drawn, ...]) -> Iterator[Placed]:
    layout = TableLayout(table, MARGIN, RIGHT)
    title = TextRow(traced(table.title, _SECTION, WIDTH), above=12.0, below=1.0, key=table.key)
    goes_on = traced(", ".join((table.title, _("continued"))), _QUESTION, WIDTH)
    first: Drawn = title if table.is_headed else Blank(6.0)
    # The anchor of a table without a title is its row of heads.
    columns = layout.head("" if table.is_headed else table.key)
    rows: list[Drawn] = [layout.row(line) for line in table.lines]
    if any(column.is_bar for column in table.columns):
        rows.append(PartsKey())
    if sum(row.height for row in rows) < _WHOLE:
        yield Placed((first, columns, *rows), heads, again)
        return
    heads = (*heads, first, columns)
    again = (*again, TextRow(goes_on, below=2.0), layout.head())
    *before, last = rows
    if not before:
        yield Placed((last,), heads, again)
        return
    for row in before[:-1]:
        yield Placed((row,), heads, again)
    yield Placed((before[-1], last), heads, again)  # a sum does not stand alone on a page


@dataclass(frozen=True, slots=True)
class _SignatureBox:
    """Lines to write place, day and name on."""

    block: Signature
    height: float = 150.0

    def draw(self, doc: Document, top: float, right: float) -> float:
        said = _("For {party}", party=self.block.party)
        end = doc.text(set_text(said, _SECTION, WIDTH), MARGIN, top + 30)
        line = end + 46
        middle = MARGIN + WIDTH * 0.42
        for left, till, text in (
            (MARGIN, middle - 16, _("Place and date")),
            (middle, right, _("Signature")),
        ):
            doc.rule(left, till, line, weight=0.8, color=INK)
            doc.text(set_text(text, _SMALL, till - left), left, line + 3)
        name = self.block.who or _("Name and office:")
        doc.text(set_text(name, Style(font=MEDIUM, size=10), right - middle), middle, line + 20)
        return top + self.height
