"""Lines of text files, for messages that name them."""

from dataclasses import dataclass

from solver.data.errors import InvalidProblemError, shown


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, counted from 1."""

    number: int

    def wrong(self, what: str) -> InvalidProblemError:
        """Return what to raise when something is wrong with the line."""
        return InvalidProblemError(f"Line {self.number}: {what}.")


def whole(line: Line, text: str, least: int, most: int) -> int:
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
