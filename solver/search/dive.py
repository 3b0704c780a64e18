"""From the linear master to patterns: of leads first, then of all others, the clearest first."""

import math
from collections import defaultdict
from collections.abc import Callable, Collection

from solver.data.problem import Problem
from solver.search.leading import Leading, Leads
from solver.search.leads import given_leads
from solver.search.master import Master
from solver.search.patterns import Pattern

_SHARE = 0.35
_FEWEST = 4
_MOST_LABELS = 20
_MOST_IDLE_ROUNDS = 2


class Dive:
    """Chooses patterns by solving the linear master again after each choice.

    Which shifts its leads begin matters most to a team, for the others must follow. So leads come
    first, by what their shifts are worth to the others at the prices of the moment.

    Parameters
    ----------
    n_tried
        Patterns of each lead of which it is looked at what the others of the team make of them.
    should_stop
        Asked often; then what is left gets the largest part of the last mix.
    """

    def __init__(
        self, problem: Problem, master: Master, *, n_tried: int, should_stop: Callable[[], bool]
    ) -> None:
        self.problem = problem
        self.master = master
        self.should_stop = should_stop
        self._ties = master.patterns.ties
        self._leads: dict[str, list[str]] = defaultdict(list)
        self._others: dict[str, list[str]] = defaultdict(list)
        if problem.team_needs_lead:
            for name in master.columns:
                worker = problem.worker_by_id[name]
                if worker.team is not None:
                    (self._leads if worker.is_lead else self._others)[worker.team].append(name)
        self._given: dict[str, set[str]] = defaultdict(set)
        for team, shift in given_leads(problem):
            self._given[team].add(shift)
        self._leading = Leading(
            master,
            self._leads,
            self._others,
            self._given,
            n_tried=n_tried,
            should_stop=should_stop,
        )

    @property
    def teams(self) -> list[str]:
        """The teams whose leads are chosen, the largest first."""
        return sorted(self._others, key=lambda team: (-len(self._others[team]), team))

    # Leads ---------------------------------------------------------------------------------------

    def lead_quickly(self) -> Leads:
        """Return patterns for all leads: those that are worth most to them and to their others."""
        chosen: dict[str, Pattern] = {}
        for team in self.teams:
            chosen |= self._leading.quickly(team)
        return chosen

    def lead(self, rounds: int) -> Leads:
        """Return patterns for all leads, of one team after the other.

        The others of a team follow at once, and the teams that come after make up for what these
        cannot do any more.
        """
        chosen: dict[str, Pattern] = {}
        if math.isinf(self.master.value):
            self._generate(1)  # the last prices are those of what was held
        self._lead_teams(self.teams, chosen, rounds)
        self.master.release()
        return chosen

    def lead_again(self, leads: Leads, teams: Collection[str], rounds: int) -> Leads:
        """Return the leads with other patterns for those of some teams."""
        self.master.release()
        anew = {name for team in teams for name in self._leads[team]}
        chosen = {name: pattern for name, pattern in leads.items() if name not in anew}
        self.master.hold(chosen)
        for team in self.teams:
            if team not in teams:
                self._follow(team, chosen)
        self._generate(rounds)
        self._lead_teams(teams, chosen, rounds)
        self.master.release()
        return chosen

    def _lead_teams(self, teams: Collection[str], chosen: dict[str, Pattern], rounds: int) -> None:
        """Choose leads, team by team; the master keeps them and their others."""
        for team in teams:
            mine = self._leading.well(team)
            chosen |= mine
            self.master.hold(mine)
            self._follow(team, chosen)
            self._generate(rounds)

    def _follow(self, team: str, leads: Leads) -> None:
        """Keep the others of a team from shifts without a lead, but for what is locked."""
        led = self._leading.led(team, leads)
        nodes_of = self.master.relaxation.nodes_of
        simplest = self.master.patterns.simplest
        self.master.forbid(
            {name: nodes_of[name].keys() - led - {*simplest[name]} for name in self._others[team]}
        )

    def value(self, leads: Leads, rounds: int) -> float:
        """Return the least that all pay with some leads, and leave these in the master."""
        self.master.release()
        self.master.hold(leads)
        for team in self.teams:
            self._follow(team, leads)
        self._generate(rounds)
        return self.master.value

    # Others --------------------------------------------------------------------------------------

    def rest(self) -> dict[str, Pattern]:
        """Return patterns for all who are not held, those whose pattern is clearest first."""
        chosen: dict[str, Pattern] = {}
        left = [name for name in self.master.columns if not self.master.is_held(name)]
        while left:
            left.sort(key=self._clearness, reverse=True)
            size = max(_FEWEST, round(_SHARE * len(left)))
            now = left if self.should_stop() else self._ties.untied(left)[:size]
            batch = {name: self._largest(name) for name in now}
            chosen |= batch
            left = [name for name in left if name not in batch]
            if left:
                self.master.hold(batch)
                self._generate(1)
        return chosen

    def _generate(self, rounds: int) -> None:
        self.master.generate(
            max_rounds=rounds,
            should_stop=self.should_stop,
            most_labels=_MOST_LABELS,
            most_idle=_MOST_IDLE_ROUNDS,
        )

    def _clearness(self, name: str) -> float:
        shares = self.master.shares().get(name)
        return shares[0][1] if shares else 0.0

    def _largest(self, name: str) -> Pattern:
        shares = self.master.shares().get(name)
        return shares[0][0] if shares else self.master.patterns.simplest[name]
