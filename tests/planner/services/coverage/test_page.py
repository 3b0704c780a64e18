"""What the coverage page shows of a week, and of the weeks around it."""

from dataclasses import fields, is_dataclass, replace
from datetime import time
from typing import get_args, get_type_hints

from planner.domain.coverage_counts import Coverage
from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.promises import MeasureKind
from planner.domain.roster import Roster, Shift
from planner.domain.shifts import BaseRoster, BaseRosterMember, BaseRosterShift
from planner.domain.spans import Span
from planner.services.coverage.fairness import make_fairness
from planner.services.coverage.page import coverage_view
from planner.services.coverage.trend import N_WEEKS_AFTER, N_WEEKS_BEFORE, CoverageTrend
from planner.services.coverage.views import Burden, CoverageView, EveningHours
from planner.services.prints.coverage_sheets import coverage_sheets
from planner.services.prints.printable import draft_week
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision, WeekState
from tests.planner import small
from tests.planner.small import (
    CONTACTS,
    EVENING,
    FRIDAY,
    MONDAY,
    OFFICERS,
    SCHOOL_A,
    SCHOOL_B,
    SQUARE,
    TUESDAY,
    WEEK,
    at,
    save_draft,
    span,
)
from tests.planner.writing import put_plan

SUNDAY = WEEK.shifted(-1).days[-1]


def published(drafted, decision=Decision.OWN_STAFF):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {window.duty: decision for window in windows})
    return drafted


def moved_to_morning(roster, staff, day):
    """Return a roster in which an evening shift of 14–22 is worked from 6 to 14 instead."""
    early = (span(day, "06:00", "14:00"),)
    return replace(
        roster,
        shifts=tuple(
            replace(shift, parts=early, breaks=())
            if (shift.staff, shift.day) == (staff, day)
            else shift
            for shift in roster.shifts
        ),
    )


def test_page_and_printed_sheet_count_the_same(drafted):
    view, sheet = coverage_view(drafted, WEEK), coverage_sheets(draft_week(drafted, WEEK))[""]
    assert view.measures == sheet.measures
    assert view.total == sheet.total == Coverage(n_promised=23, n_planned=22)
    assert view.hours == sheet.hours
    assert [[cell.coverage for cell in row.cells] for row in view.schools] == [
        list(row.days) for row in sheet.schools
    ]
    assert [[cell.coverage for cell in row.cells] for row in view.hotspots] == [
        list(row.hours) for row in sheet.hotspots
    ]
    assert len(view.gaps) == len(sheet.gaps)
    assert view.n_below_minimum == sheet.n_below_minimum


def test_cells_lead_to_the_day_that_lacks_people(drafted, small_roster):
    school = next(row for row in coverage_view(drafted, WEEK).schools if row.source == SCHOOL_B)
    assert school.cells[4].lacking == (FRIDAY,)
    assert school.cells[4].day == FRIDAY
    assert school.cells[2].day is None  # a study day
    assert school.cells[0].lacking == ()
    assert school.cells[0].day == MONDAY
    gone = f"square-2/{TUESDAY}/1"
    done = tuple(one for one in small_roster.assignments if one.duty != gone)
    save_draft(drafted, replace(small_roster, assignments=done))
    (square,) = coverage_view(drafted, WEEK).hotspots
    assert square.source == SQUARE
    (cell,) = square.cells  # presence at 16, all days together
    assert [day for day, _coverage in cell.by_day] == list(WEEK.days[:5])
    assert cell.lacking == (TUESDAY,)
    assert cell.day == TUESDAY
    assert cell.on(TUESDAY).coverage == Coverage(n_promised=1)
    assert cell.on(MONDAY).coverage == Coverage(n_promised=1, n_planned=1)
    assert cell.on(WEEK.days[6]).day is None


def test_gaps_come_by_harm(drafted, small_roster):
    gone = {f"square-2/{TUESDAY}/1", f"{SCHOOL_A}/{MONDAY}/before-1"}
    done = tuple(one for one in small_roster.assignments if one.duty not in gone)
    save_draft(drafted, replace(small_roster, assignments=done))
    view = coverage_view(drafted, WEEK)
    orders = [one.harm.order for one in view.gaps]
    assert orders == sorted(orders)
    square = next(one for one in view.gaps if one.source == SQUARE)
    assert (square.measure, square.day) == (MeasureKind.PRESENCE, TUESDAY)
    assert square.harm.people_min == 2 * 60  # a crew for an hour
    school = [one for one in view.gaps if one.measure is MeasureKind.CONTACT_PERSONS]
    assert view.gaps.index(square) < min(map(view.gaps.index, school))


def test_a_decided_window_is_no_gap(drafted):
    view = coverage_view(published(drafted), WEEK)
    assert view.state is WeekState.PUBLISHED
    assert view.total.n_own_staff == 1
    assert view.total.n_gaps == 0
    assert [one for one in view.gaps if one.measure is MeasureKind.CONTACT_PERSONS] == []


