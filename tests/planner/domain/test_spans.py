import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.spans import Span, day_span, instant, local_span, subtract, union

STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = datetime(2026, 11, 23, tzinfo=UTC)

spans = st.builds(
    lambda start, length: Span(
        START + timedelta(minutes=start), START + timedelta(minutes=start + length)
    ),
    st.integers(0, 300),
    st.integers(0, 120),
)


def minutes_of(stretches: list[Span]) -> set[int]:
    return {
        minute
        for span in stretches
        for minute in range(
            (span.start - START) // timedelta(minutes=1), (span.end - START) // timedelta(minutes=1)
        )
    }


def test_night_over_the_autumn_change_is_nine_hours() -> None:
    assert local_span(date(2026, 10, 24), time(22), time(6), STOCKHOLM).minutes == 540


def test_night_over_the_spring_change_is_seven_hours() -> None:
    assert local_span(date(2026, 3, 28), time(22), time(6), STOCKHOLM).minutes == 420


def test_days_of_the_clock_changes_have_23_and_25_hours() -> None:
    assert day_span(date(2026, 3, 29), STOCKHOLM).minutes == 23 * 60
    assert day_span(date(2026, 10, 25), STOCKHOLM).minutes == 25 * 60


def test_time_that_the_clock_skips_is_read_as_if_it_had_not_moved() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), STOCKHOLM) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )


@given(st.lists(spans, max_size=8))
def test_union_is_the_same_time_in_disjoint_ordered_spans(stretches: list[Span]) -> None:
    joined = list(union(stretches))
    assert minutes_of(joined) == minutes_of(stretches)
    assert all(before.end < after.start for before, after in itertools.pairwise(joined))


@given(spans, st.lists(spans, max_size=8))
def test_subtract_leaves_what_no_hole_covers(span: Span, holes: list[Span]) -> None:
    assert minutes_of(list(subtract(span, holes))) == minutes_of([span]) - minutes_of(holes)


@given(spans, spans)
def test_meet_is_what_both_have(one: Span, other: Span) -> None:
    common = one.meet(other)
    assert minutes_of([common] if common else []) == minutes_of([one]) & minutes_of([other])
