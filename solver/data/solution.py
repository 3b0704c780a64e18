"""What the engine answers."""

from dataclasses import dataclass
from typing import Literal

from solver.data.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedShift:
    """A shift of the horizon given to a worker (facts that begin in the horizon included).

    Parameters
    ----------
    breaks
        The placed break, inside one part; empty when the shift has none.
    crew
        The same text for the two who keep together; nothing for one without a crew.
    """

    worker: str
    shift: str
    breaks: tuple[Span, ...] = ()
    crew: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTask:
    """A task done by a worker, beginning at ``start``."""

    task: str
    worker: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelResult:
    """Points paid on a level, and a bound: no roster as good on the levels above pays less."""

    level: str
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCost:
    """Points that one rule pays on a level, such as ``veto`` or ``missing``; never 0."""

    level: str
    rule: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A reason that keeps ``workers`` from a task, such as ``daily-rest``."""

    code: str
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskGap:
    """A task that lacks heads.

    Parameters
    ----------
    reason
        ``supply``: nobody with the skills is there at all; ``rule``: for each who is, a rule or a
        fact stops it; ``preference``: somebody could, at the cost of as much elsewhere.
    proof
        ``nobody``: no worker has a legal roster that reaches it; ``bound``: the level's value
        equals its bound, so whatever covers it uncovers as much on the same level or above;
        ``exchange``: the same, shown for this task alone.
    """

    task: str
    missing: int
    reason: Literal["supply", "rule", "preference"]
    proof: Literal["nobody", "bound", "exchange"] | None
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A complete roster of the horizon.

    Parameters
    ----------
    costs
        What makes up the values of the levels, by level and rule, recomputed by the checks.
    """

    shifts: tuple[WorkedShift, ...]
    tasks: tuple[PlacedTask, ...]
    levels: tuple[LevelResult, ...]
    gaps: tuple[TaskGap, ...] = ()
    costs: tuple[RuleCost, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search is.

    Parameters
    ----------
    phase
        ``shifts``, ``bound``, ``days``, ``improve`` or ``explain``.
    n_gaps
        Heads that lack in the best so far, of tasks and of the level of each demand that matters
        most; nothing before the first roster.
    levels
        Of the best so far.
    seconds
        Since the search began.
    """

    phase: Literal["shifts", "bound", "days", "improve", "explain"]
    n_gaps: int | None
    levels: tuple[LevelResult, ...]
    seconds: float
