"""Setting text, sharing blocks out to pages, and that every text has its Swedish."""

import ast
from datetime import date
from pathlib import Path

import pytest
from babel.messages import pofile
from hypothesis import given
from hypothesis import strategies as st

import planner.reports
import resources
from planner import words
from planner.reports.document import BOLD, Style, paginated, set_text

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


def _texts(path: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if is_words_call(node)]
    assert all(isinstance(call.args[0], ast.Constant) for call in calls), path
    return {call.args[0].value for call in calls}


def is_words_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


@pytest.fixture
def swedish() -> dict[str, str]:
    with resources.path("translations", "sv", "prints.po").open(encoding="utf-8") as file:
        return {str(one.id): str(one.string) for one in pofile.read_po(file) if one.id}


def test_every_text_of_the_prints_is_in_swedish_and_no_other(swedish):
    folder = Path(planner.reports.__path__[0])
    used = set().union(*(_texts(path) for path in folder.glob("*.py")))
    assert used == set(swedish)
    assert all(swedish.values())


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


def test_other_rooms_do_not_say_a_text_of_the_prints_in_other_words(swedish):
    folder = resources.path("translations", "sv")
    for path in sorted(folder.glob("*.po")):
        with path.open(encoding="utf-8") as file:
            said = {str(one.id): str(one.string) for one in pofile.read_po(file)}
        shared = said.keys() & swedish.keys()
        assert {key: said[key] for key in shared} == {key: swedish[key] for key in shared}, path
