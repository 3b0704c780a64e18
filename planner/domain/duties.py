"""Duties: one concrete thing to staff, made from windows and events."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from planner.domain.ids import DutyId, SiteId, SkillId
from planner.domain.spans import Span


def day_of(duty: DutyId) -> date:
    """Return the local day of a duty, which its id holds."""
    return date.fromisoformat(duty.rsplit("/", 2)[1])


class DutyKind(StrEnum):
    """What a duty is made from."""

    SCHOOL = "school"
    PRESENCE = "presence"
    VISIT = "visit"
    WALK = "walk"
    SESSION = "session"


class Moment(StrEnum):
    """Which side of the school day a contact window is on."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing to staff at one place.

    Parameters
    ----------
    id
        Made of source, local date and ordinal, so that it survives when demand is made anew.
    source
        Id of the school, hotspot, walk or session that asks for it.
    title
        Name of that source, to show.
    earliest_start, latest_start
        Instants between which it may begin; the same for a fixed duty.
    duration_min
        Elapsed minutes.
    heads
        People needed; 2 for a crew.
    is_crew
        Done by one crew that keeps together.
    skills
        All that each of them must have.
    priority
        1 most important to 3, among duties of the promise.
    moment
        For a school's window, which side of the day.
    """

    id: DutyId
    kind: DutyKind
    source: str
    title: str
    day: date
    site: SiteId
    meeting_place: str = ""
    earliest_start: datetime
    latest_start: datetime
    duration_min: int
    heads: int = 1
    is_crew: bool = False
    skills: frozenset[SkillId]
    priority: int = 2
    moment: Moment | None = None
    grade_group: str = ""

    @property
    def span(self) -> Span:
        """All the time in which it can be going on."""
        return Span(self.earliest_start, self.latest_start + timedelta(minutes=self.duration_min))

    @property
    def is_fixed(self) -> bool:
        """Tell whether its start cannot move."""
        return self.earliest_start == self.latest_start
