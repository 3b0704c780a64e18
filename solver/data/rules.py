"""Rules that a worker's shifts keep.

Each family is one dataclass here, is kept by ``solver.search.patterns`` and is judged by
``solver.checks``, which share no code. *Busy* time is shifts, facts and bound time (a shift's break
is busy: it is no rest), and stand-by where a rule says so. A day is *worked* when a shift or bound
time begins on it.

Rules with a ``level`` are soft: each breach costs points there. Without one they are hard. What is
wanted at least (working time, shifts, tasks, work after days off) is always soft: no shifts at all
are a legal pattern, so that there always is a roster; on the first level it is as good as hard.
"""

from dataclasses import dataclass

from solver.data.errors import InvalidProblemError
from solver.data.spans import Span


def _at_least(owner: object, field: str, value: int, least: int) -> None:
    if value < least:
        name = f"{type(owner).__name__}.{field}"
        raise InvalidProblemError(f"{name} is {value}; it must be at least {least}.")


def _soft(owner: object, field: str, level: str | None) -> None:
    if level is None:
        name = f"{type(owner).__name__}.{field}"
        raise InvalidProblemError(f"{name} needs a level: it is never hard.")


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
    rest where ``standby_breaks_rest``. Soft, each period without its rest costs the points.

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
    level: str | None = None
    points: int = 1

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
    """At most ``most_min`` counted minutes in each period, and ``least_min`` of them wanted.

    A shift counts in the period in which it starts, with its counted minutes for the worker's rule
    book; bound time outside shifts counts as it elapses, in the period in which it starts.

    Parameters
    ----------
    level, points, step_min
        Each started step below ``least_min`` costs the points. The most is hard in any case.
    """

    periods: tuple[Span, ...]
    most_min: int
    least_min: int = 0
    level: str | None = None
    points: int = 1
    step_min: int = 15

    def __post_init__(self) -> None:
        _at_least(self, "most_min", self.most_min, 0)
        _at_least(self, "least_min", self.least_min, 0)
        _at_least(self, "step_min", self.step_min, 1)
        if self.least_min:
            _soft(self, "least_min", self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveDays:
    """At most ``most`` worked days in a row, and at least ``least``.

    Soft, each day of the horizon that ends a row of ``most + 1`` worked days costs the points, and
    so does each day that a shorter row lacks. Rows that reach the first or the last day of the
    horizon are never too short: they may have begun before it, or go on after it.

    Parameters
    ----------
    tags
        A day counts as worked when a shift with one of these tags begins on it, such as ``night``;
        nothing for any work, bound time included.
    days
        Indices of the days on which it holds, such as those of one month; nothing for all. A row
        is too long on its days beyond the most, and too short on its last one.
    """

    most: int
    least: int = 1
    tags: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        _at_least(self, "most", self.most, 1)
        _at_least(self, "least", self.least, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveDaysOff:
    """At least ``least`` days off in a row between worked ones, and at most ``most``.

    Only rows of days off strictly inside the horizon can be too short: 2 forbids single days off.

    Parameters
    ----------
    most
        Nothing for no limit. Always soft: each day that ends ``most + 1`` days off in a row, all of
        them in the horizon, costs the points.
    days
        As for `ConsecutiveDays`.
    """

    least: int = 1
    most: int | None = None
    days: frozenset[int] = frozenset()
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        _at_least(self, "least", self.least, 1)
        if self.most is not None:
            _at_least(self, "most", self.most, 0)
            _soft(self, "most", self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekends:
    """At most ``most`` weekends with a worked day, few in a row, and none only half worked.

    Weekends without a day of the horizon are left out, but for those before it in a row.

    Parameters
    ----------
    weekends
        The days of each by index, in order.
    most
        Nothing for no limit. Soft, each weekend above it costs the points.
    most_in_row
        Nothing for no limit. Soft, each weekend that ends a row of more than so many costs the
        points.
    is_complete
        On all days of a weekend that lies in the horizon or on none. Soft, each one that is not so
        costs the points.
    """

    weekends: tuple[tuple[int, ...], ...]
    most: int | None = None
    is_complete: bool = False
    most_in_row: int | None = None
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        if self.most is not None:
            _at_least(self, "most", self.most, 0)
        if self.most_in_row is not None:
            _at_least(self, "most_in_row", self.most_in_row, 1)


ANY_WORK = "*"
"""Any worked day, as a step of a sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenSequence:
    """No row of days that goes like one of the sequences.

    Soft, each row of days that does costs the points, however many sequences it goes like.

    Parameters
    ----------
    sequences
        Two or more steps each, day after day: a kind of shift, ``ANY_WORK`` (bound time included),
        or nothing for a day off. A day off is known until the horizon ends, and not after it.
    first_days
        Indices of the days on which a sequence may begin, such as Fridays or those of one month;
        nothing for any.
    """

    sequences: tuple[tuple[str | None, ...], ...]
    first_days: frozenset[int] = frozenset()
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        for steps in self.sequences:
            _at_least(self, "sequences' number of steps", len(steps), 2)

    @property
    def has_days_off(self) -> bool:
        """Whether a day off may be what breaks it."""
        return any(None in steps for steps in self.sequences)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOfShifts:
    """At most ``most`` shifts of some kinds in each period, and ``least`` of them wanted.

    Counted are shifts that begin in the period, facts included.

    Parameters
    ----------
    kinds, tags
        A shift counts when its kind is one of these and it carries one of the tags; nothing for
        any.
    least
        Always soft: each shift below it costs the points.
    most
        Nothing for no limit. Soft, each shift above it costs the points.
    """

    periods: tuple[Span, ...]
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    least: int = 0
    most: int | None = None
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        _at_least(self, "least", self.least, 0)
        if self.most is not None:
            _at_least(self, "most", self.most, 0)
        if self.least:
            _soft(self, "least", self.level)

    def counts(self, kind: str, tags: frozenset[str]) -> bool:
        """Tell whether a shift of a kind with tags counts."""
        return (not self.kinds or kind in self.kinds) and (
            not self.tags or not self.tags.isdisjoint(tags)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPerShift:
    """At least ``least`` tasks begin in each planned shift of some kinds: no shift for nothing.

    Always soft: each task that lacks costs the points. Facts are no planned shifts.

    Parameters
    ----------
    kinds
        Nothing for any.
    """

    least: int = 1
    kinds: frozenset[str] = frozenset()
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        _at_least(self, "least", self.least, 1)
        _soft(self, "least", self.level)

    def n_lacking(self, kind: str, n_tasks: int) -> int:
        """Return how many tasks a shift of a kind lacks with so many."""
        return max(0, self.least - n_tasks) if not self.kinds or kind in self.kinds else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousWork:
    """No stretch of a shift's part longer than ``most_min`` minutes without a break in it."""

    most_min: int

    def __post_init__(self) -> None:
        _at_least(self, "most_min", self.most_min, 1)


Rule = (
    ShiftsPerDay
    | RestInPeriod
    | RestBetween
    | WorkingTime
    | CountOfShifts
    | ConsecutiveDays
    | ConsecutiveDaysOff
    | Weekends
    | ForbiddenSequence
    | TasksPerShift
    | ContinuousWork
)

SOFT = (
    RestInPeriod,
    WorkingTime,
    CountOfShifts,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    Weekends,
    ForbiddenSequence,
    TasksPerShift,
)
"""Families whose rules may have a level and points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules that some workers share."""

    id: str
    rules: tuple[Rule, ...]
