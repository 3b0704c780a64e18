"""What keeps workers from a task or a quarter: every reason, each where it belongs."""

from dataclasses import replace

import pytest

from solver.checks import violations
from solver.data.pairings import Apart, Link, Together
from solver.data.problem import Demand, Lock, Problem, Task
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    ContinuousWork,
    ForbiddenSequence,
    RestBetween,
    Rule,
    RuleBook,
    ShiftsPerDay,
    Weekends,
    WorkingTime,
)
from solver.data.solution import LevelResult, Solution, TaskGap
from solver.data.spans import Span
from solver.explain import blockers
from solver.explain.explainer import Explainer
from solver.explain.gaps import explain_gaps
from solver.search.supply import conflict
from tests.solver.explain.examples import ALL, does, roster, someone, task, works
from tests.solver.small import DAY, FIRST, HORIZON, HOUR, anchored, make_fact, make_problem


def gap(problem: Problem, solution: Solution, name: str = "t") -> TaskGap:
    return Explainer(problem, solution).task_gap(name)


def codes(found: TaskGap, worker: str = "w") -> set[str]:
    return {blocker.code for blocker in found.blockers if worker in blocker.workers}


def test_who_lacks_the_skill_is_not_named_and_then_there_is_no_supply() -> None:
    found = gap(make_problem(someone(), tasks=(task(skills=frozenset({"s"})),)), roster())
    assert (found.reason, found.proof, found.blockers) == ("supply", "nobody", ())


def test_who_is_given_no_shifts_is_off_and_who_has_none_that_reaches_is_told_so() -> None:
    problem = make_problem(
        someone("a", shifts=()), someone("b", shifts=("night0",)), tasks=(task(),)
    )
    found = gap(problem, roster())
    assert (found.reason, found.proof) == ("supply", "nobody")
    assert codes(found, "a") == {"off"}
    assert codes(found, "b") == {"no-shift"}


def test_absent_and_bound_are_both_told_beside_the_rules() -> None:
    worker = someone(blocked=(Span(8 * HOUR, 10 * HOUR),), bound=(Span(9 * HOUR, 11 * HOUR),))
    problem = make_problem(
        worker, rules=(WorkingTime(periods=(HORIZON,), most_min=500),), tasks=(task(),)
    )
    assert codes(gap(problem, roster())) == {"blocked", "bound", "working-time"}


def test_absent_from_a_given_shift_is_told_for_the_time_of_the_task_only() -> None:
    worker = someone(shifts=(), facts=(make_fact("day", 0),), blocked=(Span(540, 600),))
    problem = make_problem(worker, tasks=(task("t", 9), task("u", 11)))
    solution = roster(works("w", "day0", 780))
    assert codes(gap(problem, solution, "t")) == {"blocked"}
    assert codes(gap(problem, solution, "u")) == set()


def test_nothing_keeps_away_who_is_free_to_come() -> None:
    found = gap(make_problem(someone(), tasks=(task(),)), roster())
    assert (found.reason, found.proof, found.blockers) == ("preference", None, ())


def test_task_in_the_way_is_other_work_and_one_too_far_off_is_travel() -> None:
    problem = make_problem(
        someone(), tasks=(task("t", 9), task("u", 10, place="b"), task("v", 9, place="b"))
    )
    at_ten = roster(works("w", "day0", 780), tasks=(does("u", "w", 600),))
    at_nine = roster(works("w", "day0", 780), tasks=(does("v", "w", 540),))
    assert codes(gap(problem, at_ten)) == {"travel"}
    assert codes(gap(problem, at_nine)) == {"other-work"}
    assert gap(problem, at_nine).reason == "preference"


def test_break_over_a_task_is_in_the_way_only_if_it_has_no_other_place() -> None:
    movable = make_problem(someone(), tasks=(task(),))
    fixed = make_problem(someone(), tasks=(task(hour=11),), rules=(ContinuousWork(most_min=260),))
    assert codes(gap(movable, roster(works("w", "day0", 545)))) == set()
    assert codes(gap(fixed, roster(works("w", "day0", 675)))) == {"other-work"}


def test_other_shift_of_the_day_is_other_work_beside_what_the_new_one_breaks() -> None:
    rules: tuple[Rule, ...] = (ShiftsPerDay(most=1), RestBetween(rest_min=11 * HOUR))
    problem = make_problem(someone(shifts=ALL), rules=rules, tasks=(task(hour=17),))
    solution = roster(works("w", "day0", 720), works("w", "day1", 720 + DAY))
    assert codes(gap(problem, solution)) == {"other-work", "rest-between"}


