"""Four weeks side by side are what each week shows."""

from dataclasses import replace

from planner.services.roster.views import WeekState
from planner.services.week.four_weeks import four_weeks_view, make_four_weeks_view
from planner.services.week.weeks import week_view
from tests.planner.small import CONTACTS, MONDAY, OFFICERS, WEEK


def row(view, staff):
    return next(person for person in view.rows if person.staff == staff)


def test_four_weeks_follow_each_other(drafted):
    view = four_weeks_view(drafted, WEEK.shifted(-1))
    assert view.weeks == tuple(WEEK.shifted(n) for n in (-1, 0, 1, 2))
    assert [day.day for day in view.days] == [day for week in view.weeks for day in week.days]
    assert view.states == (WeekState.EMPTY, WeekState.DRAFT, WeekState.EMPTY, WeekState.EMPTY)


def test_row_holds_every_day_and_the_hours_of_each_week(drafted):
    person = row(four_weeks_view(drafted, WEEK.shifted(-1)), OFFICERS[0])
    assert len(person.days) == 28
    assert person.days[7].day == MONDAY
    assert [shift.code for shift in person.days[7].shifts] == ["E"]
    assert [week.counted_min for week in person.hours] == [0, 5 * 450, 0, 0]
    assert {week.target_min for week in person.hours} == {2400}


def test_balances_add_up(drafted):
    person = row(four_weeks_view(drafted, WEEK), OFFICERS[0])
    assert person.total.balance_min == sum(week.balance_min for week in person.hours)
    assert person.total.balance_min == 5 * 450 - 4 * 2400


def test_absence_takes_its_share_off_the_target(drafted):
    person = row(four_weeks_view(drafted, WEEK), CONTACTS[3])
    assert person.hours[0].target_min < person.hours[1].target_min
    assert [day.is_absent for day in person.days[:3]] == [True, True, False]


def test_who_comes_later_has_empty_days_before(drafted):
    first, second = week_view(drafted, WEEK), week_view(drafted, WEEK.shifted(1))
    first = replace(first, people=first.people[1:])
    person = row(make_four_weeks_view([first, second]), CONTACTS[0])
    assert [day.day for day in person.days] == [*WEEK.days, *WEEK.shifted(1).days]
    assert all(not day.shifts for day in person.days[:7])
    assert person.hours[0].target_min == 0
