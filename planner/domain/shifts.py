"""Shift types, base rosters and the staffing that each hour needs."""

from dataclasses import dataclass
from datetime import date, time

from planner.domain.ids import BaseRosterId, EmployerId, ShiftTypeId, SkillId, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftType:
    """A kind of shift that recurs.

    Parameters
    ----------
    code
        Up to four letters, shown in the grid.
    weekdays
        On which it may begin, as digits, Monday 1; in a file, ``-`` for none.
    break_min
        Length of the unpaid break to place in it; 0 for none.
    muster_min, report_min
        Working time at its beginning and end when no duty can be done.
    """

    id: ShiftTypeId
    code: str
    name: str
    employer: EmployerId
    weekdays: str = "1234567"
    break_min: int = 30
    muster_min: int = 0
    report_min: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPart:
    """One part of a shift type, local time; parts are ordered, a split shift has several.

    An end not after the start, or a part not after the one before, is on the next day.
    """

    shift_type: ShiftTypeId
    ordinal: int
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRoster:
    """A roster of ``n_weeks`` that repeats, its first week beginning on ``first_monday``."""

    id: BaseRosterId
    name: str
    n_weeks: int
    first_monday: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRosterShift:
    """A shift in a week (from 1) of a base roster, on a weekday (Monday 1)."""

    base_roster: BaseRosterId
    week: int
    weekday: int
    shift_type: ShiftTypeId


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRosterMember:
    """A person on a base roster; ``offset_weeks`` later in it than the roster itself."""

    base_roster: BaseRosterId
    staff: StaffId
    offset_weeks: int = 0
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingNeed:
    """People with a skill at work in an hour of the week, local time.

    Parameters
    ----------
    minimum
        Never fewer; ranks with the promise.
    needed
        What the work asks for; ranks as further coverage.
    """

    id: str
    skill: SkillId
    weekday: int
    start: time
    end: time
    minimum: int
    needed: int
