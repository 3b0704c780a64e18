"""Who does tasks together on a day: a crew of two, or a single worker; and the tasks to be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from solver.data.pairings import Link
from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.solution import PlacedTask
from solver.data.spans import Span
from solver.search.breaks import right_breaks, wrong_break
from solver.search.legality import away, overlaps
from solver.search.supply import conflict, starts_in


@dataclass(frozen=True, slots=True)
class Unit:
    """One or two workers on a shift who have the same break and, as a crew, the same tasks.

    Parameters
    ----------
    modes
        How they travel: no way between two tasks is too long for any of them.
    locked, near
        Tasks given beforehand, with their starts: those that begin in the shift; and all that touch
        it, with the nearest before and after.
    breaks
        Places for the break, right by the rules of each of them; a wrong one where a fact leaves
        none.
    """

    members: tuple[Worker, ...]
    shift: Shift
    skills: frozenset[str]
    modes: tuple[str, ...]
    bound: tuple[Span, ...]
    locked: tuple[tuple[Task, int], ...]
    near: tuple[tuple[Task, int], ...]
    breaks: tuple[Span, ...]

    @property
    def is_crew(self) -> bool:
        """Whether two keep together."""
        return len(self.members) == 2

    @property
    def name(self) -> str:
        """A text that no other unit has."""
        return "+".join((self.shift.id, *(worker.id for worker in self.members)))

    def can_do(self, problem: Problem, task: Task, start: int) -> bool:
        """Return whether a task may be done at a start, beside what is locked and bound."""
        span = Span(start, start + task.duration_min)
        if not self.skills >= task.skills or any(overlaps(span, taken) for taken in self.bound):
            return False
        if not any(p.start <= start and span.end <= p.end for p in self.shift.open_parts):
            return False
        return not any(
            conflict(problem, mode, (task, start), other)
            for mode in self.modes
            for other in self.near
        )


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task with heads still to be found, at one of some starts.

    Parameters
    ----------
    link, owners
        Its link, if it has one, and who may do its tasks; where it is soft, at no cost.
    """

    task: Task
    heads: int
    starts: tuple[int, ...]
    link: Link | None = None
    owners: frozenset[str] = frozenset()

    def is_open_to(self, unit: Unit) -> bool:
        """Return whether no link keeps a unit from it."""
        is_hard = self.link is not None and self.link.level is None
        return not is_hard or all(worker.id in self.owners for worker in unit.members)

    def strangers(self, unit: Unit) -> list[str]:
        """Return who of a unit costs points because of a link."""
        if self.link is None or self.link.level is None:
            return []
        return [worker.id for worker in unit.members if worker.id not in self.owners]


def unit_of(
    problem: Problem,
    members: tuple[Worker, ...],
    shift: Shift,
    given: Mapping[str, list[PlacedTask]],
) -> Unit:
    """Return the unit of one or two workers on a shift, with tasks given beforehand, by worker."""
    near = _near_tasks(problem, members, shift, given)
    work = _work(members, near)
    return Unit(
        members=members,
        shift=shift,
        skills=frozenset.intersection(*(worker.skills for worker in members)),
        modes=tuple(sorted({worker.travel_mode for worker in members})),
        bound=tuple(sorted({span for worker in members for span in away(worker)})),
        locked=tuple((t, at) for t, at in near if shift.span.start <= at < shift.span.end),
        near=near,
        breaks=right_breaks(problem, members, shift, work)
        or wrong_break(problem, members, shift, work),
    )


def has_right_break(
    problem: Problem,
    members: Sequence[Worker],
    shift: Shift,
    given: Mapping[str, list[PlacedTask]],
) -> bool:
    """Return whether rules, given tasks and times leave workers a break at the same time."""
    work = _work(members, _near_tasks(problem, members, shift, given))
    return bool(right_breaks(problem, members, shift, work))


def beside(problem: Problem, unit: Unit, given: Mapping[str, list[PlacedTask]]) -> Unit:
    """Return a unit as it is when other tasks are given beforehand; bound time stays."""
    return replace(unit_of(problem, unit.members, unit.shift, given), bound=unit.bound)


def alone(problem: Problem, unit: Unit, locks: Mapping[str, list[PlacedTask]]) -> list[Unit]:
    """Return the members of a crew as units of their own."""
    return [unit_of(problem, (worker,), unit.shift, locks) for worker in unit.members]


def starts_among(units: Iterable[Unit], task: Task) -> tuple[int, ...]:
    """Return the starts of a task at which it lies in the shift of some unit, in order."""
    parts = {part for unit in units for part in unit.shift.open_parts}
    return tuple(sorted({start for part in parts for start in starts_in(part, task)}))


def _near_tasks(
    problem: Problem,
    members: Sequence[Worker],
    shift: Shift,
    given: Mapping[str, list[PlacedTask]],
) -> tuple[tuple[Task, int], ...]:
    """Return the tasks given to some workers that touch a shift or are nearest, with starts."""
    found = {
        (task.id, start): task
        for worker in members
        if worker.id in given
        for task, start in _near(problem, given[worker.id], shift.span)
    }
    return tuple((found[key], key[1]) for key in sorted(found))


def _near(problem: Problem, placed: Iterable[PlacedTask], span: Span) -> Iterable[tuple[Task, int]]:
    """Yield the tasks that touch a span, and the nearest before and after it, with their starts."""
    before: tuple[int, Task, int] | None = None
    after: tuple[int, Task, int] | None = None
    for each in placed:
        task = problem.task_by_id[each.task]
        end = each.start + task.duration_min
        if end < span.start:
            before = (end, task, each.start) if before is None or end > before[0] else before
        elif each.start > span.end:
            is_next = after is None or each.start < after[0]
            after = (each.start, task, each.start) if is_next else after
        else:
            yield task, each.start
    yield from ((task, start) for _, task, start in filter(None, (before, after)))


def _work(members: Sequence[Worker], given: Iterable[tuple[Task, int]]) -> list[Span]:
    """Return when no break of some workers may lie: while they do given tasks, or are bound."""
    return [
        *(Span(start, start + task.duration_min) for task, start in given),
        *(span for worker in members for span in worker.bound),
    ]
