"""Suppositions change a copy of the plan, and never the plan."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.demand import make_duties
from planner.domain.ids import HotspotId, SchoolId, SiteId
from planner.domain.plan import Plan
from planner.domain.rules import RuleKey, rule_values
from planner.domain.scenarios import (
    SUPPOSITIONS,
    FewerPeople,
    MorePeople,
    MorePresence,
    OneSchoolMore,
    OtherBells,
    OtherRule,
    Scenario,
    Supposition,
    WithoutHotspot,
    WithoutSchool,
    code_of,
)
from planner.domain.supposing import changes_of, group_members, supposed
from planner.domain.validation import faults
from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from tests.planner import small
from tests.planner.small import MONDAY, WEEK

SPRING = IsoWeek(2027, 12)
"""The week in whose last night the clock goes forward."""


def suppositions() -> st.SearchStrategy[Supposition]:
    """Return any supposition that the small plan can bear."""
    minutes = st.integers(-90, 90)
    return st.one_of(
        st.builds(
            FewerPeople, employer=st.just(small.CITY), skill=st.just(small.CONTACT), n=st.just(1)
        ),
        st.builds(
            MorePeople,
            employer=st.just(small.POLICE),
            skill=st.just(small.PATROL),
            n=st.integers(1, 3),
        ),
        st.builds(OneSchoolMore, name=st.just("Ny"), like=st.just(small.SCHOOL_A)),
        st.builds(WithoutSchool, school=st.just(small.SCHOOL_B)),
        st.builds(
            OtherBells,
            school=st.sampled_from([None, small.SCHOOL_A]),
            first_min=minutes,
            last_min=minutes,
        ),
        st.builds(
            MorePresence,
            hotspot=st.just(small.SQUARE),
            start=st.just(time(18)),
            end=st.just(time(21)),
            n_visits=st.integers(0, 3),
        ),
        st.builds(WithoutHotspot, hotspot=st.just(small.SQUARE)),
        st.builds(
            OtherRule,
            rule_book=st.just(small.CITY_BOOK),
            key=st.sampled_from(RuleKey),
            value=st.integers(1, 6),
        ),
    )


@given(wanted=st.lists(suppositions(), max_size=3))
def test_a_supposed_plan_is_sound_and_the_plan_stays(wanted: list[Supposition]) -> None:
    plan = small.make_plan()
    found = supposed(plan, wanted, MONDAY)
    assert plan == small.make_plan()
    assert not tuple(faults(found))


@given(one=suppositions())
def test_each_kind_has_a_code(one: Supposition) -> None:
    assert SUPPOSITIONS[code_of(one)] is type(one)


def test_a_scenario_that_supposes_nothing_is_the_plan(small_plan: Plan) -> None:
    nothing = Scenario(id="s", name="As it is", created_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert supposed(small_plan, nothing.suppositions, MONDAY) is small_plan


def test_of_fewer_people_those_with_the_fewest_skills_are_not_there(small_plan: Plan) -> None:
    wanted = FewerPeople(employer=small.POLICE, skill=small.PATROL, n=2)
    left = supposed(small_plan, [wanted], MONDAY)
    members = group_members(left, small.POLICE, small.PATROL, MONDAY)
    assert set(members) == {small.OFFICERS[0], small.OFFICERS[2]}, "both can be in charge"


def test_more_people_missing_than_there_are_is_refused(small_plan: Plan) -> None:
    wanted = FewerPeople(employer=small.POLICE, skill=small.LEAD, n=3)
    with pytest.raises(NotFoundError) as refused:
        supposed(small_plan, [wanted], MONDAY)
    assert refused.value.code == "too-few-people"
    assert refused.value.values == {"n": 3, "n_there": 2}


@pytest.mark.parametrize(
    "wanted",
    [
        OneSchoolMore(name="Ny", like=SchoolId("gone")),
        OneSchoolMore(name="Ny", like=small.SCHOOL_A, site=SiteId("gone")),
        WithoutSchool(school=SchoolId("gone")),
        OtherBells(school=SchoolId("gone")),
        MorePresence(hotspot=HotspotId("gone"), start=time(18), end=time(19)),
        MorePresence(name="Nytt", site=SiteId("gone"), start=time(18), end=time(19)),
        WithoutHotspot(hotspot=HotspotId("gone")),
    ],
)
def test_what_is_not_in_the_plan_any_more_is_told(small_plan: Plan, wanted: Supposition) -> None:
    with pytest.raises(NotFoundError) as refused:
        changes_of(small_plan, wanted, MONDAY)
    assert refused.value.code == "supposition-gone"


def test_a_school_more_asks_for_what_its_like_asks_for(small_plan: Plan) -> None:
    found = supposed(small_plan, [OneSchoolMore(name="Ny", like=small.SCHOOL_A)], MONDAY)
    duties = make_duties(found, WEEK)
    mine = [duty for duty in duties if duty.title == "Ny"]
    like = [duty for duty in duties if duty.source == small.SCHOOL_A]
    assert [duty.span for duty in mine] == [duty.span for duty in like]


def test_a_school_left_out_asks_for_nothing(small_plan: Plan) -> None:
    found = supposed(small_plan, [WithoutSchool(school=small.SCHOOL_A)], MONDAY)
    assert all(duty.source != small.SCHOOL_A for duty in make_duties(found, WEEK))


def test_bells_do_not_leave_their_day_nor_pass_each_other(small_plan: Plan) -> None:
    found = supposed(small_plan, [OtherBells(first_min=900, last_min=-900)], MONDAY)
    assert all(bell.first_bell <= bell.last_bell for bell in found.bell_times)
    assert {bell.first_bell for bell in found.bell_times} == {time(23, 10)}


def test_presence_at_a_new_place_is_asked_for_on_its_days(small_plan: Plan) -> None:
    wanted = MorePresence(
        name="Nytt torg",
        site=SiteId("site-a"),
        weekdays="67",
        start=time(20),
        end=time(4),
    )
    found = supposed(small_plan, [wanted], MONDAY)
    for week in (WEEK, SPRING):
        mine = [duty for duty in make_duties(found, week) if duty.title == "Nytt torg"]
        assert {duty.day.isoweekday() for duty in mine} == {6, 7}
        minutes = [sum(d.duration_min for d in mine if d.day.isoweekday() == n) for n in (6, 7)]
        assert minutes == ([480, 480] if week == WEEK else [420, 480]), "an hour less in spring"


def test_another_number_of_a_rule_book_holds_at_all_times(small_plan: Plan) -> None:
    wanted = OtherRule(rule_book=small.CITY_BOOK, key=RuleKey.REST_BETWEEN, value=600)
    found = supposed(small_plan, [wanted], MONDAY)
    assert rule_values(found.rules, small.CITY_BOOK, MONDAY)[RuleKey.REST_BETWEEN] == 600
    assert RuleKey.REST_BETWEEN not in rule_values(found.rules, small.POLICE_BOOK, MONDAY)
