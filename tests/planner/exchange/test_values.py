from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.ids import StaffId
from planner.domain.staff import TravelMode
from planner.errors import InputError
from planner.exchange.values import parse

ZONE = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("12", int, 12),
        ("-3", int, -3),
        ("−3", int, -3),
        ("59,61", float, 59.61),
        ("59.61", float, 59.61),
        ("ja", bool, True),
        ("NEJ", bool, False),
        ("1", bool, True),
        ("2026-11-23", date, date(2026, 11, 23)),
        ("2026-11-23 00:00", date, date(2026, 11, 23)),
        ("7:15", time, time(7, 15)),
        ("07.15", time, time(7, 15)),
        ("07:15:00", time, time(7, 15)),
        ("Car", TravelMode, TravelMode.CAR),
        ("k01", StaffId, "k01"),
        ("Åsa", str, "Åsa"),
        ("2026-11-23 07:00", datetime, datetime(2026, 11, 23, 6, tzinfo=UTC)),
        ("2026-07-01T07:00", datetime, datetime(2026, 7, 1, 5, tzinfo=UTC)),
        ("2026-11-23 07:00+00:00", datetime, datetime(2026, 11, 23, 7, tzinfo=UTC)),
        # The hour that comes twice on the last Sunday of October: the first is meant.
        ("2026-10-25 02:30", datetime, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_cell_is_read_as_its_field_asks(cell, kind, value):
    assert parse(cell, kind, ZONE) == value


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        ("1.5", int, "number-wrong"),
        ("1e3", int, "number-wrong"),
        ("٣", int, "number-wrong"),
        ("9" * 5000, int, "number-too-large"),
        ("9999999", int, "number-too-large"),
        ("nan", float, "number-wrong"),
        ("inf", float, "number-wrong"),
        ("1e999", float, "number-wrong"),
        ("1,2,3", float, "number-wrong"),
        ("maybe", bool, "boolean-wrong"),
        ("2026-02-30", date, "date-wrong"),
        ("20261123", date, "date-wrong"),
        ("2026-W48-1", date, "date-wrong"),
        ("23/11/2026", date, "date-wrong"),
        ("0001-01-01", date, "date-out-of-range"),
        ("9999-12-31", date, "date-out-of-range"),
        ("24:00", time, "time-wrong"),
        ("7", time, "time-wrong"),
        ("07:15:30", time, "time-wrong"),
        ("2026-11-23", datetime, "datetime-wrong"),
        ("2026-11-23 25:00", datetime, "datetime-wrong"),
        ("2026-11-23 07:00:30", datetime, "datetime-wrong"),
        ("0001-01-01 00:00", datetime, "date-out-of-range"),
        ("boat", TravelMode, "choice-wrong"),
        ("a/b", StaffId, "id-wrong"),
        ("../x", StaffId, "id-wrong"),
        ("a" * 65, StaffId, "text-too-long"),
        ("a" * 501, str, "text-too-long"),
        ("a\x07", str, "text-unprintable"),
        ("a\nb", str, "text-unprintable"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_by_name(cell, kind, code):
    with pytest.raises(InputError) as caught:
        parse(cell, kind, ZONE)
    assert caught.value.code == code


@given(
    cell=st.text(min_size=1, max_size=30),
    kind=st.sampled_from([str, int, float, bool, date, time, datetime, TravelMode, StaffId]),
)
def test_no_cell_is_answered_by_anything_but_a_value_or_an_input_error(cell, kind):
    with suppress(InputError):
        parse(cell, kind, ZONE)


@given(minutes=st.integers(0, 60 * 24 * 365 * 100))
def test_an_instant_with_offset_comes_back(minutes):
    at = datetime(1970, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes)
    assert parse(at.astimezone(ZONE).isoformat(), datetime, ZONE) == at
