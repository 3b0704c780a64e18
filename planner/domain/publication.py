"""What was made known of a week, and what was done to the plan."""

from dataclasses import dataclass, field
from datetime import datetime

from planner.domain.ids import DutyId, SchoolId
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A week as it was published; never changed.

    Parameters
    ----------
    number
        1 for the first publication of the plan, then counting up.
    snapshot
        The whole week as a JSON document that needs nothing else to be read.
    sha256
        Hash of the snapshot's UTF-8 text, in hexadecimal digits.
    replaces
        Number of the publication of the same week that it takes the place of.
    """

    number: int
    week: IsoWeek
    published_at: datetime
    published_by: str
    snapshot: str
    sha256: str
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVersion:
    """A school's sheet of a week; its version counts up only when its content changes.

    Parameters
    ----------
    publication
        Number of the publication that brought this version.
    replaces
        The version that the school has to throw away.
    sha256
        Hash of what the sheet says.
    """

    publication: int
    school: SchoolId
    version: int
    replaces: int | None = None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowDecision:
    """What was decided of an uncovered school window.

    Parameters
    ----------
    decision
        ``own-staff`` or ``cancelled``.
    """

    week: IsoWeek
    duty: DutyId
    decision: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One command that changed the plan: who, when, what; no personal values.

    Parameters
    ----------
    number
        Counts up; whoever has seen an entry asks for those after it.
    actor
        Account name of whoever did it.
    command
        Code of the command, such as ``import``.
    touched
        Ids and counts of what was changed.
    undoes
        Number of the entry whose changes this one took back.
    """

    number: int
    at: datetime
    actor: str
    command: str
    touched: dict[str, object] = field(default_factory=dict)
    undoes: int | None = None
