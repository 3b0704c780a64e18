"""How much of what was promised is planned: the counts that page, print-out and trend share."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many duties were promised, and what became of them.

    Parameters
    ----------
    n_planned
        Those with everybody whom they ask for.
    n_own_staff, n_cancelled
        School windows that nobody was found for and of which that was decided.
    """

    n_promised: int = 0
    n_planned: int = 0
    n_own_staff: int = 0
    n_cancelled: int = 0

    @property
    def n_gaps(self) -> int:
        """Duties that lack somebody and of which nothing is decided."""
        return self.n_promised - self.n_planned - self.n_own_staff - self.n_cancelled

    @property
    def percent(self) -> int:
        """How much of the promise is planned, rounded down: only all of it is 100."""
        return 100 * self.n_planned // max(self.n_promised, 1)


def total(found: Iterable[Coverage]) -> Coverage:
    """Return the sum of counts."""
    all_of_them = tuple(found)
    return Coverage(
        n_promised=sum(one.n_promised for one in all_of_them),
        n_planned=sum(one.n_planned for one in all_of_them),
        n_own_staff=sum(one.n_own_staff for one in all_of_them),
        n_cancelled=sum(one.n_cancelled for one in all_of_them),
    )
