"""What the window shows of one day and of four weeks: plain values, not yet in words."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.domain.duties import DutyKind
from planner.domain.ids import DutyId, EmployerId, ShiftId, SquadId, StaffId
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.services.roster.views import DayHeader, PersonDay, WeekState


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyBlock:
    """A duty inside somebody's shift."""

    duty: DutyId
    kind: DutyKind
    title: str
    span: Span
    is_locked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The way from one duty to the next one elsewhere.

    Parameters
    ----------
    room
        From the end of the one to the start of the other; empty when the next begins at once.
    minutes
        How long the way takes by the person's means of travel.
    """

    room: Span
    minutes: int

    @property
    def is_too_short(self) -> bool:
        """Tell whether the next duty begins before one can be there."""
        return self.room.minutes < self.minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShift:
    """A shift with everything in it.

    Parameters
    ----------
    muster, report
        Muster and report-writing, when no duty can be done; nothing where there is none.
    starts_before
        Whether it began on the day before the one shown.
    """

    shift: ShiftId
    code: str
    name: str
    color_index: int
    parts: tuple[Span, ...]
    breaks: tuple[Span, ...]
    muster: Span | None
    report: Span | None
    is_given: bool
    is_locked: bool
    crew_label: str
    starts_before: bool
    duties: tuple[DutyBlock, ...]
    travels: tuple[Travel, ...]

    @property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A person's day; ``absences`` never say why."""

    staff: StaffId
    name: str
    employer: EmployerId
    employer_name: str
    squad: SquadId | None
    squad_name: str
    is_lead: bool
    rate_percent: int
    shifts: tuple[DayShift, ...]
    bound: tuple[tuple[str, Span], ...]
    standby: tuple[Span, ...] = ()
    absences: tuple[Span, ...]
    n_findings: int

    @property
    def is_free(self) -> bool:
        """Tell whether nothing at all is planned for the person."""
        return not (self.shifts or self.bound or self.standby or self.absences)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterNeed:
    """Officers wanted and planned in a quarter of an hour."""

    span: Span
    minimum: int
    needed: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day, from local midnight on.

    Parameters
    ----------
    days
        All days of the week, to choose another one.
    span
        What is shown: the day, and the early morning after it when a shift goes on that long.
    midnight
        Where the day ends and the next one begins.
    rows
        By employer, squad and name as the plan has them; people who are free included.
    """

    week: IsoWeek
    day: date
    zone: str
    days: tuple[DayHeader, ...]
    span: Span
    midnight: datetime
    rows: tuple[DayRow, ...]
    need: tuple[QuarterNeed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours:
    """Counted and wanted minutes of a person's week."""

    counted_min: int
    target_min: int

    @property
    def balance_min(self) -> int:
        """Counted minutes above (positive) or below the wanted ones."""
        return self.counted_min - self.target_min


@dataclass(frozen=True, slots=True, kw_only=True)
class FourWeeksRow:
    """A person's days and hours, week after week."""

    staff: StaffId
    name: str
    employer: EmployerId
    squad: SquadId | None
    squad_name: str
    is_lead: bool
    rate_percent: int
    days: tuple[PersonDay, ...]
    hours: tuple[WeekHours, ...]

    @property
    def total(self) -> WeekHours:
        """All weeks together."""
        return WeekHours(
            counted_min=sum(week.counted_min for week in self.hours),
            target_min=sum(week.target_min for week in self.hours),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FourWeeksView:
    """Several weeks in a row and everybody in them."""

    weeks: tuple[IsoWeek, ...]
    states: tuple[WeekState, ...]
    zone: str
    days: tuple[DayHeader, ...]
    rows: tuple[FourWeeksRow, ...]
    employers: tuple[tuple[EmployerId, str], ...]
    squads: tuple[tuple[SquadId, str, EmployerId], ...]
