"""A real solver on a small plan, and what becomes of its proposal."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planner.domain.staff import ShiftSource
from planner.errors import ConflictError
from planner.planning.judging import judge
from planner.services import generating
from planner.services.plans import OpenPlan
from tests.planner.small import WEEK

if TYPE_CHECKING:
    from planner.services.views import GenerateProgress


def test_proposal_of_the_real_solver_keeps_every_rule_and_is_stored_whole(
    small_open: OpenPlan,
) -> None:
    told: list[GenerateProgress] = []
    proposal = generating.generate(
        small_open, WEEK, seconds=20, repeatable=True, on_progress=told.append
    )
    assert not judge(small_open.plan, proposal.roster).has_violation
    assert told
    assert small_open.store.draft_revision(WEEK) == 0
    generating.accept(small_open, proposal)
    stored = small_open.store.load_roster(WEEK)
    assert stored.assignments
    assert {shift.id for shift in stored.shifts} == {shift.id for shift in proposal.roster.shifts}
    assert stored.levels == proposal.levels


def test_duties_only_leaves_every_shift_as_it_is(small_open: OpenPlan) -> None:
    first = generating.generate(small_open, WEEK, seconds=20, repeatable=True)
    generating.accept(small_open, first)
    again = generating.generate(small_open, WEEK, seconds=20, repeatable=True, duties_only=True)
    assert {(shift.id, shift.parts) for shift in again.roster.shifts} == {
        (shift.id, shift.parts) for shift in first.roster.shifts
    }
    assert {shift.source for shift in again.roster.shifts} == {
        shift.source for shift in first.roster.shifts
    }


def test_locked_shift_stays_where_it_is(small_open: OpenPlan) -> None:
    first = generating.generate(small_open, WEEK, seconds=20, repeatable=True).roster
    planned = next(shift for shift in first.shifts if shift.source is ShiftSource.PLANNED)
    kept = replace(planned, is_locked=True)
    with small_open.store.transaction("edit"):
        small_open.store.save_roster(replace(first, shifts=(kept,), assignments=()))
    again = generating.generate(small_open, WEEK, seconds=20, repeatable=True).roster
    found = next(shift for shift in again.shifts if shift.id == kept.id)
    assert (found.parts, found.is_locked) == (kept.parts, True)


def test_edit_made_meanwhile_wins_over_the_proposal(small_open: OpenPlan) -> None:
    proposal = generating.generate(small_open, WEEK, seconds=20, repeatable=True)
    with small_open.store.transaction("edit"):
        small_open.store.save_roster(replace(proposal.roster, assignments=()))
    with pytest.raises(ConflictError) as caught:
        generating.accept(small_open, proposal)
    assert caught.value.code == "draft-changed"
    assert small_open.store.load_roster(WEEK).assignments == ()


def test_stopped_at_once_there_is_still_a_roster(small_open: OpenPlan) -> None:
    proposal = generating.generate(small_open, WEEK, seconds=60, should_stop=lambda: True)
    assert proposal.week == WEEK
