"""A proposal beside what was edited while it was made."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.duties import day_of as day_of_duty
from planner.domain.ids import CrewId, ShiftTypeId, StaffId
from planner.domain.merging import merged, parts
from planner.domain.roster import Roster, Shift
from planner.domain.spans import Span
from tests.planner import small

PLAN = small.make_plan()
DUTIES = {duty.id: duty for duty in make_duties(PLAN, small.WEEK)}
HEADS = {duty.id: duty.heads for duty in DUTIES.values()}
BASE = small.make_roster(PLAN)
STAFF = [member.id for member in PLAN.staff]
KIND = ShiftTypeId(PLAN.shift_types[0].id)


def shift_on(roster: Roster, staff: StaffId, day: date) -> Shift:
    """Return somebody's shift of a day."""
    return next(s for s in roster.shifts if (s.staff, s.day) == (staff, day))


def without(roster: Roster, staff: StaffId, day: date) -> Roster:
    """Return the roster without somebody's shift of a day."""
    return edits.remove_shifts(roster, {shift_on(roster, staff, day).id})


def replaced(roster: Roster, shift: Shift) -> Roster:
    """Return the roster with another shift under the same id."""
    return replace(roster, shifts=tuple(shift if s.id == shift.id else s for s in roster.shifts))


def with_crew(roster: Roster, people: tuple[StaffId, StaffId], name: CrewId | None) -> Roster:
    """Return the roster with a crew on Monday evening."""
    for staff in people:
        roster = edits.put_shift(PLAN, roster, staff, small.MONDAY, small.EVENING)
        roster = replaced(roster, replace(shift_on(roster, staff, small.MONDAY), crew=name))
    return roster


@st.composite
def edited(draw: st.DrawFn, roster: Roster) -> Roster:
    """Draw a roster after some edits."""
    for _ in range(draw(st.integers(0, 3))):
        staff, day = draw(st.sampled_from(STAFF)), draw(st.sampled_from(small.WEEK.days))
        match draw(st.sampled_from(["put", "remove", "assign"])):
            case "put":
                roster = edits.put_shift(PLAN, roster, staff, day, KIND)
            case "remove":
                ids = {s.id for s in roster.shifts if (s.staff, s.day) == (staff, day)}
                roster = edits.remove_shifts(roster, ids)
            case _:
                roster = edits.assign(roster, draw(st.sampled_from(list(DUTIES.values()))), staff)
    return roster


def day_of(roster: Roster, staff: StaffId, day: date) -> tuple[object, ...]:
    """Return what somebody works on a day, without the crew that others decide too."""
    return tuple(
        (s.id, s.parts, s.breaks) for s in roster.shifts if (s.staff, s.day) == (staff, day)
    )


def own(roster: Roster, staff: StaffId, day: date) -> set[object]:
    """Return somebody's shifts and duties of a day."""
    shifts = {s for s in roster.shifts if (s.staff, s.day) == (staff, day)}
    return shifts | {
        d for d in roster.assignments if (d.staff, day_of_duty(d.duty)) == (staff, day)
    }


@settings(deadline=None)
@given(edited(BASE))
def test_proposal_is_taken_over_whole_when_nothing_was_edited(proposal):
    assert merged(BASE, BASE, proposal, heads=HEADS) == proposal


@settings(deadline=None)
@given(edited(BASE), st.none() | st.sets(st.sampled_from(STAFF)))
def test_proposal_that_changes_nothing_leaves_what_was_edited(current, people):
    assert merged(BASE, current, BASE, heads=HEADS, people=people) == current


@settings(deadline=None)
@given(edited(BASE), edited(BASE), st.none() | st.sets(st.sampled_from(STAFF)))
def test_edits_win_day_by_day_and_only_chosen_people_change(current, proposal, people):
    taken = merged(BASE, current, proposal, heads=HEADS, people=people)
    for staff in STAFF:
        for day in small.WEEK.days:
            was_edited = own(current, staff, day) != own(BASE, staff, day)
            if was_edited or (people is not None and staff not in people):
                assert day_of(taken, staff, day) == day_of(current, staff, day)
            elif own(current, staff, day) == own(BASE, staff, day):
                assert day_of(taken, staff, day) == day_of(proposal, staff, day)


