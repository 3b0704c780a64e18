"""What a planner reads of a day's duties, hour by hour."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.domain.duties import DutyKind, Moment
from planner.reports.duty_list import DutyList, ListedDuty
from planner.reports.duty_list_pdf import render_duty_lists
from planner.reports.school_sheet import Callee, Presence
from tests.planner.reports.samples import DAYS, LONG_NAME, WEEK, pages, span, text

DAY = DAYS[0]
ANNA = Callee(display_name="Anna B", phone="021-39 00 12")


def duty(times=("07:15", "08:15"), *people, **more):
    time = span(DAY, *times)
    values = {
        "kind": DutyKind.SCHOOL,
        "moment": Moment.BEFORE,
        "title": "Persboskolan",
        "meeting_place": "Norra entrén",
        "span": time,
        "minutes": time.minutes,
        "people": people,
        "desk": "021-39 12 34",
    }
    return ListedDuty(**values | more)


def visit(times, *people, **more):
    return duty(
        times, *people, kind=DutyKind.VISIT, moment=None, title="Torget", meeting_place="", **more
    )


def duty_list(*duties, **more):
    values = {
        "day": DAY,
        "week": WEEK,
        "version": 7,
        "replaces": 5,
        "published_at": datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        "zone": "Europe/Stockholm",
        "duties": duties,
    }
    return DutyList(**values | more)


def test_duties_stand_under_their_hour_with_place_person_and_number():
    erik = Callee(display_name="Erik Lund", phone="08-465 00 31")
    day = duty_list(duty(("07:15", "08:15"), ANNA), visit(("16:00", "16:12"), erik, crew="3"))
    (said,) = pages(render_duty_lists([day]))
    for part in (
        "DAGENS UPPGIFTER", "Vecka 48, 2026 · 2 uppgifter", "Version 7", "ersätter version 5",
        "07:00 1 uppgift", "07:15–08:15 Persboskolan Före skolan · Norra entrén", "Anna B",
        "021-39 00 12", "16:00 1 uppgift", "Utvald plats, besök · patrull 3", "08-465 00 31",
        "Fastställd 19 november 2026", "sida 1 av 1",
    ):  # fmt: skip
        assert part in said
    assert "021-39 12 34" not in said


def test_gap_is_marked_and_says_whom_to_ring():
    day = duty_list(duty(missing=1), visit(("16:00", "18:00"), missing=2, minutes=12))
    said = text(render_duty_lists([day]))
    for part in (
        "2 uppgifter · 2 luckor", "LUCKA 1 person saknas", "021-39 12 34 Skolans expedition",
        "LUCKA 2 personer saknas", "12 min av tiden", "Vakthavande",
    ):  # fmt: skip
        assert part in said


def test_decided_window_is_no_gap():
    day = duty_list(
        duty(missing=1, decided=Presence.OWN_STAFF), duty(missing=1, decided=Presence.CANCELLED)
    )
    said = text(render_duty_lists([day]))
    assert "Skolans egen personal" in said
    assert "Inställt, rektor är informerad" in said
    assert "LUCKA" not in said
    assert "lucka" not in said


def test_day_without_duties_says_so_and_a_draft_that_it_is_one():
    draft = duty_list(version=None, replaces=None, published_at=None)
    said = text(render_duty_lists([draft]))
    for part in ("Det finns inga uppgifter", "UTKAST", "Utkast, inte fastställt"):
        assert part in said
    with words.speaking("en"):
        said = text(render_duty_lists([draft]))
    for part in ("There are no duties this day.", "DRAFT", "DUTY LIST"):
        assert part in said


def test_busy_hour_goes_on_to_further_pages_and_loses_nothing():
    long = Callee(display_name=LONG_NAME, phone="")
    duties = [duty(("07:15", "08:15"), long, title=f"Skola {n}.") for n in range(90)]
    of_day = pages(render_duty_lists([duty_list(*duties)]))
    assert all("07:00 forts." in page for page in of_day[1:])
    whole = " ".join(of_day)
    assert all(whole.count(f"Skola {n}.") == 1 for n in range(90))
    assert whole.replace("- ", "-").count(LONG_NAME) == 90


def test_days_in_one_file_have_bookmarks_and_same_bytes():
    days = [duty_list(duty()), replace(duty_list(), day=DAYS[6])]
    pdf = render_duty_lists(days)
    reader = PdfReader(BytesIO(pdf))
    assert [mark["/Title"] for mark in reader.outline] == [
        "måndag 23 november",
        "söndag 29 november",
    ]
    assert render_duty_lists(days) == pdf


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no day"):
        render_duty_lists([])
