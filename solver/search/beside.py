"""Bounds found in a process of their own while the part that they are for is still searched."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence

from solver.search.components import Piece
from solver.search.host import RemoteHost, Terms
from solver.search.part import Roster
from solver.search.value import Values

_SHARES = 0.4, 1.0
"""Of what is left of a search, once its first roster is there and again later: what is proved under
the limits of a poor roster may say little of a better one."""

_POLL_SECONDS = 0.02


class BoundsBeside:
    """Lets processes that have no part to search bound those that others still search.

    Parameters
    ----------
    best
        The best roster of each part; grows while the search goes on.
    limits
        Returns what a part may cost on each level in rosters as good as the best.
    on_bound
        Told of a part, a level, the limits of the levels above it, and the bound found under them.
    bounded_levels
        Those for which a search for bounds can find something, the most important first.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        terms: Sequence[Terms],
        best: Mapping[int, Roster],
        *,
        limits: Callable[[int], Values],
        on_bound: Callable[[int, str, Mapping[str, int], int], None],
        bounded_levels: Sequence[str],
    ) -> None:
        self._pieces, self._terms, self._best = pieces, terms, best
        self._limits, self._on_bound = limits, on_bound
        self._levels = bounded_levels
        self._until: dict[int, float] = {}
        self._left_alone: set[int] = set()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self.remotes: dict[int, RemoteHost] = {}
        """Where most is known of a part's bounds."""

    def begin(self, number: int) -> None:
        """Take note that a part is being searched from now on."""
        with self._lock:
            self._until[number] = time.monotonic() + self._terms[number].seconds
            self._left_alone.add(number)

    def end(self, number: int) -> None:
        """Take note that a part is no longer searched."""
        with self._lock:
            self._left_alone.discard(number)

    def close(self) -> None:
        """Let whoever waits for a roster wait no longer."""
        self._ended.set()

    def help(self, remote: RemoteHost) -> None:
        """Bound, in a process, the largest part that is searched and that no other bounds."""
        while (number := self._next()) is not None:
            try:
                self._bound(remote, number)
            except EOFError:
                self.remotes.pop(number, None)  # the process has died; the search goes on
                return

    def _next(self) -> int | None:
        with self._lock:
            number = min(self._left_alone, default=None)
            self._left_alone -= {number}
            return number

    def _bound(self, remote: RemoteHost, number: int) -> None:
        remote.prepare(number, self._pieces[number], self._terms[number])
        while len(self._best) < len(self._pieces):
            if self._ended.wait(_POLL_SECONDS):
                return
        for share in _SHARES:
            roster, most = self._best[number], self._limits(number)
            remote.adopt(number, roster)
            self.remotes[number] = remote
            left = share * max(0.0, self._until[number] - time.monotonic())
            until = time.monotonic() + left
            open_levels = [level for level in self._levels if roster.values[level]]
            for at, level in enumerate(open_levels):
                above = {each: n for each, n in most.items() if each in self._above(level)}
                # Later levels are the harder ones.
                seconds = (until - time.monotonic()) * 2 / (len(open_levels) - at + 1)
                found = remote.bound(number, level, above, max(0.0, seconds))
                self._on_bound(number, level, above, found)

    def _above(self, level: str) -> Sequence[str]:
        levels = self._pieces[0].problem.levels
        return levels[: levels.index(level)]
