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
class Override:
    """A broken rule that a planner lets stand, with a written reason.

    It holds for one breach as it was: a worse one of the same rule is a new breach.

    Parameters
    ----------
    rule, staff, start, values
        Code, person, start and numbers of the finding; see :attr:`Finding.breach`.
    author, at
        Who let it stand, and when.
    """

    id: str
    week: IsoWeek
    rule: str
    staff: StaffId | None
    start: datetime | None
    values: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a planner wrote on a day, or on a shift of it; it leaves the program in no print."""

    id: str
    week: IsoWeek
    day: date
    shift: ShiftId | None = None
    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """That a week is being planned, and what the engine said when its roster was generated."""

    week: IsoWeek
    levels: tuple[LevelResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    generated_at: datetime | None = None


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
    overrides: tuple[Override, ...] = ()
    notes: tuple[Note, ...] = ()
    levels: tuple[LevelResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    generated_at: datetime | None = None

    @property
    def draft(self) -> Draft:
        """The week's own record, beside its shifts and assignments."""
        return Draft(
            week=self.week, levels=self.levels, gaps=self.gaps, generated_at=self.generated_at
        )


class Severity(StrEnum):
    """How much a finding matters."""

    VIOLATION = "violation"
    """A hard rule is broken by something the program may change."""
    FACT = "fact"
    """A hard rule is broken by what is given, locked or past."""
    OVERRIDDEN = "overridden"
    """A hard rule is broken, and a planner lets it stand with a reason."""
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

    @property
    def breach(self) -> tuple[str, StaffId | None, datetime | None, str]:
        """What tells this breach of a rule apart from others: rule, person, start, numbers."""
        values = " ".join(f"{name}={value}" for name, value in self.values)
        return (self.code, self.staff, self.span.start if self.span else None, values)
