"""Web pages in a real browser: open to everybody, on a narrow screen, and when printed."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.reports.coverage_sheet_html import render_coverage_page
from planner.reports.school_sheet import Callee, for_notice_board
from planner.reports.school_sheet_html import render_school_page
from planner.reports.sheet_news import with_news
from tests.planner.reports.coverage_samples import coverage_sheet, overfull_coverage_sheet
from tests.planner.reports.pages import barriers, is_too_wide
from tests.planner.reports.samples import LONG_NAME, grouped_sheet, mixed_sheet, office_sheet

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
"""The narrow one is the wide one at 400 %."""
A4 = (595, 842)

OVERFULL = replace(
    grouped_sheet(4, n_sites=2),
    school=f"Skolan {'Ö' * 40}",
    substitutes=tuple(Callee(display_name=LONG_NAME, phone=f"021-39 00 1{n}") for n in range(5)),
    notice=LONG_NAME * 5,
)
MARKED = with_news(mixed_sheet(), office_sheet(school_phone="021-1"))
PAGES = {
    "office": lambda: render_school_page(MARKED),
    "notice-board": lambda: render_school_page(for_notice_board(MARKED)),
    "office-overfull": lambda: render_school_page(OVERFULL),
    "notice-board-overfull": lambda: render_school_page(for_notice_board(OVERFULL)),
    "coverage": lambda: render_coverage_page(coverage_sheet()),
    "coverage-overfull": lambda: render_coverage_page(overfull_coverage_sheet()),
}
SCHOOLS = [name for name in PAGES if "coverage" not in name]


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_barrier(page, name, language):
    with words.speaking(language):
        page.set_content(PAGES[name]())
    page.set_viewport_size(WIDE)
    assert barriers(page) == []
    page.set_viewport_size(NARROW)
    assert not is_too_wide(page)


def test_narrow_page_has_no_barrier(page):
    page.set_viewport_size(NARROW)
    page.set_content(PAGES["office"]())
    assert barriers(page) == []


@pytest.mark.parametrize("name", SCHOOLS)
def test_school_page_is_printed_on_a4(page, name):
    page.set_content(PAGES[name]())
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheets} == {A4}
    assert len(sheets) == 1 or "overfull" in name
    heads = [one for one in sheets if "FÖRE SKOLAN" in one.extract_text().upper()]
    assert len(heads) >= len(sheets) - 1


@pytest.mark.parametrize("name", ["coverage", "coverage-overfull"])
def test_coverage_is_printed_on_a4_that_lies(page, name):
    page.set_content(PAGES[name]())
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheets} == {A4[::-1]}


def test_numbers_are_reached_with_the_keyboard(page):
    page.set_content(PAGES["office"]())
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == ["tel:021390012", "tel:021390000", "tel:112", "tel:11414", "tel:021391234"]


def test_table_keeps_its_heads_for_screen_readers_on_a_narrow_screen(page):
    page.set_viewport_size(NARROW)
    page.set_content(PAGES["office"]())
    said = page.locator("main").aria_snapshot()
    for part in ("table", 'columnheader "Före skolan"', 'rowheader "Måndag 23/11"', "cell"):
        assert part in said
