"""What waits for an answer, and what others do only then."""

from dataclasses import replace

from planner.domain.changes import changed_roster
from planner.domain.held import changes_by_person, has_new_time, settle
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


def test_who_need_not_be_asked_is_planned_at_once_and_others_wait():
    before = roster(shift(P1))
    after = roster(shift(P1), done("d", P1), shift(P2))
    changes = changes_by_person(before, after)
    settled = settle({P1: changes[P1]}, {P2: changes[P2]}, before)
    assert records(changed_roster(before, settled.now)) == {shift(P1), done("d", P1)}
    assert settled.held == {P2: changes[P2]}


def test_a_crew_waits_for_the_officer_who_has_not_answered():
    before = roster(shift(P1, "old"), done("d", P1))
    after = roster(shift(P1, "new"), shift(P2, "new"), done("d", P1), done("d", P2))
    changes = changes_by_person(before, after)
    settled = settle({P1: changes[P1]}, {P2: changes[P2]}, before)
    alone = changed_roster(before, settled.now)
    assert records(alone) == {shift(P1)}
    assert records(changed_roster(alone, settled.held[P2])) == records(after)


def test_when_both_of_a_crew_are_asked_it_is_whole_with_the_second_answer():
    before = roster()
    after = roster(shift(P1, "new"), shift(P2, "new"), done("d", P1), done("d", P2))
    changes = changes_by_person(before, after)
    first = settle({P1: changes[P1]}, {"2": changes[P2]}, before)
    alone = changed_roster(before, first.now)
    assert records(alone) == {shift(P1)}
    own = {
        P1: tuple(one for one in first.held["2"] if one not in changes[P2]),
        P2: changes[P2],
    }
    second = settle(own, {}, alone)
    assert records(changed_roster(alone, second.now)) == records(after)


def test_a_duty_is_taken_over_when_who_has_it_accepts_to_give_it_away():
    later = replace(shift(P1), parts=(small.span(DAY, "18:00", "23:00"),))
    before = roster(shift(P1), done("d", P1), shift(P3))
    after = roster(later, shift(P3), done("d", P3))
    changes = changes_by_person(before, after)
    settled = settle({P3: changes[P3]}, {P1: changes[P1]}, before)
    assert changed_roster(before, settled.now) == before
    assert records(changed_roster(before, settled.held[P1])) == records(after)


def test_a_duty_of_who_is_away_is_taken_over_at_once():
    before = roster(shift(P1), done("d", P1), shift(P3))
    after = roster(shift(P3), done("d", P3))
    changes = changes_by_person(before, after)
    settled = settle(changes, {}, before)
    assert records(changed_roster(before, settled.now)) == records(after)
