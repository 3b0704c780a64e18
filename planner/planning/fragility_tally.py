"""Counts what simulated absences cost: each distinct pattern of a day is tried once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.planning.fragility_draws import Bools, patterns
from planner.planning.fragility_losses import NO_RESERVES, DayLosses, Lost, Reserves
from planner.planning.fragility_model import DayModel

Floats = NDArray[np.float64]

PRIORITIES = (1, 2, 3)


@dataclass(slots=True)
class _Pattern:
    """Who is away on a day, how often that was drawn, and what is lost then."""

    absent: frozenset[str]
    lost: Lost | None
    n_drawn: int = 0

    @property
    def needs(self) -> tuple[int, ...]:
        """Numbers of the needs that are lost."""
        return self.lost.needs if self.lost else ()


class DayTally:
    """A day's patterns, and which of them each draw is.

    Parameters
    ----------
    columns
        For each of the model's people, the number under which absences are drawn.
    """

    def __init__(self, model: DayModel, columns: Sequence[int]) -> None:
        self.model = model
        self._columns = list(columns)
        self._losses = DayLosses(model)
        self._known: dict[bytes, int] = {}
        self._patterns: list[_Pattern] = []
        self._drawn: list[NDArray[np.intp]] = []
        self.reserves = NO_RESERVES

    def add(self, away: Bools) -> None:
        """Count draws: draws x people."""
        found, which = patterns(away[:, self._columns])
        numbers = np.array([self._number(row) for row in found], dtype=np.intp)
        for number, n in zip(numbers, np.bincount(which), strict=True):
            self._patterns[number].n_drawn += int(n)
        self._drawn.append(numbers[which])

    def _number(self, row: Bools) -> int:
        key = np.packbits(row).tobytes()
        if key not in self._known:
            people = self.model.people
            absent = frozenset(people[at] for at in np.flatnonzero(row))
            lost = self._losses.lost(absent, self.reserves) if absent else None
            self._known[key] = len(self._patterns)
            self._patterns.append(_Pattern(absent, lost))
        return self._known[key]

    def lost_heads(self) -> Floats:
        """Return the heads that each draw loses: draws x priorities."""
        needs = self.model.needs
        by_pattern = np.zeros((len(self._patterns), len(PRIORITIES)))
        for number, pattern in enumerate(self._patterns):
            for need in pattern.needs:
                by_pattern[number, needs[need].priority - 1] += needs[need].weight
        found: Floats = by_pattern[np.concatenate(self._drawn)]
        return found

    def times_lost(self) -> list[int]:
        """Return in how many draws each need is lost."""
        times = [0] * len(self.model.needs)
        for pattern in self._patterns:
            for need in pattern.needs:
                times[need] += pattern.n_drawn
        return times

    def saved(self, reserves: Reserves) -> int:
        """Return the heads that other reserves save in all draws together.

        Parameters
        ----------
        reserves
            Those that there are already, and others.
        """
        return sum(
            pattern.n_drawn
            * (self._weight(pattern.needs) - self._weight(self._lost(pattern, reserves)))
            for pattern in self._patterns
            if pattern.needs
        )

    def _lost(self, pattern: _Pattern, reserves: Reserves) -> tuple[int, ...]:
        if pattern.lost is not None and reserves.officers == self.reserves.officers:
            return self._losses.lost_still(pattern.lost, reserves)
        return self._losses.lost(pattern.absent, reserves).needs

    def _weight(self, needs: Iterable[int]) -> int:
        return sum(self.model.needs[need].weight for need in needs)

    def take(self, reserves: Reserves) -> None:
        """Count with reserves from now on."""
        self.reserves = reserves
        for pattern in self._patterns:
            if pattern.needs:
                pattern.lost = self._losses.lost(pattern.absent, reserves)


@dataclass(slots=True)
class Tally:
    """All days together."""

    days: list[DayTally] = field(default_factory=list)

    def lost_heads(self) -> Floats:
        """Return the heads that each draw loses in the week: draws x priorities."""
        found: Floats = np.sum([day.lost_heads() for day in self.days], axis=0)
        return found

    def each(self) -> Iterator[tuple[DayTally, int, int]]:
        """Yield each need: its day, its number there, and in how many draws it is lost."""
        for day in self.days:
            for number, times in enumerate(day.times_lost()):
                yield day, number, times
