"""The bound from whole days and leads: never above the optimum, and better than the linear one."""

import itertools
import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from solver.data.pairings import Apart, Pairing, Together
from solver.data.problem import Demand, HoursTarget, Preference, Problem, Shift, Task, Worker
from solver.data.rules import RestBetween, RuleBook, ShiftsPerDay
from solver.data.spans import Span
from solver.search.day_blocks import DayBlock
from solver.search.days import Days, Effort
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.patterns import Offers, Pattern, Patterns
from solver.search.relaxation import Relaxation
from solver.search.tightening import Tightening
from solver.search.value import Values, value_of

DAY = 24 * 60
BOOK = RuleBook(id="b", rules=(ShiftsPerDay(most=1), RestBetween(rest_min=8 * 60)))
KINDS = {"early": (6, 15), "late": (15, 23), "night": (22, 31)}
DAYS = 2


def shift(kind: str, day: int) -> Shift:
    start, end = KINDS[kind]
    span = Span(day * DAY + start * 60, day * DAY + end * 60)
    return Shift(
        id=f"{kind}{day}",
        day=day,
        kind=kind,
        parts=(span,),
        break_min=30,
        counted_min={"b": span.length - 30},
    )


SHIFTS = tuple(shift(kind, day) for day in range(DAYS) for kind in KINDS)


def worker(name: str, *, is_lead: bool = False, **more: object) -> Worker:
    given: dict[str, object] = {
        "rule_book": "b",
        "shifts": tuple(each.id for each in SHIFTS),
        "team": "team",
        "hours": (
            HoursTarget(level="hours", period=Span(0, DAYS * DAY), target_min=510, step_min=60),
        ),
    }
    return Worker(id=name, is_lead=is_lead, **{**given, **more})


def task(name: str, start_h: int, *, heads: int = 1, is_crew: bool = False) -> Task:
    return Task(
        id=name,
        place=None,
        earliest_start=start_h * 60,
        latest_start=start_h * 60,
        duration_min=60,
        heads=heads,
        is_crew=is_crew,
        level="cover",
        missing_points=3,
    )


def demand(name: str, start_h: int, end_h: int, heads: int) -> Demand:
    return Demand(
        id=name,
        span=Span(start_h * 60, end_h * 60),
        skills=frozenset(),
        levels=((heads, "cover", 1),),
    )


def made(*workers: Worker, **more: object) -> Problem:
    given: dict[str, object] = {
        "horizon": Span(0, DAYS * DAY),
        "days": tuple(Span(day * DAY, (day + 1) * DAY) for day in range(DAYS + 1)),
        "levels": ("cover", "hours"),
        "rule_books": (BOOK,),
        "shifts": SHIFTS,
    }
    return Problem(workers=workers, **{**given, **more})


def drawn(seed: int) -> Problem:
    """Draw a lead and two others with wishes; a few tasks and demands, some over midnight."""
    rng = random.Random(seed)
    workers = [
        worker(
            name,
            is_lead=name == "a",
            team=rng.choice(("team", "team", None)),
            preferences=(
                Preference(
                    level=rng.choice(("hours", "cover")),
                    name="wish",
                    days=(rng.randrange(DAYS),),
                    points=rng.randrange(1, 4),
                    kinds=frozenset({rng.choice(sorted(KINDS))}),
                    when_absent=rng.random() < 0.5,
                ),
            ),
        )
        for name in "abc"
    ]
    starts = [rng.randrange(7, 46) for _ in range(4)]
    tasks = tuple(
        task(f"t{n}", start, heads=2, is_crew=True)
        if rng.random() < 0.4
        else task(f"t{n}", start, heads=rng.choice((1, 1, 2)))
        for n, start in enumerate(starts)
    )
    demands = tuple(
        demand(f"d{n}", start, start + rng.randrange(2, 9), rng.randrange(1, 3))
        for n, start in enumerate(rng.randrange(6, 46) for _ in range(2))
    )
    pairings: tuple[Pairing, ...] = (
        Apart(workers=("b", "c"), level=rng.choice((None, "cover", "hours")), points=2),
        Together(worker="a", others=("c",), is_by_day=True, level=rng.choice((None, "cover"))),
    )
    return made(*workers, tasks=tasks, demands=demands, pairings=pairings[: seed % 3])


