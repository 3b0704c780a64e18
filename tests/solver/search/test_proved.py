"""What is proved of parts, and when that says something of the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.checks import level_values, violations
from solver.data.problem import Problem, Reference, Task, Worker
from solver.data.solution import LevelResult, PlacedTask, Progress, Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search.components import Piece, split
from solver.search.host import Host, News, Send, Terms
from solver.search.proved import Costs, Proved, limits_of, whole_bounds
from tests.solver.search.test_beside import bare
from tests.solver.search.test_replanning import ALL, DAY, task, two_days

TWO = ("cover", "changes")


def test_bound_holds_under_limits_that_are_no_wider():
    proved = Proved(TWO)
    proved.note("changes", {"cover": 2}, 5)
    assert proved.least("changes", {"cover": 2}) == 5
    assert proved.least("changes", {"cover": 1}) == 5
    assert proved.least("changes", {"cover": 3}) == 0


def test_bound_is_none_of_a_roster_that_is_worse_above():
    proved = Proved(TWO)
    proved.note("changes", {"cover": 2}, 5)
    assert proved.of({"cover": 1, "changes": 7}) == {"changes": 5}
    assert proved.of({"cover": 3, "changes": 4}) == {"changes": 0}


def test_bounds_of_parts_add_up_when_all_that_is_above_is_proved():
    parts = [
        ({"cover": 1, "changes": 7}, {"cover": 1, "changes": 5}),
        ({"cover": 0, "changes": 3}, {"changes": 3}),
    ]
    assert whole_bounds(TWO, parts) == {"cover": 1, "changes": 8}


def test_a_part_that_could_be_better_above_leaves_the_others_without_a_bound():
    parts = [
        ({"cover": 2, "changes": 7}, {"cover": 1, "changes": 5}),
        ({"cover": 1, "changes": 3}, {"cover": 1, "changes": 3}),
    ]
    assert whole_bounds(TWO, parts) == {"cover": 2, "changes": 5}


def test_level_has_no_bound_before_all_parts_that_pay_have_one():
    parts = [({"cover": 0, "changes": 7}, {"changes": 5}), ({"cover": 0, "changes": 3}, {})]
    assert whole_bounds(TWO, parts) == {"cover": 0}


def test_fewest_changes_are_told_as_proved_before_the_rest_is_bettered():
    away = Worker(id="a", rule_book="b", shifts=ALL, blocked=(Span(0, DAY),))
    made = two_days(
        (away, Worker(id="b", rule_book="b", shifts=ALL)),
        (task("x", 540),),
        Reference(level="changes", shifts=(("a", "s0"),), tasks=(("x", "a"),), shift_points=4),
    )
    told: list[Progress] = []
    solve(made, seconds=20, work_limit=5.0, repeatable=True, on_progress=told.append)
    bettered = next(each for each in told if each.phase == "improve" and each.levels)
    changes = next(each for each in bettered.levels if each.level == "changes")
    assert changes.value > 0
    assert changes.bound == changes.value


def test_a_part_may_cost_more_by_what_the_others_pay_beyond_their_bounds():
    tight = ({"cover": 1, "changes": 7}, {"cover": 1, "changes": 5})
    loose = ({"cover": 2, "changes": 3}, {"cover": 1, "changes": 3})
    assert limits_of(TWO, [tight, loose], 0) == {"cover": 2, "changes": 7}
    assert limits_of(TWO, [tight, loose], 1) == {"cover": 2, "changes": 10}
    assert limits_of(TWO, [tight], 0) == {"cover": 1, "changes": 7}


PARTS = "xy"
"""Each has workers and tasks of a skill of its own, and their names begin with it."""


def worker_of(part: str, number: int) -> Worker:
    return Worker(id=f"{part}{number}", rule_book="b", shifts=ALL, skills=frozenset({part}))


def task_of(part: str, number: int, at: int, points: int) -> Task:
    """Return a task that its part's first worker is familiar with."""
    return task(
        f"{part}-{number}",
        at,
        missing_points=points,
        skills=frozenset({part}),
        familiar_level="familiar",
        familiar={f"{part}0": 0},
        unfamiliar_points=2,
    )


