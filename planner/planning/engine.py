"""The one launcher of the solver, which lives in a process of its own."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from planner.errors import PlannerError
from solver.data.problem import Problem
from solver.data.solution import LevelResult, Progress, Solution
from solver.formats.json_format import problem_to_json, solution_from_json

POLL_S = 0.05
"""How often a waiting caller is asked whether to stop."""


class SolverDiedError(PlannerError):
    """The solver's process ended before it answered.

    Parameters
    ----------
    best
        The last roster that it had sent, if any.
    """

    def __init__(self, best: Solution | None) -> None:
        super().__init__("solver-died")
        self.best = best


class SolverFault(RuntimeError):  # noqa: N818 - a fault of the program, never a person's error
    """The solver reported a fault of its own; its message says which."""


class Engine:
    """A solver process; ends with the ``with`` block that :func:`engine` opens."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._n_requests = 0
        threading.Thread(target=self._read, daemon=True).start()

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
        """Return the best roster found in ``seconds``, or when ``should_stop`` says so.

        Raises
        ------
        SolverDiedError
            When the process ends before it answers.
        SolverFault
            When it reports a fault of its own.
        """
        self._n_requests += 1
        request = self._n_requests
        self._send(
            id=request,
            op="solve",
            problem=problem_to_json(problem),
            seconds=seconds,
            seed=seed,
            repeatable=repeatable,
        )
        best: Solution | None = None
        is_stopping = False
        while True:
            if should_stop() and not is_stopping:
                is_stopping = True
                self._send(id=request, op="stop")
            try:
                message = self._messages.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if message is None:
                raise SolverDiedError(best)
            if message.get("id") != request:
                continue
            match message["event"]:
                case "progress":
                    on_progress(_progress(message))
                case "improved":
                    best = solution_from_json(message["solution"])
                case "done":
                    return solution_from_json(message["solution"])
                case _:
                    raise SolverFault(message.get("message", "unknown answer"))

    def _send(self, **message: object) -> None:
        stream = self._process.stdin
        try:
            if stream is not None:
                stream.write(json.dumps(message, separators=(",", ":")) + "\n")
                stream.flush()
        except OSError:
            # A dead process is noticed by the reader, which knows what it had sent before.
            pass

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._messages.put(json.loads(line))
        self._messages.put(None)


@contextmanager
def engine() -> Iterator[Engine]:
    """Start a solver process for the block and end it afterwards, whatever happens."""
    with subprocess.Popen(
        [sys.executable, "-m", "solver", "--worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Ctrl-C in the terminal is for us: the solver hears of it as a request to stop.
        start_new_session=True,
    ) as process:
        try:
            yield Engine(process)
        finally:
            process.kill()


def _progress(message: dict[str, Any]) -> Progress:
    return Progress(
        phase=message["phase"],
        n_gaps=message["n_gaps"],
        levels=tuple(LevelResult(**level) for level in message["levels"]),
        seconds=message["seconds"],
    )