@pytest.mark.parametrize(
    ("rule", "day", "code"),
    [
        (anchored(1, 11), 1, "daily-rest"),
        (RestBetween(rest_min=11 * HOUR), 1, "rest-between"),
        (WorkingTime(periods=(HORIZON,), most_min=600), 2, "working-time"),
        (ConsecutiveDays(most=1), 1, "consecutive-days"),
        (anchored(4, 84, "weekly-rest"), 2, "weekly-rest"),
    ],
)
def test_each_rule_is_told_by_its_name(rule: Rule, day: int, code: str) -> None:
    problem = make_problem(someone(shifts=("evening0",)), rules=(rule,), tasks=(task(hour=17),))
    worker = replace(problem.workers[0], facts=(make_fact("day", day),))
    problem = replace(problem, workers=(worker,))
    found = gap(problem, roster(works("w", f"day{day}", 720 + day * DAY)))
    assert codes(found) == {code}
    assert (found.reason, found.proof) == ("rule", "nobody")


def test_shift_that_no_break_makes_legal_is_told() -> None:
    problem = make_problem(someone(), rules=(ContinuousWork(most_min=120),), tasks=(task(),))
    assert codes(gap(problem, roster())) == {"no-break"}


def test_crew_task_needs_a_crew_or_a_mate() -> None:
    crew_task = task(heads=2, is_crew=True)
    alone = make_problem(someone(team="x", is_lead=True), tasks=(crew_task,))
    assert codes(gap(alone, roster(works("w", "day0", 720)))) == {"no-crew"}
    assert codes(gap(alone, roster())) == {"no-crew"}
    two = make_problem(
        someone("w", team="x", is_lead=True), someone("v", team="x"), tasks=(crew_task,)
    )
    assert codes(gap(two, roster(works("v", "day0", 720)))) == set()


def test_team_without_a_lead_on_the_shift_keeps_a_member_away() -> None:
    problem = make_problem(someone(team="x"), tasks=(task(),))
    found = gap(problem, roster())
    assert codes(found) == {"no-lead"}
    assert found.proof == "nobody"


def test_who_is_there_or_is_not_keeps_another_away() -> None:
    both = (someone("w"), someone("v", shifts=ALL))
    apart = make_problem(*both, tasks=(task(),), pairings=(Apart(workers=("w", "v")),))
    assert codes(gap(apart, roster(works("v", "evening0", 1100)))) == {"apart"}
    assert codes(gap(apart, roster())) == set()
    alone = replace(apart, pairings=(Together(worker="w", others=("v",)),))
    assert codes(gap(alone, roster(works("v", "evening0", 1100)))) == {"together"}
    assert codes(gap(alone, roster(works("v", "day0", 720)))) == set()


def test_another_who_does_what_belongs_to_it_keeps_one_away() -> None:
    both = (someone("w"), someone("v"))
    tasks = (task("t", 9), task("u", 11))
    problem = make_problem(*both, tasks=tasks, links=(Link(id="l"),))
    shifts = (works("w", "day0", 780), works("v", "day0", 780))
    solution = roster(*shifts, tasks=(does("u", "v", 11 * HOUR),))
    assert codes(gap(problem, solution), "w") == {"linked"}
    assert codes(gap(problem, solution), "v") == set()
    soft = replace(problem, links=(Link(id="l", level="fair"),))
    assert codes(gap(soft, solution), "w") == set()


def test_single_task_is_other_work_for_a_crew_that_has_tasks_of_its_own() -> None:
    both = {"shifts": ("day0",), "team": "x", "is_lead": True}
    crew_task = task("c", 13, heads=2, is_crew=True)
    problem = make_problem(someone("w", **both), someone("v", **both), tasks=(task(), crew_task))
    shifts = (works("w", "day0", 720, "k"), works("v", "day0", 720, "k"))
    doing = tuple(does("c", name, 13 * HOUR) for name in "wv")
    assert codes(gap(problem, roster(*shifts, tasks=doing))) == {"other-work"}
    assert codes(gap(problem, roster(*shifts))) == set()


def test_task_locked_at_the_same_time_proves_that_nobody_can() -> None:
    locked = task("u", 9, locks=(Lock(worker="w", start=540),))
    problem = make_problem(someone(), tasks=(task(), locked))
    solution = roster(works("w", "day0", 720), tasks=(does("u", "w", 540),))
    assert gap(problem, solution).proof == "nobody"


