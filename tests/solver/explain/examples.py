"""Small things for examples by hand."""

from solver.data.problem import Task, Worker
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from tests.solver.small import HOUR, SHIFTS

ALL = tuple(shift.id for shift in SHIFTS)


def task(name: str = "t", hour: int = 9, **more: object) -> Task:
    """Return a task of an hour at a place, promised."""
    given: dict[str, object] = {
        "place": "a",
        "earliest_start": hour * HOUR,
        "latest_start": hour * HOUR,
        "duration_min": 60,
        "level": "promise",
        "missing_points": 4,
    }
    return Task(id=name, **{**given, **more})


def someone(name: str = "w", *, shifts: tuple[str, ...] = ("day0",), **more: object) -> Worker:
    """Return a worker who may be given some shifts and wants nothing."""
    return Worker(id=name, rule_book="book", shifts=shifts, travel_mode="car", **more)


def works(
    worker: str, shift: str, pause: int | None = None, crew: str | None = None
) -> WorkedShift:
    """Return a worked shift with a break of half an hour from a minute."""
    breaks = () if pause is None else (Span(pause, pause + 30),)
    return WorkedShift(worker=worker, shift=shift, breaks=breaks, crew=crew)


def does(name: str, worker: str, start: int) -> PlacedTask:
    """Return a task done by a worker."""
    return PlacedTask(task=name, worker=worker, start=start)


def roster(*shifts: WorkedShift, tasks: tuple[PlacedTask, ...] = ()) -> Solution:
    """Return a roster of some shifts and tasks."""
    return Solution(shifts=shifts, tasks=tasks, levels=())
