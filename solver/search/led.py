"""Which shifts of which workers need a lead of their team, and how much of one a mix gives them."""

from collections import defaultdict
from collections.abc import Iterable

from solver.search.patterns import Pattern, Patterns, given_shifts

_Mix = Iterable[tuple[str, Pattern, float]]
"""Workers and patterns with their shares."""

_LEAST_LACK = 0.02


class Led:
    """The rule that a team's planned workers begin a shift with a lead of theirs.

    For one worker and shift: no larger share of the worker may begin it than of all leads together.
    """

    def __init__(self, patterns: Patterns) -> None:
        problem = patterns.problem
        self._needy: dict[str, str] = {}
        self._leads: dict[str, str] = {}
        for name in patterns.open_workers if problem.team_needs_lead else ():
            worker = problem.worker_by_id[name]
            if worker.team is not None:
                (self._leads if worker.is_lead else self._needy)[name] = worker.team
        self._given = {
            (worker.team, shift.id)
            for worker in problem.workers
            if worker.is_lead
            for shift in given_shifts(problem, worker)
        }

    def team_of(self, name: str) -> str | None:
        """Return the team of a lead, or of a worker who depends on leads."""
        return self._leads.get(name) or self._needy.get(name)

    def leads_of(self, name: str) -> list[str]:
        """Return the leads on whom a worker depends."""
        return [lead for lead, team in self._leads.items() if team == self._needy[name]]

    def lacks(self, mix: _Mix) -> list[tuple[str, str]]:
        """Return the pairs of worker and shift of which a mix has more than of leads."""
        leads: dict[tuple[str, str], float] = defaultdict(float)
        others: dict[tuple[str, str], float] = defaultdict(float)
        for name, pattern, share in mix:
            if (team := self._leads.get(name)) is not None:
                for shift in pattern:
                    leads[team, shift] += share
            elif name in self._needy:
                for shift in pattern:
                    others[name, shift] += share
        return [
            (name, shift)
            for (name, shift), share in others.items()
            if (self._needy[name], shift) not in self._given
            and share > leads[self._needy[name], shift] + _LEAST_LACK
        ]
