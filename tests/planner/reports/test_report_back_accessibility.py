"""The report-back's web page in a real browser: open to everybody, narrow, and when printed."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.reports.report_back_html import render_report_back_page
from tests.planner.reports.pages import barriers, is_too_wide
from tests.planner.reports.report_back_samples import (
    empty_report_back,
    interim_report_back,
    overfull_report_back,
    report_back,
)

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
"""The narrow one is the wide one at 400 %."""
A4 = (595, 842)
REPORTS = {
    "full": report_back,
    "interim": interim_report_back,
    "empty": empty_report_back,
    "overfull": lambda: overfull_report_back(4),
}


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("name", "language"), [*((name, "sv") for name in REPORTS), ("full", "en")]
)
def test_page_has_no_barrier(page, name, language):
    with words.speaking(language):
        page.set_content(render_report_back_page(REPORTS[name]()))
    page.set_viewport_size(WIDE)
    assert barriers(page) == []
    page.set_viewport_size(NARROW)
    assert not is_too_wide(page)


def test_number_leads_to_its_weeks_with_the_keyboard(page):
    page.set_viewport_size(WIDE)
    page.set_content(render_report_back_page(report_back()))
    number = page.locator('[data-figure="contact_persons.done"]').first
    number.focus()
    page.keyboard.press("Enter")
    goal = page.locator("#a1")
    assert goal.evaluate("e => e.matches(':target')")
    assert goal.evaluate("e => Math.abs(e.getBoundingClientRect().top) < innerHeight")


def test_page_is_printed_on_a4_with_each_part_on_its_own_page(page):
    page.set_content(render_report_back_page(report_back()))
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheets} == {A4}
    assert len([one for one in sheets if "Underskrifter" in one.extract_text()]) == 2
