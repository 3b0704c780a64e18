"""An information session that nobody can hold where it stands, agreed anew with its school."""

import json
from dataclasses import replace
from datetime import date, datetime, time

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from planner import clock
from planner.domain.changes import Change
from planner.domain.demand import make_duties
from planner.domain.ids import DutyId, SiteId
from planner.domain.places import InformationSession
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Gap, Roster
from planner.domain.school_hours import school_hours
from planner.domain.schools import ChangedDay, DayKind
from planner.errors import ConflictError
from planner.planning.judging import WeekJudge
from planner.services.gaps.fix_values import Fix, FixKind
from planner.services.gaps.fixes import applied, find_fixes
from planner.services.gaps.of_week import gaps_json
from planner.services.gaps.reasons import GapWeek
from planner.services.gaps.session_moves import SessionMoves
from planner.services.gaps.wording import fix_costs, fix_title
from planner.services.history import redo, undo
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import publish
from planner.services.records.saving import changed_plan, save_records
from planner.services.roster.views import Decision, WeekState
from planner.services.week.checking import check
from planner.services.week.editing import keep
from planner.services.week.working_week import load_working_week
from planner.words import speaking
from tests.planner import small
from tests.planner.small import CONTACT, FRIDAY, MONDAY, SCHOOL_B, THURSDAY, TUESDAY, WEEK

INFO = "info"
NOBODY_THERE = time(10)
"""Contact persons are off from 9 to 13."""


@pytest.fixture(autouse=True)
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: small.at(MONDAY, "06:00"))


def session(day: date = TUESDAY, at: time = NOBODY_THERE) -> InformationSession:
    return InformationSession(
        id=INFO,
        name="Information om rån",
        site=SiteId("site-b"),
        day=day,
        earliest_start=at,
        latest_start=at,
        duration_min=45,
        skill=CONTACT,
        school=SCHOOL_B,
    )


def planned(plan: Plan, one: InformationSession | None = None) -> Plan:
    """Return the plan with a session at which nobody is at work."""
    return replace(plan, information_sessions=(one or session(),))


def gap_of(week: GapWeek) -> Gap:
    return next(gap for gap in week.gaps if gap.duty and gap.duty.startswith(f"{INFO}/"))


def moves(plan: Plan, roster: Roster) -> list[Fix]:
    week = GapWeek(plan=plan, draft=roster)
    return list(SessionMoves(week, gap_of(week)).fixes())


