"""Pricing against brute force: every legal pattern listed, and what each costs summed plainly."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise, product
from random import Random
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.data.problem import FairShare, HoursTarget, Preference, Problem, Shift, Worker
from solver.data.rules import (
    ConsecutiveDays,
    CountOfShifts,
    RestInPeriod,
    Rule,
    RuleBook,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.spans import Span
from solver.search import ahead, pricing
from solver.search.legality import WorkerRules
from solver.search.options import Floats
from solver.search.own import own_points
from solver.search.pricing import Priced, Pricing
from tests.solver.small import DAY, FIRST, HORIZON, KINDS, N_DAYS, make_problem, rule_sets, workers

MANY = 10**6
HALVES = (Span(0, 2 * DAY), Span(2 * DAY, N_DAYS * DAY))

many_days = st.sets(st.integers(FIRST, FIRST + N_DAYS - 1), min_size=2).map(
    lambda days: tuple(sorted(days))
)
wishes = st.builds(
    Preference,
    level=st.just("wish"),
    name=st.just("days"),
    days=many_days,
    points=st.integers(1, 9),
    kinds=st.frozensets(st.sampled_from(sorted(KINDS)), max_size=2),
    when_absent=st.booleans(),
)
shares = st.builds(
    FairShare,
    level=st.just("fair"),
    tag=st.sampled_from(sorted(KINDS)),
    share=st.integers(0, 2),
    points=st.integers(1, 6),
)
targets = st.sampled_from((HORIZON, *HALVES)).flatmap(
    lambda period: st.builds(
        HoursTarget,
        level=st.just("hours"),
        period=st.just(period),
        target_min=st.integers(0, 2400),
        over_points=st.integers(0, 3),
        under_points=st.integers(0, 3),
        step_min=st.sampled_from((15, 60)),
    )
)


class Case(NamedTuple):
    """A problem whose workers share a rule book, and some weights and prices."""

    problem: Problem
    weights: dict[str, float]
    group: Pricing
    prices: Floats


def has_options(problem: Problem, worker: Worker) -> bool:
    rules = WorkerRules(problem, worker)
    return any(not rules.clashes(problem.shift_by_id[name]) for name in worker.shifts)


def priced_case(problem: Problem, rng: Random) -> Case:
    group = Pricing(problem, [w for w in problem.workers if has_options(problem, w)])
    prices = [[rng.randint(-5, 40) for _ in group.options.shifts] for _ in group.workers]
    weights: dict[str, float] = {level: rng.choice((0, 1, 3)) for level in problem.levels}
    return Case(problem, weights, group, np.array(prices, float))


@st.composite
def cases(draw: st.DrawFn, n_workers: int = 1) -> Case:
    """Draw workers with several preferences, shares and accounts; minutes may be uneven."""
    mine = [
        replace(
            worker,
            preferences=(*worker.preferences, *draw(st.lists(wishes, max_size=3))),
            fair_shares=tuple(draw(st.lists(shares, max_size=3))),
            hours=tuple(draw(st.lists(targets, max_size=2, unique_by=lambda t: t.period))),
        )
        for worker in (draw(workers(f"w{n}")) for n in range(n_workers))
    ]
    problem = make_problem(*mine, rules=draw(rule_sets))
    rng = Random(draw(st.integers(0, MANY)))
    if draw(st.booleans()):
        problem = with_uneven_minutes(problem, rng)
    assume(any(has_options(problem, worker) for worker in mine))
    return priced_case(problem, rng)


def with_uneven_minutes(problem: Problem, rng: Random) -> Problem:
    """Return the problem with counted minutes that no few bins can hold."""
    shifts = [
        replace(s, counted_min={book: n + rng.randint(0, 60) for book, n in s.counted_min.items()})
        for s in problem.shifts
    ]
    return replace(problem, shifts=tuple(shifts))


def legal_patterns(problem: Problem, worker: Worker) -> Iterable[tuple[Shift, ...]]:
    """Return all patterns that break no rule, as the plain reading of the rules says."""
    rules = WorkerRules(problem, worker)
    legal: list[tuple[Shift, ...]] = [()]
    for day in range(len(problem.days)):
        mine = [s for name in worker.shifts if (s := problem.shift_by_id[name]).day == day]
        mine = [shift for shift in mine if not rules.breaches([shift])]
        options = [chosen for size in range(3) for chosen in combinations(mine, size)]
        grown = [(*begun, *option) for begun in legal for option in options]
        legal = [pattern for pattern in grown if not rules.breaches(pattern)]
    return legal


class Brute:
    """The cost of every legal pattern of a worker, up to the same constant as in pricing."""

    def __init__(self, case: Case, at: int) -> None:
        self.case, self.at = case, at
        worker = case.group.workers[at]
        patterns = legal_patterns(case.problem, worker)
        self.cost = {tuple(sorted(s.id for s in p)): self.points(p) for p in patterns}
        idle = np.zeros((len(case.group.workers), len(case.group.options.days)), np.int16)
        free = case.group.best(case.weights, case.prices, fixed=idle)
        constant = self.cost[()] - free.costs[free.workers == at][0]
        self.cost = {names: cost - constant for names, cost in self.cost.items()}
        self.least = min(self.cost.values())

    def points(self, pattern: Sequence[Shift]) -> float:
        problem, group = self.case.problem, self.case.group
        own = own_points(problem, group.workers[self.at], pattern)
        numbers = [group.options.number_of[shift.id] for shift in pattern]
        paid = sum(self.case.weights[level] * points for level, points in own.items())
        return paid - float(self.case.prices[self.at, numbers].sum())


def brutes(case: Case) -> list[Brute]:
    return [Brute(case, at) for at in range(len(case.group.workers))]


def found_of(case: Case, priced: Priced, at: int) -> list[tuple[tuple[str, ...], float]]:
    """Return what was found for one worker: ids of shifts and cost."""
    days = case.group.options.days
    found = []
    for index in np.flatnonzero(priced.workers == at).tolist():
        row = priced.choices[index].tolist()
        names = (s.id for day, o in zip(days, row, strict=True) for s in day.options[o])
        found.append((tuple(sorted(names)), float(priced.costs[index])))
    return found


def check_exact(case: Case, priced: Priced) -> None:
    for at, brute in enumerate(brutes(case)):
        found = found_of(case, priced, at)
        assert found[0][1] == pytest.approx(brute.least)
        assert priced.least[at] == pytest.approx(brute.least)
        for names, cost in found:
            assert cost == pytest.approx(brute.cost[names])


slow = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@slow
@given(cases())
def test_the_cheapest_is_the_cheapest_of_all_legal_patterns(case):
    check_exact(case, case.group.best(case.weights, case.prices, n_best=3, most_labels=MANY))


@slow
@given(cases(), st.integers(0, MANY), st.sampled_from((0.001, 2.0, 10.0)))
def test_bounds_stay_bounds_whatever_prices_were_tried_before(case, seed, more):
    (brute,) = brutes(case)
    rng = np.random.default_rng(seed)
    for _ in range(4):
        prices = case.prices + rng.integers(-10, 20, case.prices.shape)
        case.group.best(case.weights, prices, most_labels=5)
    limit = brute.least + more
    check_exact(case, case.group.best(case.weights, case.prices, below=limit, most_labels=MANY))


@slow
@given(cases(), st.integers(1, 3))
def test_what_few_labels_found_first_does_not_hide_the_cheapest(case, few):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "_FEW_LABELS", few)
        for _ in range(3):
            check_exact(case, case.group.best(case.weights, case.prices, most_labels=MANY))


@slow
@given(cases(n_workers=3), st.sampled_from((1, MANY)))
def test_workers_priced_together_or_one_by_one_get_their_own_cheapest(case, most_cells):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "_MOST_CELLS", most_cells)
        check_exact(case, case.group.best(case.weights, case.prices, most_labels=MANY))


@slow
@given(cases(), st.integers(1, 4))
def test_with_few_labels_the_bound_still_holds_and_what_is_found_is_legal(case, most):
    priced = case.group.best(case.weights, case.prices, n_best=most, most_labels=most)
    for at, brute in enumerate(brutes(case)):
        assert priced.least[at] <= brute.least + 1e-6
        for names, cost in found_of(case, priced, at):
            assert cost == pytest.approx(brute.cost[names])


@slow
@given(cases(), st.integers(0, 40), st.sampled_from((2, MANY)))
def test_only_patterns_below_the_limit_are_found_and_none_below_it_is_missed(case, more, most):
    (brute,) = brutes(case)
    limit = brute.least - 10 + more / 2 + 1e-3
    priced = case.group.best(case.weights, case.prices, below=limit, most_labels=most)
    assert all(cost < limit for _, cost in found_of(case, priced, 0))
    assert priced.least[0] <= min(limit, brute.least) + 1e-6
    if most == MANY:
        assert priced.least[0] == pytest.approx(min(limit, brute.least))
        assert len(priced.costs) == (brute.least < limit)


@slow
@given(cases())
def test_varied_patterns_are_all_legal_ones_each_once(case):
    priced = case.group.best(
        case.weights, case.prices, n_best=MANY, most_labels=MANY, is_varied=True
    )
    (brute,) = brutes(case)
    found = found_of(case, priced, 0)
    assert len(found) == len(dict(found))
    assert dict(found) == pytest.approx(brute.cost)
    assert [cost for _, cost in found] == sorted(cost for _, cost in found)


@slow
@given(cases(n_workers=2), st.integers(0, 20), st.sampled_from((3, MANY)))
def test_all_patterns_below_limits_are_found_unless_they_are_too_many(case, more, most):
    every = brutes(case)
    limits = np.array([brute.least + more for brute in every], float)
    priced = case.group.all_below(case.weights, case.prices, limits, most=most)
    assert priced is not None or most < MANY
    for at, each in enumerate(every) if priced is not None else ():
        wanted = {names: cost for names, cost in each.cost.items() if cost < limits[at]}
        assert dict(found_of(case, priced, at)) == pytest.approx(wanted)


@slow
@given(cases(), st.integers(0, MANY))
def test_fixed_days_keep_their_shifts(case, seed):
    (brute,) = brutes(case)
    rng = Random(seed)
    wanted = rng.choice(sorted(brute.cost))
    days = case.group.options.days
    fixed = np.full((1, len(days)), -1, np.int16)
    held: dict[int, tuple[str, ...]] = {}
    for number, day in enumerate(days):
        names = [tuple(s.id for s in option) for option in day.options]
        mine = max(range(len(names)), key=lambda o: (set(names[o]) <= set(wanted), len(names[o])))
        if rng.random() < 0.6:
            fixed[0, number] = mine
            held[number] = names[mine]
    every = {s.id: n for n, day in enumerate(days) for o in day.options for s in o}
    fitting = [
        cost
        for pattern, cost in brute.cost.items()
        if all(
            {s for s in pattern if every[s] == number} == set(names)
            for number, names in held.items()
        )
    ]
    priced = case.group.best(case.weights, case.prices, fixed=fixed, most_labels=MANY)
    assert priced.costs[0] == pytest.approx(min(fitting))


@cache
def two_weeks(seed: int) -> Case:
    """Return a case of two weeks with an account a week, on some days of each."""
    rng = Random(seed)
    n_days = 14
    spans = [
        Span(day * DAY + start, day * DAY + start + 540)
        for day, start in product((1, 2, 4, 5, 7, 8, 11, 12), (6 * 60, 15 * 60))
    ]
    shifts = tuple(
        Shift(
            id=f"s{span.start}",
            day=span.start // DAY,
            kind="early" if span.start % DAY < 720 else "late",
            parts=(span,),
            break_min=0,
            lead_in_min=0,
            lead_out_min=0,
            counted_min={"book": 480 + rng.randrange(0, 61, 60 if seed % 2 else 1)},
            tags=frozenset({"late"} if span.start % DAY > 720 else ()),
        )
        for span in spans
    )
    weeks = (Span(0, 7 * DAY), Span(7 * DAY, n_days * DAY))
    worker = Worker(
        id="w",
        rule_book="book",
        shifts=tuple(shift.id for shift in shifts),
        preferences=(
            Preference(level="wish", name="a", days=(2, 8), points=9, when_absent=True),
            Preference(level="wish", name="b", days=(4, 5), points=7),
            Preference(level="wish", name="c", days=(5, 12), points=5),
        ),
        hours=tuple(
            HoursTarget(level="hours", period=week, target_min=1500, step_min=30) for week in weeks
        ),
        fair_shares=(FairShare(level="fair", tag="late", share=1, points=4),),
    )
    rules = (
        ShiftsPerDay(most=1),
        ConsecutiveDays(most=2),
        RestInPeriod(name="weekly-rest", periods=weeks, rest_min=60 * 60),
        WorkingTime(periods=weeks, most_min=1700),
    )
    problem = replace(
        make_problem(),
        workers=(worker,),
        horizon=Span(0, n_days * DAY),
        days=tuple(Span(day * DAY, (day + 1) * DAY) for day in range(n_days)),
        shifts=shifts,
        rule_books=(RuleBook(id="book", rules=rules),),
    )
    case = priced_case(problem, rng)
    return case._replace(weights=dict.fromkeys(problem.levels, 1.0))


@pytest.mark.parametrize("seed", [0, 1, 4])
def test_two_weeks_with_an_account_each_are_priced_exactly(seed):
    case = two_weeks(seed)
    (brute,) = brutes(case)
    for limit in (np.inf, brute.least + 5, brute.least + 0.001):
        for most in (150, MANY):
            priced = case.group.best(
                case.weights, case.prices, below=limit, n_best=9, most_labels=most
            )
            check_exact(case, priced)


@pytest.mark.parametrize("seed", [11, 13, 15])
def test_who_is_away_for_long_does_not_make_the_bounds_of_others_coarser(monkeypatch, seed):
    monkeypatch.setattr(ahead, "_MOST_BINS", 32)
    case = two_weeks(seed)
    worker = replace(case.problem.workers[0], fair_shares=())
    two_days = tuple(s.id for s in case.problem.shifts if s.day < 4)
    away = replace(worker, id="away", shifts=two_days)
    problem = replace(case.problem, workers=(worker, away))
    alone, both = (Pricing(problem, mine) for mine in ([worker], [worker, away]))
    least = alone.best(case.weights, case.prices, most_labels=1).least
    prices = np.repeat(case.prices, 2, axis=0)
    assert both.best(case.weights, prices, most_labels=1).least[0] == pytest.approx(least[0])


def counted(seed: int, *rules: Rule) -> Case:
    """Return a case of two weeks with more rules, and prices at which all shifts are worth it."""
    case = two_weeks(seed)
    (book,) = case.problem.rule_books
    problem = replace(case.problem, rule_books=(replace(book, rules=(*book.rules, *rules)),))
    (worker,) = problem.workers
    problem = replace(problem, workers=(replace(worker, hours=(), fair_shares=()),))
    priced = priced_case(problem, Random(seed))
    return priced._replace(weights=case.weights, prices=np.abs(priced.prices) + 1)


def most_of(kind: str, most: int, *days: int) -> CountOfShifts:
    periods = tuple(Span(a * DAY, b * DAY) for a, b in pairwise(days))
    return CountOfShifts(periods=periods, kinds=frozenset({kind}), most=most)


@pytest.mark.parametrize("seed", range(6))
def test_bounds_hold_while_they_learn_what_counted_shifts_are_worth(seed):
    case = counted(seed, most_of("late", 2, 0, 14), most_of("early", 1, 0, 7, 14))
    (brute,) = brutes(case)
    for most in (1, 2, 3, 5, MANY):
        priced = case.group.best(case.weights, case.prices, most_labels=most)
        assert priced.least[0] <= brute.least + 1e-6
        for names, cost in found_of(case, priced, 0):
            assert cost == pytest.approx(brute.cost[names])
    check_exact(case, priced)


def test_few_labels_prove_the_best_once_counted_shifts_have_their_fee():
    n_proved = 0
    for seed in range(8):
        case = counted(seed, most_of("late", 1, 0, 14))
        for _ in range(30):
            priced = case.group.best(case.weights, case.prices, most_labels=2)
        n_proved += priced.least[0] == pytest.approx(brutes(case)[0].least)
    assert n_proved >= 6  # 3 without fees


def test_a_kind_that_may_not_be_worked_at_all_is_not_offered():
    case = counted(0, most_of("late", 0, 0, 14))
    assert {shift.kind for shift in case.group.options.shifts} == {"early"}
    check_exact(case, case.group.best(case.weights, case.prices, most_labels=MANY))


def test_nobody_asked_for_means_nothing_found():
    case = two_weeks(0)
    nobody = np.zeros(len(case.group.workers), bool)
    assert not len(case.group.best(case.weights, case.prices, only=nobody).workers)
