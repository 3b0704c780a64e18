"""Half-open stretches of whole minutes."""

from typing import NamedTuple


class Span(NamedTuple):
    """Minutes from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Minutes in it."""
        return self.end - self.start
