"""Each way to do a task wrongly, planted into a roster that is right."""

from dataclasses import replace

import pytest

from solver.checks import violations
from solver.data.problem import Lock, Problem, Task, Worker
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from tests.solver.small import HOUR, SHIFTS, make_problem

ALL = tuple(shift.id for shift in SHIFTS)
PAUSE = (Span(11 * HOUR, 11 * HOUR + 30),)
NIGHT = (Span(26 * HOUR, 26 * HOUR + 30),)


def worker(name: str, *, is_lead: bool = False) -> Worker:
    return Worker(
        id=name,
        rule_book="book",
        shifts=ALL,
        skills=frozenset({"s"}),
        team="t",
        is_lead=is_lead,
        travel_mode="car",
    )


def task(name: str, start: int, **changes: object) -> Task:
    fixed = Task(
        id=name,
        place="a",
        earliest_start=start,
        latest_start=start,
        duration_min=60,
        skills=frozenset({"s"}),
        level="promise",
        missing_points=4,
    )
    return replace(fixed, **changes)  # type: ignore[arg-type]


CREW_TASK = task("crew", 9 * HOUR, heads=2, is_crew=True)
ALONE = task("alone", 13 * HOUR, place="b")
PROBLEM = make_problem(
    worker("a", is_lead=True), worker("b"), worker("c"), tasks=(CREW_TASK, ALONE)
)
RIGHT = Solution(
    shifts=(
        WorkedShift(worker="a", shift="day0", breaks=PAUSE, crew="1"),
        WorkedShift(worker="b", shift="day0", breaks=PAUSE, crew="1"),
        WorkedShift(worker="c", shift="day0", breaks=PAUSE),
    ),
    tasks=(
        PlacedTask(task="crew", worker="a", start=9 * HOUR),
        PlacedTask(task="crew", worker="b", start=9 * HOUR),
        PlacedTask(task="alone", worker="c", start=13 * HOUR),
    ),
    levels=(),
)


def codes(problem: Problem, solution: Solution) -> set[str]:
    return {breach.rule for breach in violations(problem, solution) if not breach.is_fact}


def with_task(number: int, **changes: object) -> Solution:
    tasks = list(RIGHT.tasks)
    tasks[number] = replace(tasks[number], **changes)  # type: ignore[arg-type]
    return replace(RIGHT, tasks=tuple(tasks))


def with_shift(number: int, **changes: object) -> Solution:
    shifts = list(RIGHT.shifts)
    shifts[number] = replace(shifts[number], **changes)  # type: ignore[arg-type]
    return replace(RIGHT, shifts=tuple(shifts))


def test_right_roster_breaks_nothing() -> None:
    assert violations(PROBLEM, RIGHT) == ()


@pytest.mark.parametrize(
    ("code", "solution"),
    [
        ("task-time", with_task(2, start=13 * HOUR + 5)),
        ("task-overlap", with_task(2, worker="a", start=9 * HOUR + 30)),
        ("not-together", with_task(1, start=8 * HOUR)),
        ("twice", with_task(1, worker="a")),
        ("crew-task", with_task(1, worker="c")),
        ("crew", with_task(1, worker="c")),
        ("crew", with_shift(1, crew="2")),
        ("crew", with_shift(1, breaks=(Span(12 * HOUR, 12 * HOUR + 30),))),
        ("task-on-break", with_shift(2, breaks=(Span(13 * HOUR, 13 * HOUR + 30),))),
        ("task-outside-shift", with_shift(2, shift="night0", breaks=NIGHT)),
        ("lead", with_shift(0, shift="night0", breaks=NIGHT)),
    ],
)
def test_planted_fault_is_found(code: str, solution: Solution) -> None:
    assert code in codes(PROBLEM, solution)


def test_crew_may_do_together_what_asks_for_one() -> None:
    both = tuple(PlacedTask(task="alone", worker=name, start=13 * HOUR) for name in "ab")
    crew_only = replace(RIGHT, tasks=(*RIGHT.tasks[:2], *both))
    assert "too-many-heads" not in codes(PROBLEM, crew_only)
    three = replace(RIGHT, tasks=(*RIGHT.tasks, *both))
    assert "too-many-heads" in codes(PROBLEM, three)


