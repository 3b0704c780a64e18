"""A week of the domain as a problem for the engine, and the engine's answer as a roster."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.ids import CrewId, DutyId, ShiftId, ShiftTypeId, StaffId
from planner.domain.roster import Assignment, LevelResult, Roster, Shift
from planner.domain.rotation import shift_id
from planner.domain.spans import day_span
from planner.domain.staff import ShiftSource
from planner.planning import levels
from planner.planning.options import ShiftOptions
from planner.planning.rules import engine_rule_book
from planner.planning.tasks import make_demands, make_tasks
from planner.planning.travel import travel_matrix
from planner.planning.week_input import WeekInput
from planner.planning.workers import WorkerFactory
from solver.data import problem as engine
from solver.data.solution import PlacedTask, Solution, WorkedShift


@dataclass(frozen=True, kw_only=True)
class CompiledWeek:
    """A week's problem, and the way back.

    Parameters
    ----------
    meaning
        Type and local day of each of the engine's shifts.
    option_of
        The engine's shift that each shift of the week equals, by the shift's id.
    factory
        What made the workers.
    """

    source: WeekInput
    problem: engine.Problem
    meaning: dict[str, tuple[ShiftTypeId | None, date]]
    option_of: dict[ShiftId, str]
    factory: WorkerFactory

    def roster(self, solution: Solution) -> Roster:
        """Return the engine's answer as a roster; the gaps' reasons are put in by judging."""
        fixed = {(shift.staff, self.option_of[shift.id]): shift for shift in self.source.fixed}
        locked = {(lock.duty, lock.staff) for lock in self.source.locked}
        shifts = [self._shift(worked, fixed) for worked in solution.shifts]
        assignments = [self._assignment(placed, locked) for placed in solution.tasks]
        return Roster(
            week=self.source.week,
            shifts=tuple(sorted(shifts, key=lambda shift: (shift.staff, shift.span))),
            assignments=tuple(sorted(assignments, key=lambda done: (done.staff, done.start))),
            levels=tuple(
                LevelResult(level=level.level, value=level.value, bound=level.bound)
                for level in solution.levels
            ),
        )

    def solution(self, roster: Roster) -> Solution:
        """Return a roster of the same week as the engine's, for its checks.

        The week must have been compiled with every shift of the roster as an option.
        """
        scale = self.source.scale
        return Solution(
            shifts=tuple(
                WorkedShift(
                    worker=shift.staff,
                    shift=self.option_of[shift.id],
                    breaks=tuple(scale.span(pause) for pause in shift.breaks),
                    crew=shift.crew,
                )
                for shift in roster.shifts
            ),
            tasks=tuple(
                PlacedTask(task=done.duty, worker=done.staff, start=scale.minute(done.start))
                for done in roster.assignments
                if done.duty in self.problem.task_by_id
            ),
            levels=(),
        )

    def _shift(self, worked: WorkedShift, fixed: dict[tuple[StaffId, str], Shift]) -> Shift:
        scale = self.source.scale
        staff = StaffId(worked.worker)
        breaks = tuple(scale.back(pause) for pause in worked.breaks)
        crew = CrewId(worked.crew) if worked.crew else None
        known = fixed.get((staff, worked.shift))
        if known is not None:
            return replace(known, breaks=breaks, crew=crew)
        kind, day = self.meaning[worked.shift]
        return Shift(
            id=shift_id(staff, day, kind or ShiftTypeId("")),
            staff=staff,
            day=day,
            shift_type=kind,
            parts=tuple(scale.back(part) for part in self.problem.shift_by_id[worked.shift].parts),
            breaks=breaks,
            source=ShiftSource.PLANNED,
            crew=crew,
        )

    def _assignment(self, placed: PlacedTask, locked: set[tuple[DutyId, StaffId]]) -> Assignment:
        scale = self.source.scale
        duty, staff = DutyId(placed.task), StaffId(placed.worker)
        end = placed.start + self.problem.task_by_id[placed.task].duration_min
        return Assignment(
            duty=duty,
            staff=staff,
            start=scale.instant(placed.start),
            end=scale.instant(end),
            is_locked=(duty, staff) in locked,
        )


def compile_week(source: WeekInput, *, also: Iterable[Shift] = (), seed: int = 0) -> CompiledWeek:
    """Return the problem of a week.

    Parameters
    ----------
    also
        Shifts of the week that must be expressible although they are not fixed: those of a roster
        to be judged.
    seed
        Of what the search draws at random.
    """
    options = ShiftOptions(source)
    option_of = {shift.id: options.add(shift) for shift in (*source.fixed, *also)}
    factory = WorkerFactory(source=source, options=options)
    workers = tuple(factory.workers())
    tasks = tuple(make_tasks(source, {worker.id for worker in workers}))
    sites = {duty.site for duty in source.duties}
    plan = source.plan
    problem = engine.Problem(
        horizon=source.scale.span(source.span),
        days=tuple(source.scale.span(day_span(day, plan.zone)) for day in source.days),
        levels=levels.LEVELS,
        rule_books=tuple(engine_rule_book(source, book.id) for book in plan.rule_books),
        shifts=tuple(options.shifts.values()),
        workers=workers,
        tasks=tasks,
        demands=tuple(make_demands(source)),
        travel=travel_matrix(plan, sites, sorted({member.travel_mode for member in plan.staff})),
        travel_level=levels.TRAVEL,
        travel_points=1,
        seed=seed,
    )
    return CompiledWeek(
        source=source,
        problem=problem,
        meaning=options.meaning,
        option_of=option_of,
        factory=factory,
    )
