"""Betters a choice of shifts by choosing patterns anew: of some workers, or of all on some days.

Where rules tie all days of a worker together, two days alone leave no room for anything else. So
either the patterns of a few workers are opened, and column generation finds what fits beside the
others (ruin and recreate, Schrimpf et al. 2000, with column generation as in Burke and Curtois
2014); or all of what everybody may have on a week or so, the rest as it is. An integer model then
chooses among it.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from solver.search.choice import Choice, Chooser
from solver.search.limits import Budget
from solver.search.linear import Floats
from solver.search.master import Master
from solver.search.patterns import Pattern

_ROOT_ROUNDS, _ROOT_GAP = 150, 1e-3
_SHARE_OF_ROOT = 0.3
"""Of the time that is left, until patterns are chosen."""

_MANY_LABELS = 40
_CLEAR = 0.95
_SHARE_AT_ONCE = 0.06
_DIVE_ROUNDS = 3
_N_BEST = 6
_STEP_ROUNDS = 12
_FEWEST, _MOST = 3, 14
_MOST_COLUMNS = 40
_STEP_SECONDS = 3.0
_SHORTEST, _LONGEST, _MOST_NEAR = 7, 12, 100
_CHANCE_OF_WINDOW, _CHANCE_OF_LATER_WINDOW = 0.95, 0.5
"""The second when windows of all sizes have been of no use since the last better choice."""

_BEGIN_WORK = 0.5
_LEAST_GAIN = 0.5
_WORK_PER_STEP = 0.05
"""Of column generation in repeatable mode, which counts work and not seconds."""


@dataclass(slots=True)
class _Size:
    """How much is chosen anew at a time: more and more while nothing gets better, then little.

    Parameters
    ----------
    most
        From which on it is little again.
    n
        Of how many in all.
    """

    size: float
    most: int
    n: int
    n_idle: int = 0
    is_spent: bool = False
    """Whether all sizes have been of no use."""

    least: float = field(init=False)

    def __post_init__(self) -> None:
        self.least = self.size

    @property
    def now(self) -> int:
        """How many are chosen anew, never more than there are."""
        return min(self.n, round(self.size))

    def note(self, *, is_better: bool) -> None:
        """Take note of a step."""
        self.n_idle = 0 if is_better else self.n_idle + 1
        self.is_spent = self.is_spent and not is_better
        if self.n_idle * self.size > 2 * self.n:
            self.is_spent |= self.size >= self.most
            self.size = self.least if self.size >= self.most else min(self.size * 1.4, self.most)
            self.n_idle = 0


class ByWorkers:
    """Steps from choice to better choice.

    Parameters
    ----------
    weights
        By level what a point costs when all are minimised at once.
    """

    def __init__(
        self,
        master: Master,
        chooser: Chooser,
        budget: Budget,
        weights: Mapping[str, float],
        seed: int,
    ) -> None:
        self.master = master
        self.chooser = chooser
        self.budget = budget
        self.weights = weights
        self._random = random.Random(seed)
        self._days = {shift.day for shift in chooser.relaxation.problem.shifts}

    def better(self, choice: Choice, is_done: Callable[[], bool]) -> Iterator[Choice]:
        """Yield choices, each better than the one before, until nothing helps or time is out."""
        self.master.release()
        until = self.budget.share_used + _SHARE_OF_ROOT * (1 - self.budget.share_used)
        is_late = self._ending(until, is_done)
        self._generate(_ROOT_ROUNDS, is_late, is_thorough=True)
        root = self.master.value if math.isfinite(self.master.value) else -math.inf
        best = self.master.best
        if is_done():
            return
        found = self._begun(self._dived(choice, is_done))
        if found is not None and found.points < choice.points:
            choice = found
            yield choice
        prices = self.master.patterns.prices() if best is None else best.shifts
        sizes = [
            _Size(float(_FEWEST), min(_MOST, len(self.master.columns)), len(self.master.columns)),
            _Size(float(_SHORTEST), min(_LONGEST, len(self._days)), len(self._days)),
        ]
        while not is_done() and self._weighed(choice) - root >= _LEAST_GAIN:
            is_spent = sizes[True].is_spent
            chance = _CHANCE_OF_LATER_WINDOW if is_spent else _CHANCE_OF_WINDOW
            is_window = self._random.random() < chance
            size = sizes[is_window]
            if is_window:
                found = self._window(choice, size.now, prices)
            else:
                found = self._step(choice, size.now, is_done)
            is_better = found is not None and found.points < choice.points
            size.note(is_better=is_better)
            if found is not None and found.points <= choice.points:
                choice = found
                if is_better:
                    sizes[True].is_spent = False
                    yield choice

    def _ending(self, until: float, is_done: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: is_done() or self.budget.share_used >= until

    def _generate(
        self, rounds: int, is_done: Callable[[], bool], *, is_thorough: bool = False
    ) -> None:
        self.master.generate(
            max_rounds=rounds,
            should_stop=is_done,
            gap=_ROOT_GAP,
            n_best=_N_BEST,
            most_labels=_MANY_LABELS,
            is_thorough=is_thorough,
        )

    def _weighed(self, choice: Choice) -> float:
        return sum(
            self.weights.get(level, 0.0) * points
            for level, points in zip(self.chooser.levels, choice.points, strict=True)
        )

    def _begun(self, patterns: Mapping[str, Pattern] | None) -> Choice | None:
        if patterns is None:
            return None
        seed = self._random.randrange(2**31)
        return self.chooser.begin(patterns, most=_BEGIN_WORK, seed=seed)

    def _dived(self, choice: Choice, is_done: Callable[[], bool]) -> dict[str, Pattern]:
        """Return patterns for all, the clearest of the linear master first, a few at a time."""
        chosen: dict[str, Pattern] = {}
        n_workers = len(self.master.columns)
        while len(chosen) < n_workers:
            shares = self.master.shares()
            left = sorted((-shares[name][0][1], name) for name in shares if name not in chosen)
            if not left:
                break
            few = max(1, round(_SHARE_AT_ONCE * n_workers))
            clear = [name for n, (share, name) in enumerate(left) if n < few or -share > _CLEAR]
            batch = {name: shares[name][0][0] for name in self.master.patterns.ties.untied(clear)}
            chosen |= batch
            self.master.hold(batch)
            self._generate(_DIVE_ROUNDS, is_done)
        self.master.release()
        return dict(choice.patterns) | chosen

    def _window(self, choice: Choice, n_days: int, prices: Sequence[Floats]) -> Choice | None:
        """Choose anew what all have on some days in a row, the rest of their patterns as it is."""
        self.budget.work_done += _WORK_PER_STEP
        days = sorted(self._days)
        first = self._random.randrange(len(days) - n_days + 1)
        free = frozenset(days[first : first + n_days])
        columns = {name: {pattern: None} for name, pattern in choice.patterns.items()}
        for offer in self.master.patterns.near(
            choice.patterns, free, self.weights, prices, n_best=_MOST_NEAR
        ):
            columns[offer.worker][offer.pattern] = None
        found = self.chooser.again(choice, columns, free, self.weights, seconds=_STEP_SECONDS)
        return self._begun(found) if found != choice.patterns else None

    def _chosen(self, choice: Choice, free: set[str], seconds: float) -> dict[str, Pattern] | None:
        promising = self.master.promising(_MOST_COLUMNS)
        columns = {
            name: list(dict.fromkeys((now, *promising[name]))) if name in free else [now]
            for name, now in choice.patterns.items()
        }
        return self.chooser.again(choice, columns, self._days, self.weights, seconds=seconds)

    def _step(self, choice: Choice, size: int, is_done: Callable[[], bool]) -> Choice | None:
        """Open the patterns of some workers and return the best that is found for them."""
        self.budget.work_done += _WORK_PER_STEP
        names = sorted(self.master.columns)
        free = set(self._random.sample(names, size))
        self.master.release()
        self.master.hold({n: p for n, p in choice.patterns.items() if n not in free})
        for name in free:
            self.master.add(name, choice.patterns[name])
        self._generate(_STEP_ROUNDS, is_done)
        is_hopeful = self.master.value <= self._weighed(choice) - _LEAST_GAIN
        found = self._chosen(choice, free, _STEP_SECONDS) if is_hopeful else None
        self.master.release()
        return self._begun(found) if found != choice.patterns else None
