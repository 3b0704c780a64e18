"""Each rule just kept and just broken."""

from dataclasses import replace

import pytest

from solver.checks import Violation, level_values, violations, violations_of_worker
from solver.data.problem import Fact, Problem, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    Rule,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from tests.solver.small import DAY, HORIZON, HOUR, SHIFTS, anchored, make_fact, make_problem

WORKER = Worker(id="w", rule_book="book", shifts=tuple(shift.id for shift in SHIFTS))


def roster(problem: Problem, *names: str, at_h: int = 4) -> Solution:
    """Return shifts of one worker, each break some hours into its shift."""
    worked = []
    for name in names:
        shift = problem.shift_by_id[name]
        start = shift.parts[0].start + at_h * HOUR
        breaks = (Span(start, start + shift.break_min),) if shift.break_min else ()
        worked.append(WorkedShift(worker="w", shift=name, breaks=breaks))
    return Solution(shifts=tuple(worked), tasks=(), levels=())


def found(rules: tuple[Rule, ...], *names: str, worker: Worker = WORKER) -> list[Violation]:
    problem = make_problem(worker, rules=rules)
    given = [fact.shift for fact in worker.facts if fact.shift]
    solution = roster(problem, *names, *given)
    everything = violations(problem, solution)
    assert set(violations_of_worker(problem, solution, "w")) == set(everything)
    return list(everything)


def codes(rules: tuple[Rule, ...], *names: str, worker: Worker = WORKER) -> list[tuple[str, bool]]:
    return [(breach.rule, breach.is_fact) for breach in found(rules, *names, worker=worker)]


def test_eleven_hours_inside_the_anchored_day_are_enough_although_the_shifts_lie_closer() -> None:
    # Evening until midnight, then day from seven: seven hours between, but each anchored day has
    # its rest.
    rule = anchored(1, 10)
    assert codes((rule,), "evening0", "day1") == []
    assert codes((RestBetween(rest_min=8 * HOUR),), "evening0", "day1") == [("rest-between", False)]


def test_daily_rest_one_hour_too_short_is_found_with_its_numbers() -> None:
    (breach,) = found((anchored(1, 11),), "evening0")
    assert breach.rule == "daily-rest"
    assert breach.span == Span(5 * HOUR, 29 * HOUR)
    assert dict(breach.values) == {"rest_min": 600, "least_min": 660}


def test_rest_that_facts_alone_break_is_a_fact() -> None:
    worker = replace(WORKER, facts=(make_fact("evening", 0),))
    assert codes((anchored(1, 11),), worker=worker) == [("daily-rest", True)]
    assert codes((anchored(1, 11),), "day2", worker=worker) == [("daily-rest", True)]


def test_rest_reaches_back_to_work_before_the_horizon() -> None:
    worker = replace(WORKER, facts=(make_fact("night", -1),))
    assert codes((RestBetween(rest_min=9 * HOUR),), "day0", worker=worker)[0][0] == "rest-between"
    assert codes((RestBetween(rest_min=8 * HOUR),), "evening0", worker=worker) == []


def test_stand_by_breaks_weekly_rest_but_not_daily() -> None:
    worker = replace(WORKER, standby=(Span(40 * HOUR, 41 * HOUR),))
    weekly, daily = anchored(4, 80, "weekly-rest", at_h=0), anchored(1, 20, at_h=0)
    assert codes((weekly, daily), worker=replace(worker, standby=())) == []
    assert ("weekly-rest", True) in codes((weekly, daily), worker=worker)
    assert all(code == "weekly-rest" for code, _ in codes((weekly, daily), worker=worker))


def test_gap_between_the_parts_of_a_split_shift_may_be_rest() -> None:
    periods = (Span(6 * HOUR, 18 * HOUR),)
    for rest_h, expected in ((4, []), (5, [("daily-rest", False)])):
        rule = RestInPeriod(name="daily-rest", periods=periods, rest_min=rest_h * HOUR)
        assert codes((rule,), "split0") == expected


@pytest.mark.parametrize(("most_min", "expected"), [(1020, []), (1019, [("working-time", False)])])
def test_working_time_counts_to_the_minute(most_min: int, expected: list[tuple[str, bool]]) -> None:
    rule = WorkingTime(periods=(HORIZON,), most_min=most_min)
    assert codes((rule,), "day0", "day1") == expected


def test_working_time_counts_bound_time_outside_shifts() -> None:
    worker = replace(WORKER, bound=(Span(2 * DAY + 600, 2 * DAY + 660),))
    rule = WorkingTime(periods=(HORIZON,), most_min=560)
    assert codes((rule,), "day0", worker=worker) == [("working-time", False)]
    assert codes((rule,), worker=worker) == []


def test_two_shifts_a_day_break_a_limit_of_one() -> None:
    assert codes((ShiftsPerDay(most=1),), "day0", "night0") == [("shifts-per-day", False)]
    assert codes((ShiftsPerDay(most=2),), "day0", "night0") == []


def test_row_of_days_reaches_over_the_border() -> None:
    worker = replace(WORKER, facts=(make_fact("day", -2), make_fact("day", -1)))
    assert codes((ConsecutiveDays(most=3),), "day0", worker=worker) == []
    assert codes((ConsecutiveDays(most=2),), "day0", worker=worker) == [("consecutive-days", False)]
    assert codes((ConsecutiveDays(most=1),), worker=worker) == [("consecutive-days", True)]


