"""The web page of a school's sheet: says what the PDF says, and needs nothing but itself."""

from dataclasses import replace

import pytest

from planner import words
from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.reports.listening import listening
from planner.reports.school_sheet import Callee, Presence, SheetDay, for_notice_board
from planner.reports.school_sheet_html import render_school_page
from planner.reports.school_sheet_pdf import render_school_sheets
from planner.reports.sheet_news import with_news
from planner.reports.web_page import phone_link
from tests.planner.reports.pages import faults, text_of
from tests.planner.reports.samples import (
    DAYS,
    grouped_sheet,
    mixed_sheet,
    office_sheet,
    school_day,
    window,
)

SHEETS = {
    "ordinary": office_sheet(),
    "mixed": mixed_sheet(),
    "overfull": grouped_sheet(6, n_sites=2),
    "holidays": office_sheet(
        *(SheetDay(day=day, kind=SchoolDayKind.BREAK, occasion="Höstlov") for day in DAYS),
        substitutes=(), coordinator=None,
    ),
    "marked": with_news(mixed_sheet(), office_sheet(school_phone="021-1")),
    "nothing-changed-yet": office_sheet(version=1, replaces=None, school_phone=""),
}  # fmt: skip


@pytest.fixture(params=SHEETS)
def sheet(request):
    return SHEETS[request.param]


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("copy", [lambda sheet: sheet, for_notice_board], ids=["office", "board"])
def test_page_says_all_that_the_pdf_says(sheet, copy, language):
    with words.speaking(language):
        with listening() as heard:
            render_school_sheets([copy(sheet)])
        said = text_of(render_school_page(copy(sheet))).casefold()
        page_number = words._("page {page} of {n_pages}").split()[0]
    written = [text for section in heard.sections for text in section]
    lacking = [
        part
        for text in written
        if not text.startswith(page_number)
        for part in text.casefold().split(" · ")
        if part not in said
    ]
    assert lacking == []


def test_page_is_whole_and_reaches_nowhere(sheet):
    for one in (sheet, for_notice_board(sheet)):
        assert faults(render_school_page(one)) == []


def test_same_sheet_gives_the_same_page(sheet):
    assert render_school_page(sheet) == render_school_page(replace(sheet))


def test_page_names_its_language():
    assert '<html lang="sv">' in render_school_page(office_sheet())
    with words.speaking("en"):
        page = render_school_page(office_sheet())
    assert '<html lang="en">' in page
    assert "Monday" in page


def test_notice_board_has_no_name():
    page = render_school_page(for_notice_board(office_sheet()))
    assert [name for name in ("Anna", "Ali", "Karlsson", "Maria", "Berg") if name in page] == []
    assert "021-39 00 12" in page


def test_what_looks_like_markup_is_read_as_it_was_typed():
    name = """<script>alert("1")</script> & 'Co'"""
    sheet = office_sheet(
        school_day(DAYS[0], name, meeting_place=name, site=name),
        school=name, notice=name, school_phone=name,
        substitutes=(Callee(display_name=name, phone=name),),
    )  # fmt: skip
    page = render_school_page(sheet)
    assert faults(page) == []
    assert text_of(page).count(name) == 9


def test_cancelled_window_is_struck_out_and_said():
    page = render_school_page(office_sheet(school_day(DAYS[0], Presence.CANCELLED)))
    assert page.count('<s class="time">') == 2
    assert "inställt" in text_of(page)


def test_each_cell_names_its_column_for_narrow_screens():
    after = window(DAYS[2], Moment.AFTER, ("11:30", "12:30"))
    day = SheetDay(day=DAYS[2], kind=SchoolDayKind.HALF_DAY, windows=(after,))
    page = render_school_page(office_sheet(day))
    for head in ("Före skolan", "Efter skolan", "Plats"):
        assert page.count(f'data-head="{head}"') == 1
    assert "Ingen närvaro" in page
    assert "Halvdag" in page


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("021-39 00 12", "tel:021390012"),
        ("+46 (0)21-39 00 12", "tel:+46021390012"),
        ("114 14", "tel:11414"),
        ("021-39 00 12, växeln", ""),
        ("", ""),
    ],
)
def test_number_can_be_called_when_it_is_one(number, link):
    assert phone_link(number) == link


def test_every_text_that_is_filled_in_is_heard():
    with listening() as heard:
        render_school_page(office_sheet())
    assert heard.sections[0][0] == "Persboskolan"
    for text in ("Anna B", "Ali Karlsson", "Norra entrén", "021-39 12 34", "tel:021391234"):
        assert any(text in one for one in heard.texts)
    assert not any("<" in one for one in heard.texts)
