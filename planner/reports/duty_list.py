"""What a planner needs beside the telephone: the read model of a day's duties, hour by hour."""

from dataclasses import dataclass

from planner.domain.duties import DutyKind, Moment
from planner.domain.places import MeetingKind
from planner.domain.spans import Span
from planner.reports.day_document import DayDocument
from planner.reports.school_sheet import Callee, Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDuty:
    """A duty of the day.

    Parameters
    ----------
    moment, meeting
        Which side of the school day, or which of a safety walk's meetings.
    span
        When somebody is there; while nobody is, all the time in which it may be.
    minutes
        How long it lasts; less than ``span`` while its time is open.
    is_crew
        Asks for a crew.
    crew
        Number of the crew that does it; empty for none.
    people
        Who does it, with numbers of the service.
    decided
        What was decided of a school window that nobody covers.
    missing
        People that lack.
    desk
        Number to ring of it otherwise: the school's office or the duty desk of whose people do it.
    """

    kind: DutyKind
    moment: Moment | None = None
    meeting: MeetingKind | None = None
    title: str
    place: str = ""
    meeting_place: str = ""
    span: Span
    minutes: int
    is_crew: bool = False
    crew: str = ""
    people: tuple[Callee, ...] = ()
    decided: Presence | None = None
    missing: int = 0
    desk: str = ""

    @property
    def is_gap(self) -> bool:
        """Tell whether people lack and nothing is decided of it."""
        return bool(self.missing) and self.decided is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyList(DayDocument):
    """All duties of a day, by the time at which they begin."""

    duties: tuple[ListedDuty, ...] = ()

    @property
    def n_gaps(self) -> int:
        """Duties that people lack for."""
        return sum(duty.is_gap for duty in self.duties)
