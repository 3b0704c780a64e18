"""Several weeks planned one after the other: legal over their borders, each with its own share."""

from dataclasses import replace
from itertools import pairwise

import pytest

from solver.checks import level_values, violations
from solver.data.problem import Demand, FairShare, HoursTarget, Problem, Shift, Task, Worker
from solver.data.rules import ConsecutiveDays, RestBetween, RestInPeriod, RuleBook, ShiftsPerDay
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.engine import solve
from solver.search.components import split
from solver.search.limits import Budget
from solver.search.part import Part
from solver.search.patterns import Patterns
from solver.search.rolling import Rolling, is_long
from solver.search.week import WeekMaker, weeks_of
from tests.solver.weeks import DAY, fact_of

N_DAYS, WEEK = 14, 7 * DAY
FIRST = 2
"""Index of the horizon's first day."""
KINDS = {"day": (6, 15), "night": (22, 31)}
RULES = (
    ShiftsPerDay(most=1),
    RestBetween(rest_min=11 * 60),
    ConsecutiveDays(most=4),
    RestInPeriod(
        name="weekly-rest",
        periods=tuple(Span(n * WEEK + 300, (n + 1) * WEEK + 300) for n in (-1, 0, 1, 2)),
        rest_min=36 * 60,
    ),
)


def shift(kind: str, day: int) -> Shift:
    start, end = (day * DAY + hour * 60 for hour in KINDS[kind])
    return Shift(
        id=f"{kind}{day}",
        day=FIRST + day,
        kind=kind,
        parts=(Span(start, end),),
        counted_min={"book": end - start},
        tags=frozenset({kind}),
    )


SHIFTS = tuple(shift(kind, day) for day in range(N_DAYS) for kind in KINDS)


def worker(name: str, **more: object) -> Worker:
    given = {"shifts": tuple(s.id for s in SHIFTS), "skills": frozenset({"able"})}
    return Worker(id=name, rule_book="book", **{**given, **more})


def demand(heads: int, start: int, end: int) -> Demand:
    return Demand(
        id=f"d{start}",
        span=Span(start, end),
        skills=frozenset({"able"}),
        levels=((heads, "cover", 1),),
    )


def fortnight(*workers: Worker, **more: object) -> Problem:
    days = tuple(Span(day * DAY, (day + 1) * DAY) for day in range(-FIRST, N_DAYS + 2))
    given: dict[str, object] = {
        "horizon": Span(0, N_DAYS * DAY),
        "days": days,
        "levels": ("cover", "hours", "fair"),
        "rule_books": (RuleBook(id="book", rules=RULES),),
        "shifts": SHIFTS,
        "workers": workers or tuple(worker(name) for name in "abcdef"),
        "demands": tuple(demand(2, d * DAY, (d + 1) * DAY) for d in range(N_DAYS)),
    }
    return Problem(**{**given, **more})


def rolled(problem: Problem, work_limit: float = 5.0) -> tuple[Patterns, dict[str, tuple]]:
    budget = Budget(60.0, work_limit, is_repeatable=True, should_stop=lambda: False)
    part = Part(split(problem)[0], budget, 1, lambda *_, **__: None)
    own = frozenset(task.id for task in problem.tasks)
    rolling = Rolling(problem, own, part.patterns, part.weights, budget)
    return part.patterns, rolling.first(1)


def test_weeks_share_a_horizon_and_its_coverage_without_gaps():
    weeks = weeks_of(fortnight(), first_days=3)
    assert [len(week.days) for week in weeks] == [3, 7, 4]
    assert [week.span.start for week in weeks] == [0, 3 * DAY, 10 * DAY]
    assert all(a.reach.end == b.reach.start for a, b in pairwise(weeks))
    assert weeks[0].reach.end == 3 * DAY + 6 * 60  # until day shifts begin, nights are this week's


def test_one_week_is_planned_as_a_whole():
    assert is_long(fortnight())
    assert not is_long(
        replace(
            fortnight(),
            horizon=Span(0, WEEK),
            shifts=SHIFTS[:14],
            workers=(worker("a", shifts=tuple(s.id for s in SHIFTS[:14])),),
        )
    )


def test_patterns_put_together_are_legal_over_the_border_of_weeks():
    problem = fortnight(*(worker(name) for name in "abcde"))
    patterns, chosen = rolled(problem)
    assert all(patterns.is_legal(name, mine) for name, mine in chosen.items())
    days = {problem.shift_by_id[name].day - FIRST for mine in chosen.values() for name in mine}
    assert {*range(N_DAYS)} == days


def test_patterns_are_kept_when_time_is_out():
    patterns, chosen = rolled(fortnight(), work_limit=0.0)
    assert chosen == dict.fromkeys(patterns.open_workers, ())


