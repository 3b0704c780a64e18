import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import resources
from planner import words
from planner.domain.duties import DutyKind
from planner.errors import ConflictError, StorageError
from planner.exchange.week_json import roster_from_json
from planner.services.examples import making
from planner.services.exports.exporting import ExportFormat, export_week, week_json
from planner.services.gaps.of_week import gaps_json
from planner.services.plans import open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.document import week_document
from planner.services.roster.views import Decision
from planner.services.week.checking import check, check_json
from planner.words import _
from tests.planner import everything, small
from tests.planner.small import CONTACTS, WEEK


def validator(name):
    schema = json.loads(resources.path("schemas", name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture
def document(drafted):
    return json.loads(week_json(drafted, WEEK))


def test_week_keeps_to_its_schema(document):
    validator("week-1.json").validate(document)


def test_check_and_gaps_keep_to_their_schemas(drafted):
    checked = check(drafted, WEEK)
    for language in words.LANGUAGES:
        with words.speaking(language):
            validator("check-1.json").validate(check_json(drafted, checked))
            validator("gaps-2.json").validate(gaps_json(drafted, checked))


def test_roster_comes_back_as_it_went(document, small_roster):
    back = roster_from_json(document)
    assert back.shifts == tuple(sorted(small_roster.shifts, key=lambda one: (one.staff, one.span)))
    assert sorted(back.assignments, key=repr) == sorted(small_roster.assignments, key=repr)


def test_times_have_the_local_offset(document):
    (first, *_) = document["duties"]
    assert first["earliest_start"].endswith("+01:00")
    assert datetime.fromisoformat(first["earliest_start"]).utcoffset() is not None


def test_names_that_only_the_employer_needs_stay_behind(document):
    text = json.dumps(document, ensure_ascii=False)
    assert "Kontakt Nr1" in text
    assert "Äldreson" not in text
    assert "Court" not in text


def test_week_needs_nothing_else_to_be_checked(document):
    staff = {member["id"] for member in document["staff"]}
    assert {shift["staff"] for shift in document["shifts"]} <= staff
    sites = {site["id"] for site in document["sites"]}
    assert {duty["site"] for duty in document["duties"]} <= sites
    assert document["travel_min"]["car"]["site-a"]["site-b"] > 0
    assert {rule["source"] for rule in document["rules"]} == {"Arbetstidslagen"}
    assert sum(duty["kind"] == DutyKind.SCHOOL for duty in document["duties"]) == 18
    assert {one["staff"]: one["counted_min"] for one in document["hours"]}[CONTACTS[0]] == 5 * 300


def test_published_week_is_exported_when_the_draft_is_gone(drafted, drafted_file, document):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {window.duty: Decision.CANCELLED for window in windows})
    with closing(sqlite3.connect(drafted_file)) as connection, connection:
        connection.execute("DELETE FROM drafts")
        connection.execute("DELETE FROM shift_spans")
        connection.execute("DELETE FROM shifts")
    assert json.loads(week_json(drafted, WEEK))["shifts"] == document["shifts"]


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A plan with everything in it, secrets too, and a draft."""
    path = tmp_path_factory.mktemp("full") / "full.narvaro"
    small.save_plan(path, everything.make_plan())
    notes, overrides = everything.make_notes()
    with open_plan(path) as plan:
        roster = small.make_roster(plan.plan)
        kept = tuple(one for one in roster.shifts if one.staff != small.OFFICERS[1])
        shifts = (*kept, *(one for one in everything.make_shifts() if one.day in WEEK.days))
        roster = replace(roster, shifts=shifts, notes=notes, overrides=overrides)
        small.save_draft(plan, roster)
        yield plan


def test_week_with_everything_keeps_to_its_schema(full):
    document = json.loads(week_json(full, WEEK))
    validator("week-1.json").validate(document)
    sets = ("standbys", "wishes", "unavailabilities", "safety_walks", "credited_hours", "levels")
    assert [name for name in sets if not document[name]] == ["levels"]


def test_example_keeps_to_the_schema(tmp_path):
    making.create_example(tmp_path / "example.narvaro")
    with open_plan(tmp_path / "example.narvaro") as example:
        week = making.EXAMPLE_WEEK
        document = week_document(example, example.store.load_roster(week))
    validator("week-1.json").validate(json.loads(json.dumps(document)))


@pytest.mark.parametrize("kind", [ExportFormat.JSON, ExportFormat.CSV, ExportFormat.XLSX])
def test_no_secret_leaves_with_a_week(full, tmp_path, kind):
    paths = export_week(full, WEEK, kind, tmp_path)
    assert paths
    assert [path.name for path in paths if everything.SECRET in said_by(path).casefold()] == []
    assert any("polis nr1" in said_by(path).casefold() for path in paths)


def said_by(path):
    """Return all texts of a file, in whatever it is packed."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_week_is_a_workbook_in_the_language_that_is_spoken(full, tmp_path):
    with words.speaking("sv"):
        (path,) = export_week(full, WEEK, ExportFormat.XLSX, tmp_path)
    book = load_workbook(path)
    assert path.name == "2026-W48.xlsx"
    assert book.sheetnames == [
        *("Schema", "Pass", "Uppgifter", "Vem gör vad", "Timmar", "Luckor", "Om filen")
    ]
    assert book.properties.title == "Small plan – Schema vecka 48, 2026"
    assert book.properties.language == "sv"
    roster = cells(book["Schema"])
    assert roster[0][:4] == ["Namn", "Arbetsgivare", "Turlag", "mån 23/11"]
    assert roster[1][:4] == ["Kontakt Nr1", "Kommunen", None, "S 07:00–09:00, 13:00–16:00"]
    assert roster[1][-2:] == [timedelta(hours=25), timedelta(hours=24)]
    assert book["Schema"].freeze_panes == "B2"
    assert ["Plan", "Small plan"] in cells(book["Om filen"])
    assert ["Läge", "Utkast"] in cells(book["Om filen"])
    assert ["Upplysning", "Made up"] in cells(book["Om filen"])


def test_a_weeks_workbook_tells_shifts_duties_hours_and_gaps(drafted, tmp_path):
    with words.speaking("en"):
        (path,) = export_week(drafted, WEEK, ExportFormat.XLSX, tmp_path / "week.xlsx")
    book = load_workbook(path)
    _, shift, *_ = cells(book["Shifts"])
    monday = datetime(2026, 11, 23)  # noqa: DTZ001 - a worksheet knows no zones
    assert shift[:6] == [
        *("Kontakt Nr1", monday, "School", "07:00–09:00, 13:00–16:00"),
        *(monday.replace(hour=7), monday.replace(hour=16)),
    ]
    assert shift[7:] == [timedelta(hours=5), "planned", "no", "c1"]
    assert book["Shifts"]["B2"].number_format == "yyyy-mm-dd"
    assert book["Shifts"]["H2"].number_format == "[h]:mm"
    duties = {tuple(row[1:3]): row[-3:] for row in cells(book["Duties"])[1:]}
    assert duties["Selected place", "Torget"] == [2, 2, 2]
    hours = {row[0]: row[2:5] for row in cells(book["Hours"])}
    assert hours["Kontakt Nr1"] == [timedelta(hours=25), timedelta(hours=24), 1]
    gaps = [row[:4] for row in cells(book["Gaps"])]
    assert ["Björkskolan", local(27, 14), local(27, 14, 45), 1] in gaps
    assert len(cells(book["Who does what"])) == len(small.make_roster(drafted.plan).assignments) + 1


def local(*numbers):
    return datetime(2026, 11, *numbers)  # noqa: DTZ001 - a worksheet knows no zones


def test_a_published_week_says_so_in_its_workbook(drafted, tmp_path):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {window.duty: Decision.CANCELLED for window in windows})
    (path,) = export_week(drafted, WEEK, ExportFormat.XLSX, tmp_path)
    states = [row[1] for row in cells(load_workbook(path)[_("About this file")])]
    assert _("Published, version {version}", version=1) in states


