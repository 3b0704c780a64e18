from datetime import date

from planner.domain.ids import RuleBookId
from planner.domain.plan import Plan
from planner.domain.rules import Rule, RuleBook, RuleKey
from planner.domain.weeks import IsoWeek
from planner.planning.rules import engine_rule_book
from planner.planning.week_input import WeekInput
from solver.data import rules as engine

BOOK = RuleBookId("hok")


def compiled(week: IsoWeek, **values: int) -> tuple[engine.Rule, ...]:
    plan = Plan(
        rule_books=(RuleBook(id=BOOK, name="HÖK"),),
        rules=tuple(
            Rule(
                rule_book=BOOK,
                key=RuleKey(key),
                value=value,
                source="lag",
                first_day=date(2020, 1, 1),
            )
            for key, value in values.items()
        ),
    )
    return engine_rule_book(WeekInput(plan=plan, week=week), BOOK).rules


def daily_rest(rules: tuple[engine.Rule, ...]) -> engine.RestInPeriod:
    found = [rule for rule in rules if isinstance(rule, engine.RestInPeriod)]
    return next(rule for rule in found if rule.name == "daily-rest")


def test_rule_without_a_number_is_no_rule() -> None:
    assert compiled(IsoWeek(2026, 48)) == (engine.ShiftsPerDay(most=1),)


def test_anchored_days_follow_each_other_from_the_anchor() -> None:
    rest = daily_rest(compiled(IsoWeek(2026, 48), daily_rest_min=660, day_anchor_min=300))
    assert (300, 1740) in rest.periods
    assert all(
        before.end == after.start
        for before, after in zip(rest.periods, rest.periods[1:], strict=False)
    )


def test_anchored_day_of_the_autumn_change_has_25_hours() -> None:
    rest = daily_rest(compiled(IsoWeek(2026, 43), daily_rest_min=660, day_anchor_min=300))
    assert {period.length for period in rest.periods} == {24 * 60, 25 * 60}


def test_anchored_day_of_the_spring_change_has_23_hours() -> None:
    rest = daily_rest(compiled(IsoWeek(2026, 13), daily_rest_min=660, day_anchor_min=300))
    assert {period.length for period in rest.periods} == {24 * 60, 23 * 60}


def test_stand_by_breaks_weekly_rest_only() -> None:
    rules = compiled(IsoWeek(2026, 48), daily_rest_min=660, weekly_rest_min=2160)
    breaks = {
        rule.name: rule.standby_breaks_rest
        for rule in rules
        if isinstance(rule, engine.RestInPeriod)
    }
    assert breaks == {"daily-rest": False, "weekly-rest": True}


def test_working_time_is_that_of_the_iso_week() -> None:
    rules = compiled(IsoWeek(2026, 48), max_week_min=2880)
    limit = next(rule for rule in rules if isinstance(rule, engine.WorkingTime))
    assert limit.periods == ((0, 7 * 1440),)
