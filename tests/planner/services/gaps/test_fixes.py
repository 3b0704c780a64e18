"""What closes a gap: each fix was judged, does what it says and nothing else."""

from dataclasses import replace
from datetime import time

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner import clock
from planner.domain.held import changes_by_person
from planner.domain.ids import DutyId, ShiftId
from planner.domain.plan import Plan
from planner.domain.roster import Gap, Roster, Severity
from planner.planning.judging import Judgement, WeekJudge
from planner.services.gaps.fix_values import Fix, FixKind
from planner.services.gaps.fixes import applied, find_fixes
from planner.services.gaps.reasons import GapWeek
from planner.services.gaps.wording import fix_costs, fix_title
from planner.services.history import undo
from planner.services.plans import OpenPlan
from planner.services.week.editing import keep
from tests.planner import small
from tests.planner.services.gaps.test_reasons import OPEN, away, the_gap
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, OFFICERS, SCHOOL_B, WEEK


def fixes(plan: Plan, roster: Roster, gap: Gap | None = None) -> tuple[Fix, ...]:
    week = GapWeek(plan=plan, draft=roster)
    return find_fixes(week, gap or the_gap(week)).fixes


def of_kind(found: tuple[Fix, ...], kind: FixKind) -> list[Fix]:
    return [fix for fix in found if fix.kind is kind]


def test_who_is_at_work_and_free_comes_first(small_plan: Plan, small_roster: Roster) -> None:
    first = fixes(small_plan, small_roster)[0]
    assert first.kind is FixKind.ASSIGN
    assert first.people == (CONTACTS[1],)
    assert first.costs.people == (CONTACTS[1],)
    assert not first.needs_reason


def test_fixes_are_told_as_they_are_found(small_plan: Plan, small_roster: Roster) -> None:
    week = GapWeek(plan=small_plan, draft=small_roster)
    told: list[Fix] = []
    steps: list[int] = []
    found = find_fixes(
        week, the_gap(week), on_fix=told.append, on_step=lambda done, _all: steps.append(done)
    )
    assert sorted(told, key=lambda fix: fix.rank) == list(found.fixes)
    assert steps == list(range(8))
    assert found.not_tried == ()


def test_what_was_not_tried_in_time_is_said(small_plan: Plan, small_roster: Roster) -> None:
    week = GapWeek(plan=small_plan, draft=small_roster)
    told: list[Fix] = []
    found = find_fixes(week, the_gap(week), on_fix=told.append, should_stop=lambda: bool(told))
    assert found.fixes
    assert FixKind.WEEK in found.not_tried
    assert FixKind.ASSIGN not in found.not_tried


def later_bells(plan: Plan) -> Plan:
    """Return the plan with a window at the second school on Friday that outlasts every shift."""
    return replace(
        plan,
        bell_times=tuple(
            replace(bell, last_bell=time(15, 30))
            if (bell.school, bell.weekday) == (SCHOOL_B, 5)
            else bell
            for bell in plan.bell_times
        ),
    )


