"""Rules over days by hand: search and check say the same of what is just allowed, and just not."""

from collections.abc import Sequence

import pytest

from solver.checks import level_values, violations
from solver.data.errors import InvalidProblemError
from solver.data.problem import Demand, Problem, Worker
from solver.data.rules import (
    ANY_WORK,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    RestInPeriod,
    Rule,
    Weekends,
    WorkingTime,
)
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search.legality import WorkerRules
from solver.search.own import own_points
from tests.solver.small import DAY, FIRST, HORIZON, HOUR, SHIFTS, make_fact, make_problem

ALL = tuple(shift.id for shift in SHIFTS)


def problem_of(rule: Rule, *facts: tuple[str, int]) -> Problem:
    given = tuple(make_fact(kind, day) for kind, day in facts)
    return make_problem(Worker(id="w", rule_book="book", shifts=ALL, facts=given), rules=(rule,))


def broken(rule: Rule, pattern: Sequence[str], *facts: tuple[str, int]) -> set[str]:
    """Return what planned shifts break: by the check, and so says the search."""
    problem = problem_of(rule, *facts)
    shifts = [problem.shift_by_id[name] for name in pattern]
    given = [problem.shift_by_id[f.shift] for f in problem.workers[0].facts if f.shift]
    worked = tuple(
        WorkedShift(
            worker="w",
            shift=shift.id,
            breaks=(Span(shift.span.start + 60, shift.span.start + 60 + shift.break_min),)
            if shift.break_min
            else (),
        )
        for shift in (*shifts, *given)
    )
    found = violations(problem, Solution(shifts=worked, tasks=(), levels=()))
    codes = {each.rule for each in found if not each.is_fact}
    assert codes == WorkerRules(problem, problem.workers[0]).breaches(shifts)
    return codes


def cost(rule: Rule, *pattern: str) -> int:
    """Return what a soft rule costs: by the check, and so says the search."""
    problem = problem_of(rule)
    shifts = tuple(WorkedShift(worker="w", shift=name) for name in pattern)
    points = level_values(problem, Solution(shifts=shifts, tasks=(), levels=()))["fair"]
    planned = [problem.shift_by_id[name] for name in pattern]
    assert points == own_points(problem, problem.workers[0], planned).get("fair", 0)
    return points


def test_a_row_of_days_inside_the_horizon_may_not_be_too_short() -> None:
    rule = ConsecutiveDays(most=9, least=2)
    assert broken(rule, ["day1"]) == {"too-few-days"}
    assert not broken(rule, ["day1", "day2"])
    assert not broken(rule, ["day0"])
    assert not broken(rule, ["day3"])
    assert not broken(rule, [], ("day", 1))


def test_a_rule_for_rows_may_hold_on_some_days_only() -> None:
    rule = ConsecutiveDays(most=1, days=frozenset({FIRST + 1}))
    assert broken(rule, ["day0", "day1"]) == {"consecutive-days"}
    assert not broken(rule, ["day1", "day2", "day3"])
    single = ConsecutiveDaysOff(least=2, days=frozenset({FIRST + 2}))
    assert broken(single, ["day1", "day3"]) == {"too-few-days-off"}
    assert not broken(single, ["day0", "day2"])


def test_given_work_that_is_too_long_while_a_rule_holds_may_go_on_after_it() -> None:
    rule = ConsecutiveDays(most=1, days=frozenset({FIRST + 1}))
    assert not broken(rule, ["day2"], ("day", 0), ("day", 1))


def test_single_days_off_between_worked_ones_are_forbidden() -> None:
    rule = ConsecutiveDaysOff(least=2)
    assert broken(rule, ["day0", "day2"]) == {"too-few-days-off"}
    assert not broken(rule, ["day0", "day3"])
    assert not broken(rule, ["day1"])


