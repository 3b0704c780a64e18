"""Setting text, sharing blocks out to pages, and what stands across those of a draft."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import words
from planner.reports.document import BOLD, Document, Style, paginated, set_text
from tests.planner.reports.samples import pages, paper

STYLE = Style(font=BOLD, size=24)


def test_text_is_shrunk_before_it_is_wrapped():
    short = set_text("Ali K", STYLE, 150, smallest=10)
    longer = set_text("Alexandra Karlsson", STYLE, 150, smallest=10)
    assert short.style.size == 24
    assert 10 < longer.style.size < 24
    assert len(longer.lines) == 1


@given(
    parts=st.lists(st.text("WÖi", min_size=1, max_size=60), max_size=8),
    width=st.floats(30, 400),
)
def test_set_text_keeps_every_letter_within_the_width(parts, width):
    text = set_text(" ".join(parts), STYLE, width, smallest=8)
    assert "".join(text.lines).replace(" ", "") == "".join(parts)
    assert text.width <= width + 1e-6


@given(
    heights=st.lists(st.floats(1, 150), max_size=20),
    room=st.floats(50, 200),
)
def test_pages_hold_every_block_once_and_in_order(heights, room):
    of_blocks = paginated(heights, room)
    assert [index for page in of_blocks for index in page] == list(range(len(heights)))
    for page in of_blocks:
        assert len(page) <= 1 or sum(heights[index] for index in page) <= room + 1e-6


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 27), "23–27 november 2026"),
        (date(2026, 11, 30), date(2026, 12, 4), "30 november – 4 december 2026"),
        (date(2026, 12, 28), date(2027, 1, 1), "28 december 2026 – 1 januari 2027"),
    ],
)
def test_range_of_dates_names_month_and_year_once_if_it_can(first, last, expected):
    assert words.date_range(first, last) == expected


@pytest.mark.parametrize("is_landscape", [False, True])
def test_pages_lie_or_stand_and_those_of_a_draft_say_so(is_landscape):
    with words.speaking("en"):
        doc = Document(title="T", subject="S", is_landscape=is_landscape, is_draft=True)
    for said in ("One", "Two"):
        doc.text(set_text(said, Style(), 100), 40, 40)
        doc.end_page()
    pdf = doc.to_bytes()
    assert [sorted(page.split()) for page in pages(pdf)] == [["DRAFT", "One"], ["DRAFT", "Two"]]
    assert all((width > height) == is_landscape for width, height in paper(pdf))


def test_documents_finished_at_once_are_those_finished_one_after_the_other():
    """Letters with rings and dots are made of parts that are read from the fonts they share."""

    def drawn(number: int) -> Document:
        doc = Document(title="T", subject="S")
        for row, size in enumerate((10, 14, 18)):
            doc.text(set_text(f"Åäö éüñ {number} Šžő Ǻ", Style(size=size), 400), 40, 40 + 40 * row)
        doc.end_page()
        return doc

    alone = [drawn(number).to_bytes() for number in range(8)]
    held_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _round in range(4):
            documents = [drawn(number) for number in range(8)]
            with ThreadPoolExecutor(8) as pool:
                assert list(pool.map(Document.to_bytes, documents)) == alone
    finally:
        sys.setswitchinterval(held_s)
