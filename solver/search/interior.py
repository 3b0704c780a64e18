"""A linear program solved anew each time, by HiGHS' interior point method.

Its prices are amid all those that are optimal, not at a corner of them, so those of a program that
grows stray less (Gondzio et al. 2013 on column generation). And a large program whose rows and
costs change is solved several times as quickly as the simplex goes on from the last solution.
"""

from datetime import timedelta

from ortools.math_opt import (  # type: ignore[import-untyped]
    callback_pb2,
    model_parameters_pb2,
    parameters_pb2,
)
from ortools.math_opt.core.python import solver  # type: ignore[import-untyped]
from ortools.math_opt.solvers import highs_pb2  # type: ignore[import-untyped]
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]
from typing_extensions import override

from solver.search.growing import MOST_S, GrowingLp, Optimum, read

_AMID = {"solver": "ipm", "run_crossover": "off"}


class InteriorLp(GrowingLp):
    """A growing program whose solutions and prices are amid all optimal ones."""

    @override
    def optimum(self, most_s: float = MOST_S) -> Optimum | None:
        """Return an optimal solution; nothing when there is none or none in so many seconds.

        When there is no way to it amid the program, it is one at a corner.
        """
        for options in (_AMID, {}):
            highs = highs_pb2.HighsOptionsProto(string_options=options)
            params = parameters_pb2.SolveParametersProto(highs=highs)
            params.time_limit.FromTimedelta(timedelta(seconds=most_s))
            try:
                result = solver.solve(
                    self._model(),
                    parameters_pb2.SOLVER_TYPE_HIGHS,
                    parameters_pb2.SolverInitializerProto(),
                    params,
                    model_parameters_pb2.ModelSolveParametersProto(),
                    None,
                    callback_pb2.CallbackRegistrationProto(),
                    None,
                    None,
                )
            except StatusNotOk:
                continue
            optimum = read(result)
            if optimum is not None:
                return optimum
        return None
