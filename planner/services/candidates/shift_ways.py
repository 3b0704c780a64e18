"""In which ways somebody could take a shift, or an hour of staffing."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from planner.domain import edits
from planner.domain.coverage import presences
from planner.domain.duties import Duty
from planner.domain.ids import ShiftTypeId, SkillId, StaffId
from planner.domain.roster import Roster, Shift
from planner.domain.rotation import shift_parts
from planner.domain.spans import Span
from planner.domain.staff import StaffMember
from planner.services.candidates.board import Board
from planner.services.candidates.costs import Pricing
from planner.services.candidates.edits import break_placed, put
from planner.services.candidates.trials import Option
from planner.services.candidates.values import Hindrance, Way, WayKind
from planner.services.candidates.ways import nearest


class ShiftWays:
    """Ways in which somebody could have a shift, with its duties, instead of who has it.

    Parameters
    ----------
    board
        The roster with the shift.
    """

    def __init__(self, board: Board, shift: Shift) -> None:
        self._board, self._plan, self._shift = board, board.plan, shift
        doing = [done for done in board.doing(shift.staff) if shift.span.overlaps(done.span)]
        self.duties = [board.duty_by_id[d.duty] for d in doing if d.duty in board.duty_by_id]
        self._skills = _skills(self.duties)

    def of(self, member: StaffMember) -> Iterator[Option | Hindrance]:
        """Yield a person's ways; or what keeps the person from the shift."""
        board, plan, shift = self._board, self._plan, self._shift
        giver = plan.staff_by_id[shift.staff]
        had = [other for other in board.shifts(member.id) if other.day == shift.day]
        why = board.hindrance(member.id, shift.day, shift.parts, self._skills)
        if member.id == shift.staff:
            yield Hindrance.ALREADY
        elif why is not None:
            yield why
        elif member.employer != giver.employer:
            yield Hindrance.NO_SHIFT
        elif shift.crew is not None and member.squad != giver.squad:
            yield Hindrance.NO_CREW
        elif not had:
            yield self._option(member, WayKind.EXTRA)
        elif self._can_swap(had):
            yield self._option(member, WayKind.SWAP)
        else:
            yield Hindrance.AT_WORK

    def _can_swap(self, had: Collection[Shift]) -> bool:
        """Tell whether what somebody has that day could go to who has the shift now."""
        board, giver = self._board, self._shift.staff
        theirs = [
            board.duty_by_id[done.duty]
            for other in had
            for done in board.doing(other.staff)
            if other.span.overlaps(done.span) and done.duty in board.duty_by_id
        ]
        return (
            {other.parts for other in had} != {self._shift.parts}
            and not any(board.away(giver, part) for other in had for part in other.parts)
            and _skills(theirs) <= self._plan.skills_of(giver, self._shift.day)
        )

    def _option(self, member: StaffMember, kind: WayKind) -> Option:
        plan, shift = self._plan, self._shift

        def edit(roster: Roster) -> Roster:
            if not any(other.id == shift.id for other in roster.shifts):
                return roster
            return edits.move_shift(plan, roster, shift, member.id, shift.day)

        return Option(
            people=(member.id,),
            others=(shift.staff,),
            way=Way(kind=kind, span=shift.span, shift_type=shift.shift_type),
            edit=edit,
            is_shared=member.squad is not None or kind is WayKind.SWAP,
        )


class NeedWays:
    """Ways in which somebody with a skill could be at work in a stretch of time."""

    def __init__(self, board: Board, skill: SkillId, span: Span, pricing: Pricing) -> None:
        self._board, self._plan = board, board.plan
        self._skill, self._span, self._pricing = skill, span, pricing

    def of(self, member: StaffMember) -> Iterator[Option | Hindrance]:
        """Yield a person's ways; or what keeps the person from it."""
        board, plan, span = self._board, self._plan, self._span
        day = span.start.astimezone(plan.zone).date()
        why = board.hindrance(member.id, day, [span], {self._skill})
        if why is not None:
            yield why
            return
        there = [piece for shift in board.shifts(member.id) for piece in presences(plan, shift)]
        there_min = _meet_min(span, (presence.span for presence in there))
        if there_min == span.minutes:
            yield Hindrance.AT_WORK
            return
        reached = {
            (kind.id, on): _meet_min(span, parts)
            for kind, on, parts in board.offered(member.id, span)
        }
        most = max(reached.values(), default=0)
        if most <= there_min:
            yield Hindrance.NO_SHIFT
            return
        best = [each for each, minutes in reached.items() if minutes == most]
        for kind, on in nearest(board, member.id, best, self._pricing.balance_min(member.id)):
            yield self._option(member.id, kind, on)

    def _option(self, staff: StaffId, kind: ShiftTypeId, day: date) -> Option:
        board, plan = self._board, self._plan
        had = [shift for shift in board.shifts(staff) if shift.day == day]
        crew = [one.staff for shift in had for one in board.crew(shift)]
        people = tuple(dict.fromkeys((staff, *crew)))
        parts = shift_parts(plan, kind, day)
        return Option(
            people=people,
            way=Way(
                kind=WayKind.LONGER if had else WayKind.EXTRA,
                span=Span(parts[0].start, parts[-1].end),
                shift_type=kind,
            ),
            edit=lambda roster: break_placed(
                plan, put(plan, roster, people, kind, day), people, day
            ),
            is_shared=True,
        )


def _skills(duties: Iterable[Duty]) -> frozenset[SkillId]:
    return frozenset(skill for duty in duties for skill in duty.skills)


def _meet_min(span: Span, others: Iterable[Span]) -> int:
    """Return the minutes of a span that others, which do not overlap, have in common with it."""
    return sum(both.minutes for other in others if (both := span.meet(other)) is not None)
