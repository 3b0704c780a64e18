"""Hours are counted as the rule book says, carried over, and agree with the window."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from planner.domain.counting import week_counted_min
from planner.domain.ids import ShiftId
from planner.domain.roster import Roster, Shift
from planner.domain.rules import CreditedHour
from planner.domain.spans import Span, instant
from planner.domain.staff import OpeningBalance
from planner.domain.weeks import IsoWeek
from planner.reports.hours_statement import Burdens
from planner.services.prints.hours_statements import hours_statements
from planner.services.prints.print_outs import PrintKind
from planner.services.prints.printable import EarlierWeek, PrintableWeek, draft_week, with_earlier
from planner.services.prints.printing import print_pdf
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from planner.services.week.weeks import week_view
from tests.planner.reports.samples import text
from tests.planner.small import (
    CONTACTS,
    MONDAY,
    OFFICERS,
    POLICE_BOOK,
    WEDNESDAY,
    WEEK,
    ZONE,
    at,
    save_draft,
)

P1 = OFFICERS[0]
EVENINGS_MIN = 5 * 450
FULL_MIN = 2400


def statement(plan, roster, *earlier, staff=P1):
    known = tuple(
        EarlierWeek(plan=plan, roster=one, number=number, published_at=at(MONDAY, "08:00"))
        for number, one in enumerate(earlier, start=1)
    )
    printed = PrintableWeek(plan=plan, roster=roster, duties=(), earlier=known)
    return hours_statements(printed)[staff]


def moved(roster, n_weeks):
    """Return the same shifts some weeks later, as far as no clock is changed between."""
    away = timedelta(weeks=n_weeks)

    def later(spans):
        return tuple(Span(one.start + away, one.end + away) for one in spans)

    shifts = tuple(
        replace(one, id=ShiftId(f"{one.id}+{n_weeks}"), day=one.day + away,
                parts=later(one.parts), breaks=later(one.breaks))
        for one in roster.shifts
    )  # fmt: skip
    return Roster(week=roster.week.shifted(n_weeks), shifts=shifts)


def opened(plan, day, **more):
    balance = OpeningBalance(staff=P1, day=day, balance_min=150, n_evenings=4, **more)
    return replace(plan, opening_balances=(balance,))


def test_hours_are_those_of_the_window(drafted):
    made = hours_statements(draft_week(drafted, WEEK))
    rows = {row.staff: row for row in week_view(drafted, WEEK).people}
    assert made.keys() == rows.keys()
    for staff, one in made.items():
        week = one.weeks[-1]
        assert (week.counted_min, week.target_min) == (
            rows[staff].counted_min,
            rows[staff].target_min,
        )
        assert week.balance_min == week.counted_min - week.target_min


def test_credited_minutes_and_bound_time_stand_apart(small_plan, small_roster):
    credited = tuple(
        CreditedHour(
            rule_book=POLICE_BOOK, weekday=day, start=time(20), end=time(22), credited_min=4
        )
        for day in range(1, 6)
    )
    plan = replace(small_plan, credited_hours=credited)
    week = statement(plan, small_roster).weeks[-1]
    assert (week.worked_min, week.credited_min, week.bound_min) == (EVENINGS_MIN, 40, 0)
    assert week.counted_min == week_counted_min(plan, P1, WEEK, small_roster.shifts)
    bound = statement(plan, small_roster, staff=OFFICERS[2]).weeks[-1]
    assert (bound.worked_min, bound.bound_min) == (0, 180)


def test_absent_days_take_their_share_off_and_are_told(small_plan, small_roster):
    week = statement(small_plan, small_roster, staff=CONTACTS[3]).weeks[-1]
    assert week.absent_days == WEEK.days[:2]
    assert week.target_min == 3 * FULL_MIN * 60 // 500


def test_balance_is_carried_from_the_opening_through_the_weeks(small_plan, small_roster):
    plan = opened(small_plan, WEEK.shifted(-1).monday)
    made = statement(plan, small_roster, moved(small_roster, -2), moved(small_roster, -1))
    missing = FULL_MIN - EVENINGS_MIN
    assert [week.week.week for week in made.weeks] == [46, 47, 48]
    assert [week.balance_min for week in made.weeks] == [None, 150 - missing, 150 - 2 * missing]
    assert made.unknown_weeks == ()
    assert made.burdens == Burdens(n_evenings=4 + 10)
    assert made.weeks[0].burdens == Burdens(n_evenings=5)


def test_opening_in_the_middle_of_a_week_counts_the_days_after_it(small_plan, small_roster):
    made = statement(opened(small_plan, WEDNESDAY), small_roster)
    assert made.weeks[-1].balance_min == 150 + 3 * 450 - 3 * FULL_MIN // 5
    assert made.burdens.n_evenings == 4 + 3


def test_weeks_before_those_shown_are_summed_and_unknown_ones_named(small_plan, small_roster):
    plan = opened(small_plan, WEEK.shifted(-6).monday)
    made = statement(plan, small_roster, moved(small_roster, -5), moved(small_roster, -1))
    missing = FULL_MIN - EVENINGS_MIN
    assert (made.n_earlier_weeks, made.earlier_min) == (1, -missing)
    assert [week.week for week in made.unknown_weeks] == [42, 44, 45, 46]
    assert made.weeks[-1].balance_min == 150 - 3 * missing


def test_latest_opening_until_then_holds(small_plan, small_roster):
    later = OpeningBalance(staff=P1, day=WEEK.days[-1] + timedelta(days=1), balance_min=999)
    first = OpeningBalance(staff=P1, day=date(2026, 1, 1), balance_min=1)
    plan = opened(small_plan, MONDAY)
    plan = replace(plan, opening_balances=(later, *plan.opening_balances, first))
    assert statement(plan, small_roster).opening.balance_min == 150


def test_without_an_opening_the_balance_begins_with_the_weeks_shown(small_plan, small_roster):
    made = statement(small_plan, small_roster, moved(small_roster, -4), moved(small_roster, -1))
    assert made.opening is None
    assert [week.week.week for week in made.weeks] == [47, 48]
    assert made.weeks[-1].balance_min == 2 * (EVENINGS_MIN - FULL_MIN)
    assert [week.week for week in made.unknown_weeks] == [45, 46]


@pytest.mark.parametrize(
    ("sunday", "worked"), [(date(2026, 10, 25), 9 * 60), (date(2026, 3, 29), 7 * 60)]
)
def test_night_over_a_clock_change_counts_as_it_elapses(small_plan, sunday, worked):
    week, saturday = IsoWeek.of(sunday), sunday - timedelta(days=1)
    night = Shift(
        id=ShiftId("n"), staff=P1, day=saturday, shift_type=None,
        parts=(Span(instant(saturday, time(22), ZONE), instant(sunday, time(6), ZONE)),),
    )  # fmt: skip
    made = statement(small_plan, Roster(week=week, shifts=(night,)))
    assert made.weeks[-1].worked_min == worked
    assert made.weeks[-1].burdens == Burdens(n_nights=1, n_weekends=1)
    assert made.clock_change is not None


def test_weeks_before_are_read_from_what_was_published(drafted, small_roster):
    earlier = moved(small_roster, -1)
    save_draft(drafted, earlier)
    windows = uncovered_windows(drafted, earlier.week)
    publish(drafted, earlier.week, {one.duty: Decision.CANCELLED for one in windows})
    save_draft(drafted, Roster(week=earlier.week))
    printed = with_earlier(drafted, draft_week(drafted, WEEK))
    (found,) = printed.earlier
    assert (found.number, found.roster.week) == (1, earlier.week)
    first, last = hours_statements(printed)[P1].weeks
    assert (first.version, first.counted_min) == (1, EVENINGS_MIN)
    assert (last.version, last.counted_min) == (None, EVENINGS_MIN)
    said = text(print_pdf(drafted, WEEK, PrintKind.HOURS, P1, is_draft=True))
    assert "Vecka 47" in said
    assert "version 1" in said
