"""What a day of a roster loses when some people are away."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.planning.fragility_model import DayModel, Group, Unit
from planner.planning.matching import Matching


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserves:
    """People more on a day, who have nothing to do as long as nobody is away.

    Parameters
    ----------
    officers
        By shift, those who can make a crew whole.
    fits
        Bits of their places by need, for those who work alone.
    places
        Bits of all those places.
    """

    officers: Mapping[str, int] = field(default_factory=dict)
    fits: tuple[int, ...] = ()
    places: int = 0


NO_RESERVES = Reserves()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What is lost on a day, and how everything else is met.

    Parameters
    ----------
    needs
        Numbers of the needs that are not met, the most important first.
    places
        Bits of the reserves' places that there were.
    """

    needs: tuple[int, ...]
    matching: Matching
    places: int = 0


class DayLosses:
    """Tells what a day loses; what has been asked before is remembered by whoever asks."""

    def __init__(self, model: DayModel) -> None:
        self.model = model
        groups = Counter(unit.group for unit in model.units if unit.group is not None)
        self._groups = tuple(sorted(groups))

    def lost(self, absent: frozenset[str], reserves: Reserves = NO_RESERVES) -> Lost:
        """Return what is not met when people are away.

        With more reserves never more is lost, nor more of what is important.
        """
        model = self.model
        there = set(self._there(absent, reserves))
        fits = self._fits(reserves)
        open_places = model.called_in | reserves.places
        for number in there:
            open_places |= model.units[number].places
        matching = Matching(fits, open_places)
        orphans: list[int] = []
        for number, unit in enumerate(model.units):
            if number in there:
                for need in unit.needs:
                    matching.settle(need, model.held[need])
            else:
                orphans += unit.needs
        return Lost(
            needs=matching.place_all(sorted(orphans)),
            matching=matching,
            places=reserves.places,
        )

    def lost_still(self, lost: Lost, reserves: Reserves) -> tuple[int, ...]:
        """Return the needs that are not met either with more people who work alone.

        Parameters
        ----------
        reserves
            Those with which ``lost`` came about, and the others; no other officers.
        """
        matching = lost.matching.extended(self._fits(reserves), reserves.places & ~lost.places)
        return matching.place_all(lost.needs)

    def _fits(self, reserves: Reserves) -> tuple[int, ...]:
        if not reserves.fits:
            return self.model.fits
        return tuple(own | more for own, more in zip(self.model.fits, reserves.fits, strict=True))

    def _there(self, absent: frozenset[str], reserves: Reserves) -> Iterator[int]:
        """Yield the numbers of the units that are at work, crews made whole among them."""
        broken: dict[Group, list[int]] = {}
        n_alone: Counter[Group] = Counter()
        for number, unit in enumerate(self.model.units):
            n_there = sum(one not in absent for one in unit.people)
            is_whole = n_there == len(unit.people)
            if unit.group is None:
                if is_whole:
                    yield number
            elif is_whole and unit.is_crew:
                yield number
            else:
                n_alone[unit.group] += n_there
                if unit.is_crew:
                    broken.setdefault(unit.group, []).append(number)
                elif is_whole:
                    yield number
        left = dict(reserves.officers)
        for group in self._groups:
            if group in broken:
                yield from self._mended(group, broken[group], n_alone[group], left)

    def _mended(
        self, group: Group, broken: list[int], n_alone: int, left: dict[str, int]
    ) -> Iterator[int]:
        """Yield the crews of a group that are made whole again, the busiest first.

        Those who are alone pair up; the last one takes somebody who is in reserve, or is called in.
        """
        n_mended, is_one_over = divmod(n_alone, 2)
        if is_one_over and n_mended < len(broken):
            if left.get(group[1]):
                left[group[1]] -= 1
                n_mended += 1
            elif self.model.spare.get(group):
                n_mended += 1

        def weight(number: int) -> tuple[int, int]:
            unit: Unit = self.model.units[number]
            return (-sum(self.model.needs[need].weight for need in unit.needs), number)

        yield from sorted(broken, key=weight)[:n_mended]