@st.composite
def wholes(draw: st.DrawFn) -> Problem:
    """Draw two parts, and nothing or a roster before in which they may have been one."""
    workers = [worker_of(part, n) for part in PARTS for n in range(draw(st.integers(1, 2)))]
    days, starts = st.sampled_from([0, DAY]), st.sampled_from([480, 510, 600])
    tasks = [
        task_of(part, n, draw(days) + draw(starts), draw(st.integers(1, 3)))
        for part in PARTS
        for n in range(draw(st.integers(1, 3)))
    ]
    names = [worker.id for worker in workers]
    before = st.builds(
        partial(Reference, level="changes"),
        shifts=st.sets(st.tuples(st.sampled_from(names), st.sampled_from(ALL))).map(sorted_tuple),
        tasks=st.sets(
            st.tuples(st.sampled_from([each.id for each in tasks]), st.sampled_from(names)),
            max_size=4,
        ).map(sorted_tuple),
        shift_points=st.integers(0, 3),
        task_points=st.integers(0, 3),
    )
    return two_days(workers, tasks, draw(st.none() | before))


def sorted_tuple(pairs: set[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs))


def alone(whole: Problem, part: str) -> Problem:
    """Return one part, and what the reference says of both its workers and its tasks."""
    reference = whole.reference
    return replace(
        whole,
        workers=tuple(each for each in whole.workers if part in each.skills),
        tasks=tuple(each for each in whole.tasks if part in each.skills),
        reference=reference
        and replace(
            reference,
            shifts=tuple(pair for pair in reference.shifts if pair[0][0] == part),
            tasks=tuple(pair for pair in reference.tasks if pair[0][0] == pair[1][0] == part),
        ),
    )


def lost_between(whole: Problem) -> dict[str, int]:
    """Return what is paid anyhow for tasks of one part that a worker of the other had."""
    if whole.reference is None:
        return {}
    n_lost = sum(name[0] != who[0] for name, who in whole.reference.tasks)
    return {"changes": n_lost * whole.reference.task_points}


def costs(whole: Problem) -> set[tuple[int, ...]]:
    """Return what each roster costs, level by level, by trying all of both parts."""
    nothing = tuple(level_values(whole, Solution(shifts=(), tasks=(), levels=())).values())
    return {
        tuple(one + other - none for one, other, none in zip(*both, nothing, strict=True))
        for both in product(*(costs_beside_nothing(whole, part) for part in PARTS))
    }


def costs_beside_nothing(whole: Problem, part: str) -> set[tuple[int, ...]]:
    """Return what each roster of one part costs when the other does nothing."""
    own = alone(whole, part)
    names = [worker.id for worker in own.workers]
    patterns = list(chain.from_iterable(combinations(ALL, n) for n in range(len(ALL) + 1)))
    found = set()
    for chosen in product(patterns, repeat=len(names)):
        for given_to in product([None, *names], repeat=len(own.tasks)):
            roster = Solution(
                shifts=tuple(
                    WorkedShift(worker=name, shift=shift)
                    for name, pattern in zip(names, chosen, strict=True)
                    for shift in pattern
                ),
                tasks=tuple(
                    PlacedTask(task=each.id, worker=name, start=each.earliest_start)
                    for each, name in zip(own.tasks, given_to, strict=True)
                    if name is not None
                ),
                levels=(),
            )
            if not violations(whole, roster):
                found.add(tuple(level_values(whole, roster).values()))
    return found


def solved(whole: Problem, **more: Any) -> Solution:
    return solve(whole, seconds=20, work_limit=1.0, repeatable=True, **more)


def check_bounds(found: Sequence[LevelResult], possible: set[tuple[int, ...]]) -> None:
    """Check that no roster as good on the levels above each costs less than its bound."""
    values = [each.value for each in found]
    for rank, each in enumerate(found):
        least = min(
            other[rank]
            for other in possible
            if all(cost <= value for cost, value in zip(other[:rank], values, strict=False))
        )
        assert (each.bound or 0) <= least


@settings(max_examples=30)
@given(wholes())
def test_no_bound_told_of_a_whole_is_above_what_a_roster_as_good_costs(whole):
    told: list[Progress] = []
    found = solved(whole, on_progress=told.append)
    possible = costs(whole)
    for levels in [*(each.levels for each in told), found.levels]:
        check_bounds(levels, possible)


def proved_alone(own: Problem) -> Costs:
    """Return what the search of a part alone finds and proves."""
    told: list[News] = []
    host = Host(told.append, lambda: False)
    (piece,) = split(own)
    host.search(0, piece, Terms(seconds=20, work_limit=0.5, is_repeatable=True, seed=0))
    values, _ = told[-1].costs
    limits: dict[str, int] = {}
    bounds: dict[str, int] = {}
    for level in own.levels:
        bounds[level] = host.bound(0, level, limits, 20)
        limits[level] = values[level]
    return values, bounds


