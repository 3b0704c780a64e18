"""The engine as a process of its own: one JSON message a line on standard input and output.

A request is an object with an ``id`` (a whole number or a text) and an ``op``:

``{"id": 1, "op": "solve", "problem": {…}, "seconds": 50, "work_limit": null, "seed": 0,
"n_workers": 2, "repeatable": false}``
    Solves; all but the problem may be left out.
``{"id": 1, "op": "stop"}``
    Has the request to solve with that id answered at once, by the best roster so far.
``{"id": 2, "op": "explain", "problem": {…}, "solution": {…}, "roster": "a name"}``
    Says of any roster what it costs and why its tasks lack heads. With a name the roster is kept
    for a while, and later questions have the name instead of problem and solution. Other questions:
    ``demand-gaps``; ``rank`` (with a ``task`` or ``shift``, and ``instead_of`` whom); ``repair``
    (with a ``task``, or a ``demand`` and the ``start`` of a quarter, and ``kinds``); ``wishes``;
    ``causes`` (with a ``task``, or a ``demand`` and the ``start`` of a quarter).

Requests are answered side by side. Each answer carries its request's id and an ``event``:
``progress``, ``improved`` (with a ``solution``: complete, but not explained) and at last ``done``
(with a ``solution``, ``demand_gaps``, ``candidates``, ``repairs``, ``causes`` or ``wishes``) or
``failed``. A
failure has a ``message`` and a ``kind``: ``bad-request``, ``unknown-roster`` (none of that name is
kept), ``invalid-problem``, ``out-of-memory`` or ``fault`` (with a ``traceback`` and the
``problem_file`` that was saved, or null). A line that is no request has ``failed`` with the id
null. The end of the input ends the process and its children. Nothing else is ever written to
standard output.
"""

import json
import multiprocessing
import os
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

from solver.data.errors import InvalidProblemError, shown
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution
from solver.formats.dataclass_json import read_json
from solver.formats.json_format import (
    problem_from_json,
    progress_to_json,
    solution_from_json,
    solution_to_json,
)
from solver.formats.saved import save_problem
from solver.formats.strict_json import parse_json
from solver.questions import QUESTIONS, AskedRoster, Fields, KeptRosters, Question
from solver.search.host import Hosts
from solver.search.search import n_processes
from solver.solving import SolveOptions, Solving
from solver.streams import silence_libraries

_NICENESS = 10

_GRACE_S = 0.3
"""How long a search may take to end when the process does."""

_MOST_ENDED = 4
"""Searches that are ended with the process; earlier ones have long been over."""

_Id = int | str
_Request = dict[str, Any]
_Kind = TypeVar("_Kind")


class _BadRequestError(ValueError):
    """A line that asks for nothing; the message says why."""


class _UnknownRosterError(LookupError):
    """A roster that is not kept, or not any more."""


