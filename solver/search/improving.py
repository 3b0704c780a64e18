"""Choices of shifts for a part, the first one and better and better ones.

The shifts of its leads decide most of what a team can do, so they are bettered team by team, judged
by the linear master. The others then choose among the master's patterns all at once, and in the end
everybody anew what begins on two days.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import combinations

from solver.data.problem import Problem
from solver.search.by_workers import ByWorkers
from solver.search.choice import Choice, Chooser
from solver.search.day_rules import ties_weeks
from solver.search.dive import Dive
from solver.search.leading import Leads
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.mending import mended
from solver.search.neighbourhoods import Neighbourhoods
from solver.search.patterns import Pattern

_FEW_ROUNDS, _MORE_ROUNDS = 6, 20
_LEAD_ROUNDS = 2
_TRIED = 12
"""Patterns of a lead of which it is looked at what the team makes of them; none where it is large:
there that takes longer than it is worth."""

_LARGE = 16_000
"""Workers times shifts: where even a quick first choice takes long, a good one comes first. There
days are chosen anew before better leads are looked for, and at prices that are good enough."""

_MOST_IDLE_ROUNDS = 2
"""Rounds of column generation that bring nothing nearer, for prices that are good enough."""
_MOST_TEAMS, _SWEEPS, _SHARE_OF_SWEEPS = 2, 3, 0.25
"""Sweeps over the leads of all teams, in a share of the time that is left: after that it gains more
to choose the patterns of their others."""

_BEGIN_WORK = 0.5
_MOST_PROMISING = 12
_WHOLE = 0.999
_AT_ONCE_SECONDS, _SHARE_AT_ONCE = 8.0, 0.3
"""For all others at once: so long, or a share of the time that is left if that is less."""

_SHARE_IN_TURN = 0.3
"""Of the time that is left, for whole patterns before the tasks of days are placed again."""

_SHARE_OF_SHIFTS, _SHARE_WHERE_LARGE = 0.8, 0.5
"""Of the time that is left; the rest is for placing the days of the last choice well."""

_STARTS, _SHARE_OF_STARTS, _START_ROUNDS = 4, 0.2, 6
"""Times that all leads are chosen anew, in a share of the time that is left, with so many rounds of
column generation before each."""

_HOPELESS = 1.15
"""So many times the value of the best leads, others are not worth bettering."""

_SHARE_OF_LEADS = 0.7
"""Of the time that is left: a further look at all leads is to end before, for to choose anew on
days gains more where it takes long."""


class Improving:
    """Makes choices out of a linear master.

    Parameters
    ----------
    weights
        By level what a point costs when all are minimised at once.
    """

    def __init__(
        self,
        problem: Problem,
        master: Master,
        budget: Budget,
        weights: Mapping[str, float],
    ) -> None:
        self.problem = problem
        self.master = master
        self.budget = budget
        self.weights = weights
        n_tried = 0 if self._is_large else _TRIED
        self._dive = Dive(problem, master, n_tried=n_tried, should_stop=budget.is_over)

    def first(self, chooser: Chooser, seed: int, *, is_quick: bool = True) -> Choice | None:
        """Return a choice found quickly, if the master has prices.

        Where it need not be quick, the leads of a team know what those before it have taken.
        """
        is_quick = is_quick and not self._is_large
        leads = self._dive.lead_quickly() if is_quick else self._dive.lead(_LEAD_ROUNDS)
        return self._following(leads, chooser, seed)

    @property
    def _is_whole(self) -> bool:
        """Whether whole patterns are bettered by those of workers and windows, and not by days."""
        return not self._dive.teams and ties_weeks(self.problem)

    @property
    def _is_large(self) -> bool:
        return sum(table.size for table in self.master.patterns.prices()) > _LARGE

    def of(self, chosen: Mapping[str, Pattern], chooser: Chooser, seed: int) -> Choice | None:
        """Return the choice of given patterns, or of the simplest, less what breaks a tie."""
        for patterns in (chosen, self.master.patterns.simplest):
            mine = {name: patterns[name] for name in self.master.columns}
            mine = mended(self.problem, self.master.patterns, mine)
            found = chooser.begin(mine, most=_BEGIN_WORK, seed=seed)
            if found is not None:
                return found
        return None

    def followed(self, choice: Choice, chooser: Chooser, seed: int) -> Choice:
        """Return the better of a choice and one whose leads all others follow anew.

        That is quick, and gains much where something else has changed since they first did.
        """
        new = self._following(self._leads_of(choice), chooser, seed)
        return new if new is not None and new.points < choice.points else choice

    def better(
        self,
        choice: Choice,
        chooser: Chooser,
        bounds: Mapping[str, int],
        *,
        seed: int,
        is_first: bool,
        is_done: Callable[[], bool],
        days_first: bool = False,
    ) -> Iterator[Choice]:
        """Yield choices, each better than the one before, until nothing helps or time is out.

        Parameters
        ----------
        bounds
            No roster costs less, by level.
        is_first
            Choose all leads anew to begin with.
        days_first
            Choose anew on some days before the leads of single teams, which takes long.
        """
        if self._is_whole:
            workers = ByWorkers(self.master, chooser, self.budget, self.weights, seed)
            yield from workers.better(choice, self._in_turn(is_done))
        else:
            yield from self._by_leads_and_days(
                choice,
                chooser,
                bounds,
                seed=seed,
                is_first=is_first,
                is_done=is_done,
                days_first=days_first,
            )

    def _in_turn(self, is_done: Callable[[], bool]) -> Callable[[], bool]:
        """Return what says when days are to be placed again: their tasks may ask for more."""
        used = self.budget.share_used
        until = used + _SHARE_IN_TURN * (1 - used) if self.problem.tasks else 1.0
        return lambda: is_done() or self.budget.share_used >= until

    def _by_leads_and_days(
        self,
        choice: Choice,
        chooser: Chooser,
        bounds: Mapping[str, int],
        *,
        seed: int,
        is_first: bool,
        is_done: Callable[[], bool],
        days_first: bool = False,
    ) -> Iterator[Choice]:
        used = self.budget.share_used
        share = _SHARE_WHERE_LARGE if self._is_large else _SHARE_OF_SHIFTS
        until, until_led = (used + each * (1 - used) for each in (share, _SHARE_OF_LEADS))

        def is_late(after_s: float = 0.0) -> bool:
            return is_done() or self.budget.is_late(until, after_s)

        has_teams = bool(self._dive.teams)
        if is_first and has_teams and not self._is_large:
            led = self._following(self._led_anew(is_late), chooser, seed)
            if led is not None and led.points < choice.points:
                choice = led
                yield choice
        if days_first or self._is_large:
            for found in self._by_days(choice, chooser, bounds, seed, is_late):
                choice = found
                yield choice
        if (days_first or not (is_first and has_teams)) and not is_late():
            better = self._at_once(choice, chooser, seed)
            if better is not None:
                choice = better
                yield choice
        n_teams, took_s = 1, 0.0
        while n_teams <= min(_MOST_TEAMS, len(self._dive.teams)) and not (
            is_late() or self.budget.is_late(until_led, took_s)
        ):
            began = self.budget.elapsed
            led = self._led_better(choice, chooser, seed, n_teams, is_late)
            took_s = self.budget.elapsed - began
            if led is None or led.points >= choice.points:
                n_teams += 1
            else:
                choice = led
                yield choice
        yield from self._by_days(choice, chooser, bounds, seed, is_late)

    # Leads, and who follows ----------------------------------------------------------------------

    def _following(self, leads: Leads, chooser: Chooser, seed: int) -> Choice | None:
        """Return a choice with some leads, the others as clear as the linear master has them."""
        self._dive.value(leads, _FEW_ROUNDS)
        chosen = {**leads, **self._dive.rest()}
        self.master.release()
        return self.of(chosen, chooser, seed)

    def _led_anew(self, is_late: Callable[[], bool]) -> Leads:
        """Return the best leads of several starts, each bettered team by team.

        Where they begin decides much of where they end, and a master that knows more patterns has
        better prices for the next start.
        """
        best: Leads = {}
        least, used = math.inf, self.budget.share_used
        until = used + _SHARE_OF_STARTS * (1 - used)
        for _ in range(_STARTS):
            self.master.release()
            self.master.generate(max_rounds=_START_ROUNDS, should_stop=is_late)
            leads = self._dive.lead(_LEAD_ROUNDS)
            value = self._dive.value(leads, _FEW_ROUNDS)
            if value < _HOPELESS * least:
                leads, value = self._swept(leads, value, 1, is_late, until)
            if value < least:
                best, least = leads, value
            if is_late() or self.budget.is_late(until):
                break
        return best

    def _led_better(
        self,
        choice: Choice,
        chooser: Chooser,
        seed: int,
        n_teams: int,
        is_late: Callable[[], bool],
    ) -> Choice | None:
        """Return a choice with better leads, of so many teams at a time; nothing without any."""
        leads = self._leads_of(choice)
        first = self._dive.value(leads, _MORE_ROUNDS)
        used = self.budget.share_used
        until = used + _SHARE_OF_SWEEPS * (1 - used)
        leads, value = self._swept(leads, first, n_teams, is_late, until)
        self.master.release()
        led = self._following(leads, chooser, seed) if value < first else None
        if led is None or is_late():
            return led
        return self._at_once(led, chooser, seed) or led

    def _swept(
        self, leads: Leads, value: float, n_teams: int, is_late: Callable[[], bool], until: float
    ) -> tuple[Leads, float]:
        """Return better leads, chosen anew for so many teams at a time, and their value."""
        groups = list(combinations(self._dive.teams, n_teams))
        n_idle = 0
        for teams in groups * _SWEEPS:
            n_idle += 1
            if is_late() or self.budget.is_late(until) or n_idle > len(groups):
                break
            other = self._dive.lead_again(leads, teams, _LEAD_ROUNDS)
            if other != leads and (new := self._dive.value(other, _LEAD_ROUNDS)) < value:
                n_idle, leads, value = 0, other, new
        return leads, value

    def _leads_of(self, choice: Choice) -> Leads:
        workers = self.problem.worker_by_id
        if not self._dive.teams:
            return {}
        return {name: p for name, p in choice.patterns.items() if workers[name].is_lead}

    def _at_once(self, choice: Choice, chooser: Chooser, seed: int) -> Choice | None:
        """Return a better choice with the same leads, out of the linear master's patterns.

        Whoever has one pattern in its mix, and the same in the choice, keeps it (Danna et al.
        2005: relaxation induced neighbourhoods).
        """
        self._dive.value(self._leads_of(choice), _MORE_ROUNDS)
        shares = self.master.shares()
        columns: dict[str, Collection[Pattern]] = {}
        for name, promising in self.master.promising(_MOST_PROMISING).items():
            now = choice.patterns[name]
            is_whole = any(p == now and share > _WHOLE for p, share in shares[name][:1])
            columns[name] = [now] if is_whole else list(dict.fromkeys((now, *promising)))
        self.master.release()
        days = {shift.day for shift in self.problem.shifts}
        seconds = self.budget.at_most(_AT_ONCE_SECONDS, _SHARE_AT_ONCE)
        found = chooser.again(choice, columns, days, self.weights, seconds=seconds)
        if found is None or found == choice.patterns:
            return None
        better = chooser.begin(found, most=_BEGIN_WORK, seed=seed)
        return better if better is not None and better.points < choice.points else None

    # Days ----------------------------------------------------------------------------------------

    def _by_days(
        self,
        choice: Choice,
        chooser: Chooser,
        bounds: Mapping[str, int],
        seed: int,
        is_late: Callable[..., bool],
    ) -> Iterator[Choice]:
        if is_late():
            return
        most_idle = _MOST_IDLE_ROUNDS if self._is_large else None
        self.master.generate(max_rounds=_MORE_ROUNDS, should_stop=is_late, most_idle=most_idle)
        if self.master.best is None:
            return
        shifts = Neighbourhoods(chooser, self.master, self.master.best, seed)
        n_idle, took_s = 0, 0.0
        while n_idle < shifts.n_sorts and not is_late(took_s):
            n_idle += 1
            began = self.budget.elapsed
            better = shifts.step(choice, bounds)
            took_s = self.budget.elapsed - began
            if better is not None:
                n_idle, choice = 0, better
                yield choice
