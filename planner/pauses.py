"""Places in long work at which others may go first.

Python runs one thread at a time. Work beside a window that only computes would let the window wait
for each of its many small steps; so it says where it may be held up, and the window holds it up
while there is something to paint or to answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_others_first: ContextVar[Callable[[], None] | None] = ContextVar("others_first", default=None)


def pause() -> None:
    """Let others go first, where somebody asked for it; called every few milliseconds of work."""
    let_go = _others_first.get()
    if let_go is not None:
        let_go()


@contextmanager
def letting(let_go: Callable[[], None]) -> Iterator[None]:
    """Have ``let_go`` called at each pause of this thread's work."""
    before = _others_first.set(let_go)
    try:
        yield
    finally:
        _others_first.reset(before)
