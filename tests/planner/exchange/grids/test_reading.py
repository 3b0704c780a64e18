"""What is understood of rosters as planners keep them."""

from datetime import date, time

import pytest
from openpyxl import Workbook

from planner.domain.grids import DoubtKind, GridKind, Mark, codes_of, colors_of
from planner.errors import InputError
from planner.exchange.grids.collecting import Hints
from planner.exchange.grids.reading import joined, read_grids
from tests.planner.exchange.grids import messy

HINTS = Hints(today=date(2026, 11, 20))


def only(path, hints=HINTS):
    (grid,) = read_grids(path, hints)
    return grid


def on(grid, person, day):
    """Return what stands where a person and a day meet."""
    return next(one for one in grid.entries if (one.person, one.day) == (person, day))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("grids")


@pytest.fixture(scope="module")
def police(folder):
    return only(messy.police(folder / "police.xlsx"))


@pytest.fixture(scope="module")
def municipal(folder):
    return only(messy.municipal(folder / "municipal.xlsx"))


@pytest.fixture(scope="module")
def export(folder):
    return joined(read_grids(messy.export(folder / "export.xlsx"), HINTS))


def test_people_stand_under_their_squads_and_sums_are_nobody(police):
    assert [(one.name, one.squad) for one in police.people] == [
        ("Sara Ekström", "Turlag 1"),
        ("Lindqvist Johan", "Turlag 1"),
        ("Åsa Öberg", "Turlag 1"),
        ("Per Nyström", "Turlag 2 (yttre)"),
        ("Eva-Lena Wallin", "Turlag 2 (yttre)"),
    ]
    assert police.unread == ("Tjnr", "Summa tim", "Anm")


