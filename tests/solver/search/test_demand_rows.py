"""Presence in a linear model: what breaks take from it, against days that are really placed."""

import itertools
import random
from dataclasses import replace

import pytest

from solver.checks import rule_costs
from solver.data.problem import Demand, Problem, Shift, Worker
from solver.data.rules import ContinuousWork
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.search.choice import Chooser
from solver.search.days import Days
from solver.search.legality import break_starts
from solver.search.limits import Budget
from solver.search.patterns import Patterns
from solver.search.relaxation import Relaxation
from solver.search.supply import QUARTER, Padding
from solver.search.value import n_lacking, value_of
from tests.solver.small import FIRST, HORIZON, HOUR, make_problem
from tests.solver.steps import n_calls

RULES = (ContinuousWork(most_min=75),)


def drawn(seed: int, n_workers: int) -> Problem:
    """Draw workers who each have one shift, of odd minutes, and presence wanted by hours."""
    rng = random.Random(seed)
    starts = [8 * HOUR + 5 * rng.randrange(0, 6) for _ in range(n_workers)]
    shifts = tuple(
        Shift(
            id=f"s{n}",
            day=FIRST,
            kind=f"s{n}",
            parts=(Span(start, start + 2 * HOUR + 5 * rng.randrange(2, 6)),),
            break_min=rng.choice([15, 20, 25, 30, 33]),
            counted_min={"book": 120},
        )
        for n, start in enumerate(starts)
    )
    demands = tuple(
        Demand(
            id=f"at{hour}",
            span=Span(hour * HOUR, (hour + 1) * HOUR),
            skills=frozenset(),
            levels=((rng.randrange(1, n_workers + 1), "cover", 1 + rng.randrange(3)),),
        )
        for hour in range(8, 11)
    )
    workers = tuple(
        Worker(id=f"w{n}", rule_book="book", shifts=(f"s{n}",)) for n in range(n_workers)
    )
    return replace(make_problem(rules=RULES, demands=demands), shifts=shifts, workers=workers)


def counted(problem: Problem, *, as_placed: bool) -> int:
    """Return what presence costs by count when everybody works."""
    patterns = Patterns(problem)
    relaxation = Relaxation(problem, patterns, as_placed=as_placed)
    chooser = Chooser(relaxation, patterns, {}, budget())
    choice = chooser.begin(everybody(problem), most=5.0, seed=1)
    assert choice is not None
    return sum(choice.points)


def budget() -> Budget:
    return Budget(60.0, None, is_repeatable=True, should_stop=lambda: False)


def everybody(problem: Problem) -> dict[str, tuple[str, ...]]:
    return {worker.id: worker.shifts for worker in problem.workers}


def least(problem: Problem) -> int:
    """Return the least that presence costs, by trying all minutes at which breaks may begin."""
    patterns = Patterns(problem)
    places = [
        [Span(at, at + shift.break_min) for at in break_starts(shift, RULES, 1)]
        for shift in problem.shifts
    ]
    return min(
        sum(
            value_of(
                problem,
                patterns,
                everybody(problem),
                [
                    WorkedShift(worker=f"w{n}", shift=f"s{n}", breaks=(pause,))
                    for n, pause in enumerate(pauses)
                ],
                [],
            ).values()
        )
        for pauses in itertools.product(*places)
    )


@pytest.mark.parametrize("seed", range(12))
def test_presence_costs_by_count_what_it_costs_when_breaks_are_placed(seed):
    problem = drawn(seed, 3)
    shifts, tasks = Days(problem, budget(), 1).place(everybody(problem))
    placed = value_of(problem, Patterns(problem), everybody(problem), shifts, tasks)
    assert counted(problem, as_placed=True) == sum(placed.values())


@pytest.mark.parametrize("seed", range(6))
def test_no_minutes_of_breaks_cost_less_than_the_bound_counts(seed):
    problem = drawn(seed, 2)
    assert counted(problem, as_placed=False) <= least(problem)


def test_workers_are_counted_by_rule_book_only_where_they_may_have_a_break():
    problem = drawn(1, 2)
    with_break, without = problem.shifts
    books = (problem.rule_books[0], replace(problem.rule_books[0], id="other"))
    counted_min = dict.fromkeys(("book", "other"), 120)
    problem = replace(
        problem,
        rule_books=books,
        shifts=(
            replace(with_break, counted_min=counted_min),
            replace(without, break_min=0, parts=(Span(480, 540),), counted_min=counted_min),
        ),
        workers=tuple(
            replace(worker, rule_book=book.id, shifts=(with_break.id, without.id))
            for worker, book in zip(problem.workers, books, strict=True)
        ),
    )
    names = Relaxation(problem, Patterns(problem)).names
    assert {name[-1] for name in names if name[0] == "book"} == {with_break.id}


def test_heads_that_lack_for_two_reasons_of_a_level_lack_once() -> None:
    wanted = Demand(
        id="d", span=Span(0, 60), skills=frozenset(), levels=((2, "cover", 10), (4, "cover", 5))
    )
    problem = replace(drawn(1, 3), demands=(wanted,), tasks=())
    assert n_lacking(problem, (), ()) == 4


def test_years_of_presence_wanted_take_no_more_steps_than_days() -> None:
    def looked_at(until: int) -> None:
        """Count, place, price and check what is wanted until some minute, breaks included."""
        wanted = Demand(
            id="d", span=Span(8, until), skills=frozenset(), levels=((3, "cover", 1),),
            most=((1, "wish", 1),),
        )  # fmt: skip
        problem = replace(drawn(1, 3), demands=(wanted,))
        patterns = Patterns(problem)
        padding = Padding(demands={("d", 8 + 40 * QUARTER): 1})
        Relaxation(problem, patterns, padding, as_placed=True)
        shifts, tasks = Days(problem, budget(), 1).place(everybody(problem))
        value_of(problem, patterns, everybody(problem), shifts, tasks)
        n_lacking(problem, shifts, tasks)
        rule_costs(problem, Solution(shifts=tuple(shifts), tasks=tuple(tasks), levels=()))

    looked_at(HORIZON.end)  # what is done once only is done
    few, many = (n_calls(lambda until=until: looked_at(until)) for until in (HORIZON.end, 10**7))
    assert many <= 1.01 * few
