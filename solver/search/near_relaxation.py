"""What near a reference any roster must pay: for coverage, and for what must change.

To what the relaxation says of coverage comes what the reference says of each worker: the tasks that
a shift lets its worker keep, the lead without whom a follower cannot keep a shift, what an odd
number in a team lose since one is left without a crew, and the tasks that are given up.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from solver.data.problem import Problem, Reference, Task, Worker
from solver.search.legality import away
from solver.search.patterns import Patterns, given_leads
from solver.search.relaxation import Relaxation
from solver.search.supply import Excluding, heads_open

Company = tuple[str, str, tuple[str, ...]]
"""A team, a shift, and the workers of the team who have it, in order."""


class NearRelaxation(Relaxation):
    """The linear model of a problem with a reference, and what the reference lets workers keep.

    Parameters
    ----------
    with_comers
        Count too what is lost where an odd number come to a shift together. Few rows say so, but
        the linear program is solved far slower with them.
    odd
        Companies of odd numbers: count too what they lose. There are too many to count all.
    """

    def __init__(
        self,
        problem: Problem,
        patterns: Patterns,
        reference: Reference,
        *,
        with_comers: bool = False,
        odd: Iterable[Company] = (),
    ) -> None:
        super().__init__(problem, patterns)
        self._patterns = patterns
        self._level = reference.level
        self._points = reference.task_points
        self._excluding: dict[str, Excluding] = {}
        self._held_in: dict[tuple[str, str], list[str]] = {}
        self._wanted_by: dict[str, list[Task]] = defaultdict(list)
        for task in problem.tasks:
            for name in sorted(problem.wanted_tasks.get(task.id, ())):
                if name in problem.worker_by_id:
                    self._wanted_by[name].append(task)
        self._add_kept_tasks()
        self._followers = self._find_followers()
        if problem.team_needs_lead:
            self._add_led()
        self._paid: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._add_odd(odd, with_comers=with_comers)
        self._add_undone(with_partings=with_comers)

    def _add_kept_tasks(self) -> None:
        """Pay for each task of the reference, less those that a worker's shifts can hold.

        A task that several shifts of a pattern can hold is counted as often: the sum stays a bound.
        """
        table = self.model.points.setdefault(self._level, {})
        for name, tasks in self._wanted_by.items():
            worker = self.problem.worker_by_id[name]
            n_held: dict[str, int] = defaultdict(int)
            for task in tasks:
                if self._is_kept_anyhow(worker, task):
                    continue
                self.model.add_constant(self._level, self._points)
                for shift in self._holding(name, task):
                    n_held[shift] += 1
            for shift, n_tasks in n_held.items():
                own = self.own(worker, shift)
                table[own] = table.get(own, 0) - self._points * n_tasks

    def _is_kept_anyhow(self, worker: Worker, task: Task) -> bool:
        """Return whether a worker may keep a task whatever is planned: locked, or in a fact."""
        return any(lock.worker == worker.id for lock in task.locks) or any(
            self.fits.shift(shift.id, task, away(worker)) for shift in self.givens[worker.id]
        )

    def _holding(self, name: str, task: Task) -> list[str]:
        """Return the shifts of a worker that can hold a task."""
        if (name, task.id) not in self._held_in:
            self._held_in[name, task.id] = [
                shift for shift in self.nodes_of.get(name, ()) if self.fits.shift(shift, task)
            ]
        return self._held_in[name, task.id]

    def _find_followers(self) -> dict[tuple[str, str], list[Worker]]:
        """Return by team and shift the workers who have it in the reference and still may."""
        found: dict[tuple[str, str], list[Worker]] = defaultdict(list)
        for worker in self.planned:
            if worker.team is not None:
                for shifts in self.problem.wanted_shifts.get(worker.id, {}).values():
                    for shift in sorted(shifts & self.reached[worker.id]):
                        found[worker.team, shift].append(worker)
        return found

    def _add_led(self) -> None:
        """Let nobody keep a shift more surely than a lead of the team has it."""
        given = given_leads(self.problem)
        for (team, shift), members in self._followers.items():
            if (team, shift) in given:
                continue
            lead = self.numbers.get(("lead", team, shift))
            led = [(lead, -1)] if lead is not None else []
            for worker in members:
                if not worker.is_lead:
                    self.model.at_most([(self.own(worker, shift), 1), *led], 0)

    def _add_odd(self, known: Iterable[Company], *, with_comers: bool) -> None:
        """Where an odd number of a team have a shift, one of them loses all crew tasks.

        These are those who keep it, or they and all who come together from another shift of the
        day which an odd number had, or known companies.
        """
        given = {
            (worker.team, shift.id)
            for worker in self.given_workers
            for shift in self.givens[worker.id]
        }
        odd = {
            (team, shift, tuple(sorted(worker.id for worker in members)))
            for (team, shift), members in self._followers.items()
            if len(members) % 2
        }
        for team, shift, names in sorted(odd) if with_comers else ():
            for other in frozenset.intersection(*(self.reached[name] for name in names)):
                keep = {worker.id for worker in self._followers.get((team, other), ())}
                there = tuple(sorted(keep | {*names}))
                if self.day_of(other) == self.day_of(shift) and len(there) % 2:
                    odd.add((team, other, there))
        for team, shift, names in sorted(odd.union(known)):
            if (team, shift) not in given:
                self._add_loss(team, shift, [self.problem.worker_by_id[name] for name in names])

    def _add_loss(self, team: str, shift: str, members: Sequence[Worker]) -> None:
        """Let an odd number of a team lose what they lose at least when nobody else comes."""
        n_lost = self._least_lost(members, shift)
        if not n_lost:
            return
        loses = self.model.variable(1, {self._level: self._points * n_lost})
        n_holders = Counter(t.id for each in members for t in self._crew_tasks(each, shift))
        for task, n_mine in n_holders.items():
            self._paid[task].append((loses, n_mine))
        everybody = self._everybody(team, shift)
        kept = [(self.own(worker, shift), -2) for worker in members]
        self.model.at_least([(loses, 1), (everybody, 1), *kept], 1 - len(members))

    def _add_undone(self, *, with_partings: bool) -> None:
        """Pay for tasks that nobody keeps though some could: left undone, or their crew has parted.

        A task that matters less than the reference may be left undone for a more important one. A
        crew task is no longer done by both when one of two has another shift. What one of an odd
        number in a team loses is paid for already.
        """
        rank = self.problem.levels.index
        for task in self.problem.tasks:
            keep = {
                name: [(self.own(worker, shift), shift) for shift in self._holding(name, task)]
                for name in sorted(self.problem.wanted_tasks.get(task.id, ()))
                if (worker := self.problem.worker_by_id.get(name)) is not None
                and not self._is_kept_anyhow(worker, task)
            }
            rows = []
            if rank(task.level) > rank(self._level):
                missing = (self._missing[task.id], -2 if task.is_crew else -1)
                terms = [(own, -1) for mine in keep.values() for own, _ in mine]
                rows.append(([missing, *terms], -heads_open(task)))
            if with_partings and task.is_crew and task.heads == 2:
                rows += self._partings(keep)
            if not any(keep.values()) or not rows:
                continue
            lost = self.model.variable(len(keep), {self._level: self._points})
            for terms, least in rows:
                self.model.at_least([(lost, 1), *self._paid[task.id], *terms], least)

    def _partings(
        self, keep: Mapping[str, Sequence[tuple[int, str]]]
    ) -> list[tuple[list[tuple[int, int]], int]]:
        """Return rows for two of whom one keeps a shift and the other has another for a task."""
        rows = []
        for one, two in permutations(keep, 2):
            days = self.problem.wanted_shifts.get(one, {})
            before = {shift for shifts in days.values() for shift in shifts}
            for own, shift in keep[one]:
                others = [
                    (other, -1)
                    for other, elsewhere in keep[two]
                    if elsewhere != shift
                    and not self._patterns.may_join(one, shift, elsewhere)
                    and not self._patterns.may_join(two, shift, elsewhere)
                ]
                if shift in before and others:
                    rows.append(([(own, -1), *others], -1))
        return rows

    def _everybody(self, team: str, shift: str) -> int:
        """Return the variable that counts all of a team who have a shift."""
        if ("team", team, shift) not in self.numbers:
            members = [w for w in self.teams[team] if shift in self.reached[w.id]]
            number = self.model.variable(len(members), day=self.day_of(shift))
            self.numbers["team", team, shift] = number
            for worker in members:
                self.nodes_of[worker.id][shift].append(number)
        return self.numbers["team", team, shift]

    def _least_lost(self, members: Sequence[Worker], shift: str) -> int:
        """Return how many crew tasks members lose at least if one is left alone, the others paired.

        Each of a crew loses at least half of what the crew does with whoever suits best.
        """
        tasks = {worker.id: self._crew_tasks(worker, shift) for worker in members}
        if not all(tasks.values()):
            return 0
        n_lost = {
            (one.id, two.id): self._n_at_odds(tasks[one.id], tasks[two.id], one.travel_mode)
            for one, two in permutations(members, 2)
        }
        least = math.inf
        for left, mine in tasks.items():
            others = tasks.keys() - {left}
            halves = sum(
                min(min(n_lost[name, other], n_lost[other, name]) for other in others - {name})
                for name in others
            )
            least = min(least, len(mine) + math.ceil(halves / 2))
        return int(least)

    def _n_at_odds(self, mine: Sequence[Task], yours: Sequence[Task], mode: str) -> int:
        """Return how many of two workers' tasks are lost at least when they keep together."""
        if mode not in self._excluding:
            self._excluding[mode] = Excluding(self.problem, mode)
        excludes = self._excluding[mode]
        left, n_lost = list(yours), 0
        for task in mine:
            odd = next((o for o in left if o is not task and excludes(task, o)), None)
            if odd is not None:
                left.remove(odd)
                n_lost += 1
        return n_lost

    def _crew_tasks(self, worker: Worker, shift: str) -> list[Task]:
        """Return the crew tasks of the reference that one who has a shift can keep only there."""
        return [
            task
            for task in self._wanted_by[worker.id]
            if task.is_crew
            and shift in (holding := self._holding(worker.id, task))
            and not self._is_kept_anyhow(worker, task)
            and not any(
                self._patterns.may_join(worker.id, shift, other)
                for other in holding
                if other != shift
            )
        ]
