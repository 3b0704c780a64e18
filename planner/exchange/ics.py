"""A feed as an iCalendar file (RFC 5545, with the calendar's own properties of RFC 7986).

The same feed gives the same bytes. There is no ``METHOD``: the file is a snapshot on a share, not a
message that invites or asks (RFC 5545, 3.7.2), so ``DTSTAMP`` is when an event last changed.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from planner.domain.feeds import Feed, FeedEvent
from planner.words import _

_NAMESPACE: Final = UUID("5f0b6c0e-7a55-4f0e-9a3c-1d8f5c1f2b66")
"""Ours: events of other programs never have the same ids."""
_REFRESH: Final = timedelta(hours=1)
_NO_DAYS: Final = (date(2026, 1, 1), date(2027, 1, 1))


def to_ics(feed: Feed) -> bytes:
    """Return the file: UTF-8, lines of at most 75 octets that end in CRLF."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Narvaro//Narvaro//{feed.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # The names before RFC 7986 too: that is all that several programs know.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(feed.name))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, vText("\n".join(feed.about)))
    calendar.add("x-wr-timezone", feed.zone)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    if feed.events:
        calendar.add("last-modified", max(event.modified_at for event in feed.events))
    zone = ZoneInfo(feed.zone)
    for event in feed.events:
        calendar.add_component(_event(feed.owner, event, zone))
    first, last = _days(feed.events, zone)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    return bytes(calendar.to_ical())


def uid_of(owner: str, key: str) -> str:
    """Return the id of an event, the same for good; it tells nothing of whose it is or of what."""
    return str(uuid5(_NAMESPACE, f"{owner}\n{key}"))


def _event(owner: str, event: FeedEvent, zone: ZoneInfo) -> Event:
    entry, shown = event.entry, Event()
    shown.add("uid", uid_of(owner, event.key))
    shown.add("dtstamp", event.modified_at)
    shown.add("last-modified", event.modified_at)
    shown.add("sequence", event.sequence)
    shown.add("dtstart", _local(entry.span.start, zone))
    shown.add("dtend", _local(entry.span.end, zone))
    if event.is_cancelled:
        # Programs that pass over the status show the event: then it says so, and nothing else.
        shown.add("status", "CANCELLED")
        shown.add("summary", _("Cancelled"))
        shown.add("transp", "TRANSPARENT")
        return shown
    shown.add("status", "CONFIRMED")
    shown.add("summary", entry.title)
    shown.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    if entry.place:
        shown.add("location", entry.place)
    if entry.notes:
        shown.add("description", "\n".join(entry.notes))
    return shown


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant in its zone; in UTC where the same local time was there already.

    A local time that comes twice means the first (RFC 5545, 3.3.5).
    """
    local = at.astimezone(zone)
    return at.astimezone(UTC) if local.fold else local


def _days(events: Iterable[FeedEvent], zone: ZoneInfo) -> tuple[date, date]:
    """Return between which days the zone has to be told of: whole years around the events."""
    years = {
        at.astimezone(zone).year
        for one in events
        for at in (one.entry.span.start, one.entry.span.end)
    }
    if not years:
        return _NO_DAYS
    return date(min(years), 1, 1), date(max(years) + 1, 1, 1)
