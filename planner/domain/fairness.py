"""How a burden is spread over people, so that nobody can be pointed out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LEAST_PEOPLE: Final = 5
"""No distribution is told of fewer people, as each could guess then who is which. A choice of ours,
in use for tables of small groups; no law names a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How many people of some groups have how much of something; nobody's own number.

    Parameters
    ----------
    groups
        Their names; several when each alone has fewer than :data:`LEAST_PEOPLE`.
    counts
        At place n, how many people have n; as long as the most that somebody has, and one.
    """

    groups: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def n_people(self) -> int:
        """How many people it is of."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """What each would have if all had the same."""
        return sum(n * people for n, people in enumerate(self.counts)) / self.n_people

    @property
    def least(self) -> int:
        """What the person with the fewest has."""
        return next(n for n, people in enumerate(self.counts) if people)

    @property
    def most(self) -> int:
        """What the person with the most has."""
        return len(self.counts) - 1


def distributions(of_group: Mapping[str, Iterable[int]]) -> tuple[Distribution, ...]:
    """Return how much people have, by group, small groups joined.

    Groups of fewer than :data:`LEAST_PEOPLE` are told together; if they are too few even so, the
    smallest of the others joins them. Fewer people than that in all: nothing is told.

    Parameters
    ----------
    of_group
        For each group's name, a number for each of its people.
    """
    return tuple(_distribution(names, of_group) for names in joined_groups(of_group))


def joined_groups(of_group: Mapping[str, Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    """Return which groups are told together, in the order in which their first ones come."""
    sizes = {name: n for name, found in of_group.items() if (n := sum(1 for _one in found))}
    small = [name for name, n in sizes.items() if n < LEAST_PEOPLE]
    big = sorted((name for name in sizes if name not in small), key=lambda name: sizes[name])
    while small and sum(sizes[name] for name in small) < LEAST_PEOPLE:
        if not big:
            return ()
        small.append(big.pop(0))
    order = list(sizes)
    found = [tuple(sorted(small, key=order.index))] if small else []
    found += [(name,) for name in big]
    return tuple(sorted(found, key=lambda names: order.index(names[0])))


def _distribution(names: tuple[str, ...], of_group: Mapping[str, Iterable[int]]) -> Distribution:
    found = Counter(n for name in names for n in of_group[name])
    return Distribution(
        groups=names, counts=tuple(found[n] for n in range(max(found, default=-1) + 1))
    )


def by_group(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return numbers by the name of the group that each stands beside, groups by name."""
    found: dict[str, list[int]] = defaultdict(list)
    for name, n in pairs:
        found[name].append(n)
    return {name: found[name] for name in _in_order(found)}


def _in_order(names: Iterable[str]) -> Iterator[str]:
    yield from sorted(names, key=str.casefold)
