"""Column generation: the least value of each level over all legal patterns, level by level."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

from solver.search.patterns import Pattern, PricedPattern, WorkerPatterns
from solver.search.relaxation import Relaxation

_EPSILON = 1e-6
_PER_ROUND = 3
_LP_SECONDS = 10


class Master:
    """The linear master of a relaxation: some patterns of each worker, one to be chosen.

    Parameters
    ----------
    relaxation
        What the chosen shifts must cover.
    patterns
        Of every worker.

    Attributes
    ----------
    columns
        The patterns so far by worker, with what they cost by level; the simplest first.
    """

    def __init__(self, relaxation: Relaxation, patterns: Mapping[str, WorkerPatterns]) -> None:
        self.relaxation = relaxation
        self.patterns = {name: patterns[name] for name in relaxation.nodes_of}
        self.columns: dict[str, dict[Pattern, Mapping[str, int]]] = {
            name: {} for name in self.patterns
        }
        self._constants = dict(relaxation.model.constants)
        for name, other in patterns.items():
            if name not in self.patterns:
                for level, points in other.cost(other.simplest).items():
                    self._constants[level] = self._constants.get(level, 0) + points
        self._model = mathopt.Model()
        self._values: dict[str, list[tuple[mathopt.Variable, int]]] = {}
        self._limits: dict[str, mathopt.LinearConstraint] = {}
        self._build()
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def levels(self) -> list[str]:
        """Return the levels on which something may cost, the most important first."""
        used = set(self.relaxation.model.points) | set(self._constants)
        used |= {level for each in self.patterns.values() for level in each.levels}
        return [level for level in self.relaxation.problem.levels if level in used]

    def constant(self, level: str) -> int:
        """Return the points that every roster pays on a level."""
        return self._constants.get(level, 0)

    def _build(self) -> None:
        model, plan = self._model, self.relaxation.model
        self._variables = [model.add_variable(lb=0.0, ub=float(upper)) for upper in plan.uppers]
        for row in plan.rows:
            constraint = model.add_linear_constraint(
                lb=-math.inf if row.lower is None else float(row.lower),
                ub=math.inf if row.upper is None else float(row.upper),
            )
            for number, factor in row.terms:
                constraint.set_coefficient(self._variables[number], float(factor))
        self._choice = {name: model.add_linear_constraint(lb=1.0, ub=1.0) for name in self.patterns}
        nodes = sorted(
            {
                n
                for shifts in self.relaxation.nodes_of.values()
                for ns in shifts.values()
                for n in ns
            }
        )
        self._links = {}
        for node in nodes:
            self._links[node] = model.add_linear_constraint(lb=0.0, ub=0.0)
            self._links[node].set_coefficient(self._variables[node], -1.0)
        for level, table in plan.points.items():
            self._values[level] = [(self._variables[n], each) for n, each in table.items()]
        for name, patterns in self.patterns.items():
            self.add(name, patterns.simplest, patterns.cost(patterns.simplest))

    def add(self, name: str, pattern: Pattern, own: Mapping[str, int]) -> bool:
        """Add a pattern of a worker; return whether it is new."""
        if pattern in self.columns[name]:
            return False
        self.columns[name][pattern] = own
        column = self._model.add_variable(lb=0.0)
        self._choice[name].set_coefficient(column, 1.0)
        counts: dict[int, int] = {}
        for shift in pattern:
            for node in self.relaxation.nodes_of[name][shift]:
                counts[node] = counts.get(node, 0) + 1
        for node, count in counts.items():
            self._links[node].set_coefficient(column, float(count))
        for level, points in own.items():
            if points:
                self._values.setdefault(level, []).append((column, points))
                if level in self._limits:
                    self._limits[level].set_coefficient(column, float(points))
                if level == self._objective:
                    self._model.objective.set_linear_coefficient(column, float(points))
        return True

    _objective: str | None = None

    def _aim(self, level: str, limits: Mapping[str, int]) -> None:
        self._objective = level
        self._model.objective.clear()
        self._model.objective.offset = float(self.constant(level))
        for variable, points in self._values.get(level, ()):
            self._model.objective.set_linear_coefficient(variable, float(points))
        for other, most in limits.items():
            if other not in self._values:
                continue
            if other not in self._limits:
                self._limits[other] = self._model.add_linear_constraint()
                for variable, points in self._values[other]:
                    self._limits[other].set_coefficient(variable, float(points))
            self._limits[other].upper_bound = float(most - self.constant(other))
        for other, constraint in self._limits.items():
            if other not in limits:
                constraint.upper_bound = math.inf

    def bound(
        self,
        level: str,
        limits: Mapping[str, int],
        *,
        max_rounds: int,
        should_stop: Callable[[], bool],
    ) -> int:
        """Return a bound for a level, given the most that the levels above may cost.

        Patterns are added until the bound, rounded up, equals the rounded value of the linear
        master, or rounds or time are out; a bound holds at any time.
        """
        self._aim(level, limits)
        best = 0
        for _ in range(max_rounds):
            if should_stop():
                break
            result = self._solver.solve(
                params=mathopt.SolveParameters(time_limit=timedelta(seconds=_LP_SECONDS))
            )
            if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
                break
            best_found, n_new = self._price(level, result)
            best = max(best, math.ceil(best_found - 1e-4))
            if n_new == 0 or best >= math.ceil(result.objective_value() - 1e-4):
                break
        return best

    def _price(self, level: str, result: mathopt.SolveResult) -> tuple[float, int]:
        """Add patterns that pay; return the bound of these prices and the number added."""
        duals = result.dual_values()
        weights = {level: 1.0}
        for other, constraint in self._limits.items():
            if (price := -duals[constraint]) > _EPSILON:
                weights[other] = weights.get(other, 0.0) + price
        total, n_new = result.objective_value(), 0
        for name, patterns in self.patterns.items():
            prices = {
                shift: sum(duals[self._links[node]] for node in nodes)
                for shift, nodes in self.relaxation.nodes_of[name].items()
            }
            found = patterns.cheapest(weights, prices, _PER_ROUND)
            paid = duals[self._choice[name]]
            total += min(0.0, found[0].reduced_cost - paid)
            n_new += self._add_paying(name, found, paid)
        return total, n_new

    def _add_paying(self, name: str, found: Sequence[PricedPattern], paid: float) -> int:
        return sum(
            self.add(name, each.pattern, each.own_points)
            for each in found
            if each.reduced_cost - paid < -_EPSILON
        )
