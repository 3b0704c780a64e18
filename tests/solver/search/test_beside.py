"""What is done beside the search of a part: bounds, then a second search from the best roster."""

import threading
from collections.abc import Mapping
from dataclasses import replace

import pytest

from solver.data.problem import Problem
from solver.search.beside import Beside
from solver.search.components import Piece, split
from solver.search.host import Host, Send, Terms
from solver.search.limits import Budget
from solver.search.part import Part, Phase, Roster
from solver.search.proved import Costs
from solver.search.search import Listeners, search
from tests.solver.weeks import small_week

TERMS = Terms(seconds=20.0, work_limit=0.1, is_repeatable=True, seed=1)


class Helper(Host):
    """A host that is no sooner asked to search on than nobody else searches the part any more."""

    def __init__(self, send: Send, beside: Beside) -> None:
        super().__init__(send, lambda: False)
        self.beside = beside
        self.enough = threading.Event()

    def search_on(self, number: int, roster: Roster, terms: Terms) -> None:  # noqa: ARG002
        """End."""
        self.beside.end(number)


class IdleHelper:
    """Finds no bounds; each part that it searches on is searched by others once more."""

    def __init__(self, beside: Beside) -> None:
        self.beside = beside
        self.enough = threading.Event()
        self.asked: list[tuple[int, Roster, int]] = []

    def prepare(self, *_: object) -> None:
        pass

    adopt = prepare

    def bound(self, *_: object) -> int:
        return 0

    def search_on(self, number: int, roster: Roster, terms: Terms) -> None:
        assert not self.enough.is_set()
        is_last = any(number == other for other, _, _ in self.asked)
        self.asked.append((number, roster, terms.seed))
        if is_last:
            self.beside.end(number)
            assert self.enough.is_set()


def bare(piece: Piece) -> Roster:
    """Return the roster of facts and locks alone."""
    budget = Budget(0.0, 0.0, is_repeatable=False, should_stop=lambda: True)
    return Part(piece, budget, 0, lambda _phase, is_better=False: None).best  # noqa: ARG005


def beside_of(
    problem: Problem, best: dict[int, Roster], found: dict[tuple[int, str], int]
) -> Beside:
    def note(number: int, level: str, above: Mapping[str, int], bound: int) -> None:
        assert set(above) == set(problem.levels[: problem.levels.index(level)])
        found[number, level] = max(bound, found.get((number, level), 0))

    pieces = split(problem)
    return Beside(
        pieces,
        [TERMS] * len(pieces),
        best,
        limits=lambda number: best[number].values,
        on_bound=note,
        bounded_levels=[each for each in problem.levels if each != problem.travel_level],
    )


def test_a_part_searched_by_one_is_bounded_by_another():
    problem = small_week(1)
    best: dict[int, Roster] = {}
    found: dict[tuple[int, str], int] = {}

    def take(number: int, _phase: Phase, roster: Roster | None, _costs: Costs) -> None:
        if roster is not None:
            best[number] = roster

    beside = beside_of(problem, best, found)
    searcher, other = Host(take, lambda: False), Helper(take, beside)
    for number, piece in enumerate(split(problem)):
        beside.begin(number)
        searcher.search(number, piece, TERMS)
    beside.help(other, is_free=True)  # type: ignore[arg-type]
    wanted = {
        (number, level)
        for number, roster in best.items()
        for level, value in roster.values.items()
        if value and level != problem.travel_level
    }
    assert set(found) == wanted
    assert all(0 <= bound <= best[number].values[level] for (number, level), bound in found.items())
    assert any(found.values())
    assert all(remote is other for remote in beside.remotes.values())


@pytest.mark.parametrize("is_free", [True, False])
def test_who_can_raise_no_bounds_searches_each_part_from_its_best_roster_with_other_seeds(is_free):
    problem = small_week(1)
    best = {number: bare(piece) for number, piece in enumerate(split(problem))}
    found: dict[tuple[int, str], int] = {}
    beside = beside_of(problem, best, found)
    for number in best:
        beside.begin(number)
    helper = IdleHelper(beside)
    beside.help(helper, is_free=is_free)  # type: ignore[arg-type]
    assert bool(found) == is_free
    assert [number for number, _, _ in helper.asked] == [*best, *best]
    assert all(roster is best[number] for number, roster, _ in helper.asked)
    seeds = {(number, seed) for number, _, seed in helper.asked}
    assert len(seeds | {(number, TERMS.seed) for number in best}) == 3 * len(best)
    assert not helper.enough.is_set()


def test_nobody_waits_for_a_roster_once_all_is_over():
    beside = beside_of(small_week(1), {}, {})
    beside.begin(0)
    beside.close()
    beside.help(Host(lambda *_: None, lambda: False), is_free=True)  # type: ignore[arg-type]
    assert not beside.remotes


def test_search_from_a_roster_on_tells_of_better_ones_only():
    piece = max(split(small_week(1)), key=lambda each: len(each.problem.workers))
    told: list[tuple[int, ...]] = []

    def report(_phase: Phase, *, is_better: bool = False) -> None:
        if is_better:
            told.append(part.best.rank())

    budget = Budget(20.0, 0.3, is_repeatable=True, should_stop=lambda: False)
    part = Part(piece, budget, 1, report)
    part.run()
    first = part.best
    told.clear()
    budget.work_limit = budget.work_done + 0.3
    part.run_on(first, 7)
    ranks = [first.rank(), *told]
    assert ranks == sorted(ranks, reverse=True)
    assert part.best.rank() == ranks[-1]


class FakeRemote:
    """Stands for two processes: one searches until the other, from its roster on, has found more.

    The other's second roster is worse than its first.
    """

    asked = threading.Event()

    def __init__(self, send: Send, stop: object) -> None:  # noqa: ARG002
        self._send = send
        self.enough = threading.Event()

    def search(self, number: int, piece: Piece, terms: Terms) -> None:  # noqa: ARG002
        self._tell(number, bare(piece))
        if number == 0:
            assert FakeRemote.asked.wait(30)

    def _tell(self, number: int, roster: Roster) -> None:
        self._send(number, "improve", roster, (roster.values, {}))

    def search_on(self, number: int, roster: Roster, terms: Terms) -> None:  # noqa: ARG002
        for less in (2, 1):
            level, value = next((level, n) for level, n in roster.values.items() if n > less)
            values = {**roster.values, level: value - less}
            self._tell(number, replace(roster, values=values))
        FakeRemote.asked.set()

    def prepare(self, *_: object) -> None:
        pass

    adopt = close = prepare

    def bound(self, *_: object) -> int:
        return 0


def test_roster_of_a_second_search_is_told_when_it_is_better_than_all_before(monkeypatch):
    monkeypatch.setattr("solver.search.search.RemoteHost", FakeRemote)
    monkeypatch.setattr("solver.search.search._LEAST_FOR_PROCESSES", 1)
    FakeRemote.asked.clear()
    told: list[tuple[int, ...]] = []
    found = search(
        small_week(1),
        seconds=20.0,
        work_limit=None,
        seed=1,
        n_workers=2,
        repeatable=False,
        listeners=Listeners(
            on_improvement=lambda roster: told.append(tuple(each.value for each in roster.levels))
        ),
    )
    assert told == sorted(set(told), reverse=True)
    assert len(told) > 1
    assert tuple(each.value for each in found.levels) == told[-1]
