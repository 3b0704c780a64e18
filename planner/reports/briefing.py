"""What the officer in charge must know of a day: the read model of the briefing.

It has no place for schools' contact persons, telephone numbers, counted hours or balances, nor for
why somebody is away.
"""

from dataclasses import dataclass

from planner.domain.duties import DutyKind
from planner.domain.places import MeetingKind, PresenceKind
from planner.domain.spans import Span
from planner.domain.staff import TravelMode
from planner.reports.day_document import CrewRef, DayDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingLead:
    """An officer in charge; ``squad`` and ``crew`` are empty for one who is in none."""

    name: str
    crew: str
    squad: str
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewMember:
    """An officer of a crew.

    Parameters
    ----------
    is_absent
        Away in some of the shift; why is never known.
    """

    name: str
    is_absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingCrew:
    """Officers who keep together through a shift, or one alone.

    Parameters
    ----------
    label
        The crew's number that day; empty for an officer without a crew.
    shift
        Code and name of the shift's type; empty for a shift of no type.
    travel
        How its members get about: one means, or each one's.
    """

    label: str
    shift: str
    parts: tuple[Span, ...]
    squads: tuple[str, ...]
    travel: tuple[TravelMode, ...]
    members: tuple[CrewMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stay or a visit at a selected place, or a crew's part of an event.

    Parameters
    ----------
    span
        When somebody is there; while nobody is planned, all the time in which it may be.
    minutes
        How long it is meant to last.
    missing
        Officers that lack.
    number
        Of this visit in its window, from 1.
    """

    span: Span
    minutes: int
    crews: tuple[CrewRef, ...]
    missing: int = 0
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotWindow:
    """A window of presence; the stops are stays that follow each other, or visits."""

    kind: PresenceKind
    stops: tuple[Stop, ...]

    @property
    def span(self) -> Span:
        """From the first moment of it to the last."""
        return Span(min(s.span.start for s in self.stops), max(s.span.end for s in self.stops))

    @property
    def n_planned(self) -> int:
        """Stops that nobody lacks at."""
        return sum(not stop.missing for stop in self.stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotDay:
    """A selected place and its windows of the day."""

    name: str
    priority: int
    windows: tuple[HotspotWindow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingEvent:
    """The police's part of a safety walk, a session, or a school that officers stand at.

    Parameters
    ----------
    meeting
        Which of a safety walk's meetings.
    place
        Where, unless the title says it.
    """

    kind: DutyKind
    meeting: MeetingKind | None = None
    title: str
    place: str = ""
    stop: Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentOfficer:
    """An officer who is away in some of the day; why is never known."""

    name: str
    squad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(DayDocument):
    """A day of the police, as the officer in charge needs it."""

    leads: tuple[BriefingLead, ...] = ()
    crews: tuple[BriefingCrew, ...] = ()
    hotspots: tuple[HotspotDay, ...] = ()
    events: tuple[BriefingEvent, ...] = ()
    absent: tuple[AbsentOfficer, ...] = ()
