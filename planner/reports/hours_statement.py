"""What one person may know of the own hours: the read model of a statement of some weeks."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.reports.week_edition import WeekEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class Burdens:
    """Shifts that count as evenings, nights and weekends; one may be several."""

    n_evenings: int = 0
    n_nights: int = 0
    n_weekends: int = 0

    def plus(self, other: "Burdens") -> "Burdens":
        """Return both together."""
        return Burdens(
            n_evenings=self.n_evenings + other.n_evenings,
            n_nights=self.n_nights + other.n_nights,
            n_weekends=self.n_weekends + other.n_weekends,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursShift:
    """A shift and what it counts.

    Parameters
    ----------
    worked_min
        Elapsed minutes without the breaks.
    credited_min
        Minutes that the rule book credits for inconvenient hours.
    """

    day: date
    code: str
    name: str
    parts: tuple[Span, ...]
    breaks: tuple[Span, ...] = ()
    worked_min: int
    credited_min: int = 0

    @property
    def counted_min(self) -> int:
        """What the rule book counts."""
        return self.worked_min + self.credited_min


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursBound:
    """Bound time, and the minutes of it outside the person's shifts, which count of their own."""

    span: Span
    counted_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursWeek:
    """A week of the statement.

    Parameters
    ----------
    version, published_at
        Of the publication that it is from; nothing for a draft.
    absent_days
        Days away, of which nothing is asked; why is never known.
    target_min
        Minutes that the contract asks for.
    balance_min
        Carried over at the week's end: counted ones above (positive) or below the contract's;
        nothing for a week before the opening balance.
    """

    week: IsoWeek
    version: int | None = None
    published_at: datetime | None = None
    shifts: tuple[HoursShift, ...] = ()
    bound: tuple[HoursBound, ...] = ()
    absent_days: tuple[date, ...] = ()
    target_min: int = 0
    burdens: Burdens = Burdens()
    balance_min: int | None = None

    @property
    def worked_min(self) -> int:
        """Minutes at work in shifts."""
        return sum(shift.worked_min for shift in self.shifts)

    @property
    def credited_min(self) -> int:
        """Minutes credited for inconvenient hours."""
        return sum(shift.credited_min for shift in self.shifts)

    @property
    def bound_min(self) -> int:
        """Minutes of bound time outside the shifts."""
        return sum(bound.counted_min for bound in self.bound)

    @property
    def counted_min(self) -> int:
        """All that the rule book counts."""
        return self.worked_min + self.credited_min + self.bound_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a person brought from before, on the morning of ``day``."""

    day: date
    balance_min: int = 0
    burdens: Burdens = Burdens()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursStatement(WeekEdition):
    """A person's hours of a week and of some weeks before it.

    Parameters
    ----------
    weeks
        Those known, the one that the statement is of last.
    unknown_weeks
        Weeks since the balance was opened that nothing was published of; they count nothing.
    opening
        Nothing when none is written down; then the balance begins with the first of ``weeks``.
    earlier_min, earlier_burdens, n_earlier_weeks
        Difference to the contract, and burdens, of the weeks between the opening balance and the
        first of ``weeks``.
    burdens
        All since the balance was opened, those brought along included.
    rule_book, confirmed_by, confirmed_day
        Name of the rule book, who confirmed it and when; nobody when empty.
    """

    display_name: str
    employer: str
    squad: str = ""
    weeks: tuple[HoursWeek, ...]
    unknown_weeks: tuple[IsoWeek, ...] = ()
    opening: Opening | None = None
    earlier_min: int = 0
    n_earlier_weeks: int = 0
    burdens: Burdens = Burdens()
    rule_book: str = ""
    confirmed_by: str = ""
    confirmed_day: date | None = None
