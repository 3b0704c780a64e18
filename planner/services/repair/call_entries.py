"""Entries of call lists, read: what waits for the answer, and whom it concerns."""

import json
from datetime import UTC, date
from typing import Any

from planner.domain.calls import CallEntry, CallState
from planner.domain.changes import Change
from planner.domain.held import Changes
from planner.domain.ids import StaffId
from planner.domain.plain import plain, record
from planner.domain.records import record_type
from planner.domain.roster import Shift
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan


def changes_text(own: Changes, rest: Changes) -> str:
    """Return changes as an entry keeps them: JSON.

    Parameters
    ----------
    own
        What the person is asked.
    rest
        What others have not got yet, because it needs somebody who has not answered.
    """
    rows = [
        {
            "set_name": change.set_name,
            "before": plain(change.before, UTC, has_private=True),
            "after": plain(change.after, UTC, has_private=True),
            "is_rest": is_rest,
        }
        for changes, is_rest in ((own, False), (rest, True))
        for change in changes
    ]
    return json.dumps(rows, ensure_ascii=False)


def own_changes(entry: CallEntry) -> Changes:
    """Return what the person is asked."""
    return _changes(entry, is_rest=False)


def rest_changes(entry: CallEntry) -> Changes:
    """Return what others have not got yet, because it needs somebody who has not answered."""
    return _changes(entry, is_rest=True)


def refused_days(open_plan: OpenPlan, week: IsoWeek) -> frozenset[tuple[StaffId, date]]:
    """Return the days on which people have declined another shift."""
    return frozenset(
        (entry.staff, change.after.day)
        for entry in open_plan.store.call_entries(week)
        if entry.state is CallState.DECLINED
        for change in own_changes(entry)
        if isinstance(change.after, Shift)
    )


def _changes(entry: CallEntry, *, is_rest: bool) -> Changes:
    return tuple(
        Change(
            set_name=row["set_name"],
            before=_record(row["set_name"], row["before"]),
            after=_record(row["set_name"], row["after"]),
        )
        for row in json.loads(entry.changes)
        if row["is_rest"] is is_rest
    )


def _record(set_name: str, data: dict[str, Any] | None) -> Any:
    return None if data is None else record(record_type(set_name), data)
