"""A week replanned from now on: what was is a fact, what was planned stays as near as it can."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from planner.domain.aims import Aim
from planner.domain.counting import target_min, week_counted_min
from planner.domain.ids import StaffId
from planner.domain.roster import Assignment, Roster
from planner.domain.spans import Span, subtract
from planner.domain.staff import BoundTime
from planner.planning import levels
from planner.planning.keeping import kept_as_was
from planner.planning.person_judge import is_fixed
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import WeekInput
from planner.planning.week_now import WeekNow
from solver.data import problem as engine
from solver.data.solution import Solution

CHANGES: Final = "changes"
"""Level of what differs from the roster that held."""
OVERTIME: Final = "overtime"
"""Level of what is worked beyond the contracts, and more than before."""

_SHIFT_POINTS, _TASK_POINTS = 4, 1
"""For a person's day with other shifts, and for a duty done by somebody else."""

_PROMISED = tuple(levels.PROMISED.values())
_ORDERS: Mapping[Aim, tuple[str, ...]] = {
    Aim.PEOPLE: (*_PROMISED, CHANGES),
    Aim.COVERAGE: (*_PROMISED, levels.FLOORS, levels.COVERAGE, CHANGES),
    Aim.OVERTIME: (*_PROMISED, OVERTIME, CHANGES),
}
"""What comes first by each aim; the rest follows in the usual order."""


@dataclass(frozen=True, kw_only=True)
class CompiledRepair:
    """The problem of a week from now on, and the way back."""

    week: WeekNow
    compiled: CompiledWeek

    @property
    def problem(self) -> engine.Problem:
        """What the engine is asked."""
        return self.compiled.problem

    def roster(self, solution: Solution) -> Roster:
        """Return the engine's answer as a roster; what has been is in it as it was."""
        week = self.week
        left = week.left
        made = self.compiled.roster(solution)
        known = {(shift.staff, shift.parts): shift for shift in left.shifts}
        shifts = []
        for shift in made.shifts:
            mine = known.get((shift.staff, shift.parts))
            if mine is None:
                shifts.append(shift)
            elif mine in week.running and mine.staff not in week.away:
                shifts.append(replace(mine, crew=shift.crew))
            elif not week.has_begun(mine):
                shifts.append(replace(mine, breaks=shift.breaks, crew=shift.crew))
        begun = {shift.id for shift in shifts if week.has_begun(shift)}
        shifts += (shift for shift in week.past if shift.id not in begun)
        to_come = [done for done in made.assignments if not week.has_begun(done)]
        assignments = [*week.done, *to_come]
        whole = replace(
            left,
            shifts=tuple(sorted(shifts, key=lambda shift: (shift.staff, shift.span))),
            assignments=tuple(sorted(assignments, key=lambda done: (done.staff, done.start))),
            levels=(),
            gaps=(),
        )
        by_crews = {duty.id for duty in self.compiled.source.duties if duty.is_crew}
        return kept_as_was(left, whole, [done for done in to_come if done.duty in by_crews])


def compile_repair(week: WeekNow, aim: Aim, *, seed: int = 0) -> CompiledRepair:
    """Return the problem of a week from now on.

    Facts are what has begun, and what is given or locked; those who are away get nothing.
    """
    left = week.left
    future = [shift for shift in left.shifts if not week.has_begun(shift)]
    compiled = compile_week(
        WeekInput(
            plan=replace(week.plan, bound_times=(*week.plan.bound_times, *_taken(week))),
            week=left.week,
            around=week.around,
            fixed=(*week.past, *(shift for shift in future if is_fixed(shift))),
            locked=tuple(_locked(week)),
        ),
        also=future,
        seed=seed,
    )
    compiled = _without_breaks(week, compiled)
    problem = replace(
        compiled.problem,
        levels=_levels(aim),
        workers=tuple(_workers(week, aim, compiled)),
        tasks=tuple(_tasks(week, compiled)),
    )
    names, tasks = problem.worker_by_id, problem.task_by_id
    problem = replace(
        problem,
        reference=engine.Reference(
            level=CHANGES,
            shifts=tuple(
                (shift.staff, compiled.option_of[shift.id])
                for shift in future
                if shift.staff in names
            ),
            tasks=tuple(
                (done.duty, done.staff)
                for done in left.assignments
                if not week.has_begun(done) and done.duty in tasks and done.staff in names
            ),
            shift_points=_SHIFT_POINTS,
            task_points=_TASK_POINTS,
        ),
    )
    return CompiledRepair(week=week, compiled=replace(compiled, problem=problem))


def had_min(week: WeekNow, staff: StaffId) -> int:
    """Return the counted minutes from which on a person works more overtime than before."""
    target = target_min(week.plan, staff, week.left.week)
    return max(target, week_counted_min(week.plan, staff, week.left.week, week.left.shifts))


def _levels(aim: Aim) -> tuple[str, ...]:
    first = _ORDERS[aim]
    return (*first, *(level for level in levels.LEVELS if level not in first))


