"""The smallest set that has something in common with each of many sets."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TypeVar

_MOST_NODES = 20_000
"""Choices that are tried before the smallest set so far has to do."""

_Item = TypeVar("_Item")
_Numbers = frozenset[int]


def smallest_hitting(
    sets: Collection[frozenset[_Item]], order: Sequence[_Item]
) -> tuple[frozenset[_Item], bool]:
    """Return a set that meets each of some sets and none of whose members can be left out.

    With it, whether no smaller one exists; of equally small ones that which comes first by an order
    of the items. The sets must not be empty. It is the smallest unless the search was cut short.
    """
    rank = {item: number for number, item in enumerate(order)}
    minimal = {one for one in sets if not any(other < one for other in sets)}
    numbered = sorted(
        (sorted(rank[item] for item in one) for one in minimal), key=lambda one: (len(one), one)
    )
    search = _Search([frozenset(one) for one in numbered])
    best = _greedy(search.sets)
    while best:
        smaller = search.within(len(best) - 1)
        if smaller is None:
            break
        best = smaller
    needed = _without_needless(best, search.sets)
    return frozenset(order[number] for number in needed), not search.is_cut_short


def _greedy(sets: Sequence[_Numbers]) -> _Numbers:
    chosen: set[int] = set()
    left = list(sets)
    while left:
        counts = Counter(number for one in left for number in one)
        best = min(counts, key=lambda number: (-counts[number], number))
        chosen.add(best)
        left = [one for one in left if best not in one]
    return frozenset(chosen)


def _without_needless(chosen: _Numbers, sets: Sequence[_Numbers]) -> _Numbers:
    """Return what is left when members are taken out, the last ones first."""
    for number in sorted(chosen, reverse=True):
        fewer = chosen - {number}
        if all(fewer & one for one in sets):
            chosen = fewer
    return chosen


class _Search:
    def __init__(self, sets: Sequence[_Numbers]) -> None:
        self.sets = sets
        self.n_nodes = 0

    @property
    def is_cut_short(self) -> bool:
        return self.n_nodes > _MOST_NODES

    def within(self, most: int, chosen: _Numbers = frozenset()) -> _Numbers | None:
        """Return a hitting set of at most so many; nothing when there is none, or none in time."""
        self.n_nodes += 1
        missed = next((one for one in self.sets if not one & chosen), None)
        if missed is None:
            return chosen
        if most == len(chosen) or self.is_cut_short:
            return None
        found = (self.within(most, chosen | {number}) for number in sorted(missed))
        return next((one for one in found if one is not None), None)
