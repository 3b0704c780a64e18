"""Minimising several levels in strict order with CP-SAT."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.search.limits import Budget

_LARGEST = 2**50
"""Packed objectives stay below it, so that every sum is exact."""


@dataclass(frozen=True, slots=True)
class LevelSum:
    """Points of a level: a sum over variables of a model, from 0 to ``most``."""

    level: str
    terms: tuple[tuple[int, int], ...]
    constant: int
    most: int


@dataclass(frozen=True, slots=True)
class Minimum:
    """Values of the variables, and whether they are proved to be the best."""

    values: list[int]
    is_proved: bool


def packed(sums: Sequence[LevelSum]) -> list[list[tuple[LevelSum, int]]]:
    """Return groups of neighbouring levels with multipliers that keep their order strict.

    The multiplier of a level exceeds all that the levels below it in its group can add up to.
    """
    groups: list[list[tuple[LevelSum, int]]] = []
    pending: list[LevelSum] = []

    def size(levels: Sequence[LevelSum]) -> int:
        product = 1
        for each in levels:
            product *= each.most + 1
        return product

    def close() -> None:
        multiplier, group = 1, []
        for each in reversed(pending):
            group.append((each, multiplier))
            multiplier *= each.most + 1
        groups.append(group[::-1])
        pending.clear()

    for each in sums:
        if pending and size([*pending, each]) > _LARGEST:
            close()
        pending.append(each)
    if pending:
        close()
    return groups


def minimise(
    model: cp_model.CpModel,
    groups: Sequence[Sequence[tuple[LevelSum, int]]],
    budget: Budget,
    *,
    seed: int,
    most: float,
    hint: Mapping[int, int] | None = None,
    is_linear: bool = False,
) -> Minimum | None:
    """Minimise groups of levels one after the other; return the values of the variables.

    ``most`` is what each group may use; ``is_linear`` as in `Budget.solve`. Without any solution in
    it, nothing; a group that finds none ends the order with what the groups before found.
    """
    best: Minimum | None = None
    n_variables = len(model.proto.variables)
    variables = [model.get_int_var_from_proto_index(n) for n in range(n_variables)]
    for number, value in (hint or {}).items():
        model.add_hint(variables[number], value)
    is_proved = True
    for group in groups or [[]]:
        if budget.is_over():
            return best
        expressions = [
            (
                cp_model.LinearExpr.weighted_sum(
                    [variables[n] for n, _ in each.terms], [factor for _, factor in each.terms]
                )
                + each.constant,
                multiplier,
            )
            for each, multiplier in group
        ]
        model.minimize(sum(multiplier * expression for expression, multiplier in expressions))
        solver, status = budget.solve(model, seed, most, is_linear=is_linear)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return best
        is_proved &= status == cp_model.OPTIMAL
        values = [solver.value(variable) for variable in variables]
        best = Minimum(values, is_proved)
        model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(variables, values, strict=True):
            model.add_hint(variable, value)
        for (each, _), (expression, _) in zip(group, expressions, strict=True):
            reached = each.constant + sum(factor * values[n] for n, factor in each.terms)
            model.add(expression <= reached)
    return best
