"""What waits for an answer, and what others do only then."""

from dataclasses import replace

from planner.domain.changes import Change
from planner.domain.held import (
    Settled,
    apart,
    changes_by_person,
    fitting,
    has_new_time,
    rebased,
    settle,
)
from planner.domain.ids import CrewId, StaffId
from planner.domain.roster import Assignment, Roster, Shift
from tests.planner import small

P1, P2, P3, P4 = small.OFFICERS
DAY = small.TUESDAY
SPAN = small.span(DAY, "14:00", "22:00")
DUTY = small.span(DAY, "16:00", "17:00")


def shift(staff: StaffId, crew: str | None = None) -> Shift:
    name = CrewId(crew) if crew else None
    return Shift(id=f"{staff}/x", staff=staff, day=DAY, shift_type=None, parts=(SPAN,), crew=name)


def done(duty: str, staff: StaffId) -> Assignment:
    return Assignment(duty=duty, staff=staff, start=DUTY.start, end=DUTY.end)


def roster(*records: Shift | Assignment) -> Roster:
    return Roster(
        week=small.WEEK,
        shifts=tuple(one for one in records if isinstance(one, Shift)),
        assignments=tuple(one for one in records if isinstance(one, Assignment)),
    )


def records(one: Roster) -> set[object]:
    return {*one.shifts, *one.assignments}


def test_longer_and_moved_time_is_new_and_shorter_time_is_not():
    mine = shift(P1)
    shorter = replace(mine, parts=(small.span(DAY, "15:00", "20:00"),))
    assert not has_new_time([mine], [mine])
    assert not has_new_time([mine], [shorter])
    assert not has_new_time([mine], [])
    assert has_new_time([shorter], [mine])
    assert has_new_time([], [mine])
    assert has_new_time([mine], [mine, replace(mine, parts=(small.span(DAY, "08:00", "09:00"),))])


HEADS, BY_CREWS = {"d": 2, "one": 1}, {"d"}


def settled(before: Roster, after: Roster, *people: StaffId) -> Settled:
    changes = changes_by_person(before, after)
    return settle(before, [one for staff in people for one in changes[staff]], HEADS, BY_CREWS)


def test_a_crew_waits_for_the_officer_who_has_not_answered():
    before = roster(shift(P1, "old"), done("d", P1))
    after = roster(shift(P1, "new"), shift(P2, "new"), done("d", P1), done("d", P2))
    first = settled(before, after, P1)
    assert records(first.roster) == {shift(P1)}
    rest = (*first.rest, *changes_by_person(before, after)[P2])
    second = settle(first.roster, rest, HEADS, BY_CREWS)
    assert records(second.roster) == records(after)
    assert second.rest == ()


def test_when_both_of_a_crew_are_asked_it_is_whole_with_the_second_answer():
    before = roster()
    after = roster(shift(P1, "new"), shift(P2, "new"), done("d", P1), done("d", P2))
    first = settled(before, after, P1)
    assert records(first.roster) == {shift(P1)}
    rest = (*first.rest, *changes_by_person(before, after)[P2])
    assert records(settle(first.roster, rest, HEADS, BY_CREWS).roster) == records(after)


def test_a_duty_is_taken_over_when_who_has_it_accepts_to_give_it_away():
    later = replace(shift(P1), parts=(small.span(DAY, "18:00", "23:00"),))
    before = roster(shift(P1), done("one", P1), shift(P3))
    after = roster(later, shift(P3), done("one", P3))
    first = settled(before, after, P3)
    assert first.roster == before
    rest = (*first.rest, *changes_by_person(before, after)[P1])
    assert records(settle(first.roster, rest, HEADS, BY_CREWS).roster) == records(after)


def test_a_duty_of_who_is_away_is_taken_over_at_once():
    before = roster(shift(P1), done("one", P1), shift(P3))
    after = roster(shift(P3), done("one", P3))
    found = settled(before, after, P1, P3)
    assert records(found.roster) == records(after)
    assert found.rest == ()


def test_days_whose_working_time_stays_are_told_apart_from_the_others():
    other = replace(
        shift(P1), id="y", day=small.FRIDAY, parts=(small.span(small.FRIDAY, "08:00", "12:00"),)
    )
    before = roster(shift(P1))
    after = roster(shift(P1, "new"), done("one", P1), other)
    (mine,) = changes_by_person(before, after).values()
    at_once, asked = apart(mine, before, after)
    assert {one.after for one in at_once} == {shift(P1, "new"), done("one", P1)}
    assert {one.after for one in asked} == {other}


def test_changes_follow_a_shift_that_has_lost_its_crew_and_no_other():
    gone = Change(set_name="shifts", before=shift(P1, "old"), after=None)
    alone = roster(shift(P1))
    assert rebased((gone,), alone) == (replace(gone, before=shift(P1)),)
    moved = replace(shift(P1), parts=(small.span(DAY, "08:00", "12:00"),))
    assert rebased((gone,), roster(moved)) == (gone,)
    assert list(fitting((gone,), roster(moved))) == []
    assert list(fitting(rebased((gone,), alone), alone))
    taken = Change(set_name="shifts", before=None, after=shift(P1))
    assert list(fitting((taken,), alone)) == []
