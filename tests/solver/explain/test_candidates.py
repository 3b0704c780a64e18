"""Who could take a task or a shift, held against the checks."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.data.problem import Problem
from solver.data.rules import ContinuousWork, RestBetween, RuleBook, TasksPerShift
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.explain.candidates import Candidate
from solver.explain.changes import applied
from solver.explain.explainer import Explainer
from tests.solver.explain.examples import does, roster, someone, task, works
from tests.solver.explain.rosters import broken, price, rosters
from tests.solver.small import DAY, HOUR, SHIFTS, make_fact, make_problem

SLOW = settings(
    max_examples=35,
    suppress_health_check=list(HealthCheck),
)


def assert_right(problem: Problem, solution: Solution, candidate: Candidate) -> None:
    points = tuple(each.points for each in candidate.levels)
    assert points == price(problem, solution, candidate.change)
    after = broken(problem, applied(solution, candidate.change))
    assert candidate.is_legal == (not after), (candidate, after)


@SLOW
@given(rosters(), st.data())
def test_every_candidate_costs_and_breaks_what_the_checks_say(
    made: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = made
    explainer = Explainer(problem, solution)
    task = data.draw(st.sampled_from(problem.tasks))
    shift = data.draw(st.sampled_from(SHIFTS))
    for candidate in (
        *explainer.candidates_for_task(task.id),
        *explainer.candidates_for_shift(shift.id),
    ):
        assert_right(problem, solution, candidate)


def test_task_in_a_shift_that_lacks_one_costs_less_by_what_the_shift_pays() -> None:
    rules = (TasksPerShift(level="cover", points=3),)
    workers = (someone("a"), someone("b"), someone("c", shifts=(), facts=(make_fact("day", 0),)))
    problem = make_problem(*workers, tasks=(task(),), rules=rules)
    solution = roster(works("a", "day0", 720), works("c", "day0", 720))
    found = {
        each.workers: {level.level: level.points for level in each.levels if level.points}
        for each in Explainer(problem, solution).candidates_for_task("t")
    }
    plain = {"promise": -4}
    assert found == {("a",): {**plain, "cover": -3}, ("b",): plain, ("c",): plain}


@SLOW
@given(rosters(), st.integers(1, 2), st.sampled_from([frozenset(), frozenset({"day", "split"})]))
def test_every_candidate_costs_what_the_checks_say_where_each_shift_wants_tasks(
    made: tuple[Problem, Solution], least: int, kinds: frozenset[str]
) -> None:
    problem, solution = made
    (book,) = problem.rule_books
    idle = TasksPerShift(least=least, kinds=kinds, level="fair", points=2)
    wanting = replace(problem, rule_books=(replace(book, rules=(*book.rules, idle)),))
    explainer = Explainer(wanting, solution)
    for each in wanting.tasks:
        for candidate in explainer.candidates_for_task(each.id):
            assert_right(wanting, solution, candidate)
    for placed in solution.tasks[:2]:
        for candidate in explainer.candidates_for_task(placed.task, instead_of=placed.worker):
            assert_right(wanting, solution, candidate)


@SLOW
@given(rosters())
def test_every_candidate_instead_of_another_costs_and_breaks_what_the_checks_say(
    made: tuple[Problem, Solution],
) -> None:
    problem, solution = made
    explainer = Explainer(problem, solution)
    for placed in solution.tasks[:2]:
        for candidate in explainer.candidates_for_task(placed.task, instead_of=placed.worker):
            assert placed.worker not in candidate.workers
            assert_right(problem, solution, candidate)
    for worked in solution.shifts[:2]:
        for candidate in explainer.candidates_for_shift(worked.shift, instead_of=worked.worker):
            assert_right(problem, solution, candidate)


def test_who_takes_a_shift_makes_a_crew_with_the_mate_and_takes_over_the_tasks() -> None:
    crew_task = task(heads=2, is_crew=True)
    team = [someone(name, team="x", is_lead=True) for name in "abc"]
    problem = make_problem(*team, tasks=(crew_task,))
    solution = roster(
        works("a", "day0", 720, "k"),
        works("b", "day0", 720, "k"),
        tasks=(does("t", "a", 540), does("t", "b", 540)),
    )
    (found,) = Explainer(problem, solution).candidates_for_shift("day0", instead_of="a")
    assert found.workers == ("c", "b")
    assert {placed.worker for placed in applied(solution, found.change).tasks} == {"b", "c"}
    assert not any(each.points for each in found.levels)


def test_who_leaves_a_crew_leaves_the_mate_what_needs_one_head() -> None:
    team = [someone(name, team="x", is_lead=True, shifts=("day0", "night0")) for name in "ab"]
    problem = make_problem(*team, tasks=(task("t", 13), task("u"), task("v", 23)))
    both = tuple(works(name, "day0", 720, "k") for name in "ab")
    solution = roster(*both, tasks=(does("u", "a", 540), does("u", "b", 540)))
    assert not broken(problem, solution)
    found = Explainer(problem, solution).candidates_for_task("t")
    alone = next(each for each in found if each.workers == ("a",))
    assert_right(problem, solution, alone)
    (left,) = (p for p in applied(solution, alone.change).tasks if p.task == "u")
    assert left.worker == "b"
    for candidate in Explainer(problem, solution).candidates_for_task("v"):
        assert_right(problem, solution, candidate)
        assert any(p.task == "u" for p in applied(solution, candidate.change).tasks)


def of_two_sorts(*shifts: WorkedShift) -> tuple[Problem, Solution]:
    """Return a team of two with different rules, a crew's task, and their roster."""
    first, second = someone("a", team="x"), someone("b", team="x", is_lead=True)
    crew_task = task("t", 9, heads=2, is_crew=True, latest_start=14 * HOUR)
    problem = make_problem(first, second, tasks=(crew_task,))
    strict = RuleBook(id="strict", rules=(ContinuousWork(most_min=300),))
    dated = tuple(
        replace(shift, counted_min={"book": 510, "strict": 510}) for shift in problem.shifts
    )
    return replace(
        problem,
        rule_books=(*problem.rule_books, strict),
        shifts=dated,
        workers=(first, replace(second, rule_book="strict")),
    ), roster(*shifts)


