"""What the guard finds in texts, and what it lets pass."""

import pytest

from planner.reports.audiences import MAY_SEE, OFFICER_MAY_SEE, SCHOOL_AUDIENCES, Audience, Matter
from planner.reports.guard import Allowed, is_identity_number, leaks, phone_digits, values

EVERYTHING = frozenset(Matter)
SECRETS = values(
    [
        (Matter.OFFICER_NAMES, "Anna-Karin Berg"),
        (Matter.OFFICER_NAMES, "Bo"),
        (Matter.OFFICER_PHONES, "010-56 00 01"),
        (Matter.PLACES, "Stora torget"),
        (Matter.PLACES, "Torg 李"),
        (Matter.NOTES, " ".join(f"ord{n}" for n in range(20))),
    ]
)


def found(text, *, forbidden=EVERYTHING, allowed=()):
    known = Allowed(
        values=values((Matter.OTHER_SCHOOLS, one) for one in allowed),
        numbers=frozenset(map(phone_digits, allowed)),
        addresses=frozenset(allowed),
    )
    return [(leak.matter, leak.found) for leak in leaks([text], SECRETS, forbidden, known)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ring Anna-Karin Berg!", "Anna-Karin Berg"),
        ("ANNA KARIN  BERG", "ANNA KARIN  BERG"),
        ("Berg, Anna-Karin", "Berg, Anna-Karin"),
        ("Anna-\u00adKa\u200brin Berg", "Anna-Karin Berg"),
        ("vid Anna-Karin Bergs bil", "Anna-Karin Bergs"),
        ("<b>Anna-Karin_Berg</b>", "Anna-Karin_Berg"),
        ("Bo", "Bo"),
    ],
)
def test_name_is_found_however_it_is_written(text, part):
    assert found(text) == [(Matter.OFFICER_NAMES, part)]


@pytest.mark.parametrize("text", ["Boden", "Anna Berg", "Karin", "Stora Torgeten", ""])
def test_part_of_a_name_or_of_a_word_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "number",
    ["010-56 00 01", "010560001", "+46 10 56 00 01", "+46 (0)10-560001", "0046 10-56 00 01"],
)
def test_number_is_found_by_its_digits(number):
    assert [matter for matter, _ in found(f"Tel. {number}, dagtid")] == [Matter.OFFICER_PHONES]
    assert found(number, allowed=["010-56 00 01"]) == []


@pytest.mark.parametrize("text", ["010-56 00 012", "07:15–08:15", "114 14", "23–27 november 2026"])
def test_other_numbers_and_times_are_none(text):
    assert found(text) == []


def test_two_numbers_after_each_other_are_told_apart():
    assert found("021-39 00 12 010-56 00 01") == [(Matter.OFFICER_PHONES, "010-56 00 01")]


def test_what_lies_within_something_allowed_is_no_secret():
    assert found("Bo Ek", allowed=["Bo Ek"]) == []
    assert found("Stora torget", allowed=["Stora torget"]) == []
    assert found("Bo Ek och Bo", allowed=["Bo Ek"]) == [(Matter.OFFICER_NAMES, "Bo")]
    assert found("Stora torget", allowed=["Stora"]) == [(Matter.PLACES, "Stora torget")]


@pytest.mark.parametrize("text", ["Torg 李", "Torg □"])
def test_value_is_found_as_it_was_written_and_as_it_is_printed(text):
    assert {matter for matter, _ in found(text)} == {Matter.PLACES}


def test_long_text_is_found_when_it_is_shortened():
    assert found("… ord5 ord6 ord7 ord8 ord9 ord10 ord11 ord12 …")
    assert not found("ord5 ord6 ord7")


@pytest.mark.parametrize(
    "number",
    ["811218-9876", "19811218-9876", "198112189876", "8112189876", "811218 9876", "811278-9873"],
)
def test_personal_identity_number_is_found_by_its_check_digit(number):
    assert is_identity_number(number)
    assert found(f"Elev {number}.") == [(Matter.IDENTITY_NUMBERS, number)]


@pytest.mark.parametrize(
    "number",
    ["811218-9875", "811318-9878", "0701234567", "021-39 12 34", "2026-11-23 1305", "18112189876"],
)
def test_other_digits_are_no_personal_identity_number(number):
    assert found(number) == []


def test_links_and_addresses_are_found_by_their_form():
    assert found("Se https://a.example/x?k=1") == [(Matter.LINKS, "https://a.example/x?k=1")]
    assert found("skolan.se/plan") == [(Matter.LINKS, "skolan.se/plan")]
    assert found("kl. 07.15/08.15, f.d. skolan/gymnasiet") == []
    assert found("anna.b@kommun.se") == [(Matter.ADDRESSES, "anna.b@kommun.se")]
    assert found("anna.b@kommun.se", allowed=["anna.b@kommun.se"]) == []


def test_nobody_may_see_what_concerns_nobody():
    seen = frozenset().union(OFFICER_MAY_SEE, *MAY_SEE.values())
    assert frozenset(Matter) - seen == {
        Matter.REAL_NAMES,
        Matter.IDENTITY_NUMBERS,
        Matter.ADDRESSES,
        Matter.PUPIL_NAMES,
        Matter.ABSENCE_CAUSE,
        Matter.NOTES,
    }


def test_schools_see_their_contact_persons_and_the_notice_board_no_name():
    assert set(MAY_SEE) == set(Audience)
    assert frozenset().union(*(MAY_SEE[one] for one in SCHOOL_AUDIENCES)) == {
        Matter.CONTACT_NAMES,
        Matter.SERVICE_PHONES,
    }
    assert Matter.CONTACT_NAMES not in MAY_SEE[Audience.NOTICE_BOARD]
