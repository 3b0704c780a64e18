"""What a planner reads of everybody's week."""

from datetime import UTC, datetime, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.reports.week_edition import WeekDay
from planner.reports.week_roster import (
    RosterDay,
    RosterDuty,
    RosterGroup,
    RosterPerson,
    RosterShift,
    ShiftCode,
    WeekRoster,
)
from planner.reports.week_roster_pdf import render_week_rosters
from tests.planner.reports.samples import DAYS, LONG_NAME, WEEK, pages, paper, span, text

A_DAY = DAYS[0]
SPLIT = RosterShift(
    code="DE", parts=(span(A_DAY, "06:45", "09:30"), span(A_DAY, "12:45", "17:00")), crew="3"
)


def person(name="Anna B", first=None, **more):
    days = (first or RosterDay(day=A_DAY), *(RosterDay(day=day) for day in DAYS[1:]))
    values = {"display_name": name, "counted_min": 2310, "target_min": 2400, "days": days}
    return RosterPerson(**values | more)


def group(*people, **more):
    values = {"employer": "Polisen", "squad": "Turlag 1", "n_at_work": (1, 0, 0, 0, 0, 0, 7)}
    return RosterGroup(people=people, **values | more)


def roster(*groups, **more):
    code = ShiftCode(
        employer="Polisen", code="N", name="Natt", times=((time(22), time(6)),), break_min=30
    )
    values = {
        "week": WEEK,
        "version": 3,
        "replaces": 2,
        "published_at": datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        "zone": "Europe/Stockholm",
        "days": tuple(WeekDay(day=day, is_free=day.isoweekday() > 5) for day in DAYS),
        "groups": groups,
        "codes": (code,),
    }
    return WeekRoster(**values | more)


def test_person_has_shifts_times_places_and_hours():
    day = RosterDay(
        day=A_DAY,
        shifts=(SPLIT,),
        duties=(RosterDuty(title="Persboskolan", n=2), RosterDuty(title="Torget", n=1)),
    )
    pdf = render_week_rosters([roster(group(person(first=day, rate_percent=80, is_lead=True)))])
    said = text(pdf)
    for part in (
        "SCHEMA", "Vecka 48, 23–29 november 2026", "1 person · 1 pass", "Polisen · Turlag 1",
        "Anna B", "80 % · yttre befäl", "DE 06:45–09:30", "12:45–17:00", "patrull 3",
        "Persboskolan ×2, Torget", "38:30", "av 40:00", "Version 3", "ersätter version 2",
        "Passkoder", "22:00–06:00 · rast 30 min", "sida 1 av 1",
    ):  # fmt: skip
        assert part in said, part
    assert all(width > height for width, height in paper(pdf))


def test_absence_bound_time_stand_by_and_fixed_free_days_are_told_without_why():
    people = (
        person(first=RosterDay(day=A_DAY, is_absent=True, is_fixed_free=True)),
        person(first=RosterDay(day=A_DAY, bound=(span(A_DAY, "09:00", "12:00"),))),
        person(first=RosterDay(day=A_DAY, standby=(span(A_DAY, "17:00", "22:00"),))),
        person(first=RosterDay(day=A_DAY, is_fixed_free=True)),
    )
    said = text(render_week_rosters([roster(group(*people))]))
    for part in ("Frånvarande", "Bunden 09:00–12:00", "Beredskap 17:00–22:00", "Fast ledig"):
        assert said.count(part) == 1, part


def test_many_people_go_on_to_further_pages_with_heads_and_nobody_is_lost():
    people = [person(f"{LONG_NAME} {n}.") for n in range(150)]
    squads = [group(*people[n : n + 50], squad=f"Turlag {n}") for n in range(0, 150, 50)]
    pdf = render_week_rosters([roster(*squads)])
    of_roster = pages(pdf)
    whole = " ".join(of_roster).replace("- ", "-")
    assert all(whole.count(f" {n}.") == 1 for n in range(150))
    assert all("mån 23/11" in page for page in of_roster[:-1])
    assert sum("forts." in page for page in of_roster) >= len(of_roster) - 4
    titles = [mark["/Title"] for mark in PdfReader(BytesIO(pdf)).outline]
    assert titles == [*(f"Polisen · Turlag {n}" for n in (0, 50, 100)), "Passkoder"]


def test_counts_stand_below_the_last_of_those_who_are_counted():
    people = [person(f"Anna {n}.") for n in range(40)]
    of_roster = pages(render_week_rosters([roster(group(*people))]))
    (page,) = [page for page in of_roster if "I tjänst 1 0 0 0 0 0 7" in page]
    assert "Anna 39." in page


def test_more_places_than_there_is_room_for_are_counted():
    duties = tuple(RosterDuty(title=f"Skola nummer {n}", n=1) for n in range(9))
    day = RosterDay(day=A_DAY, shifts=(SPLIT,), duties=duties)
    said = text(render_week_rosters([roster(group(person(first=day)))]))
    assert "Skola nummer 0" in said
    assert "+" in said


def test_holiday_and_break_stand_over_their_days():
    days = (
        WeekDay(day=DAYS[0], occasion="Juldagen", is_free=True),
        *(WeekDay(day=day, school_break="Jullov") for day in DAYS[1:]),
    )
    said = text(render_week_rosters([roster(group(person()), days=days)]))
    assert "Juldagen" in said
    assert "Jullov" in said


def test_change_of_the_clock_is_told():
    change = datetime(2026, 10, 25, 1, tzinfo=UTC)
    said = text(render_week_rosters([roster(group(person()), clock_change=change)]))
    assert "Klockan" in said
    assert "03:00" in said


def test_empty_week_is_said_in_words_and_a_draft_that_it_is_one():
    draft = roster(codes=(), version=None, replaces=None, published_at=None)
    said = text(render_week_rosters([draft]))
    for part in ("Ingen är anställd eller i tjänst", "UTKAST", "Utkast, inte fastställt"):
        assert part in said
    with words.speaking("en"):
        said = text(render_week_rosters([draft]))
    for part in ("Nobody is employed or at work this week.", "DRAFT", "ROSTER"):
        assert part in said


def test_several_weeks_are_several_tables():
    weeks = [roster(group(person())), roster(group(person()), week=WEEK.shifted(1))]
    pdf = render_week_rosters(weeks)
    assert len(pages(pdf)) == 2
    titles = [mark["/Title"] for mark in PdfReader(BytesIO(pdf)).outline]
    assert titles == [
        "Vecka 48 · Polisen · Turlag 1", "Vecka 48 · Passkoder",
        "Vecka 49 · Polisen · Turlag 1", "Vecka 49 · Passkoder",
    ]  # fmt: skip
    assert render_week_rosters(weeks) == pdf


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no week"):
        render_week_rosters([])