def test_a_shift_a_little_longer_or_later_reaches_a_gap(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = later_bells(small_plan)
    found = fixes(plan, small_roster)
    longer = of_kind(found, FixKind.LONGER)
    assert longer
    assert longer[0].shift_by_min == 15
    after = next(
        s for s in longer[0].roster.shifts if (s.staff, s.day) == (longer[0].people[0], FRIDAY)
    )
    assert after.span.end == small.at(FRIDAY, "16:15")
    assert longer[0].costs.added_min == 15
    assert longer[0].odd_times
    (moved,) = of_kind(found, FixKind.SHIFT)[:1]
    assert (moved.shift_by_min, moved.costs.added_min) == (15, 0)


def test_overtime_against_the_weeks_hours_needs_a_reason(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = later_bells(small_plan)
    most = tuple(
        replace(rule, value=25 * 60)
        if (rule.rule_book, rule.key.value) == ("city-book", "max_week_min")
        else rule
        for rule in plan.rules
    )
    found = fixes(replace(plan, rules=most), small_roster)
    longer = of_kind(found, FixKind.LONGER)
    assert longer
    assert all(one.needs_reason for one in longer)
    assert {finding.code for finding in longer[0].broken} == {"working-time", "not-offered"}


def test_who_would_have_to_come_is_told_when_nobody_can(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = away(small_plan, *CONTACTS)
    (hire,) = fixes(plan, small_roster)
    assert hire.kind is FixKind.HIRE
    assert hire.hire is not None
    assert hire.hire.n_people == 1
    assert hire.hire.skills == {small.CONTACT}
    assert hire.roster == hire.base


def test_an_applied_fix_is_one_step_that_can_be_undone(drafted: OpenPlan) -> None:
    before = drafted.store.load_roster(WEEK)
    fix = fixes(drafted.plan, before)[0]
    after = applied(drafted.plan, fix, before, reason="", author="x", at=clock.now())
    keep(drafted, before, after, "close-gap")
    assert not any(
        gap.duty == OPEN for gap in judged(drafted.plan, drafted.store.load_roster(WEEK)).gaps
    )
    undo(drafted)
    assert set(drafted.store.load_roster(WEEK).assignments) == set(before.assignments)


def test_edits_made_meanwhile_win_over_a_fix(small_plan: Plan, small_roster: Roster) -> None:
    fix = fixes(small_plan, small_roster)[0]
    (who,) = fix.people
    gone = replace(
        small_roster,
        shifts=tuple(s for s in small_roster.shifts if (s.staff, s.day) != (who, FRIDAY)),
        assignments=tuple(
            a for a in small_roster.assignments if a.staff != who or f"/{FRIDAY}/" not in a.duty
        ),
    )
    now = applied(small_plan, fix, gone, reason="", author="x", at=clock.now())
    assert now == gone


def test_a_rule_that_a_fix_breaks_stands_with_the_reason(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = replace(
        later_bells(small_plan),
        rules=tuple(
            replace(r, value=25 * 60)
            if (r.rule_book, r.key.value) == ("city-book", "max_week_min")
            else r
            for r in small_plan.rules
        ),
    )
    fix = of_kind(fixes(plan, small_roster), FixKind.LONGER)[0]
    after = applied(plan, fix, small_roster, reason="Avtalat", author="x", at=clock.now())
    assert {kept.rule for kept in after.overrides} == {"working-time", "not-offered"}
    assert {kept.reason for kept in after.overrides} == {"Avtalat"}
    severities = {f.severity for f in judged(plan, after).findings if f.code == "working-time"}
    assert severities == {Severity.OVERRIDDEN}


def judged(plan: Plan, roster: Roster) -> Judgement:
    return WeekJudge(plan, WEEK).judge(roster)


BROKEN = {Severity.VIOLATION, Severity.FACT}  # with a reason, what breaks a rule is locked


# Whatever the draft ------------------------------------------------------------------------------


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Plan, Roster]:
    """Draw the small plan's draft with people, shifts and duties taken away."""
    plan = small.make_plan()
    roster = small.make_roster(plan)
    people = draw(st.sets(st.sampled_from((*CONTACTS, *OFFICERS)), max_size=3))
    plan = away(plan, *sorted(people))
    gone = draw(st.sets(st.sampled_from([shift.id for shift in roster.shifts]), max_size=3))
    undone = draw(st.sets(st.sampled_from([done.duty for done in roster.assignments]), max_size=3))
    locked = draw(st.sets(st.sampled_from([shift.id for shift in roster.shifts]), max_size=2))
    return plan, _taken_away(roster, gone, undone, locked)


def _taken_away(
    roster: Roster, gone: set[ShiftId], undone: set[DutyId], locked: set[ShiftId]
) -> Roster:
    lost = [shift for shift in roster.shifts if shift.id in gone]
    crews = {(shift.crew, shift.day) for shift in lost}
    return replace(
        roster,
        shifts=tuple(
            replace(
                shift,
                is_locked=shift.id in locked,
                crew=None if (shift.crew, shift.day) in crews else shift.crew,
            )
            for shift in roster.shifts
            if shift.id not in gone
        ),
        assignments=tuple(
            done
            for done in roster.assignments
            if done.duty not in undone
            and not any(s.staff == done.staff and s.span.contains(done.span) for s in lost)
        ),
    )


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(drafts(), st.data())
def test_each_fix_closes_what_it_says_and_breaks_nothing_else(
    drawn: tuple[Plan, Roster], data: st.DataObject
) -> None:
    plan, draft = drawn
    week = GapWeek(plan=plan, draft=draft)
    assume(week.gaps)
    gap = data.draw(st.sampled_from(week.gaps))
    before = judged(plan, draft)
    for fix in find_fixes(week, gap).fixes:
        assert fix_title(plan, fix)
        assert list(fix_costs(plan, fix)) or fix.hire is not None
        if fix.hire is not None:
            continue
        after_roster = applied(plan, fix, draft, reason="", author="x", at=clock.now())
        after = judged(plan, replace(after_roster, overrides=()))
        assert lacking(after, gap) < lacking(before, gap)
        known = {finding.breach for finding in before.findings}
        new = {
            finding.breach
            for finding in after.findings
            if finding.severity in BROKEN and finding.breach not in known
        }
        assert new == {finding.breach for finding in fix.broken}
        opened = [one for one in after.gaps if lacking(after, one) > lacking(before, one)]
        assert {(g.duty, g.need) for g in opened} <= {(g.duty, g.need) for g in fix.costs.opened}
        assert set(changes_by_person(draft, after_roster)) == set(fix.costs.people)


def lacking(judgement: Judgement, gap: Gap) -> int:
    """Return the minutes of one head that lack of a gap's duty, or of a need in its time."""
    total = 0
    for one in judgement.gaps:
        if gap.duty is not None and one.duty == gap.duty:
            total += one.missing * 1000
        common = one.span.meet(gap.span)
        if gap.duty is None and one.need == gap.need and common:
            total += one.missing * common.minutes
    return total


def test_a_crew_is_found_for_a_crews_duty(small_plan: Plan, small_roster: Roster) -> None:
    bare = replace(
        small_roster,
        assignments=tuple(
            a for a in small_roster.assignments if f"square-1/{MONDAY}" not in a.duty
        ),
    )
    week = GapWeek(plan=small_plan, draft=bare)
    gap = next(gap for gap in week.gaps if gap.duty and "square-1" in gap.duty)
    first = fixes(small_plan, bare, gap)[0]
    assert set(first.people) == set(OFFICERS[:2])
    assert first.closed_heads == 2
