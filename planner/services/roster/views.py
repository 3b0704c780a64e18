"""What the window shows of a week: plain values, already named and counted, not yet in words."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import DutyId, EmployerId, ShiftId, SquadId, StaffId
from planner.domain.roster import Finding, Gap, LevelResult
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek


class WeekState(StrEnum):
    """How far a week has come."""

    EMPTY = "empty"
    DRAFT = "draft"
    PUBLISHED = "published"
    CHANGED = "changed"
    """Published, and the draft has been changed since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayHeader:
    """A column of the week: the date and what makes it special.

    Parameters
    ----------
    holiday
        Name of the public holiday, already in the plan's language; empty for none.
    is_free
        Saturday, Sunday or public holiday.
    school_note
        Name of a school break; empty for none.
    note
        What a planner wrote on the day; empty for nothing.
    """

    day: date
    holiday: str
    is_free: bool
    school_note: str
    is_today: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyBar:
    """A duty as it lies in somebody's shift."""

    duty: DutyId
    kind: DutyKind
    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftBar:
    """A shift in the grid.

    Parameters
    ----------
    color_index
        The same for all shifts of a type.
    note
        What a planner wrote on it; empty for nothing.
    """

    shift: ShiftId
    code: str
    name: str
    color_index: int
    parts: tuple[Span, ...]
    breaks: tuple[Span, ...]
    is_given: bool
    is_locked: bool
    crew_label: str
    duties: tuple[DutyBar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDay:
    """One cell of the grid."""

    day: date
    shifts: tuple[ShiftBar, ...]
    is_absent: bool
    bound: tuple[tuple[str, Span], ...]
    standby: tuple[Span, ...] = ()
    wish: str
    """``free``, ``veto``, ``shift`` or empty."""
    n_findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person's week; minutes are counted ones, credited included."""

    staff: StaffId
    name: str
    employer: EmployerId
    squad: SquadId | None
    squad_name: str
    is_lead: bool
    rate_percent: int
    counted_min: int
    target_min: int
    days: tuple[PersonDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDuty:
    """A duty at a place and who does it; ``missing`` heads make it a gap.

    Parameters
    ----------
    decision
        ``own-staff`` or ``cancelled`` when an uncovered school window was decided, else empty.
    """

    duty: DutyId
    kind: DutyKind
    moment: Moment | None
    span: Span
    names: tuple[str, ...]
    missing: int
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDay:
    """A place on a day; ``note`` is a code such as ``study_day``, ``own_staff`` or empty."""

    day: date
    duties: tuple[PlaceDuty, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A school, hotspot, walk or session and its week."""

    source: str
    name: str
    kind: DutyKind
    days: tuple[PlaceDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPoint:
    """Officers wanted and planned in the hour that begins at ``start``."""

    start: datetime
    minimum: int
    needed: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """Everything that the week page shows."""

    week: IsoWeek
    state: WeekState
    version: int | None
    published_at: datetime | None
    zone: str
    notice: str
    days: tuple[DayHeader, ...]
    people: tuple[PersonRow, ...]
    places: tuple[PlaceRow, ...]
    need: tuple[NeedPoint, ...]
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]
    levels: tuple[LevelResult, ...]
    employers: tuple[tuple[EmployerId, str], ...]
    squads: tuple[tuple[SquadId, str, EmployerId], ...]
    rule_books: tuple[tuple[str, str], ...]
    """Name of each rule book in use and who confirmed it (empty: unconfirmed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateProgress:
    """How far generating is.

    Parameters
    ----------
    phase
        ``shifts``, ``bound``, ``days``, ``improve``, ``explain``.
    n_gaps
        Heads that lack in the best roster so far; nothing before the first.
    value, bound
        Of the first level that pays anything; nothing when unknown.
    """

    week: IsoWeek
    phase: str
    n_gaps: int | None
    level: str
    value: int | None
    bound: int | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredWindow:
    """A school window without anybody, to be decided before publishing."""

    duty: DutyId
    school: str
    span: Span
    moment: Moment


class Decision(StrEnum):
    """What becomes of an uncovered school window."""

    OWN_STAFF = "own-staff"
    """The school's own staff stands there; the principal has agreed."""
    CANCELLED = "cancelled"
    """Nobody stands there; the principal has been called."""
