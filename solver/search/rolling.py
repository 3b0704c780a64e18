"""Choices of shifts for several weeks: one week at a time, what the others have being facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from solver.data.problem import Problem
from solver.search.choice import Choice, Chooser
from solver.search.day_rules import ties_weeks
from solver.search.improving import Improving
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.patterns import Pattern, Patterns
from solver.search.prices import GeneratedByWeek
from solver.search.relaxation import Relaxation
from solver.search.supply import Padding
from solver.search.week import Week, WeekMaker, weeks_of

_FEWEST_DAYS = 11
"""Of a horizon that is planned week by week."""

_FIRST_ROUNDS, _FIRST_GAP = 60, 0.1
_MOST_IDLE_ROUNDS = 3
_SHARE_OF_SHIFTS = 0.8
_FIRST_DAYS = (7, 3)
"""Days of the first week pass by pass: the borders do not always lie in the same places."""


def is_long(problem: Problem) -> bool:
    """Return whether a horizon is planned week by week: not when rules tie the weeks together."""
    if ties_weeks(problem):
        return False
    return sum(len(week.days) for week in weeks_of(problem)) >= _FEWEST_DAYS


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one week is searched with."""

    improving: Improving
    chooser: Chooser
    master: Master


class Rolling:
    """Plans week by week.

    Attributes
    ----------
    prices
        The best so far of what counts workers in the linear masters of the weeks.

    Parameters
    ----------
    own
        Ids of the tasks that nobody else may do.
    weights
        By level what a point costs when all are minimised at once.
    """

    def __init__(
        self,
        problem: Problem,
        own: frozenset[str],
        patterns: Patterns,
        weights: Mapping[str, float],
        budget: Budget,
    ) -> None:
        self.problem = problem
        self.patterns = patterns
        self.weights = weights
        self.budget = budget
        self._own = own
        self._maker = WeekMaker(problem)
        self._used: dict[Week, Sequence[tuple[str, Pattern]]] = {}
        self.prices: dict[tuple[object, ...], float] = {}
        self._points: dict[Week, tuple[int, ...]] = {}
        self._pass = 0

    # The first choice ----------------------------------------------------------------------------

    def first(self, seed: int) -> dict[str, Pattern]:
        """Return patterns for all, legal over the whole horizon; found quickly."""
        weeks = weeks_of(self.problem)
        chosen: dict[str, Pattern] = dict.fromkeys(self.patterns.open_workers, ())
        for week in weeks:
            problem = self._maker.make(week, chosen, is_last=week is weeks[-1])
            for name, pattern in self._first_of(week, problem, seed).items():
                chosen[name] += pattern
        return {name: self._legal(name, pattern) for name, pattern in chosen.items()}

    def _first_of(self, week: Week, problem: Problem, seed: int) -> Mapping[str, Pattern]:
        patterns = Patterns(problem)
        if patterns.open_workers and not self.budget.is_over():
            plan = self._plan(problem, patterns, Padding())
            self._generate(plan.master)
            self._keep(week, plan.master)
            # To begin a week again takes as long as to choose its leads well at once.
            choice = plan.improving.first(plan.chooser, seed, is_quick=False)
            if choice is not None:
                self._points[week] = choice.points
                return choice.patterns
        return {name: patterns.simplest[name] for name in patterns.open_workers}

    def _plan(self, problem: Problem, patterns: Patterns, padding: Padding) -> _Plan:
        own = replace(problem, tasks=tuple(t for t in problem.tasks if t.id in self._own))
        master = Master(Relaxation(own, patterns, with_teams=False), patterns, self.budget)
        master.aim(self.weights)
        constants = {level: master.constant(level) for level in problem.levels}
        relaxation = Relaxation(problem, patterns, padding, as_placed=True)
        chooser = Chooser(relaxation, patterns, constants, self.budget)
        return _Plan(Improving(problem, master, self.budget, self.weights), chooser, master)

    def _generate(self, master: Master) -> None:
        master.generate(
            max_rounds=_FIRST_ROUNDS,
            should_stop=self.budget.is_over,
            gap=_FIRST_GAP,
            most_idle=_MOST_IDLE_ROUNDS,
        )

    def _keep(self, week: Week, master: Master) -> None:
        """Remember prices, and the patterns of the mix for when the week comes again."""
        self.prices |= master.node_prices()
        self._used[week] = [
            (name, pattern) for name, mine in master.shares().items() for pattern, _ in mine
        ]

    def generated(self) -> GeneratedByWeek | None:
        """Return what column generation has come to; nothing before the first choice."""
        return GeneratedByWeek(dict(self._used), dict(self.prices)) if self.prices else None

    def begin_with(self, generated: GeneratedByWeek) -> None:
        """Take what column generation came to elsewhere, unless there is something of one's own."""
        if not self.prices:
            self._used |= generated.patterns
            self.prices |= generated.prices

    def _legal(self, name: str, pattern: Pattern) -> Pattern:
        """Return as much of a pattern from its beginning as is legal, or what keeps all locks."""
        while not self.patterns.is_legal(name, pattern):
            pattern = pattern[:-1]
        return pattern if self.patterns.is_offered(name, pattern) else self.patterns.simplest[name]

    # Better and better ones ----------------------------------------------------------------------

    def better(
        self,
        chosen: Mapping[str, Pattern],
        padding: Padding,
        *,
        seed: int,
        is_done: Callable[[], bool],
    ) -> Iterator[dict[str, Pattern]]:
        """Yield patterns for all, each better for one week, until nothing helps or time is out.

        The weeks whose first choices are the worst come first.
        """
        current = dict(chosen)
        n_idle = 0
        while n_idle < 2 and not is_done():
            n_idle += 1
            weeks = weeks_of(self.problem, first_days=_FIRST_DAYS[self._pass % len(_FIRST_DAYS)])
            self._pass += 1
            weeks.sort(key=lambda week: self._points.get(week, ()), reverse=True)
            for number, week in enumerate(weeks):
                used = self.budget.share_used
                until = used + max(0.0, _SHARE_OF_SHIFTS - used) / (len(weeks) - number)
                found = self._better_of(
                    week,
                    current,
                    padding,
                    seed=seed,
                    is_done=self._ending(until, is_done),
                )
                for new in found:
                    n_idle, current = 0, new
                    yield current

    def _ending(self, until: float, is_done: Callable[[], bool]) -> Callable[[], bool]:
        return lambda: is_done() or self.budget.share_used >= until

    def _better_of(
        self,
        week: Week,
        current: Mapping[str, Pattern],
        padding: Padding,
        *,
        seed: int,
        is_done: Callable[[], bool],
    ) -> Iterator[dict[str, Pattern]]:
        """Yield patterns for all, each better for a week."""
        if is_done():
            return
        mine, others = self._split(week, current)
        problem = self._maker.make(week, others, is_last=True)
        patterns = Patterns(problem)
        if not patterns.open_workers:
            return
        plan = self._plan(problem, patterns, padding)
        self._recall(plan.master, mine.items())
        self._recall(plan.master, self._used.get(week, ()))
        self._generate(plan.master)
        self._keep(week, plan.master)
        choice = plan.improving.of(mine, plan.chooser, seed)
        if choice is None:
            return
        followed = plan.improving.followed(choice, plan.chooser, seed)
        if followed is not choice:
            yield from self._whole(followed, current, others)
        for better in plan.improving.better(
            followed,
            plan.chooser,
            {},
            seed=seed,
            is_first=False,
            is_done=is_done,
            days_first=True,
        ):
            yield from self._whole(better, current, others)

    def _whole(
        self, choice: Choice, current: Mapping[str, Pattern], others: Mapping[str, Pattern]
    ) -> Iterator[dict[str, Pattern]]:
        """Yield the patterns for all weeks with a choice for one, if they are legal."""
        new = {
            name: self._joined(others[name], choice.patterns.get(name, ()))
            for name in self.patterns.open_workers
        }
        if all(
            new[name] == current[name] or self.patterns.is_legal(name, new[name]) for name in new
        ):
            yield new

    def near(self, chosen: Mapping[str, Pattern]) -> Iterator[tuple[str, Pattern]]:
        """Yield workers with patterns that differ from chosen ones in a week's, as in its mix."""
        for week, mix in self._used.items():
            _, others = self._split(week, chosen)
            for name, mine in mix:
                pattern = self._joined(others[name], mine)
                if self.patterns.is_offered(name, pattern) and self.patterns.is_legal(
                    name, pattern
                ):
                    yield name, pattern

    def _split(
        self, week: Week, chosen: Mapping[str, Pattern]
    ) -> tuple[dict[str, Pattern], dict[str, Pattern]]:
        """Return the shifts of a week and all others."""
        days, shifts = frozenset(week.days), self.problem.shift_by_id
        mine = {n: tuple(s for s in chosen[n] if shifts[s].day in days) for n in chosen}
        others = {n: tuple(s for s in chosen[n] if shifts[s].day not in days) for n in chosen}
        return mine, others

    def _recall(self, master: Master, known: Iterable[tuple[str, Pattern]]) -> None:
        """Give a master patterns that it may still have."""
        for name, pattern in known:
            patterns = master.patterns
            if (
                name in master.columns
                and patterns.is_offered(name, pattern)
                and patterns.is_legal(name, pattern)
            ):
                master.add(name, pattern)

    def _joined(self, one: Pattern, other: Pattern) -> Pattern:
        shifts = self.problem.shift_by_id
        return tuple(sorted((*one, *other), key=lambda name: shifts[name].span))
