"""Simulated absences on a roster that was made by hand, and what they cost."""

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.errors import ConflictError
from planner.planning.fragility_draws import Rate, draw_absences
from planner.services.plans import OpenPlan
from planner.services.what_if.fragility import FragilityProgress, fragility
from planner.services.what_if.fragility_rates import ASSUMED_PERCENT, estimated_rates
from planner.services.what_if.fragility_results import AbsenceRate, Fragility
from planner.services.what_if.fragility_trial import Trial
from tests.planner import small
from tests.planner.small import WEEK

COVERED_NOW = 100 * 27 / 28
"""Of 18 school windows one lacks somebody, and five stays have their two each."""


def rates(*, city: float, police: float, mean_days: float = 2.0) -> tuple[AbsenceRate, ...]:
    return (
        AbsenceRate(
            employer=small.CITY,
            skill=small.CONTACT,
            n_people=4,
            percent=city,
            mean_days=mean_days,
        ),
        AbsenceRate(
            employer=small.POLICE,
            skill=small.PATROL,
            n_people=4,
            percent=police,
            mean_days=mean_days,
        ),
    )


def test_with_nobody_away_coverage_is_what_it_is_now(drafted: OpenPlan) -> None:
    found = fragility(drafted, WEEK, rates(city=0, police=0), trial=Trial(n_draws=300))
    assert found.whole.now == pytest.approx(COVERED_NOW)
    for one in found.coverage:
        assert one.now == one.expected == one.fifth
        assert one.half_width == 0
    assert not found.duties
    assert not found.reserves
    assert all(skill.lost_percent == 0 for skill in found.skills)


def test_with_everybody_away_and_nobody_called_in_nothing_is_left(drafted: OpenPlan) -> None:
    found = fragility(
        drafted,
        WEEK,
        rates(city=99.999, police=99.999, mean_days=1000.0),
        trial=Trial(n_draws=200, has_call_ins=False, n_reserves=0),
    )
    assert found.whole.expected < 1
    assert len(found.duties) == 17 + 5


def test_the_same_seed_gives_the_same_answer(drafted: OpenPlan) -> None:
    first, again, other = (
        fragility(drafted, WEEK, rates(city=20, police=10), trial=Trial(n_draws=600, seed=seed))
        for seed in (1, 1, 2)
    )
    assert first == again
    assert first.whole.expected != other.whole.expected


def test_absences_of_a_group_are_felt_by_its_duties_only(drafted: OpenPlan) -> None:
    found = fragility(
        drafted,
        WEEK,
        rates(city=0, police=40),
        trial=Trial(n_draws=300, has_call_ins=False, n_reserves=0),
    )
    lost = {skill.skill: skill.lost_percent for skill in found.skills}
    assert lost[small.CONTACT] == 0
    assert lost[small.PATROL] > 30, "both of the only crew have to be there"
    assert {duty.place for duty in found.duties} == {small.SQUARE}


def test_people_who_are_off_step_in_where_the_rules_let_them(drafted: OpenPlan) -> None:
    alone, helped = (
        fragility(
            drafted,
            WEEK,
            rates(city=30, police=0),
            trial=Trial(n_draws=400, has_call_ins=has_call_ins, n_reserves=0),
        )
        for has_call_ins in (False, True)
    )
    assert alone.whole.expected < helped.whole.expected <= COVERED_NOW + 1e-9


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    city=st.floats(0, 60),
    police=st.floats(0, 60),
    has_call_ins=st.booleans(),
    seed=st.integers(0, 10**6),
)
def test_more_reserves_are_never_worse_and_nothing_gets_better_than_now(
    drafted: OpenPlan, city: float, police: float, has_call_ins: bool, seed: int
) -> None:
    found = fragility(
        drafted,
        WEEK,
        rates(city=city, police=police),
        trial=Trial(n_draws=100, seed=seed, has_call_ins=has_call_ins, n_reserves=8),
    )
    whole = found.whole
    row = [whole.expected, *(one.expected for one in found.reserves)]
    fifths = [whole.fifth, *(one.fifth for one in found.reserves)]
    assert row == sorted(row)
    assert fifths == sorted(fifths)
    assert row[-1] <= whole.now + 1e-9
    assert [one.n for one in found.reserves] == list(range(1, len(found.reserves) + 1))
    saved = [one.saved_heads for one in found.reserves]
    assert all(one > 0 for one in saved)
    gained = [100 * one / whole.n_wanted for one in saved]
    assert np.diff(row) == pytest.approx(gained)


