"""How near to a reference a roster can stay: shifts to begin with, and what must change."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from solver.data.problem import Problem, Reference
from solver.search.choice import Choice, Chooser, Columns
from solver.search.crews import Taking
from solver.search.limits import Budget
from solver.search.lookout import Lookout
from solver.search.master import Master
from solver.search.patterns import Pattern, Patterns
from solver.search.prices import Prices

_ROUNDS = 50
_GAP = 2e-2
_SHARE_OF_PRICES, _SHARE_TO_CHOOSE, _SHARE_TO_PROVE = 0.6, 0.5, 0.8
_EPSILON = 1e-4
_BEGIN_WORK = 2.0
_SECONDS, _SECONDS_TO_PROVE = 3.0, 6.0
"""For a choice out of the master's patterns, and for one out of all that cost little."""

_MOST_COLUMNS = 12
_MOST_PATTERNS = 2000, 20000, 50000
"""To choose from for good, few and then many."""

_LEAST_SLACK = 0.5
"""Points of reduced cost that make no difference."""

_MOST_CHOICES = 4
"""Times that shifts are chosen, each time with what was lost the time before counted too."""

_SPREAD = 1e6
"""How many times the weight of the changes that of the first level is at most."""
_STEP, _BELOW = 100.0, 1e-3
"""Weight of a level to that of the next one below: above the changes, and below them."""


@dataclass(frozen=True, slots=True)
class NearChoice:
    """Patterns of all open workers near a reference.

    Parameters
    ----------
    taking
        Which tasks of others crews take over.
    changes
        Points that must be paid for what is counted of the changes.
    """

    patterns: Mapping[str, Pattern]
    taking: Taking
    changes: int


