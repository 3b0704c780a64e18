"""What was sent to whom: which version of a sheet or an own week, and who has answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planner.domain.weeks import IsoWeek


class RecipientKind(StrEnum):
    """Who gets a message."""

    SCHOOL = "school"
    STAFF = "staff"


class Channel(StrEnum):
    """How a message leaves the program."""

    FILE = "file"
    """As a draft in a folder, for the user's own mail program."""
    SMTP = "smtp"


class DispatchState(StrEnum):
    """How far a message has come."""

    SENDING = "sending"
    """Handed over, and no answer kept: after a crash nobody knows whether it went out."""
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One message to one recipient: a line of the distribution log.

    Parameters
    ----------
    id
        The message's own identity (``Message-ID`` without brackets), the same however often the
        version is sent to the recipient.
    publication
        Number of the publication that what was sent is from.
    recipient
        Id of the school or person.
    version
        Of the sheet, or for people the number of the publication.
    address
        Where it was sent.
    reason
        Why it was refused, in the words of the server; else empty.
    answered_at
        When the recipient was ticked off as having received it.
    """

    id: str
    week: IsoWeek
    publication: int
    kind: RecipientKind
    recipient: str
    version: int
    address: str
    channel: Channel
    state: DispatchState
    at: datetime
    by: str
    reason: str = ""
    answered_at: datetime | None = None
