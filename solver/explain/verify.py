"""Judges and prices changes with the checks alone, before anybody is told of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from solver.checks import Violation, level_values, violations
from solver.checks.costs import Presence, presence, shortage
from solver.checks.timeline import overlap, timelines
from solver.data.problem import Demand, Problem
from solver.data.solution import Solution
from solver.explain.changes import Change, applied


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of a change.

    Parameters
    ----------
    sums
        Points by level that it adds.
    broken
        Rules that the roster breaks after it and did not break before, facts left out.
    """

    sums: tuple[int, ...]
    broken: tuple[Violation, ...]


class Verifier:
    """Compares a roster of a problem with itself after changes, with nothing but the checks.

    Compared is the part that a change can touch, before and after it; the rest pays and breaks the
    same.
    """

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.solution = applied(solution, Change())
        self._points: dict[str, Counter[str]] = {}

    @cached_property
    def _present(self) -> dict[str, Presence]:
        """Who is at work when, before any change."""
        lines = timelines(self.problem, self.solution)
        return {name: presence(line) for name, line in lines.items()}

    def verdict(self, change: Change, reinforced: Problem | None = None) -> Verdict:
        """Return what the checks say of a change, in a problem with more workers if given."""
        whole = reinforced or self.problem
        after = applied(self.solution, change)
        part = _part(whole, change, self.solution, after)
        one, other = (_in_part(part, roster) for roster in (self.solution, after))
        points = Counter(level_values(part, other))
        points.subtract(level_values(part, one))
        for level, more in self._of_demands(part, change, other):
            points[level] += more
        known = frozenset(violations(part, one))
        return Verdict(
            sums=tuple(points[level] for level in whole.levels),
            broken=tuple(
                each for each in violations(part, other) if not each.is_fact and each not in known
            ),
        )

    def _of_demands(
        self, part: Problem, change: Change, after: Solution
    ) -> Iterator[tuple[str, int]]:
        """Yield the points that demands pay more."""
        lines = timelines(part, after)
        present = {name: presence(lines[name]) for name in change.workers}
        everybody = (self._present | present).values()
        for demand in self.problem.demands:
            if any(self._differs(demand, name, now) for name, now in present.items()):
                yield from shortage(demand, everybody)
                yield from ((level, -points) for level, points in self._now(demand).items())

    def _differs(self, demand: Demand, worker: str, now: Presence) -> bool:
        """Tell whether a worker is there at other times of a demand."""
        skills, spans = now
        _, before = self._present.get(worker, (skills, []))
        if not demand.skills <= skills or spans == before:
            return False
        changed = (Counter(spans) - Counter(before)) + (Counter(before) - Counter(spans))
        return any(overlap(span, demand.span) for span in changed)

    def _now(self, demand: Demand) -> Counter[str]:
        """Return what a demand pays before any change; remembered."""
        if demand.id not in self._points:
            points: Counter[str] = Counter()
            for level, each in shortage(demand, self._present.values()):
                points[level] += each
            self._points[demand.id] = points
        return self._points[demand.id]


def _part(problem: Problem, change: Change, before: Solution, after: Solution) -> Problem:
    """Return the part of a problem, without demands, that rules and prices tie to a change.

    Those it touches, with all their tasks; all who do one of those tasks, keep together with one of
    them, begin a changed shift in the same team, stand in a pairing with one of them or do
    what is linked to what one of them does; and whatever all these do.
    """
    pairings = tuple(p for p in problem.pairings if not set(p.everybody).isdisjoint(change.workers))
    touched = set(change.workers)
    team_of = {worker.id: worker.team for worker in problem.workers}
    teams = {team_of[name] for name in touched} - {None}
    rosters = (before, after)
    shifts = {w.shift for w in (*change.shifts_out, *change.shifts_in)}
    tasks = {p.task for each in rosters for p in each.tasks if p.worker in touched}
    crews = {
        (w.crew, w.shift) for each in rosters for w in each.shifts if w.crew and w.worker in touched
    }
    names = touched.union(*(pairing.everybody for pairing in pairings))
    names |= {p.worker for each in rosters for p in each.tasks if p.task in tasks}
    names |= {
        w.worker
        for each in rosters
        for w in each.shifts
        if (w.shift in shifts and team_of[w.worker] in teams) or (w.crew, w.shift) in crews
    }
    names |= _linked(problem, rosters, tasks)
    tasks |= {p.task for each in rosters for p in each.tasks if p.worker in names}
    reference = problem.reference
    return replace(
        problem,
        workers=tuple(worker for worker in problem.workers if worker.id in names),
        tasks=tuple(
            replace(task, locks=tuple(lock for lock in task.locks if lock.worker in names))
            for task in problem.tasks
            if task.id in tasks
        ),
        demands=(),
        pairings=pairings,
        reference=reference
        and replace(
            reference,
            shifts=tuple(pair for pair in reference.shifts if pair[0] in names),
            tasks=tuple(p for p in reference.tasks if p[0] in tasks and p[1] in names),
        ),
    )


def _linked(problem: Problem, rosters: Iterable[Solution], tasks: Iterable[str]) -> set[str]:
    """Return who does what is linked to some tasks."""
    links = {problem.task_by_id[name].link for name in tasks} - {None}
    return {
        placed.worker
        for roster in rosters
        for placed in (roster.tasks if links else ())
        if problem.task_by_id[placed.task].link in links
    }


def _in_part(part: Problem, roster: Solution) -> Solution:
    """Return what a part's workers do."""
    names = part.worker_by_id
    return replace(
        roster,
        shifts=tuple(worked for worked in roster.shifts if worked.worker in names),
        tasks=tuple(placed for placed in roster.tasks if placed.worker in names),
    )
