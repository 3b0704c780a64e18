"""What a person reads of the own hours."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.reports.hours_statement import (
    Burdens,
    HoursBound,
    HoursShift,
    HoursStatement,
    HoursWeek,
    Opening,
)
from planner.reports.hours_statement_pdf import render_hours_statements
from tests.planner.reports.samples import DAYS, LONG_NAME, WEEK, pages, span, text


def shift(day=DAYS[0], times=("14:00", "23:00"), worked_min=510, credited_min=4):
    return HoursShift(
        day=day,
        code="K",
        name="Kväll",
        parts=(span(day, *times),),
        breaks=(span(day, "18:00", "18:30"),),
        worked_min=worked_min,
        credited_min=credited_min,
    )


def week(*shifts, **more):
    values = {"week": WEEK, "version": 3, "target_min": 2310, "balance_min": -90}
    return HoursWeek(shifts=shifts, **values | more)


def statement(*weeks, **more):
    values = {
        "week": WEEK,
        "version": 3,
        "replaces": 2,
        "published_at": datetime(2026, 11, 19, 13, 5, tzinfo=UTC),
        "zone": "Europe/Stockholm",
        "display_name": "Erik Lund",
        "employer": "Polisen",
        "squad": "Turlag 1",
        "weeks": weeks or (week(shift()),),
        "opening": Opening(day=date(2026, 10, 1), balance_min=150),
        "earlier_min": -60,
        "n_earlier_weeks": 3,
        "burdens": Burdens(n_evenings=4, n_nights=1, n_weekends=2),
        "rule_book": "Exempel",
    }
    return HoursStatement(**values | more)


def test_hours_are_told_shift_by_shift_with_what_is_credited_and_carried():
    bound = HoursBound(span=span(DAYS[1], "09:00", "12:00"), counted_min=180)
    inside = HoursBound(span=span(DAYS[0], "15:00", "16:00"), counted_min=0)
    said = text(render_hours_statements([statement(week(shift(), bound=(bound, inside)))]))
    for part in (
        "TIMMAR", "Erik Lund", "Polisen · Turlag 1", "Ingående saldo 1 oktober 2026: +2:30",
        "3 veckor därefter: −1:00", "+1:30", "mån 23/11 14:00–23:00 K Kväll · rast 18:00–18:30",
        "8:30 0:04 8:34", "tis 24/11 09:00–12:00 bunden tid 3:00", "bunden tid, räknad i passet",
        "Avtalet 38:30 · skillnad −26:56", "11:30 0:04 11:34 −1:30",
        "4 kvällar, 1 natt, 2 helgpass, med dem som fanns med från 1 oktober 2026.",
        "Följer regelboken Exempel (obekräftad)", "version 3", "ersätter version 2", "sida 1 av 1",
    ):  # fmt: skip
        assert part in said, part


def test_evenings_nights_and_weekends_are_told_by_week_where_there_are_any():
    some = week(shift(), burdens=Burdens(n_evenings=1, n_weekends=2))
    said = text(render_hours_statements([statement(some, week(shift(), week=WEEK.shifted(1)))]))
    assert "23–29 november 2026 · version 3 · 1 kväll, 2 helgpass mån" in said
    assert "30 november – 6 december 2026 · version 3 mån" in said


def test_absence_is_told_without_a_cause_and_empty_weeks_in_words():
    weeks = (week(target_min=0, absent_days=(DAYS[0], DAYS[1])), week(week=WEEK.shifted(1)))
    said = text(render_hours_statements([statement(*weeks)]))
    assert "Frånvarande mån 23/11, tis 24/11; då begär avtalet ingenting." in said
    assert "Inga pass och ingen bunden tid." in said


def test_what_the_balance_does_not_know_is_said():
    unknown = statement(opening=None, unknown_weeks=(WEEK.shifted(-2), WEEK.shifted(-1)))
    said = text(render_hours_statements([unknown]))
    assert "Inget ingående saldo är angivet; saldot börjar med vecka 48." in said
    assert "Saldot räknar inte med vecka 46, 47" in said
    assert "i de veckor som visas" in said


def test_who_confirmed_the_rule_book_and_when():
    confirmed = statement(confirmed_by="Parterna", confirmed_day=date(2026, 3, 2))
    said = text(render_hours_statements([confirmed]))
    assert "Följer regelboken Exempel (bekräftad av Parterna 2 mars 2026)" in said


def test_four_full_weeks_fit_on_a_page_and_more_go_on_to_the_next():
    days = [shift(day) for day in DAYS[:5]]
    four = statement(*(week(*days, week=WEEK.shifted(n - 3)) for n in range(4)))
    assert len(pages(render_hours_statements([four]))) == 1
    many = statement(*(week(*days * 4, week=WEEK.shifted(n - 3)) for n in range(4)))
    of_many = pages(render_hours_statements([many]))
    assert len(of_many) > 1
    assert all("Arbetat" in page for page in of_many)
    assert any("forts." in page for page in of_many)


def test_draft_and_the_other_language():
    draft = statement(week(shift(), version=None), version=None, published_at=None, replaces=None)
    with words.speaking("en"):
        said = text(render_hours_statements([draft]))
    for part in ("DRAFT", "HOURS", "balance after the week", "Contract 38:30"):
        assert part in said


def test_people_in_one_file_have_bookmarks_and_same_bytes():
    both = [statement(), replace(statement(), display_name=LONG_NAME)]
    pdf = render_hours_statements(both)
    titles = [mark["/Title"] for mark in PdfReader(BytesIO(pdf)).outline]
    assert titles == ["Erik Lund", LONG_NAME]
    assert render_hours_statements(both) == pdf


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no statement"):
        render_hours_statements([])
