"""The integer master: one pattern for each worker out of those at hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.search.lexicographic import LevelSum, minimise, packed
from solver.search.limits import Budget
from solver.search.patterns import Pattern
from solver.search.relaxation import Relaxation

Columns = Mapping[str, Mapping[Pattern, Mapping[str, int]]]
"""Patterns by worker, each with its own points by level."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A pattern for each worker, and what the relaxation says it pays, by level in order."""

    patterns: dict[str, Pattern]
    rank: tuple[int, ...]


class Chooser:
    """The integer master of a relaxation.

    Parameters
    ----------
    constants
        Points of each level that are paid whatever is chosen.
    """

    def __init__(
        self, relaxation: Relaxation, constants: Mapping[str, int], budget: Budget
    ) -> None:
        self.relaxation = relaxation
        self.constants = constants
        self.budget = budget

    def choose(
        self,
        columns: Columns,
        *,
        most: float,
        seed: int,
        bounds: Mapping[str, int] | None = None,
        start: Mapping[str, Pattern] | None = None,
    ) -> Choice | None:
        """Return a pattern for each worker, the best in the order of levels that was found.

        Parameters
        ----------
        most
            Units of work for each level.
        bounds
            What is known to be paid at least on each level.
        start
            Patterns, among the columns, to begin from.
        """
        relaxation, plan = self.relaxation, self.relaxation.model
        model = cp_model.CpModel()
        variables = [model.new_int_var(0, upper, "") for upper in plan.uppers]
        points = {level: list(table.items()) for level, table in plan.points.items()}
        chosen = _add_patterns(model, variables, relaxation, columns, points)
        for row in plan.rows:
            expression = cp_model.LinearExpr.weighted_sum(
                [variables[n] for n, _ in row.terms], [factor for _, factor in row.terms]
            )
            model.add_linear_constraint(
                expression,
                cp_model.INT_MIN if row.lower is None else row.lower,
                cp_model.INT_MAX if row.upper is None else row.upper,
            )
        uppers = plan.uppers + [1] * sum(len(options) for options in columns.values())
        sums = []
        for level in relaxation.problem.levels:
            if level in points:
                constant = self.constants.get(level, 0)
                largest = constant + sum(each * uppers[n] for n, each in points[level] if each > 0)
                sums.append(
                    LevelSum(
                        level, tuple(points[level]), constant, largest, (bounds or {}).get(level, 0)
                    )
                )
        hint = _hint(chosen, start) if start else None
        groups = packed(sums) if start else [[(each, 1)] for each in sums]
        values = minimise(model, groups, self.budget, seed=seed, most=most, hint=hint)
        if values is None:
            return None
        return Choice(
            {
                name: next(pattern for pattern, number in options.items() if values[number])
                for name, options in chosen.items()
            },
            tuple(
                each.constant + sum(factor * values[number] for number, factor in each.terms)
                for each in sums
            ),
        )


def _add_patterns(
    model: cp_model.CpModel,
    variables: list[cp_model.IntVar],
    relaxation: Relaxation,
    columns: Columns,
    points: dict[str, list[tuple[int, int]]],
) -> dict[str, dict[Pattern, int]]:
    chosen: dict[str, dict[Pattern, int]] = {}
    counted: dict[int, list[cp_model.IntVar]] = {}
    for name, options in columns.items():
        mine = {}
        for pattern, own in options.items():
            takes = model.new_bool_var("")
            mine[pattern] = takes.index
            for level, each in own.items():
                points.setdefault(level, []).append((takes.index, each))
            for shift in pattern:
                for node in relaxation.nodes_of[name][shift]:
                    counted.setdefault(node, []).append(takes)
        model.add_exactly_one(model.get_bool_var_from_proto_index(n) for n in mine.values())
        chosen[name] = mine
    nodes = {n for shifts in relaxation.nodes_of.values() for ns in shifts.values() for n in ns}
    for node in sorted(nodes):
        model.add(variables[node] == sum(counted.get(node, [])))
    return chosen


def _hint(
    chosen: Mapping[str, Mapping[Pattern, int]], start: Mapping[str, Pattern]
) -> dict[int, int]:
    return {
        number: int(pattern == start[name])
        for name, options in chosen.items()
        for pattern, number in options.items()
        if name in start
    }
