"""What records must be to make a consistent plan; pure, and the same for every way in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from planner.domain.faults import Fault
from planner.domain.kept_checks import kept_faults
from planner.domain.plan import Plan, PlanSettings, record_fields
from planner.domain.promises import MeasureKind
from planner.domain.record_checks import own_faults
from planner.domain.records import record_key, record_type, references
from planner.domain.roster import Finding, Severity, Shift
from planner.domain.schools import ContactRole, Staffing
from planner.domain.staff import Contract


def faults(
    plan: Plan,
    shifts: Iterable[Shift] = (),
    kept: Mapping[str, tuple[Any, ...]] = MappingProxyType({}),
) -> Iterator[Fault]:
    """Yield everything that makes ``plan`` and ``shifts`` inconsistent, set by set.

    Parameters
    ----------
    kept
        What is to be kept beside them, by set.
    """
    shifts = tuple(shifts)
    ids = _ids(plan)
    yield from _unknown_skills(plan, ids["skills"])
    sets = {name: getattr(plan, name) for name in record_fields()}
    for name, records in (*sets.items(), *kept.items()):
        yield from _twice(name, records)
        yield from _dangling(name, records, references(record_type(name)), ids)
        for record in records:
            for field, code, values in own_faults(record):
                yield Fault(record=record, set_name=name, field=field, code=code, values=values)
    yield from kept_faults(plan, kept)
    yield from _dangling("shifts", shifts, references(Shift), ids)
    yield from _without_parts(plan)
    yield from _outside_base_roster(plan)
    yield from _overlapping_contracts(plan)
    yield from _unknown_places(plan)
    yield from _outside_employment(plan, shifts)


def plan_findings(plan: Plan) -> tuple[Finding, ...]:
    """Return what is odd about the records but can be lived with, whatever the week."""
    visited = {
        record.site
        for records in (plan.schools, plan.hotspots, plan.safety_walks, plan.information_sessions)
        for record in records
    }
    with_bells = {bell.school for bell in plan.bell_times}
    with_contact = {
        contact.school for contact in plan.school_contacts if contact.role is ContactRole.NAMED
    }
    in_use = {contract.rule_book for contract in plan.contracts}
    pooled = [school.id for school in plan.schools if school.staffing is Staffing.POOL]
    found: list[tuple[str, Severity, str]] = [
        ("site-without-position", Severity.WARNING, site.id)
        for site in plan.sites
        if site.id in visited and None in {site.latitude, site.longitude}
    ]
    found += [
        ("school-without-bells", Severity.WARNING, school)
        for school in pooled
        if school not in with_bells
    ]
    found += [
        ("school-without-contact", Severity.INFO, school)
        for school in pooled
        if school not in with_contact
    ]
    found += [
        ("rule-book-unconfirmed", Severity.INFO, book.id)
        for book in plan.rule_books
        if book.id in in_use and not book.confirmed_by
    ]
    return tuple(
        Finding(code=code, severity=severity, place=place) for code, severity, place in found
    )


def _ids(plan: Plan) -> dict[str, set[str]]:
    """Return the ids of each set whose records have one."""
    return {
        name: {record.id for record in getattr(plan, name)}
        for name in record_fields()
        if any(field.name == "id" for field in fields(record_type(name)))
    }


def _unknown_skills(plan: Plan, skills: set[str]) -> Iterator[Fault]:
    """Yield skills of the settings that nobody defined; the program's own names may be unused."""
    for field in references(PlanSettings):
        value = getattr(plan.settings, field)
        if value not in skills and value != getattr(PlanSettings(), field):
            yield _unknown("settings", plan.settings, field, "skills")


def _dangling(
    set_name: str,
    records: Iterable[Any],
    named_by: Mapping[str, str],
    ids: Mapping[str, set[str]],
) -> Iterator[Fault]:
    for record in records:
        for field, named in named_by.items():
            value = getattr(record, field)
            if value is not None and value not in ids[named]:
                yield _unknown(set_name, record, field, named)


