"""Reported crimes: counts with their intervals, and comparisons that claim no more."""

import math
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.outcome import (
    Basis,
    MonthPart,
    MonthsTotal,
    Verdict,
    compare,
    month_part,
    n_days_of,
    outcome_series,
    shifted_month,
)
from planner.domain.promises import OutcomeCount

FIRST, LAST = date(2020, 11, 18), date(2021, 3, 31)


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def counts(**by_month: int) -> list[OutcomeCount]:
    """Return counts such as ``m2020_12=8``."""
    return [
        OutcomeCount(
            month=month(name[1:].replace("_", "-")), kind="personrån", area="Västerås", n=n,
            source="Brå",
        )
        for name, n in by_month.items()
    ]  # fmt: skip


def total(n: int, n_days: int) -> MonthsTotal:
    return MonthsTotal(months=(), n=n, n_days=n_days)


def test_each_month_has_the_exact_interval_of_its_count():
    (series,) = outcome_series(counts(m2021_01=8, m2021_02=14), FIRST, LAST)
    assert [(round(one.low, 1), round(one.high, 1)) for one in series.months] == [
        (3.5, 15.8),
        (7.7, 23.5),
    ]
    assert (series.kind, series.area, series.sources) == ("personrån", "Västerås", ("Brå",))


def test_month_without_a_number_stands_there_without_one():
    (series,) = outcome_series(counts(m2020_12=3, m2021_02=0), FIRST, LAST)
    assert [(one.month, one.n) for one in series.months] == [
        (month("2020-12"), 3),
        (month("2021-01"), None),
        (month("2021-02"), 0),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2020-10", MonthPart.BEFORE),
        ("2020-11", MonthPart.PARTLY),
        ("2020-12", MonthPart.WITHIN),
        ("2021-03", MonthPart.WITHIN),
        ("2021-04", MonthPart.AFTER),
    ],
)
def test_only_a_month_with_all_its_days_in_the_period_is_within(text, part):
    assert month_part(month(text), FIRST, LAST) is part


def test_same_months_of_the_year_before_are_compared_first():
    found = counts(
        m2019_12=10, m2020_01=11, m2020_02=12, m2020_03=13,
        m2020_07=1, m2020_08=2, m2020_09=3, m2020_10=4, m2020_11=99,
        m2020_12=5, m2021_01=6, m2021_02=7, m2021_03=8, m2021_04=99,
    )  # fmt: skip
    (series,) = outcome_series(found, FIRST, LAST)
    first, second = series.comparisons
    assert (first.basis, first.during.n, first.other.n) == (Basis.YEAR_EARLIER, 26, 46)
    assert (first.during.n_days, first.other.n_days) == (121, 122)  # 2020 had a leap day
    assert (second.basis, second.during.n, second.other.n) == (Basis.JUST_BEFORE, 26, 10)


def test_month_without_its_counterpart_is_not_compared():
    found = counts(m2019_12=10, m2020_02=12, m2020_12=5, m2021_01=6, m2021_02=7)
    (series,) = outcome_series(found, FIRST, LAST)
    (only,) = series.comparisons
    assert only.during.months == (month("2020-12"), month("2021-02"))
    assert only.other.months == (month("2019-12"), month("2020-02"))


def test_promise_of_more_than_a_year_is_not_compared_with_itself():
    found = counts(m2019_12=9, m2020_01=1, m2020_12=5, m2021_01=6, m2021_02=7)
    (series,) = outcome_series(found, date(2020, 1, 1), date(2021, 12, 31))
    compared = {m for one in series.comparisons for m in one.other.months}
    assert compared <= {month("2019-12")}


def test_kinds_and_areas_are_kept_apart():
    other = OutcomeCount(month=month("2021-01"), kind="butiksrån", area="Västerås", n=2)
    found = outcome_series([*counts(m2021_01=8), other], FIRST, LAST)
    assert [(one.kind, one.months[0].n) for one in found] == [("butiksrån", 2), ("personrån", 8)]


def test_nothing_is_told_of_no_counts():
    assert outcome_series((), FIRST, LAST) == ()


def test_ratio_has_the_interval_of_the_tables():
    """The example of R's ``poisson.test``: 11 cases in 800 person-years against 21 in 3011."""
    found = compare(Basis.JUST_BEFORE, total(11, 800), total(21, 3011))
    assert (found.low, found.high) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)
    assert found.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("during", "other", "verdict"),
    [
        (0, 0, Verdict.CANNOT_TELL),
        (8, 14, Verdict.CANNOT_TELL),
        (0, 5, Verdict.CANNOT_TELL),
        (0, 6, Verdict.FEWER),
        (20, 45, Verdict.FEWER),
        (45, 20, Verdict.MORE),
    ],
)
def test_difference_is_told_only_when_chance_seldom_gives_it(during, other, verdict):
    assert compare(Basis.YEAR_EARLIER, total(during, 120), total(other, 120)).verdict is verdict


def test_without_a_case_before_the_ratio_has_no_upper_end():
    found = compare(Basis.YEAR_EARLIER, total(3, 100), total(0, 100))
    assert found.high == math.inf
    assert found.low > 0


@given(st.integers(0, 60), st.integers(0, 60), st.integers(28, 400), st.integers(28, 400))
def test_p_value_is_that_of_whole_numbers(k, rest, days, other_days):
    n, share = k + rest, Fraction(days, days + other_days)
    chances = [math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(n + 1)]
    wanted = min(1.0, 2 * float(min(sum(chances[: k + 1]), sum(chances[k:]))))
    found = compare(Basis.YEAR_EARLIER, total(k, days), total(rest, other_days))
    assert found.p_value == pytest.approx(wanted, rel=1e-6, abs=1e-12)


@given(st.integers(0, 80), st.integers(0, 80), st.integers(28, 400), st.integers(28, 400))
def test_interval_holds_equal_rates_just_when_no_difference_is_told(k, rest, days, other_days):
    found = compare(Basis.YEAR_EARLIER, total(k, days), total(rest, other_days))
    assert (found.low <= 1 <= found.high) == (found.verdict is Verdict.CANNOT_TELL)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-40, 40))
def test_months_are_shifted_there_and_back(day, n):
    begin = day.replace(day=1)
    there = shifted_month(begin, n)
    assert there.day == 1
    assert shifted_month(there, -n) == begin
    assert 28 <= n_days_of(there) <= 31


def test_months_long_before_or_after_are_left_out():
    found = counts(m2010_01=1, m2019_10=2, m2019_11=3, m2021_02=4, m2022_03=5, m2022_04=6)
    (series,) = outcome_series(found, FIRST, LAST)
    assert (series.months[0].month, series.months[-1].month) == (month("2019-11"), month("2022-03"))


def test_series_of_other_years_only_shows_no_month():
    (series,) = outcome_series(counts(m2010_01=1, m2030_01=2), FIRST, LAST)
    assert (series.months, series.comparisons) == ((), ())
