"""A rule book's numbers as the engine's rules; anchored periods become spans of minutes."""

from collections.abc import Iterator
from datetime import date, time

from planner.domain.ids import RuleBookId
from planner.domain.rules import RuleKey, rule_values
from planner.domain.spans import DAY, instant
from planner.planning.week_input import WeekInput
from solver.data import rules as engine
from solver.data.spans import Span


def engine_rule_book(source: WeekInput, book: RuleBookId) -> engine.RuleBook:
    """Return the rules of ``book`` that hold on the week's Monday; a missing number is no rule."""
    values = rule_values(source.plan.rules, book, source.week.monday)
    return engine.RuleBook(id=book, rules=tuple(_rules(source, values)))


def _rules(source: WeekInput, values: dict[RuleKey, int]) -> Iterator[engine.Rule]:
    anchor_min = values.get(RuleKey.DAY_ANCHOR, 0)
    yield engine.ShiftsPerDay(most=values.get(RuleKey.SHIFTS_PER_DAY, 1))
    if rest_min := values.get(RuleKey.DAILY_REST):
        days = [day for day in source.days if _is_near(source, day)]
        yield engine.RestInPeriod(
            name="daily-rest", periods=_periods(source, days, anchor_min, 1), rest_min=rest_min
        )
    if rest_min := values.get(RuleKey.WEEKLY_REST):
        mondays = [day for day in source.days if day.isoweekday() == 1 and _is_near(source, day)]
        yield engine.RestInPeriod(
            name="weekly-rest",
            periods=_periods(source, mondays, anchor_min, 7),
            rest_min=rest_min,
            # Arbetstidslagen 14 §: time on stand-by is not weekly rest.
            standby_breaks_rest=True,
        )
    if rest_min := values.get(RuleKey.REST_BETWEEN):
        yield engine.RestBetween(rest_min=rest_min)
    if most_min := values.get(RuleKey.MAX_WEEK):
        yield engine.WorkingTime(
            periods=_periods(source, [source.week.monday], 0, 7), most_min=most_min
        )
    if most := values.get(RuleKey.CONSECUTIVE_DAYS):
        yield engine.ConsecutiveDays(most=most)
    if most_min := values.get(RuleKey.CONTINUOUS_WORK):
        yield engine.ContinuousWork(most_min=most_min)


def _is_near(source: WeekInput, day: date) -> bool:
    """Tell whether a period that begins on ``day`` can touch a shift of the week."""
    return source.week.monday - 7 * DAY <= day <= source.week.monday + 7 * DAY


def _periods(source: WeekInput, days: list[date], anchor_min: int, n_days: int) -> tuple[Span, ...]:
    at = time(anchor_min // 60, anchor_min % 60)
    zone = source.plan.zone
    return tuple(
        Span(
            source.scale.minute(instant(day, at, zone)),
            source.scale.minute(instant(day + n_days * DAY, at, zone)),
        )
        for day in days
    )
