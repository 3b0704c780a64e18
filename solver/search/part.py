"""The search for one part of a problem."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, Protocol

import numpy as np

from solver.data.solution import PlacedTask, WorkedShift
from solver.search.bounding import Bounding
from solver.search.choice import Choice, Chooser
from solver.search.components import Piece, own_problem
from solver.search.crewing import Crewing
from solver.search.crews import Taking
from solver.search.day_rules import ties_weeks
from solver.search.days import Days, Effort, locks_of
from solver.search.greedy import greedy
from solver.search.improving import Improving
from solver.search.joint import Joint, has_fixed_tasks
from solver.search.leads import given_shifts
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.mending import mended
from solver.search.nearest import nearest
from solver.search.nearness import NearChoice, Nearness
from solver.search.patterns import Pattern, Patterns
from solver.search.prices import Generated, GeneratedByWeek
from solver.search.proved import Proved
from solver.search.relaxation import Relaxation
from solver.search.rolling import Rolling, is_long
from solver.search.supply import QUARTER, Padding
from solver.search.value import Values, demand_shortages, presence_of, value_of

_FIRST_ROUNDS, _FIRST_GAP, _MOST_IDLE_ROUNDS = 60, 0.1, 4
_SHARE_TO_BEGIN = 0.2
"""Of the time, where rules tie the weeks together."""

_SHARE_TO_PLACE = 0.5
"""Of the time that is left, for placing well what a choice near a reference loses at once."""

_SHARE_TO_PROVE = 0.6
"""Of the time that is left, for proving what near a reference is to be proved at once."""

_MANY_TASKS = 2500
"""In a part: with more of them prices may take all the time."""

_NOTHING = 1e-6
_SPREAD = 1e6
"""How many times the least level's weight the first level's is at most."""
_STEEPEST = 1000.0
_MOST_STALE = 2

Phase = Literal["shifts", "bound", "days", "improve", "explain"]


@dataclass(frozen=True, slots=True)
class Roster:
    """A complete roster of a part and what it pays on each level.

    Parameters
    ----------
    taking
        What crews near a reference take over, as its days were placed.
    """

    chosen: Mapping[str, Pattern]
    shifts: tuple[WorkedShift, ...]
    tasks: tuple[PlacedTask, ...]
    values: Values
    taking: Taking = field(default_factory=dict)

    def rank(self) -> tuple[int, ...]:
        """Return what rosters are compared by: points, the most important level first."""
        return tuple(self.values.values())


class Report(Protocol):
    """Told of each phase, when ``best`` became better, and of what column generation came to."""

    def __call__(
        self, phase: Phase, *, is_better: bool = False, generated: Generated | None = None
    ) -> None:
        """Take note; what was generated is of use to others who look at the same part."""


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
        self._own_problem = own_problem(piece)
        self.budget = budget
        self.seed = seed
        self._report = report
        self._proved = Proved(problem.levels)
        self.is_complete = False
        self.patterns = Patterns(problem)
        self.days = Days(problem, budget, seed)
        self._choice: Choice | None = None
        self._chooser: Chooser | None = None
        """What of a short horizon is bettered at the moment, and what with."""
        self._chooser_s = 0.0
        """How long it took to make it."""
        self.best = self._bare()

    def _bare(self) -> Roster:
        """Return the roster of facts and locks alone, with breaks."""
        locks = locks_of(self.problem)
        chosen = self.patterns.simplest
        worked = [
            (worker.id, name)
            for worker in self.problem.workers
            for name in (*chosen[worker.id], *(s.id for s in given_shifts(self.problem, worker)))
        ]
        shifts = [
            WorkedShift(worker=worker.id, shift=unit.shift.id, breaks=unit.breaks[:1])
            for unit in Crewing(self.problem, locks).units(worked)
            for worker in unit.members
        ]
        return self._valued(chosen, shifts, [placed for mine in locks.values() for placed in mine])

    def _valued(
        self,
        chosen: Mapping[str, Pattern],
        shifts: list[WorkedShift],
        tasks: list[PlacedTask],
    ) -> Roster:
        chosen = dict(self.patterns.simplest) | dict(chosen)
        values = value_of(self.problem, self.patterns, chosen, shifts, tasks)
        return Roster(chosen, tuple(shifts), tuple(tasks), values)

    @cached_property
    def master(self) -> Master:
        """The linear master, of the tasks that are this part's alone."""
        relaxation = Relaxation(self._own_problem, self.patterns, with_teams=False)
        return Master(relaxation, self.patterns, self.budget)

    @cached_property
    def weights(self) -> dict[str, float]:
        """Weights of levels that nearly keep their order, for prices and first choices."""
        levels = self.master.levels()
        step = min(_STEEPEST, _SPREAD ** (1 / max(1, len(levels) - 1)))
        return {level: step ** (len(levels) - 1 - n) for n, level in enumerate(levels)}

    @property
    def constants(self) -> dict[str, int]:
        """Points of each level that every roster pays."""
        return {level: self.master.constant(level) for level in self.problem.levels}

    def run(self) -> None:
        """Search until the budget is used, every level is at its bound, or nothing helps."""
        chosen = None
        if self.patterns.open_workers and not self.budget.is_over():
            self._report("shifts")
            if len(self.problem.tasks) > _MANY_TASKS:
                self._place_early(greedy(self.problem, self.patterns, self.budget.is_over))
            chosen = self._begin()
        self._report("days")
        self._try(chosen or self.patterns.simplest, Effort.QUICK)
        self.is_complete = True
        self._report("days", is_better=True)
        if chosen is not None and not self.budget.is_over():
            self._improve(chosen)

    def adopt(self, roster: Roster, generated: Generated | None) -> None:
        """Take the best roster from elsewhere, and what was generated there, to go on from."""
        self.best, self.is_complete = roster, True
        if isinstance(generated, GeneratedByWeek):
            if self._rolling is not None:
                self._rolling.begin_with(generated)
        elif generated is not None and self.master.latest is None:
            self.master.aim(self.weights)
            self.master.begin_with(generated)

    def run_on(self, seed: int) -> None:
        """Better ``best`` until the budget is used, all levels are at their bounds, or none helps.

        A seed of its own lets it find what the search that the roster comes from does not.
        """
        self.seed = seed
        self.master.aim(self.weights)
        chosen = self._resumed(Padding()) if self.patterns.open_workers else None
        if chosen is not None and not self._is_done():
            self._improve(chosen)

    def _begin(self) -> Mapping[str, Pattern]:
        """Return the first choice of shifts: near the reference, or one found quickly."""
        chosen = self._kept()
        if chosen is not None:
            self._prove_changes()
            chosen = self.best.chosen
            self._try(chosen, Effort.MENDED)
        self.master.aim(self.weights)
        if self._rolling is not None:
            chosen = chosen or self._rolling.first(self.seed)
            self._report("shifts", generated=self._rolling.generated())
            return mended(self.problem, self.patterns, chosen)
        self._chooser = self._new_chooser(Padding())
        if chosen is not None:
            self._choice = self._improving.of(chosen, self._chooser, self.seed)
        else:
            self.master.generate(
                max_rounds=_FIRST_ROUNDS,
                should_stop=self._is_begun,
                gap=_FIRST_GAP,
                most_idle=_MOST_IDLE_ROUNDS,
            )
            self._report("shifts", generated=self.master.generated())
            self._choice = self._improving.first(self._chooser, self.seed)
        return self.best.chosen if self._choice is None else self._choice.patterns

    def _is_begun(self) -> bool:
        """Return whether patterns are to be chosen for the first time: better ones take long."""
        return self.budget.is_over() or (
            ties_weeks(self.problem) and self.budget.share_used >= _SHARE_TO_BEGIN
        )

    @cached_property
    def _improving(self) -> Improving:
        return Improving(self.problem, self.master, self.budget, self.weights)

    @cached_property
    def _rolling(self) -> Rolling | None:
        """How to plan several weeks; nothing for a short horizon."""
        if not is_long(self.problem):
            return None
        own = frozenset(task.id for task in self._own_problem.tasks)
        return Rolling(self.problem, own, self.patterns, self.weights, self.budget)

    def _kept(self) -> Mapping[str, Pattern] | None:
        """Return shifts near the reference's; nothing without a reference."""
        if self._nearness is None:
            return None
        led = nearest(self.problem, self.patterns)
        self._place_early(led)
        near = self._nearness.shifts(led, seed=self.seed)
        if near.patterns != led:
            self._place_early(near.patterns)
        with self.budget.within(_SHARE_TO_PLACE):
            self._keep(self._placed_near(near))
        return near.patterns

    def _place_early(self, chosen: Mapping[str, Pattern]) -> None:
        """Place the days of shifts at once, so that they are there when time is short."""
        if self._try(chosen, Effort.QUICK):
            self.is_complete = True
            self._report("days", is_better=True)

    def _placed_near(self, near: NearChoice) -> Roster:
        """Return a choice near the reference as a roster that changes little, whoever is a crew."""
        best = self._placed(near.patterns, Effort.KEPT, {})
        for at, tasks in near.taking.items():
            if self._changes(best) <= near.changes:
                break
            other = self._placed(near.patterns, Effort.KEPT, {**best.taking, at: tasks})
            best = min(best, other, key=Roster.rank)
        return best

    def _changes(self, roster: Roster) -> int:
        """Return what is paid for changes."""
        reference = self.problem.reference
        return 0 if reference is None else roster.values[reference.level]

    @cached_property
    def _nearness(self) -> Nearness | None:
        reference = self.problem.reference
        if reference is None or not self.patterns.open_workers:
            return None
        return Nearness(self._own_problem, self.patterns, reference, self.budget)

    def _new_chooser(self, padding: Padding) -> Chooser:
        began = self.budget.elapsed
        relaxation = Relaxation(self.problem, self.patterns, padding, as_placed=True)
        chooser = Chooser(relaxation, self.patterns, self.constants, self.budget)
        self._chooser_s = self.budget.elapsed - began
        return chooser

    def _try(self, chosen: Mapping[str, Pattern], effort: Effort) -> bool:
        """Place the days of a choice of shifts; keep it and return true if it is the best."""
        return self._keep(self._placed(chosen, effort, self.best.taking))

    def _placed(self, chosen: Mapping[str, Pattern], effort: Effort, taking: Taking) -> Roster:
        roster = self._valued(chosen, *self.days.place(chosen, effort, taking))
        return replace(roster, taking=taking)

    def _keep(self, roster: Roster) -> bool:
        """Keep a roster and return true if it is the best."""
        if roster.rank() >= self.best.rank():
            return False
        self.best = roster
        if self.is_complete:
            self._report("improve", is_better=True)
        return True

    def is_best_possible(self) -> bool:
        """Return whether every level is at its bound."""
        return all(value <= self.bounds.get(level, 0) for level, value in self.best.values.items())

    def _improve(self, chosen: Mapping[str, Pattern]) -> None:
        """Better the shifts and place the days; ask for more where days lost something; again."""
        self._report("improve")
        is_joint = has_fixed_tasks(self.problem)
        # Placing many days well takes longer than choosing their shifts and tasks together, or than
        # better shifts for a week of them.
        may_place = not is_joint or len({shift.day for shift in self.problem.shifts}) == 1
        if may_place and self._choice and self.best.rank()[:1] > self._choice.points[:1]:
            self._try(chosen, Effort.FULL)
        if is_joint:
            self._improve_jointly()
            return
        soon = Effort.QUICK
        if self._rolling is not None:
            # To place many days well takes long, but what matters most is not to wait for it.
            soon = Effort.MENDED
            self._try(chosen, soon)
        padding, n_stale = Padding(), 0
        current: Mapping[str, Pattern] | None = chosen
        while current is not None and n_stale < _MOST_STALE:
            self.seed += 1
            is_better = False
            is_first = current is chosen and self.problem.reference is None
            last = current
            for last in self._better(current, padding, is_first=is_first):
                is_better |= self._try(last, soon)
            if self.budget.is_over():
                return
            is_better |= self._try(last, Effort.FULL)
            if self._is_done() or not self.budget.has_left(self._chooser_s):
                return
            n_stale = 0 if is_better else n_stale + 1
            self._pad(padding)
            current = self._resumed(padding)

    def _resumed(self, padding: Padding) -> Mapping[str, Pattern] | None:
        """Return the best shifts so far, to go on from with more asked for."""
        if self._rolling is not None:
            return self.best.chosen
        self._chooser = self._new_chooser(padding)
        self._choice = self._improving.of(self.best.chosen, self._chooser, self.seed)
        return self._choice.patterns if self._choice is not None else None

    def _improve_jointly(self) -> None:
        """Better shifts and tasks together, where a model of some days holds them all."""
        latest, weights, best = self.master.latest, self.weights, self.master.best
        prices = self.patterns.prices() if latest is None else latest.shifts
        least = -math.inf if best is None else best.bound

        def is_done() -> bool:
            value = sum(weights.get(level, 0.0) * n for level, n in self.best.values.items())
            return self.budget.is_over() or value < least + 1 - _NOTHING

        joint = Joint(self.problem, self.patterns, self.budget, weights, self.seed)
        for found in joint.better(
            joint.state_of(self.best.chosen, self.best.tasks), prices, is_done
        ):
            roster = self._valued(found.patterns, *joint.placed(found))
            if roster.rank() < self.best.rank():
                self.best = roster
                self._report("improve", is_better=True)

    def _better(
        self, chosen: Mapping[str, Pattern], padding: Padding, *, is_first: bool
    ) -> Iterator[Mapping[str, Pattern]]:
        """Yield better and better patterns for all, week by week in a long horizon."""
        if self._rolling is not None:
            yield from self._rolling.better(
                chosen,
                padding,
                seed=self.seed,
                is_done=self._is_done,
            )
        elif self._choice is not None and self._chooser is not None:
            for better in self._improving.better(
                self._choice,
                self._chooser,
                self.bounds,
                seed=self.seed,
                is_first=is_first,
                is_done=self._is_done,
            ):
                yield better.patterns

    def _is_done(self) -> bool:
        return self.budget.is_over() or self.is_best_possible()

    # Bounds --------------------------------------------------------------------------------------

    @property
    def bounds(self) -> dict[str, int]:
        """What is proved so far of rosters as good as the best on the levels above each level."""
        return self._proved.of(self.best.values)

    def _prove_changes(self) -> None:
        """Prove how much must differ from the reference, and before it what is paid above."""
        reference = self.problem.reference
        if self._nearness is None or reference is None or self.budget.is_over():
            return
        self._report("bound")
        above = self.problem.levels[: self.problem.levels.index(reference.level)]
        limits = self._prove_above(above)
        while True:
            with self.budget.within(_SHARE_TO_PROVE):
                self.bound(reference.level, limits)
            better = self._nearness.better
            if better is None or self.budget.is_over():
                break
            if not self._keep(self._placed_near(better)):
                break
            if any(self.best.values[level] < most for level, most in limits.items()):
                limits = self._prove_above(above)
        self._report("improve")

    def _prove_above(self, levels: Iterable[str]) -> dict[str, int]:
        """Prove what is paid on some levels, the first of all; return what the best pays there."""
        limits: dict[str, int] = {}
        for level in levels:
            with self.budget.within(_SHARE_TO_PROVE):
                self.bound(level, limits)
            limits[level] = self.best.values[level]
        return limits

    def bound(self, level: str, limits: Mapping[str, int]) -> int:
        """Return a bound for a level, given the most that the levels above may cost."""
        value = self.best.values[level]
        found = self._proved.least(level, limits)
        if found < value:
            found = max(found, min(value, self._bound_anew(level, limits)))
        self._proved.note(level, limits, found)
        return found

    def _bound_anew(self, level: str, limits: Mapping[str, int]) -> int:
        chosen, value = self.best.chosen, self.best.values[level]
        if self._nearness is not None and level == self._nearness.level:
            return self._nearness.bound(chosen, limits, value)
        return self._bounding.bound(level, limits, chosen=chosen, enough=value, seed=self.seed)

    @cached_property
    def _bounding(self) -> Bounding:
        return Bounding(
            self.master,
            self.budget,
            self.weights,
            self._proved,
            rolling=self._rolling,
            is_near=self._nearness is not None,
        )

    def _pad(self, padding: Padding) -> None:
        """Ask for more where the best roster lacks somebody, if its shifts alone do not say so."""
        heads = Counter(placed.task for placed in self.best.tasks)
        for task in self.problem.tasks:
            if heads[task.id] < task.heads:
                more = 2 if task.is_crew else 1
                padding.tasks[task.id] = padding.tasks.get(task.id, 0) + more
        without = [WorkedShift(worker=each.worker, shift=each.shift) for each in self.best.shifts]
        lacking, hopeless = (
            demand_shortages(self.problem, presence_of(self.problem, shifts))
            for shifts in (self.best.shifts, without)
        )
        for short, anyway in zip(lacking, hopeless, strict=True):
            for number in np.flatnonzero((short.heads > 0) & (anyway.heads == 0)).tolist():
                key = short.demand.id, short.demand.span.start + number * QUARTER
                padding.demands[key] = padding.demands.get(key, 0) + 1
