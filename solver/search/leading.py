"""Shifts for the leads of a team, who decide what its others may do, at a master's prices."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from solver.search.master import Master
from solver.search.patterns import Pattern
from solver.search.prices import FORBIDDING, Prices

_BONUS = 0.5
"""Of a shift's worth, what it is worth to a lead for each other whom it lets work there."""

_BONUS_TRIED = 0.1
"""The same where what the others make of it is looked at besides."""

_MOST_LABELS, _FEW_LABELS = 20, 5
_SWEEPS = 2
_BETTER = 1e-6

Leads = Mapping[str, Pattern]
"""The pattern of each open lead."""


class Leading:
    """Chooses patterns for the leads of one team after the other.

    Parameters
    ----------
    leads, others
        The open ones by team.
    given
        Shifts by team that have a lead as a fact.
    n_tried
        Patterns of each lead of which it is looked at what the others of the team make of them.
    should_stop
        Asked often; then what is best so far is taken.
    """

    def __init__(
        self,
        master: Master,
        leads: Mapping[str, Sequence[str]],
        others: Mapping[str, Sequence[str]],
        given: Mapping[str, AbstractSet[str]],
        *,
        n_tried: int,
        should_stop: Callable[[], bool],
    ) -> None:
        self._master = master
        self._patterns = master.patterns
        self._leads, self._others, self._given = leads, others, given
        self._n_tried = n_tried
        self._should_stop = should_stop

    def quickly(self, team: str) -> dict[str, Pattern]:
        """Return what is worth most to one lead after the other and, by their mix, to the others.

        What others want and nobody leads is worth more to a lead.
        """
        chosen: dict[str, Pattern] = {}
        for lead in self._leads[team]:
            offers = self._offers(team, lead, chosen, bonus=_BONUS)
            chosen[lead] = offers[0] if offers else self._patterns.simplest[lead]
        return chosen

    def well(self, team: str) -> dict[str, Pattern]:
        """Return better ones: at the prices of now, the whole team pays least with them.

        They are bettered one after the other, out of what is worth most to each.
        """
        chosen, prices = self.quickly(team), self._master.latest
        if prices is None or not self._n_tried:
            return chosen
        least = self._cost(team, chosen, prices)
        for _ in range(_SWEEPS):
            before = least
            for lead in self._leads[team]:
                offers = self._offers(team, lead, chosen, bonus=_BONUS_TRIED, n_best=self._n_tried)
                for pattern in offers:
                    if self._should_stop():
                        return chosen
                    cost = self._cost(team, {**chosen, lead: pattern}, prices)
                    if cost < least - _BETTER:
                        least, chosen = cost, {**chosen, lead: pattern}
            if least == before:
                break
        return chosen

    def led(self, team: str, leads: Leads) -> set[str]:
        """Return the shifts of which a team has a lead."""
        return set(self._given.get(team, ())).union(
            *(leads[name] for name in self._leads[team] if name in leads)
        )

    def _wanted(self, team: str) -> dict[str, float]:
        """Return how many others have a shift in the master's mix."""
        wanted: dict[str, float] = defaultdict(float)
        shares = self._master.shares()
        for name in self._others[team]:
            for pattern, share in shares.get(name, ()):
                for shift in pattern:
                    wanted[shift] += share
        return wanted

    def _offers(
        self, team: str, lead: str, chosen: Leads, *, bonus: float, n_best: int = 1
    ) -> list[Pattern]:
        """Return the patterns that are worth most to a lead when others want what nobody leads."""
        prices = self._master.latest
        if prices is None:
            return []
        led = self.led(team, {name: p for name, p in chosen.items() if name != lead})
        wanted = self._wanted(team)
        tables = [table.copy() for table in prices.shifts]
        g, at = self._patterns.place[lead]
        row = tables[g][at]
        for shift, n in self._patterns.column[g].items():
            if shift not in led:
                row[n] += bonus * max(0.0, row[n]) * wanted.get(shift, 0.0)
        offers = self._patterns.cheapest(
            prices.weights, tables, only=(lead,), n_best=n_best, most_labels=_MOST_LABELS
        )
        return [each.pattern for each in offers.found]

    def _cost(self, team: str, leads: Leads, prices: Prices) -> float:
        """Return what a team pays at prices when others have what some leads let them have."""
        led, tables = self.led(team, leads), [table.copy() for table in prices.shifts]
        for name in self._others[team]:
            g, at = self._patterns.place[name]
            for shift, n in self._patterns.column[g].items():
                if shift not in led:
                    tables[g][at, n] = -FORBIDDING
        offers = self._patterns.cheapest(
            prices.weights, tables, only=self._others[team], most_labels=_FEW_LABELS
        )
        mine = (self._cost_of(name, pattern, prices) for name, pattern in leads.items())
        return sum(each.cost for each in offers.found) + sum(mine)

    def _cost_of(self, name: str, pattern: Pattern, prices: Prices) -> float:
        """Return what a pattern costs its worker, less what its shifts are worth."""
        own = self._patterns.cost(name, pattern)
        g, at = self._patterns.place[name]
        row = prices.shifts[g][at]
        worth = sum(float(row[self._patterns.column[g][shift]]) for shift in pattern)
        return sum(prices.weights.get(level, 0.0) * n for level, n in own.items()) - worth
