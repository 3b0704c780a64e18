import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from planner.domain.calendar import SchoolDayKind, school_day
from planner.domain.demand import contact_windows, make_duties
from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import HotspotId, SchoolId, SiteId
from planner.domain.places import Hotspot, PresenceKind, PresenceWindow
from planner.domain.plan import Plan
from planner.domain.schools import (
    BellTime,
    ChangedDay,
    DayKind,
    PeriodKind,
    School,
    SchoolPeriod,
    Site,
    Staffing,
    WindowsPer,
)
from planner.domain.weeks import IsoWeek
from planner.words import clock_span

WEEK = IsoWeek(2026, 48)
MONDAY = WEEK.monday
SCHOOL = School(id=SchoolId("a"), name="A-skolan", site=SiteId("a"), meeting_place="Norra entrén")


def bells(group: str, first: time, last: time) -> Iterator[BellTime]:
    for weekday in range(1, 6):
        yield BellTime(
            school=SCHOOL.id,
            weekday=weekday,
            grade_group=group,
            first_bell=first,
            last_bell=last,
        )


@pytest.fixture
def plan() -> Plan:
    return Plan(
        sites=(Site(id=SiteId("a"), name="A"), Site(id=SiteId("b"), name="B")),
        schools=(SCHOOL,),
        bell_times=(
            *bells("F-3", time(8), time(13, 30)),
            *bells("4-6", time(8, 20), time(14, 30)),
        ),
        school_periods=(
            SchoolPeriod(
                id="ht",
                kind=PeriodKind.TERM,
                name="Höstterminen",
                first_day=date(2026, 8, 17),
                last_day=date(2026, 12, 20),
            ),
            SchoolPeriod(
                id="lov",
                kind=PeriodKind.BREAK,
                name="Höstlov",
                first_day=date(2026, 10, 26),
                last_day=date(2026, 10, 30),
            ),
        ),
    )


def windows(plan: Plan, day: date = MONDAY) -> list[str]:
    return [
        clock_span(window.span.start, window.span.end, plan.zone)
        for window in contact_windows(plan, plan.schools[0], day)
    ]


def test_school_windows_reach_around_all_bells(plan: Plan) -> None:
    assert windows(plan) == ["07:15–08:20", "13:30–15:15"]


def test_windows_of_grade_groups_that_do_not_meet_stay_apart(plan: Plan) -> None:
    apart = replace(plan, schools=(replace(SCHOOL, windows_per=WindowsPer.GRADE_GROUP),))
    assert windows(apart) == ["07:15–08:20", "13:30–14:15", "14:30–15:15"]
    assert contact_windows(apart, apart.schools[0], MONDAY)[0].grade_group == "F-3, 4-6"


def test_grade_groups_stand_with_the_youngest_first(plan: Plan) -> None:
    turned = replace(plan, bell_times=tuple(reversed(plan.bell_times)))
    assert contact_windows(turned, turned.schools[0], MONDAY)[0].grade_group == "F-3, 4-6"


def test_groups_at_two_sites_have_windows_of_their_own(plan: Plan) -> None:
    moved = tuple(
        replace(bell, site=SiteId("b")) if bell.grade_group == "4-6" else bell
        for bell in plan.bell_times
    )
    found = contact_windows(replace(plan, bell_times=moved), SCHOOL, MONDAY)
    assert [(window.site, window.moment) for window in found] == [
        ("a", Moment.BEFORE),
        ("b", Moment.BEFORE),
        ("a", Moment.AFTER),
        ("b", Moment.AFTER),
    ]


def test_half_day_moves_the_afternoon_and_marks_it(plan: Plan) -> None:
    half = ChangedDay(
        id="1",
        day=MONDAY,
        kind=DayKind.HALF_DAY,
        school=SCHOOL.id,
        last_bell=time(11, 30),
        meeting_place="Hållplatsen",
    )
    found = contact_windows(replace(plan, changed_days=(half,)), SCHOOL, MONDAY)
    assert clock_span(found[1].span.start, found[1].span.end, plan.zone) == "11:30–12:15"
    assert found[1].meeting_place == "Hållplatsen"
    assert all(window.is_changed for window in found)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 28), SchoolDayKind.WEEKEND),
        (date(2026, 10, 28), SchoolDayKind.BREAK),
        (date(2026, 12, 21), SchoolDayKind.BREAK),
        (date(2027, 1, 6), SchoolDayKind.HOLIDAY),
        (date(2026, 11, 25), SchoolDayKind.STUDY_DAY),
    ],
)
def test_days_without_school_have_a_reason_and_no_windows(
    plan: Plan, day: date, kind: SchoolDayKind
) -> None:
    study = ChangedDay(id="1", day=date(2026, 11, 25), kind=DayKind.STUDY_DAY)
    plan = replace(plan, changed_days=(study,))
    assert school_day(plan, SCHOOL, day).kind is kind
    assert windows(plan, day) == []


def test_own_change_beats_the_common_one(plan: Plan) -> None:
    common = ChangedDay(id="1", day=MONDAY, kind=DayKind.STUDY_DAY)
    own = ChangedDay(id="2", day=MONDAY, kind=DayKind.OUTING, school=SCHOOL.id)
    plan = replace(plan, changed_days=(common, own))
    assert school_day(plan, SCHOOL, MONDAY).kind is SchoolDayKind.OUTING


def test_own_staff_makes_no_duty(plan: Plan) -> None:
    own = replace(plan, schools=(replace(SCHOOL, staffing=Staffing.OWN),))
    assert make_duties(own, WEEK) == ()
    assert len(make_duties(plan, WEEK)) == 10


def hotspot_plan(plan: Plan, **window: object) -> Plan:
    return replace(
        plan,
        schools=(),
        hotspots=(Hotspot(id=HotspotId("torg"), name="Torget", site=SiteId("b")),),
        presence_windows=(
            PresenceWindow(
                **{
                    "id": "torg-fre",
                    "hotspot": HotspotId("torg"),
                    "weekday": 5,
                    "start": time(20),
                    "end": time(1),
                    "kind": PresenceKind.CONTINUOUS,
                }
                | window
            ),
        ),
    )


def test_continuous_presence_is_cut_into_stays_over_midnight(plan: Plan) -> None:
    duties = make_duties(hotspot_plan(plan), WEEK)
    assert [duty.duration_min for duty in duties] == [60] * 5
    assert all(duty.is_crew and duty.heads == 2 for duty in duties)
    assert {duty.day for duty in duties} == {date(2026, 11, 27)}


def test_visits_stay_in_their_window_apart_and_vary_from_week_to_week(plan: Plan) -> None:
    dosage = hotspot_plan(plan, kind=PresenceKind.DOSAGE, n_visits=4)
    drawn = []
    for week in (WEEK, WEEK.shifted(1), WEEK.shifted(2)):
        duties = make_duties(dosage, week)
        assert duties == make_duties(dosage, week)
        assert len(duties) == 4
        assert all(10 <= duty.duration_min <= 16 for duty in duties)
        assert all(duty.kind is DutyKind.VISIT for duty in duties)
        for before, after in itertools.pairwise(duties):
            assert before.span.end <= after.span.start
        drawn.append([duty.earliest_start - week.span(plan.zone).start for duty in duties])
    assert drawn[0] != drawn[1] != drawn[2]


def test_hotspot_counts_only_while_it_holds(plan: Plan) -> None:
    ended = hotspot_plan(plan, last_day=date(2026, 11, 26))
    assert make_duties(ended, WEEK) == ()
