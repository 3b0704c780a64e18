"""Column generation: the least weighed points over all legal patterns."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2  # type: ignore[import-untyped]
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

from solver.search.linear import Floats, Ints
from solver.search.patterns import Offers, Pattern, Patterns
from solver.search.relaxation import Relaxation

_EPSILON = 1e-6
_LP_SECONDS = 10
_SMOOTHING = 0.5
_MOST_LABELS = 10**5
_FORBIDDING = 1e9


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of a linear master's rows, and the bound at them.

    Parameters
    ----------
    rows, links
        Of the relaxation's rows, and of its nodes.
    weights
        By level, the prices of limits included.
    bound
        No mix of legal patterns within the limits costs less.
    shifts
        What a shift is worth to a worker: by group an array of workers and shifts.
    least
        By worker: the least that a legal pattern costs at these prices.
    """

    rows: Floats
    links: Floats
    weights: dict[str, float]
    bound: float
    shifts: list[Floats]
    least: dict[str, float]


class Master:
    """The linear master of a relaxation: some patterns of each worker, one to be chosen.

    Attributes
    ----------
    columns
        The patterns so far by worker, with what they cost by level; the simplest first.
    value
        The least over the patterns so far; a bound as soon as none is missing.
    best
        The prices with the best bound for the last aim; nothing before a round.
    latest
        The last prices, whatever they are worth.
    """

    def __init__(self, relaxation: Relaxation, patterns: Patterns) -> None:
        self.relaxation = relaxation
        self.patterns = patterns
        self.value = math.inf
        self.best: Prices | None = None
        self.latest: Prices | None = None
        self.columns: dict[str, dict[Pattern, Mapping[str, int]]] = {
            name: {} for name in patterns.open_workers
        }
        self._constants = dict(relaxation.model.constants)
        for worker in patterns.problem.workers:
            if worker.id not in self.columns:
                for level, points in patterns.cost(worker.id, ()).items():
                    self._constants[level] = self._constants.get(level, 0) + points
        plan = relaxation.model
        self._matrix = plan.matrix()
        self._uppers = np.array(plan.uppers, float)
        self._points = {level: plan.level_points(level) for level in plan.points}
        self._nodes = np.array(
            sorted({n for by in relaxation.nodes_of.values() for ns in by.values() for n in ns}),
            np.int64,
        )
        self._cells = self._find_cells()
        self._columns: list[tuple[str, Pattern, mathopt.Variable]] = []
        self._limits: dict[str, mathopt.LinearConstraint] = {}
        self._limited: dict[str, int] = {}
        self._weights: dict[str, float] = {}
        self._shares: dict[str, list[tuple[Pattern, float]]] = {}
        self._used: set[mathopt.Variable] = set()
        self._held: set[str] = set()
        self._forbidden = [np.zeros(table.shape, bool) for table in patterns.prices()]
        self._make_model()
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        for name in self.columns:
            self.add(name, patterns.simplest[name])

    def levels(self) -> list[str]:
        """Return the levels on which something may cost, the most important first."""
        used = set(self._points) | set(self._constants) | self.patterns.levels
        return [level for level in self.relaxation.problem.levels if level in used]

    def constant(self, level: str) -> int:
        """Return the points that every roster pays on a level."""
        return self._constants.get(level, 0)

    # The model -----------------------------------------------------------------------------------

    def _find_cells(self) -> list[Ints]:
        """Return for each group rows of worker, shift and position of a node it counts in."""
        position = {int(node): n for n, node in enumerate(self._nodes)}
        found = []
        for names, shifts in zip(self.patterns.groups, self.patterns.group_shifts, strict=True):
            number_of = {shift: n for n, shift in enumerate(shifts)}
            cells = [
                (at, number_of[shift], position[node])
                for at, name in enumerate(names)
                for shift, mine in self.relaxation.nodes_of[name].items()
                for node in mine
            ]
            found.append(np.array(cells, np.int64).reshape(-1, 3))
        return found

    def _make_model(self) -> None:
        matrix, n_variables, n_rows = self._matrix, len(self._uppers), len(self._matrix.lower)
        n_nodes, n_workers = len(self._nodes), len(self.columns)
        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(n_variables))
        proto.variables.lower_bounds.extend(np.zeros(n_variables))
        proto.variables.upper_bounds.extend(self._uppers)
        proto.variables.integers.extend([False] * n_variables)
        rows = proto.linear_constraints
        rows.ids.extend(range(n_rows + n_nodes + n_workers))
        rows.lower_bounds.extend(np.r_[matrix.lower, np.zeros(n_nodes), np.ones(n_workers)])
        rows.upper_bounds.extend(np.r_[matrix.upper, np.zeros(n_nodes), np.ones(n_workers)])
        row = np.r_[matrix.row, n_rows + np.arange(n_nodes)]
        column = np.r_[matrix.column, self._nodes]
        factor = np.r_[matrix.factor, np.full(n_nodes, -1.0)]
        order = np.lexsort((column, row))
        proto.linear_constraint_matrix.row_ids.extend(row[order])
        proto.linear_constraint_matrix.column_ids.extend(column[order])
        proto.linear_constraint_matrix.coefficients.extend(factor[order])
        self._model = mathopt.Model.from_model_proto(proto)
        constraints = list(self._model.linear_constraints())
        self._rows = constraints[:n_rows]
        self._links = constraints[n_rows : n_rows + n_nodes]
        self._choice = dict(zip(self.columns, constraints[n_rows + n_nodes :], strict=True))
        self._link_of = {
            int(node): link for node, link in zip(self._nodes, self._links, strict=True)
        }
        self._variables = list(self._model.variables())

    def add(self, name: str, pattern: Pattern) -> bool:
        """Add a pattern of a worker; return whether it is new."""
        if pattern in self.columns[name]:
            return False
        own = self.patterns.cost(name, pattern)
        self.columns[name][pattern] = own
        column = self._model.add_variable(lb=0.0)
        self._columns.append((name, pattern, column))
        self._choice[name].set_coefficient(column, 1.0)
        counts: dict[int, int] = {}
        for shift in pattern:
            for node in self.relaxation.nodes_of[name][shift]:
                counts[node] = counts.get(node, 0) + 1
        for node, count in counts.items():
            self._link_of[node].set_coefficient(column, float(count))
        for level, points in own.items():
            if level in self._limits:
                self._limits[level].set_coefficient(column, float(points))
        if weighed := self._weighed(own):
            self._model.objective.set_linear_coefficient(column, weighed)
        return True

    def _weighed(self, own: Mapping[str, int]) -> float:
        return sum(self._weights.get(level, 0.0) * points for level, points in own.items())

    def aim(self, weights: Mapping[str, float], limits: Mapping[str, int] | None = None) -> None:
        """Minimise weighed levels from now on, while others cost at most their limits."""
        self.best, self.value = None, math.inf
        self._weights, self._limited = dict(weights), dict(limits or {})
        objective = self._model.objective
        objective.clear()
        objective.offset = sum(weight * self.constant(level) for level, weight in weights.items())
        costs = self._costs(weights)
        for number in np.flatnonzero(costs):
            objective.set_linear_coefficient(self._variables[number], float(costs[number]))
        for name, pattern, column in self._columns:
            if weighed := self._weighed(self.columns[name][pattern]):
                objective.set_linear_coefficient(column, weighed)
        for level, most in self._limited.items():
            if level not in self._limits:
                self._limits[level] = self._sum_of(level)
            self._limits[level].upper_bound = float(most - self.constant(level))
        for level, limit in self._limits.items():
            if level not in self._limited:
                limit.upper_bound = math.inf

    def _sum_of(self, level: str) -> mathopt.LinearConstraint:
        """Add a row with the points of a level."""
        row = self._model.add_linear_constraint()
        for number in np.flatnonzero(self._points.get(level, np.zeros(0))):
            row.set_coefficient(self._variables[number], float(self._points[level][number]))
        for name, pattern, column in self._columns:
            if points := self.columns[name][pattern].get(level, 0):
                row.set_coefficient(column, float(points))
        return row

    def _costs(self, weights: Mapping[str, float]) -> Floats:
        total = np.zeros(len(self._uppers))
        for level, weight in weights.items():
            if level in self._points:
                total += weight * self._points[level]
        return total

    # Diving --------------------------------------------------------------------------------------

    def hold(self, chosen: Mapping[str, Pattern]) -> None:
        """Give some workers a pattern for good, until released."""
        for name, pattern in chosen.items():
            self.add(name, pattern)
        self._held |= chosen.keys()
        for name, pattern, column in self._columns:
            if name in chosen and pattern != chosen[name]:
                column.upper_bound = 0.0

    def forbid(self, shifts: Mapping[str, Collection[str]]) -> None:
        """Keep some workers from some shifts, until released; what is left of patterns is added."""
        for g, names in enumerate(self.patterns.groups):
            number_of = {shift: n for n, shift in enumerate(self.patterns.group_shifts[g])}
            for at, name in enumerate(names):
                for shift in shifts.get(name, ()):
                    self._forbidden[g][at, number_of[shift]] = True
        for name, pattern, column in list(self._columns):
            taboo = shifts.get(name, ())
            if name not in self._held and any(shift in taboo for shift in pattern):
                column.upper_bound = 0.0
                if column in self._used:
                    self.add(name, tuple(shift for shift in pattern if shift not in taboo))

    def release(self) -> None:
        """Undo every hold and ban."""
        self._held.clear()
        for mask in self._forbidden:
            mask[:] = False
        for _, _, column in self._columns:
            column.upper_bound = math.inf

    # Rounds --------------------------------------------------------------------------------------

    def generate(
        self,
        *,
        max_rounds: int,
        should_stop: Callable[[], bool],
        gap: float = 1e-4,
        n_best: int = 3,
        most_labels: int = 40,
    ) -> int:
        """Add patterns until the bound is within a gap of the value, or rounds or time are out.

        Returns the rounds done. Prices are a mix of the linear master's and those with the best
        bound so far (Wentges smoothing): a bound holds at any prices, and they calm down sooner.
        """
        for number in range(max_rounds):
            if should_stop():
                return number
            mine = self._solve()
            if mine is None:
                return number
            n_new = 0
            for share in (_SMOOTHING, 0.0) if self.best is not None else (0.0,):
                n_new = self._price(mine, share, n_best, most_labels)
                if n_new:
                    break
            if self.value - self._bound() <= gap * max(1.0, abs(self.value)):
                return number + 1
            if not n_new:
                if most_labels >= _MOST_LABELS:
                    return number + 1
                most_labels *= 10
        return max_rounds

    def _bound(self) -> float:
        return self.best.bound if self.best is not None else -math.inf

    def shares(self) -> dict[str, list[tuple[Pattern, float]]]:
        """Return of each worker the patterns in the last mix with their shares, largest first."""
        return self._shares

    def _solve(self) -> Prices | None:
        """Solve the linear master; return its prices, their bound not yet known."""
        result = self._optimum()
        if result is None:
            return None
        self.value = result.objective_value()
        values = result.variable_values()
        self._used = {c for _, _, c in self._columns if values[c] > _EPSILON}
        self._shares = {name: [] for name in self.columns}
        for name, pattern, column in self._columns:
            if (share := values[column]) > _EPSILON:
                self._shares[name].append((pattern, share))
        for mine in self._shares.values():
            mine.sort(key=lambda item: -item[1])
        duals = result.dual_values()
        rows = np.array([duals[row] for row in self._rows])
        rows = np.where(np.isinf(self._matrix.lower), np.minimum(rows, 0), rows)
        rows = np.where(np.isinf(self._matrix.upper), np.maximum(rows, 0), rows)
        links = np.array([duals[link] for link in self._links])
        weights = dict(self._weights)
        for level in self._limited:
            price = max(0.0, -duals[self._limits[level]])
            weights[level] = weights.get(level, 0.0) + price
        return Prices(rows, links, weights, -math.inf, [], {})

    def _optimum(self) -> mathopt.SolveResult | None:
        """Solve the model from the last basis; from none when that goes wrong numerically."""
        params = mathopt.SolveParameters(time_limit=timedelta(seconds=_LP_SECONDS))
        for _ in range(2):
            try:
                result = self._solver.solve(params=params)
            except (AttributeError, RuntimeError):  # GLOP ended abnormally; so says the binding
                self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
            else:
                is_optimal = result.termination.reason == mathopt.TerminationReason.OPTIMAL
                return result if is_optimal else None
        return None

    def _price(self, mine: Prices, share: float, n_best: int, most_labels: int) -> int:
        """Find the best patterns at prices mixed with the best so far; return how many are new."""
        if share and self.best is not None:
            mine = _mixed(mine, self.best, share)
        shifts = self._shift_prices(mine.links)
        for table, mask in zip(shifts, self._forbidden, strict=True):
            table[mask] = -_FORBIDDING
        offers = self.patterns.cheapest(
            mine.weights,
            shifts,
            n_best=n_best,
            most_labels=most_labels,
            only=self.columns.keys() - self._held if self._held else None,
        )
        bound = self._fixed_part(mine) + sum(offers.least.values())
        self.latest = Prices(mine.rows, mine.links, mine.weights, bound, shifts, offers.least)
        if not self._held and bound > self._bound():
            self.best = self.latest
        return self._add_all(offers)

    def _add_all(self, offers: Offers) -> int:
        return sum(self.add(each.worker, each.pattern) for each in offers.found)

    def _shift_prices(self, links: Floats) -> list[Floats]:
        prices = self.patterns.prices()
        for table, cells in zip(prices, self._cells, strict=True):
            np.add.at(table, (cells[:, 0], cells[:, 1]), links[cells[:, 2]])
        return prices

    def _fixed_part(self, prices: Prices) -> float:
        """Return the least at some prices of all that is not a worker's pattern."""
        matrix = self._matrix
        reduced = self._costs(prices.weights)
        reduced -= np.bincount(
            matrix.column, matrix.factor * prices.rows[matrix.row], minlength=len(reduced)
        )
        reduced[self._nodes] += prices.links
        held = np.where(prices.rows > 0, matrix.lower, matrix.upper)
        total = math.fsum((prices.rows * np.where(prices.rows == 0, 0.0, held)).tolist())
        total += math.fsum((np.minimum(reduced, 0.0) * self._uppers).tolist())
        for level, weight in prices.weights.items():
            total += weight * self.constant(level)
            limit_price = weight - self._weights.get(level, 0.0)
            if limit_price:
                total -= limit_price * self._limited[level]
        return total


def _mixed(mine: Prices, best: Prices, share: float) -> Prices:
    """Return prices between two: with a share of the second."""
    levels = mine.weights.keys() | best.weights.keys()
    return Prices(
        (1 - share) * mine.rows + share * best.rows,
        (1 - share) * mine.links + share * best.links,
        {
            level: (1 - share) * mine.weights.get(level, 0.0) + share * best.weights.get(level, 0.0)
            for level in sorted(levels)
        },
        -math.inf,
        [],
        {},
    )
