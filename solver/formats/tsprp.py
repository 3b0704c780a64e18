"""The format of task scheduling and personnel rostering (Smet, Ernst and Vanden Berghe 2016).

Tasks lie inside shifts; each costs a point on the first level when nobody does it, and so does a
shift without a task. All else that the format counts are soft rules of one book.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    Rule,
    RuleBook,
    ShiftsPerDay,
    TasksPerShift,
    Weekends,
)
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.formats.lines import FileLine, Rows

NAME = "tsprp"

LEVELS = ("undone", "cost")
"""Tasks that nobody does and shifts without any, and what the format counts."""

_DAY, _MOST, _MOST_DAYS = 24 * 60, 100_000, 371
_SATURDAY = 5


@dataclass(slots=True)
class _File:
    """What is known of a file: tasks as day and time, shifts as time of the day, days."""

    tasks: list[tuple[int, Span]]
    shifts: list[Span]
    can_do: list[frozenset[int]]
    n_days: int
    rules: list[Rule] = field(default_factory=list)

    @property
    def horizon(self) -> Span:
        return Span(0, self.n_days * _DAY)


def is_mine(text: str) -> bool:
    """Tell whether a text is of this format."""
    return any(line.startswith("Shift constraints") for line in text.splitlines())


def read(text: str) -> Problem:
    """Return the problem that a file says.

    Raises
    ------
    InvalidProblemError
        When it is not of this format; the message names the line.
    """
    rows = Rows(text)
    tasks = [_task(rows.take()) for _ in range(rows.count("Tasks", 1, _MOST))]
    n_shifts = rows.count("Shifts", 1, 1 + _DAY)
    rows.take()  # the day off
    shifts = [_shift(rows.take()) for _ in range(n_shifts - 1)]
    n_workers = rows.count("Employees", 1, _MOST)
    can_do = [rows.take().numbers_after_colon(len(tasks)) for _ in range(n_workers)]
    line = rows.line
    file = _File(tasks, shifts, can_do, rows.count("Days", 1, _MOST_DAYS))
    if any(day >= file.n_days for day, _ in tasks):
        raise line.wrong("a task lies on a later day")
    file.rules = list(_rules(file, rows))
    rows.end()
    kinds = range(1, len(shifts) + 1)
    return Problem(
        horizon=file.horizon,
        days=tuple(Span(day * _DAY, (day + 1) * _DAY) for day in range(file.n_days)),
        levels=LEVELS,
        rule_books=(RuleBook(id="all", rules=tuple(file.rules)),),
        shifts=tuple(_shifts(file)),
        workers=tuple(
            Worker(
                id=str(number),
                rule_book="all",
                shifts=tuple(f"{day} {kind}" for day in range(file.n_days) for kind in kinds),
                skills=frozenset(str(task) for task in mine),
            )
            for number, mine in enumerate(can_do)
        ),
        tasks=tuple(_tasks(file)),
    )


def assignments(problem: Problem, solution: Solution) -> dict[str, list[object]]:
    """Return the employee of each task, and the shift of each day by employee; 0 for a day off."""
    doers = {placed.task: int(placed.worker) for placed in solution.tasks}
    roster = {worker.id: [0] * len(problem.days) for worker in problem.workers}
    for worked in solution.shifts:
        shift = problem.shift_by_id[worked.shift]
        roster[worked.worker][shift.day] = int(shift.kind)
    return {
        "tasks": [doers.get(task.id) for task in problem.tasks],
        "roster": list(roster.values()),
    }


def _task(line: FileLine) -> tuple[int, Span]:
    start, end, day = line.numbers(3, _MOST)
    if end <= start:
        raise line.wrong("the task ends before it starts")
    return day, Span(start, end)


def _shift(line: FileLine) -> Span:
    start, _, _, length, *_ = line.numbers(6, _MOST)
    if not length or start >= _DAY or length > 2 * _DAY:
        raise line.wrong("the shift has no length, or does not begin on its day")
    return Span(start, start + length)


def _rules(file: _File, rows: Rows) -> Iterator[Rule]:
    line = rows.take()
    if line.text != "Shift constraints":
        raise line.wrong("the shift constraints are expected here")
    yield ShiftsPerDay(most=1)
    least, most = rows.take().numbers(2, _MOST_DAYS)
    yield _count(file, least, most)
    least, most = rows.take().numbers(2, _MOST_DAYS)  # days off
    yield _count(file, max(0, file.n_days - most), max(0, file.n_days - least))
    for kind in range(1, len(file.shifts) + 1):
        least, most = rows.take().numbers(2, _MOST_DAYS)
        yield _count(file, least, most, str(kind))
    line = rows.take()
    most_off, most_on = line.numbers(2, _MOST_DAYS)
    if not most_on:
        raise line.wrong("nobody may work a single day")
    yield ConsecutiveDays(most=most_on, level="cost")
    yield ConsecutiveDaysOff(least=2 if _is_true(rows.take()) else 1, most=most_off, level="cost")
    weekends = [(day, day + 1) for day in range(_SATURDAY, file.n_days - 1, 7)]
    yield Weekends(weekends=tuple(weekends), is_complete=_is_true(rows.take()), level="cost")
    pairs = [rows.take().numbers(2, len(file.shifts)) for _ in range(rows.count(_PAIRS, 0, _MOST))]
    sequences = tuple((str(one), str(two)) for one, two in pairs)
    yield ForbiddenSequence(sequences=sequences, level="cost")
    yield TasksPerShift(level="undone")


_PAIRS = "Forbidden sequences"


def _count(file: _File, least: int, most: int, *kinds: str) -> Rule:
    return CountOfShifts(
        periods=(file.horizon,), kinds=frozenset(kinds), least=least, most=most, level="cost"
    )


def _is_true(line: FileLine) -> bool:
    if line.text not in {"true", "false"}:
        raise line.wrong("it is neither true nor false")
    return line.text == "true"


def _shifts(file: _File) -> Iterator[Shift]:
    for day in range(file.n_days):
        for kind, span in enumerate(file.shifts, 1):
            yield Shift(
                id=f"{day} {kind}",
                day=day,
                kind=str(kind),
                parts=(Span(day * _DAY + span.start, day * _DAY + span.end),),
                counted_min={"all": 0},
            )


def _tasks(file: _File) -> Iterator[Task]:
    for number, (day, span) in enumerate(file.tasks):
        yield Task(
            id=str(number),
            place=None,
            earliest_start=day * _DAY + span.start,
            latest_start=day * _DAY + span.start,
            duration_min=span.length,
            skills=frozenset({str(number)}),
            level="undone",
            missing_points=1,
        )
