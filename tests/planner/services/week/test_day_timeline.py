"""One day is told person by person, on days of 23, 24 and 25 hours."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.demand import make_duties
from planner.domain.ids import ShiftId, SiteId, StaffId
from planner.domain.places import TravelTime
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.shifts import StaffingNeed
from planner.domain.spans import Span
from planner.domain.staff import StaffMember
from planner.domain.weeks import IsoWeek
from planner.services.roster.views import PersonDay, PersonRow, WeekState, WeekView
from planner.services.week.day_timeline import day_view, make_day_view
from planner.services.week.weeks import week_view
from tests.planner.small import (
    CONTACTS,
    EVENING,
    MONDAY,
    OFFICERS,
    PATROL,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    at,
    make_plan,
    span,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def row(view, staff):
    return next(person for person in view.rows if person.staff == staff)


def empty_view(plan, week):
    """Return a week in which nobody is in the way of a test about shifts alone."""
    people = tuple(_person(member, week) for member in plan.staff)
    return WeekView(
        week=week,
        state=WeekState.DRAFT,
        version=None,
        published_at=None,
        zone=plan.settings.zone,
        notice="",
        days=(),
        people=people,
        places=(),
        need=(),
        gaps=(),
        findings=(),
        levels=(),
        employers=(),
        squads=(),
        rule_books=(),
    )


def _person(member: StaffMember, week: IsoWeek) -> PersonRow:
    days = tuple(
        PersonDay(day=day, shifts=(), is_absent=False, bound=(), wish="", n_findings=0)
        for day in week.days
    )
    return PersonRow(
        staff=member.id,
        name=member.display_name,
        employer=member.employer,
        squad=member.squad,
        squad_name="",
        is_lead=False,
        rate_percent=100,
        counted_min=0,
        target_min=0,
        days=days,
    )


def night(staff: StaffId, day: date, *, hours: int = 8) -> Shift:
    start = at(day, "22:00")
    return Shift(
        id=ShiftId(f"night-{staff}-{day}"),
        staff=staff,
        day=day,
        shift_type=EVENING,
        parts=(Span(start, start + timedelta(hours=hours)),),
    )


def test_day_tells_shifts_duties_breaks_and_crews(drafted):
    view = day_view(drafted, WEEK, MONDAY)
    (shift,) = row(view, OFFICERS[0]).shifts
    assert (shift.code, shift.crew_label, shift.span) == ("E", "1", span(MONDAY, "14:00", "22:00"))
    assert shift.breaks == (span(MONDAY, "18:00", "18:30"),)
    assert [duty.title for duty in shift.duties] == ["Torget"]
    assert view.span == Span(at(MONDAY, "00:00"), at(TUESDAY, "00:00"))


def test_rows_stand_by_employer_and_squad_and_hold_everybody(drafted):
    view = day_view(drafted, WEEK, MONDAY)
    assert [person.staff for person in view.rows] == [*CONTACTS, *OFFICERS]
    assert row(view, OFFICERS[3]).is_free
    assert not row(view, OFFICERS[0]).is_free


def test_absence_and_bound_time_lie_on_the_day(drafted):
    monday, tuesday = day_view(drafted, WEEK, MONDAY), day_view(drafted, WEEK, TUESDAY)
    assert row(monday, CONTACTS[3]).absences == (Span(at(MONDAY, "06:00"), at(TUESDAY, "00:00")),)
    assert row(tuesday, CONTACTS[3]).absences == (Span(at(TUESDAY, "00:00"), at(TUESDAY, "18:00")),)
    assert row(tuesday, OFFICERS[2]).bound == (("Court", span(TUESDAY, "09:00", "12:00")),)


def test_muster_and_report_writing_are_the_ends_of_a_shift(small_plan, small_roster):
    kinds = tuple(
        replace(kind, muster_min=15, report_min=30) if kind.id == EVENING else kind
        for kind in small_plan.shift_types
    )
    plan = replace(small_plan, shift_types=kinds)
    shown = make_day_view(plan, small_roster, empty_view(plan, WEEK), MONDAY)
    (shift,) = row(shown, OFFICERS[0]).shifts
    assert shift.muster == span(MONDAY, "14:00", "14:15")
    assert shift.report == span(MONDAY, "21:30", "22:00")
    (plain,) = row(shown, CONTACTS[0]).shifts
    assert (plain.muster, plain.report) == (None, None)


def test_way_between_duties_tells_its_minutes_and_whether_there_is_time(small_plan):
    plan = replace(
        small_plan,
        travel_times=(
            TravelTime(
                from_site=SiteId("site-a"), to_site=SiteId("site-square"), mode="car", minutes=20
            ),
        ),
    )
    staff = OFFICERS[0]
    duties = {duty.source: duty for duty in make_duties(plan, WEEK) if duty.day == MONDAY}
    early, late = duties["a"], duties["square"]
    shift = Shift(
        id=ShiftId("s"),
        staff=staff,
        day=MONDAY,
        shift_type=EVENING,
        parts=(span(MONDAY, "07:00", "22:00"),),
    )
    start = early.span.end + timedelta(minutes=15)
    roster = Roster(
        week=WEEK,
        shifts=(shift,),
        assignments=(
            Assignment(duty=early.id, staff=staff, start=early.span.start, end=early.span.end),
            Assignment(duty=late.id, staff=staff, start=start, end=start + timedelta(minutes=60)),
        ),
    )
    view = make_day_view(plan, roster, empty_view(plan, WEEK), MONDAY)
    (way,) = row(view, staff).shifts[0].travels
    assert (way.minutes, way.room, way.is_too_short) == (20, Span(early.span.end, start), True)


def test_shift_over_midnight_lengthens_the_day_to_six_or_its_end(small_plan):
    for hours, end in ((4, "06:00"), (9, "07:00"), (10, "08:00")):
        roster = Roster(week=WEEK, shifts=(night(OFFICERS[0], MONDAY, hours=hours),))
        view = make_day_view(small_plan, roster, empty_view(small_plan, WEEK), MONDAY)
        assert view.span == Span(at(MONDAY, "00:00"), at(TUESDAY, end))
        assert view.midnight == at(TUESDAY, "00:00")


def test_shift_of_the_evening_before_is_shown_and_said_so(small_plan):
    roster = Roster(week=WEEK, shifts=(night(OFFICERS[0], TUESDAY),))
    view = make_day_view(small_plan, roster, empty_view(small_plan, WEEK), WEDNESDAY)
    (shift,) = row(view, OFFICERS[0]).shifts
    assert shift.starts_before
    assert view.span.minutes == 24 * 60


def test_shift_of_the_week_before_reaches_into_monday(small_plan):
    before = WEEK.shifted(-1)
    sunday = before.days[-1]
    around = (Roster(week=before, shifts=(night(OFFICERS[0], sunday),)),)
    roster, week = Roster(week=WEEK), empty_view(small_plan, WEEK)
    view = make_day_view(small_plan, roster, week, MONDAY, around=around)
    assert [shift.starts_before for shift in row(view, OFFICERS[0]).shifts] == [True]


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_days_on_which_the_clock_is_moved_are_as_long_as_they_are(small_plan, day, hours):
    week = IsoWeek.of(day)
    view = make_day_view(small_plan, Roster(week=week), empty_view(small_plan, week), day)
    assert view.span.minutes == hours * 60


def test_need_is_told_by_the_quarter(drafted):
    view = day_view(drafted, WEEK, MONDAY)
    assert len(view.need) == 8
    assert {(each.minimum, each.needed, each.planned) for each in view.need} == {(2, 3, 2)}
    assert view.need[0].span == span(MONDAY, "15:00", "15:15")
    assert day_view(drafted, WEEK, TUESDAY).need == ()


def test_needs_that_overlap_ask_for_the_most(small_plan, small_roster):
    more = StaffingNeed(
        id="evening-2",
        skill=PATROL,
        weekday=1,
        start=time(16),
        end=time(17),
        minimum=1,
        needed=5,
    )
    plan = replace(small_plan, staffing_needs=(*small_plan.staffing_needs, more))
    view = make_day_view(plan, small_roster, empty_view(plan, WEEK), MONDAY)
    assert [(each.minimum, each.needed) for each in view.need] == [(2, 3)] * 4 + [(2, 5)] * 4


def test_week_without_draft_shows_given_shifts_only(small_open):
    view = day_view(small_open, WEEK, MONDAY)
    assert all(not person.shifts for person in view.rows)
    assert len(view.rows) == 8


def test_read_model_follows_a_roster_in_memory(drafted, small_roster):
    week = week_view(drafted, WEEK)
    gone = replace(small_roster, shifts=small_roster.shifts[1:])
    view = make_day_view(drafted.plan, gone, week, MONDAY)
    assert row(view, CONTACTS[0]).shifts == ()


PLAN = make_plan()


@given(
    starts=st.lists(st.integers(0, 47), min_size=1, max_size=4),
    length=st.integers(1, 24),
    day=st.sampled_from([SPRING, AUTUMN, MONDAY]),
)
def test_all_of_the_days_own_shifts_lie_inside_what_is_shown(starts, length, day):
    week = IsoWeek.of(day)
    shifts = []
    for number, half_hours in enumerate(starts):
        start = at(day, f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}")
        part = Span(start, start + timedelta(hours=length))
        staff = OFFICERS[number]
        shifts.append(
            Shift(id=ShiftId(f"{number}"), staff=staff, day=day, shift_type=None, parts=(part,))
        )
    roster = Roster(week=week, shifts=tuple(shifts))
    view = make_day_view(PLAN, roster, empty_view(PLAN, week), day)
    assert all(view.span.contains(shift.span) for shift in shifts)
    assert (view.span.end - view.span.start) % timedelta(hours=1) == timedelta(0)
    assert view.span.start == at(day, "00:00")
    assert sum(len(person.shifts) for person in view.rows) == len(shifts)
