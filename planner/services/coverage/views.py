"""What the coverage page shows: counts, places and times. There is no person in any of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.coverage_counts import Coverage, total
from planner.domain.dusk import LoneDuty
from planner.domain.duties import Moment
from planner.domain.evenings import Moved
from planner.domain.fairness import Distribution
from planner.domain.harm import Harm
from planner.domain.promises import MeasureKind
from planner.domain.roster import Gap
from planner.domain.weeks import IsoWeek
from planner.services.roster.views import DayHeader, NeedPoint, WeekState


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """A place on a day or in an hour of the day.

    Parameters
    ----------
    by_day
        The same of each day on which there is something to cover, in order.
    is_lone
        Whether somebody is alone there after dusk.
    """

    coverage: Coverage
    by_day: tuple[tuple[date, Coverage], ...] = ()
    is_lone: bool = False

    @property
    def lacking(self) -> tuple[date, ...]:
        """The days on which people are missing."""
        return tuple(day for day, coverage in self.by_day if coverage.n_gaps)

    @property
    def day(self) -> date | None:
        """The day to look at first; nothing where nothing is promised."""
        return next(iter((*self.lacking, *(day for day, _coverage in self.by_day))), None)

    def on(self, day: date) -> "MapCell":
        """Return what there is on one day; whether somebody is alone then is not told."""
        coverage = dict(self.by_day).get(day)
        if coverage is None:
            return MapCell(coverage=Coverage())
        return MapCell(coverage=coverage, by_day=((day, coverage),))


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """A place and its cells."""

    source: str
    name: str
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedGap:
    """A gap and how much harm it does.

    Parameters
    ----------
    source, day
        Where the week's page shows it; no source for hours below the minimum staffing.
    """

    gap: Gap
    title: str
    moment: Moment | None
    measure: MeasureKind | None
    source: str
    day: date
    harm: Harm


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningHours:
    """Officers against need in the hours of the evenings, and what the days have beyond theirs.

    All in hours of one officer; in each hour the quarter with the fewest counts.

    Parameters
    ----------
    covered
        Of ``needed``; more officers in one hour do not make up for another.
    n_below_minimum
        Hours of the evenings with fewer officers than the minimum.
    day_surplus
        Officers beyond the need in the hours between the evenings.
    """

    needed: int = 0
    covered: int = 0
    n_below_minimum: int = 0
    day_needed: int = 0
    day_surplus: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EveningPresence:
    """What became of the evenings; see :mod:`planner.domain.evenings`.

    Parameters
    ----------
    promised_min, planned_min
        People's minutes in the evening that presence at selected places asks for, and those of
        them that somebody has.
    since_published
        Against the first publication of the week; nothing when it was never published.
    since_base
        Against the base rosters; nothing when no officer of the week is on one.
    """

    promised_min: int = 0
    planned_min: int = 0
    hours: EveningHours = EveningHours()
    since_published: Moved | None = None
    since_base: Moved | None = None


class Burden(StrEnum):
    """What should be spread evenly, in the order in which it is told."""

    EVENINGS = "evenings"
    """Shifts with three hours or more between 18 and 22."""
    NIGHTS = "nights"
    """Shifts with three hours or more between 22 and 6."""
    WEEKENDS = "weekends"
    """Weekends with a shift that begins on Saturday or Sunday."""
    SHORT_RESTS = "short_rests"
    """Rests between shifts of two days below what the rule book spares, else 11 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a burden is spread in some weeks."""

    burden: Burden
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """How burdens are spread from ``first`` to ``last`` week; groups of few people are joined.

    Parameters
    ----------
    n_known
        Of these weeks, those with shifts.
    """

    first: IsoWeek
    last: IsoWeek
    n_known: int = 0
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """A week as managers look at it.

    Parameters
    ----------
    state
        Of the week; nothing else is told of an empty one.
    schools, hotspots
        A cell for each of ``days``, and for each of ``hours`` with all days together.
    hours
        Local hours of the day, over midnight too.
    gaps
        Of which nothing is decided, the most harmful first.
    """

    week: IsoWeek
    state: WeekState
    version: int | None
    published_at: datetime | None
    zone: str
    days: tuple[DayHeader, ...]
    measures: tuple[tuple[MeasureKind, Coverage], ...] = ()
    schools: tuple[MapRow, ...] = ()
    hours: tuple[int, ...] = ()
    hotspots: tuple[MapRow, ...] = ()
    need: tuple[NeedPoint, ...] = ()
    gaps: tuple[RankedGap, ...] = ()
    evening: EveningPresence = EveningPresence()
    lone: tuple[LoneDuty, ...] = ()
    fairness: Fairness

    @property
    def total(self) -> Coverage:
        """All of the promise."""
        return total(coverage for _measure, coverage in self.measures)

    @property
    def n_below_minimum(self) -> int:
        """Hours in which fewer officers are planned than the minimum."""
        return sum(point.planned < point.minimum for point in self.need)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendWeek:
    """A week of the trend; ``state`` is empty, and the counts are too, when it is not planned.

    Parameters
    ----------
    number
        Of the publication that was counted; nothing for a draft.
    has_only_counts
        Whether no more is kept than the duties that the week was first published with: then
        nothing is known of its evenings.
    moved_min
        Minutes of evening that became day work since the week was first published; nothing when it
        was never published.
    """

    week: IsoWeek
    state: WeekState
    number: int | None = None
    has_only_counts: bool = False
    measures: tuple[tuple[MeasureKind, Coverage], ...] = ()
    evening: EveningHours = EveningHours()
    moved_min: int | None = None

    @property
    def total(self) -> Coverage:
        """All of the promise."""
        return total(coverage for _measure, coverage in self.measures)
