"""Questions about a roster: what they answer, and what is refused."""

import gc
import weakref
from typing import Any

import pytest

from solver.data.errors import InvalidProblemError
from solver.explain.causes import Causes
from solver.explain.explainer import Explainer
from solver.formats.dataclass_json import read_json
from solver.questions import MOST_KEPT, QUESTIONS, AskedRoster, KeptRosters, Question
from tests.solver.explain.examples import roster, someone, task
from tests.solver.small import HORIZON, make_problem

EXPLAINER = Explainer(make_problem(someone(blocked=(HORIZON,)), tasks=(task(),)), roster())


def asked(operation: str, **fields: Any) -> Question:
    return QUESTIONS[operation](**fields)


def test_causes_are_told_as_data() -> None:
    answer = asked("causes", task="t").answer(EXPLAINER)
    (cause,) = read_json(Causes, answer["causes"]).causes
    assert (cause.code, cause.of) == ("blocked", "w")


def test_repairs_of_some_kinds_only_are_looked_for() -> None:
    assert not asked("repair", task="t", kinds=("assign", "week")).answer(EXPLAINER)["repairs"]
    (found,) = asked("repair", task="t", kinds=("add",)).answer(EXPLAINER)["repairs"]
    assert found["kind"] == "add"


@pytest.mark.parametrize("operation", ["causes", "repair"])
@pytest.mark.parametrize("fields", [{}, {"task": "t", "demand": "d"}, {"task": "no"}])
def test_what_names_nothing_is_refused(operation: str, fields: dict[str, str]) -> None:
    with pytest.raises(InvalidProblemError):
        asked(operation, **fields).answer(EXPLAINER)


def test_kept_rosters_are_left_alone_by_the_garbage_collector_until_they_are_let_go() -> None:
    kept = KeptRosters()
    problem = make_problem(someone(blocked=(HORIZON,)), tasks=(task(),))
    first = AskedRoster(problem, roster())
    first.answer(asked("causes", task="t"))
    kept.keep("first", first)
    assert gc.get_freeze_count()
    known = weakref.ref(first)
    del first
    for number in range(MOST_KEPT):
        assert known() is not None
        kept.keep(str(number), AskedRoster(problem, roster()))
    assert kept.get("first") is None
    assert known() is None
    gc.unfreeze()
