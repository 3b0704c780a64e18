"""With whom somebody who is free could make a crew."""

from collections.abc import Sequence
from datetime import date

from planner.domain.duties import Duty
from planner.domain.ids import SquadId, StaffId
from planner.services.candidates.board import Board
from planner.services.candidates.costs import Pricing


class Mates:
    """Pairs those of a squad who are free on the day of a crew's duty."""

    def __init__(self, board: Board, duty: Duty, pricing: Pricing) -> None:
        self._board, self._duty, self._pricing = board, duty, pricing
        self._pairs: dict[tuple[SquadId, date], dict[StaffId, StaffId]] = {}

    def of(self, staff: StaffId, day: date) -> StaffId | None:
        """Return a free one of the squad; everybody's mate is another one as far as there are."""
        squad = self._board.plan.staff_by_id[staff].squad
        if squad is None:
            return None
        if (squad, day) not in self._pairs:
            self._pairs[squad, day] = _paired(*self._free(squad, day))
        return self._pairs[squad, day].get(staff)

    def _free(self, squad: SquadId, day: date) -> tuple[list[StaffId], list[StaffId]]:
        """Return who of a squad is free that day, in charge and not, the fewest hours first."""
        board, duty = self._board, self._duty
        free = [
            member.id
            for member in board.plan.staff
            if member.squad == squad
            and not any(shift.day == day for shift in board.shifts(member.id))
            and board.hindrance(member.id, duty.day, [duty.span], duty.skills) is None
        ]
        free.sort(key=lambda staff: (self._pricing.balance_min(staff), staff))
        lead = board.plan.settings.lead_skill
        leads = [staff for staff in free if lead in board.plan.skills_of(staff, day)]
        return leads, [staff for staff in free if staff not in leads]


def _paired(leads: Sequence[StaffId], others: Sequence[StaffId]) -> dict[StaffId, StaffId]:
    """Return everybody's mate: each lead with another, those left over with the first there is."""
    mates: dict[StaffId, StaffId] = {}
    for lead, other in zip(leads, others, strict=False):
        mates[lead], mates[other] = other, lead
    for staff in (*leads, *others):
        if staff not in mates:
            mate = next((one for one in (*leads, *others) if one != staff), None)
            if mate is not None:
                mates[staff] = mate
    return mates
