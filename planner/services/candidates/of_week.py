"""Who can take something: a gap, a duty, a shift, or an hour of staffing."""

from datetime import date
from functools import cached_property

from planner import clock
from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.roster import Gap, Roster
from planner.domain.spans import Span
from planner.planning.travel import travel_matrix
from planner.services.candidates.board import Board, Travel
from planner.services.candidates.costs import Pricing
from planner.services.candidates.search import Search
from planner.services.candidates.shift_ways import NeedWays, ShiftWays
from planner.services.candidates.trials import Trials
from planner.services.candidates.values import (
    Answer,
    DutyHandedOver,
    HeadWanted,
    ShiftHandedOver,
    SkillWanted,
    Wanted,
)
from planner.services.candidates.ways import DutyWays
from planner.services.week.working_week import WorkingWeek


def wanted_by(gap: Gap) -> Wanted:
    """Return what closes a gap, or one head of it."""
    if gap.duty is not None:
        return HeadWanted(duty=gap.duty)
    return SkillWanted(need=gap.need or "", span=gap.span)


class WeekCandidates:
    """Finds who can take something in a working week, as its roster is by then.

    What only the plan decides is made once. To be asked in the thread that asks the week.
    """

    def __init__(self, working: WorkingWeek) -> None:
        self._working = working
        self._plan = working.plan

    def find(self, wanted: Wanted) -> Answer:
        """Return who can take what is wanted, the best first, and who cannot.

        First come those who open no gap; then those who need no veto broken or rest shortened,
        disturb the fewest others, need no new working time; then the school's known face, wishes,
        hours below the contract, travel. Nobody when what is wanted is not there any more.
        """
        search = self._search(wanted)
        return search.answer() if search else Answer(wanted=wanted)

    def _search(self, wanted: Wanted) -> Search | None:
        match wanted:
            case HeadWanted():
                return self._for_head(wanted)
            case DutyHandedOver():
                return self._for_duty(wanted)
            case ShiftHandedOver():
                return self._for_shift(wanted)
            case SkillWanted():
                return self._for_skill(wanted)

    def _for_head(self, wanted: HeadWanted) -> Search | None:
        duty, board = self._duty_by_id.get(wanted.duty), self._board(self._working.roster)
        if duty is None or not board.missing(duty):
            return None
        pricing = Pricing(board, self._working.around, self._today, duties=[duty])
        return Search(
            self._plan,
            Answer(wanted=wanted, title=duty.title, span=_when(board, duty)),
            ways=DutyWays(board, duty, pricing),
            trials=Trials(self._working.judged, self._working.roster, board, duty=duty.id),
            pricing=pricing,
        )

    def _for_duty(self, wanted: DutyHandedOver) -> Search | None:
        roster, duty = self._working.roster, self._duty_by_id.get(wanted.duty)
        if duty is None:
            return None

        def start(roster: Roster) -> Roster:
            return edits.unassign(roster, duty, wanted.staff)

        rest = start(roster)
        if len(rest.assignments) == len(roster.assignments):
            return None
        before, board = self._board(roster), self._board(rest)
        givers = {done.staff for done in before.heads(duty.id)}
        givers -= {done.staff for done in board.heads(duty.id)}
        pricing = Pricing(before, self._working.around, self._today, duties=[duty])
        return Search(
            self._plan,
            Answer(wanted=wanted, title=duty.title, span=_when(before, duty)),
            ways=DutyWays(board, duty, pricing, givers=givers),
            trials=Trials(self._working.judged, roster, board, duty=duty.id),
            pricing=pricing,
            start=start,
        )

    def _for_shift(self, wanted: ShiftHandedOver) -> Search | None:
        roster = self._working.roster
        shift = next((each for each in roster.shifts if each.id == wanted.shift), None)
        if shift is None:
            return None
        board = self._board(roster)
        ways, giver = ShiftWays(board, shift), self._plan.staff_by_id[shift.staff]
        return Search(
            self._plan,
            Answer(wanted=wanted, title=giver.display_name, span=shift.span),
            ways=ways,
            trials=Trials(self._working.judged, roster, board, giver=shift.staff),
            pricing=Pricing(
                board, self._working.around, self._today, duties=ways.duties, giver=shift.staff
            ),
        )

    def _for_skill(self, wanted: SkillWanted) -> Search | None:
        roster = self._working.roster
        need = next((each for each in self._plan.staffing_needs if each.id == wanted.need), None)
        if need is None:
            return None
        skill = next(each for each in self._plan.skills if each.id == need.skill)
        board = self._board(roster)
        pricing = Pricing(board, self._working.around, self._today, need=(need.skill, wanted.span))
        return Search(
            self._plan,
            Answer(wanted=wanted, title=skill.name, span=wanted.span),
            ways=NeedWays(board, need.skill, wanted.span, pricing),
            trials=Trials(self._working.judged, roster, board),
            pricing=pricing,
        )

    def _board(self, roster: Roster) -> Board:
        return Board(self._plan, self._duty_by_id, roster, self._travel)

    @property
    def _today(self) -> date:
        return clock.today(self._plan.zone)

    @cached_property
    def _duty_by_id(self) -> dict[DutyId, Duty]:
        """What the week asks for."""
        return {duty.id: duty for duty in make_duties(self._plan, self._working.week)}

    @cached_property
    def _travel(self) -> Travel:
        sites = {duty.site for duty in self._duty_by_id.values()}
        modes = sorted({member.travel_mode for member in self._plan.staff})
        return travel_matrix(self._plan, sites, modes)


def _when(board: Board, duty: Duty) -> Span:
    """Return when a duty is done; all the time in which it can be, when nobody does it yet."""
    heads = board.heads(duty.id)
    return heads[0].span if heads else duty.span
