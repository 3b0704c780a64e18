"""What is said of those who can take something, what it costs, and why others cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner import messages
from planner.domain.plan import Plan
from planner.domain.roster import Gap
from planner.services.candidates.values import (
    Answer,
    Candidate,
    Costs,
    DutyHandedOver,
    Familiarity,
    Handed,
    HeadWanted,
    Hindrance,
    Refusal,
    ShiftHandedOver,
    SkillWanted,
    WayKind,
)
from planner.words import N_, _, clock_span, hours, ngettext
from ui.week import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A cost in a few words; symbol and tone repeat how much it matters."""

    text: str
    tone: str
    symbol: str


_FAMILIAR: Mapping[Familiarity, tuple[str, str, str]] = {
    Familiarity.NAMED: (N_("Named contact person"), "success", "school"),
    Familiarity.SUBSTITUTE: (N_("Substitute contact person"), "success", "school"),
    Familiarity.SEEN: (N_("Has been there this week"), "neutral", "school"),
    Familiarity.STRANGER: (N_("New to the school"), "neutral", "school"),
}

_WISHES: Mapping[str, tuple[str, str]] = {
    "veto": (N_("Veto: day off"), "danger"),
    "free": (N_("Wishes the day off"), "warning"),
    "shift": (N_("Wishes this shift"), "success"),
}

HINDRANCES: Mapping[Hindrance, str] = {
    Hindrance.SKILL: N_("Lacks the skill"),
    Hindrance.ALREADY: N_("Does it already"),
    Hindrance.NOT_EMPLOYED: N_("Not employed that day"),
    Hindrance.ABSENT: N_("Absent"),
    Hindrance.BOUND: N_("Bound to other work"),
    Hindrance.UNAVAILABLE: N_("Cannot work at that time"),
    Hindrance.AT_WORK: N_("Already at work then"),
    Hindrance.LOCKED_DUTY: N_("Has a locked duty then"),
    Hindrance.NO_SHIFT: N_("No shift of the employer reaches it"),
    Hindrance.NO_CREW: N_("Nobody of the squad to make a crew with"),
    Hindrance.RULE: N_("A rule would be broken"),
}
"""Why somebody cannot take it."""


def heading(answer: Answer) -> str:
    """Return what is looked for."""
    match answer.wanted:
        case HeadWanted():
            return _("Who can go to {title}?", title=answer.title)
        case DutyHandedOver():
            return _("Who can take over {title}?", title=answer.title)
        case ShiftHandedOver():
            return _("Who can take {name}’s shift?", name=answer.title)
        case SkillWanted():
            return _("Who can be at work? ({skill})", skill=answer.title)


def when(plan: Plan, answer: Answer) -> str:
    """Return when what is looked for is."""
    return words.when(answer.span, plan.zone) if answer.span else ""


def names(candidate: Candidate) -> str:
    """Return who it is; two who keep together by both names."""
    return " + ".join(person.name for person in candidate.people)


def phones(candidate: Candidate) -> str:
    """Return the numbers to call."""
    return ", ".join(person.service_phone for person in candidate.people if person.service_phone)


def way(plan: Plan, candidate: Candidate) -> str:
    """Return how they would take it."""
    taken = candidate.way
    kind = plan.shift_type_by_id.get(taken.shift_type) if taken.shift_type else None
    values = {
        "shift": kind.name if kind else _("a shift"),
        "time": clock_span(taken.span.start, taken.span.end, plan.zone),
    }
    match taken.kind:
        case WayKind.FREE:
            return _("At work and free then")
        case WayKind.HANDS_OVER:
            return " · ".join(_handed(plan, one) for one in taken.handed)
        case WayKind.LONGER:
            return _("Works other hours: {shift} {time}", **values)
        case WayKind.EXTRA:
            return _("Works instead of being free: {shift} {time}", **values)
        case WayKind.SWAP:
            return _("Swaps shifts, takes {time}", **values)
        case WayKind.JOINS:
            return _("At work alone, makes a crew {time}", **values)


