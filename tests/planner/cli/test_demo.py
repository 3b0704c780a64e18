import shutil
from datetime import date

import pytest

from planner import clock
from planner.cli import main
from planner.domain.weeks import IsoWeek
from planner.services.examples import demo
from planner.services.examples.making import EXAMPLE_WEEK, example_week
from planner.services.roster.generating import Proposal
from tests.planner.small import MONDAY


@pytest.fixture
def folder(tmp_path, monkeypatch, small_file_template, small_roster):
    """An empty folder, in week 48; the example is the small plan and is generated at once."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(clock, "today", lambda _zone: MONDAY)
    monkeypatch.setattr(
        demo,
        "create_example",
        lambda path, _name, *, week: shutil.copy(small_file_template, path) and week,
    )
    monkeypatch.setattr(demo, "generate", lambda *_, **__: Proposal(roster=small_roster, n_gaps=1))
    return folder


def run(capsys, *arguments):
    code = main(["--lang", "en", "demo", "--no-window", *arguments])
    return code, capsys.readouterr().out.splitlines()


def test_demo_does_the_whole_job_and_says_what_it_did(folder, capsys):
    code, lines = run(capsys)
    assert code == 0
    assert lines == [
        "The example plan is made: vasteras.narvaro",
        "Week 2026-W48 is generated.",
        "1 person missing.",
        "0 broken rules.",
        "1 school window has nobody; the school’s own staff stands there.",
        "Week 2026-W48 is published as number 1.",
        "10 files are in out/schools.",
        "27 files are in out/staff.",
    ]
    assert (folder / "vasteras.narvaro").exists()
    assert (folder / "out" / "schools" / "2026-W48-a-kontor.pdf").exists()


def test_second_run_does_only_what_is_left(folder, capsys):
    run(capsys)
    code, lines = run(capsys, "--out", "again")
    assert code == 0
    assert lines[:2] == [
        "The example plan was there already: vasteras.narvaro",
        "Week 2026-W48 was generated already.",
    ]
    assert "Week 2026-W48 was published already, as number 1." in lines
    assert len(list((folder / "again" / "staff").iterdir())) == 27


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 29), IsoWeek(2026, 48)),
        (date(2026, 12, 28), IsoWeek(2027, 1)),
        (date(2040, 1, 1), EXAMPLE_WEEK),
    ],
)
def test_example_is_moved_to_the_next_week_with_school(monkeypatch, day, week):
    monkeypatch.setattr(clock, "today", lambda _zone: day)
    assert example_week(demo.EXAMPLE) == week
