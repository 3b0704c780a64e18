"""A judge that remembers says what one says that never saw a roster before."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.coverage import staffing
from planner.domain.ids import CrewId, DutyId, ShiftId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import (
    Assignment,
    Gap,
    GapReason,
    LevelResult,
    Override,
    Roster,
    Severity,
    Shift,
)
from planner.domain.rotation import shift_id, shift_parts
from planner.domain.spans import MINUTE, Span
from planner.domain.staff import (
    OpeningBalance,
    ShiftSource,
    StaffMember,
    Standby,
    Unavailability,
    Wish,
    WishKind,
)
from planner.planning import levels
from planner.planning.judging import Judgement, WeekJudge, is_fixed, judge
from planner.planning.problem import compile_week
from planner.planning.week_input import WeekInput
from solver.checks import level_values, violations
from tests.planner.small import (
    CONTACTS,
    EVENING,
    FRIDAY,
    MONDAY,
    OFFICERS,
    POLICE,
    SCHOOL_B,
    SCHOOL_SHIFT,
    WEDNESDAY,
    WEEK,
    at,
    make_plan,
    make_roster,
)

STRANGER = StaffId("stranger")
"""Somebody without a contract."""


def rich_plan() -> Plan:
    """Return the small plan with more that a judge has to look at."""
    plan = make_plan()
    return replace(
        plan,
        staff=(
            *plan.staff,
            StaffMember(id=STRANGER, name="S", display_name="Stranger", employer=POLICE),
        ),
        standbys=(
            Standby(
                id="s", staff=OFFICERS[1], start=at(WEDNESDAY, "00:00"), end=at(FRIDAY, "00:00")
            ),
        ),
        unavailabilities=(
            Unavailability(
                id="u",
                staff=CONTACTS[2],
                weekday=3,
                start=at(MONDAY, "12:00").time(),
                end=at(MONDAY, "14:00").time(),
            ),
        ),
        wishes=(
            Wish(id="veto", staff=CONTACTS[1], day=FRIDAY, is_veto=True),
            Wish(id="free", staff=CONTACTS[0], day=FRIDAY),
            Wish(
                id="late",
                staff=OFFICERS[0],
                day=FRIDAY,
                kind=WishKind.SHIFT,
                shift_type=EVENING,
            ),
        ),
        opening_balances=(OpeningBalance(staff=OFFICERS[0], day=MONDAY, n_evenings=9),),
    )


PLAN = rich_plan()
STAFF = tuple(member.id for member in PLAN.staff)
ROSTER = replace(
    make_roster(PLAN),
    levels=tuple(LevelResult(level=level, value=6, bound=4) for level in levels.LEVELS),
    gaps=(
        Gap(
            duty=DutyId(f"{SCHOOL_B}/{FRIDAY}/after-1"),
            need=None,
            title="Björkskolan",
            span=Span(at(FRIDAY, "14:00"), at(FRIDAY, "14:20")),
            missing=1,
            reason=GapReason.SUPPLY,
            is_proved=True,
            proof="nobody",
        ),
    ),
)
AROUND = tuple(
    replace(
        shift,
        id=ShiftId(f"before/{shift.id}"),
        day=shift.day - timedelta(days=7),
        parts=tuple(
            Span(p.start - timedelta(days=7), p.end - timedelta(days=7)) for p in shift.parts
        ),
        breaks=(),
    )
    for shift in ROSTER.shifts[::2]
)


def moved(shift: Shift, minutes: int) -> Shift:
    by = minutes * MINUTE
    return replace(
        shift,
        parts=tuple(Span(part.start + by, part.end + by) for part in shift.parts),
        breaks=tuple(Span(pause.start + by, pause.end + by) for pause in shift.breaks),
    )


def longer(shift: Shift, minutes: int) -> Shift:
    *parts, last = shift.parts
    end = max(last.start + 15 * MINUTE, last.end + minutes * MINUTE)
    return replace(shift, parts=(*parts, Span(last.start, end)))


SHIFT_EDITS = (
    moved,
    longer,
    lambda shift, _: replace(shift, is_locked=not shift.is_locked),
    lambda shift, _: replace(shift, source=ShiftSource.GIVEN),
    lambda shift, _: replace(shift, breaks=()),
    lambda shift, minutes: replace(shift, crew=CrewId("other") if minutes > 0 else None),
    lambda shift, minutes: replace(shift, shift_type=None if minutes > 0 else EVENING),
    lambda shift, minutes: replace(shift, staff=STAFF[minutes % len(STAFF)]),
    lambda _shift, _minutes: None,
)
ASSIGNMENT_EDITS = (
    lambda done, minutes: replace(done, start=done.start + minutes * MINUTE),
    lambda done, _: replace(done, is_locked=not done.is_locked),
    lambda done, minutes: replace(done, staff=STAFF[minutes % len(STAFF)]),
    lambda done, _: replace(done, duty=DutyId("gone/1")),
    lambda _done, _minutes: None,
)
EDITS = st.tuples(
    st.sampled_from(["shifts", "assignments", "add"]),
    st.integers(0, 30),
    st.integers(0, 8),
    st.sampled_from([-240, -20, -5, 5, 15, 45, 300]),
)


def edited(roster: Roster, edit: tuple[str, int, int, int]) -> Roster:
    name, number, kind, minutes = edit
    if name == "add":
        staff, day = STAFF[number % len(STAFF)], WEEK.days[kind % 7]
        shift_type = EVENING if minutes > 0 else SCHOOL_SHIFT
        new = Shift(
            id=shift_id(staff, day, shift_type),
            staff=staff,
            day=day,
            shift_type=shift_type,
            parts=shift_parts(PLAN, shift_type, day),
        )
        others = (shift for shift in roster.shifts if shift.id != new.id)
        return replace(roster, shifts=(*others, new))
    records = list(getattr(roster, name))
    if not records:
        return roster
    edits = SHIFT_EDITS if name == "shifts" else ASSIGNMENT_EDITS
    number %= len(records)
    records[number] = edits[kind % len(edits)](records[number], minutes)
    return replace(roster, **{name: tuple(one for one in records if one is not None)})


@given(st.lists(EDITS, min_size=1, max_size=8))
def test_judge_that_remembers_says_the_same_as_a_new_one(edits):
    remembering = WeekJudge(PLAN, WEEK, AROUND)
    roster = ROSTER
    for edit in edits:
        assert remembering.judge(roster) == judge(PLAN, roster, AROUND)
        roster = edited(roster, edit)
    assert remembering.judge(roster) == judge(PLAN, roster, AROUND)
    assert remembering.judge(ROSTER) == judge(PLAN, ROSTER, AROUND)


@settings(max_examples=50)
@given(st.lists(EDITS, max_size=8))
def test_judge_says_what_the_checks_say_of_the_whole_problem(edits):
    roster = ROSTER
    for edit in edits:
        roster = edited(roster, edit)
    compiled = compile_week(
        WeekInput(
            plan=PLAN,
            week=WEEK,
            around=AROUND,
            fixed=tuple(shift for shift in roster.shifts if is_fixed(shift)),
            locked=tuple(done for done in roster.assignments if done.is_locked),
        ),
        also=roster.shifts,
    )
    own = replace(
        roster,
        shifts=tuple(shift for shift in roster.shifts if shift.staff != STRANGER),
        assignments=tuple(done for done in roster.assignments if done.staff != STRANGER),
    )
    solution = compiled.solution(own)
    judgement = judge(PLAN, roster, AROUND)
    broken = violations(compiled.problem, solution)
    assert [
        (found.code, found.staff, found.severity is Severity.FACT)
        for found in judgement.findings[: len(broken)]
    ] == [(each.rule, each.workers[0], each.is_fact) for each in broken]
    assert {found.code for found in judgement.findings[len(broken) :]} <= {
        "not-employed",
        "duty-lost",
    }
    values = level_values(compiled.problem, solution)
    assert {result.level: result.value for result in judgement.levels} == values


@settings(max_examples=50)
@given(st.lists(EDITS, max_size=6))
def test_staffing_that_is_remembered_is_that_of_all_shifts(edits):
    remembering = WeekJudge(PLAN, WEEK, AROUND)
    roster = ROSTER
    for edit in edits:
        remembering.staffing(roster)
        roster = edited(roster, edit)
    employed = [shift for shift in roster.shifts if shift.staff != STRANGER]
    quarters = [quarter for need in remembering.staffing(roster) for quarter in need]
    assert quarters == list(staffing(PLAN, WEEK, [*AROUND, *employed]))


def codes(judgement: Judgement) -> Counter[str]:
    return Counter(finding.code for finding in judgement.findings)


def test_shift_of_somebody_without_contract_is_a_violation():
    shift = replace(ROSTER.shifts[0], id=ShiftId("x"), staff=STRANGER)
    judgement = judge(PLAN, replace(ROSTER, shifts=(*ROSTER.shifts, shift)))
    assert codes(judgement)["not-employed"] == 1
    assert judgement.has_violation


def test_locked_duty_of_somebody_without_contract_is_judged_not_refused():
    done = replace(ROSTER.assignments[0], staff=STRANGER, is_locked=True)
    roster = replace(ROSTER, assignments=(done, *ROSTER.assignments[1:]))
    gaps = [gap.duty for gap in judge(PLAN, roster).gaps]
    assert done.duty in gaps
    compile_week(WeekInput(plan=PLAN, week=WEEK, locked=(done,)))


def test_duty_whose_source_is_gone_is_told():
    gone = Assignment(
        duty=DutyId("gone/1"),
        staff=CONTACTS[0],
        start=at(MONDAY, "08:00"),
        end=at(MONDAY, "08:30"),
        is_locked=True,
    )
    judgement = judge(PLAN, replace(ROSTER, assignments=(*ROSTER.assignments, gone)))
    assert codes(judgement)["duty-lost"] == 1


def test_bound_stands_until_a_level_above_is_worse():
    first = judge(PLAN, replace(ROSTER, levels=()))
    known = tuple(replace(level, bound=level.value) for level in first.levels)
    same = judge(PLAN, replace(ROSTER, levels=known))
    assert all(level.bound == level.value for level in same.levels)
    (gap,) = (gap for gap in same.gaps if gap.duty)
    assert gap.proof == "nobody"
    unknown = judge(PLAN, replace(ROSTER, levels=known, gaps=()))
    assert [gap.proof for gap in unknown.gaps] == ["bound"] * len(unknown.gaps)
    worse = judge(PLAN, replace(ROSTER, levels=known, assignments=ROSTER.assignments[1:], gaps=()))
    assert {gap.proof for gap in worse.gaps} <= {None, "nobody"}
    assert worse.levels[-1].bound in {None, 0}


def test_broken_rule_that_is_let_stand_is_no_violation():
    roster = replace(
        ROSTER, shifts=(*ROSTER.shifts, replace(ROSTER.shifts[0], id=ShiftId("twice")))
    )
    judgement = judge(PLAN, roster)
    assert judgement.has_violation
    overrides = tuple(
        Override(
            id=str(number),
            week=WEEK,
            rule=found.code,
            staff=found.staff,
            start=found.span.start if found.span else None,
            values=found.breach[3],
            reason="Agreed",
            author="p",
            at=at(MONDAY, "08:00"),
        )
        for number, found in enumerate(judgement.findings)
    )
    standing = judge(PLAN, replace(roster, overrides=overrides))
    assert {found.severity for found in standing.findings} == {Severity.OVERRIDDEN}
    assert not standing.has_violation


def test_hours_below_the_minimum_are_one_gap_for_each_stretch():
    roster = replace(ROSTER, shifts=tuple(s for s in ROSTER.shifts if s.staff != OFFICERS[1]))
    (gap,) = (gap for gap in judge(PLAN, roster).gaps if gap.need)
    assert (gap.missing, gap.span) == (1, Span(at(MONDAY, "15:00"), at(MONDAY, "17:00")))
    pause = Span(at(MONDAY, "15:30"), at(MONDAY, "16:00"))
    shifts = tuple(
        replace(shift, breaks=(pause,))
        if (shift.staff, shift.day) == (OFFICERS[0], MONDAY)
        else shift
        for shift in ROSTER.shifts
    )
    (gap,) = (gap for gap in judge(PLAN, replace(ROSTER, shifts=shifts)).gaps if gap.need)
    assert (gap.missing, gap.span) == (1, pause)