def test_bound_time_makes_a_worked_day() -> None:
    worker = replace(WORKER, bound=(Span(DAY + 600, DAY + 660),))
    assert codes((ConsecutiveDays(most=2),), "day0", "day2", worker=worker) == [
        ("consecutive-days", False)
    ]


def test_break_too_early_leaves_too_long_a_stretch() -> None:
    problem = make_problem(WORKER, rules=(ContinuousWork(most_min=5 * HOUR),))
    assert violations(problem, roster(problem, "day0", at_h=4)) == ()
    (breach,) = violations(problem, roster(problem, "day0", at_h=3))
    assert breach.rule == "continuous-work"
    assert dict(breach.values) == {"work_min": 330, "most_min": 300}


def test_missing_or_wrong_break_is_found() -> None:
    problem = make_problem(WORKER)
    bare = Solution(shifts=(WorkedShift(worker="w", shift="day0"),), tasks=(), levels=())
    assert [breach.rule for breach in violations(problem, bare)] == ["break"]
    odd = WorkedShift(worker="w", shift="split0", breaks=(Span(480, 510),))
    split = Solution(shifts=(odd,), tasks=(), levels=())
    assert [breach.rule for breach in violations(problem, split)] == ["break"]


def test_given_shift_that_no_break_can_mend_is_a_fact() -> None:
    worker = replace(WORKER, facts=(make_fact("split", 0),))
    rule = ContinuousWork(most_min=3 * HOUR)
    assert codes((rule,), worker=worker) == [("continuous-work", True)] * 2
    assert codes((rule,), "split1")[0] == ("continuous-work", False)


@pytest.mark.parametrize("code", ["blocked", "bound"])
def test_shift_over_taken_time_is_found(code: str) -> None:
    taken = (Span(8 * HOUR, 9 * HOUR),)
    worker = replace(WORKER, blocked=taken) if code == "blocked" else replace(WORKER, bound=taken)
    assert codes((), "day0", worker=worker) == [(code, False)]
    assert codes((), "evening0", worker=worker) == []
    given = replace(worker, facts=(make_fact("day", 0),))
    # Whoever gave a shift around bound time knew of it; nobody can be away and at work.
    assert codes((), worker=given) == ([(code, True)] if code == "blocked" else [])
    partly = replace(given, bound=(Span(6 * HOUR, 8 * HOUR),), blocked=())
    assert codes((), worker=partly) == [("bound", True)]


def test_shifts_over_each_other_or_not_offered_are_found() -> None:
    assert codes((), "day0", "evening0") == [("overlap", False)]
    worker = replace(WORKER, shifts=("day0",))
    assert codes((), "day1", worker=worker) == [("not-offered", False)]


def fact_over(first: Span, name: str) -> Fact:
    return Fact(id=name, day=3, parts=(first,), counted_min=first.length)


def test_break_lies_beside_bound_time_unless_there_is_no_room() -> None:
    worker = replace(WORKER, facts=(make_fact("day", 0),))
    meeting = replace(worker, bound=(Span(11 * HOUR, 12 * HOUR),))
    assert codes((), worker=meeting) == [("break", False)]
    all_day = replace(worker, bound=(Span(7 * HOUR, 16 * HOUR),))
    assert codes((), worker=all_day) == [("break", True)]
    rules = (ContinuousWork(most_min=255),)
    middle = replace(worker, bound=(Span(11 * HOUR, 11 * HOUR + 30),))
    found = codes(rules, worker=middle)
    assert found == [("break", True), ("continuous-work", True)]


def test_planned_shift_is_judged_against_the_fact_that_ends_last() -> None:
    long, inside = Span(0, 10 * HOUR), Span(1 * HOUR, 2 * HOUR)
    worker = replace(WORKER, facts=(fact_over(long, "long"), fact_over(inside, "inside")))
    assert codes((), "day0", worker=worker) == [("overlap", True), ("overlap", False)]
    rested = [("overlap", True), ("rest-between", True), ("rest-between", False)]
    assert codes((RestBetween(rest_min=6 * HOUR),), "evening0", worker=worker) == rested


def test_what_the_problem_lacks_is_unknown_and_judged_no_further() -> None:
    problem = make_problem(WORKER)
    strange = Solution(
        shifts=(
            WorkedShift(worker="w", shift="none"),
            WorkedShift(worker="nobody", shift="day0"),
        ),
        tasks=(PlacedTask(task="none", worker="w", start=0),),
        levels=(),
    )
    everything = violations(problem, strange)
    assert [breach.rule for breach in everything] == ["unknown"] * 3
    assert [breach.rule for breach in violations_of_worker(problem, strange, "w")] == [
        "unknown",
        "unknown",
    ]
    assert level_values(problem, strange) == level_values(
        problem, Solution(shifts=(), tasks=(), levels=())
    )


def test_roster_that_leaves_a_fact_out_is_found() -> None:
    worker = replace(WORKER, facts=(make_fact("day", 0),))
    problem = make_problem(worker)
    nothing = Solution(shifts=(), tasks=(), levels=())
    assert [breach.rule for breach in violations(problem, nothing)] == ["fact-missing"]
