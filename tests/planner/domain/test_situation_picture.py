from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.incidents import Incident
from planner.domain.situation_data import metres_apart
from planner.domain.situation_picture import (
    CLUSTER_M,
    FEWEST_IN_CLUSTER,
    Period,
    clusters,
    hour_table,
    trend,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(text: str, **where: object) -> Incident:
    return Incident(
        id=text + repr(where),
        at=datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC),
        kind="rån",
        **where,  # type: ignore[arg-type]
    )


incidents = st.builds(
    lambda n, minute, north, east: Incident(
        id=str(n),
        at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute),
        kind="rån",
        latitude=59.6 + north / 1000,
        longitude=16.5 + east / 1000,
    ),
    st.integers(),
    st.integers(0, 60 * 24 * 400),
    st.floats(0, 9),
    st.floats(0, 9),
)


def test_hours_are_local_on_both_sides_of_the_clock_change() -> None:
    table = hour_table([at("2026-03-27 21:15"), at("2026-04-03 21:45")], STOCKHOLM)
    assert table[4][21] == 2
    assert sum(map(sum, table)) == 2


@given(st.lists(incidents, max_size=40), st.sampled_from(Period))
def test_trend_counts_each_incident_once(found: list[Incident], period: Period) -> None:
    counts = trend(found, STOCKHOLM, period, date(2026, 1, 1), date(2027, 3, 1))
    assert sum(one.count for one in counts) == len(found)
    assert all(one.low <= one.count <= one.high for one in counts)
    days = [one.first_day for one in counts]
    assert days == sorted(set(days))


def test_weeks_and_months_that_are_cut_are_marked() -> None:
    found = [at("2026-03-04 12:00"), at("2026-04-15 12:00")]
    months = trend(found, STOCKHOLM, Period.MONTH, date(2026, 3, 1), date(2026, 4, 20))
    assert [(one.first_day.month, one.count, one.is_whole) for one in months] == [
        (3, 1, True),
        (4, 1, False),
    ]
    weeks = trend(found, STOCKHOLM, Period.WEEK, date(2026, 3, 4), date(2026, 3, 15))
    assert [(one.first_day.day, one.is_whole) for one in weeks] == [(2, False), (9, True)]


@given(st.lists(incidents, max_size=60))
def test_clusters_are_small_and_share_no_incident(found: list[Incident]) -> None:
    gathered = clusters(found)
    assert sum(one.count for one in gathered) <= len(found)
    for one in gathered:
        assert one.count >= FEWEST_IN_CLUSTER
        assert one.radius_m <= 2 * CLUSTER_M
        near = sum(
            metres_apart((one.latitude, one.longitude), (i.latitude or 0, i.longitude or 0))
            <= one.radius_m + 1
            for i in found
        )
        assert near >= one.count
    counts = [one.count for one in gathered]
    assert counts == sorted(counts, reverse=True)


def test_cluster_says_where_it_is() -> None:
    found = [
        at(f"2026-03-0{n} 12:00", latitude=59.61, longitude=16.54 + n / 10_000, place="Torget")
        for n in range(1, 6)
    ]
    (one,) = clusters([*found, at("2026-03-01 12:00", latitude=59.7, longitude=16.5)])
    assert (one.count, one.places) == (5, ("Torget",))
    assert one.share == 5 / 6
    assert abs(one.longitude - 16.5403) < 1e-9


def test_without_positions_there_are_no_clusters() -> None:
    assert clusters([at("2026-03-01 12:00", place="Torget")]) == ()
