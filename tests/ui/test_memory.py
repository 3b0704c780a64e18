import gc
import weakref

import pytest

from ui.jobs import memory


@pytest.fixture(autouse=True)
def _as_before():
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
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


def test_what_is_new_is_searched_as_often_as_before():
    memory.search_seldom()
    assert gc.isenabled()
    assert gc.get_threshold()[:2] == (700, 10)