def rosters(problem: Problem, patterns: Patterns) -> Iterator[dict[str, Pattern]]:
    """Yield every choice of legal patterns that leaves none without a lead or breaks a pairing."""
    options: dict[str, set[Pattern]] = {each.id: set() for each in problem.workers}
    everything = patterns.near(patterns.simplest, range(DAYS), {}, patterns.prices(), n_best=10**6)
    for found in everything:
        options[found.worker].add(found.pattern)
    for combination in itertools.product(*(sorted(mine) for mine in options.values())):
        chosen = dict(zip(options, combination, strict=True))
        led = {name for w in problem.workers if w.is_lead and w.team for name in chosen[w.id]}
        if patterns.ties.faults(chosen):
            continue
        if all(led.issuperset(chosen[w.id]) for w in problem.workers if w.team and not w.is_lead):
            yield chosen


def costs_of_all(problem: Problem) -> list[Values]:
    """Return what every roster costs by level, its days placed."""
    patterns = Patterns(problem)
    days = Days(problem, quick_budget(), 0)
    return [
        value_of(problem, patterns, chosen, *days.place(chosen, Effort.QUICK))
        for chosen in rosters(problem, patterns)
    ]


def quick_budget() -> Budget:
    return Budget(60.0, None, is_repeatable=False, should_stop=lambda: False)


def master_of(problem: Problem, patterns: Patterns) -> Master:
    """Return a linear master with patterns with which limits can be kept."""
    master = Master(Relaxation(problem, patterns, with_teams=False), patterns)
    for chosen in rosters(problem, patterns):
        for name, pattern in chosen.items():
            master.add(name, pattern)
    return master


def bounds(problem: Problem, level: str, limits: Mapping[str, int]) -> tuple[float, float]:
    """Return the bound of the linear master, and the better one."""
    patterns = Patterns(problem)
    master = master_of(problem, patterns)
    master.aim({level: 1.0}, limits)
    master.generate(max_rounds=40, should_stop=lambda: False, most_labels=1000)
    assert master.best is not None
    tightening = Tightening(master, quick_budget(), level, limits, seed=0)
    return master.best.bound, tightening.bound(enough=10**9)


@pytest.mark.parametrize("seed", range(12))
def test_no_roster_costs_less_than_the_bound(seed):
    problem = drawn(seed)
    values = costs_of_all(problem)
    cover = min(each["cover"] for each in values)
    linear, whole = bounds(problem, "cover", {})
    assert linear - 1e-3 <= whole <= cover + 1e-6
    for limit in (cover, cover + 1, cover + 4):
        hours = min(each["hours"] for each in values if each["cover"] <= limit)
        _, whole = bounds(problem, "hours", {"cover": limit})
        assert whole <= hours + 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_no_roster_costs_less_than_the_bound_begun_with_what_other_limits_taught(seed):
    problem = drawn(seed)
    values = costs_of_all(problem)
    cover = min(each["cover"] for each in values)
    master = master_of(problem, Patterns(problem))
    learnt = None
    for limit in (cover + 4, cover, cover + 1):
        hours = min(each["hours"] for each in values if each["cover"] <= limit)
        master.aim({"hours": 1.0}, {"cover": limit})
        master.generate(max_rounds=40, should_stop=lambda: False, most_labels=1000)
        tightening = Tightening(
            master, quick_budget(), "hours", {"cover": limit}, seed=0, learnt=learnt
        )
        assert tightening.bound(enough=10**9) <= hours + 1e-6
        learnt = tightening.learnt()