def test_a_reserve_says_the_skill_the_day_and_the_hours(drafted: OpenPlan) -> None:
    found = fragility(
        drafted,
        WEEK,
        rates(city=0, police=30),
        trial=Trial(n_draws=300, has_call_ins=False, n_reserves=1),
    )
    (reserve,) = found.reserves
    assert reserve.shift_type == small.EVENING
    assert reserve.skills == {small.PATROL}
    assert reserve.day in WEEK.days[:5]


def test_no_name_is_in_what_is_told(drafted: OpenPlan) -> None:
    found = fragility(
        drafted, WEEK, rates(city=50, police=50), trial=Trial(n_draws=100, n_reserves=2)
    )
    people = {*small.CONTACTS, *small.OFFICERS}
    names = {member.display_name for member in drafted.plan.staff}
    assert not set(_texts(found)) & (people | names)


def test_it_tells_how_far_it_is_and_stops_with_what_it_has(drafted: OpenPlan) -> None:
    told: list[Fragility] = []
    progress: list[FragilityProgress] = []
    found = fragility(
        drafted,
        WEEK,
        rates(city=50, police=50),
        on_result=told.append,
        on_progress=progress.append,
        should_stop=lambda: len(told) == 2,
    )
    assert [one.n_draws for one in told] == [250, 500]
    assert found == told[-1]
    assert [one.phase for one in progress] == ["reading", "drawing"]


def test_draws_end_when_the_average_is_known_well_enough(drafted: OpenPlan) -> None:
    found = fragility(drafted, WEEK, rates(city=0, police=0))
    assert (found.n_draws, found.is_exact_enough) == (1000, True)


def test_a_week_without_a_roster_is_refused(small_open: OpenPlan) -> None:
    with pytest.raises(ConflictError) as refused:
        fragility(small_open, WEEK, rates(city=5, police=5))
    assert refused.value.code == "week-not-generated"


def test_a_roster_without_duties_is_refused(small_open: OpenPlan) -> None:
    small.save_draft(small_open, Roster(week=WEEK))
    with pytest.raises(ConflictError) as refused:
        fragility(small_open, WEEK, rates(city=5, police=5))
    assert refused.value.code == "week-without-roster"


def test_rates_are_estimated_by_group_from_the_plans_absences(small_plan: Plan) -> None:
    city, police = estimated_rates(small_plan, WEEK)
    assert (city.employer, city.skill, city.n_people) == (small.CITY, small.CONTACT, 4)
    assert city.n_days_seen == 2, "Monday and Tuesday of one person"
    assert city.percent == pytest.approx(100 * 2 / (4 * 40), abs=0.1)
    assert city.mean_days == 2
    assert (police.n_days_seen, police.percent) == (0, ASSUMED_PERCENT)


@given(share=st.floats(0, 0.9), mean_days=st.floats(1, 10), seed=st.integers(0, 10**6))
def test_the_share_of_days_away_is_right_on_every_day(
    share: float, mean_days: float, seed: int
) -> None:
    rate = Rate(share=share, mean_days=max(mean_days, share / (1 - share)))
    away = draw_absences((rate,) * 20, 400, 7, np.random.default_rng(seed))
    for day in range(7):
        assert away[:, :, day].mean() == pytest.approx(share, abs=0.05)


def _texts(value: Any) -> list[str]:
    """Return every text in a value."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in _texts(getattr(value, field.name))]
    if isinstance(value, tuple | frozenset):
        return [text for one in value for text in _texts(one)]
    return []
