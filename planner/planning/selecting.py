"""Planning some days of some people again, with everything else as it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from planner.domain.merging import Cell, Cells
from planner.domain.roster import Assignment, Roster, Shift
from planner.planning.keeping import kept_as_was
from planner.planning.problem import CompiledWeek
from solver.data import problem as engine

_OPEN = "open"
"""Skill of those who may be given more on a day, by the day."""


@dataclass(frozen=True, kw_only=True)
class SelectedDays:
    """Days of people in a draft that may change.

    Parameters
    ----------
    draft
        The roster of which everything else stays.
    chosen
        The days of people.
    """

    draft: Roster
    chosen: frozenset[Cell]

    @cached_property
    def cells(self) -> frozenset[Cell]:
        """What may change: the chosen days, but for crews of which one half is not chosen."""
        cells = Cells(self.draft)
        halves = {
            (shift.staff, shift.day)
            for shift in self.draft.shifts
            if any((mate, shift.day) not in self.chosen for mate in cells.crew_of(shift))
        }
        return self.chosen - halves

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts that stay."""
        return tuple(shift for shift in self.draft.shifts if not self._may_change(shift))

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """What stays of who does what."""
        cells = Cells(self.draft)
        return tuple(done for done in self.draft.assignments if cells.of(done) not in self.cells)

    def problem(self, compiled: CompiledWeek) -> engine.Problem:
        """Return the week's problem, in which nobody gets more to do on days that stay."""
        days: dict[str, set[date]] = defaultdict(set)
        for staff, day in self.cells:
            days[staff].add(day)
        day_of: dict[str, date] = {duty.id: duty.day for duty in compiled.source.duties}
        problem = compiled.problem
        return replace(
            problem,
            workers=tuple(
                replace(
                    worker, skills=worker.skills | {_open(day) for day in days.get(worker.id, ())}
                )
                for worker in problem.workers
            ),
            tasks=tuple(
                replace(task, skills=task.skills | {_open(day_of[task.id])})
                for task in problem.tasks
            ),
        )

    def roster(self, compiled: CompiledWeek, made: Roster) -> Roster:
        """Return what was made of the days that may change, beside everything that stays."""
        by_crews = {duty.id for duty in compiled.source.duties if duty.is_crew}
        bound = [done for done in made.assignments if done.duty in by_crews]
        made = kept_as_was(self.draft, made, bound)
        shifts = [*self.shifts, *(one for one in made.shifts if self._may_change(one))]
        n_members = Counter((shift.crew, shift.day) for shift in shifts)
        shifts = [
            replace(shift, crew=None) if n_members[shift.crew, shift.day] == 1 else shift
            for shift in shifts
        ]
        cells = Cells(made)
        new = [
            done
            for done in made.assignments
            if cells.of(done) in self.cells
            and not (done.duty in by_crews and _is_alone(shifts, done))
        ]
        return replace(
            made,
            shifts=tuple(sorted(shifts, key=lambda shift: (shift.staff, shift.span))),
            assignments=tuple(
                sorted((*self.assignments, *new), key=lambda done: (done.staff, done.start))
            ),
        )

    def _may_change(self, shift: Shift) -> bool:
        return (shift.staff, shift.day) in self.cells


def _is_alone(shifts: Iterable[Shift], done: Assignment) -> bool:
    """Tell whether something is done in a shift without a crew."""
    return any(
        shift.staff == done.staff and shift.crew is None and shift.span.contains(done.span)
        for shift in shifts
    )


def _open(day: date) -> str:
    return f"{_OPEN}/{day.isoformat()}"
