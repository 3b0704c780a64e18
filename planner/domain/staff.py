"""Who works: employers, squads, people, their contracts and what keeps them from duties."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from planner.domain.ids import EmployerId, RuleBookId, ShiftTypeId, SkillId, SquadId, StaffId
from planner.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An organisation with a working-time agreement of its own.

    Parameters
    ----------
    service_phone
        Number of its duty desk, as printed.
    """

    id: EmployerId
    name: str
    service_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """Something a duty can ask for."""

    id: SkillId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Squad:
    """People of one employer who are rostered together (turlag)."""

    id: SquadId
    name: str
    employer: EmployerId


class TravelMode(StrEnum):
    """How a person gets from place to place while at work."""

    CAR = "car"
    BIKE = "bike"
    WALK = "walk"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person who can be rostered.

    Parameters
    ----------
    name
        The real name; leaves the program only where the employer's own system needs it. An import
        without it keeps the one that is known, or takes the display name.
    display_name
        What every screen and print shows; another than the real name for a protected identity.
    service_phone
        Number at work, as printed; never a private one.
    email
        Address at work that the own week is sent to; printed nowhere.
    """

    id: StaffId
    name: str
    display_name: str
    employer: EmployerId
    squad: SquadId | None = None
    service_phone: str = ""
    email: str = ""
    travel_mode: TravelMode = TravelMode.CAR


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSkill:
    """A skill that a person has on the days from ``first_day`` to ``last_day``, both included."""

    staff: StaffId
    skill: SkillId
    first_day: date | None = None
    last_day: date | None = None


class ShiftSource(StrEnum):
    """Where a person's shifts come from."""

    GIVEN = "given"
    """From a base roster or an import; moving one is an exception."""
    PLANNED = "planned"
    """Chosen by the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Employment from ``first_day`` to ``last_day`` (open when missing), both included.

    Parameters
    ----------
    rate_percent
        Share of full time, 1 to 100.
    free_weekdays
        Fixed free days as digits, Monday 1 to Sunday 7: ``"35"`` is Wednesday and Friday.
    """

    staff: StaffId
    first_day: date
    last_day: date | None = None
    rule_book: RuleBookId
    rate_percent: int = 100
    shift_source: ShiftSource = ShiftSource.PLANNED
    free_weekdays: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether the person is employed by this contract on ``day``."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Time a person is away; the cause is never kept."""

    id: str
    staff: StaffId
    start: datetime
    end: datetime

    @property
    def span(self) -> Span:
        """The time away."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundTime:
    """Working time that is not free for duties (court, training, meeting); it breaks rest."""

    id: str
    staff: StaffId
    start: datetime
    end: datetime
    title: str = ""

    @property
    def span(self) -> Span:
        """The bound time."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standby:
    """Time on call at home: neither working time nor rest."""

    id: str
    staff: StaffId
    start: datetime
    end: datetime

    @property
    def span(self) -> Span:
        """The time on call."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailability:
    """Recurring local time when a person cannot work; an end not after the start is next day."""

    id: str
    staff: StaffId
    weekday: int
    start: time
    end: time
    first_day: date | None = None
    last_day: date | None = None


class WishKind(StrEnum):
    """What a wish is about."""

    FREE = "free"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person would like on one day.

    Parameters
    ----------
    shift_type
        The wished type when ``kind`` is ``shift``.
    strength
        1 weak, 2 medium, 3 strong.
    is_veto
        A day that the person may keep free; ranks with the personal floors.
    """

    id: str
    staff: StaffId
    day: date
    kind: WishKind = WishKind.FREE
    shift_type: ShiftTypeId | None = None
    strength: int = 2
    is_veto: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """What a person brings from before the plan, on the morning of ``day``.

    Parameters
    ----------
    balance_min
        Counted minutes above (positive) or below the contract.
    n_evenings, n_nights, n_weekends
        Worked in the accounting period so far.
    """

    staff: StaffId
    day: date
    balance_min: int = 0
    n_evenings: int = 0
    n_nights: int = 0
    n_weekends: int = 0
