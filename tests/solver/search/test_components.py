"""Parts of a problem, and what they leave to each other."""

from solver.data.problem import Reference, Task, Worker
from solver.search.components import Piece, own_problem
from tests.solver.small import SHIFTS, make_problem


def test_what_a_reference_says_of_a_shared_task_is_left_out_with_the_task():
    worker = Worker(id="w", rule_book="book", shifts=(SHIFTS[0].id,), travel_mode="car")
    own, shared = (
        Task(
            id=name,
            place="a",
            earliest_start=480,
            latest_start=480,
            duration_min=30,
            heads=1,
            level="promise",
            missing_points=1,
        )
        for name in ("own", "shared")
    )
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
