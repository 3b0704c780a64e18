"""Formats of public benchmark families: which one a file is of, and the answer that it wants."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from solver.data.errors import InvalidProblemError
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.formats import shift_scheduling, smptsp, tsprp


@dataclass(frozen=True, slots=True)
class Family:
    """One format.

    Parameters
    ----------
    required
        Levels of its problems that must cost nothing for the answer to keep the hard rules.
    """

    name: str
    is_mine: Callable[[str], bool]
    read: Callable[[str], Problem]
    assignments: Callable[[Problem, Solution], Any]
    required: frozenset[str]


FAMILIES = {
    family.name: family
    for family in (
        Family(
            shift_scheduling.NAME,
            shift_scheduling.is_mine,
            shift_scheduling.read,
            shift_scheduling.assignments,
            frozenset(shift_scheduling.LEVELS[:1]),
        ),
        Family(
            tsprp.NAME, tsprp.is_mine, tsprp.read, tsprp.assignments, frozenset(tsprp.LEVELS[:1])
        ),
        Family(
            smptsp.NAME,
            smptsp.is_mine,
            smptsp.read,
            smptsp.assignments,
            frozenset(smptsp.LEVELS[:1]),
        ),
    )
}


def family_of(text: str) -> Family | None:
    """Return the family of which a text is; nothing when it is of none."""
    if text.lstrip().startswith("{"):
        return None
    return next((family for family in FAMILIES.values() if family.is_mine(text)), None)


def decoded(content: bytes) -> str:
    """Return a file's text.

    Raises
    ------
    InvalidProblemError
        When it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidProblemError(f"Byte {error.start + 1} is not UTF-8.") from None


def answer(
    family: Family, file: Path, problem: Problem, solution: Solution, seconds: float
) -> dict[str, Any]:
    """Return a solution as its family writes it.

    ``status`` is ``infeasible`` while a hard rule of the family is not kept, ``optimal`` when the
    objective equals its bound, else ``feasible``.
    """
    weighed = [each for each in solution.levels if each.level not in family.required]
    lacks = sum(each.value for each in solution.levels if each.level in family.required)
    objective = sum(each.value for each in weighed)
    bound = sum(each.bound or 0 for each in weighed)
    status = "infeasible" if lacks else "optimal" if objective == bound else "feasible"
    return {
        "format": family.name,
        "instance": file.stem,
        "status": status,
        "objective": objective,
        "bound": bound,
        "seconds": round(seconds, 1),
        "assignments": family.assignments(problem, solution),
    }