def _last_begun(week: WeekNow) -> dict[StaffId, Assignment]:
    """Return the last duty that each person on a running shift has begun in it."""
    found: dict[StaffId, Assignment] = {}
    running = {shift.staff: shift.span for shift in week.running}
    for done in sorted(week.done, key=lambda done: done.start):
        if done.staff in running and running[done.staff].contains(done.span):
            found[done.staff] = done
    return found


def _taken(week: WeekNow) -> Iterator[BoundTime]:
    """Yield when people on running shifts can be given nothing: until now, and on their break.

    The last duty that they have begun is left out: from there they go on.
    """
    last = _last_begun(week)
    for shift in week.running:
        until = Span(shift.span.start, week.now)
        been = [common for part in shift.parts if (common := part.meet(until))]
        holes = [last[shift.staff].span] if shift.staff in last else []
        spans = [piece for span in (*been, *shift.breaks) for piece in subtract(span, holes)]
        for number, span in enumerate(spans):
            yield BoundTime(
                id=f"taken/{shift.id}/{number}", staff=shift.staff, start=span.start, end=span.end
            )


def _locked(week: WeekNow) -> Iterator[Assignment]:
    yield from _last_begun(week).values()
    for done in week.left.assignments:
        if done.is_locked and not week.has_begun(done):
            yield done


def _without_breaks(week: WeekNow, compiled: CompiledWeek) -> CompiledWeek:
    """Return the week with running shifts whose breaks are where they were planned."""
    problem = compiled.problem
    option_of = dict(compiled.option_of)
    options: dict[str, engine.Shift] = {}
    for shift in week.running:
        known = problem.shift_by_id[option_of[shift.id]]
        name = f"now/{known.id}"
        options[name] = replace(known, id=name, break_min=0)
        option_of[shift.id] = name
    running: dict[str, str] = {shift.id: option_of[shift.id] for shift in week.running}
    workers = tuple(
        replace(
            worker,
            facts=tuple(
                replace(fact, shift=running[fact.id]) if fact.id in running else fact
                for fact in worker.facts
            ),
        )
        for worker in problem.workers
    )
    problem = replace(problem, shifts=(*problem.shifts, *options.values()), workers=workers)
    return replace(compiled, problem=problem, option_of=option_of)


def _workers(week: WeekNow, aim: Aim, compiled: CompiledWeek) -> Iterator[engine.Worker]:
    """Yield the workers, who may be given only what is still to begin, and what they had."""
    source, shifts = compiled.source, compiled.problem.shift_by_id
    now = source.scale.minute(week.now)
    had: dict[str, list[str]] = defaultdict(list)
    for shift in week.left.shifts:
        if not week.has_begun(shift) and not is_fixed(shift):
            had[shift.staff].append(compiled.option_of[shift.id])
    for worker in compiled.problem.workers:
        taken = {fact.day for fact in worker.facts}
        offered = [
            name
            for name in worker.shifts
            if shifts[name].span.start >= now
            and (worker.id, compiled.meaning[name][1]) not in week.refused
        ]
        offered += (
            name for name in had[worker.id] if name not in offered and shifts[name].day not in taken
        )
        hours = worker.hours
        if aim is Aim.OVERTIME:
            beyond = engine.HoursTarget(
                level=OVERTIME,
                period=source.scale.span(source.span),
                target_min=had_min(week, StaffId(worker.id)),
                under_points=0,
            )
            hours = (*hours, beyond)
        yield replace(worker, shifts=tuple(offered), hours=hours)


def _tasks(week: WeekNow, compiled: CompiledWeek) -> Iterator[engine.Task]:
    """Yield what is still to be done, and what those on running shifts did last.

    A duty that lost nobody keeps its time.
    """
    scale = compiled.source.scale
    now = scale.minute(week.now)
    begun = {done.duty for done in week.done}
    n_had = Counter[str](done.duty for done in week.roster.assignments)
    starts: dict[str, list[int]] = defaultdict(list)
    for done in week.left.assignments:
        starts[done.duty].append(scale.minute(done.start))
    for task in compiled.problem.tasks:
        mine = starts.get(task.id, [])
        if task.id in begun:
            if task.locks:
                yield _as_fact(task)
        elif mine and len(mine) == n_had[task.id] and set(mine) <= {mine[0]} & set(task.starts):
            yield replace(task, earliest_start=mine[0], latest_start=mine[0])
        elif to_come := [start for start in task.starts if start >= now]:
            yield replace(task, earliest_start=to_come[0])


def _as_fact(task: engine.Task) -> engine.Task:
    """Return a task that has begun: of those who do it, and asking for nothing more."""
    return replace(
        task,
        earliest_start=task.locks[0].start,
        latest_start=task.locks[0].start,
        heads=len(task.locks),
        is_crew=False,
        skills=frozenset(),
        familiar_level=None,
        familiar={},
        unfamiliar_points=0,
    )
