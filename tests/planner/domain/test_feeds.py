from dataclasses import replace
from datetime import UTC, datetime, timedelta

from planner.domain.feeds import FeedEntry, followed
from planner.domain.spans import Span

FIRST, SECOND, THIRD, FOURTH = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3, 4))
MORNING = FeedEntry(
    span=Span(datetime(2026, 11, 23, 6, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)),
    title="Askskolan",
)
LATER = replace(MORNING, span=Span(MORNING.span.end, MORNING.span.end + timedelta(hours=1)))


def story(*editions):
    return [
        (event.key, event.sequence, event.modified_at, event.is_cancelled)
        for event in followed(editions)
    ]


def test_sequence_grows_only_when_an_event_says_something_else():
    assert story((FIRST, {"a": MORNING}), (SECOND, {"a": MORNING})) == [("a", 0, FIRST, False)]
    assert story((FIRST, {"a": MORNING}), (SECOND, {"a": LATER}), (THIRD, {"a": LATER})) == [
        ("a", 1, SECOND, False)
    ]


def test_event_that_is_gone_stays_cancelled_with_a_higher_sequence():
    assert story((FIRST, {"a": MORNING}), (SECOND, {}), (THIRD, {})) == [("a", 1, SECOND, True)]


def test_event_that_comes_back_is_newer_than_its_cancelling():
    told = ((FIRST, {"a": MORNING}), (SECOND, {}), (THIRD, {"a": MORNING}), (FOURTH, {"b": LATER}))
    assert story(*told[:3]) == [("a", 2, THIRD, False)]
    assert story(*told) == [("a", 3, FOURTH, True), ("b", 0, FOURTH, False)]
