"""Skills made plain: who may do a task, and what it costs, by the checks."""

import pytest

from solver.checks import level_values, violations
from solver.data.problem import Problem, Task, Worker
from solver.data.solution import PlacedTask, Solution
from solver.data.spans import Span
from solver.search.plain_skills import with_plain_skills
from tests.solver.small import make_problem

AT = 540
TIMES = ((), (Span(AT - 60, AT),), (Span(AT, AT + 60),), (Span(AT - 60, AT + 60),))


def problem(task: Task, times: tuple[Span, ...]) -> Problem:
    """Return a task and one worker who has the skill at some times only, or always."""
    spans = tuple(("s", span) for span in times)
    worker = Worker(id="w", rule_book="book", skills=frozenset("s"), skill_spans=spans)
    return make_problem(worker, tasks=(task,))


def task(minutes: int, excluded: str = "", disliked: str = "") -> Task:
    return Task(
        id="t",
        place=None,
        earliest_start=AT,
        latest_start=AT,
        duration_min=minutes,
        level="promise",
        missing_points=1,
        excluded=frozenset(excluded),
        disliked=dict.fromkeys(disliked, 3),
        familiar_level="familiar",
    )


def done() -> Solution:
    return Solution(shifts=(), tasks=(PlacedTask(task="t", worker="w", start=AT),), levels=())


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("minutes", [0, 30])
def test_worker_with_an_excluded_skill_in_the_window_may_not_do_a_task(minutes, times):
    made = problem(task(minutes, excluded="s"), times)
    plain = with_plain_skills(made)
    is_wrong = "excluded-skill" in {found.rule for found in violations(made, done())}
    assert (plain.workers[0].skills >= plain.tasks[0].skills) is not is_wrong


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("minutes", [0, 30])
def test_disliked_skill_costs_as_much_when_it_is_plain(minutes, times):
    made = problem(task(minutes, disliked="s"), times)
    costs = [level_values(each, done())["familiar"] for each in (made, with_plain_skills(made))]
    assert costs[0] == costs[1]
