"""Each rule by hand: what is just allowed, what is just forbidden, and what facts excuse."""

from collections.abc import Sequence

import pytest

from solver.data.problem import Fact, Problem, Shift, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    Rule,
    RuleBook,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.spans import Span
from solver.search.legality import WorkerRules, break_starts

DAY = 1440


def shift(day: int, start: float, end: float, name: str = "", break_min: int = 0) -> Shift:
    span = Span(day * DAY + int(start * 60), day * DAY + int(end * 60))
    return Shift(
        id=name or f"{day}:{start}",
        day=day,
        kind="k",
        parts=(span,),
        break_min=break_min,
        counted_min={"b": span.length},
    )


def fact(day: int, start: float, end: float) -> Fact:
    parts = shift(day, start, end).parts
    return Fact(id=f"f{day}{start}", day=day, parts=parts, counted_min=parts[0].length)


def breaches(
    rule: Rule,
    shifts: Sequence[Shift],
    facts: Sequence[Fact] = (),
    bound: Sequence[Span] = (),
    standby: Sequence[Span] = (),
    blocked: Sequence[Span] = (),
) -> set[str]:
    worker = Worker(
        id="w",
        rule_book="b",
        facts=tuple(facts),
        bound=tuple(bound),
        standby=tuple(standby),
        blocked=tuple(blocked),
    )
    problem = Problem(
        horizon=Span(0, 7 * DAY),
        days=tuple(Span(d * DAY, (d + 1) * DAY) for d in range(9)),
        levels=("one",),
        rule_books=(RuleBook(id="b", rules=(rule,)),),
        shifts=tuple(shifts),
        workers=(worker,),
    )
    return WorkerRules(problem, worker).breaches(shifts)


daily = RestInPeriod(name="daily-rest", periods=(Span(0, DAY), Span(DAY, 2 * DAY)), rest_min=660)
weekly = RestInPeriod(
    name="weekly-rest", periods=(Span(0, 3 * DAY),), rest_min=2160, standby_breaks_rest=True
)


def test_rest_of_exactly_the_least_length_is_enough():
    assert not breaches(daily, [shift(0, 11, 20)])
    assert not breaches(daily, [shift(0, 4, 13)])


def test_rest_may_not_reach_over_the_end_of_its_period():
    assert breaches(daily, [shift(0, 10.5, 20)]) == {"daily-rest"}


def test_night_shift_uses_the_rest_of_both_periods():
    assert not breaches(daily, [shift(0, 20, 33)])
    assert breaches(daily, [shift(0, 20, 33), shift(1, 19, 22)]) == {"daily-rest"}


def test_bound_time_breaks_rest():
    assert breaches(daily, [shift(0, 11, 20)], bound=[Span(120, 180)]) == {"daily-rest"}


def test_standby_breaks_rest_only_where_the_rule_says_so():
    on_call = [Span(2 * DAY, 2 * DAY + 600)]
    assert not breaches(daily, [shift(0, 11, 20)], standby=[Span(120, 180)])
    assert not breaches(weekly, [shift(0, 8, 16), shift(2, 14, 24)])
    assert breaches(weekly, [shift(0, 8, 16), shift(2, 14, 24)], standby=on_call) == {"weekly-rest"}


def test_rest_already_lost_by_facts_forbids_nothing():
    lost = [fact(0, 0, 7), fact(0, 12, 20)]
    assert not breaches(daily, [shift(0, 8, 11)], facts=lost)


def test_facts_of_before_and_after_the_horizon_count():
    after = Fact(id="a", day=7, parts=(Span(7 * DAY, 7 * DAY + 60),), counted_min=60)
    rule = RestInPeriod(
        name="weekly-rest",
        periods=(Span(6 * DAY, 8 * DAY),),
        rest_min=1440,
        standby_breaks_rest=True,
    )
    assert not breaches(rule, [shift(6, 0, 8)])
    assert breaches(rule, [shift(6, 0, 8)], facts=[after]) == {"weekly-rest"}


