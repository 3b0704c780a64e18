"""Patterns: legality against the plain reading, cost against a plain sum, the exact cheapest."""

import itertools
import random
from dataclasses import replace

import pytest

from solver.data.problem import Fact, Problem, Worker
from solver.data.rules import CountOfShifts, RestBetween, ShiftsPerDay
from solver.data.spans import Span
from solver.search.patterns import Patterns
from tests.solver.small import HORIZON, make_fact, make_problem
from tests.solver.weeks import DAY, FIRST, fact_of, small_week


def all_patterns(problem: Problem, worker: Worker) -> set[tuple[str, ...]]:
    """Return what is found when every day is free and nothing has a price."""
    patterns = Patterns(replace(problem, workers=(worker,)))
    found = patterns.near(patterns.simplest, range(100), {}, patterns.prices(), n_best=10**6)
    return {each.pattern for each in found} | {()}


def with_random_facts(problem: Problem, rng: random.Random) -> Worker:
    worker = rng.choice([w for w in problem.workers if w.shifts])
    names = rng.sample(worker.shifts, min(9, len(worker.shifts)))
    others = [s for s in problem.shifts if worker.rule_book in s.counted_min]
    facts = list(worker.facts)
    facts += [
        fact_of(shift, worker.id, worker.rule_book)
        for shift in rng.sample(others, rng.randint(0, 3))
    ]
    start = rng.randrange(0, 7 * DAY, 60)
    after = Span(7 * DAY + 60 * rng.randint(0, 12), 7 * DAY + 900)
    if rng.random() < 0.5:
        facts.append(Fact(id="after", day=FIRST + 7, parts=(after,), counted_min=400))
    return replace(
        worker,
        shifts=tuple(names),
        facts=tuple(sorted(facts, key=lambda f: f.span)),
        bound=(Span(start, start + 240),) if rng.random() < 0.5 else (),
        standby=(Span(start + 600, start + 1500),) if rng.random() < 0.5 else (),
    )


def with_random_rules(problem: Problem, worker: Worker, rng: random.Random) -> Problem:
    book = problem.rule_book_by_id[worker.rule_book]
    rules = list(book.rules)
    if rng.random() < 0.5:
        rules.append(RestBetween(rest_min=rng.choice((360, 660))))
    if rng.random() < 0.3:
        rules[0] = ShiftsPerDay(most=2)
    books = [replace(b, rules=tuple(rules)) if b.id == book.id else b for b in problem.rule_books]
    workers = tuple(worker if w.id == worker.id else w for w in problem.workers)
    return replace(problem, rule_books=tuple(books), workers=workers)


@pytest.mark.parametrize("seed", range(25))
def test_exactly_the_legal_patterns_are_found(seed):
    rng = random.Random(seed)
    problem = small_week(seed)
    worker = with_random_facts(problem, rng)
    problem = with_random_rules(problem, worker, rng)
    patterns = Patterns(problem)
    found = {frozenset(pattern) for pattern in all_patterns(problem, worker)}
    legal = {
        frozenset(chosen)
        for size in range(6)
        for chosen in itertools.combinations(worker.shifts, size)
        if patterns.is_legal(worker.id, chosen)
    }
    assert {pattern for pattern in found if len(pattern) < 6} == legal


@pytest.mark.parametrize("seed", range(12))
def test_no_pattern_joins_two_shifts_that_may_not_be_joined(seed):
    rng = random.Random(seed)
    problem = small_week(seed)
    worker = with_random_facts(problem, rng)
    problem = with_random_rules(problem, worker, rng)
    patterns = Patterns(problem)
    if worker.id not in patterns.open_workers:
        return
    joined = {
        pair
        for pattern in all_patterns(problem, worker)
        for pair in itertools.permutations(pattern, 2)
    }
    assert all(patterns.may_join(worker.id, one, two) for one, two in joined)
    days = {shift.id: shift.day for shift in problem.shifts}
    rules = problem.rule_book_by_id[worker.rule_book].rules
    if any(isinstance(rule, ShiftsPerDay) and rule.most == 1 for rule in rules):
        pairs = itertools.permutations(worker.shifts, 2)
        assert not any(patterns.may_join(worker.id, a, b) for a, b in pairs if days[a] == days[b])


def test_whoever_may_have_no_shift_beside_the_facts_is_not_open():
    full = CountOfShifts(periods=(HORIZON,), most=1)
    given = Worker(id="w", rule_book="book", shifts=("day1",), facts=(make_fact("day", 0),))
    free = Worker(id="v", rule_book="book", shifts=("day1",))
    problem = make_problem(given, free, rules=(full,))
    assert Patterns(problem).open_workers == ("v",)
    assert Patterns(replace(problem, workers=(given,))).open_workers == ()
