"""Who does tasks together on a day: crews of two of one team and shift, and single workers."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from solver.data.pairings import Link
from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.rules import Rule
from solver.data.solution import PlacedTask
from solver.data.spans import Span
from solver.search.crews import Crew, CrewLosses, Crews
from solver.search.legality import away, break_starts, overlaps
from solver.search.room import room_of
from solver.search.supply import conflict, excludes, fits

_BREAK_STEP = 15
_FINE_STEP = 5


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


def make_units(
    problem: Problem,
    worked: Iterable[tuple[str, str]],
    locks: Mapping[str, list[PlacedTask]],
    lone: Container[tuple[str, str]] = (),
) -> list[Unit]:
    """Return the units of some workers and shifts; within a team and shift pairs are crews.

    Those who are locked to the same tasks, did the same in the reference, or are bound at the same
    time, are paired first. No two are a crew whose rules and times leave no break for both.

    Parameters
    ----------
    lone
        Pairs of worker and shift that are in no crew.
    """
    groups: dict[tuple[str, str], list[Worker]] = defaultdict(list)
    units: list[Unit] = []
    for who, name in sorted(worked):
        worker = problem.worker_by_id[who]
        if worker.team is None:
            units.append(_unit(problem, (worker,), problem.shift_by_id[name], locks))
        else:
            groups[worker.team, name].append(worker)
    has_crews = any(task.is_crew for task in problem.tasks)
    wanted = _wanted(problem)
    for (_, name), group in groups.items():
        shift = problem.shift_by_id[name]
        span = shift.span
        may_pair = partial(_have_break, problem, shift, locks)
        units += [_unit(problem, (w,), shift, locks) for w in group if (w.id, name) in lone]
        members = [worker for worker in group if (worker.id, name) not in lone]
        size = 2 if has_crews or len(members) > 1 else 1
        marks = {
            worker.id: _Mark(
                locked=tuple(_locked(worker, locks, span)),
                before=frozenset(t.id for t in mine if t.is_crew),
                apart=frozenset(t.id for t in mine if not t.is_crew),
            )
            for worker in members
            for mine in [[task for task in wanted[worker.id] if can_lie(task, span)]]
        }
        pairs = _alike(members, marks, may_pair)
        paired = {worker.id for pair in pairs for worker in pair}
        apart = sorted(
            (worker for worker in members if worker.id not in paired),
            key=lambda w: (
                marks[w.id].locked,
                bool(marks[w.id].apart),
                away(w),
                sorted(w.skills),
                w.id,
            ),
        )
        if size == 2:
            pairs += _in_twos(apart, may_pair)
            pairs = _losing_less(problem, shift, pairs, marks, may_pair)
        else:
            pairs += [(worker,) for worker in apart]
        units += [_unit(problem, pair, shift, locks) for pair in pairs]
    return units


MayPair = Callable[[Worker, Worker], bool]
"""Whether two may be a crew."""


def _in_twos(members: Sequence[Worker], may_pair: MayPair) -> list[tuple[Worker, ...]]:
    """Return crews, each of one and the next who may be with that one; who has none is alone."""
    left, pairs = list(members), list[tuple[Worker, ...]]()
    while left:
        one = left.pop(0)
        at = next((n for n, other in enumerate(left) if may_pair(one, other)), None)
        pairs.append((one,) if at is None else (one, left.pop(at)))
    return pairs


def _have_break(
    problem: Problem,
    shift: Shift,
    locks: Mapping[str, list[PlacedTask]],
    one: Worker,
    other: Worker,
) -> bool:
    """Return whether a break is right for two, unless none is right for either of them alone."""
    pair = (one, other)
    is_plain = not any(worker.bound or worker.id in locks for worker in pair)
    if not shift.break_min or (is_plain and one.rule_book == other.rule_book):
        return True

    def has_break(*members: Worker) -> bool:
        work = _work(members, _given(problem, members, shift, locks))
        return bool(_breaks(problem, members, shift, work))

    return has_break(*pair) or not any(has_break(worker) for worker in pair)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What tells who keeps together on a shift: locked tasks, and tasks in the reference.

    Parameters
    ----------
    before, apart
        Crew tasks, and others.
    """

    locked: tuple[tuple[str, int], ...]
    before: frozenset[str]
    apart: frozenset[str]

    def likeness(self, other: "_Mark") -> tuple[bool, int]:
        """Return how much speaks for a crew of two; nothing when both are zero."""
        return bool(self.locked) and self.locked == other.locked, len(self.before & other.before)


def _losing_less(
    problem: Problem,
    shift: Shift,
    pairs: Sequence[tuple[Worker, ...]],
    marks: Mapping[str, _Mark],
    may_pair: MayPair,
) -> list[tuple[Worker, ...]]:
    """Return crews that lose fewest tasks of the reference; as they are if they lose as few.

    Who has locked tasks stays with whom it is.
    """
    kept = [pair for pair in pairs if any(marks[worker.id].locked for worker in pair)]
    open_pairs = [pair for pair in pairs if pair not in kept]
    members = [worker for pair in open_pairs for worker in pair]
    tasks = [
        [problem.task_by_id[name] for name in sorted(mark.before | mark.apart)]
        for mark in (marks[worker.id] for worker in members)
    ]

    def can_do(crew: Crew, task: Task) -> bool:
        workers = [members[n] for n in crew]
        if len(workers) == 2 and not may_pair(*workers):
            return False
        return all(w.skills >= task.skills and fits(shift, task, away(w)) for w in workers)

    def excluding(crew: Crew, one: Task, other: Task) -> bool:
        modes = {members[n].travel_mode for n in crew}
        return any(excludes(problem, mode, one, other) for mode in modes)

    def has_room(crew: Crew, tasks: Sequence[Task]) -> bool:
        return room_of(problem, shift, [members[n] for n in crew]).has_all(tasks)

    losses = CrewLosses(tasks, can_do, excluding, has_room)

    def lost(crew: Crew, *, beside: Task | None = None, is_sure: bool = True) -> int:
        more = losses.apart(crew, beside=beside, is_sure=is_sure)
        return losses.at_odds(crew, beside=beside, is_sure=is_sure) + more

    crews = Crews(len(members), lost)
    place = {worker.id: n for n, worker in enumerate(members)}
    now = sum(lost(tuple(place[worker.id] for worker in pair)) for pair in open_pairs)
    if not crews.are_few or crews.least() >= now:
        return list(pairs)
    best = [[members[n] for n in crew] for crew in crews.best()]
    return [*kept, *(pair for crew in best for pair in _in_twos(crew, may_pair))]


