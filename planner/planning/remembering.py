"""Results that are reckoned anew only where something changed."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Wanted = TypeVar("Wanted")
Piece = TypeVar("Piece", bound=Hashable)
Result = TypeVar("Result")


class Remembered(Generic[Wanted, Piece, Result]):
    """What many people's pieces make of each thing that is wanted.

    Parameters
    ----------
    wanted
        Such as the staffing needs of a week.
    touches
        Tells whether a piece, such as a stretch at work, matters to one that is wanted.
    reckon
        Returns the result of one that is wanted from all the pieces that matter to it.
    """

    def __init__(
        self,
        wanted: Iterable[Wanted],
        *,
        touches: Callable[[Wanted, Piece], bool],
        reckon: Callable[[Wanted, Iterable[Piece]], Result],
    ) -> None:
        self._wanted = tuple(wanted)
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
        changed = new + gone
        for number, wanted in enumerate(self._wanted):
            for piece in changed:
                if self._touches(wanted, piece):
                    self._of_wanted[number][piece] += new[piece] - gone[piece]
                    self._results.pop(number, None)

    @property
    def results(self) -> tuple[Result, ...]:
        """The result of each that is wanted, in their order."""
        for number, wanted in enumerate(self._wanted):
            if number not in self._results:
                self._results[number] = self._reckon(wanted, self._of_wanted[number].elements())
        return tuple(self._results[number] for number in range(len(self._wanted)))
