"""A week from now on: the past is a fact, and each aim comes first where it is asked for."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.aims import Aim
from planner.domain.ids import StaffId
from planner.domain.roster import Roster, Severity
from planner.domain.staff import Absence
from planner.planning import levels
from planner.planning.judging import judge
from planner.planning.replanning import CHANGES, OVERTIME, compile_repair
from planner.planning.week_now import WeekNow
from solver.engine import solve
from tests.planner import small

WEEK_START = small.at(small.MONDAY, "00:00")


def week_at(now: datetime, *away: tuple[StaffId, datetime, datetime]) -> WeekNow:
    plan = small.make_plan()
    absences = (
        Absence(id=f"x{n}", staff=staff, start=start, end=end)
        for n, (staff, start, end) in enumerate(away)
    )
    whole = replace(plan, absences=(*plan.absences, *absences))
    return WeekNow(plan=whole, around=(), roster=small.make_roster(plan), now=now)


def solved(week: WeekNow, aim: Aim, *, work: float = 0.5) -> Roster:
    compiled = compile_repair(week, aim)
    found = solve(compiled.problem, seconds=60, work_limit=work, n_workers=1, repeatable=True)
    return compiled.roster(found)


def test_levels_are_in_the_order_of_each_aim():
    week = week_at(small.at(small.WEDNESDAY, "06:05"))
    promised = tuple(levels.PROMISED.values())
    people, coverage, overtime = (compile_repair(week, aim).problem.levels for aim in Aim)
    assert people[:4] == (*promised, CHANGES)
    assert coverage.index(levels.COVERAGE) < coverage.index(CHANGES) < coverage.index(levels.HOURS)
    assert overtime[:5] == (*promised, OVERTIME, CHANGES)


def test_with_nobody_away_nothing_changes():
    week = week_at(small.at(small.WEDNESDAY, "06:05"))
    found = solved(week, Aim.PEOPLE)
    assert set(found.shifts) >= set(week.roster.shifts)
    assert set(found.assignments) >= set(week.roster.assignments)


def test_a_running_shift_keeps_its_break_and_who_left_it_gets_nothing_more():
    now = small.at(small.WEDNESDAY, "16:30")
    ill = small.OFFICERS[0]
    week = week_at(now, (ill, now, small.at(small.THURSDAY, "00:00")))
    (mine,) = [one for one in week.left.shifts if one.staff == ill and one.day == small.WEDNESDAY]
    assert mine.is_locked
    assert mine.crew is None
    found = solved(week, Aim.PEOPLE)
    kept = {one.staff: one for one in found.shifts if one.day == small.WEDNESDAY}
    assert kept[ill] == mine
    assert kept[small.OFFICERS[1]].breaks == (small.span(small.WEDNESDAY, "18:00", "18:30"),)
    later = [one for one in found.assignments if one.staff == ill and one.start >= now]
    assert all(one.start >= small.at(small.THURSDAY, "00:00") for one in later)


def test_what_a_running_crew_did_before_one_left_is_no_broken_rule():
    now = small.at(small.WEDNESDAY, "16:30")
    week = week_at(now, (small.OFFICERS[0], now, small.at(small.THURSDAY, "00:00")))
    found = judge(week.plan, solved(week, Aim.PEOPLE)).findings
    broken = {one.code for one in found if one.severity is Severity.VIOLATION}
    assert not broken & {"crew", "crew-task", "blocked"}


def test_days_that_somebody_refused_are_not_offered_again():
    refused = frozenset({(small.CONTACTS[2], small.THURSDAY)})
    now = small.at(small.WEDNESDAY, "06:05")
    ill = (small.CONTACTS[0], now, small.at(small.FRIDAY, "23:00"))
    week = replace(week_at(now, ill), refused=refused)
    worker = compile_repair(week, Aim.PEOPLE).problem.worker_by_id[small.CONTACTS[2]]
    assert not any(small.THURSDAY.isoformat() in name for name in worker.shifts)
    assert any(small.FRIDAY.isoformat() in name for name in worker.shifts)


@settings(max_examples=12, deadline=None)
@given(
    minutes=st.integers(0, 5 * 24 * 60),
    who=st.sampled_from((*small.CONTACTS[:2], *small.OFFICERS[:2])),
    hours=st.integers(1, 60),
    aim=st.sampled_from(Aim),
)
def test_the_past_is_never_touched(minutes: int, who: StaffId, hours: int, aim: Aim) -> None:
    now = WEEK_START + timedelta(minutes=minutes)
    week = week_at(now, (who, now, now + timedelta(hours=hours)))
    found = solved(week, aim, work=0.1)
    for name in ("shifts", "assignments"):
        before = {
            (one.staff, one.span) for one in getattr(week.roster, name) if one.span.start < now
        }
        after = {(one.staff, one.span) for one in getattr(found, name) if one.span.start < now}
        assert after == before
    breaks = {one.id: one.breaks for one in week.roster.shifts if one.span.start < now}
    assert {one.id: one.breaks for one in found.shifts if one.id in breaks} == breaks
    lost = [one for one in found.shifts if one.staff == who and one.span.start >= now]
    away = next(one.span for one in week.plan.absences if one.staff == who and one.start == now)
    assert not any(shift.span.overlaps(away) for shift in lost)
