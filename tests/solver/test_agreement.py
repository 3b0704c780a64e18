"""Search and checks share no code; here they are held against each other."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from solver.checks import level_values, rule_costs, violations
from solver.checks.violation import Violation
from solver.data.pairings import APART, TOGETHER
from solver.data.problem import Problem, Reference, Worker
from solver.data.rules import Rule
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.search.legality import WorkerRules, break_starts, overlaps
from solver.search.patterns import Patterns
from solver.search.ties import Ties
from tests.solver.small import make_problem, more_rule_sets, pairings, patterns, references, workers

OWN = ("floor", "hours", "fair", "wish")
"""Levels that only a worker's own pattern pays on."""


def roster(problem: Problem, worker: Worker, pattern: list[str]) -> Solution:
    """Return a worker's pattern with breaks where the search would put one."""
    rules = problem.rule_book_by_id[worker.rule_book].rules
    given = [fact.shift for fact in worker.facts if fact.shift is not None]
    worked = []
    for name in [*pattern, *given]:
        shift = problem.shift_by_id[name]
        places = [Span(at, at + shift.break_min) for at in break_starts(shift, rules, 1)]
        free = [place for place in places if not any(overlaps(place, b) for b in worker.bound)]
        breaks = tuple((free or places or [Span(shift.span.start, shift.span.start)])[:1])
        breaks = breaks if shift.break_min else ()
        worked.append(WorkedShift(worker=worker.id, shift=name, breaks=breaks))
    return Solution(shifts=tuple(worked), tasks=(), levels=())


def broken(problem: Problem, worker: Worker, pattern: list[str]) -> list[Violation]:
    found = violations(problem, roster(problem, worker, pattern))
    return [violation for violation in found if not violation.is_fact]


maybe_references = st.none() | references("w")


@given(workers(), more_rule_sets, patterns, maybe_references)
def test_search_and_check_agree_on_what_is_legal(
    worker: Worker, rules: tuple[Rule, ...], pattern: list[str], reference: Reference | None
) -> None:
    problem = make_problem(worker, rules=rules, reference=reference)
    offered = [name for name in pattern if name in worker.shifts]
    shifts = [problem.shift_by_id[name] for name in offered]
    # A fact's break may have no right place; that it then lies wrongly is not the pattern's fault.
    is_legal = not WorkerRules(problem, worker).breaches(shifts)
    assert is_legal == (not broken(problem, worker, offered))


@given(st.data())
def test_search_and_check_agree_on_who_works_with_whom(data: st.DataObject) -> None:
    names = ["u", "v", "w"]
    crowd = [data.draw(workers(name)) for name in names]
    problem = make_problem(*crowd, pairings=data.draw(pairings(names)))
    chosen = {
        worker.id: [name for name in data.draw(patterns) if name in worker.shifts]
        for worker in crowd
    }
    rosters = [roster(problem, worker, chosen[worker.id]) for worker in crowd]
    whole = Solution(shifts=tuple(w for r in rosters for w in r.shifts), tasks=(), levels=())
    ties = Ties(problem)
    found = {v.rule for v in violations(problem, whole) if not v.is_fact}
    assert found & {APART, TOGETHER} == {tie.code for tie in ties.faults(chosen)}
    claimed: Counter[str] = Counter()
    for level, points in ties.points(chosen):
        claimed[level] += points
    told: Counter[str] = Counter()
    for cost in rule_costs(problem, whole):
        if cost.rule in {APART, TOGETHER}:
            told[cost.level] += cost.points
    assert +claimed == +told


@given(workers(), more_rule_sets, maybe_references)
def test_every_priced_pattern_passes_the_check_at_the_same_cost(
    worker: Worker, rules: tuple[Rule, ...], reference: Reference | None
) -> None:
    problem = make_problem(worker, rules=rules, reference=reference)
    found = Patterns(problem)
    offers = found.cheapest(dict.fromkeys(OWN, 1.0), found.prices(), n_best=5)
    for priced in offers.found:
        pattern = list(priced.pattern)
        assert not broken(problem, worker, pattern)
        values = level_values(problem, roster(problem, worker, pattern))
        own = {level: values[level] for level in OWN if values[level]}
        assert own == found.cost(worker.id, priced.pattern)
        assert priced.cost == sum(own.values())