def _unknown(set_name: str, record: object, field: str, named: str) -> Fault:
    values = {"value": getattr(record, field), "file": f"{named}.csv"}
    return Fault(record=record, set_name=set_name, field=field, code="unknown-id", values=values)


def _twice(set_name: str, records: Iterable[object]) -> Iterator[Fault]:
    seen: set[object] = set()
    for record in records:
        key = record_key(set_name, record)
        if key in seen:
            value = ", ".join(str(part) for part in key if part is not None)
            yield _fault(set_name, record, "id-twice", value=value)
        seen.add(key)


def _unknown_places(plan: Plan) -> Iterator[Fault]:
    """Yield measures about a school or hotspot that there is none of; signed ones stay as they are.

    What was promised is kept when its place is gone.
    """
    signed = {promise.id for promise in plan.promises if promise.signed_on is not None}
    known: dict[MeasureKind, tuple[str, set[str]]] = {
        MeasureKind.CONTACT_PERSONS: ("schools", {*(school.id for school in plan.schools)}),
        MeasureKind.PRESENCE: ("hotspots", {hotspot.id for hotspot in plan.hotspots}),
    }
    for measure in plan.measures:
        if measure.place and measure.kind in known and measure.promise not in signed:
            named, ids = known[measure.kind]
            if measure.place not in ids:
                yield _unknown("measures", measure, "place", named)


def _without_parts(plan: Plan) -> Iterator[Fault]:
    for kind in plan.shift_types:
        if kind.id not in plan.parts_by_shift_type:
            yield _fault("shift_types", kind, "shift-type-without-parts", id=kind.id)


def _outside_base_roster(plan: Plan) -> Iterator[Fault]:
    n_weeks = {roster.id: roster.n_weeks for roster in plan.base_rosters}
    for entry in plan.base_roster_shifts:
        last = n_weeks.get(entry.base_roster)
        if last is not None and entry.week > last:
            values = {"value": entry.week, "first": 1, "last": last}
            yield Fault(
                record=entry,
                set_name="base_roster_shifts",
                field="week",
                code="out-of-range",
                values=values,
            )


def _overlapping_contracts(plan: Plan) -> Iterator[Fault]:
    for contracts in _contracts_by_staff(plan).values():
        for before, after in pairwise(contracts):
            if before.last_day is None or after.first_day <= before.last_day:
                values = {"staff": after.staff, "day": before.first_day.isoformat()}
                yield _fault("contracts", after, "contracts-overlap", **values)


def _outside_employment(plan: Plan, shifts: Iterable[Shift]) -> Iterator[Fault]:
    """Yield shifts on days without a contract, and other times that no contract touches."""
    contracts = _contracts_by_staff(plan)
    known = set(plan.staff_by_id)
    for shift in shifts:
        if shift.staff in known and plan.contract_of(shift.staff, shift.day) is None:
            yield _fault("shifts", shift, "outside-employment", staff=shift.staff)
    for name in ("absences", "bound_times", "standbys"):
        for record in getattr(plan, name):
            first, last = (_day(plan, at) for at in (record.start, record.end))
            # One that ends before it starts is told of as that.
            if (
                record.staff in known
                and first <= last
                and not any(
                    contract.first_day <= last and (contract.last_day or last) >= first
                    for contract in contracts.get(record.staff, ())
                )
            ):
                yield _fault(name, record, "outside-employment", staff=record.staff)


def _day(plan: Plan, at: datetime) -> date:
    return at.astimezone(plan.zone).date()


def _contracts_by_staff(plan: Plan) -> dict[str, list[Contract]]:
    found: dict[str, list[Contract]] = {}
    for contract in sorted(plan.contracts, key=lambda contract: contract.first_day):
        found.setdefault(contract.staff, []).append(contract)
    return found


def _fault(set_name: str, record: object, code: str, **values: object) -> Fault:
    return Fault(record=record, set_name=set_name, field="", code=code, values=values)
