"""What a roster pays by level, and exactly what a change would add."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from solver.data.problem import Problem, Shift, Worker
from solver.data.rules import TasksPerShift
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.explain.changes import Change, LevelPoints
from solver.explain.roster import Roster
from solver.explain.staffing import Attendance, Staffing
from solver.search.legality import away, minus
from solver.search.links import link_points
from solver.search.own import OwnCost
from solver.search.ties import paid, planned

Sums = tuple[int, ...]
"""Points by level, in the problem's order; the smaller of two is the better."""


class Ledger:
    """Prices changes of one roster.

    Every difference equals what :func:`solver.checks.level_values` says of the roster after the
    change less what it says of the roster before.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self.numbers = {level: number for number, level in enumerate(self.problem.levels)}
        self.staffing = Staffing(self.problem, self.numbers)
        self._own_costs: dict[str, OwnCost] = {}
        self._own_now: dict[str, Sums] = {}
        self._of_shifts: dict[tuple[str, frozenset[str]], Sums] = {}
        self._of_attended: dict[tuple[Attendance, ...], Sums] = {}
        self._per_shift = {
            book.id: [rule for rule in book.rules if isinstance(rule, TasksPerShift)]
            for book in self.problem.rule_books
        }
        self._attending: dict[tuple[str, str, tuple[Span, ...]], tuple[Attendance, ...]] = {}
        if self.problem.demands:
            self.staffing.count(self._everybody())

    @property
    def nothing(self) -> Sums:
        """No points on any level."""
        return (0,) * len(self.numbers)

    def difference(self, change: Change) -> Sums:
        """Return the points by level that a change adds."""
        total = list(self.nothing)
        for level, points in self._of_tasks(change):
            total[self.numbers[level]] += points
        for worker in change.workers:
            mine = self._own_difference(worker, change)
            total = [one + other for one, other in zip(total, mine, strict=True)]
        for level, points in (*self._of_ties(change), *self._of_links(change)):
            total[self.numbers[level]] += points
        attended = tuple(self.attended(change))
        if attended:
            staffing = self._of_attendance(attended)
            total = [one + other for one, other in zip(total, staffing, strict=True)]
        return tuple(total)

    def _of_attendance(self, attended: tuple[Attendance, ...]) -> Sums:
        """Return what demands pay more with changed attendance; remembered."""
        if attended not in self._of_attended:
            self._of_attended[attended] = self.staffing.difference(attended)
        return self._of_attended[attended]

    def told(self, sums: Sums) -> tuple[LevelPoints, ...]:
        """Return sums as they are told: every level, in order."""
        pairs = zip(self.problem.levels, sums, strict=True)
        return tuple(LevelPoints(level=level, points=points) for level, points in pairs)

    def sums(self, points: Iterable[tuple[str, int]]) -> Sums:
        """Return the sums of points by level."""
        total = list(self.nothing)
        for level, each in points:
            total[self.numbers[level]] += each
        return tuple(total)

    def own_cost(self, worker: str) -> OwnCost:
        """Return what prices the worker's own shifts."""
        if worker not in self._own_costs:
            self._own_costs[worker] = OwnCost(self.problem, self.problem.worker_by_id[worker])
        return self._own_costs[worker]

    def of_shifts(self, worker: str, planned: Iterable[str]) -> Sums:
        """Return what planned shifts of a worker pay by themselves; remembered."""
        key = (worker, frozenset(planned))
        if key not in self._of_shifts:
            shifts = [self.problem.shift_by_id[name] for name in key[1]]
            self._of_shifts[key] = self.sums(self.own_cost(worker).of_shifts(shifts))
        return self._of_shifts[key]

    def attended(self, change: Change) -> list[Attendance]:
        """Return what a change changes in who is at work."""
        if not self.problem.demands:
            return []
        return [
            (skills, span, times * sign)
            for sign, shifts in ((-1, change.shifts_out), (1, change.shifts_in))
            for worked in shifts
            for skills, span, times in self._attendance(worked)
        ]

    def _everybody(self) -> Iterator[Attendance]:
        """Yield who is at work now; facts count whether the roster names them or not."""
        for worked in self.roster.solution.shifts:
            yield from self._attendance(worked)
        for worker in self.problem.workers:
            known = self.roster.worked.get(worker.id, {})
            for fact in worker.facts:
                if fact.shift not in known:
                    yield from _at_work(worker, fact.parts, ())

    def _attendance(self, worked: WorkedShift) -> tuple[Attendance, ...]:
        key = (worked.worker, worked.shift, worked.breaks)
        if key not in self._attending:
            worker = self.problem.worker_by_id[worked.worker]
            parts = self.problem.shift_by_id[worked.shift].parts
            for fact in worker.facts:
                if fact.shift == worked.shift:
                    parts = fact.parts
            self._attending[key] = tuple(_at_work(worker, parts, worked.breaks))
        return self._attending[key]

    def _own(
        self, worker: str, worked: Mapping[str, WorkedShift], placed: Sequence[PlacedTask]
    ) -> Sums:
        """Return what a worker's shifts, tasks that lack in them and ways between tasks pay.

        Facts count worked or not.
        """
        names = worked.keys() - self.roster.given[worker]
        total = self.of_shifts(worker, names)
        one = self.problem.worker_by_id[worker]
        planned = [self.problem.shift_by_id[name] for name in names]
        if self._per_shift[one.rule_book]:
            lacking = self.sums(_lacking(self._per_shift[one.rule_book], planned, placed))
            total = tuple(map(sum, zip(total, lacking, strict=True)))
        if self.problem.travel_level is None:
            return total
        minutes = _travelled_min(self.problem, one, planned, placed)
        points = self.problem.travel_points * minutes
        number = self.numbers[self.problem.travel_level]
        return (*total[:number], total[number] + points, *total[number + 1 :])

    def _own_difference(self, worker: str, change: Change) -> Sums:
        if worker not in self._own_now:
            worked = self.roster.worked.get(worker, {})
            placed = self.roster.placed.get(worker, ())
            self._own_now[worker] = self._own(worker, worked, placed)
        gone = [p for p in change.tasks_out if p.worker == worker]
        doing = [p for p in self.roster.placed.get(worker, ()) if p not in gone]
        doing += [p for p in change.tasks_in if p.worker == worker]
        worked_after = dict(self.roster.worked.get(worker, {}))
        for each in change.shifts_out:
            if each.worker == worker:
                worked_after.pop(each.shift, None)
        worked_after |= {w.shift: w for w in change.shifts_in if w.worker == worker}
        after = self._own(worker, worked_after, doing)
        before = self._own_now[worker]
        return tuple(one - other for one, other in zip(after, before, strict=True))

    def _of_tasks(self, change: Change) -> Iterator[tuple[str, int]]:
        """Yield what heads that come and go pay: missing, unfamiliar, and not as the reference."""
        heads: Counter[str] = Counter()
        for sign, tasks in ((-1, change.tasks_out), (1, change.tasks_in)):
            for placed in tasks:
                task = self.problem.task_by_id[placed.task]
                heads[task.id] += sign
                if task.familiar_level is not None:
                    points = task.familiar.get(placed.worker, task.unfamiliar_points)
                    yield task.familiar_level, sign * points
        for name, more in heads.items():
            task, n_now = self.problem.task_by_id[name], len(self.roster.heads.get(name, ()))
            short = max(0, task.heads - n_now - more) - max(0, task.heads - n_now)
            yield task.level, task.missing_points * short
        reference = self.problem.reference
        if reference is not None:
            points = reference.task_points * self._n_not_kept(change)
            yield reference.level, points

    def _of_links(self, change: Change) -> Iterator[tuple[str, int]]:
        """Yield what soft links pay more for tasks that come and go."""
        moved = [*change.tasks_out, *change.tasks_in]
        touched = {self.problem.task_by_id[placed.task].link for placed in moved}
        if touched <= {None}:
            return
        gone = set(change.tasks_out)
        linked = [t for link in touched if link for t in self.problem.linked_tasks[link]]
        now = [placed for task in linked for placed in self.roster.heads.get(task.id, ())]
        then = [*(placed for placed in now if placed not in gone), *change.tasks_in]
        yield from link_points(self.problem, then)
        yield from ((level, -points) for level, points in link_points(self.problem, now))

    def _of_ties(self, change: Change) -> Iterator[tuple[str, int]]:
        """Yield what pairings pay more for shifts that come and go."""
        gone = {(worked.worker, worked.shift) for worked in change.shifts_out}
        new = {(worked.worker, worked.shift) for worked in change.shifts_in}
        ties = self.roster.ties.touching(sorted(gone ^ new))
        if ties:
            names = {name for tie in ties for name, _ in (*tie.more, *tie.less)}
            now = planned({name: self.roster.planned(name) for name in names})
            yield from paid(ties, now - gone | new)
            yield from ((level, -points) for level, points in paid(ties, now))

    def _n_not_kept(self, change: Change) -> int:
        """Return how many more tasks of the reference are not with whom they were."""
        assert self.problem.reference is not None  # noqa: S101  asked for with a reference only
        wanted = set(self.problem.reference.tasks)
        now: dict[tuple[str, str], int] = defaultdict(int)
        for placed in (*change.tasks_out, *change.tasks_in):
            now[placed.task, placed.worker] = 0
        touched = now.keys() & wanted
        before = {(p.task, p.worker) for key in touched for p in self.roster.heads.get(key[0], ())}
        gone = set(change.tasks_out)
        after = {
            (p.task, p.worker)
            for key in touched
            for p in self.roster.heads.get(key[0], ())
            if p not in gone
        } | {(p.task, p.worker) for p in change.tasks_in}
        return len(touched - after) - len(touched - before)


