"""A record together with those that are edited inside its form."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from planner.domain.changes import Change, difference
from planner.domain.faults import Fault
from planner.domain.plan import Plan
from planner.domain.records import key_fields, record_key, record_type, references
from planner.services.plans import OpenPlan
from planner.services.records.names import reference_name
from planner.services.records.saving import RefusedRecordsError, save_records
from planner.words import _

INSIDE: Mapping[str, tuple[str, ...]] = {
    "staff": ("staff_skills", "contracts"),
    "schools": ("bell_times", "school_contacts"),
    "shift_types": ("shift_parts",),
    "base_rosters": ("base_roster_shifts", "base_roster_members"),
    "safety_walks": ("walk_meetings", "walk_actions"),
    "promises": ("measures",),
    "hotspots": ("presence_windows",),
    "rule_books": ("rules", "credited_hours"),
}
"""Sets that are edited inside the form of the record that they name."""

_NOT_COPIED = {"base_roster_members"}
"""A person on two base rosters would have two shifts at once."""

_LONGEST_ID = 40
_WHEN = ("day", "start", "first_day", "weekday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A record and, by set, those edited inside its form.

    Parameters
    ----------
    record
        Its id is empty while it is new; so is what the inner ones name it by.
    """

    set_name: str
    record: Any
    inside: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def bundle_of(plan: Plan, set_name: str, record: Any) -> Bundle:
    """Return a record with those of the plan that are edited inside its form."""
    return Bundle(
        set_name=set_name,
        record=record,
        inside={
            name: tuple(
                one
                for one in getattr(plan, name)
                if getattr(one, parent_field(set_name, name)) == record.id
            )
            for name in INSIDE.get(set_name, ())
        },
    )


def parent_field(set_name: str, inner: str) -> str:
    """Return the field by which the records of an inner set name the one they belong to."""
    return next(name for name, named in references(record_type(inner)).items() if named == set_name)


def duplicate(bundle: Bundle) -> Bundle:
    """Return a copy that is not kept yet: no ids, “(copy)” in its name, what is inside copied."""
    changed: dict[str, Any] = {"id": ""} if _has_id(bundle.set_name) else {}
    for name in ("name", "display_name"):
        if getattr(bundle.record, name, ""):
            changed[name] = _("{name} (copy)", name=getattr(bundle.record, name))
    return Bundle(
        set_name=bundle.set_name,
        record=replace(bundle.record, **changed),
        inside={
            name: () if name in _NOT_COPIED else tuple(_without_id(name, one) for one in records)
            for name, records in bundle.inside.items()
        },
    )


def completed(plan: Plan, bundle: Bundle) -> Bundle:
    """Return the bundle with an id, made of its name, wherever one is missing.

    A person without a real name of their own gets the one that is shown.
    """
    record = bundle.record
    if bundle.set_name == "staff" and not record.name:
        record = replace(record, name=record.display_name)
    if _has_id(bundle.set_name) and not record.id:
        taken = {one.id for one in getattr(plan, bundle.set_name)}
        record = replace(record, id=_fresh_id(plan, bundle.set_name, record, taken))
    inside = {}
    for name, records in bundle.inside.items():
        taken = {one.id for one in getattr(plan, name)} if _has_id(name) else set()
        done = []
        for one in records:
            mine = replace(one, **{parent_field(bundle.set_name, name): record.id})
            if _has_id(name) and not mine.id:
                mine = replace(mine, id=_fresh_id(plan, name, mine, taken))
                taken.add(mine.id)
            done.append(mine)
        inside[name] = tuple(done)
    return Bundle(set_name=bundle.set_name, record=record, inside=inside)


def bundle_changes(before: Bundle | None, after: Bundle) -> tuple[Change, ...]:
    """Return what makes one state of a bundle of another; all of it is new without a before."""
    old: dict[str, tuple[Any, ...]] = (
        {} if before is None else {before.set_name: (before.record,), **before.inside}
    )
    new = {after.set_name: (after.record,), **after.inside}
    return tuple(
        change
        for name, records in new.items()
        for change in difference(name, old.get(name, ()), records)
    )


def save_bundle(open_plan: OpenPlan, before: Bundle | None, after: Bundle) -> None:
    """Write a completed bundle as :func:`planner.services.records.saving.save_records` does.

    Raises
    ------
    RefusedRecordsError
        Also with ``id-twice`` for inner records that cannot be told apart.
    ConflictError
        As :func:`planner.services.records.saving.save_records`.
    """
    twice = tuple(_twice(after))
    if twice:
        raise RefusedRecordsError(twice)
    save_records(open_plan, bundle_changes(before, after))


def _twice(bundle: Bundle) -> Iterator[Fault]:
    for name, records in bundle.inside.items():
        seen = set()
        own = parent_field(bundle.set_name, name)
        for record in records:
            key = record_key(name, record)
            if key in seen:
                shown = zip(key_fields(name), key, strict=True)
                value = ", ".join(str(part) for field_, part in shown if part and field_ != own)
                values = {"value": value}
                yield Fault(record=record, set_name=name, field="", code="id-twice", values=values)
            seen.add(key)


def _has_id(set_name: str) -> bool:
    return key_fields(set_name) == ("id",)


def _without_id(set_name: str, record: Any) -> Any:
    return replace(record, id="") if _has_id(set_name) else record


def _fresh_id(plan: Plan, set_name: str, record: Any, taken: set[str]) -> str:
    """Return an id that no record of the set has.

    Of people it is a number at their employer: ids are in the journal and in exports, where a
    name must not be.
    """
    if set_name == "staff":
        return _numbered(slug(str(record.employer or "")) or "staff", taken, first=1)
    if getattr(record, "name", ""):
        words = [record.name]
    else:
        named = references(record_type(set_name))
        words = [
            value if named[name] == "staff" else reference_name(plan, named[name], value)
            for name in named
            if (value := getattr(record, name))
        ]
        when = (getattr(record, name, None) for name in _WHEN)
        words += [str(value)[:10] for value in when if value is not None][:1]
    base = slug(" ".join(words)) or slug(set_name)
    return base if base not in taken else _numbered(base, taken, first=2)


def slug(text: str) -> str:
    """Return a text as an id is written: small letters and digits joined by ``-``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")


def _numbered(base: str, taken: set[str], *, first: int) -> str:
    number = first
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
