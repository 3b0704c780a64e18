"""Who works with whom: hard rules are kept, soft ones are worth what they cost, bounds hold."""

import itertools
import random
from collections import Counter
from dataclasses import replace

import pytest

from solver.checks import level_values, violations
from solver.data.pairings import Apart, Pairing, Together
from solver.data.problem import Demand, HoursTarget, Problem, Shift, Task, Worker
from solver.data.rules import RestBetween, RuleBook, ShiftsPerDay
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search.joint import has_fixed_tasks
from solver.search.patterns import Patterns
from solver.search.rolling import is_long
from solver.search.value import value_of
from tests.solver.weeks import DAY, hourly_shift

KINDS = {"early": (6, 14), "late": (13, 21), "night": (21, 31)}
BOOK = RuleBook(id="b", rules=(ShiftsPerDay(most=1), RestBetween(rest_min=9 * 60)))
NAMES = ("a", "b", "c")


def shift(kind: str, day: int) -> Shift:
    return hourly_shift(kind, day, KINDS[kind], "b")


def demand(day: int, kind: str, heads: int) -> Demand:
    """Return heads wanted in the middle of a shift, none of any other."""
    middle = sum(shift(kind, day).span) // 2
    return Demand(
        id=f"{kind}{day}",
        span=Span(middle, middle + 15),
        skills=frozenset(),
        levels=((heads, "cover", 3),),
    )


def made(n_days: int, *pairings: Pairing, demands: tuple[Demand, ...] = ()) -> Problem:
    horizon = Span(0, n_days * DAY)
    shifts = tuple(shift(kind, day) for day in range(n_days) for kind in KINDS)
    hours = (HoursTarget(level="hours", period=horizon, target_min=480 * n_days, step_min=480),)
    return Problem(
        horizon=horizon,
        days=tuple(Span(day * DAY, (day + 1) * DAY) for day in range(n_days + 1)),
        levels=("cover", "pairs", "hours"),
        rule_books=(BOOK,),
        shifts=shifts,
        workers=tuple(
            Worker(id=name, rule_book="b", shifts=tuple(s.id for s in shifts), hours=hours)
            for name in NAMES
        ),
        demands=demands,
        pairings=pairings,
    )


def solved(problem: Problem) -> Solution:
    """Return a roster that breaks nothing and costs what it says, with bounds that hold."""
    solution = solve(problem, work_limit=0.4, repeatable=True, n_workers=1)
    assert [found for found in violations(problem, solution) if not found.is_fact] == []
    assert {each.level: each.value for each in solution.levels} == level_values(problem, solution)
    assert all(each.bound is None or each.bound <= each.value for each in solution.levels)
    return solution


def cost(solution: Solution, level: str) -> int:
    return next(each.value for each in solution.levels if each.level == level)


def best(problem: Problem) -> tuple[int, ...]:
    """Return the points of the best of all rosters."""
    patterns = Patterns(problem)
    options: dict[str, set[tuple[str, ...]]] = {name: set() for name in NAMES}
    days = range(len(problem.days))
    for found in patterns.near(patterns.simplest, days, {}, patterns.prices(), n_best=10**6):
        options[found.worker].add(found.pattern)
    ranks = []
    for combination in itertools.product(*(sorted(options[name]) for name in NAMES)):
        chosen = dict(zip(NAMES, combination, strict=True))
        roster = rostered(chosen)
        if not violations(problem, roster):
            ranks.append(tuple(level_values(problem, roster).values()))
            found_values = value_of(problem, patterns, chosen, roster.shifts, ())
            assert tuple(found_values.values()) == ranks[-1]
    return min(ranks)


def rostered(chosen: dict[str, tuple[str, ...]]) -> Solution:
    shifts = [WorkedShift(worker=name, shift=s) for name, mine in chosen.items() for s in mine]
    return Solution(shifts=tuple(shifts), tasks=(), levels=())


