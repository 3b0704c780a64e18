"""Problems that nobody would make on purpose are solved like any other.

What contradicts itself by facts and locks is kept as it is; the checks name it as a fact.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.checks import Violation, violations
from solver.data.extra_time import ExtraTime
from solver.data.problem import (
    Demand,
    Fact,
    Lock,
    Preference,
    Problem,
    Shift,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    Rule,
    RuleBook,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.engine import solve
from tests.solver.small import (
    HORIZON,
    HOUR,
    N_DAYS,
    SHIFTS,
    anchored,
    make_fact,
    make_problem,
    rule_sets,
    workers,
)
from tests.solver.whole import assert_whole

ALL = tuple(shift.id for shift in SHIFTS)
PLAIN = Worker(id="w", rule_book="book", shifts=ALL, skills=frozenset({"s"}), travel_mode="car")
OTHER = replace(PLAIN, id="v")
NINE = 9 * HOUR


def task(name: str = "t", **changes: Any) -> Task:
    plain = Task(
        id=name,
        place="a",
        earliest_start=NINE,
        latest_start=NINE,
        duration_min=60,
        level="promise",
        missing_points=4,
    )
    return replace(plain, **changes)


def locks(*starts: int, worker: str = "w") -> tuple[Lock, ...]:
    return tuple(Lock(worker=worker, start=start) for start in starts)


def solved(problem: Problem) -> tuple[Solution, dict[str, list[Violation]]]:
    """Return the whole roster, and what the checks name as facts by rule."""
    solution = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
    assert_whole(problem, solution)
    named: dict[str, list[Violation]] = {}
    for found in violations(problem, solution):
        named.setdefault(found.rule, []).append(found)
    placed = {(done.task, done.worker, done.start) for done in solution.tasks}
    for each in problem.tasks:
        assert {(each.id, lock.worker, lock.start) for lock in each.locks} <= placed
    return solution, named


@pytest.mark.parametrize(
    "problem",
    [
        make_problem(),
        make_problem(PLAIN),
        make_problem(tasks=(task(),)),
        make_problem(replace(PLAIN, shifts=()), tasks=(task(),)),
        make_problem(PLAIN, tasks=(task(duration_min=0),)),
        make_problem(PLAIN, tasks=(task(duration_min=0, locks=locks(NINE)),)),
        make_problem(PLAIN, tasks=(task(duration_min=24 * HOUR),)),
        make_problem(PLAIN, tasks=(task(duration_min=10**6),)),
        make_problem(PLAIN, tasks=(task(earliest_start=-(10**6), latest_start=-(10**6)),)),
        make_problem(PLAIN, tasks=(task(latest_start=N_DAYS * 24 * HOUR, step_min=1),)),
        make_problem(PLAIN, tasks=(task(heads=50), task("u", is_crew=True, heads=50))),
        make_problem(PLAIN, tasks=(task(skills=frozenset({"nobody has it"})),)),
        make_problem(PLAIN, tasks=(task(place="nowhere"), task("u", place=None))),
        make_problem(replace(PLAIN, blocked=(Span(-(10**9), 10**9),)), tasks=(task(),)),
        make_problem(replace(PLAIN, bound=(Span(-(10**6), 10**6),)), tasks=(task(),)),
        make_problem(replace(PLAIN, travel_mode="boat"), tasks=(task(), task("u", place="b"))),
        make_problem(
            PLAIN,
            demands=(
                Demand(id="d", span=Span(-(10**4), 10**4), skills=frozenset(), levels=()),
                Demand(id="e", span=HORIZON, skills=frozenset(), levels=((0, "cover", 1),)),
                Demand(id="f", span=Span(0, 1), skills=frozenset(), levels=((9, "cover", 1),)),
            ),
        ),
        replace(make_problem(PLAIN, tasks=(task(),)), travel={}),
        replace(make_problem(replace(PLAIN, shifts=())), shifts=(), days=()),
    ],
)
def test_empty_and_hopeless_problems_have_a_whole_roster(problem: Problem) -> None:
    _, named = solved(problem)
    assert not named or problem.tasks[0].locks


def test_worker_locked_to_two_tasks_at_once_does_both_and_it_is_named() -> None:
    tasks = (task(locks=locks(NINE)), task("u", locks=locks(NINE)))
    _, named = solved(make_problem(PLAIN, tasks=tasks))
    assert set(named) == {"task-overlap"}


def test_worker_locked_to_two_places_too_soon_does_both_and_it_is_named() -> None:
    tasks = (
        task(locks=locks(NINE)),
        task("u", place="b", earliest_start=NINE + 60, latest_start=NINE + 60,
             locks=locks(NINE + 60)),
    )  # fmt: skip
    _, named = solved(make_problem(PLAIN, tasks=tasks))
    assert set(named) == {"travel"}


def test_lock_at_a_time_that_the_task_cannot_have_is_kept_and_named() -> None:
    _, named = solved(make_problem(PLAIN, tasks=(task(locks=locks(NINE + 7)),)))
    assert set(named) == {"task-time"}


def test_lock_of_a_worker_without_the_skill_is_kept_and_named() -> None:
    wanting = task(skills=frozenset({"nobody has it"}), locks=locks(NINE))
    _, named = solved(make_problem(PLAIN, tasks=(wanting,)))
    assert set(named) == {"skill"}


def test_more_locks_than_heads_are_kept_and_named() -> None:
    crowded = task(locks=(*locks(NINE), *locks(NINE, worker="v")))
    _, named = solved(make_problem(PLAIN, OTHER, tasks=(crowded,)))
    assert set(named) == {"too-many-heads"}


def test_worker_locked_twice_to_a_task_is_kept_and_named() -> None:
    twice = task(latest_start=NINE + 60, locks=locks(NINE, NINE + 60))
    _, named = solved(make_problem(PLAIN, tasks=(twice,)))
    assert {"twice", "not-together"} <= set(named)


def test_two_locked_to_a_task_at_different_times_are_kept_and_named() -> None:
    apart = task(
        heads=2,
        latest_start=NINE + 60,
        locks=(*locks(NINE), *locks(NINE + 60, worker="v")),
    )
    _, named = solved(make_problem(PLAIN, OTHER, tasks=(apart,)))
    assert set(named) == {"not-together"}


@pytest.mark.parametrize("start", [-(10**6), 3 * HOUR, 15 * HOUR + 50, 23 * HOUR, 10**6])
def test_lock_where_no_shift_reaches_is_kept_and_named(start: int) -> None:
    only_day = replace(PLAIN, shifts=("day0",))
    lost = task(earliest_start=start, latest_start=start, locks=locks(start))
    _, named = solved(make_problem(only_day, tasks=(lost,)))
    assert set(named) == {"task-outside-shift"}


def test_lock_while_blocked_or_bound_is_kept_and_named() -> None:
    away = Span(NINE - 30, NINE + 90)
    for worker in (replace(PLAIN, blocked=(away,)), replace(PLAIN, bound=(away,))):
        _, named = solved(make_problem(worker, tasks=(task(locks=locks(NINE)),)))
        assert set(named) == {"task-on-bound", "task-outside-shift"}


def test_lock_that_the_rules_leave_no_shift_for_is_kept_and_named() -> None:
    worker = replace(PLAIN, facts=(make_fact("night", -1),))
    problem = make_problem(
        worker, rules=(RestBetween(rest_min=11 * HOUR),), tasks=(task(locks=locks(NINE)),)
    )
    _, named = solved(problem)
    assert set(named) == {"task-outside-shift"}


def test_tasks_locked_to_the_same_minute_with_a_place_and_without_are_kept_and_named() -> None:
    tasks = (task(locks=locks(NINE)), task("u", place=None, locks=locks(NINE)))
    _, named = solved(make_problem(PLAIN, tasks=tasks))
    assert set(named) == {"task-overlap"}


def test_way_between_tasks_at_the_same_minute_is_counted_alike_by_all() -> None:
    """The shorter of two that begin together comes first, whatever the names of places."""
    tasks = (
        task(place="b", duration_min=10, locks=locks(NINE)),
        task("u", duration_min=60, locks=locks(NINE)),
        task("v", earliest_start=NINE + 80, latest_start=NINE + 80, locks=locks(NINE + 80)),
    )
    _, named = solved(make_problem(PLAIN, tasks=tasks))
    assert set(named) == {"task-overlap"}


def test_lock_over_the_only_right_place_of_a_break_is_kept_and_named() -> None:
    worker = replace(PLAIN, shifts=("evening0",))
    late = task(earliest_start=1050, latest_start=1050, duration_min=120, locks=locks(1050))
    problem = make_problem(worker, rules=(ContinuousWork(most_min=255),), tasks=(late,))
    _, named = solved(problem)
    assert set(named) == {"task-outside-shift"}


def test_lock_that_only_a_shift_without_a_lead_reaches_is_kept_and_named() -> None:
    follower = replace(PLAIN, team="t", shifts=("split0",))
    at_seven = task(earliest_start=7 * HOUR, latest_start=7 * HOUR, locks=locks(7 * HOUR))
    _, named = solved(make_problem(follower, tasks=(at_seven,)))
    assert set(named) == {"task-outside-shift"}


def test_one_of_a_crew_is_locked_and_both_do_it() -> None:
    crew = [
        replace(PLAIN, id=name, team="t", is_lead=True, shifts=(), facts=(make_fact("day", 0),))
        for name in ("w", "v")
    ]
    _, named = solved(make_problem(*crew, tasks=(task(locks=locks(NINE)),)))
    assert set(named) <= {"too-many-heads", "crew-task"}
    _, named = solved(make_problem(*crew, tasks=(task(heads=2, is_crew=True, locks=locks(NINE)),)))
    assert set(named) <= {"crew-task"}


def test_facts_that_overlap_are_kept_and_named() -> None:
    worker = replace(PLAIN, facts=(make_fact("day", 0), make_fact("evening", 0)))
    _, named = solved(make_problem(worker, tasks=(task(),)))
    assert set(named) == {"overlap"}


def test_fact_given_twice_is_kept_and_named() -> None:
    fact = make_fact("day", 0)
    worker = replace(PLAIN, facts=(fact, replace(fact, id="again")))
    _, named = solved(make_problem(worker, tasks=(task(),)))
    assert set(named) == {"overlap"}


def test_fact_given_twice_counts_twice_and_its_break_is_one() -> None:
    fact = make_fact("day", 0)
    worker = replace(PLAIN, facts=(fact, replace(fact, id="again")))
    demand = Demand(
        id="d",
        span=Span(NINE, NINE + 300),
        skills=frozenset(),
        levels=((2, "cover", 1),),
        most=((0, "cover", 1),),
    )
    _, named = solved(make_problem(worker, tasks=(task(heads=2),), demands=(demand,)))
    assert set(named) == {"overlap"}


def test_facts_that_break_every_rule_are_kept_and_named() -> None:
    rules: tuple[Rule, ...] = (
        ShiftsPerDay(most=1),
        anchored(1, 20),
        ConsecutiveDays(most=1),
        WorkingTime(periods=(HORIZON,), most_min=60),
    )
    facts = tuple(make_fact("day", day) for day in range(N_DAYS))
    worker = replace(PLAIN, facts=facts, shifts=())
    _, named = solved(make_problem(worker, rules=rules, tasks=(task(),)))
    assert set(named) == {"daily-rest", "consecutive-days", "working-time"}


def test_fact_in_the_horizon_that_is_no_shift_of_the_problem_is_kept() -> None:
    odd = Fact(id="odd", day=3, parts=(Span(NINE, NINE + 90),), counted_min=90)
    worker = replace(PLAIN, facts=(odd,), shifts=())
    demand = Demand(
        id="d", span=Span(NINE, NINE + 60), skills=frozenset(), levels=((1, "cover", 5),)
    )
    solution, named = solved(make_problem(worker, demands=(demand,)))
    assert not named
    assert next(each.value for each in solution.levels if each.level == "cover") == 0


@pytest.mark.parametrize("points", [0, 10**6, 2**45])
def test_weights_of_nothing_and_huge_ones_are_counted_to_the_point(points: int) -> None:
    wish = Preference(level="wish", name="wish", days=(3,), points=points)
    problem = make_problem(
        replace(PLAIN, preferences=(wish, wish)),
        OTHER,
        tasks=(
            task(missing_points=points),
            task("u", missing_points=points, familiar_level="familiar", unfamiliar_points=points),
            task("hopeless", duration_min=10**5, missing_points=points),
        ),
    )
    solution, named = solved(problem)
    assert not named
    values = {each.level: each.value for each in solution.levels}
    assert values["promise"] == points
    for each in solution.levels:
        assert each.bound is None or each.bound <= each.value


@pytest.mark.parametrize("points", [2**38 - 1, 2**39 - 1, 2**48 - 1])
def test_points_too_large_for_a_solver_are_counted_right(points: int) -> None:
    late = Shift(id="s", day=2, kind="s", parts=(Span(1327, 1807),), counted_min={"book": 420})
    worker = Worker(
        id="w",
        rule_book="book",
        team="team",
        shifts=("s",),
        short_rest=ShortRest(level="cover", below_min=60, points=points),
        extra_times=(
            ExtraTime(name="overtime", periods=(), from_min=240, most_min=120, level="hours"),
        ),
    )
    once = task(earliest_start=1357, latest_start=1417, duration_min=10, missing_points=2 * points)
    problem = Problem(
        horizon=Span(0, 1440),
        days=tuple(Span(day * 1440, (day + 1) * 1440) for day in (-2, -1, 0)),
        levels=("promise", "hours", "cover"),
        rule_books=(RuleBook(id="book", rules=()),),
        shifts=(late,),
        workers=(worker,),
        tasks=(once,),
    )
    found, _ = solved(problem)
    assert all((each.bound or 0) <= each.value for each in found.levels)


@st.composite
def locked_problems(draw: st.DrawFn) -> Problem:
    """Draw workers with facts, and tasks locked to any of them at any time."""
    team = draw(st.sampled_from([None, "team"]))
    crowd = [draw(workers(name, team=team, is_lead=name == "w0")) for name in ("w0", "w1")]
    starts = st.integers(6 * 4, N_DAYS * 24 * 4).map(lambda quarter: quarter * 15)
    tasks = []
    for number in range(draw(st.integers(1, 3))):
        start = draw(starts)
        near = st.sampled_from([start, start + 15, start + 300]) | starts
        tasks.append(
            task(
                f"t{number}",
                earliest_start=start,
                latest_start=start + draw(st.sampled_from([0, 30])),
                duration_min=draw(st.sampled_from([0, 10, 120])),
                heads=2 if (is_crew := draw(st.booleans())) else 1,
                is_crew=is_crew,
                skills=draw(st.sampled_from([frozenset(), frozenset({"s"})])),
                locks=tuple(
                    draw(
                        st.lists(
                            st.builds(Lock, worker=st.sampled_from(["w0", "w1"]), start=near),
                            max_size=3,
                            unique=True,
                        )
                    )
                ),
            )
        )
    # Without what the open faults above are about.
    rules = tuple(rule for rule in draw(rule_sets) if not isinstance(rule, ContinuousWork))
    return replace(make_problem(*crowd, rules=rules, tasks=tuple(tasks)), team_needs_lead=False)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(locked_problems())
def test_any_locks_are_kept_and_only_they_are_to_blame(problem: Problem) -> None:
    solved(problem)
