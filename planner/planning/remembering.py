"""Results that are reckoned anew only where something changed."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar


class Stretch(Protocol):
    """A half-open stretch of time, in minutes or instants."""

    @property
    def start(self) -> Any:
        """First moment."""

    @property
    def end(self) -> Any:
        """Moment after the last."""


Wanted = TypeVar("Wanted")
Piece = TypeVar("Piece", bound=Hashable)
Result = TypeVar("Result")


class Remembered(Generic[Wanted, Piece, Result]):
    """What many people's pieces make of each thing that is wanted.

    Parameters
    ----------
    wanted
        Such as the staffing needs of a week.
    when_wanted, when_there
        Return the time of one that is wanted, and of a piece such as a stretch at work.
    touches
        Tells whether a piece matters to one that is wanted at the same time.
    reckon
        Returns the result of one that is wanted from all the pieces that matter to it.
    """

    def __init__(
        self,
        wanted: Iterable[Wanted],
        *,
        when_wanted: Callable[[Wanted], Stretch],
        when_there: Callable[[Piece], Stretch],
        touches: Callable[[Wanted, Piece], bool],
        reckon: Callable[[Wanted, Iterable[Piece]], Result],
    ) -> None:
        self._wanted = tuple(wanted)
        self._by_time = _ByTime([when_wanted(one) for one in self._wanted])
        self._when_there = when_there
        self._touches = touches
        self._reckon = reckon
        self._pieces: dict[str, Counter[Piece]] = {}
        self._of_wanted: tuple[Counter[Piece], ...] = tuple(Counter() for _ in self._wanted)
        self._results: dict[int, Result] = {}

    def put(self, owner: str, pieces: Iterable[Piece]) -> None:
        """Take ``pieces`` for all that ``owner`` has from now on."""
        before, now = self._pieces.get(owner, Counter()), Counter(pieces)
        self._pieces[owner] = now
        new, gone = now - before, before - now
        for piece in new + gone:
            for number in self._by_time.meeting(self._when_there(piece)):
                if self._touches(self._wanted[number], piece):
                    self._of_wanted[number][piece] += new[piece] - gone[piece]
                    self._results.pop(number, None)

    @property
    def results(self) -> tuple[Result, ...]:
        """The result of each that is wanted, in their order."""
        for number, wanted in enumerate(self._wanted):
            if number not in self._results:
                self._results[number] = self._reckon(wanted, self._of_wanted[number].elements())
        return tuple(self._results[number] for number in range(len(self._wanted)))


class _ByTime:
    """Finds which of many stretches have a moment in common with another one."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._in_order = sorted(range(len(stretches)), key=lambda number: stretches[number].start)
        self._starts = [stretches[number].start for number in self._in_order]
        self._ends: list[Any] = []
        """The latest end of each stretch and of all that start before it."""
        for number in self._in_order:
            end = stretches[number].end
            self._ends.append(max(self._ends[-1], end) if self._ends else end)

    def meeting(self, other: Stretch) -> Sequence[int]:
        """Return the numbers of all that meet ``other``, and few more."""
        first = bisect_right(self._ends, other.start)
        return self._in_order[first : bisect_left(self._starts, other.end)]
