"""Texts whose numbers know what they count and where the numbers behind them stand.

Such a text is an ordinary one that catalogues translate and fill in; a number in it is wrapped in
characters of the private use area, which no language uses. ``plain`` takes them out again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from typing_extensions import override

_BEGIN, _PART, _END = "\ue000", "\ue001", "\ue002"
_NUMBER = re.compile(
    f"{_BEGIN}([^{_BEGIN}-{_END}]*){_PART}([^{_BEGIN}-{_END}]*){_PART}([^{_BEGIN}-{_END}]*){_END}"
)
_MARKS = re.compile(f"[{_BEGIN}{_PART}{_END}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text.

    Parameters
    ----------
    figure
        What the number counts, such as ``m1.done``; empty for words.
    goal
        Anchor of what stands behind it; empty when there is nothing.
    """

    text: str
    figure: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is filled into a sentence, where it is shown as ``text``."""

    text: str
    figure: str = ""
    goal: str = ""

    @override
    def __str__(self) -> str:
        return f"{_BEGIN}{self.figure}{_PART}{self.goal}{_PART}{self.text}{_END}"


def figure(*parts: object) -> str:
    """Return the name of a number, such as ``m1.week.2026-W48.done``."""
    return ".".join(quote(str(part), safe="") for part in parts)


def typed(text: str) -> str:
    """Return what somebody typed without anything that could be taken for a number of ours."""
    return _MARKS.sub("", text)


def plain(text: str) -> str:
    """Return a text as it is read."""
    return _NUMBER.sub(r"\3", text)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the stretches of a text in order; together they are all of it."""
    at = 0
    for found in _NUMBER.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found[3], found[1], found[2])
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])


def link(text: str, goal: str) -> str:
    """Return words that lead to an anchor."""
    return str(Number(typed(text), goal=goal))
