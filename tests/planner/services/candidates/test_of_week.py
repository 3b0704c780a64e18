"""Who can take something, and that what is offered keeps what it promises."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import clock
from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.duties import DutyKind
from planner.domain.ids import CrewId
from planner.domain.roster import Severity, Shift
from planner.domain.rules import Rule, RuleKey
from planner.domain.schools import ContactRole, SchoolContact
from planner.domain.spans import Span
from planner.domain.staff import BoundTime, ShiftSource, Unavailability, Wish
from planner.services.candidates.of_week import WeekCandidates, wanted_by
from planner.services.candidates.values import (
    DutyHandedOver,
    Familiarity,
    HeadWanted,
    Hindrance,
    ShiftHandedOver,
    SkillWanted,
    WayKind,
)
from planner.services.week.working_week import WorkingWeek
from tests.planner.small import (
    CITY_BOOK,
    CONTACTS,
    EVENING,
    FRIDAY,
    MONDAY,
    OFFICERS,
    SCHOOL_A,
    SCHOOL_B,
    SCHOOL_SHIFT,
    START,
    THURSDAY,
    WEEK,
    at,
    make_plan,
    make_roster,
)

PLAN = make_plan()
ROSTER = make_roster(PLAN)
DUTIES = {duty.id: duty for duty in make_duties(PLAN, WEEK)}
UNCOVERED = f"{SCHOOL_B}/{FRIDAY}/after-1"
PRESENCE = next(
    duty.id for duty in DUTIES.values() if duty.kind is DutyKind.PRESENCE and duty.day == MONDAY
)


def find(wanted, roster=ROSTER, plan=PLAN):
    return WeekCandidates(WorkingWeek(plan, roster)).find(wanted)


def people(answer):
    return [tuple(one.staff for one in candidate.people) for candidate in answer.candidates]


def reasons(answer):
    return {refusal.person.staff: refusal.hindrance for refusal in answer.refusals}


def doing(roster, duty):
    return [done.staff for done in roster.assignments if done.duty == duty]


def uncovered(*duties):
    return replace(ROSTER, assignments=tuple(d for d in ROSTER.assignments if d.duty not in duties))


def of(answer, staff):
    return next(c for c in answer.candidates if staff in {p.staff for p in c.people})


def test_who_is_at_work_and_free_comes_before_who_is_off():
    answer = find(HeadWanted(duty=UNCOVERED))
    assert people(answer)[0] == (CONTACTS[1],)
    first = answer.candidates[0]
    assert first.way.kind is WayKind.FREE
    assert (first.costs.added_min, first.costs.broken, first.costs.opened) == (0, (), ())
    assert first.people[0].service_phone == "021-39 01 02"
    extra = of(answer, CONTACTS[2])
    assert (extra.way.kind, extra.way.shift_type) == (WayKind.EXTRA, SCHOOL_SHIFT)
    assert extra.costs.added_min == 300
    assert extra.costs.balance_after_min - extra.costs.balance_before_min == 300


def test_everybody_is_a_candidate_or_told_why_not():
    answer = find(HeadWanted(duty=UNCOVERED))
    told = {staff for pair in people(answer) for staff in pair} | set(reasons(answer))
    assert told == {member.id for member in PLAN.staff}
    assert all(reasons(answer)[officer] is Hindrance.SKILL for officer in OFFICERS)


def test_absent_person_cannot():
    monday = f"{SCHOOL_B}/{MONDAY}/before-1"
    answer = find(HeadWanted(duty=monday), uncovered(monday))
    assert reasons(answer)[CONTACTS[3]] is Hindrance.ABSENT


def test_busy_person_hands_the_other_duty_over_or_leaves_it():
    """Both schools want somebody at the same time; the gap only moves, and stands last."""
    friday = f"{SCHOOL_A}/{FRIDAY}/after-1"
    answer = find(HeadWanted(duty=UNCOVERED))
    busy = of(answer, CONTACTS[0])
    assert busy.way.kind is WayKind.HANDS_OVER
    assert [one.duty for one in busy.way.handed] == [friday]
    assert busy.way.handed[0].taker == CONTACTS[1]
    after = busy.make(ROSTER)
    assert doing(after, friday) == [CONTACTS[1]]
    assert doing(after, UNCOVERED) == [CONTACTS[0]]

    alone = edits.remove_shifts(ROSTER, [s.id for s in ROSTER.shifts if s.staff == CONTACTS[1]])
    answer = find(HeadWanted(duty=UNCOVERED), alone)
    assert people(answer)[-1] == (CONTACTS[0],)
    assert [gap.duty for gap in answer.candidates[-1].costs.opened] == [friday]


def test_known_face_comes_first_among_equals():
    plan = replace(
        PLAN,
        school_contacts=(
            SchoolContact(school=SCHOOL_B, staff=CONTACTS[3], role=ContactRole.NAMED),
            SchoolContact(school=SCHOOL_B, staff=CONTACTS[2], role=ContactRole.SUBSTITUTE),
        ),
    )
    alone = edits.remove_shifts(ROSTER, [s.id for s in ROSTER.shifts if s.staff == CONTACTS[1]])
    answer = find(HeadWanted(duty=UNCOVERED), alone, plan)
    assert people(answer)[:2] == [(CONTACTS[3],), (CONTACTS[2],)]
    assert answer.candidates[0].costs.familiarity is Familiarity.NAMED


def test_veto_stands_behind_everybody_who_has_none():
    plan = replace(
        PLAN, wishes=(Wish(id="w", staff=CONTACTS[2], day=FRIDAY, strength=3, is_veto=True),)
    )
    alone = edits.remove_shifts(ROSTER, [s.id for s in ROSTER.shifts if s.staff == CONTACTS[1]])
    legal = [c for c in find(HeadWanted(duty=UNCOVERED), alone, plan).candidates if c.is_legal]
    vetoed = next(c for c in legal if c.people[0].staff == CONTACTS[2])
    others = [c for c in legal if not c.costs.n_opened and c is not vetoed]
    assert vetoed.costs.wish == "veto"
    assert all(legal.index(other) < legal.index(vetoed) for other in others)


def test_who_would_break_a_rule_is_told_apart_and_can_be_given_it_all_the_same():
    """A late evening before leaves too short a rest to an early morning."""
    friday = f"{SCHOOL_B}/{FRIDAY}/before-1"
    late = Shift(
        id="late",
        staff=CONTACTS[2],
        day=THURSDAY,
        shift_type=None,
        parts=(Span(at(THURSDAY, "19:00"), at(THURSDAY, "23:30")),),
        source=ShiftSource.GIVEN,
    )
    short = uncovered(friday)
    short = replace(short, shifts=(*short.shifts, late))
    answer = find(HeadWanted(duty=friday), short)
    refusal = next(r for r in answer.refusals if r.person.staff == CONTACTS[2])
    assert refusal.hindrance is Hindrance.RULE
    assert [one.code for one in refusal.against_rules.costs.broken] == ["daily-rest"]
    assert dict(refusal.against_rules.costs.broken[0].values)["least_min"] == 660
    assert doing(refusal.against_rules.make(short), friday) == [CONTACTS[2]]
    assert people(answer)[0] == (CONTACTS[1],)


def off(roster, staff):
    """Return a roster in which somebody does not work."""
    return edits.remove_shifts(roster, [s.id for s in roster.shifts if s.staff == staff])


def test_wish_rest_and_notice_are_told_of_who_would_work_otherwise(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda _zone: THURSDAY)
    short_rest = Rule(
        rule_book=CITY_BOOK, key=RuleKey.SHORT_REST, value=1000, source="Made up", first_day=START
    )
    plan = replace(
        PLAN,
        rules=(*PLAN.rules, short_rest),
        wishes=(Wish(id="w", staff=CONTACTS[2], day=FRIDAY, strength=3),),
    )
    before = next(s for s in ROSTER.shifts if (s.staff, s.day) == (CONTACTS[1], THURSDAY))
    roster = off(ROSTER, CONTACTS[1])
    roster = replace(
        roster, shifts=(*roster.shifts, replace(before, id="thursday", staff=CONTACTS[2]))
    )
    costs = of(find(HeadWanted(duty=UNCOVERED), roster, plan), CONTACTS[2]).costs
    assert (costs.wish, costs.short_rest_min) == ("free", 900)
    assert (costs.notice_days, costs.least_notice_days) == (1, 14)


def test_hours_that_the_contract_lacks_come_before_hours_above_it():
    """Both are off on Friday and strangers; only one has worked the other days."""
    roster = off(ROSTER, CONTACTS[1])
    busy = [
        replace(s, id=f"busy/{s.day}", staff=CONTACTS[2])
        for s in ROSTER.shifts
        if s.staff == CONTACTS[1] and s.day != FRIDAY
    ]
    roster = replace(roster, shifts=(*roster.shifts, *busy))
    answer = find(HeadWanted(duty=UNCOVERED), roster, replace(PLAN, school_contacts=()))
    order = [staff for pair in people(answer) for staff in pair]
    assert order.index(CONTACTS[3]) < order.index(CONTACTS[2])


def test_locked_duty_is_not_given_away():
    friday = f"{SCHOOL_A}/{FRIDAY}/after-1"
    roster = edits.lock(ROSTER, [], [(friday, CONTACTS[0])], is_locked=True)
    assert reasons(find(HeadWanted(duty=UNCOVERED), roster))[CONTACTS[0]] is Hindrance.LOCKED_DUTY


def test_who_is_bound_or_cannot_work_then_cannot():
    span = Span(at(FRIDAY, "12:00"), at(FRIDAY, "18:00"))
    plan = replace(
        PLAN,
        bound_times=(BoundTime(id="b", staff=CONTACTS[2], start=span.start, end=span.end),),
        unavailabilities=(
            Unavailability(id="u", staff=CONTACTS[3], weekday=5, start=time(12), end=time(18)),
        ),
    )
    found = reasons(find(HeadWanted(duty=UNCOVERED), plan=plan))
    assert found[CONTACTS[2]] is Hindrance.BOUND
    assert found[CONTACTS[3]] is Hindrance.UNAVAILABLE


def test_break_moves_for_a_duty():
    pause = Span(at(FRIDAY, "14:00"), at(FRIDAY, "14:30"))
    kinds = tuple(
        replace(kind, break_min=30) if kind.id == SCHOOL_SHIFT else kind
        for kind in PLAN.shift_types
    )
    roster = replace(
        ROSTER,
        shifts=tuple(
            replace(s, breaks=(pause,)) if (s.staff, s.day) == (CONTACTS[1], FRIDAY) else s
            for s in ROSTER.shifts
        ),
    )
    answer = find(HeadWanted(duty=UNCOVERED), roster, replace(PLAN, shift_types=kinds))
    taker = of(answer, CONTACTS[1])
    assert taker.way.moves_break
    after = taker.make(roster)
    (moved,) = next(s.breaks for s in after.shifts if (s.staff, s.day) == (CONTACTS[1], FRIDAY))
    done = next(d for d in after.assignments if d.duty == UNCOVERED)
    assert not moved.overlaps(done.span)


def test_who_works_the_same_shift_alone_joins_half_a_crew():
    lone = {OFFICERS[0], OFFICERS[1]}
    roster = replace(
        ROSTER,
        shifts=tuple(
            replace(s, crew=None) if s.staff in lone and s.day == MONDAY else s
            for s in ROSTER.shifts
        ),
        assignments=tuple(
            d for d in ROSTER.assignments if (d.staff, d.duty) != (OFFICERS[1], PRESENCE)
        ),
    )
    first = find(HeadWanted(duty=PRESENCE), roster).candidates[0]
    assert (first.people[0].staff, first.way.kind) == (OFFICERS[1], WayKind.JOINS)
    after = first.make(roster)
    assert sorted(doing(after, PRESENCE)) == [OFFICERS[0], OFFICERS[1]]
    assert len({s.crew for s in after.shifts if s.staff in lone and s.day == MONDAY}) == 1


def test_crew_takes_what_a_crew_does():
    """The crew of the evening is the only one; two others of the squad would make one."""
    answer = find(HeadWanted(duty=PRESENCE), uncovered(PRESENCE))
    assert people(answer)[0] == (OFFICERS[0], OFFICERS[1])
    assert answer.candidates[0].way.kind is WayKind.FREE
    pair = of(answer, OFFICERS[2])
    assert {one.staff for one in pair.people} == {OFFICERS[2], OFFICERS[3]}
    after = pair.make(uncovered(PRESENCE))
    assert sorted(doing(after, PRESENCE)) == [OFFICERS[2], OFFICERS[3]]
    crews = {s.crew for s in after.shifts if s.staff in OFFICERS[2:]}
    assert len(crews) == 1
    assert None not in crews


def test_half_a_crew_is_completed():
    roster = replace(
        ROSTER,
        shifts=tuple(
            replace(s, crew=None) if s.staff == OFFICERS[0] else s
            for s in ROSTER.shifts
            if s.staff != OFFICERS[1] or s.day != MONDAY
        ),
        assignments=tuple(
            d for d in ROSTER.assignments if d.staff != OFFICERS[1] or d.duty != PRESENCE
        ),
    )
    roster = replace(
        roster,
        shifts=tuple(
            replace(s, crew=CrewId(f"crew-{s.day}"))
            if s.staff == OFFICERS[0] and s.day != MONDAY
            else s
            for s in roster.shifts
        ),
    )
    answer = find(HeadWanted(duty=PRESENCE), roster)
    mate = of(answer, OFFICERS[1])
    assert mate.way.kind is WayKind.EXTRA
    assert sorted(doing(mate.make(roster), PRESENCE)) == [OFFICERS[0], OFFICERS[1]]


def test_duty_is_taken_over_from_who_does_it():
    friday = f"{SCHOOL_A}/{FRIDAY}/after-1"
    answer = find(DutyHandedOver(duty=friday, staff=CONTACTS[0]))
    assert people(answer)[0] == (CONTACTS[1],)
    assert reasons(answer)[CONTACTS[0]] is Hindrance.ALREADY
    assert doing(answer.candidates[0].make(ROSTER), friday) == [CONTACTS[1]]


def test_shift_is_taken_over_with_its_duties():
    shift = next(s for s in ROSTER.shifts if (s.staff, s.day) == (CONTACTS[0], FRIDAY))
    answer = find(ShiftHandedOver(shift=shift.id))
    assert {CONTACTS[2], CONTACTS[3]} <= {staff for pair in people(answer) for staff in pair}
    assert reasons(answer)[CONTACTS[1]] is Hindrance.AT_WORK
    after = answer.candidates[0].make(ROSTER)
    taker = answer.candidates[0].people[0].staff
    assert not any((s.staff, s.day) == (CONTACTS[0], FRIDAY) for s in after.shifts)
    assert doing(after, f"{SCHOOL_A}/{FRIDAY}/before-1") == [taker]


def test_hour_of_staffing_is_taken_by_who_would_be_at_work_then():
    gone = edits.remove_shifts(
        ROSTER, [s.id for s in ROSTER.shifts if s.staff in OFFICERS and s.day == MONDAY]
    )
    working = WorkingWeek(PLAN, gone)
    gap = next(gap for gap in working.view.gaps if gap.need)
    wanted = wanted_by(gap)
    assert isinstance(wanted, SkillWanted)
    answer = WeekCandidates(working).find(wanted)
    first = answer.candidates[0]
    assert (first.way.kind, first.way.shift_type) == (WayKind.EXTRA, EVENING)
    assert all(reasons(answer)[contact] is Hindrance.SKILL for contact in CONTACTS)
    after = working.judged(first.make(gone))
    missing = sum(one.missing for one in after.gaps if one.need == gap.need)
    assert missing < gap.missing or first.costs.left_min


def test_with_enough_who_can_the_rest_is_only_counted():
    """Fifty like one who is free and at work, fifty like one who is off."""
    plan, roster = PLAN, ROSTER
    for like in (CONTACTS[1], CONTACTS[2]):
        for number in range(50):
            copy = f"{like}-{number}"
            plan = replace(
                plan,
                staff=(*plan.staff, replace(PLAN.staff_by_id[like], id=copy)),
                contracts=(
                    *plan.contracts,
                    *(replace(c, staff=copy) for c in PLAN.contracts if c.staff == like),
                ),
                staff_skills=(
                    *plan.staff_skills,
                    *(
                        replace(held, staff=copy)
                        for held in PLAN.staff_skills
                        if held.staff == like
                    ),
                ),
            )
            shifts = [
                replace(s, id=f"{s.id}-{number}", staff=copy)
                for s in ROSTER.shifts
                if s.staff == like
            ]
            roster = replace(roster, shifts=(*roster.shifts, *shifts))
    answer = find(HeadWanted(duty=UNCOVERED), roster, plan)
    assert len(answer.candidates) >= 40
    assert all(c.way.kind is WayKind.FREE for c in answer.candidates)
    told = {staff for pair in people(answer) for staff in pair} | set(reasons(answer))
    assert len(told) + answer.n_more == len(plan.staff)
    assert answer.n_more > 50


def test_what_a_crew_does_is_taken_over_by_another_crew():
    evenings = [
        replace(s, id=f"{staff}/second", staff=staff, crew=CrewId("second"))
        for s in ROSTER.shifts
        for staff in OFFICERS[2:]
        if (s.staff, s.day) == (OFFICERS[0], MONDAY)
    ]
    roster = replace(ROSTER, shifts=(*ROSTER.shifts, *evenings))
    answer = find(DutyHandedOver(duty=PRESENCE, staff=OFFICERS[0]), roster)
    assert people(answer)[0] == (OFFICERS[2], OFFICERS[3])
    after = answer.candidates[0].make(roster)
    assert sorted(doing(after, PRESENCE)) == [OFFICERS[2], OFFICERS[3]]


@pytest.mark.parametrize(
    "wanted",
    [
        HeadWanted(duty="nowhere/2026-11-23/1"),
        HeadWanted(duty=f"{SCHOOL_A}/{FRIDAY}/after-1"),
        DutyHandedOver(duty=UNCOVERED, staff=CONTACTS[0]),
        DutyHandedOver(duty="nowhere/2026-11-23/1", staff=CONTACTS[0]),
        ShiftHandedOver(shift="none"),
        SkillWanted(need="none", span=Span(at(MONDAY, "14:00"), at(MONDAY, "15:00"))),
    ],
)
def test_what_is_not_wanted_any_more_has_nobody(wanted):
    answer = find(wanted)
    assert (answer.wanted, answer.candidates, answer.refusals) == (wanted, (), ())


def test_candidate_of_a_roster_that_has_changed_since_does_no_harm():
    shift = next(s for s in ROSTER.shifts if (s.staff, s.day) == (CONTACTS[0], FRIDAY))
    gone = edits.remove_shifts(ROSTER, [shift.id])
    for candidate in find(ShiftHandedOver(shift=shift.id)).candidates:
        assert candidate.make(gone) == gone


@st.composite
def rosters(draw):
    """Draw the small roster without some of its shifts and duties."""
    shifts = draw(st.sets(st.sampled_from([shift.id for shift in ROSTER.shifts]), max_size=6))
    duties = draw(st.sets(st.sampled_from(sorted(DUTIES)), max_size=4))
    short = edits.remove_shifts(ROSTER, shifts)
    assignments = tuple(d for d in short.assignments if d.duty not in duties)
    return replace(short, assignments=assignments)


def broken(judgement):
    faults = {Severity.VIOLATION, Severity.FACT}
    return sorted(repr(f.breach) for f in judgement.findings if f.severity in faults)


def lacking(judgement):
    return {gap.duty: gap.missing for gap in judgement.gaps if gap.duty}


def assert_kept(working, answer, closes):
    """Assert that what is offered breaks no rule, and opens no gap that it does not tell of."""
    before = working.judged(working.roster)
    for candidate in answer.candidates:
        after = working.judged(candidate.make(working.roster))
        assert set(broken(after)) <= set(broken(before))
        told = {gap.duty: gap.missing for gap in candidate.costs.opened if gap.duty}
        now, then = lacking(before), lacking(after)
        larger = {d: n - now.get(d, 0) for d, n in then.items() if n > now.get(d, 0)}
        assert larger == told
        assert closes(now, then)
    for refusal in answer.refusals:
        if refusal.against_rules:
            after = working.judged(refusal.against_rules.make(working.roster))
            assert set(broken(after)) - set(broken(before))


@settings(max_examples=25, deadline=None)
@given(rosters())
def test_offered_candidate_closes_the_gap_and_breaks_nothing(roster):
    working = WorkingWeek(PLAN, roster)
    finder = WeekCandidates(working)
    for gap in working.view.gaps[:6]:
        answer = finder.find(wanted_by(gap))

        def closes(now, then, gap=gap):
            return gap.duty is None or then.get(gap.duty, 0) < now[gap.duty]

        assert_kept(working, answer, closes)


@settings(max_examples=15, deadline=None)
@given(rosters(), st.data())
def test_whoever_takes_over_does_so_within_the_rules(roster, data):
    working = WorkingWeek(PLAN, roster)
    finder = WeekCandidates(working)
    if roster.assignments:
        done = data.draw(st.sampled_from(roster.assignments))
        answer = finder.find(DutyHandedOver(duty=done.duty, staff=done.staff))
        assert_kept(
            working, answer, lambda now, then: then.get(done.duty, 0) <= now.get(done.duty, 0)
        )
    shift = data.draw(st.sampled_from(roster.shifts))
    assert_kept(working, finder.find(ShiftHandedOver(shift=shift.id)), lambda _now, _then: True)
