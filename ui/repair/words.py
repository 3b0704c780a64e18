"""Sentences and short texts of repairs, calls and swaps."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from planner import messages
from planner.difference_words import DUTY_CHANGES, SHIFT_CHANGES, shift_text
from planner.domain.aims import Aim
from planner.domain.calls import CallState
from planner.domain.changed import (
    ChangeKind,
    DutyChange,
    PersonDifferences,
    ShiftState,
    WeekDifferences,
)
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.services.publish.outdated import Outdated, OutdatedPerson
from planner.services.repair.calls import Call
from planner.services.repair.values import RepairPlan
from planner.words import N_, _, clock, clock_span, hours, ngettext, short_date
from ui.widgets.notes import Note

AIMS = {
    Aim.PEOPLE: N_("Fewest people disturbed"),
    Aim.COVERAGE: N_("Best coverage"),
    Aim.OVERTIME: N_("Least overtime"),
}
SEARCHES = {
    Aim.PEOPLE: N_("Looking for the plan that disturbs fewest people"),
    Aim.COVERAGE: N_("Looking for the plan with the best coverage"),
    Aim.OVERTIME: N_("Looking for the plan with the least overtime"),
}
STATES = {
    CallState.TO_CALL: N_("To call"),
    CallState.ASKED: N_("Asked"),
    CallState.ACCEPTED: N_("Accepted"),
    CallState.DECLINED: N_("Declined"),
}
_TONES = {
    CallState.TO_CALL: ("warning", "clock"),
    CallState.ASKED: ("accent", "clock"),
    CallState.ACCEPTED: ("success", "circle-check"),
    CallState.DECLINED: ("danger", "x"),
}


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return such as ``tis 25/11 06:05``."""
    return f"{short_date(at.astimezone(zone).date())} {clock(at, zone)}"


def aims_text(plan: RepairPlan) -> str:
    """Return what a plan is best at."""
    return " · ".join(_(AIMS[aim]) for aim in plan.aims)


def counts(plan: RepairPlan, records: Plan) -> Iterator[tuple[str, str, str, str]]:
    """Yield symbol, tone, text and tip of each thing that is counted."""
    people = ngettext("{n} person disturbed", "{n} people disturbed", len(plan.people))
    calls = ngettext("{n} to call", "{n} to call", len(plan.to_call))
    yield "users", "muted", f"{people} · {calls}", ""
    missing = _(
        "Promised: {before} missing → {after}",
        before=plan.missing_before,
        after=plan.missing_after,
    )
    is_covered = plan.missing_after == 0
    yield (
        "circle-check" if is_covered else "triangle-alert",
        "success" if is_covered else "warning",
        missing,
        _("Heads that lack from now on, for duties and for the minimum of each hour"),
    )
    short = _(
        "Further staffing: {before} h missing → {after} h",
        before=hours(plan.short_before_min),
        after=hours(plan.short_after_min),
    )
    yield "clock", "muted", short, _("Hours of one person that lack beyond the minimum")
    overtime = _("Overtime: {hours} h more", hours=hours(plan.overtime_min))
    yield "plus" if plan.overtime_min else "circle-check", "muted", overtime, ""
    if plan.broken:
        told = "\n".join(messages.finding_text(records, finding) for finding in plan.broken)
        broken = ngettext("{n} rule broken", "{n} rules broken", len(plan.broken))
        yield "circle-alert", "danger", broken, told
    else:
        yield "shield", "success", _("No rule is broken"), ""


def change_lines(
    differences: WeekDifferences, person: PersonDifferences, zone: ZoneInfo
) -> Iterator[str]:
    """Yield each change for a person in a line."""
    for shift in person.shifts:
        before = shift_text(differences, shift.before, zone)
        after = shift_text(differences, shift.after, zone)
        told = {ChangeKind.ADDED: after, ChangeKind.REMOVED: before}
        said = told.get(shift.kind, f"{before} → {after}")
        if before == after:
            said = f"{after}, {_partners_text(differences, shift.after)}"
        yield f"{short_date(shift.day)} {_(SHIFT_CHANGES[shift.kind])}: {said}"
    for duty in person.duties:
        yield _duty_line(differences, duty, person.staff, zone)


def _partners_text(differences: WeekDifferences, shift: ShiftState | None) -> str:
    partners = shift.partners if shift is not None else frozenset()
    if not partners:
        return _("without a partner in a patrol")
    names = ", ".join(sorted(differences.names[partner] for partner in partners))
    return _("with {names}", names=names)


def _duty_line(
    differences: WeekDifferences, change: DutyChange, whose: StaffId, zone: ZoneInfo
) -> str:
    standing = change.after or change.before
    when = short_date(change.day)
    if standing is not None:
        when = f"{when} {clock_span(standing.span.start, standing.span.end, zone)}"
    what = _(DUTY_CHANGES[change.kind])
    if change.kind is ChangeKind.HANDED_OVER and change.before and change.after:
        if change.after.staff == whose:
            what = _("takes over from {name}", name=differences.names[change.before.staff])
        else:
            what = _("goes to {name}", name=differences.names[change.after.staff])
    return f"{when} {change.title}: {what[:1].lower()}{what[1:]}"


def call_note(call: Call, zone: ZoneInfo) -> Note:
    """Return an entry of the call list: whom, how far the call has come, what changes."""
    entry = call.entry
    tone, symbol = _TONES[entry.state]
    phone = call.phone or _("no service phone")
    state = _(STATES[entry.state])
    if entry.state is not CallState.TO_CALL:
        when = moment(entry.changed_at, zone)
        state = _("{state} {when}, {author}", state=state, when=when, author=entry.by)
    lines = change_lines(call.differences, call.person, zone)
    return Note(
        lines=(f"{entry.position}. {call.name} · {phone}", state, *lines),
        tone=tone,
        symbol=symbol,
        value=entry,
    )


def outdated_notes(outdated: Outdated) -> Iterator[Note]:
    """Yield the schools and people who need a new version."""
    for _school, name in outdated.schools:
        yield Note(lines=(name, _("The school’s sheet does not hold any more")), symbol="school")
    for person in outdated.people:
        yield Note(lines=(person.name, _person_text(person)), symbol="users")


def _person_text(person: OutdatedPerson) -> str:
    if person.changes is None:
        return _("Own week: an absence, a partner or a place is another one")
    n_shifts, n_duties = len(person.changes.shifts), len(person.changes.duties)
    said = [
        ngettext("{n} shift differs", "{n} shifts differ", n_shifts) if n_shifts else "",
        ngettext("{n} duty differs", "{n} duties differ", n_duties) if n_duties else "",
    ]
    return _("Own week: {what}", what=", ".join(one for one in said if one))
