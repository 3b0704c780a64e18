"""Who takes what at once: the largest matching, grown from the one that there is.

Needs and places are numbers; sets of places are the bits of whole numbers, which are fast.
"""

from collections.abc import Iterable, Sequence


class Matching:
    """A matching of needs with places; each place takes one need.

    A need that has a place keeps one as others are placed, though perhaps another. So needs that
    are placed first, the more important ones, are never given up for later ones; and with more
    places there are never fewer needs placed, nor fewer of the important ones (the needs that can
    be placed together are a transversal matroid: Edmonds and Fulkerson 1965).

    Parameters
    ----------
    fits
        For each need the places that it fits into, as bits.
    open_places
        The places that there are, as bits; others are as if they were not.
    """

    def __init__(self, fits: Sequence[int], open_places: int) -> None:
        self._fits = fits
        self._free = open_places
        self._taken = 0
        self._need_at: dict[int, int] = {}

    def extended(self, fits: Sequence[int], places: int) -> "Matching":
        """Return another matching that goes on from this one with more places, given as bits.

        What has a place here has one there too, whatever is placed then.
        """
        more = Matching(fits, self._free | places)
        more._taken, more._need_at = self._taken, dict(self._need_at)
        return more

    def settle(self, need: int, place: int) -> None:
        """Put a need at a free place that is given as one bit."""
        self._need_at[place] = need
        self._free &= ~place
        self._taken |= place

    def place(self, need: int) -> bool:
        """Find a place for a need, moving others if need be; tell whether there is one."""
        self._seen = 0
        return self._place(need)

    def place_all(self, needs: Iterable[int]) -> tuple[int, ...]:
        """Place needs, the most important first; return those without a place."""
        return tuple(need for need in needs if not self.place(need))

    def _place(self, need: int) -> bool:
        fits = self._fits[need]
        free = fits & self._free
        if free:
            self.settle(need, free & -free)
            return True
        while taken := fits & self._taken & ~self._seen:
            place = taken & -taken
            self._seen |= place
            if self._place(self._need_at[place]):
                self._need_at[place] = need
                return True
        return False
