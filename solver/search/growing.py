"""Linear programs that grow and are solved again and again.

They talk to the solvers in these' own messages, arrays in and out: with an object for each variable
and row, as the modelling library has them, the talking takes longer than the solving.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from ortools.math_opt import (  # type: ignore[import-untyped]
    model_pb2,
    result_pb2,
    sparse_containers_pb2,
)

from solver.search.linear import Floats, Ints, Matrix

MOST_S = 30.0
"""For one program: the first of four weeks of 185 people takes six, and longer beside others."""

Entries = tuple[Ints, Ints, Floats]
"""Rows, columns and coefficients."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """An optimal solution: its value, that of each variable, and the price of each row."""

    value: float
    variables: Floats
    prices: Floats


class GrowingLp(ABC):
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
        self._entries: list[Entries] = [(rows.row, rows.column, rows.factor)]

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
        return number

    def set_costs(self, costs: Floats, offset: float) -> None:
        """Minimise other costs, one for each variable."""
        self._costs, self._offset = costs.tolist(), offset

    @abstractmethod
    def optimum(self, most_s: float = MOST_S) -> Optimum | None:
        """Return an optimal solution; nothing when there is none or none in so many seconds."""

    # Messages ------------------------------------------------------------------------------------

    def _model(self) -> model_pb2.ModelProto:
        """Return the whole program."""
        model = model_pb2.ModelProto()
        self._write_variables(model.variables, 0)
        self._write_rows(model.linear_constraints, 0)
        write_matrix(model.linear_constraint_matrix, self._entries)
        write_vector(model.objective.linear_coefficients, range(len(self._costs)), self._costs)
        model.objective.offset = self._offset
        return model

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


def read(result: result_pb2.SolveResultProto) -> Optimum | None:
    """Return what a solver has found; nothing but an optimal solution."""
    if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    best = result.solutions[0]
    return Optimum(
        best.primal_solution.objective_value,
        np.array(best.primal_solution.variable_values.values),
        np.array(best.dual_solution.dual_values.values),
    )


def write_vector(
    target: sparse_containers_pb2.SparseDoubleVectorProto,
    ids: Collection[int],
    values: Collection[float],
) -> None:
    """Write values by id, which are in order."""
    target.ids.extend(ids)
    target.values.extend(values)


def write_matrix(
    target: sparse_containers_pb2.SparseDoubleMatrixProto, entries: Collection[Entries]
) -> None:
    """Write coefficients, in any order."""
    if entries:
        row, column, factor = (np.concatenate(parts) for parts in zip(*entries, strict=True))
        order = np.lexsort((column, row))
        target.row_ids.extend(row[order].tolist())
        target.column_ids.extend(column[order].tolist())
        target.coefficients.extend(factor[order].tolist())