@settings(deadline=None)
@given(edited(BASE), edited(BASE), st.none() | st.sets(st.sampled_from(STAFF)))
def test_no_duty_is_doubled_and_no_crew_is_halved(current, proposal, people):
    taken = merged(BASE, current, proposal, heads=HEADS, people=people)
    before = Counter(done.duty for done in current.assignments)
    after = Counter(done.duty for done in taken.assignments)
    proposed = Counter(done.duty for done in proposal.assignments)
    for duty, n in after.items():
        assert n <= max(HEADS[duty], before[duty], proposed[duty])
    assert len({(done.duty, done.staff) for done in taken.assignments}) == sum(after.values())
    crews = Counter((shift.crew, shift.day) for shift in taken.shifts if shift.crew)
    assert all(n == 2 for n in crews.values())


@settings(deadline=None)
@given(edited(BASE), edited(BASE))
def test_parts_are_what_is_taken_and_what_stays(current, proposal):
    found = parts(BASE, current, proposal)
    assert not found.taken & found.kept
    taken = merged(BASE, current, proposal, heads=HEADS)
    for staff, day in found.kept:
        assert day_of(taken, staff, day) == day_of(current, staff, day)
    for staff, day in found.taken:
        assert day_of(taken, staff, day) == day_of(proposal, staff, day)


def test_other_days_of_somebody_edited_are_taken_over():
    staff = small.CONTACTS[1]
    proposal = without(without(BASE, staff, small.MONDAY), staff, small.TUESDAY)
    current = edits.lock(BASE, [shift_on(BASE, staff, small.MONDAY).id], (), is_locked=True)
    taken = merged(BASE, current, proposal, heads=HEADS)
    assert day_of(taken, staff, small.MONDAY)
    assert not day_of(taken, staff, small.TUESDAY)
    assert parts(BASE, current, proposal).kept == {(staff, small.MONDAY)}


def test_shift_that_would_overlap_an_edited_one_stays_as_it_was():
    staff = small.CONTACTS[1]
    monday, tuesday = (shift_on(BASE, staff, day) for day in (small.MONDAY, small.TUESDAY))
    longer = Span(monday.span.end - timedelta(hours=1), tuesday.span.start)
    current = replaced(BASE, replace(monday, parts=(longer,), breaks=()))
    earlier = Span(tuesday.span.start - timedelta(hours=2), tuesday.span.end)
    proposal = replaced(BASE, replace(tuesday, parts=(earlier,)))
    taken = merged(BASE, current, proposal, heads=HEADS)
    assert taken == current


def test_half_a_crew_is_none_and_does_nothing_as_a_crew():
    one, other = small.OFFICERS[:2]
    base = without(without(BASE, one, small.MONDAY), other, small.MONDAY)
    taken = merged(base, base, BASE, heads=HEADS, people={one})
    assert shift_on(taken, one, small.MONDAY).crew is None
    assert not [
        done
        for done in taken.assignments
        if day_of_duty(done.duty) == small.MONDAY and done.staff in {one, other}
    ]
    whole = merged(base, base, BASE, heads=HEADS, people={one, other})
    crew = shift_on(whole, one, small.MONDAY).crew
    assert crew is not None
    assert shift_on(whole, other, small.MONDAY).crew == crew


def test_crews_of_the_same_name_stay_two():
    one, other, third, fourth = small.OFFICERS
    name = shift_on(BASE, one, small.MONDAY).crew
    proposal = with_crew(
        without(without(BASE, one, small.MONDAY), other, small.MONDAY), (third, fourth), name
    )
    taken = merged(BASE, BASE, proposal, heads=HEADS, people={third, fourth})
    crews = Counter(
        shift.crew for shift in taken.shifts if shift.day == small.MONDAY and shift.crew
    )
    assert sorted(crews.values()) == [2, 2]


def test_duty_taken_by_hand_meanwhile_is_not_given_to_somebody_else_too():
    duty = next(
        d for d in DUTIES.values() if d.id.startswith(f"{small.SCHOOL_B}/{small.FRIDAY}/after")
    )
    first, second = small.CONTACTS[:2]
    current = edits.assign(BASE, duty, first)
    proposal = edits.assign(BASE, duty, second)
    taken = merged(BASE, current, proposal, heads=HEADS)
    assert [done.staff for done in taken.assignments if done.duty == duty.id] == [first]


def test_notes_and_overrides_written_meanwhile_stay():
    current = replace(
        BASE,
        notes=edits.write_note(
            BASE, small.MONDAY, None, text="x", author="kim", at=small.at(small.MONDAY, "08:00")
        ).notes,
    )
    assert merged(BASE, current, BASE, heads=HEADS).notes == current.notes
