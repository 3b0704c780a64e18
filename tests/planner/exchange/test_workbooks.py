"""Workbooks as people and their spreadsheets leave them."""

import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from planner.domain.plan import PlanSettings
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content


def local(*numbers):
    return datetime(*numbers)  # noqa: DTZ001 - a worksheet knows no zones


@pytest.fixture
def book():
    book = Workbook()
    book.remove(book.active)
    return book


def sheet_of(book, name, *rows):
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(row)
    return sheet


def read(book, tmp_path):
    path = tmp_path / "plan.xlsx"
    book.save(path)
    problems = Problems()
    return read_content(path, PlanSettings(), problems), problems


def faults(book, tmp_path):
    _, problems = read(book, tmp_path)
    return [(one.code, one.place.row, one.place.column) for one in problems.found()]


BELLS = ["school", "weekday", "grade_group", "first_bell", "last_bell"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (time(8, 10), time(13, 50)),
        ("08:10", "13.50"),
        ("8:10", "13:50:00"),
        (8 / 24 + 10 / 1440, 0.576388888888889),
        (timedelta(hours=8, minutes=10), timedelta(hours=13, minutes=50)),
        (time(8, 9, 59, 999_000), time(13, 50)),
    ],
)
def test_times_may_be_typed_in_many_ways(book, tmp_path, first, last):
    sheet_of(book, "bell_times", BELLS, ["a", 1.0, "F–6", first, last])
    content, problems = read(book, tmp_path)
    problems.refuse()
    (bell,) = content.records["bell_times"]
    assert (bell.weekday, bell.first_bell, bell.last_bell) == (1, time(8, 10), time(13, 50))


def test_a_quarter_of_a_day_is_not_a_quarter_of_an_hour(book, tmp_path):
    sheet_of(book, "bell_times", BELLS, ["a", 1, "F", 0.25, 0.5])
    content, _ = read(book, tmp_path)
    (bell,) = content.records["bell_times"]
    assert (bell.first_bell, bell.last_bell) == (time(6), time(12))


@pytest.mark.parametrize("wrong", [7.5, 1.5, 0.3001, time(8, 10, 30), "kl. 8", -0.25])
def test_what_is_no_time_is_refused(book, tmp_path, wrong):
    sheet_of(book, "bell_times", BELLS, ["a", 1, "F", wrong, time(14)])
    assert faults(book, tmp_path) == [("time-wrong", 2, "first_bell")]


def test_dates_may_be_typed_as_text_and_ids_as_numbers(book, tmp_path):
    sheet_of(
        book,
        "wishes",
        ["id", "staff", "day", "strength"],
        [1.0, 7, "2026-11-23", "3"],
        [2, "007", date(2026, 11, 24), 2.0],
    )
    content, problems = read(book, tmp_path)
    problems.refuse()
    wishes = content.records["wishes"]
    assert [(one.id, one.staff, one.day.day) for one in wishes] == [
        ("1", "7", 23),
        ("2", "007", 24),
    ]
    assert [one.strength for one in wishes] == [3, 2]


def test_empty_rows_and_columns_around_a_table_are_nothing(book, tmp_path):
    heading, row = ["id", "name", None, None], ["city", "Staden", "", "  "]
    sheet_of(book, "employers", [None] * 5, heading, [None], row, [None], [""])
    content, problems = read(book, tmp_path)
    problems.refuse()
    assert [one.name for one in content.records["employers"]] == ["Staden"]


def test_rows_are_counted_as_the_spreadsheet_counts_them(book, tmp_path):
    sheet_of(book, "employers", [], ["id", "nam"], [], ["city", "Staden"])
    assert faults(book, tmp_path) == [("column-unknown", 2, "nam"), ("column-missing", 2, None)]


def test_a_merged_heading_names_one_column(book, tmp_path):
    sheet = sheet_of(book, "employers", ["id", "name", None, "service_phone"], ["c", "A", "x"])
    sheet.merge_cells("B1:C1")
    _, problems = read(book, tmp_path)
    (problem,) = problems.found()
    assert (problem.code, problem.place.row, problem.values) == (
        "column-without-heading",
        1,
        {"number": 3},
    )


def test_a_hidden_sheet_is_not_read_and_told_of(book, tmp_path):
    sheet_of(book, "employers", ["id", "name"], ["city", "Staden"])
    sheet_of(book, "skills", ["id", "name"], ["old", "Gammal"]).sheet_state = "hidden"
    content, problems = read(book, tmp_path)
    assert set(content.records) == {"employers"}
    assert [(one.code, dict(one.values)["file"]) for one in problems.warnings] == [
        ("sheet-hidden", "plan.xlsx [skills]")
    ]


def with_result(path, result):
    """Give the workbook's formula a result, as a spreadsheet does when it saves."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<v></v>", result).replace(b"<v />", result)
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


@pytest.mark.parametrize(
    ("result", "minutes", "found"),
    [(b"<v>6</v>", [6], []), (b"", [], [("formula-error", 2, "minutes")])],
)
def test_formulas_count_as_what_they_came_to(book, tmp_path, result, minutes, found):
    sheet_of(
        book, "travel_times", ["from_site", "to_site", "mode", "minutes"], ["a", "b", "car", "=2*3"]
    )
    path = tmp_path / "plan.xlsx"
    book.save(path)
    with_result(path, result)
    problems = Problems()
    content = read_content(path, PlanSettings(), problems)
    assert [one.minutes for one in content.records["travel_times"]] == minutes
    places = [(one.code, one.place.row, one.place.column) for one in problems.found()]
    assert places == found


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#SAKNAS!", "#VÄRDEFEL!"])
def test_an_error_is_no_name(book, tmp_path, error):
    sheet_of(book, "employers", ["id", "name"], ["city", error])
    assert faults(book, tmp_path) == [("formula-error", 2, "name")]


def test_moments_rounded_by_a_spreadsheet_are_whole_minutes(book, tmp_path):
    sheet_of(
        book,
        "absences",
        ["id", "staff", "start", "end"],
        ["a", "k1", local(2026, 11, 23, 7, 14, 59, 990_000), "2026-11-23T16:00"],
    )
    content, problems = read(book, tmp_path)
    problems.refuse()
    (absence,) = content.records["absences"]
    assert (absence.start.minute, absence.end.hour) == (15, 15)


def test_seconds_are_refused(book, tmp_path):
    rows = (["id", "staff", "start", "end"], ["a", "k1", local(2026, 11, 23, 7, 15, 20), "x"])
    sheet_of(book, "absences", *rows)
    assert faults(book, tmp_path)[0] == ("datetime-wrong", 2, "start")


def test_letters_that_xml_lacks_are_read_as_they_were_meant(book, tmp_path):
    sheet_of(book, "employers", ["id", "name"], ["a", "A_x005F_x0041_"], ["b", "B_x000D_"])
    content, _ = read(book, tmp_path)
    assert [one.name for one in content.records["employers"]] == ["A_x0041_", "B"]


def test_a_workbook_of_another_program_is_read_without_its_size(book, tmp_path):
    sheet = sheet_of(book, "employers", ["id", "name"], ["city", "Staden"])
    sheet.sheet_view.tabSelected = True
    path = tmp_path / "plan.xlsx"
    book.save(path)
    assert load_workbook(path)["employers"].dimensions == "A1:B2"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'ref="A1:B2"', b'ref="A1"')
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    content = read_content(path, PlanSettings(), Problems())
    assert [one.name for one in content.records["employers"]] == ["Staden"]
