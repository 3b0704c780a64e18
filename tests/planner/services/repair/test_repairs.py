"""A person is ill: plans from now on, what is taken over, and who is asked first."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from planner import clock
from planner.domain.aims import Aim
from planner.domain.calls import CallState
from planner.domain.demand import make_duties
from planner.domain.differences import week_differences
from planner.domain.ids import StaffId
from planner.domain.roster import Roster
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.history import redo, undo
from planner.services.plans import OpenPlan, open_plan
from planner.services.publish.outdated import changed_sheets
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.repair import calls
from planner.services.repair.absences import report_absence, squad_away
from planner.services.repair.call_entries import refused_days
from planner.services.repair.calls import (
    accept_call,
    accept_repair,
    call_list,
    decline_call,
    mark_asked,
)
from planner.services.repair.repairs import repair_plans
from planner.services.repair.values import RepairPlan, best_by_aim
from planner.services.roster.views import Decision
from tests.planner import small

NOW = small.at(small.WEDNESDAY, "06:05")
ILL, SPARE = small.CONTACTS[0], small.CONTACTS[2]


@pytest.fixture
def published(drafted: OpenPlan) -> OpenPlan:
    """The small plan's week, published with its one uncovered window cancelled."""
    windows = uncovered_windows(drafted, small.WEEK)
    publish(drafted, small.WEEK, {window.duty: Decision.CANCELLED for window in windows})
    return drafted


@pytest.fixture
def ill(published: OpenPlan) -> OpenPlan:
    """``c1`` is ill from Wednesday morning, before the first window, until the end of the week."""
    report_absence(published, ILL, NOW, small.at(small.FRIDAY, "23:00"))
    return published


@pytest.fixture(scope="module")
def plans(
    small_file_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RepairPlan, ...]:
    """The plans for ``c1``'s absence, made once."""
    path = tmp_path_factory.mktemp("repair") / "small.narvaro"
    path.write_bytes(small_file_template.read_bytes())
    with open_plan(path) as plan:
        small.save_draft(plan, small.make_roster(plan.plan))
        report_absence(plan, ILL, NOW, small.at(small.FRIDAY, "23:00"))
        return repair_plans(plan, small.WEEK, NOW, seconds=2, repeatable=True)


def draft(plan: OpenPlan) -> Roster:
    return plan.store.load_roster(small.WEEK)


def shifts_of(roster: Roster, staff: StaffId) -> list[datetime]:
    return [shift.span.start for shift in roster.shifts if shift.staff == staff]


def begun(roster: Roster) -> set[object]:
    records = (*roster.shifts, *roster.assignments)
    return {record for record in records if record.span.start < NOW}


# Absences ----------------------------------------------------------------------------------------


def test_an_absence_is_kept_without_a_cause_and_can_be_undone(published):
    (absence,) = report_absence(published, ILL, NOW, small.at(small.FRIDAY, "23:00"))
    assert absence in published.plan.absences
    assert "cause" not in absence.__slots__
    undo(published)
    assert absence not in published.plan.absences


def test_a_squad_is_away_by_one_command(published):
    made = squad_away(published, small.SQUAD, NOW, small.at(small.THURSDAY, "12:00"))
    assert {absence.staff for absence in made} == set(small.OFFICERS)
    undo(published)
    assert not set(made) & set(published.plan.absences)


def test_two_absences_that_begin_together_are_told_apart(published):
    first = report_absence(published, ILL, NOW, small.at(small.WEDNESDAY, "12:00"))
    second = report_absence(published, ILL, NOW, small.at(small.THURSDAY, "12:00"))
    assert {one.id for one in first} != {one.id for one in second}


def test_what_cannot_be_an_absence_is_refused(published):
    with pytest.raises(InputError, match="end-before-start"):
        report_absence(published, ILL, NOW, NOW)
    for start, end in ((NOW.replace(year=1752), NOW), (NOW, NOW.replace(year=9999))):
        with pytest.raises(InputError, match="date-out-of-range"):
            report_absence(published, ILL, start, end)
    with pytest.raises(NotFoundError, match="person-gone"):
        report_absence(published, StaffId("nobody"), NOW, small.at(small.FRIDAY, "23:00"))
    with pytest.raises(NotFoundError, match="squad-empty"):
        squad_away(published, "none", NOW, small.at(small.FRIDAY, "23:00"))
    report_absence(published, ILL, NOW, small.at(small.FRIDAY, "23:00"))
    with pytest.raises(ConflictError, match="absence-known"):
        report_absence(published, ILL, NOW, small.at(small.THURSDAY, "23:00"))


# Plans -------------------------------------------------------------------------------------------


