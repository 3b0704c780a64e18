"""A linear program that grows and is solved again and again, by GLOP.

It talks to the solver in its own messages, arrays in and out: with an object for each variable and
row, as the modelling library has them, the talking takes longer than the solving.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import (  # type: ignore[import-untyped]
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver  # type: ignore[import-untyped]
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]

from solver.search.linear import Bools, Floats, Ints, Matrix

_SECONDS = 30
"""For one program: the first of four weeks of 185 people takes six, and longer beside others."""

_Entries = tuple[Ints, Ints, Floats]


@dataclass(frozen=True, slots=True)
class Optimum:
    """An optimal solution: its value, that of each variable, and the price of each row."""

    value: float
    variables: Floats
    prices: Floats


class GrowingLp:
    """Variables from 0 to a limit, rows between limits, costs to be minimised.

    Parameters
    ----------
    uppers
        Limits of the first variables.
    rows
        The first rows.
    """

    def __init__(self, uppers: Floats, rows: Matrix) -> None:
        self._uppers: list[float] = uppers.tolist()
        self._costs = [0.0] * len(uppers)
        self._lower: list[float] = rows.lower.tolist()
        self._upper: list[float] = rows.upper.tolist()
        self._offset = 0.0
        self._entries: list[_Entries] = [(rows.row, rows.column, rows.factor)]
        self._open()

    def _open(self) -> None:
        """Hand the whole program to a new solver."""
        model = model_pb2.ModelProto()
        self._write_variables(model.variables, 0)
        self._write_rows(model.linear_constraints, 0)
        _write_matrix(model.linear_constraint_matrix, self._entries)
        _write_vector(model.objective.linear_coefficients, range(len(self._costs)), self._costs)
        model.objective.offset = self._offset
        kind = parameters_pb2.SOLVER_TYPE_GLOP
        self._solver = solver.new(kind, model, parameters_pb2.SolverInitializerProto())
        self._settle()

    def _settle(self) -> None:
        """Note that the solver knows all there is."""
        self._n_variables, self._n_rows = len(self._uppers), len(self._lower)
        self._n_entries = len(self._entries)
        self._new_uppers: set[int] = set()
        self._new_costs: set[int] = set()
        self._new_row_uppers: set[int] = set()
        self._is_tighter = False

    # Changes -------------------------------------------------------------------------------------

    def add_variable(self, cost: float, factors: dict[int, float]) -> int:
        """Add a variable without a limit, with its coefficients by row; return its number."""
        number = len(self._uppers)
        self._uppers.append(math.inf)
        self._costs.append(cost)
        rows = np.array(list(factors), np.int64)
        values = np.array(list(factors.values()), float)
        self._entries.append((rows, np.full(len(rows), number), values))
        return number

    def add_row(self, upper: float, factors: dict[int, float]) -> int:
        """Add a row with an upper limit and its coefficients by variable; return its number."""
        number = len(self._lower)
        self._lower.append(-math.inf)
        self._upper.append(upper)
        columns = np.array(list(factors), np.int64)
        values = np.array(list(factors.values()), float)
        self._entries.append((np.full(len(columns), number), columns, values))
        self._is_tighter = True
        return number

    def set_costs(self, costs: Floats, offset: float) -> None:
        """Minimise other costs, one for each variable."""
        before = np.array(self._costs)
        self._new_costs.update(np.flatnonzero(before != costs).tolist())
        self._costs, self._offset = costs.tolist(), offset

    def limit(self, variables: Collection[int], upper: float) -> None:
        """Give some variables another limit."""
        for number in variables:
            if self._uppers[number] != upper:
                self._is_tighter |= upper < self._uppers[number]
                self._uppers[number] = upper
                self._new_uppers.add(number)

    def limit_of(self, variable: int) -> float:
        """Return the limit of a variable."""
        return self._uppers[variable]

    def limit_row(self, row: int, upper: float) -> None:
        """Give a row another upper limit."""
        self._is_tighter |= upper < self._upper[row]
        self._upper[row] = upper
        self._new_row_uppers.add(row)

    def _update(self) -> model_update_pb2.ModelUpdateProto:
        """Return what has changed since the solver was last told."""
        update = model_update_pb2.ModelUpdateProto()
        self._write_variables(update.new_variables, self._n_variables)
        self._write_rows(update.new_linear_constraints, self._n_rows)
        _write_matrix(update.linear_constraint_matrix_updates, self._entries[self._n_entries :])
        uppers = sorted(n for n in self._new_uppers if n < self._n_variables)
        _write_vector(
            update.variable_updates.upper_bounds, uppers, [self._uppers[n] for n in uppers]
        )
        rows = sorted(n for n in self._new_row_uppers if n < self._n_rows)
        _write_vector(
            update.linear_constraint_updates.upper_bounds, rows, [self._upper[n] for n in rows]
        )
        costs = sorted({*self._new_costs, *range(self._n_variables, len(self._costs))})
        _write_vector(
            update.objective_updates.linear_coefficients, costs, [self._costs[n] for n in costs]
        )
        update.objective_updates.offset_update = self._offset
        return update

    def _write_variables(self, target: model_pb2.VariablesProto, first: int) -> None:
        uppers = self._uppers[first:]
        target.ids.extend(range(first, len(self._uppers)))
        target.lower_bounds.extend([0.0] * len(uppers))
        target.upper_bounds.extend(uppers)
        target.integers.extend([False] * len(uppers))

    def _write_rows(self, target: model_pb2.LinearConstraintsProto, first: int) -> None:
        target.ids.extend(range(first, len(self._lower)))
        target.lower_bounds.extend(self._lower[first:])
        target.upper_bounds.extend(self._upper[first:])

    # Solving -------------------------------------------------------------------------------------

    def optimum(self) -> Optimum | None:
        """Return an optimal solution; nothing when there is none or time is out.

        The last basis is still a solution when variables were added or costs changed, and the
        primal simplex goes on from it. When limits became tighter it is none, and the dual simplex
        is quicker, and goes on from it too if nothing else changed: so new variables wait until
        limits are kept. Presolving would forget the basis.
        """
        if self._is_tighter and self._n_variables < len(self._uppers) and not self._new_costs:
            self._keep_limits()
        return self._reached()

    def _keep_limits(self) -> None:
        """Solve the program without its new variables, so that only they are left to be told."""
        known, told = self._n_variables, self._n_entries
        uppers, costs, entries = self._uppers[known:], self._costs[known:], self._entries[told:]
        del self._uppers[known:], self._costs[known:]
        self._entries[told:] = [_part(entry, entry[1] < known) for entry in entries]
        self._reached()
        self._uppers += uppers
        self._costs += costs
        self._entries += [_part(entry, entry[1] >= known) for entry in entries]

    def _reached(self) -> Optimum | None:
        """Tell the solver what is new and solve."""
        params = parameters_pb2.SolveParametersProto(
            presolve=parameters_pb2.EMPHASIS_OFF,
            lp_algorithm=(
                parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
                if self._is_tighter
                else parameters_pb2.LP_ALGORITHM_PRIMAL_SIMPLEX
            ),
        )
        params.time_limit.FromTimedelta(timedelta(seconds=_SECONDS))
        if not self._solver.update(self._update()):
            self._open()
        self._settle()
        for _ in range(2):
            try:
                return _read(self._solve(params))
            except StatusNotOk:  # GLOP ended abnormally
                self._open()
        return None

    def _solve(self, params: parameters_pb2.SolveParametersProto) -> result_pb2.SolveResultProto:
        options = model_parameters_pb2.ModelSolveParametersProto()
        callbacks = callback_pb2.CallbackRegistrationProto()
        return self._solver.solve(params, options, None, callbacks, None, None)


def _read(result: result_pb2.SolveResultProto) -> Optimum | None:
    if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    best = result.solutions[0]
    return Optimum(
        best.primal_solution.objective_value,
        np.array(best.primal_solution.variable_values.values),
        np.array(best.dual_solution.dual_values.values),
    )


def _part(entry: _Entries, chosen: Bools) -> _Entries:
    """Return some of the coefficients."""
    rows, columns, factors = entry
    return rows[chosen], columns[chosen], factors[chosen]


def _write_vector(
    target: sparse_containers_pb2.SparseDoubleVectorProto,
    ids: Collection[int],
    values: Collection[float],
) -> None:
    target.ids.extend(ids)
    target.values.extend(values)


def _write_matrix(
    target: sparse_containers_pb2.SparseDoubleMatrixProto, entries: Collection[_Entries]
) -> None:
    if entries:
        row, column, factor = (np.concatenate(parts) for parts in zip(*entries, strict=True))
        order = np.lexsort((column, row))
        target.row_ids.extend(row[order].tolist())
        target.column_ids.extend(column[order].tolist())
        target.coefficients.extend(factor[order].tolist())