@pytest.mark.parametrize(
    "shifts",
    [
        (),
        (works("a", "day0", 900),),
        (works("a", "day0", 900), works("b", "day0", 660)),
        (works("a", "day0", 660), works("b", "day0", 690)),
        (works("a", "day0", 660, "k"), works("b", "day0", 660, "k")),
    ],
)
def test_break_of_a_crew_keeps_the_rules_of_both(shifts: tuple[WorkedShift, ...]) -> None:
    problem, solution = of_two_sorts(*shifts)
    at_break = replace(problem, tasks=(replace(problem.tasks[0], earliest_start=11 * HOUR),))
    for each in (problem, at_break):
        explainer = Explainer(each, solution)
        found = explainer.candidates_for_task("t")
        assert any(candidate.is_legal for candidate in found)
        for candidate in (*found, *explainer.candidates_for_shift("day0")):
            assert_right(each, solution, candidate)


def test_two_whose_rules_allow_no_break_in_common_make_no_crew() -> None:
    bound = {"bound": (Span(10 * HOUR + 15, 12 * HOUR + 15),), "shifts": ()}
    problem, _ = of_two_sorts()
    given_ = [replace(w, facts=(make_fact("day", 0),), **bound) for w in problem.workers]
    both = (works("a", "day0", 13 * HOUR), works("b", "day0", 13 * HOUR + 30))
    facts = replace(problem, workers=tuple(given_))
    assert not broken(facts, roster(*both))
    assert Explainer(facts, roster(*both)).candidates_for_task("t") == ()


