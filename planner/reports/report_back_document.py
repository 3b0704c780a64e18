"""All that a report-back says, in the order in which it is read."""

from collections.abc import Iterator

from planner import words
from planner.reports.report_back import ReportBack
from planner.reports.report_back_appendix import (
    appendix_chapters,
    notes_chapter,
    signatures_chapter,
)
from planner.reports.report_back_measures import measure_chapters
from planner.reports.report_back_outcome import outcome_chapter
from planner.reports.report_back_summary import summary_chapter
from planner.reports.report_back_words import kind_of_report
from planner.reports.report_blocks import Chapter, Report
from planner.reports.traced import typed
from planner.words import _


def report_of(report: ReportBack) -> Report:
    """Return a report-back as what is drawn and what is written."""
    kind = kind_of_report(report)
    return Report(
        kind=kind,
        title=typed(report.name),
        subtitle=words.date_range(report.first_day, report.last_day),
        facts=tuple(_facts(report)),
        status=_status(report),
        notice=typed(report.notice),
        foot=f"{kind}: {typed(report.name)}",
        chapters=tuple(_chapters(report)),
    )


def _chapters(report: ReportBack) -> Iterator[Chapter]:
    n = len(report.measures)
    yield summary_chapter(report)
    yield from measure_chapters(report)
    yield outcome_chapter(report, n + 1)
    yield notes_chapter(report, n + 2)
    yield signatures_chapter(report)
    yield from appendix_chapters(report)


def _facts(report: ReportBack) -> Iterator[tuple[str, str]]:
    parties = " · ".join(typed(one) for one in (report.city, report.police) if one.strip())
    if parties:
        yield _("Parties"), parties
    signed = words.full_date(report.signed_on)
    signatories = [one for one in (report.city_signatory, report.police_signatory) if one.strip()]
    if signatories:
        signed = _("{day} by {who}", day=signed, who=" · ".join(map(typed, signatories)))
    yield _("Promise signed"), signed
    if report.report_by is not None:
        yield _("Report-back due"), words.full_date(report.report_by)
    yield _("Numbers as reported until"), words.full_date(report.as_of)


def _status(report: ReportBack) -> str:
    if report.is_over:
        return ""
    return _(
        "The promise runs until {day}. This interim report counts what is still to come neither "
        "as done nor as missed.",
        day=words.full_date(report.last_day),
    )