@settings(max_examples=30)
@given(wholes())
def test_whole_has_at_least_the_bounds_that_its_parts_have_alone(whole):
    found = {each.level: each for each in solved(whole).levels}
    parts = [proved_alone(alone(whole, part)) for part in PARTS]
    for level in whole.levels:
        least = sum(bounds[level] for _, bounds in parts) + lost_between(whole).get(level, 0)
        assert (found[level].bound or 0) >= least
        if any(values[level] > bounds[level] for values, bounds in parts):
            # Where one part may cost less, the other may cost more, and less further down.
            break


def two_parts() -> Problem:
    """Return two parts that each lack somebody and change something, and a task lost between."""
    workers = [worker_of(part, n) for part in PARTS for n in range(2)]
    tasks = [task_of(part, n, 540, 1 + n) for part in PARTS for n in range(3)]
    before = Reference(
        level="changes",
        shifts=(("x0", "s1"), ("y0", "s0")),
        tasks=(("x-2", "x0"), ("y-0", "x0"), ("y-2", "y1")),
        shift_points=3,
        task_points=5,
    )
    return two_days(workers, tasks, before)


def test_what_parts_have_proved_holds_for_the_whole_though_the_search_is_stopped():
    told: list[Progress] = []

    def is_proved() -> bool:
        return any(each.level == "changes" and each.bound for p in told for each in p.levels)

    found = solved(two_parts(), on_progress=told.append, should_stop=is_proved)
    assert told[-1].phase != "bound"
    bounds = {each.level: each.bound for each in found.levels}
    assert bounds == {"cover": 2, "changes": 14, "familiar": None}
    assert {each.level: each.value for each in found.levels} == {
        "cover": 2,
        "changes": 14,
        "familiar": 4,
    }


@dataclass
class Bounds:
    """Bounds by part and level.

    Parameters
    ----------
    told
        Those that a process tells while it searches.
    asked
        Those that it answers with.
    limits
        By part and level that it was asked for: what the levels above may cost.
    """

    told: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    asked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    limits: dict[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)


class BoundingRemote:
    """Stands for a process that plans nothing and proves what it is told to."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._parts: dict[int, str] = {}

    def tell(self, send: Send) -> None:
        self._send = send

    def is_ready(self, _: float) -> bool:
        return True

    def search(self, number: int, piece: Piece, terms: Terms) -> None:  # noqa: ARG002
        self._parts[number] = piece.problem.workers[0].id[0]
        roster = bare(piece)
        bounds = self._bounds.told.get(self._parts[number], {})
        self._send(News(number, "improve", (roster.values, bounds), roster))

    def bound(self, number: int, level: str, limits: Mapping[str, int], _: float) -> int:
        self._bounds.limits[self._parts[number], level] = limits
        return self._bounds.asked.get(self._parts[number], {}).get(level, 0)

    def adopt(self, *_: object) -> None:
        pass

    close = stop = adopt


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> Bounds:
    """Let every process of a search prove nothing else than this."""
    bounds = Bounds()
    monkeypatch.setattr("solver.search.host.RemoteHost", lambda: BoundingRemote(bounds))
    monkeypatch.setattr("solver.search.search._LEAST_FOR_PROCESSES", 1)
    return bounds


@pytest.mark.parametrize(
    ("told", "asked", "cover", "changes"),
    [
        ({}, {"x": {"cover": 1, "changes": 2}, "y": {"cover": 3, "changes": 4}}, 4, 11),
        (
            {"x": {"cover": 6, "changes": 2}, "y": {"cover": 6, "changes": 4}},
            {"x": {"cover": 1}, "y": {"changes": 1}},
            12,
            11,
        ),
        (
            {"x": {"cover": 6, "changes": 2}, "y": {"cover": 6, "changes": 0}},
            {"x": {"cover": 1, "changes": 2}, "y": {"cover": 1, "changes": 1}},
            12,
            8,
        ),
        ({"x": {"cover": 5, "changes": 2}, "y": {"cover": 6, "changes": 4}}, {}, 11, 7),
    ],
    ids=["found for it", "of its parts", "one and the other", "of a part that may cost less"],
)
def test_whole_has_the_bounds_found_for_it_or_those_of_its_parts_whichever_are_more(
    bounds, told, asked, cover, changes
):
    bounds.told, bounds.asked = told, asked
    found = solved(two_parts())
    assert [each.bound for each in found.levels][:2] == [cover, changes]


def test_a_part_is_bounded_as_one_that_may_cost_more_by_what_the_others_may_cost_less(bounds):
    bounds.asked = {"x": {"cover": 4}, "y": {"cover": 6}}
    found = solved(two_parts())
    assert found.levels[0].value == 12
    assert bounds.limits["x", "changes"] == {"cover": 6}
    assert bounds.limits["y", "changes"] == {"cover": 8}
