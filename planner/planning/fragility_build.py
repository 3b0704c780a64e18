"""Makes the needs and places of each day of a roster."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from planner.domain.staff import TravelMode
from planner.planning.fragility_call_ins import call_ins, placed_break
from planner.planning.fragility_model import (
    DayModel,
    Group,
    Need,
    Place,
    Unit,
    Working,
)
from solver.checks.timeline import Timeline, timelines
from solver.data.problem import Problem, Shift, Task
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span


class RosterModel:
    """The days of a roster as needs and places.

    Parameters
    ----------
    priorities
        Of the tasks that are counted, by id; others are left out.
    """

    def __init__(self, problem: Problem, solution: Solution, priorities: Mapping[str, int]) -> None:
        self._problem, self._priorities = problem, priorities
        self._lines = timelines(problem, solution)
        self._by_day: dict[int, list[WorkedShift]] = defaultdict(list)
        for worked in solution.shifts:
            self._by_day[problem.shift_by_id[worked.shift].day].append(worked)

    def days(self, *, with_call_ins: bool) -> Iterator[DayModel]:
        """Yield the model of each day with work, in order."""
        for day in sorted(self._by_day):
            yield self._day(day, with_call_ins=with_call_ins)

    def shifts_on(self, day: int) -> Counter[str]:
        """Return the shifts that are worked on a day, and how many work each."""
        return Counter(worked.shift for worked in self._by_day[day])

    def reserve_places(self, shift: Shift, skills: frozenset[str]) -> tuple[Place, ...]:
        """Return the places of somebody more with some skills on a shift, with a car."""
        return tuple(_off_duty(shift, skills, TravelMode.CAR).idle())

    def fits(self, need: Need, places: Iterable[Place], first: int) -> int:
        """Return the places that a need fits into as bits, the first of them ``first``."""
        task = self._problem.task_by_id[need.task]
        return sum(
            1 << first + number
            for number, place in enumerate(places)
            if place.takes(self._problem, task)
        )

    def _day(self, day: int, *, with_call_ins: bool) -> DayModel:
        made = _Day()
        for members in self._units(day):
            self._add(made, members)
        order = sorted(
            range(len(made.needs)),
            key=lambda n: (made.needs[n].priority, -made.needs[n].weight, made.needs[n].task, n),
        )
        renamed = {old: new for new, old in enumerate(order)}
        needs = tuple(made.needs[n] for n in order)
        n_own = len(made.places)
        off = _Off()
        if with_call_ins:
            off = self._off(day, {unit.group for unit in made.units if unit.group})
        return DayModel(
            day=day,
            needs=needs,
            fits=tuple(self.fits(need, (*made.places, *off.places), 0) for need in needs),
            held=tuple(made.held[n] for n in order),
            units=tuple(
                replace(unit, needs=tuple(sorted(renamed[n] for n in unit.needs)))
                for unit in made.units
            ),
            spare=off.spare,
            called_in=(1 << n_own + len(off.places)) - (1 << n_own),
            n_places=n_own + len(off.places),
        )

    def _units(self, day: int) -> Iterator[tuple[WorkedShift, ...]]:
        crews: dict[tuple[str | None, str], list[WorkedShift]] = defaultdict(list)
        for worked in self._by_day[day]:
            if worked.crew is None:
                yield (worked,)
            else:
                crews[worked.crew, worked.shift].append(worked)
        for members in crews.values():
            if len(members) == 2:
                yield tuple(members)
            else:
                yield from ((one,) for one in members)

    def _add(self, made: "_Day", members: tuple[WorkedShift, ...]) -> None:
        """Add a unit with its needs and places."""
        shift = self._problem.shift_by_id[members[0].shift]
        lines = [self._lines[one.worker] for one in members]
        worker = lines[0].worker
        working = Working(
            shift=shift,
            taken=tuple(
                span
                for one, line in zip(members, lines, strict=True)
                for span in (*one.breaks, *line.worker.bound, *line.worker.blocked)
            ),
            tasks=self._tasks(shift, lines),
            skills=frozenset.intersection(*(line.worker.skills for line in lines)),
            mode=worker.travel_mode,
            is_crew=len(members) > 1,
        )
        first, needs = len(made.places), []
        made.places += working.idle()
        for task, span in working.tasks:
            if task.id in self._priorities:
                needs.append(len(made.needs))
                made.needs.append(
                    Need(
                        task=task.id,
                        weight=sum(any(t.id == task.id for t, _ in n.tasks) for n in lines),
                        priority=self._priorities[task.id],
                    )
                )
                made.held.append(1 << len(made.places))
                made.places.append(working.held((task, span)))
        made.units.append(
            Unit(
                people=tuple(one.worker for one in members),
                shift=shift.id,
                group=(worker.team, shift.id) if worker.team is not None else None,
                needs=tuple(needs),
                places=(1 << len(made.places)) - (1 << first),
            )
        )

    def _tasks(self, shift: Shift, lines: list[Timeline]) -> tuple[tuple[Task, Span], ...]:
        """Return what a unit does in a shift, each task once."""
        found = {
            task.id: (task, span)
            for line in lines
            for task, span in line.tasks
            if shift.span.start <= span.start < shift.span.end
        }
        return tuple(sorted(found.values(), key=lambda one: one[1]))

    def _off(self, day: int, groups: set[Group]) -> "_Off":
        """Return who is off on a day and could be called in, each to one shift only."""
        found = _Off()
        for line in self._lines.values():
            shifts = list(call_ins(line, day))
            if not shifts:
                continue
            worker = line.worker
            mine = [(worker.team or "", s.id) for s in shifts if (worker.team, s.id) in groups]
            if worker.team is None:
                offers: list[tuple[Place, ...]] = [
                    tuple(_off_duty(one, worker.skills, worker.travel_mode).idle())
                    for one in shifts
                ]
                found.places += max(offers, key=lambda own: self._n_wanted(day, own))
            elif mine:
                group = min(mine, key=lambda one: (found.spare[one], one))
                found.spare[group] += 1
        return found

    def _n_wanted(self, day: int, places: Iterable[Place]) -> int:
        """Return how many of the day's tasks any of some places takes."""
        span, places = self._problem.days[day], tuple(places)
        return sum(
            any(place.takes(self._problem, task) for place in places)
            for task in self._problem.tasks
            if span.start <= task.earliest_start < span.end
        )


@dataclass(slots=True)
class _Day:
    """A day as it is made; places are numbered as they come."""

    units: list[Unit] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class _Off:
    """Who is off and could be called in."""

    places: list[Place] = field(default_factory=list)
    spare: Counter[Group] = field(default_factory=Counter)


def _off_duty(shift: Shift, skills: frozenset[str], mode: str) -> Working:
    """Return a shift in which nothing is done yet."""
    return Working(
        shift=shift,
        taken=placed_break(shift),
        tasks=(),
        skills=skills,
        mode=mode,
        is_crew=False,
    )
