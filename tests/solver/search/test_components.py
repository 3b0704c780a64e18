"""Parts of a problem, and what they leave to each other."""

from collections.abc import Iterable
from dataclasses import replace

from solver.data.problem import Reference, Task, Worker
from solver.search.components import Piece, own_problem, split
from tests.solver.small import SHIFTS, make_problem


def _worker(name: str, skills: Iterable[str]) -> Worker:
    return Worker(
        id=name,
        rule_book="book",
        shifts=(SHIFTS[0].id,),
        travel_mode="car",
        skills=frozenset(skills),
    )


def _task(name: str, skill: str) -> Task:
    return Task(
        id=name,
        place="a",
        earliest_start=480,
        latest_start=480,
        duration_min=30,
        heads=1,
        level="promise",
        missing_points=1,
        skills=frozenset({skill}),
    )


def test_a_few_tasks_of_a_rare_sort_do_not_tie_large_parts_together():
    workers = [_worker(f"{part}{n}", {part, "rare"}) for part in "xy" for n in range(5)]
    usual = [_task(f"{part}{n}", part) for part in "xy" for n in range(100)]
    pieces = split(make_problem(*workers, tasks=(*usual, _task("t", "rare"))))
    assert [{worker.id[0] for worker in piece.problem.workers} for piece in pieces] == [
        {"x"},
        {"y"},
    ]
    assert [piece.shared for piece in pieces] == [{"t"}, set()]


def test_tasks_each_of_a_sort_of_its_own_tie_all_together_who_can_do_them():
    sorts = [f"{part}{n}" for part in "xyz" for n in range(100)]
    workers = [
        _worker(f"{part}{n}", [sort for sort in sorts if sort[0] in {part, "z"}])
        for part in "xy"
        for n in range(5)
    ]
    (piece,) = split(make_problem(*workers, tasks=tuple(_task(sort, sort) for sort in sorts)))
    assert not piece.shared


def test_what_a_reference_says_of_a_shared_task_is_left_out_with_the_task():
    worker = _worker("w", {"plain"})
    own, shared = _task("own", "plain"), _task("shared", "plain")
    problem = make_problem(
        worker,
        tasks=(own, shared),
        reference=Reference(
            level="cover",
            shifts=(("w", SHIFTS[0].id),),
            tasks=(("own", "w"), ("shared", "w")),
            shift_points=1,
            task_points=1,
        ),
    )
    left = own_problem(Piece(problem, frozenset({"shared"})))
    assert left.tasks == (own,)
    assert left.reference is not None
    assert left.reference.tasks == (("own", "w"),)


def test_task_of_no_time_where_a_shift_ends_is_for_whoever_has_the_shift():
    shift = replace(SHIFTS[0], lead_out_min=0)
    last = shift.span.end
    task = replace(_task("t", "s"), earliest_start=last, latest_start=last, duration_min=0)
    problem = replace(make_problem(), shifts=(shift,), workers=(_worker("w", "s"),), tasks=(task,))
    (piece,) = split(problem)
    assert piece.problem.workers
    assert piece.problem.tasks
