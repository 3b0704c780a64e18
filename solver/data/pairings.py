"""Rules about whom somebody works with, and what the same people are to do.

Of pairings, looked at are the shifts and facts that begin in the horizon and, where one has a span,
in it. Rules with a ``level`` are soft: each breach costs points there. Without one they are hard.
"""

from dataclasses import dataclass

from solver.data.errors import InvalidProblemError
from solver.data.spans import Span

APART, TOGETHER, LINKED = "apart", "together", "linked"
"""Codes of breaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """No two of some workers are at work at the same time.

    Soft, each pair of their shifts with a minute in common costs the points; by day, each pair of
    workers and day on which both have a shift.

    Parameters
    ----------
    workers
        Two or more.
    is_by_day
        No two of them have shifts that begin on the same day, whether at the same time or not.
    span
        Only shifts that begin in it; nothing for all.
    """

    workers: tuple[str, ...]
    is_by_day: bool = False
    span: Span | None = None
    level: str | None = None
    points: int = 1

    @property
    def code(self) -> str:
        """What a breach is called."""
        return APART

    def __post_init__(self) -> None:
        if len(set(self.workers)) != len(self.workers) or len(self.workers) < 2:
            raise InvalidProblemError("Apart.workers are to be two or more, nobody twice.")

    @property
    def everybody(self) -> tuple[str, ...]:
        """All workers of whom it speaks."""
        return self.workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Whenever a worker has a shift, one of some others has the same: a trainee and the mentors.

    Two who always work together are two rules, one for each. Soft, each shift that none of the
    others has costs the points; by day, each day on which none of them has a shift. A given shift
    of the worker never breaks a hard rule.

    Parameters
    ----------
    others
        One or more; one of them is enough.
    is_by_day
        One of the others has a shift that begins on the same day, whichever it is.
    span
        Only shifts of the worker that begin in it; nothing for all.
    """

    worker: str
    others: tuple[str, ...]
    is_by_day: bool = False
    span: Span | None = None
    level: str | None = None
    points: int = 1

    @property
    def code(self) -> str:
        """What a breach is called."""
        return TOGETHER

    def __post_init__(self) -> None:
        if not self.others or len(set(self.everybody)) != len(self.everybody):
            raise InvalidProblemError(
                "Together.others are to be one or more beside Together.worker, nobody twice."
            )

    @property
    def everybody(self) -> tuple[str, ...]:
        """All workers of whom it speaks."""
        return (self.worker, *self.others)


Pairing = Apart | Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Tasks to be done by the same people, on whatever days: a walk and what follows it up.

    A task names its link. Soft, each worker beyond ``most`` who does any of them costs the points.
    Tasks may be left undone in any case.

    Parameters
    ----------
    most
        How many may do them in all; 2 for the tasks of a crew.
    """

    id: str
    most: int = 1
    level: str | None = None
    points: int = 1

    def __post_init__(self) -> None:
        if self.most < 1:
            raise InvalidProblemError(f"Link.most is {self.most}; it must be at least 1.")
