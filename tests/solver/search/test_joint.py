import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.checks import level_values, violations
from solver.data.problem import Preference, Problem, Shift, Task, Worker
from solver.data.rules import (
    ConsecutiveDays,
    CountOfShifts,
    RuleBook,
    ShiftsPerDay,
    TasksPerShift,
)
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.engine import solve
from solver.search.joint import Joint, has_fixed_tasks
from solver.search.limits import Budget
from solver.search.patterns import Patterns

DAY, HOUR = 24 * 60, 60
N_DAYS = 3
HORIZON = Span(0, N_DAYS * DAY)
KINDS = {"early": (6, 14), "middle": (8, 16), "late": (10, 21)}
SKILLS = ("s", "t", "u")


def make_problem(can_do: list[frozenset[str]], tasks: list[tuple[int, int, int, str]]) -> Problem:
    """Return days of tasks, each a day, an hour, a length in hours and a skill."""
    shifts = tuple(
        Shift(
            id=f"{day} {kind}",
            day=day,
            kind=kind,
            parts=(Span(day * DAY + first * HOUR, day * DAY + end * HOUR),),
            counted_min={"all": 480},
        )
        for day in range(N_DAYS)
        for kind, (first, end) in KINDS.items()
    )
    rules = (
        ShiftsPerDay(),
        TasksPerShift(level="undone"),
        ConsecutiveDays(most=2, level="cost", points=2),
        CountOfShifts(periods=(HORIZON,), most=2, level="cost"),
    )
    return Problem(
        horizon=HORIZON,
        days=tuple(Span(day * DAY, (day + 1) * DAY) for day in range(N_DAYS)),
        levels=("undone", "cost", "used"),
        rule_books=(RuleBook(id="all", rules=rules),),
        shifts=shifts,
        workers=tuple(
            Worker(
                id=f"w{n}",
                rule_book="all",
                shifts=tuple(shift.id for shift in shifts),
                skills=mine,
                preferences=(
                    Preference(level="used", name="used", days=tuple(range(N_DAYS)), points=1),
                ),
            )
            for n, mine in enumerate(can_do)
        ),
        tasks=tuple(
            Task(
                id=f"t{n}",
                place=None,
                earliest_start=day * DAY + hour * HOUR,
                latest_start=day * DAY + hour * HOUR,
                duration_min=length * HOUR,
                skills=frozenset({skill}),
                level="undone",
                missing_points=1,
            )
            for n, (day, hour, length, skill) in enumerate(tasks)
        ),
    )


def solved(problem: Problem) -> tuple[Solution, dict[str, int]]:
    """Return a roster that breaks nothing, and its points as the checks count them."""
    assert has_fixed_tasks(problem)
    solution = solve(problem, work_limit=0.5, repeatable=True, n_workers=1)
    assert not violations(problem, solution)
    values = level_values(problem, solution)
    assert {each.level: each.value for each in solution.levels} == values
    assert all(each.bound is None or each.bound <= each.value for each in solution.levels)
    return solution, values


def test_one_who_can_do_all_is_used_alone() -> None:
    can_do = [frozenset({"s"}), frozenset(SKILLS), frozenset({"t"})]
    problem = make_problem(can_do, [(0, 7, 1, "s"), (0, 9, 1, "t"), (1, 15, 2, "u")])
    solution, values = solved(problem)
    assert values == {"undone": 0, "cost": 0, "used": 1}
    assert {placed.worker for placed in solution.tasks} == {"w1"}


def test_nobody_works_a_shift_for_which_there_is_no_task() -> None:
    problem = make_problem([frozenset(SKILLS)] * 2, [(1, 14, 2, "s")])
    solution, values = solved(problem)
    assert [worked.shift for worked in solution.shifts] == ["1 late"]
    assert values == {"undone": 0, "cost": 0, "used": 1}


def test_one_shift_does_not_hold_two_tasks_at_once_that_other_shifts_could_hold_one_each() -> None:
    problem = make_problem([frozenset(SKILLS)], [(0, 9, 3, "s"), (0, 11, 4, "s")])
    patterns = Patterns(problem)
    budget = Budget(0.0, 0.5, is_repeatable=True, should_stop=lambda: False)
    joint = Joint(problem, patterns, budget, dict.fromkeys(problem.levels, 1.0), seed=0)
    state = joint.state_of({"w0": ()}, ())
    better = joint.better(state, patterns.prices(), budget.is_over)
    shifts, tasks = joint.placed(next(better))
    assert len(shifts) == len(tasks) == 1


drawn = st.tuples(
    st.integers(0, N_DAYS - 1), st.integers(6, 18), st.integers(1, 3), st.sampled_from(SKILLS)
)


@settings(max_examples=15)
@given(
    st.lists(st.frozensets(st.sampled_from(SKILLS), min_size=1), min_size=1, max_size=3),
    st.lists(drawn, min_size=1, max_size=7),
)
def test_every_roster_passes_the_check_at_the_points_it_claims(
    can_do: list[frozenset[str]], tasks: list[tuple[int, int, int, str]]
) -> None:
    problem = make_problem(can_do, tasks)
    first, _ = solved(problem)
    again, _ = solved(problem)
    assert first == again


def full_days(seed: int) -> Problem:
    """Return days whose tasks fill every hour of eight workers' two shifts each."""
    drawn = random.Random(seed)
    can_do = [{drawn.choice(SKILLS), drawn.choice(SKILLS)} for _ in range(8)]
    tasks = []
    for skills in can_do:
        first = drawn.randrange(2)
        for day in (first, first + 1):
            hour, end = drawn.choice([*KINDS.values()])
            while hour < end:
                length = drawn.randint(1, min(3, end - hour))
                tasks.append((day, hour, length, drawn.choice(sorted(skills))))
                hour += length
    return make_problem([frozenset(skills) for skills in can_do], tasks)


@pytest.mark.parametrize("seed", range(4))
def test_tasks_that_take_every_hour_are_all_done_and_no_rule_is_stretched(seed: int) -> None:
    _, values = solved(full_days(seed))
    assert values == {"undone": 0, "cost": 0, "used": 8}
