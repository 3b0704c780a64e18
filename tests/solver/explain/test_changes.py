"""How one roster differs from another."""

from hypothesis import HealthCheck, given, settings

from solver.checks import level_values
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.explain.changes import applied, change_between, differences
from tests.solver.explain.examples import does, roster, someone, task, works
from tests.solver.explain.rosters import bare, rosters
from tests.solver.small import make_problem

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck))


@SLOW
@given(rosters())
def test_change_between_two_rosters_makes_the_one_the_other(
    made: tuple[Problem, Solution],
) -> None:
    problem, other = made
    one = bare(problem)
    after = applied(one, change_between(one, other))
    assert set(after.shifts) == set(other.shifts)
    assert set(after.tasks) == set(other.tasks)
    told = differences(problem, one, other)
    now, then = level_values(problem, one), level_values(problem, other)
    assert {e.level: e.points for e in told.levels} == {k: then[k] - now[k] for k in now}


def test_same_roster_differs_in_nothing() -> None:
    problem = make_problem(someone(), tasks=(task(),))
    same = roster(works("w", "day0", 720))
    assert differences(problem, same, same).is_nothing


def test_shifts_breaks_and_tasks_are_told_apart() -> None:
    problem = make_problem(
        someone("w"),
        someone("v"),
        someone("u", shifts=("night0",)),
        tasks=(task("kept"), task("given", 11), task("moved", 13, latest_start=840), task("gone")),
    )
    one = roster(
        works("w", "day0", 720),
        works("u", "night0", 1500),
        tasks=(
            does("kept", "w", 540),
            does("given", "w", 660),
            does("moved", "w", 780),
            does("gone", "w", 540),
        ),
    )
    other = roster(
        works("w", "day0", 600),
        works("v", "day0", 720),
        tasks=(does("kept", "w", 540), does("given", "v", 660), does("moved", "w", 840)),
    )
    found = differences(problem, one, other)
    assert found.shifts_removed == (("u", "night0"),)
    assert found.shifts_added == (("v", "day0"),)
    assert found.breaks_moved == (("w", "day0"),)
    assert [(e.task, e.workers, e.start, e.new_workers, e.new_start) for e in found.tasks] == [
        ("given", ("w",), 660, ("v",), 660),
        ("gone", ("w",), 540, (), None),
        ("moved", ("w",), 780, ("w",), 840),
    ]


def test_roster_with_a_crew_made_of_the_same_two_differs_in_nothing_to_see() -> None:
    problem = make_problem(someone("w", team="x"), someone("v", team="x"))
    one = roster(works("w", "day0", 720), works("v", "day0", 720))
    other = roster(works("w", "day0", 720, "k"), works("v", "day0", 720, "k"))
    assert differences(problem, one, other).is_nothing
    assert change_between(one, other).workers == ("v", "w")