def _handed(plan: Plan, handed: Handed) -> str:
    time = clock_span(handed.span.start, handed.span.end, plan.zone)
    if handed.taker is None:
        return _("At work, leaves {title} {time} to nobody", title=handed.title, time=time)
    name = plan.staff_by_id[handed.taker].display_name
    return _("At work, {name} takes {title} {time}", title=handed.title, time=time, name=name)


def chips(plan: Plan, candidate: Candidate) -> tuple[Chip, ...]:
    """Return what it costs, what weighs most first."""
    costs = candidate.costs
    return (*_grave(plan, costs), *_people(costs), *_hours(costs))


def _grave(plan: Plan, costs: Costs) -> Iterator[Chip]:
    for finding in costs.broken:
        text = messages.finding_text(plan, finding)
        yield Chip(text=text, tone="danger", symbol="circle-alert")
    for gap in costs.opened:
        yield Chip(text=_opened(plan, gap), tone="danger", symbol="users")
    if costs.left_min:
        text = _("{time} of it stays uncovered", time=hours(costs.left_min))
        yield Chip(text=text, tone="warning", symbol="triangle-alert")
    if costs.wish:
        text, tone = _WISHES[costs.wish]
        yield Chip(text=_(text), tone=tone, symbol="calendar")
    if costs.short_rest_min is not None:
        text = _("Rest of only {time}", time=hours(costs.short_rest_min))
        yield Chip(text=text, tone="warning", symbol="clock")
    if costs.notice_days is not None:
        text = ngettext(
            "Told {n} day ahead, {least} wanted",
            "Told {n} days ahead, {least} wanted",
            costs.notice_days,
            least=costs.least_notice_days,
        )
        yield Chip(text=text, tone="warning", symbol="clock")
    if costs.given:
        yield Chip(text=_("Changes a given shift"), tone="warning", symbol="lock")


def _people(costs: Costs) -> Iterator[Chip]:
    if costs.n_disturbed:
        text = ngettext("Changes {n} other’s week", "Changes {n} others’ weeks", costs.n_disturbed)
        yield Chip(text=text, tone="neutral", symbol="users")
    if costs.familiarity is not None:
        text, tone, symbol = _FAMILIAR[costs.familiarity]
        yield Chip(text=_(text), tone=tone, symbol=symbol)


def _hours(costs: Costs) -> Iterator[Chip]:
    before, after = costs.balance_before_min, costs.balance_after_min
    if costs.added_min:
        text = _("{hours} working time", hours=_signed(costs.added_min))
        yield Chip(text=text, tone="neutral", symbol="clock")
    if before != after:
        text = _("Contract {before} → {after}", before=_signed(before), after=_signed(after))
        is_more = after > max(0, before)
        symbol = "triangle-alert" if is_more else "circle-check"
        yield Chip(text=text, tone="warning" if is_more else "success", symbol=symbol)
    if costs.travel_min > 0:
        text = _("{n} min more travel", n=costs.travel_min)
        yield Chip(text=text, tone="neutral", symbol="map-pin")


def _signed(minutes: int) -> str:
    return f"+{hours(minutes)}" if minutes > 0 else hours(minutes)


def _opened(plan: Plan, gap: Gap) -> str:
    time = words.when(gap.span, plan.zone)
    return _("Uncovers {title} {time}", title=messages.gap_title(plan, gap), time=time)


def reason(plan: Plan, refusal: Refusal) -> str:
    """Return why somebody cannot take it; of broken rules the way that breaks the fewest."""
    if refusal.against_rules is None:
        return _(HINDRANCES[refusal.hindrance])
    return way(plan, refusal.against_rules)


def spoken(*parts: str) -> str:
    """Return texts as one, for a screen reader."""
    return ", ".join(part for part in parts if part)
