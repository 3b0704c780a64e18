"""The problem of a week of which only the promise is asked."""

from planner.planning import levels
from planner.planning.problem import compile_week
from planner.planning.promise_week import guided_problem, is_answered, promise_problem
from planner.planning.week_input import WeekInput
from solver.data.solution import LevelResult
from tests.planner import small
from tests.planner.small import WEEK

PROMISED = tuple(levels.PROMISED.values())


def paid(*found):
    """Return values of the promise's levels with their bounds."""
    return [
        LevelResult(level=level, value=value, bound=bound)
        for level, (value, bound) in zip(PROMISED, found, strict=True)
    ]


def test_contract_hours_guide_the_search_and_rank_after_the_promise():
    compiled = compile_week(WeekInput(plan=small.make_plan(), week=WEEK))
    plain, guided = promise_problem(compiled), guided_problem(compiled)
    assert guided.levels == (*PROMISED, levels.HOURS)
    assert any(worker.hours for worker in guided.workers)
    assert not any(worker.hours for worker in plain.workers)


def test_it_is_answered_when_nothing_lacks_or_no_more_than_is_proved():
    assert is_answered(paid((0, None), (0, None), (0, 0)))
    assert is_answered(paid((4, 4), (0, None), (2, 2)))
    assert not is_answered(paid((4, 3), (0, 0), (0, 0)))
    assert not is_answered(paid((4, None), (0, 0), (0, 0)))
    assert not is_answered([])
    hours = LevelResult(level=levels.HOURS, value=9, bound=None)
    assert is_answered([*paid((0, 0), (0, 0), (0, 0)), hours])
