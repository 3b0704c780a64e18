"""One day placed at once: tasks to whoever is free, then breaks where they do the least harm."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from solver.data.problem import Problem, Task, Worker
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.legality import overlaps
from solver.search.limits import Budget
from solver.search.supply import QUARTER, conflict
from solver.search.units import OpenTask, Unit, alone, starts_among
from solver.search.value import Presence

_PASSES = 4


@dataclass(slots=True)
class DayResult:
    """Shifts with breaks and crews, and the tasks placed in them."""

    shifts: list[WorkedShift] = field(default_factory=list)
    tasks: list[PlacedTask] = field(default_factory=list)


@dataclass(slots=True)
class _Post:
    """A unit with what it has been given so far."""

    unit: Unit
    crew: str | None
    breaks: list[Span]
    pause: Span | None = None
    done: list[tuple[Task, int]] = field(default_factory=list)


class Placing:
    """Places a day quickly; what it leaves may be bettered by a model of the day.

    Parameters
    ----------
    presence
        Workers at work, the units without their breaks.
    budget
        When it is over, the first order is the last, and of tasks with many starts some are tried.
    """

    def __init__(
        self,
        problem: Problem,
        units: Sequence[Unit],
        tasks: Sequence[OpenTask],
        presence: Presence,
        locks: Mapping[str, list[PlacedTask]],
        *,
        budget: Budget,
    ) -> None:
        self.problem = problem
        self._budget = budget
        self._tasks = tasks
        self._presence = presence
        self._locks = locks
        self._span = Span(
            min(unit.shift.span.start for unit in units), max(unit.shift.span.end for unit in units)
        )
        self._harm = _Harm(problem, presence, self._span)
        self._rank = {level: n for n, level in enumerate(problem.levels)}
        self._units = units
        self._posts: list[_Post] = []
        self._members: dict[str, list[Unit]] = {}

    def place(self) -> DayResult:
        """Return the best day that serving the tasks in one of some orders gives."""
        best: tuple[tuple[int, ...], DayResult] | None = None
        for order in self._orders():
            result = self._placed(order)
            lacking = self._lacking(result)
            if best is None or lacking < best[0]:
                best = (lacking, result)
            if not any(lacking) or self._budget.is_over():
                break
        return best[1] if best is not None else DayResult()

    def _orders(self) -> Iterable[list[OpenTask]]:
        """Yield orders: important ones first, then by time, then those with most freedom first."""

        def important(each: OpenTask) -> tuple[object, ...]:
            task = each.task
            rank = (task.is_crew, self._rank[task.level], len(each.starts))
            return (*rank, task.earliest_start, task.id)

        def early(each: OpenTask) -> tuple[object, ...]:
            return (each.task.is_crew, each.starts[-1], each.task.id)

        def free(each: OpenTask) -> tuple[object, ...]:
            return (each.task.is_crew, -len(each.starts), each.task.earliest_start, each.task.id)

        for key in (important, early, free):
            yield sorted(self._tasks, key=key)

    def _lacking(self, result: DayResult) -> tuple[int, ...]:
        """Return by level the points of heads that a day lacks."""
        heads = Counter(placed.task for placed in result.tasks)
        lost = [0] * len(self._rank)
        for each in self._tasks:
            missing = max(0, each.heads - heads[each.task.id])
            lost[self._rank[each.task.level]] += missing * each.task.missing_points
        return tuple(lost)

    def _placed(self, order: Sequence[OpenTask]) -> DayResult:
        result = DayResult()
        self._harm = _Harm(self.problem, self._presence, self._span)
        self._posts = [
            _Post(unit, unit.name if unit.is_crew else None, list(unit.breaks))
            for unit in self._units
        ]
        self._part_as_before()
        self._place_breaks()
        left = [each for each in order if not self._serve_again(each, result)]
        left = [each for each in left if not self._serve_some_again(each, result)]
        left = [each for each in left if not self._serve_familiar(each, result)]
        for open_task in left:
            self._serve(open_task, result)
        self._place_breaks()
        for post in self._posts:
            pauses = (post.pause,) if post.pause is not None else ()
            result.shifts += [
                WorkedShift(
                    worker=worker.id, shift=post.unit.shift.id, breaks=pauses, crew=post.crew
                )
                for worker in post.unit.members
            ]
        return result

    # Tasks ---------------------------------------------------------------------------------------

    def _wanted(self, open_task: OpenTask) -> frozenset[str]:
        """Return who has a task in the reference."""
        return self.problem.wanted_tasks.get(open_task.task.id, frozenset())

    def _part_as_before(self) -> None:
        """Let crews part whose members have more tasks of single heads in the reference."""
        if self.problem.reference is None:
            return
        n_more: Counter[str] = Counter()
        for each in self._tasks:
            wanted = self._wanted(each)
            is_single = not each.task.is_crew and each.heads < 2 and len(wanted) < 2
            for name in wanted:
                n_more[name] += 1 if is_single else -1
        for post in list(self._posts):
            if sum(n_more[worker.id] for worker in post.unit.members) > 0 and _may_part(post):
                self._part(post)

    def _part(self, post: _Post) -> list[_Post]:
        """Replace a crew by its members, who keep the same break if they can; return them."""
        members = self._members_of(post.unit)
        shared = [p for p in post.breaks if all(p in m.breaks for m in members)]
        found = [_Post(m, None, list(shared or m.breaks), post.pause) for m in members]
        at = next(n for n, each in enumerate(self._posts) if each is post)
        self._posts[at : at + 1] = found
        return found

    def _members_of(self, crew: Unit) -> list[Unit]:
        """Return the members of a crew as units of their own."""
        if crew.name not in self._members:
            self._members[crew.name] = alone(self.problem, crew, self._locks)
        return self._members[crew.name]

    def _serve_again(self, open_task: OpenTask, result: DayResult) -> bool:
        """Give a task to all who have it in the reference; return whether it is served."""
        task, wanted = open_task.task, self._wanted(open_task)
        if not wanted:
            return False
        mine = [
            post
            for post in self._posts
            if self._suits(post, open_task) and all(w.id in wanted for w in post.unit.members)
        ]
        n_heads = sum(len(post.unit.members) for post in mine)
        if not mine or n_heads not in (open_task.heads, self._most_heads(mine, open_task)):
            return False
        for start in self._any_start(open_task):
            if all(self._may(post, task, start) for post in mine):
                self._give(open_task, start, mine, result)
                return True
        return False

    @staticmethod
    def _most_heads(posts: Iterable[_Post], open_task: OpenTask) -> int:
        """Return how many may do a task: a crew goes as a whole, so one head may bring a second."""
        has_crew = any(post.unit.is_crew for post in posts)
        return open_task.heads + (has_crew and not open_task.task.is_crew)

    def _any_start(self, open_task: OpenTask) -> Iterable[int]:
        """Return the starts drawn, then, unless heads have begun already, others in the shifts."""
        if len(open_task.starts) < 2:
            return open_task.starts
        return dict.fromkeys((*open_task.starts, *starts_among(self._units, open_task.task)))

    def _serve_some_again(self, open_task: OpenTask, result: DayResult) -> bool:
        """Give a task to units of which some have it in the reference; return whether one does."""
        wanted = self._wanted(open_task)
        if not any(self._n_kept(post, open_task.task) for post in self._posts if wanted):
            return False
        start, posts = self._best_start(open_task, open_task.starts)
        if not any(self._n_kept(post, open_task.task) for post in posts):
            return False
        self._give(open_task, start, posts, result)
        return True

    def _n_kept(self, post: _Post, task: Task) -> int:
        """Return how many of a unit have a task in the reference."""
        wanted = self.problem.wanted_tasks.get(task.id, frozenset())
        return sum(worker.id in wanted for worker in post.unit.members)

    def _serve_familiar(self, open_task: OpenTask, result: DayResult) -> bool:
        """Give a task to whom its place knows best; return whether it is served."""
        task = open_task.task
        least = min(task.familiar.values(), default=task.unfamiliar_points)
        if task.familiar_level is None or least >= task.unfamiliar_points or open_task.heads > 1:
            return False
        for post in self._posts:
            worker = post.unit.members[0]
            if post.unit.is_crew or task.familiar.get(worker.id, task.unfamiliar_points) > least:
                continue
            if not self._suits(post, open_task) or open_task.strangers(post.unit):
                continue
            for start in open_task.starts:
                if self._may(post, task, start):
                    self._give(open_task, start, [post], result)
                    return True
        return False

    def _serve(self, open_task: OpenTask, result: DayResult) -> None:
        start, posts = self._best_start(open_task, open_task.starts)
        if not posts and len(open_task.starts) > 1 and not self._budget.is_over():
            start, posts = self._best_start(open_task, starts_among(self._units, open_task.task))
        self._give(open_task, start, posts, result)

    def _give(
        self, open_task: OpenTask, start: int, posts: Iterable[_Post], result: DayResult
    ) -> None:
        for post in posts:
            post.done.append((open_task.task, start))
            span = Span(start, start + open_task.task.duration_min)
            post.breaks = [pause for pause in post.breaks if not overlaps(pause, span)]
            if post.pause is not None and overlaps(post.pause, span):
                self._choose_break(post)
            result.tasks += [
                PlacedTask(task=open_task.task.id, worker=worker.id, start=start)
                for worker in post.unit.members
            ]

    def _best_start(self, open_task: OpenTask, starts: Sequence[int]) -> tuple[int, list[_Post]]:
        """Return the start at which most heads are found, the best of them, and their units."""
        best: tuple[int, list[_Post]] = (0, [])
        cost = None
        for start in starts:
            posts, mine = self._crew_up(open_task, start)
            n_heads = sum(len(post.unit.members) for post in posts)
            n_kept = sum(self._n_kept(post, open_task.task) for post in posts)
            rank = (-n_heads, -n_kept, mine)
            if posts and (cost is None or rank < cost):
                best, cost = (start, posts), rank
        return best

    def _crew_up(self, open_task: OpenTask, start: int) -> tuple[list[_Post], int]:
        """Return the best units for a task at a start, no more heads than it lacks, and points."""
        task, left = open_task.task, open_task.heads
        offers = [
            (-self._n_kept(post, task), self._cost(post, open_task, start), n)
            for n, post in enumerate(self._posts)
            if self._suits(post, open_task)
            and post.unit.skills >= task.skills
            and self._may(post, task, start)
        ]
        chosen, total = [], 0
        for _, cost, n in sorted(offers):
            size = len(self._posts[n].unit.members)
            if size <= left:
                chosen.append(self._posts[n])
                left -= size
                total += cost
        if left and not chosen and not task.is_crew:
            parted = self._part_crew(open_task, start)
            if parted is not None:
                return [parted], 0
            whole = next((offer for offer in sorted(offers) if left == 1), None)
            return ([self._posts[whole[2]]], whole[1]) if whole is not None else ([], 0)
        return chosen, total

    @staticmethod
    def _suits(post: _Post, open_task: OpenTask) -> bool:
        if not open_task.is_open_to(post.unit):
            return False
        return post.unit.is_crew or not open_task.task.is_crew

    def _may(self, post: _Post, task: Task, start: int) -> bool:
        if not post.unit.can_do(self.problem, task, start):
            return False
        if any(
            conflict(self.problem, mode, (task, start), other)
            for mode in post.unit.modes
            for other in post.done
        ):
            return False
        span = Span(start, start + task.duration_min)
        return not post.breaks or not all(overlaps(pause, span) for pause in post.breaks)

    def _cost(self, post: _Post, open_task: OpenTask, start: int) -> int:
        """Return what speaks against a unit: its break, strangers, travel, then scarce breaks."""
        task, link = open_task.task, open_task.link
        points = sum(
            task.familiar.get(worker.id, task.unfamiliar_points) for worker in post.unit.members
        )
        points += link.points * len(open_task.strangers(post.unit)) if link is not None else 0
        mode = post.unit.modes[0]
        around = [*post.done, *post.unit.locked]
        travel = min(
            (self.problem.travel_min(mode, other.place, task.place) for other, _ in around),
            default=0,
        )
        span = Span(start, start + task.duration_min)
        is_pause = post.pause is not None and overlaps(post.pause, span)
        return 10**6 * is_pause + 1000 * points + travel - min(len(post.breaks), 20)

    def _part_crew(self, open_task: OpenTask, start: int) -> _Post | None:
        """Let a crew that has nothing to do part, so that a member may do a task; return it."""
        task = open_task.task
        for post in self._posts:
            if post.done or not _may_part(post):
                continue
            members = self._members_of(post.unit)
            for at, member in enumerate(members):
                if open_task.is_open_to(member) and member.can_do(self.problem, task, start):
                    found = self._part(post)[at]
                    return found if self._may(found, task, start) else None
        return None

    # Breaks --------------------------------------------------------------------------------------

    def _place_breaks(self) -> None:
        """Choose for each unit the break that does the least harm beside those of the others."""
        posts = sorted(self._posts, key=lambda post: len(post.breaks))
        for _ in range(_PASSES):
            n_moved = 0
            for post in posts:
                before = post.pause
                self._choose_break(post)
                n_moved += post.pause != before
            if not n_moved:
                return

    def _choose_break(self, post: _Post) -> None:
        places = post.breaks or list(post.unit.breaks[:1])
        if not places:
            return
        members = post.unit.members
        if post.pause is not None:
            self._harm.take(members, post.pause, -1)
        post.pause = min(places, key=lambda pause: self._harm.of(members, pause))
        self._harm.take(members, post.pause)


def _may_part(post: _Post) -> bool:
    """Return whether a unit is a crew that nothing locked holds together."""
    return post.unit.is_crew and not any(task.is_crew for task, _ in post.unit.locked)


_Levels = list[tuple[int, int, int]]
"""Heads wanted, rank of the level and points."""

_Lines = tuple[Span, frozenset[str], _Levels, list[int]]
"""Span, skills and levels of a demand, and the fewest who are there in each of its quarters."""


class _Harm:
    """What demands lose when workers are away in a span, by quarters."""

    def __init__(self, problem: Problem, presence: Presence, span: Span) -> None:
        self._size = len(problem.levels)
        rank = {level: n for n, level in enumerate(problem.levels)}
        self._demands: list[_Lines] = []
        for demand in problem.demands:
            if not overlaps(demand.span, span):
                continue
            near = _whole_quarters(demand.span, span)
            line = presence.during(demand.skills, near)
            fewest = np.minimum.reduceat(line, np.arange(0, len(line), QUARTER)).tolist()
            levels = [(heads, rank[level], points) for heads, level, points in demand.levels]
            self._demands.append((near, demand.skills, levels, fewest))
        self._near: dict[Span, list[_Lines]] = {}

    def _touched(
        self, workers: Iterable[Worker], pause: Span
    ) -> Iterable[tuple[int, int, _Levels, list[int]]]:
        if pause not in self._near:
            self._near[pause] = [each for each in self._demands if overlaps(each[0], pause)]
        for span, skills, levels, fewest in self._near[pause]:
            n = sum(worker.skills >= skills for worker in workers)
            if n:
                first = max(0, (pause.start - span.start) // QUARTER)
                last = min(len(fewest), -(-(pause.end - span.start) // QUARTER))
                for quarter in range(first, last):
                    yield quarter, n, levels, fewest

    def of(self, workers: Iterable[Worker], pause: Span) -> tuple[tuple[int, ...], int]:
        """Return the points lost by level when workers pause, then minus the slack there."""
        lost, slack = [0] * self._size, 0
        for quarter, n, levels, fewest in self._touched(workers, pause):
            now = fewest[quarter]
            for heads, level, points in levels:
                lost[level] += points * (max(0, heads - now + n) - max(0, heads - now))
            slack -= now
        return tuple(lost), slack

    def take(self, workers: Iterable[Worker], pause: Span, sign: int = 1) -> None:
        """Count workers as away during a pause, or no more with a negative sign."""
        for quarter, n, _, fewest in self._touched(workers, pause):
            fewest[quarter] -= n * sign


def _whole_quarters(demand: Span, span: Span) -> Span:
    """Return the quarters of a demand in which some of a span lies."""
    start = demand.start + max(0, span.start - demand.start) // QUARTER * QUARTER
    return Span(start, min(demand.end, start - (start - span.end) // QUARTER * QUARTER))


def hint_of(result: DayResult) -> tuple[dict[str, Span], set[tuple[str, str, int]]]:
    """Return a placed day by worker: the break, and the tasks with their starts."""
    pauses = {worked.worker: worked.breaks[0] for worked in result.shifts if worked.breaks}
    done = {(placed.worker, placed.task, placed.start) for placed in result.tasks}
    return pauses, done
