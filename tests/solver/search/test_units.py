"""Crews and single workers of a day: breaks and ways are right for all, beside what is given."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from solver.checks import violations
from solver.data.problem import Fact, Lock, Problem, Shift, Task, Worker
from solver.data.rules import ContinuousWork, RuleBook
from solver.data.solution import PlacedTask, Solution
from solver.data.spans import Span
from solver.search.crewing import Crewing
from solver.search.days import Days, Effort
from solver.search.limits import Budget

DAY = 24 * 60
BOOKS = (
    RuleBook(id="free", rules=()),
    RuleBook(id="short", rules=(ContinuousWork(most_min=300),)),
    RuleBook(id="even", rules=(ContinuousWork(most_min=235),)),
)
TRAVEL = {"car": {("a", "b"): 20, ("b", "a"): 20}}
EFFORTS = pytest.mark.parametrize("effort", [Effort.QUICK, Effort.FULL])


def shift(name: str, start: int, end: int, break_min: int = 0) -> Shift:
    return Shift(
        id=name,
        day=start // DAY,
        kind="k",
        parts=(Span(start, end),),
        break_min=break_min,
        counted_min={book.id: end - start for book in BOOKS},
    )


def worker(
    name: str, *given: Shift, book: str = "free", mode: str = "car", **more: object
) -> Worker:
    facts = tuple(
        Fact(id=f"{n} {each.id}", day=each.day, parts=each.parts, counted_min=0, shift=each.id)
        for n, each in enumerate(given)
    )
    return Worker(id=name, rule_book=book, facts=facts, travel_mode=mode, is_lead=True, **more)


def team(*workers: Worker) -> tuple[Worker, ...]:
    return tuple(replace(each, team="team") for each in workers)


def task(name: str, at: int, minutes: int, *, last: int | None = None, **more: object) -> Task:
    given = {"place": None, "earliest_start": at, "latest_start": at if last is None else last}
    return Task(id=name, duration_min=minutes, level="cover", missing_points=1, **{**given, **more})


def problem(
    shifts: Sequence[Shift], workers: Sequence[Worker], tasks: Iterable[Task] = ()
) -> Problem:
    return Problem(
        horizon=Span(0, 2 * DAY),
        days=tuple(Span(day * DAY, (day + 1) * DAY) for day in range(2)),
        levels=("cover",),
        rule_books=BOOKS,
        shifts=tuple(shifts),
        workers=tuple(workers),
        tasks=tuple(tasks),
        travel=TRAVEL,
    )


def placed(made: Problem, effort: Effort) -> list[PlacedTask]:
    """Return the tasks done when only facts are worked; nothing but facts is wrong."""
    budget = Budget(60.0, 20.0, is_repeatable=True, should_stop=lambda: False)
    shifts, tasks = Days(made, budget, 0).place({}, effort)
    solution = Solution(shifts=tuple(shifts), tasks=tuple(tasks), levels=())
    assert [found for found in violations(made, solution) if not found.is_fact] == []
    return tasks


def crews_of(made: Problem, name: str) -> list[list[str]]:
    units = Crewing(made, {}).units([(each.id, name) for each in made.workers])
    return [[each.id for each in unit.members] for unit in units]


LONG = shift("long", 480, 960, break_min=15)


@EFFORTS
def test_break_of_a_crew_keeps_the_rules_of_both(effort):
    workers = team(worker("a", LONG), worker("b", LONG, book="short"))
    crew_task = task("t", 600, 60, heads=2, is_crew=True)
    assert len(placed(problem([LONG], workers, [crew_task]), effort)) == 2


def test_two_without_a_break_that_is_right_for_both_are_no_crew():
    bound = (Span(690, 740),)  # over each place that the rules of the other leave
    away = [worker(name, LONG, bound=bound) for name in "ac"]
    workers = team(*away, worker("b", LONG, book="even"))
    assert crews_of(problem([LONG], workers), "long") == [["b"], ["a", "c"]]


@EFFORTS
def test_way_of_a_crew_is_long_enough_for_both(effort):
    short = shift("short", 480, 720)
    workers = team(worker("a", short, mode=""), worker("b", short))
    first = task("t", 510, 10, place="a", heads=2, is_crew=True)
    soon, later = (
        task(name, at, 30, place="b", heads=2, is_crew=True)
        for name, at in (("u", 525), ("v", 555))
    )
    done = placed(problem([short], workers, [first, soon, later]), effort)
    assert {each.task for each in done} == {"t", "v"}


SHORT = shift("short", 480, 720)


@EFFORTS
def test_task_keeps_off_a_lock_that_begins_before_the_shift(effort):
    lock = task("locked", 465, 30, locks=(Lock(worker="w", start=465),))
    tasks = (lock, task("soon", 480, 20), task("then", 495, 20))
    done = placed(problem([SHORT], [worker("w", SHORT)], tasks), effort)
    assert {each.task for each in done} == {"locked", "then"}


@EFFORTS
def test_way_to_and_from_locks_beside_the_shift_is_left(effort):
    tasks = (
        task("before", 440, 30, place="a", locks=(Lock(worker="w", start=440),)),
        task("soon", 480, 20, place="b"),
        task("then", 495, 20, place="b"),
        task("late", 700, 20, place="a"),
        task("after", 725, 20, place="b", locks=(Lock(worker="w", start=725),)),
    )
    done = placed(problem([SHORT], [worker("w", SHORT)], tasks), effort)
    assert {each.task for each in done} == {"before", "then", "after"}


@EFFORTS
def test_task_of_no_time_locked_where_the_shift_ends_is_not_done_twice(effort):
    last = SHORT.span.end
    locked = task("t", last, 0, heads=2, locks=(Lock(worker="w", start=last),))
    assert len(placed(problem([SHORT], [worker("w", SHORT)], [locked]), effort)) == 1


@EFFORTS
@pytest.mark.parametrize("starts", [(507,), (510, 540)])
def test_nobody_joins_a_task_locked_to_a_time_that_it_cannot_have_or_to_two(effort, starts):
    locks = tuple(Lock(worker=f"w{n}", start=start) for n, start in enumerate(starts))
    locked = task("t", 510, 30, last=540, heads=4, locks=locks)
    workers = [worker(f"w{n}", SHORT) for n in range(4)]
    assert len(placed(problem([SHORT], workers, [locked]), effort)) == len(locks)


EARLY, LATE = shift("early", 480, 600), shift("late", 600, 720)
NIGHT, NEXT = shift("night", DAY - 240, DAY), shift("next", DAY, DAY + 240)


@EFFORTS
@pytest.mark.parametrize(("one", "other"), [(EARLY, LATE), (NIGHT, NEXT)])
def test_way_from_the_last_task_of_one_shift_to_the_first_of_the_next_is_left(effort, one, other):
    last = one.span.end
    tasks = (
        task("then", last - 20, 20, place="a"),
        task("soon", last + 10, 20, place="b"),
        task("later", last + 20, 20, place="b"),
    )
    done = placed(problem([one, other], [worker("w", one, other)], tasks), effort)
    assert {each.task for each in done} == {"then", "later"}


@EFFORTS
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (shift("around", 420, 960), SHORT),
        (shift("night", DAY - 240, DAY + 240), shift("next", DAY, DAY + 480)),
    ],
)
@pytest.mark.parametrize("pauses", [(0, 0), (30, 0), (0, 30), (30, 30)])
def test_in_shifts_given_over_each_other_nobody_is_twice_or_on_a_break(effort, one, other, pauses):
    shifts = [replace(each, break_min=n) for each, n in zip((one, other), pauses, strict=True)]
    early, late = (each.span for each in shifts)
    tasks = [
        *(task(f"{at}", at, 60, heads=2) for at in range(early.start, late.end, 60)),
        task("long", late.start, early.end - late.start, heads=2),
    ]
    assert placed(problem(shifts, [worker("w", *shifts)], tasks), effort)


@EFFORTS
def test_fact_given_twice_is_one_shift_to_do_tasks_in(effort):
    paused = replace(SHORT, break_min=30)
    workers = team(worker("w", paused, paused), worker("v", paused))
    tasks = (task("t", 510, 30, heads=2, is_crew=True), task("u", 600, 30, heads=4))
    done = placed(problem([paused], workers, tasks), effort)
    assert sorted((each.task, each.worker) for each in done) == [
        (name, who) for name in "tu" for who in "vw"
    ]


@EFFORTS
def test_nobody_alone_joins_a_crew_task_whose_place_it_knows_best(effort):
    lock = Lock(worker="x", start=510)
    known = {"familiar_level": "cover", "familiar": {"v": 0}, "unfamiliar_points": 2}
    crew_task = task("t", 510, 30, heads=2, is_crew=True, locks=(lock,), **known)
    workers = (worker("v", SHORT), worker("x", SHORT))
    assert len(placed(problem([SHORT], workers, [crew_task]), effort)) == 1


@EFFORTS
def test_no_crew_joins_a_crew_task_that_lacks_one_head(effort):
    workers = (*team(worker("v", SHORT), worker("w", SHORT)), worker("x", SHORT))
    crew_task = task("t", 510, 30, heads=2, is_crew=True, locks=(Lock(worker="x", start=510),))
    assert len(placed(problem([SHORT], workers, [crew_task]), effort)) == 1
