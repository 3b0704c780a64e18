"""The one launcher of the solver, which lives in a process of its own."""

import atexit
import itertools
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from planner import settings
from planner.errors import PlannerError
from planner.planning.solver_process import GoneError, Heard, Message, SolverProcess, StuckError
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution
from solver.formats.dataclass_json import read_json
from solver.formats.json_format import problem_to_json, solution_from_json, solution_to_json
from solver.formats.saved import save_problem

if TYPE_CHECKING:
    from solver.explain.candidates import Candidate
    from solver.explain.causes import Causes
    from solver.explain.gaps import DemandGap
    from solver.explain.repairs import Kind, Repair
    from solver.explain.wishes import WishAnswer

_MOST_SECONDS = 10.0**6

_MOST_KNOWN = 3
"""Rosters that the solver keeps in hand; it is told one again when it has let it go."""

_Item = TypeVar("_Item")


class SolverDiedError(PlannerError):
    """The solver's process ended before it answered, or had too little memory.

    Parameters
    ----------
    best
        The last roster that it had sent, if any; explained, unless that failed too.
    problem_file
        Where the problem was saved, if it was.
    """

    def __init__(self, best: Solution | None = None, problem_file: Path | None = None) -> None:
        if problem_file is None:
            super().__init__("solver-died")
        else:
            super().__init__("solver-died-saved", file=str(problem_file))
        self.best = best
        self.problem_file = problem_file


class SolverFault(RuntimeError):  # noqa: N818 - a fault of the program, never a person's error
    """The solver reported a fault of its own; its message says which.

    Parameters
    ----------
    best, problem_file
        As for :class:`SolverDiedError`.
    """

    def __init__(self, message: str, problem_file: Path | None = None) -> None:
        super().__init__(message)
        self.best: Solution | None = None
        self.problem_file = problem_file


