"""What every record set has in common: its type, its key, and which sets its fields name."""

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_type_hints

from planner.domain import ids
from planner.domain.calls import CallEntry, SwapRequest
from planner.domain.incidents import DeclinedWindow, Incident
from planner.domain.plan import Plan, PlanSettings
from planner.domain.promises import Delivery, PlannedDuty, PromisedDuty, PromiseRevision
from planner.domain.roster import Assignment, Draft, Note, Override, Shift
from planner.domain.scenario_documents import ScenarioDocument

KEYS: Mapping[str, tuple[str, ...]] = {
    "rules": ("rule_book", "key", "first_day"),
    "credited_hours": ("rule_book", "weekday", "start"),
    "shift_parts": ("shift_type", "ordinal"),
    "staff_skills": ("staff", "skill", "first_day"),
    "contracts": ("staff", "first_day"),
    "opening_balances": ("staff", "day"),
    "travel_times": ("from_site", "to_site", "mode"),
    "bell_times": ("school", "weekday", "grade_group"),
    "school_contacts": ("school", "staff"),
    "walk_meetings": ("walk", "kind"),
    "base_roster_shifts": ("base_roster", "week", "weekday", "shift_type"),
    "base_roster_members": ("base_roster", "staff", "first_day"),
    "settings": (),
    "assignments": ("duty", "staff", "start"),
    "deliveries": ("duty",),
    "planned_duties": ("duty",),
    "promised_duties": ("measure", "duty"),
    "outcome_counts": ("month", "kind", "area"),
    "drafts": ("week",),
}
"""Fields that tell two records of a set apart, where it is not ``id``."""

WEEK_SETS: Mapping[str, type[Any]] = {
    "shifts": Shift,
    "assignments": Assignment,
    "overrides": Override,
    "notes": Note,
    "drafts": Draft,
    "call_entries": CallEntry,
    "swap_requests": SwapRequest,
}
"""Record sets of the weeks, which are not part of the plan's data."""

KEPT_SETS: Mapping[str, type[Any]] = {
    "promised_duties": PromisedDuty,
    "promise_revisions": PromiseRevision,
    "planned_duties": PlannedDuty,
    "deliveries": Delivery,
    "incidents": Incident,
    "declined_windows": DeclinedWindow,
    "scenarios": ScenarioDocument,
}
"""Record sets kept beside the plan's data: what a promise is followed up with, and scenarios."""

_SET_NAMED_BY = {
    ids.EmployerId: "employers",
    ids.RuleBookId: "rule_books",
    ids.SkillId: "skills",
    ids.SquadId: "squads",
    ids.StaffId: "staff",
    ids.SiteId: "sites",
    ids.SchoolId: "schools",
    ids.HotspotId: "hotspots",
    ids.WalkId: "safety_walks",
    ids.ShiftTypeId: "shift_types",
    ids.BaseRosterId: "base_rosters",
    ids.PromiseId: "promises",
    ids.MeasureId: "measures",
}

_REFERENCES: dict[type[Any], Mapping[str, str]] = {}
_TYPES: dict[type[Any], Mapping[str, Any]] = {}
"""Of the record types seen so far: many records are read, and finding these takes long."""


def key_fields(set_name: str) -> tuple[str, ...]:
    """Return the names of the fields that tell two records of a set apart."""
    return KEYS.get(set_name, ("id",))


def record_key(set_name: str, record: object) -> tuple[Any, ...]:
    """Return the values that tell ``record`` apart from the others of its set."""
    return _key_of(set_name)(record)


@cache
def _key_of(set_name: str) -> Callable[[object], tuple[Any, ...]]:
    """Return what takes the key out of a set's records."""
    match key_fields(set_name):
        case ():
            return lambda _record: ()
        case (name,):
            return lambda record: (getattr(record, name),)
        case names:
            return attrgetter(*names)


@cache
def record_type(set_name: str) -> type[Any]:
    """Return the type of a set's records."""
    if set_name == "settings":
        return PlanSettings
    if set_name in WEEK_SETS:
        return WEEK_SETS[set_name]
    if set_name in KEPT_SETS:
        return KEPT_SETS[set_name]
    found: type[Any] = get_args(get_type_hints(Plan)[set_name])[0]
    return found


def references(record: type[Any]) -> Mapping[str, str]:
    """Return which set each field of a record type names: ``{"staff": "staff", …}``.

    The type of a field says it, so that a new record brings its references with it.
    """
    if record not in _REFERENCES:
        _REFERENCES[record] = {
            name: _SET_NAMED_BY[kind]
            for name, kind in field_types(record).items()
            if name != "id" and kind in _SET_NAMED_BY
        }
    return _REFERENCES[record]


def field_types(record: type[Any]) -> Mapping[str, Any]:
    """Return the type of each field of a record type, without the ``None`` of a missing value."""
    if record not in _TYPES:
        found = {}
        for name, hint in get_type_hints(record).items():
            parts = [part for part in get_args(hint) if part is not type(None)]
            found[name] = parts[0] if parts else hint
        _TYPES[record] = found
    return _TYPES[record]
