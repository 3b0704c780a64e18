"""What is sent to whom, what was: which version of what, by which way, and who has answered."""

from dataclasses import dataclass, field
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
        The message's own identity, which its ``Message-ID`` begins with: the same however often the
        version is sent to the recipient. It tells nobody who that is.
    publication
        Number of the publication that what was sent is from.
    recipient
        Id of the school or person.
    version
        Of the sheet, or for people the number of the publication.
    address
        Where it was sent.
    at
        When it was handed over or, for a draft, saved.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message; ``media_type`` is such as ``application/pdf``."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to one recipient, whole, before it leaves by whichever channel.

    Parameters
    ----------
    id
        Of its line in the log: see :class:`Dispatch`.
    sender, address
        From whom and to whom; ``name`` is what the recipient is called.
    subject
        Names nobody: it is shown where others may look.
    body
        Plain text, its paragraphs parted by empty lines.
    """

    id: str
    sender: str
    name: str
    address: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
