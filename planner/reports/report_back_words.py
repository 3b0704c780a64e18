"""What a report-back says in words, on paper and on its web page alike.

A number in a sentence is a traced one: see :mod:`planner.reports.traced`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from babel import dates, numbers

from planner import words
from planner.domain.promises import MeasureKind, Party
from planner.domain.tallies import Verdict
from planner.domain.weeks import IsoWeek
from planner.promise_words import KINDS, MEETING_STATES, REASONS
from planner.reports.report_back import MeasureReport, MeetingLine, ReportBack
from planner.reports.traced import Number, figure, typed
from planner.words import N_, _

UNITS: Mapping[MeasureKind, str] = {
    MeasureKind.CONTACT_PERSONS: N_("contact windows"),
    MeasureKind.PRESENCE: N_("stays and visits"),
    MeasureKind.WALKS: N_("safety walks"),
    MeasureKind.SESSIONS: N_("information sessions"),
}
PLACES: Mapping[MeasureKind, str] = {
    MeasureKind.CONTACT_PERSONS: N_("School"),
    MeasureKind.PRESENCE: N_("Selected place"),
    MeasureKind.WALKS: N_("Safety walk"),
    MeasureKind.SESSIONS: N_("Information session"),
}
PARTIES: Mapping[Party, str] = {
    Party.CITY: N_("Carried out by the city."),
    Party.POLICE: N_("Carried out by the police."),
    Party.BOTH: N_("Carried out by both together."),
}


def title_of(report: ReportBack, measure: MeasureReport) -> str:
    """Return what a measure is called: by its kind, or as promised when there are several."""
    same = [one for one in report.measures if one.kind is measure.kind]
    return _(KINDS[measure.kind]) if len(same) == 1 else typed(measure.name)


def kind_of_report(report: ReportBack) -> str:
    """Return what the document is."""
    return _("Report-back") if report.is_over else _("Interim report")


def number(n: int, *parts: object, goal: str = "") -> Number:
    """Return a count that is found again by the name that ``parts`` make."""
    return Number(str(n), figure(*parts), goal)


def share_text(n_done: int, n_all: int) -> str:
    """Return per cent with one decimal, rounded down: only all of it is 100."""
    if not n_all:
        return "–"
    return decimal(n_done * 1000 // n_all / 10)


def decimal(value: float) -> str:
    """Return a number with one decimal, such as ``3,5``; rounded to the nearest."""
    return str(numbers.format_decimal(value, "0.0", locale=words.language()))


def per_cent(text: str) -> str:
    """Return such as ``95,8 %``; the space does not break."""
    return _("{share} %", share=text)


def promised_of(measure: MeasureReport) -> int:
    """Return how many were promised: of walks and sessions, the number that is the target."""
    return measure.total.promised if measure.is_share else measure.target


def target_text(measure: MeasureReport) -> str:
    """Return such as ``at least 95 %`` or ``at least 6``."""
    if measure.is_share:
        return _("at least {target} %", target=measure.target)
    return _("at least {target}", target=measure.target)


def reached_text(measure: MeasureReport) -> str:
    """Return in a word or two whether a target was reached."""
    match measure.verdict:
        case Verdict.KEPT:
            return _("Yes")
        case Verdict.NOT_KEPT:
            return _("Cannot be shown") if measure.could_be_kept else _("No")
        case Verdict.NOT_YET:
            return _("Not yet")
        case Verdict.OUT_OF_REACH:
            return _("No longer possible")
        case Verdict.NOTHING_PROMISED:
            return _("Nothing was promised")


def verdict_text(measure: MeasureReport, goal: str) -> str:
    """Return a sentence of whether a measure was carried out as promised."""
    total, id_ = measure.total, measure.id
    values = {
        "n": number(total.done, id_, "done", goal=goal),
        "n_all": number(promised_of(measure), id_, "promised", goal=goal),
        "aim": number(measure.aim, id_, "aim", goal=goal),
        "n_open": number(total.not_reported, id_, "not_reported", goal=goal),
    }
    return _(_VERDICTS[_verdict_key(measure)], **values)


def _verdict_key(measure: MeasureReport) -> str:
    if measure.verdict is Verdict.NOT_KEPT and measure.could_be_kept:
        return "cannot_be_shown"
    if not measure.is_share and measure.verdict is not Verdict.NOTHING_PROMISED:
        return f"{measure.verdict}_number"
    return measure.verdict


_VERDICTS: Mapping[str, str] = {
    Verdict.KEPT: N_("The target was reached. Reported as done: {n} of {n_all}."),
    f"{Verdict.KEPT}_number": N_("The target was reached. Reported as done: {n}."),
    Verdict.NOT_KEPT: N_(
        "The target was not reached. Reported as done: {n} of {n_all}; needed: {aim}."
    ),
    f"{Verdict.NOT_KEPT}_number": N_(
        "The target was not reached. Reported as done: {n}; needed: {aim}."
    ),
    "cannot_be_shown": N_(
        "It cannot be shown that the target was reached. Reported as done: {n}; needed: {aim}; not "
        "reported: {n_open}."
    ),
    Verdict.NOT_YET: N_("Reported as done until now: {n} of {n_all}; needed: {aim}."),
    f"{Verdict.NOT_YET}_number": N_("Reported as done until now: {n}; needed: {aim}."),
    Verdict.OUT_OF_REACH: N_(
        "The target can no longer be reached: too much was not done. Reported as done: {n} of "
        "{n_all}; needed: {aim}."
    ),
    Verdict.NOTHING_PROMISED: N_(
        "No school day and no window lies in the period, so nothing was promised."
    ),
}


def meeting_text(meeting: MeetingLine) -> str:
    """Return such as ``12 January 2026: held``."""
    state = _(MEETING_STATES[meeting.state])
    if meeting.reason is not None:
        state = f"{state} ({_(REASONS[meeting.reason])})"
    if meeting.day is None:
        return state
    return f"{words.full_date(meeting.day)}: {state}"


def week_text(week: IsoWeek) -> str:
    """Return such as ``Vecka 47, 16 nov. – 22 nov. 2026``."""
    first, last = week.days[0], week.days[-1]
    locale = words.language()
    pattern = "d MMM" if first.year == last.year else "d MMM y"
    begin = str(first.day)
    if first.month != last.month:
        begin = f"{dates.format_date(first, pattern, locale=locale)} "
    end = dates.format_date(last, "d MMM y", locale=locale)
    gap = " " if first.month != last.month else ""
    return _("Week {week}, {first}–{last}", week=week.week, first=begin, last=f"{gap}{end}")


def month_text(month: date) -> str:
    """Return such as ``januari 2026``."""
    return dates.format_date(month, "LLLL y", locale=words.language())


def months_text(months: Sequence[date]) -> str:
    """Return such as ``december 2025 – mars 2026``; months that do not follow, one by one."""
    in_a_row = all((b.year - a.year) * 12 + b.month - a.month == 1 for a, b in pairwise(months))
    if not in_a_row:
        return ", ".join(map(month_text, months))
    if len(months) == 1:
        return month_text(months[0])
    first, last = months[0], months[-1]
    if first.year == last.year:
        return f"{dates.format_date(first, 'LLLL', locale=words.language())}–{month_text(last)}"
    return f"{month_text(first)} – {month_text(last)}"
