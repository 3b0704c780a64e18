"""What a search does when its budget is over: nothing that takes long any more."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from solver.data.problem import Problem, Task, Worker
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search import day, placing
from solver.search.choice import Chooser
from solver.search.components import Piece, split
from solver.search.day import DayModel
from solver.search.days import Days, Effort
from solver.search.growing import MOST_S
from solver.search.host import Host, Terms
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.part import Part
from solver.search.patterns import Pattern, Patterns
from solver.search.relaxation import Relaxation
from solver.search.simplex import SimplexLp
from solver.search.supply import Padding
from solver.search.units import Unit, alone
from tests.solver.small import HOUR, N_DAYS, make_problem
from tests.solver.steps import n_calls
from tests.solver.weeks import small_week

DAY = "day0"
PLAIN = Worker(id="w", rule_book="book", shifts=(DAY,), travel_mode="car")


def endless() -> Budget:
    return Budget(60.0, None, is_repeatable=True, should_stop=lambda: False)


def over() -> Budget:
    return Budget(60.0, None, is_repeatable=True, should_stop=lambda: True)


def task(name: str = "t", **changes: object) -> Task:
    plain = Task(
        id=name, place="a", earliest_start=9 * HOUR, latest_start=9 * HOUR, duration_min=60,
        level="promise", missing_points=4,
    )  # fmt: skip
    return replace(plain, **changes)


def everybody(problem: Problem) -> Mapping[str, Pattern]:
    return {worker.id: worker.shifts for worker in problem.workers}


def placed(
    problem: Problem, budget: Budget, effort: Effort
) -> tuple[list[WorkedShift], list[PlacedTask]]:
    return Days(problem, budget, 1).place(everybody(problem), effort)


def clashing() -> Problem:
    """Return a day on which placing at once gives tasks to others than a model does."""
    later = task("u", earliest_start=8 * HOUR, latest_start=10 * HOUR, step_min=60)
    return make_problem(
        PLAIN, replace(PLAIN, id="v"), tasks=(task(), task("s", heads=2, place="b"), later)
    )


def test_no_model_of_a_day_is_made_when_the_budget_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = clashing()
    quick = placed(problem, over(), Effort.QUICK)
    monkeypatch.setattr("solver.search.days.DayModel", None)
    assert placed(problem, over(), Effort.FULL) == quick


@pytest.mark.parametrize("step", ["_add_breaks", "_add_offers"])
def test_model_of_a_day_is_not_solved_when_the_budget_ends_while_it_is_made(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, is_told = clashing(), False
    made = getattr(DayModel, step)

    def last(model: DayModel) -> object:
        nonlocal is_told
        found = made(model)
        is_told = True
        return found

    monkeypatch.setattr(DayModel, step, last)
    monkeypatch.setattr(day, "minimise", None)
    budget = Budget(60.0, None, is_repeatable=True, should_stop=lambda: is_told)
    found = placed(problem, budget, Effort.FULL)
    assert is_told
    assert found == placed(problem, endless(), Effort.QUICK)


def test_day_that_there_was_no_time_for_is_placed_anew_when_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = random.Random(0)
    tasks = []
    for n in range(10):
        heads, place = rng.choice((1, 1, 2)), rng.choice("ab")
        first, lasting = rng.choice((8, 9, 10, 11)) * HOUR, rng.choice((0, 60, 120, 240))
        tasks.append(
            task(
                f"t{n}",
                heads=heads,
                place=place,
                earliest_start=first,
                latest_start=first + lasting,
                step_min=60,
                duration_min=rng.choice((60, 90, 120)),
                missing_points=rng.choice((1, 4)),
            )
        )
    problem = make_problem(PLAIN, replace(PLAIN, id="v"), tasks=tuple(tasks))
    best, made, is_over = placed(problem, endless(), Effort.FULL), DayModel._add_offers, False

    def last(model: DayModel) -> bool:
        nonlocal is_over
        is_over = True
        return made(model)

    monkeypatch.setattr(DayModel, "_add_offers", last)
    budget = Budget(60.0, None, is_repeatable=True, should_stop=lambda: is_over)
    days = Days(problem, budget, 1)
    assert days.place(everybody(problem), Effort.FULL) != best
    monkeypatch.undo()
    is_over = False
    assert days.place(everybody(problem), Effort.FULL) == best


def test_tasks_are_tried_only_at_starts_in_shifts() -> None:
    busy = replace(PLAIN, bound=(Span(0, 24 * HOUR),))
    long = task(latest_start=N_DAYS * 24 * HOUR, step_min=1)
    today = replace(long, latest_start=15 * HOUR)
    few, many = (
        n_calls(lambda each=each: placed(make_problem(busy, tasks=(each,)), endless(), Effort.FULL))
        for each in (today, long)
    )
    assert many < 2 * few


def test_few_starts_are_tried_when_the_budget_is_over() -> None:
    tasks = tuple(task(f"t{n}", latest_start=14 * HOUR, step_min=1) for n in range(20))
    problem = make_problem(PLAIN, tasks=tasks)
    fewer, all_of_them = (
        n_calls(lambda budget=budget: placed(problem, budget, Effort.QUICK))
        for budget in (over(), endless())
    )
    assert 10 * fewer < all_of_them


def test_members_of_a_crew_are_looked_at_once_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: Counter[str] = Counter()

    def noting(problem: Problem, unit: Unit, locks: Mapping[str, list[PlacedTask]]) -> list[Unit]:
        asked[unit.name] += 1
        return alone(problem, unit, locks)

    monkeypatch.setattr(placing, "alone", noting)
    crew = [replace(PLAIN, id=name, team="team", is_lead=True) for name in "wv"]
    lacking = [task(f"t{n}", skills=frozenset({"nobody has it alone"})) for n in range(3)]
    whole = [task(f"u{n}", is_crew=True, heads=2) for n in range(2)]
    able = [replace(each, skills=frozenset({"nobody has it alone"})) for each in crew[:1]]
    problem = make_problem(*able, crew[1], tasks=(*lacking, *whole))
    placed(problem, endless(), Effort.QUICK)
    assert set(asked.values()) == {1}


def test_linear_programs_end_with_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    optimum = SimplexLp.optimum

    def noting(program: SimplexLp, most_s: float = MOST_S) -> object:
        asked.append(most_s)
        return optimum(program, most_s)

    monkeypatch.setattr(SimplexLp, "optimum", noting)
    problem = small_week()
    patterns = Patterns(problem)
    relaxation = Relaxation(problem, patterns, with_teams=False)
    asked.clear()
    for is_repeatable, most_s in ((False, 7.0), (True, MOST_S)):
        budget = Budget(7.0, None, is_repeatable=is_repeatable, should_stop=lambda: False)
        master = Master(relaxation, patterns, budget)
        master.aim(dict.fromkeys(problem.levels, 1.0))
        master.generate(max_rounds=2, should_stop=lambda: False)
        assert 0 < max(asked) <= most_s
        asked.clear()
    fresh = Master(relaxation, patterns)
    fresh.aim(dict.fromkeys(problem.levels, 1.0))
    assert optimum(fresh._lp, 0.0) is None


def test_what_has_nobody_is_searched_first(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[int] = []
    search = Host.search

    def noting(host: Host, number: int, piece: Piece, terms: Terms) -> None:
        order.append(len(piece.problem.workers))
        search(host, number, piece, terms)

    monkeypatch.setattr(Host, "search", noting)
    other = task("u", skills=frozenset({"nobody has it"}))
    problem = make_problem(PLAIN, tasks=(task(), other))
    solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
    assert order == [0, 1]


@pytest.mark.parametrize("has_left", [False, True])
def test_rows_are_made_once_more_only_when_there_is_time(
    has_left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Padding] = []
    make = Part._new_chooser

    def noting(part: Part, padding: Padding) -> Chooser:
        made.append(padding)
        return make(part, padding)

    monkeypatch.setattr(Part, "_new_chooser", noting)
    monkeypatch.setattr(Budget, "has_left", lambda *_: has_left)
    piece = next(each for each in split(small_week()) if not each.problem.demands)
    budget = Budget(60.0, 2.0, is_repeatable=True, should_stop=lambda: False)
    Part(piece, budget, 1, lambda *_, **__: None).run()
    assert (len(made) > 1) is has_left
