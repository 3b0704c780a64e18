"""Edits by hand: what each leaves, and what any sequence of them keeps."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.ids import ShiftTypeId, StaffId
from planner.domain.roster import Roster, Shift
from planner.domain.spans import Span
from tests.planner import small

PLAN = small.make_plan()
DUTIES = {duty.id: duty for duty in make_duties(PLAN, small.WEEK)}
DAY_TYPE = ShiftTypeId(PLAN.shift_types[0].id)
STAFF = [member.id for member in PLAN.staff]
HOUR = timedelta(hours=1)


@pytest.fixture
def roster() -> Roster:
    return small.make_roster(PLAN)


def first_with_duties(roster: Roster) -> Shift:
    return next(s for s in roster.shifts if edits.duties_of(roster, [s]) and s.crew is None)


def idle(roster: Roster, shift: Shift) -> StaffId:
    """Return somebody who has nothing on the day of a shift."""
    busy = {other.staff for other in roster.shifts if other.day == shift.day}
    return next(one for one in STAFF if one not in busy)


def test_a_shift_that_goes_to_somebody_else_takes_its_duties_along(roster):
    shift = first_with_duties(roster)
    other = idle(roster, shift)
    moved = edits.move_shift(PLAN, roster, shift, other, shift.day)
    (theirs,) = [s for s in moved.shifts if (s.staff, s.day) == (other, shift.day)]
    assert (theirs.parts, theirs.breaks) == (shift.parts, shift.breaks)
    before = {(done.duty, done.start) for done in edits.duties_of(roster, [shift])}
    assert {(done.duty, done.start) for done in edits.duties_of(moved, [theirs])} == before
    assert edits.move_shift(PLAN, moved, theirs, shift.staff, shift.day) == roster


def test_two_who_both_work_that_day_change_places(roster):
    one = first_with_duties(roster)
    other = next(s for s in roster.shifts if s.day == one.day and s.staff != one.staff)
    swapped = edits.move_shift(PLAN, roster, one, other.staff, one.day)
    parts = {s.staff: s.parts for s in swapped.shifts if s.day == one.day}
    assert (parts[one.staff], parts[other.staff]) == (other.parts, one.parts)
    assert len(swapped.assignments) == len(roster.assignments)


def test_a_shift_that_goes_to_another_day_leaves_its_duties_uncovered(roster):
    shift = first_with_duties(roster)
    saturday = small.WEEK.days[5]
    moved = edits.move_shift(PLAN, roster, shift, shift.staff, saturday)
    (theirs,) = [s for s in moved.shifts if (s.staff, s.day) == (shift.staff, saturday)]
    later = (saturday - shift.day).days * timedelta(days=1)
    assert theirs.span == Span(shift.span.start + later, shift.span.end + later)
    assert not edits.duties_of(moved, [theirs])
    n_lost = len(edits.duties_of(roster, [shift]))
    assert len(moved.assignments) == len(roster.assignments) - n_lost


def test_a_type_put_on_a_day_takes_the_place_of_what_was_there(roster):
    shift = first_with_duties(roster)
    again = edits.put_shift(PLAN, roster, shift.staff, shift.day, DAY_TYPE)
    (now,) = [s for s in again.shifts if (s.staff, s.day) == (shift.staff, shift.day)]
    assert now.shift_type == DAY_TYPE
    assert all(now.span.contains(done.span) for done in edits.duties_of(again, [now]))


def test_a_shorter_shift_keeps_the_duties_inside(roster):
    shift = first_with_duties(roster)
    shorter = Span(shift.span.start, shift.span.end - 2 * HOUR)
    timed = edits.retime_shift(PLAN, roster, shift, shorter)
    (now,) = [s for s in timed.shifts if s.id == shift.id]
    assert now.span == shorter
    assert all(any(part.contains(pause) for part in now.parts) for pause in now.breaks)
    kept = {done.duty for done in edits.duties_of(timed, [now])}
    inside = {d.duty for d in edits.duties_of(roster, [shift]) if shorter.contains(d.span)}
    assert kept == inside


def test_a_later_shift_takes_its_break_along_and_leaves_what_is_outside(roster):
    shift = first_with_duties(roster)
    later = edits.shift_later(PLAN, roster, shift, HOUR)
    (now,) = [s for s in later.shifts if s.id == shift.id]
    assert now.span == Span(shift.span.start + HOUR, shift.span.end + HOUR)
    assert all(now.span.contains(done.span) for done in edits.duties_of(later, [now]))
    assert all(any(part.contains(pause) for part in now.parts) for pause in now.breaks)


def test_a_duty_of_a_crew_is_done_by_both_and_left_by_both(roster):
    crewed = next(s for s in roster.shifts if s.crew is not None)
    done = next(d for d in edits.duties_of(roster, [crewed]) if DUTIES[d.duty].is_crew)
    without = edits.unassign(roster, DUTIES[done.duty], crewed.staff)
    assert not [d for d in without.assignments if d.duty == done.duty]
    assert edits.assign(without, DUTIES[done.duty], crewed.staff, done.start) == roster


def test_a_duty_handed_over_is_done_once(roster):
    shift = first_with_duties(roster)
    done = edits.duties_of(roster, [shift])[0]
    other = idle(roster, shift)
    handed = edits.hand_over(roster, DUTIES[done.duty], shift.staff, other)
    assert [d.staff for d in handed.assignments if d.duty == done.duty] == [other]


def test_locks_are_set_and_taken_away(roster):
    ids = {shift.id for shift in roster.shifts}
    keys = {(done.duty, done.staff) for done in roster.assignments}
    locked = edits.lock(roster, ids, keys, is_locked=True)
    assert all(one.is_locked for one in (*locked.shifts, *locked.assignments))
    assert edits.lock(locked, ids, keys, is_locked=False) == roster


def test_last_week_is_copied_to_free_days_only(roster):
    last = Roster(
        week=small.WEEK.shifted(-1),
        shifts=edits.copy_week(PLAN, Roster(week=small.WEEK.shifted(-1)), roster, STAFF).shifts,
    )
    assert len(last.shifts) == len({(s.staff, s.day) for s in roster.shifts})
    assert edits.copy_week(PLAN, roster, last, STAFF) == roster
    fresh = edits.copy_week(PLAN, Roster(week=small.WEEK), last, STAFF)
    assert {(s.staff, s.day, s.parts) for s in fresh.shifts} == {
        (s.staff, s.day, s.parts) for s in roster.shifts
    }


_steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "move", "retime", "remove", "copy", "assign", "unassign"]),
        st.integers(0, 10**6),
        st.sampled_from(STAFF),
        st.sampled_from(small.WEEK.days),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(_steps)
def test_whatever_is_done_the_roster_is_one(steps):
    roster = small.make_roster(PLAN)
    for kind, number, staff, day in steps:
        shift = roster.shifts[number % len(roster.shifts)] if roster.shifts else None
        done = roster.assignments[number % len(roster.assignments)] if roster.assignments else None
        match kind:
            case "put":
                roster = edits.put_shift(PLAN, roster, staff, day, DAY_TYPE)
            case "move" if shift:
                roster = edits.move_shift(PLAN, roster, shift, staff, day)
            case "retime" if shift:
                span = Span(shift.span.start + HOUR, shift.span.end - HOUR)
                roster = edits.retime_shift(PLAN, roster, shift, span)
            case "remove" if shift:
                roster = edits.remove_shifts(roster, [shift.id])
            case "copy" if shift:
                roster = edits.copy_shifts(PLAN, roster, [shift], staff=staff, days=1)
            case "assign":
                duty = list(DUTIES.values())[number % len(DUTIES)]
                roster = edits.assign(roster, duty, staff)
            case "unassign" if done:
                roster = edits.unassign(roster, DUTIES[done.duty], done.staff)
            case _:
                pass
    ids = [one.id for one in roster.shifts]
    assert len(ids) == len(set(ids))
    doing = [(done.duty, done.staff) for done in roster.assignments]
    assert len(doing) == len(set(doing))
    assert all(shift.day in small.WEEK.days for shift in roster.shifts)
    for one in roster.shifts:
        assert all(any(part.contains(pause) for part in one.parts) for pause in one.breaks)
    crews = [one.crew for one in roster.shifts if one.crew]
    assert all(crews.count(crew) == 2 for crew in crews)
