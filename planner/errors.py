"""What can go wrong by a person's or the environment's doing; each becomes one sentence.

A fault of the program itself is never one of these: it stays an ordinary exception, which the
command line and the window turn into a report.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file something is wrong.

    Parameters
    ----------
    file
        Name of the file as the person knows it.
    row
        Line in the file, counted from 1 with the heading as line 1.
    column
        Name of the column.
    """

    file: str
    row: int | None = None
    column: str | None = None


class PlannerError(Exception):
    """Something a person can mend.

    Parameters
    ----------
    code
        Stable code of the sentence, a key of ``planner.words.ERRORS``.
    values
        What the sentence names. Never personal data beyond what the person typed.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class InputError(PlannerError):
    """A value that somebody gave is wrong."""

    def __init__(self, code: str, /, *, place: Place | None = None, **values: object) -> None:
        super().__init__(code, **values)
        self.place = place


class NotFoundError(PlannerError):
    """What was asked for does not exist, or not any more."""


class ConflictError(PlannerError):
    """The plan's state does not allow the command now."""


class StorageError(PlannerError):
    """The disk, the folder or the plan file does not let us read or write."""


class RefusedImportError(PlannerError):
    """An import with wrong rows; nothing of it was written.

    Parameters
    ----------
    problems
        Every wrong row, in the order of files and rows; at least one.
    """

    def __init__(self, problems: "tuple[InputError, ...]") -> None:
        super().__init__("import-refused", n_problems=len(problems))
        self.problems = problems
