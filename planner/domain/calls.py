"""People who are asked before they are planned otherwise: calls after an absence, and swaps."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.weeks import IsoWeek


class CallState(StrEnum):
    """How far a call has come."""

    TO_CALL = "to-call"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def is_open(self) -> bool:
        """Tell whether the person has not answered yet."""
        return self in {CallState.TO_CALL, CallState.ASKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """Somebody to be asked; until the person accepts, the changes are in no roster.

    Parameters
    ----------
    position
        Place in the week's list, from 1.
    changes
        What is made of the roster when the person accepts, as JSON; see
        :mod:`planner.services.repair.call_entries`.
    changed_at, by
        When the state became what it is, and by whom.
    """

    id: str
    week: IsoWeek
    position: int
    staff: StaffId
    changes: str
    state: CallState = CallState.TO_CALL
    changed_at: datetime
    by: str


class SwapDecision(StrEnum):
    """What a manager makes of a swap."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapRequest:
    """Two people who want to swap: what ``one`` gives, and what ``other`` gives for it.

    Parameters
    ----------
    shift, duty
        One of them is what ``one`` gives away.
    other_shift, other_duty
        What ``other`` gives in return; nothing when the person just takes over.
    asked_by
        Who of the two wants it, and agrees by asking.
    one_agreed_at, other_agreed_at
        When each said yes.
    decision, decided_by, decided_at, reason
        What a manager made of it; a reason is needed to let it break a rule.
    """

    id: str
    week: IsoWeek
    one: StaffId
    other: StaffId
    shift: ShiftId | None = None
    other_shift: ShiftId | None = None
    duty: DutyId | None = None
    other_duty: DutyId | None = None
    asked_by: StaffId
    asked_at: datetime
    one_agreed_at: datetime | None = None
    other_agreed_at: datetime | None = None
    decision: SwapDecision | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def is_agreed(self) -> bool:
        """Tell whether both said yes."""
        return self.one_agreed_at is not None and self.other_agreed_at is not None
