"""A week that is replanned on Tuesday after sick calls, close to what was published."""

from collections import defaultdict
from dataclasses import replace

from solver.data.problem import Fact, Lock, Problem, Reference, Worker
from solver.data.solution import Solution
from solver.data.spans import Span

CHANGES = "changes"
"""Level of what differs from the published roster: after what is promised, before the rest."""

SHIFT_PTS, TASK_PTS = 4, 1
"""For a worker's day with other shifts, and for a task done by somebody else."""


def replanned(problem: Problem, published: Solution, *, n_sick: int = 3) -> Problem:
    """Return the week with its first day past and ``n_sick`` people of teams ill for three days.

    What began on the first day is a fact, its tasks are locked; the rest of ``published`` is the
    reference. The first levels stay the most important.
    """
    today = problem.days[_first_day(problem) + 1]
    sick = set(_sick(problem, published, today, n_sick))
    away = Span(today.start, today.start + 3 * 24 * 60)
    past = _past_shifts(problem, published, today)
    locks = defaultdict(list)
    for placed in published.tasks:
        if placed.start < today.start:
            locks[placed.task].append(Lock(worker=placed.worker, start=placed.start))
    workers = []
    for worker in problem.workers:
        kept = _with_past(problem, worker, past[worker.id], today)
        if worker.id in sick:
            kept = replace(kept, blocked=tuple(sorted((*kept.blocked, away))))
        workers.append(kept)
    return replace(
        problem,
        levels=(problem.levels[0], CHANGES, *problem.levels[1:]),
        workers=tuple(workers),
        tasks=tuple(replace(task, locks=tuple(locks[task.id])) for task in problem.tasks),
        reference=Reference(
            level=CHANGES,
            shifts=tuple(
                (worked.worker, worked.shift)
                for worked in published.shifts
                if worked.shift not in past[worked.worker]
            ),
            tasks=tuple((placed.task, placed.worker) for placed in published.tasks),
            shift_points=SHIFT_PTS,
            task_points=TASK_PTS,
        ),
    )


def _first_day(problem: Problem) -> int:
    return next(n for n, day in enumerate(problem.days) if day.start == problem.horizon.start)


def _past_shifts(problem: Problem, published: Solution, today: Span) -> dict[str, set[str]]:
    """Return the shifts of each worker that began before ``today``."""
    past: dict[str, set[str]] = defaultdict(set)
    for worked in published.shifts:
        if problem.shift_by_id[worked.shift].span.start < today.start:
            past[worked.worker].add(worked.shift)
    return past


def _with_past(problem: Problem, worker: Worker, past: set[str], today: Span) -> Worker:
    """Return a worker whose shifts before ``today`` are facts, without offers before it."""
    known = {fact.shift for fact in worker.facts}
    shifts = [problem.shift_by_id[name] for name in sorted(past - known)]
    facts = [
        Fact(
            id=f"{worker.id}/{shift.id}",
            day=shift.day,
            parts=shift.parts,
            counted_min=shift.counted_min[worker.rule_book],
            shift=shift.id,
            tags=shift.tags,
        )
        for shift in shifts
    ]
    return replace(
        worker,
        shifts=tuple(
            name for name in worker.shifts if problem.shift_by_id[name].span.start >= today.start
        ),
        facts=tuple(sorted((*worker.facts, *facts), key=lambda fact: fact.span)),
    )


def _sick(problem: Problem, published: Solution, today: Span, n_sick: int) -> list[str]:
    """Return people of different teams who work most in the three days, and not into the first."""
    until = today.start + 3 * 24 * 60
    n_lost: dict[str, int] = defaultdict(int)
    for worked in published.shifts:
        span = problem.shift_by_id[worked.shift].span
        if span.start < today.start < span.end:
            n_lost[worked.worker] -= len(problem.days)
        elif today.start <= span.start < until:
            n_lost[worked.worker] += 1
    ranked = sorted(n_lost, key=lambda name: (-n_lost[name], name))
    found: dict[str, str] = {}
    for name in ranked:
        team = problem.worker_by_id[name].team
        if team is not None:
            found.setdefault(team, name)
    return list(found.values())[:n_sick]
