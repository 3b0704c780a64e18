"""A pattern for each worker, and what the relaxation says it leads to; chosen anew in part."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from ortools.math_opt import model_pb2  # type: ignore[import-untyped]
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]
from ortools.sat.python import cp_model

from solver.search.lexicographic import LevelSum, minimise, packed
from solver.search.limits import Budget
from solver.search.linear import Bools, Floats, Ints
from solver.search.patterns import Pattern, Patterns
from solver.search.relaxation import Relaxation

Columns = Mapping[str, Collection[Pattern]]
"""Patterns by worker, the present one among them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pattern for each open worker.

    Parameters
    ----------
    values
        Of the relaxation's variables.
    points
        By level, in order.
    """

    patterns: dict[str, Pattern]
    values: Ints
    points: tuple[int, ...]


@dataclass(slots=True)
class _Part:
    """A part of the model: what is free, and what the rest leaves.

    Parameters
    ----------
    free
        Numbers of the free variables.
    place
        By variable its position among them; -1 for the others.
    rest
        Values of all variables without the patterns that are chosen anew.
    options
        Pairs of worker and pattern, after the free variables.
    sizes
        How many options each worker has, in order.
    """

    free: Ints
    place: Ints
    rest: Ints
    options: list[tuple[str, Pattern]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


class Chooser:
    """The integer model of a relaxation, over a part of its variables at a time.

    Parameters
    ----------
    constants
        Points of each level that are paid whatever is chosen.
    """

    def __init__(
        self,
        relaxation: Relaxation,
        patterns: Patterns,
        constants: Mapping[str, int],
        budget: Budget,
    ) -> None:
        self.relaxation = relaxation
        self.patterns = patterns
        self.budget = budget
        plan = relaxation.model
        self._matrix = plan.matrix()
        self._uppers = np.array(plan.uppers, np.int64)
        self._days = np.array([-(10**6) if d is None else d for d in plan.days], np.int64)
        self._is_result = np.array([d is None for d in plan.days], bool)
        self._is_whole = np.zeros(len(plan.uppers), bool)
        self._is_whole[plan.counted] = True
        self._is_node = np.zeros(len(plan.uppers), bool)
        self._is_node[
            [n for by in relaxation.nodes_of.values() for ns in by.values() for n in ns]
        ] = True
        self.levels = [
            level
            for level in relaxation.problem.levels
            if level in plan.points or level in patterns.levels or constants.get(level)
        ]
        self._constants = dict(constants)
        self._points = {
            level: plan.level_points(level).astype(np.int64)
            for level in self.levels
            if level in plan.points
        }

    # The whole -----------------------------------------------------------------------------------

    def begin(self, patterns: Mapping[str, Pattern], *, most: float, seed: int) -> Choice | None:
        """Return a choice of given patterns, with the best values of all that they lead to.

        Nothing when some shift of a team has no lead, or ``most`` units of work are not enough.
        """
        return self._settled(
            patterns, np.zeros(len(self._uppers), np.int64), ~self._is_node, most=most, seed=seed
        )

    def after(
        self,
        choice: Choice,
        patterns: Mapping[str, Pattern],
        days: Collection[int],
        *,
        most: float,
        seed: int,
    ) -> Choice | None:
        """Return a choice of patterns that differ from a choice's on some days only.

        What shifts of other days lead to stays, so this is much quicker than to `begin`.
        """
        is_open = self._free(frozenset(days)) & ~self._is_node
        return self._settled(patterns, choice.values, is_open, most=most, seed=seed)

    def _settled(
        self,
        patterns: Mapping[str, Pattern],
        known: Ints,
        is_open: Bools,
        *,
        most: float,
        seed: int,
    ) -> Choice | None:
        """Return a choice of patterns with the best values of open variables, others as known."""
        values = np.where(self._is_node | is_open, 0, known)
        for name, pattern in patterns.items():
            for shift in pattern:
                values[self.relaxation.nodes_of[name][shift]] += 1
        numbers = np.flatnonzero(is_open)
        model = cp_model.CpModel()
        variables = [model.new_int_var(0, upper, "") for upper in self._uppers[numbers].tolist()]
        matrix = self._matrix
        mine = is_open[matrix.column]
        held = np.bincount(
            matrix.row[~mine],
            matrix.factor[~mine] * values[matrix.column[~mine]],
            minlength=len(matrix.lower),
        )
        lower, upper = matrix.lower - held, matrix.upper - held
        is_held = np.bincount(matrix.row[mine], minlength=len(lower)) == 0
        if (lower[is_held] > 0).any() or (upper[is_held] < 0).any():
            return None
        place = np.cumsum(is_open) - 1
        rows, begins = np.unique(matrix.row[mine], return_index=True)
        columns = place[matrix.column[mine]].tolist()
        factors = matrix.factor[mine].astype(np.int64).tolist()
        for row, (first, end) in zip(
            rows.tolist(), pairwise([*begins.tolist(), len(columns)]), strict=True
        ):
            model.add_linear_constraint(
                cp_model.LinearExpr.weighted_sum(
                    [variables[n] for n in columns[first:end]], factors[first:end]
                ),
                cp_model.INT_MIN if np.isinf(lower[row]) else int(lower[row]),
                cp_model.INT_MAX if np.isinf(upper[row]) else int(upper[row]),
            )
        groups = packed(self._level_sums(numbers))
        found = minimise(model, groups, self.budget, seed=seed, most=most, is_linear=True)
        if found is None:
            return None
        values[numbers] = found.values
        return Choice(dict(patterns), values, self._points_of(patterns, values))

    def _level_sums(self, numbers: Ints) -> list[LevelSum]:
        found = []
        for level, every in self._points.items():
            points, uppers = every[numbers], self._uppers[numbers]
            terms = tuple((int(n), int(points[n])) for n in np.flatnonzero(points))
            low = int(np.minimum(points * uppers, 0).sum())
            high = int(np.maximum(points * uppers, 0).sum())
            if terms:
                found.append(LevelSum(level, terms, -low, high - low))
        return found

    def _points_of(self, patterns: Mapping[str, Pattern], values: Ints) -> tuple[int, ...]:
        own: dict[str, int] = {}
        for name, pattern in patterns.items():
            for level, points in self.patterns.cost(name, pattern).items():
                own[level] = own.get(level, 0) + points
        return tuple(
            own.get(level, 0)
            + self._constants.get(level, 0)
            + (int(self._points[level] @ values) if level in self._points else 0)
            for level in self.levels
        )

    # A part --------------------------------------------------------------------------------------

    def again(
        self,
        choice: Choice,
        columns: Columns,
        days: Iterable[int],
        weights: Mapping[str, float],
        *,
        seconds: float,
    ) -> dict[str, Pattern] | None:
        """Return patterns out of columns that differ on some days, with the least weighed points.

        Values that shifts lead to may be fractions, so `begin` has the last word.
        """
        part = self._part(choice, columns, frozenset(days))
        result = self._solved(choice, part, weights, seconds)
        return self._patterns_of(choice, part, result)

    def weighed(self, choice: Choice, weights: Mapping[str, float]) -> float:
        """Return the weighed points of a choice, constants included."""
        return sum(
            weights.get(level, 0.0) * points
            for level, points in zip(self.levels, choice.points, strict=True)
        )

    def least(
        self, choice: Choice, columns: Columns, weights: Mapping[str, float], *, seconds: float
    ) -> tuple[float, Choice | None]:
        """Return weighed points that no choice out of columns costs less than, and the best found.

        Parameters
        ----------
        choice
            Where to begin; its patterns are among the columns.
        """
        part = self._part(choice, columns, frozenset(self._days.tolist()))
        result = self._solved(choice, part, weights, seconds, to_prove=True)
        now = self.weighed(choice, weights)
        offset = now - float(self._part_costs(part, weights) @ self._present(choice, part))
        if result is None:
            return -math.inf, None
        bound = result.termination.objective_bounds.dual_bound
        patterns = self._patterns_of(choice, part, result)
        if patterns is None:
            return bound + offset, None
        values = choice.values.copy()
        values[part.free] = np.rint(self._values_of(result)[: len(part.free)])
        return bound + offset, Choice(patterns, values, self._points_of(patterns, values))

    def _solved(
        self,
        choice: Choice,
        part: _Part,
        weights: Mapping[str, float],
        seconds: float,
        *,
        to_prove: bool = False,
    ) -> mathopt.SolveResult | None:
        """Solve the mixed-integer model of a part, beginning with what is chosen, if it can be."""
        proto = model_pb2.ModelProto()
        n_free, n_options = len(part.free), len(part.options)
        variables = proto.variables
        variables.ids.extend(range(n_free + n_options))
        variables.lower_bounds.extend(np.zeros(n_free + n_options))
        variables.upper_bounds.extend(
            np.r_[self._uppers[part.free].astype(float), np.ones(n_options)]
        )
        # Half of a value may cost less than what whole ones can come to.
        is_whole = np.ones(n_free, bool) if to_prove else self._is_whole[part.free]
        variables.integers.extend([*is_whole.tolist(), *([True] * n_options)])
        costs = self._part_costs(part, weights)
        paid = np.flatnonzero(costs)
        proto.objective.linear_coefficients.ids.extend(paid)
        proto.objective.linear_coefficients.values.extend(costs[paid])
        self._fill_rows(proto, part)
        model = mathopt.Model.from_model_proto(proto)
        hint = mathopt.SolutionHint(
            variable_values=dict(zip(model.variables(), self._present(choice, part), strict=True))
        )
        return self.budget.solve_mip(model, seconds, hint, to_prove=to_prove)

    def _patterns_of(
        self, choice: Choice, part: _Part, result: mathopt.SolveResult | None
    ) -> dict[str, Pattern] | None:
        """Return the patterns of a solution of a part's model, if there is one."""
        if result is None or not result.has_primal_feasible_solution():
            return None
        patterns = dict(choice.patterns)
        takes = self._values_of(result)[len(part.free) :]
        for (name, pattern), is_taken in zip(part.options, takes > 0.5, strict=True):
            if is_taken:
                patterns[name] = pattern
        return patterns

    def _values_of(self, result: mathopt.SolveResult) -> Floats:
        """Return the values of a part's variables, in order."""
        values = result.variable_values()
        return np.array([values[each] for each in sorted(values, key=lambda each: each.id)])

    def _present(self, choice: Choice, part: _Part) -> list[float]:
        """Return the values of a part's variables at present."""
        takes = [float(choice.patterns[name] == pattern) for name, pattern in part.options]
        return [*choice.values[part.free].astype(float).tolist(), *takes]

    def _part(self, choice: Choice, columns: Columns, days: frozenset[int]) -> _Part:
        free = self._free(days)
        numbers = np.flatnonzero(free)
        place = np.full(len(free), -1, np.int64)
        place[numbers] = np.arange(len(numbers))
        rest = np.zeros(len(free), np.int64)
        part = _Part(numbers, place, rest)
        for name, pattern in choice.patterns.items():
            options = columns.get(name, ())
            if len(options) > 1:
                part.options += [(name, option) for option in options]
                part.sizes.append(len(options))
            for shift in pattern:
                nodes = np.array(self.relaxation.nodes_of[name][shift], np.int64)
                rest[nodes if len(options) < 2 else nodes[~free[nodes]]] += 1
        rest += np.where(self._is_node, 0, self._held(choice, free))
        return part

    def _held(self, choice: Choice, free: Bools) -> Ints:
        """Return the values of variables that are not free and not nodes."""
        return np.where(free, 0, choice.values)

    def _free(self, days: frozenset[int]) -> Bools:
        """Return which variables are free: those of some days' shifts, and what they lead to."""
        free: Bools = np.isin(self._days, sorted(days)) & ~self._is_result
        row, column = self._matrix.row, self._matrix.column
        while True:
            touched = np.zeros(len(self._matrix.lower), bool)
            touched[row[free[column]]] = True
            more: Bools = np.zeros(len(free), bool)
            more[column[touched[row]]] = True
            more &= self._is_result & ~free
            if not more.any():
                return free
            free |= more

    def _part_costs(self, part: _Part, weights: Mapping[str, float]) -> Floats:
        costs = np.zeros(len(part.free))
        for level, points in self._points.items():
            if weight := weights.get(level, 0.0):
                costs += weight * points[part.free]
        own = [
            sum(
                weights.get(level, 0.0) * points
                for level, points in self.patterns.cost(name, pattern).items()
            )
            for name, pattern in part.options
        ]
        total: Floats = np.r_[costs, own]
        return total

    def _fill_rows(self, proto: "model_pb2.ModelProto", part: _Part) -> None:
        matrix, n_free = self._matrix, len(part.free)
        mine = part.place[matrix.column] >= 0
        touched = np.zeros(len(matrix.lower), bool)
        touched[matrix.row[mine]] = True
        rows = np.flatnonzero(touched)
        number = np.full(len(touched), -1, np.int64)
        number[rows] = np.arange(len(rows))
        already = np.bincount(
            matrix.row[~mine],
            matrix.factor[~mine] * part.rest[matrix.column[~mine]],
            minlength=len(touched),
        )[rows]
        nodes = part.free[self._is_node[part.free]]
        node_row = np.full(len(touched) + len(part.place), -1, np.int64)
        node_row[nodes] = len(rows) + np.arange(len(nodes))
        entries = [
            (node_row[node], n_free + n)
            for n, (name, pattern) in enumerate(part.options)
            for shift in pattern
            for node in self.relaxation.nodes_of[name][shift]
            if part.place[node] >= 0
        ]
        links = np.array(entries, np.int64).reshape(-1, 2)
        first = len(rows) + len(nodes)
        choices = np.repeat(np.arange(len(part.sizes)), part.sizes)
        row = np.r_[number[matrix.row[mine]], node_row[nodes], links[:, 0], first + choices]
        column = np.r_[
            part.place[matrix.column[mine]],
            part.place[nodes],
            links[:, 1],
            n_free + np.arange(len(part.options)),
        ]
        factor = np.r_[
            matrix.factor[mine],
            np.ones(len(nodes)),
            -np.ones(len(links)),
            np.ones(len(part.options)),
        ]
        held = part.rest[nodes].astype(float)
        ones = np.ones(len(part.sizes))
        proto.linear_constraints.ids.extend(range(first + len(part.sizes)))
        proto.linear_constraints.lower_bounds.extend(
            np.r_[matrix.lower[rows] - already, held, ones]
        )
        proto.linear_constraints.upper_bounds.extend(
            np.r_[matrix.upper[rows] - already, held, ones]
        )
        order = np.lexsort((column, row))
        proto.linear_constraint_matrix.row_ids.extend(row[order])
        proto.linear_constraint_matrix.column_ids.extend(column[order])
        proto.linear_constraint_matrix.coefficients.extend(factor[order])
