"""Words of everything that is chosen from a list."""

from collections.abc import Mapping
from datetime import date

from planner.domain.places import MeetingKind, PresenceKind
from planner.domain.promises import Party
from planner.domain.rules import RuleKey
from planner.domain.schools import ContactRole, DayKind, PeriodKind, Staffing, WindowsPer
from planner.domain.staff import ShiftSource, TravelMode, WishKind
from planner.words import N_, _, weekday_name

TRAVEL: Mapping[TravelMode, str] = {
    TravelMode.CAR: N_("Car"),
    TravelMode.BIKE: N_("Bicycle"),
    TravelMode.WALK: N_("On foot"),
}
SOURCES: Mapping[ShiftSource, str] = {
    ShiftSource.GIVEN: N_("Given (base roster or import)"),
    ShiftSource.PLANNED: N_("Planned here"),
}
WISHES: Mapping[WishKind, str] = {
    WishKind.FREE: N_("Day off"),
    WishKind.SHIFT: N_("A shift type"),
}
STRENGTHS: Mapping[int, str] = {1: N_("1 Weak"), 2: N_("2 Medium"), 3: N_("3 Strong")}
PRIORITIES: Mapping[int, str] = {1: N_("1 Highest"), 2: N_("2 Medium"), 3: N_("3 Lowest")}
STAFFING: Mapping[Staffing, str] = {
    Staffing.POOL: N_("Contact persons from the pool"),
    Staffing.OWN: N_("The school’s own staff"),
}
WINDOWS_PER: Mapping[WindowsPer, str] = {
    WindowsPer.SCHOOL: N_("The whole school"),
    WindowsPer.GRADE_GROUP: N_("Each grade group"),
}
CERTAINTIES: Mapping[str, str] = {
    "A": N_("A From a register"),
    "B": N_("B Operator known"),
    "C": N_("C Name known"),
    "D": N_("D Do not use"),
}
DAY_KINDS: Mapping[DayKind, str] = {
    DayKind.STUDY_DAY: N_("Study day"),
    DayKind.HALF_DAY: N_("Half-day"),
    DayKind.OUTING: N_("Outing"),
    DayKind.CLOSED: N_("Closed"),
}
PERIODS: Mapping[PeriodKind, str] = {PeriodKind.TERM: N_("Term"), PeriodKind.BREAK: N_("Break")}
ROLES: Mapping[ContactRole, str] = {
    ContactRole.NAMED: N_("Named contact"),
    ContactRole.SUBSTITUTE: N_("Substitute"),
}
PRESENCE: Mapping[PresenceKind, str] = {
    PresenceKind.CONTINUOUS: N_("Continuous"),
    PresenceKind.DOSAGE: N_("Visits"),
}
MEETINGS: Mapping[MeetingKind, str] = {
    MeetingKind.PRE_MEETING: N_("Pre-meeting"),
    MeetingKind.WALK: N_("Walk"),
    MeetingKind.FOLLOW_UP: N_("Follow-up"),
}
PARTIES: Mapping[Party, str] = {
    Party.CITY: N_("The city"),
    Party.POLICE: N_("The police"),
    Party.BOTH: N_("Both together"),
}
RULES: Mapping[RuleKey, str] = {
    RuleKey.FULL_TIME_WEEK: N_("Full-time week"),
    RuleKey.MAX_WEEK: N_("Most in a week"),
    RuleKey.SHIFTS_PER_DAY: N_("Most shifts on a day"),
    RuleKey.DAILY_REST: N_("Daily rest"),
    RuleKey.DAY_ANCHOR: N_("Day begins at"),
    RuleKey.WEEKLY_REST: N_("Weekly rest"),
    RuleKey.REST_BETWEEN: N_("Rest between shifts"),
    RuleKey.SHORT_REST: N_("Short rest is below"),
    RuleKey.CONSECUTIVE_DAYS: N_("Most days in a row"),
    RuleKey.CONTINUOUS_WORK: N_("Longest work without break"),
    RuleKey.NOTICE: N_("Notice of shifts"),
}
LANGUAGES: Mapping[str, str] = {"sv": N_("Swedish"), "en": N_("English")}

_A_MONDAY = 5
"""Monday 5 January 2026 and the days after it stand for the weekdays."""


def weekday(number: int, *, is_short: bool = False) -> str:
    """Return the name of a weekday, Monday 1."""
    name = weekday_name(date(2026, 1, _A_MONDAY - 1 + number), is_short=is_short)
    return name[:1].upper() + name[1:]


def rule_unit(key: RuleKey | None) -> str:
    """Return what a rule's number counts."""
    match (key or "").rpartition("_")[2]:
        case "min":
            return _("min")
        case "days":
            return _("days")
        case _:
            return ""
