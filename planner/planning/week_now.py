"""A week in the middle: what of it has been, and what is left of it when people are away."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from planner.domain.edits import remove_shifts
from planner.domain.ids import ShiftId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift


@dataclass(frozen=True, kw_only=True)
class WeekNow:
    """A week in the middle.

    Parameters
    ----------
    around
        The shifts before and after the week.
    roster
        What holds until somebody changes it.
    now
        What began before it is a fact; a whole minute.
    refused
        Days on which people have said that they take no other shift.
    """

    plan: Plan
    around: tuple[Shift, ...]
    roster: Roster
    now: datetime
    refused: frozenset[tuple[StaffId, date]] = frozenset()

    @cached_property
    def away(self) -> frozenset[StaffId]:
        """Those who lose shifts or duties because they are away."""
        shifts = (shift.staff for shift in self.roster.shifts if self._is_away(shift))
        duties = (done.staff for done in self.roster.assignments if self._is_away(done))
        return frozenset((*shifts, *duties))

    @cached_property
    def left(self) -> Roster:
        """The roster without the shifts and duties to come of those who are away."""
        gone = [shift.id for shift in self.roster.shifts if self._is_lost(shift)]
        left = remove_shifts(self.roster, gone)
        left = replace(
            left,
            assignments=tuple(done for done in left.assignments if not self._is_lost(done)),
        )
        return _with_facts(left, {shift.id for shift in left.shifts if self._is_away(shift)})

    @cached_property
    def past(self) -> tuple[Shift, ...]:
        """The shifts that have begun."""
        return tuple(shift for shift in self.left.shifts if self.has_begun(shift))

    @cached_property
    def running(self) -> tuple[Shift, ...]:
        """The shifts that have begun and not ended."""
        return tuple(shift for shift in self.past if shift.span.end > self.now)

    @cached_property
    def done(self) -> tuple[Assignment, ...]:
        """The duties that have begun."""
        return tuple(done for done in self.left.assignments if self.has_begun(done))

    def has_begun(self, record: Shift | Assignment) -> bool:
        """Tell whether a shift or a duty is a fact."""
        return record.span.start < self.now

    def _is_lost(self, record: Shift | Assignment) -> bool:
        return not self.has_begun(record) and self._is_away(record)

    def _is_away(self, record: Shift | Assignment) -> bool:
        return any(
            absence.staff == record.staff
            and absence.end > self.now
            and absence.span.overlaps(record.span)
            for absence in self.plan.absences
        )


def _with_facts(roster: Roster, broken_off: set[ShiftId]) -> Roster:
    """Return the roster with shifts that somebody left locked, as they are facts by now.

    Their crews are no more; what those did until then is locked too.
    """
    left = [shift for shift in roster.shifts if shift.id in broken_off]
    crews = {(shift.crew, shift.day) for shift in left if shift.crew is not None}
    members = [shift for shift in roster.shifts if (shift.crew, shift.day) in crews]
    return replace(
        roster,
        shifts=tuple(
            replace(
                shift,
                crew=None if shift in members else shift.crew,
                is_locked=shift.is_locked or shift in left,
            )
            for shift in roster.shifts
        ),
        assignments=tuple(
            replace(done, is_locked=True)
            if any(m.staff == done.staff and m.span.contains(done.span) for m in members)
            else done
            for done in roster.assignments
        ),
    )