def drawn(seed: int) -> Problem:
    rng = random.Random(seed)
    pairings: list[Pairing] = []
    for _ in range(2):
        names = rng.sample(NAMES, rng.choice((2, 3)))
        level = rng.choice((None, "pairs", "cover"))
        by_day, points = rng.random() < 0.5, rng.randrange(1, 4)
        span = rng.choice((None, Span(0, DAY)))
        if rng.random() < 0.5:
            pairings.append(
                Apart(workers=tuple(names), is_by_day=by_day, span=span, level=level, points=points)
            )
        else:
            pairings.append(
                Together(
                    worker=names[0],
                    others=tuple(names[1:]),
                    is_by_day=by_day,
                    span=span,
                    level=level,
                    points=points,
                )
            )
    demands = [demand(day, kind, rng.randrange(3)) for day in range(2) for kind in KINDS]
    return made(2, *pairings, demands=tuple(demands))


@pytest.mark.parametrize("seed", range(16))
def test_roster_is_the_best_of_all(seed: int) -> None:
    problem = drawn(seed)
    solution = solved(problem)
    assert tuple(each.value for each in solution.levels) == best(problem)


def test_who_is_kept_apart_does_not_work_at_the_same_time_though_many_are_wanted() -> None:
    wanted = (demand(0, "early", 3),)
    assert cost(solved(made(1, demands=wanted)), "cover") == 0
    assert cost(solved(made(1, Apart(workers=("a", "b")), demands=wanted)), "cover") == 3
    assert cost(solved(made(1, Apart(workers=NAMES), demands=wanted)), "cover") == 6
    dear = Apart(workers=NAMES, level="cover", points=2)
    assert cost(solved(made(1, dear, demands=wanted)), "cover") == 5  # two of them, once a pair
    soft = Apart(workers=NAMES, level="pairs", points=2)
    assert cost(solved(made(1, soft, demands=wanted)), "pairs") == 6


def test_who_is_kept_apart_by_day_works_on_other_days() -> None:
    wanted = (demand(0, "early", 1), demand(0, "night", 1), demand(1, "late", 1))
    problem = made(2, Apart(workers=NAMES, is_by_day=True), demands=wanted)
    assert cost(solved(problem), "cover") == 3
    first = Apart(workers=NAMES, is_by_day=True, span=Span(DAY, 2 * DAY))
    assert cost(solved(replace(problem, pairings=(first,))), "cover") == 0


def test_trainee_works_what_a_mentor_works_and_nothing_else() -> None:
    problem = made(2, Together(worker="a", others=("b", "c")), demands=(demand(0, "early", 3),))
    away = tuple(
        replace(worker, shifts=("early0", "late1") if worker.id == "b" else ())
        if worker.id != "a"
        else worker
        for worker in problem.workers
    )
    solution = solved(replace(problem, workers=away))
    assert {w.shift for w in solution.shifts if w.worker == "a"} == {"early0", "late1"}


@pytest.mark.parametrize("seed", range(3))
def test_long_horizon_keeps_hard_pairings_from_week_to_week(seed: int) -> None:
    rng = random.Random(seed)
    demands = tuple(demand(day, rng.choice(sorted(KINDS)), 2) for day in range(14))
    pairings = (
        Apart(workers=("a", "b")),
        Together(worker="c", others=("a", "b")),
        Apart(workers=("a", "c"), is_by_day=True, level="pairs"),
    )
    problem = made(14, *pairings, demands=demands)
    assert is_long(problem)
    solved(problem)


def test_pairings_hold_where_shifts_and_tasks_are_chosen_together() -> None:
    rng = random.Random(1)
    tasks = tuple(
        Task(
            id=f"t{n}",
            place=None,
            earliest_start=(at := rng.randrange(2) * DAY + rng.randrange(7, 20) * 60),
            latest_start=at,
            duration_min=60,
            level="cover",
            missing_points=1,
        )
        for n in range(9)
    )
    for level in (None, "pairs"):
        pairings = (
            Apart(workers=("a", "b"), level=level),
            Together(worker="c", others=("b",), is_by_day=True, level=level),
        )
        problem = replace(made(2, *pairings), tasks=tasks)
        assert has_fixed_tasks(problem)
        solution = solved(problem)
        days = Counter((w.worker, problem.shift_by_id[w.shift].day) for w in solution.shifts)
        assert level is not None or all(days["b", day] for name, day in days if name == "c")
