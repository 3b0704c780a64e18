"""A promise followed up, reported and forgotten from the command line."""

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

import resources
from planner.services.plans import open_plan
from planner.services.promise.promises import sign_promise
from tests.planner import small
from tests.planner.domain.followed import PROMISE
from tests.planner.promised import SIGNED_AT, at, promised, publish_week
from tests.planner.small import MONDAY, WEEK

AFTER = small.at(WEEK.days[6], "12:00")


@pytest.fixture
def promised_file(tmp_path):
    path = tmp_path / "promised.narvaro"
    with promised(path) as plan, at(SIGNED_AT):
        sign_promise(plan, PROMISE.id)
        publish_week(plan)
    with at(AFTER):
        yield path


def reports(tmp_path, *rows):
    path = tmp_path / "rapport.csv"
    path.write_text("\n".join(("duty;state;reason", *rows)), encoding="utf-8")
    return path


def test_a_promise_is_told_in_words(run, promised_file, tmp_path):
    assert (
        run("deliver", promised_file, reports(tmp_path, f"a/{MONDAY}/before-1;not_done;weather"))[0]
        == 0
    )
    code, out, _ = run("promise", promised_file)
    assert code == 0
    assert out.startswith("Löftet, 18 November – 13 December 2026")
    assert "Kontaktperson: Not settled yet" in out
    assert "not done 1: weather 1" in out


def test_a_promise_as_json_keeps_to_its_schema_and_adds_up(run, promised_file):
    code, out, _ = run("promise", promised_file, "--json")
    document = json.loads(out)
    schema = json.loads(resources.path("schemas", "promise-1.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert code == 0
    for measure in document["measures"]:
        for parts in (measure["weeks"], measure["places"]):
            assert sum(part["promised"] for part in parts) == measure["total"]["promised"]
            assert sum(part["not_reported"] for part in parts) == measure["total"]["not_reported"]


def test_a_file_of_deliveries_that_does_not_exist_is_named(run, promised_file, tmp_path):
    code, _, err = run("deliver", promised_file, tmp_path / "nofile.csv")
    assert code == 2
    assert "nofile.csv” does not exist; check the name." in err


def test_deliveries_are_tried_before_they_are_kept(run, promised_file, tmp_path):
    file = reports(tmp_path, f"a/{MONDAY}/before-1;done;", f"a/{MONDAY}/after-1;;")
    code, out, _ = run("deliver", promised_file, file, "--dry-run")
    assert code == 0
    assert "done 1, not done 0, reported so already 0, without a state 1" in out
    with open_plan(promised_file) as plan:
        assert plan.store.deliveries(WEEK, WEEK) == ()
    assert run("deliver", promised_file, file)[0] == 0
    with open_plan(promised_file) as plan:
        assert len(plan.store.deliveries(WEEK, WEEK)) == 1


def test_a_wrong_row_is_told_and_nothing_is_kept(run, promised_file, tmp_path):
    file = reports(tmp_path, f"a/{MONDAY}/before-1;done;", "a/2026-11-23/before-7;done;")
    code, out, err = run("deliver", promised_file, file)
    assert (code, out) == (2, "")
    assert "rapport.csv" in err
    assert "There is no duty “a/2026-11-23/before-7” in week 2026-W48" in err
    with open_plan(promised_file) as plan:
        assert plan.store.deliveries(WEEK, WEEK) == ()
    assert run("deliver", promised_file, tmp_path / "none.csv")[0] == 2


def test_a_plan_without_a_promise_says_so(run, small_file):
    code, _, err = run("promise", small_file)
    assert code == 2
    assert "promise" in err


def test_who_did_what_is_counted_and_forgotten_when_told_so(run, promised_file):
    with at(AFTER + timedelta(days=91)):
        code, out, _ = run("retention", promised_file)
        assert code == 0
        assert "weeks that say who was to be where: 1" in out
        assert "Nothing was forgotten" in out
        assert run("retention", promised_file, "--yes")[0] == 0
        assert "nothing" in run("retention", promised_file)[1]
