from dataclasses import replace

import pytest

from planner.domain.demand import make_duties
from planner.domain.harm import harm_of
from planner.domain.ids import CrewId, DutyId, ShiftId, StaffId
from planner.domain.roster import Roster
from planner.domain.spans import MINUTE, Span
from planner.domain.staff import StaffMember
from planner.planning.judging import judge
from planner.services.publish.publishing import publish
from planner.services.roster.views import Decision, WeekState
from planner.services.week.checking import check
from planner.services.week.publish_check import before_publishing
from planner.services.week.weeks import week_view
from planner.services.week.working_week import WorkingWeek, load_working_week
from tests.planner.small import (
    CONTACTS,
    FRIDAY,
    MONDAY,
    OFFICERS,
    POLICE,
    SCHOOL_A,
    SCHOOL_B,
    WEEK,
    at,
    save_draft,
)


@pytest.fixture
def working(small_plan, small_roster):
    return WorkingWeek(small_plan, small_roster)


def without(roster, staff, day):
    """Return a roster in which somebody is free on a day."""
    span = Span(at(day, "00:00"), at(day, "23:59"))
    return replace(
        roster,
        shifts=tuple(s for s in roster.shifts if (s.staff, s.day) != (staff, day)),
        assignments=tuple(
            done
            for done in roster.assignments
            if done.staff != staff or not done.span.overlaps(span)
        ),
    )


def changed_rows(before, after):
    """Return the names of the rows that are not the same objects as before."""
    return (
        {new.staff for old, new in zip(before.people, after.people, strict=True) if old is not new},
        {
            new.source
            for old, new in zip(before.places, after.places, strict=True)
            if old is not new
        },
        {new.start for old, new in zip(before.need, after.need, strict=True) if old is not new},
    )


def test_gaps_stand_by_the_harm_they_do_in_the_week_its_check_and_before_publishing(
    drafted, small_plan, small_roster
):
    duties = {one.id: one for one in make_duties(small_plan, WEEK)}

    def harms(gaps):
        return [harm_of(small_plan, gap, duties.get(gap.duty)).order for gap in gaps]

    save_draft(drafted, replace(small_roster, assignments=()))
    shown = load_working_week(drafted, WEEK).view.gaps
    assert harms(shown) == sorted(harms(shown))
    assert len({gap.span.start for gap in shown}) > 5
    assert check(drafted, WEEK).judgement.gaps == shown
    told = before_publishing(drafted, WEEK).gaps
    assert harms(told) == sorted(harms(told))
    assert told


def test_edit_makes_new_rows_only_for_what_it_changes(working):
    before = working.view
    after = working.take(without(working.roster, CONTACTS[0], MONDAY))
    assert changed_rows(before, after) == ({CONTACTS[0]}, {SCHOOL_A}, set())
    assert after.people[0].days[0].shifts == ()
    assert after is working.view


def test_need_changes_only_in_the_hours_of_the_edit(working):
    before = working.view
    late = tuple(
        replace(shift, parts=(Span(at(MONDAY, "16:00"), at(MONDAY, "22:00")),))
        if (shift.staff, shift.day) == (OFFICERS[1], MONDAY)
        else shift
        for shift in working.roster.shifts
    )
    after = working.take(replace(working.roster, shifts=late))
    _, _, hours = changed_rows(before, after)
    assert hours == {at(MONDAY, "15:00")}
    assert [point.planned for point in after.need] == [1, 2]


def test_edit_and_its_undoing_show_the_same(working, small_plan):
    roster, before = working.roster, working.view
    working.take(without(roster, OFFICERS[0], MONDAY))
    assert working.take(roster) == before == WorkingWeek(small_plan, roster).view


def test_equal_roster_changes_no_row(working):
    before = working.view
    copied = replace(
        working.roster,
        shifts=tuple(replace(shift) for shift in working.roster.shifts),
        assignments=tuple(replace(done) for done in working.roster.assignments),
    )
    assert changed_rows(before, working.take(copied)) == (set(), set(), set())


