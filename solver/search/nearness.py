"""How near to a reference a roster can stay: shifts to begin with, and what must change.

To what the relaxation says of coverage comes what the reference says of each worker: the tasks that
a shift lets its worker keep, the lead without whom a follower cannot keep a shift, and of an odd
number in a team the one who is left without a crew.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import permutations

from solver.data.problem import Problem, Reference, Task, Worker
from solver.search.choice import Chooser
from solver.search.legality import away
from solver.search.limits import Budget
from solver.search.master import Master, Prices
from solver.search.patterns import Pattern, Patterns
from solver.search.relaxation import Relaxation
from solver.search.supply import conflict, heads_open

_ROUNDS = 50
_GAP = 1e-2
_SHARE_OF_PRICES = 0.6
_EPSILON = 1e-4
_BEGIN_WORK = 2.0
_SECONDS = 3.0
_MOST_COLUMNS = 12
_SPREAD = 1e6
"""How many times the weight of the changes that of the first level is at most."""
_STEP, _BELOW = 100.0, 1e-3
"""Weight of a level to that of the next one below: above the changes, and below them."""


class NearRelaxation(Relaxation):
    """The linear model of a problem with a reference, and what the reference lets workers keep.

    Parameters
    ----------
    with_comers
        Count too what is lost where an odd number come to a shift together. Few rows say so, but
        the linear program is solved far slower with them.
    """

    def __init__(
        self,
        problem: Problem,
        patterns: Patterns,
        reference: Reference,
        *,
        with_comers: bool = False,
    ) -> None:
        super().__init__(problem, patterns)
        self._patterns = patterns
        self._level = reference.level
        self._points = reference.task_points
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
        self._add_odd(with_comers=with_comers)
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
        given = {
            (worker.team, shift.id)
            for worker in self.problem.workers
            if worker.is_lead
            for shift in self.givens[worker.id]
        }
        for (team, shift), members in self._followers.items():
            if (team, shift) in given:
                continue
            lead = self.numbers.get(("lead", team, shift))
            led = [(lead, -1)] if lead is not None else []
            for worker in members:
                if not worker.is_lead:
                    self.model.at_most([(self.own(worker, shift), 1), *led], 0)

    def _add_odd(self, *, with_comers: bool) -> None:
        """Where an odd number of a team have a shift, one of them loses all crew tasks.

        These are those who keep it, or they and all who come together from another shift of the
        day which an odd number had.
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
        for team, shift, names in sorted(odd):
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
        left, n_lost = list(yours), 0
        for task in mine:
            odd = next((other for other in left if self._excludes(task, other, mode)), None)
            if odd is not None:
                left.remove(odd)
                n_lost += 1
        return n_lost

    def _excludes(self, one: Task, two: Task, mode: str) -> bool:
        """Return whether nobody who travels so can do both tasks, whenever they begin."""
        first, last = one.earliest_start, one.latest_start
        return one is not two and all(
            conflict(self.problem, mode, pair[0], pair[1])
            for pair in (
                ((one, first), (two, two.latest_start)),
                ((one, last), (two, two.earliest_start)),
            )
        )

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


