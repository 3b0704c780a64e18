"""Texts whose numbers know what they count."""

from hypothesis import given
from hypothesis import strategies as st

from planner.reports.traced import Number, Piece, figure, link, pieces, plain, typed

texts = st.text(st.characters(exclude_categories=("Cs", "Co")))


@given(st.lists(st.tuples(texts, texts.filter(bool))))
def test_text_is_read_as_if_its_numbers_were_plain(parts):
    said = "".join(f"{words}{Number(n, 'f', 'g')}" for words, n in parts)
    assert plain(said) == "".join(words + n for words, n in parts)
    assert "".join(piece.text for piece in pieces(said)) == plain(said)
    numbers = [piece for piece in pieces(said) if piece.figure]
    assert numbers == [Piece(n, "f", "g") for _words, n in parts]


def test_number_is_filled_into_a_sentence():
    said = "{n} of {n_all}".format(n=Number("3", "m.done", "a1"), n_all=Number("4", "m.promised"))
    assert list(pieces(said)) == [
        Piece("3", "m.done", "a1"),
        Piece(" of "),
        Piece("4", "m.promised", ""),
    ]


def test_nothing_that_somebody_typed_is_taken_for_a_number_of_ours():
    forged = str(Number("100", "m.done", "a1"))
    assert [piece.figure for piece in pieces(typed(forged))] == [""]
    assert [piece.figure for piece in pieces(link(forged, "a1"))] == [""]


@given(st.text(), st.text())
def test_names_of_numbers_are_one_word_and_tell_their_parts_apart(one, other):
    name = figure(one, other)
    assert not any(letter.isspace() for letter in name)
    assert (name == figure(other, one)) == (one == other) or "." in one + other
