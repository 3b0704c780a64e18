"""The chapter of a report-back on reported crimes; it claims no effect of anything."""

import math
from collections.abc import Iterator, Mapping

from planner.domain.outcome import (
    Basis,
    Comparison,
    MonthPart,
    MonthsTotal,
    OutcomeMonth,
    OutcomeSeries,
    Verdict,
)
from planner.reports.report_back import ReportBack
from planner.reports.report_back_words import decimal, month_text, months_text, number
from planner.reports.report_blocks import (
    Block,
    Chapter,
    Column,
    Line,
    MonthDots,
    Paragraph,
    Rank,
    Section,
    Table,
)
from planner.reports.traced import Number, figure, typed
from planner.words import N_, _

PARTS: Mapping[MonthPart, str] = {
    MonthPart.BEFORE: N_("before the promise"),
    MonthPart.PARTLY: N_("partly in the period"),
    MonthPart.WITHIN: N_("in the period"),
    MonthPart.AFTER: N_("after the promise"),
}
_COUNTS: Mapping[Basis, str] = {
    Basis.YEAR_EARLIER: N_(
        "{kind} in {area}: {n} reports in {months}, against {n_other} in the same months a year "
        "earlier."
    ),
    Basis.JUST_BEFORE: N_(
        "{kind} in {area}: {n} reports in {months}, against {n_other} in {others}, as many months "
        "right before, at another season."
    ),
}
_VERDICTS: Mapping[Verdict, str] = {
    Verdict.FEWER: N_("The difference is larger than chance alone usually gives."),
    Verdict.MORE: N_("The difference is larger than chance alone usually gives."),
    Verdict.CANNOT_TELL: N_(
        "Chance alone could well give such a difference, so nothing can be concluded from it."
    ),
}
_ANSWERS: Mapping[Verdict, str] = {
    Verdict.FEWER: N_("Fewer were reported. Why, the numbers cannot tell."),
    Verdict.MORE: N_("No, more were reported. Why, the numbers cannot tell."),
    Verdict.CANNOT_TELL: N_("That cannot be told from the numbers there are."),
}


def outcome_chapter(report: ReportBack, n: int) -> Chapter:
    """Return the chapter on reported crimes, which is number ``n``."""
    title = _("Reported crimes")
    return Chapter(
        key="outcome",
        title=f"{n}. {title}",
        blocks=tuple(_blocks(report)),
        has_page=True,
    )


def outcome_answer(report: ReportBack) -> str:
    """Return in a few words whether the reported crimes became fewer."""
    verdicts = {
        series.comparisons[0].verdict if series.comparisons else Verdict.CANNOT_TELL
        for series in report.outcomes
    } or {Verdict.CANNOT_TELL}
    if len(verdicts) > 1:
        return _("It differs from kind to kind.")
    return _(_ANSWERS[verdicts.pop()])


def outcome_texts(report: ReportBack) -> Iterator[str]:
    """Yield for each kind of crime what can be told of it, in a sentence or two."""
    if not report.outcomes:
        yield _("No numbers of reported crimes are in the plan.")
    for n, series in enumerate(report.outcomes, start=1):
        if series.comparisons:
            yield comparison_text(series, series.comparisons[0], n)
        else:
            yield _("{kind}: there is nothing to compare with.", kind=_name(series))


def comparison_text(series: OutcomeSeries, found: Comparison, n: int) -> str:
    """Return what a comparison tells, and nothing of what caused it."""
    goal, name = f"o{n}", found.basis.value
    kind = typed(series.kind)
    counts = _(
        _COUNTS[found.basis],
        kind=kind[:1].upper() + kind[1:],
        area=typed(series.area),
        n=number(found.during.n, "outcome", n, name, "during", goal=goal),
        months=months_text(found.during.months),
        n_other=number(found.other.n, "outcome", n, name, "other", goal=goal),
        others=months_text(found.other.months),
    )
    return f"{counts} {_(_VERDICTS[found.verdict])}"


def _name(series: OutcomeSeries) -> str:
    name = _("{kind} in {area}", kind=typed(series.kind), area=typed(series.area))
    return name[:1].upper() + name[1:]


def caution() -> str:
    """Return what every reader of such numbers must know."""
    return _(
        "How many crimes are reported depends on much else than the promise. These numbers cannot "
        "show what caused a change, or that there was none."
    )


def _blocks(report: ReportBack) -> Iterator[Block]:
    if not report.outcomes:
        yield Paragraph(_("No numbers of reported crimes are in the plan."), Rank.LEAD)
        yield Paragraph(_("So this report says nothing of whether crimes became fewer."))
        return
    for n, series in enumerate(report.outcomes, start=1):
        yield from _series(series, n)
    yield Paragraph(caution(), Rank.LEAD)
    yield Paragraph(
        _(
            "The range of a month is the exact 95 % interval of its count (Garwood, 1936): the "
            "rates that such a count often comes from. It takes the reports to be independent of "
            "each other; when one group commits several, the true range is wider. Two periods are "
            "told apart when chance alone would part them so far less than once in twenty times "
            "(exact conditional test). Months that are only partly in the period are compared "
            "with nothing."
        ),
        Rank.SMALL,
    )


def _series(series: OutcomeSeries, n: int) -> Iterator[Block]:
    yield Section(_name(series), f"o{n}-series")
    if not series.comparisons:
        yield Paragraph(_("There are no months to compare with."), Rank.LEAD)
    for found in series.comparisons:
        yield Paragraph(comparison_text(series, found, n), Rank.LEAD)
        yield Paragraph(_ratio_text(found, n), Rank.SMALL)
    if not series.months:
        return
    yield MonthDots(series)
    yield Table(
        key=f"o{n}",
        title=_("Month by month"),
        columns=(
            Column(_("Month"), 2),
            Column(_("Reports"), 1, is_number=True),
            Column(_("95 % range"), 1.4, is_number=True),
            Column(_("The promise"), 2.4),
        ),
        lines=tuple(_month_line(month, n) for month in series.months),
        is_headed=True,
        is_dense=True,
    )
    sources = [typed(one) for one in series.sources if one.strip()]
    yield Paragraph(
        _("Source: {sources}.", sources="; ".join(sources))
        if sources
        else _("No source is written down for these numbers."),
        Rank.SMALL,
    )


def _month_line(month: OutcomeMonth, n: int) -> Line:
    key = f"{month.month:%Y-%m}"
    if month.n is None:
        return Line((month_text(month.month), _("no number"), "–", _(PARTS[month.part])))
    return Line(
        (
            month_text(month.month),
            str(number(month.n, "outcome", n, key, "n")),
            _range(month.low, month.high, "outcome", n, key),
            _(PARTS[month.part]),
        )
    )


def _range(low: float, high: float, *parts: object) -> str:
    first = Number(decimal(low), figure(*parts, "low"))
    if math.isinf(high):
        return _("{low} or more", low=first)
    return f"{first}–{Number(decimal(high), figure(*parts, 'high'))}"


def _ratio_text(found: Comparison, n: int) -> str:
    parts = ("outcome", n, found.basis.value)
    range_ = _range(found.low, found.high, *parts)
    return _(
        "Counted by day, the months of the promise had {range} times as many reports as the others "
        "(95 % interval; 1 means as many). They have {days} days, the others {other_days}.",
        range=range_,
        days=_days(found.during, *parts, "during"),
        other_days=_days(found.other, *parts, "other"),
    )


def _days(total: MonthsTotal, *parts: object) -> Number:
    return Number(str(total.n_days), figure(*parts, "days"))
