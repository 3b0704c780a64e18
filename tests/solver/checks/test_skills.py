"""Skills that exclude, pass or are preferred: the checks and the search say the same of them."""

import pytest

from solver.checks import level_values, rule_costs, violations
from solver.data.problem import Demand, Problem, Task, Worker
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.explain.explainer import Explainer
from solver.search.plain_skills import with_plain_skills
from tests.solver.small import DAY, HOUR, SHIFTS, make_problem

TEN = 10 * HOUR
MORNING, NEXT_DAY = Span(0, 12 * HOUR), Span(DAY, 2 * DAY)


def worker(name: str, *skills: str, spans: tuple[Span, ...] = ()) -> Worker:
    """Return a worker whose first skill holds in some spans only, if any are given."""
    return Worker(
        id=name,
        rule_book="book",
        shifts=("day0",),
        skills=frozenset(skills),
        skill_spans=tuple((skills[0], span) for span in spans),
    )


def task(**more: object) -> Task:
    fields: dict[str, object] = {
        "id": "t",
        "place": None,
        "earliest_start": TEN,
        "latest_start": TEN,
        "duration_min": HOUR,
        "level": "promise",
        "missing_points": 9,
    }
    return Task(**(fields | more))  # type: ignore[arg-type]


def done_by(problem: Problem) -> list[str]:
    """Return who does the task in the best roster, in which the checks find nothing."""
    found = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
    assert violations(problem, found) == ()
    assert {each.level: each.value for each in found.levels} == level_values(problem, found)
    return [placed.worker for placed in found.tasks]


def broken(problem: Problem, name: str) -> set[str]:
    """Return what is wrong with the task done by a worker, who works the first day shift."""
    pause = Span(12 * HOUR, 12 * HOUR + SHIFTS[0].break_min)
    shifts = (WorkedShift(worker=name, shift="day0", breaks=(pause,)),)
    tasks = (PlacedTask(task="t", worker=name, start=TEN),)
    found = violations(problem, Solution(shifts=shifts, tasks=tasks, levels=()))
    return {each.rule for each in found}


def test_whoever_has_an_excluded_skill_does_not_do_a_task() -> None:
    both = worker("new", "driver", "novice"), worker("old", "driver")
    problem = make_problem(
        *both, tasks=(task(skills=frozenset({"driver"}), excluded=frozenset({"novice"})),)
    )
    assert broken(problem, "new") == {"excluded-skill"}
    assert not broken(problem, "old")
    assert done_by(problem) == ["old"]


@pytest.mark.parametrize(
    ("spans", "is_able"),
    [
        ((MORNING,), True),
        ((NEXT_DAY,), False),
        ((NEXT_DAY, MORNING), True),
        ((Span(0, TEN + 30),), False),
    ],
)
def test_a_skill_counts_where_it_holds_for_the_whole_window(
    spans: tuple[Span, ...], is_able: bool
) -> None:
    mine = worker("w", "driver", spans=spans)
    problem = make_problem(mine, tasks=(task(skills=frozenset({"driver"})),))
    assert broken(problem, "w") == (set() if is_able else {"skill"})
    assert done_by(problem) == (["w"] if is_able else [])


@pytest.mark.parametrize(
    ("span", "is_able"), [(MORNING, False), (NEXT_DAY, True), (Span(0, TEN + 30), False)]
)
def test_a_skill_excludes_where_it_holds_at_any_time_of_the_window(
    span: Span, is_able: bool
) -> None:
    mine = worker("w", "novice", spans=(span,))
    problem = make_problem(mine, tasks=(task(excluded=frozenset({"novice"})),))
    assert broken(problem, "w") == (set() if is_able else {"excluded-skill"})
    assert done_by(problem) == (["w"] if is_able else [])


def test_a_demand_counts_those_whose_skill_holds_throughout_it() -> None:
    demand = Demand(
        id="d", span=Span(8 * HOUR, 9 * HOUR), skills=frozenset({"s"}), levels=((1, "cover", 1),)
    )
    for span, points in ((MORNING, 0), (NEXT_DAY, 4), (Span(0, 8 * HOUR + 30), 4)):
        problem = make_problem(worker("w", "s", spans=(span,)), demands=(demand,))
        found = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
        assert level_values(problem, found)["cover"] == points


def test_preferred_skills_and_disliked_ones_cost_by_the_head() -> None:
    wanted = task(familiar_level="familiar", preferred={"guide": 3}, disliked={"novice": 2})
    both = worker("new", "guide", "novice"), worker("old")
    problem = make_problem(*both, tasks=(wanted,))
    assert done_by(problem) == ["new"]
    assert done_by(make_problem(both[1], tasks=(wanted,))) == ["old"]
    found = solve(problem, work_limit=0.3, repeatable=True, n_workers=1)
    assert [(each.rule, each.points) for each in rule_costs(problem, found)] == [("skill", 2)]


def test_explanations_know_whom_a_task_excludes() -> None:
    both = worker("new", "novice"), worker("old")
    problem = make_problem(*both, tasks=(task(excluded=frozenset({"novice"})),))
    found = Explainer(problem, Solution(shifts=(), tasks=(), levels=()))
    legal = [each.workers for each in found.candidates_for_task("t") if each.is_legal]
    assert legal == [("old",)]


def test_a_problem_with_plain_skills_stays_as_it_is() -> None:
    problem = make_problem(worker("w", "s"), tasks=(task(skills=frozenset({"s"})),))
    assert with_plain_skills(problem) is problem


def test_made_up_skills_are_unlike_those_that_there_are() -> None:
    mine = worker("w", "not novice", "novice")
    problem = make_problem(mine, tasks=(task(excluded=frozenset({"novice"})),))
    assert done_by(problem) == []
