"""Why there is a gap and what closes it, in words: for managers without names, else with them."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from planner import messages, words
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import GapReason
from planner.domain.spans import Span
from planner.services.gaps.fix_values import ODD_TIMES, Fix, FixKind, Hire
from planner.services.gaps.values import (
    ExplainedGap,
    GapFact,
    ManagersFact,
    ManagersGap,
    Numbers,
    Reinforcement,
)
from planner.words import N_, _, hours, ngettext

REASONS: Mapping[GapReason, str] = {
    GapReason.SUPPLY: N_("Nobody with the skill is there and free."),
    GapReason.RULE: N_("There are people who could, but a rule stops each of them."),
    GapReason.PREFERENCE: N_("It could be covered, at the cost of something else."),
}
"""Why there is a gap, in a sentence."""

PROOFS: Mapping[str | None, str] = {
    "nobody": N_("Proved: no legal shift of anybody reaches it."),
    "bound": N_("Proved: covering it would uncover as much elsewhere."),
    None: N_("That it cannot be covered is not proved."),
}
"""What is proved of a gap, in a sentence."""

KINDS: Mapping[FixKind, str] = {
    FixKind.ASSIGN: N_("Give it to somebody at work"),
    FixKind.MOVE: N_("Let other duties begin at another time"),
    FixKind.SHIFT: N_("Move a shift"),
    FixKind.LONGER: N_("Approve overtime"),
    FixKind.SWAP: N_("Swap with somebody"),
    FixKind.SESSION: N_("Agree another time with the school"),
    FixKind.WEEK: N_("Plan a week anew"),
    FixKind.RELAX: N_("Let a rule be broken"),
    FixKind.HIRE: N_("Bring in more people"),
}
"""What each kind of fix does."""

RULES: Mapping[str, str] = {
    "working-time": N_("at most {limit} h a week"),
    "daily-rest": N_("{limit} h of daily rest"),
    "weekly-rest": N_("{limit} h of weekly rest"),
    "rest-between": N_("{limit} h of rest between shifts"),
    "no-break": N_("at most {limit} h without a break"),
    "consecutive-days": N_("at most {limit} days in a row"),
    "shifts-per-day": N_("at most {limit} shifts a day"),
}
"""Each rule with its number."""

_COUNTS = frozenset({"consecutive-days", "shifts-per-day"})
"""Rules whose numbers are no minutes."""

_OTHERS: Mapping[str, str] = {
    "given": N_("given or locked shifts"),
    "free-day": N_("fixed free days"),
    "other-work": N_("what else they are to do"),
    "travel": N_("the way from another place"),
    "no-lead": N_("no officer in charge on that shift"),
    "no-shift": N_("no shift type reaches it"),
    "blocked": N_("absent or not available"),
    "bound": N_("bound to other work"),
}


def fact_name(plan: Plan, code: str, of: str, limit: int | None) -> str:
    """Return what a fact is in a few words, with a rule's number; without anybody's name."""
    if code == "skill":
        return _("asks for {skill}", skill=skill_name(plan, of))
    if code in RULES and limit is not None:
        return _(RULES[code], limit=_amount(code, limit))
    if code in _OTHERS:
        return _(_OTHERS[code])
    return _(messages.BLOCKERS.get(code, N_("a rule")))


def managers_lines(plan: Plan, gap: ManagersGap) -> Iterator[str]:
    """Yield why there is a gap: the reason, what is proved, then fact by fact; no names."""
    yield " ".join(_head(gap.reason, gap.proof, n_free=gap.n_free, facts=gap.facts))
    yield ngettext(
        "{n} person has the skill; {there} would be there.",
        "{n} people have the skill; {there} would be there.",
        gap.n_skilled,
        there=gap.n_there,
    )
    for fact in gap.facts:
        yield managers_fact(plan, fact)
    if not gap.is_smallest:
        yield _("Perhaps fewer facts would do: the search was cut short.")


def managers_fact(plan: Plan, fact: ManagersFact) -> str:
    """Return such as ``11:00 h of daily rest stops 3 (they would have 8:30–9:00)``."""
    name = words_upper(fact_name(plan, fact.code, fact.of, fact.limit))
    if not fact.n_staff:
        return name
    text = ngettext("{fact}: stops {n} person", "{fact}: stops {n} people", fact.n_staff, fact=name)
    if fact.least is None or fact.most is None:
        return text
    low, high = _amount(fact.code, fact.least), _amount(fact.code, fact.most)
    measured = low if low == high else f"{low}–{high}"
    return _("{text} (it would be {measured})", text=text, measured=measured)


def planners_lines(plan: Plan, gap: ExplainedGap) -> Iterator[str]:
    """Yield the reason, what is proved and who has the skill; the facts are told apart."""
    yield " ".join(_head(gap.reason, gap.proof, n_free=len(gap.free), facts=gap.facts))
    yield ngettext(
        "{n} person has the skill; {there} would be there.",
        "{n} people have the skill; {there} would be there.",
        gap.n_skilled,
        there=gap.n_there,
    )
    if gap.free:
        yield _("Nothing keeps {names} away.", names=names(plan, gap.free))
    if gap.at is not None and gap.at != gap.gap.span:
        yield _("Looked into for {time}.", time=_time(plan, gap.at))


def fact_lines(plan: Plan, fact: GapFact) -> Iterator[str]:
    """Yield what a fact is, whom it stops with numbers, and who could if it were otherwise."""
    name = words_upper(fact_name(plan, fact.code, fact.of, fact.limit))
    who = plan.staff_by_id.get(StaffId(fact.of))
    yield f"{who.display_name}: {fact_name(plan, fact.code, '', None)}" if who else name
    stopped = [staff for staff in fact.staff if who is None or staff != who.id]
    if stopped:
        yield _("Stops {names}", names=names(plan, stopped))
    if fact.numbers:
        yield ", ".join(_number(plan, fact.code, one) for one in fact.numbers[:4])
    if fact.opens:
        yield _opens(plan, fact)


def _opens(plan: Plan, fact: GapFact) -> str:
    who = names(plan, fact.opens)
    also = ", ".join(fact_name(plan, code, "", None) for code in fact.also)
    if not fact.is_verified:
        return _("Whether {names} could without it was not verified", names=who)
    if also:
        return _("Without it, and without this, {names} could: {also}", names=who, also=also)
    return _("Without it {names} could (verified)", names=who)


def _number(plan: Plan, code: str, one: Numbers) -> str:
    who = plan.staff_by_id[one.staff].display_name
    return _("{name} would have {measured}", name=who, measured=_amount(code, one.measured))


def _head(
    reason: GapReason, proof: str | None, *, n_free: int, facts: Collection[object]
) -> Iterator[str]:
    """Yield the reason and what is proved."""
    if n_free and not facts:
        yield _("Nothing keeps everybody away: it could be covered, as the fixes show.")
        return
    yield _(REASONS[reason])
    if reason is GapReason.PREFERENCE and proof is None:
        yield _("That it must cost something is not proved.")
    else:
        yield _(PROOFS[proof])


_TITLES: Mapping[FixKind, tuple[str, str]] = {
    FixKind.ASSIGN: (N_("{names}, at work already, takes it"),) * 2,
    FixKind.MOVE: (N_("{names} takes it; other duties begin at another time"),) * 2,
    FixKind.SHIFT: (
        N_("Move the shift of {names} {n} min earlier"),
        N_("Move the shift of {names} {n} min later"),
    ),
    FixKind.LONGER: (
        N_("{names} begins {n} min earlier: overtime"),
        N_("{names} goes home {n} min later: overtime"),
    ),
    FixKind.SWAP: (N_("Swap: {names}"),) * 2,
    FixKind.WEEK: (N_("{names}: other shifts this week"),) * 2,
    FixKind.RELAX: (N_("{names} takes it against a rule"),) * 2,
}
"""What a fix does, when a shift begins earlier and when it ends later."""


def fix_title(plan: Plan, fix: Fix) -> str:
    """Return what a fix does, in a line; with names."""
    if fix.hire is not None:
        return hire_text(plan, fix.hire)
    if (span := fix.session_span(plan)) is not None:
        return _(
            "Move the session to {time}, held by {names}; agree it with the school first",
            time=_time(plan, span),
            names=names(plan, fix.people),
        )
    text = _TITLES[fix.kind][0 if fix.shift_by_min < 0 else 1]
    return _(text, names=names(plan, fix.people), n=abs(fix.shift_by_min))


def hire_text(plan: Plan, hire: Hire) -> str:
    """Return such as ``1 more person with Teckenstöd, Wed 25/11 07:30–08:30``."""
    skills = ", ".join(sorted(skill_name(plan, skill) for skill in hire.skills))
    return ngettext(
        "{n} more person with {skills}, {time}",
        "{n} more people with {skills}, {time}",
        hire.n_people,
        skills=skills,
        time=_time(plan, hire.span),
    )


def reinforcement_text(plan: Plan, wanted: Reinforcement) -> str:
    """Return such as ``1 more person with Teckenstöd, Wed 25/11 07:30–08:30, 14:00–14:45``."""
    first, *rest = wanted.spans
    times = [_time(plan, first), *(words.clock_span(s.start, s.end, plan.zone) for s in rest)]
    skills = ", ".join(sorted(skill_name(plan, skill) for skill in wanted.skills))
    return ngettext(
        "{n} more person with {skills}, {time}",
        "{n} more people with {skills}, {time}",
        wanted.n_people,
        skills=skills,
        time=", ".join(times),
    )


def fix_costs(plan: Plan, fix: Fix) -> Iterator[tuple[str, str]]:
    """Yield tone and text of what a fix costs, what weighs most first."""
    yield from _broken(plan, fix)
    yield from _uncovered(plan, fix)
    costs = fix.costs
    if fix.kind is FixKind.SESSION:
        yield "warning", _("Needs the school’s consent")
    if costs.given:
        yield "warning", _("Changes a given shift")
    if costs.vetoes:
        yield "danger", _("Against the veto of {names}", names=names(plan, costs.vetoes))
    if costs.wishes:
        yield "warning", _("{names} wished to be free", names=names(plan, costs.wishes))
    if costs.overtime_min > 0:
        yield "warning", _("{hours} overtime", hours=hours(costs.overtime_min))
    if len(costs.people) > 1:
        n = len(costs.people)
        yield "neutral", ngettext("Changes {n} person’s week", "Changes {n} people’s weeks", n)
    if costs.levels and costs.levels[_CONTINUITY] > 0:
        yield "neutral", _("A face that the school knows less")
    if fix.hire is None and not fix.needs_reason and costs.overtime_min <= 0:
        yield "success", _("Breaks no rule, no overtime")


def _broken(plan: Plan, fix: Fix) -> Iterator[tuple[str, str]]:
    if fix.odd_times:
        yield "warning", _("Times that no shift type has: needs consent")
    for finding in fix.broken:
        if finding.code != ODD_TIMES:
            text = messages.finding_text(plan, finding)
            yield "danger", _("Breaks a rule: {text}", text=text)


def _uncovered(plan: Plan, fix: Fix) -> Iterator[tuple[str, str]]:
    for gap in fix.costs.opened:
        title = messages.gap_title(plan, gap)
        yield "danger", _("Uncovers {title} {time}", title=title, time=_time(plan, gap.span))
    if fix.left_min:
        yield "warning", _("{time} of it stays uncovered", time=hours(fix.left_min))


def names(plan: Plan, staff: Iterable[StaffId]) -> str:
    """Return people by their display names; more than a few are counted."""
    known = (plan.staff_by_id.get(one) for one in staff)
    told = [member.display_name for member in known if member is not None]
    if len(told) > _MOST_NAMES:
        more = len(told) - _MOST_NAMES
        listed = ", ".join(told[:_MOST_NAMES])
        return ngettext("{names} and {n} more", "{names} and {n} more", more, names=listed)
    return ", ".join(told)


_MOST_NAMES = 4
_CONTINUITY = list(messages.LEVELS).index("continuity")


def skill_name(plan: Plan, skill: str) -> str:
    """Return the name of a skill."""
    return next((each.name for each in plan.skills if each.id == skill), skill)


def words_upper(text: str) -> str:
    """Return a text with a large first letter."""
    return text[:1].upper() + text[1:]


def _amount(code: str, n: int) -> str:
    if code in _COUNTS:
        return str(n)
    return hours(n) if n % 60 else str(n // 60)


def _time(plan: Plan, span: Span) -> str:
    day = words.short_date(span.start.astimezone(plan.zone).date())
    return f"{day} {words.clock_span(span.start, span.end, plan.zone)}"