def test_kinds_that_may_not_follow_each_other() -> None:
    rule = ForbiddenSequence(sequences=(("evening", "day"),))
    assert broken(rule, ["evening0", "day1"]) == {"forbidden-sequence"}
    assert not broken(rule, ["evening0", "evening1", "day3"])
    assert broken(rule, ["day1"], ("evening", 0)) == {"forbidden-sequence"}
    assert not broken(rule, [], ("evening", 0), ("day", 1))


def test_sequences_may_be_of_any_length() -> None:
    rule = ForbiddenSequence(sequences=(("night", "night", "evening"),))
    assert broken(rule, ["night0", "night1", "evening2"]) == {"forbidden-sequence"}
    assert not broken(rule, ["night0", "evening1", "evening2"])
    assert not broken(rule, ["night0", "night1", "evening3"])


def test_a_step_of_a_sequence_may_be_a_day_off_or_any_work() -> None:
    rule = ForbiddenSequence(sequences=(("night", None, ANY_WORK),))
    assert broken(rule, ["night0", "evening2"]) == {"forbidden-sequence"}
    assert not broken(rule, ["night0", "evening3"])
    assert not broken(rule, ["night0", "night1"])


def test_work_before_the_horizon_begins_sequences_and_what_is_off_after_it_ends_none() -> None:
    rule = ForbiddenSequence(sequences=(("night", None, "day"), ("evening", None, None)))
    assert broken(rule, ["day1"], ("night", -1)) == {"forbidden-sequence"}
    assert broken(rule, ["evening1"]) == {"forbidden-sequence"}
    assert not broken(rule, ["evening2"])


def test_a_sequence_may_begin_on_some_days_only() -> None:
    before_free_days = ForbiddenSequence(
        sequences=(("night", None, None),), first_days=frozenset({FIRST + 1})
    )
    assert broken(before_free_days, ["night1"]) == {"forbidden-sequence"}
    assert not broken(before_free_days, ["night0"])
    assert not broken(before_free_days, ["night1", "day3"])


def test_kinds_of_facts_before_the_horizon_count() -> None:
    rule = ForbiddenSequence(sequences=(("evening", "day"),))
    assert broken(rule, ["day0"], ("evening", -1)) == {"forbidden-sequence"}
    assert not broken(rule, ["day0"], ("day", -1))


def test_no_row_of_days_pays_twice_for_one_rule() -> None:
    alike = ForbiddenSequence(
        sequences=(("day", "day"), ("day", ANY_WORK), ("day", "day", "day")),
        level="fair",
        points=3,
    )
    assert cost(alike, "day0", "day1", "day2") == 9


def test_weekends_are_counted_with_those_of_facts() -> None:
    rule = Weekends(weekends=((FIRST - 1, FIRST), (FIRST + 2, FIRST + 3)), most=1)
    assert not broken(rule, ["day2", "day3"])
    assert broken(rule, ["day2"], ("day", -1)) == {"weekends"}


def test_a_weekend_is_worked_as_a_whole_or_not_at_all() -> None:
    rule = Weekends(weekends=((FIRST + 1, FIRST + 2),), is_complete=True)
    assert broken(rule, ["day1"]) == {"split-weekend"}
    assert not broken(rule, ["day1", "day2"])


def test_shifts_of_some_kinds_are_counted_by_period() -> None:
    rule = CountOfShifts(periods=(HORIZON,), kinds=frozenset({"night"}), most=1)
    assert not broken(rule, ["night0", "day2"])
    assert broken(rule, ["night0", "night2"]) == {"count-of-shifts"}
    assert broken(rule, ["night2"], ("night", 0)) == {"count-of-shifts"}


