"""Short texts of the dialog about gaps; what is said of a gap is in the services."""

from collections.abc import Callable, Iterator, Mapping

from planner import messages
from planner.domain.plan import Plan
from planner.domain.roster import Gap, GapReason
from planner.services.gaps import wording
from planner.services.gaps.fix_values import Fix
from planner.services.gaps.values import ExplainedGap, GapFact, Reinforcement
from planner.words import N_, _, clock_span, ngettext, short_date
from ui.widgets.notes import Note

_SHORT = {
    GapReason.SUPPLY: N_("Too few people"),
    GapReason.RULE: N_("A rule"),
    GapReason.PREFERENCE: N_("Ranks lower"),
}
_SYMBOLS = {
    "blocked": "calendar-days",
    "bound": "clock",
    "given": "lock",
    "free-day": "calendar-days",
    "skill": "users",
    "no-shift": "clock",
    "other-work": "school",
    "travel": "map-pin",
}
_RULE_SYMBOL = "list"


def when(plan: Plan, gap: Gap) -> str:
    """Return such as ``Wed 25/11 07:30–08:30 · 1 person missing``."""
    day = short_date(gap.span.start.astimezone(plan.zone).date())
    time = clock_span(gap.span.start, gap.span.end, plan.zone)
    lacking = ngettext("{n} person missing", "{n} people missing", gap.missing)
    return f"{day} {time} · {lacking}"


def gap_note(plan: Plan, gap: Gap, explained: ExplainedGap | None) -> Note:
    """Return a gap as a line of the overview; why, as soon as that is known."""
    lines = (messages.gap_title(plan, gap), when(plan, gap))
    if explained is None:
        return Note(lines=(*lines, _("Not yet explained")), tone="muted", symbol="clock", value=gap)
    return Note(lines=(*lines, short_reason(explained)), tone="danger", value=gap)


def short_reason(explained: ExplainedGap) -> str:
    """Return the reason in a few words, with whether it is proved."""
    if explained.free and not explained.facts:
        return _("Can be covered")
    known = _("proved") if explained.is_proved else _("not proved")
    return f"{_(_SHORT[explained.reason])} · {known}"


def fact_note(plan: Plan, fact: GapFact) -> Note:
    """Return a fact as an entry."""
    lines = tuple(wording.fact_lines(plan, fact))
    symbol = _SYMBOLS.get(fact.code, _RULE_SYMBOL)
    return Note(lines=lines, tone="warning", symbol=symbol, value=fact)


def fix_note(plan: Plan, fix: Fix) -> Note:
    """Return a fix as an entry: what it does and what that costs."""
    costs = tuple(wording.fix_costs(plan, fix))
    said = " · ".join(text for _tone, text in costs)
    tones = [tone for tone, _text in costs]
    tone = next((t for t in ("danger", "warning") if t in tones), "success")
    if fix.hire is not None:
        tone = "muted"
    lines = (wording.fix_title(plan, fix), *((said,) if said else ()))
    return Note(lines=lines, tone=tone, value=fix)


def wanted_lines(plan: Plan, wanted: tuple[Reinforcement, ...]) -> Iterator[str]:
    """Yield who would have to come for everything that lacks people."""
    if wanted:
        yield _("What lacks people would be closed by")
    for one in wanted:
        yield "• " + wording.reinforcement_text(plan, one)


_COUNTS: Mapping[GapReason, Callable[[int], str]] = {
    GapReason.SUPPLY: lambda n: ngettext("{n} lacks people", "{n} lack people", n),
    GapReason.RULE: lambda n: ngettext("{n} stopped by rules", "{n} stopped by rules", n),
    GapReason.PREFERENCE: lambda n: ngettext("{n} ranks lower", "{n} rank lower", n),
}


def summary(found: tuple[ExplainedGap, ...]) -> Iterator[str]:
    """Yield how many gaps there are of each kind."""
    coverable = [one for one in found if one.free and not one.facts]
    if coverable:
        yield ngettext("{n} can be covered", "{n} can be covered", len(coverable))
    for reason, text in _COUNTS.items():
        n = sum(one.reason is reason and one not in coverable for one in found)
        if n:
            yield text(n)