def test_json_goes_to_the_file_or_into_the_folder(drafted, tmp_path):
    (named,) = export_week(drafted, WEEK, ExportFormat.JSON, tmp_path / "week.json")
    (put,) = export_week(drafted, WEEK, ExportFormat.JSON, tmp_path)
    assert (named.name, put.name) == ("week.json", "2026-W48.json")
    assert named.read_bytes() == put.read_bytes()


def test_csv_is_a_folder_that_says_the_gaps_too(drafted, tmp_path):
    paths = export_week(drafted, WEEK, ExportFormat.CSV, tmp_path / "csv")
    names = ["assignments", "duties", "gaps", "hours", "shifts"]
    assert sorted(path.stem for path in paths) == names
    with (tmp_path / "csv" / "gaps.csv").open(encoding="utf-8-sig", newline="") as file:
        gaps = list(csv.DictReader(file, delimiter=";"))
    assert ["Björkskolan", "2026-11-27 14:00"] in [[gap["title"], gap["start"]] for gap in gaps]


def test_week_without_roster_is_not_exported(small_open, tmp_path):
    with pytest.raises(ConflictError, match="week-not-generated"):
        export_week(small_open, WEEK, ExportFormat.CSV, tmp_path / "csv")
    assert not (tmp_path / "csv").exists()


def test_file_in_a_missing_folder_is_refused(drafted, tmp_path):
    with pytest.raises(StorageError, match="output-folder-missing"):
        export_week(drafted, WEEK, ExportFormat.JSON, tmp_path / "no" / "week.json")
