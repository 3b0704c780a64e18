"""Rows of the linear master that keep a team's others to the shifts that its leads begin.

One row for each other and shift: nobody works a larger share of it than the leads do together. They
say far more than a row for all others at once, and are many: so they are there for one team at a
time, while its leads are being chosen.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from solver.search.linear import Floats, Ints
from solver.search.patterns import Pattern, Patterns, given_shifts
from solver.search.simplex import GrowingLp


class LeadRows:
    """The rows of the teams that were asked for.

    Parameters
    ----------
    lp
        The linear program to which they belong.
    """

    def __init__(self, patterns: Patterns, lp: GrowingLp) -> None:
        self._patterns = patterns
        self._lp = lp
        self._leads: dict[str, list[str]] = defaultdict(list)
        self._others: dict[str, list[str]] = defaultdict(list)
        self._given: set[tuple[str, str]] = set()
        workers = patterns.problem.worker_by_id
        for name in patterns.open_workers:
            worker = workers[name]
            if worker.team is not None:
                (self._leads if worker.is_lead else self._others)[worker.team].append(name)
        for worker in patterns.problem.workers:
            if worker.is_lead and worker.team is not None:
                given = given_shifts(patterns.problem, worker)
                self._given |= {(worker.team, shift.id) for shift in given}
        self._team_of = {name: workers[name].team for name in patterns.open_workers}
        self._rows: dict[str, dict[str, dict[str, int]]] = {}
        self._numbers: list[int] = []
        self._cells: list[tuple[int, int, int, int, int]] = []
        self._table: Ints = np.zeros((0, 5), np.int64)

    def factors(self, name: str, pattern: Pattern) -> dict[int, float]:
        """Return the coefficients of a pattern by row."""
        by_shift = self._rows.get(str(self._team_of[name]))
        if by_shift is None:
            return {}
        found: dict[int, float] = {}
        is_lead = name in self._leads[str(self._team_of[name])]
        for shift in pattern:
            rows = by_shift.get(shift, {})
            if is_lead:
                found |= dict.fromkeys(rows.values(), -1.0)
            elif name in rows:
                found[rows[name]] = 1.0
        return found

    def tighten(self, team: str, columns: Callable[[], Iterable[tuple[int, str, Pattern]]]) -> None:
        """Keep the others of a team to its leads' shifts until `loosen`.

        Parameters
        ----------
        columns
            The patterns that are there, with the number of the variable and the worker of each.
        """
        if team not in self._rows:
            self._make(team, columns)
        self._limit(team, 0.0)

    def loosen(self, team: str) -> None:
        """Let the others of a team work without its leads."""
        self._limit(team, math.inf)

    def _limit(self, team: str, upper: float) -> None:
        for rows in self._rows.get(team, {}).values():
            for row in rows.values():
                self._lp.limit_row(row, upper)

    def _make(self, team: str, columns: Callable[[], Iterable[tuple[int, str, Pattern]]]) -> None:
        leads = set(self._leads[team])
        by_lead: dict[str, dict[int, float]] = defaultdict(dict)
        by_other: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        for number, name, pattern in columns():
            if self._team_of[name] == team:
                for shift in pattern:
                    if name in leads:
                        by_lead[shift][number] = -1.0
                    else:
                        by_other[name, shift][number] = 1.0
        place = {
            name: (g, at)
            for g, names in enumerate(self._patterns.groups)
            for at, name in enumerate(names)
        }
        number_of = [{s: n for n, s in enumerate(mine)} for mine in self._patterns.group_shifts]
        self._rows[team] = defaultdict(dict)
        for other in self._others[team]:
            for shift in sorted(self._patterns.reached(other)):
                if (team, shift) in self._given:
                    continue
                row = self._lp.add_row(0.0, by_lead[shift] | by_other[other, shift])
                self._rows[team][shift][other] = row
                for name, sign in [(other, 1), *((lead, -1) for lead in self._leads[team])]:
                    g, at = place[name]
                    if shift in number_of[g]:
                        cell = (len(self._numbers), g, at, number_of[g][shift], sign)
                        self._cells.append(cell)
                self._numbers.append(row)
        self._table = np.array(self._cells, np.int64).reshape(-1, 5)

    def prices(self, prices: Floats) -> Floats:
        """Return the prices of these rows among those of all rows."""
        mine: Floats = np.minimum(prices[self._numbers], 0.0) if self._numbers else np.zeros(0)
        return mine

    def charge(self, prices: Floats, tables: Sequence[Floats]) -> None:
        """Add what the rows' prices make of shifts: dear for others, worth more to leads."""
        row, group, at, shift, sign = self._table[self._table[:, 0] < len(prices)].T
        for g, table in enumerate(tables):
            here = group == g
            np.add.at(table, (at[here], shift[here]), sign[here] * prices[row[here]])
