"""What Python looks through for garbage that refers to itself, kept small.

A search through all of it stops every thread, the window's too: 0.2 s with a plan of 85 people.
"""

import gc

_EVERY_OBJECTS, _EVERY_YOUNG, _EVERY_ALL = 700, 10, 100
"""Python's own thresholds, but for the last: all is searched ten times as seldom."""


def search_seldom() -> None:
    """Let all of the memory be searched seldom; what is new is searched as ever."""
    gc.set_threshold(_EVERY_OBJECTS, _EVERY_YOUNG, _EVERY_ALL)


def keep_for_good() -> None:
    """Leave out of every later search what is there now: the program, its window, an open plan.

    What nothing refers to any more is let go as ever. What was left out before is searched once
    more, so that a plan that was closed meanwhile is not kept.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
