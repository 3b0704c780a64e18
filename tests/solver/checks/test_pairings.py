"""Who works with whom, as the checks see it."""

from dataclasses import replace
from typing import Any

import pytest

from solver.checks import rule_costs, violations
from solver.data.pairings import Apart, Pairing, Together
from solver.data.problem import Worker
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from tests.solver.small import DAY, HOUR, SHIFTS, make_fact, make_problem

WORKER = Worker(id="a", rule_book="book", shifts=tuple(shift.id for shift in SHIFTS))
NAMES = ("a", "b", "c")


def told(pairing: Pairing, given: str = "", **worked: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return what shifts of workers break; ``given`` has those whose day shift 0 is a fact."""
    crowd = tuple(
        replace(WORKER, id=name, facts=(make_fact("day", 0),) if name in given else ())
        for name in NAMES
    )
    problem = make_problem(*crowd, pairings=(pairing,))
    shifts = tuple(
        WorkedShift(worker=name, shift=shift)
        for name, mine in worked.items()
        for shift in mine.split()
    )
    solution = Solution(shifts=shifts, tasks=(), levels=())
    broken = [
        (each.rule, each.workers)
        for each in violations(problem, solution)
        if each.rule in {"apart", "together"} and not each.is_fact
    ]
    soft = replace(problem, pairings=(replace(pairing, level="fair", points=5),))
    costs = {each.rule: each.points for each in rule_costs(soft, solution)}
    is_fact = bool(given) and not broken
    assert is_fact or costs.get("apart", 0) + costs.get("together", 0) == 5 * len(broken)
    return broken


def test_shifts_with_a_minute_in_common_are_not_apart() -> None:
    apart = Apart(workers=NAMES)
    assert told(apart, a="day0", b="day0") == [("apart", ("a", "b"))]
    assert told(apart, a="day0", c="evening0") == [("apart", ("a", "c"))]
    assert told(apart, a="day0", b="night0", c="day1") == []
    assert told(apart, b="night0", c="split1") == [("apart", ("b", "c"))]
    assert len(told(apart, a="day0", b="day0", c="day0")) == 3


def test_by_day_the_day_counts_once() -> None:
    apart = Apart(workers=("a", "b"), is_by_day=True)
    assert told(apart, a="split0 night0", b="evening0") == [("apart", ("a", "b"))]
    assert told(apart, a="night0", b="split1") == []


def test_worker_alone_is_not_together() -> None:
    together = Together(worker="a", others=("b", "c"))
    assert told(together, a="day0 day1", b="day1") == [("together", NAMES)]
    assert told(together, a="day0", b="evening0", c="day0") == []
    assert told(together, b="day0") == []
    by_day = replace(together, is_by_day=True)
    assert told(by_day, a="day0", b="evening0") == []
    assert told(by_day, a="day0 night0", b="evening1") == [("together", NAMES)]


def test_only_shifts_of_its_span_are_looked_at() -> None:
    when = Span(DAY, 2 * DAY)
    assert told(Apart(workers=("a", "b"), span=when), a="day0 day1", b="day0") == []
    assert len(told(Apart(workers=("a", "b"), span=when), a="day0 day1", b="day0 day1")) == 1
    assert told(Together(worker="a", others=("b",), span=Span(0, HOUR)), a="day0") == []


def test_facts_alone_are_nobodys_fault_and_count_beside_what_is_planned() -> None:
    apart, together = Apart(workers=("a", "b")), Together(worker="a", others=("b",))
    assert told(apart, given="ab", a="day0", b="day0") == []
    assert told(apart, given="a", a="day0", b="evening0") == [("apart", ("a", "b"))]
    assert told(together, given="a", a="day0") == []
    assert told(together, given="b", a="day0", b="day0") == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: Apart(workers=("a",)),
        lambda: Apart(workers=("a", "b", "a")),
        lambda: Together(worker="a", others=()),
        lambda: Together(worker="a", others=("b", "a")),
    ],
)
def test_pairing_of_too_few_or_twice_the_same_is_refused(make: Any) -> None:
    with pytest.raises(ValueError, match=r"(Apart.workers|Together.others) are to be"):
        make()
