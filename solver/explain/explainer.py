"""The door to explanations: made once for a problem and a roster, it answers many questions."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Literal

from solver.data.problem import Demand, Problem
from solver.data.solution import Solution, TaskGap
from solver.data.spans import Span
from solver.explain.candidates import Candidate, Candidates
from solver.explain.causes import Causes, CausesFinder
from solver.explain.crowds import Crowds
from solver.explain.exchange import is_exchange
from solver.explain.gaps import DemandGap, Gaps
from solver.explain.ledger import Ledger
from solver.explain.repairs import KINDS, Kind, Repair, Repairs
from solver.explain.roster import Roster
from solver.explain.ways import Ways
from solver.explain.wishes import WishAnswer, Wishes

Proof = Literal["nobody", "bound", "exchange"] | None
"""As of :class:`solver.data.solution.TaskGap`."""


class Explainer:
    """Answers questions about one roster of a problem; neither may change.

    Whatever is told as legal or with points was so by the rules and prices of the problem; repairs
    and wishes were besides judged and priced by the checks. What names something that the problem
    lacks raises ``KeyError``.
    """

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem  # as it was given; the roster has it as the search knows it
        self.roster = Roster(problem, solution)

    @cached_property
    def _gaps(self) -> Gaps:
        return Gaps(self.roster)

    @cached_property
    def _crowds(self) -> Crowds:
        return Crowds(self._gaps.reach)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self.roster)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(Ways(self._ledger))

    @cached_property
    def _causes(self) -> CausesFinder:
        return CausesFinder(self.roster)

    @cached_property
    def _repairs(self) -> Repairs:
        return Repairs(self._candidates)

    def task_gap(self, task: str) -> TaskGap:
        """Return why a task lacks heads, with all that keeps each skilled worker away.

        Of a task that lacks nobody it tells why no more could come.
        """
        return self._gaps.of_task(self.roster.problem.task_by_id[task])

    def task_gaps(self) -> tuple[TaskGap, ...]:
        """Return every task's gap, in the problem's order."""
        return self._gaps.of_tasks()

    def demand_gaps(self) -> tuple[DemandGap, ...]:
        """Return every demand's gaps that cost points, by level and time."""
        return self._gaps.of_demands(self._ledger)

    def causes_of_task(self, task: str) -> Causes:
        """Return the smallest set of facts that together keep a task from one more head."""
        return self._causes.of_task(self.roster.problem.task_by_id[task])

    def causes_of_demand(self, demand: str, start: int) -> Causes:
        """Return the same for one more at work in a demand's quarter.

        Parameters
        ----------
        start
            Any minute of the quarter.
        """
        wanted = {each.id: each for each in self.roster.problem.demands}[demand]
        return self._causes.of_quarter(wanted, _quarter(wanted, start))

    def candidates_for_task(
        self, task: str, instead_of: str | None = None
    ) -> tuple[Candidate, ...]:
        """Return who could take a task, for a further head or instead of a worker who does it.

        The legal ones come first, the cheapest of them first; then those who would break a rule.
        """
        return self._candidates.for_task(self.roster.problem.task_by_id[task], instead_of)

    def candidates_for_shift(
        self, shift: str, instead_of: str | None = None
    ) -> tuple[Candidate, ...]:
        """Return who could take a shift, as one more or instead of a worker who has it."""
        return self._candidates.for_shift(self.roster.problem.shift_by_id[shift], instead_of)

    def repairs_of_task(self, task: str, kinds: Collection[Kind] = KINDS) -> tuple[Repair, ...]:
        """Return the cheapest verified ways to close a task's gap by a head, or a crew."""
        return self._repairs.of_task(self.roster.problem.task_by_id[task], kinds)

    def repairs_of_demand(
        self, demand: str, start: int, kinds: Collection[Kind] = KINDS
    ) -> tuple[Repair, ...]:
        """Return the cheapest verified ways to put one more at work in a demand's quarter.

        Parameters
        ----------
        start
            Any minute of the quarter.
        """
        wanted = {each.id: each for each in self.roster.problem.demands}[demand]
        return self._repairs.of_quarter(wanted, _quarter(wanted, start), kinds)

    def wishes(self) -> tuple[WishAnswer, ...]:
        """Return an answer for each wish that is paid for; a city's week has hundreds of them."""
        wishes = Wishes(self._repairs)
        return tuple(wishes.answer(worker, wish) for worker, wish in wishes.not_granted())

    def wish(self, worker: str, number: int) -> WishAnswer | None:
        """Return the answer for a worker's preference, by its place; nothing when it is granted."""
        wishes = Wishes(self._repairs)
        one = self.roster.problem.worker_by_id[worker]
        if not wishes.is_paid(one, one.preferences[number]):
            return None
        return wishes.answer(one, one.preferences[number])

    def proof(
        self,
        task: str,
        *,
        seconds: float = 0.0,
        solve: Callable[[Problem, float], Solution] | None = None,
    ) -> Proof:
        """Return how it is known that a task's gap cannot be closed for less than it costs now.

        As in the task's gap or, when that says nothing, ``exchange`` when the task by itself can be
        shown to be one: see :func:`solver.explain.exchange.is_exchange`. Nothing when it is open.

        Parameters
        ----------
        seconds, solve
            How long the engine may solve a part of the problem to show it; without an engine only
            what takes milliseconds is tried.
        """
        wanted = self.roster.problem.task_by_id[task]
        known = self._gaps.of_task(wanted).proof if self.roster.missing(wanted) else None
        if known is None and is_exchange(self._crowds, wanted, seconds=seconds, solve=solve):
            return "exchange"
        return known


def _quarter(demand: Demand, start: int) -> Span:
    """Return the quarter of a demand in which a minute lies."""
    first = start - (start - demand.span.start) % 15
    return Span(first, min(first + 15, demand.span.end))
