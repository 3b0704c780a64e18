"""Short texts of what became of a promise, for window and command line."""

from collections.abc import Mapping
from math import ceil

from planner.domain.follow_up import MeasureFollowUp, PromiseFollowUp
from planner.domain.followed_events import MeetingState
from planner.domain.places import MeetingKind
from planner.domain.promises import CoveredBy, MeasureKind, NotDoneReason
from planner.domain.tallies import Reported, Tally, Verdict
from planner.words import N_, _

REASONS: Mapping[NotDoneReason, str] = {
    NotDoneReason.EMERGENCY: N_("called to an emergency or needed elsewhere"),
    NotDoneReason.ABSENCE: N_("whoever was to do it was absent"),
    NotDoneReason.WEATHER: N_("weather"),
    NotDoneReason.CLOSED: N_("the place was closed that day"),
    NotDoneReason.NOBODY: N_("nobody was planned"),
    NotDoneReason.OTHER: N_("another reason"),
}
SHORT_REASONS: Mapping[NotDoneReason, str] = {
    NotDoneReason.EMERGENCY: N_("called away {n}"),
    NotDoneReason.ABSENCE: N_("absence {n}"),
    NotDoneReason.WEATHER: N_("weather {n}"),
    NotDoneReason.CLOSED: N_("closed {n}"),
    NotDoneReason.NOBODY: N_("nobody planned {n}"),
    NotDoneReason.OTHER: N_("other {n}"),
}
"""How many things were not done for each reason."""

REPORTED: Mapping[Reported, str] = {
    Reported.DONE: N_("done"),
    Reported.NOT_DONE: N_("not done"),
    Reported.NOT_REPORTED: N_("not reported"),
    Reported.UNDER_WAY: N_("under way"),
    Reported.TO_COME: N_("to come"),
}
_VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.KEPT: (N_("Was kept"), "success"),
    Verdict.NOT_KEPT: (N_("Was not kept"), "danger"),
    Verdict.NOT_YET: (N_("Not settled yet"), "neutral"),
    Verdict.OUT_OF_REACH: (N_("No longer possible"), "danger"),
    Verdict.NOTHING_PROMISED: (N_("Nothing was promised"), "warning"),
}
_REACHED = N_("Target reached already"), "success"
_CANNOT_BE_SHOWN = N_("Cannot be shown"), "warning"
_SO_FAR, _BEHIND = (N_("Kept so far"), "success"), (N_("Behind so far"), "warning")

KINDS: Mapping[MeasureKind, str] = {
    MeasureKind.CONTACT_PERSONS: N_("Contact persons at the schools"),
    MeasureKind.PRESENCE: N_("Presence at selected places"),
    MeasureKind.WALKS: N_("Safety walks"),
    MeasureKind.SESSIONS: N_("Information sessions"),
}
COVERED: Mapping[CoveredBy, str] = {
    CoveredBy.ROSTER: N_("planned"),
    CoveredBy.OWN_STAFF: N_("the school's own staff"),
    CoveredBy.CANCELLED: N_("cancelled"),
    CoveredBy.NOBODY: N_("nobody was planned"),
}
MEETINGS: Mapping[MeetingKind, str] = {
    MeetingKind.PRE_MEETING: N_("Pre-meeting"),
    MeetingKind.WALK: N_("Walk"),
    MeetingKind.FOLLOW_UP: N_("Follow-up meeting"),
}
MEETING_STATES: Mapping[MeetingState, str] = {
    MeetingState.HELD: N_("held"),
    MeetingState.NOT_HELD: N_("not held"),
    MeetingState.NOT_REPORTED: N_("not reported"),
    MeetingState.TO_COME: N_("to come"),
    MeetingState.MISSING: N_("no day is set"),
    MeetingState.OUTSIDE: N_("outside the period"),
}


def standing(found: PromiseFollowUp, one: MeasureFollowUp) -> tuple[str, str]:
    """Return text and tone of how a measure stands: in the end, or while the period lasts."""
    text, tone = _standing(found, one)
    return _(text), tone


def _standing(found: PromiseFollowUp, one: MeasureFollowUp) -> tuple[str, str]:
    total, measure = one.total, one.measure
    if one.verdict is Verdict.KEPT and not found.is_over:
        return _REACHED
    if one.verdict is Verdict.NOT_KEPT and total.could_reach(one.aim):
        return _CANNOT_BE_SHOWN
    if one.verdict is Verdict.NOT_YET and found.is_signed and measure.is_share and total.n_due:
        aim_so_far = ceil(measure.target * total.n_due / 100)
        if total.done >= aim_so_far:
            return _SO_FAR
        if not total.could_reach(aim_so_far):
            return _BEHIND
    return _VERDICTS[one.verdict]


def reasons_text(tally: Tally) -> str:
    """Return why things were not done, such as ``weather 2, other 1``."""
    return ", ".join(_(SHORT_REASONS[reason], n=n) for reason, n in tally.not_done.items())
