"""Rules that a worker's shifts keep.

Each family is one dataclass here, is kept by ``solver.search.patterns`` and is judged by
``solver.checks``, which share no code. *Busy* time is shifts, facts and bound time (a shift's break
is busy: it is no rest), and stand-by where a rule says so.
"""

from dataclasses import dataclass

from solver.data.errors import InvalidProblemError
from solver.data.spans import Span


def _at_least(owner: object, field: str, value: int, least: int) -> None:
    if value < least:
        name = f"{type(owner).__name__}.{field}"
        raise InvalidProblemError(f"{name} is {value}; it must be at least {least}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftsPerDay:
    """At most ``most`` shifts begin on one day of the problem."""

    most: int = 1

    def __post_init__(self) -> None:
        _at_least(self, "most", self.most, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestInPeriod:
    """In each period lies one unbroken rest of at least ``rest_min`` minutes.

    Used for daily rest (anchored periods of 24 hours) and weekly rest (7 days). Stand-by is not
    rest where ``standby_breaks_rest``.

    Parameters
    ----------
    name
        What the check calls a breach: ``daily-rest`` or ``weekly-rest``.
    periods
        Consecutive spans, in order. Each that overlaps the horizon is kept; the facts before and
        after the horizon count in those that reach over its borders.
    """

    name: str
    periods: tuple[Span, ...]
    rest_min: int
    standby_breaks_rest: bool = False

    def __post_init__(self) -> None:
        _at_least(self, "rest_min", self.rest_min, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestBetween:
    """At least ``rest_min`` minutes lie between the end of one shift and the next start."""

    rest_min: int

    def __post_init__(self) -> None:
        _at_least(self, "rest_min", self.rest_min, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTime:
    """At most ``most_min`` counted minutes in each period.

    A shift counts in the period in which it starts, with its counted minutes for the worker's rule
    book; bound time outside shifts counts as it elapses, in the period in which it starts.
    """

    periods: tuple[Span, ...]
    most_min: int

    def __post_init__(self) -> None:
        _at_least(self, "most_min", self.most_min, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveDays:
    """At most ``most`` days in a row on which a shift or bound time begins."""

    most: int

    def __post_init__(self) -> None:
        _at_least(self, "most", self.most, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousWork:
    """No stretch of a shift's part longer than ``most_min`` minutes without a break in it."""

    most_min: int

    def __post_init__(self) -> None:
        _at_least(self, "most_min", self.most_min, 1)


Rule = ShiftsPerDay | RestInPeriod | RestBetween | WorkingTime | ConsecutiveDays | ContinuousWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules that some workers share."""

    id: str
    rules: tuple[Rule, ...]