def _alike(
    members: Sequence[Worker], marks: Mapping[str, _Mark], may_pair: MayPair
) -> list[tuple[Worker, ...]]:
    """Return crews of those who were together before, who have most in common first."""
    ranked = sorted(
        (
            (likeness, one, other)
            for one, other in combinations(range(len(members)), 2)
            if any(likeness := marks[members[one].id].likeness(marks[members[other].id]))
        ),
        key=lambda item: (not item[0][0], -item[0][1], item[1:]),
    )
    pairs: list[tuple[Worker, ...]] = []
    taken: set[int] = set()
    for _, one, other in ranked:
        if not taken & {one, other} and may_pair(members[one], members[other]):
            taken |= {one, other}
            pairs.append((members[one], members[other]))
    return pairs


def _wanted(problem: Problem) -> dict[str, list[Task]]:
    """Return the tasks that the reference gives each worker."""
    found: dict[str, list[Task]] = defaultdict(list)
    for task, names in problem.wanted_tasks.items():
        for name in sorted(names):
            found[name].append(problem.task_by_id[task])
    return found


def can_lie(task: Task, span: Span) -> bool:
    """Return whether a task lies in a span when it begins at a good time."""
    return any(span.start <= at and at + task.duration_min <= span.end for at in task.starts)


def beside(problem: Problem, unit: Unit, given: Mapping[str, list[PlacedTask]]) -> Unit:
    """Return a unit as it is when other tasks are given beforehand; bound time stays."""
    return replace(_unit(problem, unit.members, unit.shift, given), bound=unit.bound)


def alone(problem: Problem, unit: Unit, locks: Mapping[str, list[PlacedTask]]) -> list[Unit]:
    """Return the members of a crew as units of their own."""
    return [_unit(problem, (worker,), unit.shift, locks) for worker in unit.members]


def _locked(
    worker: Worker, locks: Mapping[str, list[PlacedTask]], span: Span
) -> Sequence[tuple[str, int]]:
    """Return the tasks locked to a worker in a span with their starts."""
    return sorted(
        (placed.task, placed.start)
        for placed in locks.get(worker.id, ())
        if span.start <= placed.start < span.end
    )


def _unit(
    problem: Problem,
    members: tuple[Worker, ...],
    shift: Shift,
    locks: Mapping[str, list[PlacedTask]],
) -> Unit:
    near = _given(problem, members, shift, locks)
    work = _work(members, near)
    return Unit(
        members=members,
        shift=shift,
        skills=frozenset.intersection(*(worker.skills for worker in members)),
        modes=tuple(sorted({worker.travel_mode for worker in members})),
        bound=tuple(sorted({span for worker in members for span in away(worker)})),
        locked=tuple((t, at) for t, at in near if shift.span.start <= at < shift.span.end),
        near=near,
        breaks=_breaks(problem, members, shift, work)
        or _wrong_break(problem, members, shift, work),
    )


def _given(
    problem: Problem,
    members: Sequence[Worker],
    shift: Shift,
    locks: Mapping[str, list[PlacedTask]],
) -> tuple[tuple[Task, int], ...]:
    """Return the tasks locked to some workers that touch a shift or are nearest, with starts."""
    found = {
        (task.id, start): task
        for worker in members
        if worker.id in locks
        for task, start in _near(problem, locks[worker.id], shift.span)
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


def _breaks(
    problem: Problem, members: Sequence[Worker], shift: Shift, work: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the right places for the break: the best of what rules and taken time leave.

    A break while absent is better than one that leaves work uncut for too long.
    """
    if not shift.break_min:
        return ()
    rules = _rules(problem, members)
    taken = [*work, *(span for worker in members for span in worker.blocked)]
    for busy, step in ((taken, _BREAK_STEP), (taken, _FINE_STEP), (taken, 1), (work, 1)):
        places = [Span(at, at + shift.break_min) for at in break_starts(shift, rules, step)]
        free = tuple(s for s in places if not any(overlaps(s, other) for other in busy))
        if free:
            return free
    return ()


def _wrong_break(
    problem: Problem, members: Sequence[Worker], shift: Shift, work: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the place for the break of a fact whose rules or locks leave none: one gives way."""
    if not shift.break_min:
        return ()
    places = break_starts(shift, _rules(problem, members), 1)
    loose = [Span(at, at + shift.break_min) for at in break_starts(shift, (), 1)]
    free = [place for place in loose if not any(overlaps(place, other) for other in work)]
    kept = [place for place in loose if place.start in places]
    return tuple(free or kept or loose)[:1]


def _rules(problem: Problem, members: Sequence[Worker]) -> list[Rule]:
    """Return the rules of all books of some workers."""
    books = dict.fromkeys(worker.rule_book for worker in members)
    return [rule for book in books for rule in problem.rule_book_by_id[book].rules]
