"""Problems, solutions and progress survive the way through text; anything else is refused."""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.data.errors import InvalidProblemError
from solver.data.problem import (
    Demand,
    HoursTarget,
    Lock,
    Problem,
    Reference,
    Task,
    Worker,
)
from solver.data.solution import (
    Blocker,
    LevelResult,
    PlacedTask,
    Progress,
    RuleCost,
    Solution,
    TaskGap,
    WorkedShift,
)
from solver.data.spans import Span
from solver.formats.json_format import (
    problem_from_json,
    problem_from_text,
    problem_to_json,
    progress_from_json,
    progress_to_json,
    solution_from_json,
    solution_to_json,
)
from tests.solver.small import (
    LEVELS,
    SHIFTS,
    anchored,
    links,
    make_problem,
    pairings,
    rule_sets,
    workers,
)
from tests.solver.weeks import small_week, week

TASK = Task(
    id="t",
    place="a",
    earliest_start=480,
    latest_start=500,
    duration_min=12,
    level="promise",
    missing_points=4,
    familiar_level="familiar",
    familiar={"w": 0, "nobody": 3},
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
    costs=(RuleCost(level="promise", rule="missing", points=3),),
)

names = st.text(max_size=5)
small_ints = st.integers(-(2**53), 2**53)

solutions = st.builds(
    Solution,
    shifts=st.lists(
        st.builds(
            WorkedShift,
            worker=names,
            shift=names,
            breaks=st.lists(st.builds(Span, small_ints, small_ints), max_size=2).map(tuple),
            crew=st.none() | names,
        ),
        max_size=3,
    ).map(tuple),
    tasks=st.lists(
        st.builds(PlacedTask, task=names, worker=names, start=small_ints), max_size=3
    ).map(tuple),
    levels=st.lists(
        st.builds(LevelResult, level=names, value=small_ints, bound=st.none() | small_ints),
        max_size=3,
    ).map(tuple),
    gaps=st.lists(
        st.builds(
            TaskGap,
            task=names,
            missing=small_ints,
            reason=st.sampled_from(["supply", "rule", "preference"]),
            proof=st.sampled_from([None, "nobody", "bound"]),
            blockers=st.lists(
                st.builds(Blocker, code=names, workers=st.lists(names).map(tuple)), max_size=2
            ).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    costs=st.lists(st.builds(RuleCost, level=names, rule=names, points=small_ints), max_size=3).map(
        tuple
    ),
)

references = st.builds(
    Reference,
    level=st.sampled_from(LEVELS),
    shifts=st.lists(st.sampled_from([("w", shift.id) for shift in SHIFTS]), unique=True).map(tuple),
    tasks=st.sampled_from([(), (("t", "w"),)]),
    shift_points=st.integers(0, 9),
    task_points=st.integers(0, 9),
)

targets = st.builds(
    lambda start, length, most: HoursTarget(
        level="hours", period=Span(start, start + length), target_min=most
    ),
    st.integers(-1000, 1000),
    st.integers(1, 10_000),
    st.integers(0, 10_000),
)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a problem that uses every part of the format."""
    worker = replace(draw(workers()), hours=tuple(draw(st.lists(targets, max_size=3))))
    others = [Worker(id=name, rule_book="book") for name in ("v", "u")]
    return replace(
        make_problem(worker, *others, rules=draw(rule_sets), tasks=(TASK,), demands=(DEMAND,)),
        pairings=draw(pairings(["w", "v", "u"])),
        links=draw(links),
        travel=draw(st.sampled_from([{}, {"car": {}}, {"car": {("a", "b"): 20, ("b", "x"): 0}}])),
        reference=draw(st.none() | references),
        team_needs_lead=draw(st.booleans()),
        seed=draw(st.integers(0, 2**53)),
    )


def through_text(document: object) -> Any:
    return json.loads(json.dumps(document))


@given(problems())
def test_problem_survives_the_way_through_text(problem: Problem) -> None:
    assert problem_from_text(json.dumps(problem_to_json(problem))) == problem


def test_made_up_weeks_survive_the_way_through_text() -> None:
    for problem in (small_week(), week()):
        assert problem_from_text(json.dumps(problem_to_json(problem)).encode()) == problem


def test_thousands_of_tasks_survive_the_way_through_text() -> None:
    tasks = tuple(replace(TASK, id=f"t{number}") for number in range(10_000))
    problem = replace(make_problem(Worker(id="w", rule_book="book")), tasks=tasks)
    assert problem_from_text(json.dumps(problem_to_json(problem))) == problem


@given(solutions)
def test_solution_survives_the_way_through_text(solution: Solution) -> None:
    assert solution_from_json(through_text(solution_to_json(solution))) == solution


def test_every_part_of_a_solution_is_written() -> None:
    document = solution_to_json(SOLUTION)
    assert document["costs"] == [{"level": "promise", "rule": "missing", "points": 3}]
    assert solution_from_json(through_text(document)) == SOLUTION


@pytest.mark.parametrize("n_gaps", [None, 3])
def test_progress_survives_the_way_through_text(n_gaps: int | None) -> None:
    levels = SOLUTION.levels if n_gaps else ()
    progress = Progress(phase="bound", n_gaps=n_gaps, levels=levels, seconds=1.5)
    assert progress_from_json(through_text(progress_to_json(progress))) == progress


def example() -> dict[str, Any]:
    worker = Worker(id="w", rule_book="book", shifts=("day0",))
    problem = replace(
        make_problem(worker, rules=(anchored(1, 11),), tasks=(TASK,), demands=(DEMAND,)),
        reference=Reference(level="wish", shifts=(("w", "day0"),), tasks=(("t", "w"),)),
        shifts=SHIFTS[:2],
    )
    document: dict[str, Any] = through_text(problem_to_json(problem))
    return document


Path = tuple[str | int, ...]


def put(document: Any, path: Path, value: object) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = value


def get(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("format",), "narvaro-problem/9", "Problem.format"),
        (("horizon",), [0], "Problem.horizon"),
        (("horizon",), [0, "x"], "Problem.horizon[1]"),
        (("workers",), None, "Problem.workers"),
        (("workers", 0), [], "Problem.workers[0]"),
        (("workers", 0, "rule_book"), 7, "Problem.workers[0].rule_book"),
        (("workers", 0, "rule_book"), "other", "Worker w.rule_book"),
        (("workers", 0, "age"), 40, "Problem.workers[0] has an unknown field age"),
        (("tasks", 0, "heads"), True, "Problem.tasks[0].heads"),
        (("tasks", 0, "heads"), 1.0, "Problem.tasks[0].heads"),
        (("tasks", 0, "heads"), 2**53 + 1, "Problem.tasks[0].heads"),
        (("tasks", 0, "heads"), 10**400, "Problem.tasks[0].heads"),
        (("tasks", 0, "level"), "nothing", "Task t.level"),
        (("tasks", 0, "familiar"), [], "Problem.tasks[0].familiar"),
        (("tasks", 0, "familiar", "w"), None, "Problem.tasks[0].familiar[w]"),
        (("rule_books", 0, "rules", 0, "type"), "Magic", "Problem.rule_books[0].rules[0].type"),
        (("rule_books", 0, "rules", 0), [], "Problem.rule_books[0].rules[0].type"),
        (
            ("rule_books", 0, "rules", 0, "rest_min"),
            0,
            "RestInPeriod.rest_min",
        ),
        (
            ("rule_books", 0, "rules", 0, "rest_min"),
            "x",
            "Problem.rule_books[0].rules[0](RestInPeriod).rest_min",
        ),
        (("travel", "car"), {}, "Problem.travel[car]"),
        (("travel", "car"), [["a", "b"]], "Problem.travel[car][0]"),
        (("travel", "car"), [["a", "b", 1], ["a", "b", 2]], "Problem.travel[car][1]"),
        (("reference", "shifts", 0), ["w"], "Problem.reference.shifts[0]"),
    ],
)
def test_wrong_field_is_named(path: Path, value: object, named: str) -> None:
    document = example()
    put(document, path, value)
    with pytest.raises(InvalidProblemError, match=f"^{re.escape(named)}"):
        problem_from_json(document)


def test_missing_field_is_named() -> None:
    document = example()
    del document["tasks"][0]["level"]
    with pytest.raises(InvalidProblemError, match=r"^Problem.tasks\[0\]\.level is missing\.$"):
        problem_from_json(document)


@pytest.mark.parametrize("document", [None, 3, "x", [], {}])
def test_what_is_no_problem_is_refused(document: object) -> None:
    with pytest.raises(InvalidProblemError, match=r"^Problem\.format"):
        problem_from_json(document)


def test_progress_that_never_ends_is_refused() -> None:
    document = {"phase": "bound", "n_gaps": None, "levels": [], "seconds": float("inf")}
    with pytest.raises(InvalidProblemError, match=r"^Progress\.seconds"):
        progress_from_json(document)


# Whatever is in a document, it is read or refused by name.

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.sampled_from([2**31, -(2**53), 2**53 + 1, 2**64, 10**400])
    | st.floats()
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def places(document: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(document, dict):
        for key, child in document.items():
            yield from places(child, (*path, key))
    elif isinstance(document, list):
        for number, child in enumerate(document):
            yield from places(child, (*path, number))


EXAMPLE = example()
PLACES = st.sampled_from(list(places(EXAMPLE)))
FIELD = re.compile(
    r"(Problem|Shift|Worker|Fact|Task|Demand|RuleBook|ShiftsPerDay|Rest\w+|WorkingTime"
    r"|ConsecutiveDays|ContinuousWork)\b.*\S"
)


def refusal(document: object) -> str | None:
    try:
        problem_from_json(document)
    except InvalidProblemError as error:
        return str(error)
    return None


def assert_read_or_refused_by_name(document: object) -> None:
    said = refusal(document)
    assert said is None or (FIELD.fullmatch(said) and len(said) < 400)


@given(PLACES, json_values)
def test_anything_else_anywhere(path: Path, value: object) -> None:
    document = copy.deepcopy(EXAMPLE)
    put(document, path, value)
    assert_read_or_refused_by_name(document)


@given(st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=4))
def test_values_that_change_places(pairs: list[tuple[Path, Path]]) -> None:
    document = copy.deepcopy(EXAMPLE)
    for one, other in pairs:
        value = copy.deepcopy(get(EXAMPLE, other))
        try:
            put(document, one, value)
        except (LookupError, TypeError):
            continue  # its place is gone already
    assert_read_or_refused_by_name(document)


@given(PLACES)
def test_anything_left_out(path: Path) -> None:
    document = copy.deepcopy(EXAMPLE)
    del get(document, path[:-1])[path[-1]]
    assert_read_or_refused_by_name(document)


@given(PLACES, st.text(max_size=8), json_values)
def test_anything_put_in(path: Path, key: str, value: object) -> None:
    document = copy.deepcopy(EXAMPLE)
    target = get(document, path)
    if isinstance(target, dict):
        target[key] = value
    elif isinstance(target, list):
        target.append(value)
    assert_read_or_refused_by_name(document)


@given(PLACES, st.integers(-(2**60), 2**60))
def test_any_number_anywhere(path: Path, number: int) -> None:
    document = copy.deepcopy(EXAMPLE)
    if type(get(document, path)) is int:
        put(document, path, number)
    assert_read_or_refused_by_name(document)


@given(json_values)
def test_anything_at_all(value: object) -> None:
    assert_read_or_refused_by_name(value)


@given(st.dictionaries(st.sampled_from(["format", *EXAMPLE]), json_values))
def test_anything_in_the_fields_of_a_problem(fields: dict[str, object]) -> None:
    assert_read_or_refused_by_name({**fields, "format": EXAMPLE["format"]})
