"""What is done beside the search of a part: bounds, then a second search from the best roster."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import cast

import pytest

from solver.data.problem import Problem
from solver.search.beside import Beside
from solver.search.components import Piece, split
from solver.search.host import Host, Hosts, News, Send, Terms
from solver.search.limits import Budget
from solver.search.part import Part, Phase, Roster
from solver.search.prices import Generated
from solver.search.search import Listeners, search
from tests.solver.weeks import small_week

TERMS = Terms(seconds=20.0, work_limit=0.1, is_repeatable=True, seed=1)


class Helper(Host):
    """A host that is no sooner asked to search on than nobody else searches the part any more."""

    def __init__(self, send: Send, beside: Beside) -> None:
        super().__init__(send, lambda: False)
        self.beside = beside
        self.enough = threading.Event()

    def search_on(self, number: int, terms: Terms) -> None:  # noqa: ARG002
        """End."""
        self.beside.end(number)


class IdleHelper:
    """Finds no bounds; each part that it searches on is searched by others once more."""

    def __init__(self, beside: Beside) -> None:
        self.beside = beside
        self.enough = threading.Event()
        self.adopted: dict[int, tuple[Roster, object]] = {}
        self.bounded: list[int] = []
        self.asked: list[tuple[int, Roster, int]] = []

    def prepare(self, *_: object) -> None:
        pass

    def adopt(self, number: int, roster: Roster, generated: object) -> None:
        self.adopted[number] = roster, generated

    def bound(self, number: int, *_: object) -> int:
        self.bounded.append(number)
        return 0

    def search_on(self, number: int, terms: Terms) -> None:
        assert not self.enough.is_set()
        is_last = any(number == other for other, _, _ in self.asked)
        self.asked.append((number, self.adopted[number][0], terms.seed))
        if is_last:
            self.beside.end(number)
            assert self.enough.is_set()


def bare(piece: Piece) -> Roster:
    """Return the roster of facts and locks alone."""
    budget = Budget(0.0, 0.0, is_repeatable=False, should_stop=lambda: True)
    return Part(piece, budget, 0, lambda _phase, is_better=False: None).best  # noqa: ARG005


def beside_of(
    problem: Problem,
    best: dict[int, Roster],
    found: dict[tuple[int, str], int],
    generated: Mapping[int, Generated] | None = None,
) -> Beside:
    def note(number: int, level: str, above: Mapping[str, int], bound: int) -> None:
        assert set(above) == set(problem.levels[: problem.levels.index(level)])
        found[number, level] = max(bound, found.get((number, level), 0))

    pieces = split(problem)
    return Beside(
        pieces,
        [TERMS] * len(pieces),
        best,
        generated or {},
        limits=lambda number: best[number].values,
        on_bound=note,
        bounded_levels=[each for each in problem.levels if each != problem.travel_level],
    )


def test_a_part_searched_by_one_is_bounded_by_another():
    problem = small_week(1)
    best: dict[int, Roster] = {}
    found: dict[tuple[int, str], int] = {}

    generated: dict[int, Generated] = {}

    def take(news: News) -> None:
        if news.roster is not None:
            best[news.number] = news.roster
        if news.generated is not None:
            generated[news.number] = news.generated

    beside = beside_of(problem, best, found, generated)
    searcher, other = Host(take, lambda: False), Helper(take, beside)
    for number, piece in enumerate(split(problem)):
        beside.begin(number)
        searcher.search(number, piece, TERMS)
    assert generated
    beside.help(other, [])  # type: ignore[arg-type]
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


@pytest.mark.parametrize("own", [[], [0, 1]])
def test_who_can_raise_no_bounds_searches_each_part_from_its_best_roster_with_other_seeds(own):
    problem = small_week(1)
    best = {number: bare(piece) for number, piece in enumerate(split(problem))}
    found: dict[tuple[int, str], int] = {}
    beside = beside_of(problem, best, found)
    for number in best:
        beside.begin(number)
    helper = IdleHelper(beside)
    beside.help(helper, own)  # type: ignore[arg-type]
    assert bool(helper.bounded) == bool(found) == (not own)
    assert [number for number, _, _ in helper.asked] == [*best, *best]
    assert all(roster is best[number] for number, roster, _ in helper.asked)
    seeds = {(number, seed) for number, _, seed in helper.asked}
    assert len(seeds | {(number, TERMS.seed) for number in best}) == 3 * len(best)
    assert not helper.enough.is_set()


def test_who_has_searched_a_part_bounds_it_in_turn_with_another_and_knows_what_was_generated():
    problem = small_week(1)
    best = {number: bare(piece) for number, piece in enumerate(split(problem))}
    generated = {0: cast("Generated", object())}
    beside = beside_of(problem, best, {}, generated)
    beside.begin(0)
    beside.begin(1)
    beside.end(1)
    helper = IdleHelper(beside)
    beside.help(helper, [1])  # type: ignore[arg-type]
    assert [number for number, _ in groupby(helper.bounded)] == [1, 0, 1, 0]
    known = {number: found for number, (_, found) in helper.adopted.items()}
    assert known == {0: generated[0], 1: None}


def test_who_adopts_what_was_generated_has_its_patterns_and_its_bound_before_any_round():
    piece = max(split(small_week(1)), key=lambda each: len(each.problem.workers))
    told: list[Generated] = []

    def report(
        _phase: Phase,
        *,
        is_better: bool = False,  # noqa: ARG001
        generated: Generated | None = None,
    ) -> None:
        told.extend([generated] if generated is not None else [])

    budget = Budget(20.0, 0.1, is_repeatable=True, should_stop=lambda: False)
    first, other = (Part(piece, budget, 1, report) for _ in range(2))
    first.run()
    other.adopt(first.best, told[0])
    assert other.master.best is not None
    assert other.master.best.bound == told[0].prices.bound
    assert all(pattern in other.master.columns[name] for name, pattern in told[0].patterns)
    assert other.best is first.best


def test_nobody_waits_for_a_roster_once_all_is_over():
    beside = beside_of(small_week(1), {}, {})
    beside.begin(0)
    beside.close()
    beside.help(Host(lambda *_: None, lambda: False), [])  # type: ignore[arg-type]
    assert not beside.remotes


def test_search_from_a_roster_on_tells_of_better_ones_only():
    piece = max(split(small_week(1)), key=lambda each: len(each.problem.workers))
    told: list[tuple[int, ...]] = []
    found: list[Generated | None] = []

    def report(
        _phase: Phase, *, is_better: bool = False, generated: Generated | None = None
    ) -> None:
        found.append(generated)
        if is_better:
            told.append(part.best.rank())

    budget = Budget(20.0, 0.3, is_repeatable=True, should_stop=lambda: False)
    part = Part(piece, budget, 1, report)
    part.run()
    first = part.best
    told.clear()
    budget.work_limit = budget.work_done + 0.3
    part.run_on(7)
    ranks = [first.rank(), *told]
    assert sum(each is not None for each in found) == 1
    assert ranks == sorted(ranks, reverse=True)
    assert part.best.rank() == ranks[-1]


class FakeRemote:
    """Stands for two processes: one searches until the other, from its roster on, has found more.

    The other's second roster is worse than its first.
    """

    asked = threading.Event()

    def __init__(self) -> None:
        self.enough = threading.Event()

    def tell(self, send: Send) -> None:
        self._send = send

    def is_ready(self, _: float) -> bool:
        return True

    def is_alive(self) -> bool:
        return True

    def search(self, number: int, piece: Piece, terms: Terms) -> None:  # noqa: ARG002
        self._tell(number, bare(piece))
        if number == 0:
            assert FakeRemote.asked.wait(30)

    def _tell(self, number: int, roster: Roster) -> None:
        self._send(News(number, "improve", (roster.values, {}), roster))

    def adopt(self, number: int, roster: Roster, generated: object) -> None:  # noqa: ARG002
        self._adopted = roster

    def search_on(self, number: int, terms: Terms) -> None:  # noqa: ARG002
        roster = self._adopted
        for less in (2, 1):
            level, value = next((level, n) for level, n in roster.values.items() if n > less)
            values = {**roster.values, level: value - less}
            self._tell(number, replace(roster, values=values))
        FakeRemote.asked.set()

    def prepare(self, *_: object) -> None:
        pass

    close = stop = prepare

    def bound(self, *_: object) -> int:
        return 0


def test_roster_of_a_second_search_is_told_when_it_is_better_than_all_before(monkeypatch):
    monkeypatch.setattr("solver.search.host.RemoteHost", FakeRemote)
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
        hosts=Hosts(),
    )
    assert told == sorted(set(told), reverse=True)
    assert len(told) > 1
    assert tuple(each.value for each in found.levels) == told[-1]


class StuckRemote(FakeRemote):
    """A process that sends a roster and then does nothing any more until it is ended."""

    def __init__(self) -> None:
        super().__init__()
        self._is_closed = threading.Event()

    def search(self, number: int, piece: Piece, terms: Terms) -> None:  # noqa: ARG002
        self._tell(number, bare(piece))
        assert self._is_closed.wait(30)
        raise EOFError

    def close(self, *_: object) -> None:
        self._is_closed.set()


def test_search_whose_processes_are_stuck_ends_by_the_best_roster_long_after_its_time(monkeypatch):
    monkeypatch.setattr("solver.search.host.RemoteHost", StuckRemote)
    monkeypatch.setattr("solver.search.search._LEAST_FOR_PROCESSES", 1)
    monkeypatch.setattr("solver.search.search._MOST_LATE_S", 0.0)
    told: list[object] = []
    found = search(
        small_week(1),
        seconds=0.1,
        work_limit=None,
        seed=1,
        n_workers=2,
        repeatable=False,
        listeners=Listeners(on_improvement=told.append),
        hosts=Hosts(),
    )
    assert told == [found]
