"""Changes of shifts to key into the employer's own system."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from planner.difference_words import shift_text
from planner.domain.changed import ShiftChange, ShiftState, WeekDifferences
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.weeks import IsoWeek
from planner.exchange.csv_files import to_csv
from planner.services.plans import OpenPlan
from planner.services.publish.versions import Version, compare
from planner.words import _, short_date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIn:
    """Changed shifts to key into the employer's own system.

    Parameters
    ----------
    text
        To copy: by person, with the names that every screen shows.
    csv
        A file with the real names, as the employer's system has them.
    """

    n_changes: int
    text: str
    csv: bytes


def changes_to_key_in(open_plan: OpenPlan, week: IsoWeek, one: Version, other: Version) -> KeyIn:
    """Return the shifts that differ between two versions, as text and as a file.

    Raises
    ------
    NotFoundError, ConflictError, StorageError
        As :func:`compare`.
    """
    differences = compare(open_plan, week, one, other)
    plan = open_plan.plan
    rows = tuple(_rows(plan, differences))
    # The one place where the real name leaves: the employer's system knows no other.
    names = differences.names | {member.id: member.name for member in plan.staff}
    lines: list[str] = []
    for staff in dict.fromkeys(row.staff for row in rows):
        lines.append(differences.names[staff])
        lines += [
            f"  {short_date(row.day)}: {row.before} → {row.after}"
            for row in rows
            if row.staff == staff
        ]
    return KeyIn(
        n_changes=len(rows),
        text="\n".join(lines),
        csv=to_csv(
            (_("Id"), _("Name"), _("Date"), _("Before"), _("After")),
            ((row.staff, names[row.staff], row.day, row.before, row.after) for row in rows),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    staff: StaffId
    day: date
    before: str
    after: str


def _rows(plan: Plan, differences: WeekDifferences) -> Iterator[_Row]:
    """Yield each person's days in order, where the shift reads otherwise than before."""
    for person in differences.people:
        rows = [
            _Row(
                change.staff,
                day,
                _said(plan, differences, change.before, day),
                _said(plan, differences, change.after, day),
            )
            for change in person.shifts
            for day in _days(change)
        ]
        yield from sorted((row for row in rows if row.before != row.after), key=lambda row: row.day)


def _days(change: ShiftChange) -> Iterable[date]:
    return sorted({one.day for one in (change.before, change.after) if one})


def _said(plan: Plan, differences: WeekDifferences, shift: ShiftState | None, day: date) -> str:
    """Return a shift as it is keyed in on a day; without one there the person is free."""
    is_there = shift is not None and shift.day == day
    return shift_text(differences, shift if is_there else None, plan.zone)