class Nearness:
    """Finds shifts near a reference, and a bound for what must differ from it.

    Attributes
    ----------
    lookout
        What of the changes is counted.
    better
        What may change less than what was bounded last, if anything was found.

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
        self.problem = _weighty(problem, reference)
        self.lookout = Lookout(self.problem, patterns, reference)
        self._found: float | None = None
        self._last: Master | None = None
        self.better: NearChoice | None = None

    @cached_property
    def master(self) -> Master:
        """The linear master without those who come together."""
        return Master(self.lookout.plain, self.patterns, self.budget)

    def _strict(self) -> Master:
        """Return the linear master of all that is counted now, with the patterns found before."""
        last = self._last
        if last is not None and last.relaxation is self.lookout.strict:
            return last
        strict = Master(self.lookout.strict, self.patterns, self.budget)
        columns = (last or self.master).columns
        strict.take((name, pattern) for name, mine in columns.items() for pattern in mine)
        self._last = strict
        return strict

    @cached_property
    def _above(self) -> dict[str, float]:
        """Weights of the levels down to that of the changes, whose weight is 1."""
        rank = self.problem.levels.index
        levels = [name for name in self.master.levels() if rank(name) <= rank(self.level)]
        step = min(_STEP, _SPREAD ** (1 / max(1, len(levels) - 1)))
        return {level: step ** (len(levels) - 1 - n) for n, level in enumerate(levels)}

    # Shifts --------------------------------------------------------------------------------------

    def shifts(self, kept: Mapping[str, Pattern], *, seed: int) -> NearChoice:
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
        near = NearChoice(kept, {}, 0)
        if prices is None or self.budget.is_over():
            return near
        self._found = prices.bound
        columns = self._columns(kept, prices, sorted({s.day for s in self.problem.shifts}))
        last = -math.inf
        for _ in range(_MOST_CHOICES):
            chooser = self._chooser()
            begun = chooser.begin(near.patterns, most=_BEGIN_WORK, seed=seed)
            if begun is None or chooser.weighed(begun, self._above) <= last:
                break  # what is counted now is nothing that it loses
            found = self._chosen(chooser, begun, columns, seed)
            near = self._near(chooser, found)
            last = chooser.weighed(found, self._above)
            if not self.lookout.look_at(near.patterns) or self.budget.is_over():
                break
        return near

    def _near(self, chooser: Chooser, choice: Choice) -> NearChoice:
        """Return a choice with what the relaxation that counts all until now says of it."""
        taking = self.lookout.strict.taking(choice.values)
        points = dict(zip(chooser.levels, choice.points, strict=True))
        return NearChoice(choice.patterns, taking, points.get(self.level, 0))

    def _chosen(self, chooser: Chooser, begun: Choice, columns: Columns, seed: int) -> Choice:
        """Return the best choice out of columns that is found from one on."""
        days = sorted({shift.day for shift in self.problem.shifts})
        below = (level for level in self.master.levels() if level not in self._above)
        weights = self._above | {level: _BELOW**n for n, level in enumerate(below, 1)}
        seconds = self.budget.at_most(_SECONDS, _SHARE_TO_CHOOSE)
        patterns = chooser.again(begun, columns, days, weights, seconds=seconds)
        if patterns is None or patterns == begun.patterns:
            return begun
        found = chooser.begin(patterns, most=_BEGIN_WORK, seed=seed)
        return begun if found is None or found.points >= begun.points else found

    def _chooser(self) -> Chooser:
        constants = {level: self.master.constant(level) for level in self.problem.levels}
        return Chooser(self.lookout.strict, self.patterns, constants, self.budget)

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
        self.better = None
        above = {level: w for level, w in self._above.items() if level != self.level}
        is_limited = above.keys() <= limits.keys()
        spent = sum(w * limits[level] for level, w in above.items()) if is_limited else math.inf
        least = 0 if self._found is None else _whole(self._found - spent)

        if least < value and not self.budget.is_over():
            least = self._whole_least(chosen, limits, least, spent=spent, value=value)
        return least

    def _linear(
        self, chosen: Mapping[str, Pattern], limits: Mapping[str, int], value: int
    ) -> Prices | None:
        """Return the prices of the linear master of all that is counted now."""
        strict = self._strict()

        def is_enough() -> bool:
            best = strict.best
            return self.budget.is_over() or (best is not None and _whole(best.bound) >= value)

        self._generate(
            strict, chosen, {self.level: 1.0}, limits, gap=_EPSILON, should_stop=is_enough
        )
        return strict.best

    def _whole_least(
        self,
        chosen: Mapping[str, Pattern],
        limits: Mapping[str, int],
        least: int,
        *,
        spent: float,
        value: int,
    ) -> int:
        """Return points that no choice of whole patterns costs less than.

        A roster that costs less than a value has only patterns of little reduced cost. So the best
        choice among these is no less than the least; if they are too many, among those of less
        reduced cost, for with any other a roster costs more than that. Few come first: mostly a
        best choice is among them.

        Parameters
        ----------
        least
            What is known.
        spent
            The weighed points that the levels above may cost.
        """
        self.better = None
        now = {name: chosen[name] for name in self.patterns.open_workers}
        left = list(_MOST_PATTERNS)
        while left and not self.budget.is_over():
            best = self._linear(chosen, limits, value)
            if best is None:
                break
            least = max(least, min(value, _whole(best.bound)))
            if least >= value:
                break
            slack = max(0.0, value - 1 - best.bound) + _EPSILON
            slack, found = self._widest(best, slack, most=left[0])
            columns = {n: [*dict.fromkeys((now[n], *found.get(n, ())))] for n in now}
            bound, near = self._best_choice(now, columns)
            others = best.bound + slack + _EPSILON
            least = max(least, min(value, _whole(min(bound - spent, others))))
            if near is None:
                break
            if not self._shows_more(near.patterns, bound):
                if self.better is None or near.changes < self.better.changes:
                    self.better = near
                value = min(value, _whole(bound - spent))
                if least >= value:
                    break
                del left[0]
        return least

    def _best_choice(
        self, now: Mapping[str, Pattern], columns: Columns
    ) -> tuple[float, NearChoice | None]:
        """Return weighed points that no choice out of columns costs less than, and the best."""
        chooser = self._chooser()
        begun = chooser.begin(now, most=_BEGIN_WORK, seed=0)
        if begun is None:
            return -math.inf, None
        seconds = self.budget.at_most(_SECONDS_TO_PROVE, _SHARE_TO_PROVE)
        bound, best = chooser.least(begun, columns, self._above, seconds=seconds)
        return bound, None if best is None else self._near(chooser, best)

    def _shows_more(self, patterns: Mapping[str, Pattern], bound: float) -> bool:
        """Count what is lost in a choice from now on; return whether it is above a bound then."""
        if not self.lookout.look_at(patterns):
            return False
        chooser = self._chooser()
        again = chooser.begin(patterns, most=_BEGIN_WORK, seed=0)
        return again is None or chooser.weighed(again, self._above) > bound + 1 - _EPSILON

    def _widest(
        self, prices: Prices, slack: float, *, most: int
    ) -> tuple[float, dict[str, list[Pattern]]]:
        """Return all patterns of a reduced cost of no more than some slack, or of less if need be.

        There are none if even with hardly any slack they are more than ``most``.
        """
        found = self._below(prices, slack, most=most)
        if found is not None:
            return slack, found
        low, high, widest = 0.0, slack, dict[str, list[Pattern]]()
        while high - low > _LEAST_SLACK:
            middle = (low + high) / 2
            found = self._below(prices, middle, most=most)
            if found is None:
                high = middle
            else:
                low, widest = middle, found
        return low, widest

    def _below(self, prices: Prices, slack: float, *, most: int) -> dict[str, list[Pattern]] | None:
        below = {name: cost + slack + _EPSILON for name, cost in prices.least.items()}
        return self.patterns.all_below(prices.weights, prices.shifts, below, most=most)

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
    return math.ceil(max(0.0, bound - _EPSILON))
