import contextlib
import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.data.errors import InvalidProblemError
from solver.data.problem import Demand, Lock, Problem, Task, Worker
from solver.data.rules import Rule
from solver.data.solution import (
    Blocker,
    LevelResult,
    PlacedTask,
    Solution,
    TaskGap,
    WorkedShift,
)
from solver.data.spans import Span
from solver.formats.json_format import (
    problem_from_json,
    problem_to_json,
    solution_from_json,
    solution_to_json,
)
from tests.solver.small import anchored, make_problem, rule_sets, workers

TASK = Task(
    id="t",
    place="a",
    earliest_start=480,
    latest_start=500,
    duration_min=12,
    level="promise",
    missing_points=4,
    locks=(Lock(worker="w", start=480),),
)
DEMAND = Demand(id="d", span=Span(0, 60), skills=frozenset({"s"}), levels=((1, "promise", 2),))
SOLUTION = Solution(
    shifts=(WorkedShift(worker="w", shift="day0", breaks=(Span(660, 690),), crew="c"),),
    tasks=(PlacedTask(task="t", worker="w", start=480),),
    levels=(LevelResult(level="promise", value=3, bound=None),),
    gaps=(
        TaskGap(
            task="t",
            missing=1,
            reason="rule",
            proof="bound",
            blockers=(Blocker(code="daily-rest", workers=("w",)),),
        ),
    ),
)


def through_text(document: object) -> Any:
    return json.loads(json.dumps(document))


@given(workers(), rule_sets)
def test_problem_survives_the_way_through_text(worker: Worker, rules: tuple[Rule, ...]) -> None:
    problem = make_problem(worker, rules=rules, tasks=(TASK,), demands=(DEMAND,))
    assert problem_from_json(through_text(problem_to_json(problem))) == problem


def test_solution_survives_the_way_through_text() -> None:
    assert solution_from_json(through_text(solution_to_json(SOLUTION))) == SOLUTION


def example() -> dict[str, Any]:
    worker = Worker(id="w", rule_book="book", shifts=("day0",))
    problem = make_problem(worker, rules=(anchored(1, 11),), tasks=(TASK,), demands=(DEMAND,))
    document: dict[str, Any] = through_text(problem_to_json(problem))
    return document


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("format",), "narvaro-problem/9", "format"),
        (("horizon",), [0], "Problem.horizon"),
        (("workers", 0, "rule_book"), 7, "Problem.workers[0].rule_book"),
        (("workers", 0, "rule_book"), "other", "rule_book"),
        (("workers", 0, "age"), 40, "age"),
        (("tasks", 0, "heads"), True, "Problem.tasks[0].heads"),
        (("tasks", 0, "level"), "nothing", "level"),
        (("rule_books", 0, "rules", 0, "type"), "Magic", "type"),
        (("travel", "car"), {}, "Problem.travel[car]"),
    ],
)
def test_wrong_field_is_named(path: tuple[str | int, ...], value: object, named: str) -> None:
    document = example()
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(InvalidProblemError) as caught:
        problem_from_json(document)
    assert named in str(caught.value)


def test_missing_field_is_named() -> None:
    document = example()
    del document["tasks"][0]["level"]
    with pytest.raises(InvalidProblemError, match=r"tasks\[0\]\.level is missing"):
        problem_from_json(document)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    children = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    for key, child in children:
        found += places(child, (*path, key))
    return found


EXAMPLE = example()
PLACES = places(EXAMPLE)


@given(st.sampled_from(PLACES), json_values)
def test_anything_else_anywhere_is_read_or_refused_by_name(
    path: tuple[Any, ...], value: object
) -> None:
    document = copy.deepcopy(EXAMPLE)
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with contextlib.suppress(InvalidProblemError):
        assert isinstance(problem_from_json(document), Problem)
