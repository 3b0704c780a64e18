"""Files of public benchmark families become problems, and solutions what the families ask for."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.data.errors import InvalidProblemError
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.engine import solve
from solver.formats.families import family_of
from solver.formats.json_format import problem_from_json, problem_to_json
from tests.bench.families import shift_scheduling, smptsp, tsprp
from tests.solver.formats.test_family_checkers import JOBS, ROSTERING, TASKS

TEXTS = {"shift-scheduling": ROSTERING, "tsprp": TASKS.replace("1 0\n", "1 1\n"), "smptsp": JOBS}
JUDGES: dict[str, Callable[[object], tuple[list[str], int]]] = {
    "shift-scheduling": lambda found: shift_scheduling.judge(
        shift_scheduling.read(TEXTS["shift-scheduling"]), found
    ),
    "tsprp": lambda found: tsprp.judge(tsprp.read(TEXTS["tsprp"]), found),
    "smptsp": lambda found: smptsp.judge(smptsp.read(TEXTS["smptsp"]), found),
}
BEST = {"shift-scheduling": 0, "tsprp": 3, "smptsp": 2}
"""What each costs at least: nothing; work after work once, and too long off twice; two at once."""


def problem_of(text: str) -> Problem:
    family = family_of(text)
    assert family is not None
    return family.read(text)


def solved(text: str) -> Solution:
    return solve(problem_of(text), work_limit=1.0, repeatable=True, n_workers=1)


@pytest.mark.parametrize("name", TEXTS)
def test_each_family_is_known_by_its_content_and_lines_may_end_in_either_way(name: str) -> None:
    for text in (TEXTS[name], TEXTS[name].replace("\n", "\r\n")):
        family = family_of(text)
        assert family is not None
        assert family.name == name


def test_a_saved_problem_is_of_no_family() -> None:
    assert family_of('{"levels": ["SECTION_HORIZON"]}') is None


@pytest.mark.parametrize("name", TEXTS)
def test_the_answer_is_worth_to_the_checker_of_its_family_what_it_claims(name: str) -> None:
    family = family_of(TEXTS[name])
    assert family is not None
    problem, solution = family.read(TEXTS[name]), solved(TEXTS[name])
    broken, objective = JUDGES[name](family.assignments(problem, solution))
    claimed = {each.level: each.value for each in solution.levels}
    assert not any(claimed[level] for level in family.required)
    assert not broken
    assert objective == sum(claimed.values()) == BEST[name]


@pytest.mark.parametrize("name", TEXTS)
def test_a_problem_of_a_family_can_be_saved_like_any_other(name: str) -> None:
    problem = problem_of(TEXTS[name])
    assert problem_from_json(problem_to_json(problem)) == problem


@pytest.mark.parametrize(
    ("name", "before", "after", "named"),
    [
        ("shift-scheduling", "L,480,E", "L,480,X", "Line 7: X is no shift"),
        ("shift-scheduling", "L,480,E", "L,four,E", "Line 7: four is no whole number"),
        ("shift-scheduling", "A,E=14|L=14", "A,E=14|L", "Line 10: L is no shift and number"),
        ("shift-scheduling", "A,2,E,3", "C,2,E,3", "Line 17: it names nobody"),
        ("shift-scheduling", "A,2,E,3", "A,14,E,3", "Line 17: 14 is not from 0 to 13"),
        ("shift-scheduling", "2,E,2,100,1", "2,E,2,100", "Line 23: there are 4 cells, not 5"),
        ("shift-scheduling", "SECTION_COVER", "SECTION_X", "Line 22: SECTION_X is unknown"),
        ("smptsp", "Jobs = 3", "Jobs = 4", "Line 7: there are"),
        ("smptsp", " 10 20", " 20 10", "Line 4: the job ends before it starts"),
        ("smptsp", "2: 1 2", "2: 1 3", "Line 9: 3 is not from 0 to 2"),
        ("smptsp", "2: 1 2", "2: 1", "Line 9: there are not as many"),
        ("smptsp", " 2: 1 2\n", "", "Line 9: the file ends too soon"),
        ("tsprp", "500 560 1", "500 560 7", "a task lies on a later day"),
        ("tsprp", "true\ntrue", "true\nyes", "Line 17: it is neither true nor false"),
        ("tsprp", "Days = 7", "Days = x", "Line 10: x is no whole number"),
        ("tsprp", "1 1\n", "1 1\n1 1\n", "Line 20: nothing more is expected here"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence_that_names_the_line(
    name: str, before: str, after: str, named: str
) -> None:
    assert before in TEXTS[name]
    with pytest.raises(InvalidProblemError, match=named) as caught:
        problem_of(TEXTS[name].replace(before, after, 1))
    assert "\n" not in str(caught.value)


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_a_damaged_file_is_read_or_refused_with_a_sentence(name: str, data: st.DataObject) -> None:
    text = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.text("0129 ,|=:-\nAELS_#é²", max_size=6)) + text[end:]
    family = family_of(TEXTS[name])
    assert family is not None
    said = ""
    try:
        family.read(text)
    except InvalidProblemError as error:
        said = str(error)
    assert "\n" not in said
