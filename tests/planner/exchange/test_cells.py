"""A value written as a cell is read as the same value."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.spans import Span
from planner.domain.staff import TravelMode
from planner.exchange.values import parse, to_cell

ZONE = ZoneInfo("Europe/Stockholm")
FIRST = datetime(1970, 1, 2, tzinfo=UTC)

MINUTES = st.integers(0, 60 * 24 * 365 * 100).map(lambda n: FIRST + timedelta(minutes=n))


def is_unique(at):
    """Tell whether the local time comes once that day: not in the hour that summer time repeats."""
    local = at.astimezone(ZONE)
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


@given(
    value=st.one_of(
        st.booleans(),
        st.integers(-1_000_000, 1_000_000),
        st.dates(date(1970, 1, 1), date(2100, 12, 31)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.sampled_from(TravelMode),
        MINUTES.filter(is_unique),
    )
)
def test_a_value_comes_back_from_its_cell(value):
    assert parse(to_cell(value, ZONE), type(value), ZONE) == value


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (59.5, "59.5"),
        ("Åsa", "Åsa"),
        (time(7, 5), "07:05"),
        ((), ""),
        (
            (Span(datetime(2026, 11, 16, 6, tzinfo=UTC), datetime(2026, 11, 16, 14, tzinfo=UTC)),),
            "2026-11-16 07:00–15:00",
        ),
    ],
)
def test_a_value_is_written_as_a_person_reads_it(value, cell):
    assert to_cell(value, ZONE) == cell