def test_a_week_without_a_roster_tells_nothing(small_open):
    view = coverage_view(small_open, WEEK)
    assert view.state is WeekState.EMPTY
    assert (view.measures, view.gaps, view.schools, view.fairness.spreads) == ((), (), (), ())


def test_evening_moved_after_publishing_is_counted(drafted, small_roster):
    open_plan = published(drafted)
    assert coverage_view(open_plan, WEEK).evening.since_published.moved_min == 0
    save_draft(drafted, moved_to_morning(small_roster, OFFICERS[0], MONDAY))
    found = coverage_view(open_plan, WEEK).evening.since_published
    assert found.before_min == 2 * 5 * 300  # two officers, five days, 17–22
    assert found.moved_min == 300


def test_publishing_again_does_not_hide_what_was_moved(drafted, small_roster):
    open_plan = published(drafted)
    save_draft(drafted, moved_to_morning(small_roster, OFFICERS[0], MONDAY))
    publish(open_plan, WEEK, {})
    view = coverage_view(open_plan, WEEK)
    assert view.version == 2
    assert view.evening.since_published.moved_min == 300


def test_evening_moved_from_the_base_roster_is_counted(small_open, small_roster):
    plan = replace(
        small_open.plan,
        base_rosters=(BaseRoster(id="base", name="Base", n_weeks=1, first_monday=MONDAY),),
        base_roster_shifts=(
            BaseRosterShift(base_roster="base", week=1, weekday=1, shift_type=EVENING),
        ),
        base_roster_members=(BaseRosterMember(base_roster="base", staff=OFFICERS[0]),),
    )
    with small_open.changing("test") as store:
        put_plan(store, plan)
    save_draft(small_open, moved_to_morning(small_roster, OFFICERS[0], MONDAY))
    evening = coverage_view(small_open, WEEK).evening
    assert evening.since_published is None
    assert (evening.since_base.before_min, evening.since_base.moved_min) == (300, 0)
    # The other evenings of that officer's week came in, so none was lost over the week.
    shifts = tuple(
        shift
        for shift in moved_to_morning(small_roster, OFFICERS[0], MONDAY).shifts
        if shift.staff != OFFICERS[0] or shift.day == MONDAY
    )
    save_draft(small_open, replace(small_roster, shifts=shifts))
    assert coverage_view(small_open, WEEK).evening.since_base.moved_min == 300


def test_evening_hours_stand_against_need_and_the_days_surplus(drafted):
    hours = coverage_view(drafted, WEEK).evening.hours
    assert (hours.needed, hours.day_needed) == (0, 6)  # the need is from 15 to 17
    assert hours.day_surplus == 0


def test_lone_duty_after_dusk_marks_the_cell(drafted, small_roster):
    assert coverage_view(drafted, WEEK).lone == ()  # the windows end before sunset
    later = tuple(
        replace(one, start=one.start, end=span(FRIDAY, "14:00", "16:00").end)
        if one.duty == f"{SCHOOL_A}/{FRIDAY}/after-1"
        else one
        for one in small_roster.assignments
    )
    save_draft(drafted, replace(small_roster, assignments=later))
    view = coverage_view(drafted, WEEK)
    assert [one.duty.source for one in view.lone] == [SCHOOL_A]
    school = next(row for row in view.schools if row.source == SCHOOL_A)
    assert [cell.is_lone for cell in school.cells] == [False] * 4 + [True] + [False] * 2


def test_burdens_are_told_of_groups_not_of_people(drafted):
    fairness = coverage_view(drafted, WEEK).fairness
    assert (fairness.first, fairness.last) == (WEEK.shifted(-3), WEEK)
    assert fairness.n_known == 1
    of_burden = {spread.burden: spread.distributions for spread in fairness.spreads}
    (evenings,) = of_burden[Burden.EVENINGS]  # four of each employer: too few to tell of alone
    assert evenings.groups == ("Kommunen", "Polisen")
    assert evenings.counts == (6, 0, 0, 0, 0, 2)
    (weekends,) = of_burden[Burden.WEEKENDS]
    assert weekends.counts == (8,)


def test_short_rests_reach_back_over_the_first_weeks_beginning(small_plan):
    first = WEEK
    sunday = WEEK.shifted(-1).days[-1]

    def shift(day, start, end):
        return Shift(
            id=ShiftId(f"s/{day}"),
            staff=OFFICERS[0],
            day=day,
            shift_type=None,
            parts=(span(day, start, end),),
        )

    shifts = (shift(sunday, "14:00", "22:00"), shift(MONDAY, "07:00", "15:00"))
    fairness = make_fairness(small_plan, first, WEEK, shifts)
    of_burden = {spread.burden: spread.distributions for spread in fairness.spreads}
    (short,) = of_burden[Burden.SHORT_RESTS]
    assert short.counts == (7, 1)
    (evenings,) = of_burden[Burden.EVENINGS]
    assert evenings.counts == (8,)  # Sunday's evening is of the week before


