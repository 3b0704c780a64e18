import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.exchange.formulas import guarded, unguarded


@given(text=st.text(st.sampled_from("'=+-@\t\r1,a ")) | st.text())
@example(text="'=1")
@example(text="''-5")
@example(text="-5")
def test_every_text_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(text=st.text(st.sampled_from("'=+-@\t\r1,a ")))
def test_nothing_that_leaves_begins_a_formula(text):
    assert not re.match(r"[=@\t\r]|[+-](?!\d+([.,]\d+)?\Z)", guarded(text))


@pytest.mark.parametrize("text", ["-5", "+46", "-12,5", "3.5", "Åsa", "'n", "", "'"])
def test_numbers_and_plain_texts_stay_as_they_are(text):
    assert guarded(text) == text
