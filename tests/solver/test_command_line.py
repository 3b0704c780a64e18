"""``python -m solver FILE``, with a real process."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from solver.data.problem import Problem
from solver.formats.json_format import problem_to_json, solution_from_json
from tests.solver.weeks import small_week
from tests.solver.whole import assert_whole, middle_week


def saved(path: Path, problem: Problem) -> Path:
    path.write_text(json.dumps(problem_to_json(problem)))
    return path


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "solver", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_saved_problem_is_solved_and_its_solution_written(tmp_path):
    problem, out = small_week(), tmp_path / "solution.json"
    file = saved(tmp_path / "problem.json", problem)
    done = run(file, "--seconds", 3, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    status, *levels, gaps, seconds = done.stdout.splitlines()
    assert status in {"status optimal", "status feasible"}
    assert [line.split()[0] for line in levels] == list(problem.levels)
    assert (gaps.split()[0], seconds.split()[0]) == ("gaps", "seconds")
    assert_whole(problem, solution_from_json(json.loads(out.read_text())))


BAD_FILES = {
    "no JSON": (b"no json", "line 1"),
    "empty": (b"", "line 1"),
    "no UTF-8": (b'{"format": "\xff"}', "UTF-8"),
    "another format": (b'{"format": "x"}', "format"),
    "not a number": (b'{"format": NaN}', "NaN"),
    "deep": (b"[" * 100_000, "deep"),
    "key twice": (b'{"a": 1, "a": 2}', "twice"),
    "fields missing": (b'{"format": "narvaro-problem/1"}', "Problem.horizon"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_wrong_file_is_one_sentence(tmp_path, name):
    content, named = BAD_FILES[name]
    file = tmp_path / "problem.json"
    file.write_bytes(content)
    done = run(file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{file}: ")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1


def test_file_that_cannot_be_read_or_written_is_one_sentence(tmp_path):
    file = saved(tmp_path / "problem.json", small_week())
    for arguments in ((tmp_path / "none",), (tmp_path,), (file, "--out", tmp_path / "none" / "x")):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert str(arguments[-1]) in done.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("x", "--seconds", "nan"), ("x", "--workers", "0"), ("x", "--seed", "-1")]
)
def test_wrong_arguments_are_refused(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_ctrl_c_writes_the_best_so_far(tmp_path):
    problem, out, fifo = middle_week(), tmp_path / "solution.json", tmp_path / "problem"
    os.mkfifo(fifo)
    with subprocess.Popen(
        [sys.executable, "-m", "solver", fifo, "--seconds", "300", "--out", out],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        saved(fifo, problem)  # when it can be written, the solver has begun
        os.killpg(child.pid, signal.SIGINT)
        printed, complaints = child.communicate()
    assert (child.returncode, complaints) == (0, "")
    assert printed.startswith("status feasible\n")
    assert_whole(problem, solution_from_json(json.loads(out.read_text())))


def test_second_ctrl_c_ends_it(tmp_path):
    fifo = tmp_path / "problem"
    os.mkfifo(fifo)
    with (
        subprocess.Popen(
            [sys.executable, "-m", "solver", fifo], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child,
        fifo.open("w"),
    ):  # nothing is written: it goes on reading
        child.send_signal(signal.SIGINT)
        while child.poll() is None:
            child.send_signal(signal.SIGINT)
    assert child.returncode == 130
