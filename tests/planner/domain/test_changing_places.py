from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from planner.domain import edits
from planner.domain.changing_places import change_places
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.roster import Roster
from tests.planner import small

PLAN = small.make_plan()
DUTIES = make_duties(PLAN, small.WEEK)
ROSTER = small.make_roster(PLAN)


def people(roster: Roster, duty: Duty) -> Counter[str]:
    return Counter(done.staff for done in roster.assignments if done.duty == duty.id)


def begins(roster: Roster, duty: Duty) -> set[object]:
    return {done.start for done in roster.assignments if done.duty == duty.id}


duties = st.sampled_from(DUTIES)


@given(one=duties, other=duties)
def test_those_of_one_do_the_other_and_nothing_else_changes(one, other):
    changed = change_places(ROSTER, one, other)
    assert people(changed, one) == people(ROSTER, other)
    assert people(changed, other) == people(ROSTER, one)
    for duty in DUTIES:
        if duty not in (one, other):
            assert people(changed, duty) == people(ROSTER, duty)


@given(one=duties, other=duties)
def test_a_duty_that_somebody_does_keeps_its_time(one, other):
    changed = change_places(ROSTER, one, other)
    for duty in (one, other):
        if begins(ROSTER, duty) and begins(changed, duty):
            assert begins(changed, duty) == begins(ROSTER, duty)


@given(one=duties, other=duties)
def test_changing_places_twice_is_as_before(one, other):
    covered = [duty for duty in (one, other) if people(ROSTER, duty)]
    if len(covered) == 2:
        assert change_places(change_places(ROSTER, one, other), one, other) == ROSTER


def test_where_nobody_is_whoever_comes_leaves_the_other_uncovered():
    gap = next(duty for duty in DUTIES if not people(ROSTER, duty))
    given_up = next(duty for duty in DUTIES if len(people(ROSTER, duty)) == gap.heads == 1)
    moved = change_places(ROSTER, given_up, gap)
    assert not people(moved, given_up)
    assert people(moved, gap) == people(ROSTER, given_up)
    assert begins(moved, gap) == {gap.earliest_start}


def test_a_lock_is_not_taken_along():
    one, other = [duty for duty in DUTIES if people(ROSTER, duty)][:2]
    keys = {(done.duty, done.staff) for done in ROSTER.assignments}
    changed = change_places(edits.lock(ROSTER, (), keys, is_locked=True), one, other)
    stay = people(ROSTER, one) & people(ROSTER, other)
    for done in changed.assignments:
        is_moved = done.duty in {one.id, other.id} and done.staff not in stay
        assert done.is_locked is not is_moved
