"""What is proved of levels: the least that each can cost when those above cost no more than so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Proved:
    """Bounds found for one part, each under limits for the levels above.

    Parameters
    ----------
    levels
        The most important first.
    """

    levels: Sequence[str]
    _known: dict[str, list[tuple[dict[str, int], int]]] = field(default_factory=dict)

    def note(self, level: str, limits: Mapping[str, int], bound: int) -> None:
        """Take note that a level costs so much at least when those above keep their limits."""
        known = self._known.setdefault(level, [])
        if not known or bound > self.least(level, limits):
            known.append((dict(limits), bound))

    def least(self, level: str, limits: Mapping[str, int]) -> int:
        """Return the best bound that holds under limits: one found under none that are less."""
        return max(
            (
                bound
                for wide, bound in self._known.get(level, ())
                if all(each in limits and limits[each] <= most for each, most in wide.items())
            ),
            default=0,
        )

    def of(self, values: Mapping[str, int]) -> dict[str, int]:
        """Return bounds for rosters that are as good as some values on the levels above each."""
        above: dict[str, int] = {}
        found = {}
        for level in self.levels:
            if level in self._known:
                found[level] = self.least(level, above)
            above[level] = values[level]
        return found


Costs = tuple[Mapping[str, int], Mapping[str, int]]
"""A part's values and bounds, by level."""


def limits_of(levels: Sequence[str], parts: Sequence[Costs], number: int) -> dict[str, int]:
    """Return the most that a part may cost in rosters that are as good as ours as a whole.

    What the others pay beyond their bounds it may pay for them.
    """
    found: dict[str, int] = {}
    loose: set[int] = set()
    for level in levels:
        found[level] = sum(
            values[level] - (bounds.get(level, 0) if at != number and loose <= {at} else 0)
            for at, (values, bounds) in enumerate(parts)
        )
        loose |= _loose(level, parts)
    return found


def _loose(level: str, parts: Sequence[Costs]) -> set[int]:
    """Return the parts that cost more than their bounds."""
    return {
        number
        for number, (values, bounds) in enumerate(parts)
        if values[level] > bounds.get(level, 0)
    }


def whole_bounds(levels: Sequence[str], parts: Sequence[Costs]) -> dict[str, int]:
    """Return bounds for the whole of which values and bounds of all parts are known.

    A part may be worse above when another is better there, so its bound counts only where all
    other parts are at their bounds on the levels above. A level is left out when a part that costs
    something there has no bound.
    """
    found: dict[str, int] = {}
    loose: set[int] = set()
    for level in levels:
        if all(level in bounds or not values[level] for values, bounds in parts):
            found[level] = sum(
                bounds.get(level, 0)
                for number, (_, bounds) in enumerate(parts)
                if loose <= {number}
            )
        loose |= _loose(level, parts)
    return found
