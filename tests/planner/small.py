"""A plan that a reader can hold in the head, and a roster for its week made by hand.

Two schools, four contact persons, four officers in one squad, one hotspot; week 2026-W48. School
``a`` is always covered by ``c1``; at ``b`` Wednesday is a study day and Friday afternoon lacks
somebody. The officers ``p1`` (in charge) and ``p2`` are a crew on the evenings of the week.
"""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from planner.domain.demand import make_duties
from planner.domain.duties import DutyKind
from planner.domain.ids import (
    CrewId,
    EmployerId,
    HotspotId,
    RuleBookId,
    SchoolId,
    ShiftId,
    ShiftTypeId,
    SiteId,
    SkillId,
    SquadId,
    StaffId,
)
from planner.domain.places import Hotspot, PresenceKind, PresenceWindow
from planner.domain.plan import Plan, PlanSettings
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.rotation import shift_id, shift_parts
from planner.domain.rules import Rule, RuleBook, RuleKey
from planner.domain.schools import (
    BellTime,
    ChangedDay,
    ContactRole,
    DayKind,
    PeriodKind,
    School,
    SchoolContact,
    SchoolPeriod,
    Site,
)
from planner.domain.shifts import ShiftPart, ShiftType, StaffingNeed
from planner.domain.spans import Span, instant
from planner.domain.staff import (
    Absence,
    BoundTime,
    Contract,
    Employer,
    Skill,
    Squad,
    StaffMember,
    StaffSkill,
)
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan, create_plan, open_plan
from tests.planner.writing import put_plan

ZONE = ZoneInfo("Europe/Stockholm")
WEEK = IsoWeek(2026, 48)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = WEEK.days[:5]

CITY, POLICE = EmployerId("city"), EmployerId("police")
CITY_BOOK, POLICE_BOOK = RuleBookId("city-book"), RuleBookId("police-book")
CONTACT, PATROL, LEAD = SkillId("contact"), SkillId("patrol"), SkillId("lead")
SCHOOL_SHIFT, EVENING = ShiftTypeId("school-shift"), ShiftTypeId("evening")
SCHOOL_A, SCHOOL_B, SQUARE = SchoolId("a"), SchoolId("b"), HotspotId("square")
CONTACTS = tuple(StaffId(f"c{n}") for n in range(1, 5))
OFFICERS = tuple(StaffId(f"p{n}") for n in range(1, 5))
SQUAD = SquadId("squad-1")
START = date(2026, 1, 1)


def at(day: date, clock: str) -> datetime:
    """Return the instant of a local time such as ``"07:15"``."""
    return instant(day, time.fromisoformat(clock), ZONE)


def span(day: date, start: str, end: str) -> Span:
    """Return the time between two local times of a day."""
    return Span(at(day, start), at(day, end))


def make_plan() -> Plan:
    """Return the plan."""
    return Plan(
        settings=PlanSettings(
            name="Small plan",
            notice="Made up",
            coordinator_name="Samordnaren",
            coordinator_phone="021-39 00 00",
        ),
        employers=(
            Employer(id=CITY, name="Kommunen", service_phone="021-39 00 01"),
            Employer(id=POLICE, name="Polisen", service_phone="114 14"),
        ),
        skills=tuple(Skill(id=skill, name=skill.title()) for skill in (CONTACT, PATROL, LEAD)),
        rule_books=(
            RuleBook(id=CITY_BOOK, name="City rules", confirmed_by="Both parties"),
            RuleBook(id=POLICE_BOOK, name="Police rules"),
        ),
        rules=tuple(_rules()),
        shift_types=(
            ShiftType(id=SCHOOL_SHIFT, code="S", name="School", employer=CITY, break_min=0),
            ShiftType(id=EVENING, code="E", name="Evening", employer=POLICE, break_min=30),
        ),
        shift_parts=(
            ShiftPart(shift_type=SCHOOL_SHIFT, ordinal=1, start=time(7), end=time(9)),
            ShiftPart(shift_type=SCHOOL_SHIFT, ordinal=2, start=time(13), end=time(16)),
            ShiftPart(shift_type=EVENING, ordinal=1, start=time(14), end=time(22)),
        ),
        squads=(Squad(id=SQUAD, name="Squad 1", employer=POLICE),),
        staff=(*(_contact(n) for n in range(4)), *(_officer(n) for n in range(4))),
        staff_skills=(
            *(StaffSkill(staff=staff, skill=CONTACT) for staff in CONTACTS),
            *(StaffSkill(staff=staff, skill=PATROL) for staff in OFFICERS),
            StaffSkill(staff=OFFICERS[0], skill=LEAD),
            StaffSkill(staff=OFFICERS[2], skill=LEAD),
        ),
        contracts=(
            *(_contract(staff, CITY_BOOK, 60) for staff in CONTACTS),
            *(_contract(staff, POLICE_BOOK, 100) for staff in OFFICERS),
        ),
        absences=(
            Absence(
                id="away-1", staff=CONTACTS[3], start=at(MONDAY, "06:00"), end=at(TUESDAY, "18:00")
            ),
        ),
        bound_times=(
            BoundTime(
                id="court-1",
                staff=OFFICERS[2],
                start=at(TUESDAY, "09:00"),
                end=at(TUESDAY, "12:00"),
                title="Court",
            ),
        ),
        sites=(
            Site(id=SiteId("site-a"), name="Askskolan", latitude=59.61, longitude=16.54),
            Site(id=SiteId("site-b"), name="Björkskolan", latitude=59.62, longitude=16.55),
            Site(id=SiteId("site-square"), name="Torget", latitude=59.60, longitude=16.56),
        ),
        schools=(
            _school(SCHOOL_A, "Askskolan", "site-a"),
            _school(SCHOOL_B, "Björkskolan", "site-b"),
        ),
        bell_times=tuple(
            BellTime(
                school=school,
                weekday=weekday,
                grade_group="F–6",
                first_bell=time(8, 10),
                last_bell=time(14),
            )
            for school in (SCHOOL_A, SCHOOL_B)
            for weekday in range(1, 6)
        ),
        school_periods=(
            SchoolPeriod(
                id="autumn",
                kind=PeriodKind.TERM,
                name="Autumn term",
                first_day=date(2026, 8, 19),
                last_day=date(2026, 12, 20),
            ),
        ),
        changed_days=(
            ChangedDay(id="study-b", day=WEDNESDAY, kind=DayKind.STUDY_DAY, school=SCHOOL_B),
        ),
        school_contacts=(
            SchoolContact(school=SCHOOL_A, staff=CONTACTS[0]),
            SchoolContact(school=SCHOOL_A, staff=CONTACTS[2], role=ContactRole.SUBSTITUTE),
            SchoolContact(school=SCHOOL_B, staff=CONTACTS[1]),
            SchoolContact(school=SCHOOL_B, staff=CONTACTS[2], role=ContactRole.SUBSTITUTE),
        ),
        hotspots=(Hotspot(id=SQUARE, name="Torget", site=SiteId("site-square")),),
        presence_windows=tuple(
            PresenceWindow(
                id=f"square-{weekday}",
                hotspot=SQUARE,
                weekday=weekday,
                start=time(16),
                end=time(17),
                kind=PresenceKind.CONTINUOUS,
            )
            for weekday in range(1, 6)
        ),
        staffing_needs=(
            StaffingNeed(
                id="evening-1",
                skill=PATROL,
                weekday=1,
                start=time(15),
                end=time(17),
                minimum=2,
                needed=3,
            ),
        ),
    )


