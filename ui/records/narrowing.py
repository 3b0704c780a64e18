"""Which records a list shows: by search words, employer, squad and day."""

from datetime import date, datetime
from typing import Any

from planner.domain.ids import EmployerId, SquadId
from planner.domain.plan import Plan
from planner.domain.records import field_types, record_type


def has_people(set_name: str) -> bool:
    """Tell whether records of a set are somebody’s, or an employer’s."""
    return set_name == "staff" or bool(
        {"staff", "employer"} & field_types(record_type(set_name)).keys()
    )


def has_squads(set_name: str) -> bool:
    """Tell whether records of a set belong to people, who may be in squads."""
    return set_name == "staff" or "staff" in field_types(record_type(set_name))


def has_days(set_name: str) -> bool:
    """Tell whether records of a set hold on some days and not on others."""
    if set_name == "staff":
        return True
    types = field_types(record_type(set_name))
    return bool({"first_day", "day"} & types.keys()) or types.get("start") is datetime


def is_of(plan: Plan, record: Any, *, employer: EmployerId | None, squad: SquadId | None) -> bool:
    """Tell whether a record belongs to an employer and a squad; nothing asked for fits all."""
    owner = plan.staff_by_id.get(record.staff) if hasattr(record, "staff") else record
    if employer is not None and getattr(owner, "employer", None) != employer:
        return False
    return squad is None or getattr(owner, "squad", None) == squad


def holds_on(plan: Plan, set_name: str, record: Any, day: date) -> bool:
    """Tell whether a record holds on a day: people while they are employed."""
    if set_name == "staff":
        return plan.contract_of(record.id, day) is not None
    start = getattr(record, "start", None)
    if isinstance(start, datetime):
        first, last = (at.astimezone(plan.zone).date() for at in (start, record.end))
        return first <= day <= last
    if hasattr(record, "first_day"):
        last_day = getattr(record, "last_day", None)
        first_day = record.first_day
        return (first_day is None or first_day <= day) and (last_day is None or day <= last_day)
    return bool(record.day == day)
