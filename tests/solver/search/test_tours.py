"""How many heads a day lacks at least, when the ways between tasks decide what a worker can do."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.spans import Span
from solver.search import tours
from solver.search.master import Master
from solver.search.patterns import Patterns
from solver.search.relaxation import Relaxation
from solver.search.supply import Excluding, conflict, fits
from tests.solver.small import HOUR, SHIFTS, make_fact, make_problem

DAY, SPLIT = (next(s for s in SHIFTS if s.id == name) for name in ("day0", "split0"))


def task(
    number: int, start: int, minutes: int, place: str, *, room: int = 0, heads: int = 1
) -> Task:
    """Return a task that begins ``start`` minutes after seven, or up to ``room`` later."""
    return Task(
        id=f"t{number}",
        place=place,
        earliest_start=7 * HOUR + start,
        latest_start=7 * HOUR + start + room,
        duration_min=minutes,
        step_min=5,
        heads=heads,
        level="promise",
        missing_points=1 + number % 2,
    )


def bound(problem: Problem) -> float:
    """Return the bound of the first level by counts of workers alone."""
    patterns = Patterns(problem)
    master = Master(Relaxation(problem, patterns), patterns)
    master.aim({"promise": 1.0})
    master.generate(max_rounds=50, should_stop=lambda: False)
    assert master.best is not None
    return master.best.bound


def least(problem: Problem) -> int:
    """Return the least points for heads that a day lacks, by trying whatever each worker can do."""
    can_be_done = [
        frozenset(t.id for t in some)
        for n in range(1, len(problem.tasks) + 1)
        for some in combinations(problem.tasks, n)
        if any(is_tour(problem, pinned) for pinned in product(*map(at_each_start, some)))
    ]
    points = {t.id: t.missing_points for t in problem.tasks}

    @cache
    def lacking(n_workers: int, left: tuple[str, ...]) -> int:
        all_lack = sum(points[name] for name in left)
        if not n_workers:
            return all_lack
        rests = {tuple(n for n in left if n not in tour) for tour in can_be_done}
        return min((lacking(n_workers - 1, rest) for rest in rests), default=all_lack)

    return lacking(len(problem.workers), tuple(t.id for t in problem.tasks))


def at_each_start(flexible: Task) -> list[Task]:
    """Return a task as fixed ones, one for each of its starts."""
    return [replace(flexible, earliest_start=at, latest_start=at) for at in flexible.starts]


def is_tour(problem: Problem, tasks: Sequence[Task]) -> bool:
    """Return whether a worker can do some fixed tasks in one shift, its break beside them."""
    return not any(
        conflict(problem, "car", (one, one.earliest_start), (two, two.earliest_start))
        for one, two in combinations(tasks, 2)
    ) and any(
        all(fits(shift, each) for each in tasks) and has_break(shift, tasks)
        for shift in (DAY, SPLIT)
    )


def has_break(shift: Shift, tasks: Sequence[Task]) -> bool:
    """Return whether a shift has room for its break beside fixed tasks."""
    busy = {
        minute
        for each in tasks
        for minute in range(each.earliest_start, each.earliest_start + each.duration_min)
    }
    return not shift.break_min or any(
        busy.isdisjoint(range(at, at + shift.break_min))
        for at in range(shift.span.start, shift.span.end - shift.break_min + 1)
    )


def day(tasks: Sequence[Task], n_workers: int) -> Problem:
    workers = (
        Worker(id=f"w{n}", rule_book="book", shifts=(DAY.id, SPLIT.id), travel_mode="car")
        for n in range(n_workers)
    )
    return make_problem(*workers, tasks=tuple(tasks))


days = st.builds(
    day,
    st.lists(
        st.tuples(
            st.integers(3, 100),
            st.sampled_from([30, 60, 120]),
            st.sampled_from("ab"),
            st.sampled_from([0, 0, 10, 30]),
        ),
        min_size=2,
        max_size=7,
    ).map(
        lambda found: [
            task(n, 5 * at, size, place, room=room)
            for n, (at, size, place, room) in enumerate(found)
        ]
    ),
    st.integers(1, 3),
)
"""Tasks of one day, fixed ones and others, and some who could do them."""


@given(days)
def test_no_bound_of_a_day_is_above_what_it_lacks_at_least(problem):
    assert bound(problem) <= least(problem) + 1e-6


@given(days, st.integers(0, 6))
def test_no_bound_is_above_what_a_day_lacks_when_a_shift_has_too_many_tours(problem, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tours, "_MOST_TOURS", most)
        assert bound(problem) <= least(problem) + 1e-6


def two_places() -> list[Task]:
    """Return tasks at two places, 20 minutes apart, of which nobody can do more than two."""
    return [
        replace(task(number, start, size, place), missing_points=1)
        for number, (start, size, place) in enumerate(
            [(30, 30, "a"), (60, 60, "a"), (60, 60, "b"), (120, 30, "b")]
        )
    ]


def test_the_way_from_one_task_to_the_next_tells_how_many_lack():
    assert bound(day(two_places(), 1)) == pytest.approx(2)
    assert bound(day(two_places(), 2)) == pytest.approx(0)


def test_who_is_offered_less_can_do_less():
    problem = day(two_places(), 2)
    late = replace(problem.workers[1], shifts=("evening0",))
    assert bound(replace(problem, workers=(problem.workers[0], late))) == pytest.approx(2)


def test_who_is_away_in_a_given_shift_can_do_less():
    problem = day(two_places(), 2)
    late = replace(
        problem.workers[1],
        shifts=(),
        facts=(make_fact("day", 0),),
        bound=(Span(7 * HOUR, 8 * HOUR + 30),),
    )
    assert bound(replace(problem, workers=(problem.workers[0], late))) == pytest.approx(1)


def test_who_has_a_given_shift_can_do_no_more_than_others():
    problem = day(two_places(), 1)
    given_one = replace(problem.workers[0], shifts=(), facts=(make_fact("day", 0),))
    other = replace(problem.workers[0], id="other", shifts=("evening0",))
    assert bound(replace(problem, workers=(given_one, other))) == pytest.approx(2)


@pytest.mark.parametrize(("room", "lacking"), [(15, 2), (20, 1)])
def test_a_task_that_may_begin_later_is_done_after_another_once_the_way_is_short_enough(
    room, lacking
):
    *others, last = two_places()
    later = replace(last, latest_start=last.latest_start + room)
    assert bound(day([*others, later], 1)) == pytest.approx(lacking)


@pytest.mark.parametrize(("room", "lacking"), [(0, 2), (90, 1)])
def test_a_task_that_may_begin_before_every_shift_is_done_once_it_may_begin_in_one(room, lacking):
    first, *others = two_places()
    before = replace(first, earliest_start=6 * HOUR, latest_start=6 * HOUR + room)
    assert bound(day([before, *others], 1)) == pytest.approx(lacking)


@pytest.mark.parametrize(("room", "lacking"), [(0, 2), (10, 1)])
def test_a_break_has_its_place_once_a_task_may_begin_after_it(room, lacking):
    early, other = (replace(task(n, 15, 240, "a"), missing_points=1) for n in (0, 1))
    late = replace(task(2, 275, 240, "a", room=room), missing_points=1)
    assert bound(day([early, other, late], 1)) == pytest.approx(lacking)


def test_a_shift_with_too_many_tours_is_taken_to_hold_all_its_tasks(monkeypatch):
    monkeypatch.setattr(tours, "_MOST_TOURS", 1)
    assert bound(day(two_places(), 1)) == pytest.approx(1)


@given(days, st.integers(0, 200))
def test_no_bound_is_above_what_a_day_lacks_when_steps_are_few(problem, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tours, "_MOST_STEPS", most)
        assert bound(problem) <= least(problem) + 1e-6


def test_tours_of_very_many_tasks_are_looked_for_in_few_steps_and_without_deep_calls(monkeypatch):
    n_asked = 0

    class Counting(Excluding):
        def __call__(self, first: Task, second: Task) -> bool:
            nonlocal n_asked
            n_asked += 1
            return super().__call__(first, second)

    monkeypatch.setattr(tours, "Excluding", Counting)
    monkeypatch.setattr(tours, "_MOST_STEPS", 600_000)
    busy = [task(n, 60, 60, "a") for n in (0, 2)]
    for n_more in (1050, 2000):
        more = [task(3 + n, 0, 5, "a", room=400) for n in range(n_more)]
        assert bound(day([*busy, *more], 1)) == pytest.approx(1)
    assert 500_000 < n_asked < 600_000
