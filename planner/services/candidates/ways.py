"""In which ways somebody could take a duty."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime

from planner.domain import edits
from planner.domain.duties import Duty
from planner.domain.ids import ShiftId, ShiftTypeId, StaffId
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.rotation import shift_parts
from planner.domain.spans import MINUTE, Span
from planner.domain.staff import ShiftSource, StaffMember
from planner.services.candidates.board import Board, Seat
from planner.services.candidates.costs import Pricing
from planner.services.candidates.crews import Mates
from planner.services.candidates.edits import break_placed, joined, put
from planner.services.candidates.trials import Option
from planner.services.candidates.values import Handed, Hindrance, Way, WayKind

_NEW = ShiftId("")
_MOST_TYPES = 2
"""Shift types that are tried for each person, those nearest to the contract's hours."""


class DutyWays:
    """Ways in which somebody could be one more head of a duty, or a crew its crew.

    Parameters
    ----------
    givers
        Who did it so far, and shall not.
    """

    def __init__(
        self,
        board: Board,
        duty: Duty,
        pricing: Pricing,
        givers: Collection[StaffId] = (),
    ) -> None:
        self._givers = givers
        self._board, self._plan = board, board.plan
        self._duty, self._pricing = duty, pricing
        self._lone = self._find_lone()
        self._n_passed: Counter[StaffId] = Counter()
        self._mates = Mates(board, duty, pricing)

    def of(self, member: StaffMember) -> Iterator[Option | Hindrance]:
        """Yield a person's ways; or what keeps the person from the duty."""
        board, duty = self._board, self._duty
        doing = {done.staff for done in board.heads(duty.id)}
        if member.id in doing or member.id in self._givers:
            yield Hindrance.ALREADY
            return
        spans = [Span(at, at + duty.duration_min * MINUTE) for at in board.starts(duty)]
        why = board.hindrance(member.id, duty.day, spans, duty.skills)
        if why is not None:
            yield why
            return
        found = list(self._at_work(member.id)) or list(self._otherwise(member.id))
        yield from found
        if not found:
            yield self._reason(member.id)

    def _reason(self, staff: StaffId) -> Hindrance:
        board, duty = self._board, self._duty
        if any(done.is_locked and done.span.overlaps(duty.span) for done in board.doing(staff)):
            return Hindrance.LOCKED_DUTY
        is_possible = any(True for _ in board.reaching(staff, duty))
        return Hindrance.NO_CREW if duty.is_crew and is_possible else Hindrance.NO_SHIFT

    # At work then ---------------------------------------------------------------------------------

    def _at_work(self, staff: StaffId) -> Iterator[Option]:
        board, duty = self._board, self._duty
        for shift in board.shifts(staff):
            if not shift.span.overlaps(duty.span):
                continue
            crew = board.crew(shift)
            if not all(duty.skills <= self._plan.skills_of(one.staff, duty.day) for one in crew):
                continue
            if duty.is_crew and (len(crew) == 1 or board.missing(duty) < len(crew)):
                yield from self._joining(shift) if len(crew) == 1 else ()
                continue
            seat = board.seat(crew, duty)
            if seat is not None:
                yield self._seated(crew, seat)

    def _seated(self, crew: Sequence[Shift], seat: Seat) -> Option:
        plan, duty, board = self._plan, self._duty, self._board
        people = tuple(shift.staff for shift in crew)
        handed = tuple(self._handed(people, seat.clashing))
        takers = [
            staff
            for one, done in handed
            if one.taker
            for staff in board.together(one.taker, done.span)
        ]

        def edit(roster: Roster) -> Roster:
            for one, done in handed:
                other = board.duty_by_id[one.duty]
                roster = edits.unassign(roster, other, done.staff)
                if one.taker:
                    roster = edits.assign(roster, other, one.taker, done.start)
            for staff in people:
                roster = edits.assign(roster, duty, staff, seat.start)
            return break_placed(plan, roster, people, crew[0].day) if seat.moves_break else roster

        return Option(
            people=people,
            others=tuple(takers),
            way=Way(
                kind=WayKind.HANDS_OVER if handed else WayKind.FREE,
                span=Span(seat.start, seat.start + duty.duration_min * MINUTE),
                handed=tuple(one for one, _ in handed),
                moves_break=seat.moves_break,
            ),
            edit=edit,
        )

    def _handed(
        self, people: Collection[StaffId], clashing: Sequence[Assignment]
    ) -> Iterator[tuple[Handed, Assignment]]:
        """Yield each duty that gives way once, with who could take it."""
        board = self._board
        first = {done.duty: done for done in reversed(clashing)}
        for name, done in first.items():
            other = board.duty_by_id.get(name)
            if other is None:
                continue
            # Of several none is passed on: two might need the same person.
            free = board.free(other) if len(first) == 1 else ()
            taker = min(
                (one for one in free if one not in people),
                key=lambda one: (
                    self._pricing.known(other, one),
                    self._n_passed[one],
                    self._pricing.balance_min(one),
                ),
                default=None,
            )
            if taker is not None:
                self._n_passed[taker] += 1
            yield Handed(duty=name, title=other.title, span=done.span, taker=taker), done

    # Working more, or at other times --------------------------------------------------------------

    def _otherwise(self, staff: StaffId) -> Iterator[Option]:
        """Yield shift types in which a person, alone or with a mate, could do the duty."""
        board, duty, plan = self._board, self._duty, self._plan
        if self._lone is not None:
            yield from self._joining_extra(staff, self._lone)
            return
        types = list(board.reaching(staff, duty))
        for kind, day in nearest(board, staff, types, self._pricing.balance_min(staff)):
            had = [shift for shift in board.shifts(staff) if shift.day == day]
            people = self._together(staff, day, had)
            if people is None:
                continue
            shift = Shift(
                id=had[0].id if had else _NEW,
                staff=staff,
                day=day,
                shift_type=kind,
                parts=shift_parts(plan, kind, day),
            )
            seat = board.seat((shift,), duty)
            if seat is None:
                continue
            yield Option(
                people=people,
                way=Way(
                    kind=WayKind.LONGER if had else WayKind.EXTRA, span=shift.span, shift_type=kind
                ),
                edit=self._working(people, kind, day, seat.start),
                is_shared=plan.staff_by_id[staff].squad is not None,
            )

    def _working(
        self, people: tuple[StaffId, ...], kind: ShiftTypeId, day: date, start: datetime
    ) -> Callable[[Roster], Roster]:
        plan, duty = self._plan, self._duty

        def edit(roster: Roster) -> Roster:
            roster = put(plan, roster, people, kind, day)
            for staff in people:
                roster = edits.assign(roster, duty, staff, start)
            return break_placed(plan, roster, people, day)

        return edit

    def _together(
        self, staff: StaffId, day: date, had: Sequence[Shift]
    ) -> tuple[StaffId, ...] | None:
        """Return who would work otherwise that day: the crew there is, or a new one if it takes it.

        Nothing when the duty needs a crew and there is nobody to make one.
        """
        board, duty = self._board, self._duty
        crew = [one.staff for shift in had for one in board.crew(shift)]
        people = tuple(dict.fromkeys((staff, *crew)))
        if not duty.is_crew:
            is_fit = all(duty.skills <= self._plan.skills_of(one, day) for one in people)
            return people if is_fit else None
        if board.missing(duty) < 2:
            return None
        if had:
            return people if len(people) == 2 else None
        mate = self._mates.of(staff, day)
        return (staff, mate) if mate else None

    # A crew's duty that one does alone ------------------------------------------------------------

    def _find_lone(self) -> Shift | None:
        """Return the shift of who does a crew's duty alone."""
        board, duty = self._board, self._duty
        if not duty.is_crew or board.missing(duty) != 1:
            return None
        return next(
            (
                shift
                for done in board.heads(duty.id)
                for shift in board.shifts(done.staff)
                if shift.span.contains(done.span) and len(board.crew(shift)) == 1
            ),
            None,
        )

    def _joining(self, shift: Shift) -> Iterator[Option]:
        lone = self._lone
        if lone is None or lone.parts != shift.parts or lone.shift_type != shift.shift_type:
            return
        busy = edits.duties_of(self._board.part((shift.staff,), None), [shift])
        if self._is_squad(lone.staff, shift.staff) and not busy:
            mate = shift.staff
            yield Option(
                people=(mate,),
                others=(lone.staff,),
                way=Way(kind=WayKind.JOINS, span=shift.span),
                edit=lambda roster: joined(roster, lone.staff, mate, lone.day),
                is_shared=True,
            )

    def _joining_extra(self, staff: StaffId, lone: Shift) -> Iterator[Option]:
        plan, kind = self._plan, lone.shift_type
        is_off = not any(shift.day == lone.day for shift in self._board.shifts(staff))
        if kind is None or not is_off or not self._is_squad(lone.staff, staff):
            return

        def edit(roster: Roster) -> Roster:
            roster = put(plan, roster, (staff,), kind, lone.day)
            return joined(roster, lone.staff, staff, lone.day)

        yield Option(
            people=(staff,),
            others=(lone.staff,),
            way=Way(kind=WayKind.EXTRA, span=lone.span, shift_type=kind),
            edit=edit,
            is_shared=True,
        )

    def _is_squad(self, one: StaffId, other: StaffId) -> bool:
        squads = {self._plan.staff_by_id[staff].squad for staff in (one, other)}
        return len(squads) == 1 and None not in squads


def nearest(
    board: Board, staff: StaffId, types: Collection[tuple[ShiftTypeId, date]], balance_min: int
) -> list[tuple[ShiftTypeId, date]]:
    """Return the shift types that bring a person nearest to the contract's hours, a few."""
    plan = board.plan
    had = {shift.day: sum(part.minutes for part in shift.parts) for shift in board.shifts(staff)}

    def distance(each: tuple[ShiftTypeId, date]) -> tuple[int, str, date]:
        kind, day = each
        minutes = sum(part.minutes for part in shift_parts(plan, kind, day))
        minutes -= plan.shift_type_by_id[kind].break_min
        return abs(balance_min + minutes - had.get(day, 0)), kind, day

    # A planned shift of somebody with a given roster breaks a rule, whichever it is.
    contracts = {plan.contract_of(staff, day) for _, day in types}
    is_given = any(one and one.shift_source is ShiftSource.GIVEN for one in contracts)
    return sorted(types, key=distance)[: 1 if is_given else _MOST_TYPES]
