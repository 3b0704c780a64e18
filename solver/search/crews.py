"""Who makes up a crew with whom, so that a company keeps as many tasks of a reference as it can.

A crew of two does all its tasks together, and a crew task of two, or a task for one, is done by one
crew. So a crew loses tasks that one of them cannot do, or for which it has no room together; of two
who had such a task together and are in different crews one loses it; and who is alone does no crew
tasks at all, but all others. Two of a crew may part, and then each is alone.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from solver.data.problem import Task

Crew = tuple[int, ...]
"""Numbers of one or two members, ascending."""

Taking = Mapping[tuple[str, str], tuple[str, ...]]
"""By team and shift the tasks that crews do there though they were others'."""

Extra = Sequence[tuple[Task, Sequence[int]]]
"""More tasks, each for another crew, with the members who can do it."""

MOST_MEMBERS = 12
"""From which on there are too many ways to look at all."""

_MOST_MORE, _MOST_TRIED = 3, 50
"""Tasks that are found to have no room beyond those that are at odds with one other, and sets of
tasks that are tried to be left out for it."""


class Lost(Protocol):
    """What a crew loses at least, doubled: of what one of two crews loses each has half."""

    def __call__(self, crew: Crew, *, beside: Task | None = None, is_sure: bool = True) -> int:
        """Return how many tasks are lost, each counted for everyone who loses it.

        Parameters
        ----------
        beside
            Another task that the crew does.
        is_sure
            Count not only what is at odds with one other task. It takes longer.
        """


