"""Text is strict JSON or refused with one sentence."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.data.errors import InvalidProblemError
from solver.formats.json_format import problem_from_text, problem_to_json
from solver.formats.strict_json import parse_json
from tests.solver.weeks import small_week

TEXT = json.dumps(problem_to_json(small_week())).encode()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "line 1, column 1"),
        ('{"a": 1,\n "b"}', "line 2, column 5"),
        (b'{"a": "\xff"}', "Byte 8 is not UTF-8"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "key b twice"),
        ("[NaN]", "NaN"),
        ("[Infinity]", "Infinity"),
        ("[-Infinity]", "-Infinity"),
        ("9" * 10_000, "digits"),
        ("[" * 100_000, "deep"),
        ('{"a":' * 100_000, "deep"),
        ("[1] 2", "Extra data"),
    ],
)
def test_what_is_no_strict_json_is_refused(text: str | bytes, named: str) -> None:
    with pytest.raises(InvalidProblemError, match=named) as caught:
        parse_json(text)
    assert "\n" not in str(caught.value)


def test_mark_at_the_beginning_of_a_file_is_passed_over() -> None:
    assert parse_json(b"\xef\xbb\xbf[1]") == [1]


def refusal(read: Callable[[str | bytes], object], text: str | bytes) -> str:
    """Return why a text is refused; nothing for one that is read."""
    try:
        read(text)
    except InvalidProblemError as error:
        return str(error)
    return ""


@given(st.binary(max_size=50) | st.text(max_size=50))
def test_any_text_is_read_or_refused_in_one_line(text: str | bytes) -> None:
    assert "\n" not in refusal(parse_json, text)


@given(st.integers(0, len(TEXT) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_damaged_file_is_read_or_refused_in_one_line(
    place: int, inserted: bytes, n_lost: int
) -> None:
    assert "\n" not in refusal(problem_from_text, TEXT[:place] + inserted + TEXT[place + n_lost :])
