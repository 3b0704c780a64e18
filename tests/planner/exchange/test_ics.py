"""Calendar files, read back by a library that did not write them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from planner import words
from planner.domain.feeds import Feed, FeedEntry, FeedEvent
from planner.domain.spans import Span, local_span
from planner.exchange.ics import to_ics

ZONE = ZoneInfo("Europe/Stockholm")
PUBLISHED = datetime(2026, 10, 1, 12, tzinfo=UTC)
NIGHT = time(22), time(6)


def event(span, key="a", **values):
    about = {"title": "Askskolan"} | values.pop("entry", {})
    return FeedEvent(
        key=key,
        entry=FeedEntry(span=span, **about),
        **{"sequence": 0, "modified_at": PUBLISHED} | values,
    )


def feed(*events, owner="staff/c1", **values):
    return Feed(
        owner=owner,
        events=events,
        **{"name": "Mina pass", "zone": "Europe/Stockholm", "language": "sv"} | values,
    )


def read(data):
    return vobject.readOne(data.decode())


def utc(value):
    return value.astimezone(UTC)


@pytest.fixture
def evening():
    start = datetime(2026, 11, 23, 13, tzinfo=UTC)
    return Span(start, start + timedelta(hours=8))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 10, 26), 8)]
)
def test_night_shift_keeps_its_instants_over_the_clock_changes(day, hours):
    night = local_span(day, *NIGHT, ZONE)
    data = to_ics(feed(event(night)))
    found = read(data).vevent
    assert (utc(found.dtstart.value), utc(found.dtend.value)) == (night.start, night.end)
    assert night.minutes == hours * 60
    assert b"DTSTART;TZID=Europe/Stockholm:" in data
    assert (found.dtstart.value.hour, found.dtend.value.hour) == (22, 6)


@pytest.mark.parametrize("first", [0, 30, 60, 90, 120])
def test_times_that_the_clock_shows_twice_are_told_apart(first):
    start = datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + timedelta(minutes=first)
    span = Span(start, start + timedelta(minutes=45))
    found = read(to_ics(feed(event(span)))).vevent
    assert (utc(found.dtstart.value), utc(found.dtend.value)) == (span.start, span.end)


def test_zone_of_the_file_tells_both_clock_changes_without_the_readers_own(evening):
    zone = read(to_ics(feed(event(evening)))).vtimezone
    text = zone.serialize()
    assert "TZID:Europe/Stockholm" in text
    for change in ("20260329T030000", "20261025T030000"):
        assert f"DTSTART:{change}" in text


def test_lines_are_at_most_75_octets_end_in_crlf_and_break_no_letter(evening):
    notes = tuple("åäö ÅÄÖ – ” " * n for n in range(1, 30))
    data = to_ics(feed(event(evening, entry={"notes": notes, "title": "å" * 200})))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) == 75
    for line in lines:
        line.decode()  # a letter cut in two would not be one
    found = read(data).vevent
    assert found.summary.value == "å" * 200
    assert found.description.value == "\n".join(notes)


def test_signs_of_the_format_are_escaped(evening):
    title, place, notes = "A; B, C\\D", "Hus 1, plan 2; norr", ("Rad 1", "N\\n, 2;")
    data = to_ics(feed(event(evening, entry={"title": title, "place": place, "notes": notes})))
    assert b"SUMMARY:A\\; B\\, C\\\\D\r\n" in data
    found = read(data).vevent
    assert (found.summary.value, found.location.value) == (title, place)
    assert found.description.value == "Rad 1\nN\\n, 2;"


def test_calendar_says_its_name_and_how_often_to_read_it(evening):
    data = to_ics(feed(event(evening), name="Skolan; A", about=("Ring 112", "Påhittat")))
    calendar = read(data)
    assert calendar.x_wr_calname.value == "Skolan; A"
    assert b"\r\nNAME:Skolan\\; A\r\n" in data
    assert calendar.x_wr_caldesc.value == "Ring 112\nPåhittat"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in data
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in data
    assert b"METHOD" not in data  # a file on a share asks nothing of anybody


def test_cancelled_event_keeps_id_and_time_and_tells_no_more(evening):
    whole = event(evening, entry={"place": "Entrén", "notes": ("Anna",)})
    gone = event(evening, sequence=4, is_cancelled=True, entry={"notes": ("Anna",)})
    before, after = (read(to_ics(feed(one))).vevent for one in (whole, gone))
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert (before.uid.value, before.dtstart.value) == (after.uid.value, after.dtstart.value)
    assert after.sequence.value == "4"
    assert (after.summary.value, after.transp.value) == ("Inställt", "TRANSPARENT")
    assert not {"location", "description"} & set(after.contents)


def test_ids_are_the_same_for_good_and_others_for_each_owner(evening):
    one = event(evening, key="duty/a/2026-11-23/before-1/1")
    mine, again, others = (
        read(to_ics(feed(one, owner=owner))).vevent.uid.value
        for owner in ("staff/c1", "staff/c1", "staff/c2")
    )
    assert mine == again == "00896d94-ca1b-5cad-9fed-e0d18be171b1"
    assert others != mine


def test_same_feed_gives_the_same_bytes_and_every_stamp_is_of_the_publication(evening):
    data = to_ics(feed(event(evening)))
    assert data == to_ics(feed(event(evening)))
    stamps = re.findall(rb"(?:DTSTAMP|LAST-MODIFIED):(\w+)", data)
    assert set(stamps) == {b"20261001T120000Z"}


def test_calendar_without_events_can_be_read():
    calendar = read(to_ics(feed()))
    assert "vevent" not in calendar.contents


def test_cancelled_is_said_in_the_language_of_the_calendar(evening):
    with words.speaking("en"):
        found = read(to_ics(feed(event(evening, is_cancelled=True), language="en"))).vevent
    assert found.summary.value == "Cancelled"
