"""What one record alone shows to be wrong: ranges, orders, and what its kind asks for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, get_type_hints

from planner.domain.incidents import Incident
from planner.domain.places import (
    InformationSession,
    PresenceKind,
    PresenceWindow,
    TravelTime,
)
from planner.domain.promises import Measure, OutcomeCount, Promise
from planner.domain.schools import BellTime, ChangedDay, DayKind, School, Site
from planner.domain.shifts import BaseRoster, ShiftType, StaffingNeed
from planner.domain.staff import TravelMode, Wish, WishKind
from planner.domain.weeks import IsoWeek

OwnFaults = Iterator[tuple[str, str, dict[str, object]]]
"""Field, code and the values of its sentence."""

_DAY_MIN = 24 * 60
_HEADS = (0, 999)

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)+")

_DIGITS = frozenset("0123456789")
_IN_NUMBERS = _DIGITS | frozenset("+-–() \N{NO-BREAK SPACE}")
_LEAST_DIGITS = 3
"""Of a telephone number, such as 112."""

ONCE_TAKEN = frozenset({"phone-wrong"})
"""Codes of what plans made by earlier versions may hold: it stays until somebody changes it."""

_RANGES: Mapping[str, tuple[int, int]] = {
    "weekday": (1, 7),
    "week": (1, 52),
    "n_weeks": (1, 52),
    "offset_weeks": (-52, 52),
    "priority": (1, 3),
    "strength": (1, 3),
    "rate_percent": (1, 100),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "before_min": (0, _DAY_MIN // 2),
    "after_min": (0, _DAY_MIN // 2),
    "break_min": (0, _DAY_MIN // 2),
    "muster_min": (0, _DAY_MIN // 2),
    "report_min": (0, _DAY_MIN // 2),
    "duration_min": (1, _DAY_MIN),
    "stay_min": (1, _DAY_MIN),
    "visit_min_min": (1, _DAY_MIN),
    "visit_max_min": (1, _DAY_MIN),
    "credited_min": (0, 60),
    "minutes": (0, _DAY_MIN),
    "ordinal": (0, 99),
    "value": (0, 1_000_000),
    "n_visits": (0, 99),
    "n_contacts": _HEADS,
    "n_crews": _HEADS,
    "minimum": _HEADS,
    "needed": _HEADS,
    "n_evenings": (0, 9999),
    "n_nights": (0, 9999),
    "n_weekends": (0, 9999),
    "mail_port": (1, 65535),
    "target": (1, 9999),
    "n": (0, 999_999),
}
"""Least and most of the numbers, by the names of the fields that hold them."""

_WEEKDAYS = frozenset({"weekdays", "free_weekdays"})
_ADDRESSES = frozenset({"email", "mail_sender"})

_NAMES_BY_TYPE: dict[type[Any], frozenset[str]] = {}
_RANGES_BY_TYPE: dict[type[Any], tuple[tuple[str, int, int], ...]] = {}
"""Of the record types checked so far."""


def own_faults(record: Any) -> OwnFaults:
    """Yield what ``record`` alone shows to be wrong."""
    names = _names_of(type(record))
    for field, first, last in _ranges_of(type(record)):
        value = getattr(record, field)
        if value is not None and not first <= value <= last:
            yield field, "out-of-range", {"value": value, "first": first, "last": last}
    for field in _WEEKDAYS & names:
        digits = getattr(record, field)
        if not set(digits) <= set("1234567") or len(set(digits)) < len(digits):
            yield field, "weekdays-wrong", {"value": digits}
    for field in _ADDRESSES & names:
        address = getattr(record, field)
        if address and not _ADDRESS.fullmatch(address):
            yield field, "address-wrong", {"value": address}
    yield from _reversed(record)
    check = _CHECKS.get(type(record))
    if check is not None:
        yield from check(record)


def _ranges_of(kind: type[Any]) -> tuple[tuple[str, int, int], ...]:
    """Return the fields of a record type that have a least and a most."""
    if kind not in _RANGES_BY_TYPE:
        names = _names_of(kind)
        hints = get_type_hints(kind)
        weeks = {name for name in names if hints[name] is IsoWeek}  # they are no numbers
        _RANGES_BY_TYPE[kind] = tuple((n, *_RANGES[n]) for n in _RANGES if n in names - weeks)
    return _RANGES_BY_TYPE[kind]


def _names_of(kind: type[Any]) -> frozenset[str]:
    if kind not in _NAMES_BY_TYPE:
        _NAMES_BY_TYPE[kind] = frozenset(field.name for field in fields(kind))
    return _NAMES_BY_TYPE[kind]


def _reversed(record: Any) -> OwnFaults:
    """Yield ends before starts; local times are left out, as they go on over midnight."""
    names = _names_of(type(record))
    if names >= {"first_day", "last_day"}:
        first, last = record.first_day, record.last_day
        if first is not None and last is not None and last < first:
            yield "last_day", "end-before-start", {}
    if "start" in names and isinstance(record.start, datetime) and record.end <= record.start:
        yield "end", "end-before-start", {}


def _position(record: Site | Incident) -> OwnFaults:
    latitude, longitude = record.latitude, record.longitude
    if (latitude is None) != (longitude is None):
        yield "latitude" if latitude is None else "longitude", "position-incomplete", {}
    elif latitude is not None and longitude is not None and _is_swapped(latitude, longitude):
        yield "latitude", "position-swapped", {"latitude": latitude, "longitude": longitude}


def _is_swapped(latitude: float, longitude: float) -> bool:
    # Sweden lies within 55–70° N and 10–25° E; that place swapped is in the Arctic Sea.
    return 10 <= latitude <= 25 and 55 <= longitude <= 70


def _bell_time(bell: BellTime) -> OwnFaults:
    if bell.last_bell <= bell.first_bell:
        yield "last_bell", "bells-reversed", {}


def _changed_day(change: ChangedDay) -> OwnFaults:
    if change.kind is DayKind.HALF_DAY and change.last_bell is None:
        yield "last_bell", "half-day-without-bell", {}


def _school(school: School) -> OwnFaults:
    if school.n_contacts < 1:
        yield "n_contacts", "out-of-range", {"value": school.n_contacts, "first": 1, "last": 999}
    yield from _choice(school.certainty, "certainty", ("A", "B", "C", "D"))
    if school.phone and not _is_telephone(school.phone):
        yield "phone", "phone-wrong", {"value": school.phone}


def _is_telephone(text: str) -> bool:
    return set(text) <= _IN_NUMBERS and sum(one in _DIGITS for one in text) >= _LEAST_DIGITS


def _travel_time(travel: TravelTime) -> OwnFaults:
    yield from _choice(travel.mode, "mode", tuple(mode.value for mode in TravelMode))


def _choice(value: str, field: str, choices: tuple[str, ...]) -> OwnFaults:
    if value not in choices:
        yield field, "choice-wrong", {"value": value, "choices": choices}


def _presence_window(window: PresenceWindow) -> OwnFaults:
    if window.kind is PresenceKind.DOSAGE and window.n_visits < 1:
        yield "n_visits", "visits-missing", {}
    if window.visit_max_min < window.visit_min_min:
        yield "visit_max_min", "most-below-least", {}


def _session(session: InformationSession) -> OwnFaults:
    if session.latest_start < session.earliest_start:
        yield "latest_start", "end-before-start", {}


def _base_roster(roster: BaseRoster) -> OwnFaults:
    if roster.first_monday.isoweekday() != 1:
        yield "first_monday", "not-monday", {"value": roster.first_monday.isoformat()}


def _shift_type(kind: ShiftType) -> OwnFaults:
    if len(kind.code) > 4:
        yield "code", "text-too-long", {"n_most": 4}


def _staffing_need(need: StaffingNeed) -> OwnFaults:
    if need.needed < need.minimum:
        yield "needed", "most-below-least", {}


def _wish(wish: Wish) -> OwnFaults:
    if wish.kind is WishKind.SHIFT and wish.shift_type is None:
        yield "shift_type", "value-missing", {}


def _promise(promise: Promise) -> OwnFaults:
    if promise.report_by is not None and promise.report_by <= promise.last_day:
        yield "report_by", "report-before-end", {"day": promise.last_day}


def _measure(measure: Measure) -> OwnFaults:
    if measure.is_share and measure.target > 100:
        yield "target", "out-of-range", {"value": measure.target, "first": 1, "last": 100}
    if measure.place and not measure.is_share:
        yield "place", "measure-without-place", {}


def _outcome_count(count: OutcomeCount) -> OwnFaults:
    if count.month.day != 1:
        yield "month", "month-not-first-day", {"value": count.month}


_CHECKS: Mapping[type[Any], Callable[[Any], OwnFaults]] = {
    Site: _position,
    Incident: _position,
    BellTime: _bell_time,
    ChangedDay: _changed_day,
    School: _school,
    TravelTime: _travel_time,
    PresenceWindow: _presence_window,
    InformationSession: _session,
    BaseRoster: _base_roster,
    ShiftType: _shift_type,
    StaffingNeed: _staffing_need,
    Wish: _wish,
    Promise: _promise,
    Measure: _measure,
    OutcomeCount: _outcome_count,
}