def test_it_moves_to_the_nearest_time_at_which_somebody_can(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = planned(small_plan)
    nearest, other = moves(plan, small_roster)
    assert nearest.kind is FixKind.SESSION
    assert nearest.session_span(plan) == small.span(TUESDAY, "08:15", "09:00")
    assert not nearest.broken
    assert nearest.costs.opened == ()
    assert other.session_span(plan) == small.span(MONDAY, "08:15", "09:00")
    assert nearest.record == Change(
        set_name="information_sessions", before=session(), after=session(TUESDAY, time(8, 15))
    )


def test_what_it_says_is_true_of_the_week_with_the_session_moved(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = planned(small_plan)
    before = WeekJudge(plan, WEEK).judge(small_roster)
    for fix in moves(plan, small_roster):
        then = WeekJudge(changed_plan(plan, fix.records), WEEK).judge(fix.roster)
        assert {gap.duty for gap in then.gaps} == {gap.duty for gap in before.gaps} - {fix.gap.duty}
        assert {one.breach for one in then.findings} <= {one.breach for one in before.findings}
        assert {*small_roster.assignments} <= {*fix.roster.assignments}
        assert fix.roster.shifts == small_roster.shifts


def test_it_is_told_in_words_with_the_schools_consent(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = planned(small_plan)
    fix = moves(plan, small_roster)[0]
    with speaking("en"):
        assert fix_title(plan, fix) == (
            "Move the session to Tue 24/11 08:15–09:00, held by Kontakt Nr2; "
            "agree it with the school first"
        )
        assert ("warning", "Needs the school’s consent") in list(fix_costs(plan, fix))
    with speaking("sv"):
        assert fix_title(plan, fix) == (
            "Flytta insatsen till tis 24/11 08:15–09:00, med Kontakt Nr2; "
            "kom överens med skolan först"
        )


def test_days_on_which_no_class_is_there_are_left_out(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = planned(small_plan)
    days = (MONDAY, TUESDAY, THURSDAY, FRIDAY)  # Wednesday is a study day
    closed = tuple(
        ChangedDay(id=f"closed-{day}", day=day, kind=kind, school=SCHOOL_B)
        for day, kind in zip(
            days, (DayKind.CLOSED, DayKind.OUTING, DayKind.STUDY_DAY), strict=False
        )
    )
    only = moves(replace(plan, changed_days=(*plan.changed_days, *closed)), small_roster)
    assert [fix.session.day for fix in only if fix.session] == [FRIDAY]
    last = ChangedDay(id="closed", day=FRIDAY, kind=DayKind.CLOSED)
    assert (
        moves(replace(plan, changed_days=(*plan.changed_days, *closed, last)), small_roster) == []
    )


def test_a_half_day_ends_at_its_own_last_bell(small_plan: Plan) -> None:
    half = ChangedDay(
        id="half", day=MONDAY, kind=DayKind.HALF_DAY, school=SCHOOL_B, last_bell=time(11, 30)
    )
    plan = replace(small_plan, changed_days=(half,))
    school = plan.school_by_id[SCHOOL_B]
    assert school_hours(plan, school, MONDAY) == small.span(MONDAY, "08:10", "11:30")
    assert school_hours(plan, school, TUESDAY) == small.span(TUESDAY, "08:10", "14:00")
    assert school_hours(plan, school, WEEK.days[5]) is None


def test_nothing_is_offered_where_nobody_is_free(small_plan: Plan, small_roster: Roster) -> None:
    plan = planned(replace(small_plan, staff_skills=small_plan.staff_skills[4:]))
    assert moves(plan, small_roster) == []
    assert all(fix.kind is FixKind.HIRE for fix in all_fixes(plan, small_roster))


def test_times_that_are_over_are_left_out(
    small_plan: Plan, small_roster: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: small.at(TUESDAY, "08:30"))
    plan = planned(small_plan)
    nearest = moves(plan, small_roster)[0]
    assert nearest.session_span(plan) == small.span(TUESDAY, "13:00", "13:45")
    monkeypatch.setattr(clock, "now", lambda: small.at(FRIDAY, "13:30"))
    assert moves(plan, small_roster) == []


def test_a_session_without_a_school_has_nobody_to_agree_with(
    small_plan: Plan, small_roster: Roster
) -> None:
    assert moves(planned(small_plan, replace(session(), school=None)), small_roster) == []


def test_a_time_at_which_it_may_be_anyway_is_no_move(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = planned(small_plan, replace(session(), earliest_start=time(8), latest_start=time(8, 30)))
    nearest = moves(plan, small_roster)[0]
    assert nearest.session_span(plan) == small.span(TUESDAY, "13:00", "13:45")
    others = all_fixes(plan, small_roster)
    assert others[0].record is None
    assert FixKind.ASSIGN in {fix.kind for fix in others}, "within its window nobody is asked"


def all_fixes(plan: Plan, roster: Roster) -> tuple[Fix, ...]:
    week = GapWeek(plan=plan, draft=roster)
    return find_fixes(week, gap_of(week)).fixes


def test_it_stands_after_what_needs_nobodys_consent(small_plan: Plan, small_roster: Roster) -> None:
    found = all_fixes(planned(small_plan), small_roster)
    moved = [n for n, fix in enumerate(found) if fix.kind is FixKind.SESSION]
    hired = [n for n, fix in enumerate(found) if fix.kind is FixKind.HIRE]
    unasked = [n for n, fix in enumerate(found) if not (fix.broken or fix.record or fix.hire)]
    assert moved
    assert all(n < min(moved) for n in unasked)
    assert all(n > max(moved) for n in hired)


def test_the_command_tells_when_the_session_would_be_by_its_schema(asked: OpenPlan) -> None:
    checked = check(asked, WEEK)
    week = GapWeek(plan=asked.plan, draft=checked.roster)
    found = [find_fixes(week, gap_of(week))]
    document = gaps_json(asked, checked, (), found)
    schema = json.loads(resources.path("schemas", "gaps-2.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    (gap,) = [one for one in document["gaps"] if one["kind"] == "session"]
    moved = [fix["session_at"] for fix in gap["fixes"]["fixes"] if fix["kind"] == "session"]
    assert moved[0] == {"start": "2026-11-24T08:15:00+01:00", "end": "2026-11-24T09:00:00+01:00"}
    assert all(
        (one["kind"] == "session") == bool(one["session_at"]) for one in gap["fixes"]["fixes"]
    )


# Kept and taken back -----------------------------------------------------------------------------


@pytest.fixture
def asked(drafted: OpenPlan) -> OpenPlan:
    """The drafted plan with the session that nobody can hold."""
    save_records(drafted, [Change(set_name="information_sessions", before=None, after=session())])
    return drafted


def close(open_plan: OpenPlan) -> Fix:
    """Apply the first move of the session to the plan."""
    before = open_plan.store.load_roster(WEEK)
    fix = moves(open_plan.plan, before)[0]
    after = applied(open_plan.plan, fix, before, reason="", author="x", at=clock.now())
    keep(open_plan, before, after, "close-gap", records=fix.records)
    return fix


def state(open_plan: OpenPlan) -> tuple[object, ...]:
    return (
        open_plan.refresh().information_sessions,
        frozenset(open_plan.store.load_roster(WEEK).assignments),
    )


def test_record_and_draft_change_in_one_step_that_can_be_undone_and_redone(
    asked: OpenPlan,
) -> None:
    before = state(asked)
    n_entries = len(asked.store.journal(after=0))
    fix = close(asked)
    assert asked.plan.information_sessions == (session(TUESDAY, time(8, 15)),)
    assert len(asked.store.journal(after=0)) == n_entries + 1
    after = state(asked)
    assert after[1] == frozenset(fix.roster.assignments)
    working = load_working_week(asked, WEEK)
    assert not any((gap.duty or "").startswith(INFO) for gap in working.judgement.gaps)
    undo(asked)
    assert state(asked) == before
    redo(asked)
    assert state(asked) == after


def test_a_published_week_stands_as_changed(asked: OpenPlan) -> None:
    gap = DutyId(f"{SCHOOL_B}/{FRIDAY}/after-1")
    publish(asked, WEEK, {gap: Decision.OWN_STAFF})
    assert load_working_week(asked, WEEK).view.state is WeekState.PUBLISHED
    close(asked)
    assert load_working_week(asked, WEEK).view.state is WeekState.CHANGED


def test_a_session_that_somebody_else_changed_meanwhile_stays_and_so_does_the_draft(
    asked: OpenPlan,
) -> None:
    before = asked.store.load_roster(WEEK)
    fix = moves(asked.plan, before)[0]
    other = replace(session(), duration_min=60)
    save_records(asked, [Change(set_name="information_sessions", before=session(), after=other)])
    after = applied(asked.plan, fix, before, reason="", author="x", at=clock.now())
    then = state(asked)
    with pytest.raises(ConflictError, match="record-changed"):
        keep(asked, before, after, "close-gap", records=fix.records)
    assert state(asked) == then


def test_nothing_of_it_is_done_where_somebody_holds_it_by_now(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = planned(small_plan)
    fix = moves(plan, small_roster)[0]
    duty = next(one for one in make_duties(plan, WEEK) if one.id == fix.gap.duty)
    held = Assignment(
        duty=duty.id, staff=small.CONTACTS[2], start=duty.span.start, end=duty.span.end
    )
    now = replace(small_roster, assignments=(*small_roster.assignments, held))
    assert applied(plan, fix, now, reason="", author="x", at=clock.now()) == now


# Whatever the week -------------------------------------------------------------------------------


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    day=st.sampled_from(WEEK.days[:5]),
    hour=st.integers(8, 13),
    minutes=st.sampled_from((30, 45, 60, 120)),
    gone=st.sets(st.integers(0, 19), max_size=8),
    now=st.sampled_from(WEEK.days[:5]),
)
def test_each_closes_the_gap_in_school_hours_and_leaves_all_else_alone(
    day: date, hour: int, minutes: int, gone: set[int], now: date
) -> None:
    plan = small.make_plan()
    plan = planned(plan, replace(session(day, time(hour)), duration_min=minutes))
    roster = small.make_roster(plan)
    left = tuple(one for n, one in enumerate(roster.assignments) if n not in gone)
    roster = replace(roster, assignments=left)
    week = GapWeek(plan=plan, draft=roster)
    for fix in moves_at(week, small.at(now, "10:00")):
        span = fix.session_span(plan)
        assert span is not None
        local = span.start.astimezone(plan.zone).date()
        hours = school_hours(plan, plan.school_by_id[SCHOOL_B], local)
        assert hours is not None
        assert hours.contains(span)
        assert span.start >= small.at(now, "10:00")
        then = WeekJudge(changed_plan(plan, fix.records), WEEK).judge(fix.roster)
        known = {(gap.duty, gap.need, gap.span): gap.missing for gap in week.gaps}
        assert all(known.get((g.duty, g.need, g.span), 0) >= g.missing for g in then.gaps)
        assert len(then.gaps) < len(week.gaps)
        breaches = {one.breach for one in week.judgement.findings}
        assert {one.breach for one in then.findings} <= breaches
        assert {*roster.assignments} < {*fix.roster.assignments}


def moves_at(week: GapWeek, now: datetime) -> list[Fix]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: now)
        return list(SessionMoves(week, gap_of(week)).fixes())
