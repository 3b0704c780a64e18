"""Rows of a linear program that keep a team's others to the shifts that its leads begin.

One row for each other and shift: nobody works a larger share of it than the leads do together. They
say far more than a row for all others at once, and are many: so they are there only where a mix of
patterns breaks them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from solver.search.growing import GrowingLp
from solver.search.leads import given_leads
from solver.search.linear import Floats, Ints
from solver.search.patterns import Pattern, Patterns

_LEAST_LACK = 0.02
"""Of a shift, that must lack before a row is worth its place."""


class LeadRows:
    """The rows that were broken so far.

    Parameters
    ----------
    lp
        The linear program to which they belong.

    Attributes
    ----------
    row_of
        The number of each row, by worker and shift, in order.
    """

    def __init__(self, patterns: Patterns, lp: GrowingLp) -> None:
        self._lp = lp
        problem = patterns.problem
        self._leads: dict[str, list[str]] = defaultdict(list)
        self._team_of: dict[str, str] = {}
        for name in patterns.open_workers if problem.team_needs_lead else ():
            worker = problem.worker_by_id[name]
            if worker.team is not None:
                self._team_of[name] = worker.team
                if worker.is_lead:
                    self._leads[worker.team].append(name)
        self._given = given_leads(problem)
        self._patterns = patterns
        self._columns: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.row_of: dict[tuple[str, str], int] = {}
        self._rows_led: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._numbers: list[int] = []
        self._cells: list[tuple[int, int, int, int, int]] = []
        self._table: Ints = np.zeros((0, 5), np.int64)

    @staticmethod
    def may_grow(patterns: Patterns) -> bool:
        """Return whether there is anybody who can be kept to what leads begin."""
        problem = patterns.problem
        return problem.team_needs_lead and any(
            problem.worker_by_id[name].team is not None for name in patterns.open_workers
        )

    def factors(self, name: str, pattern: Pattern) -> dict[int, float]:
        """Return the coefficients of a pattern by row."""
        found: dict[int, float] = {}
        for shift in pattern:
            found |= dict.fromkeys(self._rows_led.get((name, shift), ()), -1.0)
            if (name, shift) in self.row_of:
                found[self.row_of[name, shift]] = 1.0
        return found

    def note(self, variable: int, name: str, pattern: Pattern) -> None:
        """Take note of the variable of a pattern."""
        if name in self._team_of:
            for shift in pattern:
                self._columns[name, shift].append(variable)

    def separate(self, mix: Iterable[tuple[str, Pattern, float]]) -> list[int]:
        """Add the rows that a mix breaks; return their numbers.

        Parameters
        ----------
        mix
            Workers and patterns with their shares.
        """
        return self.add(self._lacks(mix))

    def add(self, pairs: Iterable[tuple[str, str]]) -> list[int]:
        """Add rows of workers and shifts that have none yet; return their numbers."""
        n_before = len(self._numbers)
        for name, shift in pairs:
            if (name, shift) not in self.row_of:
                self._add(name, shift)
        self._table = np.array(self._cells, np.int64).reshape(-1, 5)
        return self._numbers[n_before:]

    def _lacks(self, mix: Iterable[tuple[str, Pattern, float]]) -> Iterator[tuple[str, str]]:
        """Yield the pairs of worker and shift of which a mix has more than of leads."""
        led: dict[tuple[str, str], float] = defaultdict(float)
        others: dict[tuple[str, str], float] = defaultdict(float)
        for name, pattern, share in mix:
            if (team := self._team_of.get(name)) is not None:
                is_lead = name in self._leads[team]
                for shift in pattern:
                    if is_lead:
                        led[team, shift] += share
                    else:
                        others[name, shift] += share
        for (name, shift), share in others.items():
            at = self._team_of[name], shift
            if at not in self._given and share > led[at] + _LEAST_LACK:
                yield name, shift

    def _add(self, name: str, shift: str) -> None:
        leads = self._leads[self._team_of[name]]
        terms = dict.fromkeys(self._columns[name, shift], 1.0)
        for lead in leads:
            terms |= dict.fromkeys(self._columns[lead, shift], -1.0)
        row = self.row_of[name, shift] = self._lp.add_row(0.0, terms)
        for lead in leads:
            self._rows_led[lead, shift].append(row)
        for each, sign in [(name, 1), *((lead, -1) for lead in leads)]:
            g, at = self._patterns.place[each]
            column = self._patterns.column[g].get(shift)
            if column is not None:
                self._cells.append((len(self._numbers), g, at, column, sign))
        self._numbers.append(row)

    def prices(self, prices: Floats) -> Floats:
        """Return the prices of these rows among those of the rows that there were at a time."""
        mine: Floats = np.array([prices[n] for n in self._numbers if n < len(prices)], float)
        return np.minimum(mine, 0.0)

    def charge(self, prices: Floats, tables: Sequence[Floats]) -> None:
        """Add what the rows' prices make of shifts: dear for others, worth more to leads."""
        row, group, at, shift, sign = self._table[self._table[:, 0] < len(prices)].T
        for g, table in enumerate(tables):
            here = group == g
            np.add.at(table, (at[here], shift[here]), sign[here] * prices[row[here]])
