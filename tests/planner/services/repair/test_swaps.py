"""Swaps: both agree, the rules are looked at, a manager decides, and all of it is logged."""

import pytest

from planner.domain.calls import SwapDecision, SwapRequest
from planner.domain.ids import ShiftId, StaffId
from planner.domain.roster import Roster
from planner.domain.rotation import shift_id
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.history import undo
from planner.services.plans import OpenPlan
from planner.services.repair import swaps
from planner.services.repair.swaps import Given
from tests.planner import small

C1, C2, C3, _C4 = small.CONTACTS
APPROVED, REJECTED = SwapDecision.APPROVED, SwapDecision.REJECTED


def at(staff: StaffId, day: object) -> ShiftId:
    return shift_id(staff, day, small.SCHOOL_SHIFT)


def draft(plan: OpenPlan) -> Roster:
    return plan.store.load_roster(small.WEEK)


def days_of(plan: OpenPlan, staff: StaffId) -> list[object]:
    return [shift.day for shift in draft(plan).shifts if shift.staff == staff]


def asked(plan: OpenPlan, one: Given, other: Given) -> SwapRequest:
    return swaps.request_swap(plan, small.WEEK, one, other, asked_by=one.staff)


def handed(plan: OpenPlan) -> SwapRequest:
    """``c3`` is asked to take the Friday of ``c1``."""
    return asked(plan, Given(staff=C1, shift=at(C1, small.FRIDAY)), Given(staff=C3))


def test_a_swap_is_done_when_both_have_agreed_and_it_is_approved(drafted):
    request = swaps.agree(drafted, handed(drafted), C3)
    assert request.is_agreed
    decided = swaps.decide_swap(drafted, request, APPROVED)
    assert decided.decision is APPROVED
    assert decided.decided_by == drafted.store.actor
    assert small.FRIDAY not in days_of(drafted, C1)
    assert days_of(drafted, C3) == [small.FRIDAY]
    duties = {done.duty for done in draft(drafted).assignments if done.staff == C3}
    assert duties == {f"a/{small.FRIDAY}/before-1", f"a/{small.FRIDAY}/after-1"}
    commands = [entry.command for entry in drafted.store.journal()]
    assert commands[-3:] == ["swap-requested", "swap-agreed", "swap-approved"]


def test_shifts_of_the_same_day_are_exchanged(drafted):
    one = Given(staff=C1, shift=at(C1, small.MONDAY))
    other = Given(staff=C2, shift=at(C2, small.MONDAY))
    request = swaps.agree(drafted, asked(drafted, one, other), C2)
    check = swaps.check_swap(drafted, request)
    assert not check.broken
    swaps.decide_swap(drafted, request, APPROVED)
    places = {done.duty.split("/")[0] for done in check.after.assignments if done.staff == C1}
    assert places == {"a", "b"}
    assert len(days_of(drafted, C1)) == len(days_of(drafted, C2)) == 5


def test_shifts_of_different_days_are_exchanged(drafted):
    swaps.decide_swap(drafted, swaps.agree(drafted, handed(drafted), C3), APPROVED)
    one = Given(staff=C1, shift=at(C1, small.MONDAY))
    other = Given(staff=C3, shift=at(C3, small.FRIDAY))
    swaps.decide_swap(drafted, swaps.agree(drafted, asked(drafted, one, other), C3), APPROVED)
    assert small.FRIDAY in days_of(drafted, C1)
    assert days_of(drafted, C3) == [small.MONDAY]


def test_a_duty_alone_can_be_swapped(drafted):
    duty = f"a/{small.MONDAY}/before-1"
    request = swaps.agree(drafted, asked(drafted, Given(staff=C1, duty=duty), Given(staff=C2)), C2)
    swaps.decide_swap(drafted, request, APPROVED, reason="They are neighbours")
    assert {done.staff for done in draft(drafted).assignments if done.duty == duty} == {C2}


def test_nothing_is_approved_before_both_have_agreed(drafted):
    request = handed(drafted)
    with pytest.raises(ConflictError, match="swap-not-agreed"):
        swaps.decide_swap(drafted, request, APPROVED)
    assert small.FRIDAY in days_of(drafted, C1)


def test_what_breaks_a_rule_needs_a_reason_which_is_kept(drafted):
    evening = shift_id(small.OFFICERS[0], small.FRIDAY, small.EVENING)
    one = Given(staff=small.OFFICERS[0], shift=evening)
    request = swaps.agree(drafted, asked(drafted, one, Given(staff=C3)), C3)
    assert swaps.check_swap(drafted, request).broken
    with pytest.raises(ConflictError, match="swap-breaks-rules"):
        swaps.decide_swap(drafted, request, APPROVED, reason=" ")
    before = draft(drafted)
    swaps.decide_swap(drafted, request, APPROVED, reason="An exception for one evening")
    kept = draft(drafted).overrides
    assert kept
    assert {one.reason for one in kept} == {"An exception for one evening"}
    undo(drafted)
    assert draft(drafted) == before
    assert swaps.swaps(drafted, small.WEEK) == (request,)


def test_a_rejected_swap_changes_nothing_and_is_logged(drafted):
    before, request = draft(drafted), handed(drafted)
    swaps.decide_swap(drafted, request, REJECTED, reason="Too late")
    assert draft(drafted) == before
    (kept,) = swaps.swaps(drafted, small.WEEK)
    assert (kept.decision, kept.reason) == (REJECTED, "Too late")
    assert drafted.store.journal()[-1].command == "swap-rejected"
    for decide in (
        lambda: swaps.decide_swap(drafted, kept, APPROVED),
        lambda: swaps.agree(drafted, kept, C3),
    ):
        with pytest.raises(ConflictError, match="swap-decided"):
            decide()


def test_what_makes_no_swap_is_refused(drafted):
    friday = at(C1, small.FRIDAY)
    with pytest.raises(InputError, match="swap-with-oneself"):
        asked(drafted, Given(staff=C1, shift=friday), Given(staff=C1))
    with pytest.raises(InputError, match="swap-of-nothing"):
        asked(drafted, Given(staff=C1), Given(staff=C2))
    with pytest.raises(NotFoundError, match="swap-gone"):
        asked(drafted, Given(staff=C2, shift=friday), Given(staff=C3))
    with pytest.raises(NotFoundError, match="swap-gone"):
        asked(drafted, Given(staff=C2, duty=f"a/{small.MONDAY}/before-1"), Given(staff=C3))
    with pytest.raises(ConflictError, match="swap-day-taken"):
        asked(drafted, Given(staff=C1, shift=friday), Given(staff=C2))


def test_two_who_decide_at_once_do_not_both_have_their_way(drafted):
    request = handed(drafted)
    swaps.agree(drafted, request, C3)
    with pytest.raises(ConflictError, match="record-changed"):
        swaps.decide_swap(drafted, request, REJECTED)
