"""When the sun sets: held against almanacs, and against what must be so everywhere."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.sun import sunrise, sunset

STOCKHOLM = (59.3293, 18.0686)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
latitudes = st.floats(-60, 60)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("day", "place", "zone", "expected"),
    [
        # The published almanac times of each city, to the minute.
        (date(2026, 12, 21), STOCKHOLM, "Europe/Stockholm", "14:48"),
        (date(2026, 6, 21), STOCKHOLM, "Europe/Stockholm", "22:08"),
        (date(2026, 6, 21), (51.5074, -0.1278), "Europe/London", "21:21"),
        (date(2026, 12, 21), (40.7128, -74.006), "America/New_York", "16:31"),
        (date(2026, 12, 22), (-33.8688, 151.2093), "Australia/Sydney", "20:05"),
    ],
)
def test_sun_sets_when_the_almanac_says(day, place, zone, expected):
    set_at = sunset(day, *place)
    assert set_at is not None
    local = set_at.astimezone(ZoneInfo(zone))
    wanted = datetime.combine(day, time.fromisoformat(expected), ZoneInfo(zone))
    assert abs(local - wanted) <= timedelta(minutes=1)


def test_sun_neither_sets_at_midsummer_nor_rises_at_midwinter_in_kiruna():
    assert sunset(date(2026, 6, 21), 67.85, 20.22) is None
    assert sunset(date(2026, 12, 21), 67.85, 20.22) is None
    assert sunset(date(2026, 3, 21), 67.85, 20.22) is not None


@given(days, latitudes, longitudes)
def test_sun_rises_before_it_sets_about_noon_and_days_follow_smoothly(day, latitude, longitude):
    up, down = sunrise(day, latitude, longitude), sunset(day, latitude, longitude)
    assert up is not None
    assert down is not None
    assert timedelta() < down - up < timedelta(days=1)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(hours=longitude / 15)
    assert abs(up + (down - up) / 2 - noon) < timedelta(minutes=20)  # the equation of time
    following = sunset(day + timedelta(days=1), latitude, longitude)
    assert following is not None
    assert abs(following - down - timedelta(days=1)) < timedelta(minutes=6)