@pytest.mark.parametrize(
    "rule",
    [
        ConsecutiveDays(most=4, least=2),
        ConsecutiveDaysOff(least=2),
        Weekends(weekends=((FIRST + 1, FIRST + 2),), is_complete=True),
        ForbiddenSequence(sequences=(("day", None),), first_days=frozenset({FIRST + 1})),
    ],
)
def test_shift_that_is_legal_beside_another_one_proves_not_that_nobody_can(rule: Rule) -> None:
    is_rest = isinstance(rule, ConsecutiveDaysOff)
    facts = (make_fact("day", 0),) if is_rest else ()
    day, other = (2, 1) if is_rest else (1, 2)
    names = (f"day{day}", f"day{other}")
    wanted = Demand(
        id="d",
        span=Span(day * DAY + 540, day * DAY + 600),
        skills=frozenset(),
        levels=((1, "promise", 1),),
    )
    problem = make_problem(
        someone(shifts=names, facts=facts),
        rules=(rule,),
        tasks=(task(hour=24 * day + 9),),
        demands=(wanted,),
    )
    solution = roster(*(works("w", "day0", 720) for _ in facts))
    explainer = Explainer(problem, solution)
    assert codes(explainer.task_gap("t"))
    assert explainer.task_gap("t").proof is None
    assert [each.proof for each in explainer.demand_gaps()] == [None]
    covered = [*solution.shifts, *(works("w", name, int(name[3:]) * DAY + 660) for name in names)]
    assert not violations(problem, roster(*covered, tasks=(does("t", "w", day * DAY + 540),)))
    limited = (rule, ContinuousWork(most_min=2 * HOUR))
    never = replace(problem, rule_books=(RuleBook(id="book", rules=limited),))
    assert gap(never, solution).proof == "nobody"


def test_task_of_no_length_at_the_end_of_a_shift_is_reached() -> None:
    problem = make_problem(someone(), tasks=(task(hour=16, duration_min=0),))
    shifts = tuple(replace(shift, lead_out_min=0) for shift in problem.shifts)
    ended = replace(problem, shifts=shifts)
    done = roster(works("w", "day0", 720), tasks=(does("t", "w", 16 * HOUR),))
    assert not violations(ended, done)
    assert gap(ended, roster()).proof is None
    assert gap(problem, roster()).proof == "nobody"


def test_level_at_its_bound_proves_a_gap() -> None:
    problem = make_problem(someone(), tasks=(task(),))
    level = LevelResult(level="promise", value=4, bound=4)
    (found,) = explain_gaps(problem, replace(roster(), levels=(level,)))
    assert found.proof == "bound"
    (found,) = explain_gaps(problem, replace(roster(), levels=(replace(level, bound=3),)))
    assert found.proof is None


def test_gaps_are_told_of_tasks_that_lack_heads_only_and_in_order() -> None:
    problem = make_problem(someone(), tasks=(task("b"), task("a", 11), task("c", 13, heads=3)))
    done = (does("a", "w", 660), does("c", "w", 780))
    found = explain_gaps(problem, roster(works("w", "day0", 720), tasks=done))
    assert [(each.task, each.missing) for each in found] == [("b", 1), ("c", 2)]
    explainer = Explainer(problem, roster(works("w", "day0", 720), tasks=done))
    assert explainer.task_gaps() == found


def demand(*levels: tuple[int, str, int]) -> Demand:
    return Demand(id="d", span=Span(8 * HOUR, 10 * HOUR), skills=frozenset(), levels=levels)


def test_quarters_alike_are_one_gap_of_a_demand() -> None:
    problem = make_problem(
        someone(), someone("v", shifts=()), demands=(demand((1, "promise", 2), (2, "cover", 1)),)
    )
    explainer = Explainer(problem, roster(works("w", "day0", 9 * HOUR)))
    found = explainer.demand_gaps()
    pause, whole = Span(540, 570), Span(480, 600)
    assert [(each.level, each.span, each.missing) for each in found] == [
        ("promise", pause, 1),
        ("cover", Span(whole.start, pause.start), 1),
        ("cover", pause, 2),
        ("cover", Span(pause.end, whole.end), 1),
    ]
    assert {each.code: each.workers for each in found[0].blockers} == {
        "off": ("v",),
        "other-work": ("w",),
    }
    assert [each.proof for each in found] == [None, "nobody", None, "nobody"]


def test_demand_gap_that_costs_nothing_is_not_told() -> None:
    problem = make_problem(someone(), demands=(demand((1, "promise", 0)),))
    assert Explainer(problem, roster()).demand_gaps() == ()


def test_whole_demand_is_short_when_nobody_is_there() -> None:
    problem = make_problem(someone(blocked=(HORIZON,)), demands=(demand((1, "promise", 1)),))
    (found,) = Explainer(problem, roster()).demand_gaps()
    assert (found.span, found.reason, found.proof) == (Span(480, 600), "supply", "nobody")


def test_only_what_is_done_near_a_task_is_asked_whether_it_is_in_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def noting(problem: Problem, mode: str, *pair: tuple[Task, int]) -> bool:
        asked.append(pair[1][0].id)
        return conflict(problem, mode, *pair)

    monkeypatch.setattr(blockers, "conflict", noting)
    each_day = [task(f"t{day}", 9 + 24 * day, place="b") for day in range(3)]
    soon = task(earliest_start=10 * HOUR + 10, latest_start=10 * HOUR + 10)
    problem = make_problem(someone(shifts=ALL), tasks=(soon, *each_day))
    solution = roster(
        *(works("w", f"day{day}") for day in range(3)),
        tasks=tuple(does(f"t{day}", "w", 9 * HOUR + day * DAY) for day in range(3)),
    )
    assert codes(gap(problem, solution)) == {"travel"}
    assert asked == ["t0"]
