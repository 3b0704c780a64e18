"""Rules about whom somebody works with.

Looked at are the shifts and facts that begin in the horizon and, where a rule has one, in its span.
Rules with a ``level`` are soft: each breach costs points there. Without one they are hard.
"""

from dataclasses import dataclass

from solver.data.errors import InvalidProblemError
from solver.data.spans import Span

APART, TOGETHER = "apart", "together"
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
