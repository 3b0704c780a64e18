"""A week as it would be under a scenario, solved near to the roster that it is compared with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.weeks import IsoWeek
from planner.planning import levels
from planner.planning.keeping import kept_as_was
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import WeekInput
from solver.data import problem as engine
from solver.data.solution import Solution

CHANGES: Final = "changes"
"""Level of what differs from the roster that is compared with."""

_SHIFT_POINTS, _TASK_POINTS = 4, 1
"""For a person's day with other shifts, and for a duty done by somebody else; as in repairs."""

_BEFORE_CHANGES = (*levels.PROMISED.values(), levels.FLOORS, levels.COVERAGE)
_ORDER = (*_BEFORE_CHANGES, CHANGES, *(one for one in levels.LEVELS if one not in _BEFORE_CHANGES))
"""Few are disturbed for hours, continuity or wishes; for coverage they are."""


@dataclass(frozen=True, kw_only=True)
class SupposedWeek:
    """A week's problem under a scenario, and the way back.

    Parameters
    ----------
    base
        The roster that it is compared with; nothing when it is the one compared with.
    """

    compiled: CompiledWeek
    problem: engine.Problem
    base: Roster | None

    def roster(self, solution: Solution) -> Roster:
        """Return the engine's answer as a roster; what is as in the base keeps crews and breaks."""
        made = self.compiled.roster(solution)
        if self.base is None:
            return made
        by_crews = {duty.id for duty in self.compiled.source.duties if duty.is_crew}
        bound = [done for done in made.assignments if done.duty in by_crews]
        return kept_as_was(self.base, made, bound)


def week_source(
    plan: Plan,
    week: IsoWeek,
    *,
    around: Iterable[Shift],
    fixed: Iterable[Shift],
    locked: Iterable[Assignment] = (),
) -> WeekInput:
    """Return all that decides a week of a supposed plan, without those who are not there in it.

    Parameters
    ----------
    fixed
        Shifts of the week that may not change; those of who is absent then are left out.
    """

    def is_there(shift: Shift) -> bool:
        return plan.contract_of(shift.staff, shift.day) is not None

    return WeekInput(
        plan=plan,
        week=week,
        around=tuple(filter(is_there, around)),
        fixed=tuple(shift for shift in fixed if is_there(shift) and not _is_absent(plan, shift)),
        locked=tuple(locked),
    )


def suppose(source: WeekInput, base: Roster | None, *, seed: int = 0) -> SupposedWeek:
    """Return the problem of a week, to be solved near to a base if there is one."""
    if base is None:
        compiled = compile_week(source, seed=seed)
        return SupposedWeek(compiled=compiled, problem=compiled.problem, base=None)
    plan = source.plan
    there = [one for one in base.shifts if plan.contract_of(one.staff, one.day) is not None]
    compiled = compile_week(source, also=there, seed=seed)
    workers, tasks = compiled.problem.worker_by_id, compiled.problem.task_by_id
    reference = engine.Reference(
        level=CHANGES,
        shifts=tuple(
            (shift.staff, compiled.option_of[shift.id]) for shift in there if shift.staff in workers
        ),
        tasks=tuple(
            (done.duty, done.staff)
            for done in base.assignments
            if done.duty in tasks and done.staff in workers
        ),
        shift_points=_SHIFT_POINTS,
        task_points=_TASK_POINTS,
    )
    problem = replace(compiled.problem, levels=_ORDER, reference=reference)
    return SupposedWeek(compiled=compiled, problem=problem, base=base)


def _is_absent(plan: Plan, shift: Shift) -> bool:
    return any(
        absence.staff == shift.staff and absence.span.overlaps(shift.span)
        for absence in plan.absences
    )
