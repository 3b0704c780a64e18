import gc
import weakref
from threading import current_thread, main_thread
from weakref import finalize

import pytest
from PySide6.QtCore import QObject

from ui.jobs import Job, Runner, memory


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.unfreeze()


class Ring:
    """Refers to itself, so that only a search finds it when nothing else refers to it."""

    def __init__(self) -> None:
        self.own = self


def test_what_is_there_is_searched_no_more():
    ring = Ring()
    memory.keep_for_good()
    seen = weakref.ref(ring)
    del ring
    gc.collect()
    assert seen() is not None


def test_what_was_let_go_meanwhile_is_found_when_another_plan_is_opened():
    ring = Ring()
    memory.keep_for_good()
    seen = weakref.ref(ring)
    del ring
    memory.keep_for_good()
    assert seen() is None


def test_garbage_of_a_job_is_let_go_on_the_windows_thread(qtbot):
    parent, runner = QObject(), Runner()
    on_windows_thread: list[bool] = []

    def work(_job: Job) -> None:
        for _ in range(2000):
            finalize(Ring(), lambda: on_windows_thread.append(current_thread() is main_thread()))

    gc.enable()
    memory.search_here(parent)
    runner.start(Job(work))
    qtbot.waitUntil(lambda: len(on_windows_thread) == 2000)
    assert all(on_windows_thread)
    runner.close()
