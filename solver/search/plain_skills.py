"""Skills that exclude, hold for a time only or are preferred, as plain ones that somebody has.

The search and the explanations know a task by the skills that it asks for and by what each worker
costs in it. All else that is said of skills is told them in these words, once and beforehand.
"""

from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial

from solver.data.problem import Demand, Problem, Task, Worker
from solver.data.spans import Span
from solver.search.legality import overlaps


def with_plain_skills(problem: Problem) -> Problem:
    """Return a problem with the same rosters at the same points in which skills are plain.

    It is the same one when they are so already.
    """
    if not any(worker.skill_spans for worker in problem.workers) and not any(
        task.excluded or task.preferred or task.disliked for task in problem.tasks
    ):
        return problem
    return _Plain(problem).made()


class _Plain:
    """Makes skills plain.

    What stands for a skill that excludes is called ``not`` and its name; for one that passes, its
    name and ``then``.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        asked = [each.skills | each.excluded for each in problem.tasks]
        asked += [each.skills for each in problem.demands] + [w.skills for w in problem.workers]
        self._known = frozenset[str]().union(*asked)
        self._passing = {name for worker in problem.workers for name, _ in worker.skill_spans}
        self._made: dict[tuple[str, frozenset[str]], str] = {}
        self._more: dict[str, set[str]] = {worker.id: set() for worker in problem.workers}

    def made(self) -> Problem:
        tasks = tuple(self._task(task) for task in self._problem.tasks)
        demands = tuple(self._demand(demand) for demand in self._problem.demands)
        workers = tuple(
            replace(worker, skills=worker.skills | self._more[worker.id], skill_spans=())
            for worker in self._problem.workers
        )
        return replace(self._problem, workers=workers, tasks=tasks, demands=demands)

    def _task(self, task: Task) -> Task:
        window = task.window
        plain = replace(
            task,
            skills=self._wanted(task.skills, window) | self._kept_out(task.excluded, window),
            excluded=frozenset(),
            preferred={},
            disliked={},
        )
        if not task.preferred and not task.disliked:
            return plain
        return replace(
            plain,
            familiar={worker.id: _points(task, worker) for worker in self._problem.workers},
            unfamiliar_points=task.unfamiliar_points + sum(task.preferred.values()),
        )

    def _demand(self, demand: Demand) -> Demand:
        return replace(demand, skills=self._wanted(demand.skills, demand.span))

    def _wanted(self, skills: frozenset[str], span: Span) -> frozenset[str]:
        """Return skills as those that whoever has them throughout a span has."""
        return frozenset(
            self._skill(f"{name} then", partial(_holds, name, span))
            if name in self._passing
            else name
            for name in skills
        )

    def _kept_out(self, skills: frozenset[str], span: Span) -> frozenset[str]:
        """Return what whoever has none of some skills at any time of a span has."""
        return frozenset(self._skill(f"not {name}", partial(_lacks, name, span)) for name in skills)

    def _skill(self, sort: str, has: Callable[[Worker], bool]) -> str:
        """Return a skill that exactly those have who should; one of a sort for the same workers."""
        able = frozenset(worker.id for worker in self._problem.workers if has(worker))
        key = (sort, able)
        if key not in self._made:
            self._made[key] = _unlike(sort, self._known | set(self._made.values()))
            for name in able:
                self._more[name].add(self._made[key])
        return self._made[key]


def _holds(skill: str, span: Span, worker: Worker) -> bool:
    """Tell whether a worker has a skill throughout a span."""
    spans = [s for name, s in worker.skill_spans if name == skill] or [span]
    is_there = any(s.start <= span.start and span.end <= s.end for s in spans)
    return skill in worker.skills and is_there


def _lacks(skill: str, span: Span, worker: Worker) -> bool:
    """Tell whether a worker has a skill at no time of a span."""
    spans = [s for name, s in worker.skill_spans if name == skill]
    is_there = not spans or any(overlaps(span, other) for other in spans)
    return skill not in worker.skills or not is_there


def _points(task: Task, worker: Worker) -> int:
    """Return what a worker costs in a task."""
    points = task.familiar.get(worker.id, task.unfamiliar_points)
    points += sum(n for s, n in task.preferred.items() if not _holds(s, task.window, worker))
    return points + sum(n for s, n in task.disliked.items() if not _lacks(s, task.window, worker))


def _unlike(name: str, known: Container[str]) -> str:
    """Return a name that is not known yet."""
    while name in known:
        name += "+"
    return name
