"""A linear model with points by level, from which both the LP and the integer models are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the sum of coefficients times variables lies between two limits."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None
    upper: int | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows of a model as arrays: three for the coefficients, two for the limits."""

    row: Ints
    column: Ints
    factor: Floats
    lower: Floats
    upper: Floats


@dataclass(slots=True)
class LinearModel:
    """Whole-numbered variables from 0 to a limit, rows over them, and points for each by level.

    Parameters
    ----------
    days
        By variable: the day of the shift to which it belongs; nothing for what shifts lead to.
    counted
        Variables that whole patterns alone do not make whole, such as crews.
    """

    uppers: list[int] = field(default_factory=list)
    days: list[int | None] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    points: dict[str, dict[int, int]] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "LinearModel":
        """Return a model that is the same, and stays so when this one grows."""
        return LinearModel(
            uppers=[*self.uppers],
            days=[*self.days],
            counted=[*self.counted],
            rows=[*self.rows],
            points={level: {**points} for level, points in self.points.items()},
            constants={**self.constants},
        )

    def variable(
        self, upper: int, points: Mapping[str, int] | None = None, *, day: int | None = None
    ) -> int:
        """Add a variable and return its number."""
        self.uppers.append(upper)
        self.days.append(day)
        number = len(self.uppers) - 1
        for level, each in (points or {}).items():
            if each:
                self.points.setdefault(level, {})[number] = each
        return number

    def at_most(self, terms: Iterable[tuple[int, int]], upper: int) -> None:
        """Add a row with an upper limit."""
        self.rows.append(Row(tuple(terms), None, upper))

    def at_least(self, terms: Iterable[tuple[int, int]], lower: int) -> None:
        """Add a row with a lower limit."""
        self.rows.append(Row(tuple(terms), lower, None))

    def add_constant(self, level: str, points: int) -> None:
        """Add points that are always paid."""
        self.constants[level] = self.constants.get(level, 0) + points

    def matrix(self) -> Matrix:
        """Return the rows as arrays."""
        sizes = [len(row.terms) for row in self.rows]
        return Matrix(
            np.repeat(np.arange(len(self.rows)), sizes),
            np.array([n for row in self.rows for n, _ in row.terms], np.int64),
            np.array([f for row in self.rows for _, f in row.terms], float),
            np.array([-np.inf if row.lower is None else row.lower for row in self.rows], float),
            np.array([np.inf if row.upper is None else row.upper for row in self.rows], float),
        )

    def level_points(self, level: str) -> Floats:
        """Return the points of each variable on a level."""
        found = np.zeros(len(self.uppers))
        for number, points in self.points.get(level, {}).items():
            found[number] = points
        return found