class _Channel:
    """Writes answers; after the last one to a request there is none."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._is_closed = False

    def close(self) -> None:
        """Write nothing any more."""
        with self._lock:
            self._is_closed = True

    def send(self, number: _Id | None, event: str, **fields: object) -> None:
        """Write one answer; whoever asked may be gone, and then the input ends soon."""
        message = {"id": number, "event": event, **fields}
        line = json.dumps(message, separators=(",", ":")) + "\n"
        with self._lock, suppress(OSError):
            if not self._is_closed:
                self._out.write(line.encode())
                self._out.flush()


class _Answer:
    """What is said to one request: any number of news, and then its end."""

    def __init__(self, channel: _Channel, number: _Id) -> None:
        self.number = number
        self._channel = channel
        self._lock = threading.Lock()
        self._is_ended = False

    def tell(self, event: str, **fields: object) -> None:
        """Send news, unless the request has been answered."""
        with self._lock:
            if not self._is_ended:
                self._channel.send(self.number, event, **fields)

    def end(self, event: str, **fields: object) -> None:
        """Send the last answer."""
        with self._lock:
            self._is_ended = True
            self._channel.send(self.number, event, **fields)


class Worker:
    """Answers requests, each on a thread of its own.

    Parameters
    ----------
    out
        Where answers are written.
    faults
        Folder in which the problem is saved when the engine has a fault.
    """

    def __init__(self, out: BinaryIO, faults: Path | None = None) -> None:
        self._channel = _Channel(out)
        self._faults = faults
        self._lock = threading.Lock()
        self._stops: dict[_Id, Callable[[], None]] = {}
        self._last_solving: deque[Solving] = deque(maxlen=_MOST_ENDED)
        self._rosters = KeptRosters()
        self._hosts = Hosts()

    def take(self, line: bytes) -> None:
        """Begin with what a line asks for; it is answered, whatever it is."""
        number: _Id | None = None
        try:
            request = _read_object(line)
            number = _read_id(request)
            operation = request.pop("op", None)
            if operation == "solve":
                self._solve(number, request)
            elif operation == "stop":
                self._stop(number)
            else:
                self._ask(number, _read_kind(operation), request)
        except Exception as error:  # noqa: BLE001  a door: no line ends the process
            self._channel.send(number, "failed", **self._failure(error, None))

    def end(self) -> None:
        """Stop what is searched and give it a moment to end, so that it leaves nothing behind."""
        self._channel.close()
        self._hosts.close()
        for solving in self._last_solving:
            solving.stop()
        for solving in self._last_solving:
            solving.join(_GRACE_S)

    def _solve(self, number: _Id, request: _Request) -> None:
        problem = _read_problem(request)
        answer = _Answer(self._channel, number)

        def on_progress(progress: Progress) -> None:
            answer.tell("progress", **progress_to_json(progress))

        def on_improvement(better: Solution) -> None:
            answer.tell("improved", solution=solution_to_json(better))

        solving = Solving(
            problem,
            _read_fields(SolveOptions, request),
            on_progress=on_progress,
            on_improvement=on_improvement,
            hosts=self._hosts,
        )
        self._last_solving.append(solving)
        self._begin(
            answer, problem, lambda: {"solution": solution_to_json(solving.run())}, solving.stop
        )

    def _ask(self, number: _Id, kind: type[Question], request: _Request) -> None:
        roster = self._roster(request)
        question = _read_fields(kind, request)
        answer = _Answer(self._channel, number)
        self._begin(answer, roster.problem, lambda: roster.answer(question), lambda: None)
        # Whoever asks about a roster may soon want a better one.
        self._hosts.make_ready(n_processes(roster.problem, SolveOptions().n_workers))

    def _roster(self, request: _Request) -> AskedRoster:
        """Return the roster that is asked about, and keep it if it has a name."""
        name = request.pop("roster", None)
        if not (name is None or isinstance(name, str)):
            raise _BadRequestError(f"roster is {shown(name)}, which is no text.")
        if name is not None and "problem" not in request:
            found = self._rosters.get(name)
            if found is None:
                raise _UnknownRosterError(f"There is no roster {shown(name)}.")
            return found
        roster = AskedRoster(
            _read_problem(request), solution_from_json(request.pop("solution", None))
        )
        if name is not None:
            self._rosters.keep(name, roster)
        return roster

    def _stop(self, number: _Id) -> None:
        with self._lock:
            stop = self._stops.get(number)
        if stop is not None:
            stop()

    def _begin(
        self,
        answer: _Answer,
        problem: Problem,
        work: Callable[[], Fields],
        stop: Callable[[], None],
    ) -> None:
        with self._lock:
            if answer.number in self._stops:
                raise _BadRequestError(f"There is a request {answer.number} already.")
            self._stops[answer.number] = stop
        threading.Thread(target=self._run, args=(answer, problem, work), daemon=True).start()

    def _run(self, answer: _Answer, problem: Problem, work: Callable[[], Fields]) -> None:
        event = "done"
        try:
            fields = work()
        except BaseException as error:  # noqa: BLE001  a door: nobody else would hear of it
            event, fields = "failed", self._failure(error, problem)
        with self._lock:
            del self._stops[answer.number]
        answer.end(event, **fields)

    def _failure(self, error: BaseException, problem: Problem | None) -> Fields:
        """Return what is said of an error; the problem that shows a fault of ours is saved."""
        message = str(error) or type(error).__name__
        match error:
            case _BadRequestError():
                return {"kind": "bad-request", "message": message}
            case _UnknownRosterError():
                return {"kind": "unknown-roster", "message": message}
            case InvalidProblemError():
                return {"kind": "invalid-problem", "message": message}
            case MemoryError():
                return {"kind": "out-of-memory", "message": "There is too little memory."}
            case _:
                return self._fault(error, problem)

    def _fault(self, error: BaseException, problem: Problem | None) -> Fields:
        file = save_problem(self._faults, problem) if self._faults and problem else None
        return {
            "kind": "fault",
            "message": f"{type(error).__name__}: {error}",
            "traceback": "".join(traceback.format_exception(error)),
            "problem_file": str(file) if file else None,
        }


def _read_object(line: bytes) -> _Request:
    try:
        request = parse_json(line)
    except InvalidProblemError as error:
        raise _BadRequestError(str(error)) from None
    if not isinstance(request, dict):
        raise _BadRequestError(f"A request is {shown(request)} and no object.")
    return request


def _read_id(request: _Request) -> _Id:
    number = request.pop("id", None)
    if not isinstance(number, int | str) or isinstance(number, bool):
        raise _BadRequestError(f"id is {shown(number)}, which is no whole number or text.")
    return number


def _read_problem(request: _Request) -> Problem:
    if "problem" not in request:
        raise _BadRequestError("problem is missing.")
    return problem_from_json(request.pop("problem"))


def _read_kind(operation: object) -> type[Question]:
    kind = QUESTIONS.get(operation) if isinstance(operation, str) else None
    if kind is None:
        raise _BadRequestError(f"There is no op {shown(operation)}.")
    return kind


def _read_fields(kind: type[_Kind], request: _Request) -> _Kind:
    try:
        return read_json(kind, request)
    except InvalidProblemError as error:
        raise _BadRequestError(str(error)) from None


def serve(faults: Path | None = None) -> NoReturn:
    """Serve standard input until it ends; what is printed by others goes to standard error."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    worker = Worker(_own_output(), faults)
    for line in _own_input():
        if line.strip():
            worker.take(line)
    worker.end()
    # Nobody listens any more, and what runs may be deep in a computation that nothing stops.
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(0)


def _own_input() -> BinaryIO:
    """Take standard input for ourselves, so that no child holds it."""
    own = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    return own


def _own_output() -> BinaryIO:
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    silence_libraries()
    sys.stdout = sys.stderr
    return own