def test_crew_of_another_day_brings_no_second_head() -> None:
    both = tuple(PlacedTask(task="alone", worker=name, start=13 * HOUR) for name in "ab")
    alone = tuple(replace(worked, crew=None) for worked in RIGHT.shifts)
    later = tuple(WorkedShift(worker=name, shift="day1", crew="c") for name in "ab")
    apart = replace(RIGHT, shifts=(*alone, *later), tasks=both)
    assert "too-many-heads" in codes(PROBLEM, apart)


def test_too_many_heads_are_found() -> None:
    more = replace(
        RIGHT,
        tasks=(*RIGHT.tasks[:2], RIGHT.tasks[2], replace(RIGHT.tasks[2], worker="b")),
    )
    crewless = replace(more, shifts=tuple(replace(worked, crew=None) for worked in more.shifts))
    assert "too-many-heads" in codes(PROBLEM, crewless)


def test_skill_travel_and_bound_time_are_judged() -> None:
    unskilled = replace(
        PROBLEM, workers=(*PROBLEM.workers[:2], replace(PROBLEM.workers[2], skills=frozenset()))
    )
    assert codes(unskilled, RIGHT) == {"skill"}
    bound = replace(
        PROBLEM,
        workers=(*PROBLEM.workers[:2], replace(PROBLEM.workers[2], bound=(Span(800, 810),))),
    )
    assert "task-on-bound" in codes(bound, RIGHT)
    near = task("near", 14 * HOUR + 19)
    closer = replace(PROBLEM, tasks=(*PROBLEM.tasks, near))
    placed = PlacedTask(task="near", worker="c", start=14 * HOUR + 19)
    assert codes(closer, replace(RIGHT, tasks=(*RIGHT.tasks, placed))) == {"travel"}
    late = replace(near, earliest_start=14 * HOUR + 20, latest_start=14 * HOUR + 20)
    enough = replace(PROBLEM, tasks=(*PROBLEM.tasks, late))
    placed = replace(placed, start=14 * HOUR + 20)
    assert codes(enough, replace(RIGHT, tasks=(*RIGHT.tasks, placed))) == set()


def test_locked_task_is_a_fact_however_wrong() -> None:
    lock = Lock(worker="c", start=6 * HOUR)
    locked = replace(ALONE, locks=(lock,))
    problem = replace(PROBLEM, tasks=(CREW_TASK, locked))
    found = violations(problem, with_task(2, start=6 * HOUR))
    assert {breach.rule for breach in found} == {"task-time", "task-outside-shift"}
    assert all(breach.is_fact for breach in found)


def test_lock_that_is_dropped_or_moved_is_found() -> None:
    lock = Lock(worker="c", start=13 * HOUR)
    locked = replace(ALONE, latest_start=14 * HOUR, locks=(lock,))
    problem = replace(PROBLEM, tasks=(CREW_TASK, locked))
    assert violations(problem, RIGHT) == ()
    assert codes(problem, replace(RIGHT, tasks=RIGHT.tasks[:2])) == {"lock"}
    assert codes(problem, with_task(2, start=13 * HOUR + 30)) == {"lock"}


def test_task_is_judged_against_the_one_that_ends_last_before_it() -> None:
    long = task("long", 7 * HOUR + 15, duration_min=180)
    inside = task("inside", 8 * HOUR, duration_min=10)
    after = task("after", 9 * HOUR)
    problem = replace(PROBLEM, tasks=(long, inside, after))
    placed = tuple(
        PlacedTask(task=each.id, worker="c", start=each.earliest_start)
        for each in (long, inside, after)
    )
    found = violations(problem, replace(RIGHT, tasks=placed))
    assert [breach.rule for breach in found] == ["task-overlap", "task-overlap"]


def test_crew_may_meet_again_under_the_same_name() -> None:
    again = tuple(
        replace(shift, shift="day1", breaks=(Span(35 * HOUR, 35 * HOUR + 30),))
        for shift in RIGHT.shifts
    )
    assert violations(PROBLEM, replace(RIGHT, shifts=RIGHT.shifts + again)) == ()


def test_team_without_a_lead_is_right_where_none_is_asked_for() -> None:
    leaderless = tuple(replace(each, is_lead=False) for each in PROBLEM.workers)
    assert codes(replace(PROBLEM, workers=leaderless), RIGHT) == {"lead"}
    free = replace(PROBLEM, workers=leaderless, team_needs_lead=False)
    assert codes(free, RIGHT) == set()
