"""The plan's records as a person edits them: judged before they are kept, and kept as a whole."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo

from planner.domain.changes import Change
from planner.domain.faults import Fault
from planner.domain.plan import Plan, PlanSettings
from planner.domain.record_checks import own_faults
from planner.domain.records import field_types, record_key, record_type
from planner.domain.validation import faults
from planner.errors import ConflictError, InputError
from planner.exchange.values import parse, parse_text, to_cell
from planner.services.plans import OpenPlan
from planner.services.records.names import record_name
from planner.services.records.uses import is_rostered
from planner.services.signed import refuse_signed
from planner.store.store import Store
from planner.words import LANGUAGES

_SETTING_RANGES = {
    "detour_percent": (100, 500),
    "car_kmh": (1, 200),
    "bike_kmh": (1, 60),
    "walk_kmh": (1, 20),
    "retention_days": (30, 3660),
}


class RefusedRecordsError(InputError):
    """Records that would make the plan wrong; nothing of them was written.

    Parameters
    ----------
    faults
        Everything that is wrong, each with set, field and code; at least one.
    """

    def __init__(self, faults: "tuple[Fault, ...]") -> None:
        super().__init__("records-refused", n_faults=len(faults))
        self.faults = faults


def check_records(open_plan: OpenPlan, changes: Sequence[Change]) -> tuple[Fault, ...]:
    """Return what the changes would make wrong; what is wrong already is left out."""
    return _faults_of(open_plan.plan, changes)


def save_records(open_plan: OpenPlan, changes: Sequence[Change]) -> None:
    """Write changes in one transaction, as one step to undo.

    Raises
    ------
    RefusedRecordsError
        With everything that they would make wrong.
    ConflictError
        ``record-changed`` when somebody else changed one of the records meanwhile,
        ``record-in-use`` when a roster names one that is removed, or ``promise-is-signed``.
    """
    if not changes:
        return
    sets = Counter(change.set_name for change in changes)
    with open_plan.changing(_command(changes), sets=dict(sets)) as store:
        put_records(store, changes)


def put_records(store: Store, changes: Sequence[Change]) -> None:
    """Judge and write changes as a part of the transaction that is open.

    Raises
    ------
    RefusedRecordsError, ConflictError
        As :func:`save_records`; whoever opened the transaction lets nothing of it be kept then.
    """
    plan = store.load_plan()  # not as last read: what others wrote counts too
    for change in changes:
        if change.after is None and is_rostered(store, change.set_name, (change.before,)):
            name = record_name(plan, change.set_name, change.before)
            raise ConflictError("record-in-use", value=name)
    _refuse_outdated(plan, changes)
    refuse_signed(plan, changes)
    wrong = _faults_of(plan, changes)
    if wrong:
        raise RefusedRecordsError(wrong)
    store.apply(changes)


def changed_plan(plan: Plan, changes: Iterable[Change]) -> Plan:
    """Return the plan as the changes would make it."""
    sets: dict[str, list[Change]] = {}
    for change in changes:
        sets.setdefault(change.set_name, []).append(change)
    new: dict[str, Any] = {}
    for name, mine in sets.items():
        if name == "settings":
            new[name] = mine[-1].after
            continue
        gone = {record_key(name, one.before) for one in mine if one.before is not None}
        kept = (one for one in getattr(plan, name) if record_key(name, one) not in gone)
        new[name] = (*kept, *(one.after for one in mine if one.after is not None))
    return replace(plan, **new)


def changed_together(
    set_name: str, records: Iterable[Any], field: str, value: object
) -> tuple[Change, ...]:
    """Return what gives one field of several records the same value."""
    return tuple(
        Change(set_name=set_name, before=one, after=replace(one, **{field: value}))
        for one in records
        if getattr(one, field) != value
    )


def read_field(set_name: str, field: str, text: str, zone: ZoneInfo) -> Any:
    """Return the value that a text means in a field; nothing when it is empty.

    Raises
    ------
    InputError
        As :func:`planner.exchange.values.parse`.
    """
    kind = field_types(record_type(set_name))[field]
    text = text.strip()
    if not text:
        return "" if kind is str else None
    return parse(text, kind, zone)


def field_text(value: object, zone: ZoneInfo) -> str:
    """Return a value as it is written in a field; empty for what is missing."""
    return "" if value is None else to_cell(value, zone)


@cache
def required_fields(set_name: str) -> frozenset[str]:
    """Return the fields that have to be filled in: names and ids without a default, and numbers."""
    kind = record_type(set_name)
    hints = get_type_hints(kind)
    return frozenset(
        field.name
        for field in fields(kind)
        if NoneType not in get_args(hints[field.name])
        and (field.default is MISSING or field_types(kind)[field.name] in _NEVER_EMPTY)
    )


_NEVER_EMPTY = (int, float, bool, date, datetime, time)


def _command(changes: Iterable[Change]) -> str:
    kinds = {
        "add" if change.before is None else "remove" if change.after is None else "change"
        for change in changes
    }
    return f"{kinds.pop()}-records" if len(kinds) == 1 else "change-records"


def _refuse_outdated(plan: Plan, changes: Iterable[Change]) -> None:
    """Say so when a record is not as its change found it, before it is judged in vain."""
    now = {
        name: {record_key(name, one): one for one in _records(plan, name)}
        for name in {change.set_name for change in changes}
    }
    for change in changes:
        before = change.before
        if before is not None and now[change.set_name].get(change.key) != before:
            name = record_name(plan, change.set_name, before)
            raise ConflictError("record-changed", value=name)


def _records(plan: Plan, set_name: str) -> tuple[Any, ...]:
    return (plan.settings,) if set_name == "settings" else getattr(plan, set_name)


def _faults_of(plan: Plan, changes: Sequence[Change]) -> tuple[Fault, ...]:
    incomplete: list[Fault] = []
    complete: list[Change] = []
    for change in changes:
        own = [] if change.after is None else list(_field_faults(change.set_name, change.after))
        incomplete += own
        if not own:
            complete.append(change)
    if incomplete:  # what lacks a value cannot be compared with others
        return (*incomplete, *_alone(complete))
    known = Counter(_identity(fault) for fault in faults(plan))
    found = []
    for fault in faults(changed_plan(plan, changes)):
        identity = _identity(fault)
        if known[identity]:
            known[identity] -= 1
        else:
            found.append(fault)
    return tuple(found)


def _identity(fault: Fault) -> tuple[object, ...]:
    key = record_key(fault.set_name, fault.record)
    return fault.set_name, key, fault.field, fault.code, repr(sorted(fault.values.items()))


def _alone(changes: Iterable[Change]) -> Iterator[Fault]:
    """Yield what complete records show to be wrong, without looking at others."""
    for change in changes:
        if change.after is None or change.set_name == "settings":
            continue
        for field, code, values in own_faults(change.after):
            record, name = change.after, change.set_name
            yield Fault(record=record, set_name=name, field=field, code=code, values=values)


def _field_faults(set_name: str, record: Any) -> Iterator[Fault]:
    """Yield what fields show one by one: missing values, texts that cannot be printed."""
    for field in fields(record):
        value = getattr(record, field.name)
        try:
            if value in {None, ""} and field.name in required_fields(set_name):
                raise InputError("value-missing")  # noqa: TRY301 - noted like a reader's own
            if isinstance(value, str) and not isinstance(value, StrEnum):
                parse_text(value)
            if isinstance(record, PlanSettings):
                _judge_setting(field.name, value)
        except InputError as error:
            yield Fault(
                record=record,
                set_name=set_name,
                field=field.name,
                code=error.code,
                values=error.values,
            )


def _judge_setting(field: str, value: Any) -> None:
    if field in _SETTING_RANGES:
        first, last = _SETTING_RANGES[field]
        if not first <= value <= last:
            raise InputError("out-of-range", value=value, first=first, last=last)
    if field == "language" and value not in LANGUAGES:
        raise InputError("choice-wrong", value=value, choices=LANGUAGES)
    if field == "zone":
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError):  # no such zone, or not a name of one
            raise InputError("zone-unknown", value=value) from None
