"""Rows of the linear master that keep a team's others to the shifts that its leads begin.

One row for each other and shift: nobody works a larger share of it than the leads do together. They
say far more than a row for all others at once, and are many: so they are there only where a mix of
patterns breaks them, and bind one team or some at a time, while its leads are being chosen.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from solver.search.linear import Floats, Ints
from solver.search.patterns import Pattern, Patterns, given_shifts
from solver.search.simplex import GrowingLp

_EPSILON = 1e-4

Shares = Mapping[str, Sequence[tuple[Pattern, float]]]
"""Of each worker the patterns in a mix, with their shares."""


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
        self._place = {
            name: (g, at)
            for g, names in enumerate(patterns.groups)
            for at, name in enumerate(names)
        }
        self._number_of = [{s: n for n, s in enumerate(mine)} for mine in patterns.group_shifts]
        self._tight: set[str] = set()
        self._columns: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._rows: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        self._numbers: list[int] = []
        self._cells: list[tuple[int, int, int, int, int]] = []
        self._table: Ints = np.zeros((0, 5), np.int64)

    def factors(self, name: str, pattern: Pattern) -> dict[int, float]:
        """Return the coefficients of a pattern by row."""
        team = self._team_of[name]
        if team not in self._rows:
            return {}
        found: dict[int, float] = {}
        for shift in pattern:
            rows = self._rows[team].get(shift, {})
            if name in self._leads[team]:
                found |= dict.fromkeys(rows.values(), -1.0)
            elif name in rows:
                found[rows[name]] = 1.0
        return found

    def note(self, variable: int, name: str, pattern: Pattern) -> None:
        """Take note of the variable of a pattern."""
        if self._team_of[name] is not None:
            for shift in pattern:
                self._columns[name, shift].append(variable)

    def tighten(self, team: str) -> None:
        """Keep the others of a team to its leads' shifts until `loosen`."""
        self._tight.add(team)
        self._limit(team, 0.0)

    def loosen(self, team: str) -> None:
        """Let the others of a team work without its leads."""
        self._tight.discard(team)
        self._limit(team, math.inf)

    def _limit(self, team: str, upper: float) -> None:
        if team in self._rows:
            for rows in self._rows[team].values():
                for row in rows.values():
                    self._lp.limit_row(row, upper)

    def separate(self, shares: Shares) -> int:
        """Add the rows of tight teams that a mix breaks; return how many."""
        n_before = len(self._numbers)
        for team in sorted(self._tight):
            led = _worked(shares.get(lead, ()) for lead in self._leads[team])
            for other in self._others[team]:
                for shift, share in _worked([shares.get(other, ())]).items():
                    is_bound = other in self._rows[team][shift] or (team, shift) in self._given
                    if not is_bound and share > led.get(shift, 0.0) + _EPSILON:
                        self._add(team, other, shift)
        if len(self._numbers) > n_before:
            self._table = np.array(self._cells, np.int64).reshape(-1, 5)
        return len(self._numbers) - n_before

    def _add(self, team: str, other: str, shift: str) -> None:
        terms = dict.fromkeys(self._columns[other, shift], 1.0)
        for lead in self._leads[team]:
            terms |= dict.fromkeys(self._columns[lead, shift], -1.0)
        row = self._lp.add_row(0.0, terms)
        self._rows[team][shift][other] = row
        for name, sign in [(other, 1), *((lead, -1) for lead in self._leads[team])]:
            g, at = self._place[name]
            if shift in self._number_of[g]:
                cell = (len(self._numbers), g, at, self._number_of[g][shift], sign)
                self._cells.append(cell)
        self._numbers.append(row)

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


def _worked(mixes: Iterable[Sequence[tuple[Pattern, float]]]) -> dict[str, float]:
    """Return how large a share of each shift some mixes of patterns have together."""
    found: dict[str, float] = defaultdict(float)
    for mix in mixes:
        for pattern, share in mix:
            for shift in pattern:
                found[shift] += share
    return found
