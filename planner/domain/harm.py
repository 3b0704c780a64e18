"""Which gap does most harm: the one order in which gaps are told of to managers."""

from dataclasses import dataclass
from datetime import datetime

from planner.domain.duties import Duty
from planner.domain.evenings import evening_min
from planner.domain.plan import Plan
from planner.domain.roster import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What decides how much harm a gap does.

    Parameters
    ----------
    priority
        Of the promise, 1 the most important; hours below the minimum staffing have 1.
    people_min
        People missing times the minutes of work that they are missing for; of a visit its own
        minutes, not the time in which it might be.
    is_evening
        Whether it lies in the evening; see :data:`planner.domain.evenings.EVENING_HOURS`.
    """

    priority: int
    people_min: int
    is_evening: bool
    start: datetime

    @property
    def order(self) -> tuple[int, int, bool, datetime]:
        """Sorts the most harmful first.

        What was promised with the higher priority comes first, whatever its size; then what lacks
        more people for longer; then evenings before days, as that is where presence is lost
        unnoticed (Brå 2020:5); then what comes first.
        """
        return self.priority, -self.people_min, not self.is_evening, self.start


def harm_of(plan: Plan, gap: Gap, duty: Duty | None) -> Harm:
    """Return what harm a gap does.

    Parameters
    ----------
    duty
        The one that it is a gap of; nothing for hours below the minimum staffing.
    """
    minutes = duty.duration_min if duty else gap.span.minutes
    return Harm(
        priority=duty.priority if duty else 1,
        people_min=gap.missing * minutes,
        is_evening=2 * evening_min(plan, gap.span) >= gap.span.minutes,
        start=gap.span.start,
    )
