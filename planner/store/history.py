"""What each command changed: records before and after, as text."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, insert, select

from planner.domain.changes import Change
from planner.domain.plain import plain, record
from planner.domain.records import record_type
from planner.store.tables.rosters import changes as table

_to_json = json.JSONEncoder(ensure_ascii=False).encode


def write_changes(connection: Connection, entry: int, changes: Iterable[Change]) -> None:
    """Keep the changes of the journal's entry with that number."""
    rows = [
        {
            "entry": entry,
            "ordinal": ordinal,
            "set_name": change.set_name,
            "before": _text(change.before),
            "after": _text(change.after),
        }
        for ordinal, change in enumerate(changes)
    ]
    if rows:
        connection.execute(insert(table), rows)


def read_changes(connection: Connection, entry: int) -> tuple[Change, ...]:
    """Return the changes of a journal's entry, in their order."""
    query = select(table).where(table.c.entry == entry).order_by(table.c.ordinal)
    return tuple(
        Change(
            set_name=row.set_name,
            before=_record(row.set_name, row.before),
            after=_record(row.set_name, row.after),
        )
        for row in connection.execute(query)
    )


def net(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return what several changes of the same records come to."""
    found: dict[tuple[Any, ...], Change] = {}
    for change in changes:
        place = (change.set_name, change.key)
        first = found.pop(place, change)
        if first.before != change.after:
            found[place] = Change(set_name=change.set_name, before=first.before, after=change.after)
    return tuple(found.values())


def _text(value: object) -> str | None:
    if value is None:
        return None
    return _to_json(plain(value, UTC, has_private=True))


def _record(set_name: str, text: str | None) -> Any:
    return None if text is None else record(record_type(set_name), json.loads(text))
