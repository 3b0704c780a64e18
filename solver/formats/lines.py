"""Lines of text files, for messages that name them."""

import re
from dataclasses import dataclass

from solver.data.errors import InvalidProblemError, shown


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a file, counted from 1, and what stands in it."""

    number: int
    text: str = ""

    def wrong(self, what: str) -> InvalidProblemError:
        """Return what to raise when something is wrong with the line."""
        return InvalidProblemError(f"Line {self.number}: {what}.")

    def numbers(self, n: int, most: int) -> list[int]:
        """Return so many numbers with blanks between them, each of them limited.

        Raises
        ------
        InvalidProblemError
            When there are more or fewer, or one is no such number.
        """
        cells = self.text.split()
        if len(cells) != n:
            raise self.wrong(f"there are {len(cells)} numbers, not {n}")
        return [whole(self, cell, 0, most) for cell in cells]

    def numbers_after_colon(self, below: int) -> frozenset[int]:
        """Return the numbers, each below a limit, of a line such as ``2: 0 5``.

        Raises
        ------
        InvalidProblemError
            When the line is not so, or there are not as many as the one before the colon says.
        """
        count, colon, rest = self.text.partition(":")
        cells = rest.split()
        if not colon or whole(self, count, 0, below) != len(cells):
            raise self.wrong("there are not as many numbers as stand before the colon")
        return frozenset(whole(self, cell, 0, below - 1) for cell in cells)


def whole(line: FileLine, text: str, least: int, most: int) -> int:
    """Return a whole number within limits.

    Raises
    ------
    InvalidProblemError
        When a text is none; the message names the line.
    """
    digits = text.strip()
    # Other digits than these, signs and underscores are numbers to Python alone.
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        raise line.wrong(f"{shown(digits)} is no whole number")
    if not least <= int(digits) <= most:
        raise line.wrong(f"{digits} is not from {least} to {most}")
    return int(digits)


class Rows:
    """The lines of a file one after the other, without empty ones and comments."""

    def __init__(self, text: str) -> None:
        lines = enumerate((line.strip() for line in text.splitlines()), 1)
        self._lines = [FileLine(n, line) for n, line in lines if line and line[0] != "#"]
        self._end = FileLine(text.count("\n") + 1)
        self._at = 0

    @property
    def line(self) -> FileLine:
        """The next line; an empty one at the end."""
        return self._lines[self._at] if self._at < len(self._lines) else self._end

    def take(self) -> FileLine:
        """Return the next line and go on.

        Raises
        ------
        InvalidProblemError
            When there is none.
        """
        if self._at == len(self._lines):
            raise self._end.wrong("the file ends too soon")
        self._at += 1
        return self._lines[self._at - 1]

    def count(self, name: str, least: int, most: int) -> int:
        """Return the number of a line such as ``Jobs = 40``.

        Raises
        ------
        InvalidProblemError
            When the next line is no such one.
        """
        line = self.take()
        found = re.fullmatch(rf"{name}\s*=\s*(\S+)", line.text)
        if found is None:
            raise line.wrong(f"{name} = ... is expected here")
        return whole(line, found[1], least, most)

    def end(self) -> None:
        """Make sure that nothing is left.

        Raises
        ------
        InvalidProblemError
            When there is.
        """
        if self._at < len(self._lines):
            raise self.line.wrong("nothing more is expected here")
