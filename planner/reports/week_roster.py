"""The whole roster of a week, people by days: the read model of what a planner pins up."""

from dataclasses import dataclass
from datetime import date, time

from planner.domain.spans import Span
from planner.reports.week_edition import WeekDay, WeekEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterShift:
    """A shift: its type's code, and when.

    Parameters
    ----------
    code
        Empty when its type is none of the plan's.
    crew
        Number of the crew that day; empty for none.
    """

    code: str
    parts: tuple[Span, ...]
    crew: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDuty:
    """Where a person is during the day, and how often."""

    title: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDay:
    """A person's day.

    Parameters
    ----------
    is_absent
        Away; why is never known.
    is_fixed_free
        A day that the contract keeps free.
    bound, standby
        Bound time, of which is only told when; and time on call.
    """

    day: date
    shifts: tuple[RosterShift, ...] = ()
    duties: tuple[RosterDuty, ...] = ()
    is_absent: bool = False
    is_fixed_free: bool = False
    bound: tuple[Span, ...] = ()
    standby: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPerson:
    """A person's week.

    Parameters
    ----------
    is_lead
        May be in charge.
    rate_percent
        Share of full time, the largest in the week.
    counted_min, target_min
        Minutes that count by the rule book, credited ones included, and those of the contract.
    """

    display_name: str
    is_lead: bool = False
    rate_percent: int = 100
    counted_min: int
    target_min: int
    days: tuple[RosterDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterGroup:
    """People of one employer and squad.

    Parameters
    ----------
    squad
        Empty for those in none.
    n_at_work
        People with a shift that begins on each day.
    """

    employer: str
    squad: str = ""
    people: tuple[RosterPerson, ...]
    n_at_work: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCode:
    """What a code of the roster means.

    Parameters
    ----------
    times
        Local start and end of each part.
    break_min
        Length of the unpaid break; 0 for none.
    """

    employer: str
    code: str
    name: str
    times: tuple[tuple[time, time], ...]
    break_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRoster(WeekEdition):
    """Everybody's week.

    Parameters
    ----------
    days
        Monday to Sunday.
    codes
        Of the shifts that are in it.
    """

    days: tuple[WeekDay, ...]
    groups: tuple[RosterGroup, ...] = ()
    codes: tuple[ShiftCode, ...] = ()

    @property
    def n_people(self) -> int:
        """Everybody in it."""
        return sum(len(group.people) for group in self.groups)

    @property
    def n_shifts(self) -> int:
        """All shifts."""
        return sum(
            len(day.shifts)
            for group in self.groups
            for person in group.people
            for day in person.days
        )
