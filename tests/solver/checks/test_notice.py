"""Changes at short notice by hand: the checks and the search say the same of them."""

import pytest

from solver.checks import level_values, violations
from solver.data.problem import Problem, Reference, Worker
from solver.data.solution import Solution, WorkedShift
from solver.engine import solve
from solver.search.legality import WorkerRules
from solver.search.own import own_points
from tests.solver.small import DAY, HOUR, SHIFTS, make_problem

ALL = tuple(shift.id for shift in SHIFTS)
LATE = Reference(
    level="fair",
    shifts=(("w", "split0"), ("w", "split2")),
    now=0,
    notices=((DAY, 5), (3 * DAY, 2)),
)
FIRM = Reference(level="fair", shifts=(("w", "split0"),), now=6 * HOUR, least_notice_min=DAY)


def problem_of(reference: Reference) -> Problem:
    return make_problem(Worker(id="w", rule_book="book", shifts=ALL), reference=reference)


def roster(*pattern: str) -> Solution:
    worked = tuple(WorkedShift(worker="w", shift=name) for name in pattern)
    return Solution(shifts=worked, tasks=(), levels=())


@pytest.mark.parametrize(
    ("pattern", "points"),
    [
        (("split0", "split2"), 0),
        (("split0", "split2", "split3"), 1),  # in three days and six hours
        (("split0", "night2"), 1 + 2),  # the shift that is gone would begin within three days
        (("split2",), 1 + 5 + 2),
        (("split0", "split1", "split2"), 1 + 2),
    ],
)
def test_a_changed_day_costs_more_the_shorter_the_notice(
    pattern: tuple[str, ...], points: int
) -> None:
    problem = problem_of(LATE)
    assert level_values(problem, roster(*pattern))["fair"] == points
    planned = [problem.shift_by_id[name] for name in pattern]
    assert own_points(problem, problem.workers[0], planned).get("fair", 0) == points


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        (("split0",), set()),  # not new
        ((), set()),  # to be off is no shift on short notice
        (("night0",), {"notice"}),
        (("split1",), set()),  # exactly a day ahead
        (("day3",), set()),
    ],
)
def test_no_new_shift_begins_within_the_least_notice(
    pattern: tuple[str, ...], codes: set[str]
) -> None:
    problem = problem_of(FIRM)
    planned = [problem.shift_by_id[name] for name in pattern]
    assert WorkerRules(problem, problem.workers[0]).breaches(planned) == codes
    found = violations(problem, roster(*pattern))
    assert {each.rule for each in found} - {"break"} == codes


def test_the_search_keeps_what_is_too_near_to_change() -> None:
    problem = problem_of(LATE)
    found = solve(problem, work_limit=0.2, repeatable=True, n_workers=1)
    assert {worked.shift for worked in found.shifts} == {"split0", "split2"}
    assert violations(problem, found) == ()