def test_plans_replace_who_is_ill_and_leave_what_has_been(ill, plans):
    before = draft(ill)
    assert 1 <= len(plans) <= 3
    assert {aim for plan in plans for aim in plan.aims} == set(Aim)
    for plan in plans:
        assert begun(plan.roster) == begun(before)
        assert all(start < NOW for start in shifts_of(plan.roster, ILL))
        assert plan.away == {ILL}
        assert plan.missing_after < plan.missing_before
        assert not plan.broken
        assert ILL not in plan.people


def test_who_gets_new_working_time_is_to_be_called(plans):
    for plan in plans:
        new = {shift.staff for shift in plan.roster.shifts} - {small.CONTACTS[1], ILL}
        assert plan.to_call == new - set(small.OFFICERS)


def test_no_plan_is_shown_twice(plans):
    for number, plan in enumerate(plans):
        for other in plans[number + 1 :]:
            assert (plan.roster.shifts, plan.roster.assignments) != (
                other.roster.shifts,
                other.roster.assignments,
            )


def test_the_first_plan_is_there_before_the_last(ill):
    told: list[int] = []
    seen: list[Aim] = []
    found = repair_plans(
        ill,
        small.WEEK,
        NOW,
        on_plans=lambda plans: told.append(len(plans)),
        on_progress=lambda progress: seen.append(progress.aim),
        seconds=0.5,
        repeatable=True,
    )
    assert len(told) == len(Aim)
    assert told[-1] == len(found)
    assert set(seen) == set(Aim)


def test_stop_leaves_the_plans_that_there_are(ill):
    told: list[int] = []
    found = repair_plans(
        ill,
        small.WEEK,
        NOW,
        on_plans=lambda plans: told.append(len(plans)),
        should_stop=lambda: bool(told),
        seconds=0.5,
        repeatable=True,
    )
    assert told == [1]
    assert found[0].aims == (Aim.PEOPLE,)


def test_each_plan_is_named_for_what_it_is_best_at(plans):
    plan = plans[0]
    few = replace(plan, aims=(Aim.COVERAGE,), overtime_min=60, short_after_min=60)
    other = replace(plan.roster, shifts=plan.roster.shifts[1:])
    covered = replace(few, roster=other, aims=(Aim.PEOPLE,), short_after_min=0, overtime_min=120)
    third = replace(plan.roster, shifts=plan.roster.shifts[2:])
    rested = replace(few, roster=third, aims=(Aim.OVERTIME,), overtime_min=0)
    found = best_by_aim((covered, few, rested))
    by_aim = {aim: one for one in found for aim in one.aims}
    assert by_aim[Aim.COVERAGE].short_after_min == 0
    assert by_aim[Aim.OVERTIME].overtime_min == 0
    fewest = min(len(one.people) for one in (covered, few, rested))
    assert len(by_aim[Aim.PEOPLE].people) == fewest


def test_a_plan_that_promises_less_is_best_at_nothing(plans):
    plan = plans[0]
    worse = replace(
        plan,
        roster=replace(plan.roster, shifts=plan.roster.shifts[1:]),
        promised=(plan.promised[0] + 1, *plan.promised[1:]),
        overtime_min=0,
    )
    assert best_by_aim((worse, plan)) == (
        replace(plan, aims=tuple(aim for aim in Aim if aim in {*plan.aims, *worse.aims})),
    )


def test_a_week_that_is_over_is_not_planned_anew(ill):
    with pytest.raises(ConflictError, match="week-over"):
        repair_plans(ill, small.WEEK, small.at(small.WEEK.shifted(1).monday, "00:00"))


def test_differences_are_told_from_what_was_published(ill, plans):
    told = plans[0].differences
    duties = make_duties(ill.plan, small.WEEK)
    assert told == week_differences(ill.plan, draft(ill), plans[0].roster, duties)


# Taking over -------------------------------------------------------------------------------------


def accepted(plan: OpenPlan, chosen: RepairPlan) -> tuple[calls.Call, ...]:
    accept_repair(plan, chosen)
    return call_list(plan, small.WEEK)


def test_nobody_is_planned_who_has_not_accepted(ill, plans):
    listed = accepted(ill, plans[0])
    assert listed
    roster = draft(ill)
    for call in listed:
        assert call.entry.state is CallState.TO_CALL
        assert not shifts_of(roster, call.entry.staff)
        assert call.person.is_changed
        assert call.phone
    assert all(start < NOW for start in shifts_of(roster, ILL))


def test_the_list_is_in_the_order_of_who_begins_first(ill, plans):
    listed = accepted(ill, plans[0])
    begins = [min(one.after.span.start for one in call.person.shifts) for call in listed]
    assert begins == sorted(begins)
    assert [call.entry.position for call in listed] == list(range(1, len(listed) + 1))


