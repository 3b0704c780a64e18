"""When a search ends: by time, by work done, or because somebody said stop."""

import threading
import time
from _thread import start_new_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]
from ortools.sat.python import cp_model
from pybind11_abseil.status import StatusNotOk  # type: ignore[import-untyped]

_POLL_SECONDS = 0.1
_MIP_GAP = 1e-3
_PROOF_GAP = 1 - 1e-3
"""Points are whole numbers, so a bound that is nearer to a value than one is as good as it."""

_WORK_PER_MIP = 0.01
_LEAST_WORK = 1e-4
"""For a model that is solved at once: making it takes time too, and so a search ends."""

_PIVOTS_PER_UNIT = 7000
_NODES_PER_UNIT = 200
"""Nodes of a search tree that count as a unit of work in repeatable mode."""

_PATIENCE = 5
"""Seconds that a unit of work may take when others want the processor too."""


@dataclass
class Budget:
    """What a search may use.

    Parameters
    ----------
    seconds
        Wall-clock limit; not looked at in repeatable mode.
    work_limit
        Deterministic work (CP-SAT's unit, about a second each) that may be done; nothing for none.
    is_repeatable
        Count work, not seconds: the same input gives the same roster.
    should_stop
        Asked often; true ends the search at once.
    """

    seconds: float
    work_limit: float | None
    is_repeatable: bool
    should_stop: Callable[[], bool]
    started: float = field(default_factory=time.monotonic)
    work_done: float = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.started

    def is_over(self) -> bool:
        """Return whether nothing more may be done."""
        if self.should_stop():
            return True
        if self.work_limit is not None and self.work_done >= self.work_limit:
            return True
        return not self.is_repeatable and self.elapsed >= self.seconds

    def open_again(self, seconds: float) -> None:
        """Begin anew with some seconds, and work without a limit, for what does little of it."""
        self.started, self.seconds = time.monotonic(), seconds
        self.work_limit = None

    @contextmanager
    def within(self, share: float) -> Iterator[None]:
        """Let what is done meanwhile take a share of the seconds left; work has its own limits."""
        seconds, elapsed = self.seconds, self.elapsed
        self.seconds = elapsed + share * max(0.0, seconds - elapsed)
        try:
            yield
        finally:
            self.seconds = seconds

    @property
    def share_used(self) -> float:
        """How much of it is used: of the work in repeatable mode, else of the seconds."""
        if not self.is_repeatable:
            return self.elapsed / self.seconds if self.seconds > 0 else 1.0
        if self.work_limit is None:
            return 0.0
        return self.work_done / self.work_limit if self.work_limit > 0 else 1.0

    def has_left(self, seconds: float) -> bool:
        """Return whether so many seconds are left; always in repeatable mode."""
        return self.is_repeatable or self.seconds - self.elapsed >= seconds

    def at_most(self, seconds: float, share: float) -> float:
        """Return some seconds, or a share of those left if that is less; work is not counted so."""
        if self.is_repeatable:
            return seconds
        return min(seconds, share * max(0.0, self.seconds - self.elapsed))

    def is_late(self, share: float, after_s: float = 0.0) -> bool:
        """Return whether a share of the seconds has gone, now or then; never in repeatable mode."""
        return not self.is_repeatable and self.elapsed + after_s > share * self.seconds

    def solve(
        self, model: cp_model.CpModel, seed: int, most: float, *, is_linear: bool = False
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """Solve a model within the budget and ``most`` seconds or units of work, on one thread.

        Of a model that ``is_linear`` the linear relaxation says most. ``MemoryError`` is raised too
        where the system has no room for a thread.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed % 2**31
        solver.parameters.max_deterministic_time = most
        if is_linear:
            solver.parameters.linearization_level = 2
        if self.work_limit is not None:
            left = max(1e-3, self.work_limit - self.work_done)
            solver.parameters.max_deterministic_time = min(most, left)
        if not self.is_repeatable:
            solver.parameters.max_time_in_seconds = max(
                0.01, min(_PATIENCE * most, self.seconds - self.elapsed)
            )
        ended = threading.Event()
        try:
            # A ``Thread`` would wait for ever for one that has no memory to begin.
            start_new_thread(self._stop_when_told, (solver, ended))
        except RuntimeError as error:
            raise MemoryError from error
        try:
            status = solver.solve(model)
        finally:
            ended.set()
        self.work_done += max(_LEAST_WORK, solver.deterministic_time)
        return solver, status

    def solve_mip(
        self,
        model: mathopt.Model,
        most: float,
        hint: mathopt.SolutionHint,
        *,
        to_prove: bool = False,
    ) -> mathopt.SolveResult | None:
        """Solve a mixed-integer model within the budget and ``most`` seconds or units of work.

        Nothing when the solver fails: on numbers too large for it, say.

        Parameters
        ----------
        to_prove
            Nothing better than the hint is likely: find out that there is none.
        """
        params = mathopt.SolveParameters(relative_gap_tolerance=_MIP_GAP)
        if to_prove:
            params.presolve, params.heuristics = mathopt.Emphasis.LOW, mathopt.Emphasis.OFF
            params.relative_gap_tolerance, params.absolute_gap_tolerance = 0.0, _PROOF_GAP
        if self.is_repeatable:
            params.node_limit = max(1, round(most * _NODES_PER_UNIT))
        else:
            seconds = max(0.05, min(most, self.seconds - self.elapsed))
            params.time_limit = timedelta(seconds=seconds)
        self.work_done += _WORK_PER_MIP
        try:
            result = mathopt.solve(
                model,
                mathopt.SolverType.GSCIP if to_prove else mathopt.SolverType.HIGHS,
                params=params,
                model_params=mathopt.ModelSolveParameters(solution_hints=[hint]),
            )
        except Exception as error:
            # OR-tools means to raise something else for it, and may stumble over that.
            if not isinstance(error.__context__, StatusNotOk):
                raise
            return None
        self.work_done += result.solve_stats.simplex_iterations / _PIVOTS_PER_UNIT
        return result

    def _stop_when_told(self, solver: cp_model.CpSolver, ended: threading.Event) -> None:
        while not ended.wait(_POLL_SECONDS):
            if self.should_stop():
                solver.stop_search()
