"""What a manager needs to know of a week: what was promised, what of it is planned, and why not.

There is no place in it for anybody's name but those of whoever published the week or let a broken
rule stand: neither who works nor who is away, nor anybody's hours.
"""

from dataclasses import dataclass
from datetime import datetime

from planner.domain.coverage_counts import Coverage, total
from planner.domain.duties import Moment
from planner.domain.promises import MeasureKind
from planner.domain.roster import Blocker, GapReason, Proof
from planner.domain.spans import Span
from planner.reports.school_sheet import Presence
from planner.reports.week_edition import WeekDay, WeekEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCoverage:
    """A school's windows, a cell for each day of the sheet."""

    school: str
    days: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HotspotCoverage:
    """A selected place, a cell for each hour of the sheet; all days of the week together.

    Presence counts in each hour in which it is going on. A visit that nobody does counts in the
    first hour in which it could be.
    """

    hotspot: str
    hours: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingHour:
    """Officers in the hour that begins at ``start``; in it the quarter with the fewest counts."""

    start: datetime
    minimum: int
    needed: int
    planned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGap:
    """Something that lacks people and of which nothing is decided.

    Parameters
    ----------
    measure
        Nothing for hours below the minimum staffing, which rank with priority 1.
    title
        Name of the school, place, walk or session; of the skill for staffing.
    missing
        People.
    reason
        Nothing when it has not been examined.
    proof, blockers
        What is proved of it, and what stops how many people.
    """

    measure: MeasureKind | None
    title: str
    span: Span
    moment: Moment | None = None
    missing: int
    priority: int
    reason: GapReason | None = None
    proof: Proof = None
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDecision:
    """What was decided of a school window that nobody was found for."""

    school: str
    span: Span
    moment: Moment
    decided: Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageOverride:
    """A broken rule that stands; whose shift it is about is not told.

    Parameters
    ----------
    rule, values
        Code of the rule with the numbers of its sentence.
    start
        Of what breaks it.
    author, at
        Account of whoever let it stand, and when.
    """

    rule: str
    values: tuple[tuple[str, str | int], ...] = ()
    start: datetime | None = None
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSheet(WeekEdition):
    """A week as managers see it.

    Parameters
    ----------
    published_by
        Account name; empty for a draft.
    n_own_schools
        Schools whose own staff stands there throughout; nothing is planned for them.
    days
        Monday to Sunday.
    measures
        Of the promise, those that the week has anything of.
    schools
        Those with a window in the week, with a cell for each of ``days``.
    hours
        Local hours of the day, of the columns of ``hotspots``: from when presence begins to when
        it ends, over midnight too.
    staffing
        By hour; hours that nobody is wanted in are left out.
    gaps
        The most important first.
    """

    published_by: str = ""
    n_own_schools: int = 0
    days: tuple[WeekDay, ...]
    measures: tuple[tuple[MeasureKind, Coverage], ...] = ()
    schools: tuple[SchoolCoverage, ...] = ()
    hours: tuple[int, ...] = ()
    hotspots: tuple[HotspotCoverage, ...] = ()
    staffing: tuple[StaffingHour, ...] = ()
    gaps: tuple[CoverageGap, ...] = ()
    decisions: tuple[CoverageDecision, ...] = ()
    overrides: tuple[CoverageOverride, ...] = ()

    @property
    def total(self) -> Coverage:
        """All of the promise."""
        return total(coverage for _measure, coverage in self.measures)

    @property
    def n_below_minimum(self) -> int:
        """Hours in which fewer officers are planned than the minimum."""
        return sum(hour.planned < hour.minimum for hour in self.staffing)

    @property
    def n_below_needed(self) -> int:
        """Hours with the minimum, but with fewer officers than the work asks for."""
        return sum(hour.minimum <= hour.planned < hour.needed for hour in self.staffing)
