"""Who is in charge of a squad at work: one officer for each shift, of those who may be."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.domain.plan import Plan
from planner.domain.roster import Shift

if TYPE_CHECKING:
    from planner.domain.ids import SquadId


class InCharge:
    """Tells who is in charge of whom in a roster."""

    def __init__(self, plan: Plan, shifts: Iterable[Shift]) -> None:
        self._plan = plan
        self._of_squad: dict[SquadId | None, list[Shift]] = defaultdict(list)
        for shift in sorted(shifts, key=lambda one: (one.span.start, one.staff)):
            if self._may_be(shift):
                self._of_squad[plan.staff_by_id[shift.staff].squad].append(shift)

    def over(self, shift: Shift) -> Shift | None:
        """Return the shift of whoever is in charge for most of a shift, which may be itself.

        Of several the one counts whose shift began first. Who is in no squad is at most in charge
        of the own shift.
        """
        squad = self._plan.staff_by_id[shift.staff].squad
        if squad is None:
            return shift if self._may_be(shift) else None
        best, best_min = None, 0
        for other in self._of_squad[squad]:
            common = shift.span.meet(other.span)
            if common is not None and common.minutes > best_min:
                best, best_min = other, common.minutes
        return best

    def _may_be(self, shift: Shift) -> bool:
        return self._plan.settings.lead_skill in self._plan.skills_of(shift.staff, shift.day)