def test_when_all_have_accepted_the_draft_is_the_plan(ill, plans):
    for call in accepted(ill, plans[0]):
        mark_asked(ill, call.entry)
    for call in call_list(ill, small.WEEK):
        assert call.entry.state is CallState.ASKED
        accept_call(ill, call.entry)
    roster = draft(ill)
    assert set(roster.shifts) == set(plans[0].roster.shifts)
    assert set(roster.assignments) == set(plans[0].roster.assignments)


def test_who_declines_leaves_the_gap_and_is_not_asked_again(ill, plans):
    call = accepted(ill, plans[0])[0]
    before = draft(ill)
    declined = decline_call(ill, call.entry)
    assert declined.state is CallState.DECLINED
    assert draft(ill) == before
    days = {shift.after.day for shift in call.person.shifts}
    assert refused_days(ill, small.WEEK) == {(call.entry.staff, day) for day in days}
    for plan in repair_plans(ill, small.WEEK, NOW, seconds=0.5, repeatable=True):
        offered = {s.day for s in plan.roster.shifts if s.staff == call.entry.staff}
        assert not offered & days


def test_an_answer_is_given_once(ill, plans):
    call = accepted(ill, plans[0])[0]
    accept_call(ill, call.entry)
    with pytest.raises(ConflictError, match="call-answered"):
        decline_call(ill, call.entry)


def test_taking_over_and_answers_can_be_undone_one_by_one(ill, plans):
    before = draft(ill)
    listed = accepted(ill, plans[0])
    waiting = draft(ill)
    accept_call(ill, listed[0].entry)
    planned = draft(ill)
    assert planned != waiting
    undo(ill)
    assert draft(ill) == waiting
    assert call_list(ill, small.WEEK) == listed
    undo(ill)
    assert draft(ill) == before
    assert call_list(ill, small.WEEK) == ()
    redo(ill)
    redo(ill)
    assert draft(ill) == planned
    with pytest.raises(NotFoundError, match="call-gone"):
        accept_call(ill, replace(listed[0].entry, id="other"))


def test_parts_of_a_plan_can_be_taken_over_and_who_is_away_is_away_anyhow(ill, plans):
    accept_repair(ill, plans[0], parts=())
    roster = draft(ill)
    assert call_list(ill, small.WEEK) == ()
    assert all(start < NOW for start in shifts_of(roster, ILL))
    assert set(roster.shifts) == set(plans[0].left.shifts)


def test_parts_change_nobody_else(ill, plans):
    chosen = min(plans[0].people)
    accept_repair(ill, plans[0], parts={chosen})
    roster = draft(ill)
    for staff in plans[0].people - {chosen}:
        mine = [one for one in plans[0].left.assignments if one.staff == staff]
        assert [one for one in roster.assignments if one.staff == staff] == mine
    assert {call.entry.staff for call in call_list(ill, small.WEEK)} <= {chosen}


def test_a_later_plan_takes_the_place_of_calls_that_nobody_has_answered(ill, plans):
    listed = accepted(ill, plans[0])
    mark_asked(ill, listed[0].entry)
    again = repair_plans(ill, small.WEEK, NOW, seconds=0.5, repeatable=True)
    assert again[0].people
    now = accepted(ill, again[0])
    assert len({call.entry.id for call in now}) == len(now)
    same = [call for call in now if call.entry.staff == listed[0].entry.staff]
    assert all(call.entry.state in {CallState.ASKED, CallState.TO_CALL} for call in same)


def test_a_plan_does_not_overwrite_what_was_edited_meanwhile(ill, plans):
    before = draft(ill)
    gone = next(shift for shift in before.shifts if shift.staff == ILL and shift.span.start > NOW)
    with ill.store.transaction("test"):
        ill.store.save_roster(
            replace(before, shifts=tuple(one for one in before.shifts if one != gone))
        )
    with pytest.raises(ConflictError, match="record-changed"):
        accept_repair(ill, plans[0])


# New versions ------------------------------------------------------------------------------------


def test_sheets_that_changed_are_listed_for_a_new_version(ill, plans):
    for call in accepted(ill, plans[0]):
        accept_call(ill, call.entry)
    found = changed_sheets(ill, small.WEEK)
    assert found.version == 1
    assert (small.SCHOOL_A, "Askskolan") in found.schools
    listed = {person.staff for person in found.people}
    assert listed >= plans[0].people | {ILL}


def test_nobody_needs_a_new_version_of_what_was_never_published(drafted):
    found = changed_sheets(drafted, small.WEEK)
    assert (found.version, found.schools, found.people) == (None, (), ())


def test_nothing_is_listed_right_after_publishing(published):
    found = changed_sheets(published, small.WEEK)
    assert (found.schools, found.people) == ((), ())


@pytest.fixture(autouse=True)
def on_wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the sick call."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