class Engine:
    """The solver: its process is started on first use, and once more whenever it has died.

    Any thread may ask, several at a time.

    Parameters
    ----------
    faults
        Folder for problems that show a fault; the program's log folder by default.
    """

    def __init__(self, faults: Path | None = None) -> None:
        self._faults = faults
        self._lock = threading.Lock()
        self._process: SolverProcess | None = None
        self._n_closed = 0
        self._names = itertools.count(1)
        self._rosters: deque[tuple[str, Problem, Solution]] = deque(maxlen=_MOST_KNOWN)

    @property
    def process_id(self) -> int | None:
        """The system's number of the process, if one runs."""
        with self._lock:
            if self._process is None or self._process.has_ended:
                return None
            return self._process.id

    def solve(
        self,
        problem: Problem,
        *,
        seconds: float,
        seed: int = 0,
        repeatable: bool = False,
        on_progress: Callable[[Progress], None] = lambda _: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Solution:
        """Return the best roster found in ``seconds``, or at once when ``should_stop`` says so.

        Raises
        ------
        SolverDiedError
            When the process ends before it answers; it carries the best roster until then.
        SolverFault
            When it reports a fault of its own; it carries the same.
        """
        heard = Heard(on_progress)
        request = {
            "op": "solve",
            "problem": problem_to_json(problem),
            # In this order, what is no number becomes one.
            "seconds": min(_MOST_SECONDS, seconds),
            "seed": seed,
            "repeatable": repeatable,
        }
        n_closed = self._n_closed
        try:
            return solution_from_json(self._ask(request, heard, should_stop)["solution"])
        except SolverFault as fault:
            fault.best = self._rescued(problem, heard)
            raise
        except SolverDiedError as died:
            if self._n_closed > n_closed:
                raise
            best = self._rescued(problem, heard)
            raise SolverDiedError(best, save_problem(self._folder, problem)) from died
        except StuckError:
            best = self._rescued(problem, heard)
            if best is None:
                raise SolverDiedError(None, save_problem(self._folder, problem)) from None
            return best

    def explain(self, problem: Problem, solution: Solution) -> Solution:
        """Return any roster with what it costs and why its tasks lack heads; raises as ``solve``.

        What it says of its levels is put right.
        """
        answer = self._question("explain", problem, solution)
        return solution_from_json(answer["solution"])

    def demand_gaps(self, problem: Problem, solution: Solution) -> "tuple[DemandGap, ...]":
        """Return why a roster's demands lack heads; raises as ``solve``."""
        from solver.explain.gaps import DemandGap

        answer = self._question("demand-gaps", problem, solution)
        return _read_all(DemandGap, answer["demand_gaps"])

    def rank(
        self,
        problem: Problem,
        solution: Solution,
        *,
        task: str | None = None,
        shift: str | None = None,
        instead_of: str | None = None,
    ) -> "tuple[Candidate, ...]":
        """Return who could take a task or a shift, the best first; raises as ``solve``."""
        from solver.explain.candidates import Candidate

        answer = self._question(
            "rank", problem, solution, task=task, shift=shift, instead_of=instead_of
        )
        return _read_all(Candidate, answer["candidates"])

    def repair(
        self,
        problem: Problem,
        solution: Solution,
        *,
        task: str | None = None,
        demand: str | None = None,
        start: int | None = None,
        kinds: "Sequence[Kind]" = (),
    ) -> "tuple[Repair, ...]":
        """Return the cheapest changes that close a task's gap, or a demand's; raises as ``solve``.

        Parameters
        ----------
        start
            Any minute of the demand's quarter.
        kinds
            Kinds of change that are looked for; all when empty.
        """
        from solver.explain.repairs import Repair

        gap = {"task": task, "demand": demand, "start": start, "kinds": list(kinds)}
        answer = self._question("repair", problem, solution, **gap)
        return _read_all(Repair, answer["repairs"])

    def causes(
        self,
        problem: Problem,
        solution: Solution,
        *,
        task: str | None = None,
        demand: str | None = None,
        start: int | None = None,
    ) -> "Causes":
        """Return the smallest set of facts that cause a gap; raises as ``solve``.

        Parameters
        ----------
        start
            Any minute of the demand's quarter.
        """
        from solver.explain.causes import Causes

        gap = {"task": task, "demand": demand, "start": start}
        answer = self._question("causes", problem, solution, **gap)
        return read_json(Causes, answer["causes"])

    def wishes(self, problem: Problem, solution: Solution) -> "tuple[WishAnswer, ...]":
        """Return what is to be said of wishes that a roster does not grant; raises as ``solve``."""
        from solver.explain.wishes import WishAnswer

        answer = self._question("wishes", problem, solution)
        return _read_all(WishAnswer, answer["wishes"])

    def close(self) -> None:
        """End the process; what is asked of it fails. The next request starts another one."""
        with self._lock:
            process, self._process = self._process, None
            self._n_closed += 1
        if process is not None:
            process.end()

    def _question(
        self, operation: str, problem: Problem, solution: Solution, **fields: object
    ) -> Message:
        """Return the answer to a question about a roster; one that is known is not sent again."""
        name, is_known = self._name_of(problem, solution)
        request = {"op": operation, "roster": name, **fields}
        if is_known:
            with suppress(_UnknownRosterError):
                return self._ask(request, Heard(), lambda: False)
        whole = {"problem": problem_to_json(problem), "solution": solution_to_json(solution)}
        return self._ask({**request, **whole}, Heard(), lambda: False)

    def _name_of(self, problem: Problem, solution: Solution) -> tuple[str, bool]:
        """Return the name under which the solver knows a roster, and whether it has heard it."""
        with self._lock:
            for name, *known in self._rosters:
                if known == [problem, solution]:
                    return name, True
            name = f"roster-{next(self._names)}"
            self._rosters.append((name, problem, solution))
            return name, False

    def _ask(self, request: Message, heard: Heard, should_stop: Callable[[], bool]) -> Message:
        n_closed = self._n_closed
        while True:
            process, is_new = self._running()
            try:
                answer = process.ask(request, heard, should_stop)
            except GoneError:
                # One that had died before it heard of us says nothing about the problem.
                if is_new or not heard.is_silent or self._n_closed > n_closed:
                    raise SolverDiedError from None
                continue
            if answer["event"] == "done":
                return answer
            raise _failure(answer)

    def _running(self) -> tuple[SolverProcess, bool]:
        with self._lock:
            if self._process is not None and not self._process.has_ended:
                return self._process, False
            self._process = SolverProcess(self._folder)
            return self._process, True

    @property
    def _folder(self) -> Path:
        return self._faults or settings.log_folder()

    def _rescued(self, problem: Problem, heard: Heard) -> Solution | None:
        """Return the last roster that was sent, explained if that can be done."""
        if heard.best is None:
            return None
        best = solution_from_json(heard.best)
        try:
            return self.explain(problem, best)
        except (SolverDiedError, SolverFault):
            return best


class _UnknownRosterError(Exception):
    """The process does not know the roster, or not any more."""


def _read_all(kind: type[_Item], documents: list[object]) -> tuple[_Item, ...]:
    return tuple(read_json(kind, document) for document in documents)


def _failure(answer: Message) -> Exception:
    if answer.get("kind") == "unknown-roster":
        return _UnknownRosterError()
    if answer.get("kind") == "out-of-memory":
        return SolverDiedError()
    file = answer.get("problem_file")
    text = answer.get("traceback") or answer.get("message", "unknown answer")
    if file:
        text = f"{text}\nIts problem is saved in {file}"
    return SolverFault(text, Path(file) if file else None)


_ENGINE = Engine()
atexit.register(_ENGINE.close)


def engine() -> Engine:
    """Return the program's one engine; its process ends with the program."""
    return _ENGINE