def _at_work(worker: Worker, parts: Iterable[Span], breaks: Sequence[Span]) -> Iterator[Attendance]:
    holes = (*breaks, *away(worker))
    for part in parts:
        for piece in minus(part, holes):
            yield worker.skills, piece, 1


def _lacking(
    rules: Iterable[TasksPerShift], planned: Sequence[Shift], placed: Sequence[PlacedTask]
) -> Iterator[tuple[str, int]]:
    """Yield what planned shifts pay for tasks that lack in them."""
    for shift in planned:
        span = shift.span
        n_tasks = sum(span.start <= each.start < span.end for each in placed)
        for rule in rules:
            yield str(rule.level), rule.points * rule.n_lacking(shift.kind, n_tasks)


def _travelled_min(
    problem: Problem, worker: Worker, planned: Sequence[Shift], placed: Sequence[PlacedTask]
) -> int:
    """Return minutes between tasks that follow each other in one part of a shift."""
    if len(placed) < 2:
        return 0
    parts = [part for fact in worker.facts for part in fact.parts]
    parts += [part for shift in planned for part in shift.parts]
    done = sorted(
        (each.start, task.duration_min, each.task, task.place)
        for each in placed
        for task in [problem.task_by_id[each.task]]
    )

    def part_of(at: int) -> Span | None:
        for part in parts:
            if part[0] <= at < part[1]:
                return part
        return None

    total = 0
    here = part_of(done[0][0])
    for (*_, one), (start, *_, other) in pairwise(done):
        before, here = here, part_of(start)
        if before is not None and before == here:
            total += problem.travel_min(worker.travel_mode, one, other)
    return total
