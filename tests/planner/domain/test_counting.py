from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from planner.domain.counting import bound_min, counted_min, credited_min, target_min, worked_min
from planner.domain.coverage import staffing
from planner.domain.ids import EmployerId, RuleBookId, ShiftId, ShiftTypeId, SkillId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.rules import CreditedHour, Rule, RuleBook, RuleKey, rule_values
from planner.domain.shifts import StaffingNeed
from planner.domain.spans import Span, local_span
from planner.domain.staff import (
    Absence,
    BoundTime,
    Contract,
    Employer,
    StaffMember,
    StaffSkill,
)
from planner.domain.weeks import IsoWeek

ZONE = ZoneInfo("Europe/Stockholm")
WEEK = IsoWeek(2026, 48)
FRIDAY = date(2026, 11, 27)
BOOK = RuleBookId("ata")
ANNA = StaffId("anna")

WEEKDAY_RATES = ((time(22), time(0), 4), (time(0), time(3), 8), (time(3), time(6), 23))
WEEKEND_RATES = (
    (time(6), time(22), 5),
    (time(22), time(0), 8),
    (time(0), time(3), 16),
    (time(3), time(6), 46),
)


def at(day: date, text: str) -> datetime:
    return local_span(day, time.fromisoformat(text), time(0), ZONE).start


@pytest.fixture
def plan() -> Plan:
    return Plan(
        employers=(Employer(id=EmployerId("polis"), name="Polisen"),),
        rule_books=(RuleBook(id=BOOK, name="ATA"),),
        rules=(
            Rule(
                rule_book=BOOK,
                key=RuleKey.FULL_TIME_WEEK,
                value=2310,
                source="avtal",
                first_day=date(2020, 1, 1),
            ),
        ),
        credited_hours=tuple(
            CreditedHour(
                rule_book=BOOK, weekday=weekday, start=start, end=end, credited_min=minutes
            )
            for weekday in range(1, 8)
            for start, end, minutes in (WEEKDAY_RATES if weekday <= 5 else WEEKEND_RATES)
        ),
        staff=(
            StaffMember(id=ANNA, name="Anna", display_name="Anna", employer=EmployerId("polis")),
        ),
        contracts=(Contract(staff=ANNA, first_day=date(2020, 1, 1), rule_book=BOOK),),
        staff_skills=(StaffSkill(staff=ANNA, skill=SkillId("patrol")),),
    )


def shift(day: date, start: str, end: str, *breaks: Span) -> Shift:
    return Shift(
        id=ShiftId(f"anna/{day}"),
        staff=ANNA,
        day=day,
        shift_type=ShiftTypeId("natt"),
        parts=(local_span(day, time.fromisoformat(start), time.fromisoformat(end), ZONE),),
        breaks=breaks,
    )


def test_friday_night_credits_194_minutes(plan: Plan) -> None:
    night = shift(FRIDAY, "22:00", "06:00")
    # Two hours at 4, then Saturday's three at 16 and three at 46.
    assert credited_min(plan, BOOK, night.parts) == 2 * 4 + 3 * 16 + 3 * 46 == 194
    assert counted_min(plan, night) == 480 + 194


def test_weekday_daytime_credits_nothing(plan: Plan) -> None:
    assert credited_min(plan, BOOK, shift(WEEK.monday, "07:00", "16:00").parts) == 0


def test_only_whole_hours_are_credited(plan: Plan) -> None:
    assert credited_min(plan, BOOK, shift(WEEK.monday, "21:00", "23:30").parts) == 4


def test_night_of_the_autumn_change_counts_nine_hours() -> None:
    assert worked_min(shift(date(2026, 10, 24), "22:00", "06:00").parts, ()) == 540


def test_break_is_not_worked(plan: Plan) -> None:
    pause = Span(at(FRIDAY, "12:00"), at(FRIDAY, "12:30"))
    assert counted_min(plan, shift(FRIDAY, "08:00", "16:00", pause)) == 450


def test_target_follows_rate_absence_and_employment(plan: Plan) -> None:
    assert target_min(plan, ANNA, WEEK) == 2310
    half = replace(plan, contracts=(replace(plan.contracts[0], rate_percent=50),))
    assert target_min(half, ANNA, WEEK) == 1155
    day_off = local_span(WEEK.monday, time(0), time(0), ZONE)
    away = replace(
        plan, absences=(Absence(id="1", staff=ANNA, start=day_off.start, end=day_off.end),)
    )
    assert target_min(away, ANNA, WEEK) == 2310 * 4 // 5
    ended = replace(plan.contracts[0], last_day=WEEK.days[1])
    assert target_min(replace(plan, contracts=(ended,)), ANNA, WEEK) == 2310 * 2 // 5


def test_bound_time_counts_only_outside_shifts(plan: Plan) -> None:
    bound = BoundTime(
        id="1", staff=ANNA, start=at(FRIDAY, "14:00"), end=at(FRIDAY, "18:00"), title="Rätten"
    )
    plan = replace(plan, bound_times=(bound,))
    assert bound_min(plan, ANNA, WEEK.span(ZONE), ()) == 240
    assert bound_min(plan, ANNA, WEEK.span(ZONE), [shift(FRIDAY, "08:00", "16:00")]) == 120


def test_newest_number_that_holds_is_taken() -> None:
    rules = [
        Rule(
            rule_book=BOOK,
            key=RuleKey.DAILY_REST,
            value=value,
            source="x",
            first_day=date(year, 1, 1),
        )
        for value, year in ((660, 2024), (600, 2020), (720, 2030))
    ]
    assert rule_values(rules, BOOK, WEEK.monday) == {RuleKey.DAILY_REST: 660}
    assert rule_values(rules, RuleBookId("other"), WEEK.monday) == {}


def test_staffing_leaves_out_breaks_bound_and_absent(plan: Plan) -> None:
    need = StaffingNeed(
        id="fm",
        skill=SkillId("patrol"),
        weekday=5,
        start=time(8),
        end=time(10),
        minimum=1,
        needed=2,
    )
    bound = BoundTime(id="1", staff=ANNA, start=at(FRIDAY, "09:50"), end=at(FRIDAY, "11:00"))
    pause = Span(at(FRIDAY, "08:30"), at(FRIDAY, "09:00"))
    plan = replace(plan, staffing_needs=(need,), bound_times=(bound,))
    found = list(staffing(plan, WEEK, [shift(FRIDAY, "08:00", "16:00", pause)]))
    assert [quarter.planned for quarter in found] == [1, 1, 0, 0, 1, 1, 1, 0]
