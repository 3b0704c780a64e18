"""Searches that keep their best roster when the solver fails before its time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planner.planning.engine import SolverDiedError, SolverFault
from planner.services.fault_reports import report_fault
from solver.data.solution import Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What ended a search before its time.

    Parameters
    ----------
    code
        ``solver-died``: it was ended from outside or had too little memory; ``solver-fault``: the
        program has a fault.
    file
        What was saved for whoever mends it, if it could be.
    """

    code: Literal["solver-died", "solver-fault"]
    file: Path | None


def best_of(search: Callable[[], Solution]) -> tuple[Solution, Trouble | None]:
    """Return the best roster that a search finds, and what ended it before its time.

    A fault of the program is reported.

    Raises
    ------
    SolverDiedError, SolverFault
        When the solver failed before it had any roster.
    """
    try:
        return search(), None
    except (SolverDiedError, SolverFault) as error:
        if error.best is None:
            raise
        return error.best, _trouble(error)


def _trouble(error: SolverDiedError | SolverFault) -> Trouble:
    if isinstance(error, SolverDiedError):
        return Trouble(code="solver-died", file=error.problem_file)
    return Trouble(code="solver-fault", file=report_fault(error))
