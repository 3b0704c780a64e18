"""What a roster costs, by hand."""

from dataclasses import replace

from solver.checks import level_values
from solver.data.problem import (
    Demand,
    FairShare,
    HoursTarget,
    Preference,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import TasksPerShift
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from tests.solver.small import FIRST, HORIZON, HOUR, SHIFTS, make_fact, make_problem

WORKER = Worker(
    id="w",
    rule_book="book",
    shifts=tuple(shift.id for shift in SHIFTS),
    skills=frozenset({"s"}),
    travel_mode="car",
)
PAUSE = (Span(11 * HOUR, 11 * HOUR + 30),)
DAY0 = WorkedShift(worker="w", shift="day0", breaks=PAUSE)
NOTHING = Solution(shifts=(), tasks=(), levels=())


def task(name: str, start_h: int, place: str) -> Task:
    return Task(
        id=name,
        place=place,
        earliest_start=start_h * HOUR,
        latest_start=start_h * HOUR,
        duration_min=60,
        heads=2,
        skills=frozenset({"s"}),
        level="promise",
        missing_points=4,
        familiar_level="familiar",
        familiar={"w": 1},
        unfamiliar_points=3,
    )


def test_each_missing_head_costs_and_each_doing_one_is_familiar_or_not() -> None:
    other = replace(WORKER, id="x")
    problem = make_problem(WORKER, other, tasks=(task("t", 9, "a"),))
    assert level_values(problem, NOTHING)["promise"] == 8
    done = Solution(
        shifts=(DAY0, replace(DAY0, worker="x")),
        tasks=(
            PlacedTask(task="t", worker="w", start=9 * HOUR),
            PlacedTask(task="t", worker="x", start=9 * HOUR),
        ),
        levels=(),
    )
    values = level_values(problem, done)
    assert (values["promise"], values["familiar"]) == (0, 4)


def test_travel_costs_between_tasks_of_one_part_only() -> None:
    tasks = (task("t", 7, "a"), task("u", 9, "b"), task("v", 15, "a"))
    problem = make_problem(WORKER, tasks=tasks)
    placed = tuple(
        PlacedTask(task=each.id, worker="w", start=each.earliest_start) for each in tasks
    )
    split = WorkedShift(worker="w", shift="split0")
    done = Solution(shifts=(split,), tasks=placed, levels=())
    assert level_values(problem, done)["travel"] == 20


def test_quarter_with_a_break_in_it_is_short() -> None:
    demand = Demand(
        id="d",
        span=Span(10 * HOUR, 12 * HOUR),
        skills=frozenset({"s"}),
        levels=((1, "promise", 2), (2, "cover", 1)),
    )
    problem = make_problem(WORKER, demands=(demand,))
    done = Solution(shifts=(replace(DAY0, breaks=(Span(665, 695),)),), tasks=(), levels=())
    values = level_values(problem, done)
    # 11:05–11:35 touches three quarters; in each of the eight one more is wanted.
    assert (values["promise"], values["cover"]) == (3 * 2, 3 * 2 + 5)


def test_hours_count_each_started_step_over_or_under() -> None:
    target = HoursTarget(
        level="hours", period=HORIZON, target_min=520, over_points=2, under_points=1
    )
    problem = make_problem(replace(WORKER, hours=(target,)))
    one = Solution(shifts=(DAY0,), tasks=(), levels=())
    assert level_values(problem, NOTHING)["hours"] == 35
    assert level_values(problem, one)["hours"] == 1
    over = make_problem(replace(WORKER, hours=(replace(target, target_min=490),)))
    assert level_values(over, one)["hours"] == 4


def test_wishes_fairness_and_short_rests_cost() -> None:
    worker = replace(
        WORKER,
        facts=(make_fact("evening", -1),),
        preferences=(
            Preference(level="floor", name="veto", days=(FIRST,), points=10),
            Preference(
                level="wish",
                name="wish",
                days=(FIRST + 1,),
                points=3,
                kinds=frozenset({"night"}),
                when_absent=True,
            ),
        ),
        fair_shares=(FairShare(level="fair", tag="day", share=1, points=2),),
        short_rest=ShortRest(level="floor", below_min=11 * HOUR, points=5),
    )
    problem = make_problem(worker)
    days = Solution(
        shifts=tuple(WorkedShift(worker="w", shift=f"day{day}") for day in range(4)),
        tasks=(),
        levels=(),
    )
    values = level_values(problem, days)
    assert values["floor"] == 10 + 5  # the veto, and seven hours after last evening
    assert values["wish"] == 3
    assert values["fair"] == 2 * (1 + 2 + 3)
    assert level_values(problem, NOTHING)["wish"] == 3


def test_task_that_needs_no_known_face_costs_none() -> None:
    stranger = replace(task("t", 9, "a"), familiar_level=None)
    problem = make_problem(WORKER, tasks=(stranger,))
    placed = (PlacedTask(task="t", worker="w", start=9 * HOUR),)
    values = level_values(problem, Solution(shifts=(DAY0,), tasks=placed, levels=()))
    assert values["familiar"] == 0


def test_travel_is_free_where_no_level_asks_for_it() -> None:
    problem = make_problem(WORKER, tasks=(task("t", 7, "a"), task("u", 9, "b")))
    placed = tuple(
        PlacedTask(task=each.id, worker="w", start=each.earliest_start) for each in problem.tasks
    )
    done = Solution(shifts=(DAY0,), tasks=placed, levels=())
    assert level_values(problem, done)["travel"] == 20
    assert level_values(replace(problem, travel_level=None), done)["travel"] == 0


def test_shift_without_a_task_costs_what_its_rule_says() -> None:
    idle = TasksPerShift(least=2, kinds=frozenset({"day"}), level="cover", points=3)
    problem = make_problem(WORKER, rules=(idle,), tasks=(task("t", 9, "a"),))
    done = PlacedTask(task="t", worker="w", start=9 * HOUR)
    shifts = tuple(WorkedShift(worker="w", shift=name) for name in ("day0", "evening2", "day3"))
    solution = Solution(shifts=shifts, tasks=(done,), levels=())
    assert level_values(problem, solution)["cover"] == 3 * (1 + 2)
