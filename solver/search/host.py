"""Where parts are searched: in this process, or each in one beside it."""

import errno
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from solver.search.components import Piece
from solver.search.limits import Budget
from solver.search.part import Part, Phase, Roster
from solver.search.prices import Generated
from solver.search.proved import Costs
from solver.streams import silence_libraries


@dataclass(frozen=True, slots=True)
class News:
    """What is told of the search of a part.

    Parameters
    ----------
    costs
        The values of its best roster, with the bounds of those as good as it.
    roster
        The best when it became better.
    generated
        Of use to others who look at the same part; told once.
    """

    number: int
    phase: Phase
    costs: Costs
    roster: Roster | None = None
    generated: Generated | None = None


Send = Callable[[News], None]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the search of one part may use; see `Budget`."""

    seconds: float
    work_limit: float | None
    is_repeatable: bool
    seed: int


class Host:
    """Searches parts, one after the other, and keeps them for what is asked afterwards."""

    def __init__(self, send: Send, should_stop: Callable[[], bool]) -> None:
        self._send = send
        self._should_stop = should_stop
        self._parts: dict[int, Part] = {}

    def search(self, number: int, piece: Piece, terms: Terms) -> None:
        """Search a part, telling of each better roster."""
        self._open(number, piece, terms).run()

    def prepare(self, number: int, piece: Piece, terms: Terms) -> None:
        """Make ready for a part that is searched elsewhere, to bound it or to help."""
        self._open(number, piece, terms)

    def adopt(self, number: int, roster: Roster, generated: Generated | None) -> None:
        """Take the best roster of a part for which all is ready, and what was generated for it."""
        self._parts[number].adopt(roster, generated)

    def search_on(self, number: int, terms: Terms) -> None:
        """Search a part from its best roster on, with other draws than before."""
        part = self._parts[number]
        part.budget.open_again(terms.seconds)
        part.run_on(terms.seed)

    def _open(self, number: int, piece: Piece, terms: Terms) -> Part:
        budget = Budget(
            seconds=terms.seconds,
            work_limit=terms.work_limit,
            is_repeatable=terms.is_repeatable,
            should_stop=self._should_stop,
        )

        def report(
            phase: Phase, *, is_better: bool = False, generated: Generated | None = None
        ) -> None:
            part = self._parts[number]
            costs = part.best.values, part.bounds
            self._send(News(number, phase, costs, part.best if is_better else None, generated))

        self._parts[number] = Part(piece, budget, terms.seed, report)
        return self._parts[number]

    def bound(self, number: int, level: str, limits: Mapping[str, int], seconds: float) -> int:
        """Return a bound for a level of a part, given the most that the levels above may cost."""
        part = self._parts.get(number)
        if part is None or not part.best.values[level]:
            return 0
        part.budget.open_again(seconds)
        return part.bound(level, limits)

    def close(self) -> None:
        """Let everything go."""
        self._parts.clear()


class RemoteHost:
    """A host in a process of its own, which ends with this one.

    Every call waits for its answer and raises ``EOFError`` when the process has died, as it does
    when it is out of memory.

    Attributes
    ----------
    enough
        While it is set, what is asked ends at once.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._send: Send = lambda _: None
        self._pipe, theirs = context.Pipe()
        self._asked = threading.Lock()
        self._is_ready = False
        self._stopped: Event = context.Event()
        self.enough: Event = context.Event()
        self._process = context.Process(
            target=_serve, args=(theirs, self._stopped, self.enough), daemon=True
        )
        self._process.start()
        theirs.close()

    def tell(self, send: Send) -> None:
        """Tell the news of searches from now on."""
        self._send = send

    def is_ready(self, seconds: float) -> bool:
        """Return whether the process has begun, after waiting for it at most some seconds."""
        if not self._is_ready and self._pipe.poll(seconds):
            self._pipe.recv()
            self._is_ready = True
        return self._is_ready

    def is_alive(self) -> bool:
        """Return whether the process has not died."""
        return self._process.is_alive()

    def stop(self) -> None:
        """Let what is asked end at once, now and from now on."""
        self._stopped.set()

    def search(self, number: int, piece: Piece, terms: Terms) -> None:
        """Search a part, telling of each better roster."""
        self._ask("search", number, piece, terms)

    def prepare(self, number: int, piece: Piece, terms: Terms) -> None:
        """Make ready for a part that is searched elsewhere, to bound it or to help."""
        self._ask("prepare", number, piece, terms)

    def adopt(self, number: int, roster: Roster, generated: Generated | None) -> None:
        """Take the best roster of a part for which all is ready, and what was generated for it."""
        self._ask("adopt", number, roster, generated)

    def search_on(self, number: int, terms: Terms) -> None:
        """Search a part from its best roster on, with other draws than before."""
        self._ask("search_on", number, terms)

    def bound(self, number: int, level: str, limits: Mapping[str, int], seconds: float) -> int:
        """Return a bound for a level of a part, given the most that the levels above may cost."""
        answer = self._ask("bound", number, level, limits, seconds)
        return answer if isinstance(answer, int) else 0

    def _ask(self, name: str, *arguments: object) -> object:
        """Ask and wait for the answer; whoever asks meanwhile waits too."""
        with self._asked:
            try:
                self._pipe.send((name, arguments))
                while True:
                    kind, content = self._pipe.recv()
                    if kind == "ready":
                        self._is_ready = True
                    elif kind == "report":
                        self._send(content)
                    elif kind == "fault":
                        raise RuntimeError(content)
                    else:
                        return content
            except OSError as error:
                raise EOFError from error

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


class Hosts:
    """Processes for searches, kept ready so that none has to wait until they have begun."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: list[RemoteHost] = []
        self._is_closed = False

    def make_ready(self, n: int) -> None:
        """Begin so many processes, less those that are ready; none once this is closed.

        Nor where the system has no room for more: a search that needs them says so itself.
        """
        with self._lock, suppress(OSError):
            if not self._is_closed:
                self._begin(n)

    def take(self, n: int) -> list[RemoteHost]:
        """Return so many processes; whoever takes them ends them."""
        with self._lock:
            self._begin(n)
            taken, self._ready = self._ready[:n], self._ready[n:]
        return taken

    def close(self) -> None:
        """End the processes that nobody has taken."""
        with self._lock:
            self._is_closed = True
            while self._ready:
                self._ready.pop().close()

    def _begin(self, n: int) -> None:
        self._ready = [remote for remote in self._ready if remote.is_alive()]
        self._ready += [RemoteHost() for _ in range(n - len(self._ready))]


def _serve(pipe: Connection, stopped: Event, enough: Event) -> None:
    try:
        _answer(pipe, stopped, enough)
    except MemoryError:
        # To end in an orderly way takes memory too.
        os._exit(1)


def _answer(pipe: Connection, stopped: Event, enough: Event) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    silence_libraries()
    host = Host(
        lambda news: pipe.send(("report", news)),
        lambda: stopped.is_set() or enough.is_set(),
    )
    with suppress(EOFError, OSError):
        pipe.send(("ready", None))
        while True:
            name, arguments = pipe.recv()
            # The garbage collector need not look through a problem again and again.
            gc.collect()
            gc.freeze()
            try:
                answer = getattr(host, name)(*arguments)
            except Exception as error:  # told to whoever asked
                if _is_out_of_memory(error):
                    raise MemoryError from error
                pipe.send(("fault", f"{type(error).__name__}: {error}"))
            else:
                pipe.send(("answer", answer))


def _is_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or (
        isinstance(error, OSError) and error.errno == errno.ENOMEM
    )


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
