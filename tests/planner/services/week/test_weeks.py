from dataclasses import replace
from datetime import date, time

import pytest

from planner import clock
from planner.domain.ids import DutyId
from planner.domain.spans import instant
from planner.domain.staff import Standby
from planner.domain.weeks import IsoWeek
from planner.services.publish.publishing import publish
from planner.services.roster.views import Decision, WeekState
from planner.services.week.day_timeline import make_day_view
from planner.services.week.weeks import current_week, week_state, week_to_plan, week_view
from tests.planner.small import CONTACTS, FRIDAY, OFFICERS, SCHOOL_B, WEEK, save_draft
from tests.planner.writing import put


@pytest.fixture
def today(monkeypatch):
    def travel(day):
        monkeypatch.setattr(clock, "today", lambda _zone: day)

    return travel


def row(view, staff):
    return next(person for person in view.people if person.staff == staff)


def place(view, source):
    return next(one for one in view.places if one.source == source)


def test_current_week_is_planned_when_it_has_school(small_open, today):
    today(date(2026, 11, 29))
    assert current_week(small_open) == week_to_plan(small_open) == WEEK


def test_next_week_with_school_is_planned_in_a_break(small_open, today):
    today(date(2026, 8, 3))
    assert current_week(small_open) == IsoWeek(2026, 32)
    assert week_to_plan(small_open) == IsoWeek(2026, 34)


def test_current_week_is_planned_when_no_term_is_known(small_open, today):
    today(date(2031, 1, 1))
    assert week_to_plan(small_open) == IsoWeek(2031, 1)


def test_week_without_draft_shows_people_and_no_gaps(small_open):
    view = week_view(small_open, WEEK)
    assert view.state is WeekState.EMPTY
    assert len(view.people) == 8
    assert (view.gaps, view.findings, view.version) == ((), (), None)


def test_person_row_shows_shifts_hours_and_duties(drafted):
    view = week_view(drafted, WEEK)
    officer = row(view, OFFICERS[0])
    assert (officer.squad_name, officer.is_lead, officer.rate_percent) == ("Squad 1", True, 100)
    assert (officer.counted_min, officer.target_min) == (5 * 450, 2400)
    (bar,) = officer.days[0].shifts
    assert (bar.code, bar.crew_label, len(bar.breaks)) == ("E", "1", 1)
    assert [duty.title for duty in bar.duties] == ["Torget"]


def test_stand_by_is_shown_on_the_day_it_begins_and_in_the_days_it_reaches(small_open):
    night = Standby(
        id="n",
        staff=OFFICERS[0],
        start=instant(WEEK.days[1], time(22), small_open.plan.zone),
        end=instant(WEEK.days[2], time(6), small_open.plan.zone),
    )
    with small_open.changing("test") as store:
        put(store, "standbys", [night])
    view = week_view(small_open, WEEK)
    assert [day.standby for day in row(view, OFFICERS[0]).days[:4]] == [(), (night.span,), (), ()]
    plan, roster = small_open.plan, small_open.store.load_roster(WEEK)
    days = [make_day_view(plan, roster, view, day).rows for day in WEEK.days[:4]]
    shown = [next(one for one in rows if one.staff == OFFICERS[0]).standby for rows in days]
    assert shown == [(), (night.span,), (night.span,), ()]


def test_person_row_shows_absence_and_bound_time(drafted):
    view = week_view(drafted, WEEK)
    assert [day.is_absent for day in row(view, CONTACTS[3]).days[:3]] == [True, True, False]
    assert row(view, OFFICERS[2]).days[1].bound[0][0] == "Court"
    assert row(view, OFFICERS[2]).counted_min == 180


def test_place_row_shows_who_comes_and_who_lacks(drafted):
    school = place(week_view(drafted, WEEK), SCHOOL_B)
    assert school.days[0].duties[0].names == ("Kontakt Nr2",)
    assert [duty.missing for duty in school.days[4].duties] == [0, 1]
    assert school.days[2].note == "study_day"
    assert school.days[5].note == "weekend"


def test_need_shows_the_worst_quarter_of_each_hour(drafted):
    points = week_view(drafted, WEEK).need
    assert [(point.minimum, point.needed, point.planned) for point in points] == [(2, 3, 2)] * 2


def test_state_follows_publishing_and_editing(drafted, small_roster):
    assert week_state(drafted, WEEK) is WeekState.DRAFT
    info = publish(drafted, WEEK, {DutyId(f"b/{FRIDAY}/after-1"): Decision.CANCELLED})
    view = week_view(drafted, WEEK)
    assert (view.state, view.version) == (WeekState.PUBLISHED, info.number)
    assert place(view, SCHOOL_B).days[4].duties[1].decision == "cancelled"

    locked = replace(small_roster.shifts[0], is_locked=True)
    save_draft(drafted, replace(small_roster, shifts=(locked, *small_roster.shifts[1:])))
    assert week_view(drafted, WEEK).state is WeekState.CHANGED
