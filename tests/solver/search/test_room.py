"""Room for tasks in a shift: never denied where some order, starts and a break are possible."""

import random
from dataclasses import replace
from itertools import pairwise, permutations, product

import pytest

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.rules import ContinuousWork, RuleBook
from solver.data.spans import Span
from solver.search.room import room_of

HOUR = 60
SHIFT = Shift(
    id="s",
    day=0,
    kind="k",
    parts=(Span(8 * HOUR, 14 * HOUR),),
    counted_min={"b": 330},
    break_min=30,
)
WORKER = Worker(id="w", rule_book="b", shifts=("s",))
WAYS = {("p", "q"): 10, ("q", "p"): 10}


def task(name: str, first: int, last: int, minutes: int, place: str = "p") -> Task:
    return Task(
        id=name,
        place=place,
        earliest_start=first,
        latest_start=last,
        duration_min=minutes,
        step_min=10,
        level="cover",
        missing_points=1,
    )


def problem(tasks: tuple[Task, ...], *, most_min: int = 240, shift: Shift = SHIFT) -> Problem:
    return Problem(
        horizon=Span(0, 24 * HOUR),
        days=(Span(0, 24 * HOUR),),
        levels=("cover",),
        rule_books=(RuleBook(id="b", rules=(ContinuousWork(most_min=most_min),)),),
        shifts=(shift,),
        workers=(WORKER,),
        tasks=tasks,
        travel={WORKER.travel_mode: WAYS},
    )


def has_room(made: Problem) -> bool:
    return room_of(made, made.shifts[0], [WORKER]).has_all(made.tasks)


def test_break_has_no_room_beside_visits_between_two_fixed_tasks():
    tasks = (
        task("before", 600, 600, 60),
        task("one", 660, 690, 10, "q"),
        task("two", 660, 700, 20),
        task("after", 720, 720, 60),
    )
    assert not has_room(problem(tasks, most_min=210))
    assert has_room(problem(tasks[:2] + tasks[3:], most_min=210))
    assert has_room(problem(tasks, most_min=210, shift=replace(SHIFT, break_min=0)))


def test_ways_take_time_but_a_break_may_fall_into_them():
    there, back = task("there", 600, 600, 60), task("back", 665, 665, 30, "q")
    assert not has_room(problem((there, back)))
    assert has_room(problem((there, replace(back, place="p"))))
    later = replace(back, earliest_start=690, latest_start=690)
    assert has_room(problem((there, later), most_min=210))


def test_who_is_away_may_have_the_break_then():
    tasks = (task("x", 560, 560, 150), task("y", 710, 710, 60))
    made = problem(tasks)
    assert not has_room(made)
    away = replace(WORKER, blocked=(Span(500, 530),))
    assert room_of(made, SHIFT, [away]).has_all(tasks)


def test_tasks_at_any_time_are_taken_to_have_room_when_their_orders_are_too_many():
    many = tuple(task(f"x{n}", 8 * HOUR, 13 * HOUR, 30) for n in range(14))
    assert has_room(problem(many))


def is_possible(made: Problem) -> bool:
    """Return whether some starts and a break are possible, by trying all."""
    first, last = 14 * HOUR - 240 - 30, 8 * HOUR + 240
    breaks = [Span(at, at + 30) for at in range(first, last + 1, 10)]
    for order in permutations(made.tasks):
        for starts in product(*(each.starts for each in order)):
            spans = [
                Span(at, at + each.duration_min) for each, at in zip(order, starts, strict=True)
            ]
            if any(span.start < 8 * HOUR or span.end > 14 * HOUR for span in spans):
                continue
            if any(
                then.start < span.end + WAYS.get((one.place, two.place), 0)
                for (one, span), (two, then) in pairwise(zip(order, spans, strict=True))
            ):
                continue
            if any(
                all(pause.end <= span.start or span.end <= pause.start for span in spans)
                for pause in breaks
            ):
                return True
    return False


@pytest.mark.parametrize("seed", range(60))
def test_room_is_there_just_when_some_order_and_starts_are_possible(seed):
    rng = random.Random(seed)
    tasks = []
    for n in range(rng.choice((2, 3, 4))):
        first = rng.randrange(8 * HOUR, 13 * HOUR, 10)
        width, minutes = rng.choice((0, 0, 30, 60)), rng.choice((10, 40, 60, 90))
        tasks.append(task(f"x{n}", first, first + width, minutes, rng.choice("pq")))
    made = problem(tuple(tasks))
    assert has_room(made) == is_possible(made)
