from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changed import ChangeKind
from planner.domain.counting import week_counted_min
from planner.domain.demand import make_duties
from planner.domain.differences import week_differences
from planner.domain.ids import CrewId, DutyId, ShiftId, StaffId
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import Span, subtract
from tests.planner import small
from tests.planner.small import CONTACTS, EVENING, MONDAY, OFFICERS, SCHOOL_SHIFT, TUESDAY, WEEK

PLAN = small.make_plan()
DUTIES = make_duties(PLAN, WEEK)
ROSTER = small.make_roster(PLAN)
PEOPLE = (*CONTACTS[:2], *OFFICERS[:2], StaffId("gone"))
HOUR = timedelta(hours=1)


@st.composite
def shifts(draw):
    day = draw(st.sampled_from(WEEK.days[:3]))
    start = small.at(day, "07:00") + draw(st.integers(0, 4)) * HOUR
    span = Span(start, start + draw(st.integers(4, 6)) * HOUR)
    pause = Span(start + 2 * HOUR, start + 2 * HOUR + timedelta(minutes=30))
    return Shift(
        id=ShiftId(f"s{draw(st.integers(0, 9))}"),
        staff=draw(st.sampled_from(PEOPLE)),
        day=day,
        shift_type=draw(st.sampled_from((SCHOOL_SHIFT, EVENING, None))),
        parts=(span,),
        breaks=draw(st.sampled_from(((), (pause,)))),
        crew=draw(st.sampled_from((None, CrewId("one"), CrewId("two")))),
    )


@st.composite
def assignments(draw):
    duty = draw(st.sampled_from([*DUTIES[:6], replace(DUTIES[0], id=DutyId("old/2026-11-23/1"))]))
    start = duty.earliest_start + draw(st.integers(0, 2)) * timedelta(minutes=10)
    return Assignment(
        duty=duty.id,
        staff=draw(st.sampled_from(PEOPLE)),
        start=start,
        end=start + timedelta(minutes=duty.duration_min),
    )


rosters = st.builds(
    Roster,
    week=st.just(WEEK),
    shifts=st.lists(shifts(), max_size=8, unique_by=lambda shift: shift.id).map(tuple),
    assignments=st.lists(
        assignments(), max_size=8, unique_by=lambda done: (done.duty, done.staff, done.start)
    ).map(tuple),
)


def differences(before, after):
    return week_differences(PLAN, before, after, DUTIES)


def said_of_shifts(roster):
    """Return what each shift says, told without the code under test."""
    found = Counter()
    for shift in roster.shifts:
        partners = frozenset(
            other.staff
            for other in roster.shifts
            if shift.crew is not None and (other.day, other.crew) == (shift.day, shift.crew)
        )
        state = (shift.day, shift.shift_type, shift.parts, shift.breaks, partners - {shift.staff})
        found[shift.staff, state] += 1
    return found


def told_of_shifts(told, side):
    states = ((change.staff, getattr(change, side)) for change in told.shifts)
    return Counter(
        (staff, (one.day, one.shift_type, one.parts, one.breaks, one.partners))
        for staff, one in states
        if one
    )


def said_of_duties(roster):
    return Counter((done.duty, done.staff, done.span) for done in roster.assignments)


def told_of_duties(told, side):
    heads = ((change.duty, getattr(change, side)) for change in told.duties)
    return Counter((duty, one.staff, one.span) for duty, one in heads if one)


@given(rosters)
def test_roster_does_not_differ_from_itself(roster):
    told = differences(roster, roster)
    assert told.is_empty
    assert (told.n_people, told.n_places) == (0, 0)


@given(rosters, rosters)
def test_every_change_is_told_exactly_once(before, after):
    told = differences(before, after)
    old, new = said_of_shifts(before), said_of_shifts(after)
    assert told_of_shifts(told, "before") == old - new
    assert told_of_shifts(told, "after") == new - old
    old, new = said_of_duties(before), said_of_duties(after)
    assert told_of_duties(told, "before") == old - new
    assert told_of_duties(told, "after") == new - old


@given(rosters, rosters)
def test_reversed_comparison_is_the_mirrored_difference(before, after):
    there, back = differences(before, after), differences(after, before)
    assert Counter(back.shifts) == Counter(change.reversed() for change in there.shifts)
    assert Counter(back.duties) == Counter(change.reversed() for change in there.duties)
    assert {(one.staff, one.after, one.before) for one in back.people} == {
        (one.staff, one.before, one.after) for one in there.people
    }


@given(rosters, rosters)
def test_people_and_places_tell_the_same_changes(before, after):
    told = differences(before, after)
    assert Counter(one for who in told.people for one in who.shifts) == Counter(told.shifts)
    assert Counter(one for place in told.places for one in place.duties) == Counter(told.duties)
    by_people = Counter(one for who in told.people for one in who.duties)
    assert by_people == Counter(one for one in told.duties for _ in one.people)


