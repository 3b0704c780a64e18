"""A feed as an iCalendar file (RFC 5545, with the calendar's own properties of RFC 7986).

The same feed gives the same bytes. There is no ``METHOD``: the file is a snapshot on a share, not a
message that invites or asks (RFC 5545, 3.7.2), so ``DTSTAMP`` is when an event last changed.

The library makes the calendar and its time zone. Events are written here, for after a year there
are thousands, and an object for each line of them takes ten times as long.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, vText

from planner.domain.feeds import Feed, FeedEvent
from planner.words import _

_NAMESPACE: Final = UUID("5f0b6c0e-7a55-4f0e-9a3c-1d8f5c1f2b66")
"""Ours: events of other programs never have the same ids."""
_REFRESH: Final = timedelta(hours=1)
_END: Final = b"END:VCALENDAR\r\n"
_MOST_OCTETS: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def to_ics(feed: Feed) -> bytes:
    """Return the file: UTF-8, lines of at most 75 octets that end in CRLF."""
    zone = ZoneInfo(feed.zone)
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
    if not feed.events:
        return bytes(calendar.to_ical())
    calendar.add("last-modified", max(event.modified_at for event in feed.events))
    head = bytes(calendar.to_ical()).removesuffix(_END)
    lines = (line for event in feed.events for line in _event(feed.owner, event, zone))
    return b"".join((head, _zone(zone, *_years(feed.events, zone)), *map(_folded, lines), _END))


def uid_of(owner: str, key: str) -> str:
    """Return the id of an event, the same for good; it tells nothing of whose it is or of what."""
    return str(uuid5(_NAMESPACE, f"{owner}\n{key}"))


@lru_cache(maxsize=16)
def _zone(zone: ZoneInfo, first_year: int, last_year: int) -> bytes:
    first, last = date(first_year, 1, 1), date(last_year + 1, 1, 1)
    return bytes(Timezone.from_tzinfo(zone, first_date=first, last_date=last).to_ical())


def _years(events: Iterable[FeedEvent], zone: ZoneInfo) -> tuple[int, int]:
    """Return the first and last year that the zone has to be told of."""
    spans = [event.entry.span for event in events]
    return (
        min(span.start for span in spans).astimezone(zone).year,
        max(span.end for span in spans).astimezone(zone).year,
    )


def _event(owner: str, event: FeedEvent, zone: ZoneInfo) -> Iterator[str]:
    entry, modified = event.entry, _utc(event.modified_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid_of(owner, event.key)}"
    yield f"DTSTAMP:{modified}"
    yield f"LAST-MODIFIED:{modified}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART{_local(entry.span.start, zone)}"
    yield f"DTEND{_local(entry.span.end, zone)}"
    if event.is_cancelled:
        # Programs that pass over the status show the event: then it says so, and nothing else.
        cancelled = _("Cancelled")
        yield "STATUS:CANCELLED"
        yield f"SUMMARY:{_text(cancelled)}"
    else:
        yield "STATUS:CONFIRMED"
        yield f"SUMMARY:{_text(entry.title)}"
        if entry.place:
            yield f"LOCATION:{_text(entry.place)}"
        if entry.notes:
            notes = "\n".join(entry.notes)
            yield f"DESCRIPTION:{_text(notes)}"
    is_busy = entry.is_busy and not event.is_cancelled
    yield f"TRANSP:{'OPAQUE' if is_busy else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _local(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant in its zone; in UTC where the same local time was there already.

    A local time that comes twice means the first (RFC 5545, 3.3.5).
    """
    local = at.astimezone(zone)
    return f":{_utc(at)}" if local.fold else f";TZID={zone.key}:{local:%Y%m%dT%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Return a line in pieces that are not too long; no letter of several octets is cut."""
    octets = line.encode()
    pieces = []
    while len(octets) > _MOST_OCTETS:
        end = _MOST_OCTETS
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[:end])
        octets = b" " + octets[end:]
    return b"\r\n".join((*pieces, octets)) + b"\r\n"
