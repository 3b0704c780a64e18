"""Which letters can be printed, and what is printed in their place."""

import pytest
from reportlab.pdfbase import pdfmetrics

from planner.reports import document
from planner.reports.typeface import REPLACEMENT, lacking, letters, printable, shown


@pytest.mark.parametrize(
    "font", [document.REGULAR, document.MEDIUM, document.SEMIBOLD, document.BOLD]
)
def test_letters_are_those_of_each_weight_that_is_printed(font):
    document.register_fonts()
    assert set(pdfmetrics.getFont(font).face.charToGlyph) == letters()
    assert ord(REPLACEMENT) in letters()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Åsa Öberg – ”Norra” entrén", "Åsa Öberg – ”Norra” entrén"),
        ("  två\u00a0  ord\n", "två ord"),
        ("Asa\u030a", "Aså"),
        ("Anna 😀 Berg", "Anna □ Berg"),
        ("李", "□"),
        ("ﬁn", "fin"),
        ("Anna\u202e Berg\u200b", "Anna Berg"),
        ("Anna\ufe0f\x07\ud800", "Anna"),
    ],
)
def test_what_the_typeface_lacks_is_seen_to_lack(written, printed):
    assert printable(written) == printed


def test_what_is_not_seen_in_print_is_told_once_each():
    told = lacking("😀 Anna\u202e 😀 Åsa ﬁn □ \x07")
    assert [shown(letter) for letter in told] == ["😀", "U+202E", "U+0007"]
    assert lacking("Åsa – norra entrén") == ()
