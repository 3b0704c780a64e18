"""Weeks picked anew, held against all weeks there are."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.data.problem import Problem, Worker
from solver.data.solution import Solution
from solver.explain.changes import applied
from solver.explain.draft import NO_LEAD, Draft
from solver.explain.ledger import Ledger
from solver.explain.own_table import OwnTable
from solver.explain.roster import Roster
from solver.explain.ways import Way, Ways
from solver.explain.weeks import Aim, Week, Weeks
from tests.solver.explain.rosters import broken, price, rosters
from tests.solver.small import SHIFTS, make_problem, rule_sets, workers

SLOW = settings(max_examples=40, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def ways_of(problem: Problem, solution: Solution) -> Ways:
    return Ways(Ledger(Roster(problem, solution)))


@given(workers(), rule_sets, st.data())
def test_weeks_priced_at_once_cost_what_each_costs_by_itself(
    worker: Worker, rules: tuple[object, ...], data: st.DataObject
) -> None:
    problem = make_problem(worker, rules=rules)
    roster = Roster(problem, Solution(shifts=(), tasks=(), levels=()))
    ledger = Ledger(roster)
    legal = [s for s in SHIFTS if s.id in worker.shifts and not roster.breaches("w", (s.id,))]
    days = sorted({shift.day for shift in legal})
    options = [[(), *((shift,) for shift in legal if shift.day == day)] for day in days]
    rows = np.array(
        [[data.draw(st.integers(0, len(mine) - 1)) for mine in options] for _ in range(3)],
        np.int16,
    ).reshape(3, len(days))
    sums = OwnTable(ledger, "w", options).sums(rows)
    for row, got in zip(rows.tolist(), sums.tolist(), strict=True):
        planned = [shift for mine, n in zip(options, row, strict=True) for shift in mine[n]]
        assert tuple(got) == ledger.sums(ledger.own_cost("w").of_shifts(planned))


@SLOW
@given(rosters(), st.data())
def test_week_picked_anew_does_what_is_asked_legally_at_the_price_told(
    roster: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = roster
    ways = ways_of(problem, solution)
    worker = data.draw(st.sampled_from(problem.workers))
    gaps = [t for t in problem.tasks if not t.is_crew and ways.roster.missing(t)]
    task = data.draw(st.sampled_from([t for t in gaps if t.skills <= worker.skills] or [None]))
    assume(task is not None)
    assert task is not None
    way = Weeks(ways).repicked(worker, Aim(task=task))
    if way is not None:
        after = applied(solution, way.change)
        assert any((p.task, p.worker) == (task.id, worker.id) for p in after.tasks)
        assert way.sums == price(problem, solution, way.change)
        assert way.is_legal == (not broken(problem, after))


def other_weeks(weeks: Weeks, worker: Worker, asked: str) -> Iterator[Way]:
    """Yield every legal week with a shift that differs from today's on at most two other days."""
    roster, by_id = weeks.roster, weeks.problem.shift_by_id
    today = {by_id[name].day: name for name in roster.planned(worker.id)}
    days = sorted({by_id[name].day for name in worker.shifts})
    choices = [[None, *(name for name in worker.shifts if by_id[name].day == d)] for d in days]
    for names in product(*choices):
        chosen = dict(zip(days, names, strict=True))
        changed = {day: name for day, name in chosen.items() if name != today.get(day)}
        if asked not in changed.values() or len(changed) > 3:
            continue
        planned = tuple(sorted(name for name in names if name))
        if not roster.breaches(worker.id, planned):
            way = weeks.applied(Draft(roster), worker, Week(planned, changed, ()))
            if way is not None and not way.broken:
                yield way


@FEW
@given(rosters(n_steps=3), st.data())
def test_no_legal_week_with_as_few_changes_is_cheaper(
    roster: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = roster
    weeks = Weeks(ways_of(problem, solution))
    worker = data.draw(st.sampled_from(problem.workers))
    planned = weeks.roster.planned(worker.id)
    assume(worker.shifts)
    assume(len({problem.shift_by_id[name].day for name in planned}) == len(planned))
    asked = data.draw(st.sampled_from(worker.shifts))
    assume(asked not in planned)
    way = weeks.repicked(worker, Aim(shifts=frozenset({asked})))
    others = list(other_weeks(weeks, worker, asked))
    if way is None:
        assert not others
    elif NO_LEAD not in way.codes:
        assert way.sums <= min(other.sums for other in others)


@SLOW
@given(rosters(), st.data())
def test_week_without_what_is_avoided_has_none_of_it(
    roster: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = roster
    weeks = Weeks(ways_of(problem, solution))
    worker = data.draw(st.sampled_from(problem.workers))
    planned = weeks.roster.planned(worker.id)
    avoided = frozenset(data.draw(st.sets(st.sampled_from(planned)))) if planned else frozenset()
    way = weeks.repicked(worker, Aim(avoided=avoided))
    if way is not None:
        after = applied(solution, way.change)
        assert not {each.shift for each in after.shifts if each.worker == worker.id} & avoided
        assert way.sums == price(problem, solution, way.change)
        assert way.is_legal == (not broken(problem, after))
