"""A roster: shifts on people's timelines and the duties placed inside them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from planner.domain.ids import CrewId, DutyId, ShiftId, ShiftTypeId, StaffId
from planner.domain.spans import Span
from planner.domain.staff import ShiftSource
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Working time of one person that begins on ``day``.

    Parameters
    ----------
    parts
        The stretches at work, in order; their breaks lie inside them.
    breaks
        Placed unpaid breaks; nobody on a break covers anything.
    crew
        The same for the two officers who keep together through the shift.
    """

    id: ShiftId
    staff: StaffId
    day: date
    shift_type: ShiftTypeId | None
    parts: tuple[Span, ...]
    breaks: tuple[Span, ...] = ()
    source: ShiftSource = ShiftSource.PLANNED
    is_locked: bool = False
    crew: CrewId | None = None

    @property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A duty done by a person at a time."""

    duty: DutyId
    staff: StaffId
    start: datetime
    end: datetime
    is_locked: bool = False

    @property
    def span(self) -> Span:
        """When the person is there."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelResult:
    """What one level of the order of importance cost.

    Parameters
    ----------
    level
        Code of the level, such as ``promised-1`` or ``wishes``.
    value
        Points paid; 0 is perfect.
    bound
        No roster that is as good on the levels above pays less; nothing when none was proved.
    """

    level: str
    value: int
    bound: int | None


Proof = Literal["nobody", "bound"] | None
"""How it is known that a gap cannot be closed, if it is."""


class GapReason(StrEnum):
    """Why a duty or an hour lacks people."""

    SUPPLY = "supply"
    """Nobody with the skill is employed and free then."""
    RULE = "rule"
    """Somebody could, but a rule of the agreement stops each."""
    PREFERENCE = "preference"
    """It could be covered, at the cost of something that ranks as high or higher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """Why some people could not cover a gap.

    Parameters
    ----------
    code
        ``absent``, ``bound``, ``unavailable``, ``off`` (given roster), ``on-duty``, ``daily-rest``,
        ``weekly-rest``, ``week-hours``, ``consecutive-days``, ``no-shift-type``, ``travel``,
        ``other-work`` …
    n_staff
        How many people it stops.
    """

    code: str
    n_staff: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """People missing at a place and time.

    Parameters
    ----------
    duty
        The uncovered duty; nothing for a staffing need.
    need
        Id of the staffing need; nothing for a duty.
    missing
        Heads that lack.
    is_proved
        Whether it is proved that no roster could cover it.
    proof
        ``nobody`` (no person has a legal shift that reaches it), ``bound`` (whatever covers it
        uncovers as much elsewhere on the same level or above) or nothing.
    """

    duty: DutyId | None
    need: str | None
    title: str
    span: Span
    missing: int
    reason: GapReason
    is_proved: bool
    proof: Proof
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The draft of one week: shifts that begin in it and duties of its days.

    Parameters
    ----------
    levels, gaps
        What the engine said of it when it was generated; ``planner.planning.judging`` says what of
        that still holds after an edit.
    """

    week: IsoWeek
    shifts: tuple[Shift, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    levels: tuple[LevelResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    generated_at: datetime | None = None


class Severity(StrEnum):
    """How much a finding matters."""

    VIOLATION = "violation"
    """A hard rule is broken by something the program may change."""
    FACT = "fact"
    """A hard rule is broken by what is given, locked or past."""
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a planner should know about data or roster.

    Parameters
    ----------
    code
        Stable code, a key of ``planner.words``: a rule's name or a data fault's.
    values
        Names and numbers of its sentence, in a fixed order for equal findings.
    """

    code: str
    severity: Severity
    staff: StaffId | None = None
    place: str | None = None
    span: Span | None = None
    values: tuple[tuple[str, str | int], ...] = ()
