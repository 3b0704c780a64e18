"""Calendar feeds: what each event says, and what became of it from one publication to the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planner.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """What an event says.

    Parameters
    ----------
    notes
        Lines of its description.
    is_busy
        Whether it takes the time from other things; not where it lies in an event that does.
    """

    span: Span
    title: str
    place: str = ""
    notes: tuple[str, ...] = ()
    is_busy: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """An event as it is in a feed now.

    Parameters
    ----------
    key
        What it is about; the same in every publication.
    sequence
        Grows when it says something else, or is cancelled, and only then.
    modified_at
        When that was published.
    is_cancelled
        It was published once, and is no more; the entry is the last there was.
    """

    key: str
    entry: FeedEntry
    sequence: int
    modified_at: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar that somebody subscribes to.

    Parameters
    ----------
    owner
        Tells its events from those of other feeds that are about the same.
    about
        Lines that describe the calendar.
    zone
        Name of the zone that its times are given in.
    """

    owner: str
    name: str
    about: tuple[str, ...] = ()
    zone: str
    language: str
    events: tuple[FeedEvent, ...]


def followed(
    editions: Iterable[tuple[datetime, Mapping[str, FeedEntry]]],
) -> tuple[FeedEvent, ...]:
    """Return the events of one week by what its publications said, the earliest first.

    Parameters
    ----------
    editions
        When each was published, and its entries by key.
    """
    events: dict[str, FeedEvent] = {}
    for at, entries in editions:
        for key, entry in entries.items():
            before = events.get(key)
            if before is None:
                events[key] = FeedEvent(key=key, entry=entry, sequence=0, modified_at=at)
            elif before.is_cancelled or before.entry != entry:
                events[key] = FeedEvent(
                    key=key, entry=entry, sequence=before.sequence + 1, modified_at=at
                )
        for key, before in events.items():
            if key not in entries and not before.is_cancelled:
                events[key] = replace(
                    before, sequence=before.sequence + 1, modified_at=at, is_cancelled=True
                )
    return tuple(sorted(events.values(), key=lambda event: (event.entry.span, event.key)))
