from dataclasses import replace
from datetime import timedelta

import pytest

from planner.domain.differences import week_differences
from planner.domain.notice import notice_days, short_notice
from planner.domain.roster import Roster
from planner.domain.rules import Rule, RuleKey
from tests.planner import small
from tests.planner.small import CITY_BOOK, CONTACTS, EVENING, MONDAY, OFFICERS, START, WEEK


@pytest.fixture
def strict():
    """The small plan, whose city book asks for ten days' notice."""
    plan = small.make_plan()
    rule = Rule(
        rule_book=CITY_BOOK, key=RuleKey.NOTICE, value=10, source="Avtalet", first_day=START
    )
    return replace(plan, rules=(*plan.rules, rule))


def changes(plan, after):
    return week_differences(plan, Roster(week=WEEK), after, ()).shifts


def test_book_without_a_number_follows_the_law(strict):
    assert notice_days(strict, CONTACTS[0], MONDAY) == 10
    assert notice_days(strict, OFFICERS[0], MONDAY) == 14


def test_shift_told_later_than_the_book_says_is_short(strict):
    told = changes(strict, small.make_roster(strict))
    late = list(short_notice(strict, told, MONDAY - timedelta(days=9)))
    city = [one for one in late if one.change.staff == CONTACTS[0]]
    assert [(one.change.day, one.given_days, one.least_days) for one in city] == [(MONDAY, 9, 10)]
    assert sum(one.change.staff == OFFICERS[0] for one in late) == 5


def test_told_in_time_is_not_short(strict):
    told = changes(strict, small.make_roster(strict))
    assert list(short_notice(strict, told, MONDAY - timedelta(days=14))) == []


def test_days_that_have_been_are_left_out(strict):
    told = changes(strict, small.make_roster(strict))
    assert list(short_notice(strict, told, MONDAY + timedelta(days=7))) == []


def test_other_type_at_the_same_times_needs_no_notice(strict):
    roster = small.make_roster(strict)
    first, *rest = roster.shifts
    after = replace(roster, shifts=(replace(first, shift_type=EVENING), *rest))
    told = week_differences(strict, roster, after, ()).shifts
    assert list(short_notice(strict, told, MONDAY)) == []
