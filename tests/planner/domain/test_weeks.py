from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.weeks import IsoWeek
from planner.errors import InputError


def test_reads_what_it_writes() -> None:
    assert str(IsoWeek.parse(" 2026-w48 ")) == "2026-W48"
    assert IsoWeek.parse("2026W48") == IsoWeek(2026, 48)


@pytest.mark.parametrize("text", ["", "48", "2026-48", "2026-W", "2026-W480", "vecka 48"])
def test_refuses_what_is_no_week(text: str) -> None:
    with pytest.raises(InputError) as caught:
        IsoWeek.parse(text)
    assert caught.value.code == "week-unreadable"


@pytest.mark.parametrize("text", ["0001-W01", "9999-W52"])
def test_refuses_a_year_that_no_calendar_reaches(text: str) -> None:
    with pytest.raises(InputError) as caught:
        IsoWeek.parse(text)
    assert caught.value.code == "date-out-of-range"


@pytest.mark.parametrize("text", ["2027-W53", "2026-W00", "2026-W54"])
def test_refuses_a_week_that_the_year_does_not_have(text: str) -> None:
    with pytest.raises(InputError) as caught:
        IsoWeek.parse(text)
    assert caught.value.code == "week-missing"


def test_first_days_of_january_may_belong_to_last_years_week_53() -> None:
    assert IsoWeek.of(date(2027, 1, 3)) == IsoWeek(2026, 53)


@given(st.dates(date(2000, 1, 10), date(2100, 1, 1)), st.integers(-200, 200))
def test_shifting_there_and_back_is_the_same_week(day: date, n_weeks: int) -> None:
    week = IsoWeek.of(day)
    assert week.shifted(n_weeks).shifted(-n_weeks) == week
    assert day in week.days
