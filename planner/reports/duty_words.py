"""Names of what duties are, as documents say them."""

from planner.domain.duties import DutyKind, Moment
from planner.domain.places import MeetingKind
from planner.words import N_, _

_KINDS = {
    DutyKind.SCHOOL: N_("School"),
    DutyKind.PRESENCE: N_("Selected place"),
    DutyKind.VISIT: N_("Selected place, visit"),
    DutyKind.WALK: N_("Safety walk"),
    DutyKind.SESSION: N_("Information session"),
}
_MOMENTS = {
    Moment.BEFORE: N_("Before school"),
    Moment.AFTER: N_("After school"),
}
_MEETINGS = {
    MeetingKind.PRE_MEETING: N_("Safety walk, pre-meeting"),
    MeetingKind.WALK: N_("Safety walk"),
    MeetingKind.FOLLOW_UP: N_("Safety walk, follow-up meeting"),
}


def kind_text(
    kind: DutyKind, *, moment: Moment | None = None, meeting: MeetingKind | None = None
) -> str:
    """Return what a duty is called."""
    if moment is not None:
        return _(_MOMENTS[moment])
    if meeting is not None:
        return _(_MEETINGS[meeting])
    return _(_KINDS[kind])
