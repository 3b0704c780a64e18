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
    """Yield crews that are not two of one team on one shift with the same breaks and tasks."""
    crews = defaultdict(list)
    for worked in solution.shifts:
        if worked.crew is not None:
            crews[worked.crew, worked.shift].append(worked)
    for (_, shift), members in crews.items():
        workers = tuple(worked.worker for worked in members)
        span = problem.shift_by_id[shift].span
        teams = {problem.worker_by_id[worker].team for worker in workers}
        tasks = {
            tuple(
                (task.id, done.start)
                for task, done in lines[worker].tasks
                if span.start <= done.start < span.end
                and not lines[worker].is_locked(task, done.start)
            )
            for worker in workers
        }
        breaks = {worked.breaks for worked in members}
        is_whole = len(members) == 2 and len(teams) == 1 and None not in teams
        if not is_whole or len(breaks) > 1 or len(tasks) > 1:
            yield Violation(rule="crew", workers=workers, span=span)
    yield from _crew_tasks(problem, solution, lines)


def _crew_tasks(
    problem: Problem, solution: Solution, lines: Mapping[str, Timeline]
) -> Iterator[Violation]:
    crewed = defaultdict(list)
    for worked in solution.shifts:
        if worked.crew is not None:
            crewed[worked.worker].append(problem.shift_by_id[worked.shift].span)
    for line in lines.values():
        for task, done in line.tasks:
            spans = crewed[line.worker.id]
            if task.is_crew and not any(
                span.start <= done.start and done.end <= span.end for span in spans
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
                span=problem.shift_by_id[shift].span,
                is_fact=is_fact,
            )