def test_crew_goes_as_fast_as_the_slower_of_both() -> None:
    problem, solution = of_two_sorts(works("a", "day0", 660, "k"), works("b", "day0", 660, "k"))
    slow = {"foot": {("a", "b"): 60, ("b", "a"): 60}}
    first, second = problem.workers
    far = task("u", 14, place="b", heads=2, is_crew=True)
    crew_task = replace(problem.tasks[0], earliest_start=12 * HOUR)
    for workers in (
        (first, replace(second, travel_mode="foot")),
        (replace(first, travel_mode="foot"), second),
    ):
        walking = replace(
            problem, workers=workers, tasks=(crew_task, far), travel={**problem.travel, **slow}
        )
        doing = tuple(does("u", name, 14 * HOUR) for name in "ab")
        now = replace(solution, tasks=doing)
        for seen in (now, solution, roster()):
            for candidate in Explainer(walking, seen).candidates_for_task("t"):
                assert_right(walking, seen, candidate)
        (found,) = Explainer(walking, now).candidates_for_task("t")
        assert (found.is_legal, found.change.tasks_out) == (True, ())


def test_break_of_a_given_shift_that_lies_over_another_one_stays_free_of_tasks() -> None:
    facts = (make_fact("day", 0), make_fact("evening", 0))
    hours = task("t", 15, duration_min=30, latest_start=15 * HOUR + 15, step_min=15)
    worker = someone("a", shifts=(), facts=facts)
    problem = make_problem(worker, tasks=(replace(hours, earliest_start=14 * HOUR + 45),))
    solution = roster(works("a", "day0", 14 * HOUR + 30), works("a", "evening0", 15 * HOUR))
    for candidate in Explainer(problem, solution).candidates_for_task("t"):
        assert_right(problem, solution, candidate)


def test_given_shift_of_somebody_ill_stays_but_another_takes_over_its_tasks() -> None:
    ill = someone("a", shifts=(), facts=(make_fact("day", 0),))
    problem = make_problem(ill, someone("b"), tasks=(task(),))
    solution = roster(works("a", "day0", 720), tasks=(does("t", "a", 540),))
    (found,) = Explainer(problem, solution).candidates_for_shift("day0", instead_of="a")
    assert found.change.tasks_in == (does("t", "b", 540),)
    assert found.change.tasks_out == (does("t", "a", 540),)
    assert not any(worked.worker == "a" for worked in found.change.shifts_out)


def test_task_that_lacks_nobody_has_candidates_only_instead_of_who_does_it() -> None:
    problem = make_problem(someone("a"), someone("b"), tasks=(task(),))
    solution = roster(works("a", "day0", 720), tasks=(does("t", "a", 540),))
    explainer = Explainer(problem, solution)
    assert explainer.candidates_for_task("t") == ()
    (found,) = explainer.candidates_for_task("t", instead_of="a")
    assert found.workers == ("b",)


def test_legal_candidates_come_first_and_then_those_who_break_a_rule_by_name() -> None:
    late = someone("a", facts=(make_fact("evening", -1),))
    rules = (RestBetween(rest_min=8 * HOUR),)
    problem = make_problem(late, someone("b"), tasks=(task(),), rules=rules)
    legal, illegal = Explainer(problem, roster()).candidates_for_task("t")
    assert (legal.workers, legal.is_legal) == (("b",), True)
    assert (illegal.workers, illegal.is_legal) == (("a",), False)
    assert [(each.code, each.workers) for each in illegal.broken] == [("rest-between", ("a",))]


def test_whoever_cannot_be_there_at_all_is_no_candidate() -> None:
    gone = someone("a", blocked=(Span(0, DAY),))
    booked = someone("b", bound=(Span(540, 600),))
    elsewhere = someone("c", facts=(make_fact("day", 0),), shifts=("split0",))
    problem = make_problem(gone, booked, elsewhere, someone("d", shifts=()), tasks=(task(),))
    solution = roster(works("c", "day0", 720))
    assert Explainer(problem, solution).candidates_for_shift("split0") == ()
    assert [e.workers for e in Explainer(problem, solution).candidates_for_task("t")] == [("c",)]
