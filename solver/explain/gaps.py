"""Why a task lacks heads: what keeps each worker from it, and whether anybody could be there."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.solution import Blocker, Solution, TaskGap
from solver.data.spans import Span
from solver.search.enumeration import PatternLibrary
from solver.search.legality import away
from solver.search.patterns import WorkerPatterns
from solver.search.supply import conflict, fits

_ABSENT = frozenset({"blocked", "off", "no-shift"})
"""Codes of workers who are not there at all."""

FREE = "free"
"""Not a blocker: nothing but the order of importance keeps the worker away."""


def explain_gaps(problem: Problem, solution: Solution) -> tuple[TaskGap, ...]:
    """Return a gap for each task of a roster that lacks heads."""
    library = PatternLibrary()
    patterns = {w.id: WorkerPatterns(problem, w, library) for w in problem.workers}
    explainer = _Explainer(problem, solution, patterns)
    heads = Counter(placed.task for placed in solution.tasks)
    return tuple(
        explainer.gap(task, task.heads - heads[task.id])
        for task in problem.tasks
        if heads[task.id] < task.heads
    )


class _Explainer:
    def __init__(
        self, problem: Problem, solution: Solution, patterns: Mapping[str, WorkerPatterns]
    ) -> None:
        self.problem = problem
        self.patterns = patterns
        self.levels = {each.level: each for each in solution.levels}
        self.worked: dict[str, list[str]] = defaultdict(list)
        self.busy: dict[str, list[tuple[Task, int]]] = defaultdict(list)
        self.crews: dict[tuple[str, str], str | None] = {}
        self.breaks: dict[tuple[str, str], tuple[Span, ...]] = {}
        self._broken: dict[tuple[str, str], set[str]] = {}
        for worked in solution.shifts:
            self.worked[worked.worker].append(worked.shift)
            self.crews[worked.worker, worked.shift] = worked.crew
            self.breaks[worked.worker, worked.shift] = worked.breaks
        for placed in solution.tasks:
            task = problem.task_by_id[placed.task]
            self.busy[placed.worker].append((task, placed.start))

    def gap(self, task: Task, missing: int) -> TaskGap:
        """Return the gap of a task."""
        skilled = [worker for worker in self.problem.workers if worker.skills >= task.skills]
        fitting = {shift.id: shift for shift in self.problem.shifts if fits(shift, task)}
        codes: dict[str, list[str]] = defaultdict(list)
        for worker in skilled:
            if not any(task is other for other, _ in self.busy[worker.id]):
                for code in sorted(self._codes(worker, task, fitting)):
                    codes[code].append(worker.id)
        reason: Literal["supply", "rule", "preference"] = "rule"
        if codes.keys() <= _ABSENT:
            reason = "supply"
        elif FREE in codes or "other-work" in codes:
            reason = "preference"
        return TaskGap(
            task=task.id,
            missing=missing,
            reason=reason,
            proof=self._proof(task, missing, skilled, fitting),
            blockers=tuple(
                Blocker(code=code, workers=tuple(names))
                for code, names in sorted(codes.items())
                if code != FREE
            ),
        )

    def _codes(self, worker: Worker, task: Task, fitting: Mapping[str, Shift]) -> set[str]:
        """Return what keeps a worker from a task; `FREE` alone if nothing does."""
        there = [fitting[name] for name in self.worked[worker.id] if name in fitting]
        if there:
            return self._codes_at_work(worker, task, there)
        reach = Span(task.earliest_start, task.latest_start + max(1, task.duration_min))
        if any(span.start <= reach.start and reach.end <= span.end for span in worker.blocked):
            return {"blocked"}
        if not worker.shifts:
            return {"off"}
        candidates = [fitting[name] for name in worker.shifts if name in fitting]
        if not candidates:
            return {"no-shift"}
        found: set[str] = set()
        for shift in candidates:
            if (worker.id, shift.id) not in self._broken:
                self._broken[worker.id, shift.id] = self._codes_of_more_work(worker, shift)
            more = self._broken[worker.id, shift.id]
            if not more:
                return {FREE}
            found |= more
        return found

    def _codes_at_work(self, worker: Worker, task: Task, shifts: Sequence[Shift]) -> set[str]:
        for code, taken in (("blocked", worker.blocked), ("bound", worker.bound)):
            if taken and not any(fits(shift, task, taken) for shift in shifts):
                return {code}
        if task.is_crew and all(self.crews[worker.id, shift.id] is None for shift in shifts):
            return {"no-crew"}
        others = self.busy[worker.id]
        spans = [Span(start, start + other.duration_min) for other, start in others]
        spans += [span for shift in shifts for span in self.breaks[worker.id, shift.id]]
        if not any(fits(shift, task, (*away(worker), *spans)) for shift in shifts):
            return {"other-work"}
        for start in task.starts:
            if not any(
                conflict(self.problem, worker.travel_mode, (task, start), other) for other in others
            ):
                return {FREE}
        return {"travel"}

    def _codes_of_more_work(self, worker: Worker, shift: Shift) -> set[str]:
        """Return what a shift breaks beside the worker's other ones; a planned one may give way."""
        given = {fact.shift for fact in worker.facts}
        planned = [
            self.problem.shift_by_id[name] for name in self.worked[worker.id] if name not in given
        ]
        moved = [other for other in planned if other.day != shift.day]
        found = self.patterns[worker.id].rules.breaches([*moved, shift])
        if not found and len(moved) < len(planned):
            return {"other-work"}
        return found

    def _proof(
        self, task: Task, missing: int, skilled: Sequence[Worker], fitting: Mapping[str, Shift]
    ) -> Literal["nobody", "bound"] | None:
        locked = len({lock.worker for lock in task.locks})
        if missing <= max(0, task.heads - locked) - self._most_heads(task, skilled, fitting):
            return "nobody"
        level = self.levels[task.level]
        return "bound" if level.bound is not None and level.value == level.bound else None

    def _most_heads(
        self, task: Task, skilled: Sequence[Worker], fitting: Mapping[str, Shift]
    ) -> int:
        """Return how many heads could ever be there together, each with a legal roster."""
        by_crew: Counter[tuple[str | None, str]] = Counter()
        n_reaching = 0
        for worker in skilled:
            given = {fact.shift for fact in worker.facts if fact.shift is not None}
            names = (self.patterns[worker.id].reached | given) & fitting.keys()
            if away(worker):
                names = frozenset(name for name in names if fits(fitting[name], task, away(worker)))
            n_reaching += bool(names)
            by_crew.update((worker.team, name) for name in names if worker.team is not None)
        if task.is_crew and max(by_crew.values(), default=0) < 2:
            return 0
        return n_reaching
