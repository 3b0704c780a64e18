"""A new school year is the last one moved by whole weeks, to be edited before it is kept."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.plan import Plan
from planner.domain.schools import PeriodKind, SchoolPeriod
from planner.errors import ConflictError, InputError
from planner.services.history import undo
from planner.services.records.saving import save_records
from planner.services.records.school_years import new_school_year


def period(id_, kind, first, last):
    return SchoolPeriod(
        id=id_,
        kind=kind,
        name=f"{id_.title()} {first[:4]}",
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
    )


TERM, BREAK = PeriodKind.TERM, PeriodKind.BREAK
YEAR = (
    period("autumn", TERM, "2026-08-19", "2026-12-20"),
    period("leaves", BREAK, "2026-10-26", "2026-10-30"),
    period("spring", TERM, "2027-01-08", "2027-06-11"),
    period("sport", BREAK, "2027-03-01", "2027-03-05"),
)
OLD = period("old", TERM, "2025-08-20", "2025-12-19")
PLAN = Plan(school_periods=(OLD, *YEAR))


def test_days_move_by_whole_weeks_and_the_years_edges_are_those_asked_for():
    proposal = new_school_year(PLAN, date(2027, 8, 17), date(2028, 6, 9))
    assert proposal.n_weeks == 52
    assert [(one.name, str(one.first_day), str(one.last_day)) for one in proposal.periods] == [
        ("Autumn 2027", "2027-08-17", "2027-12-19"),
        ("Leaves 2027", "2027-10-25", "2027-10-29"),
        ("Spring 2028", "2028-01-07", "2028-06-09"),
        ("Sport 2028", "2028-02-28", "2028-03-03"),
    ]
    assert (proposal.source_first, proposal.source_last) == (date(2026, 8, 19), date(2027, 6, 11))
    assert len({one.id for one in proposal.periods}) == 4


def test_breaks_outside_the_new_year_are_left_out_and_counted():
    proposal = new_school_year(PLAN, date(2027, 8, 17), date(2028, 2, 1))
    assert proposal.n_left_out == 2 - 1
    assert "Sport 2028" not in {one.name for one in proposal.periods}


@pytest.mark.parametrize(
    ("plan", "first", "last", "error", "code"),
    [
        (PLAN, "2027-08-17", "2027-08-17", InputError, "end-before-start"),
        (Plan(), "2027-08-17", "2028-06-09", ConflictError, "school-year-missing"),
        (PLAN, "2027-05-01", "2028-06-09", ConflictError, "school-year-there"),
    ],
)
def test_what_cannot_be_made_is_told(plan, first, last, error, code):
    with pytest.raises(error) as refused:
        new_school_year(plan, date.fromisoformat(first), date.fromisoformat(last))
    assert refused.value.code == code


@given(st.dates(date(2027, 7, 1), date(2035, 9, 30)))
def test_breaks_keep_their_weekdays_and_lengths(first):
    last = first.replace(year=first.year + 1, month=6, day=30)
    if last <= first:
        return
    proposal = new_school_year(PLAN, first, last)
    source = {one.name.split()[0]: one for one in YEAR}
    for one in proposal.periods:
        old = source[one.name.split()[0]]
        if one.kind is BREAK:
            assert one.first_day.weekday() == old.first_day.weekday()
            assert one.last_day - one.first_day == old.last_day - old.first_day
        assert first <= one.first_day <= one.last_day <= last


def test_a_proposal_is_saved_as_one_step_and_leaves_bells_alone(small_open):
    before = small_open.plan
    proposal = new_school_year(before, date(2027, 8, 18), date(2027, 12, 20))
    save_records(small_open, proposal.changes)
    assert len(small_open.plan.school_periods) == 2
    assert replace(small_open.plan, school_periods=before.school_periods) == before
    undo(small_open)
    assert small_open.plan == before
