"""Selected places and the events that need people."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from planner.domain.ids import HotspotId, SchoolId, SiteId, SkillId, WalkId
from planner.domain.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """A place chosen for police presence, from ``first_day`` to ``last_day``."""

    id: HotspotId
    name: str
    site: SiteId
    priority: int = 2
    first_day: date | None = None
    last_day: date | None = None


class PresenceKind(StrEnum):
    """How presence is given."""

    CONTINUOUS = "continuous"
    """A crew throughout; one may hand over to the next."""
    DOSAGE = "dosage"
    """A number of short visits at times that cannot be foreseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceWindow:
    """Recurring presence at a hotspot, local time; an end not after the start is next day.

    Parameters
    ----------
    weekday
        Day on which it begins, Monday 1.
    n_visits
        Visits wanted when ``kind`` is ``dosage``.
    visit_min_min, visit_max_min
        Length of a visit in minutes; 10 to 16 by Koper (1995), "Just enough police presence".
    stay_min
        Continuous presence is handed over at the earliest after so many minutes.
    """

    id: str
    hotspot: HotspotId
    weekday: int
    start: time
    end: time
    kind: PresenceKind
    n_visits: int = 0
    visit_min_min: int = 10
    visit_max_min: int = 16
    stay_min: int = 60
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyWalk:
    """A walk with young people: meetings weeks apart that belong together."""

    id: WalkId
    name: str
    site: SiteId
    school: SchoolId | None = None
    priority: int = 1


class MeetingKind(StrEnum):
    """The three meetings of a safety walk, in order."""

    PRE_MEETING = "pre_meeting"
    WALK = "walk"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkMeeting:
    """One meeting of a walk.

    Parameters
    ----------
    n_crews, n_contacts
        Crews of two officers, and contact persons, who take part.
    """

    walk: WalkId
    kind: MeetingKind
    start: datetime
    end: datetime
    n_crews: int = 1
    n_contacts: int = 1

    @property
    def span(self) -> Span:
        """When it is."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSession:
    """Information about robberies for a class; its start may move on the day, local time.

    Parameters
    ----------
    skill
        What whoever holds it must have.
    is_crew
        Held by a crew of two rather than by one person.
    """

    id: str
    name: str
    site: SiteId
    day: date
    earliest_start: time
    latest_start: time
    duration_min: int
    skill: SkillId
    is_crew: bool = False
    school: SchoolId | None = None
    priority: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTime:
    """Imported minutes from one site to another; where missing, distance and speed decide."""

    from_site: SiteId
    to_site: SiteId
    mode: str
    minutes: int
