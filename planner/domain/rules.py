"""Rule books: the working-time rules of an agreement, with the source of each number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from planner.domain.ids import RuleBookId


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules of one agreement; ``confirmed_by`` is empty until both parties have said so."""

    id: RuleBookId
    name: str
    confirmed_by: str = ""
    confirmed_day: date | None = None


class RuleKey(StrEnum):
    """The numbers that a rule book holds."""

    FULL_TIME_WEEK = "full_time_week_min"
    """Counted minutes a week of full-time work."""
    MAX_WEEK = "max_week_min"
    """Most counted minutes in an ISO week."""
    SHIFTS_PER_DAY = "shifts_per_day"
    """Most shifts that begin on one day."""
    DAILY_REST = "daily_rest_min"
    """Unbroken rest in each anchored 24-hour period."""
    DAY_ANCHOR = "day_anchor_min"
    """When the 24-hour and 7-day periods begin, minutes after midnight."""
    WEEKLY_REST = "weekly_rest_min"
    """Unbroken rest in each anchored 7-day period, which begins on Monday."""
    REST_BETWEEN = "rest_between_min"
    """Rest between the end of a shift and the next start; 0 where only the period counts."""
    SHORT_REST = "short_rest_min"
    """Rest between shifts below this is spared as far as possible (a personal floor)."""
    CONSECUTIVE_DAYS = "consecutive_days"
    """Most days worked in a row."""
    CONTINUOUS_WORK = "continuous_work_min"
    """Longest work without a break."""
    NOTICE = "notice_days"
    """Days ahead that a shift must be made known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One number of a rule book, from a day on.

    Parameters
    ----------
    value
        In the unit that the key names: minutes, days or a count.
    source
        Law and paragraph, or agreement, that it is taken from.
    """

    rule_book: RuleBookId
    key: RuleKey
    value: int
    source: str
    first_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditedHour:
    """Minutes credited for each whole planned hour between two local times of a weekday."""

    rule_book: RuleBookId
    weekday: int
    start: time
    end: time
    credited_min: int


def rule_values(rules: Iterable[Rule], book: RuleBookId, day: date) -> dict[RuleKey, int]:
    """Return the numbers of ``book`` that hold on ``day``; a key without any is left out."""
    latest: dict[RuleKey, Rule] = {}
    for rule in rules:
        if rule.rule_book != book or rule.first_day > day:
            continue
        if rule.key not in latest or latest[rule.key].first_day <= rule.first_day:
            latest[rule.key] = rule
    return {key: rule.value for key, rule in latest.items()}
