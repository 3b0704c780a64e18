"""What the situational picture says in words."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from planner import messages
from planner.domain.predictability import BIN_MIN
from planner.domain.situation_picture import Period, PeriodCount
from planner.domain.situation_trial import Measured, Method, Trial, Verdict
from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.services.situation.picture import NamedCluster, Situation
from planner.services.situation.predictability import Learnable, NamedPattern, Predictability
from planner.services.situation.proposals import Proposal, ProposalState, WindowTerms
from planner.words import N_, _, full_date, language, month_name, ngettext, weekday_name

METHODS: Mapping[Method, str] = {
    Method.PROPOSED: N_("As proposed"),
    Method.LAST_MONTH: N_("The same as last month"),
    Method.CHANCE: N_("Drawn by chance"),
}

STATES: Mapping[ProposalState, str] = {
    ProposalState.OPEN: "",
    ProposalState.PLANNED: N_("is planned already"),
    ProposalState.DECLINED: N_("declined"),
}


def weekday(number: int, *, is_short: bool = True) -> str:
    """Return the name of a weekday, Monday 1."""
    return weekday_name(date(2024, 1, number), is_short=is_short).capitalize()  # Monday the 1st


def decimal(value: float, n_decimals: int = 1) -> str:
    """Return a number as the language in force writes it."""
    text = f"{value:.{n_decimals}f}"
    return text.replace(".", ",") if language() == "sv" else text


def percent(share: float, n_decimals: int = 1) -> str:
    """Return such as ``5.6 %``."""
    return f"{decimal(100 * share, n_decimals)} %"


def ranged(found: Measured, text: Callable[[float], str]) -> str:
    """Return a figure with its interval, such as ``5.6 % (3.6 % – 7.7 %)``."""
    return f"{text(found.value)} ({text(found.low)} – {text(found.high)})"


def without_place(problem: InputError) -> str:
    """Return what is wrong, without where in the file: that stands beside it."""
    values: dict[str, Any] = dict(problem.values)
    return messages.sentence(InputError(problem.code, **values))


def kind_name(kind: str) -> str:
    """Return what a kind of incidents is called; there are files that do not say it."""
    return kind or _("kind not said")


def hours_text(start: time, end: time) -> str:
    """Return such as ``20:00–00:00``."""
    return f"{start:%H:%M}–{end:%H:%M}"


def when(proposal: Proposal) -> str:
    """Return such as ``Fri 20:00–00:00``."""
    return f"{weekday(proposal.weekday)} {hours_text(proposal.start, proposal.end)}"


def headline(shown: Situation) -> str:
    """Return what the picture comes to."""
    if shown.first_day is None or shown.last_day is None:
        return _("No incidents in this choice.")
    n = ngettext("{n} incident", "{n} incidents", len(shown.incidents))
    first, last = full_date(shown.first_day), full_date(shown.last_day)
    text = _("{n}, {first} – {last}", n=n, first=first, last=last)
    n_unplaced = len(shown.incidents) - shown.n_located
    if n_unplaced:
        text += "; " + ngettext("{n} without a position", "{n} without a position", n_unplaced)
    return text


def period_label(one: PeriodCount, period: Period) -> str:
    """Return a period as it stands under its bar."""
    if period is Period.WEEK:
        return _("w {n}", n=IsoWeek.of(one.first_day).week)
    return f"{month_name(one.first_day.month)[:3]} {one.first_day:%y}"


def period_text(one: PeriodCount, period: Period) -> str:
    """Return everything about a period."""
    name = (
        str(IsoWeek.of(one.first_day))
        if period is Period.WEEK
        else f"{month_name(one.first_day.month)} {one.first_day.year}"
    )
    n = ngettext("{n} incident", "{n} incidents", one.count)
    low, high = decimal(one.low), decimal(one.high)
    text = _("{name}: {n}; fits a rate of {low} to {high}", name=name, n=n, low=low, high=high)
    partly = _("not the whole period")
    return text if one.is_whole else f"{text} · {partly}"


def trend_summary(counts: tuple[PeriodCount, ...], period: Period) -> str:
    """Return what a chart of counts shows, for whoever cannot see it."""
    title = _("Incidents by week") if period is Period.WEEK else _("Incidents by month")
    whole = [one.count for one in counts if one.is_whole]
    if not whole:
        return title
    spread = _("{least} to {most} each", least=min(whole), most=max(whole))
    return f"{title}: {spread}"


def cluster_text(named: NamedCluster) -> str:
    """Return a cluster in a line."""
    one = named.cluster
    n = ngettext("{n} incident", "{n} incidents", one.count)
    return f"{named.name}: {n} ({percent(one.share)})"


def verdict(trial: Trial, terms: WindowTerms) -> tuple[str, str]:
    """Return what a trial says of the proposals, and its tone."""
    if trial.verdict is Verdict.TOO_LITTLE:
        return (
            _(
                "Too little to try it: at least 21 whole weeks with incidents that have a position "
                "are needed. What is proposed is a guess."
            ),
            "warning",
        )
    rate, lead = trial.results[Method.PROPOSED].hit_rate, trial.lead[Method.LAST_MONTH]
    tried = _(
        "Tried on {n_weeks} weeks that were not learned from: {n} windows of {hours} h would have "
        "covered {rate} of the incidents ({low} to {high}).",
        n_weeks=len(trial.weeks),
        n=terms.n_windows,
        hours=terms.hours,
        rate=percent(rate.value),
        low=percent(rate.low),
        high=percent(rate.high),
    )
    if trial.verdict is Verdict.BETTER:
        said = _(
            "That is more than the windows of the month before would have, and more than chance."
        )
        return f"{tried} {said}", "success"
    said = (
        _("It is not shown to be more than chance.")
        if trial.lead[Method.CHANCE].low <= 0
        else _(
            "It is more than chance, but not shown to be more than the windows of the month before "
            "would have (difference {low} to {high}).",
            low=percent(lead.low),
            high=percent(lead.high),
        )
    )
    return f"{tried} {said}", "warning"


def weeks_read(shown: Predictability) -> str:
    """Return which published weeks were looked at."""
    if not shown.weeks:
        return _("No week is published yet; publish some, and come back.")
    first, last = str(shown.weeks[0]), str(shown.weeks[-1])
    n = ngettext("{n} published week", "{n} published weeks", len(shown.weeks))
    is_one = first == last
    text = f"{n}, {first}." if is_one else _("{n}, {first} to {last}.", n=n, first=first, last=last)
    if shown.n_continuous:
        text += " " + _("Continuous presence is foreseeable on purpose and is not judged.")
    return text


def pattern_verdict(shown: Predictability) -> tuple[str, str]:
    """Return what the weeks show as a whole, and its tone; empty when they show nothing."""
    if not shown.rows:
        return "", "info"
    if shown.share is None:
        return (
            _("Too few weeks to tell: at least four with visits on the same weekday are needed."),
            "info",
        )
    if not shown.n_learnable:
        return (
            _(
                "Nobody could learn it: visits come as unpredictably as even draws would "
                "({share} of their entropy).",
                share=percent(shown.share),
            ),
            "success",
        )
    return (
        ngettext(
            "{n} place and weekday has a pattern that somebody could learn. Make its window "
            "longer, or move visits of the coming weeks by hand.",
            "{n} places and weekdays have a pattern that somebody could learn. Make their windows "
            "longer, or move visits of the coming weeks by hand.",
            shown.n_learnable,
        ),
        "warning",
    )


LEARNABLE: Mapping[Learnable, str] = {
    Learnable.TOO_FEW: N_("too few weeks to tell"),
    Learnable.NO_PATTERN: N_("no pattern to be seen"),
    Learnable.LEARNABLE: N_("somebody could learn it"),
}


def pattern_cells(row: NamedPattern) -> tuple[str, ...]:
    """Return what stands in a row: place, weekday, visits, share, most frequent time, meaning."""
    one = row.pattern
    visits = ngettext("{n} visit", "{n} visits", one.n_visits)
    days = ngettext("{n} day", "{n} days", one.n_days)
    share = top = "–"
    if one.learnable is not Learnable.TOO_FEW:
        share = percent(one.share)
        top = _(
            "{start}–{end}, on {n} of {n_all} days",
            start=_clock(one.top_min),
            end=_clock(one.top_min + BIN_MIN),
            n=one.n_top_days,
            n_all=one.n_days,
        )
    return (
        row.name,
        weekday(one.weekday, is_short=False),
        f"{visits} / {days}",
        share,
        top,
        _(LEARNABLE[one.learnable]),
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