def _types(hint, seen):
    """Collect every type that a value of ``hint`` can hold."""
    for inner in get_args(hint):
        _types(inner, seen)
    if isinstance(hint, type) and is_dataclass(hint) and hint not in seen:
        seen.add(hint)
        hints = get_type_hints(hint)
        for field in fields(hint):
            _types(hints[field.name], seen)
    else:
        seen.add(hint)


def test_page_has_no_place_for_a_person(drafted):
    seen = set()
    _types(CoverageView, seen)
    assert StaffId not in seen
    assert Shift not in seen
    shown = repr(coverage_view(published(drafted), WEEK))
    for member in small.make_plan().staff:
        assert f"'{member.id}'" not in shown
        assert member.display_name not in shown
    assert CONTACTS[0] in repr(drafted.store.load_roster(WEEK))


def test_trend_has_published_weeks_else_drafts(drafted, small_roster):
    trend = CoverageTrend(drafted)
    weeks = trend.around(WEEK)
    assert len(weeks) == N_WEEKS_BEFORE + 1 + N_WEEKS_AFTER
    (week,) = [one for one in weeks if one.state is not WeekState.EMPTY]
    assert (week.week, week.state, week.total.percent) == (WEEK, WeekState.DRAFT, 95)
    published(drafted)
    save_draft(drafted, replace(small_roster, assignments=()))
    week = trend.around(WEEK)[N_WEEKS_BEFORE]
    assert (week.state, week.number) == (WeekState.PUBLISHED, 1)
    assert week.total == Coverage(n_promised=23, n_planned=22, n_own_staff=1)


def test_trend_counts_the_evening_that_became_day_work(drafted, small_roster):
    trend = CoverageTrend(drafted)
    assert trend.around(WEEK)[N_WEEKS_BEFORE].moved_min is None  # never published
    open_plan = published(drafted)
    assert trend.around(WEEK)[N_WEEKS_BEFORE].moved_min == 0
    save_draft(drafted, moved_to_morning(small_roster, OFFICERS[0], MONDAY))
    publish(open_plan, WEEK, {})
    assert trend.around(WEEK)[N_WEEKS_BEFORE].moved_min == 300


def test_trend_and_page_count_the_evenings_need_alike(drafted):
    plan = replace(
        drafted.plan,
        staffing_needs=tuple(
            replace(need, start=time(16), end=time(20)) for need in drafted.plan.staffing_needs
        ),
    )
    with drafted.changing("test") as store:
        put_plan(store, plan)
    found = coverage_view(drafted, WEEK).evening.hours
    # Two of three, but nobody from 18 to 18:30: both have their break.
    assert found == EveningHours(needed=9, covered=4, n_below_minimum=1, day_needed=3)
    assert CoverageTrend(drafted).around(WEEK)[N_WEEKS_BEFORE].evening == found


def test_a_night_from_the_week_before_counts_alike_in_trend_and_page(drafted, small_roster):
    plan = replace(
        drafted.plan,
        staffing_needs=tuple(
            replace(need, start=time(0), end=time(6)) for need in drafted.plan.staffing_needs
        ),
    )
    with drafted.changing("test") as store:
        put_plan(store, plan)
    night = replace(
        small_roster.shifts[0],
        id=ShiftId("night"),
        staff=StaffId(OFFICERS[0]),
        day=SUNDAY,
        parts=(Span(at(SUNDAY, "22:00"), at(MONDAY, "06:00")),),
        breaks=(),
    )
    save_draft(drafted, Roster(week=WEEK.shifted(-1), shifts=(night,)))
    found = coverage_view(drafted, WEEK).evening.hours
    assert found.covered == 6
    assert CoverageTrend(drafted).around(WEEK)[N_WEEKS_BEFORE].evening == found
    published(drafted)
    assert CoverageTrend(drafted).around(WEEK)[N_WEEKS_BEFORE].evening == found


def test_a_week_of_which_only_counts_are_kept_is_told_as_first_published(drafted):
    before = published(drafted).store.planned_duties(WEEK, WEEK)
    (last,) = {one.week for one in before}
    with drafted.store.transaction("test"):
        drafted.store.add_planned_duties(
            replace(one, duty=DutyId(f"old/{one.duty}"), week=last.shifted(-1), publication=0)
            for one in before
        )
    trend = CoverageTrend(drafted).around(WEEK)
    old, now = trend[N_WEEKS_BEFORE - 1], trend[N_WEEKS_BEFORE]
    assert (old.state, old.has_only_counts) == (WeekState.PUBLISHED, True)
    assert old.measures == now.measures
    assert old.total == Coverage(n_promised=23, n_planned=22, n_own_staff=1)
    assert old.evening == EveningHours()


def test_trend_says_how_far_it_is_and_can_be_stopped(drafted):
    told = []
    CoverageTrend(drafted).around(WEEK, on_progress=told.append)
    assert told == [(n, 12) for n in range(12)]
    assert CoverageTrend(drafted).around(WEEK, should_stop=lambda: True) == ()
