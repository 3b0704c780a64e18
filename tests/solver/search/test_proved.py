"""What is proved of parts, and when that says something of the whole."""

from solver.data.problem import Problem, Reference, Task, Worker
from solver.data.rules import RuleBook
from solver.data.spans import Span
from solver.engine import solve
from solver.search.proved import Proved, limits_of, whole_bounds
from tests.solver.search.test_replanning import ALL, DAY, DAYS, LEVELS, SHIFTS

TWO = ("cover", "changes")


def test_bound_holds_under_limits_that_are_no_wider():
    proved = Proved(TWO)
    proved.note("changes", {"cover": 2}, 5)
    assert proved.least("changes", {"cover": 2}) == 5
    assert proved.least("changes", {"cover": 1}) == 5
    assert proved.least("changes", {"cover": 3}) == 0


def test_bound_is_none_of_a_roster_that_is_worse_above():
    proved = Proved(TWO)
    proved.note("changes", {"cover": 2}, 5)
    assert proved.of({"cover": 1, "changes": 7}) == {"changes": 5}
    assert proved.of({"cover": 3, "changes": 4}) == {"changes": 0}


def test_bounds_of_parts_add_up_when_all_that_is_above_is_proved():
    parts = [
        ({"cover": 1, "changes": 7}, {"cover": 1, "changes": 5}),
        ({"cover": 0, "changes": 3}, {"changes": 3}),
    ]
    assert whole_bounds(TWO, parts) == {"cover": 1, "changes": 8}


def test_a_part_that_could_be_better_above_leaves_the_others_without_a_bound():
    parts = [
        ({"cover": 2, "changes": 7}, {"cover": 1, "changes": 5}),
        ({"cover": 1, "changes": 3}, {"cover": 1, "changes": 3}),
    ]
    assert whole_bounds(TWO, parts) == {"cover": 2, "changes": 5}


def test_level_has_no_bound_before_all_parts_that_pay_have_one():
    parts = [({"cover": 0, "changes": 7}, {"changes": 5}), ({"cover": 0, "changes": 3}, {})]
    assert whole_bounds(TWO, parts) == {"cover": 0}


def test_fewest_changes_are_told_as_proved_before_the_rest_is_bettered():
    away = Worker(id="a", rule_book="b", shifts=ALL, blocked=(Span(0, DAY),))
    task = Task(
        id="x",
        place=None,
        earliest_start=540,
        latest_start=540,
        duration_min=60,
        level="cover",
        missing_points=1,
    )
    made = Problem(
        horizon=Span(0, 2 * DAY),
        days=DAYS,
        levels=LEVELS,
        rule_books=(RuleBook(id="b", rules=()),),
        shifts=SHIFTS,
        workers=(away, Worker(id="b", rule_book="b", shifts=ALL)),
        tasks=(task,),
        reference=Reference(
            level="changes", shifts=(("a", "s0"),), tasks=(("x", "a"),), shift_points=4
        ),
    )
    told = []
    solve(made, seconds=20, work_limit=5.0, repeatable=True, on_progress=told.append)
    bettered = next(each for each in told if each.phase == "improve" and each.levels)
    changes = next(each for each in bettered.levels if each.level == "changes")
    assert changes.value > 0
    assert changes.bound == changes.value


def test_a_part_may_cost_more_by_what_the_others_pay_beyond_their_bounds():
    tight = ({"cover": 1, "changes": 7}, {"cover": 1, "changes": 5})
    loose = ({"cover": 2, "changes": 3}, {"cover": 1, "changes": 3})
    assert limits_of(TWO, [tight, loose], 0) == {"cover": 2, "changes": 7}
    assert limits_of(TWO, [tight, loose], 1) == {"cover": 2, "changes": 10}
    assert limits_of(TWO, [tight], 0) == {"cover": 1, "changes": 7}
