"""Crews keep together, and each team has a lead on each shift."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from solver.checks.timeline import Timeline
from solver.checks.violation import Violation
from solver.data.problem import Problem
from solver.data.solution import Solution


def check_crews(
    problem: Problem, solution: Solution, lines: Mapping[str, Timeline]
) -> Iterator[Violation]:
    """Yield crews that are not two of one team on one shift with the same breaks and tasks.

    Then, worker by worker, crew tasks that lie in no shift with a crew.
    """
    crews = defaultdict(list)
    for worked in solution.shifts:
        if worked.crew is not None:
            crews[worked.crew, worked.shift].append(worked)
    for (_, shift), members in crews.items():
        workers = tuple(worked.worker for worked in members)
        span = lines[workers[0]].shift_by_id[shift].span
        teams = {problem.worker_by_id[worker].team for worker in workers}
        tasks = {
            tuple(done for done in lines[worker].open_tasks if span.start <= done[1] < span.end)
            for worker in workers
        }
        breaks = {worked.breaks for worked in members}
        is_whole = len(members) == 2 and len(teams) == 1 and None not in teams
        if not is_whole or len(breaks) > 1 or len(tasks) > 1:
            yield Violation(rule="crew", workers=workers, span=span)
    for line in lines.values():
        yield from _crew_tasks(line)


def _crew_tasks(line: Timeline) -> Iterator[Violation]:
    for task, done in line.tasks:
        if task.is_crew and not any(
            span.start <= done.start and done.end <= span.end for span in line.in_crew
        ):
            yield Violation(
                rule="crew-task",
                workers=(line.worker.id,),
                span=done,
                is_fact=line.is_locked(task, done.start),
            )


def check_leads(
    problem: Problem, solution: Solution, lines: Mapping[str, Timeline]
) -> Iterator[Violation]:
    """Yield shifts that planned workers of a team begin without a lead of that team."""
    if not problem.team_needs_lead:
        return
    groups = defaultdict(list)
    for worked in solution.shifts:
        team = problem.worker_by_id[worked.worker].team
        if team is not None:
            groups[team, worked.shift].append(worked.worker)
    for (_, shift), workers in groups.items():
        has_lead = any(problem.worker_by_id[worker].is_lead for worker in workers)
        is_fact = all(shift in lines[worker].fact_of for worker in workers)
        if not has_lead:
            yield Violation(
                rule="lead",
                workers=tuple(workers),
                span=lines[workers[0]].shift_by_id[shift].span,
                is_fact=is_fact,
            )
