"""Who leads: on each shift of a team one of its leads has it too."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from solver.data.problem import Problem, Shift, Worker


def given_shifts(problem: Problem, worker: Worker) -> list[Shift]:
    """Return the shifts of the horizon that a worker has as facts."""
    return [problem.shift_by_id[fact.shift] for fact in worker.facts if fact.shift is not None]


def given_leads(problem: Problem) -> frozenset[tuple[str, str]]:
    """Return the pairs of team and shift that some lead of the team has as a fact."""
    return frozenset(
        (worker.team, shift.id)
        for worker in problem.workers
        if worker.is_lead and worker.team is not None
        for shift in given_shifts(problem, worker)
    )


def unled(problem: Problem, chosen: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """Return of each worker's chosen shifts those that no lead of the worker's team begins."""
    if not problem.team_needs_lead:
        return {}
    led: dict[str, set[str]] = defaultdict(set)
    for given_team, shift in given_leads(problem):
        led[given_team].add(shift)
    for worker in problem.workers:
        if worker.is_lead and worker.team is not None:
            led[worker.team].update(chosen.get(worker.id, ()))
    return {
        name: frozenset(pattern) - led[team]
        for name, pattern in chosen.items()
        if (team := problem.worker_by_id[name].team) is not None
    }
