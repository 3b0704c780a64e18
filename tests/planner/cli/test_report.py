import random
from datetime import timedelta

import pytest

from planner.services.promise.promises import sign_promise
from tests.planner.domain.followed import AFTER, PROMISE
from tests.planner.promised import SIGNED_AT, at, promised
from tests.planner.services.promise.test_report_back import happen


@pytest.fixture
def signed_file(tmp_path):
    path = tmp_path / "promised.narvaro"
    with promised(path) as plan, at(SIGNED_AT):
        sign_promise(plan, PROMISE.id)
    return path


@pytest.fixture
def reported_file(signed_file):
    with promised(signed_file) as plan:
        with at(SIGNED_AT):
            sign_promise(plan, PROMISE.id)
        happen(plan, random.Random(1))
    return signed_file


def test_report_back_is_written_into_a_folder(run, reported_file, tmp_path):
    with at(AFTER):
        code, out, _ = run("report-back", reported_file, "--out", tmp_path / "r", lang="")
    assert code == 0
    written = sorted(path.name for path in (tmp_path / "r").iterdir())
    assert "aterrapport-Löftet.pdf" in written
    assert sorted(line.rpartition("/")[2] for line in out.splitlines()) == written


def test_interim_report_is_called_one(run, reported_file, tmp_path):
    with at(AFTER - timedelta(days=5)):
        code, out, _ = run("report-back", reported_file, "--out", tmp_path, "--promise", "Löftet")
    assert code == 0
    assert "interim-report-Löftet.pdf" in out


def test_period_without_data_is_said_in_a_sentence(run, signed_file, tmp_path):
    with at(AFTER):
        code, out, err = run("report-back", signed_file, "--out", tmp_path / "r")
    assert (code, out) == (2, "")
    assert "Nothing was published or reported between" in err
    assert not (tmp_path / "r").exists()


def test_unknown_promise_is_answered_with_those_there_are(run, signed_file, tmp_path):
    code, _, err = run("report-back", signed_file, "--out", tmp_path / "r", "--promise", "q")
    assert code == 2
    assert "p (Löftet)" in err


def test_plan_without_a_promise_says_where_to_write_one(run, small_file, tmp_path):
    code, _, err = run("report-back", small_file, "--out", tmp_path / "r")
    assert code == 2
    assert "Data" in err
