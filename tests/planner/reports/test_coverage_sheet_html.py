"""The web page of a week's coverage: in numbers and words what the PDF draws."""

from datetime import UTC, datetime

import pytest

from planner import words
from planner.domain.weeks import IsoWeek
from planner.reports.coverage_sheet import StaffingHour
from planner.reports.coverage_sheet_html import render_coverage_page
from planner.reports.coverage_sheet_pdf import render_coverage_sheets
from planner.reports.listening import listening
from planner.reports.week_edition import WeekDay
from tests.planner.reports.coverage_samples import coverage_sheet, overfull_coverage_sheet
from tests.planner.reports.pages import faults, text_of

EMPTY = coverage_sheet(
    version=None, replaces=None, published_at=None, published_by="", notice="", measures=(),
    schools=(), hours=(), hotspots=(), staffing=(), gaps=(), decisions=(), overrides=(),
)  # fmt: skip
SHEETS = {"ordinary": coverage_sheet(), "overfull": overfull_coverage_sheet(), "empty": EMPTY}


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_page_is_whole_and_the_same_each_time(sheet):
    page = render_coverage_page(sheet)
    assert faults(page) == []
    assert render_coverage_page(sheet) == page


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("sheet", [coverage_sheet(), EMPTY], ids=["ordinary", "empty"])
def test_page_says_in_words_what_the_pdf_does(sheet, language):
    with words.speaking(language):
        with listening() as heard:
            render_coverage_sheets([sheet])
        said = text_of(render_coverage_page(sheet)).casefold()
        otherwise = [
            words._("officers planned"), words._("needed by the work"), words._("people lack"),
            words._("all planned"), words._("minimum staffing"), words._("cancelled"),
            words._("the school's own staff"), words.ngettext("{n} person missing", "", 1),
        ]  # fmt: skip
        page_number = words._("page {page} of {n_pages}").split()[0]
    lacking = [
        text
        for section in heard.sections
        for text in section
        if len(text) > 5
        and text not in otherwise
        and not text.startswith(page_number)
        and text.casefold() not in said
        and not all(part.casefold() in said for part in text.split(", "))
    ]
    assert lacking == []


def test_cell_says_what_became_of_the_rest():
    page = text_of(render_coverage_page(coverage_sheet()))
    with words.speaking("sv"):
        assert words._("{n} of {n_all}", n=1, n_all=4) in page
        assert words.ngettext("{n} is cancelled", "", 1) in page
        assert words._("too few") in page


def test_repeated_hour_of_the_autumn_stands_in_one_cell():
    week = IsoWeek(2026, 43)
    hours = tuple(
        StaffingHour(start=datetime(2026, 10, 25, hour, tzinfo=UTC), minimum=1, needed=2, planned=n)
        for hour, n in ((0, 2), (1, 3))
    )
    days = tuple(WeekDay(day=day) for day in week.days)
    page = text_of(render_coverage_page(coverage_sheet(week=week, days=days, staffing=hours)))
    assert "2 (2), 3 (2)" in page
