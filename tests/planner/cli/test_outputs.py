import errno
import os
import select
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from planner.domain.ids import DutyId
from planner.services.publish.publishing import publish
from planner.services.roster.views import Decision
from tests.planner.small import FRIDAY, WEEK
from tests.planner.writing import put

W = str(WEEK)


def test_full_disk_leaves_no_print_outs_or_all_old_ones(run, published_file, tmp_path, monkeypatch):
    written = []

    def full(descriptor):
        written.append(descriptor)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = run("print", published_file, "--week", W, "--out", tmp_path / "o")
    assert code == 2
    assert "The disk is full" in err
    assert list((tmp_path / "o").iterdir()) == []


def test_export_into_a_pipe_goes_through_it(run, drafted_file, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDWR)
    try:
        with ThreadPoolExecutor() as pool:
            done = pool.submit(run, "export", drafted_file, "--week", W, "--out", pipe)
            first = os.read(reading, 1)
            while not done.done():
                if select.select([reading], [], [], 0.01)[0]:
                    os.read(reading, 65536)
    finally:
        os.close(reading)
    assert first == b"{"
    assert pipe.is_fifo()


@pytest.mark.parametrize(("options", "expected"), [([], 0), (["--fail"], 1)])
def test_exit_code_holds_when_nobody_reads_the_output(drafted_file, options, expected):
    command = [sys.executable, "-c", "import sys; from planner.cli import main; sys.exit(main())"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*command, "gaps", str(drafted_file), "--week", W, *options],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (expected, "")


def test_output_that_cannot_be_written_is_one_sentence(run, published_file, tmp_path):
    (tmp_path / "taken").write_text("kept")
    options = ("--for", "schools", "--out", tmp_path / "taken")
    code, _, err = run("print", published_file, "--week", W, *options)
    assert (code, err.count("\n")) == (2, 1)
    assert "is a file and not a folder" in err
    assert (tmp_path / "taken").read_text() == "kept"


def test_a_file_in_the_way_is_named_and_not_what_was_to_be_in_it(run, published_file, tmp_path):
    (tmp_path / "taken").write_text("kept")
    options = ("--for", "schools", "--out", tmp_path / "taken" / "prints")
    code, _, err = run("print", published_file, "--week", W, *options)
    assert code == 2
    assert f"“{tmp_path / 'taken'}” is a file" in err


def test_refused_print_outs_are_told_and_the_others_written(run, drafted, drafted_file, tmp_path):
    school = replace(drafted.plan.schools[0], meeting_place="Polis Nr3")
    with drafted.changing("test") as store:
        put(store, "schools", [school])
    publish(drafted, WEEK, {DutyId(f"b/{FRIDAY}/after-1"): Decision.OWN_STAFF})
    folder = tmp_path / "o"
    options = ("--for", "schools", "--out", folder)
    code, out, err = run("print", drafted_file, "--week", W, *options)
    assert (code, err.count("was stopped")) == (1, 2)
    assert "Askskolan" in err
    assert "6 files are written" in out
    assert len(list(folder.iterdir())) == 6


def test_read_only_folder_is_one_sentence(run, published_file, tmp_path, monkeypatch):
    def refuse(_descriptor):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "fsync", refuse)
    folder = tmp_path / "locked"
    code, _, err = run("print", published_file, "--week", W, "--out", folder, "--for", "staff")
    assert (code, list(folder.iterdir())) == (2, [])
    assert "choose a folder that you may write to" in err


def test_full_disk_leaves_the_old_file(run, drafted_file, tmp_path, monkeypatch):
    target = tmp_path / "w.json"
    target.write_text("old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "The disk is full" in run("export", drafted_file, "--week", W, "--out", target)[2]
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_calendars_of_a_published_week_are_written_into_folders(run, published_file, tmp_path):
    command = ("export", published_file, "--week", W, "--format", "ics", "--out", tmp_path / "o")
    code, out, _ = run(*command)
    assert code == 0
    assert str(tmp_path / "o/schools/narvaro-a.ics") in out.splitlines()
    assert (tmp_path / "o/staff/narvaro-c1.ics").is_file()


def test_calendars_of_a_draft_are_refused(run, drafted_file, tmp_path):
    command = ("export", drafted_file, "--week", W, "--format", "ics", "--out", tmp_path / "o")
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert "not published" in err
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("what", [("--week", W), ("--whole",)])
def test_places_are_written_for_each_reader(run, small_file, tmp_path, what):
    code, _, _ = run("export", small_file, *what, "--format", "geojson", "--out", tmp_path / "o")
    assert code == 0
    written = {path.name for path in (tmp_path / "o").iterdir()}
    assert written == {"schools.geojson", "hotspots.geojson"}
