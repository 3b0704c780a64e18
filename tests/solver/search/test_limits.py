"""What a budget makes of solvers that fail, and of models that take no work."""

import pytest
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from solver.search import limits
from solver.search.limits import Budget


def budget() -> Budget:
    return Budget(60.0, None, is_repeatable=False, should_stop=lambda: False)


def solved(most_cost: float) -> mathopt.SolveResult | None:
    """Return the result of a small model with a cost."""
    model = mathopt.Model()
    number = model.add_binary_variable()
    model.add_linear_constraint(number >= 1)
    model.minimize(most_cost * number)
    return budget().solve_mip(model, 1.0, mathopt.SolutionHint())


def test_a_model_that_a_solver_fails_on_has_no_result():
    found = solved(1.0)
    assert found is not None
    assert found.objective_value() == 1
    assert solved(float("nan")) is None


def test_a_search_of_models_that_take_no_work_ends():
    spent = Budget(60.0, 1e-3, is_repeatable=True, should_stop=lambda: False)
    for _ in range(10):
        assert not spent.is_over()
        spent.solve(cp_model.CpModel(), 0, 1.0)
    assert spent.is_over()


def test_a_mistake_of_ours_is_not_taken_for_a_solver_that_fails(monkeypatch):
    def mistaken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(mathopt, "solve", mistaken)
    with pytest.raises(ZeroDivisionError):
        solved(1.0)


def test_a_model_is_solved_though_the_thread_that_looks_for_a_stop_never_begins(monkeypatch):
    begun: list[object] = []
    monkeypatch.setattr(limits, "start_new_thread", lambda work, _: begun.append(work))
    _, status = budget().solve(cp_model.CpModel(), 0, 1.0)
    assert status == cp_model.OPTIMAL
    assert len(begun) == 1


def test_no_room_for_a_thread_is_too_little_memory(monkeypatch):
    def full(*_: object) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    monkeypatch.setattr(limits, "start_new_thread", full)
    with pytest.raises(MemoryError):
        budget().solve(cp_model.CpModel(), 0, 1.0)
