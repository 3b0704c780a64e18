"""What a roster pays on each level, as the search sees it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from solver.data.problem import Demand, Problem, Worker
from solver.data.rules import TasksPerShift
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.legality import away, minus
from solver.search.links import link_points
from solver.search.patterns import Pattern, Patterns
from solver.search.supply import QUARTER

Values = dict[str, int]


class Presence:
    """Workers at work, minute by minute, for each set of skills that some demand asks for."""

    def __init__(self, problem: Problem) -> None:
        ends = [span.end for span in (demand.span for demand in problem.demands)]
        starts = [demand.span.start for demand in problem.demands]
        self.start = min(starts, default=0)
        self.end = max(ends, default=0)
        self._by_skills = {
            demand.skills: np.zeros(self.end - self.start, np.int32) for demand in problem.demands
        }

    def add(self, worker: Worker, spans: Iterable[Span], count: int = 1) -> None:
        """Count a worker, or take one away, during some spans."""
        for skills, line in self._by_skills.items():
            if worker.skills >= skills:
                for span in spans:
                    first, last = span.start - self.start, span.end - self.start
                    if last > 0:
                        line[max(0, first) : last] += count

    def fingerprint(self, span: Span) -> bytes:
        """Return what tells one course of a span from another."""
        first, last = max(0, span.start - self.start), max(0, span.end - self.start)
        return b"".join(line[first:last].tobytes() for line in self._by_skills.values())

    def during(self, skills: frozenset[str], span: Span) -> npt.NDArray[np.int32]:
        """Return how many are there in each minute of a span."""
        return self._by_skills[skills][span.start - self.start : span.end - self.start]


def at_work(worker: Worker, parts: Sequence[Span], breaks: Sequence[Span]) -> list[Span]:
    """Return the time of a shift that counts for demands: not on a break, bound or blocked."""
    holes = [*breaks, *away(worker)]
    return [piece for part in parts for piece in minus(part, holes)]


def presence_of(problem: Problem, shifts: Iterable[WorkedShift]) -> Presence:
    """Return who is at work: the shifts given, and facts that are no shift of the problem."""
    presence = Presence(problem)
    for worker in problem.workers:
        for fact in worker.facts:
            if fact.shift is None:
                presence.add(worker, at_work(worker, fact.parts, ()))
    for worked in shifts:
        worker = problem.worker_by_id[worked.worker]
        parts = problem.shift_by_id[worked.shift].parts
        presence.add(worker, at_work(worker, parts, worked.breaks))
    return presence


@dataclass(frozen=True, slots=True)
class Shortage:
    """Heads that a demand lacks on a level, for so many points each.

    Parameters
    ----------
    heads
        In each quarter, from the demand's start on.
    """

    demand: Demand
    level: str
    points: int
    heads: npt.NDArray[np.int32]


def demand_shortages(problem: Problem, presence: Presence) -> Iterable[Shortage]:
    """Yield what each demand lacks on each of its levels, in their order."""
    for demand in problem.demands:
        if not demand.span.length:
            continue
        there = presence.during(demand.skills, demand.span)
        fewest = np.minimum.reduceat(there, np.arange(0, len(there), QUARTER))
        for heads, level, points in demand.levels:
            yield Shortage(demand, level, points, np.maximum(heads - fewest, 0))


def n_lacking(problem: Problem, shifts: Iterable[WorkedShift], tasks: Iterable[PlacedTask]) -> int:
    """Return the heads that lack: of tasks, and of demands on the level that matters most of each.

    Of a demand's quarters that follow each other it is the most that lack in one of them.
    """
    heads = Counter(placed.task for placed in tasks)
    total = sum(max(0, task.heads - heads[task.id]) for task in problem.tasks)
    rank = problem.levels.index
    first = {
        demand.id: min((level for _, level, _ in demand.levels), key=rank, default=None)
        for demand in problem.demands
    }
    most: dict[str, npt.NDArray[np.int64]] = {}
    for short in demand_shortages(problem, presence_of(problem, shifts)):
        name = short.demand.id
        if short.level == first[name]:
            most[name] = np.maximum(most.get(name, 0), short.heads)
    for lacking in most.values():
        lacks = lacking > 0
        begins = np.flatnonzero(lacks & ~np.r_[False, lacks[:-1]])
        if begins.size:
            total += int(np.maximum.reduceat(lacking, begins).sum())
    return total


def demand_surpluses(problem: Problem, presence: Presence) -> Iterable[tuple[str, int]]:
    """Yield level and points for each quarter in which more are there than enough."""
    for demand in problem.demands:
        if not demand.most or not demand.span.length:
            continue
        there = presence.during(demand.skills, demand.span)
        most = np.maximum.reduceat(there, np.arange(0, len(there), QUARTER))
        for heads, level, points in demand.most:
            yield level, points * int(np.maximum(most - heads, 0).sum())


def _presence_points(problem: Problem, presence: Presence) -> Iterable[tuple[str, int]]:
    for short in demand_shortages(problem, presence):
        yield short.level, short.points * int(short.heads.sum())
    yield from demand_surpluses(problem, presence)


def travelled(problem: Problem, shifts: Iterable[WorkedShift], tasks: Iterable[PlacedTask]) -> int:
    """Return the minutes travelled between tasks that follow each other in a part of a shift."""
    done: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for placed in tasks:
        end = placed.start + problem.task_by_id[placed.task].duration_min
        done[placed.worker].append((placed.start, end, placed.task))
    parts: dict[str, list[Span]] = defaultdict(list)
    for worked in shifts:
        parts[worked.worker] += problem.shift_by_id[worked.shift].parts
    total = 0
    for name, mine in parts.items():
        mine.sort()
        mode = problem.worker_by_id[name].travel_mode

        def part_of(start: int, mine: Sequence[Span] = mine) -> Span | None:
            return next((part for part in mine if part.start <= start < part.end), None)

        for (start, _, one), (then, _, other) in pairwise(sorted(done.get(name, ()))):
            if part_of(start) == part_of(then) is not None:
                places = problem.task_by_id[one].place, problem.task_by_id[other].place
                total += problem.travel_min(mode, *places)
    return total


def idle_points(
    problem: Problem, chosen: Mapping[str, Pattern], tasks: Iterable[PlacedTask]
) -> Iterable[tuple[str, int]]:
    """Yield level and points for each planned shift with fewer tasks than a rule wants."""
    wanted = {
        book.id: [rule for rule in book.rules if isinstance(rule, TasksPerShift)]
        for book in problem.rule_books
    }
    if not any(wanted.values()):
        return
    starts: dict[str, list[int]] = defaultdict(list)
    for placed in tasks:
        starts[placed.worker].append(placed.start)
    for worker in problem.workers:
        for rule in wanted[worker.rule_book]:
            for shift in (problem.shift_by_id[name] for name in chosen.get(worker.id, ())):
                first, end = shift.span
                n_tasks = sum(first <= start < end for start in starts[worker.id])
                yield str(rule.level), rule.points * rule.n_lacking(shift.kind, n_tasks)


def task_points(problem: Problem, tasks: Sequence[PlacedTask]) -> Iterable[tuple[str, int]]:
    """Yield level and points of who does what: undone, by strangers, of links, not as before."""
    done: dict[str, list[str]] = defaultdict(list)
    for placed in tasks:
        done[placed.task].append(placed.worker)
    for task in problem.tasks:
        yield task.level, max(0, task.heads - len(done[task.id])) * task.missing_points
        if task.familiar_level is not None:
            for name in done[task.id]:
                yield task.familiar_level, task.familiar.get(name, task.unfamiliar_points)
    yield from link_points(problem, tasks)
    if problem.reference is not None:
        kept = {(placed.task, placed.worker) for placed in tasks}
        n_lost = len(set(problem.reference.tasks) - kept)
        yield problem.reference.level, n_lost * problem.reference.task_points


def value_of(
    problem: Problem,
    patterns: Patterns,
    chosen: Mapping[str, Pattern],
    shifts: Sequence[WorkedShift],
    tasks: Sequence[PlacedTask],
) -> Values:
    """Return the points of a roster on every level of the problem."""
    values = dict.fromkeys(problem.levels, 0)
    chosen = {w.id: chosen.get(w.id, patterns.simplest[w.id]) for w in problem.workers}
    for name, pattern in chosen.items():
        for level, points in patterns.cost(name, pattern).items():
            values[level] += points
    presence = presence_of(problem, shifts)
    for level, points in (
        *_presence_points(problem, presence),
        *patterns.ties.points(chosen),
        *idle_points(problem, chosen, tasks),
        *task_points(problem, tasks),
    ):
        values[level] += points
    if problem.travel_level is not None:
        minutes = travelled(problem, shifts, tasks)
        values[problem.travel_level] += minutes * problem.travel_points
    return values
