"""When covering a gap is proved to cost as much elsewhere."""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from solver.checks import level_values, violations
from solver.data.pairings import Link, Together
from solver.data.problem import Demand, Lock, Problem
from solver.data.rules import RuleBook, TasksPerShift
from solver.data.solution import LevelResult, Solution
from solver.data.spans import Span
from solver.explain.changes import applied
from solver.explain.crowds import Crowds, core_of
from solver.explain.exchange import connected
from solver.explain.explainer import Explainer
from solver.explain.reach import Reach
from tests.solver.explain.examples import ALL, does, roster, someone, task, works
from tests.solver.explain.rosters import rosters
from tests.solver.small import HOUR, make_problem

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck))


def two_at_once(**more: object) -> tuple[Problem, Solution]:
    problem = make_problem(someone("a"), tasks=(task("t", **more), task("u")))
    return problem, roster(works("a", "day0", 720), tasks=(does("u", "a", 540),))


def is_exchange(problem: Problem, solution: Solution, name: str = "t") -> bool:
    return Explainer(problem, solution).proof(name) == "exchange"


def test_two_tasks_at_once_and_one_worker_is_an_exchange() -> None:
    assert is_exchange(*two_at_once())


def test_task_worth_more_than_what_is_done_instead_is_no_exchange() -> None:
    assert not is_exchange(*two_at_once(missing_points=5))


def test_task_of_a_level_below_is_an_exchange_however_much_it_is_worth() -> None:
    assert is_exchange(*two_at_once(missing_points=50, level="cover"))


def test_task_with_another_start_is_no_exchange() -> None:
    assert not is_exchange(*two_at_once(latest_start=12 * HOUR))


def test_task_with_another_start_that_still_overlaps_is_an_exchange() -> None:
    assert core_of(task(latest_start=570)) == Span(570, 600)
    assert is_exchange(*two_at_once(latest_start=570))


def test_second_worker_who_could_come_makes_it_no_exchange() -> None:
    problem, solution = two_at_once()
    more = make_problem(*problem.workers, someone("b"), tasks=problem.tasks)
    assert not is_exchange(more, solution)
    gone = someone("b", blocked=(Span(0, 600),))
    assert is_exchange(make_problem(*problem.workers, gone, tasks=problem.tasks), solution)


def test_covered_task_is_no_exchange() -> None:
    assert not is_exchange(*two_at_once(), name="u")


def test_worker_who_is_locked_to_two_tasks_at_once_does_both() -> None:
    locks = (Lock(worker="a", start=540),)
    locked = tuple(task(name, skills=frozenset({"s"}), locks=locks) for name in ("u", "v"))
    problem = make_problem(
        someone("a", skills=frozenset({"s"})), someone("b"), tasks=(task(), *locked)
    )
    shifts = (works("a", "day0", 720), works("b", "day0", 720))
    doing = (does("u", "a", 540), does("v", "a", 540))
    assert not is_exchange(problem, roster(*shifts, tasks=doing))
    alone = replace(problem, workers=problem.workers[:1])
    assert Explainer(alone, roster(*shifts[:1], tasks=doing)).proof("t") == "nobody"


def test_gap_that_makes_something_else_cheaper_is_no_exchange() -> None:
    gap = {"missing_points": 0, "familiar_level": "promise"}
    lacks = task("u", missing_points=2, familiar_level="promise", unfamiliar_points=3)
    problem = make_problem(someone("a"), tasks=(task("t", **gap), lacks))
    solution = roster(works("a", "day0", 720), tasks=(does("u", "a", 540),))
    assert not is_exchange(problem, solution)
    cheap = replace(problem, tasks=(task("t", **{**gap, "unfamiliar_points": 3}), task("u")))
    assert is_exchange(cheap, solution)
    worker = replace(problem.workers[0], shifts=("day0", "day1"))
    idle = TasksPerShift(least=2, level="promise", points=3)
    rules = (RuleBook(id="book", rules=(idle,)),)
    other = replace(cheap, workers=(worker,), rule_books=rules, tasks=(task(missing_points=0),))
    assert not is_exchange(other, roster(works("a", "day0", 720)))


def test_gap_whose_place_brings_another_one_near_is_no_exchange() -> None:
    near = task("v", 10)
    problem = make_problem(someone("a"), tasks=(task("t"), task("u", place="b"), near))
    solution = roster(works("a", "day0", 720), tasks=(does("u", "a", 540),))
    after = roster(works("a", "day0", 720), tasks=(does("t", "a", 540), does("v", "a", 600)))
    assert not violations(problem, after)
    assert level_values(problem, after)["promise"] < level_values(problem, solution)["promise"]
    assert not is_exchange(problem, solution)
    never = replace(near, skills=frozenset({"s"}))
    assert is_exchange(replace(problem, tasks=(*problem.tasks[:2], never)), solution)


