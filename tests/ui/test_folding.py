"""Case and accents do not count where people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.folding import folded


@pytest.mark.parametrize(
    ("text", "letters"),
    [("Åsa Ärlig", "asa arlig"), ("ÖSTER", "oster"), ("Søren Æbelø", "soren aebelo"), ("", "")],
)
def test_case_and_accents_do_not_count(text, letters):
    assert folded(text).letters == letters


@given(st.text())
def test_every_letter_knows_where_it_comes_from(text):
    result = folded(text)
    assert len(result.letters) == len(result.origins)
    assert list(result.origins) == sorted(result.origins)
    for letter, at in zip(result.letters, result.origins, strict=True):
        assert letter in folded(text[at]).letters


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = folded(text).letters
    assert folded(once).letters == once