def test_a_night_of_the_week_before_rests_and_covers_in_the_next_week():
    problem = fortnight(worker("a"), worker("b"))
    second = weeks_of(problem)[1]
    mine = WeekMaker(problem).make(second, {"a": ("night6",)}, is_last=True)
    assert not Patterns(mine).is_legal("a", ("day7",))
    assert Patterns(mine).is_legal("b", ("day7",))
    assert any(fact.shift == "night6" for fact in mine.worker_by_id["a"].facts)
    assert min(d.span.start for d in mine.demands) == WEEK + 6 * 60


def test_shifts_of_the_week_after_keep_their_rest():
    problem = fortnight(worker("a"))
    first = weeks_of(problem)[0]
    mine = WeekMaker(problem).make(first, {"a": ("day7",)}, is_last=True)
    assert not Patterns(mine).is_legal("a", ("night6",))
    assert Patterns(mine).is_legal("a", ("day6",))


def test_long_row_of_days_is_not_begun_before_days_already_worked():
    problem = fortnight(worker("a"))
    first = weeks_of(problem)[0]
    later = {"a": ("day7", "day8", "day9")}
    patterns = Patterns(WeekMaker(problem).make(first, later, is_last=True))
    assert patterns.is_legal("a", ("day6",))
    assert not patterns.is_legal("a", ("day5", "day6"))
    offers = patterns.cheapest({}, [table + 1.0 for table in patterns.prices()])
    assert patterns.is_legal("a", offers.found[0].pattern)


def test_hours_of_the_horizon_are_split_by_open_days_and_what_is_left():
    hours = HoursTarget(level="hours", period=Span(0, 2 * WEEK), target_min=6300)
    first, second = weeks_of(problem := fortnight(worker("a", hours=(hours,))))
    make = WeekMaker(problem).make
    assert make(first, {}, is_last=False).workers[0].hours[0].target_min == 3150
    worked = {"a": tuple(f"day{d}" for d in (0, 1, 2, 3))}
    left = make(second, worked, is_last=True).workers[0].hours[0]
    assert (left.target_min, left.period) == (6300 - 4 * 540, Span(WEEK, 2 * WEEK))


def test_hours_of_another_week_do_not_count_in_a_week():
    hours = tuple(
        HoursTarget(level="hours", period=Span(n * WEEK, (n + 1) * WEEK), target_min=1000 + n)
        for n in range(2)
    )
    problem = fortnight(worker("a", hours=hours))
    made = WeekMaker(problem).make(weeks_of(problem)[1], {}, is_last=True)
    assert [each.target_min for each in made.workers[0].hours] == [1001]


@pytest.mark.parametrize(
    ("n_worked", "first_share", "second_share"), [(0, 2, 3), (1, 2, 3), (4, 2, 3)]
)
def test_fair_share_is_split_and_counts_what_the_weeks_before_used(
    n_worked, first_share, second_share
):
    fair = FairShare(level="fair", tag="night", share=3)
    first, second = weeks_of(problem := fortnight(worker("a", fair_shares=(fair,))))
    make = WeekMaker(problem).make
    assert make(first, {}, is_last=False).workers[0].fair_shares[0].share == first_share
    worked = {"a": tuple(f"night{d}" for d in range(n_worked))}
    made = make(second, worked, is_last=True).workers[0]
    assert made.fair_shares[0].share == second_share
    assert sum("night" in fact.tags for fact in made.facts) == n_worked


def test_each_task_is_one_weeks_and_one_at_night_the_week_when_the_night_begins():
    tasks = tuple(
        Task(
            id=f"t{day}",
            place=None,
            earliest_start=day * DAY + hour * 60,
            latest_start=day * DAY + hour * 60,
            duration_min=30,
            level="cover",
            missing_points=1,
        )
        for day, hour in ((6, 23), (7, 2), (8, 8))
    )
    problem = fortnight(tasks=tasks)
    made = [WeekMaker(problem).make(week, {}, is_last=True) for week in weeks_of(problem)]
    assert [[task.id for task in each.tasks] for each in made] == [["t6", "t7"], ["t8"]]


def test_two_weeks_keep_rules_facts_and_value_and_come_out_the_same_again():
    fact = fact_of(shift("night", 6), "a", "book")
    problem = fortnight(
        worker("a", facts=(fact,)),
        *(worker(n, fair_shares=(FairShare(level="fair", tag="night", share=3),)) for n in "bcdef"),
    )
    found = [
        solve(problem, repeatable=True, work_limit=3.0, n_workers=1, seconds=60.0) for _ in range(2)
    ]
    assert not broken(problem, found[0])
    assert {e.level: e.value for e in found[0].levels} == dict(level_values(problem, found[0]))
    assert any(w.worker == "a" and w.shift == "night6" for w in found[0].shifts)
    assert (found[0].shifts, found[0].levels) == (found[1].shifts, found[1].levels)


def broken(problem: Problem, solution: Solution) -> list[object]:
    return [each for each in violations(problem, solution) if not each.is_fact]
