"""What the plan holds already of a grid's people and days, and what the grid makes of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from planner.domain.changes import Change
from planner.domain.grids import Grid
from planner.domain.plan import Plan
from planner.domain.records import record_key
from planner.domain.roster import Shift
from planner.domain.spans import Span, day_span
from planner.domain.staff import ShiftSource
from planner.services.grids.records import OWN, GridRecords
from planner.services.imports.difference import SetDifference
from planner.store.store import Store

_ADDED = (
    "employers",
    "skills",
    "rule_books",
    "rules",
    "shift_types",
    "shift_parts",
    "squads",
    "staff",
    "staff_skills",
    "contracts",
)
"""Sets that a grid only adds to."""
_OF_DAYS = ("absences", "bound_times")
"""Sets of which a grid is all that there is, for its people and days; and so are shifts."""

Records = tuple[Any, ...]


class GridPresent:
    """What a grid makes of a plan, set by set.

    Attributes
    ----------
    made
        The records of the grid by set; one that is there already keeps its id.
    """

    def __init__(self, store: Store, plan: Plan, grid: Grid, records: GridRecords) -> None:
        self._plan, self._records = plan, records
        self._span = Span(
            day_span(grid.first_day, plan.zone).start, day_span(grid.last_day, plan.zone).end
        )
        self._staff = {staff for staff in records.staff.values() if staff in plan.staff_by_id}
        self._stored = tuple(
            shift
            for shift in store.shifts_between(self._span)
            if shift.staff in self._staff and grid.first_day <= shift.day <= grid.last_day
        )
        self._rows = dict(records.rows)
        sets: dict[str, tuple[Records, Records]] = {
            name: (records.made.get(name, ()), ()) for name in _ADDED
        }
        sets |= {name: self._of_days(name) for name in _OF_DAYS}
        sets["shifts"] = self._shifts()
        self._old = {name: old for name, (_, old) in sets.items()}
        self.made: dict[str, Records] = {
            name: new for name, (new, old) in sets.items() if new or old
        }

    def row_of(self, record: object) -> int:
        """Return the row of the grid that a record stands in."""
        return self._rows[id(record)][0]

    def difference(self, set_name: str, *, is_removing: bool) -> SetDifference:
        """Return what the grid makes of a set.

        Parameters
        ----------
        is_removing
            Whether what came from a roster before and is not in this one is removed.
        """
        before = _by_key(set_name, self._old[set_name])
        after = _by_key(set_name, self.made[set_name])
        put = tuple(
            Change(set_name=set_name, before=before.get(key), after=record)
            for key, record in after.items()
            if before.get(key) != record
        )
        gone = tuple(
            Change(set_name=set_name, before=record, after=None)
            for key, record in before.items()
            if key not in after and _may_go(record)
        )
        return SetDifference(
            put=put,
            gone=gone,
            n_unchanged=len(after) - len(put),
            is_removing=is_removing,
            can_remove=set_name not in _ADDED,
        )

    def _shifts(self) -> tuple[Records, Records]:
        """Return the new shifts and those that are there.

        A shift that its person has on that day already takes the new times and keeps its id: the
        employer's roster says what is true.
        """
        waiting: dict[tuple[Any, Any], list[Shift]] = {}
        for shift in self._stored:
            waiting.setdefault((shift.staff, shift.day), []).append(shift)
        made = []
        for shift in self._records.shifts:
            same = waiting.get((shift.staff, shift.day), [])
            if same:
                old = same.pop(0)
                made.append(self._as(shift, replace(shift, id=old.id, is_locked=old.is_locked)))
                if _is_same(made[-1], old):
                    made[-1] = self._as(shift, old)
            else:
                made.append(shift)
        return tuple(made), self._stored

    def _of_days(self, set_name: str) -> tuple[Records, Records]:
        """Return the new records of a set and those that are there; the same by another id is."""
        old = [
            record
            for record in getattr(self._plan, set_name)
            if record.staff in self._staff and record.span.overlaps(self._span)
        ]
        made = []
        for record in self._records.made.get(set_name, ()):
            around = [
                one for one in old if one.staff == record.staff and one.span.contains(record.span)
            ]
            by_hand = [one for one in around if not one.id.startswith(OWN)]
            same = [one for one in around if one.span == record.span]
            if by_hand or same:
                kept = (same or by_hand)[0]
                if kept not in made:
                    made.append(self._as(record, kept))
            else:
                made.append(record)
        return tuple(made), tuple(old)

    def _as(self, record: object, other: Any) -> Any:
        self._rows[id(other)] = self._rows[id(record)]
        return other


def _is_same(one: Shift, other: Shift) -> bool:
    """Tell whether two shifts say the same but for where they came from and with whom."""
    return (one.parts, one.shift_type, one.breaks) == (other.parts, other.shift_type, other.breaks)


def _by_key(set_name: str, records: Iterable[Any]) -> dict[tuple[Any, ...], Any]:
    return {record_key(set_name, record): record for record in records}


def _may_go(record: Any) -> bool:
    """Tell whether a record that the grid lacks came from a roster before."""
    if isinstance(record, Shift):
        return record.source is ShiftSource.GIVEN and not record.is_locked
    return str(record.id).startswith(OWN)