@pytest.mark.parametrize(
    ("rule", "pattern", "points"),
    [
        (
            RestInPeriod(name="rest", periods=(HORIZON,), rest_min=48 * HOUR, level="fair"),
            ("day0", "day3"),
            0,
        ),
        (
            RestInPeriod(
                name="rest",
                periods=(Span(0, 2 * DAY), Span(2 * DAY, 4 * DAY)),
                rest_min=20 * HOUR,
                level="fair",
                points=3,
            ),
            ("day0", "day1", "split2", "split3"),
            6,
        ),
        (ConsecutiveDays(most=2, level="fair"), ("day0", "day1", "day2", "day3"), 2),
        (ConsecutiveDays(most=9, least=3, level="fair", points=5), ("day1",), 10),
        (ConsecutiveDaysOff(most=1, level="fair"), ("day0",), 2),
        (ConsecutiveDaysOff(least=2, level="fair"), ("day0", "day2"), 1),
        (ForbiddenSequence(sequences=(("day", "day"),), level="fair"), ("day0", "day1"), 1),
        (Weekends(weekends=((4,), (5,)), most=0, level="fair", points=2), ("day1", "day2"), 4),
        (CountOfShifts(periods=(HORIZON,), least=3, level="fair"), ("day1",), 2),
        (CountOfShifts(periods=(HORIZON,), most=1, level="fair"), ("day1", "night2"), 1),
        (
            WorkingTime(
                periods=(HORIZON,), most_min=9000, least_min=12 * HOUR, level="fair", step_min=60
            ),
            ("day1",),
            4,
        ),
    ],
)
def test_a_soft_rule_costs_points_for_all_that_misses_it(
    rule: Rule, pattern: tuple[str, ...], points: int
) -> None:
    assert cost(rule, *pattern) == points


@pytest.mark.parametrize(
    "make",
    [
        lambda: CountOfShifts(periods=(HORIZON,), least=1),
        lambda: ConsecutiveDaysOff(most=3),
        lambda: WorkingTime(periods=(HORIZON,), most_min=10, least_min=1),
    ],
)
def test_what_is_wanted_at_least_needs_a_level(make: object) -> None:
    with pytest.raises(InvalidProblemError, match="level"):
        make()  # type: ignore[operator]


def test_more_than_enough_workers_cost_points_and_the_engine_sends_one_home() -> None:
    span = Span(DAY + 8 * HOUR, DAY + 8 * HOUR + 15)
    demand = Demand(
        id="d", span=span, skills=frozenset(), levels=((1, "cover", 5),), most=((1, "cover", 3),)
    )
    both = tuple(Worker(id=name, rule_book="book", shifts=("day1",)) for name in ("v", "w"))
    problem = make_problem(*both, demands=(demand,))
    crowded = Solution(
        shifts=tuple(WorkedShift(worker=each.id, shift="day1") for each in both),
        tasks=(),
        levels=(),
    )
    assert level_values(problem, crowded)["cover"] == 3
    best = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
    assert len(best.shifts) == 1


def test_nights_in_a_row_are_counted_apart_from_other_days() -> None:
    rule = ConsecutiveDays(most=2, least=2, tags=frozenset({"night"}))
    assert not broken(rule, ["night0", "night1", "evening2"])
    assert broken(rule, ["night0", "night1", "night2"]) == {"consecutive-days"}
    assert broken(rule, ["day0", "night1", "day2"]) == {"too-few-days"}
    assert broken(rule, ["night0"], ("night", -2), ("night", -1)) == {"consecutive-days"}
    soft = ConsecutiveDays(most=1, tags=frozenset({"night"}), level="fair", points=5)
    assert cost(soft, "night0", "night1", "night2", "day3") == 2 * 5


def test_weekends_in_a_row_count_from_before_the_horizon() -> None:
    weekends = ((0, 1), (FIRST, FIRST + 1), (FIRST + 2, FIRST + 3))
    rule = Weekends(weekends=weekends, most_in_row=1)
    assert not broken(rule, ["day0", "day1"])
    assert not broken(rule, ["day2"], ("day", -3))
    assert broken(rule, ["day1"], ("day", -2)) == {"weekends-in-row"}
    assert broken(rule, ["day0", "day3"]) == {"weekends-in-row"}
    soft = Weekends(weekends=weekends, most_in_row=1, level="fair", points=3)
    assert cost(soft, "day1", "day2", "day3") == 3
