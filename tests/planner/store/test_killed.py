"""Killed at any moment, the program loses nothing that it had accepted."""

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

import pytest

from planner.services.plans import open_plan
from tests.planner import small

N_KILLS = 150
ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plan file of its own."""
    small.save_plan(tmp_path / "small.narvaro", small.make_plan())
    return tmp_path / "small.narvaro"


@pytest.fixture
def program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that begins a copy of itself for each seed that it is given."""
    made = subprocess.Popen(
        [sys.executable, "-m", "tests.planner.store.killed_child", str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    yield made
    made.communicate()


def said_before_kill(
    program: subprocess.Popen[str], seed: int, n_commands: int, after_s: float
) -> list[tuple[str, str]]:
    """Let a copy give some commands, kill it a moment later, and return all that it said."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{seed}\n")
    process_id = int(program.stdout.readline())
    lines = [program.stdout.readline() for _ in range(n_commands)]
    Event().wait(after_s)
    os.kill(process_id, signal.SIGKILL)
    while (line := program.stdout.readline()) != "ended\n":
        lines.append(line)
    return [(staff, name) for staff, name in (line.rstrip().split("\t") for line in lines)]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot copy a process")
def test_every_accepted_command_is_there_after_a_kill_at_any_moment(path, program):
    with open_plan(path) as plan:
        names = {member.id: member.display_name for member in plan.plan.staff}
        n_before = len(plan.store.journal())
    rng = random.Random(7)
    n_said = n_more = 0
    for seed in range(N_KILLS):
        said = said_before_kill(program, seed, rng.randrange(3), rng.random() * 0.015)
        n_said += len(said)
        names |= dict(said)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            now = dict(connection.execute("SELECT id, display_name FROM staff"))
            (n_entries,) = connection.execute("SELECT count(*) FROM journal").fetchone()
        n_entries -= n_before
        # The one command that was under way may be there too, whole.
        assert sum(names[staff] != name for staff, name in now.items()) <= 1
        assert n_said + n_more <= n_entries <= n_said + n_more + 1
        n_more = n_entries - n_said
        names = now
    assert n_said >= N_KILLS / 2
    with open_plan(path) as plan:
        assert {member.id: member.display_name for member in plan.plan.staff} == names
