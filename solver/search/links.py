"""Who does linked tasks: chosen before the days are placed, for these come one after the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from solver.data.pairings import Link
from solver.data.problem import Problem, Task
from solver.data.solution import PlacedTask
from solver.search.supply import conflict, fits
from solver.search.units import Unit

Owners = dict[str, frozenset[str]]
"""By link the workers who may do its tasks; where it is soft, those who do so at no cost."""

_MOST_OTHERS = 4
"""Who are tried in turn where the best by themselves leave something undone."""


class Owning:
    """Chooses the owners of links for units that are given.

    Parameters
    ----------
    locked
        The tasks given beforehand.
    """

    def __init__(
        self,
        problem: Problem,
        units: Mapping[int, Sequence[Unit]],
        locked: Iterable[PlacedTask],
    ) -> None:
        self.problem = problem
        self._units = [unit for mine in units.values() for unit in mine]
        self._link_of = {link.id: link for link in problem.links}
        self._rank = {level: n for n, level in enumerate(problem.levels)}
        self._able_to: dict[str, set[str]] = {}
        self._locked: dict[str, frozenset[str]] = {}
        for placed in locked:
            link = problem.task_by_id[placed.task].link
            if link is not None:
                self._locked[link] = self._locked.get(link, frozenset()) | {placed.worker}

    def first(self) -> Owners:
        """Return owners who can do much of each link beside what they own already."""
        return self._completed({}, self.problem.links)

    def others(self, link: str, owners: Owners) -> Iterator[Owners]:
        """Yield owners of which one link has others, the best by themselves first.

        What these owned before goes to whoever can do most of it then.
        """
        mine = self._link_of[link]
        locked = self._locked.get(link, frozenset())
        if len(locked) >= mine.most:
            return
        for name in self._ranked(mine, locked, {})[:_MOST_OTHERS]:
            if name in owners[link]:
                continue
            freed = [
                each for each in self.problem.links if each.id == link or name in owners[each.id]
            ]
            kept = {key: names for key, names in owners.items() if all(key != f.id for f in freed)}
            kept[link] = locked | {name}
            yield self._completed(kept, freed)

    def _completed(self, owners: Owners, links: Iterable[Link]) -> Owners:
        """Return owners with those added that some links still lack, the hard ones first."""
        found = dict(owners)
        for link in sorted(links, key=lambda each: each.level is not None):
            mine = found.get(link.id, self._locked.get(link.id, frozenset()))
            while len(mine) < link.most and (ranked := self._ranked(link, mine, found)):
                mine |= {ranked[0]}
            found[link.id] = mine
        return found

    def _ranked(self, link: Link, mine: frozenset[str], owners: Owners) -> list[str]:
        """Return who can do something of a link beside some owners, who can do most first."""
        worth: dict[str, list[int]] = {}
        for task in self.problem.linked_tasks.get(link.id, ()):
            for name in self._able(task) - mine:
                if not self._is_beside(name, task, mine) or self._is_busy(name, task, link, owners):
                    continue
                points = worth.setdefault(name, [0] * (len(self.problem.levels) + 1))
                points[self._rank[task.level]] -= max(1, task.missing_points)
                points[-1] += task.familiar.get(name, task.unfamiliar_points)
        return sorted(worth, key=lambda name: (worth[name], name))

    def _able(self, task: Task) -> set[str]:
        """Return who can do a task in a shift of theirs."""
        if task.id not in self._able_to:
            self._able_to[task.id] = {
                worker.id
                for unit in self._units
                if (unit.is_crew or not task.is_crew) and fits(unit.shift, task)
                for worker in unit.members
                if worker.skills >= task.skills
            }
        return self._able_to[task.id]

    def _is_beside(self, name: str, task: Task, mine: frozenset[str]) -> bool:
        """Return whether one who does a crew's task would do it with an owner, if there is one."""
        return not (task.is_crew and mine) or any(
            not mine.isdisjoint(members) and name in members and fits(unit.shift, task)
            for unit in self._units
            if unit.is_crew
            for members in [{worker.id for worker in unit.members}]
        )

    def _is_busy(self, name: str, task: Task, link: Link, owners: Owners) -> bool:
        """Return whether a worker owns, of another link, what cannot be done beside a task."""
        mode = self.problem.worker_by_id[name].travel_mode
        return any(
            conflict(
                self.problem,
                mode,
                (task, task.earliest_start),
                (other, other.earliest_start),
            )
            for each, names in owners.items()
            if each != link.id and name in names
            for other in self.problem.linked_tasks.get(each, ())
            if other.earliest_start == other.latest_start and name in self._able(other)
        )


def doers_of(problem: Problem, tasks: Iterable[PlacedTask]) -> dict[str, set[str]]:
    """Return by link who does its tasks."""
    found: dict[str, set[str]] = defaultdict(set)
    for placed in tasks if problem.links else ():
        link = problem.task_by_id[placed.task].link
        if link is not None:
            found[link].add(placed.worker)
    return found


def link_points(problem: Problem, tasks: Iterable[PlacedTask]) -> Iterator[tuple[str, int]]:
    """Yield level and points of each soft link."""
    doers = doers_of(problem, tasks)
    for link in problem.links:
        if link.level is not None:
            yield link.level, link.points * max(0, len(doers.get(link.id, ())) - link.most)
