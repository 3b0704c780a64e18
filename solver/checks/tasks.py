"""Tasks: by whom, when and where they are done."""

from collections.abc import Iterable, Iterator, Mapping

from solver.checks.skills import skilled_in, sometimes_skilled_in
from solver.checks.timeline import Timeline, overlap
from solver.checks.violation import Violation
from solver.data.problem import Problem, Task
from solver.data.solution import Solution
from solver.data.spans import Span


def check_tasks(timeline: Timeline) -> Iterator[Violation]:
    """Yield what is wrong with a worker's tasks; with a locked one it is a fact."""
    before: tuple[Task, Span] | None = None
    for task, span in timeline.tasks:
        is_fact = timeline.is_locked(task, span.start)
        for rule in _faults(timeline, task, span):
            yield Violation(rule=rule, workers=(timeline.worker.id,), span=span, is_fact=is_fact)
        if before is not None:
            yield from _between(timeline, before, (task, span))
        if before is None or span.end > before[1].end:
            before = task, span


def _between(
    timeline: Timeline, before: tuple[Task, Span], after: tuple[Task, Span]
) -> Iterator[Violation]:
    """Yield what is wrong between a task and the one that ended last before it, or has not yet."""
    gap_min = after[1].start - before[1].end
    needed_min = timeline.problem.travel_min(
        timeline.worker.travel_mode, before[0].place, after[0].place
    )
    if gap_min < needed_min or gap_min < 0:
        yield Violation(
            rule="task-overlap" if gap_min < 0 else "travel",
            workers=(timeline.worker.id,),
            span=Span(before[1].start, after[1].end),
            is_fact=all(timeline.is_locked(task, span.start) for task, span in (before, after)),
            values=(("gap_min", gap_min), ("needed_min", needed_min)),
        )


def _faults(timeline: Timeline, task: Task, span: Span) -> Iterator[str]:
    worker = timeline.worker
    if not skilled_in(worker, task.window) >= task.skills:
        yield "skill"
    if not task.excluded.isdisjoint(sometimes_skilled_in(worker, task.window)):
        yield "excluded-skill"
    if span.start not in task.starts:
        yield "task-time"
    shifts = [timeline.shift_by_id[worked.shift] for worked in timeline.worked]
    open_parts = [part for shift in shifts for part in shift.open_parts]
    if not any(part.start <= span.start and span.end <= part.end for part in open_parts):
        yield "task-outside-shift"
    if any(overlap(span, pause) for worked in timeline.worked for pause in worked.breaks):
        yield "task-on-break"
    if any(overlap(span, taken) for taken in (*worker.bound, *worker.blocked)):
        yield "task-on-bound"


def check_locks(timeline: Timeline) -> Iterator[Violation]:
    """Yield locked tasks that the roster does not give to their worker at their time."""
    done = {(placed.task, placed.start) for placed in timeline.placed}
    for task, start in timeline.locks:
        if (task.id, start) not in done:
            yield Violation(
                rule="lock",
                workers=(timeline.worker.id,),
                span=Span(start, start + task.duration_min),
            )


def check_heads(
    problem: Problem, solution: Solution, lines: Mapping[str, Timeline]
) -> Iterator[Violation]:
    """Yield tasks with too many heads, the same worker twice, or heads at different times."""
    doing: dict[str, list[tuple[str, int]]] = {}
    for placed in solution.tasks:
        doing.setdefault(placed.task, []).append((placed.worker, placed.start))
    for name, heads in doing.items():
        if len(heads) == 1:
            continue  # nobody to be too many or apart from
        task = problem.task_by_id[name]
        workers = tuple(worker for worker, _ in heads)
        start = min(start for _, start in heads)
        faults = {
            "too-many-heads": len(workers)
            > _most_heads(task, start, (lines[worker] for worker in workers)),
            "twice": len(set(workers)) < len(workers),
            "not-together": len({start for _, start in heads}) > 1,
        }
        for rule, is_wrong in faults.items():
            if is_wrong:
                yield Violation(
                    rule=rule,
                    workers=workers,
                    span=Span(start, start + task.duration_min),
                    is_fact=all(name in lines[worker].locked_tasks for worker in workers),
                )


def _most_heads(task: Task, start: int, lines: Iterable[Timeline]) -> int:
    """Return how many may do a task: a crew goes as a whole, so one head may bring a second."""
    end = start + task.duration_min
    crews = (span for line in lines for span in line.in_crew)
    if not task.is_crew and any(span.start <= start and end <= span.end for span in crews):
        return task.heads + 1
    return task.heads
