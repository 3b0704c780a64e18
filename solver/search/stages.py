"""Shifts of one worker beside each other: in which order they are placed, and what they heed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from solver.data.problem import Problem, Shift, Worker
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.crewing import Crewing
from solver.search.crews import Taking
from solver.search.leads import given_shifts
from solver.search.legality import overlaps
from solver.search.patterns import Pattern
from solver.search.units import Unit, beside

Stage = tuple[int, int]
"""A day, and a number: what is placed on it first has 0."""


@dataclass(frozen=True, slots=True)
class Together:
    """Units that are placed at once, and tasks given beforehand, by worker."""

    units: Sequence[Unit]
    given: Mapping[str, list[PlacedTask]]


class Stages:
    """Puts the shifts of all workers in the order in which they are placed.

    Parameters
    ----------
    locks
        Locked tasks by worker.
    """

    def __init__(self, problem: Problem, locks: Mapping[str, list[PlacedTask]]) -> None:
        self._problem = problem
        self._locks = locks
        self._given = {
            worker.id: Counter(shift.id for shift in given_shifts(problem, worker))
            for worker in problem.workers
        }
        self._closed = self._closed_spans()
        self._crewing = Crewing(problem, locks, self._closed)

    def _closed_spans(self) -> dict[tuple[str, str], list[Span]]:
        """Return by worker and given shift that meets others when the later ones have the time."""
        found: dict[tuple[str, str], list[Span]] = {}
        for worker, given in self._given.items():
            shifts = sorted((self._problem.shift_by_id[name] for name in given), key=_span)
            for one, later in combinations(shifts, 2):
                if overlaps(one.span, later.span):
                    found.setdefault((worker, one.id), []).append(later.span)
                    found.setdefault((worker, later.id), [])
        return found

    def units(self, chosen: Mapping[str, Pattern], taking: Taking) -> dict[Stage, list[Unit]]:
        """Return the units of given and chosen shifts by stage, in order, and ready to take over.

        What a shift overlaps, or is too near to for the way, is placed in a stage before it.
        """
        worked: dict[Stage, list[tuple[str, str]]] = defaultdict(list)
        for worker in self._problem.workers:
            names = (*chosen.get(worker.id, ()), *self._given[worker.id])
            for stage, name in self._staged(names, self._way_min(worker)):
                worked[stage].append((worker.id, name))
        return {
            stage: [
                self._without_closed(unit) for unit in self._crewing.units(worked[stage], taking)
            ]
            for stage in sorted(worked)
        }

    def _way_min(self, worker: Worker) -> int:
        """Return the longest way that a worker may have between two shifts."""
        return self._problem.longest_ways.get(worker.travel_mode, 0)

    def _staged(self, names: Iterable[str], way_min: int) -> Iterable[tuple[Stage, str]]:
        """Yield one worker's shifts with their stages."""
        today: list[tuple[Shift, int]] = []
        shifts = [self._problem.shift_by_id[name] for name in dict.fromkeys(names)]
        for shift in sorted(shifts, key=_span):
            if today and today[0][0].day != shift.day:
                today.clear()
            near = [n for other, n in today if shift.span.start < other.span.end + way_min]
            number = max(near, default=-1) + 1
            today.append((shift, number))
            yield (shift.day, number), shift.id

    def _without_closed(self, unit: Unit) -> Unit:
        """Return a unit that leaves the time of later shifts to them; these know its break."""
        closed = self._closed.get((unit.members[0].id, unit.shift.id))
        return replace(unit, bound=(*unit.bound, *closed)) if closed else unit

    def as_given(self, worked: WorkedShift) -> list[WorkedShift]:
        """Return a worked shift as often as facts give it, but only once in a crew."""
        n_more = self._given[worked.worker][worked.shift] - 1
        return [*([replace(worked, crew=None)] * n_more), worked]

    def heeding(
        self,
        units: Sequence[Unit],
        until: Mapping[str, int],
        shifts: Sequence[WorkedShift],
        tasks: Sequence[PlacedTask],
    ) -> Together:
        """Return units of a stage that heed what their workers have done just before.

        Parameters
        ----------
        until
            When the last shift ended of each worker who had one.
        """
        coming = {
            worker.id
            for unit in units
            for worker in unit.members
            if worker.id in until
            and unit.shift.span.start < until[worker.id] + self._way_min(worker)
        }
        if not coming:
            return Together(units, self._locks)
        given = dict(self._locks)
        given |= {name: [placed for placed in tasks if placed.worker == name] for name in coming}
        pauses = {
            name: [pause for worked in shifts if worked.worker == name for pause in worked.breaks]
            for name in coming
        }
        found: list[Unit] = []
        for unit in units:
            mine = [pause for worker in unit.members for pause in pauses.get(worker.id, ())]
            is_coming = any(worker.id in coming for worker in unit.members)
            made = beside(self._problem, unit, given) if is_coming else unit
            found.append(replace(made, bound=(*made.bound, *mine)) if mine else made)
        return Together(found, given)


def _span(shift: Shift) -> Span:
    return shift.span
