"""Killed while it edits, imports, publishes or generates, the program leaves a whole plan."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from planner.services.plans import OpenPlan, open_plan
from tests.planner.services import killed_child
from tests.planner.small import WEEK

N_KILLS = int(os.environ.get("NARVARO_TEST_KILLS", "40"))
SEED = int(os.environ.get("NARVARO_TEST_SEED", "7"))
ROOT = Path(__file__).parents[3]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot copy a process"),
]


def begin(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.planner.services.killed_child", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


@pytest.fixture
def program(small_file: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that begins a copy of itself for each seed that it is given."""
    made = begin(str(small_file))
    yield made
    _, complaint = made.communicate()
    assert complaint == ""


@pytest.fixture
def twin(small_file: Path, tmp_path: Path) -> Iterator[OpenPlan]:
    """The same plan in another file, to which nothing happens."""
    path = tmp_path / "twin.narvaro"
    path.write_bytes(small_file.read_bytes())
    with open_plan(path) as plan:
        yield plan


def said_before_kill(program: subprocess.Popen[str], seed: int, rng: random.Random) -> list[str]:
    """Let a copy give commands, kill it at some moment, and return what it said it had done."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{seed}\n")
    process_id = int(program.stdout.readline())
    lines = [program.stdout.readline() for _ in range(rng.randrange(4))]
    Event().wait(rng.random() * 0.05)
    os.kill(process_id, signal.SIGKILL)
    while (line := program.stdout.readline()) != "ended\n":
        lines.append(line)
    return [line.rstrip() for line in lines]


def state(plan: OpenPlan) -> tuple[Any, ...]:
    """Return all that a plan holds, but for the time of day at which it came there."""
    store = plan.store
    return (
        plan.refresh(),
        store.load_roster(WEEK),
        [(one.number, one.replaces) for one in store.publications(WEEK)],
        [(one.duty, one.decision) for one in store.decisions(WEEK)],
        [
            (one.school, one.version, one.publication)
            for school in plan.plan.schools
            for one in store.sheet_versions(school.id)
        ],
        [(entry.command, entry.undoes) for entry in store.journal()],
        [store.changes_of(entry.number) for entry in store.journal()[-3:]],
    )


def test_plan_holds_what_was_accepted_and_nothing_by_halves_whenever_it_is_killed(
    small_file: Path, program: subprocess.Popen[str], twin: OpenPlan
) -> None:
    rng = random.Random(SEED)
    done: list[str] = []
    for seed in range(N_KILLS):
        said = said_before_kill(program, seed, rng)
        same = random.Random(seed)
        assert [killed_child.step(twin, same) for _ in said] == said
        with closing(sqlite3.connect(small_file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with open_plan(small_file) as plan:
            found = state(plan)
        if found != state(twin):  # the one that was under way is there too, whole
            killed_child.step(twin, same)
            assert found == state(twin)
        done += said
    assert len(done) >= N_KILLS
    assert set(done) == set(killed_child.STEPS)


def test_killed_while_generating_the_plan_is_as_it_was_and_the_solver_ends_too(
    drafted_file: Path,
) -> None:
    before = drafted_file.read_bytes()
    program = begin(str(drafted_file), "generate")
    assert program.stdout is not None
    assert program.stdout.readline() == "begun\n"
    program.kill()
    # The solver's processes write to the same channel: it ends when the last of them has ended.
    said, complaint = program.communicate()
    assert "done" not in said
    assert complaint == ""
    assert drafted_file.read_bytes() == before
    assert [file for file in drafted_file.parent.iterdir() if "journal" in file.name] == []
