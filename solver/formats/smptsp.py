"""The shift minimisation format (Krishnamoorthy, Ernst and Baatar 2012).

All jobs lie in one day; each worker may have one shift, which takes in all of it and costs a point.
"""

from collections.abc import Iterator

from solver.data.problem import Preference, Problem, Shift, Task, Worker
from solver.data.rules import RuleBook, ShiftsPerDay
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.formats.lines import Rows, whole

NAME = "smptsp"

LEVELS = ("undone", "workers")
"""Jobs that nobody does, and workers used."""

_MOST, _LATEST = 100_000, 1_000_000


def is_mine(text: str) -> bool:
    """Tell whether a text is of this format."""
    return any(line.startswith("Jobs") for line in text.splitlines())


def read(text: str) -> Problem:
    """Return the problem that a file says.

    Raises
    ------
    InvalidProblemError
        When it is not of this format; the message names the line.
    """
    rows = Rows(text)
    if rows.line.text.startswith("Type"):
        rows.take()
    jobs = [_job(rows) for _ in range(rows.count("Jobs", 1, _MOST))]
    n_workers = rows.count("Qualifications", 1, _MOST)
    can_do = [rows.take().numbers_after_colon(len(jobs)) for _ in range(n_workers)]
    rows.end()
    whole_day = Span(min(job.start for job in jobs), max(job.end for job in jobs))
    shift = Shift(id="shift", day=0, kind="shift", parts=(whole_day,), counted_min={"all": 0})
    return Problem(
        horizon=whole_day,
        days=(whole_day,),
        levels=LEVELS,
        rule_books=(RuleBook(id="all", rules=(ShiftsPerDay(most=1),)),),
        shifts=(shift,),
        workers=tuple(_worker(number, mine) for number, mine in enumerate(can_do)),
        tasks=tuple(_tasks(jobs)),
    )


def assignments(problem: Problem, solution: Solution) -> list[int | None]:
    """Return the worker of each job."""
    doers = {placed.task: int(placed.worker) for placed in solution.tasks}
    return [doers.get(task.id) for task in problem.tasks]


def _job(rows: Rows) -> Span:
    line = rows.take()
    cells = line.text.split()
    if len(cells) != 2:
        raise line.wrong(f"there are {len(cells)} numbers, not 2")
    start, end = (whole(line, cell, 0, _LATEST) for cell in cells)
    if end <= start:
        raise line.wrong("the job ends before it starts")
    return Span(start, end)


def _worker(number: int, can_do: frozenset[int]) -> Worker:
    return Worker(
        id=str(number),
        rule_book="all",
        shifts=("shift",),
        skills=frozenset(str(job) for job in can_do),
        preferences=(Preference(level="workers", name="used", days=(0,), points=1),),
    )


def _tasks(jobs: list[Span]) -> Iterator[Task]:
    for number, job in enumerate(jobs):
        yield Task(
            id=str(number),
            place=None,
            earliest_start=job.start,
            latest_start=job.start,
            duration_min=job.length,
            skills=frozenset({str(number)}),
            level="undone",
            missing_points=1,
        )
