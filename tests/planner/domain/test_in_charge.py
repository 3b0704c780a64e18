"""Who is in charge of whom at work."""

from dataclasses import replace

import pytest

from planner.domain.ids import ShiftId
from planner.domain.in_charge import InCharge
from tests.planner.small import LEAD, MONDAY, OFFICERS, SQUAD, span

FIRST, OFFICER, SECOND, OTHER = OFFICERS
"""Those who may lead, and those who may not."""


@pytest.fixture
def shift(small_roster):
    """Makes a shift of Monday."""
    model = next(one for one in small_roster.shifts if one.staff == FIRST and one.day == MONDAY)

    def make(staff, start, end):
        parts = (span(MONDAY, start, end),)
        return replace(model, id=ShiftId(f"{staff}-{start}"), staff=staff, parts=parts, breaks=())

    return make


def test_who_is_there_for_most_of_a_shift_is_in_charge(small_plan, shift):
    early, late = shift(FIRST, "07:00", "15:00"), shift(SECOND, "13:00", "22:00")
    of = InCharge(small_plan, (late, early)).over
    assert of(shift(OFFICER, "07:00", "15:00")) == early
    assert of(shift(OFFICER, "14:00", "22:00")) == late
    assert (of(early), of(late)) == (early, late)


def test_of_two_who_are_there_as_long_one_is_in_charge(small_plan, shift):
    first, second = shift(FIRST, "14:00", "22:00"), shift(SECOND, "14:00", "22:00")
    for order in ((first, second), (second, first)):
        of = InCharge(small_plan, order).over
        assert {of(one) for one in (*order, shift(OFFICER, "14:00", "22:00"))} == {first}


def test_nobody_leads_another_squad_or_who_is_in_none(small_plan, shift):
    alone = tuple(
        replace(one, squad=None if one.id in {FIRST, OTHER} else SQUAD) for one in small_plan.staff
    )
    lead, officer = shift(FIRST, "14:00", "22:00"), shift(OFFICER, "14:00", "22:00")
    of = InCharge(replace(small_plan, staff=alone), (lead, officer)).over
    assert of(officer) is None
    assert of(shift(OTHER, "14:00", "22:00")) is None
    assert of(lead) == lead
    assert LEAD in small_plan.skills_of(FIRST, MONDAY)
