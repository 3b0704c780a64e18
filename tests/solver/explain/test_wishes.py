"""What granting a wish would cost, or what forbids it."""

from hypothesis import HealthCheck, given, settings

from solver.data.problem import Lock, Preference, Problem
from solver.data.rules import Rule, ShiftsPerDay, WorkingTime
from solver.data.solution import Solution
from solver.explain.changes import applied
from solver.explain.explainer import Explainer
from solver.explain.wishes import WishAnswer
from tests.solver.explain.examples import does, roster, someone, task, works
from tests.solver.explain.rosters import broken, price, rosters
from tests.solver.small import FIRST, HORIZON, HOUR, make_fact, make_problem

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck))


def free(*days: int) -> Preference:
    """Return the wish not to work on some days of the horizon."""
    return Preference(level="wish", name="free", days=tuple(FIRST + day for day in days), points=3)


def wants(kind: str, *days: int) -> Preference:
    """Return the wish to work a kind of shift on some days of the horizon."""
    return Preference(
        level="wish",
        name="wants",
        days=tuple(FIRST + day for day in days),
        points=3,
        kinds=frozenset({kind}),
        when_absent=True,
    )


def answer(problem: Problem, solution: Solution) -> WishAnswer:
    (found,) = Explainer(problem, solution).wishes()
    return found


@SLOW
@given(rosters())
def test_every_wish_is_granted_legally_at_the_price_told_or_something_forbids_it(
    made: tuple[Problem, Solution],
) -> None:
    problem, solution = made
    for found in Explainer(problem, solution).wishes():
        if found.granted is None:
            assert found.blockers
            continue
        after = applied(solution, found.granted.change)
        assert not broken(problem, after)
        assert found.granted.sums == price(problem, solution, found.granted.change)
        left = Explainer(problem, after).wishes()
        assert (found.worker, found.wish) not in [(each.worker, each.wish) for each in left]


def test_wish_for_a_free_day_tells_what_would_be_uncovered() -> None:
    problem = make_problem(someone(preferences=(free(0),)), tasks=(task(),))
    found = answer(problem, roster(works("w", "day0", 720), tasks=(does("t", "w", 540),)))
    assert (found.wish, found.level, found.points) == ("free", "wish", 3)
    assert found.granted is not None
    assert {e.level: e.points for e in found.granted.differences.levels if e.points} == {
        "promise": 4,
        "wish": -3,
    }


def test_wish_is_cheaper_when_another_takes_the_shift() -> None:
    problem = make_problem(
        someone(preferences=(free(0),)), someone("v"), tasks=(task(),), rules=(ShiftsPerDay(),)
    )
    found = answer(problem, roster(works("w", "day0", 720), tasks=(does("t", "w", 540),)))
    assert found.granted is not None
    assert found.granted.differences.shifts_added == (("v", "day0"),)
    assert {e.level: e.points for e in found.granted.differences.levels if e.points} == {"wish": -3}


def test_granted_wish_is_not_told() -> None:
    problem = make_problem(someone(preferences=(free(0),)))
    explainer = Explainer(problem, roster())
    assert explainer.wishes() == ()
    assert explainer.wish("w", 0) is None


def test_given_shift_forbids_a_free_day_and_a_locked_task_does_too() -> None:
    given_shift = someone(shifts=(), facts=(make_fact("day", 0),), preferences=(free(0),))
    found = answer(make_problem(given_shift), roster(works("w", "day0", 720)))
    assert (found.granted, found.blockers) == (None, ("given",))
    locked = task(locks=(Lock(worker="w", start=9 * HOUR),))
    problem = make_problem(someone(preferences=(free(0),)), tasks=(locked,))
    found = answer(problem, roster(works("w", "day0", 720), tasks=(does("t", "w", 540),)))
    assert (found.granted, found.blockers) == (None, ("locked",))


def test_wish_for_a_kind_of_shift_tells_the_rule_that_forbids_it() -> None:
    rules: tuple[Rule, ...] = (WorkingTime(periods=(HORIZON,), most_min=60),)
    wishes = {"preferences": (wants("day", 0),)}
    limited = make_problem(someone(**wishes), rules=rules)
    assert answer(limited, roster()).blockers == ("working-time",)
    assert answer(make_problem(someone(shifts=(), **wishes)), roster()).blockers == ("off",)
    other = make_problem(someone(shifts=("night0",), **wishes))
    assert answer(other, roster()).blockers == ("no-shift",)


def test_wish_for_a_kind_of_shift_is_granted_by_another_week() -> None:
    problem = make_problem(
        someone(shifts=("day0", "night0"), preferences=(wants("night", 0),)),
        rules=(ShiftsPerDay(),),
    )
    found = answer(problem, roster(works("w", "day0", 720)))
    assert found.granted is not None
    assert found.granted.differences.shifts_removed == (("w", "day0"),)
    assert found.granted.differences.shifts_added == (("w", "night0"),)