class Nearness:
    """Finds shifts near a reference, and a bound for what must differ from it.

    Parameters
    ----------
    problem
        With the tasks that no other part can do.
    """

    def __init__(
        self, problem: Problem, patterns: Patterns, reference: Reference, budget: Budget
    ) -> None:
        self.patterns = patterns
        self.budget = budget
        self.level = reference.level
        # A pattern that costs more than its worker's cheapest and one change is not looked at.
        self._slack = reference.task_points or reference.shift_points
        self.problem = weighty = _weighty(problem, reference)
        self._relaxation = NearRelaxation(weighty, patterns, reference)
        self._strict_relaxation = NearRelaxation(weighty, patterns, reference, with_comers=True)
        self._found: float | None = None

    @cached_property
    def master(self) -> Master:
        """The linear master without those who come together."""
        return Master(self._relaxation, self.patterns)

    @cached_property
    def _strict(self) -> Master:
        """The linear master with those who come together, its patterns those found without."""
        strict = Master(self._strict_relaxation, self.patterns)
        for name, patterns in self.master.columns.items():
            for pattern in patterns:
                strict.add(name, pattern)
        return strict

    @cached_property
    def _above(self) -> dict[str, float]:
        """Weights of the levels down to that of the changes, whose weight is 1."""
        rank = self.problem.levels.index
        levels = [name for name in self.master.levels() if rank(name) <= rank(self.level)]
        step = min(_STEP, _SPREAD ** (1 / max(1, len(levels) - 1)))
        return {level: step ** (len(levels) - 1 - n) for n, level in enumerate(levels)}

    # Shifts --------------------------------------------------------------------------------------

    def shifts(self, kept: Mapping[str, Pattern], *, seed: int) -> dict[str, Pattern]:
        """Return shifts with the best coverage that is found near others, and fewest changes.

        Parameters
        ----------
        kept
            Legal patterns of all open workers, on each shift of a team a lead.
        """
        self._generate(
            self.master,
            kept,
            self._above,
            {},
            gap=_GAP,
            should_stop=lambda: self.budget.is_over() or self.budget.is_late(_SHARE_OF_PRICES),
        )
        prices = self.master.best
        if prices is None or self.budget.is_over():
            return dict(kept)
        self._found = prices.bound
        constants = {level: self.master.constant(level) for level in self.problem.levels}
        chooser = Chooser(self._strict_relaxation, self.patterns, constants, self.budget)
        begun = chooser.begin(kept, most=_BEGIN_WORK, seed=seed)
        if begun is None:
            return dict(kept)
        days = sorted({shift.day for shift in self.problem.shifts})
        below = (level for level in self.master.levels() if level not in self._above)
        weights = self._above | {level: _BELOW**n for n, level in enumerate(below, 1)}
        seconds = _SECONDS
        if not self.budget.is_repeatable:
            seconds = min(seconds, (self.budget.seconds - self.budget.elapsed) / 2)
        patterns = chooser.again(
            begun, self._columns(kept, prices, days), days, weights, seconds=seconds
        )
        found = chooser.begin(patterns, most=_BEGIN_WORK, seed=seed) if patterns else None
        return dict(kept if found is None or found.points >= begun.points else found.patterns)

    def _columns(
        self, kept: Mapping[str, Pattern], prices: Prices, days: Sequence[int]
    ) -> dict[str, list[Pattern]]:
        """Return the patterns that cost little more than their worker's cheapest."""
        columns: dict[str, dict[Pattern, None]] = {name: {p: None} for name, p in kept.items()}
        for number, names in enumerate(self.patterns.groups):
            for name, row in zip(names, prices.shifts[number].tolist(), strict=True):
                worth = dict(zip(self.patterns.group_shifts[number], row, strict=True))
                most = prices.least[name] + self._slack
                for pattern, own in self.master.columns[name].items():
                    cost = sum(prices.weights.get(n, 0.0) * points for n, points in own.items())
                    if cost - sum(worth[shift] for shift in pattern) <= most:
                        columns[name][pattern] = None
        for found in self.patterns.near(
            kept, days, prices.weights, prices.shifts, n_best=_MOST_COLUMNS
        ):
            if found.cost <= prices.least[found.worker] + self._slack:
                columns[found.worker][found.pattern] = None
        return {name: list(patterns) for name, patterns in columns.items()}

    # Bounds --------------------------------------------------------------------------------------

    def bound(self, chosen: Mapping[str, Pattern], limits: Mapping[str, int], value: int) -> int:
        """Return the fewest points for changes when the levels above cost at most some limits.

        Parameters
        ----------
        chosen
            Patterns that keep the limits.
        value
            What is paid for changes now: to prove more is no use.
        """
        above = {level: w for level, w in self._above.items() if level != self.level}
        least = 0
        if self._found is not None and above.keys() <= limits.keys():
            spent = sum(weight * limits[level] for level, weight in above.items())
            least = _whole(self._found - spent)

        def is_enough() -> bool:
            best = self._strict.best
            return self.budget.is_over() or (best is not None and _whole(best.bound) >= value)

        if least < value and not self.budget.is_over():
            self._generate(
                self._strict,
                chosen,
                {self.level: 1.0},
                limits,
                gap=_EPSILON,
                should_stop=is_enough,
            )
            best = self._strict.best
            least = max(least, _whole(best.bound) if best is not None else 0)
        return least

    def _generate(
        self,
        master: Master,
        chosen: Mapping[str, Pattern],
        weights: Mapping[str, float],
        limits: Mapping[str, int],
        *,
        gap: float,
        should_stop: Callable[[], bool],
    ) -> None:
        for name in self.patterns.open_workers:
            master.add(name, chosen[name])
        master.aim(weights, limits)
        master.generate(max_rounds=_ROUNDS, should_stop=should_stop, gap=gap)


def _weighty(problem: Problem, reference: Reference) -> Problem:
    """Return a problem whose demands and tasks cost nothing below the level of the reference."""
    rank = problem.levels.index
    most = rank(reference.level)
    demands = []
    for demand in problem.demands:
        levels = tuple(each for each in demand.levels if rank(each[1]) <= most)
        demands += [replace(demand, levels=levels)] if levels else []
    tasks = tuple(
        replace(task, familiar_level=None)
        if task.familiar_level is not None and rank(task.familiar_level) > most
        else task
        for task in problem.tasks
    )
    return replace(problem, demands=tuple(demands), tasks=tasks)


def _whole(bound: float) -> int:
    return max(0, math.ceil(bound - _EPSILON))