def test_trial_is_judged_and_changes_nothing(working, small_plan):
    roster, before = working.roster, working.view
    trial = without(roster, CONTACTS[0], MONDAY)
    assert working.judged(trial) == judge(small_plan, trial)
    assert (working.roster, working.view) == (roster, before)
    assert working.judgement == judge(small_plan, roster)


def test_rows_count_findings_of_what_is_shown_only(working):
    early = tuple(
        replace(shift, parts=tuple(Span(p.start - 600 * MINUTE, p.end) for p in shift.parts))
        if (shift.staff, shift.day) == (OFFICERS[0], MONDAY)
        else shift
        for shift in working.roster.shifts
    )
    view = working.take(replace(working.roster, shifts=early))
    row = next(row for row in view.people if row.staff == OFFICERS[0])
    assert sum(day.n_findings for day in row.days) > 0
    hidden = working.take(working.roster, has_draft=False)
    assert (hidden.state, hidden.findings, hidden.gaps) == (WeekState.EMPTY, (), ())
    assert all(day.n_findings == 0 for row in hidden.people for day in row.days)


def test_crews_are_numbered_anew_on_every_row_of_their_day(working):
    first = Span(at(MONDAY, "12:00"), at(MONDAY, "20:00"))
    extra = tuple(
        replace(
            next(s for s in working.roster.shifts if s.staff == OFFICERS[0]),
            id=ShiftId(f"extra/{staff}"),
            staff=staff,
            parts=(first,),
            crew=CrewId("extra"),
        )
        for staff in OFFICERS[2:]
    )
    view = working.take(replace(working.roster, shifts=(*working.roster.shifts, *extra)))
    labels = {
        row.staff: [bar.crew_label for bar in row.days[0].shifts]
        for row in view.people
        if row.staff in OFFICERS
    }
    assert labels == dict(zip(OFFICERS, (["2"], ["2"], ["1"], ["1"]), strict=True))


def test_person_without_contract_has_a_row_while_at_work(small_plan, small_roster):
    stranger = StaffMember(id=StaffId("x"), name="X", display_name="X", employer=POLICE)
    plan = replace(small_plan, staff=(*small_plan.staff, stranger))
    working = WorkingWeek(plan, small_roster)
    assert len(working.view.people) == 8
    shift = replace(small_roster.shifts[-1], id=ShiftId("x"), staff=stranger.id)
    view = working.take(replace(small_roster, shifts=(*small_roster.shifts, shift)))
    assert view.people[-1].staff == stranger.id
    assert any(finding.code == "not-employed" for finding in view.findings)


def test_loaded_week_is_the_one_that_is_seen(drafted):
    working = load_working_week(drafted, WEEK)
    assert working.view == week_view(drafted, WEEK)
    assert working.roster == drafted.store.load_roster(WEEK)


def test_first_edit_of_a_week_without_draft_is_judged(small_open, small_roster):
    working = load_working_week(small_open, WEEK)
    assert working.view.state is WeekState.EMPTY
    assert working.roster == Roster(week=WEEK)
    view = working.take(small_roster)
    assert view.state is WeekState.DRAFT
    assert [gap.title for gap in view.gaps if gap.duty] == ["Björkskolan"]


def test_state_follows_edits_of_a_published_week_in_any_order(drafted, small_roster):
    publish(drafted, WEEK, {DutyId(f"{SCHOOL_B}/{FRIDAY}/after-1"): Decision.CANCELLED})
    working = load_working_week(drafted, WEEK)
    assert working.view.state is WeekState.PUBLISHED
    assert working.take(without(small_roster, CONTACTS[0], MONDAY)).state is WeekState.CHANGED
    turned = replace(small_roster, shifts=small_roster.shifts[::-1])
    assert working.take(turned).state is WeekState.PUBLISHED
    save_draft(drafted, without(small_roster, CONTACTS[0], MONDAY))
    assert load_working_week(drafted, WEEK).view.state is WeekState.CHANGED
