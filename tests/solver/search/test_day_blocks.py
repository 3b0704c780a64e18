"""The days of a model apart: against every whole-numbered solution of tiny random models."""

import itertools
import random

import numpy as np
import pytest

from solver.search.day_blocks import DayBlocks
from solver.search.limits import Budget
from solver.search.linear import LinearModel

MOST = 2


def drawn(rng: random.Random, *, is_night: bool) -> tuple[LinearModel, list[int]]:
    """Draw two days with two nodes and two results each; a night is in rows of both."""
    model, nodes, mine = LinearModel(), [], []
    for day in range(2):
        here = [model.variable(MOST, day=day) for _ in range(2)]
        nodes += here
        mine.append([*here, *(model.variable(MOST, {"x": rng.randrange(1, 5)}) for _ in range(2))])
    for day, numbers in enumerate(mine):
        for result in numbers[2:]:
            terms = [(result, 1), *((n, rng.randrange(0, 3)) for n in numbers[:2])]
            if is_night and day:
                terms.append((nodes[1], 1))
            model.at_least([term for term in terms if term[1]], rng.randrange(0, 3))
        model.at_most([(n, rng.randrange(1, 3)) for n in numbers[:2]], rng.randrange(2, 5))
    return model, nodes


def least(model: LinearModel, prices: dict[int, int]) -> int | None:
    """Return the least points, prices of nodes added, by trying everything."""
    costs = [model.points["x"].get(n, 0) + prices.get(n, 0) for n in range(len(model.uppers))]
    found = [
        sum(cost * value for cost, value in zip(costs, values, strict=True))
        for values in itertools.product(range(MOST + 1), repeat=len(model.uppers))
        if all(
            (row.lower is None or total >= row.lower) and (row.upper is None or total <= row.upper)
            for row in model.rows
            for total in [sum(values[n] * factor for n, factor in row.terms)]
        )
    ]
    return min(found, default=None)


@pytest.mark.parametrize("is_night", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_days_apart_cost_no_more_than_together_and_as_much_when_they_share_nothing(seed, is_night):
    rng = random.Random(seed)
    budget = Budget(60.0, None, is_repeatable=True, should_stop=lambda: False)
    model, nodes = drawn(rng, is_night=is_night)
    days = DayBlocks(model, nodes, model.uppers)
    n_copies = len(days.copies)
    assert n_copies == is_night
    prices = np.array([rng.randrange(-3, 3) for _ in range(len(nodes) + n_copies)], np.int64)
    points = [block.least({"x": 1}, prices, budget, 0) for block in days.blocks]
    together = least(model, dict(zip(nodes, prices.tolist(), strict=False)))
    if together is None:
        return
    found = [point.bound for point in points if point is not None]
    assert len(found) == 2
    assert sum(found) == together if not is_night else sum(found) <= together


def test_values_say_what_they_are_in_the_ties():
    model = LinearModel()
    night = model.variable(MOST, day=0)
    early = model.variable(MOST, day=1)
    short = model.variable(MOST, {"x": 1})
    model.at_least([(short, 1), (night, 1), (early, 1)], 2)
    days = DayBlocks(model, [night, early], model.uppers)
    (copy,) = days.copies
    assert copy in [(night, [(0, 1)]), (early, [(0, 1)])]
    factors = [block.factors(np.full(len(block.variables), 2, np.int64)) for block in days.blocks]
    total = [sum(mine.get(tie, 0.0) for mine in factors) for tie in range(3)]
    assert total == [-2.0, -2.0, 0.0]
