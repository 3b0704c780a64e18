"""Rows of a view that stay the same objects as long as they say the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

Row = TypeVar("Row")


class KeptRows(Generic[Row]):
    """Rows by name, made anew only when what they are made from changes.

    A row that says the same as before is the same object, so that a window sees what to repaint.
    """

    def __init__(self) -> None:
        self._kept: dict[object, tuple[object, Row]] = {}

    def row(self, name: object, made_from: object, make: Callable[[], Row]) -> Row:
        """Return the row made from ``made_from``; the one from before when it is equal."""
        known = self._kept.get(name)
        if known is not None and known[0] == made_from:
            return known[1]
        made = make()
        row = known[1] if known is not None and known[1] == made else made
        self._kept[name] = (made_from, row)
        return row
