"""The page of a report-back that is read in a minute."""

from collections.abc import Iterator
from dataclasses import replace

from planner import words
from planner.domain.tallies import Verdict
from planner.reports.report_back import MeasureReport, ReportBack
from planner.reports.report_back_measures import every_place_text, goal_of
from planner.reports.report_back_outcome import caution, outcome_answer, outcome_texts
from planner.reports.report_back_words import (
    month_text,
    number,
    per_cent,
    promised_of,
    reached_text,
    share_text,
    target_text,
    title_of,
)
from planner.reports.report_blocks import (
    Block,
    Chapter,
    Column,
    Item,
    Line,
    Paragraph,
    Question,
    Table,
)
from planner.reports.traced import Number, figure, link, typed
from planner.words import _, ngettext


def summary_chapter(report: ReportBack) -> Chapter:
    """Return the summary."""
    return Chapter(key="summary", title=_("In short"), blocks=tuple(_blocks(report)), has_page=True)


def _blocks(report: ReportBack) -> Iterator[Block]:
    yield Question("kept", _("Did we carry out what we promised?"), _kept_text(report))
    if report.measures:
        yield _measures(report)
    for n, measure in enumerate(report.measures, start=1):
        said = every_place_text(measure, f"m{n}-places") if report.is_over else ""
        if said:
            yield Paragraph(said)
    yield Question("fewer", _("Did the reported crimes become fewer?"), outcome_answer(report))
    for text in outcome_texts(report):
        yield Paragraph(text)
    yield Paragraph(caution())
    yield Question("unknown", _("What do we not know?"), "")
    for text in _unknown(report):
        yield Item(text)


def _unknown(report: ReportBack) -> Iterator[str]:
    if any(one.is_share for one in report.measures):
        yield _not_reported_text(report)
    if not report.is_over:
        yield _("The promise runs until {day}.", day=words.full_date(report.last_day))
    for series in report.outcomes:
        missing = [one.month for one in series.months if one.n is None]
        if missing:
            yield _(
                "There is no number of {kind} for {months}.",
                kind=typed(series.kind),
                months=", ".join(map(month_text, missing)),
            )
    if report.outcomes:
        yield _("The reports of a month are few, and vary much by chance alone.")
    yield _("How safe people feel is not measured here.")


def _kept_text(report: ReportBack) -> str:
    n_all = len(report.measures)
    if not n_all:
        return _("The promise has no measures, so there is nothing to follow up.")
    n_kept = sum(one.verdict is Verdict.KEPT for one in report.measures)
    values = {
        "n": number(n_kept, "summary", "n_kept", goal="measures"),
        "n_all": number(n_all, "summary", "n_measures", goal="measures"),
    }
    if not report.is_over:
        return _(
            "Until now {n} of {n_all} measures have reached their targets. The promise runs until "
            "{day}.",
            day=words.full_date(report.last_day),
            **values,
        )
    if n_kept == n_all:
        return _("Yes: {n} of {n_all} measures reached their targets.", **values)
    n_open = sum(_is_open(one) for one in report.measures)
    said = _("In part: {n} of {n_all} measures reached their targets.", **values)
    if not n_kept:
        said = _("No: {n} of {n_all} measures reached their targets.", **values)
        if n_open == n_all:
            said = _("It cannot be shown: {n} of {n_all} measures reached their targets.", **values)
    if n_open:
        said += " " + ngettext(
            "Of {count} it cannot be shown, since reports are missing.",
            "Of {count} it cannot be shown, since reports are missing.",
            n_open,
            count=number(n_open, "summary", "n_cannot_be_shown", goal="measures"),
        )
    return said


def _is_open(measure: MeasureReport) -> bool:
    return measure.verdict is Verdict.NOT_KEPT and measure.could_be_kept


def _not_reported_text(report: ReportBack) -> str:
    promised = sum(one.total.promised for one in report.measures if one.is_share)
    missing = sum(one.total.not_reported for one in report.measures if one.is_share)
    values = {
        "n": number(missing, "summary", "not_reported", goal="measures"),
        "n_all": number(promised, "summary", "promised", goal="measures"),
    }
    if not missing:
        return _(
            "Of all {n_all} promised windows and visits it is reported what became of those that "
            "are over.",
            **values,
        )
    return _(
        "Of {n} of the {n_all} promised windows and visits nobody has reported what became of "
        "them. They are not counted as done.",
        **values,
    )


def _measures(report: ReportBack) -> Table:
    return Table(
        key="measures",
        title=_("The measures"),
        columns=(
            Column(_("Measure of the promise"), 3.1),
            Column(_("Promised"), 1.15, is_number=True),
            Column(_("Carried out"), 1, is_number=True),
            Column(_("Not reported"), 1.25, is_number=True),
            Column(_("Share carried out"), 1.1, is_number=True),
            Column("", 1.4, is_bar=True),
            Column(_("Target"), 1.7),
            Column(_("Reached"), 1.4),
        ),
        lines=tuple(
            _measure_line(report, measure, n) for n, measure in enumerate(report.measures, start=1)
        ),
    )


def _measure_line(report: ReportBack, measure: MeasureReport, n: int) -> Line:
    tally, id_, goal = measure.total, measure.id, goal_of(measure, n)
    share = "–"
    if measure.is_share:
        text = share_text(tally.done, tally.promised)
        share = per_cent(str(Number(text, figure(id_, "done", "share"), goal)))
    return Line(
        (
            link(title_of(report, measure), f"m{n}"),
            str(number(promised_of(measure), id_, "promised", goal=goal)),
            str(number(tally.done, id_, "done", goal=goal)),
            str(number(tally.not_reported, id_, "not_reported", goal=goal)),
            share,
            target_text(measure),
            reached_text(measure),
        ),
        bar=tally
        if measure.is_share
        else replace(tally, promised=max(measure.aim, tally.promised)),
    )
