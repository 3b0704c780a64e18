"""What a coverage sheet says in words, on paper and on its web page alike."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from planner import messages, words
from planner.domain.coverage_counts import Coverage
from planner.domain.duties import DutyKind
from planner.reports.coverage_sheet import CoverageGap, CoverageOverride, CoverageSheet
from planner.reports.duty_words import kind_text
from planner.reports.school_sheet import Presence
from planner.words import N_, _, ngettext

DECISIONS: Mapping[Presence, str] = {
    Presence.OWN_STAFF: N_("The school's own staff"),
    Presence.CANCELLED: N_("Cancelled, the principal has been told"),
}

_N_BLOCKERS = 3
"""Told of a gap: the rest would hide what matters."""


def rest_text(coverage: Coverage) -> str:
    """Return what became of the duties that are not planned; empty when all are."""
    n_gaps, n_own, n_cancelled = coverage.n_gaps, coverage.n_own_staff, coverage.n_cancelled
    parts = []
    if n_gaps:
        parts.append(ngettext("{n} lacks people", "{n} lack people", n_gaps))
    if n_own:
        parts.append(
            ngettext(
                "{n} is done by the school's own staff",
                "{n} are done by the schools' own staff",
                n_own,
            )
        )
    if n_cancelled:
        parts.append(ngettext("{n} is cancelled", "{n} are cancelled", n_cancelled))
    return " · ".join(parts)


def staffing_text(sheet: CoverageSheet) -> str:
    """Return in words how the staffing stands against what the hours need."""
    if not sheet.staffing:
        return _("No staffing is asked for by the hour.")
    n_below, n_short = sheet.n_below_minimum, sheet.n_below_needed
    n_hours = len(sheet.staffing)
    if not n_below and not n_short:
        return _("All {n} hours have the officers that the work asks for.", n=n_hours)
    parts = [
        ngettext(
            "{n} hour of {n_hours} is below the minimum staffing",
            "{n} hours of {n_hours} are below the minimum staffing",
            n_below,
            n_hours=n_hours,
        )
        if n_below
        else _("No hour is below the minimum staffing")
    ]
    if n_short:
        parts.append(
            ngettext(
                "{n} has the minimum but less than the work asks for",
                "{n} have the minimum but less than the work asks for",
                n_short,
            )
        )
    return "; ".join(parts) + "."


def own_schools_text(sheet: CoverageSheet) -> str:
    """Return how many schools are not planned for; empty when all are."""
    n = sheet.n_own_schools
    if not n:
        return ""
    return ngettext(
        "{n} school has its own staff throughout and is not counted here.",
        "{n} schools have their own staff throughout and are not counted here.",
        n,
    )


def gap_name(gap: CoverageGap) -> str:
    """Return what a gap is in, such as ``Persboskolan, after school``."""
    if gap.moment is None:
        return gap.title
    moment = kind_text(DutyKind.SCHOOL, moment=gap.moment)
    return f"{gap.title}, {moment[0].lower()}{moment[1:]}"


def gap_reason(gap: CoverageGap) -> str:
    """Return why there is a gap, what is proved of it and what stops most people."""
    if gap.reason is None:
        return _("The reason has not been examined.")
    said = messages.gap_reason(gap.reason, gap.proof)
    if gap.proof:
        said = f"{said} ({_(messages.PROOFS[gap.proof])})"
    known = [one for one in gap.blockers if one.code in messages.BLOCKERS]
    worst = sorted(known, key=lambda one: -one.n_staff)[:_N_BLOCKERS]
    blockers = ", ".join(messages.blocker_text(one.code, one.n_staff) for one in worst)
    sentence = f"{said[0].upper()}{said[1:]}."
    if blockers:
        return _(
            "{sentence} What stops most people: {blockers}.", sentence=sentence, blockers=blockers
        )
    return sentence


def when_text(sheet: CoverageSheet, gap: CoverageGap) -> str:
    """Return such as ``Tue 24/11, 07:15–08:15``."""
    return time_text(sheet, gap.span.start) + "–" + words.clock(gap.span.end, sheet.tz)


def time_text(sheet: CoverageSheet, at: datetime) -> str:
    """Return such as ``Tue 24/11, 07:15``."""
    return f"{words.short_date(at.astimezone(sheet.tz).date())}, {words.clock(at, sheet.tz)}"


def override_text(override: CoverageOverride) -> str:
    """Return which rule is broken and by how much; whose shift it is about is not said."""
    sentence = messages.FINDINGS.get(override.rule)
    if sentence is None:
        return override.rule
    values: dict[str, Any] = {
        name: words.hours(value) if name.endswith("_min") and isinstance(value, int) else value
        for name, value in override.values
    }
    try:
        broken = _(sentence, **values)
    except KeyError:  # a breach that was written down without its numbers
        broken = _(messages.BLOCKERS.get(override.rule, override.rule))
        return broken[0].upper() + broken[1:]
    return _("Somebody {broken}", broken=broken)


def decision_counts(sheet: CoverageSheet) -> Iterator[tuple[Presence, int]]:
    """Yield how often each thing was decided of a window that nobody was found for."""
    for presence in DECISIONS:
        n = sum(one.decided is presence for one in sheet.decisions)
        if n:
            yield presence, n
