"""Which reserve shift saves most, given those that there are already."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.planning.fragility_build import RosterModel
from planner.planning.fragility_losses import Reserves
from planner.planning.fragility_model import DayModel, Place
from planner.planning.fragility_tally import DayTally, Tally
from solver.data.problem import Problem, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A shift of somebody more on a day.

    Parameters
    ----------
    skills
        That it takes to do what is lost.
    is_officer
        Whether it makes crews whole; else whoever has it works alone.
    """

    shift: Shift
    skills: frozenset[str]
    is_officer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A reserve shift, and the heads that it saves in all draws together."""

    day: int
    kind: Kind
    n_saved: int


@dataclass(slots=True)
class _DayReserves:
    """The reserves of a day, and the one that would save most besides."""

    tally: DayTally
    kinds: tuple[Kind, ...]
    places: list[Place] = field(default_factory=list)
    officers: Counter[str] = field(default_factory=Counter)
    best: Chosen | None = None


class Reserving:
    """Chooses reserve shifts one after the other, each the best then.

    Days do not touch each other, so only the day of the last choice is looked at anew. That each
    is best by itself does not make several together the best; what they save together is exact.
    """

    def __init__(self, model: RosterModel, problem: Problem, tally: Tally) -> None:
        self._model, self._problem = model, problem
        self._tally = tally
        self._days: list[_DayReserves] = []

    def take_best(self) -> Chosen | None:
        """Return the reserve shift that saves most, and count with it from now on.

        Nothing when none saves anything.
        """
        if not self._days:
            self._days = [
                _DayReserves(tally, tuple(self._kinds(tally))) for tally in self._tally.days
            ]
            for day in self._days:
                self._look(day)
        best = max(self._days, key=_n_saved, default=None)
        if best is None or best.best is None:
            return None
        chosen = best.best
        self._put(best, chosen.kind)
        best.tally.take(self._reserves(best))
        self._look(best)
        return chosen

    def _kinds(self, tally: DayTally) -> Iterator[Kind]:
        """Yield the kinds of reserve shift that may help with what a day loses."""
        day, tasks = tally.model, self._problem.task_by_id
        lost = [
            tasks[need.task]
            for need, times in zip(day.needs, tally.times_lost(), strict=True)
            if times
        ]
        for skills in sorted({task.skills for task in lost if not task.is_crew}, key=sorted):
            for name in sorted(self._shifts(day, is_officer=False)):
                yield Kind(shift=self._problem.shift_by_id[name], skills=skills, is_officer=False)
        if crew_skills := [task.skills for task in lost if task.is_crew]:
            skills = frozenset.union(*crew_skills)
            for name in sorted(self._shifts(day, is_officer=True)):
                yield Kind(shift=self._problem.shift_by_id[name], skills=skills, is_officer=True)

    def _shifts(self, day: DayModel, *, is_officer: bool) -> set[str]:
        return {unit.shift for unit in day.units if (unit.group is not None) is is_officer}

    def _look(self, day: _DayReserves) -> None:
        """Find the reserve that would save most on a day besides those that it has."""
        day.best = None
        for kind in day.kinds:
            n_saved = day.tally.saved(self._reserves(day, kind))
            if n_saved > _n_saved(day):
                day.best = Chosen(day=day.tally.model.day, kind=kind, n_saved=n_saved)

    def _put(self, day: _DayReserves, kind: Kind) -> None:
        if kind.is_officer:
            day.officers[kind.shift.id] += 1
        else:
            day.places += self._model.reserve_places(kind.shift, kind.skills)

    def _reserves(self, day: _DayReserves, more: Kind | None = None) -> Reserves:
        places, officers = list(day.places), Counter(day.officers)
        if more is not None and more.is_officer:
            officers[more.shift.id] += 1
        elif more is not None:
            places += self._model.reserve_places(more.shift, more.skills)
        first = day.tally.model.n_places
        return Reserves(
            officers=officers,
            fits=tuple(self._model.fits(need, places, first) for need in day.tally.model.needs),
            places=(1 << first + len(places)) - (1 << first),
        )


def _n_saved(day: _DayReserves) -> int:
    return day.best.n_saved if day.best is not None else 0
