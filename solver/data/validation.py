"""Refuses problems that contradict themselves, naming the field."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from solver.data.errors import InvalidProblemError
from solver.data.spans import Span

if TYPE_CHECKING:
    from solver.data.problem import Problem, Shift, Task, Worker


def validate(problem: "Problem") -> None:
    """Raise ``InvalidProblemError`` unless every name exists and every span makes sense."""
    _unique("shifts", (shift.id for shift in problem.shifts))
    _unique("workers", (worker.id for worker in problem.workers))
    _unique("tasks", (task.id for task in problem.tasks))
    _unique("demands", (demand.id for demand in problem.demands))
    _unique("rule_books", (book.id for book in problem.rule_books))
    _unique("levels", problem.levels)
    if problem.horizon.end <= problem.horizon.start:
        raise InvalidProblemError("Problem.horizon is empty.")
    for shift in problem.shifts:
        _check_shift(problem, shift)
    for worker in problem.workers:
        _check_worker(problem, worker)
    for task in problem.tasks:
        _check_task(problem, task)
    for demand in problem.demands:
        _check_spans(f"Demand {demand.id}.span", (demand.span,))
        for _, level, points in demand.levels:
            _check_level(problem, f"demand {demand.id}", level, points)
    _check_spans("Problem.days", problem.days)
    if problem.travel_level is not None:
        _check_level(problem, "Problem.travel_level", problem.travel_level, problem.travel_points)
    _check_reference(problem)
    if any(minutes < 0 for matrix in problem.travel.values() for minutes in matrix.values()):
        raise InvalidProblemError("Problem.travel has negative minutes.")


def _check_reference(problem: "Problem") -> None:
    reference = problem.reference
    if reference is None:
        return
    for points in (reference.shift_points, reference.task_points):
        _check_level(problem, "Problem.reference", reference.level, points)
    for worker, shift in reference.shifts:
        if worker not in problem.worker_by_id or shift not in problem.shift_by_id:
            raise InvalidProblemError(
                f"Problem.reference.shifts names unknown {worker!r} or {shift!r}."
            )
    for task, worker in reference.tasks:
        if worker not in problem.worker_by_id or task not in problem.task_by_id:
            raise InvalidProblemError(
                f"Problem.reference.tasks names unknown {task!r} or {worker!r}."
            )


def _check_spans(field: str, spans: Iterable[Span]) -> None:
    if any(span.end <= span.start for span in spans):
        raise InvalidProblemError(f"{field} has a span that ends before or as it starts.")


def _unique(field: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            raise InvalidProblemError(f"Problem.{field} has {item!r} twice.")
        seen.add(item)


def _check_level(problem: "Problem", owner: str, level: str, points: int) -> None:
    if level not in problem.levels:
        raise InvalidProblemError(f"{owner} names level {level!r}, which Problem.levels lacks.")
    if points < 0:
        raise InvalidProblemError(f"{owner} has {points} points; points are 0 or more.")


def _check_shift(problem: "Problem", shift: "Shift") -> None:
    if not 0 <= shift.day < len(problem.days):
        raise InvalidProblemError(f"Shift {shift.id}.day {shift.day} is not a day of the problem.")
    if not shift.parts:
        raise InvalidProblemError(f"Shift {shift.id}.parts is empty.")
    last_end: int | None = None
    for part in shift.parts:
        if part.end <= part.start or (last_end is not None and part.start <= last_end):
            raise InvalidProblemError(f"Shift {shift.id}.parts are empty, touch or overlap.")
        last_end = part.end
    if not problem.horizon.start <= shift.parts[0].start < problem.horizon.end:
        raise InvalidProblemError(f"Shift {shift.id} does not begin in Problem.horizon.")
    if min(shift.break_min, shift.lead_in_min, shift.lead_out_min) < 0:
        raise InvalidProblemError(f"Shift {shift.id} has negative minutes.")
    if shift.break_min >= max(part.length for part in shift.parts):
        raise InvalidProblemError(f"Shift {shift.id}.break_min does not fit into a part.")


def _check_worker(problem: "Problem", worker: "Worker") -> None:
    if worker.rule_book not in problem.rule_book_by_id:
        raise InvalidProblemError(f"Worker {worker.id}.rule_book {worker.rule_book!r} is unknown.")
    for name in worker.shifts:
        shift = problem.shift_by_id.get(name)
        if shift is None:
            raise InvalidProblemError(f"Worker {worker.id}.shifts names unknown {name!r}.")
        if worker.rule_book not in shift.counted_min:
            raise InvalidProblemError(
                f"Shift {name}.counted_min lacks rule book {worker.rule_book!r}."
            )
    for fact in worker.facts:
        if not fact.parts:
            raise InvalidProblemError(f"Fact {fact.id}.parts is empty.")
        if fact.shift is not None and fact.shift not in problem.shift_by_id:
            raise InvalidProblemError(f"Fact {fact.id}.shift {fact.shift!r} is unknown.")
        _check_spans(f"Fact {fact.id}.parts", fact.parts)
        if not 0 <= fact.day < len(problem.days):
            raise InvalidProblemError(f"Fact {fact.id}.day {fact.day} is not a day of the problem.")
    _check_spans(f"Worker {worker.id}.blocked", worker.blocked)
    _check_spans(f"Worker {worker.id}.bound", worker.bound)
    _check_spans(f"Worker {worker.id}.standby", worker.standby)
    _check_wants(problem, worker)


def _check_wants(problem: "Problem", worker: "Worker") -> None:
    name = f"worker {worker.id}"
    for preference in worker.preferences:
        _check_level(problem, name, preference.level, preference.points)
    for share in worker.fair_shares:
        _check_level(problem, name, share.level, share.points)
        if share.share < 0:
            raise InvalidProblemError(f"Worker {worker.id}.fair_shares has a share below 0.")
    if worker.short_rest is not None:
        _check_level(problem, name, worker.short_rest.level, worker.short_rest.points)
    for target in worker.hours:
        least_points = min(target.over_points, target.under_points)
        _check_level(problem, name, target.level, least_points)
        _check_spans(f"Worker {worker.id}.hours", (target.period,))
        if target.step_min < 1:
            raise InvalidProblemError(f"Worker {worker.id}.hours.step_min is below 1.")


def _check_task(problem: "Problem", task: "Task") -> None:
    if task.latest_start < task.earliest_start:
        raise InvalidProblemError(f"Task {task.id}.latest_start is before earliest_start.")
    if task.duration_min < 0 or task.heads < 1 or task.step_min < 1:
        raise InvalidProblemError(f"Task {task.id} needs a duration, heads and a step above 0.")
    if task.is_crew and task.heads % 2:
        raise InvalidProblemError(f"Task {task.id} is for crews; its heads must be even.")
    _check_level(problem, f"task {task.id}", task.level, task.missing_points)
    if task.familiar_level is not None:
        for points in (task.unfamiliar_points, *task.familiar.values()):
            _check_level(problem, f"task {task.id}", task.familiar_level, points)
    for lock in task.locks:
        if lock.worker not in problem.worker_by_id:
            raise InvalidProblemError(f"Task {task.id}.locks names unknown {lock.worker!r}.")
