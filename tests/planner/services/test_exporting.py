import csv
import json
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator

import resources
from planner import words
from planner.domain.duties import DutyKind
from planner.errors import ConflictError, StorageError
from planner.exchange.week_json import roster_from_json
from planner.services.checking import check, check_json
from planner.services.exporting import ExportFormat, export_week, week_json
from planner.services.gaps import gaps_json
from planner.services.publishing import publish, uncovered_windows
from planner.services.views import Decision
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
            validator("gaps-1.json").validate(gaps_json(drafted, checked))


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
