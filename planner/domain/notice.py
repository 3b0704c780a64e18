"""How long ahead people are told when they work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.domain.changed import ChangeKind, ShiftChange
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.rules import RuleKey, rule_values

NOTICE_DAYS: Final = 14
"""Days ahead where a rule book says none: two weeks (Arbetstidslagen 12 §)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortNotice:
    """A change of somebody's working hours that comes later than the rule book asks for."""

    change: ShiftChange
    given_days: int
    least_days: int


def notice_days(plan: Plan, staff: StaffId, day: date) -> int:
    """Return how many days ahead a person is to know the working hours of ``day``."""
    contract = plan.contract_of(staff, day)
    values = rule_values(plan.rules, contract.rule_book, day) if contract else {}
    return values.get(RuleKey.NOTICE, NOTICE_DAYS)


def short_notice(plan: Plan, changes: Iterable[ShiftChange], today: date) -> Iterator[ShortNotice]:
    """Yield the changes of working hours that are told too late when they are told ``today``.

    Days that have been are left out: nothing can be told ahead of them.
    """
    for change in changes:
        given_days = (change.day - today).days
        least_days = notice_days(plan, change.staff, change.day)
        if change.kind is not ChangeKind.CHANGED and 0 <= given_days < least_days:
            yield ShortNotice(change=change, given_days=given_days, least_days=least_days)
