"""What is wrong with an import, gathered over all its files."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from planner.domain.roster import Finding, Severity
from planner.errors import InputError, Place, RefusedImportError

MOST = 200
"""Problems that are reported at once; who has more has another problem."""

_OURS = {"columns.csv"}
"""Files that come with the templates and hold no records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something in a file that is not for the plan.

    Parameters
    ----------
    name
        What the file calls it.
    reason
        Why, with its place.
    """

    name: str
    reason: InputError


class Problems:
    """Problems, which refuse the import, and warnings and what is left out, which do not."""

    def __init__(self) -> None:
        self._found: list[InputError] = []
        self.warnings: list[Finding] = []
        self.left_out: list[LeftOut] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, place: Place, **values: object) -> None:
        """Note a problem."""
        self._found.append(InputError(code, place=place, **values))

    @contextmanager
    def collected(self, place: Place) -> Iterator[None]:
        """Note an ``InputError`` of the block, at ``place`` if it names none; go on after it."""
        try:
            yield
        except InputError as error:
            self.note(error, place)

    def note(self, error: InputError, place: Place) -> None:
        """Note a problem that was raised, at ``place`` if it names none."""
        self._found.append(InputError(error.code, place=error.place or place, **error.values))

    def warn(self, code: str, **values: str) -> None:
        """Note what a person should know and need not change."""
        found = Finding(code=code, severity=Severity.WARNING, values=tuple(values.items()))
        self.warnings.append(found)

    def leave_out(self, code: str, place: Place, called: str, **values: object) -> None:
        """Note what is not for the plan; the rest can be imported."""
        reason = InputError(code, place=place, **values)
        self.left_out.append(LeftOut(name=called, reason=reason))

    def warn_unknown(self, names: Iterable[str], known: Iterable[str]) -> None:
        """Note files that are not read, with what they may be meant to be called."""
        known = tuple(known)
        for name in names:
            if name.casefold() not in _OURS and name.casefold() not in known:
                self.warn("file-unknown", file=name, nearest=nearest(name, known))

    def found(self) -> tuple[InputError, ...]:
        """Return every problem, by file and row."""
        return merged(self._found)

    def refuse(self) -> None:
        """Raise what was found, if anything.

        Raises
        ------
        RefusedImportError
            With every problem up to ``MOST``, by file and row.
        """
        if self._found:
            raise RefusedImportError(self.found()[:MOST])


def merged(*found: Iterable[InputError]) -> tuple[InputError, ...]:
    """Return problems that were found at different times, by file and row."""
    problems = [problem for some in found for problem in some]
    files = list(dict.fromkeys(_file(problem) for problem in problems))
    return tuple(sorted(problems, key=lambda one: (files.index(_file(one)), _row(one))))


def _file(problem: InputError) -> str:
    return problem.place.file if problem.place else ""


def _row(problem: InputError) -> int:
    return (problem.place.row if problem.place else None) or 0


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that looks most like ``name``; the first when none does."""
    known = tuple(known)
    found = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.0)
    return found[0] if found else ""
