"""What closes a gap: each repair passes the checks and costs what it says."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.checks import violations
from solver.data.problem import Demand, Problem
from solver.data.rules import RestBetween, Rule, ShiftsPerDay, WorkingTime
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.explain.changes import applied
from solver.explain.explainer import Explainer
from solver.explain.ledger import Ledger
from solver.explain.repairs import KINDS, Repair
from solver.explain.roster import Roster
from tests.solver.explain.examples import ALL, does, roster, someone, task, works
from tests.solver.explain.rosters import broken, price, rosters
from tests.solver.small import DAY, HORIZON, HOUR, make_fact, make_problem

SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck))
ONE_A_DAY: tuple[Rule, ...] = (ShiftsPerDay(most=1),)


def n_heads(solution: Solution, name: str) -> int:
    return sum(placed.task == name for placed in solution.tasks)


def assert_right(problem: Problem, solution: Solution, repair: Repair) -> None:
    """Find what a repair says in what the checks say of the roster after it."""
    after = applied(solution, repair.change)
    assert repair.sums == price(problem, solution, repair.change)
    told = {(rule.worker, rule.rule, rule.span, rule.values) for rule in repair.relaxed}
    found = {(one.workers[0], one.rule, one.span, one.values) for one in broken(problem, after)}
    assert told == found
    assert len({(rule.worker, rule.rule) for rule in repair.relaxed}) == (repair.kind == "relax")
    before = {(worked.worker, worked.shift) for worked in solution.shifts}
    then = {(worked.worker, worked.shift) for worked in after.shifts}
    assert set(repair.differences.shifts_added) == then - before
    assert set(repair.differences.shifts_removed) == before - then


@SLOW
@given(rosters(), st.data())
def test_every_repair_of_a_task_is_what_it_says_and_closes_the_gap(
    made: tuple[Problem, Solution], data: st.DataObject
) -> None:
    problem, solution = made
    name = data.draw(st.sampled_from([each.id for each in problem.tasks]))
    for repair in Explainer(problem, solution).repairs_of_task(name):
        assert n_heads(applied(solution, repair.change), name) > n_heads(solution, name)
        if repair.kind != "add":
            assert_right(problem, solution, repair)


@SLOW
@given(rosters())
def test_every_repair_of_a_demand_is_what_it_says(made: tuple[Problem, Solution]) -> None:
    problem, solution = made
    explainer = Explainer(problem, solution)
    for gap in explainer.demand_gaps()[:1]:
        before = n_there(problem, solution, gap.demand, gap.span.start)
        for repair in explainer.repairs_of_demand(gap.demand, gap.span.start):
            if repair.kind != "add":
                assert_right(problem, solution, repair)
                after = applied(solution, repair.change)
                assert n_there(problem, after, gap.demand, gap.span.start) > before


def n_there(problem: Problem, solution: Solution, demand: str, start: int) -> int:
    """Return how many a demand counts in the quarter that begins at a minute, up to three."""
    wanted = next(each for each in problem.demands if each.id == demand)
    three = replace(wanted, levels=((3, "promise", 1),))
    quarters = Ledger(Roster(replace(problem, demands=(three,)), solution)).staffing.shortages()
    return next((s.n_there for s in quarters if s.quarter.start == start), 3)


def repairs(problem: Problem, solution: Solution, name: str = "t") -> dict[str, Repair]:
    """Return the first repair of each kind, each checked."""
    found: dict[str, Repair] = {}
    for repair in Explainer(problem, solution).repairs_of_task(name):
        found.setdefault(repair.kind, repair)
        if repair.kind != "add":
            assert_right(problem, solution, repair)
    return found


def points(repair: Repair) -> dict[str, int]:
    return {each.level: each.points for each in repair.differences.levels if each.points}


def test_whoever_is_at_work_and_free_is_assigned() -> None:
    found = repairs(make_problem(someone(), tasks=(task(),)), roster(works("w", "day0", 720)))
    assert found["assign"].workers == ("w",)
    assert points(found["assign"]) == {"promise": -4}
    assert not found["assign"].differences.shifts_added


def test_break_gives_way_when_it_can() -> None:
    found = repairs(make_problem(someone(), tasks=(task(),)), roster(works("w", "day0", 545)))
    assert found["assign"].differences.breaks_moved == (("w", "day0"),)


def test_task_that_can_begin_at_another_time_moves() -> None:
    flexible = task("u", 9, latest_start=13 * HOUR)
    problem = make_problem(someone(), tasks=(task(), flexible))
    found = repairs(problem, roster(works("w", "day0", 720), tasks=(does("u", "w", 540),)))
    (move,) = (each for each in found["move"].differences.tasks if each.task == "u")
    assert (move.start, move.workers, move.new_workers) == (540, ("w",), ("w",))
    assert move.new_start == 600
    assert points(found["move"]) == {"promise": -4}


def test_all_heads_move_to_a_start_at_which_one_more_can_come() -> None:
    shared = task(heads=2, latest_start=11 * HOUR)
    problem = make_problem(someone("w"), someone("v"), tasks=(shared, task("u", 9)))
    solution = roster(
        works("w", "day0", 840),
        works("v", "day0", 840),
        tasks=(does("t", "w", 540), does("u", "v", 540)),
    )
    found = repairs(problem, solution)
    (move,) = found["move"].differences.tasks
    assert move.new_workers == ("v", "w")
    assert move.new_start is not None
    assert move.new_start >= 600


def test_week_is_picked_anew_where_another_shift_has_to_go() -> None:
    rules = (WorkingTime(periods=(HORIZON,), most_min=600),)
    problem = make_problem(someone(shifts=ALL), rules=rules, tasks=(task(),))
    found = repairs(problem, roster(works("w", "day1", 720 + DAY)))
    assert found["week"].differences.shifts_removed == (("w", "day1"),)
    assert len(found["week"].differences.shifts_added) == 1


def test_crew_comes_as_a_whole() -> None:
    crew_task = task(heads=2, is_crew=True)
    team = [someone(name, team="x", is_lead=name == "a") for name in "abc"]
    found = repairs(make_problem(*team, tasks=(crew_task,)), roster())
    assert len(found["week"].workers) == 2
    assert "a" in found["week"].workers
    assert points(found["week"]) == {"promise": -8}


def test_another_takes_over_what_the_first_has_to_leave() -> None:
    skilled = frozenset({"s"})
    problem = make_problem(
        someone("w", skills=skilled),
        someone("v"),
        tasks=(task(skills=skilled), task("u", missing_points=9)),
    )
    solution = roster(
        works("w", "day0", 720), works("v", "day0", 720), tasks=(does("u", "w", 540),)
    )
    found = repairs(problem, solution)
    assert points(found["assign"]) == {"promise": 5}
    assert points(found["swap"]) == {"promise": -4}
    assert found["swap"].workers == ("w", "v")
    (move,) = (each for each in found["swap"].differences.tasks if each.task == "u")
    assert move.new_workers == ("v",)


def test_two_change_shifts_where_only_one_has_the_skill() -> None:
    skilled = frozenset({"s"})
    demand = Demand(
        id="d", span=Span(17 * HOUR, 20 * HOUR), skills=frozenset(), levels=((1, "promise", 9),)
    )
    problem = make_problem(
        someone("w", shifts=("day0", "evening0"), skills=skilled),
        someone("v", shifts=("day0", "evening0")),
        rules=ONE_A_DAY,
        tasks=(task(skills=skilled),),
        demands=(demand,),
    )
    found = repairs(problem, roster(works("w", "evening0", 1290), works("v", "day0", 720)))
    assert found["swap"].differences.shifts_added == (("v", "evening0"), ("w", "day0"))
    assert points(found["swap"]) == {"promise": -4}


def test_rule_is_named_with_what_it_measures_and_allows() -> None:
    worker = someone(facts=(make_fact("evening", -1),))
    problem = make_problem(worker, rules=(RestBetween(rest_min=8 * HOUR),), tasks=(task(),))
    found = repairs(problem, roster())
    (rule,) = found["relax"].relaxed
    assert (rule.worker, rule.rule) == ("w", "rest-between")
    assert dict(rule.values) == {"rest_min": 7 * HOUR, "least_min": 8 * HOUR}
    assert points(found["relax"]) == {"promise": -4}


def test_two_rules_for_one_worker_are_not_told() -> None:
    worker = someone(facts=(make_fact("evening", -1),))
    rules: tuple[Rule, ...] = (
        RestBetween(rest_min=8 * HOUR),
        WorkingTime(periods=(HORIZON,), most_min=60),
    )
    assert set(repairs(make_problem(worker, rules=rules, tasks=(task(),)), roster())) == {"add"}


def test_somebody_new_would_close_what_nobody_can() -> None:
    problem = make_problem(someone(blocked=(HORIZON,)), tasks=(task(skills=frozenset({"s"})),))
    found = repairs(problem, roster())
    assert set(found) == {"add"}
    (newcomer,) = found["add"].newcomers
    assert (newcomer.skills, newcomer.span) == (frozenset({"s"}), Span(540, 600))
    assert newcomer.id not in problem.worker_by_id
    assert points(found["add"]) == {"promise": -4}


def test_new_crew_is_two() -> None:
    problem = make_problem(someone(blocked=(HORIZON,)), tasks=(task(heads=2, is_crew=True),))
    found = repairs(problem, roster())
    assert len(found["add"].newcomers) == 2
    assert points(found["add"]) == {"promise": -8}


def test_task_that_lacks_nobody_has_no_repairs() -> None:
    problem = make_problem(someone(), tasks=(task(),))
    done = roster(works("w", "day0", 720), tasks=(does("t", "w", 540),))
    assert Explainer(problem, done).repairs_of_task("t") == ()


def test_repairs_stand_by_cost_with_broken_rules_and_new_people_last() -> None:
    problem = make_problem(
        someone("a", facts=(make_fact("evening", -1),)),
        someone("b"),
        someone("c", shifts=("day0",)),
        rules=(RestBetween(rest_min=8 * HOUR),),
        tasks=(task(familiar_level="familiar", familiar={"b": 1, "c": 0}, unfamiliar_points=2),),
    )
    found = Explainer(problem, roster(works("b", "day0", 720))).repairs_of_task("t")
    assert [each.kind for each in found] == ["week", "assign", "relax", "add"]


def test_repairs_of_a_demand_bring_somebody_for_the_quarter() -> None:
    demand = Demand(
        id="d", span=Span(8 * HOUR, 9 * HOUR), skills=frozenset(), levels=((1, "promise", 2),)
    )
    problem = make_problem(someone(), demands=(demand,))
    found = {each.kind: each for each in Explainer(problem, roster()).repairs_of_demand("d", 490)}
    assert found["week"].differences.shifts_added == (("w", "day0"),)
    assert points(found["week"]) == {"promise": -8}
    assert points(found["add"]) == {"promise": -2}
    assert found["add"].newcomers[0].span == Span(480, 495)


def test_rule_broken_before_is_not_held_against_a_repair() -> None:
    rules = (WorkingTime(periods=(HORIZON,), most_min=600),)
    problem = make_problem(someone("v", shifts=ALL), someone("w"), rules=rules, tasks=(task(),))
    solution = roster(works("v", "day1", 720 + DAY), works("v", "day2", 720 + 2 * DAY))
    assert any(not found.is_fact for found in violations(problem, solution))
    found = Explainer(problem, solution).repairs_of_task("t")
    assert ("week", ("w",)) in [(each.kind, each.workers) for each in found]


def half_a_crew() -> tuple[Problem, Solution]:
    """Return a crew of which one has gone, with two tasks left to the other."""
    tasks = tuple(task(name, hour, heads=2, is_crew=True) for name, hour in (("t", 9), ("u", 11)))
    team = [someone(name, team="x", is_lead=True) for name in "abc"]
    problem = make_problem(*team, tasks=tasks)
    left = (does("t", "a", 540), does("u", "a", 660))
    return problem, roster(works("a", "day0", 720), tasks=left)


def test_one_left_of_a_crew_makes_a_new_one_for_all_of_its_tasks() -> None:
    problem, solution = half_a_crew()
    assert any(found.rule == "crew-task" for found in violations(problem, solution))
    repair = Explainer(problem, solution).repairs_of_task("t")[0]
    after = applied(solution, repair.change)
    assert not violations(problem, after)
    assert repair.differences.shifts_added == (("b", "day0"),)
    assert points(repair) == {"promise": -8}
    assert [move.new_workers for move in repair.differences.tasks] == [("a", "b"), ("a", "b")]


@SLOW
@given(rosters())
def test_repairs_asked_for_kind_by_kind_are_those_told_at_once(
    made: tuple[Problem, Solution],
) -> None:
    problem, solution = made
    for each in problem.tasks:
        whole = Explainer(problem, solution).repairs_of_task(each.id)
        explainer = Explainer(problem, solution)
        parts = [one for kind in KINDS for one in explainer.repairs_of_task(each.id, [kind])]
        assert {one.change for one in whole} == {one.change for one in parts}
