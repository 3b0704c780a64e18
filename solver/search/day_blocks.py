"""The days of a relaxation apart, each an integer model of its own.

Few variables, such as how many work a night, stand in the rows of two days. They have a home on one
of them and a *copy* on the other; what keeps a copy equal to its variable is a tie, as what keeps a
node equal to the patterns that count in it is. Who prices the ties may solve day by day, and knows
a bound for all days together.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from solver.search.limits import Budget
from solver.search.linear import Ints, LinearModel, Row

_WORK_PER_DAY = 1.0


@dataclass(frozen=True, slots=True)
class DayPoint:
    """What a day comes to at some prices.

    Parameters
    ----------
    bound
        No whole-numbered values cost less.
    values
        The best ones found, one for each of the block's variables.
    """

    bound: int
    values: Ints


class DayBlock:
    """The rows of a day with all their variables.

    Attributes
    ----------
    variables
        Their numbers in the relaxation.
    points
        By level what each costs at home; copies cost nothing.
    """

    def __init__(
        self,
        variables: Sequence[int],
        uppers: Sequence[int],
        rows: Iterable[Row],
        points: Mapping[str, Ints],
        ties: Sequence[tuple[int, int, int]],
    ) -> None:
        """Make the model; ``ties`` are places of variables, numbers of ties and coefficients."""
        self.variables = np.array(variables, np.int64)
        self.points = points
        table = np.array(ties, np.int64).reshape(-1, 3)
        self._place, self._tie, self._factor = table.T
        self._known: dict[bytes, DayPoint | None] = {}
        self._model = cp_model.CpModel()
        self._variables = [self._model.new_int_var(0, uppers[number], "") for number in variables]
        place = {number: at for at, number in enumerate(variables)}
        for row in rows:
            expression = cp_model.LinearExpr.weighted_sum(
                [self._variables[place[n]] for n, _ in row.terms], [f for _, f in row.terms]
            )
            low = cp_model.INT_MIN if row.lower is None else row.lower
            self._model.add_linear_constraint(
                expression, low, cp_model.INT_MAX if row.upper is None else row.upper
            )

    def least(
        self, weights: Mapping[str, int], prices: Ints, budget: Budget, seed: int
    ) -> DayPoint | None:
        """Return what the day comes to at weights of levels and prices of ties; nothing unknown."""
        costs = np.zeros(len(self.variables), np.int64)
        for level, weight in weights.items():
            if level in self.points:
                costs += weight * self.points[level]
        np.subtract.at(costs, self._place, self._factor * prices[self._tie])
        key = costs.tobytes()
        if key not in self._known:
            self._known[key] = self._solved(costs, budget, seed)
        return self._known[key]

    def _solved(self, costs: Ints, budget: Budget, seed: int) -> DayPoint | None:
        paid = np.flatnonzero(costs).tolist()
        self._model.minimize(
            cp_model.LinearExpr.weighted_sum(
                [self._variables[at] for at in paid], costs[paid].tolist()
            )
        )
        solver, status = budget.solve(self._model, seed, _WORK_PER_DAY, is_linear=True)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        values = np.array([solver.value(variable) for variable in self._variables], np.int64)
        return DayPoint(math.floor(solver.best_objective_bound + 1e-6), values)

    def factors(self, values: Ints) -> dict[int, float]:
        """Return the coefficients that some values have in the ties."""
        total: dict[int, float] = defaultdict(float)
        for tie, value in zip(
            self._tie.tolist(), (self._factor * values[self._place]).tolist(), strict=True
        ):
            if value:
                total[tie] += value
        return total


class DayBlocks:
    """All days of a relaxation.

    Attributes
    ----------
    blocks
        One for each day.
    copies
        By copy its variable and the rows of its block that it stands in, as pairs of row and
        coefficient. Ties are those of the nodes, then those of the copies, in order.
    """

    def __init__(self, model: LinearModel, nodes: Sequence[int], uppers: Sequence[int]) -> None:
        homes = _homes(model)
        rows: dict[int, list[int]] = defaultdict(list)
        standing: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(dict)
        for number, home in enumerate(homes):
            standing[home][number] = []
        for number, row in enumerate(model.rows):
            home = _home_of(model, row, homes)
            rows[home].append(number)
            for variable, factor in row.terms:
                standing[home].setdefault(variable, []).append((number, factor))
        days = sorted(standing)
        copied = [(day, n) for day in days for n in sorted(standing[day]) if homes[n] != day]
        self.copies = [(number, standing[day][number]) for day, number in copied]
        ties: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for tie, node in enumerate(nodes):
            ties[homes[node], node].append((tie, -1))
        for tie, (day, number) in enumerate(copied, len(nodes)):
            ties[day, number].append((tie, 1))
            ties[homes[number], number].append((tie, -1))
        points = {level: model.level_points(level).astype(np.int64) for level in model.points}
        self.blocks = []
        for day in days:
            mine = sorted(standing[day])
            is_home = np.array([homes[number] == day for number in mine])
            self.blocks.append(
                DayBlock(
                    mine,
                    uppers,
                    [model.rows[number] for number in rows[day]],
                    {level: np.where(is_home, each[mine], 0) for level, each in points.items()},
                    [(at, *tie) for at, number in enumerate(mine) for tie in ties[day, number]],
                )
            )


def _homes(model: LinearModel) -> list[int]:
    """Return a day for each variable: for what shifts lead to that of most it shares rows with."""
    homes = list(model.days)
    is_new = True
    while is_new:
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for row in model.rows:
            there = Counter(day for n, _ in row.terms if (day := homes[n]) is not None)
            for number, _ in row.terms if there else ():
                if homes[number] is None:
                    votes[number].update(there)
        for number, days in votes.items():
            homes[number] = _commonest(days)
        is_new = bool(votes)
    first = min((day for day in homes if day is not None), default=0)
    return [first if day is None else day for day in homes]


def _home_of(model: LinearModel, row: Row, homes: Sequence[int]) -> int:
    """Return the day of a row: that of what shifts lead to, so that nodes alone are copied."""
    results = Counter(homes[n] for n, _ in row.terms if model.days[n] is None)
    return _commonest(results or Counter(homes[n] for n, _ in row.terms))


def _commonest(days: Counter[int]) -> int:
    return max(days, key=lambda day: (days[day], day), default=0)
