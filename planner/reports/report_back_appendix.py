"""What stands behind a report-back: how it was made, who signs, and every number week by week."""

from collections.abc import Iterator

from planner import words
from planner.reports.report_back import MeasureReport, ReportBack, WeekFigures
from planner.reports.report_back_measures import tally_cells, tally_columns
from planner.reports.report_back_words import number, title_of, week_text
from planner.reports.report_blocks import (
    Block,
    Chapter,
    Column,
    Item,
    Line,
    Paragraph,
    Rank,
    Section,
    Signature,
    Table,
)
from planner.reports.traced import typed
from planner.words import _, ngettext


def notes_chapter(report: ReportBack, n: int) -> Chapter:
    """Return the chapter on how the numbers were made, which is number ``n``."""
    title = _("How the numbers were made")
    return Chapter(
        key="notes",
        title=f"{n}. {title}",
        blocks=(*map(Item, _notes(report)), *_revisions(report)),
    )


def signatures_chapter(report: ReportBack) -> Chapter:
    """Return the page that both parties sign."""
    said = _("We have read this report-back and stand behind what it says.")
    if not report.is_over:
        said = _("We have read this interim report. The promise still runs.")
    return Chapter(
        key="signatures",
        title=_("Signatures"),
        blocks=(
            Paragraph(said, Rank.LEAD),
            Paragraph(
                _(
                    "It is about “{name}”, {period}. Its numbers are as reported until {day}.",
                    name=typed(report.name),
                    period=words.date_range(report.first_day, report.last_day),
                    day=words.full_date(report.as_of),
                )
            ),
            Signature(typed(report.city) or _("The city"), typed(report.city_signatory)),
            Signature(
                typed(report.police) or _("Local police area"), typed(report.police_signatory)
            ),
        ),
        has_page=True,
    )


def appendix_chapters(report: ReportBack) -> Iterator[Chapter]:
    """Yield the appendices: the measures by week, and each place by week."""
    numbered = [(n, one) for n, one in enumerate(report.measures, start=1) if one.is_share]
    if not numbered:
        return
    yield Chapter(
        key="appendix-a",
        title=_("Appendix A. The measures week by week"),
        blocks=tuple(_by_week(report, measure, n) for n, measure in numbered),
        has_page=True,
    )
    blocks: list[Block] = []
    for n, measure in numbered:
        if measure.places:
            blocks.append(Section(title_of(report, measure), f"b{n}"))
            blocks += _by_place(report, measure, n)
    if blocks:
        yield Chapter(
            key="appendix-b",
            title=_("Appendix B. Each place week by week"),
            blocks=tuple(blocks),
            has_page=True,
        )


def _notes(report: ReportBack) -> Iterator[str]:
    if report.notice:
        yield typed(report.notice)
    yield _(
        "Promised: every window and visit of the period was written down one by one when the "
        "promise was signed, {day}. What is taken out of the plan later is still promised.",
        day=words.full_date(report.signed_on),
    )
    yield _(
        "Planned: how a week stood when it was first published. What was covered only later does "
        "not count as planned; what a school's own staff was to do does."
    )
    yield _(
        "Done: only what somebody reported as done. What nobody reported is shown as not reported "
        "and is never counted as done. A walk counts when all three of its meetings were held."
    )
    yield _("The numbers are as reported until {day}.", day=words.full_date(report.as_of))
    if report.unpublished:
        yield ngettext(
            "No roster was published for week {weeks}; what was promised in it counts as not "
            "planned.",
            "No roster was published for weeks {weeks}; what was promised in them counts as not "
            "planned.",
            len(report.unpublished),
            weeks=", ".join(str(week.week) for week in report.unpublished),
        )
    yield _(
        "Nobody's position is recorded and nobody is followed. What tells who did what is to be "
        "taken away after {days} days; the counts stay.",
        days=report.retention_days,
    )
    yield _("Shares are rounded down to one decimal, so that only all of it is 100.")
    yield _(
        "In the PDF and on the web page every number of a measure leads to the weeks that it is "
        "counted from. The tables that come with the report list every promised window and visit, "
        "so that anybody can count again."
    )


def _revisions(report: ReportBack) -> Iterator[Block]:
    yield Section(_("Changes of the promise"), "revisions")
    if not report.revisions:
        yield Paragraph(_("The promise has not been changed since it was signed."))
        return
    yield Table(
        key="revisions-table",
        title=_("Changes of the promise"),
        columns=(
            Column(_("Decided"), 1.6),
            Column(_("From"), 1.6),
            Column(_("Why"), 4),
            Column(_("Promised before"), 1.2, is_number=True),
            Column(_("Promised after"), 1.2, is_number=True),
        ),
        lines=tuple(
            Line(
                (
                    words.full_date(one.made_on),
                    words.full_date(one.first_day),
                    typed(one.reason),
                    str(number(one.n_before, "revision", n, "before")),
                    str(number(one.n_after, "revision", n, "after")),
                )
            )
            for n, one in enumerate(report.revisions, start=1)
        ),
    )


def _by_week(report: ReportBack, measure: MeasureReport, n: int) -> Table:
    has_to_come = not report.is_over
    total = tally_cells(measure.total, measure.id, has_to_come=has_to_come)
    return Table(
        key=f"a{n}",
        title=title_of(report, measure),
        columns=tally_columns(_("Week"), has_to_come=has_to_come),
        lines=(
            *(_week_line(report, one, measure.id) for one in measure.weeks),
            Line((_("All together"), *total), is_total=True),
        ),
        is_headed=True,
        is_dense=True,
    )


def _by_place(report: ReportBack, measure: MeasureReport, n: int) -> Iterator[Table]:
    has_to_come = not report.is_over
    for at, one in enumerate(measure.places, start=1):
        parts = (measure.id, "place", one.place)
        total = tally_cells(one.tally, *parts, has_to_come=has_to_come)
        yield Table(
            key=f"b{n}-{at}",
            title=typed(one.title),
            columns=tally_columns(_("Week"), has_to_come=has_to_come),
            lines=(
                *(_week_line(report, each, *parts) for each in one.weeks),
                Line((_("All together"), *total), is_total=True),
            ),
            is_headed=True,
            is_dense=True,
        )


def _week_line(report: ReportBack, one: WeekFigures, *parts: object) -> Line:
    cells = tally_cells(one.tally, *parts, "week", one.week, has_to_come=not report.is_over)
    return Line((week_text(one.week), *cells), week=one.week)
