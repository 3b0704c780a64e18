"""Leads of a team: legal patterns with which the whole team pays no more than with quick ones."""

from collections import defaultdict
from collections.abc import Mapping

import pytest

from solver.search.leading import Leading
from solver.search.master import Master
from solver.search.patterns import Pattern
from tests.solver.search.test_dive import SEEDS, crews_master

FORBIDDEN = 1e9


def members(master: Master, *, are_leads: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in master.columns:
        worker = master.patterns.problem.worker_by_id[name]
        if worker.is_lead == are_leads and worker.team is not None:
            found[worker.team].append(name)
    return found


def leading_of(master: Master, n_tried: int) -> Leading:
    leads, others = (members(master, are_leads=each) for each in (True, False))
    return Leading(master, leads, others, {}, n_tried=n_tried, should_stop=lambda: False)


def cost(master: Master, team: str, leads: Mapping[str, Pattern]) -> float:
    """Return what a team pays at the master's prices, its others kept to its leads' shifts."""
    patterns, prices = master.patterns, master.latest
    assert prices is not None
    led = {shift for pattern in leads.values() for shift in pattern}
    allowed = dict.fromkeys(members(master, are_leads=False)[team], led)
    allowed |= {name: set(pattern) for name, pattern in leads.items()}
    tables = [table.copy() for table in prices.shifts]
    for table, names, shifts in zip(tables, patterns.groups, patterns.group_shifts, strict=True):
        for row, name in zip(table, names, strict=True):
            for number, shift in enumerate(shifts):
                if shift not in allowed.get(name, ()):
                    row[number] = -FORBIDDEN
                elif name in leads:
                    row[number] += FORBIDDEN
    found = patterns.cheapest(prices.weights, tables, only=allowed).found
    worth = sum(FORBIDDEN * len(pattern) for pattern in leads.values())
    return sum(each.cost for each in found) + worth


@pytest.mark.parametrize("seed", SEEDS)
def test_leads_that_are_tried_are_legal_and_cost_the_team_no_more_than_quick_ones(seed):
    master = crews_master(seed)
    patterns = master.patterns
    quick, well = leading_of(master, 0), leading_of(master, 6)
    for team in members(master, are_leads=True):
        first, better = quick.quickly(team), well.well(team)
        assert all(patterns.is_legal(name, pattern) for name, pattern in better.items())
        assert well.led(team, better) == {s for pattern in better.values() for s in pattern}
        assert cost(master, team, better) <= cost(master, team, first) + 1e-3
