"""Cells as times, and what of a text never comes any further."""

from datetime import time

import pytest

from planner.exchange.grids.cells import read_cell, read_clock
from planner.exchange.grids.names import clean_name, is_name
from planner.exchange.grids.scrubbing import says_away, without_causes, without_numbers

SPLIT = ((time(7, 15), time(11, 30)), (time(13), time(16)))


@pytest.mark.parametrize(
    ("text", "code", "times"),
    [
        ("07.15-11.30/13-16", "", SPLIT),
        ("07:15–11:30, 13:00–16:00", "", SPLIT),
        ("0715-1130 1300-1600", "", SPLIT),
        ("7.15 - 11.30 och 13 till 16", "", SPLIT),
        ("kl 7-16", "", ((time(7), time(16)),)),
        ("22-06", "", ((time(22), time(6)),)),
        ("16-24", "", ((time(16), time()),)),
        ("D 07-16", "D", ((time(7), time(16)),)),
        ("D", "D", ()),
        ("7,5", "7,5", ()),
        ("25-26", "25-26", ()),
        ("07-16 ring", "07-16 ring", ()),
        ("", "", ()),
    ],
)
def test_a_cell_is_a_code_or_times(text, code, times):
    assert read_cell(text) == (code, times)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("7", time(7)),
        ("07.15", time(7, 15)),
        ("0715", time(7, 15)),
        ("2026-11-23 07:15", time(7, 15)),
        ("24:00", time()),
        ("25", None),
        ("x", None),
    ],
)
def test_a_time_of_day_is_read_alone(text, clock):
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    "text",
    [
        "19790412-2387",
        "790412-2387",
        "7904122387",
        "197904122387",
        "790472-2387",
        "800101-TF12",
        "790412+2387",
        "790412 2387",
    ],
)
def test_a_personal_identity_number_is_dropped(text):
    assert without_numbers(f"Anna Berg ({text})")[0] == "Anna Berg"
    assert without_numbers(text)[0] == ""


def test_a_number_tells_people_apart_however_it_is_written():
    assert without_numbers("19790412-2387")[1] == without_numbers("7904122387")[1]


@pytest.mark.parametrize("text", ["20261123-0715", "2026-11-23", "07.15-11.30", "021-39 00 00"])
def test_days_and_times_are_no_persons(text):
    assert without_numbers(text) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "sjuk",
        "Sjuk 50%",
        "VAB",
        "sem",
        "Semester v 30",
        "föräldraledig",
        "tjl",
        "barnomsorg, vab",
        "Sjukskriven t.o.m. 3/12",
        "KOMP",
        "vård av barn",
        "sick leave",
        "frånvaro",
    ],
)
def test_a_cause_is_an_absence(text):
    assert says_away(text)


@pytest.mark.parametrize("text", ["D", "ledig", "FP", "Semir Sjöberg", "Komplex", "Sara Ekström"])
def test_other_words_are_no_cause(text):
    assert not says_away(text)


def test_a_name_stays_without_the_cause_beside_it():
    assert without_causes("Anna Berg sjuk") == "Anna Berg"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Ekström, Sara", "Sara Ekström"), ("Pa Berg Anna", "Berg Anna"), ("Anna  Berg", "Anna Berg")],
)
def test_a_name_is_cleaned(text, name):
    assert clean_name(text) == name


@pytest.mark.parametrize(
    "text", ["Summa", "December 2026", "Turlag 1", "v 48", "Måndag", "D", "12", "Namn", "FP"]
)
def test_headings_and_sums_are_no_names(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    "text", ["Maj Persson", "ANNA BERG", "O'Neill, Pat", "Kontakt Nr1", "Bo Ek"]
)
def test_people_may_be_called_as_months_are(text):
    assert is_name(text)
