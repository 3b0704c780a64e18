"""A break that a given shift cannot have in its right place is nobody's fault."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.checks.shifts import check_breaks
from solver.checks.timeline import Timeline
from solver.data.problem import Fact, Shift, Worker
from solver.data.rules import ContinuousWork
from solver.data.solution import WorkedShift
from solver.data.spans import Span
from tests.solver.small import make_problem


@st.composite
def given_shifts(draw: st.DrawFn) -> Timeline:
    """Draw a given shift whose break is left out, and what its worker is bound to do."""
    parts, start = [], 0
    for length in draw(st.lists(st.integers(1, 15), min_size=1, max_size=3)):
        parts.append(Span(start, start + length))
        start += length + draw(st.integers(1, 5))
    longest = max(part.length for part in parts)
    shift = Shift(
        id="given",
        day=0,
        kind="",
        parts=tuple(parts),
        break_min=draw(st.integers(0, longest - 1)),
    )
    bound = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), max_size=4))
    worker = Worker(
        id="w",
        rule_book="book",
        facts=(Fact(id="f", day=0, parts=shift.parts, counted_min=0, shift=shift.id),),
        bound=tuple(Span(start, start + length) for start, length in bound),
    )
    limits = draw(st.lists(st.integers(1, 12), max_size=2))
    problem = make_problem(
        Worker(id="w", rule_book="book"),
        rules=tuple(ContinuousWork(most_min=limit) for limit in limits),
    )
    return Timeline(
        problem=problem,
        worker=worker,
        worked=(WorkedShift(worker="w", shift=shift.id),),
        placed=(),
        shift_by_id={shift.id: shift},
    )


def is_right_with(line: Timeline, *breaks: Span) -> bool:
    """Tell whether nothing is wrong when the shift has these breaks."""
    worked = tuple(replace(worked, breaks=breaks) for worked in line.worked)
    return not list(check_breaks(replace(line, worked=worked)))


@given(given_shifts())
def test_break_is_a_fact_where_no_place_of_it_would_be_right(line: Timeline) -> None:
    shift = line.shift_by_id["given"]
    places = [(Span(at, at + shift.break_min),) for at in range(shift.span.end)]
    can_be_right = any(is_right_with(line, *place) for place in places if shift.break_min)
    if not shift.break_min:
        can_be_right = is_right_with(line)
    assert {breach.is_fact for breach in check_breaks(line)} <= {not can_be_right}
