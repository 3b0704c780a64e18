"""A week's draft as the engine sees it: its problem, and the draft as a roster of it."""

from dataclasses import dataclass, replace
from functools import cached_property

from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import Span
from planner.planning.person_judge import is_fixed
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import WeekInput
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.explain.changes import Change, applied


@dataclass(frozen=True, kw_only=True)
class DraftProblem:
    """A draft to ask the engine about, and the way back of what it would change.

    What is given or locked may not change. The same object asks twice about the same roster, which
    the engine then remembers.
    """

    draft: Roster
    compiled: CompiledWeek

    @property
    def problem(self) -> Problem:
        """The week's problem."""
        return self.compiled.problem

    @cached_property
    def solution(self) -> Solution:
        """The draft as the engine's roster."""
        return self.compiled.solution(self.draft)

    def changed(self, change: Change) -> Roster:
        """Return the draft after a change; all that it does not touch is as it was."""
        touched = set(change.workers)
        made = self.compiled.roster(applied(self.solution, change))
        had = {(shift.staff, shift.parts): shift for shift in self.draft.shifts}
        did = {(done.duty, done.staff, done.start): done for done in self.draft.assignments}
        shifts = [shift for shift in self.draft.shifts if shift.staff not in touched]
        shifts += [_kept(had, shift) for shift in made.shifts if shift.staff in touched]
        known = self.problem.task_by_id
        stay = [
            done
            for done in self.draft.assignments
            if done.staff not in touched or done.duty not in known
        ]
        new = [
            did.get((done.duty, done.staff, done.start), done)
            for done in made.assignments
            if done.staff in touched
        ]
        return replace(
            self.draft,
            shifts=tuple(sorted(shifts, key=lambda shift: (shift.staff, shift.span))),
            assignments=tuple(sorted((*stay, *new), key=_order)),
        )


def _kept(had: dict[tuple[StaffId, tuple[Span, ...]], Shift], shift: Shift) -> Shift:
    """Return the draft's own shift where the engine's lies as it did."""
    mine = had.get((shift.staff, shift.parts))
    return replace(mine, breaks=shift.breaks, crew=shift.crew) if mine else shift


def _order(done: Assignment) -> tuple[object, ...]:
    return (done.staff, done.start, done.duty)


def compile_draft(plan: Plan, draft: Roster, around: tuple[Shift, ...]) -> DraftProblem:
    """Return a draft as a problem and a roster of it.

    Parameters
    ----------
    around
        The shifts before and after the week.
    """
    source = WeekInput(
        plan=plan,
        week=draft.week,
        around=around,
        fixed=tuple(filter(is_fixed, draft.shifts)),
        locked=tuple(done for done in draft.assignments if done.is_locked),
    )
    return DraftProblem(draft=draft, compiled=compile_week(source, also=draft.shifts))
