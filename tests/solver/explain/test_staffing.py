"""Prices of changed attendance: they equal what counting everybody anew says."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.data.problem import Demand
from solver.data.spans import Span
from solver.explain.staffing import Attendance, Staffing
from tests.solver.small import make_problem

LEVELS = {"promise": 0, "cover": 1}
SKILLS = [frozenset[str](), frozenset({"a"}), frozenset({"a", "b"})]
ALWAYS = Span(-60, 600)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(-40, 300))
    return Span(start, start + draw(st.integers(1, 150)))


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    prices = st.tuples(st.integers(1, 4), st.sampled_from(list(LEVELS)), st.integers(0, 3))
    start = draw(st.integers(0, 200))
    return Demand(
        id="d",
        span=Span(start, start + draw(st.integers(1, 150))),
        skills=draw(st.sampled_from(SKILLS)),
        levels=tuple(draw(st.lists(prices, min_size=1, max_size=2))),
        most=tuple(draw(st.lists(prices, max_size=2))),
    )


def numbered(wanted: list[Demand]) -> list[Demand]:
    return [replace(demand, id=str(number)) for number, demand in enumerate(wanted)]


attendances = st.tuples(st.sampled_from(SKILLS), spans(), st.sampled_from((1, -1)))


def counted(wanted: list[Demand], attended: list[Attendance]) -> Counter[str]:
    """Return the points by level, counted minute by minute."""
    found: Counter[str] = Counter()
    for demand in wanted:
        there = [
            sum(
                times
                for skills, span, times in attended
                if skills >= demand.skills and span.start <= minute < span.end
            )
            for minute in range(*demand.span)
        ]
        for first in range(0, len(there), 15):
            quarter = there[first : first + 15]
            for heads, level, points in demand.levels:
                found[level] += max(0, heads - min(quarter)) * points
            for heads, level, points in demand.most:
                found[level] += max(0, max(quarter) - heads) * points
    return found


@given(
    st.lists(demands(), min_size=1, max_size=4).map(numbered),
    st.lists(attendances, max_size=6),
    st.lists(attendances, min_size=1, max_size=4),
    st.lists(st.sampled_from(SKILLS), min_size=1, max_size=2),
    st.lists(spans(), max_size=3),
)
def test_a_change_and_a_break_cost_what_counting_anew_says(
    wanted: list[Demand],
    now: list[Attendance],
    changed: list[Attendance],
    crew: list[frozenset[str]],
    pauses: list[Span],
) -> None:
    staffing = Staffing(make_problem(demands=tuple(wanted)), LEVELS)
    staffing.count(now)
    before = counted(wanted, now)
    after = counted(wanted, [*now, *changed])
    assert staffing.difference(changed) == tuple(after[level] - before[level] for level in LEVELS)
    coming = [*changed, *((skills, ALWAYS, 1) for skills in crew)]
    table = staffing.rank(crew, coming, pauses)
    for pause, row in zip(pauses, table.tolist(), strict=True):
        resting = [(skills, pause, -1) for skills in crew]
        after = counted(wanted, [*now, *coming, *resting])
        assert row == [after[level] - before[level] for level in LEVELS]
