"""Problems, solutions and progress as JSON.

The dataclasses of ``solver.data`` are the format: a problem is an object with the fields of
``Problem`` and a ``format`` key. Spans are pairs, rules carry a ``type``, travel times are lists of
``[from, to, minutes]`` by mode.
"""

from typing import Any

from solver.data.errors import InvalidProblemError
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution
from solver.formats.dataclass_json import read_json, write_json
from solver.formats.strict_json import parse_json

PROBLEM_FORMAT = "narvaro-problem/1"
"""Value of ``format`` in a problem."""


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as values that ``json.dumps`` takes."""
    return {"format": PROBLEM_FORMAT, **write_json(problem)}


def problem_from_json(document: object) -> Problem:
    """Return the problem that a document says.

    Raises
    ------
    InvalidProblemError
        When a field is missing, unknown or of another type, or the problem contradicts itself; the
        message names the field.
    """
    if not isinstance(document, dict) or document.get("format") != PROBLEM_FORMAT:
        raise InvalidProblemError(f"Problem.format is not {PROBLEM_FORMAT!r}.")
    rest = {key: value for key, value in document.items() if key != "format"}
    return read_json(Problem, rest)


def problem_from_text(text: str | bytes) -> Problem:
    """Return the problem that a text says; raises as :func:`problem_from_json`."""
    return problem_from_json(parse_json(text))


def solution_to_json(solution: Solution) -> dict[str, Any]:
    """Return a solution as values that ``json.dumps`` takes."""
    return write_json(solution)


def solution_from_json(document: object) -> Solution:
    """Return the solution that a document says; raises as :func:`problem_from_json`."""
    return read_json(Solution, document)


def progress_to_json(progress: Progress) -> dict[str, Any]:
    """Return how far a search is as values that ``json.dumps`` takes."""
    return write_json(progress)


def progress_from_json(document: object) -> Progress:
    """Return the progress that a document says; raises as :func:`problem_from_json`."""
    return read_json(Progress, document)
