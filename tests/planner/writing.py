"""Records written by tests, whatever is in the plan already."""

from collections.abc import Iterable, Iterator, Mapping

from planner.domain.changes import Change
from planner.domain.plan import Plan, record_fields
from planner.domain.records import WEEK_SETS, record_key
from planner.store.store import Store


def put(store: Store, set_name: str, records: Iterable[object]) -> None:
    """Add records; one whose key is there already takes the other's place."""
    new = {record_key(set_name, record): record for record in records}
    store.apply(list(_changes(set_name, new, _now(store, set_name, new))))


def take_away(store: Store, set_name: str, records: Iterable[object]) -> None:
    """Take records away."""
    store.apply([Change(set_name=set_name, before=one, after=None) for one in records])


def put_plan(store: Store, records: Plan) -> None:
    """Add every record of a plan, and its settings."""
    now = store.load_plan()
    changes = [Change(set_name="settings", before=now.settings, after=records.settings)]
    for name in record_fields():
        new = {record_key(name, record): record for record in getattr(records, name)}
        known = {record_key(name, record): record for record in getattr(now, name)}
        changes += _changes(name, new, known)
    store.apply(changes)


def _changes(
    set_name: str, new: Mapping[object, object], now: Mapping[object, object]
) -> Iterator[Change]:
    for key, record in new.items():
        if now.get(key) != record:
            yield Change(set_name=set_name, before=now.get(key), after=record)


def _now(store: Store, set_name: str, new: Iterable[tuple[object, ...]]) -> dict[object, object]:
    if set_name == "settings":
        return {(): store.load_plan().settings}
    if set_name == "shifts":
        found: Iterable[object] = store.shifts_with_ids(str(key[0]) for key in new)
    else:
        assert set_name not in WEEK_SETS
        found = getattr(store.load_plan(), set_name)
    return {record_key(set_name, record): record for record in found}
