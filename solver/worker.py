"""The engine as a process of its own: one JSON message a line on standard input and output.

Requests: ``{"id": 1, "op": "solve", "problem": {…}, "seconds": 50, "seed": 0, "n_workers": 2,
"repeatable": false}`` and ``{"id": 1, "op": "stop"}``. Answers carry the request's id and an
``event``: ``progress``, ``improved`` (with a ``solution``), ``done`` (with a ``solution``) or
``failed`` (``kind`` is ``invalid-problem`` or ``fault``, with a ``message``). The end of the input
stops what runs and ends the process. Nothing else is ever written to standard output.
"""

import json
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any, TextIO

from solver.data.errors import InvalidProblemError
from solver.data.solution import Progress, Solution
from solver.engine import solve
from solver.formats.json_format import problem_from_json, solution_to_json

_NICENESS = 10


class _Worker:
    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._has_listener = True
        self._stops: dict[Any, threading.Event] = {}
        self._threads: list[threading.Thread] = []

    def serve(self, lines: TextIO) -> None:
        """Answer requests until the input ends."""
        for line in lines:
            if line.strip():
                self._take(line)
        self._has_listener = False
        for stop in list(self._stops.values()):
            stop.set()
        for thread in self._threads:
            thread.join()

    def _take(self, line: str) -> None:
        try:
            request = json.loads(line)
            number, operation = request["id"], request["op"]
        except (ValueError, KeyError, TypeError) as error:
            self._fail(None, "fault", f"No message: {error!r}")
            return
        if operation == "stop":
            if number in self._stops:
                self._stops[number].set()
        elif operation == "solve":
            self._stops[number] = threading.Event()
            thread = threading.Thread(target=self._solve, args=(number, request))
            self._threads.append(thread)
            thread.start()
        else:
            self._fail(number, "fault", f"Unknown operation {operation!r}.")

    def _solve(self, number: object, request: Mapping[str, Any]) -> None:
        try:
            solution = solve(
                problem_from_json(request["problem"]),
                seconds=float(request.get("seconds", 50)),
                seed=request.get("seed"),
                n_workers=int(request.get("n_workers", 2)),
                repeatable=bool(request.get("repeatable", False)),
                on_progress=lambda progress: self._progress(number, progress),
                on_improvement=lambda better: self._solution(number, "improved", better),
                should_stop=self._stops[number].is_set,
            )
            self._solution(number, "done", solution)
        except InvalidProblemError as error:
            self._fail(number, "invalid-problem", str(error))
        except Exception as error:  # noqa: BLE001  the process's outermost door
            traceback.print_exc()
            self._fail(number, "fault", repr(error))
        finally:
            del self._stops[number]

    def _progress(self, number: object, progress: Progress) -> None:
        self._send({"id": number, "event": "progress", **asdict(progress)})

    def _solution(self, number: object, event: str, solution: Solution) -> None:
        self._send({"id": number, "event": event, "solution": solution_to_json(solution)})

    def _fail(self, number: object, kind: str, message: str) -> None:
        self._send({"id": number, "event": "failed", "kind": kind, "message": message})

    def _send(self, message: Mapping[str, Any]) -> None:
        # Whoever asked may be gone; then the input ends too and so does the process.
        with self._lock, suppress(BrokenPipeError):
            if not self._has_listener:
                return
            self._out.write(json.dumps(message, separators=(",", ":")) + "\n")
            self._out.flush()


def serve() -> None:
    """Serve standard input until it ends; what is printed by others goes to standard error."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    protocol = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    with open(sys.stdin.fileno(), encoding="utf-8", closefd=False) as lines:
        _Worker(protocol).serve(lines)