@given(rosters, rosters)
def test_minutes_are_those_that_the_week_counts(before, after):
    for person in differences(before, after).people:
        for minutes, roster in ((person.before, before), (person.after, after)):
            counted = week_counted_min(PLAN, person.staff, WEEK, roster.shifts)
            assert minutes.counted_min == counted


def retimed(roster, shift, hours):
    """Return the roster with a shift that goes on for longer."""
    span = shift.parts[-1]
    longer = (*shift.parts[:-1], Span(span.start, span.end + hours * HOUR))
    changed = replace(shift, parts=longer)
    return replace(roster, shifts=tuple(changed if one is shift else one for one in roster.shifts))


def test_longer_shift_is_moved_and_counted():
    told = differences(ROSTER, retimed(ROSTER, ROSTER.shifts[0], 1))
    (change,) = told.shifts
    assert (change.kind, change.staff, change.day) == (ChangeKind.MOVED, CONTACTS[0], MONDAY)
    (person,) = (one for one in told.people if one.is_changed)
    assert person.after.worked_min - person.before.worked_min == 60
    assert told.n_shifts(ChangeKind.MOVED) == 1


def test_shift_of_another_type_at_the_same_times_is_changed():
    first, *rest = ROSTER.shifts
    after = replace(ROSTER, shifts=(replace(first, shift_type=EVENING), *rest))
    (change,) = differences(ROSTER, after).shifts
    assert change.kind is ChangeKind.CHANGED


def test_new_ids_and_crew_names_are_no_difference():
    after = replace(
        ROSTER,
        shifts=tuple(
            replace(
                shift,
                id=ShiftId(f"new-{number}"),
                crew=CrewId(f"new-{shift.crew}") if shift.crew else None,
                is_locked=True,
            )
            for number, shift in enumerate(ROSTER.shifts)
        ),
    )
    assert differences(ROSTER, after).is_empty


def test_other_partner_changes_the_shift_of_who_stays():
    gone = next(shift for shift in ROSTER.shifts if shift.staff == OFFICERS[1])
    after = replace(ROSTER, shifts=tuple(one for one in ROSTER.shifts if one is not gone))
    told = {change.staff: change for change in differences(ROSTER, after).shifts}
    assert told[OFFICERS[1]].kind is ChangeKind.REMOVED
    assert told[OFFICERS[0]].kind is ChangeKind.CHANGED
    assert told[OFFICERS[0]].before.partners == {OFFICERS[1]}
    assert told[OFFICERS[0]].after.partners == set()


def test_shift_on_another_day_keeps_its_id_and_is_moved():
    first, *rest = ROSTER.shifts
    day = timedelta(days=5)
    parts = tuple(Span(part.start + day, part.end + day) for part in first.parts)
    later = replace(first, day=WEEK.days[5], parts=parts)
    (change,) = differences(ROSTER, replace(ROSTER, shifts=(later, *rest))).shifts
    assert (change.kind, change.day) == (ChangeKind.MOVED, MONDAY)
    assert change.after.day == WEEK.days[5]


def test_duty_of_another_person_is_handed_over_and_told_to_both():
    first, *rest = ROSTER.assignments
    after = replace(ROSTER, assignments=(replace(first, staff=CONTACTS[2]), *rest))
    told = differences(ROSTER, after)
    (change,) = told.duties
    assert change.kind is ChangeKind.HANDED_OVER
    assert {one.name for one in told.people if one.is_changed} == {"Kontakt Nr1", "Kontakt Nr3"}
    (place,) = (one for one in told.places if one.is_changed)
    assert (place.title, place.duties) == ("Askskolan", (change,))


def test_uncovered_and_moved_duties_are_told():
    _first, second, *rest = ROSTER.assignments
    later = replace(second, start=second.start + HOUR, end=second.end + HOUR)
    told = differences(ROSTER, replace(ROSTER, assignments=(later, *rest)))
    assert told.n_duties(ChangeKind.REMOVED) == 1
    assert told.n_duties(ChangeKind.MOVED) == 1


def test_stranger_and_lost_duty_go_by_their_ids():
    done = Assignment(
        duty=DutyId(f"old/{TUESDAY}/1"),
        staff=StaffId("gone"),
        start=small.at(TUESDAY, "08:00"),
        end=small.at(TUESDAY, "09:00"),
    )
    told = differences(Roster(week=WEEK), Roster(week=WEEK, assignments=(done,)))
    (change,) = told.duties
    assert (change.title, change.duty_kind, change.day) == ("old", None, TUESDAY)
    assert told.names == {"gone": "gone"}


def test_subtracted_breaks_are_not_worked():
    told = differences(Roster(week=WEEK), ROSTER)
    officer = next(one for one in told.people if one.staff == OFFICERS[0])
    own = [shift for shift in ROSTER.shifts if shift.staff == OFFICERS[0]]
    pieces = (piece for one in own for piece in subtract(one.span, one.breaks))
    assert officer.after.worked_min == sum(piece.minutes for piece in pieces)
