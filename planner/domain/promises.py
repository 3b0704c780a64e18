"""What a city and its police promise their citizens, and what became of each thing promised.

Three things are held against each other. *Promised* is fixed when the promise is signed, duty by
duty. *Planned* is fixed when a week is first published. *Delivered* is what somebody reported
afterwards. A duty that is deleted later is missing from the plan and still there in the promise.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import DutyId, MeasureId, PromiseId, WalkId
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A citizen promise for some months.

    Parameters
    ----------
    city, police
        The two parties, as they are called on what they sign.
    city_signatory, police_signatory
        Name and office of whoever signs for each.
    signed_on
        Nothing while it is under negotiation.
    report_by
        When the report-back is due.
    """

    id: PromiseId
    name: str
    city: str = ""
    city_signatory: str = ""
    police: str = ""
    police_signatory: str = ""
    first_day: date
    last_day: date
    signed_on: date | None = None
    report_by: date | None = None


class MeasureKind(StrEnum):
    """What is promised, in the order in which it is told."""

    CONTACT_PERSONS = "contact_persons"
    """Somebody at the school before and after it; counted in contact windows."""
    PRESENCE = "presence"
    """Police at selected places; counted in stays and visits."""
    WALKS = "walks"
    """Safety walks; one counts when all of its meetings were held."""
    SESSIONS = "sessions"
    """Information about robberies; counted in sessions."""


COUNTED_DUTIES = {
    MeasureKind.CONTACT_PERSONS: frozenset({DutyKind.SCHOOL}),
    MeasureKind.PRESENCE: frozenset({DutyKind.PRESENCE, DutyKind.VISIT}),
    MeasureKind.WALKS: frozenset({DutyKind.WALK}),
    MeasureKind.SESSIONS: frozenset({DutyKind.SESSION}),
}
"""Duties that each kind of measure is made of."""

MEASURE_OF = {duty: kind for kind, duties in COUNTED_DUTIES.items() for duty in duties}
"""The kind of measure that each kind of duty is counted in."""


class Party(StrEnum):
    """Who carries a measure out."""

    CITY = "city"
    POLICE = "police"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A part of a promise that can be counted.

    Parameters
    ----------
    place
        Id of the one school or hotspot that it is about; all of its kind without one.
    target
        Of contact persons and presence, how many per cent of what is promised must be delivered;
        of walks and sessions, how many in the whole period.
    """

    id: MeasureId
    promise: PromiseId
    kind: MeasureKind
    name: str
    party: Party = Party.BOTH
    place: str = ""
    target: int

    @property
    def is_share(self) -> bool:
        """Tell whether the target is a share rather than a number."""
        return self.kind in {MeasureKind.CONTACT_PERSONS, MeasureKind.PRESENCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedDuty:
    """One duty that a signed promise asks for; kept whatever becomes of place and window.

    Parameters
    ----------
    place, title
        Id and name of the school or hotspot when it was promised.
    """

    measure: MeasureId
    duty: DutyId
    week: IsoWeek
    day: date
    place: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRevision:
    """A change of what a signed promise asks for, which both parties agreed on.

    Parameters
    ----------
    by
        Account of whoever entered it; empty where it came without names.
    first_day
        From which on the promised duties were made anew.
    n_before, n_after
        Promised duties from that day on, before the revision and after it.
    """

    id: str
    promise: PromiseId
    at: datetime
    by: str = ""
    first_day: date
    reason: str
    n_before: int
    n_after: int


class CoveredBy(StrEnum):
    """Who was to do a duty when its week was published."""

    ROSTER = "roster"
    """Everybody whom it asks for was there."""
    OWN_STAFF = "own-staff"
    """The school's own staff."""
    CANCELLED = "cancelled"
    NOBODY = "nobody"
    """Somebody was missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDuty:
    """A duty as it stood when it was first published; nobody's name is in it.

    Parameters
    ----------
    publication
        Number of the publication that it first stood in.
    is_first
        Whether that was its week's first publication; only then it counts as planned.
    place, title
        Id and name of the school, hotspot, walk or session.
    start, end
        When it was planned; where nobody was, when it could have been.
    n_heads, n_planned
        People asked for, and in the roster.
    """

    duty: DutyId
    publication: int
    is_first: bool
    week: IsoWeek
    day: date
    kind: DutyKind
    place: str
    title: str
    moment: Moment | None = None
    start: datetime
    end: datetime
    n_heads: int
    n_planned: int
    covered_by: CoveredBy

    @property
    def span(self) -> Span:
        """When it was planned."""
        return Span(self.start, self.end)

    @property
    def is_planned(self) -> bool:
        """Tell whether somebody was to do it."""
        return self.covered_by in {CoveredBy.ROSTER, CoveredBy.OWN_STAFF}


class DeliveryState(StrEnum):
    """What was reported of a duty; without a report nothing is kept of it."""

    DONE = "done"
    NOT_DONE = "not_done"


class NotDoneReason(StrEnum):
    """Why a duty was not done."""

    EMERGENCY = "emergency"
    """Called to an emergency, or commandeered elsewhere."""
    ABSENCE = "absence"
    """Whoever was to do it was away; never why."""
    WEATHER = "weather"
    CLOSED = "closed"
    """The place was closed that day."""
    NOBODY = "nobody"
    """Nobody was planned."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was reported of a duty: that it was done, or not and why; never who did it.

    Parameters
    ----------
    reason
        Of one that was not done.
    by
        Account of whoever reported it; empty once the retention time is over, and where it came
        without names.
    """

    duty: DutyId
    week: IsoWeek
    state: DeliveryState
    reason: NotDoneReason | None = None
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkAction:
    """Something to mend that a safety walk found.

    Parameters
    ----------
    responsible
        The office that sees to it.
    """

    id: str
    walk: WalkId
    text: str
    responsible: str = ""
    due_day: date | None = None
    done_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCount:
    """Reported crimes of a month, as a public source gives them.

    Parameters
    ----------
    month
        Its first day.
    source
        Where the number is from, and when it was taken.
    """

    month: date
    kind: str
    area: str
    n: int
    source: str = ""
