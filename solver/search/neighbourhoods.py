"""Betters a choice of shifts by choosing anew for a few days or a few workers at a time."""

import random
from collections.abc import Mapping

from solver.search.choice import Choice, Chooser, Columns
from solver.search.patterns import Pattern, WorkerPatterns

_SECONDS = 0.5
_N_WORKERS = 8
_MOST_COLUMNS = 80
_STEP_WORK = 0.01
"""Work counted for each step beside what CP-SAT does, so that every search ends."""


class Neighbourhoods:
    """A choice of shifts that gets better step by step, as a relaxation values it.

    Parameters
    ----------
    columns
        Patterns worth choosing from when a worker is free on all days.
    """

    def __init__(
        self,
        chooser: Chooser,
        patterns: Mapping[str, WorkerPatterns],
        columns: Columns,
        seed: int,
    ) -> None:
        self.chooser = chooser
        self.patterns = patterns
        self.columns = columns
        self._random = random.Random(seed)
        self._days = sorted({s.day for s in chooser.relaxation.problem.shifts})
        self.current = {name: patterns[name].simplest for name in columns}
        self.rank: tuple[int, ...] | None = None

    def begin(self, chosen: Mapping[str, Pattern]) -> None:
        """Begin from a choice of shifts."""
        self.current |= chosen
        found = self._choose({name: self._alone(name) for name in self.columns})
        self.rank = found.rank if found else None

    def step(self) -> bool:
        """Choose anew for some days or some workers; return whether that is better."""
        self.chooser.budget.work_done += _STEP_WORK
        if self._random.random() < 0.65:
            columns = self._free_days()
        else:
            free = set(
                self._random.sample(sorted(self.columns), min(_N_WORKERS, len(self.columns)))
            )
            columns = {name: self._alone(name) for name in self.columns}
            for name in free:
                columns[name] |= self.columns[name]
        found = self._choose(columns)
        if found is None or (self.rank is not None and found.rank >= self.rank):
            return False
        self.current, self.rank = found.patterns, found.rank
        return True

    def _alone(self, name: str) -> dict[Pattern, Mapping[str, int]]:
        return {self.current[name]: self.patterns[name].cost(self.current[name])}

    def _free_days(self) -> dict[str, dict[Pattern, Mapping[str, int]]]:
        size = self._random.choice((2, 2, 3))
        first = self._random.randrange(max(1, len(self._days) - size + 1))
        days = frozenset(self._days[first : first + size])
        columns: dict[str, dict[Pattern, Mapping[str, int]]] = {}
        for name in self.columns:
            options = self.patterns[name].close_to(self.current[name], days)
            if len(options) > _MOST_COLUMNS:
                options = self._random.sample(options, _MOST_COLUMNS)
            columns[name] = dict(options) | self._alone(name)
        return columns

    def _choose(self, columns: Columns) -> Choice | None:
        return self.chooser.choose(
            columns, most=_SECONDS, seed=self._random.randrange(2**31), start=self.current
        )
