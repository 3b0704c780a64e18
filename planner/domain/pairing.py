"""Pairs of what was before and what is after."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, TypeVar

RecordT = TypeVar("RecordT")


def pairs(
    before: Iterable[RecordT],
    after: Iterable[RecordT],
    *bonds: Callable[[RecordT], Hashable],
    said: Callable[[RecordT], Hashable],
    order: Callable[[RecordT], Any],
) -> Iterator[tuple[RecordT | None, RecordT | None]]:
    """Yield what is not said alike on both sides, paired as far as a bond holds two together.

    Bonds are tried in turn, and of several records with one bond the first in order first. Both
    sides are treated alike: with the sides exchanged, the same pairs come the other way round.

    Parameters
    ----------
    said
        What a record says; as many as say the same on both sides are no difference.
    """
    old, new = sorted(before, key=order), sorted(after, key=order)
    alike = Counter(map(said, old)) & Counter(map(said, new))
    old, new = _without(old, said, alike), _without(new, said, alike)
    for bond in bonds:
        waiting: dict[Hashable, list[RecordT]] = defaultdict(list)
        for record in new:
            waiting[bond(record)].append(record)
        single: list[RecordT] = []
        for record in old:
            mates = waiting.get(bond(record))
            if mates:
                yield record, mates.pop(0)
            else:
                single.append(record)
        old = single
        new = sorted((record for rest in waiting.values() for record in rest), key=order)
    for record in old:
        yield record, None
    for record in new:
        yield None, record


def _without(
    records: Iterable[RecordT], said: Callable[[RecordT], Hashable], alike: Counter[Hashable]
) -> list[RecordT]:
    """Return the records but for so many of each that say the same."""
    left = alike.copy()
    kept: list[RecordT] = []
    for record in records:
        if left[said(record)]:
            left[said(record)] -= 1
        else:
            kept.append(record)
    return kept
