"""What a process that has no part to search does for those that others still search."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from solver.search.components import Piece
from solver.search.host import RemoteHost, Terms
from solver.search.part import Roster
from solver.search.prices import Generated
from solver.search.value import Values

_SHARE_AT_FIRST = 0.7
"""Of what is left of a search, once its first roster is there; the rest is for later, for what is
proved under the limits of a poor roster may say little of a better one."""

_SHARE_OF_OWN = 0.3
"""Of what is left of a search, for the bounds of the part that a process has searched before."""

_SHARE_AT_ONCE, _LEAST_SECONDS = 0.6, 1.0
"""Of what is left of a search: another begins again from the best roster when so much is over."""

_STRIDE = 1000
"""From one seed to the next; a search counts up its own."""

_POLL_SECONDS = 0.02


class Beside:
    """Lets processes that have no part to search bound those that others still search, or help.

    Parameters
    ----------
    best, generated
        The best roster of each part, and what was generated for it; both grow while the search goes
        on.
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
        generated: Mapping[int, Generated],
        *,
        limits: Callable[[int], Values],
        on_bound: Callable[[int, str, Mapping[str, int], int], None],
        bounded_levels: Sequence[str],
    ) -> None:
        self._pieces, self._terms = pieces, terms
        self._best, self._generated = best, generated
        self._limits, self._on_bound = limits, on_bound
        self._levels = bounded_levels
        self._is_near = any(piece.problem.reference is not None for piece in pieces)
        self._until: dict[int, float] = {}
        self._left_alone: set[int] = set()
        self._searched: set[int] = set()
        self._helpers: dict[int, list[RemoteHost]] = {}
        self._n_searches: Counter[int] = Counter()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self.remotes: dict[int, RemoteHost] = {}
        """Where most is known of a part's bounds."""

    def begin(self, number: int) -> None:
        """Take note that a part is being searched from now on."""
        with self._lock:
            self._until[number] = time.monotonic() + self._terms[number].seconds
            self._left_alone.add(number)
            self._searched.add(number)

    def end(self, number: int) -> None:
        """Take note that a part is no longer searched; whoever helps to search it stops."""
        with self._lock:
            self._left_alone.discard(number)
            self._searched.discard(number)
            for helper in self._helpers.pop(number, ()):
                helper.enough.set()

    def close(self) -> None:
        """Let whoever waits for a roster wait no longer."""
        self._ended.set()

    def help(self, remote: RemoteHost, own: Sequence[int]) -> None:
        """Do in a process what is of use to the largest part that is searched.

        Parameters
        ----------
        own
            The parts that it has searched. If there are several it is to know their bounds in the
            end, so it only helps to search as all do; else it finds bounds first, of its own part
            and of one that no other bounds. Near a reference a search proves what matters itself.
        """
        ready = {*own}
        try:
            if not own or (len(own) == 1 and not self._is_near):
                while (number := self._next()) is not None:
                    self._prepare(remote, number, ready)
                    self._bound_in_turn(remote, number, own)
            while self._has_rosters() and (joined := self._join(remote)) is not None:
                try:
                    self._prepare(remote, joined, ready)
                    self._search_on(remote, joined)
                finally:
                    self._leave(remote, joined)
        except EOFError:  # the process has died; the search goes on
            for number in [n for n, other in self.remotes.items() if other is remote]:
                del self.remotes[number]

    def _prepare(self, remote: RemoteHost, number: int, ready: set[int]) -> None:
        if number not in ready:
            remote.prepare(number, self._pieces[number], self._terms[number])
            ready.add(number)

    def _has_rosters(self) -> bool:
        """Wait until every part has a roster; return false when all is over before.

        It always takes a moment: a search that has nothing left to try is not begun at once again.
        """
        while not self._ended.wait(_POLL_SECONDS):
            if len(self._best) >= len(self._pieces):
                return True
        return False

    # Bounds --------------------------------------------------------------------------------------

    def _next(self) -> int | None:
        with self._lock:
            number = min(self._left_alone, default=None)
            self._left_alone -= {number}
            return number

    def _bound_in_turn(self, remote: RemoteHost, number: int, own: Sequence[int]) -> None:
        """Bound a part that is searched in turn with that which a process has searched before.

        What is proved of the one says how much the other may cost on the levels below.
        """
        if not self._has_rosters():
            return
        for mine in own:
            self._bound(remote, mine, _SHARE_OF_OWN, self._levels[:-1])
        self._bound(remote, number, _SHARE_AT_FIRST, self._levels)
        for mine in own:
            self._bound(remote, mine, _SHARE_OF_OWN, self._levels)
        self._bound(remote, number, 1.0, self._levels)

    def _bound(self, remote: RemoteHost, number: int, share: float, levels: Sequence[str]) -> None:
        """Bound a part's best roster, in a share of what is left of the longest search."""
        roster, most = self._best[number], self._limits(number)
        remote.adopt(number, roster, self._generated.get(number))
        self.remotes[number] = remote
        until = time.monotonic() + share * self._left()
        open_levels = [level for level in levels if roster.values[level]]
        for at, level in enumerate(open_levels):
            above = {each: n for each, n in most.items() if each in self._above(level)}
            # Later levels are the harder ones.
            seconds = (until - time.monotonic()) * 2 / (len(open_levels) - at + 1)
            found = remote.bound(number, level, above, max(0.0, seconds))
            self._on_bound(number, level, above, found)

    def _left(self) -> float:
        """Return the seconds that are left of the longest search."""
        return max(0.0, max(self._until.values()) - time.monotonic())

    def _above(self, level: str) -> Sequence[str]:
        levels = self._pieces[0].problem.levels
        return levels[: levels.index(level)]

    # Searching -----------------------------------------------------------------------------------

    def _join(self, remote: RemoteHost) -> int | None:
        """Let a process help to search a part that is searched, if there is time; each in turn."""
        now = time.monotonic()
        with self._lock:
            open_parts = [
                number
                for number in self._searched
                if number in self._best and self._until[number] - now > _LEAST_SECONDS
            ]
            number = min(open_parts, key=lambda n: (self._n_searches[n], n), default=None)
            if number is not None:
                self._n_searches[number] += 1
                self._helpers.setdefault(number, []).append(remote)
            return number

    def _leave(self, remote: RemoteHost, number: int) -> None:
        with self._lock:
            helpers = self._helpers.get(number, [])
            if remote in helpers:
                helpers.remove(remote)
            remote.enough.clear()

    def _search_on(self, remote: RemoteHost, number: int) -> None:
        left = self._until[number] - time.monotonic()
        terms = replace(
            self._terms[number],
            seconds=max(_LEAST_SECONDS, _SHARE_AT_ONCE * left),
            seed=self._terms[number].seed + _STRIDE * self._n_searches[number],
        )
        remote.adopt(number, self._best[number], self._generated.get(number))
        remote.search_on(number, terms)
