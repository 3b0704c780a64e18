"""Schools, their bells and the days that differ."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from planner.domain.ids import SchoolId, SiteId, SkillId, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place on the ground, WGS 84 degrees; position and address may be unknown."""

    id: SiteId
    name: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Staffing(StrEnum):
    """Who stands at a school."""

    POOL = "pool"
    """Contact persons whom the program plans."""
    OWN = "own"
    """The school's own staff, led by the principal; made no duty of."""


class WindowsPer(StrEnum):
    """What a contact window is drawn around."""

    SCHOOL = "school"
    """From the first bell of the school to its last."""
    GRADE_GROUP = "grade_group"
    """One for each grade group; those that overlap at one meeting place are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school unit.

    Parameters
    ----------
    before_min, after_min
        Length of the contact windows, minutes before the first bell and after the last.
    n_contacts
        Contact persons wanted at once, at least 1.
    skill
        Asked for beside the contact person's own.
    priority
        1 most important to 3.
    email
        Address of the school's office that its sheets are sent to; printed nowhere.
    certainty
        How sure the row is: A registry, B operator known, C name known, D do not use.
    """

    id: SchoolId
    name: str
    site: SiteId
    grades: str = ""
    staffing: Staffing = Staffing.POOL
    windows_per: WindowsPer = WindowsPer.SCHOOL
    before_min: int = 45
    after_min: int = 45
    n_contacts: int = 1
    skill: SkillId | None = None
    priority: int = 2
    meeting_place: str = ""
    phone: str = ""
    email: str = ""
    certainty: str = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class BellTime:
    """First and last bell of a grade group on a weekday (Monday 1), local time.

    Parameters
    ----------
    site, meeting_place
        Where, if not at the school's own.
    """

    school: SchoolId
    weekday: int
    grade_group: str
    first_bell: time
    last_bell: time
    site: SiteId | None = None
    meeting_place: str = ""


class DayKind(StrEnum):
    """How a day differs for a school."""

    STUDY_DAY = "study_day"
    HALF_DAY = "half_day"
    OUTING = "outing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A day that differs at one school, or at all when ``school`` is missing.

    Parameters
    ----------
    last_bell
        When a half-day ends; required for ``half_day`` only.
    meeting_place
        Where to meet instead that day.
    """

    id: str
    day: date
    kind: DayKind
    school: SchoolId | None = None
    last_bell: time | None = None
    meeting_place: str = ""
    note: str = ""


class PeriodKind(StrEnum):
    """What a stretch of the school year is."""

    TERM = "term"
    BREAK = "break"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPeriod:
    """A term, or a break in it; both days included. Without any term, no day is a school day."""

    id: str
    kind: PeriodKind
    name: str
    first_day: date
    last_day: date


class ContactRole(StrEnum):
    """What a person is to a school."""

    NAMED = "named"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolContact:
    """A person whom a school knows."""

    school: SchoolId
    staff: StaffId
    role: ContactRole = ContactRole.NAMED
