"""Evening presence: what is promised of it, and what of it became day work."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.demand import make_duties
from planner.domain.duties import DutyKind
from planner.domain.evenings import evening_min, moved, promised_evening_min
from planner.domain.ids import ShiftId
from planner.domain.roster import Shift
from planner.domain.spans import Span
from planner.domain.staff import Absence
from tests.planner import small
from tests.planner.small import CONTACTS, MONDAY, OFFICERS, TUESDAY, WEEK, at, span

PLAN = small.make_plan()
SUMMER_ENDS, SUMMER_BEGINS = date(2026, 10, 24), date(2026, 3, 28)


def shift(staff, day, start, end):
    return Shift(
        id=ShiftId(f"{staff}/{day}"),
        staff=staff,
        day=day,
        shift_type=None,
        parts=(span(day, start, end),),
    )


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("08:00", "16:00", 0),
        ("14:00", "22:00", 300),
        ("05:00", "07:00", 60),
        ("17:00", "18:00", 60),
    ],
)
def test_evening_is_from_seventeen_to_six(start, end, minutes):
    assert evening_min(PLAN, span(MONDAY, start, end)) == minutes


@pytest.mark.parametrize(("day", "hours"), [(SUMMER_ENDS, 14), (SUMMER_BEGINS, 12)])
def test_evening_of_a_clock_change_has_the_hours_that_elapse(day, hours):
    whole = Span(at(day, "12:00"), at(day + timedelta(days=1), "12:00"))
    assert evening_min(PLAN, whole) == hours * 60


def test_a_duty_promises_only_what_it_has_whenever_it_begins():
    duty = next(d for d in make_duties(PLAN, WEEK) if d.kind is not DutyKind.SCHOOL)

    def duty_at(first, last):
        return replace(
            duty,
            earliest_start=at(MONDAY, first),
            latest_start=at(MONDAY, last),
            duration_min=30,
            heads=2,
        )

    assert promised_evening_min(PLAN, duty_at("18:00", "18:00")) == 60
    assert promised_evening_min(PLAN, duty_at("17:00", "21:00")) == 60
    assert promised_evening_min(PLAN, duty_at("16:45", "18:00")) == 30
    assert promised_evening_min(PLAN, duty_at("15:00", "20:00")) == 0


def test_an_evening_that_is_lost_and_worked_by_day_was_moved():
    before = (
        shift(OFFICERS[0], MONDAY, "14:00", "22:00"),
        shift(OFFICERS[1], MONDAY, "14:00", "22:00"),
    )
    after = (
        shift(OFFICERS[0], TUESDAY, "08:00", "16:00"),
        shift(OFFICERS[2], TUESDAY, "18:00", "22:00"),
    )
    found = moved(PLAN, before, after)
    assert (found.before_min, found.after_min) == (600, 240)
    assert found.moved_min == 300  # the first officer's evening
    assert found.fell_away_min == 300  # the second one's
    assert found.came_in_min == 240  # the third one's, another evening


def test_a_swap_within_an_evening_moves_nothing():
    before = (
        shift(OFFICERS[0], MONDAY, "14:00", "22:00"),
        shift(OFFICERS[1], MONDAY, "06:00", "14:00"),
    )
    after = (
        shift(OFFICERS[1], MONDAY, "14:00", "22:00"),
        shift(OFFICERS[0], MONDAY, "06:00", "14:00"),
    )
    found = moved(PLAN, before, after)
    assert (found.moved_min, found.fell_away_min, found.came_in_min) == (0, 0, 0)


def test_an_evening_taken_to_another_evening_did_not_go_to_the_day():
    before = (shift(OFFICERS[0], MONDAY, "14:00", "22:00"),)
    found = moved(PLAN, before, (shift(OFFICERS[0], TUESDAY, "14:00", "22:00"),))
    assert (found.moved_min, found.fell_away_min, found.came_in_min) == (0, 300, 300)


def test_an_evening_of_somebody_absent_fell_away():
    before = (shift(OFFICERS[0], MONDAY, "14:00", "22:00"),)
    away = Absence(id="ill", staff=OFFICERS[0], start=at(MONDAY, "12:00"), end=at(TUESDAY, "12:00"))
    found = moved(replace(PLAN, absences=(away,)), before, before)
    assert (found.moved_min, found.fell_away_min, found.after_min) == (0, 300, 0)


def test_contact_persons_have_no_evening_to_move():
    before = (shift(CONTACTS[0], MONDAY, "17:00", "19:00"),)
    assert moved(PLAN, before, ()).before_min == 0


def test_only_known_leaves_out_whoever_had_nothing_before():
    after = (shift(OFFICERS[2], MONDAY, "18:00", "22:00"),)
    assert moved(PLAN, (), after).came_in_min == 240
    assert moved(PLAN, (), after, only_known=True).came_in_min == 0


rosters = st.lists(
    st.tuples(st.sampled_from(OFFICERS), st.sampled_from(WEEK.days), st.integers(0, 15)),
    unique_by=lambda one: one[:2],
    max_size=8,
)


def made(found):
    return tuple(
        shift(staff, day, f"{hour:02d}:00", f"{hour + 8:02d}:00") for staff, day, hour in found
    )


@given(rosters, rosters)
def test_every_minute_of_the_evening_is_accounted_for(before, after):
    found = moved(PLAN, made(before), made(after))
    kept = found.before_min - found.moved_min - found.fell_away_min
    assert kept + found.came_in_min == found.after_min
    assert min(kept, found.moved_min, found.fell_away_min, found.came_in_min) >= 0


@given(rosters)
def test_a_roster_that_stays_loses_nothing(roster):
    found = moved(PLAN, made(roster), made(roster))
    assert (found.moved_min, found.fell_away_min, found.came_in_min) == (0, 0, 0)