def test_days_as_numbers_are_of_the_month_in_the_title(police):
    assert police.kind is GridKind.CROSS
    assert (police.first_day, police.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert police.doubt is None
    assert on(police, "Sara Ekström", date(2026, 11, 2)).code == "D"


def test_codes_are_counted_and_only_fills_of_single_cells_mean_something(police):
    assert codes_of(police) == {"D": 30, "FP": 30, "K": 27, "M": 14, "N": 14, "Utb": 1}
    assert set(colors_of(police)) == {"ffff00", "ff7c80"}  # not the weekends' grey


def test_a_cause_is_an_absence_and_nothing_else(police):
    absent = [one for one in police.entries if one.is_absent]
    assert [(one.person, one.day.day) for one in absent] == [
        ("Lindqvist Johan", 10),
        ("Lindqvist Johan", 11),
        ("Åsa Öberg", 18),
        ("Åsa Öberg", 19),
    ]
    assert all(not one.code and not one.times for one in absent)


@pytest.mark.parametrize("grid", ["police", "municipal", "export"])
def test_a_grid_holds_no_number_and_no_cause(grid, request):
    told = repr(request.getfixturevalue(grid)).casefold()
    for number in messy.NUMBERS:
        assert number.casefold() not in told
        assert number.replace("-", "").casefold() not in told
    for cause in messy.CAUSES:
        assert f"'{cause.casefold()}" not in told
    assert "ring inte" not in told
    assert "0703" not in told


def test_what_is_not_read_is_not_shown(police):
    marks = {cell.mark for row in police.picture for cell in row if cell.text}
    assert marks == {Mark.HEADING, Mark.DATE, Mark.NAME, Mark.SQUAD, Mark.CODE}


def test_a_year_that_nobody_says_is_told_by_weekdays_and_weeks(folder, police):
    grid = only(messy.police(folder / "yearless.xlsx", year_said=False))
    assert grid.doubt is None
    assert [one.day for one in grid.entries] == [one.day for one in police.entries]


def test_a_year_that_nothing_tells_is_asked_for(folder):
    path = messy.police(folder / "plain.xlsx", year_said=False, weeks_said=False)
    grid = only(path)
    assert (grid.doubt.kind, grid.doubt.taken) == (DoubtKind.YEAR, 2026)
    assert 2027 in grid.doubt.choices
    answered = only(path, Hints(today=HINTS.today, year=2027))
    assert answered.doubt is None
    assert answered.first_day == date(2027, 11, 1)


def test_a_transposed_grid_says_the_same(folder, police):
    grid = only(messy.police(folder / "transposed.xlsx", transposed=True))
    assert grid.is_transposed
    assert grid.people == tuple(grid.people)
    assert [(one.key, one.squad) for one in grid.people] == [
        (one.key, one.squad) for one in police.people
    ]
    assert {(one.person, one.day, one.code, one.color) for one in grid.entries} == {
        (one.person, one.day, one.code, one.color) for one in police.entries
    }
    place = on(police, "Sara Ekström", date(2026, 11, 2))
    other = on(grid, "Sara Ekström", date(2026, 11, 2))
    assert (other.row, other.column) == (place.column, place.row)


def test_a_row_for_each_week_has_times_as_text(municipal):
    assert municipal.kind is GridKind.WEEKS
    assert (municipal.first_day, municipal.last_day) == (date(2026, 11, 16), date(2026, 11, 29))
    monday = on(municipal, "Anna Karlsson", date(2026, 11, 16))
    assert monday.times == ((time(7, 15), time(11, 30)), (time(13), time(16)))
    assert codes_of(municipal) == {"APT": 2, "FP": 2, "ledig": 2}
    assert sum(one.is_absent for one in municipal.entries) == 14
    assert municipal.unread == ("Personnr", "Anm.")


def test_people_of_one_name_are_told_apart_by_a_number_that_is_not_kept(municipal):
    assert [one.key for one in municipal.people] == [
        "Anna Karlsson",
        "Britt-Marie Åkesson",
        "Cem Öztürk",
        "Anna Karlsson (2)",
    ]


def test_a_list_is_read_over_its_sheets(export):
    assert export.kind is GridKind.LIST
    assert export.sheets == ("Pass", "Frånvaro")
    assert len(export.people) == 3
    shift = on(export, "Anna Karlsson", date(2026, 11, 23))
    assert (shift.code, shift.times, shift.break_min) == ("S1", ((time(7, 15), time(16)),), 30)
    assert on(export, "Anna Karlsson", date(2026, 11, 24)).is_absent
    night = on(export, "Britt-Marie Åkesson", date(2026, 11, 24))
    assert night.times == ((time(22), time(6)),)
    away = [one.day.day for one in export.entries if one.is_absent and "Britt" in one.person]
    assert away == [26, 27, 28]


@pytest.mark.parametrize(
    "heads",
    [
        [date(2026, 11, 23 + n) for n in range(5)],
        ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"],
        ["23/11", "24/11", "25/11", "26/11", "27/11"],
        ["mån 23/11", "tis 24/11", "ons 25/11", "tors 26/11", "fre 27/11"],
        ["23 nov", "24 nov", "25 nov", "26 nov", "27 nov"],
        ["23.11.2026", "24.11.2026", "25.11.2026", "26.11.2026", "27.11.2026"],
        ["20261123", "20261124", "20261125", "20261126", "20261127"],
        ["261123", "x", "x", "x", "x"],
    ],
    ids=str,
)
def test_dates_are_read_in_every_form(heads, tmp_path):
    book = Workbook()
    book.active.append(["Namn 2026", *heads])
    book.active.append(["Anna Berg", "D", "K", "D", "K", "D"])
    book.save(tmp_path / "dates.xlsx")
    if "x" in heads:
        with pytest.raises(InputError, match="grid-nothing"):
            only(tmp_path / "dates.xlsx")
        return
    grid = only(tmp_path / "dates.xlsx")
    assert (grid.first_day, grid.last_day) == (date(2026, 11, 23), date(2026, 11, 27))
    assert grid.doubt is None


def test_a_grid_over_new_year_goes_on_into_the_next(tmp_path):
    book = Workbook()
    book.active.append(["December 2026 – januari 2027"])
    book.active.append(["Namn", *(f"{d}/12" for d in range(28, 32)), "1/1", "2/1", "3/1"])
    book.active.append(["Anna Berg", *"DDDDDDD"])
    book.save(tmp_path / "year.xlsx")
    grid = only(tmp_path / "year.xlsx")
    assert (grid.first_day, grid.last_day) == (date(2026, 12, 28), date(2027, 1, 3))


def test_weekdays_under_week_numbers_need_no_dates(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["2026", "v 52", *[""] * 6, "v 53", *[""] * 6, "v 1"])
    sheet.append(["Namn", *"MTOTFLSMTOTFLSMTOTFLS"])
    sheet.append(["Anna Berg", *"DDDDD  KKKKK  NNNNN"])
    sheet.merge_cells("B1:H1")
    book.save(tmp_path / "blocks.xlsx")
    grid = only(tmp_path / "blocks.xlsx")
    assert (grid.first_day, grid.last_day) == (date(2026, 12, 21), date(2027, 1, 10))
    assert on(grid, "Anna Berg", date(2026, 12, 31)).code == "K"
    assert on(grid, "Anna Berg", date(2027, 1, 8)).code == "N"


def test_a_single_week_has_its_number_in_a_title(tmp_path):
    book = Workbook()
    book.active.append(["Arbetsschema vecka 48 2026"])
    book.active.append(["Namn", "Mån", "Tis", "Ons", "Tors", "Fre"])
    book.active.append(["Anna Berg", "7-16", "7-16", "", "sem", "13-17"])
    book.save(tmp_path / "week.xlsx")
    grid = only(tmp_path / "week.xlsx")
    assert [one.day.day for one in grid.entries] == [23, 24, 26, 27]


def test_months_may_stand_below_each_other(tmp_path):
    book = Workbook()
    for month, days in (("November 2026", range(26, 31)), ("December 2026", range(1, 7))):
        book.active.append([month])
        book.active.append(["Namn", *days])
        book.active.append(["Anna Berg", *"DDKKN"])
        book.active.append([])
    book.save(tmp_path / "stacked.xlsx")
    grid = only(tmp_path / "stacked.xlsx")
    assert len(grid.people) == 1
    assert (grid.first_day, grid.last_day) == (date(2026, 11, 26), date(2026, 12, 6))


@pytest.mark.parametrize(
    ("name", "code"), [("x.csv", "grid-kind"), ("missing.xlsx", "source-missing")]
)
def test_what_is_no_workbook_is_refused(name, code, tmp_path):
    (tmp_path / "x.csv").write_text("a;b")
    with pytest.raises(InputError, match=code):
        read_grids(tmp_path / name, HINTS)


def test_a_broken_workbook_is_refused(tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(InputError, match="workbook-broken"):
        read_grids(tmp_path / "broken.xlsx", HINTS)
