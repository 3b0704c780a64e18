"""A process that searches parts beside this one."""

import errno
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from solver.search.components import split
from solver.search.host import Hosts, News, RemoteHost, Terms
from tests.solver.weeks import small_week

ROOT = Path(__file__).parents[3]
TERMS = Terms(seconds=1.0, work_limit=0.02, is_repeatable=True, seed=1)


def test_whoever_asks_while_another_does_gets_the_own_answer():
    pieces = [piece for piece in split(small_week(1)) if piece.problem.workers] * 2
    found: set[int] = set()

    def note(news: News) -> None:
        if news.roster is not None:
            found.add(news.number)

    remote = RemoteHost()
    remote.tell(note)

    def is_found(number: int) -> bool:
        """Search a part; tell whether its roster was there before the answer."""
        remote.search(number, pieces[number], TERMS)
        return number in found

    try:
        with ThreadPoolExecutor(len(pieces)) as pool:
            assert all(pool.map(is_found, range(len(pieces))))
    finally:
        remote.close()


def test_processes_begun_ahead_are_taken_and_others_for_those_that_died():
    others, hosts = {*multiprocessing.active_children()}, Hosts()
    hosts.make_ready(2)
    begun = {*multiprocessing.active_children()} - others
    died = begun.pop()
    died.kill()
    died.join()
    taken = hosts.take(2)
    try:
        there = {*multiprocessing.active_children()} - others
        assert len(there) == 2
        assert begun < there
        assert all(remote.is_ready(60) for remote in taken)
    finally:
        for remote in taken:
            remote.close()


class Failing(Terms):
    """Terms that whoever begins to search fails on."""

    error: Exception = MemoryError()

    def __getattribute__(self, name: str) -> object:
        if name == "seconds":
            raise type(self).error
        return super().__getattribute__(name)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (1.0, 0.02, True, 1)


class Full(Failing):
    error = OSError(errno.ENOMEM, "Cannot allocate memory")


class Mistaken(Failing):
    error = ZeroDivisionError("division by zero")


@pytest.mark.parametrize(
    ("kind", "raised", "message"),
    [
        (Failing, EOFError, None),
        (Full, EOFError, None),
        (Mistaken, RuntimeError, "ZeroDivisionError: division by zero"),
    ],
)
def test_process_out_of_memory_has_died_and_one_with_a_fault_tells_of_it(kind, raised, message):
    piece = split(small_week(1))[0]
    remote = RemoteHost()
    try:
        with pytest.raises(raised, match=message):
            remote.search(0, piece, kind(1.0, 0.02, True, 1))
    finally:
        remote.close()


def test_script_whose_processes_cannot_start_is_told_so_instead_of_given_an_empty_roster(tmp_path):
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from solver.engine import solve\n"
        "from tests.solver.weeks import week\n"
        "solve(week(), seconds=5)\n",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert ended.returncode == 1
    last_line = ended.stderr.rstrip().splitlines()[-1]
    assert last_line.startswith("solver.search.search.SearchDiedError: A process of the search")
