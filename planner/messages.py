"""Codes as sentences: what is wrong, where, and what to do.

Domain, checks and store speak in codes and values; here is what each of them says. The tables are
marked with :func:`planner.words.N_` and translated where they are shown.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner import words
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, GapReason, Proof
from planner.error_texts import ERRORS
from planner.errors import InputError, Place, PlannerError, RefusedImportError
from planner.words import N_, _, ngettext

FINDINGS: Mapping[str, str] = {
    # Working time and rest
    "working-time": N_("works {counted_min} counted hours in the period, at most {most_min}"),
    "overtime": N_("has {entered_min} of overtime in the year, at most {most_min}"),
    "added-time": N_("has {entered_min} of added time in the year, at most {most_min}"),
    "average-time": N_("works {entered_min} in the reference period, at most {most_min}"),
    "shifts-per-day": N_("has {n_shifts} shifts on one day, at most {most}"),
    "consecutive-days": N_("works {n_days} days in a row, at most {most}"),
    "daily-rest": N_("has {rest_min} of daily rest, at least {least_min}"),
    "weekly-rest": N_("has {rest_min} of weekly rest, at least {least_min}"),
    "rest-between": N_("has {rest_min} of rest between two shifts, at least {least_min}"),
    "continuous-work": N_("works {work_min} without a break, at most {most_min}"),
    "count-of-shifts": N_("has {n_shifts} shifts of a kind in the period, at most {most}"),
    "too-few-days": N_("has a row of work that is {n_off} days too short"),
    "days-off": N_("has a row of days off that is too short or too long"),
    "too-few-days-off": N_("has a row of days off that is {n_off} days too short"),
    "too-many-days-off": N_("has a row of days off that is {n_off} days too long"),
    "weekends": N_("works {n_off} weekends too many"),
    "weekends-in-row": N_("works too many weekends in a row"),
    "split-weekend": N_("works half of a weekend"),
    "forbidden-sequence": N_("has days in a row that must not follow each other"),
    "break": N_("has a break that is missing, too short or misplaced"),
    # By hand
    "given-changed": N_("has a given shift that was changed by hand"),
    # Where shifts may lie
    "blocked": N_("has a shift while absent or not available"),
    "bound": N_("has a shift over bound time"),
    "overlap": N_("has two shifts at the same time"),
    "not-offered": N_("has a shift that the contract does not allow that day"),
    "notice": N_("has a new shift {notice_min} from now, with at least {least_min} of notice"),
    "fact-missing": N_("lacks a given shift"),
    "not-employed": N_("has a shift on a day without employment"),
    # Crews
    "crew": N_("is not in a crew of two that stays together"),
    "crew-task": N_("does a crew’s duty without the crew"),
    "lead": N_("is at work with a squad that has no officer in charge"),
    # Who works with whom
    "apart": N_("is at work with somebody to be kept apart from"),
    "together": N_("is at work without somebody to be together with"),
    "linked": N_("does a duty that belongs to somebody else’s"),
    # Duties
    "skill": N_("lacks a skill that the duty asks for"),
    "excluded-skill": N_("has a skill that the duty excludes"),
    "task-time": N_("is on a duty at a time when it is not wanted"),
    "task-outside-shift": N_("is on a duty outside the shift"),
    "task-on-break": N_("is on a duty during the break"),
    "task-on-bound": N_("is on a duty during bound time or absence"),
    "task-overlap": N_("is on two duties at the same time"),
    "travel": N_("has {gap_min} between two duties and needs {needed_min} to get there"),
    "too-many-heads": N_("is on a duty that has more people than it asks for"),
    "twice": N_("is on the same duty twice"),
    "not-together": N_("is on a duty at another time than the others on it"),
    "lock": N_("is not on a duty that is locked, or at another time"),
    "unknown": N_("has a shift or duty that the plan does not know"),
    "duty-lost": N_("is on a duty that nothing asks for any more"),
    # The plan's data
    "file-unknown": N_("“{file}” is not known and was not read; do you mean “{nearest}”?"),
    "text-unprintable": N_("{file}, {place}, {field}: print-outs cannot show {letters}"),
    "file-windows-text": N_(
        "“{file}” is not UTF-8 and was read as Windows text; see that å, ä and ö came out right"
    ),
    "registry-email-wrong": N_(
        "The e-mail address of {name} in the registry is none and is not read: {said}"
    ),
    "registry-phone-wrong": N_(
        "The telephone number of {name} in the registry is none and is not read: {said}"
    ),
    "sheet-hidden": N_("“{file}” is hidden and was not read; show the sheet to bring it in"),
    "site-without-position": N_(
        "{place} has no position on the map; travel to it is taken as the longest there is"
    ),
    "school-without-bells": N_("{place} has no bell times, so nobody is planned there"),
    "school-without-contact": N_("{place} has no named contact person"),
    "rule-book-unconfirmed": N_(
        "The rule book “{place}” has not been confirmed by employer and union"
    ),
}
"""What each finding says, after the name of whom it is about."""

SEVERITIES: Mapping[str, str] = {
    "violation": N_("broken rule"),
    "fact": N_("fact"),
    "overridden": N_("stands with a reason"),
    "warning": N_("warning"),
    "info": N_("note"),
}
"""How much a finding matters, by :class:`planner.domain.roster.Severity`."""

GAP_REASONS: Mapping[str, str] = {
    "supply": N_("nobody who could is employed and free"),
    "rule": N_("a rule stops each who could"),
    "preference": N_("covering it would cost something as important"),
}
"""Why there is a gap where that is proved, by :class:`planner.domain.roster.GapReason`."""

_UNPROVED_REASONS: Mapping[str, str] = {
    "supply": N_("nobody who could was found free; that there is nobody is not proved"),
    "rule": N_("a rule stops each who was found; that nobody else could is not proved"),
    "preference": N_("that covering it would cost something as important is not proved"),
}
"""What is said instead where it is not."""

PROOFS: Mapping[str, str] = {
    "nobody": N_("proved: no legal shift of anybody reaches it"),
    "bound": N_("proved: covering it would uncover as much elsewhere"),
}
"""What is proved of a gap."""

BLOCKERS: Mapping[str, str] = {
    "blocked": N_("absent or not available"),
    "off": N_("off by their given roster"),
    "no-shift": N_("no shift type reaches it"),
    "bound": N_("bound to other work"),
    "no-crew": N_("without a crew"),
    "no-lead": N_("nobody in charge of the squad then"),
    "apart": N_("kept apart from somebody who is there"),
    "together": N_("not without somebody who is not there"),
    "linked": N_("somebody else does what belongs to it"),
    "other-work": N_("needed elsewhere"),
    "travel": N_("too far away"),
    "shifts-per-day": N_("another shift that day"),
    "working-time": N_("weekly hours"),
    "consecutive-days": N_("too many days in a row"),
    "daily-rest": N_("daily rest"),
    "weekly-rest": N_("weekly rest"),
    "rest-between": N_("rest between shifts"),
    "no-break": N_("too long without a break"),
}
"""What stops people from covering a gap."""

LEVELS: Mapping[str, str] = {
    "promised-1": N_("Promised presence, priority 1"),
    "promised-2": N_("Promised presence, priority 2"),
    "promised-3": N_("Promised presence, priority 3"),
    "floors": N_("Personal floors"),
    "coverage": N_("Further staffing"),
    "hours": N_("Contract hours"),
    "continuity": N_("Known faces"),
    "fairness": N_("Fairness"),
    "wishes": N_("Wishes"),
    "travel": N_("Travel"),
}
"""The order of importance, the most important first."""

CUT_SHORT = N_(
    "The solver was ended before it was done; this is the best that it had. Generate once more."
)
"""When a proposal came from a solver that died or failed."""

_SAVED_FOR_MENDING = N_(
    "Should that happen again, send “{file}”, which holds no names, to whoever looks after the "
    "program."
)

PHASES: Mapping[str, str] = {
    "shifts": N_("Making shifts"),
    "bound": N_("Proving a bound"),
    "days": N_("Placing duties"),
    "improve": N_("Improving"),
    "explain": N_("Explaining gaps"),
}
"""What generating is doing."""


def sentence(error: PlannerError) -> str:
    """Return an error as one sentence; where in a file comes first."""
    values = {name: _shown(value) for name, value in error.values.items()}
    text = _(ERRORS[error.code], **values)
    place = error.place if isinstance(error, InputError) else None
    return f"{_where(place)}: {text}" if place else text


def cut_short(file: Path | None) -> str:
    """Return what to say of a proposal from a solver that died or failed.

    Parameters
    ----------
    file
        What was saved for whoever mends it, if it could be.
    """
    if file is None:
        return _(CUT_SHORT)
    return f"{_(CUT_SHORT)} {_(_SAVED_FOR_MENDING, file=str(file))}"


def sentences(error: PlannerError) -> tuple[str, ...]:
    """Return an error as a sentence for each thing to mend; all wrong rows of an import."""
    if isinstance(error, RefusedImportError):
        return (*(sentence(problem) for problem in error.problems), sentence(error))
    return (sentence(error),)


COMMANDS: Mapping[str, str] = {
    "put-shift": N_("Set a shift"),
    "remove-shifts": N_("Remove shifts"),
    "move-shift": N_("Move a shift"),
    "move-duty": N_("Move a duty"),
    "resize-shift": N_("Change a shift’s times"),
    "paste-shifts": N_("Paste shifts"),
    "copy-week": N_("Copy last week"),
    "assign": N_("Assign a duty"),
    "close-gap": N_("Close a gap"),
    "change-places": N_("Let people change places"),
    "move-people": N_("Move somebody to another duty"),
    "unassign": N_("Take somebody off a duty"),
    "lock": N_("Lock"),
    "unlock": N_("Free from locks"),
    "note": N_("Write a note"),
    "override": N_("Let a broken rule stand"),
    "withdraw-override": N_("Withdraw an override"),
    "generate": N_("Take over a generated roster"),
    "import": N_("Import records"),
    "add-records": N_("Add records"),
    "change-records": N_("Change records"),
    "remove-records": N_("Remove records"),
    "report-absence": N_("Report an absence"),
    "squad-away": N_("Report a squad away"),
    "accept-repair": N_("Take over a repair"),
    "call-asked": N_("Note a call"),
    "call-accepted": N_("Plan who has accepted"),
    "call-declined": N_("Note who has declined"),
    "swap-requested": N_("Ask for a swap"),
    "swap-agreed": N_("Agree to a swap"),
    "swap-approved": N_("Approve a swap"),
    "swap-rejected": N_("Reject a swap"),
    "keep-scenario": N_("Keep a scenario"),
    "remove-scenario": N_("Remove a scenario"),
    "send": N_("Send a message"),
    "sent": N_("Send a message"),
    "not-sent": N_("Send a message"),
    "save-drafts": N_("Save messages as drafts"),
    "tick-answered": N_("Tick off answers"),
    "tick-sent": N_("Tick a message as sent"),
    "sign-promise": N_("Sign a promise"),
    "revise-promise": N_("Revise a promise"),
    "withdraw-signature": N_("Withdraw a signature"),
    "report-deliveries": N_("Report what was done"),
    "take-back-deliveries": N_("Take reports back"),
    "publish": N_("Publish a week"),
    "import-incidents": N_("Import incidents"),
    "remove-incidents": N_("Remove incidents"),
    "decline-window": N_("Decline a proposed window"),
    "take-back-decline": N_("Let a declined window be proposed again"),
    "forget": N_("Forget what is old"),
    "forget-daily": N_("Forget what is old"),
    "keep-planned": N_("Keep what was planned"),
    "new": N_("Make a plan"),
    "simulate": N_("Make up what has been"),
    "undo": N_("Undo a command"),
    "redo": N_("Redo a command"),
}
"""What each command of the journal did, for the menu and for colleagues."""


def command_text(command: str) -> str:
    """Return what a command of the journal did; its code when there are no words for it."""
    return _(COMMANDS[command]) if command in COMMANDS else command


def finding_text(plan: Plan, finding: Finding) -> str:
    """Return a finding as a sentence: whom, when, what."""
    values: dict[str, Any] = {
        name: words.hours(value) if name.endswith("_min") and isinstance(value, int) else value
        for name, value in finding.values
    }
    values["place"] = _place_name(plan, finding.place or "")
    what = _(FINDINGS[finding.code], **values)
    if finding.staff is None:
        return what
    member = plan.staff_by_id.get(finding.staff)
    who = member.display_name if member else finding.staff
    if finding.span is None:
        return f"{who} {what}"
    day = words.short_date(finding.span.start.astimezone(plan.zone).date())
    return f"{who} {day}: {what}"


def gap_text(plan: Plan, gap: Gap) -> str:
    """Return a gap as a sentence: where, when, how many, why, and what is proved."""
    start = gap.span.start.astimezone(plan.zone)
    when = f"{words.short_date(start.date())} " + words.clock_span(
        gap.span.start, gap.span.end, plan.zone
    )
    missing = ngettext("{n} person missing", "{n} people missing", gap.missing)
    proof = f" ({_(PROOFS[gap.proof])})" if gap.proof else ""
    reason = gap_reason(gap.reason, gap.proof)
    return f"{gap_title(plan, gap)}, {when}: {missing}; {reason}{proof}"


def gap_reason(reason: GapReason, proof: Proof) -> str:
    """Return why there is a gap: as a fact only where it is proved; what proves it is not told."""
    return _((GAP_REASONS if proof else _UNPROVED_REASONS)[reason])


def gap_title(plan: Plan, gap: Gap) -> str:
    """Return what a gap is a gap of: the place's name, or the staffing of an hour."""
    if gap.need is None:
        return gap.title
    need = next((need for need in plan.staffing_needs if need.id == gap.need), None)
    skill = next((skill for skill in plan.skills if need and skill.id == need.skill), None)
    return _("Staffing, {skill}", skill=skill.name if skill else gap.title)


def blocker_text(code: str, n_staff: int) -> str:
    """Return what stops how many people, such as ``daily rest: 4``."""
    return f"{_(BLOCKERS[code])}: {n_staff}"


def level_name(level: str) -> str:
    """Return the name of a level of the order of importance."""
    return _(LEVELS[level])


def _where(place: Place) -> str:
    """Return such as ``bell_times.csv, row 3, column last_bell``."""
    parts = [place.file]
    if place.row is not None:
        parts.append(_("row {row}", row=place.row))
    if place.column is not None:
        parts.append(_("column {column}", column=place.column))
    return ", ".join(parts)


def _shown(value: object) -> object:
    """Return a value as a sentence shows it; several are listed."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(str(one) for one in value)
    return value


def _place_name(plan: Plan, place: str) -> str:
    """Return the name of a school, hotspot, site or rule book by its id."""
    for records in (plan.schools, plan.hotspots, plan.sites, plan.rule_books):
        for record in records:
            if record.id == place:
                return record.name
    return place
