"""From the linear master to a pattern for each worker, some at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from solver.data.problem import Problem, Worker
from solver.search.master import Master
from solver.search.patterns import Pattern, given_shifts

_SHARE = 0.35
_ROUNDS = 1
_MOST_LABELS = 20
_LEAD_BONUS = 0.5
"""Of a shift's worth, what it is worth to a lead for each other whom it lets work there."""


def dive(
    problem: Problem, master: Master, *, should_stop: Callable[[], bool]
) -> dict[str, Pattern]:
    """Return a pattern for each open worker: team by team the leads, then all whose is clearest.

    After each step the linear master finds what suits the ones still open. Where a team needs a
    lead, its others are kept to shifts that a lead begins. When told to stop, the rest get the
    largest part of their mix.
    """
    try:
        return _Dive(problem, master, _LEAD_BONUS, should_stop).run()
    finally:
        master.release()


def dive_again(
    problem: Problem,
    master: Master,
    current: Mapping[str, Pattern],
    names: Collection[str],
    *,
    lead_bonus: float,
    should_stop: Callable[[], bool],
) -> dict[str, Pattern]:
    """Return patterns found by a dive for some workers, all others keeping what they have.

    Parameters
    ----------
    lead_bonus
        Of a shift's worth, what it is worth to a lead for each other whom it lets work there.
    """
    kept = {name: pattern for name, pattern in current.items() if name not in names}
    try:
        master.hold(kept)
        descent = _Dive(problem, master, lead_bonus, should_stop)
        descent.chosen |= kept
        descent.generate(2 * _ROUNDS)
        return descent.run()
    finally:
        master.release()


class _Dive:
    def __init__(
        self,
        problem: Problem,
        master: Master,
        lead_bonus: float,
        should_stop: Callable[[], bool],
    ) -> None:
        self.problem = problem
        self.master = master
        self.lead_bonus = lead_bonus
        self.should_stop = should_stop
        self.chosen: dict[str, Pattern] = {}
        self.taboo: dict[str, set[str]] = {}

    def run(self) -> dict[str, Pattern]:
        if self.problem.team_needs_lead:
            for members in self._teams().values():
                self._lead(members)
        left = [name for name in self.master.columns if name not in self.chosen]
        while left:
            left = self._take(left)
        return {
            name: tuple(shift for shift in pattern if shift not in self.taboo.get(name, ()))
            for name, pattern in self.chosen.items()
        }

    def _teams(self) -> dict[str, list[Worker]]:
        """Return the open workers of each team, the largest team first."""
        found: dict[str, list[Worker]] = defaultdict(list)
        for name in self.master.columns:
            worker = self.problem.worker_by_id[name]
            if worker.team is not None and name not in self.chosen:
                found[worker.team].append(worker)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    def generate(self, rounds: int = _ROUNDS) -> None:
        """Let the linear master find what suits those still open."""
        self.master.generate(
            max_rounds=rounds, should_stop=self.should_stop, most_labels=_MOST_LABELS
        )

    def _lead(self, members: Sequence[Worker]) -> None:
        """Choose for the leads of a team shifts on which its others are most wanted."""
        leads = [worker for worker in members if worker.is_lead]
        others = [worker for worker in members if not worker.is_lead]
        wanted: dict[str, float] = defaultdict(float)
        for worker in others:
            for pattern, share in self.master.shares().get(worker.id, ()):
                for shift in pattern:
                    wanted[shift] += share
        team = members[0].team
        led = {
            shift.id
            for worker in self.problem.workers
            if worker.is_lead and worker.team == team
            for shift in given_shifts(self.problem, worker)
        }
        for lead in leads:
            self.chosen[lead.id] = pattern = self._pattern(lead, wanted, led)
            led.update(pattern)
        self.master.hold({lead.id: self.chosen[lead.id] for lead in leads})
        mine = {
            worker.id: set(self.master.relaxation.nodes_of[worker.id]) - led for worker in others
        }
        self.taboo |= mine
        self.master.forbid(mine)
        self.generate()

    def _pattern(self, lead: Worker, wanted: dict[str, float], led: set[str]) -> Pattern:
        prices = self.master.latest
        simplest = self.master.patterns.simplest[lead.id]
        if prices is None:
            return simplest
        tables = [table.copy() for table in prices.shifts]
        for g, names in enumerate(self.master.patterns.groups):
            if lead.id in names:
                at = names.index(lead.id)
                for n, shift in enumerate(self.master.patterns.group_shifts[g]):
                    if shift not in led:
                        worth = max(0.0, tables[g][at, n])
                        tables[g][at, n] += self.lead_bonus * worth * wanted[shift]
        offers = self.master.patterns.cheapest(
            prices.weights, tables, only=(lead.id,), most_labels=_MOST_LABELS
        )
        return offers.found[0].pattern if offers.found else simplest

    def _take(self, left: list[str]) -> list[str]:
        """Give those whose pattern is clearest theirs; return the others."""
        shares = self.master.shares()
        order = sorted(left, key=lambda name: -(shares[name][0][1] if shares.get(name) else 0.0))
        size = len(left) if self.should_stop() else max(4, round(_SHARE * len(left)))
        batch = {
            name: shares[name][0][0] if shares.get(name) else self.master.patterns.simplest[name]
            for name in order[:size]
        }
        self.chosen |= batch
        if size < len(left):
            self.master.hold(batch)
            self.generate()
        return order[size:]


def unled(problem: Problem, chosen: Mapping[str, Pattern]) -> dict[str, frozenset[str]]:
    """Return of each worker's chosen shifts those that no lead of the worker's team begins."""
    if not problem.team_needs_lead:
        return {}
    led: dict[str, set[str]] = defaultdict(set)
    for worker in problem.workers:
        if worker.is_lead and worker.team is not None:
            led[worker.team].update(chosen.get(worker.id, ()))
            led[worker.team].update(shift.id for shift in given_shifts(problem, worker))
    return {
        name: frozenset(pattern) - led[team]
        for name, pattern in chosen.items()
        if (team := problem.worker_by_id[name].team) is not None
    }
