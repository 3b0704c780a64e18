import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.poisson import poisson_interval


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.69), (1, 0.03, 5.57), (8, 3.45, 15.76), (14, 7.65, 23.49), (100, 81.36, 121.63)],
)
def test_interval_is_the_one_of_the_tables(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=0.006)


@given(st.integers(1, 400), st.sampled_from([0.5, 0.8, 0.95, 0.99]))
def test_each_end_leaves_half_of_the_rest_in_its_tail(count: int, level: float) -> None:
    low, high = poisson_interval(count, level=level)

    def terms(mean: float) -> list[float]:
        found = [math.exp(-mean)]
        for n in range(1, 3 * count + 200):
            found.append(found[-1] * mean / n)
        return found

    assert math.fsum(terms(low)[count:]) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert math.fsum(terms(high)[: count + 1]) == pytest.approx((1 - level) / 2, rel=1e-6)