class CrewLosses:
    """What crews of a company lose, in two ways of which neither always says more.

    Parameters
    ----------
    tasks
        By member the tasks of the reference.
    can_do
        Whether both of a crew can do a task.
    excludes
        Whether a crew cannot do both of two tasks.
    has_room
        Whether a crew can do all of some tasks.
    """

    def __init__(
        self,
        tasks: Sequence[Sequence[Task]],
        can_do: Callable[[Crew, Task], bool],
        excludes: Callable[[Crew, Task, Task], bool],
        has_room: Callable[[Crew, Sequence[Task]], bool],
    ) -> None:
        self._tasks = tasks
        self._can_do = can_do
        self._excludes = excludes
        self._has_room = has_room
        self._n_holders = Counter(
            task.id for mine in tasks for task in mine if task.heads == 1 + task.is_crew
        )

    def at_odds(self, crew: Crew, *, beside: Task | None = None, is_sure: bool = True) -> int:
        """Return what a crew loses that it cannot do, or has no room for."""
        return 2 * self._n_lost(crew, [self._tasks[n] for n in crew], beside, is_sure=is_sure)

    def apart(self, crew: Crew, *, beside: Task | None = None, is_sure: bool = True) -> int:
        """Return what it loses of tasks of two in different crews, and of others as said."""
        n_here = Counter(task.id for n in crew for task in self._tasks[n])
        own = [
            [t for t in self._tasks[n] if self._n_holders[t.id] != 2 or n_here[t.id] == 2]
            for n in crew
        ]
        n_apart = sum(len(self._tasks[n]) for n in crew) - sum(len(mine) for mine in own)
        return 2 * self._n_lost(crew, own, beside, is_sure=is_sure) + n_apart

    def _n_lost(
        self, crew: Crew, tasks: Sequence[Sequence[Task]], beside: Task | None, *, is_sure: bool
    ) -> int:
        n_alone = sum(task.is_crew for each in tasks for task in each)
        if len(crew) == 1:
            return n_alone
        mine, yours = (
            [t for t in each if self._can_do(crew, t) and self._go_together(crew, t, beside)]
            for each in tasks
        )
        n_lost = sum(len(each) for each in tasks) - len(mine) - len(yours)
        n_more = self._n_at_odds(crew, mine, yours)
        if is_sure:
            n_more = self._n_crowded_out(crew, [*mine, *yours], beside, least=n_more)
        if beside is not None:
            return n_lost + n_more
        n_parted = n_alone + sum(task in tasks[1] and task.heads == 1 for task in tasks[0])
        return min(n_lost + n_more, n_parted)

    def _go_together(self, crew: Crew, task: Task, beside: Task | None) -> bool:
        return beside in (None, task) or not self._excludes(crew, beside, task)

    def _n_at_odds(self, crew: Crew, mine: Iterable[Task], yours: Iterable[Task]) -> int:
        """Return how many tasks are lost at least because of one of the other worker."""
        left, n_lost = list(yours), 0
        for task in mine:
            odd = next((t for t in left if t is not task and self._excludes(crew, task, t)), None)
            if odd is not None:
                left.remove(odd)
                n_lost += 1
        return n_lost

    def _n_crowded_out(
        self, crew: Crew, tasks: Collection[Task], beside: Task | None, *, least: int
    ) -> int:
        """Return how many tasks must be lost so that there is room, or that it is a few more."""
        fixed = [] if beside is None else [beside]
        n_heads = Counter(task.id for task in tasks if task is not beside)
        every = {task.id: task for task in tasks if task is not beside}
        n_tried = 0
        for n_lost in range(least, least + _MOST_MORE):
            for n_out in range(n_lost // 2, n_lost + 1):
                for out in combinations(every, n_out):
                    n_tried += 1
                    if n_tried > _MOST_TRIED:
                        return n_lost
                    if sum(n_heads[name] for name in out) == n_lost:
                        left = [task for name, task in every.items() if name not in out]
                        if self._has_room(crew, [*left, *fixed]):
                            return n_lost
        return least + _MOST_MORE


class Crews:
    """The members of a company in crews of two; of an odd number one is alone.

    Parameters
    ----------
    lost
        What one or two members lose: it is made sure of for crews that seem to lose least.
    """

    def __init__(self, n_members: int, lost: Lost) -> None:
        self._n_members = n_members
        self._lost = lost
        self._costs: dict[Crew, int] = {}
        self._sure: set[Crew] = set()
        self._least: dict[int, int] = {0: 0}
        self._beside: dict[tuple[Crew, str], int] = {}

    def least(self, extra: Extra = (), *, is_sure: bool = True) -> int:
        """Return the least that all members lose; 0 where it is not known or cannot be."""
        if self._n_members > MOST_MEMBERS:
            return 0
        if extra:
            return self._with_extra(extra, self._all)[0]
        if is_sure:
            self._best(self._all)
        return self._of_those(self._all)

    def best(self, extra: Extra = ()) -> list[Crew]:
        """Return crews of few members that lose least, with those that do the extra tasks first."""
        _, crews = self._with_extra(extra, self._all)
        return [*crews, *self._best(_without(self._all, [n for crew in crews for n in crew]))]

    @property
    def _all(self) -> int:
        return (1 << self._n_members) - 1

    def _with_extra(self, extra: Extra, left: int) -> tuple[int, list[Crew]]:
        """Return the least that those left lose, and crews for tasks; 0, none where they lack."""
        if not extra:
            return self._of_those(left), []
        (task, able), *others = extra
        found: list[tuple[int, list[Crew]]] = []
        for crew in combinations([n for n in able if left >> n & 1], 2):
            lost, crews = self._with_extra(others, _without(left, crew))
            if len(crews) == len(others):
                found.append((self._lost_beside(crew, task) + lost, [crew, *crews]))
        return min(found, default=(0, []))

    def _lost_beside(self, crew: Crew, task: Task) -> int:
        if (crew, task.id) not in self._beside:
            self._beside[crew, task.id] = self._lost(crew, beside=task)
        return self._beside[crew, task.id]

    def _best(self, members: int) -> list[Crew]:
        while True:
            left, found = members, list[Crew]()
            while left:
                crew = min(_crews_of(left), key=lambda each: self._with(each, left))
                found.append(crew)
                left = _without(left, crew)
            if not self._make_sure(found):
                return found

    def _make_sure(self, crews: Iterable[Crew]) -> bool:
        """Find out what crews lose for sure; return whether it is more."""
        is_more = False
        for crew in crews:
            if crew not in self._sure:
                self._sure.add(crew)
                cost = self._lost(crew)
                is_more |= cost > self._costs[crew]
                self._costs[crew] = cost
        if is_more:
            self._least = {0: 0}
        return is_more

    def _of_those(self, left: int) -> int:
        if left not in self._least:
            self._least[left] = min(self._with(crew, left) for crew in _crews_of(left))
        return self._least[left]

    def _with(self, crew: Crew, left: int) -> int:
        if crew not in self._costs:
            self._costs[crew] = self._lost(crew, is_sure=False)
        return self._costs[crew] + self._of_those(_without(left, crew))


def _crews_of(left: int) -> list[Crew]:
    """Return the crews that the first of those left may be in; alone only of an odd number."""
    first, *others = (n for n in range(left.bit_length()) if left >> n & 1)
    found: list[Crew] = [(first, other) for other in others]
    return [*found, (first,)] if len(others) % 2 == 0 else found


def _without(left: int, crew: Iterable[int]) -> int:
    return left & ~sum(1 << n for n in crew)
