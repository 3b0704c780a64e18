"""Why a wish was not granted: what granting it would cost, or what forbids it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from solver.data.problem import Preference, Worker
from solver.explain.draft import NO_LEAD, Draft
from solver.explain.repairs import Repair, Repairs
from solver.explain.ways import Way
from solver.explain.weeks import Aim
from solver.search.own import is_given, is_meant


@dataclass(frozen=True, slots=True, kw_only=True)
class WishAnswer:
    """What is to be said of a wish that is not granted.

    Parameters
    ----------
    points
        Paid on ``level`` because it is not granted.
    granted
        The cheapest changes found that grant it, with what they cost; nothing when none was found.
    blockers
        What forbids it, by code as for tasks, or ``given`` (a fact is what is not wished) and
        ``locked``; empty when it could be granted.
    """

    worker: str
    wish: str
    level: str
    points: int
    granted: Repair | None
    blockers: tuple[str, ...] = ()


class Wishes:
    """Answers for wishes in one roster."""

    def __init__(self, repairs: Repairs) -> None:
        self.repairs = repairs
        self.roster = repairs.roster
        self.problem = repairs.problem

    def not_granted(self) -> Iterator[tuple[Worker, Preference]]:
        """Yield each preference with points that is paid for."""
        for worker in self.problem.workers:
            for wish in worker.preferences:
                if wish.points and self.is_paid(worker, wish):
                    yield worker, wish

    def is_paid(self, worker: Worker, wish: Preference) -> bool:
        """Tell whether a roster pays for a preference."""
        worked = self.roster.worked.get(worker.id, {})
        given = self.roster.given[worker.id]
        names = given | worked.keys()
        is_matched = is_given(self.problem, worker, wish) or bool(self._meant(wish, names))
        return is_matched != wish.when_absent

    def answer(self, worker: Worker, wish: Preference) -> WishAnswer:
        """Return what granting a preference that is paid for would cost, or what forbids it."""
        blockers = self._facts_against(worker, wish)
        granted = None if blockers else self._granted(worker, wish)
        if granted is None and not blockers:
            blockers = self._rules_against(worker, wish)
        return WishAnswer(
            worker=worker.id,
            wish=wish.name,
            level=wish.level,
            points=wish.points,
            granted=granted,
            blockers=tuple(sorted(blockers)),
        )

    def _meant(self, wish: Preference, names: Iterable[str]) -> frozenset[str]:
        """Return which of some shifts a preference speaks of."""
        by_id = self.problem.shift_by_id
        return frozenset(n for n in names if is_meant(wish, by_id[n].day, by_id[n].kind))

    def _facts_against(self, worker: Worker, wish: Preference) -> frozenset[str]:
        if not wish.when_absent:
            if is_given(self.problem, worker, wish):
                return frozenset({"given"})
            draft = Draft(self.roster)
            names = self._meant(wish, worker.shifts) & draft.worked(worker.id).keys()
            is_free = all(draft.can_leave(worker.id, name) for name in names)
            return frozenset() if is_free else frozenset({"locked"})
        meant = self._meant(wish, worker.shifts)
        if not meant:
            return frozenset({"no-shift" if worker.shifts else "off"})
        alone = [self.roster.breaches_with(worker.id, (), name) for name in sorted(meant)]
        return frozenset().union(*alone) if all(alone) else frozenset()

    def _rules_against(self, worker: Worker, wish: Preference) -> frozenset[str]:
        """Return what the weeks break that would grant a preference, today's but for one day."""
        if not wish.when_absent:
            return frozenset({NO_LEAD})
        by_id = self.problem.shift_by_id
        found: set[str] = set()
        for name in self._meant(wish, worker.shifts):
            kept = tuple(
                other
                for other in self.roster.planned(worker.id)
                if by_id[other].day != by_id[name].day
            )
            found |= self.roster.breaches_with(worker.id, kept, name)
        return frozenset(found or {NO_LEAD})

    def _granted(self, worker: Worker, wish: Preference) -> Repair | None:
        meant = self._meant(wish, worker.shifts)
        aim = Aim(shifts=meant) if wish.when_absent else Aim(avoided=meant)
        way = self.repairs.weeks.repicked(worker, aim)
        return None if way is None else self.repairs.cheapest(self._with_swaps(way))

    def _with_swaps(self, way: Way) -> list[Way]:
        return [way, *self.repairs.swaps.better([way])]
