"""The matching against all matchings, on cases small enough to try them all."""

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from planner.planning.matching import Matching

N_PLACES = 5
ALL = (1 << N_PLACES) - 1
fits = st.lists(st.integers(0, ALL), min_size=1, max_size=5)


def can_be_placed(needs: tuple[int, ...], wanted: list[int], places: int) -> bool:
    """Tell by trying every order of places whether needs can be met together."""
    numbers = [number for number in range(N_PLACES) if places >> number & 1]
    return any(
        all(wanted[need] >> place & 1 for need, place in zip(needs, order, strict=True))
        for order in permutations(numbers, len(needs))
    )


@given(wanted=fits, places=st.integers(0, ALL))
def test_as_many_are_placed_as_can_be_the_first_ones_before_others(
    wanted: list[int], places: int
) -> None:
    lost = Matching(wanted, places).place_all(range(len(wanted)))
    kept = tuple(need for need in range(len(wanted)) if need not in lost)
    assert can_be_placed(kept, wanted, places)
    best: tuple[int, ...] = ()
    for need in range(len(wanted)):
        if can_be_placed((*best, need), wanted, places):
            best = (*best, need)
    assert kept == best
    most = max(
        n
        for n in range(len(wanted) + 1)
        if any(can_be_placed(some, wanted, places) for some in combinations(range(len(wanted)), n))
    )
    assert len(kept) == most


@given(wanted=fits, places=st.integers(0, ALL), more=st.integers(0, ALL))
def test_with_more_places_nothing_more_is_lost(wanted: list[int], places: int, more: int) -> None:
    lost = Matching(wanted, places).place_all(range(len(wanted)))
    less = Matching(wanted, places | more).place_all(range(len(wanted)))
    for first in range(len(wanted) + 1):
        assert sum(need < first for need in less) <= sum(need < first for need in lost)


def test_what_has_a_place_moves_for_others_and_keeps_one() -> None:
    matching = Matching([0b011, 0b001], 0b011)
    matching.settle(0, 0b001)
    assert matching.place(1)
    assert matching.place_all([1, 0]) == (1, 0), "both places are taken by now"
