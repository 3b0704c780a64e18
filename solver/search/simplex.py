"""A linear program that goes on from where it was solved last, by GLOP's simplex."""

from collections.abc import Collection
from datetime import timedelta

import numpy as np
from ortools.math_opt import (  # type: ignore[import-untyped]
    callback_pb2,
    model_parameters_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver  # type: ignore[import-untyped]
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]
from typing_extensions import override

from solver.search.growing import (
    MOST_S,
    Entries,
    GrowingLp,
    Optimum,
    read,
    write_matrix,
    write_vector,
)
from solver.search.linear import Bools, Floats, Matrix


class SimplexLp(GrowingLp):
    """A growing program whose solutions use few variables; the next one is found from the last."""

    def __init__(self, uppers: Floats, rows: Matrix) -> None:
        super().__init__(uppers, rows)
        self._open()

    def _open(self) -> None:
        """Hand the whole program to a new solver."""
        kind = parameters_pb2.SOLVER_TYPE_GLOP
        initializer = parameters_pb2.SolverInitializerProto()
        self._solver = solver.new(kind, self._model(), initializer)
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

    @override
    def add_row(self, upper: float, factors: dict[int, float]) -> int:
        """Add a row with an upper limit and its coefficients by variable; return its number."""
        self._is_tighter = True
        return super().add_row(upper, factors)

    @override
    def set_costs(self, costs: Floats, offset: float) -> None:
        """Minimise other costs, one for each variable."""
        before = np.array(self._costs)
        self._new_costs.update(np.flatnonzero(before != costs).tolist())
        super().set_costs(costs, offset)

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
        write_matrix(update.linear_constraint_matrix_updates, self._entries[self._n_entries :])
        uppers = sorted(n for n in self._new_uppers if n < self._n_variables)
        write_vector(
            update.variable_updates.upper_bounds, uppers, [self._uppers[n] for n in uppers]
        )
        rows = sorted(n for n in self._new_row_uppers if n < self._n_rows)
        write_vector(
            update.linear_constraint_updates.upper_bounds, rows, [self._upper[n] for n in rows]
        )
        costs = sorted({*self._new_costs, *range(self._n_variables, len(self._costs))})
        write_vector(
            update.objective_updates.linear_coefficients, costs, [self._costs[n] for n in costs]
        )
        update.objective_updates.offset_update = self._offset
        return update

    # Solving -------------------------------------------------------------------------------------

    @override
    def optimum(self, most_s: float = MOST_S) -> Optimum | None:
        """Return an optimal solution; nothing when there is none or none in so many seconds.

        The last basis is still a solution when variables were added or costs changed, and the
        primal simplex goes on from it. When limits became tighter it is none, and the dual simplex
        is quicker, and goes on from it too if nothing else changed: so new variables wait until
        limits are kept. Presolving would forget the basis.
        """
        if self._is_tighter and self._n_variables < len(self._uppers) and not self._new_costs:
            self._keep_limits(most_s)
        return self._reached(most_s)

    def _keep_limits(self, most_s: float) -> None:
        """Solve the program without its new variables, so that only they are left to be told."""
        known, told = self._n_variables, self._n_entries
        uppers, costs, entries = self._uppers[known:], self._costs[known:], self._entries[told:]
        del self._uppers[known:], self._costs[known:]
        self._entries[told:] = [_part(entry, entry[1] < known) for entry in entries]
        self._reached(most_s)
        self._uppers += uppers
        self._costs += costs
        self._entries += [_part(entry, entry[1] >= known) for entry in entries]

    def _reached(self, most_s: float) -> Optimum | None:
        """Tell the solver what is new and solve."""
        params = parameters_pb2.SolveParametersProto(
            presolve=parameters_pb2.EMPHASIS_OFF,
            lp_algorithm=(
                parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
                if self._is_tighter
                else parameters_pb2.LP_ALGORITHM_PRIMAL_SIMPLEX
            ),
        )
        params.time_limit.FromTimedelta(timedelta(seconds=most_s))
        params.glop.change_status_to_imprecise = False
        if not self._solver.update(self._update()):
            self._open()
        self._settle()
        for _ in range(2):
            try:
                return read(self._solve(params))
            except StatusNotOk:  # GLOP ended abnormally
                self._open()
        return None

    def _solve(self, params: parameters_pb2.SolveParametersProto) -> result_pb2.SolveResultProto:
        options = model_parameters_pb2.ModelSolveParametersProto()
        callbacks = callback_pb2.CallbackRegistrationProto()
        return self._solver.solve(params, options, None, callbacks, None, None)


def _part(entry: Entries, chosen: Bools) -> Entries:
    """Return some of the coefficients."""
    rows, columns, factors = entry
    return rows[chosen], columns[chosen], factors[chosen]
