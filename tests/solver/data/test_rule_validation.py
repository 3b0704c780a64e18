"""Rules, skills and notice that contradict the problem are refused with the field's name."""

from dataclasses import replace
from typing import Any

import pytest

from solver.data.errors import InvalidProblemError
from solver.data.extra_time import ExtraTime
from solver.data.problem import Fact, Reference, Task, Worker
from solver.data.rules import ANY_WORK, ConsecutiveDays, ConsecutiveDaysOff, ForbiddenSequence, Rule
from solver.data.spans import Span
from tests.solver.small import SHIFTS, make_fact, make_problem

TASK = Task(
    id="t",
    place=None,
    earliest_start=0,
    latest_start=0,
    duration_min=60,
    skills=frozenset({"s"}),
    level="promise",
    missing_points=1,
)
WORKER = Worker(id="w", rule_book="book", skills=frozenset({"s"}))


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        (ForbiddenSequence(sequences=(("day",) * 99,)), "sequences' number of steps is 99"),
        (ForbiddenSequence(sequences=(), first_days=frozenset({99})), "first_days is 99"),
        (ConsecutiveDays(most=1, days=frozenset({99})), "days is 99"),
        (ConsecutiveDaysOff(days=frozenset({-1})), "days is -1"),
    ],
)
def test_a_rule_that_speaks_of_what_cannot_be_is_refused(rule: Rule, named: str) -> None:
    with pytest.raises(InvalidProblemError, match=rf"RuleBook book.rules\[0\].{named}"):
        make_problem(WORKER, rules=(rule,))


def test_a_sequence_has_two_steps_at_least() -> None:
    with pytest.raises(InvalidProblemError, match=r"ForbiddenSequence\.sequences"):
        ForbiddenSequence(sequences=(("day",),))


def test_no_kind_of_shift_is_named_like_any_work() -> None:
    shift = replace(SHIFTS[0], kind=ANY_WORK)
    with pytest.raises(InvalidProblemError, match=r"Shift day0\.kind"):
        replace(make_problem(WORKER), shifts=(shift, *SHIFTS[1:]))


def test_a_fact_has_the_kind_of_its_shift() -> None:
    fact: Fact = replace(make_fact("day", 0), kind="night")
    with pytest.raises(InvalidProblemError, match=r"Fact fact-day0\.kind is night"):
        make_problem(replace(WORKER, facts=(fact,)))


@pytest.mark.parametrize(
    ("spans", "named"),
    [
        ((("x", Span(0, 60)),), "Worker w.skill_spans names x"),
        ((("s", Span(60, 60)),), "Worker w.skill_spans has a span"),
    ],
)
def test_skills_that_pass_are_the_workers_and_take_time(
    spans: tuple[tuple[str, Span], ...], named: str
) -> None:
    with pytest.raises(InvalidProblemError, match=named):
        make_problem(replace(WORKER, skill_spans=spans))


@pytest.mark.parametrize(
    ("task", "named"),
    [
        (replace(TASK, excluded=frozenset({"s"})), "Task t.excluded has s"),
        (replace(TASK, preferred={"s": 1}), "Task t.preferred needs"),
        (replace(TASK, disliked={"s": 1}), "Task t.disliked needs"),
        (
            replace(TASK, familiar_level="wish", preferred={"s": -1}),
            r"Task t.preferred\[s\] is -1",
        ),
    ],
)
def test_a_task_does_not_contradict_itself_about_skills(task: Task, named: str) -> None:
    with pytest.raises(InvalidProblemError, match=named):
        make_problem(WORKER, tasks=(task,))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"now": 10**8}, "now"),
        ({"notices": ((-1, 1),)}, "notices"),
        ({"notices": ((1, -1),)}, "notices"),
        ({"least_notice_min": -1}, "least_notice_min"),
    ],
)
def test_notice_is_a_time_ahead(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidProblemError, match=rf"Problem\.reference\.{named}"):
        make_problem(WORKER, reference=replace(Reference(level="wish"), **changes))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"periods": (Span(0, 60), Span(30, 90))}, "periods"),
        ({"from_min": -1}, "from_min"),
        ({"until_min": 5}, "until_min"),
        ({"most_min": -1}, "most_min"),
        ({"used_min": -1}, "used_min"),
        ({"step_min": 0}, "step_min"),
        ({"points": -1}, "points"),
        ({"level": "x"}, "level"),
    ],
)
def test_extra_time_is_entered_by_periods_that_are_apart(
    changes: dict[str, Any], named: str
) -> None:
    extra = ExtraTime(name="overtime", periods=(Span(0, 60),), from_min=10, most_min=0)
    with pytest.raises(InvalidProblemError, match=rf"Worker w\.extra_times\[0\]\.{named}"):
        make_problem(replace(WORKER, extra_times=(replace(extra, **changes),)))
