"""What a person reads on the own page."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.reports.person_week import (
    OtherTime,
    OtherTimeKind,
    PersonDay,
    PersonDuty,
    PersonShift,
)
from planner.reports.person_week_pdf import render_person_weeks
from tests.planner.reports.samples import DAYS, LONG_NAME, pages, person_week, span, text


def test_week_is_one_page_that_tells_where_to_be():
    (said,) = pages(render_person_weeks([person_week()]))
    for part in (
        "Erik Lund", "Polisen · Turlag B", "Vecka 48", "23–29 november 2026", "Version 3",
        "07:00–11:00, 13:00–16:30", "D Delat pass", "Rast 09:30–10:00", "patrull med Sara Holm",
        "yttre befäl Karin Ek", "07:15–08:15 Persboskolan Norra entrén",
        "14:00–14:15 Stora torget Centrum", "38:12", "räknade timmar av 38:30",
        "Följer regelboken Exempel (obekräftad)", "Fastställd 19 november 2026 kl. 14:05",
        "sida 1 av 1",
    ):  # fmt: skip
        assert part in said
    assert said.count("Ledig") == 6


def test_english_week():
    with words.speaking("en"):
        said = text(render_person_weeks([person_week()]))
    for part in ("Week 48", "Break 09:30–10:00", "crew with Sara Holm", "Free", "counted hours"):
        assert part in said
    assert "Ledig" not in said


def test_bound_time_stand_by_and_absence_are_told_without_a_cause():
    day = DAYS[1]
    days = (
        PersonDay(
            day=day,
            occasion="Helgdag X",
            others=(
                OtherTime(
                    kind=OtherTimeKind.BOUND, span=span(day, "09:00", "12:00"), title="Rätten"
                ),
                OtherTime(kind=OtherTimeKind.STANDBY, span=span(day, "18:00", "23:00")),
            ),
        ),
        PersonDay(day=DAYS[2], is_absent=True),
    )
    said = text(render_person_weeks([person_week(days=days)]))
    for part in ("Helgdag X", "09:00–12:00 Bunden tid: Rätten", "18:00–23:00 Beredskap"):
        assert part in said
    assert "Frånvarande" in said
    assert "Ledig" not in said


def test_draft_and_confirmed_rule_book_say_so():
    week = person_week(version=None, published_at=None, confirmed_by="HR", notes=("Ring Eva.",))
    said = text(render_person_weeks([week]))
    for part in ("UTKAST", "Utkast, inte fastställt", "(bekräftad av HR)", "Ring Eva."):
        assert part in said


@pytest.mark.parametrize("n_duties", [12, 80])
def test_busy_week_goes_on_to_further_pages_and_loses_nothing(n_duties):
    def busy(day):
        duties = tuple(
            PersonDuty(span=span(day, "08:00", "08:15"), title=f"Plats {n}.", place=LONG_NAME)
            for n in range(n_duties)
        )
        shift = PersonShift(code="A", name="", parts=(span(day, "07:00", "17:00"),), duties=duties)
        return PersonDay(day=day, shifts=(shift,))

    of_week = pages(render_person_weeks([person_week(days=tuple(busy(day) for day in DAYS))]))
    assert len(of_week) > 1
    for number, page in enumerate(of_week, start=1):
        assert "Erik Lund" in page
        assert f"sida {number} av {len(of_week)}" in page
    whole = " ".join(of_week)
    assert all(whole.count(f"Plats {n}.") == 7 for n in range(n_duties))


def test_all_staff_in_one_file_have_bookmarks_and_same_bytes():
    weeks = [person_week(), replace(person_week(), display_name=LONG_NAME)]
    pdf = render_person_weeks(weeks)
    reader = PdfReader(BytesIO(pdf))
    assert [mark["/Title"] for mark in reader.outline] == ["Erik Lund", LONG_NAME]
    assert len(reader.pages) == 2
    assert LONG_NAME in text(pdf)
    assert render_person_weeks(weeks) == pdf


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no week"):
        render_person_weeks([])
