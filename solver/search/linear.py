"""A linear model with points by level, from which both the LP and the integer model are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the sum of coefficients times variables lies between two limits."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None
    upper: int | None


@dataclass(slots=True)
class LinearModel:
    """Whole-numbered variables from 0 to a limit, rows over them, and points for each by level."""

    uppers: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    points: dict[str, dict[int, int]] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)

    def variable(self, upper: int, points: Mapping[str, int] | None = None) -> int:
        """Add a variable and return its number."""
        self.uppers.append(upper)
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
