"""What names a record, and what goes along with it when it is removed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.changes import Change
from planner.domain.plan import Plan, record_fields
from planner.domain.records import record_key, record_type, references
from planner.errors import ConflictError
from planner.services.plans import OpenPlan
from planner.services.records.names import record_name
from planner.store.store import Store

CHILDREN: Mapping[str, frozenset[str]] = {
    "staff": frozenset(
        {
            "staff_skills",
            "contracts",
            "absences",
            "bound_times",
            "standbys",
            "unavailabilities",
            "wishes",
            "opening_balances",
            "school_contacts",
            "base_roster_members",
        }
    ),
    "schools": frozenset({"bell_times", "changed_days", "school_contacts"}),
    "sites": frozenset({"travel_times"}),
    "shift_types": frozenset({"shift_parts"}),
    "base_rosters": frozenset({"base_roster_shifts", "base_roster_members"}),
    "safety_walks": frozenset({"walk_meetings", "walk_actions"}),
    "promises": frozenset({"measures"}),
    "hotspots": frozenset({"presence_windows"}),
    "rule_books": frozenset({"rules", "credited_hours"}),
}
"""Sets whose records are nothing without the one that they name."""

ROSTERS = "shifts"
"""Where a :class:`Use` stands that is not in the plan's records but in the weeks' rosters."""

_N_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Records of one set that name a record.

    Parameters
    ----------
    set_name
        A record set, ``settings``, or ``shifts`` for the weeks' rosters.
    n
        How many; 0 for rosters, which are not counted.
    examples
        Names of the first of them.
    goes_along
        They are nothing without the record, and are removed with it.
    """

    set_name: str
    n: int
    examples: tuple[str, ...] = ()
    goes_along: bool = False


def named_by(open_plan: OpenPlan, set_name: str, *records: Any) -> tuple[Use, ...]:
    """Return what names any of some records of a set; what stops their removal comes first.

    Publications are not among it: they hold the names that they were made with.
    """
    plan = open_plan.plan
    uses = [
        Use(
            set_name=name,
            n=len(found),
            examples=tuple(record_name(plan, name, one) for one in found[:_N_EXAMPLES]),
            goes_along=name in CHILDREN.get(set_name, ()),
        )
        for name, found in _naming(plan, set_name, records).items()
    ]
    if is_rostered(open_plan.store, set_name, records):
        uses.append(Use(set_name=ROSTERS, n=0))
    return tuple(sorted(uses, key=lambda use: use.goes_along))


def removal(open_plan: OpenPlan, set_name: str, *records: Any) -> tuple[Change, ...]:
    """Return what takes records away, and with them what is nothing without them.

    Raises
    ------
    ConflictError
        ``record-used`` when anything else names one of them.
    """
    plan = open_plan.plan
    uses = named_by(open_plan, set_name, *records)
    if any(not use.goes_along for use in uses):
        used = ", ".join(record_name(plan, set_name, one) for one in records[:_N_EXAMPLES])
        raise ConflictError(
            "record-used", value=used, by=tuple(use for use in uses if not use.goes_along)
        )
    along = _naming(plan, set_name, records)
    return tuple(
        Change(set_name=name, before=record, after=None)
        for name, found in (*along.items(), (set_name, records))
        for record in found
    )


def is_rostered(store: Store, set_name: str, records: Iterable[Any]) -> bool:
    """Tell whether shifts or assignments of any week name one of some records."""
    if set_name not in {"staff", "shift_types"}:
        return False
    staff, shift_types = store.named_in_rosters()
    rostered: set[Any] = set(staff) if set_name == "staff" else set(shift_types)
    return any(record.id in rostered for record in records)


def _naming(plan: Plan, set_name: str, records: Iterable[Any]) -> dict[str, tuple[Any, ...]]:
    """Return the records that name any of some others, by set; those without any are left out."""
    gone = {record_key(set_name, record) for record in records}
    found = {}
    for name in ("settings", *record_fields()):
        fields = [
            field for field, named in references(record_type(name)).items() if named == set_name
        ]
        all_ = (plan.settings,) if name == "settings" else getattr(plan, name)
        found[name] = tuple(
            record for record in all_ if any((getattr(record, field),) in gone for field in fields)
        )
    return {name: naming for name, naming in found.items() if naming}
