"""What records must be to make a consistent plan; pure, and the same for every way in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import partial
from typing import Any

from planner.domain.ids import StaffId
from planner.domain.places import InformationSession, PresenceKind, PresenceWindow
from planner.domain.plan import Plan, PlanSettings, record_fields
from planner.domain.records import record_key, record_type, references
from planner.domain.roster import Finding, Severity, Shift
from planner.domain.schools import BellTime, ChangedDay, DayKind
from planner.domain.shifts import BaseRoster, BaseRosterShift, ShiftType, StaffingNeed
from planner.domain.staff import Contract, Wish, WishKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that makes a plan inconsistent.

    Parameters
    ----------
    record
        The very record that is wrong, not an equal one.
    set_name
        Where it belongs: a record set, ``settings`` or ``shifts``.
    field
        Which of its fields is wrong; empty when it is the whole.
    code
        A key of ``planner.messages.ERRORS``.
    """

    record: object
    set_name: str
    field: str
    code: str
    values: Mapping[str, object]


_Check = Callable[[Any], Iterator[tuple[str, str, dict[str, object]]]]


def faults(plan: Plan, shifts: Iterable[Shift] = ()) -> Iterator[Fault]:
    """Yield everything that makes ``plan`` and ``shifts`` inconsistent, set by set."""
    shifts = tuple(shifts)
    ids = {
        name: {record.id for record in getattr(plan, name)}
        for name in record_fields()
        if "id" in {field.name for field in fields(record_type(name))}
    }
    yield from _dangling(plan.settings, "settings", ids)
    for name in record_fields():
        yield from _twice(name, getattr(plan, name))
        for record in getattr(plan, name):
            yield from _dangling(record, name, ids)
            for field, code, values in _own_faults(record):
                yield Fault(record=record, set_name=name, field=field, code=code, values=values)
    for shift in shifts:
        yield from _dangling(shift, "shifts", ids)
    yield from _partless(plan)
    yield from _base_weeks(plan)
    yield from _employment(plan, shifts)


def data_findings(plan: Plan) -> Iterator[Finding]:
    """Yield what is odd about the records but can be lived with."""
    visited = {
        record.site
        for records in (plan.schools, plan.hotspots, plan.safety_walks, plan.information_sessions)
        for record in records
    }
    for site in plan.sites:
        if site.id in visited and (site.latitude is None or site.longitude is None):
            yield Finding(code="site-without-position", severity=Severity.WARNING, place=site.id)


def _dangling(record: Any, set_name: str, ids: Mapping[str, set[Any]]) -> Iterator[Fault]:
    for field, named in references(type(record)).items():
        value = getattr(record, field)
        # Skills that the settings name matter only once there are any.
        if value is None or value in ids[named] or (set_name == "settings" and not ids[named]):
            continue
        values = {"value": value, "set": named}
        yield Fault(
            record=record, set_name=set_name, field=field, code="unknown-id", values=values
        )


def _twice(set_name: str, records: Iterable[Any]) -> Iterator[Fault]:
    seen: set[object] = set()
    for record in records:
        key = record_key(set_name, record)
        if key in seen:
            value = ", ".join(str(part) for part in key if part is not None)
            yield Fault(
                record=record, set_name=set_name, field="", code="id-twice", values={"value": value}
            )
        seen.add(key)


_Own = Iterator[tuple[str, str, dict[str, object]]]


def _own_faults(record: Any) -> _Own:
    """Yield field, code and values of what a record alone shows to be wrong."""
    for field, (first, last) in _RANGES.items():
        value = getattr(record, field, None)
        if isinstance(value, int | float) and not first <= value <= last:
            yield field, "out-of-range", {"value": value, "first": first, "last": last}
    for field in ("weekdays", "free_weekdays"):
        value = getattr(record, field, "")
        if not set(value) <= set("1234567") or len(set(value)) < len(value):
            yield field, "weekdays-wrong", {"value": value}
    for first_field, last_field in _DAYS:
        first, last = getattr(record, first_field, None), getattr(record, last_field, None)
        if first is not None and last is not None and last < first:
            yield last_field, "end-before-start", {}
    check = _OF_TYPE.get(type(record))
    if check is not None:
        yield from check(record)
