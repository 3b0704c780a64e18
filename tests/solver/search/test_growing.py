"""Linear programs that grow."""

import itertools
import random

import numpy as np
import pytest

from solver.search.interior import InteriorLp
from solver.search.linear import Matrix
from solver.search.simplex import SimplexLp


@pytest.mark.parametrize("kind", [SimplexLp, InteriorLp])
def test_prices_pay_for_what_is_wanted_and_leave_no_variable_cheaper(kind):
    costs = np.array([3.0, 2.0, 4.0])
    factors = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
    row, column = np.nonzero(factors)
    program = kind(
        np.full(3, np.inf),
        Matrix(row, column, factors[row, column], np.array([2.0, 1.0]), np.full(2, np.inf)),
    )
    program.set_costs(costs, 10.0)
    optimum = program.optimum()
    assert optimum is not None
    assert optimum.value == pytest.approx(10 + 4 + 3)
    assert optimum.prices @ [2.0, 1.0] == pytest.approx(optimum.value - 10)
    assert (costs - optimum.prices @ factors >= -1e-6).all()
    assert factors @ optimum.variables == pytest.approx([2.0, 1.0])


@pytest.mark.parametrize("kind", [SimplexLp, InteriorLp])
def test_a_program_that_cannot_be_kept_has_no_optimum(kind):
    nothing = np.zeros(0, np.int64)
    program = kind(np.ones(1), Matrix(nothing, nothing, np.zeros(0), np.zeros(0), np.zeros(0)))
    program.add_row(-1.0, {0: 1.0})
    assert program.optimum() is None


@pytest.mark.parametrize("kind", [SimplexLp, InteriorLp])
@pytest.mark.parametrize("seed", range(20))
def test_a_program_that_grew_has_the_optimum_of_one_made_at_once(seed, kind):
    rng = random.Random(seed)
    n_variables, n_rows, n_more = rng.randint(2, 5), rng.randint(1, 4), rng.randint(1, 5)
    uppers = [float(rng.randint(1, 5)) for _ in range(n_variables)]
    factors = [[rng.randint(0, 3) for _ in range(n_variables)] for _ in range(n_rows)]
    wanted = [rng.randint(0, 6) for _ in range(n_rows)]
    costs = [float(rng.randint(0, 9)) for _ in range(n_variables)]
    more = [[rng.randint(1, 3) for _ in range(n_rows)] for _ in range(n_more)]
    more_costs = [float(rng.randint(1, 9)) for _ in range(n_more)]

    def program(columns: list[list[int]], limits: list[float]) -> SimplexLp | InteriorLp:
        cells = list(itertools.product(range(n_rows), range(len(columns))))
        return kind(
            np.array(limits),
            Matrix(
                np.array([row for row, _ in cells]),
                np.array([column for _, column in cells]),
                np.array([float(columns[column][row]) for row, column in cells]),
                np.array(wanted, float),
                np.full(n_rows, np.inf),
            ),
        )

    first = [[factors[row][column] for row in range(n_rows)] for column in range(n_variables)]
    grown = program(first, uppers)
    grown.set_costs(np.array(costs), 0.0)
    grown.optimum()
    for column, cost in zip(more, more_costs, strict=True):
        grown.add_variable(cost, {row: float(factor) for row, factor in enumerate(column)})
        grown.optimum()
    whole = program([*first, *more], [*uppers, *[np.inf] * n_more])
    whole.set_costs(np.array([*costs, *more_costs]), 0.0)
    one, other = grown.optimum(), whole.optimum()
    assert one is not None
    assert other is not None
    assert one.value == pytest.approx(other.value)


@pytest.mark.parametrize("seed", range(20))
def test_a_program_with_tighter_limits_and_more_variables_has_the_optimum_of_one_made_at_once(seed):
    rng = random.Random(seed)
    n_rows, n_first, n_more = rng.randint(1, 4), rng.randint(1, 4), rng.randint(1, 4)
    n = n_first + n_more
    factors = [[float(rng.randint(1, 3)) for _ in range(n_rows)] for _ in range(n)]
    costs = [float(rng.randint(1, 9)) for _ in range(n)]
    limits = [float(rng.randint(1, 3)) for _ in range(n_first)]
    later = [float(rng.randint(0, int(limit))) for limit in limits]
    wanted = [float(rng.randint(0, 3)) for _ in range(n_rows)]

    def program(uppers: list[float]) -> SimplexLp:
        cells = list(itertools.product(range(n_rows), range(len(uppers))))
        made = SimplexLp(
            np.array(uppers),
            Matrix(
                np.array([row for row, _ in cells]),
                np.array([column for _, column in cells]),
                np.array([factors[column][row] for row, column in cells]),
                np.array(wanted),
                np.full(n_rows, np.inf),
            ),
        )
        made.set_costs(np.array(costs[: len(uppers)]), 0.0)
        return made

    grown = program(limits)
    grown.optimum()
    for number, limit in enumerate(later):
        grown.limit([number], limit)
    for column in range(n_first, n):
        grown.add_variable(costs[column], dict(enumerate(factors[column])))
    grown.add_row(5.0, {0: 1.0, n - 1: 1.0})
    whole = program([*later, *[np.inf] * n_more])
    whole.add_row(5.0, {0: 1.0, n - 1: 1.0})
    one, other = grown.optimum(), whole.optimum()
    assert one is not None
    assert other is not None
    assert one.value == pytest.approx(other.value)
