"""The whole search on small weeks: complete, proved, checked, stopped, repeated, robust."""

import itertools
import random
from dataclasses import replace

import pytest

from solver.checks import level_values, violations
from solver.data.pairings import Apart, Together
from solver.data.problem import (
    Demand,
    Fact,
    HoursTarget,
    Lock,
    Problem,
    Shift,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import ContinuousWork, RuleBook, ShiftsPerDay
from solver.data.solution import Progress, Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search.days import Days, Effort
from solver.search.limits import Budget
from solver.search.patterns import Patterns
from solver.search.value import value_of
from tests.solver.weeks import DAY, fact_of, small_week

BOOK = RuleBook(id="b", rules=(ShiftsPerDay(most=1), ContinuousWork(most_min=300)))


def shift(day: int, start: int, end: int) -> Shift:
    span = Span(day * DAY + start * 60, day * DAY + end * 60)
    name = f"{day}-{start}"
    return Shift(id=name, day=day, kind="k", parts=(span,), counted_min={"b": span.length})


def task(name: str, day: int, start: int, minutes: int = 60, **more: object) -> Task:
    at = day * DAY + start * 60
    given = {"place": name, "earliest_start": at, "latest_start": at, "level": "cover"}
    return Task(id=name, duration_min=minutes, missing_points=1, **{**given, **more})


def tiny(**more: object) -> Problem:
    shifts = tuple(shift(day, at, at + 4) for day in range(2) for at in (8, 12))
    names = tuple(each.id for each in shifts)
    hours = (HoursTarget(level="hours", period=Span(0, 2 * DAY), target_min=240),)
    given: dict[str, object] = {
        "horizon": Span(0, 2 * DAY),
        "days": (Span(0, DAY), Span(DAY, 2 * DAY)),
        "levels": ("cover", "hours", "travel"),
        "rule_books": (BOOK,),
        "shifts": shifts,
        "workers": tuple(
            Worker(id=name, rule_book="b", shifts=names, hours=hours) for name in ("a", "b")
        ),
        "travel_level": "travel",
        "travel_points": 1,
    }
    return Problem(**{**given, **more})


def quick(problem: Problem, **more: object) -> Solution:
    return solve(problem, **{"repeatable": True, "work_limit": 0.4, "n_workers": 1, **more})


def values(solution: Solution) -> dict[str, int]:
    return {each.level: each.value for each in solution.levels}


def broken(problem: Problem, solution: Solution) -> list[object]:
    return [each for each in violations(problem, solution) if not each.is_fact]


@pytest.mark.parametrize("seed", range(3))
def test_small_week_keeps_all_rules_and_bounds_and_its_value_is_what_the_checks_say(seed):
    problem = small_week(seed)
    solution = quick(problem)
    assert not broken(problem, solution)
    assert values(solution) == dict(level_values(problem, solution))
    assert all(each.bound is None or 0 <= each.bound <= each.value for each in solution.levels)


@pytest.mark.parametrize("seed", range(6))
def test_tiny_problem_is_solved_to_its_optimum(seed):
    rng = random.Random(seed)
    tasks = tuple(
        task(f"t{n}", rng.randrange(2), rng.randrange(8, 15), heads=rng.choice((1, 1, 2)))
        for n in range(5)
    )
    travel = {"": {(x.id, y.id): rng.randrange(0, 90) for x in tasks for y in tasks}}
    problem = tiny(tasks=tasks, travel=travel)
    solution = quick(problem)
    patterns = Patterns(problem)
    days = Days(problem, Budget(60, None, is_repeatable=True, should_stop=lambda: False), 0)
    options = [
        {
            found.pattern
            for found in patterns.near(
                patterns.simplest, (0, 1), {}, patterns.prices(), n_best=10**6
            )
            if found.worker == worker.id
        }
        for worker in problem.workers
    ]
    best = None
    for combination in itertools.product(*options):
        chosen = dict(zip(patterns.simplest, combination, strict=True))
        found = value_of(problem, patterns, chosen, *days.place(chosen))
        rank = (found["cover"], found["hours"])
        best = rank if best is None else min(best, rank)
    got = values(solution)
    assert (got["cover"], got["hours"]) == best
    bounds = {each.level: each.bound for each in solution.levels}
    assert bounds["cover"] is not None
    assert bounds["cover"] <= got["cover"]


def test_travel_keeps_one_worker_from_two_places():
    tasks = (task("x", 0, 9), task("y", 0, 10))
    worker = replace(tiny().workers[0], hours=())
    near = tiny(workers=(worker,), tasks=tasks)
    far = tiny(workers=(worker,), tasks=tasks, travel={"": {("x", "y"): 5, ("y", "x"): 5}})
    assert values(quick(near))["cover"] == 0
    assert values(quick(far))["cover"] == 1


def test_nobody_can_reach_a_task_outside_every_shift():
    problem = tiny(tasks=(task("late", 0, 20),))
    solution = quick(problem)
    (gap,) = solution.gaps
    assert (gap.reason, gap.proof, gap.missing) == ("supply", "nobody", 1)
    assert [(each.code, each.workers) for each in gap.blockers] == [("no-shift", ("a", "b"))]


def test_blocked_worker_is_named_as_blocked():
    workers = tuple(replace(w, blocked=(Span(0, DAY),)) for w in tiny().workers)
    solution = quick(tiny(workers=workers, tasks=(task("x", 0, 9),)))
    (gap,) = solution.gaps
    assert (gap.reason, gap.proof) == ("supply", "nobody")
    assert [each.code for each in gap.blockers] == ["blocked"]


def test_more_tasks_at_once_than_workers_is_proved_by_the_bound():
    tasks = tuple(task(f"t{n}", 0, 9) for n in range(3))
    solution = quick(tiny(tasks=tasks))
    assert [(gap.missing, gap.proof) for gap in solution.gaps] == [(1, "bound")]


def test_task_longer_than_any_shift_is_a_gap():
    (gap,) = quick(tiny(tasks=(task("long", 0, 8, 600),))).gaps
    assert gap.proof == "nobody"


def test_empty_problems_have_an_empty_roster():
    assert quick(tiny(workers=())).shifts == ()
    assert quick(tiny(workers=(), tasks=(task("x", 0, 9),))).gaps[0].proof == "nobody"
    assert quick(tiny(shifts=(), workers=())).tasks == ()


def test_duties_only_places_tasks_in_given_shifts():
    given = shift(0, 8, 12)
    worker = Worker(id="a", rule_book="b", facts=(fact_of(given, "a", "b"),))
    solution = quick(tiny(workers=(worker,), tasks=(task("x", 0, 9), task("y", 1, 9))))
    assert [(each.task, each.worker) for each in solution.tasks] == [("x", "a")]
    (gap,) = solution.gaps
    assert [(b.code, b.workers) for b in gap.blockers] == [("off", ("a",))]


def test_locks_are_kept_even_when_they_contradict_each_other():
    tasks = (
        task("x", 0, 9, locks=(Lock(worker="a", start=540),)),
        task("y", 0, 9, locks=(Lock(worker="a", start=540),)),
    )
    placed = {(each.task, each.worker) for each in quick(tiny(tasks=tasks)).tasks}
    assert placed == {("x", "a"), ("y", "a")}


def test_planned_shift_covers_what_is_locked_to_its_worker():
    locked = task("x", 1, 13, locks=(Lock(worker="b", start=DAY + 13 * 60),))
    solution = quick(tiny(tasks=(locked,)))
    assert ("b", "1-12") in {(each.worker, each.shift) for each in solution.shifts}


def test_crew_has_the_same_break_and_tasks():
    given = Shift(
        id="s", day=0, kind="k", parts=(Span(480, 960),), break_min=30, counted_min={"b": 450}
    )
    workers = tuple(
        Worker(id=name, rule_book="b", team="t", is_lead=True, facts=(fact_of(given, name, "b"),))
        for name in ("a", "b")
    )
    crew_task = task("x", 0, 9, heads=2, is_crew=True)
    solution = quick(tiny(shifts=(given,), workers=workers, tasks=(crew_task,)))
    one, two = solution.shifts
    assert one.crew == two.crew is not None
    assert one.breaks == two.breaks
    assert {each.worker for each in solution.tasks} == {"a", "b"}


@pytest.mark.parametrize("effort", [Effort.QUICK, Effort.FULL])
def test_crew_parts_for_a_task_that_only_one_of_the_two_can_do(effort):
    given = Shift(id="s", day=0, kind="k", parts=(Span(480, 960),), counted_min={"b": 480})
    skills = {"a": frozenset({"patrol", "talk"}), "b": frozenset({"patrol"})}
    workers = tuple(
        Worker(id=name, rule_book="b", team="t", skills=mine, facts=(fact_of(given, name, "b"),))
        for name, mine in skills.items()
    )
    talk = task("x", 0, 9, skills=frozenset({"talk"}), heads=1)
    visit = task("y", 0, 20, skills=frozenset({"patrol"}), heads=2, is_crew=True)
    made = tiny(shifts=(given,), workers=workers, tasks=(talk, visit))
    budget = Budget(60.0, None, is_repeatable=True, should_stop=lambda: False)
    _, tasks = Days(made, budget, 1).place({}, effort)
    assert [(placed.task, placed.worker) for placed in tasks] == [("x", "a")]


def test_crew_does_what_needs_one_head_as_a_whole_beside_its_crew_tasks():
    given = Shift(id="s", day=0, kind="k", parts=(Span(480, 960),), counted_min={"b": 480})
    workers = tuple(
        Worker(id=name, rule_book="b", team="t", facts=(fact_of(given, name, "b"),))
        for name in ("a", "b")
    )
    tasks = (task("x", 0, 9), task("y", 0, 10, heads=2, is_crew=True))
    made = tiny(shifts=(given,), workers=workers, tasks=tasks)
    budget = Budget(60.0, None, is_repeatable=True, should_stop=lambda: False)
    shifts, placed = Days(made, budget, 1).place({}, Effort.FULL)
    assert {(each.task, each.worker) for each in placed} == set(itertools.product("xy", "ab"))
    roster = Solution(shifts=tuple(shifts), tasks=tuple(placed), levels=())
    assert level_values(made, roster)["cover"] == 0
    assert not broken(made, roster)


def test_heads_that_lack_are_those_of_tasks_and_the_most_at_once_of_a_demand():
    given = Shift(id="s", day=0, kind="k", parts=(Span(480, 720),), counted_min={"b": 240})
    workers = (Worker(id="a", rule_book="b", facts=(fact_of(given, "a", "b"),)),)
    levels = ((3, "cover", 1), (9, "hours", 1))
    demand = Demand(id="d", span=Span(420, 780), skills=frozenset(), levels=levels)
    apart = Demand(id="e", span=Span(420, 780), skills=frozenset(), levels=((1, "cover", 1),))
    tasks = (task("x", 0, 9, heads=2), task("y", 0, 10))
    made = tiny(shifts=(given,), workers=workers, tasks=tasks, demands=(demand, apart))
    told: list[Progress] = []
    solve(made, seconds=5, repeatable=True, on_progress=told.append)
    of_tasks, of_one_row, of_two_rows = 1, 3, 1 + 1
    assert told[-1].n_gaps == of_tasks + of_one_row + of_two_rows


def test_breaks_are_placed_where_nobody_is_short():
    given = Shift(
        id="s", day=0, kind="k", parts=(Span(480, 960),), break_min=30, counted_min={"b": 450}
    )
    workers = tuple(
        Worker(id=name, rule_book="b", facts=(fact_of(given, name, "b"),)) for name in ("a", "b")
    )
    demand = Demand(id="d", span=Span(480, 960), skills=frozenset(), levels=((1, "cover", 1),))
    solution = quick(tiny(shifts=(given,), workers=workers, demands=(demand,)))
    assert values(solution)["cover"] == 0


def test_planned_workers_of_a_team_begin_with_a_lead():
    base = tiny().workers
    demand = Demand(id="d", span=Span(480, 720), skills=frozenset(), levels=((2, "cover", 1),))
    follower, lead = replace(base[0], team="t"), replace(base[1], team="t", is_lead=True)
    led = quick(tiny(workers=(follower, lead), demands=(demand,)))
    assert values(led)["cover"] == 0
    alone = quick(tiny(workers=(follower,), demands=(demand,)))
    assert alone.shifts == ()


def test_those_whose_rest_may_be_short_to_a_different_degree_are_priced_each_by_its_own():
    late, early = shift(0, 18, 22), shift(1, 6, 10)
    often = ShortRest(level="cover", below_min=60, points=1)
    seldom = ShortRest(level="cover", below_min=660, points=1)
    names = (late.id, early.id)
    workers = (
        Worker(id="a", rule_book="b", shifts=names, short_rest=often),
        Worker(id="b", rule_book="b", shifts=names, short_rest=seldom),
    )
    patterns = Patterns(tiny(shifts=(late, early), workers=workers))
    prices = [table + 10.0 for table in patterns.prices()]
    found = {each.worker: each for each in patterns.cheapest({"cover": 1.0}, prices).found}
    assert {name: (each.pattern, each.cost) for name, each in found.items()} == {
        "a": (names, -20.0),
        "b": (names, -19.0),
    }


def test_who_is_more_than_enough_may_have_the_break_then_whatever_quarters_others_count():
    given = Shift(
        id="s", day=0, kind="k", parts=(Span(480, 720),), break_min=30, counted_min={"b": 210}
    )
    worker = Worker(id="a", rule_book="b", facts=(fact_of(given, "a", "b"),))
    aside = Demand(id="d", span=Span(487, 517), skills=frozenset(), levels=((0, "cover", 1),))
    full = Demand(
        id="e", span=Span(705, 735), skills=frozenset(), levels=(), most=((0, "cover", 1),)
    )
    made = tiny(shifts=(given,), workers=(worker,), demands=(aside, full))
    bound = next(each.bound for each in quick(made).levels if each.level == "cover")
    rested = WorkedShift(worker="a", shift="s", breaks=(Span(690, 720),))
    best = Solution(shifts=(rested,), tasks=(), levels=())
    assert not broken(made, best)
    assert (bound or 0) <= level_values(made, best)["cover"]


@pytest.mark.parametrize("second", [(8, 12), (9, 11)])
def test_way_between_tasks_is_counted_once_where_given_shifts_lie_over_each_other(second):
    shifts = (shift(0, 8, 12), replace(shift(0, *second), id="other"))
    facts = tuple(fact_of(each, "a", "b") for each in shifts)
    made = tiny(
        shifts=shifts,
        workers=(Worker(id="a", rule_book="b", facts=facts),),
        tasks=(task("x", 0, 9, 20), task("y", 0, 10, 20)),
        travel={"": {("x", "y"): 20, ("y", "x"): 20}},
    )
    roster = quick(made)
    assert values(roster) == level_values(made, roster)
    assert values(roster)["travel"] == 20


@pytest.mark.parametrize("rule", ["apart", "together"])
def test_who_is_beside_whom_is_counted_once_where_a_shift_is_given_twice(rule):
    given = shift(0, 8, 12)
    twice = tuple(replace(fact_of(given, "a", "b"), id=name) for name in "12")
    workers = (
        Worker(id="a", rule_book="b", facts=twice),
        Worker(id="b", rule_book="b", facts=(fact_of(given, "b", "b"),) * (rule == "apart")),
    )
    pairing = {
        "apart": Apart(workers=("a", "b"), level="cover", points=3),
        "together": Together(worker="a", others=("b",), level="cover", points=3),
    }[rule]
    made = tiny(shifts=(given,), workers=workers, pairings=(pairing,))
    roster = quick(made)
    assert values(roster)["cover"] == level_values(made, roster)["cover"] == 3


def test_same_seed_and_work_give_the_same_roster():
    problem = small_week(3)
    one, two = (quick(problem, n_workers=2, work_limit=0.3) for _ in range(2))
    assert one == two


def test_stop_returns_the_best_so_far_with_all_facts():
    problem = small_week(2)
    solution = solve(problem, seconds=60, should_stop=lambda: True)
    given = {(w.id, f.shift) for w in problem.workers for f in w.facts if f.shift}
    assert {(each.worker, each.shift) for each in solution.shifts} >= given


def test_each_improvement_is_complete_and_better_than_the_one_before():
    problem, seen = small_week(5), []
    final = quick(problem, on_improvement=seen.append)
    ranks = [tuple(values(each).values()) for each in [*seen, final]]
    assert seen
    assert ranks == sorted(ranks, reverse=True)
    assert not broken(problem, seen[0])


def test_fact_that_no_rule_allows_is_kept():
    long = Shift(
        id="s", day=0, kind="k", parts=(Span(0, 1200),), break_min=30, counted_min={"b": 1170}
    )
    fact = Fact(id="f", day=0, parts=long.parts, counted_min=1170, shift="s")
    solution = quick(tiny(shifts=(long,), workers=(Worker(id="a", rule_book="b", facts=(fact,)),)))
    assert len(solution.shifts[0].breaks) == 1
