"""How much a piece of work takes, without a clock."""

import sys
from collections.abc import Callable
from types import FrameType


def n_calls(work: Callable[[], object]) -> int:
    """Return how often some work calls a function, and goes on with a generator."""
    n = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal n
        n += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return n
