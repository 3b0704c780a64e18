"""Legality and price of one worker's shifts over the horizon, behind one boundary.

Nothing else in the search knows how patterns are found or what makes them legal.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from solver.data.problem import Problem, Shift, Worker
from solver.data.rules import CountOfShifts, Rule, WorkingTime
from solver.search.legality import WorkerRules
from solver.search.locking import Locking, Pattern
from solver.search.options import Floats, Ints, candidates
from solver.search.own import level_of, own_points
from solver.search.pricing import Choices, Priced, Pricing
from solver.search.ties import Ties

_OWN_ACCOUNTS = WorkingTime, CountOfShifts
"""Rules that may differ among workers who are priced together."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern of a worker and its own points, weighed, less the prices of its shifts."""

    worker: str
    pattern: Pattern
    cost: float


@dataclass(frozen=True, slots=True)
class Offers:
    """The best patterns of some workers, a worker's cheapest first.

    Parameters
    ----------
    least
        By worker: no legal pattern costs less, or less than what was asked for.
    """

    found: tuple[Found, ...]
    least: dict[str, float]


class Patterns:
    """The legal patterns of all workers of a problem.

    Attributes
    ----------
    open_workers
        Those who may be given something, group by group; prices have one row for each in a group.
    place
        By open worker: the group, and the row of prices there.
    column
        By group: the column of prices of each shift.
    simplest
        By worker: few shifts that keep the locked tasks of all.
    ties
        What pairings ask of the patterns of several.

    Notes
    -----
    What is legal stands in `solver.search.legality`, and which patterns keep locked tasks in
    `solver.search.locking`.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ties = Ties(problem)
        alike: dict[tuple[int, tuple[Rule, ...]], list[Worker]] = {}
        for worker in problem.workers:
            if worker.shifts:
                rules = WorkerRules(problem, worker)
                if candidates(rules):
                    order = tuple(r for r in rules.rules if not isinstance(r, _OWN_ACCOUNTS))
                    rest_min = worker.short_rest.below_min if worker.short_rest else 0
                    alike.setdefault((rest_min, order), []).append(worker)
        self._groups = [Pricing(problem, workers) for workers in alike.values()]
        self.groups = [tuple(w.id for w in group.workers) for group in self._groups]
        self.group_shifts = [
            tuple(shift.id for shift in group.options.shifts) for group in self._groups
        ]
        self.column = [{shift: n for n, shift in enumerate(shifts)} for shifts in self.group_shifts]
        self.open_workers = tuple(name for names in self.groups for name in names)
        self.place = {
            name: (g, at) for g, names in enumerate(self.groups) for at, name in enumerate(names)
        }
        self._names = [
            [[tuple(s.id for s in option) for option in day.options] for day in group.options.days]
            for group in self._groups
        ]
        self._known: dict[tuple[str, Pattern], dict[str, int]] = {}
        locking = Locking(problem, self.ties, self._groups, self.place, self._pattern_of)
        self.simplest = locking.simplest
        self._constants = [self._constants_of(g) for g in range(len(self._groups))]

    # Costs ---------------------------------------------------------------------------------------

    def _constants_of(self, g: int) -> dict[str, Floats]:
        """Return by level what the program does not count of each worker's own points."""
        group = self._groups[g]
        fixed = np.array([self._row(name, self.simplest[name]) for name in self.groups[g]])
        own = [self.cost(name, self.simplest[name]) for name in self.groups[g]]
        found = {}
        for level in self._own_levels(group.workers):
            counted = group.best({level: 1.0}, self.prices()[g], fixed=fixed)
            found[level] = np.array([points.get(level, 0) for points in own], float) - counted.costs
        return found

    def _own_levels(self, workers: Sequence[Worker]) -> list[str]:
        used: set[str] = set()
        for worker in workers:
            used.update(wish.level for wish in worker.preferences)
            used.update(target.level for target in worker.hours)
            used.update(fair.level for fair in worker.fair_shares)
            used.update(e.level for e in worker.extra_times if e.level is not None)
            if worker.short_rest is not None:
                used.add(worker.short_rest.level)
            rules = self.problem.rule_book_by_id[worker.rule_book].rules
            used.update(level for rule in rules if (level := level_of(rule)) is not None)
        if self.problem.reference is not None:
            used.add(self.problem.reference.level)
        return [level for level in self.problem.levels if level in used]

    @property
    def levels(self) -> frozenset[str]:
        """Levels on which shifts by themselves may cost points."""
        return frozenset(self._own_levels(self.problem.workers))

    def cost(self, name: str, pattern: Pattern) -> dict[str, int]:
        """Return the points of a worker's shifts by level."""
        key = (name, pattern)
        if key not in self._known:
            shifts = [self.problem.shift_by_id[shift] for shift in pattern]
            worker = self.problem.worker_by_id[name]
            self._known[key] = own_points(self.problem, worker, shifts)
        return self._known[key]

    def is_legal(self, name: str, pattern: Sequence[str]) -> bool:
        """Return whether shifts may be worked together, facts considered."""
        shifts: list[Shift] = [self.problem.shift_by_id[shift] for shift in pattern]
        return not WorkerRules(self.problem, self.problem.worker_by_id[name]).breaches(shifts)

    def is_offered(self, name: str, pattern: Sequence[str]) -> bool:
        """Return whether all shifts of a legal pattern may be given, and keep locked tasks."""
        g, at = self.place[name]
        shifts = frozenset(pattern)
        days = [
            (tuple(s for s in self._day_shifts(table) if s in shifts), table, day)
            for table, day in zip(self._names[g], self._groups[g].options.days, strict=True)
        ]
        return sum(len(mine) for mine, _, _ in days) == len(shifts) and all(
            mine in table and bool(day.allowed[at, table.index(mine)]) for mine, table, day in days
        )

    def reached(self, name: str) -> frozenset[str]:
        """Return the shifts that a worker may have; rules may still forbid some."""
        if name not in self.place:
            return frozenset()
        g, at = self.place[name]
        return frozenset(
            shift
            for day, names in zip(self._groups[g].options.days, self._names[g], strict=True)
            for allowed, ids in zip(day.allowed[at].tolist(), names, strict=True)
            if allowed
            for shift in ids
        )

    def may_join(self, name: str, one: str, other: str) -> bool:
        """Return whether a worker may have two shifts, of one day only if it offers them together.

        Rules may still forbid it.
        """
        if self.problem.shift_by_id[one].day != self.problem.shift_by_id[other].day:
            return True
        g, at = self.place[name]
        days = self._groups[g].options.days
        return any(
            bool(days[number].allowed[at, option])
            for number, option in self._joint[g].get(frozenset((one, other)), ())
        )

    @cached_property
    def _joint(self) -> list[dict[frozenset[str], list[tuple[int, int]]]]:
        """By group, for two shifts: the days with the options that have both."""
        found: list[dict[frozenset[str], list[tuple[int, int]]]] = []
        for tables in self._names:
            mine: dict[frozenset[str], list[tuple[int, int]]] = defaultdict(list)
            for number, table in enumerate(tables):
                for option, shifts in enumerate(table):
                    for pair in combinations(shifts, 2):
                        mine[frozenset(pair)].append((number, option))
            found.append(mine)
        return found

    # Prices --------------------------------------------------------------------------------------

    def prices(self) -> list[Floats]:
        """Return prices of 0: for each group an array of workers and shifts, to be filled."""
        return [
            np.zeros((len(names), len(shifts)))
            for names, shifts in zip(self.groups, self.group_shifts, strict=True)
        ]

    def cells(
        self, nodes_of: Mapping[str, Mapping[str, Sequence[int]]], place: Mapping[int, int]
    ) -> list[Ints]:
        """Return by group rows of worker, shift and place, one for each node of a shift.

        They tell how prices of nodes make those of shifts.

        Parameters
        ----------
        nodes_of
            By worker and shift.
        place
            Of each node.
        """
        found = []
        for names, column in zip(self.groups, self.column, strict=True):
            rows = [
                (at, column[shift], place[node])
                for at, name in enumerate(names)
                for shift, nodes in nodes_of[name].items()
                for node in nodes
            ]
            found.append(np.array(rows, np.int64).reshape(-1, 3))
        return found

    def cheapest(
        self,
        weights: Mapping[str, float],
        prices: Sequence[Floats],
        *,
        below: Mapping[str, float] | None = None,
        n_best: int = 1,
        most_labels: int = 200,
        only: Iterable[str] | None = None,
    ) -> Offers:
        """Return the patterns with the least own points, weighed by level, less prices of shifts.

        Parameters
        ----------
        below
            By worker: only patterns that cost less are wanted.
        n_best
            Most patterns a worker.
        most_labels
            How hard to try: with fewer, a cheaper pattern may be missed; `Offers.least` holds.
        only
            The workers wanted; all by default.
        """
        found: list[Found] = []
        least: dict[str, float] = {}
        for g, group in enumerate(self._groups):
            constant = self._constant(g, weights)
            limit = np.full(len(group.workers), np.inf)
            if below is not None:
                limit = np.array([below.get(n, np.inf) for n in self.groups[g]]) - constant
            priced = group.best(
                weights,
                prices[g],
                below=limit,
                n_best=n_best,
                most_labels=most_labels,
                only=self._mask(g, only),
            )
            found += self._offers(g, priced, constant)
            least |= dict(zip(self.groups[g], (priced.least + constant).tolist(), strict=True))
        return Offers(tuple(found), least)

    def all_below(
        self,
        weights: Mapping[str, float],
        prices: Sequence[Floats],
        below: Mapping[str, float],
        *,
        most: int,
    ) -> dict[str, list[Pattern]] | None:
        """Return all patterns of each worker that cost less than a limit, the cheapest first.

        Nothing when there may be many more than ``most``. What a pattern costs: see `cheapest`.
        """
        found: dict[str, list[Pattern]] = {name: [] for name in self.open_workers}
        for g, group in enumerate(self._groups):
            constant = self._constant(g, weights)
            limit = np.array([below[name] for name in self.groups[g]]) - constant
            priced = group.all_below(weights, prices[g], limit, most=most)
            if priced is None:
                return None
            for each in self._offers(g, priced):
                found[each.worker].append(each.pattern)
        return found

    def near(
        self,
        current: Mapping[str, Pattern],
        free_days: Iterable[int],
        weights: Mapping[str, float],
        prices: Sequence[Floats],
        *,
        n_best: int,
    ) -> list[Found]:
        """Return patterns that differ from the current ones on some days only, the cheapest."""
        free = frozenset(free_days)
        found: list[Found] = []
        for g, group in enumerate(self._groups):
            fixed = np.array([self._row(name, current[name]) for name in self.groups[g]], np.int16)
            for number, day in enumerate(group.options.days):
                if day.day in free:
                    fixed[:, number] = -1
            priced = group.best(
                weights, prices[g], n_best=n_best, most_labels=n_best, fixed=fixed, is_varied=True
            )
            found += self._offers(g, priced, self._constant(g, weights))
        return found

    def _mask(
        self, g: int, only: Iterable[str] | None
    ) -> "np.ndarray[tuple[int], np.dtype[np.bool_]] | None":
        if only is None:
            return None
        wanted = frozenset(only)
        return np.array([name in wanted for name in self.groups[g]])

    def _constant(self, g: int, weights: Mapping[str, float]) -> Floats:
        total = np.zeros(len(self.groups[g]))
        for level, points in self._constants[g].items():
            total += weights.get(level, 0.0) * points
        return total

    def _offers(self, g: int, priced: Priced, constant: Floats | None = None) -> list[Found]:
        names = self.groups[g]
        costs = priced.costs if constant is None else priced.costs + constant[priced.workers]
        return [
            Found(
                names[at],
                self._pattern_of(g, row),
                cost,
            )
            for at, row, cost in zip(
                priced.workers.tolist(), priced.choices.tolist(), costs.tolist(), strict=True
            )
        ]

    def _pattern_of(self, g: int, choices: Iterable[int]) -> Pattern:
        options = zip(self._names[g], choices, strict=True)
        return tuple(shift for table, choice in options for shift in table[choice])

    def _row(self, name: str, pattern: Pattern) -> Choices:
        g, _ = self.place[name]
        shifts = frozenset(pattern)
        row = [
            table.index(tuple(s for s in self._day_shifts(table) if s in shifts))
            for table in self._names[g]
        ]
        return np.array(row, np.int16)

    @staticmethod
    def _day_shifts(table: Sequence[tuple[str, ...]]) -> list[str]:
        return [option[0] for option in table if len(option) == 1]


__all__ = ["Found", "Ints", "Offers", "Pattern", "Patterns"]
