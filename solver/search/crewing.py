"""Who is in a crew with whom: those on a shift of a team, in twos."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.solution import PlacedTask
from solver.data.spans import Span
from solver.search.crews import MOST_MEMBERS, Crew, CrewLosses, Crews, Taking
from solver.search.legality import away
from solver.search.room import room_of
from solver.search.supply import excludes, fits, starts_in
from solver.search.units import Unit, has_right_break, unit_of

MayPair = Callable[[Worker, Worker], bool]
"""Whether two may be a crew."""

_Group = tuple[Worker, ...]
"""Those of a team who have a shift, or one of no team."""


class Crewing:
    """Makes units of any workers on any shifts of a problem; the same group is not looked at again.

    Within a team and shift pairs are crews. Those who are locked to the same tasks, did the same in
    the reference, or are bound at the same time, are paired first. No two are a crew whose rules
    and times leave no break for both.

    Parameters
    ----------
    locks
        Locked tasks by worker.
    lone
        Pairs of worker and shift that are in no crew.
    """

    def __init__(
        self,
        problem: Problem,
        locks: Mapping[str, list[PlacedTask]],
        lone: Container[tuple[str, str]] = (),
    ) -> None:
        self._problem = problem
        self._locks = locks
        self._lone = lone
        self._wanted: dict[str, list[Task]] = defaultdict(list)
        for task, names in problem.wanted_tasks.items():
            for name in sorted(names):
                self._wanted[name].append(problem.task_by_id[task])
        self._known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Unit]] = {}

    def units(self, worked: Iterable[tuple[str, str]], taking: Taking | None = None) -> list[Unit]:
        """Return the units of some pairs of worker and shift, those of no team first.

        Parameters
        ----------
        taking
            What crews are to take over near a reference.
        """
        taking = taking or {}
        singles: list[tuple[str, _Group]] = []
        groups: dict[tuple[str, str], list[Worker]] = defaultdict(list)
        for who, shift in sorted(worked):
            worker = self._problem.worker_by_id[who]
            if worker.team is None:
                singles.append((shift, (worker,)))
            else:
                groups[worker.team, shift].append(worker)
        units = [unit for shift, group in singles for unit in self._of(shift, group, ())]
        for (team, shift), group in groups.items():
            units += self._of(shift, tuple(group), taking.get((team, shift), ()))
        return units

    def _of(self, shift: str, group: _Group, taken: tuple[str, ...]) -> list[Unit]:
        key = shift, tuple(worker.id for worker in group), taken
        if key not in self._known:
            mine = self._problem.shift_by_id[shift]
            self._known[key] = [
                unit_of(self._problem, crew, mine, self._locks)
                for crew in self._crews(mine, group, taken)
            ]
        return self._known[key]

    def _crews(self, shift: Shift, group: _Group, taken: Iterable[str]) -> list[_Group]:
        """Return crews of two, those who are alone before those who find nobody."""
        alone = [(worker,) for worker in group if (worker.id, shift.id) in self._lone]
        members = [worker for worker in group if (worker.id, shift.id) not in self._lone]
        if len(members) < 2:
            return [*alone, *((worker,) for worker in members)]
        marks = {worker.id: self._mark(worker, shift.span) for worker in members}
        may_pair = partial(_have_break, self._problem, shift, self._locks)
        pairs = _alike(members, marks, may_pair)
        paired = {worker.id for pair in pairs for worker in pair}
        apart = [worker for worker in members if worker.id not in paired]
        apart.sort(
            key=lambda w: (
                marks[w.id].locked,
                bool(marks[w.id].apart),
                away(w),
                sorted(w.skills),
                w.id,
            )
        )
        pairs += _in_twos(apart, may_pair)
        tasks = [self._problem.task_by_id[name] for name in taken]
        return [*alone, *_losing_less(self._problem, shift, pairs, marks, may_pair, taken=tasks)]

    def _mark(self, worker: Worker, span: Span) -> "_Mark":
        wanted = [task for task in self._wanted.get(worker.id, ()) if starts_in(span, task)]
        locked = sorted(
            (placed.task, placed.start)
            for placed in self._locks.get(worker.id, ())
            if span.start <= placed.start < span.end
        )
        return _Mark(
            locked=tuple(locked),
            before=frozenset(task.id for task in wanted if task.is_crew),
            apart=frozenset(task.id for task in wanted if not task.is_crew),
        )


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
    return has_right_break(problem, pair, shift, locks) or not any(
        has_right_break(problem, (worker,), shift, locks) for worker in pair
    )


def _alike(
    members: Sequence[Worker], marks: Mapping[str, _Mark], may_pair: MayPair
) -> list[_Group]:
    """Return crews of those who were together before, who have most in common first."""
    ranked = sorted(
        (
            (likeness, one, other)
            for one, other in combinations(range(len(members)), 2)
            if any(likeness := marks[members[one].id].likeness(marks[members[other].id]))
        ),
        key=lambda item: (not item[0][0], -item[0][1], item[1:]),
    )
    pairs: list[_Group] = []
    taken: set[int] = set()
    for _, one, other in ranked:
        if not taken & {one, other} and may_pair(members[one], members[other]):
            taken |= {one, other}
            pairs.append((members[one], members[other]))
    return pairs


def _in_twos(members: Sequence[Worker], may_pair: MayPair) -> list[_Group]:
    """Return crews, each of one and the next who may be with that one; who has none is alone."""
    left, pairs = list(members), list[_Group]()
    while left:
        one = left.pop(0)
        at = next((n for n, other in enumerate(left) if may_pair(one, other)), None)
        pairs.append((one,) if at is None else (one, left.pop(at)))
    return pairs


def _losing_less(
    problem: Problem,
    shift: Shift,
    pairs: Sequence[_Group],
    marks: Mapping[str, _Mark],
    may_pair: MayPair,
    *,
    taken: Sequence[Task],
) -> list[_Group]:
    """Return crews that lose fewest tasks of the reference; as they are if they lose as few.

    Who has locked tasks stays with whom it is. Of tasks that are taken over, those that one crew
    cannot do both of are done by different crews.
    """
    kept = [pair for pair in pairs if any(marks[worker.id].locked for worker in pair)]
    open_pairs = [pair for pair in pairs if pair not in kept]
    members = [worker for pair in open_pairs for worker in pair]
    if len(members) > MOST_MEMBERS:
        return list(pairs)
    tasks = [
        [problem.task_by_id[name] for name in sorted(mark.before | mark.apart)]
        for mark in (marks[worker.id] for worker in members)
    ]

    @cache
    def may_be(crew: Crew) -> bool:
        return len(crew) == 1 or may_pair(*(members[n] for n in crew))

    @cache
    def able(n: int, task: str) -> bool:
        worker, wanted = members[n], problem.task_by_id[task]
        return worker.skills >= wanted.skills and fits(shift, wanted, away(worker))

    def can_do(crew: Crew, task: Task) -> bool:
        return may_be(crew) and all(able(n, task.id) for n in crew)

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
    extra = [
        (task, [n for n in range(len(members)) if able(n, task.id)])
        for task in _apart(problem, members, taken)
    ]
    now = sum(lost(tuple(place[worker.id] for worker in pair)) for pair in open_pairs)
    if not extra and crews.least() >= now:
        return list(pairs)
    best = [[members[n] for n in crew] for crew in crews.best(extra)]
    return [*kept, *(pair for crew in best for pair in _in_twos(crew, may_pair))]


def _apart(problem: Problem, members: Sequence[Worker], tasks: Sequence[Task]) -> list[Task]:
    """Return the first of some tasks, and others, of which no crew can do two."""
    modes = {worker.travel_mode for worker in members}
    found: list[Task] = []
    for task in tasks:
        if all(excludes(problem, mode, task, other) for other in found for mode in modes):
            found.append(task)
    return found