def test_rest_between_is_about_pairs_with_a_planned_shift():
    rule = RestBetween(rest_min=660)
    assert not breaches(rule, [shift(0, 8, 16), shift(1, 3, 8)])
    assert breaches(rule, [shift(0, 8, 16), shift(1, 2, 8)]) == {"rest-between"}
    assert not breaches(rule, [shift(2, 8, 16)], facts=[fact(0, 8, 16), fact(0, 20, 23)])
    assert breaches(rule, [shift(1, 2, 8)], facts=[fact(0, 8, 16)]) == {"rest-between"}


def test_rest_begins_when_the_last_of_facts_ends_though_another_began_later():
    around, inside = fact(0, 8, 15), fact(0, 9, 10)
    rule = RestBetween(rest_min=60)
    assert breaches(rule, [shift(0, 15.5, 20)], facts=[around, inside]) == {"rest-between"}
    assert not breaches(rule, [shift(0, 16, 20)], facts=[around, inside])


def test_working_time_counts_shifts_in_the_period_of_their_start():
    rule = WorkingTime(periods=(Span(0, DAY),), most_min=480)
    assert not breaches(rule, [shift(0, 20, 28)])
    assert breaches(rule, [shift(0, 20, 29)]) == {"working-time"}


def test_bound_time_outside_shifts_counts_as_working_time():
    rule = WorkingTime(periods=(Span(0, DAY),), most_min=480)
    assert breaches(rule, [shift(0, 8, 16)], bound=[Span(0, 60)]) == {"working-time"}
    inside = [Span(16 * 60, 17 * 60)]
    assert not breaches(rule, [shift(0, 8, 15)], facts=[fact(0, 16, 17)], bound=inside)


def test_days_in_a_row_count_facts_and_bound_time():
    rule = ConsecutiveDays(most=2)
    assert not breaches(rule, [shift(0, 8, 9), shift(1, 8, 9), shift(3, 8, 9)])
    assert breaches(rule, [shift(1, 8, 9)], facts=[fact(0, 8, 9), fact(2, 8, 9)]) == {
        "consecutive-days"
    }
    assert breaches(rule, [shift(0, 8, 9), shift(1, 8, 9)], bound=[Span(2 * DAY, 2 * DAY + 9)])


def test_a_row_of_facts_excuses_only_itself():
    rule = ConsecutiveDays(most=2)
    facts = [fact(day, 8, 9) for day in (0, 1, 2)]
    assert not breaches(rule, [shift(4, 8, 9)], facts=facts)
    assert breaches(rule, [shift(3, 8, 9)], facts=facts) == {"consecutive-days"}


def test_two_shifts_a_day_need_a_rule_that_allows_them():
    shifts = [shift(0, 6, 8), shift(0, 14, 16)]
    assert breaches(ShiftsPerDay(most=1), shifts) == {"shifts-per-day"}
    assert not breaches(ShiftsPerDay(most=2), shifts)


@pytest.mark.parametrize(
    ("hours", "break_min", "is_legal"),
    [(5, 0, True), (5.5, 0, False), (10.5, 30, True), (11, 30, False)],
)
def test_continuous_work_needs_a_break_in_the_right_place(hours, break_min, is_legal):
    found = breaches(ContinuousWork(most_min=300), [shift(0, 6, 6 + hours, break_min=break_min)])
    assert found == (set() if is_legal else {"no-break"})


def test_break_leaves_no_stretch_too_long():
    starts = break_starts(shift(0, 6, 14, break_min=30), [ContinuousWork(most_min=300)], 15)
    assert (starts[0], starts[-1]) == (510, 660)


def test_planned_shift_keeps_off_blocked_bound_and_other_shifts():
    rule = ShiftsPerDay(most=3)
    taken = [Span(600, 660)]
    assert breaches(rule, [shift(0, 8, 12)], blocked=taken) == {"blocked"}
    assert breaches(rule, [shift(0, 8, 12)], bound=taken) == {"bound"}
    assert breaches(rule, [shift(0, 8, 12)], facts=[fact(0, 11, 13)]) == {"other-work"}
    assert breaches(rule, [shift(0, 8, 12), shift(0, 11, 13)]) == {"other-work"}
    assert not breaches(rule, [shift(0, 8, 10), shift(0, 11, 13)], blocked=taken, bound=taken)
