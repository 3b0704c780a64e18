"""A problem that contradicts itself is refused with the field's name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solver.data.errors import InvalidProblemError
from solver.data.pairings import Apart, Link
from solver.data.problem import (
    Demand,
    FairShare,
    HoursTarget,
    Lock,
    Preference,
    Problem,
    Reference,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import RestInPeriod, Rule, ShiftsPerDay, WorkingTime
from solver.data.spans import Span
from tests.solver.small import HORIZON, SHIFTS, make_fact, make_problem

SHIFT = SHIFTS[0]
FACT = make_fact("day", 0)
WORKER = Worker(id="w", rule_book="book", shifts=(SHIFT.id,), facts=(FACT,))
TASK = Task(
    id="t",
    place=None,
    earliest_start=0,
    latest_start=0,
    duration_min=60,
    level="promise",
    missing_points=1,
    familiar_level="familiar",
)
HOURS = HoursTarget(level="hours", period=HORIZON, target_min=0)
DEMAND = Demand(id="d", span=HORIZON, skills=frozenset(), levels=((1, "cover", 1),))
PROBLEM = make_problem(WORKER, tasks=(TASK,), demands=(DEMAND,))
PREFERENCE = Preference(level="wish", name="wish", days=(0,), points=1)
SHARE = FairShare(level="fair", tag="night", share=0)
SHORT_REST = ShortRest(level="floor", below_min=1, points=1)
REFERENCE = Reference(level="wish", shifts=(("w", SHIFT.id),), tasks=(("t", "w"),))
EMPTY = Span(5, 5)
FAR = 10**7 + 1


def problem(**changes: Any) -> Problem:
    return replace(PROBLEM, **changes)


def shift(**changes: Any) -> Problem:
    return problem(
        shifts=(replace(SHIFT, **changes), *SHIFTS[1:]), workers=(replace(WORKER, facts=()),)
    )


def worker(**changes: Any) -> Problem:
    return problem(workers=(replace(WORKER, **changes),))


def fact(**changes: Any) -> Problem:
    return worker(facts=(replace(FACT, **changes),))


def preference(**changes: Any) -> Problem:
    return worker(preferences=(PREFERENCE, replace(PREFERENCE, **changes)))


def share(**changes: Any) -> Problem:
    return worker(fair_shares=(replace(SHARE, **changes),))


def short_rest(**changes: Any) -> Problem:
    return worker(short_rest=replace(SHORT_REST, **changes))


def hours(**changes: Any) -> Problem:
    return worker(hours=(replace(HOURS, **changes),))


def task(**changes: Any) -> Problem:
    return problem(tasks=(replace(TASK, **changes),))


def demand(**changes: Any) -> Problem:
    return problem(demands=(replace(DEMAND, **changes),))


def rule(rule: Rule) -> Problem:
    return make_problem(WORKER, rules=(ShiftsPerDay(most=1), rule))


def rest(*periods: Span, rest_min: int = 60) -> Problem:
    return rule(RestInPeriod(name="daily-rest", periods=periods, rest_min=rest_min))


def link(**changes: Any) -> Problem:
    return problem(links=(replace(Link(id="l"), **changes),))


def pairing(**changes: Any) -> Problem:
    crowd = (WORKER, replace(WORKER, id="v"))
    return problem(workers=crowd, pairings=(replace(Apart(workers=("w", "v")), **changes),))


def reference(**changes: Any) -> Problem:
    return problem(reference=replace(REFERENCE, **changes))


Make = Callable[[], Problem]


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda: problem(workers=(WORKER, WORKER)), "Problem.workers"),
        (lambda: problem(tasks=(TASK, TASK)), "Problem.tasks"),
        (lambda: problem(levels=(*PROBLEM.levels, "wish")), "Problem.levels"),
        (lambda: problem(horizon=EMPTY), "Problem.horizon"),
        (lambda: problem(horizon=Span(0, 400 * 24 * 60)), "Problem.horizon"),
        (lambda: problem(horizon=Span(FAR, FAR + 60)), "Problem.horizon"),
        (lambda: problem(days=(*PROBLEM.days, EMPTY)), "Problem.days"),
        (lambda: problem(days=PROBLEM.days[::-1]), "Problem.days"),
        (lambda: problem(days=(*PROBLEM.days, Span(0, 60))), "Problem.days"),
        (lambda: problem(seed=-1), "Problem.seed"),
        (lambda: problem(seed=2**64), "Problem.seed"),
        (lambda: problem(travel_level="none"), "Problem.travel_level"),
        (lambda: problem(travel_points=-1), "Problem.travel_points"),
        (lambda: problem(travel_level=None, travel_points=-1), "Problem.travel_points"),
        (lambda: problem(travel={"car": {("a", "b"): -1}}), r"Problem.travel\[car\]"),
        (lambda: problem(travel={"car": {("a", "b"): FAR}}), r"Problem.travel\[car\]"),
        (lambda: rule(ShiftsPerDay(most=0)), "ShiftsPerDay.most"),
        (lambda: rest(EMPTY), r"RuleBook book.rules\[1\].periods"),
        (lambda: rest(Span(0, 60), Span(30, 90)), r"RuleBook book.rules\[1\].periods"),
        (lambda: rest(Span(0, 60), rest_min=FAR), r"RuleBook book.rules\[1\].rest_min"),
        (lambda: rule(WorkingTime(periods=(EMPTY,), most_min=1)), r"rules\[1\].periods"),
        (lambda: demand(span=EMPTY), "Demand d.span"),
        (lambda: demand(span=Span(0, FAR)), "Demand d.span"),
        (lambda: demand(levels=((1, "x", 1),)), "Demand d.levels"),
        (lambda: demand(levels=((1, "wish", -1),)), "Demand d.levels"),
        (lambda: demand(levels=((-1, "wish", 1),)), "Demand d.levels"),
        (lambda: demand(levels=((10**6, "wish", 1),)), "Demand d.levels"),
        (lambda: shift(day=99), "Shift day0.day"),
        (lambda: shift(parts=()), "Shift day0.parts"),
        (lambda: shift(parts=(Span(0, 60), Span(60, 120))), "Shift day0.parts"),
        (lambda: shift(parts=(Span(0, 60), Span(30, 120))), "Shift day0.parts"),
        (lambda: shift(parts=(Span(-60, 600),)), "Shift day0.parts"),
        (lambda: shift(parts=(Span(60, FAR),)), "Shift day0.parts"),
        (lambda: shift(lead_in_min=-1), "Shift day0.lead_in_min"),
        (lambda: shift(lead_out_min=-1), "Shift day0.lead_out_min"),
        (lambda: shift(break_min=600), "Shift day0.break_min"),
        (lambda: shift(break_min=-1), "Shift day0.break_min"),
        (lambda: shift(counted_min={"book": -1}), r"Shift day0.counted_min\[book\]"),
        (lambda: shift(counted_min={"book": FAR}), r"Shift day0.counted_min\[book\]"),
        (lambda: shift(counted_min={}), "Shift day0.counted_min"),
        (lambda: worker(rule_book="none"), "Worker w.rule_book"),
        (lambda: worker(shifts=("none",)), "Worker w.shifts"),
        (lambda: worker(shifts=("day0", "day0")), "Worker w.shifts"),
        (lambda: worker(blocked=(EMPTY,)), "Worker w.blocked"),
        (lambda: worker(bound=(EMPTY,)), "Worker w.bound"),
        (lambda: worker(standby=(EMPTY,)), "Worker w.standby"),
        (lambda: worker(facts=(make_fact("day", 1), FACT)), "Worker w.facts"),
        (lambda: fact(parts=()), "Fact fact-day0.parts"),
        (lambda: fact(parts=(EMPTY,)), "Fact fact-day0.parts"),
        (lambda: fact(parts=(Span(60, 120), Span(0, 30))), "Fact fact-day0.parts"),
        (lambda: fact(parts=(Span(0, 60),)), "Fact fact-day0.parts"),
        (lambda: fact(shift="none"), "Fact fact-day0.shift"),
        (lambda: fact(day=-1), "Fact fact-day0.day"),
        (lambda: fact(counted_min=-1), "Fact fact-day0.counted_min"),
        (lambda: preference(level="x"), r"Worker w.preferences\[1\].level"),
        (lambda: preference(points=-1), r"Worker w.preferences\[1\].points"),
        (lambda: preference(days=(99,)), r"Worker w.preferences\[1\].days"),
        (lambda: share(level="x"), r"Worker w.fair_shares\[0\].level"),
        (lambda: share(points=-1), r"Worker w.fair_shares\[0\].points"),
        (lambda: share(share=-1), r"Worker w.fair_shares\[0\].share"),
        (lambda: short_rest(level="x"), "Worker w.short_rest.level"),
        (lambda: short_rest(points=-1), "Worker w.short_rest.points"),
        (lambda: short_rest(below_min=-1), "Worker w.short_rest.below_min"),
        (lambda: hours(level="x"), r"Worker w.hours\[0\].level"),
        (lambda: hours(period=EMPTY), r"Worker w.hours\[0\].period"),
        (lambda: hours(target_min=-1), r"Worker w.hours\[0\].target_min"),
        (lambda: hours(step_min=0), r"Worker w.hours\[0\].step_min"),
        (lambda: hours(over_points=-1), r"Worker w.hours\[0\].over_points"),
        (lambda: hours(under_points=-1), r"Worker w.hours\[0\].under_points"),
        (lambda: task(latest_start=-1), "Task t.latest_start"),
        (lambda: task(earliest_start=-FAR), "Task t.earliest_start"),
        (lambda: task(latest_start=FAR), "Task t.latest_start"),
        (lambda: task(latest_start=10**6), "Task t.latest_start"),
        (lambda: task(duration_min=-1), "Task t.duration_min"),
        (lambda: task(duration_min=FAR), "Task t.duration_min"),
        (lambda: task(step_min=0), "Task t.step_min"),
        (lambda: task(heads=0), "Task t.heads"),
        (lambda: task(heads=10**6), "Task t.heads"),
        (lambda: task(is_crew=True), "Task t.heads"),
        (lambda: task(level="x"), "Task t.level"),
        (lambda: task(missing_points=-1), "Task t.missing_points"),
        (lambda: task(familiar_level="x"), "Task t.familiar_level"),
        (lambda: task(unfamiliar_points=-1), "Task t.unfamiliar_points"),
        (lambda: task(familiar={"w": -1}), r"Task t.familiar\[w\]"),
        (lambda: task(locks=(Lock(worker="x", start=0),)), "Task t.locks"),
        (lambda: task(locks=(Lock(worker="w", start=FAR),)), "Task t.locks"),
        (lambda: link(level="x"), "Link l.level"),
        (lambda: link(points=-1), "Link l.points"),
        (lambda: link(most=10**6), "Link l.most"),
        (lambda: link(points=2**50, level="wish"), "Link l.points"),
        (lambda: problem(links=(Link(id="l"), Link(id="l"))), "Problem.links has l twice"),
        (lambda: problem(tasks=(replace(TASK, link="x"),)), "Task t.link x is unknown"),
        (lambda: pairing(workers=("w", "x")), r"Problem.pairings\[0\] names unknown x"),
        (lambda: pairing(level="x"), r"Problem.pairings\[0\].level"),
        (lambda: pairing(points=-1), r"Problem.pairings\[0\].points"),
        (lambda: pairing(span=EMPTY), r"Problem.pairings\[0\].span"),
        (lambda: pairing(points=2**50, level="wish"), r"Problem.pairings\[0\].points"),
        (lambda: reference(level="x"), "Problem.reference.level"),
        (lambda: reference(shift_points=-1), "Problem.reference.shift_points"),
        (lambda: reference(task_points=-1), "Problem.reference.task_points"),
        (lambda: reference(shifts=(("x", "day0"),)), "Problem.reference.shifts"),
        (lambda: reference(shifts=(("w", "x"),)), "Problem.reference.shifts"),
        (lambda: reference(shifts=REFERENCE.shifts * 2), "Problem.reference.shifts"),
        (lambda: reference(tasks=(("x", "w"),)), "Problem.reference.tasks"),
        (lambda: reference(tasks=(("t", "x"),)), "Problem.reference.tasks"),
        (lambda: reference(tasks=REFERENCE.tasks * 2), "Problem.reference.tasks"),
    ],
)
def test_contradiction_is_refused_by_name(make: Make, named: str) -> None:
    with pytest.raises(InvalidProblemError, match=named):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: problem(travel_level=None),
        lambda: problem(travel={}),
        lambda: problem(travel={"car": {}, "boat": {("nowhere", "x"): 5}}),
        lambda: problem(workers=(), tasks=(), demands=()),
        lambda: problem(shifts=(), workers=(), tasks=(), demands=(), days=()),
        lambda: task(familiar_level=None),
        lambda: task(duration_min=0),
        lambda: task(duration_min=10**6),
        lambda: task(earliest_start=-(10**6), latest_start=-(10**6)),
        lambda: task(familiar={"somebody else": 1}),
        lambda: task(locks=(Lock(worker="w", start=77), Lock(worker="w", start=99))),
        lambda: worker(facts=(FACT, replace(FACT, id="again"))),
        lambda: worker(blocked=(Span(-(10**9), 10**9), Span(0, 10))),
        lambda: shift(lead_in_min=10**6),
        reference,
    ],
)
def test_what_contradicts_nothing_is_accepted(make: Make) -> None:
    make()


def test_strange_names_stay_on_one_short_line() -> None:
    with pytest.raises(InvalidProblemError) as caught:
        task(id="a\nb" * 1000, heads=0)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)
