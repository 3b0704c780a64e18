"""What a fix of a gap costs, beside the rules that it breaks."""

from collections.abc import Iterator, Sequence
from typing import Final

from planner.domain.counting import target_min, week_counted_min, worked_min
from planner.domain.held import changes_by_person
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Gap, Roster
from planner.domain.staff import WishKind
from planner.planning.judging import Judgement
from planner.services.gaps.fix_values import FixCosts
from planner.services.gaps.reasons import GapWeek
from planner.services.week.editing import given_touched

_N_PROMISED: Final = 3
"""Levels that the promise has, the first ones."""


def fix_costs(
    week: GapWeek, roster: Roster, *, opened: tuple[Gap, ...], levels: tuple[int, ...]
) -> FixCosts:
    """Return what a draft in which a gap is closed costs.

    Parameters
    ----------
    opened, levels
        What the checks say: gaps that are there only then, and points by level that it adds.
    """
    plan, draft = week.plan, week.draft
    people = tuple(sorted(changes_by_person(draft, roster)))
    asked = {staff: tuple(_wishes(plan, draft, roster, staff)) for staff in people}
    return FixCosts(
        opened=opened,
        people=people,
        other_times=tuple(sorted(other_times(draft, roster))),
        overtime_min=sum(_overtime_min(plan, draft, roster, staff) for staff in people),
        added_min=_worked_min(roster) - _worked_min(draft),
        vetoes=tuple(staff for staff, kinds in asked.items() if "veto" in kinds),
        wishes=tuple(staff for staff, kinds in asked.items() if "free" in kinds),
        given=given_touched(draft, roster),
        levels=levels,
    )


def _overtime_min(plan: Plan, before: Roster, after: Roster, staff: StaffId) -> int:
    had = week_counted_min(plan, staff, before.week, before.shifts)
    most = max(target_min(plan, staff, before.week), had)
    return max(0, week_counted_min(plan, staff, after.week, after.shifts) - most)


def _worked_min(roster: Roster) -> int:
    return sum(worked_min(shift.parts, shift.breaks) for shift in roster.shifts)


def _wishes(plan: Plan, before: Roster, after: Roster, staff: StaffId) -> Iterator[str]:
    """Yield what a person has wished of days on which there is work only afterwards."""
    had = {shift.day for shift in before.shifts if shift.staff == staff}
    new = {shift.day for shift in after.shifts if shift.staff == staff} - had
    for wish in plan.wishes:
        if wish.staff == staff and wish.day in new and wish.kind is WishKind.FREE:
            yield "veto" if wish.is_veto else "free"


def other_times(before: Roster, after: Roster) -> frozenset[StaffId]:
    """Return who works other hours in one of two drafts."""
    times = [{(shift.staff, shift.parts) for shift in one.shifts} for one in (before, after)]
    return frozenset(staff for staff, _parts in times[0] ^ times[1])


def levels_added(before: Judgement, after: Judgement) -> tuple[int, ...]:
    """Return the points that each level pays more after something than before it."""
    then = {level.level: level.value for level in after.levels}
    return tuple(then[level.level] - level.value for level in before.levels)


def helps_promise(levels: Sequence[int]) -> bool:
    """Tell whether points added by level keep more of the promise, what weighs most first."""
    return tuple(levels[:_N_PROMISED]) < (0,) * _N_PROMISED
