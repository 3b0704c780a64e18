"""Everybody's week is what the window shows."""

from dataclasses import replace
from datetime import time, timedelta

from planner.domain.demand import make_duties
from planner.domain.ids import ShiftId
from planner.domain.places import PresenceKind, PresenceWindow
from planner.domain.roster import Assignment
from planner.domain.staff import Standby
from planner.reports.week_roster import RosterDuty
from planner.services.prints.printable import PrintableWeek, draft_week, published_week
from planner.services.prints.week_rosters import week_rosters
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from planner.services.week.weeks import week_view
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, OFFICERS, SQUARE, WEEK, at, span


def roster_of(plan, roster):
    duties = make_duties(plan, roster.week)
    return week_rosters(PrintableWeek(plan=plan, roster=roster, duties=duties))[""]


def person(made, name):
    return next(one for group in made.groups for one in group.people if one.display_name == name)


def test_hours_and_shifts_are_those_of_the_window(drafted):
    made = week_rosters(draft_week(drafted, WEEK))[""]
    for row in week_view(drafted, WEEK).people:
        own = person(made, row.name)
        assert (own.counted_min, own.target_min) == (row.counted_min, row.target_min)
        assert [[one.code for one in day.shifts] for day in own.days] == [
            [one.code for one in day.shifts] for day in row.days
        ]
        assert [day.is_absent for day in own.days] == [day.is_absent for day in row.days]


def test_people_stand_by_employer_and_squad_with_how_many_are_at_work(small_plan, small_roster):
    made = roster_of(small_plan, small_roster)
    assert [(group.employer, group.squad, len(group.people)) for group in made.groups] == [
        ("Kommunen", "", 4),
        ("Polisen", "Squad 1", 4),
    ]
    assert [group.n_at_work for group in made.groups] == [(2, 2, 2, 2, 2, 0, 0)] * 2
    assert [(code.employer, code.code) for code in made.codes] == [
        ("Kommunen", "S"),
        ("Polisen", "E"),
    ]
    assert made.codes[0].times == ((time(7), time(9)), (time(13), time(16)))


def test_days_tell_of_bound_time_stand_by_and_fixed_free_days(small_plan, small_roster):
    standby = Standby(
        id="s", staff=OFFICERS[2], start=at(FRIDAY, "20:00"),
        end=at(FRIDAY + timedelta(days=1), "04:00"),
    )  # fmt: skip
    plan = replace(
        small_plan,
        standbys=(standby,),
        contracts=tuple(
            replace(one, free_weekdays="3") if one.staff == CONTACTS[2] else one
            for one in small_plan.contracts
        ),
    )
    made = roster_of(plan, small_roster)
    officer = person(made, "Polis Nr3")
    assert officer.days[1].bound == (span(MONDAY + timedelta(days=1), "09:00", "12:00"),)
    assert officer.days[4].standby == (standby.span,)
    assert not officer.days[5].standby
    assert [day.is_fixed_free for day in person(made, "Kontakt Nr3").days] == [
        False, False, True, False, False, False, False,
    ]  # fmt: skip
    assert [day.is_absent for day in person(made, "Kontakt Nr4").days[:3]] == [True, True, False]


def test_places_are_counted_by_the_day_of_the_shift_also_after_midnight(small_plan, small_roster):
    tuesday = MONDAY + timedelta(days=1)
    late = PresenceWindow(
        id="late", hotspot=SQUARE, weekday=2, start=time(0, 30), end=time(1),
        kind=PresenceKind.CONTINUOUS,
    )  # fmt: skip
    plan = replace(small_plan, presence_windows=(*small_plan.presence_windows, late))
    night = replace(
        small_roster.shifts[-5],
        id=ShiftId("n"),
        staff=OFFICERS[3],
        day=MONDAY,
        parts=(replace(span(MONDAY, "20:00", "21:00"), end=at(tuesday, "04:00")),),
        breaks=(),
    )
    done = Assignment(
        duty=f"late/{tuesday}/1", staff=OFFICERS[3],
        start=at(tuesday, "00:30"), end=at(tuesday, "01:00"),
    )  # fmt: skip
    roster = replace(
        small_roster,
        shifts=(*small_roster.shifts, night),
        assignments=(*small_roster.assignments, done),
    )
    days = person(roster_of(plan, roster), "Polis Nr4").days
    assert days[0].duties == (RosterDuty(title="Torget", n=1),)
    assert days[1].duties == ()
    assert person(roster_of(plan, roster), "Kontakt Nr1").days[0].duties == (
        RosterDuty(title="Askskolan", n=2),
    )


def test_publication_and_draft_tell_the_same_but_for_the_edition(drafted):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {window.duty: Decision.CANCELLED for window in windows})
    made = week_rosters(published_week(drafted, WEEK))[""]
    draft = week_rosters(draft_week(drafted, WEEK))[""]
    assert made.version == 1
    assert replace(made, version=None, published_at=None) == replace(draft, days=made.days)
