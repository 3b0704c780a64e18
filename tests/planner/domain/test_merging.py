"""A proposal beside what was edited while it was made."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.ids import ShiftTypeId
from planner.domain.merging import merged
from planner.domain.roster import Roster
from tests.planner import small

PLAN = small.make_plan()
DUTIES = {duty.id: duty for duty in make_duties(PLAN, small.WEEK)}
HEADS = {duty.id: duty.heads for duty in DUTIES.values()}
BASE = small.make_roster(PLAN)
STAFF = [member.id for member in PLAN.staff]
KIND = ShiftTypeId(PLAN.shift_types[0].id)


@st.composite
def edited(draw: st.DrawFn) -> Roster:
    """Draw the small roster after some edits."""
    roster = BASE
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


def parts(roster: Roster, staff: str) -> tuple[object, ...]:
    """Return what somebody works, without the crews that others decide too."""
    return tuple((s.day, s.parts) for s in roster.shifts if s.staff == staff)


@settings(deadline=None)
@given(edited())
def test_a_proposal_is_taken_over_whole_when_nothing_was_edited(proposal):
    taken = merged(BASE, BASE, proposal, heads=HEADS)
    assert (taken.shifts, taken.assignments) == (proposal.shifts, proposal.assignments)


@settings(deadline=None)
@given(edited())
def test_a_proposal_that_changes_nothing_leaves_what_was_edited(current):
    assert {*merged(BASE, current, BASE, heads=HEADS).shifts} == {*current.shifts}
    assert {*merged(BASE, current, BASE, heads=HEADS).assignments} == {*current.assignments}


@settings(deadline=None)
@given(edited(), edited(), st.sets(st.sampled_from(STAFF)))
def test_edits_win_and_only_chosen_people_change(current, proposal, people):
    taken = merged(BASE, current, proposal, heads=HEADS, people=people)
    for staff in STAFF:
        was_edited = parts(current, staff) != parts(BASE, staff)
        if was_edited or staff not in people:
            assert parts(taken, staff) == parts(current, staff)
    before = Counter(done.duty for done in current.assignments)
    after = Counter(done.duty for done in taken.assignments)
    proposed = Counter(done.duty for done in proposal.assignments)
    for duty, n in after.items():
        assert n <= max(HEADS[duty], before[duty], proposed[duty])
    crews = Counter(shift.crew for shift in taken.shifts if shift.crew)
    assert all(n == 2 for n in crews.values())


def test_notes_and_overrides_written_meanwhile_stay():
    current = replace(
        BASE,
        notes=edits.write_note(
            BASE, small.MONDAY, None, text="x", author="kim", at=small.at(small.MONDAY, "08:00")
        ).notes,
    )
    assert merged(BASE, current, BASE, heads=HEADS).notes == current.notes
