from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.rules import RuleBook
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.crewing import Crewing
from solver.search.ejection import fuller
from solver.search.limits import Budget
from solver.search.placing import DayResult
from solver.search.supply import conflict
from solver.search.units import OpenTask

DAY = Span(0, 600)
WAY = 10


def make_day(can_do: list[frozenset[str]], tasks: list[tuple[int, int, str]]) -> Problem:
    """Return a day of one shift that takes in all of it; a task is its start, length and place."""
    shift = Shift(id="shift", day=0, kind="shift", parts=(DAY,), counted_min={"all": 0})
    return Problem(
        horizon=DAY,
        days=(DAY,),
        levels=("undone",),
        rule_books=(RuleBook(id="all", rules=()),),
        shifts=(shift,),
        workers=tuple(
            Worker(id=f"w{n}", rule_book="all", shifts=("shift",), skills=mine, travel_mode="car")
            for n, mine in enumerate(can_do)
        ),
        tasks=tuple(
            Task(
                id=f"t{n}",
                place=place,
                earliest_start=start,
                latest_start=start,
                duration_min=length,
                skills=frozenset({f"t{n}"}),
                level="undone",
                missing_points=1,
            )
            for n, (start, length, place) in enumerate(tasks)
        ),
        travel={"car": {("a", "b"): WAY, ("b", "a"): WAY}},
    )


def filled(problem: Problem, given_to: dict[str, str]) -> dict[str, str]:
    """Return who does which task after room was looked for."""
    units = Crewing(problem, {}).units([(worker.id, "shift") for worker in problem.workers])
    tasks = [OpenTask(task, 1, (task.earliest_start,)) for task in problem.tasks]
    day = DayResult(
        [WorkedShift(worker=worker.id, shift="shift") for worker in problem.workers],
        [
            PlacedTask(task=name, worker=who, start=problem.task_by_id[name].earliest_start)
            for name, who in given_to.items()
        ],
    )
    budget = Budget(0.0, None, is_repeatable=True, should_stop=lambda: False)
    found = fuller(problem, units, tasks, day, steps=300, seed=1, budget=budget)
    assert all(placed.start == problem.task_by_id[placed.task].starts[0] for placed in found.tasks)
    return {placed.task: placed.worker for placed in found.tasks}


def test_a_task_makes_room_for_one_that_only_its_worker_can_do() -> None:
    both, one = frozenset({"t0", "t1"}), frozenset({"t0"})
    problem = make_day([both, one], [(0, 60, "a"), (30, 60, "a")])
    assert filled(problem, {"t0": "w0"}) == {"t0": "w1", "t1": "w0"}


def test_a_task_finds_no_room_where_the_way_is_too_long() -> None:
    both = frozenset({"t0", "t1"})
    near = make_day([both], [(0, 60, "a"), (60 + WAY, 60, "b")])
    far = make_day([both], [(0, 60, "a"), (60 + WAY - 1, 60, "b")])
    assert filled(near, {"t0": "w0"}) == {"t0": "w0", "t1": "w0"}
    assert filled(far, {"t0": "w0"}) == {"t0": "w0"}


def test_a_task_that_somebody_with_a_break_does_is_left_to_them() -> None:
    both = frozenset({"t0", "t1"})
    plain = make_day([both, both], [(0, 60, "a"), (100, 60, "a")])
    paused = replace(plain.shifts[0], id="paused", break_min=30)
    problem = replace(
        plain,
        shifts=(*plain.shifts, paused),
        workers=(plain.workers[0], replace(plain.workers[1], shifts=("paused",))),
    )
    units = Crewing(problem, {}).units([("w0", "shift"), ("w1", "paused")])
    tasks = [OpenTask(task, 1, (task.earliest_start,)) for task in problem.tasks]
    day = DayResult(
        [WorkedShift(worker="w0", shift="shift"), WorkedShift(worker="w1", shift="paused")],
        [PlacedTask(task="t0", worker="w1", start=0)],
    )
    budget = Budget(0.0, None, is_repeatable=True, should_stop=lambda: False)
    found = fuller(problem, units, tasks, day, steps=300, seed=1, budget=budget)
    assert sorted((placed.task, placed.worker) for placed in found.tasks) == [
        ("t0", "w1"),
        ("t1", "w0"),
    ]


names = st.frozensets(st.sampled_from([f"t{n}" for n in range(8)]))
times = st.tuples(st.integers(0, 400), st.integers(10, 150), st.sampled_from(["a", "b"]))


@given(st.lists(names, min_size=1, max_size=4), st.lists(times, min_size=1, max_size=8))
def test_what_is_given_can_be_done_and_nothing_more_is_undone(
    can_do: list[frozenset[str]], tasks: list[tuple[int, int, str]]
) -> None:
    problem = make_day(can_do, tasks)
    found = filled(problem, {})
    for name, who in found.items():
        assert name in problem.worker_by_id[who].skills
        task = problem.task_by_id[name]
        others = [other for other, theirs in found.items() if theirs == who and other != name]
        for other in (problem.task_by_id[other] for other in others):
            pair = (task, task.earliest_start), (other, other.earliest_start)
            assert not conflict(problem, "car", *pair)
    alone = [name for name in problem.task_by_id if any(name in mine for mine in can_do)]
    assert bool(found) == bool(alone)
    assert len(filled(problem, found)) >= len(found)


@given(
    st.lists(st.tuples(names, st.booleans()), min_size=2, max_size=4),
    st.lists(times, min_size=2, max_size=8),
)
def test_nothing_is_done_twice_and_who_has_a_break_keeps_what_they_do(
    workers: list[tuple[frozenset[str], bool]], tasks: list[tuple[int, int, str]]
) -> None:
    plain = make_day([mine for mine, _ in workers], tasks)
    paused = replace(plain.shifts[0], id="paused", break_min=30)
    problem = replace(plain, shifts=(*plain.shifts, paused))
    worked = [
        (worker.id, "paused" if has_break else "shift")
        for worker, (_, has_break) in zip(problem.workers, workers, strict=True)
    ]
    kept: list[PlacedTask] = []
    for name, shift in worked:
        for task in problem.tasks if shift == "paused" else ():
            skills = problem.worker_by_id[name].skills
            if task.id in skills and task.id not in {placed.task for placed in kept}:
                kept.append(PlacedTask(task=task.id, worker=name, start=task.earliest_start))
                break
    found = fuller(
        problem,
        Crewing(problem, {}).units(worked),
        [OpenTask(task, 1, (task.earliest_start,)) for task in problem.tasks],
        DayResult([WorkedShift(worker=name, shift=shift) for name, shift in worked], kept),
        steps=300,
        seed=1,
        budget=Budget(0.0, None, is_repeatable=True, should_stop=lambda: False),
    )
    assert len({placed.task for placed in found.tasks}) == len(found.tasks)
    assert set(kept) <= set(found.tasks)
