import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.predictability import (
    FEWEST_DAYS,
    Learnable,
    SeenVisit,
    entropy_bits,
    patterns,
)

FRIDAY = date(2026, 9, 4)


def seen(week: int, at_min: int, *, place: str = "torg", slot: str = "1", **span: int) -> SeenVisit:
    return SeenVisit(
        place=place,
        slot=slot,
        day=FRIDAY + timedelta(weeks=week),
        at_min=at_min,
        first_min=span.get("first", 18 * 60),
        last_min=span.get("last", 22 * 60),
    )


@pytest.mark.parametrize(
    ("counts", "bits"), [([4], 0), ([1, 1], 1), ([1] * 8, 3), ([2, 1, 1], 1.5), ([], 0)]
)
def test_entropy_of_counts(counts: list[int], bits: float) -> None:
    assert entropy_bits(counts) == pytest.approx(bits)


def test_same_half_hour_every_week_is_learnable() -> None:
    (one,) = patterns([seen(week, 20 * 60 + week) for week in range(8)])
    assert one.learnable is Learnable.LEARNABLE
    assert (one.weekday, one.n_days, one.entropy_bits) == (5, 8, 0)
    assert (one.top_min, one.n_top_days) == (20 * 60, 8)
    assert one.share == 0


def test_two_visits_that_change_places_are_still_a_pattern() -> None:
    visits = [
        seen(week, at, slot=slot)
        for week in range(8)
        for slot, at in (("1", 19 * 60), ("2", 21 * 60))
    ]
    (one,) = patterns(visits)
    assert one.entropy_bits == pytest.approx(1)
    assert one.learnable is Learnable.LEARNABLE


def test_few_weeks_say_nothing() -> None:
    (one,) = patterns([seen(week, 1200) for week in range(FEWEST_DAYS - 1)])
    assert one.learnable is Learnable.TOO_FEW


def test_visit_that_could_be_at_no_other_time_is_no_pattern_of_a_choice() -> None:
    (one,) = patterns([seen(week, 1200, first=1200, last=1200) for week in range(8)])
    assert one.learnable is Learnable.NO_PATTERN
    assert one.p_value == 1


def test_mean_entropy_of_even_draws_is_the_exact_one() -> None:
    # Two visits over two half hours: the same one, 0 bits, or both, 1 bit; each half of the time.
    (one,) = patterns([seen(week, 1200, first=1200, last=1255) for week in range(2)])
    assert one.even_bits == pytest.approx(0.5, abs=0.03)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_entropy_is_within_its_bounds(seed: int) -> None:
    draw = random.Random(seed)
    visits = [seen(week, 5 * draw.randint(216, 264)) for week in range(draw.randint(1, 12))]
    (one,) = patterns(visits)
    assert 0 <= one.entropy_bits <= math.log2(one.n_visits) + 1e-9
    assert 0 < one.p_value <= 1
    assert 0 <= one.share <= 1
    assert one.even_bits <= math.log2(one.n_visits) + 1e-9


def test_even_draws_seldom_raise_a_warning_among_many_places() -> None:
    n_false = 0
    for run in range(20):
        draw = random.Random(run)
        visits = [
            seen(week, 5 * draw.randint(216, 264), place=f"place-{place}", slot=str(slot))
            for place in range(12)
            for week in range(8)
            for slot in range(2)
        ]
        n_false += any(one.learnable is Learnable.LEARNABLE for one in patterns(visits))
    assert n_false <= 3  # 1 in 20 is to be expected


def test_one_pattern_among_many_places_is_found() -> None:
    draw = random.Random(4)
    visits = [
        seen(
            week,
            20 * 60 if place == 3 else 5 * draw.randint(216, 264),
            place=f"place-{place}",
        )
        for place in range(30)
        for week in range(8)
    ]
    warned = [one.place for one in patterns(visits) if one.learnable is Learnable.LEARNABLE]
    assert warned == ["place-3"]
