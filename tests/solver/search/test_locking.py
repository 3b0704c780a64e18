"""Tasks locked to workers: kept on shifts, as far as all rules allow it for all."""

from dataclasses import replace

import pytest

from solver.checks import violations
from solver.data.pairings import Apart, Together
from solver.data.problem import Lock, Problem, Reference, Shift, Task, Worker
from solver.data.rules import RuleBook
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.engine import solve
from tests.solver.weeks import fact_of

EARLY, LATE = (
    Shift(id=name, day=0, kind="k", parts=(Span(start, start + 240),), counted_min={"b": 240})
    for name, start in (("early", 480), ("late", 720))
)
LOCKED = Task(
    id="x",
    place=None,
    earliest_start=540,
    latest_start=540,
    duration_min=60,
    level="cover",
    missing_points=1,
    locks=(Lock(worker="w", start=540),),
)


def worker(name: str, *shifts: Shift, **more: object) -> Worker:
    return Worker(id=name, rule_book="b", shifts=tuple(s.id for s in shifts), **more)


def problem(*workers: Worker, **more: object) -> Problem:
    return Problem(
        **{
            "horizon": Span(0, 1440),
            "days": (Span(0, 1440),),
            "levels": ("cover", "changes"),
            "rule_books": (RuleBook(id="b", rules=()),),
            "shifts": (EARLY, LATE),
            "workers": workers,
            "tasks": (LOCKED,),
            **more,
        }
    )


def solved(made: Problem) -> Solution:
    """Return a roster that follows all rules and keeps the lock."""
    roster = solve(made, repeatable=True, work_limit=0.3, n_workers=1)
    assert not [each for each in violations(made, roster) if not each.is_fact]
    assert ("w", 540) in [(each.worker, each.start) for each in roster.tasks]
    return roster


def shifts_of(roster: Solution) -> set[tuple[str, str]]:
    return {(each.worker, each.shift) for each in roster.shifts}


@pytest.mark.parametrize("reference", [None, Reference(level="changes")])
@pytest.mark.parametrize("heads", [1, 2])
def test_lead_takes_the_shift_that_a_follower_needs_for_a_lock(heads, reference):
    made = problem(
        worker("w", EARLY, LATE, team="t"),
        worker("lead", EARLY, LATE, team="t", is_lead=True),
        tasks=(replace(LOCKED, heads=heads),),
        reference=reference,
    )
    assert shifts_of(solved(made)) == {("w", "early"), ("lead", "early")}


def test_lock_is_kept_on_no_shift_where_no_lead_can_come():
    away = (Span(0, 1440),)
    made = problem(
        worker("w", EARLY, team="t"), worker("lead", EARLY, team="t", is_lead=True, blocked=away)
    )
    assert not shifts_of(solved(made))


@pytest.mark.parametrize(("offered", "there"), [((), set()), ((EARLY,), {"w", "mate"})])
def test_who_may_only_work_with_somebody_keeps_a_lock_on_a_shift_that_both_have(offered, there):
    made = problem(
        worker("w", EARLY),
        worker("mate", *offered),
        pairings=(Together(worker="w", others=("mate",)),),
    )
    assert {name for name, _ in shifts_of(solved(made))} == there


def test_lock_is_kept_on_no_shift_with_somebody_to_be_apart_from():
    given = worker("other", facts=(fact_of(EARLY, "other", "b"),))
    made = problem(worker("w", EARLY), given, pairings=(Apart(workers=("w", "other")),))
    assert shifts_of(solved(made)) == {("other", "early")}


def test_lock_is_kept_on_a_shift_near_a_reference_that_has_another():
    near = Reference(level="changes", shifts=(("w", "late"),), shift_points=1)
    made = problem(worker("w", EARLY, LATE), reference=near)
    assert shifts_of(solved(made)) == {("w", "early")}
