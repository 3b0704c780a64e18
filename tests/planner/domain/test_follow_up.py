"""A promise is kept by what was reported, and by nothing else."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.duties import DutyKind
from planner.domain.follow_up import aim_of, follow_up
from planner.domain.followed_events import MeetingState
from planner.domain.ids import DutyId
from planner.domain.places import MeetingKind
from planner.domain.promised import promised_duties
from planner.domain.promises import CoveredBy, MeasureKind, NotDoneReason
from planner.domain.schools import DayKind
from planner.domain.tallies import PlanState, Reported, Tally, Verdict, verdict
from planner.domain.weeks import IsoWeek
from tests.planner import small
from tests.planner.domain import followed
from tests.planner.domain.followed import (
    AFTER,
    CONTACTS,
    MEASURES,
    PRESENCE,
    PROMISE,
    SESSIONS,
    WALKS,
    delivery,
    facts,
    planned,
)

PLAN = followed.make_plan()
DUTIES = followed.period_duties(PLAN)
SOME = tuple(
    duty
    for number, duty in enumerate(DUTIES)
    if number % 5 == 0 or duty.kind in {DutyKind.WALK, DutyKind.SESSION}
)
DURING = small.at(date(2026, 12, 1), "12:00")
SCHOOL = [
    duty
    for duty in DUTIES
    if duty.kind is DutyKind.SCHOOL and PROMISE.first_day <= duty.day <= PROMISE.last_day
]


def of(measure, found):
    """Return what became of a measure."""
    return next(one for one in found.measures if one.measure.id == measure.id)


def followed_by(measure, **said):
    return of(measure, follow_up(facts(PLAN, **said), MEASURES))


def parts(tally):
    """Return the ways in which promised things are divided."""
    reported = (tally.done, tally.n_not_done, tally.not_reported, tally.under_way, tally.to_come)
    return (tally.planned, tally.not_planned, tally.not_yet_planned), reported


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(followed.any_facts(PLAN, SOME))
def test_weeks_places_and_cells_each_add_up_to_the_whole(known):
    for one in follow_up(known, MEASURES).measures:
        for pieces in (one.weeks, one.places, one.cells):
            assert sum((piece.tally for piece in pieces), Tally()) == one.total
        for tally in (one.total, *(cell.tally for cell in one.cells)):
            assert all(sum(way) == tally.promised for way in parts(tally))
        assert {cell.week for cell in one.cells} <= {week.week for week in one.weeks}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(followed.any_facts(PLAN, SOME))
def test_a_share_is_counted_as_a_plain_count_of_its_records_says(known):
    planned_first = {one.duty for one in known.planned if one.is_first and one.is_planned}
    done = {one.duty for one in known.deliveries if one.state == "done"}
    reasons = {one.duty: one.reason for one in known.deliveries if one.state == "not_done"}
    found = follow_up(known, MEASURES)
    for measure in (CONTACTS, PRESENCE):
        mine = {one.duty for one in known.promised if one.measure == measure.id}
        total = of(measure, found).total
        assert total.promised == len(mine)
        assert total.planned == len(mine & planned_first)
        assert total.done == len(mine & done)
        assert total.not_done == Counter(reasons[one] for one in mine & reasons.keys())


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(followed.any_facts(PLAN, SOME), st.data())
def test_what_is_deleted_or_done_beyond_the_promise_improves_nothing(known, data):
    before = follow_up(known, MEASURES)
    promised = {one.duty for one in known.promised}
    beyond = [duty for duty in DUTIES if duty.id not in promised]
    more = data.draw(st.lists(st.sampled_from(beyond), unique_by=lambda duty: duty.id))
    reported = {one.duty for one in known.deliveries}
    new = tuple(delivery(duty) for duty in more if duty.id not in reported)
    gone = replace(PLAN, bell_times=PLAN.bell_times[1:], presence_windows=())
    after = follow_up(
        replace(known, plan=gone, deliveries=(*known.deliveries, *new), _asked={}), MEASURES
    )
    for measure in (CONTACTS, PRESENCE):
        old, now = of(measure, before), of(measure, after)
        assert parts(now.total) == parts(old.total)
        assert (now.aim, now.verdict) == (old.aim, old.verdict)


def test_a_promise_asks_for_its_own_days_and_for_schools_with_own_staff():
    asked = list(promised_duties(PLAN, PROMISE, MEASURES))
    assert min(one.day for one in asked) == PROMISE.first_day
    assert max(one.day for one in asked) <= PROMISE.last_day
    assert {one.place for one in asked if one.measure == CONTACTS.id} == {"a", "b", "own"}
    assert {one.measure for one in asked} == {CONTACTS.id, PRESENCE.id}


def test_nothing_reported_is_not_reported_once_its_day_is_over():
    during = followed_by(CONTACTS, now=DURING)
    n_past = sum(duty.day < date(2026, 12, 1) for duty in SCHOOL)
    assert during.total.not_reported == n_past
    assert during.total.to_come == len(SCHOOL) - n_past
    after = followed_by(CONTACTS)
    assert after.total.not_reported == len(SCHOOL)
    assert (after.total.done, after.verdict) == (0, Verdict.NOT_KEPT)


def test_a_report_counts_before_its_day_is_over():
    duty = next(duty for duty in SCHOOL if duty.day == date(2026, 12, 1))
    one = followed_by(CONTACTS, now=DURING, deliveries=(delivery(duty),))
    assert one.total.done == 1


def test_what_was_published_later_is_not_planned():
    first, later, nobody = SCHOOL[:3]
    said = (planned(first), planned(later, is_first=False), planned(nobody, CoveredBy.CANCELLED))
    one = followed_by(CONTACTS, planned=said, now=DURING)
    assert one.total.planned == 1
    states = {duty.duty: duty.plan_state for duty in one.duties}
    assert states[later.id] is PlanState.NOT_PLANNED
    assert states[nobody.id] is PlanState.NOT_PLANNED
    assert states[SCHOOL[-1].id] is PlanState.NOT_YET


def test_own_staff_counts_as_planned_and_needs_a_report_too():
    own = [duty for duty in SCHOOL if duty.source == "own"]
    said = tuple(planned(duty, CoveredBy.OWN_STAFF) for duty in own)
    place = next(one for one in followed_by(CONTACTS, planned=said).places if one.place == "own")
    assert place.tally.planned == place.tally.promised == len(own)
    assert place.tally.not_reported == len(own)


def test_what_is_beyond_the_promise_stands_apart():
    extra = SCHOOL[0]
    asked = tuple(one for one in facts(PLAN).promised if one.duty != extra.id)
    one = followed_by(
        CONTACTS, promised=asked, planned=(planned(extra),), deliveries=(delivery(extra),)
    )
    assert (one.total.extra_planned, one.total.extra_done, one.total.done) == (1, 1, 0)
    assert [duty.duty for duty in one.duties if not duty.is_promised] == [extra.id]


def test_every_school_is_claimed_only_if_every_window_of_every_school_was_done():
    everything = tuple(delivery(duty) for duty in SCHOOL)
    whole = followed_by(CONTACTS, deliveries=everything)
    assert whole.every_place.is_true
    one_less = followed_by(CONTACTS, deliveries=everything[1:])
    assert one_less.verdict is Verdict.KEPT
    assert one_less.every_place.lacking == (SCHOOL[0].title,)
    assert not one_less.every_place.is_true
    silent = replace(PLAN, schools=(*PLAN.schools, replace(PLAN.schools[0], id="x", name="X")))
    known = replace(facts(PLAN, deliveries=everything), plan=silent)
    assert of(CONTACTS, follow_up(known, MEASURES)).every_place.left_out == ("X",)


def test_a_walk_counts_when_its_three_meetings_were_held():
    mine = [duty for duty in DUTIES if duty.kind is DutyKind.WALK]
    whole = followed_by(WALKS, deliveries=tuple(delivery(duty) for duty in mine))
    assert (whole.total.promised, whole.total.done, whole.verdict) == (1, 1, Verdict.KEPT)
    half = followed_by(WALKS, deliveries=tuple(delivery(duty) for duty in mine[:-1]))
    assert (half.total.done, half.total.not_reported) == (0, 1)
    assert half.walks[0].meetings[-1].state is MeetingState.NOT_REPORTED


def test_a_walk_that_began_is_under_way():
    begun = [duty for duty in DUTIES if duty.kind is DutyKind.WALK and duty.day < date(2026, 12, 1)]
    one = followed_by(WALKS, now=DURING, deliveries=tuple(delivery(duty) for duty in begun))
    assert (one.total.under_way, one.verdict) == (1, Verdict.NOT_YET)
    assert one.weeks[-1].tally.under_way == 1, "it stands in the week of its last meeting"


def test_a_meeting_that_was_not_held_can_be_held_another_day():
    first = next(
        duty
        for duty in DUTIES
        if duty.kind is DutyKind.WALK and duty.day == followed.MEETING_DAYS[MeetingKind.PRE_MEETING]
    )
    missed = delivery(first, NotDoneReason.WEATHER)
    one = followed_by(WALKS, now=DURING, deliveries=(missed,), planned=(planned(first),))
    assert one.total.not_done == {NotDoneReason.WEATHER: 1}
    days = followed.MEETING_DAYS | {MeetingKind.PRE_MEETING: date(2026, 12, 8)}
    moved = replace(PLAN, walk_meetings=followed.walk_meetings(days))
    known = replace(facts(PLAN, now=DURING, deliveries=(missed,), planned=(planned(first),)))
    again = of(WALKS, follow_up(replace(known, plan=moved, _asked={}), MEASURES))
    assert again.walks[0].meetings[0].state is MeetingState.TO_COME


def test_a_walk_with_a_meeting_outside_the_period_does_not_count():
    days = followed.MEETING_DAYS | {MeetingKind.PRE_MEETING: date(2026, 11, 12)}
    early = replace(PLAN, walk_meetings=followed.walk_meetings(days))
    one = of(WALKS, follow_up(facts(early), MEASURES))
    assert one.total == Tally()
    assert [(walk.counts, walk.meetings[0].state) for walk in one.walks] == [
        (False, MeetingState.OUTSIDE)
    ]


def test_a_session_counts_once_whatever_day_it_is_moved_to():
    old = next(duty for duty in DUTIES if duty.kind is DutyKind.SESSION)
    new = replace(PLAN.information_sessions[0], day=date(2026, 12, 4))
    moved = replace(PLAN, information_sessions=(new, *PLAN.information_sessions[1:]))
    duty = next(one for one in followed.period_duties(moved) if one.source == new.id)
    known = facts(moved, planned=(planned(old),), deliveries=(delivery(duty),))
    one = of(SESSIONS, follow_up(known, MEASURES))
    assert (one.total.promised, one.total.done, one.total.planned) == (2, 1, 1)
    assert one.verdict is Verdict.NOT_KEPT


def test_sessions_are_told_by_their_day_whatever_they_are_called():
    first, second = PLAN.information_sessions
    assert first.day < second.day
    renamed = (replace(first, name="Öppet hus"), replace(second, name="Armbågar"))
    one = of(SESSIONS, follow_up(facts(replace(PLAN, information_sessions=renamed)), MEASURES))
    assert [place.title for place in one.places] == ["Öppet hus", "Armbågar"]


def test_a_study_day_made_after_signing_still_lacks_what_was_promised():
    day = SCHOOL[0].day
    closed = replace(PLAN.changed_days[0], id="late", day=day, kind=DayKind.STUDY_DAY, school=None)
    known = replace(facts(PLAN), plan=replace(PLAN, changed_days=(*PLAN.changed_days, closed)))
    assert of(CONTACTS, follow_up(known, MEASURES)).total.promised == len(SCHOOL)


@pytest.mark.parametrize(
    ("tally", "is_over", "said"),
    [
        (Tally(), True, Verdict.NOTHING_PROMISED),
        (Tally(promised=10, done=9), False, Verdict.KEPT),
        (Tally(promised=10, done=8, to_come=2), False, Verdict.NOT_YET),
        (Tally(promised=10, done=8, not_reported=2), False, Verdict.NOT_YET),
        (
            Tally(promised=10, not_done={NotDoneReason.OTHER: 2}, to_come=8),
            False,
            Verdict.OUT_OF_REACH,
        ),
        (Tally(promised=10, done=8, not_reported=2), True, Verdict.NOT_KEPT),
    ],
)
def test_a_share_is_judged_by_what_was_reported(tally, is_over, said):
    aim = aim_of(CONTACTS, tally.promised)
    assert verdict(tally, aim, is_share=True, is_over=is_over) is said


def test_more_walks_can_be_set_up_until_the_period_is_over():
    assert verdict(Tally(), 1, is_share=False, is_over=False) is Verdict.NOT_YET
    assert verdict(Tally(), 1, is_share=False, is_over=True) is Verdict.NOT_KEPT


def test_the_period_ends_at_local_midnight():
    said = small.at(date(2026, 12, 13), "23:59")
    assert not follow_up(facts(PLAN, now=said), MEASURES).is_over
    assert follow_up(facts(PLAN, now=AFTER), MEASURES).is_over


def test_an_unsigned_promise_is_marked_and_measures_are_told_in_their_order():
    known = facts(PLAN)
    draft = replace(known, is_signed=False)
    found = follow_up(draft, reversed(MEASURES))
    assert not found.is_signed
    assert [one.measure.kind for one in found.measures] == list(MeasureKind)
    assert [week.week for week in found.measures[0].weeks] == [
        IsoWeek(2026, n) for n in range(47, 51)
    ]


def test_a_delivery_of_nothing_known_is_passed_over():
    strange = replace(delivery(SCHOOL[0]), duty=DutyId("gone/2026-11-24/1"))
    one = followed_by(CONTACTS, deliveries=(strange,))
    assert (one.total.done, one.total.extra_done) == (0, 0)
    assert all(duty.reported is Reported.NOT_REPORTED for duty in one.duties)
