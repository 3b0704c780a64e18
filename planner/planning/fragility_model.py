"""A roster as needs and places: what is left of it when people are away, and who could step in.

A *need* is a duty that somebody is on, or a crew. A *place* is a stretch of the working time of a
person or crew in which one need can be met: where one is met now, and where nothing is done. What
fits where is reckoned once, with skills, open working time, breaks, bound time, the times at which
a duty may begin and the way there and on. When people are away, what they were on goes to the
places of those who are there: the largest matching, by importance.

What that leaves out: breaks and shifts are not moved, a stretch takes one need (a long one several,
one after the other), people who are called in are looked at day by day, and a squad without its
officer in charge goes on. Held against the engine's own repairs (``tests/bench/fragility.py``) it
is a little too dark: with 6 % away in the example's week, 0.56 % of the heads are lost by it and
0.32 % after a repair.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from solver.checks.timeline import outside
from solver.data.problem import Problem, Shift, Task
from solver.data.spans import Span

Group = tuple[str, str]
"""A team, and a shift that some of it are on."""

_PLACE_MIN = 90
"""Length of a stretch with nothing to do that is one place; longer ones are several."""

_EARLIER_MIN = 15
"""How much earlier than what is met in a place now something else may begin in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A duty that a person, or a crew, is on.

    Parameters
    ----------
    task
        Id of the duty.
    weight
        Heads that are covered by it: 2 for a crew's.
    """

    task: str
    weight: int
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A person at work on a day, or a crew.

    Parameters
    ----------
    shift
        Id of the shift that it is on.
    group
        Team and shift of a crew, or of an officer without one: in a group others can step in.
    needs
        Numbers of the needs that it meets.
    places
        Bits of its places.
    """

    people: tuple[str, ...]
    shift: str
    group: Group | None
    needs: tuple[int, ...]
    places: int

    @property
    def is_crew(self) -> bool:
        """Whether it is two who keep together."""
        return len(self.people) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayModel:
    """The needs and places of a day.

    Parameters
    ----------
    day
        Index in the problem's days.
    needs
        The most important first.
    fits
        For each need the places that it fits into, as bits.
    held
        For each need its place now, as one bit.
    spare
        For each group how many who are off could be called in to make a crew whole.
    called_in
        Bits of the places of people, not of crews, who are off and could be called in.
    n_places
        How many places there are; others may be numbered after them.
    """

    day: int
    needs: tuple[Need, ...]
    fits: tuple[int, ...]
    held: tuple[int, ...]
    units: tuple[Unit, ...]
    spare: Mapping[Group, int]
    called_in: int
    n_places: int

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody whose absence matters."""
        return tuple(sorted({one for unit in self.units for one in unit.people}))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch in which one need can be met.

    Parameters
    ----------
    span
        In which it lies whole, the way there and on included.
    begin
        In which it begins.
    before, after
        Places where its unit is before and after it, if anywhere.
    """

    skills: frozenset[str]
    mode: str
    span: Span
    begin: Span
    before: str | None
    after: str | None
    is_crew: bool

    def start(self, problem: Problem, task: Task) -> int | None:
        """Return the earliest minute at which a task can begin in it, if it can at all."""
        if not task.skills <= self.skills or (task.is_crew and not self.is_crew):
            return None
        there = problem.travel_min(self.mode, self.before, task.place)
        on = problem.travel_min(self.mode, task.place, self.after)
        first = max(self.span.start + there, self.begin.start, task.earliest_start)
        last = min(self.span.end - on - task.duration_min, self.begin.end - 1, task.latest_start)
        first += (task.earliest_start - first) % task.step_min
        return first if first <= last else None

    def takes(self, problem: Problem, task: Task) -> bool:
        """Tell whether a task can be done in it."""
        return self.start(problem, task) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A shift of a person, or of a crew, and what is done in it.

    Parameters
    ----------
    taken
        Breaks, bound and blocked time.
    tasks
        Each with its time, in order.
    """

    shift: Shift
    taken: tuple[Span, ...]
    tasks: tuple[tuple[Task, Span], ...]
    skills: frozenset[str]
    mode: str
    is_crew: bool

    def idle(self) -> Iterator[Place]:
        """Yield the places in which nothing is done."""
        for free, before, after in self._stretches(self.tasks):
            for begin in _cut(free):
                yield self._place(free, begin, before, after)

    def held(self, mine: tuple[Task, Span]) -> Place:
        """Return the place in which one of the tasks is done, as it is without that task."""
        start, end = mine[1]
        for free, before, after in self._stretches([one for one in self.tasks if one != mine]):
            if free.start <= start and end <= free.end:
                begin = Span(max(free.start, start - _EARLIER_MIN), end)
                return self._place(free, begin, before, after)
        return self._place(mine[1], mine[1], None, None)

    def _stretches(
        self, tasks: Iterable[tuple[Task, Span]]
    ) -> Iterator[tuple[Span, Task | None, Task | None]]:
        """Yield what is free beside some tasks, with the tasks right before and after."""
        done = tuple(tasks)
        for part in self.shift.open_parts:
            for free in outside(part, [*self.taken, *(span for _, span in done)]):
                before = [task for task, span in done if span.end <= free.start]
                after = [task for task, span in done if span.start >= free.end]
                yield free, before[-1] if before else None, after[0] if after else None

    def _place(self, free: Span, begin: Span, before: Task | None, after: Task | None) -> Place:
        return Place(
            skills=self.skills,
            mode=self.mode,
            span=free,
            begin=begin,
            before=before.place if before else None,
            after=after.place if after else None,
            is_crew=self.is_crew,
        )


def _cut(free: Span) -> Iterator[Span]:
    """Yield the places of a stretch: so many that each is about :data:`_PLACE_MIN` long."""
    n = max(1, round(free.length / _PLACE_MIN))
    for number in range(n):
        yield Span(
            free.start + free.length * number // n, free.start + free.length * (number + 1) // n
        )
