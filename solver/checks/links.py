"""Tasks that the same people are to do."""

from collections import defaultdict
from collections.abc import Iterator

from solver.checks.violation import Violation
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.data.spans import Span


def check_links(problem: Problem, solution: Solution) -> Iterator[Violation]:
    """Yield hard links whose tasks more people do than may."""
    doers = _doers(problem, solution)
    for link in problem.links:
        workers = doers[link.id]
        if link.level is None and len(workers) > link.most:
            spans = [
                Span(placed.start, placed.start + problem.task_by_id[placed.task].duration_min)
                for placed in solution.tasks
                if problem.task_by_id[placed.task].link == link.id
            ]
            locked = {
                lock.worker for task in problem.tasks if task.link == link.id for lock in task.locks
            }
            yield Violation(
                rule="linked",
                workers=tuple(sorted(workers)),
                span=Span(min(span.start for span in spans), max(span.end for span in spans)),
                is_fact=len(locked & workers) > link.most,
                values=(("n_workers", len(workers)), ("most", link.most)),
            )


def link_points(problem: Problem, solution: Solution) -> Iterator[tuple[str, str, int]]:
    """Yield level, rule and points of each soft link."""
    doers = _doers(problem, solution)
    for link in problem.links:
        if link.level is not None:
            yield link.level, "linked", link.points * max(0, len(doers[link.id]) - link.most)


def _doers(problem: Problem, solution: Solution) -> dict[str, set[str]]:
    """Return by link who does its tasks."""
    found: dict[str, set[str]] = defaultdict(set)
    for placed in solution.tasks if problem.links else ():
        link = problem.task_by_id[placed.task].link
        if link is not None:
            found[link].add(placed.worker)
    return found
