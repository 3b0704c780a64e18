"""What an import makes of each record set, and what of that makes no plan."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.changes import Change
from planner.domain.faults import Fault
from planner.domain.plan import Plan, record_fields
from planner.domain.record_checks import ONCE_TAKEN
from planner.domain.records import KEPT_SETS, record_key, record_type, references
from planner.domain.validation import faults
from planner.errors import Place
from planner.exchange.problems import Problems
from planner.exchange.reading import Content
from planner.store.store import Store

_REPORTERS = {"promise_revisions": ("by",), "deliveries": ("by",)}
"""Fields that say whose account entered a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDifference:
    """What a file makes of its set.

    Parameters
    ----------
    put
        Records that are added or changed.
    gone
        Records of the plan that the file does not have.
    is_removing
        Whether those are removed.
    can_remove
        Whether they may be.
    """

    put: tuple[Change, ...]
    gone: tuple[Change, ...]
    n_unchanged: int
    is_removing: bool
    can_remove: bool

    @property
    def written(self) -> tuple[Change, ...]:
        """What the import writes."""
        return (*(self.gone if self.is_removing else ()), *self.put)


def completed(store: Store, plan: Plan, content: Content) -> Content:
    """Return what a source brings, with what the plan knows where its rows say nothing.

    A file without a column leaves that field of known records as it is. Who reported stays as the
    plan has it in any case: it may be forgotten there by now.
    """
    places = dict(content.places)

    def whole(name: str, record: Any, before: Any | None) -> Any:
        names = (*content.unsaid.get(id(record), ()), *_REPORTERS.get(name, ()))
        if before is None or not names:
            return record
        known = replace(record, **{name: getattr(before, name) for name in names})
        places[id(known)] = places.pop(id(record))
        return known

    def set_of(name: str, brought: tuple[Any, ...]) -> tuple[Any, ...]:
        if not (name in _REPORTERS or any(id(one) in content.unsaid for one in brought)):
            return brought
        before = {record_key(name, one): one for one in _now(store, plan, name, brought)}
        return tuple(whole(name, one, before.get(record_key(name, one))) for one in brought)

    records = {name: set_of(name, brought) for name, brought in content.records.items()}
    kept = {name: set_of(name, brought) for name, brought in content.kept.items()}
    return replace(content, records=records, kept=kept, places=places)


def _now(store: Store, plan: Plan, name: str, brought: Iterable[Any]) -> Iterable[Any]:
    """Return a set as it is; of shifts and what is kept beside the plan, what has the same keys."""
    if name == "shifts" or name in KEPT_SETS:
        return store.records_like(name, brought)
    records: Iterable[Any] = getattr(plan, name)
    return records


def set_difference(
    store: Store,
    plan: Plan,
    content: Content,
    name: str,
    *,
    unread: Collection[str],
    remove: Collection[str],
) -> SetDifference:
    """Return what the file of a set makes of it.

    Parameters
    ----------
    unread
        Files with rows that could not be read: nothing is told to be gone, as the row may be it.
    remove
        Sets of which the file is all that there is.
    """
    old: Iterable[Any]
    new: Iterable[Any]
    if name == "settings":
        old, new = (plan.settings,), (content.settings,)
    else:
        new = content.shifts if name == "shifts" else {**content.records, **content.kept}[name]
        old = _now(store, plan, name, new)
    before = {record_key(name, record): record for record in old}
    after = {record_key(name, record): record for record in new}
    put = [
        Change(set_name=name, before=before.get(key), after=record)
        for key, record in after.items()
        if before.get(key) != record
    ]
    gone = [
        Change(set_name=name, before=record, after=None)
        for key, record in before.items()
        if key not in after and content.files[name] not in unread
    ]
    return SetDifference(
        put=tuple(put),
        gone=tuple(gone),
        n_unchanged=0 if name == "settings" else len(after) - len(put),
        is_removing=name in remove and can_remove(name),
        can_remove=can_remove(name),
    )


def can_remove(set_name: str) -> bool:
    """Tell whether a file can be all that its set holds."""
    return set_name in record_fields()


def merged(plan: Plan, content: Content, differences: Mapping[str, SetDifference]) -> Plan:
    """Return the plan after the import; a key that a file has twice stays there twice."""
    sets: dict[str, tuple[Any, ...]] = {}
    for name, records in content.records.items():
        taken = {record_key(name, record) for record in records}
        if differences[name].is_removing:
            taken |= {change.key for change in differences[name].gone}
        kept = (one for one in getattr(plan, name) if record_key(name, one) not in taken)
        sets[name] = (*kept, *records)
    return replace(plan, settings=content.settings, **sets)


def judge(
    new: Plan, content: Content, differences: Mapping[str, SetDifference], problems: Problems
) -> None:
    """Note what makes no plan; of removed records that something names, say by what.

    What was in the plan before there was a rule against it stops no import of other records.
    """
    removed = {
        (name, change.key): content.files[name]
        for name, one in differences.items()
        if one.is_removing
        for change in one.gone
    }
    named: dict[tuple[str, Any], Counter[str]] = defaultdict(Counter)
    for fault in faults(new, content.shifts, content.kept):
        goal = _missed(fault)
        is_read = id(fault.record) in content.places
        if goal in removed and not is_read:
            named[goal][fault.set_name] += 1
        elif fault.code in ONCE_TAKEN and not is_read:
            continue
        else:
            problems.add(fault.code, _place(fault, content), **fault.values)
    for (name, key), by in named.items():
        problems.add(
            "record-named",
            Place(file=removed[name, key]),
            value=key[0],
            by=tuple(f"{set_name}.csv ({n})" for set_name, n in by.items()),
        )


def _missed(fault: Fault) -> tuple[str, Any]:
    """Return the set and the key that a fault does not find."""
    if fault.code != "unknown-id":
        return "", None
    return references(record_type(fault.set_name))[fault.field], (fault.values["value"],)


def note_rostered(
    store: Store, content: Content, differences: Mapping[str, SetDifference], problems: Problems
) -> None:
    """Note removed records that shifts or assignments name."""
    if not any(one.is_removing for one in differences.values()):
        return
    staff, shift_types = store.named_in_rosters()
    for name, used in (("staff", staff), ("shift_types", shift_types)):
        if name in differences and differences[name].is_removing:
            for change in differences[name].gone:
                if change.key[0] in used:
                    place = Place(file=content.files[name])
                    problems.add("record-in-use", place, value=change.key[0])


def place_of(change: Change, content: Content) -> Place:
    """Return where the record that a change brings stands."""
    return content.places[id(change.after)]


def _place(fault: Fault, content: Content) -> Place:
    """Return where a fault stands; for what the plan had before, only in which set."""
    place = content.places.get(id(fault.record))
    if place is None:
        place = Place(file=content.files.get(fault.set_name, f"{fault.set_name}.csv"))
    return replace(place, column=fault.field or None)
