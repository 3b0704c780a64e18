"""The report-back on a promise, as both parties, their boards and everybody else may read it.

There is no place in it for anybody's name but those of the two who sign, nor for the hour at which
police were anywhere: days and weeks are all that it knows.
"""

from dataclasses import dataclass
from datetime import date

from planner.domain.follow_up import EveryPlace
from planner.domain.followed_events import MeetingState
from planner.domain.outcome import OutcomeSeries
from planner.domain.places import MeetingKind
from planner.domain.promises import MeasureKind, NotDoneReason, Party
from planner.domain.tallies import Reported, Tally, Verdict
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """A measure, or a place of it, in one week."""

    week: IsoWeek
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFigures:
    """A measure at one school, selected place, walk or session.

    Parameters
    ----------
    place, title
        Its id and name.
    weeks
        Those with anything in them.
    """

    place: str
    title: str
    tally: Tally
    weeks: tuple[WeekFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """One of the three meetings of a walk; nothing stands for a day that was never set."""

    kind: MeetingKind
    day: date | None
    state: MeetingState
    reason: NotDoneReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """Something to mend that a walk found, and which office sees to it."""

    text: str
    responsible: str = ""
    due_day: date | None = None
    done_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkLine:
    """A walk with its meetings and what it found.

    Parameters
    ----------
    counts
        Whether all its meetings are in the period.
    """

    name: str
    meetings: tuple[MeetingLine, ...]
    reported: Reported
    counts: bool
    actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReport:
    """What became of one measure.

    Parameters
    ----------
    id, name
        The name is what was promised, in the words of the promise.
    target, aim
        The target as it was set (per cent, or a number), and how many must be done to reach it.
    weeks
        Every week of the period, in order.
    places
        By name.
    """

    id: str
    name: str
    kind: MeasureKind
    party: Party
    is_share: bool
    target: int
    aim: int
    verdict: Verdict
    total: Tally
    weeks: tuple[WeekFigures, ...]
    places: tuple[PlaceFigures, ...]
    walks: tuple[WalkLine, ...] = ()
    every_place: EveryPlace | None = None

    @property
    def could_be_kept(self) -> bool:
        """Tell whether it would be kept if all that nobody reported had been done."""
        return self.total.could_reach(self.aim)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionLine:
    """A change of the promise that both parties agreed on, and why.

    Parameters
    ----------
    made_on
        Day of the decision.
    n_before, n_after
        Promised duties from ``first_day`` on, before and after.
    """

    made_on: date
    first_day: date
    reason: str
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportBack:
    """A promise and what became of it.

    Parameters
    ----------
    as_of
        The day on which the numbers were taken.
    is_over
        Whether the period is over; else it is an interim report.
    notice
        Shown on every page where the data could be mistaken for real.
    unpublished
        Weeks that are over and that no roster was ever published of, though something of them is
        promised.
    retention_days
        After so many days what tells who did what is taken away.
    """

    name: str
    city: str
    city_signatory: str
    police: str
    police_signatory: str
    first_day: date
    last_day: date
    signed_on: date
    report_by: date | None = None
    as_of: date
    is_over: bool
    notice: str = ""
    measures: tuple[MeasureReport, ...]
    revisions: tuple[RevisionLine, ...] = ()
    outcomes: tuple[OutcomeSeries, ...] = ()
    unpublished: tuple[IsoWeek, ...] = ()
    retention_days: int
