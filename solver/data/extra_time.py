"""Time that is entered period by period and limited in all, with what was entered before."""

from dataclasses import dataclass
from typing import Literal

from solver.data.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraTime:
    """At most ``most_min`` minutes beyond a limit, such as overtime in a calendar year.

    With ``from_min`` 0 all working time is entered: an average over a reference period, when the
    most is the average times its length and ``used_min`` what was worked in it before. Of each
    period's counted minutes those from ``from_min`` on are entered, up to ``until_min``. Minutes
    count as for `WorkingTime`, those of facts before the horizon with the period's others.

    Parameters
    ----------
    name
        What the check calls a breach.
    periods
        In order, and apart: those of the year that have a day of the horizon.
    until_min
        Nothing for no end. Added time ends where overtime begins.
    used_min
        Entered in the year before these periods.
    level, points, step_min
        Soft, each started step above the most costs the points.
    """

    name: Literal["overtime", "added-time", "average-time"]
    periods: tuple[Span, ...]
    from_min: int
    until_min: int | None = None
    most_min: int
    used_min: int = 0
    level: str | None = None
    points: int = 1
    step_min: int = 15
