"""What managers are told of a week."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import get_args

import pytest

from planner.domain.coverage_counts import Coverage
from planner.domain.demand import make_duties
from planner.domain.ids import SiteId, StaffId, WalkId
from planner.domain.places import (
    MeetingKind,
    PresenceKind,
    PresenceWindow,
    SafetyWalk,
    WalkMeeting,
)
from planner.domain.promises import MeasureKind
from planner.domain.roster import Blocker, Gap, GapReason, Override
from planner.domain.schools import Staffing
from planner.domain.shifts import StaffingNeed
from planner.domain.weeks import IsoWeek
from planner.planning.judging import judge
from planner.reports.coverage_sheet import CoverageSheet
from planner.reports.school_sheet import Presence
from planner.services.prints.coverage_sheets import coverage_sheets
from planner.services.prints.printable import PrintableWeek, draft_week, published_week
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from planner.services.week.weeks import week_view
from tests.planner.small import (
    FRIDAY,
    MONDAY,
    OFFICERS,
    PATROL,
    SCHOOL_B,
    SQUARE,
    WEEK,
    at,
    save_draft,
)


def sheet_of(plan, roster, **more):
    duties = make_duties(plan, roster.week)
    return coverage_sheets(PrintableWeek(plan=plan, roster=roster, duties=duties, **more))[""]


def published(drafted, decision=Decision.OWN_STAFF):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {window.duty: decision for window in windows})
    return published_week(drafted, WEEK)


def without_square(roster, *gaps):
    """Return a roster in which nobody stands at the square on Monday."""
    done = (one for one in roster.assignments if one.duty != f"square-1/{MONDAY}/1")
    return replace(roster, assignments=tuple(done), gaps=gaps)


def square_gap(roster, **more):
    (duty,) = {one.duty for one in roster.assignments if one.duty == f"square-1/{MONDAY}/1"}
    values = {
        "duty": duty,
        "need": None,
        "title": "Torget",
        "span": WEEK.span(at(MONDAY, "00:00").tzinfo),
        "missing": 2,
        "reason": GapReason.SUPPLY,
        "is_proved": True,
        "proof": "nobody",
        "blockers": (Blocker(code="daily-rest", n_staff=3),),
    }
    return Gap(**values | more)


def test_promise_is_counted_by_measure_and_agrees_with_the_window(drafted):
    sheet = coverage_sheets(draft_week(drafted, WEEK))[""]
    assert dict(sheet.measures) == {
        MeasureKind.CONTACT_PERSONS: Coverage(n_promised=18, n_planned=17),
        MeasureKind.PRESENCE: Coverage(n_promised=5, n_planned=5),
    }
    assert sheet.total.n_gaps == 1
    view = week_view(drafted, WEEK)
    shown = [duty for place in view.places for day in place.days for duty in day.duties]
    assert sheet.total.n_promised == len(shown)
    assert sheet.total.n_gaps == sum(duty.missing > 0 for duty in shown)
    assert [(h.start, h.minimum, h.needed, h.planned) for h in sheet.staffing] == [
        (h.start, h.minimum, h.needed, h.planned) for h in view.need
    ]


def test_school_map_has_a_cell_for_each_day(drafted):
    sheet = coverage_sheets(draft_week(drafted, WEEK))[""]
    a, b = sheet.schools
    assert [cell.n_promised for cell in a.days] == [2, 2, 2, 2, 2, 0, 0]
    assert [cell.n_promised for cell in b.days] == [2, 2, 0, 2, 2, 0, 0]
    assert b.days[4] == Coverage(n_promised=2, n_planned=1)


def test_decided_window_is_no_gap_but_is_told(drafted):
    sheet = coverage_sheets(published(drafted))[""]
    assert sheet.gaps == ()
    assert dict(sheet.measures)[MeasureKind.CONTACT_PERSONS].n_own_staff == 1
    (decision,) = sheet.decisions
    assert (decision.school, decision.decided) == ("Björkskolan", Presence.OWN_STAFF)
    assert decision.span.start == at(FRIDAY, "14:00")
    assert (sheet.version, sheet.replaces, sheet.published_by) == (
        1, None, drafted.store.latest_publication(WEEK).published_by,
    )  # fmt: skip


def test_reason_of_a_gap_stays_in_the_publication(drafted, small_roster):
    gap = square_gap(small_roster)
    save_draft(drafted, without_square(small_roster, gap))
    week = published(drafted)
    save_draft(drafted, replace(small_roster, gaps=()))
    (told,) = coverage_sheets(week)[""].gaps
    assert (told.title, told.missing, told.measure) == ("Torget", 2, MeasureKind.PRESENCE)
    assert (told.reason, told.proof, told.blockers) == (GapReason.SUPPLY, "nobody", gap.blockers)


def test_gap_that_nobody_examined_has_no_reason(small_plan, small_roster):
    gaps = sheet_of(small_plan, without_square(small_roster)).gaps
    assert [(gap.title, gap.reason) for gap in gaps] == [("Torget", None), ("Björkskolan", None)]


def test_publication_is_judged_as_the_draft_was(drafted, small_roster):
    save_draft(drafted, without_square(small_roster, square_gap(small_roster)))
    draft = draft_week(drafted, WEEK)
    week = published(drafted)
    now = judge(draft.plan, draft.roster, draft.around)
    then = judge(week.plan, week.roster, week.around, week.duties)
    assert (then.gaps, then.findings) == (now.gaps, now.findings)


def test_gaps_stand_by_priority_and_staffing_ranks_with_the_first(small_plan, small_roster):
    plan = replace(
        small_plan,
        schools=tuple(replace(one, priority=3) for one in small_plan.schools),
        staffing_needs=tuple(replace(one, minimum=3) for one in small_plan.staffing_needs),
    )
    gaps = sheet_of(plan, without_square(small_roster)).gaps
    assert [(gap.measure, gap.priority) for gap in gaps] == [
        (None, 1), (MeasureKind.PRESENCE, 2), (MeasureKind.CONTACT_PERSONS, 3),
    ]  # fmt: skip
    assert gaps[0].title.endswith("Patrol")


def test_hours_of_a_place_go_on_over_midnight(small_plan, small_roster):
    night = PresenceWindow(
        id="night", hotspot=SQUARE, weekday=6, start=time(23), end=time(1),
        kind=PresenceKind.CONTINUOUS,
    )  # fmt: skip
    plan = replace(small_plan, presence_windows=(*small_plan.presence_windows, night))
    sheet = sheet_of(plan, small_roster)
    assert sheet.hours == (16, 17, 18, 19, 20, 21, 22, 23, 0)
    (square,) = sheet.hotspots
    assert square.hours[0] == Coverage(n_promised=5, n_planned=5)
    assert square.hours[-1] == Coverage(n_promised=1)
    assert square.hours[1] == Coverage()


def test_visit_that_nobody_does_counts_once(small_plan, small_roster):
    visits = PresenceWindow(
        id="visits", hotspot=SQUARE, weekday=1, start=time(16), end=time(20),
        kind=PresenceKind.DOSAGE, n_visits=1,
    )  # fmt: skip
    sheet = sheet_of(replace(small_plan, presence_windows=(visits,)), small_roster)
    assert [cell.n_promised for cell in sheet.hotspots[0].hours] == [1]


def test_both_parts_of_a_walks_meeting_are_one(small_plan, small_roster):
    plan = replace(
        small_plan,
        safety_walks=(SafetyWalk(id=WalkId("w"), name="Vandring", site=SiteId("site-a")),),
        walk_meetings=(
            WalkMeeting(
                walk=WalkId("w"), kind=MeetingKind.WALK,
                start=at(MONDAY, "18:00"), end=at(MONDAY, "19:00"),
            ),
        ),
    )  # fmt: skip
    sheet = sheet_of(plan, small_roster)
    assert dict(sheet.measures)[MeasureKind.WALKS] == Coverage(n_promised=1)
    assert sum(gap.measure is MeasureKind.WALKS for gap in sheet.gaps) == 2


def test_schools_with_own_staff_are_told_apart(small_plan, small_roster):
    schools = tuple(
        replace(one, staffing=Staffing.OWN) if one.id == SCHOOL_B else one
        for one in small_plan.schools
    )
    sheet = sheet_of(replace(small_plan, schools=schools), small_roster)
    assert sheet.n_own_schools == 1
    assert [one.school for one in sheet.schools] == ["Askskolan"]


def test_override_is_told_without_whose_it_is(small_plan, small_roster):
    override = Override(
        id="o", week=WEEK, rule="daily-rest", staff=StaffId(OFFICERS[0]),
        start=at(MONDAY, "14:00"), values="rest_min=540 least_min=660", reason="Ingen annan",
        author="anna", at=at(FRIDAY, "10:00"),
    )  # fmt: skip
    (told,) = sheet_of(small_plan, replace(small_roster, overrides=(override,))).overrides
    assert told.values == (("rest_min", 540), ("least_min", 660))
    assert (told.author, told.reason, told.start) == ("anna", "Ingen annan", at(MONDAY, "14:00"))


def test_there_is_no_place_for_a_name_or_hours():
    found = field_names(CoverageSheet)
    assert not found & {"staff", "name", "names", "display_name", "phone", "people", "counted_min"}


def field_names(kind: object) -> set[str]:
    """Return the names of all fields that a value of ``kind`` can lead to."""
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return set().union(*(field_names(part) for part in get_args(kind)))
    return set().union(*({field.name} | field_names(field.type) for field in fields(kind)))


def test_week_without_school_or_anything_else_is_empty(small_plan, small_roster):
    week = IsoWeek(2026, 53)
    plan = replace(small_plan, presence_windows=(), staffing_needs=())
    sheet = sheet_of(plan, type(small_roster)(week=week))
    assert (sheet.measures, sheet.schools, sheet.hours, sheet.staffing) == ((), (), (), ())
    assert "Nyårsdagen" in [day.occasion for day in sheet.days]
    assert sheet.gaps == ()


@pytest.mark.parametrize(
    ("day", "n_hours"), [(date(2026, 10, 25), 7), (date(2026, 3, 29), 5), (date(2026, 11, 1), 6)]
)
def test_staffing_has_as_many_hours_as_elapse_when_the_clock_is_changed(
    small_plan, small_roster, day, n_hours
):
    need = StaffingNeed(
        id="night", skill=PATROL, weekday=7, start=time(0), end=time(6), minimum=1, needed=1
    )
    plan = replace(small_plan, staffing_needs=(need,), presence_windows=())
    sheet = sheet_of(plan, type(small_roster)(week=IsoWeek.of(day)))
    assert len(sheet.staffing) == n_hours
    assert (sheet.clock_change is not None) is (n_hours != 6)
