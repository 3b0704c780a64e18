"""What the documents of a day are made of: briefings and lists of duties."""

from dataclasses import fields, is_dataclass, replace
from datetime import time
from typing import get_args

import pytest

from planner.domain.demand import make_duties
from planner.domain.ids import SiteId, WalkId
from planner.domain.places import (
    InformationSession,
    MeetingKind,
    PresenceKind,
    PresenceWindow,
    SafetyWalk,
    WalkMeeting,
)
from planner.domain.staff import Absence, StaffSkill
from planner.domain.weeks import IsoWeek
from planner.reports.briefing import Briefing
from planner.reports.school_sheet import Presence
from planner.services.prints.briefings import briefings
from planner.services.prints.duty_lists import duty_lists
from planner.services.prints.printable import PrintableWeek, draft_week, published_week
from planner.services.publish.person_weeks import PersonWeekMaker
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner.small import (
    FRIDAY,
    LEAD,
    MONDAY,
    OFFICERS,
    PATROL,
    SQUARE,
    WEEK,
    ZONE,
    at,
    span,
)

P1, P2 = OFFICERS[:2]


def printable(plan, roster, **more):
    return PrintableWeek(plan=plan, roster=roster, duties=make_duties(plan, roster.week), **more)


@pytest.fixture
def monday(small_plan, small_roster):
    """Monday's briefing, of the small plan with some records and assignments changed."""

    def make(assignments=None, **records):
        plan = replace(small_plan, **records)
        done = small_roster.assignments if assignments is None else assignments
        week = printable(plan, replace(small_roster, assignments=tuple(done)))
        return briefings(week)[str(MONDAY)]

    return make


def test_briefing_knows_leads_crews_and_who_stands_at_the_square(monday):
    day = monday()
    assert [(one.name, one.crew, one.squad) for one in day.leads] == [("Polis Nr1", "1", "Squad 1")]
    (crew,) = day.crews
    assert (crew.label, crew.shift) == ("1", "E Evening")
    assert [one.name for one in crew.members] == ["Polis Nr1", "Polis Nr2"]
    ((stop,),) = [window.stops for place in day.hotspots for window in place.windows]
    assert (stop.span, stop.missing) == (span(MONDAY, "16:00", "17:00"), 0)
    assert [(one.label, one.names) for one in stop.crews] == [("1", ("Polis Nr1", "Polis Nr2"))]


def test_of_several_who_may_lead_the_briefing_names_whom_everybodys_own_week_names(
    small_plan, small_roster, monday
):
    may_lead = (*small_plan.staff_skills, StaffSkill(staff=P2, skill=LEAD))
    plan = replace(small_plan, staff_skills=may_lead)
    weeks = PersonWeekMaker(plan=plan, roster=small_roster, duties=make_duties(plan, WEEK)).weeks()
    own = {staff: {one.officer_in_charge for one in week.days[0].shifts} for staff, week in weeks}
    assert [one.name for one in monday(staff_skills=may_lead).leads] == ["Polis Nr1"]
    assert own[P1] == {""}, "who is in charge"
    assert own[P2] == {"Polis Nr1"}


def test_stays_of_one_crew_are_one_and_a_missing_one_stands_alone(small_plan, small_roster, monday):
    long = PresenceWindow(
        id="long", hotspot=SQUARE, weekday=1, start=time(15), end=time(19),
        kind=PresenceKind.CONTINUOUS,
    )  # fmt: skip
    plan = replace(small_plan, presence_windows=(long,))
    stays = [duty for duty in make_duties(plan, WEEK) if duty.source == SQUARE]
    model = small_roster.assignments[0]
    done = [
        replace(model, duty=duty.id, staff=staff, start=duty.span.start, end=duty.span.end)
        for duty in stays[:3]
        for staff in (P1, P2)
    ]
    (window,) = monday(done, presence_windows=(long,)).hotspots[0].windows
    assert window.span == span(MONDAY, "15:00", "19:00")
    assert [(stop.span, stop.missing) for stop in window.stops] == [
        (span(MONDAY, "15:00", "18:00"), 0),
        (span(MONDAY, "18:00", "19:00"), 2),
    ]


def test_visits_that_nobody_does_show_when_they_may_be(monday):
    visits = PresenceWindow(
        id="dose", hotspot=SQUARE, weekday=1, start=time(15), end=time(21),
        kind=PresenceKind.DOSAGE, n_visits=3,
    )  # fmt: skip
    (window,) = monday([], presence_windows=(visits,)).hotspots[0].windows
    assert window.n_planned == 0
    assert [stop.number for stop in window.stops] == [1, 2, 3]
    assert all(stop.missing == 2 and stop.minutes <= 16 for stop in window.stops)
    assert all(stop.span.minutes > stop.minutes for stop in window.stops)