def make_roster(plan: Plan) -> Roster:
    """Return the roster of the week."""
    uncovered = {f"{SCHOOL_B}/{FRIDAY}/after-1"}
    who = {SCHOOL_A: (CONTACTS[0],), SCHOOL_B: (CONTACTS[1],), SQUARE: OFFICERS[:2]}
    return Roster(
        week=WEEK,
        shifts=(
            *(_shift(plan, staff, day) for staff in CONTACTS[:2] for day in WEEK.days[:5]),
            *(_evening(plan, staff, day) for staff in OFFICERS[:2] for day in WEEK.days[:5]),
        ),
        assignments=tuple(
            Assignment(duty=duty.id, staff=staff, start=duty.span.start, end=duty.span.end)
            for duty in make_duties(plan, WEEK)
            if duty.id not in uncovered and duty.kind in {DutyKind.SCHOOL, DutyKind.PRESENCE}
            for staff in who[duty.source]
        ),
    )


def save_plan(path: Path, records: Plan) -> None:
    """Make a plan file that holds ``records``; each plan is written once and then copied."""
    path.write_bytes(_file_of(records))


@cache
def _file_of(records: Plan) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.narvaro"
        create_plan(path)
        with open_plan(path) as plan, plan.changing("test") as store:
            put_plan(store, records)
        return path.read_bytes()


def save_draft(plan: OpenPlan, roster: Roster) -> None:
    """Store a roster as its week's draft."""
    with plan.store.transaction("test"):
        plan.store.save_roster(roster)


def _rules() -> list[Rule]:
    values = {
        RuleKey.DAILY_REST: 660,
        RuleKey.WEEKLY_REST: 2160,
        RuleKey.MAX_WEEK: 2880,
        RuleKey.SHIFTS_PER_DAY: 1,
        RuleKey.CONSECUTIVE_DAYS: 6,
        RuleKey.CONTINUOUS_WORK: 300,
    }
    return [
        Rule(rule_book=book, key=key, value=value, source="Arbetstidslagen", first_day=START)
        for book, anchor_min in ((CITY_BOOK, 16 * 60), (POLICE_BOOK, 0))
        for key, value in (values | {RuleKey.DAY_ANCHOR: anchor_min}).items()
    ]


def _contact(n: int) -> StaffMember:
    return StaffMember(
        id=CONTACTS[n],
        name=f"Kontakt Nr{n + 1} Äldreson",
        display_name=f"Kontakt Nr{n + 1}",
        employer=CITY,
        service_phone=f"021-39 01 0{n + 1}",
    )


def _officer(n: int) -> StaffMember:
    return StaffMember(
        id=OFFICERS[n],
        name=f"Polis Nr{n + 1} Äldreson",
        display_name=f"Polis Nr{n + 1}",
        employer=POLICE,
        squad=SQUAD,
        service_phone=f"010-56 00 0{n + 1}",
    )


def _contract(staff: StaffId, book: RuleBookId, rate_percent: int) -> Contract:
    return Contract(staff=staff, first_day=START, rule_book=book, rate_percent=rate_percent)


def _school(school: SchoolId, name: str, site: str) -> School:
    return School(
        id=school, name=name, site=SiteId(site), meeting_place="Entrén", phone="021-39 02 00"
    )


def _shift(plan: Plan, staff: StaffId, day: date) -> Shift:
    return Shift(
        id=ShiftId(shift_id(staff, day, SCHOOL_SHIFT)),
        staff=staff,
        day=day,
        shift_type=SCHOOL_SHIFT,
        parts=shift_parts(plan, SCHOOL_SHIFT, day),
    )


def _evening(plan: Plan, staff: StaffId, day: date) -> Shift:
    return Shift(
        id=ShiftId(shift_id(staff, day, EVENING)),
        staff=staff,
        day=day,
        shift_type=EVENING,
        parts=shift_parts(plan, EVENING, day),
        breaks=(span(day, "18:00", "18:30"),),
        crew=CrewId(f"crew-{day}"),
    )
