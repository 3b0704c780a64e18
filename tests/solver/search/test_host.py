"""A process that searches parts beside this one."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

from solver.search.components import split
from solver.search.host import RemoteHost, Terms
from tests.solver.weeks import small_week

TERMS = Terms(seconds=1.0, work_limit=0.02, is_repeatable=True, seed=1)


def test_whoever_asks_while_another_does_gets_the_own_answer():
    pieces = [piece for piece in split(small_week(1)) if piece.problem.workers] * 2
    found: set[int] = set()

    def note(number: int, phase: str, roster: object) -> None:  # noqa: ARG001
        if roster is not None:
            found.add(number)

    stop = multiprocessing.get_context("spawn").Event()
    remote = RemoteHost(note, stop)

    def is_found(number: int) -> bool:
        """Search a part; tell whether its roster was there before the answer."""
        remote.search(number, pieces[number], TERMS)
        return number in found

    try:
        with ThreadPoolExecutor(len(pieces)) as pool:
            assert all(pool.map(is_found, range(len(pieces))))
    finally:
        remote.close()
