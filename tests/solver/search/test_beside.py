"""Bounds that are found while somebody else searches."""

from solver.search.beside import BoundsBeside
from solver.search.components import split
from solver.search.host import Host, Terms
from solver.search.part import Roster
from tests.solver.weeks import small_week

TERMS = Terms(seconds=20.0, work_limit=0.1, is_repeatable=True, seed=1)


def test_a_part_searched_by_one_is_bounded_by_another():
    problem = small_week(1)
    pieces = split(problem)
    best: dict[int, Roster] = {}
    found: dict[tuple[int, str], int] = {}

    def take(number: int, _phase: str, roster: Roster | None, _bounds: object) -> None:
        if roster is not None:
            best[number] = roster

    def note(number: int, level: str, above: dict[str, int], bound: int) -> None:
        assert set(above) == set(problem.levels[: problem.levels.index(level)])
        found[number, level] = max(bound, found.get((number, level), 0))

    beside = BoundsBeside(
        pieces,
        [TERMS] * len(pieces),
        best,
        limits=lambda number: best[number].values,
        on_bound=note,
        bounded_levels=[each for each in problem.levels if each != problem.travel_level],
    )
    searcher, other = Host(take, lambda: False), Host(take, lambda: False)
    for number, piece in enumerate(pieces):
        beside.begin(number)
        searcher.search(number, piece, TERMS)
    beside.help(other)
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


def test_nobody_waits_for_a_roster_once_all_is_over():
    pieces = split(small_week(1))
    beside = BoundsBeside(
        pieces,
        [TERMS] * len(pieces),
        {},
        limits=lambda _: {},
        on_bound=lambda *_: None,
        bounded_levels=[],
    )
    beside.begin(0)
    beside.close()
    beside.help(Host(lambda *_: None, lambda: False))
    assert not beside.remotes