def paid(problem: Problem, solution: Solution, names: set[str], last: str) -> tuple[int, ...]:
    """Return the points by level, down to a last one, for heads that some tasks lack."""
    done = Counter(placed.task for placed in solution.tasks)
    lacking = {t.id: max(0, t.heads - done[t.id]) for t in problem.tasks if t.id in names}
    return tuple(
        sum(
            lacking[each.id] * each.missing_points
            for each in problem.tasks
            if each.id in names and each.level == level
        )
        for level in problem.levels[: problem.levels.index(last) + 1]
    )


@SLOW
@given(rosters())
def test_whoever_covers_an_exchange_uncovers_as_much_at_that_moment(
    made: tuple[Problem, Solution],
) -> None:
    problem, solution = made
    explainer = Explainer(problem, solution)
    crowds = Crowds(Reach(explainer.roster))
    for gap in problem.tasks:
        for minute in crowds.moments(gap):
            if not explainer.roster.missing(gap) or not crowds.is_crowded(gap, minute):
                continue
            cores = {each.id: core_of(each) for each in problem.tasks}
            active = {name for name, core in cores.items() if core and minute in range(*core)}
            now = paid(problem, solution, active, gap.level)
            for candidate in explainer.candidates_for_task(gap.id):
                after = applied(solution, candidate.change)
                assert not candidate.is_legal or paid(problem, after, active, gap.level) >= now


def test_solved_with_the_task_forced_the_bounds_decide() -> None:
    problem = make_problem(
        someone("a", shifts=ALL),
        someone("b", shifts=ALL),
        tasks=(task("t"),),
        demands=(
            Demand(id="d", span=Span(540, 600), skills=frozenset(), levels=((1, "promise", 1),)),
        ),
    )
    now = level_values(problem, roster())
    asked: list[Problem] = []

    def bounded(promise: int | None) -> Explainer:
        def solve(part: Problem, seconds: float) -> Solution:
            assert seconds == 2.0
            asked.append(part)
            levels = tuple(
                LevelResult(level=level, value=9, bound=promise if level == "promise" else None)
                for level in part.levels
            )
            return Solution(shifts=(), tasks=(), levels=levels)

        explainer = Explainer(problem, roster())
        return explainer.proof("t", seconds=2.0, solve=solve) == "exchange"

    assert now["promise"] == 8
    assert bounded(8)
    assert not bounded(7)
    assert not bounded(None)
    assert asked[0].levels[0] not in problem.levels
    assert asked[0].task_by_id["t"].level == asked[0].levels[0]


def test_workers_are_connected_by_what_they_share() -> None:
    one, two = frozenset({"one"}), frozenset({"two"})
    problem = make_problem(
        someone("a", skills=one),
        someone("b", skills=two, team="x"),
        someone("c", team="x"),
        someone("d"),
        tasks=(task("t", skills=one), task("u", skills=two)),
    )
    assert connected(problem, problem.task_by_id["t"]) == {"a"}
    assert connected(problem, problem.task_by_id["u"]) == {"b", "c"}


def test_workers_are_connected_by_whom_they_must_be_with_and_by_what_the_same_people_do() -> None:
    one, two = frozenset({"one"}), frozenset({"two"})
    people = (someone("a", skills=one), someone("b", skills=two), someone("c"))
    tasks = (task("t", skills=one), task("u", skills=two))
    apart = make_problem(*people, tasks=tasks)
    assert connected(apart, tasks[0]) == {"a"}
    linked = make_problem(*people, tasks=tasks, links=(Link(id="l"),))
    assert connected(linked, linked.tasks[0]) == {"a", "b"}
    paired = replace(apart, pairings=(Together(worker="b", others=("c", "a")),))
    assert connected(paired, tasks[0]) == {"a", "b", "c"}


def test_forced_task_with_more_heads_that_save_something_proves_nothing() -> None:
    asked = task(heads=3)
    idle = TasksPerShift(level="promise", points=3)
    workers = [someone(name) for name in "abc"]
    problem = replace(make_problem(*workers, tasks=(asked,), rules=(idle,)), travel_level=None)

    def solve(part: Problem, _: float) -> Solution:
        levels = tuple(LevelResult(level=level, value=99, bound=99) for level in part.levels)
        return Solution(shifts=(), tasks=(), levels=levels)

    def proof(of: Problem) -> str | None:
        return Explainer(of, roster()).proof("t", seconds=1.0, solve=solve)

    assert proof(problem) is None
    assert proof(replace(problem, rule_books=(RuleBook(id="book", rules=()),))) == "exchange"
