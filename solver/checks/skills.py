"""Which skills a worker has when, and what they cost."""

from solver.checks.timeline import Timeline, overlap
from solver.data.problem import Task, Worker
from solver.data.spans import Span


def skilled_in(worker: Worker, span: Span) -> frozenset[str]:
    """Return the skills that a worker has throughout a span: no minute of it lies outside them."""
    if not worker.skill_spans:
        return worker.skills
    passing = {skill for skill, _ in worker.skill_spans}
    holding = {
        s for s, time in worker.skill_spans if time.start <= span.start <= span.end <= time.end
    }
    return worker.skills - (passing - holding)


def sometimes_skilled_in(worker: Worker, span: Span) -> frozenset[str]:
    """Return the skills that a worker has at some time of a span."""
    passing = {skill for skill, _ in worker.skill_spans}
    holding = {skill for skill, time in worker.skill_spans if overlap(span, time)}
    return worker.skills - (passing - holding)


def skill_points(line: Timeline, task: Task) -> int:
    """Return what a task costs for the preferred skills that a worker lacks, and disliked ones."""
    has, had = skilled_in(line.worker, task.window), sometimes_skilled_in(line.worker, task.window)
    wanted = sum(points for skill, points in task.preferred.items() if skill not in has)
    return wanted + sum(points for skill, points in task.disliked.items() if skill in had)
