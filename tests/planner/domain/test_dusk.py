"""Who stands alone after sunset."""

from dataclasses import replace
from datetime import timedelta

from planner.domain.demand import make_duties
from planner.domain.dusk import LEAST_ALONE, darkness, lone_duties
from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import SiteId
from planner.domain.roster import Assignment
from planner.domain.schools import Site
from planner.domain.spans import Span
from planner.domain.sun import sunset
from tests.planner import small
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, OFFICERS, SCHOOL_A, WEEK, at

PLAN = small.make_plan()
DUTIES = make_duties(PLAN, WEEK)
AFTER = next(
    duty
    for duty in DUTIES
    if duty.kind is DutyKind.SCHOOL
    and duty.source == SCHOOL_A
    and duty.day == MONDAY
    and duty.moment is Moment.AFTER
)


def done(staff, start, end, duty=AFTER):
    return Assignment(duty=duty.id, staff=staff, start=at(duty.day, start), end=at(duty.day, end))


def alone(*assignments, plan=PLAN):
    return list(lone_duties(plan, DUTIES, assignments))


def test_one_person_after_sunset_is_flagged_from_sunset_on():
    (found,) = alone(done(CONTACTS[0], "14:00", "16:00"))
    assert found.duty == AFTER
    set_at = sunset(MONDAY, 59.61, 16.54)
    assert found.alone == Span(set_at, at(MONDAY, "16:00"))
    assert at(MONDAY, "15:00") < set_at < at(MONDAY, "15:30")


def test_by_day_and_in_the_morning_nobody_is_flagged():
    assert alone(done(CONTACTS[0], "12:00", "15:00")) == []
    assert alone(done(CONTACTS[0], "07:00", "08:00")) == []  # dark, but not after dusk


def test_two_at_the_same_site_are_not_alone():
    both = done(CONTACTS[0], "14:00", "16:00"), done(CONTACTS[1], "14:00", "16:00")
    assert alone(*both) == []
    crew = done(OFFICERS[0], "15:00", "16:30"), done(OFFICERS[1], "15:00", "16:30")
    assert alone(*crew) == []


def test_whoever_stays_after_the_other_has_left_is_alone_from_then_on():
    (found,) = alone(done(CONTACTS[0], "14:00", "17:00"), done(CONTACTS[1], "14:00", "16:00"))
    assert found.alone == Span(at(MONDAY, "16:00"), at(MONDAY, "17:00"))


def test_a_few_minutes_after_sunset_are_not_told():
    set_at = sunset(MONDAY, 59.61, 16.54)
    one = done(CONTACTS[0], "14:00", "16:00")
    assert alone(replace(one, end=set_at + LEAST_ALONE - timedelta(minutes=1))) == []
    assert len(alone(replace(one, end=set_at + LEAST_ALONE))) == 1


def test_a_night_is_dark_until_six_in_the_morning():
    dark = darkness(PLAN, AFTER.site, FRIDAY)
    assert dark.end == at(FRIDAY + timedelta(days=1), "06:00")
    late = replace(done(CONTACTS[0], "23:00", "23:30"), end=at(MONDAY + timedelta(days=1), "01:00"))
    (found,) = alone(late)
    assert found.alone == late.span


def test_a_site_without_a_position_lies_in_the_middle_of_the_others():
    sites = (Site(id=AFTER.site, name="?"), *PLAN.sites[1:])
    middle = darkness(replace(PLAN, sites=sites), AFTER.site, MONDAY)
    assert abs(middle.start - sunset(MONDAY, 59.61, 16.55)) <= timedelta(minutes=1)
    nowhere = replace(PLAN, sites=(Site(id=SiteId("x"), name="?"),))
    assert alone(done(CONTACTS[0], "14:00", "16:00"), plan=nowhere) == []


def test_nobody_is_named():
    (found,) = alone(done(CONTACTS[0], "14:00", "16:00"))
    assert CONTACTS[0] not in repr(found)
