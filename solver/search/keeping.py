"""What of a reference the shifts of workers let them keep, one by one and as crews."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from solver.data.problem import Problem, Task, Worker
from solver.search.crews import Crew, CrewLosses, Crews
from solver.search.leads import given_shifts
from solver.search.legality import away
from solver.search.patterns import Patterns
from solver.search.room import room_of
from solver.search.supply import Excluding, Fits

Company = tuple[str, str, tuple[str, ...]]
"""A team, a shift, and all of the team who have it, in order."""


class Keeping:
    """Counts tasks of the reference that workers lose whatever else is planned.

    Attributes
    ----------
    wanted_by
        By worker the tasks of the reference that some shift may let it keep, and nothing else does.
    fits
        Whether shifts can hold tasks.
    """

    def __init__(self, problem: Problem, patterns: Patterns, fits: Fits) -> None:
        self._problem = problem
        self._patterns = patterns
        self.fits = fits
        self._givens = {worker.id: given_shifts(problem, worker) for worker in problem.workers}
        self._given = {
            (worker.team, shift.id)
            for worker in problem.workers
            for shift in self._givens[worker.id]
        }
        self.wanted_by: dict[str, list[Task]] = defaultdict(list)
        for task in problem.tasks:
            for name in sorted(problem.wanted_tasks.get(task.id, ())):
                worker = problem.worker_by_id.get(name)
                if worker is not None and not self._is_kept_anyhow(worker, task):
                    self.wanted_by[name].append(task)
        self._reached = {name: sorted(patterns.reached(name)) for name in patterns.open_workers}
        self._holding: dict[tuple[str, str], list[str]] = {}
        self._only_there: dict[tuple[str, str], list[Task]] = {}
        self._excluding: dict[frozenset[str], dict[tuple[str, str], bool]] = defaultdict(dict)
        self._ways: dict[str, Excluding] = {}
        self._crews: dict[Company, list[Crews]] = {}
        self._least: dict[tuple[Company, tuple[str, ...], bool], int] = {}

    def _is_kept_anyhow(self, worker: Worker, task: Task) -> bool:
        """Return whether a worker may keep a task whatever is planned: locked, or in a fact."""
        return any(lock.worker == worker.id for lock in task.locks) or any(
            self.fits.shift(shift.id, task, away(worker)) for shift in self._givens[worker.id]
        )

    # One by one ----------------------------------------------------------------------------------

    def holding(self, name: str, task: Task) -> list[str]:
        """Return the shifts a worker may have that can hold a task."""
        if (name, task.id) not in self._holding:
            self._holding[name, task.id] = [
                shift for shift in self._reached.get(name, ()) if self.fits.shift(shift, task)
            ]
        return self._holding[name, task.id]

    def lost_beside(self, name: str, shift: str, task: Task) -> list[Task]:
        """Return the tasks that a worker on a shift loses by doing another there."""
        if not self.fits.shift(shift, task):
            return []
        return [
            other
            for other in self.wanted_by.get(name, ())
            if other is not task
            and shift in self.holding(name, other)
            and self._excludes((name,), task, other)
        ]

    def _excludes(self, names: Iterable[str], one: Task, other: Task) -> bool:
        """Return whether workers cannot do both of two tasks, whichever of them drives."""
        modes = frozenset(self._problem.worker_by_id[name].travel_mode for name in names)
        known, pair = self._excluding[modes], (one.id, other.id)
        if pair not in known:
            for mode in modes - self._ways.keys():
                self._ways[mode] = Excluding(self._problem, mode)
            known[pair] = all(self._ways[mode](one, other) for mode in modes)
        return known[pair]

    def are_apart(self, one: str, shift: str, two: str, elsewhere: str) -> bool:
        """Return whether two who have different shifts have none in common on these days."""
        return shift != elsewhere and not any(
            self._patterns.may_join(name, shift, elsewhere) for name in (one, two)
        )

    # As crews ------------------------------------------------------------------------------------

    def has_given(self, company: Company) -> bool:
        """Return whether others of a team have a shift as a fact, so that it is no company."""
        return company[:2] in self._given

    def only_there(self, name: str, shift: str) -> list[Task]:
        """Return the tasks that one who has a shift can keep only there."""
        if (name, shift) not in self._only_there:
            self._only_there[name, shift] = [
                task
                for task in self.wanted_by.get(name, ())
                if shift in (holding := self.holding(name, task))
                and not any(
                    self._patterns.may_join(name, shift, other)
                    for other in holding
                    if other != shift
                )
            ]
        return self._only_there[name, shift]

    def n_holders(self, company: Company) -> Counter[str]:
        """Return how many of a company can keep each task only there."""
        _, shift, names = company
        return Counter(task.id for name in names for task in self.only_there(name, shift))

    def least_lost(
        self, company: Company, taking: Sequence[Task] = (), *, is_sure: bool = True
    ) -> int:
        """Return how many tasks a company loses at least, whoever makes up a crew with whom.

        A task of two counts twice when both lose it. All but one of an odd number are paired.

        Parameters
        ----------
        taking
            Tasks of which each is done by another crew of the company.
        is_sure
            Look for room for all tasks of a crew, not only for two at a time. It takes longer.
        """
        key = company, tuple(task.id for task in taking), is_sure
        if key not in self._least:
            mine = [(task, self._able(company, task)) for task in taking]
            doubled = max(crews.least(mine, is_sure=is_sure) for crews in self._crews_of(company))
            self._least[key] = -(-doubled // 2)
        return self._least[key]

    def at_once(self, company: Company, tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
        """Yield crew tasks that a company may take over: each, and each two for two crews."""
        _, shift, names = company
        mine = [task for task in tasks if task.is_crew and self.fits.shift(shift, task)]
        yield from ((task,) for task in mine)
        yield from (pair for pair in combinations(mine, 2) if self._excludes(names, *pair))

    def _able(self, company: Company, task: Task) -> list[int]:
        _, shift, names = company
        return [n for n, name in enumerate(names) if self._can_do(name, shift, task)]

    def _can_do(self, name: str, shift: str, task: Task) -> bool:
        worker = self._problem.worker_by_id[name]
        return worker.skills >= task.skills and self.fits.shift(shift, task, away(worker))

    def _crews_of(self, company: Company) -> list[Crews]:
        """Return the crews of a company, judged in two ways."""
        if company not in self._crews:
            _, shift, names = company

            def can_do(crew: Crew, task: Task) -> bool:
                return all(self._can_do(names[n], shift, task) for n in crew)

            def excludes(crew: Crew, one: Task, other: Task) -> bool:
                return self._excludes([names[n] for n in crew], one, other)

            def has_room(crew: Crew, tasks: Sequence[Task]) -> bool:
                workers = [self._problem.worker_by_id[names[n]] for n in crew]
                mine = self._problem.shift_by_id[shift]
                return room_of(self._problem, mine, workers).has_all(tasks)

            tasks = [self.only_there(name, shift) for name in names]
            losses = CrewLosses(tasks, can_do, excludes, has_room)
            self._crews[company] = [
                Crews(len(names), lost) for lost in (losses.at_odds, losses.apart)
            ]
        return self._crews[company]
