"""Betters a roster by choosing shifts and tasks of some workers on some days anew, together.

Where tasks have fixed times and nothing else has to be placed, an integer model of a few days (or
of a few workers) with all their tasks is small enough to be solved exactly (a matheuristic as in
Smet, Ernst and Vanden Berghe 2016). It knows what no count of workers says: who can do what.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from solver.data.problem import Problem
from solver.data.solution import PlacedTask, WorkedShift
from solver.search.fixed_tasks import FixedTasks
from solver.search.joint_model import JointModel, State
from solver.search.lexicographic import minimise, packed
from solver.search.limits import Budget
from solver.search.linear import Floats
from solver.search.patterns import Pattern, Patterns

_FIRST_WORK, _MOST_WORK = 1.0, 15.0
"""Of a model at most; more after each that is not solved and betters nothing."""
_PATIENCE = 1.3

_FIRST_SIZE, _LEAST_SIZE, _MOST_SIZE = 200.0, 50.0, 20_000.0
"""Pairs of worker and task in a model; more as long as it is solved, fewer when it is not."""
_GROWTH, _SHRINKING = 1.15, 0.75
_N_DAYS = 1, 2, 3, 7
_N_BEST = 40
_CHANCE_OF_HINT = 0.5
"""That the present roster is given to a model; without it another one as good may be found."""

_CHANCE_OF_GAP = 0.6
"""That a day with something undone is among those chosen anew."""


def has_fixed_tasks(problem: Problem) -> bool:
    """Return whether all that is to be placed on days are tasks at fixed times, of no crew."""
    return (
        bool(problem.tasks)
        and not problem.demands
        and problem.reference is None
        and not problem.travel_points
        and all(task.earliest_start == task.latest_start for task in problem.tasks)
        and not any(task.is_crew or task.locks for task in problem.tasks)
        and not any(shift.break_min for shift in problem.shifts)
        and not any(worker.team is not None or worker.facts for worker in problem.workers)
    )


class Joint:
    """Steps from roster to roster, none of them worse than the one before."""

    def __init__(
        self,
        problem: Problem,
        patterns: Patterns,
        budget: Budget,
        weights: Mapping[str, float],
        seed: int,
    ) -> None:
        self.problem = problem
        self.patterns = patterns
        self.budget = budget
        self.weights = weights
        self._random = random.Random(seed)
        self._sizes = dict.fromkeys(_N_DAYS, _FIRST_SIZE)
        self._work = _FIRST_WORK
        self._days = sorted({shift.day for shift in problem.shifts})
        self._fixed = FixedTasks(problem)

    def state_of(self, chosen: Mapping[str, Pattern], tasks: Iterable[PlacedTask]) -> State:
        """Return a roster as what is chosen in it."""
        doers: dict[str, set[str]] = {}
        for placed in tasks:
            doers.setdefault(placed.task, set()).add(placed.worker)
        return State(
            {name: chosen[name] for name in self.patterns.open_workers},
            {task: frozenset(names) for task, names in doers.items()},
        )

    def placed(self, state: State) -> tuple[list[WorkedShift], list[PlacedTask]]:
        """Return the shifts and tasks of a roster."""
        shifts = [
            WorkedShift(worker=name, shift=shift)
            for name, pattern in state.patterns.items()
            for shift in pattern
        ]
        tasks = [
            PlacedTask(task=task.id, worker=name, start=task.earliest_start)
            for task in self.problem.tasks
            for name in sorted(state.doers.get(task.id, ()))
        ]
        return shifts, tasks

    def better(
        self, state: State, prices: Sequence[Floats], is_done: Callable[[], bool]
    ) -> Iterator[State]:
        """Yield rosters until told to stop; the prices say which shifts are worth something."""
        while not is_done():
            workers, days = self._drawn(state)
            found = self._chosen(state, workers, days, prices)
            if found is not None and found != state:
                state = found
                yield state

    # What is chosen anew -------------------------------------------------------------------------

    def _drawn(self, state: State) -> tuple[set[str], set[int]]:
        """Return workers and days, as many as a model of the present size holds."""
        names = list(self.patterns.open_workers)
        n_days = self._random.choice([n for n in _N_DAYS if n <= len(self._days)])
        first = self._random.randrange(len(self._days) - n_days + 1)
        gaps = [
            self._days.index(day)
            for task in self.problem.tasks
            if len(state.doers.get(task.id, ())) < task.heads
            for day in self._fixed.days[task.id]
        ]
        if gaps and self._random.random() < _CHANCE_OF_GAP:
            gap = self._random.choice(gaps)
            first = min(max(0, gap - self._random.randrange(n_days)), len(self._days) - n_days)
        days = set(self._days[first : first + n_days])
        if n_days == 2 and len(self._days) > 2:
            others = [day for day in self._days if day != self._days[first]]
            days = {self._days[first], self._random.choice(others)}
        self._random.shuffle(names)
        size, chosen = 0, set[str]()
        for name in names:
            size += self._n_pairs(name, days)
            if chosen and size > self._sizes[n_days]:
                break
            chosen.add(name)
        return chosen, days

    def _n_pairs(self, name: str, days: set[int]) -> int:
        tasks: set[str] = set()
        for shift in self.problem.shifts:
            if shift.day in days:
                tasks.update(self._fixed.inside[shift.id])
        return len(tasks & self._fixed.able[name])

    def _options(
        self, state: State, workers: set[str], days: set[int], prices: Sequence[Floats]
    ) -> dict[str, list[Pattern]]:
        """Return by worker the patterns that differ on some days alone, the present one first."""
        found: dict[str, dict[Pattern, None]] = {
            name: {state.patterns[name]: None} for name in sorted(workers)
        }
        for offer in self.patterns.near(state.patterns, days, self.weights, prices, n_best=_N_BEST):
            if offer.worker in found:
                found[offer.worker][offer.pattern] = None
        return {name: list(mine) for name, mine in found.items()}

    def _chosen(
        self, state: State, workers: set[str], days: set[int], prices: Sequence[Floats]
    ) -> State | None:
        """Return the best roster that differs in what some workers do on some days, if found."""
        options = self._options(state, workers, days, prices)
        made = JointModel(
            self.problem, self.patterns, self._fixed, state, options=options, days=days
        )
        found = minimise(
            made.model,
            packed(made.sums()),
            self.budget,
            seed=self._random.randrange(2**31),
            most=self._work,
            hint=made.hint if self._random.random() < _CHANCE_OF_HINT else {},
            is_linear=True,
        )
        changed = None if found is None else made.state(found.values)
        if found is not None and made.is_better(found.values):
            self._work = _FIRST_WORK
        elif found is None or not found.is_proved:
            self._work = min(_MOST_WORK, _PATIENCE * self._work)
        if found is not None and found.is_proved:
            self._resize(len(days), _GROWTH)
        elif changed is None or changed == state:
            self._resize(len(days), _SHRINKING)
        return changed

    def _resize(self, n_days: int, factor: float) -> None:
        size = self._sizes[n_days] * factor
        self._sizes[n_days] = min(max(size, _LEAST_SIZE), _MOST_SIZE)
