"""The shifts of a reference, as many of each worker's as its rules leave, and a lead on each."""

from collections import Counter
from collections.abc import Mapping

from solver.data.problem import Problem
from solver.search.leads import unled
from solver.search.mending import mended
from solver.search.patterns import Pattern, Patterns

_EACH = 0.5
"""What a shift costs that is not wanted; one that is wanted is worth 1."""


def nearest(problem: Problem, patterns: Patterns) -> dict[str, Pattern]:
    """Return legal shifts of all open workers: what is theirs in the reference, day by day.

    Leads take shifts of their team that would be without one.
    """
    found = {name: _kept(problem, patterns, name) for name in patterns.open_workers}
    _stand_in(problem, patterns, found)
    return mended(problem, patterns, found)


def _kept(problem: Problem, patterns: Patterns, name: str) -> Pattern:
    """Return the wanted shifts of a worker, without those that are not legal beside the first."""
    days = problem.wanted_shifts.get(name, {})
    reached = patterns.reached(name)
    mine: list[str] = []
    for day in sorted(days):
        more = [*mine, *sorted(days[day] & reached)]
        mine = more if patterns.is_legal(name, more) else mine
    if patterns.is_offered(name, mine):
        return tuple(mine)
    return _worth_most(patterns, name, dict.fromkeys(mine, 1.0))


def _stand_in(problem: Problem, patterns: Patterns, kept: dict[str, Pattern]) -> None:
    """Let leads of a team take shifts on which its others would be without one."""
    workers = problem.worker_by_id
    for team in sorted(
        {str(workers[name].team) for name, gone in unled(problem, kept).items() if gone}
    ):
        members = [name for name in kept if workers[name].team == team]
        for lead in [name for name in members if workers[name].is_lead]:
            wanted = Counter(s for name in members if name != lead for s in kept[name])
            alone = unled(problem, kept | {lead: ()})
            mine = {shift for name in members for shift in alone.get(name, ())}
            worth = {shift: float(wanted[shift]) for shift in mine}
            for shift in kept[lead]:
                worth[shift] = worth.get(shift, 0.0) + 1.0
            kept[lead] = _worth_most(patterns, lead, worth)


def _worth_most(patterns: Patterns, name: str, worth: Mapping[str, float]) -> Pattern:
    """Return the pattern of a worker whose shifts are worth most."""
    prices = patterns.prices()
    group, row = patterns.place[name]
    prices[group][row] = [worth.get(s, 0.0) - _EACH for s in patterns.group_shifts[group]]
    offers = patterns.cheapest({}, prices, only=(name,))
    return offers.found[0].pattern if offers.found else patterns.simplest[name]
