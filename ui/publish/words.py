"""What is said of a week before it is published."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner import messages
from planner.difference_words import SHIFT_CHANGES, counts_text, shift_text
from planner.domain.changed import ChangeKind
from planner.domain.notice import ShortNotice
from planner.domain.plan import Plan
from planner.services.week.publish_check import LetStand, PublishCheck
from planner.words import _, clock, clock_span, ngettext, short_date
from ui.widgets.notes import Note


def gap_notes(plan: Plan, check: PublishCheck) -> Iterator[Note]:
    """Yield each gap: where, when with how many lack, and why."""
    for gap in check.gaps:
        day = short_date(gap.span.start.astimezone(plan.zone).date())
        time = clock_span(gap.span.start, gap.span.end, plan.zone)
        missing = ngettext("{n} person missing", "{n} people missing", gap.missing)
        why = _capital(messages.gap_reason(gap.reason, gap.proof)) + "."
        yield Note(
            lines=(messages.gap_title(plan, gap), f"{day} {time} · {missing}", why), tone="warning"
        )


def broken_notes(plan: Plan, check: PublishCheck) -> Iterator[Note]:
    """Yield each broken rule that nobody lets stand."""
    for finding in check.broken:
        yield Note(lines=(_capital(messages.finding_text(plan, finding)),), tone="danger")


def override_notes(plan: Plan, check: PublishCheck) -> Iterator[Note]:
    """Yield each broken rule that somebody lets stand: what, why, who and when."""
    for one in check.overrides:
        made = one.override.at.astimezone(plan.zone)
        when = f"{short_date(made.date())} {clock(made, plan.zone)}"
        by = _("{author}, {when}", author=one.override.author, when=when)
        yield Note(
            lines=(_let_stand(plan, one), _("Reason: {reason}", reason=one.override.reason), by),
            tone="warning" if one.finding else "muted",
        )


def notice_notes(plan: Plan, check: PublishCheck) -> Iterator[Note]:
    """Yield each change of working hours that is told too late."""
    for late in check.short_notice:
        name = check.differences.names[late.change.staff]
        ahead = ngettext("{n} day ahead", "{n} days ahead", late.given_days)
        asked = ngettext(
            "the rule book asks for {n} day", "the rule book asks for {n} days", late.least_days
        )
        yield Note(
            lines=(
                f"{name}, {short_date(late.change.day)}",
                _hours(check, late, plan.zone),
                f"{_capital(ahead)}; {asked}",
            ),
            tone="warning",
        )


def sheet_notes(_plan: Plan, check: PublishCheck) -> Iterator[Note]:
    """Yield the schools and people who have to be given something new."""
    for _school, name in check.schools:
        yield Note(lines=(name, _("New sheet for the school")), symbol="school")
    for person in check.people:
        what = _("Own week: {changes}", changes=counts_text(person.shifts, person.duties))
        yield Note(lines=(person.name, what), symbol="users")


def refusal_notes(check: PublishCheck) -> Iterator[Note]:
    """Yield why each sheet would be refused, and where to look."""
    for error in check.refused:
        yield Note(lines=(messages.sentence(error),), symbol="school", tone="danger")


def consequence(check: PublishCheck) -> str:
    """Return what publishing does, in a sentence or two."""
    if check.refused:
        return _("Sheets would show schools what is not for them; see on the left.")
    if check.replaces is None:
        first = _("The week gets a number and cannot be changed after.")
    else:
        first = _("The week gets a new number and replaces version {n}.", n=check.replaces)
    receivers = receiver_counts(check)
    if not receivers:
        second = _("Nobody gets anything new.")
    elif len(receivers) == 1:
        second = _("New sheets go to {receivers}.", receivers=receivers[0])
    else:
        schools, people = receivers
        second = _("New sheets go to {schools} and {people}.", schools=schools, people=people)
    return f"{first} {second}"


def receiver_counts(check: PublishCheck) -> list[str]:
    """Return how many get a new sheet, such as ``2 schools`` and ``4 people``; no zeros."""
    found = []
    if check.schools:
        found.append(ngettext("{n} school", "{n} schools", len(check.schools)))
    if check.people:
        found.append(ngettext("{n} person", "{n} people", len(check.people)))
    return found


def publish_text(check: PublishCheck) -> str:
    """Return what the button says that it does."""
    if check.replaces is None:
        return _("Publish")
    return _("Publish and replace version {n}", n=check.replaces)


def _let_stand(plan: Plan, one: LetStand) -> str:
    if one.finding is not None:
        return _capital(messages.finding_text(plan, one.finding))
    member = plan.staff_by_id.get(one.override.staff) if one.override.staff else None
    start = one.override.start
    parts = [
        member.display_name if member else one.override.staff,
        short_date(start.astimezone(plan.zone).date()) if start else None,
    ]
    about = " ".join(part for part in parts if part)
    said = _("what was let stand is not broken any more")
    return f"{about}: {said}" if about else _capital(said)


def _hours(check: PublishCheck, late: ShortNotice, zone: ZoneInfo) -> str:
    """Return how the working hours change: the new ones, the gone ones, or both."""
    change, differences = late.change, check.differences
    what = _(SHIFT_CHANGES[change.kind])
    before = shift_text(differences, change.before, zone)
    after = shift_text(differences, change.after, zone)
    match change.kind:
        case ChangeKind.ADDED:
            return f"{what}: {after}"
        case ChangeKind.REMOVED:
            return f"{what}: {before}"
        case _:
            return f"{what}: {before} → {after}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
