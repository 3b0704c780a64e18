"""One process of the solver: starting it, asking it, ending it with its children."""

import itertools
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from solver.data.solution import Progress
from solver.formats.json_format import progress_from_json

POLL_S = 0.02
"""How often a waiting caller is asked whether to stop."""

PATIENCE_S = 5.0
"""How long a process that has sent a roster may take to answer a stop, before it is stuck."""

FIRST_PATIENCE_S = 60.0
"""The same for one that has sent none yet."""

GRACE_S = 1.0
"""How long a process may take to end by itself."""

Message = dict[str, Any]


class GoneError(Exception):
    """The process ended before it answered."""


class StuckError(Exception):
    """The process did not answer a stop, and was killed."""


@dataclass
class Heard:
    """What the solver has said so far to one request.

    Parameters
    ----------
    best
        The last roster that it sent, as it came.
    """

    on_progress: Callable[[Progress], None] = lambda _: None
    best: object = None
    is_silent: bool = True

    def take(self, message: Message) -> bool:
        """Take note of a message; return whether it is the last one."""
        self.is_silent = False
        match message["event"]:
            case "progress":
                about = {key: item for key, item in message.items() if key not in {"id", "event"}}
                self.on_progress(progress_from_json(about))
            case "improved":
                self.best = message["solution"]
            case _:
                return True
        return False


class SolverProcess:
    """A running process; any thread may ask it, several at a time.

    Parameters
    ----------
    faults
        Folder in which it saves problems that show a fault.
    """

    def __init__(self, faults: Path) -> None:
        self._numbers = itertools.count(1)
        self._writing = threading.Lock()
        self._lock = threading.Lock()
        self._asking: dict[int, queue.SimpleQueue[Message | None]] = {}
        self._has_ended = False
        self._popen = subprocess.Popen(  # noqa: S603  our own program and folder
            [sys.executable, "-m", "solver", "--worker", "--faults", str(faults)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr else subprocess.DEVNULL,
            # A group of its own: Ctrl-C in the terminal is for us alone, and it can be killed with
            # its children.
            start_new_session=True,
        )
        self._input = cast("IO[bytes]", self._popen.stdin)
        self._output = cast("IO[bytes]", self._popen.stdout)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def id(self) -> int:
        """The system's number of the process."""
        return self._popen.pid

    @property
    def has_ended(self) -> bool:
        """Tell whether it answers nothing any more."""
        return self._has_ended

    def ask(self, request: Message, heard: Heard, should_stop: Callable[[], bool]) -> Message:
        """Return the last message that answers a request.

        Raises
        ------
        GoneError
            When the process ends before that.
        StuckError
            When it does not answer a stop.
        """
        number = next(self._numbers)
        messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        with self._lock:
            if self._has_ended:
                raise GoneError
            self._asking[number] = messages
        is_answered = False
        try:
            self._send({"id": number, **request})
            message = self._wait(number, messages, heard, should_stop)
            is_answered = True
        finally:
            with self._lock:
                del self._asking[number]
            if not is_answered:
                self._send({"id": number, "op": "stop"})
        return message

    def end(self) -> None:
        """Let it end, or kill it; return when it and its children are gone."""
        # Who writes holds the lock, and waits for ever for a process that reads no more.
        if self._writing.acquire(timeout=GRACE_S):
            self._writing.release()
            self._close_input()
            self._reader.join(GRACE_S)
        self._kill()
        self._reader.join()

    def _wait(
        self,
        number: int,
        messages: "queue.SimpleQueue[Message | None]",
        heard: Heard,
        should_stop: Callable[[], bool],
    ) -> Message:
        stopped_at: float | None = None
        while True:
            if stopped_at is None and should_stop():
                self._send({"id": number, "op": "stop"})
                stopped_at = time.monotonic()
            patience_s = FIRST_PATIENCE_S if heard.best is None else PATIENCE_S
            if stopped_at is not None and time.monotonic() > stopped_at + patience_s:
                self._kill()
                raise StuckError
            try:
                message = messages.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if message is None:
                raise GoneError
            if heard.take(message):
                return message

    def _send(self, message: Message) -> None:
        line = json.dumps(message, separators=(",", ":"), allow_nan=False) + "\n"
        # A dead process is noticed by the reader, which knows what it had sent before.
        with self._writing, suppress(OSError, ValueError):
            self._input.write(line.encode())
            self._input.flush()

    def _close_input(self) -> None:
        with self._writing, suppress(OSError):
            self._input.close()

    def _read(self) -> None:
        """Hand every message to whoever asked, until there are no more."""
        try:
            with self._output as lines:
                for line in lines:
                    self._hand_over(json.loads(line))
        finally:
            self._kill()
            with self._lock:
                self._popen.wait()
                self._has_ended = True
                for asking in self._asking.values():
                    asking.put(None)
            self._close_input()

    def _hand_over(self, message: Message) -> None:
        """Give a message to its asker; one without is of a line that the other side cannot read."""
        with self._lock:
            for number, asking in self._asking.items():
                if message["id"] in {number, None}:
                    asking.put(message)

    def _kill(self) -> None:
        """Kill what is left of the process's group; its number is ours until it is waited for."""
        with self._lock:
            if self._has_ended:
                return
            if hasattr(os, "killpg"):
                with suppress(OSError):
                    os.killpg(self._popen.pid, signal.SIGKILL)
            else:
                self._popen.kill()
