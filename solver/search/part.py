"""The search for one part of a problem."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from solver.data.solution import PlacedTask, WorkedShift
from solver.search.choice import Chooser
from solver.search.components import Piece
from solver.search.days import Days, locks_of
from solver.search.enumeration import PatternLibrary
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.neighbourhoods import Neighbourhoods
from solver.search.patterns import Pattern, WorkerPatterns, given_shifts
from solver.search.relaxation import Relaxation
from solver.search.supply import Padding
from solver.search.units import make_units
from solver.search.value import Values, demand_shortages, presence_of, value_of

_MAX_ROUNDS = 60
_FIRST_ROUNDS = 10
_FIRST_BOUNDS_SHARE = 0.06
_FIRST_SHARE = 0.05
_FIRST_TRIES = (0.5, 2.0, 8.0)
_FIRST_STEPS = 6
_MOST_IDLE = 12
_MOST_STALE = 3

Phase = Literal["shifts", "bound", "days", "improve", "explain"]


@dataclass(frozen=True, slots=True)
class Roster:
    """A complete roster of a part and what it pays on each level."""

    chosen: Mapping[str, Pattern]
    shifts: tuple[WorkedShift, ...]
    tasks: tuple[PlacedTask, ...]
    values: Values

    def rank(self) -> tuple[int, ...]:
        """Return what rosters are compared by: points, the most important level first."""
        return tuple(self.values.values())


class Report(Protocol):
    """Told of each phase, and when ``best`` became better."""

    def __call__(self, phase: Phase, *, is_better: bool = False) -> None:
        """Take note."""


class Part:
    """The search for one part; ``best`` is there from the beginning."""

    def __init__(
        self,
        piece: Piece,
        budget: Budget,
        seed: int,
        report: Report,
    ) -> None:
        self.problem = problem = piece.problem
        self._own_problem = replace(
            problem, tasks=tuple(t for t in problem.tasks if t.id not in piece.shared)
        )
        self.budget = budget
        self.seed = seed
        self._report = report
        self.bounds: dict[str, int] = {}
        self.is_complete = False
        library = PatternLibrary()
        self.patterns = {w.id: WorkerPatterns(problem, w, library) for w in problem.workers}
        self.days = Days(problem, budget, seed)
        self._master: Master | None = None
        self.best = self._bare()

    def _bare(self) -> Roster:
        """Return the roster of facts and locks alone, with breaks."""
        locks = locks_of(self.problem)
        chosen = {name: each.simplest for name, each in self.patterns.items()}
        worked = [
            (worker.id, name)
            for worker in self.problem.workers
            for name in (*chosen[worker.id], *(s.id for s in given_shifts(self.problem, worker)))
        ]
        shifts = [
            WorkedShift(worker=worker.id, shift=unit.shift.id, breaks=unit.breaks[:1])
            for unit in make_units(self.problem, worked, locks)
            for worker in unit.members
        ]
        return self._valued(chosen, shifts, [placed for mine in locks.values() for placed in mine])

    def _valued(
        self,
        chosen: Mapping[str, Pattern],
        shifts: list[WorkedShift],
        tasks: list[PlacedTask],
    ) -> Roster:
        values = value_of(self.problem, self.patterns, chosen, shifts, tasks)
        chosen = {name: chosen.get(name, each.simplest) for name, each in self.patterns.items()}
        return Roster(chosen, tuple(shifts), tuple(tasks), values)

    @property
    def master(self) -> Master:
        """The linear master, of the tasks that are this part's alone."""
        if self._master is None:
            relaxation = Relaxation(self._own_problem, self.patterns, with_breaks=False)
            self._master = Master(relaxation, self.patterns)
        return self._master

    def run(self) -> None:
        """Search until the budget is used, every level is at its bound, or nothing helps."""
        if not self.budget.is_over():
            self._report("bound")
            self.bounds = self._bounds()
            self._report("shifts")
            self._begin()
        self.is_complete = True
        self._report("days", is_better=True)
        self._improve()

    def _begin(self) -> None:
        """Find the first roster: chosen from the patterns at hand, then bettered for a while."""
        found = None
        plain = Relaxation(self.problem, self.patterns, with_breaks=False)
        for most in _FIRST_TRIES:
            if found is None and not self.budget.is_over():
                found = Chooser(plain, self.constants, self.budget).choose(
                    self.master.columns, most=most, seed=self.seed, bounds=self.bounds
                )
        shifts = self._neighbourhoods(plain)
        shifts.begin(found.patterns if found else {})
        for _ in range(_FIRST_STEPS):
            if self.budget.is_over() or self.budget.is_late(_FIRST_SHARE):
                break
            shifts.step()
        self._report("days")
        self._try(shifts.current)

    @property
    def constants(self) -> dict[str, int]:
        """Points of each level that every roster pays."""
        return {level: self.master.constant(level) for level in self.problem.levels}

    def _neighbourhoods(self, relaxation: Relaxation) -> Neighbourhoods:
        chooser = Chooser(relaxation, self.constants, self.budget)
        return Neighbourhoods(chooser, self.patterns, self.master.columns, self.seed)

    def _bounds(self) -> dict[str, int]:
        """Return the bound of each level when the levels above are at theirs."""
        bounds: dict[str, int] = {}
        for level in self.master.levels():
            rounds = 1 if self.budget.is_late(_FIRST_BOUNDS_SHARE) else _FIRST_ROUNDS
            bounds[level] = self.bound(level, bounds, rounds)
        return bounds

    def bound(self, level: str, limits: Mapping[str, int], max_rounds: int = _MAX_ROUNDS) -> int:
        """Return a bound for a level, given the most that the levels above may cost."""
        return self.master.bound(
            level, limits, max_rounds=max_rounds, should_stop=self.budget.is_over
        )

    def known_bound(self, level: str, limits: Mapping[str, int]) -> int:
        """Return the bound that is at hand, if the levels above cost no more than was assumed."""
        holds = all(most <= self.bounds.get(other, 0) for other, most in limits.items())
        return self.bounds.get(level, 0) if holds else 0

    def sharpen(self) -> None:
        """Let the linear master from now on see breaks too."""
        master = Master(Relaxation(self._own_problem, self.patterns), self.patterns)
        for name, columns in self.master.columns.items():
            for pattern, own in columns.items():
                master.add(name, pattern, own)
            pattern = self.best.chosen[name]
            master.add(name, pattern, self.patterns[name].cost(pattern))
        self._master = master

    def _try(self, chosen: Mapping[str, Pattern]) -> bool:
        """Place the days of a choice of shifts; keep it and return true if it is the best."""
        roster = self._valued(chosen, *self.days.place(chosen))
        if roster.rank() >= self.best.rank():
            return False
        self.best = roster
        if self.is_complete:
            self._report("improve", is_better=True)
        return True

    def is_best_possible(self) -> bool:
        """Return whether every level is at its bound."""
        return all(value <= self.bounds.get(level, 0) for level, value in self.best.values.items())

    def _improve(self) -> None:
        """Better the shifts, place the days, ask for more where days lost something; again."""
        if not self.master.columns:
            return
        padding, n_stale = Padding(), 0
        while n_stale < _MOST_STALE and not (self.budget.is_over() or self.is_best_possible()):
            self._report("improve")
            self.seed += 1
            shifts = self._neighbourhoods(Relaxation(self.problem, self.patterns, padding))
            shifts.begin({name: self.best.chosen[name] for name in self.master.columns})
            n_idle, is_better = 0, False
            while n_idle < _MOST_IDLE and not self.budget.is_over():
                n_idle += 1
                if shifts.step() and self._try(shifts.current):
                    n_idle, is_better = 0, True
            n_stale = 0 if is_better else n_stale + 1
            self._pad(padding)

    def _pad(self, padding: Padding) -> None:
        """Ask for more where the best roster lacks somebody, if its shifts alone do not say so."""
        heads = Counter(placed.task for placed in self.best.tasks)
        for task in self.problem.tasks:
            if heads[task.id] < task.heads:
                more = 2 if task.is_crew else 1
                padding.tasks[task.id] = padding.tasks.get(task.id, 0) + more
        without = [WorkedShift(worker=each.worker, shift=each.shift) for each in self.best.shifts]
        hopeless = {
            (demand, start, level)
            for demand, start, level, _, _ in demand_shortages(
                self.problem, presence_of(self.problem, without)
            )
        }
        there = presence_of(self.problem, self.best.shifts)
        for demand, start, level, _, _ in demand_shortages(self.problem, there):
            if (demand, start, level) not in hopeless:
                padding.demands[demand, start] = padding.demands.get((demand, start), 0) + 1