def test_a_bound_asked_for_again_goes_on_from_where_it_ended():
    problem = made(worker("a", is_lead=True, blocked=(Span(0, DAY),)), worker("b"))
    problem = replace(problem, tasks=(task("t", 8),))
    patterns = Patterns(problem)
    master = master_of(problem, patterns)
    master.aim({"cover": 1.0})
    master.generate(max_rounds=40, should_stop=lambda: False, most_labels=1000)
    tightening = Tightening(master, quick_budget(), "cover", {}, seed=0)
    first = tightening.bound(enough=-1.0)
    assert first == pytest.approx(0)
    assert math.ceil(tightening.bound(enough=10**9)) == 3
    again = Tightening(master, quick_budget(), "cover", {}, seed=0, learnt=tightening.learnt())
    assert math.ceil(again.bound(enough=-1.0)) == 3


def test_others_of_a_team_do_nothing_while_their_lead_is_away():
    lead = worker("a", is_lead=True, blocked=(Span(0, DAY),))
    problem = made(lead, worker("b"), tasks=(task("t", 8),))
    linear, whole = bounds(problem, "cover", {})
    assert linear == pytest.approx(0)
    assert math.ceil(whole) == 3


def test_a_bound_that_is_enough_is_not_bettered():
    problem = made(worker("a", is_lead=True, blocked=(Span(0, DAY),)), worker("b"))
    patterns = Patterns(problem)
    master = Master(Relaxation(problem, patterns, with_teams=False), patterns)
    master.aim({"hours": 1.0})
    master.generate(max_rounds=10, should_stop=lambda: False)
    budget = quick_budget()
    tightening = Tightening(master, budget, "hours", {}, seed=0)
    found = tightening.bound(enough=-1.0)
    assert master.best is not None
    assert found == pytest.approx(master.best.bound)


def test_without_time_for_a_single_day_nothing_is_claimed(monkeypatch):
    monkeypatch.setattr(DayBlock, "least", lambda *_: None)
    problem = made(worker("a", is_lead=True), worker("b"), tasks=(task("t", 8, heads=2),))
    patterns = Patterns(problem)
    master = Master(Relaxation(problem, patterns, with_teams=False), patterns)
    master.aim({"cover": 1.0})
    master.generate(max_rounds=10, should_stop=lambda: False)
    tightening = Tightening(master, quick_budget(), "cover", {}, seed=0)
    assert tightening.bound(enough=1.0) == -math.inf


def test_no_round_begins_that_the_time_left_is_too_short_for(monkeypatch):
    problem = made(worker("a", is_lead=True, blocked=(Span(0, DAY),)), worker("b"))
    problem = replace(problem, tasks=(task("t", 8),))
    patterns = Patterns(problem)
    master = master_of(problem, patterns)
    master.aim({"cover": 1.0})
    master.generate(max_rounds=40, should_stop=lambda: False, most_labels=1000)
    budget = quick_budget()
    n_priced, cheapest = 0, patterns.cheapest

    def slow(*given: Any, **options: Any) -> Offers:
        nonlocal n_priced
        n_priced += 1
        budget.started -= 25  # as if it had taken so many seconds
        return cheapest(*given, **options)

    monkeypatch.setattr(patterns, "cheapest", slow)
    Tightening(master, budget, "cover", {}, seed=0).bound(enough=10**9)
    assert n_priced == 2
    assert not budget.is_over()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("price", [1e13, 1e30, math.nan])
def test_at_prices_too_large_to_be_told_apart_nothing_is_claimed(price):
    lead = worker("a", is_lead=True, blocked=(Span(0, DAY),))
    problem = made(lead, worker("b"), tasks=(task("t", 8),))
    master = master_of(problem, Patterns(problem))
    master.aim({"cover": 1.0})
    master.generate(max_rounds=40, should_stop=lambda: False)
    learnt = Tightening(master, quick_budget(), "cover", {}, seed=0).learnt()
    learnt.ties[:] = price
    tightening = Tightening(master, quick_budget(), "cover", {}, seed=0, learnt=learnt)
    assert tightening.bound(enough=10**9) == -math.inf
