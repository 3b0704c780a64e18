"""Warnings of letters that print-outs cannot show."""

from planner import words
from planner.services.records.unprintable import unprintable, warning


def test_letters_are_told_where_a_field_is_printed():
    assert unprintable("schools", "meeting_place", "Torget 😀\u202e") == "😀, U+202E"
    assert unprintable("schools", "meeting_place", "Norra entrén – ”Åsa”") == ""


def test_what_is_printed_nowhere_may_be_written_as_it_is():
    assert unprintable("staff", "name", "李") == ""
    assert unprintable("staff", "display_name", "李") == "李"


def test_warning_names_the_letters():
    with words.speaking("sv"):
        assert "inte visa 李" in warning("staff", "display_name", "李 Wei")
    assert warning("staff", "display_name", "Wei") == ""
