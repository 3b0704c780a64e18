"""Python's search for garbage that refers to itself: where it goes on, and through what.

Python searches on whichever thread has just made something. On a job's thread it would let go of
closed dialogs too, and Qt lets the window's thread alone do that. A search through everything
stops every thread: 0.2 s with a plan of 85 people.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 100
_EVERY_OBJECTS, _EVERY_YOUNG, _EVERY_ALL = 700, 10, 100
"""Python's own thresholds, but for the last: all is searched ten times as seldom."""


def search_here(parent: QObject) -> None:
    """Search on this thread only, between its events and as long as ``parent`` is there."""
    gc.disable()
    timer = QTimer(parent)
    timer.timeout.connect(_search)
    timer.start(_EVERY_MS)


def _search() -> None:
    n_objects, n_young, n_all = gc.get_count()
    if n_objects > _EVERY_OBJECTS:
        gc.collect(2 if n_all > _EVERY_ALL else 1 if n_young > _EVERY_YOUNG else 0)


def keep_for_good() -> None:
    """Leave out of every later search what is there now: the program, its window, an open plan.

    What nothing refers to any more is let go as ever. What was left out before is searched once
    more, so that a plan that was closed meanwhile is not kept.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
