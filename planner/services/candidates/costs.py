"""What a way to take something costs, beside broken rules."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise

from planner.domain.counting import bound_min, counted_min, target_min, worked_min
from planner.domain.coverage import presences
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, SkillId, StaffId
from planner.domain.notice import notice_days
from planner.domain.roster import Gap, GapReason, Shift
from planner.domain.rules import RuleKey, rule_values
from planner.domain.schools import ContactRole
from planner.domain.spans import MINUTE, Span, subtract
from planner.domain.staff import ShiftSource, WishKind
from planner.services.candidates.board import Board
from planner.services.candidates.trials import Option, Trial
from planner.services.candidates.values import Costs, Familiarity, WayKind


class Pricing:
    """Prices trials.

    Parameters
    ----------
    before
        The roster as it is.
    around
        The shifts before and after the week.
    duties
        What is to be taken: one duty, those of a shift, or none.
    need
        The skill and stretch of time that is wanted, if that is what is.
    giver
        Whoever has it now, who is not counted as disturbed.
    """

    def __init__(
        self,
        before: Board,
        around: Iterable[Shift],
        today: date,
        *,
        duties: Collection[Duty] = (),
        need: tuple[SkillId, Span] | None = None,
        giver: StaffId | None = None,
    ) -> None:
        self._before, self._plan = before, before.plan
        self._around = tuple(around)
        self._duties, self._need, self._giver = duties, need, giver
        self._today = today
        self._balances: dict[StaffId, int] = {}

    def costs(self, trial: Trial) -> Costs:
        """Return what a trial costs; broken rules are left to the checks."""
        first = trial.option.people[0]
        shifts = [shift for shift in trial.shifts if shift.staff == first]
        before = self._before.shifts(first)
        new = [shift for shift in shifts if shift not in before]
        added_min = sum(_worked(shift) for shift in shifts) - sum(map(_worked, before))
        has_other_hours = {s.parts for s in shifts} != {s.parts for s in before}
        told = self._notice(first, new) if has_other_hours else None
        balance = self.balance_min(first)
        counted = sum(self._counted(shift) for shift in new)
        counted -= sum(self._counted(shift) for shift in before if shift not in shifts)
        return Costs(
            opened=tuple(self._opened(trial)),
            left_min=self._left_min(first, shifts),
            n_disturbed=self._n_disturbed(trial.option),
            added_min=added_min,
            balance_before_min=balance,
            balance_after_min=balance + counted if new else balance,
            familiarity=self.familiarity(trial.option.people),
            wish=self._wish(trial.option.people, new) if has_other_hours else "",
            travel_min=self._travel_min(trial),
            short_rest_min=self._short_rest_min(first, shifts, new),
            notice_days=told[0] if told else None,
            least_notice_days=told[1] if told else 0,
            given=self._changes_given(trial),
        )

    def balance_min(self, staff: StaffId) -> int:
        """Return a person's counted minutes above (positive) or below the contract now."""
        if staff not in self._balances:
            plan, week = self._plan, self._before.roster.week
            shifts = self._before.shifts(staff)
            counted = sum(self._counted(shift) for shift in shifts)
            bound = bound_min(plan, staff, week.span(plan.zone), shifts)
            self._balances[staff] = counted + bound - target_min(plan, staff, week)
        return self._balances[staff]

    def familiarity(self, people: Collection[StaffId]) -> Familiarity | None:
        """Return how well the schools that ask know the least known of some people."""
        schools = [duty for duty in self._duties if duty.kind is DutyKind.SCHOOL]
        return max((self.known(duty, one) for duty in schools for one in people), default=None)

    def known(self, duty: Duty, staff: StaffId) -> Familiarity:
        """Return how well somebody is known where a duty is."""
        return self._known.get((duty.source, staff), Familiarity.STRANGER)

    @cached_property
    def _known(self) -> dict[tuple[str, StaffId], Familiarity]:
        known: dict[tuple[str, StaffId], Familiarity] = {}
        for done in self._before.roster.assignments:
            duty = self._before.duty_by_id.get(done.duty)
            if duty is not None:
                known[duty.source, done.staff] = Familiarity.SEEN
        for contact in self._plan.school_contacts:
            role = Familiarity.SUBSTITUTE
            if contact.role is ContactRole.NAMED:
                role = Familiarity.NAMED
            key = (contact.school, contact.staff)
            known[key] = min(role, known.get(key, role))
        return known

    def _opened(self, trial: Trial) -> Iterator[Gap]:
        """Yield the duties that lose heads by a trial."""
        now: Counter[DutyId] = Counter(
            done.duty for staff in trial.option.touched for done in self._before.doing(staff)
        )
        now.subtract(done.duty for done in trial.assignments)
        for name, lost in now.items():
            duty = self._before.duty_by_id.get(name)
            if lost <= 0 or duty is None:
                continue
            heads = self._before.heads(name)
            lacking = duty.heads - len(heads)
            missing = max(0, lacking + lost) - max(0, lacking)
            if missing:
                yield Gap(
                    duty=duty.id,
                    need=None,
                    title=duty.title,
                    span=heads[0].span,
                    missing=missing,
                    reason=GapReason.PREFERENCE,
                    is_proved=False,
                    proof=None,
                )

    def _n_disturbed(self, option: Option) -> int:
        """Count the others, but for who only loses what is taken over."""
        spared = {self._giver} if option.way.kind is not WayKind.SWAP else set()
        return len(set(option.others) - spared)

    def _changes_given(self, trial: Trial) -> bool:
        kept = {(shift.staff, shift.parts) for shift in trial.shifts}
        return any(
            shift.source is ShiftSource.GIVEN and (staff, shift.parts) not in kept
            for staff in trial.option.touched
            for shift in self._before.shifts(staff)
        )

    def _left_min(self, staff: StaffId, shifts: Iterable[Shift]) -> int:
        """Return the minutes of the time wanted in which the person would not be there."""
        if self._need is None:
            return 0
        skill, span = self._need
        there = [
            presence.span
            for shift in shifts
            if shift.span.overlaps(span) and shift.staff == staff
            for presence in presences(self._plan, shift)
            if skill in presence.skills
        ]
        return sum(piece.minutes for piece in subtract(span, there))

    def _notice(self, staff: StaffId, new: Iterable[Shift]) -> tuple[int, int] | None:
        for shift in new:
            given, least = (shift.day - self._today).days, notice_days(self._plan, staff, shift.day)
            if 0 <= given < least:
                return given, least
        return None

    def _wish(self, people: Collection[StaffId], new: Collection[Shift]) -> str:
        """Return what some people wished of the days on which they would work otherwise."""
        days = {shift.day: shift.shift_type for shift in new}
        found = ""
        for wish in self._plan.wishes:
            if wish.staff not in people or wish.day not in days:
                continue
            if wish.is_veto:
                return "veto"
            if wish.kind is WishKind.FREE:
                found = "free"
            elif wish.shift_type == days[wish.day] and not found:
                found = "shift"
        return found

    def _travel_min(self, trial: Trial) -> int:
        board = self._before
        return sum(
            board.travelled_min(staff, [one for one in trial.assignments if one.staff == staff])
            - board.travelled_min(staff, board.doing(staff))
            for staff in trial.option.people
        )

    def _short_rest_min(
        self, staff: StaffId, shifts: Iterable[Shift], new: Collection[Shift]
    ) -> int | None:
        """Return the shortest rest beside new shifts, if the rule book spares so short ones."""
        if not new:
            return None
        day = next(iter(new)).day
        contract = self._plan.contract_of(staff, day)
        values = rule_values(self._plan.rules, contract.rule_book, day) if contract else {}
        below_min = values.get(RuleKey.SHORT_REST)
        if not below_min:
            return None
        others = (shift for shift in self._around if shift.staff == staff)
        spans = sorted([*(s.span for s in shifts), *(s.span for s in others)])
        news = {shift.span for shift in new}
        rests = [
            (after.start - before.end) // MINUTE
            for before, after in pairwise(spans)
            if before in news or after in news
        ]
        return min((rest for rest in rests if 0 <= rest < below_min), default=None)

    def _counted(self, shift: Shift) -> int:
        return counted_min(self._plan, shift)


def _worked(shift: Shift) -> int:
    return worked_min(shift.parts, shift.breaks)
