"""Crews of a roster as everybody calls them: by a number that holds for a day."""

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from planner.domain.ids import CrewId, ShiftId
from planner.domain.roster import Roster

if TYPE_CHECKING:
    from datetime import date


def crew_labels(roster: Roster) -> dict[ShiftId, str]:
    """Return a number for each crew of a day, in the order in which they begin."""
    crewed = [(shift.span.start, shift.crew, shift) for shift in roster.shifts if shift.crew]
    on_day: dict[date, dict[CrewId, int]] = defaultdict(dict)
    labels = {}
    for _, crew, shift in sorted(crewed, key=itemgetter(0, 1)):
        numbers = on_day[shift.day]
        labels[shift.id] = str(numbers.setdefault(crew, len(numbers) + 1))
    return labels
