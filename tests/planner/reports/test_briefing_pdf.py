"""What the officer in charge reads of a day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.domain.duties import DutyKind
from planner.domain.places import MeetingKind, PresenceKind
from planner.domain.staff import TravelMode
from planner.domain.weeks import IsoWeek
from planner.reports.briefing import (
    AbsentOfficer,
    Briefing,
    BriefingCrew,
    BriefingEvent,
    BriefingLead,
    CrewMember,
    HotspotDay,
    HotspotWindow,
    Stop,
)
from planner.reports.briefing_pdf import render_briefings
from planner.reports.day_document import CrewRef
from tests.planner.reports.samples import DAYS, LONG_NAME, WEEK, pages, span, text

DAY = DAYS[0]
PUBLISHED = datetime(2026, 11, 19, 13, 5, tzinfo=UTC)
THIRD = CrewRef(label="3", names=("Erik Lund", "Sara Holm"))


def stop(start, end, *crews, **more):
    time = span(DAY, start, end)
    return Stop(span=time, **{"minutes": time.minutes, "crews": crews} | more)


def crew(label="3", *names, **more):
    values = {
        "shift": "K Kväll",
        "parts": (span(DAY, "14:00", "22:00"),),
        "squads": ("Turlag B",),
        "travel": (TravelMode.CAR,),
        "members": tuple(CrewMember(name=name) for name in names or THIRD.names),
    }
    return BriefingCrew(label=label, **values | more)


def briefing(**more):
    lead = BriefingLead(
        name="Karin Ek", crew="1", squad="Turlag B", parts=(span(DAY, "13:00", "21:00"),)
    )
    values = {
        "day": DAY,
        "week": WEEK,
        "version": 7,
        "replaces": 5,
        "published_at": PUBLISHED,
        "zone": "Europe/Stockholm",
        "leads": (lead,),
        "crews": (crew(),),
    }
    return Briefing(**values | more)


def place(kind, *stops, name="Torget"):
    windows = (HotspotWindow(kind=kind, stops=stops),)
    return HotspotDay(name=name, priority=1, windows=windows)


def test_day_says_who_leads_who_is_together_and_which_edition_it_is():
    (said,) = pages(render_briefings([briefing()]))
    for part in (
        "UTSÄTTNING", "Måndag 23 november", "Vecka 48, 2026 · 1 patrull", "Version 7",
        "ersätter version 5", "13:00–21:00 1 Karin Ek Turlag B",
        "14:00–22:00 3 Erik Lund, Sara Holm",
        "Turlag B · K Kväll", "Bil", "Ingen närvaro är planerad",
        "Fastställd 19 november 2026 kl. 14:05", "sida 1 av 1",
    ):  # fmt: skip
        assert part in said
    assert "UTKAST" not in said


def test_stays_say_handovers_and_visits_their_dose():
    square = place(
        PresenceKind.CONTINUOUS,
        stop("16:00", "18:00", THIRD),
        stop("18:00", "19:00", CrewRef(label="4", names=("Ali K",))),
    )
    visits = place(
        PresenceKind.DOSAGE,
        stop("17:05", "17:19", THIRD),
        stop("19:00", "20:30", minutes=12, missing=2, number=2),
        name="Parken",
    )
    said = text(render_briefings([briefing(hotspots=(square, visits))]))
    for part in (
        "Närvaro hela tiden 16:00–19:00", "18:00–19:00 4 Ali K överlämning",
        "1 av 2 besök planerade",
        "17:05–17:19 3 Erik Lund, Sara Holm 14 min · 1 av 2",
        "LUCKA Ingen patrull – 12 min inom den tiden 12 min · 2 av 2", "1 lucka",
    ):  # fmt: skip
        assert part in said
    assert said.count("överlämning") == 1


def test_half_a_crew_and_absent_officers_are_told_without_a_cause():
    away = crew(
        members=(CrewMember(name="Erik Lund", is_absent=True), CrewMember(name="Sara Holm"))
    )
    half = place(PresenceKind.CONTINUOUS, stop("16:00", "17:00", THIRD, missing=1))
    day = briefing(
        crews=(away,),
        hotspots=(half,),
        absent=(AbsentOfficer(name="Erik Lund", squad="Turlag B"),),
    )
    said = text(render_briefings([day]))
    for part in (
        "frånvarande: Erik Lund",
        "LUCKA 1 polis saknas",
        "FRÅNVARANDE Erik Lund (Turlag B)",
    ):
        assert part in said


def test_walks_and_sessions_say_the_polices_part():
    walk = BriefingEvent(
        kind=DutyKind.WALK,
        meeting=MeetingKind.PRE_MEETING,
        title="Vandring Råby",
        place="Råby centrum",
        stop=stop("18:00", "20:00", THIRD),
    )
    session = BriefingEvent(
        kind=DutyKind.SESSION, title="Om rån", stop=stop("09:00", "09:45", missing=1)
    )
    said = text(render_briefings([briefing(events=(session, walk))]))
    for part in (
        "18:00–20:00 Vandring Råby Trygghetsvandring, förmöte · Råby centrum 3 Erik Lund",
        "09:00–09:45 Om rån Informationsinsats LUCKA 1 polis saknas",
    ):
        assert part in said


def test_draft_says_so_on_each_page_in_each_language():
    draft = briefing(version=None, replaces=None, published_at=None)
    assert "UTKAST" in text(render_briefings([draft]))
    with words.speaking("en"):
        said = text(render_briefings([draft]))
    for part in ("DRAFT", "BRIEFING", "Monday 23 November", "Draft, not published"):
        assert part in said


def test_thirty_crews_with_long_names_and_a_hundred_visits_lose_nothing():
    crews = tuple(crew(str(n), f"{LONG_NAME} {n}.", LONG_NAME) for n in range(1, 31))
    ref = CrewRef(label="30", names=(LONG_NAME, LONG_NAME))
    visits = place(PresenceKind.DOSAGE, *(
        stop("17:00", "17:12", ref, number=n) for n in range(1, 101)
    ))  # fmt: skip
    of_day = pages(render_briefings([briefing(crews=crews, hotspots=(visits,))]))
    whole = " ".join(of_day)
    assert all(f"{LONG_NAME} {n}." in whole for n in range(1, 31))
    assert all(f"12 min · {n} av 100" in whole for n in range(1, 101))
    for number, page in enumerate(of_day, start=1):
        assert "Måndag 23 november" in page
        assert f"sida {number} av {len(of_day)}" in page
    goes_on = [page for page in of_day if "Torget, forts." in page]
    assert len(goes_on) == len([page for page in of_day if "av 100" in page]) - 1


def test_empty_day_says_that_it_is_and_a_night_when_the_clock_changes():
    day = date(2026, 10, 25)
    empty = briefing(
        day=day,
        week=IsoWeek(2026, 43),
        leads=(),
        crews=(),
        clock_change=datetime(2026, 10, 25, 1, tzinfo=UTC),
    )
    said = text(render_briefings([empty]))
    for part in (
        "Yttre befäl saknas", "Ingen patrull är i tjänst", "Ingen närvaro är planerad",
        "Klockan ställs om sön 25/10 från 03:00 till 02:00.",
    ):  # fmt: skip
        assert part in said


def test_days_in_one_file_have_bookmarks_and_same_bytes():
    days = [briefing(), replace(briefing(), day=DAYS[1])]
    pdf = render_briefings(days)
    reader = PdfReader(BytesIO(pdf))
    assert [mark["/Title"] for mark in reader.outline] == [
        "måndag 23 november",
        "tisdag 24 november",
    ]
    assert reader.metadata.title == "Utsättning: Vecka 48, 2026"
    assert render_briefings(days) == pdf


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no day"):
        render_briefings([])
