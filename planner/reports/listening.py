"""What is written into documents, for whoever has to know it before they leave the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heard:
    """The texts of a document, each whole, however its lines were broken.

    Parameters
    ----------
    about
        Title and subject of the file, and what stands before its first bookmark.
    sections
        What stands from each bookmark to the next, the bookmark itself first.
    """

    about: list[str] = field(default_factory=list)
    sections: list[list[str]] = field(default_factory=list)

    def hear(self, text: str) -> None:
        """Take down a text."""
        (self.sections[-1] if self.sections else self.about).append(text)

    def hear_bookmark(self, title: str) -> None:
        """Take down that a section begins."""
        self.sections.append([title])

    @property
    def texts(self) -> list[str]:
        """All of it."""
        return [*self.about, *(text for section in self.sections for text in section)]


_listener: ContextVar[Heard | None] = ContextVar("listener", default=None)


@contextmanager
def listening() -> Iterator[Heard]:
    """Take down what is written into the document that is made inside the block."""
    heard = Heard()
    token = _listener.set(heard)
    try:
        yield heard
    finally:
        _listener.reset(token)


def listener() -> Heard:
    """Return who listens; what is said to nobody is forgotten."""
    return _listener.get() or Heard()