def test_walks_are_told_by_the_polices_part_and_sessions_if_officers_hold_them(monday):
    walk = SafetyWalk(id=WalkId("walk"), name="Vandring", site=SiteId("site-square"))
    meeting = WalkMeeting(
        walk=walk.id, kind=MeetingKind.FOLLOW_UP, start=at(MONDAY, "18:30"), end=at(MONDAY, "20:00")
    )
    session = InformationSession(
        id="info", name="Om rån", site=SiteId("site-a"), day=MONDAY, earliest_start=time(9),
        latest_start=time(9), duration_min=45, skill=PATROL, is_crew=True,
    )  # fmt: skip
    day = monday(safety_walks=(walk,), walk_meetings=(meeting,), information_sessions=(session,))
    assert [(one.title, one.meeting, one.place, one.stop.missing) for one in day.events] == [
        ("Om rån", None, "Askskolan", 2),
        ("Vandring", MeetingKind.FOLLOW_UP, "Torget", 2),
    ]


def test_both_parts_of_a_walk_are_listed_with_the_desk_of_whose_people_they_ask_for(
    small_plan, small_roster
):
    walk = SafetyWalk(id=WalkId("walk"), name="Vandring", site=SiteId("site-square"))
    meeting = WalkMeeting(
        walk=walk.id, kind=MeetingKind.WALK, start=at(MONDAY, "18:30"), end=at(MONDAY, "20:00")
    )
    plan = replace(small_plan, safety_walks=(walk,), walk_meetings=(meeting,))
    day = duty_lists(printable(plan, small_roster))[str(MONDAY)]
    parts = {one.is_crew: (one.missing, one.desk) for one in day.duties if one.title == "Vandring"}
    assert parts == {True: (2, "114 14"), False: (1, "021-39 00 01")}


def test_absence_is_told_in_the_crew_and_of_the_day_without_contact_persons(monday, small_plan):
    away = Absence(id="x", staff=P2, start=at(MONDAY, "00:00"), end=at(MONDAY, "23:00"))
    day = monday(absences=(*small_plan.absences, away))
    assert [one.is_absent for one in day.crews[0].members] == [False, True]
    assert [one.name for one in day.absent] == ["Polis Nr2"]


def test_briefing_has_no_place_for_contacts_phones_hours_or_causes():
    forbidden = ("phone", "contact", "hours", "balance", "cause", "reason", "note")
    found = field_names(Briefing)
    assert {"is_absent", "missing"} <= found
    assert not [name for name in found - {"notice"} if any(word in name for word in forbidden)]


def field_names(kind: object) -> set[str]:
    """Return the names of all fields that a value of ``kind`` can lead to."""
    if not (isinstance(kind, type) and is_dataclass(kind)):
        return set().union(*(field_names(part) for part in get_args(kind)))
    return set().union(*({field.name} | field_names(field.type) for field in fields(kind)))


def test_publication_and_draft_tell_the_same_but_for_the_edition(drafted):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {one.duty: Decision.CANCELLED for one in windows})
    published, draft = published_week(drafted, WEEK), draft_week(drafted, WEEK)
    for documents in (briefings, duty_lists):
        for day, made in documents(published).items():
            drawn = documents(draft)[day]
            assert (made.version, drawn.version, made.replaces) == (1, None, None)
            edition = {"version": None, "published_at": None}
            same = replace(made, **edition)
            if documents is briefings or day != str(FRIDAY):
                assert same == drawn
    (one,) = [d for d in duty_lists(published)[str(FRIDAY)].duties if d.missing]
    assert one.decided is Presence.CANCELLED
    assert not one.is_gap
    (one,) = [d for d in duty_lists(draft)[str(FRIDAY)].duties if d.missing]
    assert one.is_gap


def test_duties_of_a_day_are_listed_by_time_with_numbers_of_the_service(small_plan, small_roster):
    day = duty_lists(printable(small_plan, small_roster))[str(MONDAY)]
    assert [(one.title, one.crew) for one in day.duties] == [
        ("Askskolan", ""), ("Björkskolan", ""), ("Askskolan", ""), ("Björkskolan", ""),
        ("Torget", "1"),
    ]  # fmt: skip
    assert [(one.display_name, one.phone) for one in day.duties[0].people] == [
        ("Kontakt Nr1", "021-39 01 01")
    ]
    assert (day.duties[0].desk, day.duties[-1].desk) == ("021-39 02 00", "114 14")


@pytest.mark.parametrize(
    ("week", "day", "expected"),
    [
        (IsoWeek(2026, 43), 6, "2026-10-25T02:00:00+01:00"),
        (IsoWeek(2026, 13), 6, "2026-03-29T03:00:00+02:00"),
        (IsoWeek(2026, 43), 5, None),
    ],
)
def test_day_says_when_its_clock_is_changed(small_plan, small_roster, week, day, expected):
    empty = replace(small_roster, week=week, shifts=(), assignments=())
    found = briefings(printable(small_plan, empty))[str(week.days[day])].clock_change
    assert (found.astimezone(ZONE).isoformat() if found else None) == expected


def test_night_before_a_clock_change_says_so_too(small_plan, small_roster):
    week = IsoWeek(2026, 43)
    saturday, sunday = week.days[5:]
    night = replace(
        small_roster.shifts[-1],
        id="night",
        day=saturday,
        parts=(replace(span(saturday, "22:00", "23:00"), end=at(sunday, "06:00")),),
    )
    roster = replace(small_roster, week=week, shifts=(night,), assignments=())
    assert (
        briefings(printable(small_plan, roster))[str(saturday)].clock_change
        == at(sunday, "02:00") + (at(sunday, "03:00") - at(sunday, "02:00")) / 2
    )
